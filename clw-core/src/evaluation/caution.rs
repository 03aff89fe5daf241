//! What a reader of a before-and-after evaluation has to bear in mind.

use serde::Serialize;

use super::counts::MeasureCounts;
use super::plan::PlannedMeasure;
use crate::change::{ScaleEnd, ScaleEnds, Sitting};
use crate::estimate::ConfidenceLevel;
use crate::pairing::FlowBox;

/// Below this many pairs there is no headline: counts, range and interval only.
///
/// A rule of thumb of the WEMWBS user guidance (University of Warwick), not a statistical limit.
pub const FEW_PAIRS: u64 = 30;

/// One thing to bear in mind. The report puts it in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Caution {
    /// There is no comparison group: the result shows change, not its cause.
    NoControlGroup,
    /// People are referred when they are low, and would on average score higher later anyway.
    RegressionToTheMean,
    /// There are too few pairs for a headline.
    FewPairs {
        /// The pairs there are.
        pairs: u64,
        /// The pairs a headline needs.
        needed: u64,
    },
    /// Some of those due have no pair, and nothing here says how they did.
    Unpaired {
        /// Those due without a pair.
        unpaired: u64,
        /// Those due.
        due: u64,
    },
    /// Many people are at one end of the scale, where a score can move one way only.
    ScaleEnd {
        /// The sitting.
        sitting: Sitting,
        /// The end.
        end: ScaleEnd,
        /// The people there.
        people: u64,
        /// The pairs.
        pairs: u64,
    },
    /// The instrument's definition says so itself.
    Instrument {
        /// In the definition's words.
        text: String,
    },
}

impl Caution {
    pub(super) fn all(planned: &PlannedMeasure, counts: &MeasureCounts) -> Vec<Self> {
        let pairs = counts.main.pairs.n();
        let due = counts.main.flow.in_box(FlowBox::Due);
        let mut cautions = vec![Self::NoControlGroup, Self::RegressionToTheMean];
        if pairs < FEW_PAIRS {
            cautions.push(Self::FewPairs { pairs, needed: FEW_PAIRS });
        }
        if pairs < due {
            cautions.push(Self::Unpaired { unpaired: due - pairs, due });
        }
        if pairs >= FEW_PAIRS {
            let ends = ScaleEnds::of(&counts.main.pairs, ConfidenceLevel::default());
            cautions.extend(ends.effects().map(|at| Self::ScaleEnd {
                sitting: at.sitting,
                end: at.end,
                people: at.share.count,
                pairs,
            }));
        }
        let own = planned.instrument.cautions().iter();
        cautions.extend(own.map(|text| Self::Instrument { text: text.to_string() }));
        cautions
    }
}
