//! Results as one small table each, for a reader at a notebook.

use super::format::{count, from_to, half, mean_places, percent, signed};
use super::public::{HIDDEN, name, share_of, shown};
use super::view::{View, measure_name, views};
use crate::change::PairedT;
use crate::disclosure::PublishedShare;
use crate::estimate::{Estimate, Interval, Share};
use crate::evaluation::{DisclosedEvaluation, DisclosedMeans, Evaluation, FEW_PAIRS};
use crate::instrument::Scale;
use crate::request::Table;
use crate::returns::{NationalPicture, ProgrammeMeasure, ReturnFile};

const MEASURES: [&str; 4] = ["Measure", "Pairs of those due", "Improved of pairs", "Change"];
const FEW: &str = "too few pairs";

/// The measures of an evaluation, a row each: who was followed up, who improved, the change.
///
/// The change is that of the mean with its interval, or the two medians where scores are ordinal; of
/// fewer than [`FEW_PAIRS`] pairs there is none.
#[must_use]
pub fn overview(evaluation: &Evaluation) -> Table {
    let row = |view: &View<'_>| {
        let found = &view.findings;
        let change = match view.medians() {
            Some([before, after]) if view.is_ordinal() && !view.is_few() => {
                format!("median {} → {}", half(before), half(after))
            }
            _ => mean_change(&found.scale, found.change.n, &found.change.paired_t),
        };
        let paired = share(&found.flow.rates.paired_completion);
        vec![view.name(), paired, share(&found.change.any_change.improved), change]
    };
    Table { headings: MEASURES.to_vec(), rows: views(evaluation).iter().map(row).collect() }
}

/// The measures of what is published, a row each, as far as it is shown.
#[must_use]
pub fn public_overview(disclosed: &DisclosedEvaluation) -> Table {
    let rows = disclosed.measures.iter().map(|measure| {
        let (completion, change) = (&measure.completion, &measure.change);
        let moved = match change.pairs.shown() {
            Some(pairs) if pairs < FEW_PAIRS => FEW.to_owned(),
            _ => public_change(&measure.scale, change.means.as_ref()),
        };
        let improved = public_share(&change.any_change.improved);
        vec![name(measure), public_share(&completion.paired_completion), improved, moved]
    });
    Table { headings: MEASURES.to_vec(), rows: rows.collect() }
}

/// What a return says of each measure, a row each.
#[must_use]
pub fn return_overview(file: &ReturnFile) -> Table {
    let open = match file {
        ReturnFile::Disclosed(disclosed) => return public_overview(disclosed.evaluation()),
        ReturnFile::Open(open) => open,
    };
    let rows = open.measures().map(|(label, title, scale, found)| {
        [vec![measure_name(label, title)], measured(&scale, &found)].concat()
    });
    Table { headings: MEASURES.to_vec(), rows: rows.collect() }
}

/// Each programme beside the others in the order of names, a row for each of its measures.
#[must_use]
pub fn national_overview(picture: &NationalPicture) -> Table {
    let named = picture.evaluation.iter().flat_map(|all| &all.findings);
    let named: Vec<(String, Scale)> =
        named.map(|found| (measure_name(&found.label, &found.title), found.scale)).collect();
    let mut rows = Vec::new();
    for programme in &picture.programmes {
        for (found, (name, scale)) in programme.measures.iter().zip(&named) {
            let cells = vec![programme.programme.name.clone(), name.clone()];
            rows.push([cells, measured(scale, found)].concat());
        }
    }
    for hidden in &picture.disclosed {
        for (place, found) in hidden.measures.iter().enumerate() {
            let known = named.get(place);
            let name = known.map_or_else(|| (place + 1).to_string(), |(name, _)| name.clone());
            let change = known
                .map_or_else(String::new, |(_, scale)| public_change(scale, found.means.as_ref()));
            let (paired, improved) =
                (&found.completion.paired_completion, &found.any_change.improved);
            let programme = hidden.programme.name.clone();
            rows.push(vec![programme, name, public_share(paired), public_share(improved), change]);
        }
    }
    rows.sort_by(|one, other| one.first().cmp(&other.first()));
    Table { headings: [&["Programme"], &MEASURES[..]].concat(), rows }
}

fn measured(scale: &Scale, found: &ProgrammeMeasure) -> Vec<String> {
    vec![
        share(&found.rates.paired_completion),
        share(&found.any_change.improved),
        mean_change(scale, found.any_change.n, &found.mean_change),
    ]
}

/// `24 of 40 (60.0 %)`; of few, the counts alone.
fn share(share: &Share) -> String {
    let counts = format!("{} of {}", count(share.count), count(share.of));
    match share.proportion {
        Estimate::Computed(of) if share.of >= FEW_PAIRS => {
            format!("{counts} ({})", percent(of.value))
        }
        _ => counts,
    }
}

fn public_share(share: &PublishedShare) -> String {
    match (share.count.shown(), share.of.shown()) {
        (None, None) => HIDDEN.to_owned(),
        (_, Some(of)) if of < FEW_PAIRS => format!("{} of {}", shown(share.count), count(of)),
        _ => share_of(share),
    }
}

fn mean_change(scale: &Scale, n: u64, found: &Estimate<PairedT>) -> String {
    match found {
        Estimate::Computed(t) if n >= FEW_PAIRS => moved(scale, t.mean_change, Some(&t.interval)),
        _ => FEW.to_owned(),
    }
}

fn public_change(scale: &Scale, means: Option<&DisclosedMeans>) -> String {
    means.map_or_else(
        || HIDDEN.to_owned(),
        |means| moved(scale, means.change, means.interval.as_ref()),
    )
}

/// `+2.03 (1.39 to 3.09)`.
fn moved(scale: &Scale, change: f64, interval: Option<&Interval>) -> String {
    let places = mean_places(scale);
    let limits = interval.map_or_else(String::new, |limits| {
        format!(" ({})", from_to(limits.lower, limits.upper, places))
    });
    format!("{}{limits}", signed(change, places))
}
