//! How far programmes differ, and whether that is more than chance.

use serde::Serialize;

use super::{Programme, ReturnError};
use crate::change::AnyChangeCounts;
use crate::evaluation::RuleCounts;
use crate::pairing::FlowBox;
use crate::synthesis::{
    ProgrammePairs, ProgrammeShare, ShareTransform, Synthesis, SynthesisOptions,
};

/// One measure over the programmes whose counts are open, each in the order of names.
///
/// The sum of their tables says what happened to everybody; this says what a programme achieves on
/// average, how much programmes differ, and what another one may expect.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BetweenProgrammes {
    /// The mean change.
    pub mean_change: Synthesis,
    /// Paired completion, pooled as log odds.
    pub paired_completion: Synthesis,
    /// Improved by any amount, of the pairs, pooled as log odds.
    pub improved: Synthesis,
}

impl BetweenProgrammes {
    pub(super) fn of(
        programmes: &[(&Programme, &RuleCounts)],
        options: &SynthesisOptions,
    ) -> Result<Self, ReturnError> {
        let pairs = programmes.iter().map(|(programme, counts)| ProgrammePairs {
            name: programme.name.clone(),
            context: programme.context(),
            pairs: counts.pairs.clone(),
        });
        let shares = |share: &dyn Fn(&RuleCounts) -> (u64, u64)| {
            let of = |(programme, counts): &(&Programme, &RuleCounts)| {
                let (count, of) = share(counts);
                ProgrammeShare {
                    name: programme.name.clone(),
                    context: programme.context(),
                    count,
                    of,
                }
            };
            let shares: Vec<ProgrammeShare> = programmes.iter().map(of).collect();
            Synthesis::of_shares(&shares, ShareTransform::LogOdds, options)
        };
        Ok(Self {
            mean_change: Synthesis::of_mean_changes(&pairs.collect::<Vec<_>>(), options)?,
            paired_completion: shares(&|counts| {
                (counts.pairs.n(), counts.flow.in_box(FlowBox::Due))
            })?,
            improved: shares(&|counts| {
                let improved = AnyChangeCounts::of(&counts.pairs, options.level).improved;
                (improved.count, improved.of)
            })?,
        })
    }
}
