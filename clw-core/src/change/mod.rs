//! What changed between two sittings: the pair-count table and every paired result read from it.
//!
//! Scores lie on a finite grid, so a paired sample is a table of how many people went from each
//! score to each other score. [`PairCounts`] is that table. It is exact, it adds, and everything
//! here is computed from it, at a cost that does not grow with the number of people.
//!
//! Change is follow-up − baseline. Whether a change is an improvement depends on the measure's
//! [`Direction`](crate::instrument::Direction); the sign of the change does not.

mod agreement;
mod bootstrap;
mod bootstrap_limits;
mod bootstrap_resample;
mod classes;
mod clinical_change;
mod common_language;
mod cut_off;
mod effect_size;
mod effect_sizes;
mod equivalence;
mod expected_follow_up;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_bootstrap;
#[cfg(test)]
mod golden_individual;
#[cfg(test)]
mod golden_means;
#[cfg(test)]
mod golden_ranks;
#[cfg(test)]
mod golden_transitions;
mod hodges_lehmann;
mod important_change;
mod jacobson_truax;
mod matched_pairs;
mod mcnemar;
mod moments;
mod multiplicity;
mod options;
mod options_error;
mod pair_counts;
mod pair_counts_error;
mod paired_t;
mod person_change;
mod planning;
mod rank_biserial;
mod ranking;
mod reference_numbers;
mod regression_to_mean;
mod reliable_change;
mod request;
mod sample_rule;
mod scale_ends;
mod sign_flip;
mod sign_patterns;
mod sign_test;
mod signed_rank;
mod summary;
mod symmetry;
mod tally;
mod transitions;
mod watch;

pub use agreement::{ChangeAgreement, ChangeDefinition, CohensKappa};
pub use bootstrap::{Bootstrap, BootstrapEstimate, BootstrapOptions, Resamples};
pub use bootstrap_limits::BcaInterval;
pub use classes::{AnyChange, AnyChangeCounts};
pub use clinical_change::{ClinicalChange, ClinicalChangeCounts, ClinicalChangeRule};
pub use common_language::CommonLanguage;
pub use cut_off::{CutOff, Population, Side};
pub use effect_size::{CohensDz, EffectIntervalMethod, HedgesCorrected};
pub use effect_sizes::{CorrectedGlassDelta, EffectSizes, StandardisedChange};
pub use equivalence::{Equivalence, EquivalenceMargins, OneSidedT};
pub use expected_follow_up::{
    EdwardsNunnally, GulliksenLordNovick, HagemanArrindell, HsuLinnLord, NunnallyKotsch,
};
pub use hodges_lehmann::{HodgesLehmann, HodgesLehmannInterval, RankIntervalMethod};
pub use important_change::{ImportantChange, ImportantChangeCounts, ImportantChangeRule};
pub use jacobson_truax::JacobsonTruax;
pub use matched_pairs::{MatchedPairs, MatchedPairsError, MatchedRows, SittingColumns};
pub use mcnemar::{McNemar, McNemarMethod};
pub use moments::{Moments, PairSums};
pub use multiplicity::{AdjustedP, AdjustedPs, Multiplicity, NamedP};
pub use options::{Alternative, Continuity, ExactLimit, ZerosMethod};
pub use options_error::ChangeOptionsError;
pub use pair_counts::{PairCell, PairCounts, Sitting};
pub use pair_counts_error::PairCountsError;
pub use paired_t::PairedT;
pub use person_change::{PersonChange, RuleOutcome, SittingScore};
pub use planning::{MinimumDetectableChange, PairsNeeded, PlannedComparison};
pub use rank_biserial::RankBiserial;
pub use reference_numbers::{Mean, ReliabilityCoefficient, StandardDeviation};
pub use regression_to_mean::{ExpectedRegression, RegressionToTheMean, RegressionToTheMeanRule};
pub use reliable_change::{
    PublishedThreshold, ReliableChange, ReliableChangeCounts, ReliableChangeRule,
};
pub use request::{ChangeRequest, ChangeRequestError};
pub use sample_rule::{SampleRule, SampleRuleCounts};
pub use scale_ends::{ScaleEnd, ScaleEndShare, ScaleEnds};
pub use sign_flip::{SignFlip, SignFlipMethod, SignFlipOptions};
pub use sign_test::SignTest;
pub use signed_rank::{SignedRank, SignedRankMethod, SignedRankOptions};
pub use summary::{Change, ChangeOptions};
pub use symmetry::{Bowker, StuartMaxwell, TransitionTests};
pub use transitions::Transitions;
pub use watch::Watch;
