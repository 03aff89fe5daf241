//! Everything this library says about one paired sample.

use serde::{Deserialize, Serialize};

use super::{
    Alternative, AnyChangeCounts, Bootstrap, BootstrapOptions, ChangeAgreement, ChangeOptionsError,
    ClinicalChangeCounts, ClinicalChangeRule, CohensDz, EffectSizes, Equivalence,
    EquivalenceMargins, HodgesLehmann, ImportantChangeCounts, ImportantChangeRule, McNemarMethod,
    Moments, PairCounts, PairedT, RankBiserial, RegressionToTheMean, RegressionToTheMeanRule,
    ReliableChangeCounts, ReliableChangeRule, SampleRule, SampleRuleCounts, ScaleEnds, SignFlip,
    SignFlipOptions, SignTest, SignedRank, SignedRankOptions, TransitionTests, Transitions, Watch,
};
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::instrument::{BandSet, Points};

/// What to compute, and by which conventions, for [`Change::of`].
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeOptions {
    /// The confidence level of all intervals. In JSON it is apart from the options: see
    /// [`ChangeRequest`](super::ChangeRequest).
    #[serde(skip)]
    pub level: ConfidenceLevel,
    /// What the p of every test speaks against.
    pub alternative: Alternative,
    /// The conventions of the signed rank test and of the estimates that belong to it.
    pub signed_rank: SignedRankOptions,
    /// The conventions of the sign-flip permutation test, where one is wanted.
    pub sign_flip: Option<SignFlipOptions>,
    /// How many resamples to draw for bootstrap intervals, where they are wanted.
    pub bootstrap: Option<BootstrapOptions>,
    /// The margins of equivalence to test the mean change against, side by side.
    pub equivalence_margins: Vec<EquivalenceMargins>,
    /// The rules of reliable change to apply, side by side.
    pub reliable_change_rules: Vec<ReliableChangeRule>,
    /// The methods of reliable change to apply with the means and SDs of the pairs themselves.
    pub sample_rules: Vec<SampleRule>,
    /// The rules of reliable change with a cut-off to apply.
    pub clinical_change_rules: Vec<ClinicalChangeRule>,
    /// The rules of important change to apply.
    pub important_change_rules: Vec<ImportantChangeRule>,
    /// The band sets to count moves between.
    #[serde(skip)]
    pub band_sets: Vec<BandSet>,
    /// The cuts to count moves across, each the lowest score above it.
    pub cuts: Vec<Points>,
    /// How McNemar's p is obtained, where there are two bands.
    pub mcnemar: McNemarMethod,
    /// The population to work out regression to the mean against, if any.
    pub regression_to_the_mean: Option<RegressionToTheMeanRule>,
}

/// Everything about one paired sample: every statistic is of the same pairs.
///
/// ```
/// use clw_core::change::{Change, ChangeOptions, PairCounts};
/// use clw_core::instrument::catalogue;
///
/// let swemwbs = catalogue::find("swemwbs")?;
/// let wellbeing = swemwbs.measure("wellbeing")?;
/// let baseline = [1798, 1925, 2154, 1743, 1688];
/// let follow_up = [2154, 2073, 2073, 2321, 1859];
/// let pairs = PairCounts::count_steps(wellbeing.scale(), &baseline, &follow_up)?;
/// let change = Change::of(&pairs, &ChangeOptions::default())?;
/// assert_eq!(change.n, 5);
/// assert_eq!(change.any_change.improved.count, 4);
/// assert!(change.paired_t.computed().is_some_and(|test| test.p < 0.2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Change {
    /// Pairs: people with both sittings.
    pub n: u64,
    /// Mean and SD of the baseline scores of the pairs.
    pub baseline: Moments,
    /// Mean and SD of their follow-up scores.
    pub follow_up: Moments,
    /// Mean and SD of follow-up − baseline.
    pub change: Moments,
    /// The mean change with its interval, and the paired t test.
    pub paired_t: Estimate<PairedT>,
    /// Whether the mean change is within margins, one entry for each margins asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equivalence: Vec<Estimate<Equivalence>>,
    /// The signed rank test.
    pub signed_rank: Estimate<SignedRank>,
    /// The typical change that belongs to the signed rank test, with its interval.
    pub hodges_lehmann: Estimate<HodgesLehmann>,
    /// The effect size that belongs to it.
    pub rank_biserial: Estimate<RankBiserial>,
    /// The sign test.
    pub sign_test: Estimate<SignTest>,
    /// The sign-flip permutation test, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_flip: Option<Estimate<SignFlip>>,
    /// The standardised mean change.
    pub cohens_dz: Estimate<CohensDz>,
    /// The mean change by other standardisers, and in common language.
    pub effect_sizes: EffectSizes,
    /// Bootstrap intervals of five statistics, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap: Option<Estimate<Bootstrap>>,
    /// Improved, same and worse, by any amount.
    pub any_change: AnyChangeCounts,
    /// Reliably improved and deteriorated, one entry for each rule asked for.
    pub reliable_change: Vec<ReliableChangeCounts>,
    /// The same by rules made from the pairs themselves, one entry for each asked for.
    pub sample_rules: Vec<SampleRuleCounts>,
    /// Recovered, improved, unchanged, deteriorated, one entry for each rule asked for.
    pub clinical_change: Vec<ClinicalChangeCounts>,
    /// Importantly improved and deteriorated, one entry for each rule asked for.
    pub important_change: Vec<ImportantChangeCounts>,
    /// Any, reliable and important change side by side, two and two.
    pub agreement: Vec<ChangeAgreement>,
    /// Moves between bands, one entry for each band set and then for each cut asked for.
    pub transitions: Vec<Transitions>,
    /// The tests of those moves, one entry for each.
    pub transition_tests: Vec<TransitionTests>,
    /// The people at the ends of the scale.
    pub scale_ends: ScaleEnds,
    /// The changes that regression to the mean alone would make, where a population was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regression_to_the_mean: Option<RegressionToTheMean>,
}

