//! The rule in words: which counts are hidden, and how the others are shown.

use maud::{Markup, html};

use super::super::format::count;
use crate::disclosure::{Profile, Rounding, Zeros};

pub(super) fn body(profile: &Profile) -> Markup {
    html! {
        p { (rule(profile)) }
        p {
            "What rests on a hidden count is hidden with it: shares, intervals, bounds, indices and \
             means. No report of this kind shows single scores, the least and the greatest, medians, \
             or the results of each link worker."
        }
    }
}

pub(super) fn rule(profile: &Profile) -> String {
    let zeros = match profile.zeros() {
        Zeros::Shown => {
            "Zeros are shown, but for those that belong to a hidden total or were hidden before."
        }
        Zeros::Hidden => "Zeros are hidden too.",
    };
    let rounding = match profile.rounding() {
        Rounding::None => "Counts that are shown are exact.".to_owned(),
        Rounding::Conventional { base } => format!(
            "Counts that are shown are rounded to the nearest {base}, so parts need not add up."
        ),
    };
    format!(
        "Counts from {} to {} are hidden, and as many others as it takes so that none of them \
         follows from the rest. {zeros} {rounding}",
        profile.smallest_hidden(),
        count(profile.hide_up_to())
    )
}
