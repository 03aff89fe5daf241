//! What a reader of an evaluation has to bear in mind.

use super::format::count;
use super::{About, scale};
use crate::evaluation::Caution;

/// A caution in words: what it says of any evaluation, and what of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CautionWords {
    /// Its heading.
    pub heading: &'static str,
    /// What it says of any evaluation.
    pub meaning: &'static str,
    /// What it says of one measure.
    pub here: Option<String>,
}

/// A caution about a measure in words; those of an instrument's definition are words already.
#[must_use]
pub fn caution(about: &About<'_>, caution: &Caution) -> Option<CautionWords> {
    let (heading, meaning, here) = match caution {
        Caution::NoControlGroup => ("This shows change, not its cause", NO_CONTROL_GROUP, None),
        Caution::RegressionToTheMean => {
            ("Some improvement would have come anyway", REGRESSION_TO_THE_MEAN, None)
        }
        Caution::FewPairs { pairs, .. } => (
            "Too few pairs for a headline",
            "A mean of few people says little about others. Below 30 pairs, a rule of thumb of the \
             guidance for WEMWBS, this report gives counts, range and interval only.",
            Some(format!("{}: pairs, {}", about.name(), count(*pairs))),
        ),
        Caution::Unpaired { unpaired, due } => (
            "Nobody knows how the others did",
            "Those who are followed up often differ from those who are not. The bounds beside each \
             share improved show what it could be if none of the others had improved, or all.",
            Some(format!(
                "{}: without a pair, {} of {} due",
                about.name(),
                count(*unpaired),
                about.noun.counted(*due)
            )),
        ),
        Caution::ScaleEnd { sitting, end, people, pairs } => (
            "Many scores lie at an end of the scale",
            "Whoever has the lowest or the highest score there is can move one way only, and may \
             have moved by more than the scale shows. More than 15 % at one end is called a floor \
             or ceiling effect.",
            Some(format!(
                "{}: at the {} score {}, {} of {} pairs",
                about.name(),
                scale::end(*end),
                scale::sitting(*sitting),
                count(*people),
                count(*pairs)
            )),
        ),
        Caution::Instrument { .. } => return None,
    };
    Some(CautionWords { heading, meaning, here })
}

/// The trial is Mercer and others (2019), doi:10.1370/afm.2429, which the page cites beside it.
const NO_CONTROL_GROUP: &str = "There is no group beside this one that had no service. Lives change for \
    many reasons, so a change may be due to a service, to time, to other help or to all of them. \
    A trial shows why this matters: when people referred to link workers \
    in Glasgow’s Deep End practices were compared with patients of practices without them, and all \
    who were referred were counted, no outcome differed at nine months. That was one service at \
    one time; it does not say what this one does.";

const REGRESSION_TO_THE_MEAN: &str = "Many people come to a service when things are bad. Scores go up and \
    down, and whoever is measured at a low point will on average be nearer to their usual level \
    the next time, with or without help. Statisticians call this regression to the mean. It makes \
    improvement from before to after look larger than what a service added.";