impl Change {
    /// Computes everything from a table. A sample too small or too uniform for a statistic has the
    /// reason in its place.
    ///
    /// # Errors
    /// When a band set is not one of the table's measure.
    pub fn of(pairs: &PairCounts, options: &ChangeOptions) -> Result<Self, ChangeOptionsError> {
        Self::watched(pairs, options, &Watch::default())
    }

    /// The same while somebody watches; good for nothing once stopped.
    pub(super) fn watched(
        pairs: &PairCounts,
        options: &ChangeOptions,
        watch: &Watch,
    ) -> Result<Self, ChangeOptionsError> {
        let (level, signed_rank) = (options.level, &options.signed_rank);
        let (reliable, important) =
            (&options.reliable_change_rules, &options.important_change_rules);
        let mut transitions = options
            .band_sets
            .iter()
            .map(|band_set| Transitions::of(pairs, band_set))
            .collect::<Result<Vec<_>, _>>()?;
        transitions.extend(options.cuts.iter().map(|&cut| Transitions::at_cut(pairs, cut)));
        let tests = transitions.iter().map(|moves| TransitionTests::of(moves, options.mcnemar));
        Ok(Self {
            n: pairs.n(),
            baseline: Moments::of_baseline(pairs),
            follow_up: Moments::of_follow_up(pairs),
            change: Moments::of_change(pairs),
            paired_t: PairedT::of(pairs, options.alternative, level).into(),
            equivalence: options
                .equivalence_margins
                .iter()
                .map(|margins| Equivalence::of(pairs, margins, level).into())
                .collect(),
            signed_rank: SignedRank::of(pairs, signed_rank, options.alternative).into(),
            hodges_lehmann: HodgesLehmann::of(pairs, signed_rank, level).into(),
            rank_biserial: RankBiserial::of(pairs, signed_rank.zeros, level).into(),
            sign_test: SignTest::of(pairs, options.alternative, level).into(),
            sign_flip: options.sign_flip.map(|conventions| {
                SignFlip::watched(pairs, &conventions, options.alternative, watch).into()
            }),
            cohens_dz: CohensDz::of(pairs, level).into(),
            effect_sizes: EffectSizes::of(pairs, level),
            bootstrap: options.bootstrap.map(|drawing| {
                Bootstrap::watched(pairs, &drawing, signed_rank.zeros, level, watch).into()
            }),
            any_change: AnyChangeCounts::of(pairs, level),
            reliable_change: reliable
                .iter()
                .map(|rule| ReliableChangeCounts::of(pairs, rule, level))
                .collect(),
            sample_rules: options
                .sample_rules
                .iter()
                .map(|&rule| SampleRuleCounts::of(pairs, rule, level))
                .collect(),
            clinical_change: options
                .clinical_change_rules
                .iter()
                .map(|rule| ClinicalChangeCounts::of(pairs, rule, level))
                .collect(),
            important_change: important
                .iter()
                .map(|rule| ImportantChangeCounts::of(pairs, rule, level))
                .collect(),
            agreement: ChangeAgreement::all(pairs, reliable, important, level),
            transition_tests: tests.collect(),
            transitions,
            scale_ends: ScaleEnds::of(pairs, level),
            regression_to_the_mean: options
                .regression_to_the_mean
                .map(|rule| RegressionToTheMean::of(pairs, rule)),
        })
    }
}
