// Types of the larger results, as serde writes them. Generated from the types of clw-core: change those,
// then `cargo run -p clw-core --example typescript`.

/**
 * How many people went from each baseline score to each follow-up score, on one scale.
 *
 * The table is the whole of a paired sample as far as any paired statistic is concerned: means,
 * SDs, tests, effect sizes, classes of change and transitions are all functions of it. It holds
 * nobody's row, and tables of the same scale add up exactly, so the table of a
 * pooled sample is the sum of the tables of its parts.
 *
 * In JSON it is the scale and the non-empty cells in ascending order, each
 * `[baseline, follow-up, pairs]` in points of the scale; reading it back repeats every check.
 */
export interface PairCounts {
  scale: Scale;
  cells: [number, number, number][];
}

/**
 * Pairs of the scores that two sittings have for the same ids, and what became of every form.
 *
 * A form that has no partner is counted, not refused: people who come once are the finding of many
 * an evaluation. An id that a sitting has twice is refused, since which of the two forms counts is a
 * decision that has to be made, such as "the first" at baseline and "the last" at follow-up.
 */
export interface MatchedPairs {
  /** The pairs. */
  pairs: PairCounts;
  /** The forms at baseline. */
  baseline: MatchedRows;
  /** The forms at follow-up. */
  followUp: MatchedRows;
}

/** Everything about one paired sample: every statistic is of the same pairs. */
export interface Change {
  /** Pairs: people with both sittings. */
  n: number;
  /** Mean and SD of the baseline scores of the pairs. */
  baseline: Moments;
  /** Mean and SD of their follow-up scores. */
  followUp: Moments;
  /** Mean and SD of follow-up − baseline. */
  change: Moments;
  /** The mean change with its interval, and the paired t test. */
  pairedT: Estimate<PairedT>;
  /** Whether the mean change is within margins, one entry for each margins asked for. */
  equivalence?: Estimate<Equivalence>[];
  /** The signed rank test. */
  signedRank: Estimate<SignedRank>;
  /** The typical change that belongs to the signed rank test, with its interval. */
  hodgesLehmann: Estimate<HodgesLehmann>;
  /** The effect size that belongs to it. */
  rankBiserial: Estimate<RankBiserial>;
  /** The sign test. */
  signTest: Estimate<SignTest>;
  /** The sign-flip permutation test, where it was asked for. */
  signFlip?: Estimate<SignFlip>;
  /** The standardised mean change. */
  cohensDz: Estimate<CohensDz>;
  /** The mean change by other standardisers, and in common language. */
  effectSizes: EffectSizes;
  /** Bootstrap intervals of five statistics, where they were asked for. */
  bootstrap?: Estimate<Bootstrap>;
  /** Improved, same and worse, by any amount. */
  anyChange: AnyChangeCounts;
  /** Reliably improved and deteriorated, one entry for each rule asked for. */
  reliableChange: ReliableChangeCounts[];
  /** The same by rules made from the pairs themselves, one entry for each asked for. */
  sampleRules: SampleRuleCounts[];
  /** Recovered, improved, unchanged, deteriorated, one entry for each rule asked for. */
  clinicalChange: ClinicalChangeCounts[];
  /** Importantly improved and deteriorated, one entry for each rule asked for. */
  importantChange: ImportantChangeCounts[];
  /** Any, reliable and important change side by side, two and two. */
  agreement: ChangeAgreement[];
  /** Moves between bands, one entry for each band set and then for each cut asked for. */
  transitions: Transitions[];
  /** The tests of those moves, one entry for each. */
  transitionTests: TransitionTests[];
  /** The people at the ends of the scale. */
  scaleEnds: ScaleEnds;
  /** The changes that regression to the mean alone would make, where a population was given. */
  regressionToTheMean?: RegressionToTheMean;
}

/**
 * Every paired result of a sample with a sentence beside it.
 *
 * In JSON it is the `Change` with one key more, `sentences`, which holds a text under the key of
 * each result; where a result is a list, the text has a sentence for each of its entries.
 */
export type ChangeInWords = Change & {
  /** What they say. */
  sentences: Record<string, string>;
};

/** How scores went over time: all that was asked for of one set of trajectories. */
export interface Course {
  /** What one unit of time is. */
  unit: TimeUnit;
  /** The people, with one sitting at least. */
  people: number;
  /** Their sittings. */
  sittings: number;
  /** The mean at each time, for each grouping asked for. */
  means: MeanTrajectory[];
  /** Each person's own slope. */
  slopes: Slopes;
}

/**
 * What an import would do.
 *
 * Printed, it is a table of counts and a list of the problems, those that reject rows first; what is
 * wrong with several rows alike is told of the first, with how many more there are.
 */
export type DryRun = ImportReport & {
  /** How many people there would be. */
  people: number;
};

/**
 * The evidence of one or more caseloads under one plan.
 *
 * The counts are the whole of it: the findings follow from them, so evaluations of the parts of a
 * caseload merge into the evaluation of the whole, byte for byte. No row of a
 * person is in it.
 */
export interface EvaluationObject {
  /** How it was obtained. */
  provenance: Provenance;
  /** What follows from the counts, for each measure of the plan. */
  findings: MeasureFindings[];
  /** What follows for each instrument with several measures in the plan. */
  jointFindings: JointFindings[];
  /** What follows about the records, whatever the measure. */
  records: RecordFindings;
}

/**
 * An evaluation after disclosure control: the one source of every table, sentence, chart and file
 * that is published.
 *
 * Its counts are protected together, over all measures, rules, groups and classes, with the sums
 * between them; `disclosure` says against whom. Shares, bounds and means are
 * made of what is shown. What is hidden is not in it, so nothing that is made of it can give it
 * away, and no two things made of it can disagree.
 *
 * Under every profile it leaves out the pair-count tables, least and greatest scores, medians,
 * times to follow-up, p-values and the tests they are of, results weighted by a model, what single
 * rows were rejected for, means of fewer than `FEW_PAIRS` pairs, and the groups
 * of each link worker: how one person's work came out is for the programme. Where several programmes
 * are told apart, practices are not: each lies in a programme, which no table says and everybody
 * knows.
 */
export interface DisclosedEvaluationObject {
  /** How the evaluation was obtained. */
  provenance: Provenance;
  /** What was hidden. */
  profile: Profile;
  /** The people. */
  people: PublishedCount;
  /** Their episodes. */
  episodes: PublishedCount;
  /** Whether the episodes are over. */
  closures: DisclosedClosures;
  /** The number of referrals by month, where the plan asks for control charts. */
  referralChart?: DisclosedReferralChart;
  /** Each measure of the plan. */
  measures: DisclosedMeasure[];
  /** Each instrument with several measures in the plan. */
  joint: DisclosedJoint[];
  /** How complete the core fields are. */
  fields: DisclosedField[];
  /** What is wrong with the records of people and episodes. */
  issues: DisclosedIssue<QualityIssue>[];
  /** The help people had besides scores. */
  help: DisclosedHelp;
}

/** What programmes found together, and each beside the others. */
export interface NationalObject {
  /** Each programme whose counts are open, in the order of names. */
  programmes: ProgrammeFindings[];
  /** Each programme whose small counts are hidden, in the order of names. */
  disclosed: DisclosedProgramme[];
  /** How far the open programmes differ, by each measure of the plan. */
  between: BetweenProgrammes[];
  /** What the totals over all programmes can be, by each measure of the plan. */
  bounds: MeasureBounds[];
}

/** The grid a measure's scores lie on, and its better direction. */
export interface Scale {
  /** Which way is better. */
  direction: Direction;
  /** How many steps make one unit of the printed score: 100 for two decimals. */
  stepsPerUnit: number;
  /** The lowest score there is. */
  lowest: number;
  /** The highest score there is. */
  highest: number;
}

/** What became of the forms of one sitting: `rows` is the sum of the other four. */
export interface MatchedRows {
  /** All of them. */
  rows: number;
  /** Those in a pair. */
  matched: number;
  /** Those with a score whose person has none at the other sitting. */
  onlyAtThisSitting: number;
  /** Those without an id. */
  withoutId: number;
  /** Those with an id and no score. */
  withoutScore: number;
}

/**
 * One sample of numbers: its size, mean and standard deviation, in units of the printed score.
 *
 * The mean is Σx / n and the standard deviation has n − 1 in its denominator. Both come from exact
 * sums, with one rounding at the end: the NIST reference sets are met to 14 digits and more.
 */
export interface Moments {
  /** The pairs behind both numbers. */
  n: number;
  /** The mean, when there is a pair. */
  mean: Estimate<number>;
  /** The sample standard deviation (n − 1), when there are two pairs. */
  standardDeviation: Estimate<number>;
}

/**
 * A result, or the reason why this sample has none. Never a NaN.
 *
 * In JSON a computed value is the value itself; a missing one is `{"not-computed": "one-pair"}`.
 */
export type Estimate<T> =
  /** It does not, and why. */
  | {
      notComputed: Degenerate;
    }
  /** The statistic exists for this sample. */
  | T;

/**
 * Student's paired t test, with the mean change and its interval.
 *
 * It asks whether a mean change so far from zero would be unusual had nobody's score moved on
 * average. t = mean change / (SD of change / √n) with n − 1 degrees of freedom; the interval is
 * the mean change ± the t quantile times its standard error. Student (1908),
 * doi:10.1093/biomet/6.1.1.
 */
export interface PairedT {
  /** Pairs. */
  n: number;
  /** Degrees of freedom, n − 1. */
  df: number;
  /** t. */
  t: number;
  /** What p speaks against. */
  alternative: Alternative;
  /** p, above 0 and at most 1. The smallest reported is 2.2e-308. */
  p: number;
  /** Mean of follow-up − baseline, in units of the printed score. */
  meanChange: number;
  /** SD of the change / √n. */
  standardError: number;
  /** The t interval of the mean change, two-sided whatever the alternative. */
  interval: Interval;
  /**
   * The one limit of the one-sided interval at the same level: the mean change is at least that
   * with `Greater`, at most that with `Less`.
   */
  oneSidedLimit?: number;
}

/**
 * The test that the mean change lies within margins, by two one-sided t tests.
 *
 * A small p says that the change is smaller than would matter; a large p of the usual test does not
 * say so. p is the larger of the two one-sided p, and it is below α exactly when the interval of
 * level 1 − 2α lies within the margins. Schuirmann (1987), doi:10.1007/BF01068419.
 */
export interface Equivalence {
  /** Pairs. */
  n: number;
  /** Degrees of freedom, n − 1. */
  df: number;
  /** The margins. */
  margins: EquivalenceMargins;
  /** Mean of follow-up − baseline, in units of the printed score. */
  meanChange: number;
  /** SD of the change / √n. */
  standardError: number;
  /** The test that the mean change is above the lower margin. */
  aboveLower: OneSidedT;
  /** The test that the mean change is below the upper margin. */
  belowUpper: OneSidedT;
  /** The larger of the two p. */
  p: number;
  /** The interval of level 1 − 2α, for α = 1 − the level asked for, where that is above a half. */
  interval?: Interval;
}

/**
 * Wilcoxon's signed rank test of the changes in a paired sample.
 *
 * The sizes of the changes are ranked, equal sizes share the mean of their ranks, and W⁺ is the
 * sum of the ranks of the positive changes. p is the chance of a W⁺ at least as far from its mean,
 * on the side or sides of the alternative, when each non-zero change is as likely to be negative
 * as positive.
 *
 * Wilcoxon (1945), doi:10.2307/3001968; ties and zeros: Pratt (1959),
 * doi:10.1080/01621459.1959.10501526.
 */
export interface SignedRank {
  /** All pairs, those without change included. */
  n: number;
  /** Pairs with a change: those that are ranked. */
  nUsed: number;
  /** Pairs without change. */
  zeros: number;
  /** What was done with them. */
  zerosMethod: ZerosMethod;
  /** Ranked pairs whose change has the same size as another's. */
  ties: number;
  /** W⁺, the sum of the ranks of the positive changes. */
  wPlus: number;
  /** What p speaks against. */
  alternative: Alternative;
  /** p, above 0 and at most 1. The smallest reported is 2.2e-308. */
  p: number;
  /** How p was obtained. */
  method: SignedRankMethod;
}

/**
 * The Hodges-Lehmann estimate: the median of the Walsh averages of the changes.
 *
 * It is the typical change in the sense of the signed rank test: moved back by so many points, the
 * sample would have W⁺ at its mean. The Walsh averages of n changes are the n(n + 1)/2 means of any
 * two of them, each with itself included; their median is also called the pseudomedian. The sample
 * is that of the test: the non-zero changes with `Wilcox`, all with
 * `Pratt`. Hodges & Lehmann (1963), doi:10.1214/aoms/1177704172.
 */
export interface HodgesLehmann {
  /** All pairs, those without change included. */
  n: number;
  /** Pairs whose changes are averaged. */
  nUsed: number;
  /** Pairs without change. */
  zeros: number;
  /** What was done with them. */
  zerosMethod: ZerosMethod;
  /** The estimate, in units of the printed score. */
  hodgesLehmann: number;
  /** Its interval, when two changes are averaged. */
  interval: Estimate<HodgesLehmannInterval>;
}

/**
 * The matched-pairs rank-biserial correlation: how far the ranks of rises outweigh those of falls.
 *
 * 1 where every change is a rise, −1 where every one is a fall, 0 where they balance; its sign is
 * that of the change. r = (W⁺ − W⁻)/(W⁺ + W⁻): Kerby (2014), doi:10.2466/11.IT.3.1. The interval is
 * tanh(atanh r ± z·SE) with the standard error of r where rises and falls are as likely,
 * √(Σ rank²)/Σ rank, ties and zeros as in the test.
 */
export interface RankBiserial {
  /** All pairs, those without change included. */
  n: number;
  /** Pairs with a change: those that are ranked. */
  nUsed: number;
  /** Pairs without change. */
  zeros: number;
  /** What was done with them. */
  zerosMethod: ZerosMethod;
  /** r, from −1 to 1. */
  rankBiserial: number;
  /** Its interval, unless all changes have one direction. */
  interval: Estimate<Interval>;
  /** How the interval was obtained. */
  intervalMethod: EffectIntervalMethod;
}

/**
 * The exact sign test of the changes in a paired sample.
 *
 * Of the pairs whose score changed, as many rises as falls would be expected if either were as
 * likely; the size of a change does not count. p is from the binomial distribution with ½. Two-sided,
 * it is twice the smaller tail. Dixon & Mood (1946), doi:10.1080/01621459.1946.10501898.
 */
export interface SignTest {
  /** All pairs, those without change included. */
  n: number;
  /** Pairs with a change. */
  nUsed: number;
  /** Pairs without change, which are left out. */
  zeros: number;
  /** Pairs with a rise. */
  positive: number;
  /** Pairs with a fall. */
  negative: number;
  /** What p speaks against. */
  alternative: Alternative;
  /** p, above 0 and at most 1. The smallest reported is 2.2e-308. */
  p: number;
  /** Rises of all changes. */
  sharePositive: number;
  /** Its exact limits: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404. */
  interval: Interval;
}

/**
 * The permutation test of the mean change: each change is as likely to have either sign.
 *
 * It asks how many of the 2ⁿ ways to give the changes their signs have a sum as far from 0 as the
 * one observed. It needs no normal distribution, and unlike the signed rank test it is about the
 * mean. Fisher (1935), *The Design of Experiments*, §21.
 */
export interface SignFlip {
  /** All pairs, those without change included. */
  n: number;
  /** Pairs with a change. */
  nUsed: number;
  /** Pairs without change, whose sign makes no difference. */
  zeros: number;
  /** Mean of follow-up − baseline over all pairs, in units of the printed score. */
  meanChange: number;
  /** What p speaks against. */
  alternative: Alternative;
  /** p, above 0 and at most 1. The smallest reported is 2.2e-308. */
  p: number;
  /** How p was obtained. */
  method: SignFlipMethod;
}

/**
 * Cohen's d_z: the mean change in standard deviations of the change, with its interval.
 *
 * Also called the standardised response mean. It says how consistent the change is from person to
 * person; it is not the d that divides by the SD of baseline scores. Its sign is that of the
 * change. d_z = mean change / SD of change = t / √n (Cohen 1988, ISBN 978-0-8058-0283-2, §2.3.5).
 * The limits are the noncentralities at which t has (1 − level)/2 beyond it, over √n: Steiger &
 * Fouladi (1997, in *What if there were no significance tests?*); Cumming & Finch (2001),
 * doi:10.1177/0013164401614002. At levels up to about a third the interval of a handful of pairs is
 * beside d_z, nearer to 0, as d_z is biased away from it; so are the intervals made from it.
 */
export interface CohensDz {
  /** Pairs. */
  n: number;
  /** d_z, in standard deviations of the change. */
  cohensDz: number;
  /** Its interval. */
  interval: Interval;
  /** How the interval was obtained. */
  intervalMethod: EffectIntervalMethod;
  /** Hedges' g_z: the same without the bias of small samples. */
  hedgesCorrected: Estimate<HedgesCorrected>;
}

/**
 * Effect sizes by name, for readers who compare with other studies: each standardiser answers
 * another question, so a comparison needs two of one name.
 *
 * S₁ and S₂ are the SDs at baseline and follow-up, r is their correlation. d_z, by the SD of the
 * change, is `CohensDz`.
 */
export interface EffectSizes {
  /** Pairs. */
  n: number;
  /** r, Pearson's correlation of follow-up and baseline. */
  correlation: Estimate<number>;
  /**
   * M/S₁, "the effect size" of the outcomes literature: Kazis, Anderson & Meenan (1989),
   * doi:10.1097/00005650-198903001-00015. Interval for unequal variances.
   */
  glassDelta: Estimate<StandardisedChange>;
  /** Its corrected form with the interval for equal variances. */
  glassDeltaBecker: Estimate<CorrectedGlassDelta>;
  /**
   * M/((S₁ + S₂)/2): Cumming (2012), ISBN 978-0-415-87968-2; Lakens (2013),
   * doi:10.3389/fpsyg.2013.00863.
   */
  cohensDav: Estimate<StandardisedChange>;
  /** M/√((S₁² + S₂²)/2): Algina & Keselman (2003), doi:10.1177/0013164403256358. */
  cohensDPooled: Estimate<StandardisedChange>;
  /** d_z·√(2(1 − r)): Morris & DeShon (2002), doi:10.1037/1082-989X.7.1.105. */
  cohensDrm: Estimate<StandardisedChange>;
  /** The share improved and half of the share unchanged. */
  commonLanguage: Estimate<CommonLanguage>;
  /**
   * The share improved that a normal distribution of changes would have, Φ(M/S_change): McGraw &
   * Wong (1992), doi:10.1037/0033-2909.111.2.361.
   */
  commonLanguageNormal: Estimate<CommonLanguage>;
}

/**
 * Bootstrap intervals of five statistics of change: how far each would move with other people.
 *
 * A resample is n pairs drawn with replacement from the n there are. Efron & Tibshirani (1993), *An
 * Introduction to the Bootstrap*, ISBN 978-0-412-04231-7. People are drawn by their change, in time
 * that depends on how many different changes there are and not on n. All statistics are of the same
 * resamples, and a seed gives the same ones on every platform.
 */
export interface Bootstrap {
  /** Pairs in the sample, and in every resample. */
  n: number;
  /** How many resamples were drawn. */
  resamples: number;
  /** What their stream of random numbers started from. */
  seed: number;
  /** What the Hodges-Lehmann estimate did with pairs without change. */
  zerosMethod: ZerosMethod;
  /** Mean of follow-up − baseline, in units of the printed score. */
  meanChange: BootstrapEstimate;
  /** Median of follow-up − baseline: of an even number, half-way between the middle two. */
  medianChange: BootstrapEstimate;
  /** Mean change in standard deviations of the change. */
  cohensDz: BootstrapEstimate;
  /** Median of the Walsh averages of the changes. */
  hodgesLehmann: BootstrapEstimate;
  /**
   * Share of pairs with any change for the better, where it is neither 0 nor 1: such a share has
   * no other resamples.
   */
  shareImproved: Estimate<BootstrapEstimate>;
}

/**
 * How many people improved, stayed and got worse, by any amount.
 *
 * Everybody is in exactly one class, and the three add up to n. Any change includes changes that
 * measurement error alone would make: read it beside
 * `ReliableChangeCounts`.
 */
export interface AnyChangeCounts {
  /** Pairs. */
  n: number;
  /** Better at follow-up. */
  improved: Share;
  /** The same score twice. */
  same: Share;
  /** Worse at follow-up. */
  worse: Share;
}

/**
 * How many people improved and deteriorated reliably under one rule.
 *
 * Everybody is in exactly one class, and the three add up to n.
 */
export interface ReliableChangeCounts {
  /** The rule. */
  rule: ReliableChangeRule;
  /**
   * The smallest change it calls reliable on this scale, in units of the printed score; absent
   * where that depends on the baseline or on the direction.
   */
  smallestReliableChange?: number;
  /** Pairs. */
  n: number;
  /** Reliably better. */
  improved: Share;
  /** Not reliably different. */
  unchanged: Share;
  /** Reliably worse. */
  deteriorated: Share;
}

/** The classes of the pairs of a table under a rule made from them. */
export interface SampleRuleCounts {
  /** The method and what was given for it. */
  sampleRule: SampleRule;
  /** The rule with its numbers, and how many people are of each class; or why there is none. */
  classes: Estimate<ReliableChangeCounts>;
}

/**
 * How many people are of each class under one rule.
 *
 * Everybody is in exactly one class, and the four add up to n. Only those on the clinical side at
 * baseline can recover, so recovery has a share of its own of them.
 */
export interface ClinicalChangeCounts {
  /** The rule. */
  rule: ClinicalChangeRule;
  /** Its cut-off on this scale, in units of the printed score. */
  cutOffValue: number;
  /** Pairs. */
  n: number;
  /** Reliably better, and from the clinical to the functional side. */
  recovered: Share;
  /** Reliably better, and not across the cut-off. */
  improved: Share;
  /** Not reliably different. */
  unchanged: Share;
  /** Reliably worse. */
  deteriorated: Share;
  /** Those who recovered, of those on the clinical side at baseline. */
  recoveredOfClinical: Share;
}

/**
 * How many people's change is large enough to matter under one rule.
 *
 * Everybody is in exactly one class, and the three add up to n.
 */
export interface ImportantChangeCounts {
  /** The rule. */
  rule: ImportantChangeRule;
  /** Pairs. */
  n: number;
  /** Importantly better. */
  improved: Share;
  /** Not by enough to matter. */
  unimportant: Share;
  /** Importantly worse. */
  deteriorated: Share;
}

/**
 * How two ways to say whether a person changed class the same people.
 *
 * The three ways answer three questions and need not agree; where they do not, a headline depends on
 * the question. `pairs[i][j]` counts people of class i by the first and j by the second, in the order
 * better, neither, worse.
 */
export interface ChangeAgreement {
  /** The first way. */
  first: ChangeDefinition;
  /** The second. */
  second: ChangeDefinition;
  /** Pairs. */
  n: number;
  /** People by both classes. */
  pairs: [[number, number, number], [number, number, number], [number, number, number]];
  /** Those of one class by both. */
  agreed: Share;
  /** Agreement beyond chance. */
  cohensKappa: Estimate<CohensKappa>;
}

/**
 * How many people went from each band to each other band of one band set.
 *
 * Bands stand in the order of their definition, empty ones included, never in the order in which
 * they happen to occur. The diagonal holds the people who stayed in their band, whatever their
 * points did.
 */
export interface Transitions {
  /** The name of the band set. */
  bandSet: string;
  /** The names of the bands, in the order of their definition. */
  bands: string[];
  /** Pairs. */
  n: number;
  /** `pairs[from][to]`: one row for each band at baseline, one column for each at follow-up. */
  pairs: number[][];
}

/** The tests of one table of moves. */
export interface TransitionTests {
  /** The name of the band set, or of the cut. */
  bandSet: string;
  /** McNemar's test, where there are two bands. */
  mcnemar?: Estimate<McNemar>;
  /** Whether as many went from each band to each other as back. */
  bowker: Estimate<Bowker>;
  /** Whether each band holds the same share of people at both sittings. */
  stuartMaxwell: Estimate<StuartMaxwell>;
}

/**
 * How many people are at the ends of the scale at each sitting.
 *
 * People at the best end at baseline cannot improve, and people at the best end at follow-up may
 * have improved by more than the measure shows; either hides change.
 */
export interface ScaleEnds {
  /** Pairs. */
  n: number;
  /** The four shares: each end at each sitting. */
  shares: ScaleEndShare[];
}

/**
 * The changes that regression to the mean alone would make, over the reliabilities a measure may have.
 *
 * People come when they are low, and a low score is in part a passing one, so the next is higher on
 * average whatever is done. How much so depends on a correlation that a programme does not know, and
 * so there is a panel over it and no corrected figure: the observed change belongs beside the panel,
 * not less any row of it.
 */
export interface RegressionToTheMean {
  /** Pairs. */
  n: number;
  /** The population and the cut-off. */
  rule: RegressionToTheMeanRule;
  /** The mean of the baseline scores of the pairs. */
  baselineMean: Estimate<number>;
  /** Their mean change as observed. */
  observedChange: Estimate<number>;
  /** What would be expected, for each reliability of `RELIABILITIES`. */
  panel: ExpectedRegression[];
}

/** What one unit of time is. It is printed beside every slope. */
export type TimeUnit =
  /** A day, such as days since the first sitting. */
  | "day"
  /** A week. */
  | "week"
  /** A session: sittings are numbered, and the time between them does not count. */
  | "session";

/** The mean score at each time, with the people behind it. */
export interface MeanTrajectory {
  /** What one unit of time is; an occasion is counted from 1. */
  unit: TimeUnit;
  /** Which sittings were taken together. */
  grouping: TimeGrouping;
  /** All people, with one sitting at least. */
  people: number;
  /** All their sittings. */
  sittings: number;
  /** Sittings that are not in any mean: outside the bins, or not the one of their bin. */
  sittingsLeftOut: number;
  /** The means, in the order of time. */
  points: TrajectoryPoint[];
}

/**
 * The slopes of people, each from their own scores alone.
 *
 * Everybody counts alike, whether their slope rests on two sittings or on twenty; a mixed model
 * weighs them. People without scores at two times have no slope and are counted apart.
 */
export interface Slopes {
  /** What one unit of time is. */
  unit: TimeUnit;
  /** The rule of the classes. */
  rule: SlopeRule;
  /** People with scores at two times at least. */
  n: number;
  /** People with scores at one time only. */
  withoutSlope: number;
  /** The mean of the slopes, in units of the printed score for each unit of time. */
  mean: Estimate<number>;
  /** Their standard deviation (n − 1). */
  standardDeviation: Estimate<number>;
  /** The t interval of their mean. */
  interval: Estimate<Interval>;
  /** Those who are improving, of those with a slope. */
  improving: Share;
  /** Those who are neither. */
  steady: Share;
  /** Those who are worsening. */
  worsening: Share;
}

/** What became of the rows of an import. */
export interface ImportReport {
  /**
   * Every row of every table: read = used + rejected. In the wide layout `forms` counts the
   * forms of the rows used.
   */
  account: Record<string, TableAccount>;
  /** The first problems, in the order of tables and rows. */
  problems: ImportProblem[];
  /** How many more were counted. */
  problemsUntold: number;
}

/** How an evaluation was obtained. */
export interface Provenance {
  /** The version of this library. */
  library: string;
  /** The rules it was made under. */
  plan: Plan;
  /** The definition of each measure's instrument, in the plan's order. */
  definitions: DefinitionUsed[];
}

/** What was found for one measure. */
export interface MeasureFindings {
  /** The instrument's id. */
  instrument: string;
  /** Its name, for print. */
  title: string;
  /** The measure's id. */
  measure: string;
  /** Its name, for print. */
  label: string;
  /** The scale its scores lie on. */
  scale: Scale;
  /** Who came, who is due, who was followed up. */
  flow: FlowFindings;
  /** Items answered of items asked, in all sittings of the plan's version. */
  itemCompletion: Share;
  /** What changed among the pairs. */
  change: Change;
  /** What the share improved could be among all who were due. */
  improvedBounds: ImprovedBounds;
  /** Completion and benefit of each group. */
  groups: GroupFindings[];
  /** How those due without a pair differ from those with one, and what that leaves unknown. */
  attrition: Attrition;
  /** The pairs weighted to look like everybody due, where the plan says by what. */
  weighting?: Weighting;
  /** Completion month by month, practice by practice, before and after changes; indicators. */
  overPeriods: OverPeriods;
  /** The four questions of equity along each axis of the plan. */
  equity: EquityTable[];
  /** How long it took to follow people up. */
  timeToFollowUp: TimeToFollowUp;
  /** Those asked again some time after the end, where the plan says how long after. */
  afterExit?: AfterExit;
  /** What the change is worth in WELLBYs, where the plan gives the assumptions. */
  value?: Valuation;
  /** What is wrong with the questionnaires. */
  issues: IssueFindings<SittingIssue>[];
  /** Every pairing rule of the plan side by side, the main one first. */
  rules: RuleFindings[];
  /** What a reader has to bear in mind. */
  cautions: Caution[];
}

/**
 * What was found for an instrument with several measures in the plan, such as a star.
 *
 * To move forward in one of many areas is likelier the more areas there are, and by chance alone; so
 * the share who moved back in one stands beside it, and the tests of the areas are adjusted for their
 * number. Areas are ordinal: a move is any change of stage, and the tests are of ranks.
 */
export interface JointFindings {
  /** The instrument's id. */
  instrument: string;
  /** Its name, for print. */
  title: string;
  /** The ids of the measures looked at together. */
  measures: string[];
  /** The episodes with a pair in one area at least. */
  episodes: number;
  /**
   * These, of those whose follow-up is due in one area at least: the star was asked again, as far as
   * its areas apply. An area without a baseline is not due, and takes nothing away.
   */
  pairedCompletion: Share;
  /** Those with a pair in each area in which it is due, of the same. */
  pairedThroughout: Share;
  /** Those that moved forward in one area at least. */
  forwardInAtLeastOne: Share;
  /** Those that moved back in one area at least. */
  backInAtLeastOne: Share;
  /** Those that moved forward in one area at least and back in another. */
  forwardAndBack: Share;
  /** How many moved forward in none, one, two, … of the areas. */
  byAreasForward: AreasForward[];
  /** The p of the signed rank test of each measure, adjusted for the number of them. */
  signedRank: AdjustedPs;
  /** The measures without such a p, for want of pairs or of change. */
  notTested: string[];
}

/** What was found about the records of people and episodes. */
export interface RecordFindings {
  /** How complete the core fields are. */
  fields: FieldFindings[];
  /** What is wrong with the records. */
  issues: IssueFindings<QualityIssue>[];
  /** The help people had besides scores. */
  help: HelpFindings;
  /** The number of referrals by month, where the plan asks for control charts. */
  referralChart?: XmrChart;
  /** How many were made before a year or more in which none was: they are not in the chart. */
  referralsBeforeChart?: number;
  /** Settings of the plan that no record answers to. */
  planRemarks: PlanRemark[];
}

/**
 * A rule of disclosure control: which counts are hidden, and whether the others are rounded.
 *
 * It is part of what is published, so that a reader knows what a gap means.
 */
export interface Profile {
  hideUpTo: number;
  zeros: Zeros;
  rounding: Rounding;
}

/** A count as it is published. In JSON it is a number, or the word `hidden`. */
export type PublishedCount =
  /** The count, rounded where the profile rounds. */
  | number
  /** A count that is small, or from which a small one would follow. */
  | Gap;

/** How many episodes are open or closed, as published. */
export interface DisclosedClosures {
  /** No closure. */
  open: PublishedCount;
  /** A closure that a later attended contact overtook. */
  reopened: PublishedCount;
  /** A recorded closure. */
  recorded: PublishedCount;
  /** A closure inferred from inactivity. */
  inferredInactive: PublishedCount;
}

/**
 * A control chart of the number of referrals, as published: an XmR chart of the months whose count is
 * shown. A month with a hidden count is a gap.
 */
export interface DisclosedReferralChart {
  /** The constants. */
  constants: XmrConstants;
  /** The rules and phases asked for. */
  options: ControlChartOptions;
  /** The mean of the months behind the limits; absent where no month is shown. */
  centre: number | null;
  /** The limits; absent where no two neighbouring months are shown. */
  limits: ControlLimits | null;
  /** The months, in their order. */
  months: DisclosedReferralMonth[];
}

/** What is published of one measure. */
export interface DisclosedMeasure {
  /** The instrument's id. */
  instrument: string;
  /** Its name, for print. */
  title: string;
  /** The measure's id. */
  measure: string;
  /** Its name, for print. */
  label: string;
  /** The scale its scores lie on. */
  scale: Scale;
  /** How it was scored, and by what it was judged. */
  method: DisclosedMethod;
  /** The boxes from referred to paired, each with those who did not go on to the next. */
  flow: DisclosedBox[];
  /** The rates between them. */
  completion: DisclosedCompletion;
  /** What changed among the pairs. */
  change: DisclosedChange;
  /** Completion over months and practices, and before and after changes. */
  overTime: DisclosedOverTime;
  /** The groups of the plan. */
  groups: DisclosedGroup[];
  /** Those due with and without a follow-up. */
  attrition: DisclosedAttrition;
  /** The four questions of equity along each axis of the plan. */
  equity: DisclosedEquity[];
  /** Those asked again some time after the end, where the plan says how long after. */
  afterExit?: DisclosedAfterExit;
  /** The plan's indicators. */
  indicators: DisclosedIndicator[];
  /** What is wrong with the questionnaires. */
  issues: DisclosedIssue<SittingIssue>[];
  /** Completion under every pairing rule of the plan, the main one first. */
  rules: DisclosedRule[];
}

/**
 * What is published of an instrument with several measures in the plan, such as a star.
 *
 * The p of its areas are left out, as all p are.
 */
export interface DisclosedJoint {
  /** The instrument's id. */
  instrument: string;
  /** Its name, for print. */
  title: string;
  /** The ids of the measures looked at together. */
  measures: string[];
  /** The episodes with a pair in one area at least. */
  episodes: PublishedCount;
  /** These, of those whose follow-up is due in one area at least. */
  pairedCompletion: PublishedShare;
  /** Those with a pair in each area in which it is due, of the same. */
  pairedThroughout: PublishedShare;
  /** Those that moved forward in one area at least. */
  forwardInAtLeastOne: PublishedShare;
  /** Those that moved back in one area at least. */
  backInAtLeastOne: PublishedShare;
  /** Those that moved forward in one area at least and back in another. */
  forwardAndBack: PublishedShare;
  /** How many moved forward in none, one, two, … of the areas. */
  byAreasForward: PublishedCount[];
}

/** What one core field held, as published. */
export interface DisclosedField {
  /** The field. */
  field: CoreField;
  /** Values of all people or episodes that the field applies to. */
  recorded: PublishedShare;
  /** It was asked, and is not known. */
  notKnown: PublishedCount;
  /** It does not apply. */
  notApplicable: PublishedCount;
  /** Nothing was recorded. */
  missing: PublishedCount;
}

/** How often one problem was found, of how often it was looked for, as published. */
export interface DisclosedIssue<K> {
  /** The problem. */
  issue: K;
  /** So often found of so often looked for. */
  found: PublishedShare;
}

/** One thing that may be wrong with the records of people and episodes. */
export type QualityIssue =
  /**
   * A person has episodes that overlap under different programmes, or under different
   * practices where no programme is recorded: perhaps one person's journey counted twice.
   * Looked for among people with several dated episodes.
   */
  | "episodes-overlap"
  /**
   * A person was referred twice on one day: perhaps one referral entered twice. Looked for
   * among the same.
   */
  | "referred-twice-on-one-day"
  /**
   * How many contacts were attended is not known, as where a source keeps only the first
   * session. Looked for in episodes of people seen.
   */
  | "contacts-not-known"
  /** The first attended contact is before the referral. Looked for where both have a date. */
  | "seen-before-referral"
  /** The closure is before the referral. Looked for where both have a date. */
  | "closed-before-referral"
  /**
   * A contact was attended after the recorded closure, which is therefore not taken as one.
   * Looked for in episodes with a recorded closure.
   */
  | "contact-after-closure"
  /** Why the episode ended is not recorded. Looked for in episodes with a closure that is. */
  | "end-reason-not-recorded"
  /**
   * A contact is marked as attended and dated after the as-of date. Looked for among attended
   * contacts with a date.
   */
  | "attended-after-as-of";

/** The help that people had, as published. */
export interface DisclosedHelp {
  /** The needs. */
  needs: DisclosedNeeds;
  /** The referrals onward. */
  onward: DisclosedOnward;
  /** The tangible outcomes. */
  outcomes: DisclosedOutcomes;
}

/** One programme beside the others. */
export interface ProgrammeFindings {
  /** The programme and its context. */
  programme: ReturnsProgramme;
  /** The version of this library that counted. */
  library: string;
  /** Its people. */
  people: number;
  /** What it found by each measure, in the plan's order. */
  measures: ProgrammeMeasure[];
}

/** One programme whose small counts are hidden. */
export interface DisclosedProgramme {
  /** The programme and its context. */
  programme: ReturnsProgramme;
  /** What was hidden. */
  profile: Profile;
  /** What it published by each measure, in the plan's order. */
  measures: DisclosedProgrammeMeasure[];
}

/**
 * One measure over the programmes whose counts are open, each in the order of names.
 *
 * The sum of their tables says what happened to everybody; this says what a programme achieves on
 * average, how much programmes differ, and what another one may expect.
 */
export interface BetweenProgrammes {
  /** The mean change. */
  meanChange: Synthesis;
  /** Paired completion, pooled as log odds. */
  pairedCompletion: Synthesis;
  /** Improved by any amount, of the pairs, pooled as log odds. */
  improved: Synthesis;
}

/** What completion and improvement can be over all programmes, hidden counts included. */
export interface MeasureBounds {
  /** Those whose follow-up was due. */
  due: CountBounds;
  /** Those of them with a pair. */
  paired: CountBounds;
  /** Those of the pairs who improved, by any amount. */
  improved: CountBounds;
  /** Those of the pairs who did not. */
  notImproved: CountBounds;
  /** Paired of due. */
  pairedCompletion: ShareBounds;
  /** Improved of all due, whatever happened to those without a pair and in the counts hidden. */
  improvedOfDue: ShareBounds;
}

/** Which way a measure moves when a person's life gets better. */
export type Direction =
  /** More points are better, as in SWEMWBS. */
  | "higher-is-better"
  /** Fewer points are better, as in PHQ-9 or the ONS anxiety question. */
  | "lower-is-better";

/** Why a statistic does not exist for a sample. It is a fact about the sample, not a fault in it. */
export type Degenerate =
  /** Nobody has both sittings. */
  | "no-pairs"
  /** One pair: a mean exists, a spread does not. */
  | "one-pair"
  /** Nobody's score moved. */
  | "all-differences-zero"
  /** Everybody's score moved by the same number of points, so the SD of change is zero. */
  | "all-differences-equal"
  /** Every change is a rise, or every one a fall, so nothing tells how far they might differ. */
  | "all-changes-in-one-direction"
  /** There is nobody to take a share of. */
  | "empty-denominator"
  /** A limit is more extreme than every resample drawn; more resamples may reach it. */
  | "limit-beyond-resamples"
  /** Every resample has a value above that of the sample, or every one below it. */
  | "all-resamples-on-one-side"
  /** Patterns of signs were to be drawn at random, and none was asked for. */
  | "no-patterns-drawn"
  /** Whichever pair is left out, the statistic is the same. */
  | "jackknife-without-spread"
  /** There is a pair without which the statistic does not exist. */
  | "jackknife-undefined"
  /** Nobody moved from one band to another. */
  | "nobody-changed-band"
  /** Everybody had the same baseline score, so its SD is zero. */
  | "all-baselines-equal"
  /** Everybody had the same follow-up score, so its SD is zero. */
  | "all-follow-ups-equal"
  /** The follow-up is the baseline moved or stretched by the same for everybody. */
  | "perfect-correlation"
  /** Two pairs leave one degree of freedom, too few to correct for. */
  | "two-pairs"
  /** The changes vary no more than measurement error alone makes them. */
  | "reliability-of-change-not-positive"
  /** Everybody is of one and the same class. */
  | "one-class"
  /** One of the deprivation bands has no rate, so there is no line through all of them. */
  | "missing-band"
  /** One of the deprivation bands has nobody in it, so it has no rate. */
  | "empty-band"
  /** The rate that a ratio compares with is zero. */
  | "compared-with-zero"
  /** The values have no zero that makes a ratio of them mean something. */
  | "not-a-ratio-scale"
  /** There are no scores of the time or group asked about. */
  | "no-scores"
  /** One value: a mean exists, a spread does not. */
  | "one-value"
  /** All scores are of one time, so there is no slope. */
  | "one-time"
  /** Nobody has scores at two times, so nobody has a slope. */
  | "nobody-seen-twice"
  /** There are no more scores than intercepts and slopes of people to tell from error. */
  | "too-few-sittings"
  /** Everybody's scores lie on a line, so there is no error to compare with. */
  | "no-residual-spread"
  /** The search for the highest likelihood did not settle. */
  | "not-converged"
  /** Nobody had been followed up by then, so the curve has not begun to fall. */
  | "nobody-followed-up-yet"
  /** Everybody had been followed up by then, so nothing is left to vary. */
  | "everybody-followed-up"
  /** Nobody was watched for that long, so what share is followed up by then is unknown. */
  | "nobody-still-watched"
  /** The share followed up never reaches one half. */
  | "median-not-reached"
  /** No period has a value. */
  | "no-periods"
  /** No two neighbouring periods have values, so nothing tells how much they vary. */
  | "no-neighbouring-periods";

/**
 * What a p speaks against: a change either way, or one way only, named before looking.
 *
 * Both one-sided forms are about the sign of follow-up − baseline, not about what is better.
 */
export type Alternative =
  /** Scores rise or fall: twice the smaller of the two one-sided p, at most 1. */
  | "two-sided"
  /** Scores rise from baseline to follow-up. */
  | "greater"
  /** Scores fall. With the sittings exchanged it is `Greater`, to the bit. */
  | "less";

/** The limits that an estimate lies between, and how sure that is. */
export interface Interval {
  /** The lower limit. */
  lower: number;
  /** The upper limit. */
  upper: number;
  /** The confidence level of the two. */
  level: number;
}

/** The largest fall and the largest rise that do not matter, in units of the printed score. */
export interface EquivalenceMargins {
  id: string;
  lower: number;
  upper: number;
}

/** One of the two tests of an equivalence. */
export interface OneSidedT {
  /** (mean change − margin) / standard error. */
  t: number;
  /** p, above 0 and at most 1. */
  p: number;
}

/** What rank based methods do with pairs without change. */
export type ZerosMethod =
  /** They are left out before ranking, as Wilcoxon did. */
  | "wilcox"
  /**
   * They are ranked with the others, then left out of the sums. Pratt (1959),
   * doi:10.1080/01621459.1959.10501526.
   */
  | "pratt";

/** How the p of a signed rank test was obtained. */
export type SignedRankMethod =
  /**
   * From all 2ⁿ sign patterns of the ranks the sample has, ties and zeros included: the `f64`
   * nearest to the exact fraction up to 127 changes, and within 1e-12 of it above.
   */
  | "exact"
  /**
   * From the normal distribution with the variance Σ rank²/4, which is
   * n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48 over the groups of t equal sizes where zeros are left out.
   */
  | { normalApproximation: {
      /** The distance of W⁺ from its mean, in standard deviations. */
      z: number;
      /**
       * Whether the distance was shortened by half a rank, or, on the side that a one-sided p is
       * not about, lengthened.
       */
      continuity: Continuity;
    } };

/**
 * The interval of a Hodges-Lehmann estimate: from the k-th smallest Walsh average to the k-th
 * largest.
 *
 * k is the largest for which the signed rank test of n untied changes rejects k − 1 at the level,
 * and 1 where there is none. Tukey (1949); with ties the interval covers at least so often:
 * Noether (1967), *Journal of the American Statistical Association* 62:184-188.
 */
export interface HodgesLehmannInterval {
  /** The limits, in units of the printed score, and the level asked for. */
  limits: Interval;
  /**
   * The level that the k gives without ties. Below the level asked for only in samples too small
   * to reach it, and by less than one step of the approximation.
   */
  achievedLevel: number;
  /** How k was obtained. */
  method: RankIntervalMethod;
}

/** How the interval of an effect size was obtained. */
export type EffectIntervalMethod =
  /**
   * By inverting the noncentral t distribution; where the standardiser is not the SD of change,
   * times their quotient. Algina & Keselman (2003), doi:10.1177/0013164403256358.
   */
  | "noncentral-t"
  /** By Fisher's z transformation, atanh, and a normal quantile. */
  | "fisher-z"
  /**
   * d ± z·√(S_change²/(S_baseline²(n − 1)) + d²/(2(n − 1))), for unequal variances. Bonett (2008),
   * doi:10.1037/1082-989X.13.2.99.
   */
  | "bonett"
  /**
   * g ± z·√(2(1 − r)/n + g²/(2n)), for equal variances. Becker (1988),
   * doi:10.1111/j.2044-8317.1988.tb00901.x.
   */
  | "becker"
  /**
   * Tango's score interval of the difference of the shares improved and worse, halved and moved by
   * a half. Tango (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
   */
  | "tango";

/** How the p of a sign-flip test was obtained. */
export type SignFlipMethod =
  /** From all 2ⁿ sign patterns. */
  | "exact"
  /**
   * From so many patterns drawn at random: (b + 1)/(m + 1), where b of m are as far out. Davison &
   * Hinkley (1997), §4.3, doi:10.1017/CBO9780511802843.
   */
  | { monteCarlo: {
      /** m. */
      patterns: number;
      /** What the stream of random numbers starts from. */
      seed: number;
    } };

/**
 * An effect size and its limits without the bias of small samples.
 *
 * Both are multiplied by J = Γ(m/2)/(√(m/2)·Γ((m − 1)/2)), m = n − 1. Hedges (1981),
 * doi:10.3102/10769986006002107.
 */
export interface HedgesCorrected {
  /** J. */
  hedgesJ: number;
  /** J times the estimate. */
  estimate: number;
  /** J times the limits. */
  interval: Interval;
}

/** The mean change M over a standard deviation, with its interval. Its sign is that of the change. */
export interface StandardisedChange {
  /** The mean change in units of the standardiser. */
  estimate: number;
  /** Its interval. */
  interval: Interval;
  /** How the interval was obtained. */
  intervalMethod: EffectIntervalMethod;
  /** The same without the bias of small samples. */
  hedgesCorrected: Estimate<HedgesCorrected>;
}

/** The corrected Glass's Δ with an interval of its own. */
export interface CorrectedGlassDelta {
  /** J times Glass's Δ. */
  estimate: number;
  /** Its interval. */
  interval: Interval;
  /** How the interval was obtained. */
  intervalMethod: EffectIntervalMethod;
}

/**
 * A share of people better off at follow-up, from 0 to 1: a half where as many are worse off.
 *
 * The better direction is the measure's, so unlike other effect sizes it is above a half for an
 * improvement, whichever way the scores go.
 */
export interface CommonLanguage {
  /** The share. */
  share: number;
  /** Its interval. */
  interval: Interval;
  /** How the interval was obtained. */
  intervalMethod: EffectIntervalMethod;
}

/**
 * A statistic and its intervals from the bootstrap.
 *
 * A limit is a quantile of the values in the R resamples that have one: the value in place
 * (R + 1)·p of their order, between two places in proportion, for which 9,999 resamples at 0.95 have
 * places 250 and 9,750. Where the place is before the first or after the last, there is no interval.
 * Neither interval need contain the estimate, though most do.
 */
export interface BootstrapEstimate {
  /** Pairs. */
  n: number;
  /** The statistic of the sample. */
  estimate: number;
  /**
   * Resamples without a value, which both intervals leave out: for d_z those in which everybody
   * changed by the same amount, for the Hodges-Lehmann estimate those in which nobody changed and
   * zeros are left out. Where they are many, the statistic is unsure beyond its limits.
   */
  undefinedResamples: number;
  /** From the quantile at (1 − level)/2 to that at (1 + level)/2. Efron & Tibshirani (1993), §13.3. */
  percentile: Estimate<Interval>;
  /** The same with the quantiles corrected for bias and for a spread that changes with the value. */
  bca: Estimate<BcaInterval>;
}

/** So many of so many, with the proportion where there is one. */
export interface Share {
  /** The numerator. */
  count: number;
  /** The denominator. */
  of: number;
  /** The one over the other, where the denominator is not 0. */
  proportion: Estimate<Proportion>;
}

/** The rule by which a change is reliable. Published rules disagree, so a result names its own. */
export type ReliableChangeRule =
  /** A threshold as published for a measure. */
  | ({ method: "published-threshold" } & PublishedThreshold)
  /** Jacobson and Truax's criterion from a standard deviation and a reliability. */
  | ({ method: "jacobson-truax" } & JacobsonTruax)
  /** Edwards and Nunnally's, about the estimated true baseline. */
  | ({ method: "edwards-nunnally" } & EdwardsNunnally)
  /** Gulliksen, Lord and Novick's, about the follow-up predicted from the baseline. */
  | ({ method: "gulliksen-lord-novick" } & GulliksenLordNovick)
  /** Hsu, Linn and Lord's, about the follow-up predicted from the baseline and the group's change. */
  | ({ method: "hsu-linn-lord" } & HsuLinnLord)
  /** Nunnally and Kotsch's, with the reliability of both sittings. */
  | ({ method: "nunnally-kotsch" } & NunnallyKotsch)
  /** Hageman and Arrindell's, about the change a person is estimated to have truly made. */
  | ({ method: "hageman-arrindell" } & HagemanArrindell);

/**
 * A method of reliable change that takes its means and SDs from the pairs being judged.
 *
 * Published values are to be preferred where there are any: from the sample itself, whether a person
 * changed reliably depends on who else came.
 */
export type SampleRule =
  /** `JacobsonTruax` with the SD of baseline scores. */
  | {
      method: "jacobson-truax";
      /** The reliability of the measure. */
      reliability: number;
    }
  /** `EdwardsNunnally` with the mean and SD of baseline scores. */
  | {
      method: "edwards-nunnally";
      /** The reliability of the measure. */
      reliability: number;
    }
  /** `GulliksenLordNovick` with the mean and SD of baseline scores. */
  | {
      method: "gulliksen-lord-novick";
      /** The reliability of the measure. */
      reliability: number;
    }
  /** `HsuLinnLord` with both means and the SD of baseline scores. */
  | {
      method: "hsu-linn-lord";
      /** The reliability of the measure. */
      reliability: number;
    }
  /** `NunnallyKotsch` with the mean and SD of baseline scores. */
  | {
      method: "nunnally-kotsch";
      /** The reliability at baseline. */
      reliability: number;
      /** The reliability at follow-up. */
      followUpReliability: number;
    }
  /** `HagemanArrindell` with the mean and SD of change and the SD of baseline scores. */
  | {
      method: "hageman-arrindell";
      /** The reliability of the measure. */
      reliability: number;
    };

/**
 * A rule of reliable change and a cut-off.
 *
 * Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12; "reliable recovery" in services for common
 * mental health problems.
 */
export interface ClinicalChangeRule {
  /** When a change is reliable. */
  reliableChange: ReliableChangeRule;
  /** Where the functional side starts. */
  cutOff: CutOff;
}

/**
 * The smallest changes that matter, for better and for worse, by an anchor outside the measure.
 *
 * People notice a loss sooner than a gain of the same size, or later, so the two bounds are given
 * separately: de Vet et al. (2007), doi:10.1007/s11136-006-9109-9. Unlike a reliable change, an
 * important one may be within measurement error.
 */
export interface ImportantChangeRule {
  anchor: string;
  improvement: Threshold;
  deterioration: Threshold;
}

/** A way to say whether a person changed. */
export type ChangeDefinition =
  /** By any amount. */
  | { change: "any" }
  /** Beyond measurement error. */
  | {
      change: "reliable";
      /** The rule, by its name. */
      rule: string;
    }
  /** By enough to matter. */
  | {
      change: "important";
      /** The rule, by its anchor. */
      anchor: string;
    };

/**
 * Cohen's κ: how far two classifications agree beyond what their margins alone would make.
 *
 * κ = (p_o − p_e)/(1 − p_e), with p_o the share classed alike and p_e the share expected by chance.
 * Cohen (1960), doi:10.1177/001316446002000104. The interval is κ ± z·SE, SE by Fleiss, Cohen &
 * Everitt (1969), doi:10.1037/h0028106, cut off at −1 and 1.
 */
export interface CohensKappa {
  /** κ, at most 1; 0 where agreement is that of chance. */
  kappa: number;
  /** Its standard error. */
  standardError: number;
  /** Its interval. */
  interval: Interval;
}

/**
 * McNemar's test of a table of two bands, two-sided.
 *
 * It asks whether as many people would have gone up as down, had the two sittings the same share
 * of people in the upper band. People who stayed say nothing about that. With b who went up and c
 * who went down, b is half of b + c on average, and χ² = (b − c)²/(b + c), or
 * max(0, |b − c| − 1)²/(b + c) corrected. McNemar (1947), doi:10.1007/BF02295996.
 */
export type McNemar = McNemarMethod & {
  /** Pairs. */
  n: number;
  /** Those who went from the lower band to the upper one. */
  movedUp: number;
  /** Those who went from the upper band to the lower one. */
  movedDown: number;
  /** χ², on one degree of freedom, where p is from it. */
  chiSquared?: number;
  /** The two-sided p, above 0 and at most 1. The smallest reported is 2.2e-308. */
  p: number;
};

/**
 * Bowker's test of symmetry.
 *
 * It asks whether as many people went from each band to each other band as came back. For two
 * bands it is McNemar's χ² without correction. χ² = Σ (n_ij − n_ji)²/(n_ij + n_ji) over the pairs of
 * bands between which somebody moved; df is the number of those pairs. Bowker (1948),
 * doi:10.1080/01621459.1948.10483284.
 */
export interface Bowker {
  /** Pairs. */
  n: number;
  /** χ². */
  chiSquared: number;
  /** Degrees of freedom: the pairs of bands between which somebody moved. */
  df: number;
  /** The area of the chi-squared distribution above it, above 0 and at most 1. */
  p: number;
}

/**
 * Stuart and Maxwell's test of marginal homogeneity.
 *
 * It asks whether each band holds the same share of people at both sittings, whatever the ways they
 * took. For two bands it is McNemar's χ² without correction. χ² = d′V⁻d with d_i the people of band i
 * at baseline less those at follow-up, V_ii = the people who left or entered it and
 * V_ij = −(n_ij + n_ji). V⁻ is a generalised inverse and df the rank of V: the bands less the groups of
 * bands that moves connect, so that a band nobody entered or left adds none. Stuart (1955),
 * doi:10.1093/biomet/42.3-4.412; Maxwell (1970), doi:10.1192/bjp.116.535.651.
 */
export interface StuartMaxwell {
  /** Pairs. */
  n: number;
  /** χ². */
  chiSquared: number;
  /** Degrees of freedom. */
  df: number;
  /** The area of the chi-squared distribution above it, above 0 and at most 1. */
  p: number;
}

/** The people at one end of the scale at one sitting. */
export interface ScaleEndShare {
  /** The sitting. */
  sitting: Sitting;
  /** The end. */
  end: ScaleEnd;
  /** The people there, of all pairs. */
  share: Share;
  /** Whether they are more than `EFFECT_PERCENT` of the pairs: a floor or ceiling effect. */
  isEffect: boolean;
}

/** The population people are drawn from, and the cut-off they were selected by, if there was one. */
export interface RegressionToTheMeanRule {
  /** The mean and SD of the population. */
  population: Population;
  /** The score that people had to be worse than to come, in units of the printed score. */
  cutOff?: number;
}

/** One row of the panel. */
export interface ExpectedRegression {
  /** ρ. */
  reliability: number;
  /** The change expected of a group with this mean at baseline. */
  expectedChange: Estimate<number>;
  /** The change expected of people who were selected by the cut-off, where there is one. */
  expectedChangeOfSelected?: number;
}

/** Which sittings of different people are taken together. */
export type TimeGrouping =
  /** Those of the same time. */
  | { by: "time" }
  /** Everybody's first, everybody's second, and so on, whenever they were. */
  | { by: "occasion" }
  /** Those from one edge to before the next; each person counts once in a bin. */
  | {
      by: "bins";
      /** The first time of each bin, and then the first time after the last, ascending. */
      edges: number[];
      /** Which of several sittings of a person in one bin counts. */
      oneOfBin: OneOfBin;
    };

/** The mean score at one time. */
export interface TrajectoryPoint {
  /** The time, the number of the occasion, or the first time of the bin. */
  from: number;
  /** The same, or the last time of the bin. */
  to: number;
  /** The people. */
  n: number;
  /** Their mean, in units of the printed score. */
  mean: Estimate<number>;
  /** Their standard deviation (n − 1). */
  standardDeviation: Estimate<number>;
  /** The t interval of the mean. */
  interval: Estimate<Interval>;
}

/** From which slope on a person is improving or worsening. */
export interface SlopeRule {
  /**
   * The smallest slope that counts, in units of the printed score for each unit of time; with 0,
   * any slope does.
   */
  atLeast: number;
}

/** What became of the rows of one table: `read` is `used` and all `rejected` together. */
export interface TableAccount {
  /** The rows read. */
  read: number;
  /** The rows whose content became part of the caseload. */
  used: number;
  /** The rows that did not, by the code of the reason. */
  rejected: Record<string, number>;
  /** Rows used in spite of something about them, by the code of what it was. */
  warned: Record<string, number>;
}

/** One thing that was wrong with one row. */
export interface ImportProblem {
  /** The table of the mapping. */
  table: ImportTableName;
  /** The file, as the mapping names it. */
  file: string;
  /** The sheet, where the file is a workbook. */
  sheet?: string;
  /** The row of the sheet; of a CSV file the record, counted with the headings as 1. */
  row: number;
  /** The line of the file on which the record begins, from 1. */
  line: number;
  /** The heading of the column, where one is to blame. */
  column: string | null;
  /** The beginning of what the cell holds; of a malformed record how many cells it has. */
  value: string | null;
  /** What was wrong. */
  code: ProblemCode;
  /**
   * What the value is held to, where it can be said in a word or two: the answers of the item (`0 to
   * 10`), the date of the earlier form, what the field holds, the number of headings.
   */
  limit?: string;
  /** The section of the mapping that gives a spelling its meaning, where this one has none: `codes.source`. */
  section?: string;
  /** Whether the row (in the wide layout: the form) was left out because of it. */
  rejected: boolean;
  /** The fact, the limit and the remedy. */
  message: string;
}

/**
 * What is evaluated and by which rules. It is written into every result.
 *
 * Evaluations can be merged only if they were made under the same plan.
 */
export interface Plan {
  /** The name of the evaluation, as printed in the report. */
  title: string;
  /** The day on which everything is judged; later events have not happened yet. */
  asOf: string;
  /** The measures; the first is the main one. */
  measures: MeasurePlan[];
  /** Who of the people seen is asked to fill them in. */
  eligibility: Eligibility;
  /** How pairs are made. */
  pairing: PairingRule;
  /** Other ways to make pairs, shown beside the main one. */
  compare: PairingRule[];
  /** After how many days without a sign of life an open episode counts as closed; none if absent. */
  inferClosureAfterDays?: number;
  /**
   * From how many days after the end on a sitting counts as one after exit; those are not looked
   * for if absent. An end point that reaches so far takes the same sitting for the end of support,
   * as `Last` does; `LastUntilClosure` of fewer days does not.
   */
  afterExitDays?: number;
  /** What completion and benefit are broken down by. */
  groupBy: GroupBy[];
  /** On what those with and without a follow-up are compared. */
  attrition: AttritionPlan;
  /** Along what equity is looked at; it is not if empty. */
  equity?: EquityPlan[];
  /** Control charts of completion and referrals; there are none if absent. */
  controlCharts?: ControlChartPlan;
  /** How a funnel of completion by practice is made; there is none if absent. */
  funnel?: FunnelOptions;
  /** Changes whose months before and after are compared. */
  beforeAfter?: BeforeAfterPlan[];
  /** The indicators reported; there are none if absent. */
  indicators?: IndicatorPlan;
  /** The level of every interval. */
  intervalLevel: number;
  /** How the p of several measures of one instrument are adjusted for their number. */
  multiplicity: Multiplicity;
}

/** Which definition of an instrument was used. */
export interface DefinitionUsed {
  /** The instrument's id. */
  instrument: string;
  /** Its version. */
  version: string;
  /** A digest of its definition: equal if and only if every number in it is. */
  fingerprint: string;
}

/** One flow: its boxes, who left between them and the rates. */
export interface FlowFindings {
  /** The boxes from referred to paired, each with those who did not go on to the next. */
  boxes: BoxFindings[];
  /** The rates between the boxes. */
  rates: CompletionRates;
}

/**
 * What the share improved could be among all who were due, whatever happened to the unpaired.
 *
 * With `p` improved of the pairs and paired completion `c` the bounds are `p·c` and `p·c + 1 − c`:
 * with 13 % completion, 93 % improved means anything from 12.1 % to 99.1 %.
 */
export interface ImprovedBounds {
  /** Those who improved. */
  improved: number;
  /** The pairs. */
  paired: number;
  /** Those whose follow-up was due, paired or not. */
  due: number;
  /** The share improved if nobody unpaired improved; absent where nobody was due. */
  worst: number | null;
  /** The share improved if everybody unpaired improved; absent where nobody was due. */
  best: number | null;
}

/** One group: who came so far, and who benefited. */
export interface GroupFindings {
  /** What is grouped by. */
  by: GroupBy;
  /** The group. */
  group: string;
  /** Its flow. */
  flow: FlowFindings;
  /** What changed among its pairs. */
  benefit: Benefit;
}

/** Those due with a baseline, with and without a follow-up: how they differ and what is not known. */
export interface Attrition {
  /** What the comparison goes by. */
  options: AttritionOptions;
  /** The pairs of those due with a baseline. */
  completion: Share;
  /** The baseline score and then each trait, in the order counted. */
  traits: TraitComparison[];
  /**
   * What the share improved could be among all who were due. Improved is a change of any size in the
   * better direction.
   */
  improvedBounds: ImprovedBounds;
  /** What the mean change could be among all who were due. */
  meanChangeBounds: Estimate<MeanChangeBounds>;
  /** How the unpaired would have to have changed for the mean change of all to be zero. */
  tippingPoint: Estimate<TippingPoint>;
  /** What it comes to. */
  verdict: AttritionVerdict;
}

/**
 * Results weighted by the inverse chance of being followed up, or why there are none.
 *
 * A sensitivity result beside the unweighted, never instead of it: it corrects for what the model
 * holds and for nothing else, and whoever was not followed up because of how they fared is beyond it.
 */
export type Weighting =
  /** There are weights. */
  | ({ outcome: "weighted" } & Weighted)
  /** There are none. */
  | ({ outcome: "not-weighted" } & NotWeightable);

/** What was found for one measure over months and practices. */
export interface OverPeriods {
  /** Paired completion by month, where the plan asks for control charts. */
  completionChart?: PChart;
  /** How many fell due before a year or more in which nobody did: they are not in the chart. */
  dueBeforeChart?: number;
  /** Paired completion by practice, where the plan asks for a funnel. */
  completionFunnel?: FunnelPlot;
  /** Paired completion before and after each change of the plan. */
  beforeAfter: BeforeAfterFindings[];
  /** The plan's indicators, but for those by a rule that the measure does not have. */
  indicators: IndicatorReport[];
}

/**
 * Who is reached, who engages, who is followed up and who benefits, by band.
 *
 * | question | answer for each band |
 * |---|---|
 * | reach | its share of the referrals over its share of the practice lists |
 * | engagement | first contacts of referrals |
 * | completion | pairs of those whose follow-up is due and who have a baseline |
 * | benefit | the mean change and the share improved, of pairs |
 *
 * Completion stands before benefit on purpose: where one band is followed up less, its benefit is
 * that of fewer and perhaps other people. An episode counts once under its band, so a person with
 * two counts twice; intervals take episodes as independent.
 */
export interface EquityTable {
  /** What people are placed along, with the version of SIMD. */
  axis: Axis;
  /** The episodes that are in a band, of all. */
  placed: Share;
  /** One row for each band in order, whether or not anybody is in it. */
  rows: EquityRow[];
  /** Those in no band, by the reason. */
  notPlaced: Record<string, NotPlacedRow>;
  /** The practice lists that reach is told from, where they are given. */
  lists?: ListSource;
  /** How unequal each answer is; absent where the axis has no order of advantage. */
  gradients?: Gradients;
}

/** How long it took to follow people up, by Kaplan and Meier's curve of `FollowUpTimes`. */
export interface TimeToFollowUp {
  /** Those with a dated baseline. */
  people: number;
  /** Those followed up, at whatever time. */
  followedUp: number;
  /** The day by which half are followed up. */
  median: Estimate<MedianDays>;
  /** The share followed up by some days. */
  byDay: FollowedUpBy[];
  /** Baselines that have an order and no date, and are not in it. */
  withoutDates: number;
}

/** What was found of those asked again some time after the end. */
export interface AfterExit {
  /** How many days after the end a sitting has to be. */
  days: number;
  /** Episodes with such a sitting, of those with a baseline that ended so long ago. */
  followedUp: Share;
  /** What changed from the baseline to it. */
  sinceBaseline: Benefit;
  /** What changed from the end to it: whether a gain has lasted. */
  sinceExit: Benefit;
}

/** What a change is worth in money, or why it is not valued. */
export type Valuation =
  /** It is valued. */
  | { valued: Wellby }
  /** It is not, and why. */
  | { notValued: ValueRefusal };

/** How often one issue was found, of how often it was looked for. */
export interface IssueFindings<K> {
  /** The issue. */
  issue: K;
  /** So often found of so often looked for. Nobody may have been there to look at. */
  found: Share;
}

/** One thing that may be wrong with the questionnaires of one measure. */
export type SittingIssue =
  /**
   * The baseline was filled in after several contacts, when help had already begun: two or
   * more earlier days with an attended contact. Looked for among baselines with a date, of
   * episodes whose contacts are listed.
   */
  | "baseline-after-several-contacts"
  /**
   * The questionnaire was typed in more than four weeks after it was filled in. Looked for
   * among baselines and follow-ups with both dates.
   */
  | "entered-late"
  /**
   * Only its total is recorded, no answers; the total is its score. Looked for among sittings of
   * the plan's version.
   */
  | "total-without-answers"
  /** Its total is not the score of its answers, which count. Looked for among sittings with both. */
  | "total-disagrees"
  /**
   * Its total is raw where the source is declared to record metric ones, or the other way round;
   * it is no score. Looked for among sittings with a total.
   */
  | "raw-mixed-with-metric"
  /** It is of another version of the instrument. Looked for among all sittings. */
  | "other-version"
  /** It could not be scored. Looked for among all sittings. */
  | "unscored"
  /** It contradicts another of the same time. Looked for among all sittings. */
  | "conflicting"
  /** It says the same as another of the same time. Looked for among all sittings. */
  | "repeated"
  /** It is dated before the referral. Looked for among all sittings. */
  | "before-referral"
  /** It is dated after the as-of date. Looked for among all sittings. */
  | "after-as-of"
  /** It has no date, while others of the episode have. Looked for among all sittings. */
  | "undated";

/** One pairing rule beside others. */
export interface RuleFindings {
  /** The rule. */
  rule: PairingRule;
  /** Pairs of those due under it. */
  pairedCompletion: Share;
  /** What changed among its pairs. */
  change: Change;
}

/** One thing to bear in mind. The report puts it in plain words. */
export type Caution =
  /** There is no comparison group: the result shows change, not its cause. */
  | { code: "no-control-group" }
  /** People are referred when they are low, and would on average score higher later anyway. */
  | { code: "regression-to-the-mean" }
  /** There are too few pairs for a headline. */
  | {
      code: "few-pairs";
      /** The pairs there are. */
      pairs: number;
      /** The pairs a headline needs. */
      needed: number;
    }
  /** Some of those due have no pair, and nothing here says how they did. */
  | {
      code: "unpaired";
      /** Those due without a pair. */
      unpaired: number;
      /** Those due. */
      due: number;
    }
  /** Many people are at one end of the scale, where a score can move one way only. */
  | {
      code: "scale-end";
      /** The sitting. */
      sitting: Sitting;
      /** The end. */
      end: ScaleEnd;
      /** The people there. */
      people: number;
      /** The pairs. */
      pairs: number;
    }
  /** The instrument's definition says so itself. */
  | {
      code: "instrument";
      /** In the definition's words. */
      text: string;
    };

/** The episodes that moved forward in so many areas. */
export interface AreasForward {
  /** The areas. */
  areas: number;
  /** The episodes. */
  episodes: number;
}

/** Adjusted p-values, in the order they were given. */
export interface AdjustedPs {
  /** How they were adjusted; for as many as there are. */
  method: Multiplicity;
  /** Each with its adjusted p. */
  pValues: AdjustedP[];
}

/** What one core field held. */
export interface FieldFindings {
  /** The field. */
  field: CoreField;
  /** Values of all people or episodes that the field applies to. */
  recorded: Share;
  /** It was asked, and is not known. */
  notKnown: number;
  /** It does not apply. */
  notApplicable: number;
  /** Nothing was recorded. */
  missing: number;
}

/** What was found of the help that people had. */
export interface HelpFindings {
  /** The needs. */
  needs: NeedFindings;
  /** The referrals onward. */
  onward: OnwardFindings;
  /** The tangible outcomes. */
  outcomes: OutcomeFindings;
}

/**
 * A chart of individual values and moving ranges.
 *
 * Limits of the values: their mean ± 2.66 times the mean moving range; of the moving ranges: 3.268
 * times their mean. Wheeler & Chambers (1992), *Understanding Statistical Process Control*;
 * Montgomery, *Introduction to Statistical Quality Control*, on charts for individual measurements.
 * For shares with small or very unequal denominators a `PChart` is the chart to use.
 */
export interface XmrChart {
  /** The constants. */
  constants: XmrConstants;
  /** The rules and phases asked for. */
  options: ControlChartOptions;
  /** The phases, in their order in time. */
  phases: XmrPhase[];
}

/**
 * A setting of the plan that no record answers to, mostly for a slip of the pen in it.
 *
 * It is no error: a programme may have no episode yet in a practice that its plan names. But what
 * rests on the setting is then of nobody, and a reader has to know.
 */
export type PlanRemark =
  /** A practice or programme of the plan is in no record. */
  | {
      code: "name-in-no-record";
      /** What it is the name of. */
      of: NamedThing;
      /** The name. */
      name: string;
      /** Where it stands, as paths into the plan with places counted from 1. */
      settings: string[];
      /**
       * The names in the records that are most like it, the nearest first; none where the records
       * name no such thing.
       */
      nearest: string[];
    }
  /** A measure is asked of nobody, though people were seen. */
  | {
      code: "nobody-asked";
      /** The instrument's id. */
      instrument: string;
      /** The measure's id. */
      measure: string;
      /** The episodes of people seen. */
      seen: number;
    }
  /** No follow-up of any measure fell due in the months before or after a change. */
  | {
      code: "nobody-due-in-months";
      /** The months, as a path into the plan with places counted from 1. */
      setting: string;
      /** The months. */
      months: IndicatorSpan;
    }
  /** Limits are to be worked out anew from a month that is in no chart. */
  | {
      code: "month-not-charted";
      /** The month. */
      month: string;
      /** The first and the last month of the chart of the main measure. */
      charted: IndicatorSpan;
    }
  /** Every episode with a month is outside those that the indicators are reported for. */
  | {
      code: "nobody-in-span";
      /** The months reported. */
      span: IndicatorSpan;
    }
  /** All who have a place on SIMD have it on another version than the axis. */
  | {
      code: "other-version-only";
      /** The axis, in words. */
      axis: string;
      /** Their episodes. */
      episodes: number;
    }
  /** The records hold nobody, as where files have headings and no rows. */
  | { code: "no-episodes" };

/** What becomes of a count of nobody. */
export type Zeros =
  /** It is shown, unless it belongs to a sensitive total. */
  | "shown"
  /**
   * It is hidden like a small count, unless it follows from the form of the tables whatever is
   * hidden, as that of a month that has not come.
   */
  | "hidden";

/** How the counts that are shown are rounded. */
export type Rounding =
  /** Not at all. */
  | { method: "none" }
  /**
   * Conventionally: to the nearest multiple of the base, halves up.
   *
   * A count is rounded to the same value wherever it stands; rounded parts need not add up to
   * the rounded total. Hundepool et al. (2012), section 5.4.
   */
  | {
      method: "conventional";
      /** The base, for example 5. */
      base: number;
    };

export type Gap =
  | "hidden";

/** What the mean moving range is multiplied by. */
export type XmrConstants =
  /**
   * 2.66 and 3.268, rounded as in textbooks and in NHS charts. Wheeler & Chambers (1992),
   * *Understanding Statistical Process Control*.
   */
  | "rounded"
  /**
   * 3/d₂ = 3√π/2 = 2.6587 and 1 + 3·d₃/d₂ = 1 + 3·√(π/2 − 1) = 3.2665, which they round: the mean
   * and the standard deviation of the range of two normal values are d₂ = 2/√π and d₃ = √(2 − 4/π).
   */
  | "unrounded";

/** How special causes are looked for, and from which periods centre and limits come. */
export interface ControlChartOptions {
  /** The rules; `rules` has those of a source. */
  rules: SpecialCauseRule[];
  /** The periods from which on centre and limits are worked out anew, in their order in time. */
  recalculateFrom: string[];
  /**
   * After how many periods of a phase centre and limits stay fixed; absent, all of them count. At
   * least 2. Gaps do not count, and a phase with fewer periods uses those it has.
   */
  baselinePeriods: number | null;
}

/** The limits that a charted value is expected between. A value on a limit is not outside. */
export interface ControlLimits {
  /** The lower limit. */
  lower: number;
  /** The upper limit. */
  upper: number;
}

/** The referrals of one month, as published. */
export interface DisclosedReferralMonth {
  /** The month. */
  month: string;
  /** Its referrals. */
  referrals: PublishedCount;
  /** The rules it is part of. */
  specialCauses: SpecialCause[];
}

/** What a reader needs to know of a measure's definition. */
export interface DisclosedMethod {
  /** The instrument's version. */
  version: string;
  /** The rule for missing answers, by its id. */
  missingRule: string;
  /** The bands that moves are counted between, by the name of their set. */
  bands?: DisclosedBands;
  /** The rules of reliable change with the names that are printed. */
  changeRules?: DisclosedRuleName[];
  /** What the instrument and its reference values are published in. */
  sources: InstrumentSource[];
}

/** One box of a flow, as published. */
export interface DisclosedBox {
  /** The box. */
  box: FlowBox;
  /** The episodes in it. */
  episodes: PublishedCount;
  /** What became of those who did not go on to the next box: every fate, also where it is nobody's. */
  left: DisclosedFate[];
}

/** The completion rates of a flow, as published. */
export interface DisclosedCompletion {
  /** Scored baselines of those eligible. */
  baselineCompletion: PublishedShare;
  /** Pairs of those whose follow-up is due and who have a baseline: the headline. */
  pairedCompletion: PublishedShare;
  /** Pairs of all eligible. */
  coverage: PublishedShare;
}

/** What changed among the pairs of a measure, as published. */
export interface DisclosedChange {
  /** The pairs. */
  pairs: PublishedCount;
  /** Means before and after; `null` where there are few pairs or a count would follow. */
  means: DisclosedMeans | null;
  /** Improved, same and worse, by any amount. */
  anyChange: DisclosedClasses;
  /** What the share improved could be among all due; `null` where it rests on a hidden count. */
  improvedBounds: ImprovedBounds | null;
  /** The same by each rule of reliable change. */
  reliableChange: DisclosedReliableChange[];
  /** Moves between bands. */
  transitions: DisclosedTransitions[];
}

/** Completion of one measure over months and practices and before and after changes, as published. */
export interface DisclosedOverTime {
  /** Paired completion by month, where the plan asks for control charts. */
  completionChart?: DisclosedCompletionChart;
  /**
   * Paired completion by practice, where the plan asks for a funnel and practices may leave the
   * programme.
   */
  completionFunnel?: DisclosedFunnel;
  /** Paired completion before and after each change of the plan. */
  beforeAfter?: DisclosedBeforeAfter[];
}

/** One group of a measure, as published. */
export interface DisclosedGroup {
  /** What is grouped by. */
  by: GroupBy;
  /** The group. */
  group: string;
  /** The boxes referred, eligible, baseline valid, due and paired. */
  boxes: DisclosedGroupBox[];
  /** The rates between them. */
  completion: DisclosedCompletion;
  /** Those with a better score, of its pairs. */
  improved: PublishedShare;
  /**
   * Means; `null` where there are few pairs, where few are left when the groups with means are
   * subtracted from all, and where the groups are bands of an axis of the plan, which have them.
   */
  means: DisclosedMeans | null;
}

/** Those due with a baseline, with and without a follow-up, as published. */
export interface DisclosedAttrition {
  /** What the comparison goes by. */
  options: AttritionOptions;
  /** The pairs of those due with a baseline. */
  completion: PublishedShare;
  /** The baseline score; `null` where the scores of either are of too few people. */
  baselineScore: DisclosedBaseline | null;
  /** Each trait, in the plan's order. */
  traits: DisclosedTrait[];
  /** What the mean change could be among all due, where both means are published. */
  meanChangeBounds: DisclosedMeanChangeBounds | null;
  /** How the unpaired would have to have changed for the mean change of all to be zero, likewise. */
  tippingPoint: TippingPoint | null;
  /** What the comparisons that are published come to; `null` where completion is hidden. */
  verdict: AttritionVerdict | null;
}

/** Who is reached, who engages, who is followed up and who benefits, by band, as published. */
export interface DisclosedEquity {
  /** What people are placed along, with the version of SIMD. */
  axis: Axis;
  /** The episodes that are in a band, of all. */
  placed: PublishedShare;
  /** One row for each band in order, whether or not anybody is in it. */
  rows: DisclosedBand[];
  /** Those in no band, for whatever reason. */
  notPlaced: DisclosedNotPlaced;
  /** The practice lists that reach is told from, where they are given. */
  lists?: ListSource;
  /** How unequal each answer is; absent where the axis has no order of advantage. */
  gradients?: DisclosedGradients;
}

/** Those asked again some time after the end, as published. */
export interface DisclosedAfterExit {
  /** How many days after the end a sitting has to be. */
  days: number;
  /** Episodes with such a sitting, of those with a baseline that ended so long ago. */
  followedUp: PublishedShare;
  /** What changed from the baseline to it. */
  sinceBaseline: DisclosedBenefit;
  /** What changed from the end to it: whether a gain has lasted. */
  sinceExit: DisclosedBenefit;
}

/**
 * An indicator over the periods of a report, as published.
 *
 * Those counted outside the months reported, and those without a month, are not in it.
 */
export interface DisclosedIndicator {
  /** The indicator. */
  indicator: IndicatorDefinition;
  /** The months reported. */
  span: IndicatorSpan;
  /** How long the periods are. */
  length: PeriodLength;
  /** The periods, in their order in time. */
  periods: DisclosedPeriod[];
  /** All months reported together. */
  whole: PublishedShare;
  /** Where that lies beside the target. */
  wholeBesideTarget: TargetComparison | null;
}

/** Completion under one pairing rule, as published. */
export interface DisclosedRule {
  /** The rule. */
  rule: PairingRule;
  /** Pairs of those due under it. */
  pairedCompletion: PublishedShare;
}

/** So many of so many, as far as both are published. */
export interface PublishedShare {
  /** The numerator. */
  count: PublishedCount;
  /** The denominator. */
  of: PublishedCount;
  /** The one over the other with its interval; `null` where either is hidden, as it would follow. */
  proportion: Estimate<Proportion> | null;
}

/**
 * A field that link worker programmes in Scotland mostly record, or that evidence needs.
 *
 * The list is what most of 27 programmes said they record (Voluntary Health Scotland, *Essential
 * Connections*, 2023), with the date of the referral, without which nothing has an order.
 */
export type CoreField =
  /** The age band, or the year of birth. */
  | "age"
  /** The gender. */
  | "gender"
  /** The SIMD quintile with its version. */
  | "simd"
  /** The date of the referral. */
  | "referral-date"
  /** Who referred. */
  | "referral-source"
  /** Why. */
  | "referral-reason"
  /** The date of the first attended contact. It does not apply to those not seen. */
  | "first-meeting"
  /** How many contacts were attended. It does not apply to those not seen. */
  | "repeat-contacts"
  /** The referrals onward, if any. It does not apply to those not seen. */
  | "onward-referral";

/** Needs, as published. */
export interface DisclosedNeeds {
  /** Episodes of which needs are recorded at all. */
  kept: PublishedShare;
  /** Episodes with a need, of these. */
  withAny: PublishedShare;
  /** Episodes with a need that is known not to be met, of these. */
  withUnmet: PublishedShare;
  /** All needs. */
  all: DisclosedNeedTally;
  /** The needs of each kind. */
  byReason: DisclosedNeedsAbout[];
}

/** Referrals onward, as published. */
export interface DisclosedOnward {
  /** Episodes of which referrals onward are recorded at all. */
  kept: PublishedShare;
  /** Episodes with one, of these. */
  withAny: PublishedShare;
  /** Episodes with one that is known to have been taken up, of these. */
  withTakenUp: PublishedShare;
  /** The referrals by whether they were taken up, the explicit unknown among them. */
  uptake: DisclosedUptake[];
  /** The referrals by their last known status. */
  byStatus: DisclosedStatus[];
}

/** Tangible outcomes, as published. */
export interface DisclosedOutcomes {
  /** Episodes of which outcomes are recorded at all. */
  kept: PublishedShare;
  /** Episodes with an outcome, of these. */
  withAny: PublishedShare;
  /** Episodes with an outcome of each kind, of these; one may have several kinds. */
  byReason: DisclosedOutcomesAbout[];
  /** The outcomes with a value in money, of all. */
  withValue: PublishedShare;
  /**
   * The value of these together, in pence; `null` where they are fewer than
   * `FEW_PAIRS`: of few amounts a sum may be mostly one person's.
   */
  valuePence: number | null;
}

/**
 * A programme, as it stands beside its numbers.
 *
 * What is not stated is absent, never guessed.
 */
export interface ReturnsProgramme {
  /** Its name, by which returns are told apart. */
  name: string;
  /** The area it serves, such as a health and social care partnership. */
  area?: string;
  /** Who employs the link workers, such as a third sector organisation. */
  deliveredBy?: string;
  /** The practices it works in. */
  practices?: number;
  /** Its link workers, in full-time equivalents. */
  linkWorkersFullTimeEquivalent?: number;
  /** What a reader has to know, in the programme's words: who is seen, what changed in the period. */
  note?: string;
}

/** What one programme found by one measure. */
export interface ProgrammeMeasure {
  /** Who was asked and who answered twice. */
  rates: CompletionRates;
  /** Any change, among the pairs. */
  anyChange: AnyChangeCounts;
  /** The mean change with its interval. */
  meanChange: Estimate<PairedT>;
}

/** What one programme published by one measure. */
export interface DisclosedProgrammeMeasure {
  /** Who was asked and who answered twice. */
  completion: DisclosedCompletion;
  /** Any change, among the pairs. */
  anyChange: DisclosedClasses;
  /** Means before and after, where they are published. */
  means: DisclosedMeans | null;
}

/** Programmes in the order given, and the mean over them. */
export interface Synthesis {
  /** What it goes by. */
  options: SynthesisOptions;
  /** What is put together. */
  statistic: Statistic;
  /** The programmes with an estimate, in the order given. */
  programmes: ProgrammeEstimate[];
  /** The programmes without one, in the order given. */
  leftOut: LeftOut[];
  /** The model, on the scale of the effects. */
  pooling: Pooling;
  /** The mean as printed: points or a share. */
  mean: number | null;
  /** Its interval as printed. */
  interval: Interval | null;
  /** Where the true value of another programme may lie, as printed. */
  predictionInterval: Interval | null;
}

/** The lowest and the highest that a count can be, given what is published. */
export interface CountBounds {
  /** It is at least this. */
  lowest: number;
  /** It is at most this; absent where nothing published says so. */
  highest: number | null;
}

/** The lowest and the highest that a share can be. */
export interface ShareBounds {
  /** It is at least this; absent where its denominator has no highest. */
  lowest: number | null;
  /** It is at most this; absent where its denominator may be zero. */
  highest: number | null;
}

/** Whether the normal approximation moves a discrete statistic half a unit towards its mean. */
export type Continuity =
  /**
   * It does, as R's `wilcox.test` unless told not to. A statistic within half a unit of its
   * mean has p = 1.
   */
  | "corrected"
  /** It does not, as SciPy's `wilcoxon` unless told to. */
  | "uncorrected";

/** How the rank of an interval's limits was obtained. */
export type RankIntervalMethod =
  /** From all 2ⁿ sign patterns of the ranks 1 to n. */
  | "exact"
  /** From the normal distribution with mean n(n + 1)/4 and variance n(n + 1)(2n + 1)/24. */
  | { normalApproximation: {
      /** Whether half a rank was allowed for. */
      continuity: Continuity;
    } };

/**
 * A bias-corrected and accelerated interval, with the two corrections.
 *
 * Its limits are quantiles of the resamples at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), where z is the
 * normal quantile of the level. Efron (1987), doi:10.1080/01621459.1987.10478410; DiCiccio & Efron
 * (1996), doi:10.1214/ss/1032280214, §2.
 */
export interface BcaInterval {
  /** The limits, in the units of the estimate. */
  limits: Interval;
  /**
   * z₀: the normal quantile of the share of resamples below the estimate, those equal to it
   * counted half.
   */
  biasCorrection: number;
  /**
   * a: Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^1.5), where θᵢ is the estimate without pair i and θ̄ their
   * mean. Efron & Tibshirani (1993), ISBN 978-0-412-04231-7, eq. 14.15.
   */
  acceleration: number;
}

/**
 * A proportion between 0 and 1, with its Wilson score interval.
 *
 * Wilson (1927), doi:10.1080/01621459.1927.10502953.
 */
export interface Proportion {
  /** The proportion. */
  value: number;
  /** Its interval. */
  interval: Interval;
}

/** A threshold for change as published for a measure, on the measure's scale. */
export interface PublishedThreshold {
  /** The name of the rule among the measure's change rules. */
  id: string;
  /**
   * The smallest change, in steps of the scale, that meets the threshold: of a metric in
   * hundredths, 300 for "at least 3" and 301 for "more than 3".
   */
  fewestSteps: number;
}

/** Jacobson and Truax's reliable change, from the SD of a sample and the measure's reliability. */
export interface JacobsonTruax {
  standardDeviation: number;
  reliability: number;
}

/**
 * The method of Edwards and Nunnally: an interval of measurement error about the estimated true
 * baseline.
 *
 * index = (y − (r(x − M) + M)) / SEM, SEM = S·√(1 − r), reliable beyond ±1.96, with x the baseline,
 * y the follow-up, M, S and r the mean, SD and reliability of baseline scores. Edwards, Yarvis,
 * Mueller, Zingale & Wagman (1978); Speer (1992), doi:10.1037/0022-006X.60.3.402.
 */
export interface EdwardsNunnally {
  /** M, the mean of baseline scores. */
  mean: number;
  /** S, their standard deviation. */
  standardDeviation: number;
  /** r, the reliability of the measure. */
  reliability: number;
}

/**
 * The method of Gulliksen, Lord and Novick: the follow-up predicted from the baseline by the
 * reliability, about the mean of baseline scores.
 *
 * index = ((y − M) − r(x − M)) / (S·√(1 − r²)), reliable beyond ±1.96. Gulliksen (1950); Lord & Novick
 * (1968); Hsu (1989), Behavioral Assessment 11:459-467.
 */
export interface GulliksenLordNovick {
  /** M, the mean of baseline scores. */
  mean: number;
  /** S, their standard deviation. */
  standardDeviation: number;
  /** r, the reliability of the measure. */
  reliability: number;
}

/**
 * The method of Hsu, Linn and Lord: the follow-up predicted from the baseline, about the mean of
 * follow-up scores, so that a change which everybody made is no person's own.
 *
 * index = ((y − M₂) − r(x − M₁)) / (S·√(1 − r²)), reliable beyond ±1.96. Hsu (1989), Behavioral
 * Assessment 11:459-467.
 */
export interface HsuLinnLord {
  /** M₁, the mean of baseline scores. */
  mean: number;
  /** M₂, the mean of follow-up scores. */
  followUpMean: number;
  /** S, the standard deviation of baseline scores. */
  standardDeviation: number;
  /** r, the reliability of the measure. */
  reliability: number;
}

/**
 * The method of Nunnally and Kotsch: the error of the estimated true baseline and that of the
 * follow-up together.
 *
 * index = (y − (r₁(x − M) + M)) / √(r₁²S²(1 − r₁) + S²(1 − r₂)), reliable beyond ±1.96. Nunnally &
 * Kotsch (1983), British Journal of Clinical Psychology 22:83-93.
 */
export interface NunnallyKotsch {
  /** M, the mean of baseline scores. */
  mean: number;
  /** S, their standard deviation. */
  standardDeviation: number;
  /** r₁, the reliability at baseline. */
  reliability: number;
  /** r₂, the reliability at follow-up. */
  followUpReliability: number;
}

/**
 * The method of Hageman and Arrindell: the change a person is estimated to have truly made, from the
 * reliability of changes in the sample.
 *
 * index = ((y − x)·r_dd + (M₂ − M₁)(1 − r_dd)) / (√r_dd·√2·SEM), reliable beyond ±1.65, with
 * SEM = S₁·√(1 − r). The reliability of change r_dd = (S₁²r₁ + S₂²r₂ − 2S₁S₂ρ)/(S₁² + S₂² − 2S₁S₂ρ),
 * r_k = (S_k² − SEM²)/S_k², is 1 − 2·SEM²/S_D² with S_D the SD of change, which is how it is asked
 * for here. Hageman & Arrindell (1999), doi:10.1016/S0005-7967(99)00032-7.
 */
export interface HagemanArrindell {
  meanChange: number;
  standardDeviationOfChange: number;
  standardDeviation: number;
  reliability: number;
}

/**
 * The edge between scores of a clinical and of a functional population.
 *
 * Cut-offs a, b and c are those of Jacobson & Truax (1991), doi:10.1037/0022-006X.59.1.12; a person
 * is on the functional side when strictly beyond them in the better direction.
 */
export type CutOff =
  /** a: two SDs from the clinical mean, in the better direction. M_clin ± 2·S_clin. */
  | {
      cutOff: "a";
      /** People who seek help. */
      clinical: Population;
    }
  /** b: within two SDs of the functional mean. M_func ∓ 2·S_func. */
  | {
      cutOff: "b";
      /** People who do not. */
      functional: Population;
    }
  /**
   * c: as many SDs from the one mean as from the other.
   * (S_clin·M_func + S_func·M_clin)/(S_clin + S_func).
   */
  | {
      cutOff: "c";
      /** People who seek help. */
      clinical: Population;
      /** People who do not. */
      functional: Population;
    }
  /** An edge as published for a measure, such as caseness at 10 points and more. */
  | {
      cutOff: "published";
      /** Its name. */
      id: string;
      /**
       * The worst score on the functional side, in points of the scale: 9 for caseness at 10 and
       * more where fewer points are better.
       */
      worstFunctional: number;
    };

/** The size of change that counts, in either direction, in units of the printed score. */
export type Threshold =
  /** This change and any larger. */
  | { atLeast: number }
  /** Any larger change, not this one. */
  | { moreThan: number };

/** How the p of McNemar's test is obtained. */
export type McNemarMethod =
  /** Twice the smaller tail of fair coins, one for each person who crossed; at most 1. */
  | { method: "exact" }
  /**
   * The exact p less the probability of what was seen; where the crossings are equal, 1 less half
   * of it. Less conservative than the exact p, and its level seldom above the nominal one.
   *
   * Fagerland, Lydersen & Laake (2013), doi:10.1186/1471-2288-13-91.
   */
  | { method: "mid-p" }
  /**
   * The tail of the chi-squared distribution with one degree of freedom.
   *
   * Corrected for continuity as by Edwards (1948), doi:10.1007/BF02289261.
   */
  | {
      method: "chi-squared";
      /** Whether the difference of the crossings is made smaller by 1 first. */
      continuity: Continuity;
    };

/** Which of the two sittings of a pair. */
export type Sitting =
  /** The first. */
  | "baseline"
  /** The second. */
  | "follow-up";

/** One end of a scale. */
export type ScaleEnd =
  /** The lowest score there is. */
  | "lowest"
  /** The highest score there is. */
  | "highest";

/** The mean and SD of a population's scores, in units of the printed score. */
export interface Population {
  /** M. */
  mean: number;
  /** S. */
  standardDeviation: number;
}

/** Which of several sittings of one person in one bin of time counts. */
export type OneOfBin =
  /** The first. */
  | "first"
  /** The last. */
  | "last";

/** A table of a mapping. */
export type ImportTableName =
  /** One row a person. */
  | "people"
  /** One row an episode. */
  | "episodes"
  /** One row a contact. */
  | "contacts"
  /** One row an assessment (layout `long`) or a person (layout `wide`). */
  | "assessments"
  /** One row a need. */
  | "needs"
  /** One row a referral onward. */
  | "onward-links"
  /** One row a tangible outcome. */
  | "outcomes"
  /** One row a spell on hold. */
  | "holds";

/** What was wrong: the first group of reasons rejects a row or a form, the second only warns. */
export type ProblemCode =
  /** The record has more or fewer cells than there are headings. */
  | "malformed-record"
  /** A quote in the record is not closed where its cell ends. */
  | "unclosed-quote"
  /** Nothing is recorded in any mapped column. */
  | "blank-row"
  /** The row does not say whose it is. */
  | "no-person-id"
  /** The row of a table without person ids names no episode. */
  | "no-episode-id"
  /** One cell holds the ids of two people. */
  | "two-person-ids"
  /** A mapped cell is far longer than anything it could hold. */
  | "cell-too-long"
  /** A mapped cell is not UTF-8. */
  | "invalid-utf8"
  /** An earlier row says exactly the same. */
  | "duplicate-row"
  /** There is a table of people and the person is not in it. */
  | "unknown-person"
  /** There is a table of episodes and the person has no such episode in it. */
  | "unknown-episode"
  /** The row names no episode, and which of several is meant cannot be told. */
  | "episode-unclear"
  /** A date that the record cannot do without is blank. */
  | "missing-date"
  /** A date that the record cannot do without cannot be read. */
  | "unreadable-date"
  /** The occasion is not one of those declared. */
  | "unknown-occasion"
  /** A code that the record cannot do without is blank. */
  | "missing-code"
  /** A code is not on its list. It rejects a row that cannot do without, and warns elsewhere. */
  | "unknown-code"
  /** The row does not name an instrument. */
  | "missing-instrument"
  /** The instrument is not in the registry. */
  | "unknown-instrument"
  /** The instrument has no such measure. */
  | "unknown-measure"
  /** There are answers beyond the items of the instrument, or too few columns for them. */
  | "wrong-number-of-answers"
  /** An answer is neither a whole number nor a known label. */
  | "unreadable-answer"
  /** The answers to the same items differ between two rows of one form. */
  | "conflicting-answers"
  /** A later form is dated before the first one. */
  | "follow-up-before-baseline"
  /** A value is not what its field holds; the field is left empty. */
  | "unreadable-value"
  /** An answer is a code that its item does not have; the form is kept and not scored. */
  | "answer-out-of-range"
  /** A total is one of the kind, raw or metric, that the mapping does not declare; it is no score. */
  | "total-of-other-kind"
  /** A total is none that the measure can have; it is left out. */
  | "unreadable-total"
  /** A total is not the score of the answers beside it; the answers count. */
  | "total-disagrees"
  /** Two rows give a field different values; it becomes not known. */
  | "conflicting-value"
  /** The row has no form; it was used for what it says of the person or the episode. */
  | "no-form";

/** One measure of a plan, with the reference values chosen for it. */
export interface MeasurePlan {
  /** The instrument: its id, an alias, or `id@version` where there are several versions. */
  instrument: string;
  /** The measure's id; may be absent where the instrument has one measure. */
  measure?: string;
  /** Who is asked to fill in this one; whom the plan asks if absent. */
  eligibility?: Eligibility;
  /** The missing rule by name; the instrument's own default if absent. */
  missingRule?: string;
  /** The band set by name; no transitions are shown if absent. */
  bands?: string;
  /** The change rules by name; each is shown beside the others. */
  changeRules: string[];
  /** Rules of reliable change with numbers of the plan's own, shown after those by name. */
  reliableChange?: ReliableChangeRule[];
  /** Methods of reliable change that take their means and SDs from the pairs themselves. */
  sampleRules?: SampleRule[];
  /** Rules of reliable change with a cut-off: recovered, improved, unchanged, deteriorated. */
  clinicalChange?: ClinicalChangeRule[];
  /** Rules of important change. */
  importantChange?: ImportantChangeRule[];
  /** Cuts to count moves across, in units of the printed score: below, and at or above. */
  cuts?: number[];
  /** How McNemar's p is obtained, where there are two bands. */
  mcnemar: McNemarMethod;
  /**
   * What the change in life satisfaction is valued by, in the Treasury's WELLBYs; it is not if
   * absent.
   */
  value?: WellbyAssumptions;
  /** What to work out regression to the mean against; there is no panel if absent. */
  regressionToTheMean?: RegressionPlan;
}

/**
 * Who of the people seen is asked to fill in the measure.
 *
 * A measure that only some practices ask, or that is asked since some day, is not missing from
 * everybody else: they are not eligible, and do not count against its completion.
 */
export type Eligibility =
  /** Everyone who attended a first contact. */
  | { rule: "seen" }
  /** Everyone who attended this many contacts; NHS Talking Therapies asks for two. */
  | {
      rule: "attended-at-least";
      /** The number of attended contacts. */
      contacts: number;
    }
  /**
   * Everyone whose first attended contact was in these days, both included. Where its date is not
   * known the date of the referral decides, and where neither is known the person is not asked.
   */
  | {
      rule: "first-seen-between";
      /** The first day; from the beginning if absent. */
      from?: string;
      /** The last day; to this day if absent. */
      until?: string;
    }
  /** Everyone of these practices, named as the caseload names them. */
  | {
      rule: "practices";
      /** The practices. */
      practices: string[];
    }
  /** Everyone of these programmes, named as the caseload names them. */
  | {
      rule: "programmes";
      /** The programmes. */
      programmes: string[];
    }
  /** Everyone whom each of several rules asks. */
  | {
      rule: "all-of";
      /** The rules. */
      rules: Eligibility[];
    };

/** One full way of making pairs. */
export interface PairingRule {
  /** Which sitting is the baseline. */
  baseline: BaselineRule;
  /** Which later sitting is the end point. */
  endPoint: EndPoint;
  /** When the end point counts as due. */
  due: DueRule;
}

/** What episodes are grouped by. */
export type GroupBy =
  /** The programme. */
  | "programme"
  /** The practice. */
  | "practice"
  /** The link worker. */
  | "worker"
  /** The SIMD quintile, 1 the most deprived, together with the version. */
  | "simd-quintile"
  /** The Scottish Government urban-rural class, 1 the most urban. */
  | "urban-rural"
  /** The month of the referral. */
  | "referral-month"
  /** The month of the baseline. */
  | "baseline-month"
  /** The month in which the follow-up fell due under the main rule. */
  | "due-month"
  /** The month in which the episode ended. */
  | "closure-month"
  /** Who referred. */
  | "referral-source"
  /** The main reason for the referral. */
  | "referral-reason"
  /** The age band. */
  | "age-band"
  /** The gender. */
  | "gender"
  /** How the baseline was filled in. */
  | "baseline-mode"
  /** Where the baseline was filled in. */
  | "baseline-setting";

/** On what those with and without a follow-up are compared, and by which conventions. */
export interface AttritionPlan {
  /**
   * The traits, beside the baseline score: unless stated age band, gender, SIMD quintile, referral
   * source and main reason, which most programmes record.
   */
  traits: GroupBy[];
  /** From which size on a difference counts. */
  differenceThreshold: number;
  /** How the p of the traits are adjusted for their number. */
  multiplicity: Multiplicity;
  /** Below which completion nothing is concluded from a comparison. */
  leastCompletionPercent: number;
  /** By what the pairs are weighted to look like everybody due; they are not if absent. */
  weighting?: WeightingPlan;
}

/** Along what equity is looked at. */
export interface EquityPlan {
  /** The axis: one version of SIMD, or the urban-rural classification. */
  axis: Axis;
  /** The practice lists by the same axis, from which reach follows; there is none if absent. */
  lists?: ListPopulation;
}

/**
 * The control charts of an evaluation: paired completion by the month in which the follow-up fell
 * due, and the number of referrals by month.
 */
export interface ControlChartPlan {
  /** By which rules a point is more than chance. */
  ruleSet: RuleSet;
  /** How the limits of completion are made. */
  limits: PChartLimits;
  /** What the mean moving range of the referrals is multiplied by. */
  constants: XmrConstants;
  /**
   * The months from which on centre and limits of completion are worked out anew, in order. One
   * in which the chart has no point changes nothing, and is told.
   */
  recalculateFrom?: string[];
  /** After how many months centre and limits stay fixed; all of them count if absent. */
  baselinePeriods?: number;
}

/** How a funnel is made. */
export interface FunnelOptions {
  /** The limits. */
  limits: FunnelLimits;
  /** The target. */
  target: FunnelTarget;
}

/** A change, for example of how forms are filled in, and the months before and after it. */
export interface BeforeAfterPlan {
  /** What changed, as printed in the report. */
  name: string;
  /** The months before, by when the follow-up fell due. */
  before: IndicatorSpan;
  /** The months after; those in which the change came in can be left out of both. */
  after: IndicatorSpan;
  /** The practices it concerned; all if empty. */
  practices?: string[];
}

/** Which indicators are reported, and over which periods. */
export interface IndicatorPlan {
  /** The months reported. */
  span: IndicatorSpan;
  /** How long a period is. */
  length: PeriodLength;
  /** Indicators of the library, by their ids. */
  builtIn?: string[];
  /** Indicators of the plan's own. */
  own?: IndicatorDefinition[];
}

/** How p-values of several measures or areas are adjusted for their number. */
export type Multiplicity =
  /**
   * Holm's: adjusted p below 0.05 name a measure falsely in at most 5 % of evaluations.
   *
   * Of p(1) ≤ … ≤ p(m), the adjusted p(i) is the largest of (m − j + 1)·p(j) for j ≤ i, at most 1.
   * Holm (1979), Scandinavian Journal of Statistics 6:65-70.
   */
  | "holm"
  /**
   * Benjamini and Hochberg's: of the measures with adjusted p below 0.05, at most 5 % are expected
   * to be named falsely.
   *
   * The adjusted p(i) is the smallest of m·p(j)/j for j ≥ i, at most 1. Benjamini & Hochberg (1995),
   * doi:10.1111/j.2517-6161.1995.tb02031.x.
   */
  | "benjamini-hochberg";

/** One box of a flow. */
export interface BoxFindings {
  /** The box. */
  box: FlowBox;
  /** The episodes in it. */
  episodes: number;
  /** Those who did not go on to the next box, by what became of them. */
  left: FateCount[];
}

/** The completion rates of one flow, with Wilson intervals. */
export interface CompletionRates {
  /** Scored baselines of those eligible. */
  baselineCompletion: Share;
  /** Pairs of those whose follow-up is due and who have a baseline: the headline. */
  pairedCompletion: Share;
  /** Pairs of all eligible, the strict rate: whoever was never asked counts against it. */
  coverage: Share;
  /** Pairs of all with a scored follow-up: how many follow-ups lie where the rule looks. */
  timeliness: Share;
}

/** What changed among the pairs of one group. */
export interface Benefit {
  /** Mean and SD of follow-up − baseline, in units of the printed score. */
  change: Moments;
  /** The t interval of the mean change. */
  meanChangeInterval: Estimate<Interval>;
  /** Mean and SD of the baseline scores: groups that start lower have more room to rise. */
  baseline: Moments;
  /** Those who improved by any amount. */
  improved: Share;
  /** What the share improved could be among all of the group who were due. */
  improvedBounds: ImprovedBounds;
}

/** What a comparison of paired and unpaired goes by. */
export interface AttritionOptions {
  /** The level of the intervals; one minus it is what chance may claim over all traits together. */
  level: number;
  /** From which size on a difference counts. */
  differenceThreshold: number;
  /** How the p of the traits are adjusted for their number. */
  multiplicity: Multiplicity;
  /** Below which completion nothing is concluded from a comparison. */
  leastCompletionPercent: number;
}

/** One trait of the paired and of the unpaired. */
export interface TraitComparison {
  /** The trait, in words. */
  name: string;
  /** The two groups. */
  groups: TraitGroups;
  /** How far they lie apart. */
  comparison: Comparison;
}

/**
 * What the mean change could be among all who were due, whatever happened to the unpaired.
 *
 * A scale has ends: nobody's score can lie beyond them. So with the baselines of the unpaired known,
 * the mean change of everybody due lies between that where every unpaired person is at the worst end
 * now and that where every one is at the best: Manski (1990), *American Economic Review* 80:319-323.
 * Changes are follow-up − baseline, in units of the printed score; the worst change is the positive
 * one where fewer points are better.
 */
export interface MeanChangeBounds {
  /** The pairs. */
  paired: number;
  /** Those due without a pair. */
  unpaired: number;
  /** The mean change of the pairs. */
  meanChangeOfPairs: number;
  /** The mean change of all due if every unpaired person were at the worst end of the scale. */
  worst: number;
  /** The mean change of all due if every unpaired person were at the best end of the scale. */
  best: number;
  /**
   * The mean change of all due if no unpaired person's score had changed: baseline carried forward,
   * a marker between the bounds and no estimate.
   */
  baselineCarriedForward: number;
}

/**
 * How the unpaired would have to have changed for the mean change of all due to be zero.
 *
 * A small distance from the pairs says that the result rests on who was followed up; one that the
 * scale does not allow says that it does not. Campbell, Pennello & Yue (2011),
 * doi:10.1080/10543406.2011.550094.
 */
export type TippingPoint =
  /** Everybody due has a pair: nothing is left to tip. */
  | { outcome: "everybody-paired" }
  /** The mean change of the pairs is zero as it is. */
  | { outcome: "already-zero" }
  /** The scale allows it. */
  | ({ outcome: "within-the-scale" } & TippingChange)
  /** The scale does not allow it: the mean change of all due has the sign of that of the pairs. */
  | ({ outcome: "beyond-the-scale" } & TippingChange);

/**
 * What a comparison of paired and unpaired comes to. The first of these that holds.
 *
 * None says that the pairs stand for everybody: no record of a baseline can.
 */
export type AttritionVerdict =
  /** Nobody was due. */
  | { kind: "nobody-due" }
  /** Everybody due has a pair: there is no one to wonder about. */
  | { kind: "everybody-followed-up" }
  /** Nobody due has a pair: there is nothing to wonder about. */
  | { kind: "nobody-followed-up" }
  /**
   * Fewer were followed up than `least-completion-percent` of those due: too few
   * to say anything of the rest, however alike they look.
   */
  | {
      kind: "completion-too-low";
      /** The traits they nevertheless look different on. */
      differentOn: string[];
    }
  /** Those without a follow-up look different. */
  | {
      kind: "looks-different";
      /** On these traits. */
      differentOn: string[];
    }
  /** No difference was found, but some traits are too uncertain to tell. */
  | {
      kind: "no-difference-found";
      /** The traits a difference cannot be ruled out on. */
      unclearOn: string[];
    }
  /** On every trait compared, a difference of the threshold or more is ruled out at the level set. */
  | { kind: "little-difference" }
  /** No trait could be compared. */
  | { kind: "nothing-to-compare" };

/** Results weighted by the inverse chance of being followed up. */
export interface Weighted {
  /** What the weighting goes by. */
  options: WeightingOptions;
  /** The pairs. */
  paired: number;
  /** Those due without a pair. */
  unpaired: number;
  /** The logistic model of being followed up, in the order of its terms. */
  model: ModelCoefficient[];
  /** Levels too rare to stand alone. */
  pooledLevels: PooledLevels[];
  /** Σ ln P over all due at the maximum. */
  logLikelihood: number;
  /** The weights. */
  weights: WeightSummary;
  /** The mean change, in units of the printed score, with a t interval of n − 1 degrees of freedom. */
  meanChange: WeightedEstimate;
  /** The share improved, by any amount, with the t interval of its log odds. */
  shareImproved: WeightedEstimate;
}

/** Why there are no weights. */
export type NotWeightable =
  /** Nobody has a pair. */
  | { reason: "nobody-paired" }
  /** One person has a pair. */
  | { reason: "one-pair" }
  /** Everybody has a pair, so all weights are 1. */
  | { reason: "nobody-unpaired" }
  /**
   * The model tells paired and unpaired apart without fail, at least for some: nobody who was
   * followed up can stand for those who were not.
   */
  | {
      reason: "separated";
      /** The term that does so most of all. */
      by: ModelTerm;
    }
  /** The search for the highest likelihood did not settle. */
  | { reason: "not-converged" };

/** A chart of shares. */
export interface PChart {
  /** How the limits were made. */
  limits: PChartLimits;
  /** The rules and phases asked for. */
  options: ControlChartOptions;
  /** The phases, in their order in time. */
  phases: PChartPhase[];
}

/** Practices by their denominators, and the limits that chance sets. */
export interface FunnelPlot {
  /** How it was made. */
  options: FunnelOptions;
  /** The share that all are compared with. */
  target: Estimate<number>;
  /** The overdispersion, where the limits allow for it. */
  overdispersion: Overdispersion | null;
  /** The practices, by denominator and then by name: the order says nothing about them. */
  points: FunnelPoint[];
  /** The practices with a denominator of 0, by name. */
  withoutDenominator: string[];
  /** The limits from the smallest denominator to the largest, for drawing. */
  curve: FunnelBand[];
}

/** Paired completion before and after a change. */
export interface BeforeAfterFindings {
  /** The change and its months. */
  change: BeforeAfterPlan;
  /** Completion in both, and the difference. */
  completion: DifferenceOfShares;
}

/**
 * An indicator over the periods of a report.
 *
 * Every episode that was in the box of the denominator is counted once: in a period, in a month
 * outside the report, without a month, or as not finished.
 */
export interface IndicatorReport {
  /** The indicator. */
  indicator: IndicatorDefinition;
  /** The months reported. */
  span: IndicatorSpan;
  /** How long the periods are. */
  length: PeriodLength;
  /** The level of the intervals. */
  level: number;
  /** The periods, in their order in time. */
  periods: IndicatorPeriod[];
  /** All months reported together. */
  whole: Share;
  /** Where that lies beside the target. */
  wholeBesideTarget: TargetComparison | null;
  /** In months before or after those reported. */
  outsideSpan: IndicatorTotal;
  /** Without a month: not recorded, still open, not due. */
  withoutMonth: IndicatorTotal;
  /**
   * Of an indicator of finished episodes: those that were in the box of the denominator and are not
   * finished, by the reason.
   */
  notFinished?: Record<string, number>;
}

/** What people are placed along. */
export type Axis =
  /**
   * Deprivation of the area, by one version of SIMD. Its bands have an order, from the most
   * deprived, so an index of inequality can be fitted to them.
   */
  | { simd: {
      /** The version. */
      index: SimdIndex;
      /** Fifths or tenths. */
      bands: Bands;
    } }
  /**
   * The Scottish Government urban-rural classification. Its classes are numbered, but class 8 is
   * not more of anything than class 1 that a line could be fitted to: there are no indices.
   */
  | { urbanRural: {
      /** How many classes are told apart. */
      classes: UrbanRuralClasses;
    } };

/** One band of an `EquityTable`. */
export interface EquityRow {
  /** The band. Along SIMD 1 is the most deprived, whichever way the version is numbered. */
  band: number;
  /** Its episodes. */
  referred: number;
  /** Reach, where the practice lists are given. */
  reach?: Reach;
  /** Those who attended a first contact, of those referred. */
  engagement: Share;
  /** Pairs of those whose follow-up is due and who have a baseline. */
  completion: Share;
  /** The mean change of the pairs. */
  meanChange: Estimate<MeanChange>;
  /** Those better at follow-up by any number of points, of the pairs. */
  improved: Share;
}

/** Episodes in no band, for one reason. */
export interface NotPlacedRow {
  /** The episodes. */
  referred: number;
  /** Those who attended a first contact, of those referred. */
  engagement: Share;
  /** Pairs of those whose follow-up is due and who have a baseline. */
  completion: Share;
}

/** The practice lists that reach is told from. */
export interface ListSource {
  /** Where the numbers come from. */
  source: string;
  /** The day they are of. */
  asOf: string;
  /** Everybody in a band. */
  people: number;
  /** Everybody in none. */
  notPlaced: number;
}

/** How unequal each of the answers is over deprivation bands. */
export interface Gradients {
  /**
   * Of referrals for each person on the practice lists, where those are given. More are better:
   * they are referrals to help. There is none over people, as a person may be referred twice.
   */
  reach?: Estimate<Inequality>;
  /** Of first contacts of referrals. */
  engagement: Gradient;
  /** Of pairs of those due. */
  completion: Gradient;
  /** Of the mean change. */
  meanChange: Gradient;
  /** Of the share improved. */
  improved: Gradient;
}

/** The day by which half are followed up. */
export interface MedianDays {
  /** The first day on which the share not followed up is at most ½. */
  days: number;
  /** The first day on which its lower limit is at most ½. */
  lower: number | null;
  /** The first day on which its upper limit is at most ½; absent where it never is. */
  upper: number | null;
  /** The confidence level of the two. */
  level: number;
}

/** The share followed up by one day. */
export interface FollowedUpBy {
  /** Days since the start. */
  day: number;
  /** Those watched up to this day and not followed up before it. */
  atRisk: number;
  /** The share followed up by the end of the day: one less the curve. */
  share: Estimate<number>;
  /** Its interval: one less the limits of the curve. */
  interval: Estimate<Interval>;
}

/**
 * The wellbeing-years of those with a pair, and their value.
 *
 * One WELLBY is one point of life satisfaction, on the question from 0 to 10, for one person for one
 * year: £13,000, from 10,000 to 16,000, in prices of 2019. HM Treasury (2021), Wellbeing Guidance for
 * Appraisal: Supplementary Green Book Guidance.
 *
 * It is a value to those who gained, no saving and no income. It counts the people with a pair and
 * nobody else, adds up change as measured, and rests on what is assumed of its duration and of the
 * programme's share in it. Nothing is discounted and no price is carried to another year.
 */
export interface Wellby {
  /** What was assumed. */
  assumptions: WellbyAssumptions;
  /** The pairs, one person each. */
  pairs: number;
  /** The mean change of life satisfaction, in points. */
  meanChange: number;
  /** The WELLBYs: Σ change · duration · share attributed. Below 0 where the mean fell. */
  wellbys: number;
  /** Their interval, from that of the mean change alone: assumptions have none. */
  wellbysInterval: Estimate<Interval>;
  /** Low, central and high, always together. */
  values: [WellbyValue, WellbyValue, WellbyValue];
  /** The year whose prices the pounds are in. */
  priceBaseYear: number;
}

/** Why a change has no value in money. */
export type ValueRefusal =
  /** The measure is not the life satisfaction question. */
  | {
      reason: "not-life-satisfaction";
      /** The instrument. */
      instrument: string;
      /** The measure. */
      measure: string;
    }
  /** The pairs are not on the scale of the life satisfaction question. */
  | { reason: "other-scale" }
  /** There are too few pairs. */
  | {
      reason: "too-few-pairs";
      /** The pairs there are. */
      pairs: number;
    };

/** A p-value, and the same adjusted for the others. */
export interface AdjustedP {
  /** The measure or area. */
  name: string;
  /** Its own p. */
  p: number;
  /** Its p adjusted, at least its own and at most 1. */
  pAdjusted: number;
}

/** What was found of needs. */
export interface NeedFindings {
  /** Episodes of which needs are recorded at all. */
  kept: Share;
  /** Episodes with a need, of these. */
  withAny: Share;
  /** Episodes with a need that is known not to be met, of these. */
  withUnmet: Share;
  /** The needs of each kind. */
  byReason: NeedsAbout[];
}

/** What was found of referrals onward. */
export interface OnwardFindings {
  /** Episodes of which referrals onward are recorded at all. */
  kept: Share;
  /** Episodes with one, of these. */
  withAny: Share;
  /** Episodes with one that is known to have been taken up, of these. */
  withTakenUp: Share;
  /** The referrals by whether they were taken up, the explicit unknown among them. */
  uptake: UptakeShare[];
  /** The referrals by their last known status, in the order of the list. */
  byStatus: StatusShare[];
}

/** What was found of tangible outcomes. */
export interface OutcomeFindings {
  /** Episodes of which outcomes are recorded at all. */
  kept: Share;
  /** Episodes with an outcome, of these. */
  withAny: Share;
  /** Episodes with an outcome of each kind, of these; one may have several kinds. */
  byReason: OutcomesAbout[];
  /** The outcomes with a value in money, of all. */
  withValue: Share;
  /** The value of these together, in pence, as recorded. */
  valuePence: number;
}

/** Periods that share a centre and limits. */
export interface XmrPhase {
  /** The periods behind centre and limits. */
  baselinePeriods: number;
  /** The mean of their values. */
  centre: Estimate<number>;
  /** The mean of their moving ranges. */
  meanMovingRange: Estimate<number>;
  /** The limits of the values. */
  limits: Estimate<ControlLimits>;
  /** The upper limit of the moving ranges; the lower one is 0. */
  movingRangeLimit: Estimate<number>;
  /** All periods of the phase. */
  points: XmrPoint[];
}

/** What a name of a plan is the name of. */
export type NamedThing =
  /** A practice. */
  | "practice"
  /** A programme. */
  | "programme";

/** The first and the last month of a report, both included. */
export interface IndicatorSpan {
  /** The first month. */
  from: string;
  /** The last month. */
  to: string;
}

/**
 * One rule for special causes. σ is a third of the way from the centre to three-sigma limits.
 *
 * "In a row" means the points drawn: a gap neither breaks a run nor counts in it. A point on the centre
 * is on neither side and ends a run; two equal points end a trend. Rules do not look across the
 * beginning of a phase.
 */
export type SpecialCauseRule =
  /** A point outside the limits. Shewhart (1931); first of Western Electric, Nelson and NHS England. */
  | "point-outside-limits"
  /**
   * Two of three points in a row further than 2σ on one side, the third anywhere. Second of Western
   * Electric, fifth of Nelson.
   */
  | "two-of-three-beyond-two-sigma"
  /**
   * Two of three points in a row further than 2σ on one side, the third on that side of the centre
   * too: "close to a limit" in NHS England's charts.
   */
  | "two-of-three-beyond-two-sigma-all-on-one-side"
  /**
   * Four of five points in a row further than 1σ on one side. Third of Western Electric, sixth of
   * Nelson.
   */
  | "four-of-five-beyond-one-sigma"
  /**
   * So many points in a row on one side of the centre: 8 in Western Electric, 9 in Nelson, 7 (or 6)
   * in NHS England's charts.
   */
  | { runOnOneSide: {
      /** The points, at least 2. */
      points: number;
    } }
  /**
   * So many points in a row, each above the one before, or each below: 6 in Nelson, 7 (or 6) in NHS
   * England's charts.
   */
  | { trend: {
      /** The points, the first included; at least 2. */
      points: number;
    } }
  /** Fourteen points in a row, up and down in turn. Fourth of Nelson. */
  | "fourteen-alternating"
  /** Fifteen points in a row no further than 1σ from the centre, where σ is above 0. Seventh of Nelson. */
  | "fifteen-within-one-sigma"
  /** Eight points in a row all further than 1σ from the centre, on either side. Eighth of Nelson. */
  | "eight-beyond-one-sigma";

/** A rule that a point is part of. */
export interface SpecialCause {
  /** The rule. */
  rule: SpecialCauseRule;
  /** On which side; for a trend, above where it rises. Absent for a rule without sides. */
  side: ChartSide | null;
}

/** The bands of a measure, with the names that are printed. */
export interface DisclosedBands {
  /** The set's id. */
  bandSet: string;
  /** Its name. */
  label: string;
  /** Each band's name, in order. */
  bands: string[];
}

/** A published rule of reliable change and its name. */
export interface DisclosedRuleName {
  /** The rule's id. */
  rule: string;
  /** Its name. */
  label: string;
}

/** A publication a number comes from. */
export interface InstrumentSource {
  /** The name that numbers cite it by. */
  id: string;
  /** Authors, year, title, journal. */
  citation: string;
  /** Where to find it: an `https://` address (of its DOI where it has one) or `isbn:`. */
  locator: string;
}

/** The boxes an episode passes through, each inside the one before. */
export type FlowBox =
  /** All episodes. */
  | "referred"
  /** The service took the referral on. */
  | "accepted"
  /** The person attended a contact. */
  | "seen"
  /** The plan asks the person for the measure. */
  | "eligible"
  /** There is a scored baseline. */
  | "baseline-valid"
  /** The follow-up is due under the rule. */
  | "due"
  /** There is a scored follow-up. */
  | "follow-up-valid"
  /** Baseline and follow-up make a pair under the rule. */
  | "paired";

/** The episodes of one fate, as published. */
export interface DisclosedFate {
  /** The fate. */
  fate: Fate;
  /** The episodes. */
  episodes: PublishedCount;
}

/** Means of the pairs, in units of the printed score. */
export interface DisclosedMeans {
  /** The mean baseline. */
  baseline: number;
  /** The mean change. */
  change: number;
  /** The interval of the mean change, Student's t; absent where the changes have no spread. */
  interval: Interval | null;
}

/** Improved, same and worse, as published; each of all pairs. */
export interface DisclosedClasses {
  /** Better. */
  improved: PublishedShare;
  /** Neither. */
  same: PublishedShare;
  /** Worse. */
  worse: PublishedShare;
}

/** The classes of one rule of reliable change, as published. */
export interface DisclosedReliableChange {
  /** The rule. */
  rule: ReliableChangeRule;
  /** The classes. */
  classes: DisclosedClasses;
}

/** Moves between bands, as published. */
export interface DisclosedTransitions {
  /** The band set, or the cut. */
  bandSet: string;
  /** The bands' ids, in order. */
  bands: string[];
  /** `pairs[from][to]`. */
  pairs: PublishedCount[][];
  /** All from each band. */
  from: PublishedCount[];
  /** All to each band. */
  to: PublishedCount[];
}

/**
 * A control chart of paired completion, as published: a p-chart of the months whose counts are shown.
 *
 * A month with a hidden count is a gap, as one in which nobody was due: average, limits and rules
 * pass over it.
 */
export interface DisclosedCompletionChart {
  /** How the limits were made. */
  limits: PChartLimits;
  /** The rules and phases asked for. */
  options: ControlChartOptions;
  /** The phases, in their order in time. */
  phases: DisclosedCompletionPhase[];
}

/**
 * A funnel over practices, as published: of those whose counts are shown, without an order but that
 * of their names.
 */
export interface DisclosedFunnel {
  /** How it was made. */
  options: FunnelOptions;
  /**
   * The share that all are compared with: of the practices shown, unless the plan gives one.
   * Absent where none is shown, or all of them are alike.
   */
  target: number | null;
  /** The overdispersion among the practices shown, where the limits allow for it. */
  overdispersion?: Overdispersion;
  /** Every practice with somebody due, in the order of the names. */
  practices: DisclosedPractice[];
  /** The limits from the smallest denominator shown to the largest, for drawing. */
  curve: FunnelBand[];
}

/** Completion before and after a change, as published. */
export interface DisclosedBeforeAfter {
  /** The change and its months. */
  change: BeforeAfterPlan;
  /** Pairs of those due, before. */
  before: PublishedShare;
  /** Pairs of those due, after. */
  after: PublishedShare;
  /** After less before; absent where a count is hidden. */
  difference: Estimate<ShareDifference> | null;
  /** Why nothing of it is published, where that is so. */
  leftOut?: ChangeLeftOut;
}

/** The episodes of a group in one box, as published. */
export interface DisclosedGroupBox {
  /** The box. */
  box: FlowBox;
  /** The episodes in it. */
  episodes: PublishedCount;
}

/** The baseline scores of both, as published. */
export interface DisclosedBaseline {
  /** Of those with a pair. */
  paired: DisclosedScores;
  /** Of those without. */
  unpaired: DisclosedScores;
  /** How far they lie apart. */
  comparison: Comparison;
}

/** One trait of the paired and of the unpaired, as published. */
export interface DisclosedTrait {
  /** The trait. */
  by: GroupBy;
  /** Each level with its shares, but for those taken together. */
  levels: DisclosedLevel[];
  /** The levels of few people and as many others as it takes, together. */
  otherLevels?: DisclosedOtherLevels;
  /** How far the two lie apart, all other levels being one; `null` where a count is hidden. */
  comparison: Comparison | null;
}

/** What the mean change could be among all who were due, as published. */
export interface DisclosedMeanChangeBounds {
  /** If every unpaired person were at the worst end of the scale. */
  worst: number;
  /** If every unpaired person were at the best end of the scale. */
  best: number;
  /** If no unpaired person's score had changed. */
  baselineCarriedForward: number;
}

/** One band of an axis, as published. */
export interface DisclosedBand {
  /** The band. Along SIMD 1 is the most deprived, whichever way the version is numbered. */
  band: number;
  /** Its episodes. */
  referred: PublishedCount;
  /** Reach, where the practice lists are given and its episodes are shown. */
  reach: Reach | null;
  /** Those who attended a first contact, of those referred. */
  engagement: PublishedShare;
  /** Pairs of those whose follow-up is due and who have a baseline. */
  completion: PublishedShare;
  /** Those better at follow-up by any number of points, of the pairs. */
  improved: PublishedShare;
  /** Means; `null` where there are few pairs, or few are left without. */
  means: DisclosedMeans | null;
}

/** Episodes in no band, as published. */
export interface DisclosedNotPlaced {
  /** Those who attended a first contact, of those referred. */
  engagement: PublishedShare;
  /** Pairs of those whose follow-up is due and who have a baseline. */
  completion: PublishedShare;
}

/** How unequal each answer is; `null` where a band has a hidden count or no mean. */
export interface DisclosedGradients {
  /** Of referrals for each person on the practice lists. */
  reach: Estimate<Inequality> | null;
  /** Of first contacts of referrals. */
  engagement: Gradient | null;
  /** Of pairs of those due. */
  completion: Gradient | null;
  /** Of the mean change. */
  meanChange: Gradient | null;
  /** Of the share improved. */
  improved: Gradient | null;
}

/** What changed over one stretch, as published. */
export interface DisclosedBenefit {
  /** Those who improved by any amount, of those with both scores. */
  improved: PublishedShare;
  /** Means; `null` where there are few, or a count would follow. */
  means: DisclosedMeans | null;
}

/** An indicator as it is written, unchecked. */
export interface IndicatorDefinition {
  /** Its stable name. */
  id: string;
  /** Its name, for print. */
  title: string;
  /** Whose episodes it is about. */
  population: IndicatorPopulation;
  /** What is counted. */
  numerator: IndicatorCount;
  /** Of what: the episodes of the population that were in this box. */
  denominator: FlowBox;
  /** The month an episode is counted in. */
  monthOf: GroupBy;
  /** Which way is better. */
  direction: Direction;
  /**
   * The share aimed at, between 0 and 1: at least so much where higher is better, at most where
   * lower is.
   */
  target?: number;
  /** Where the definition comes from. */
  source: InstrumentSource;
}

/** How long a reporting period is. All but the month are parts of a financial year, April to March. */
export type PeriodLength =
  /** A month. */
  | "month"
  /** Three months from April, July, October or January. */
  | "quarter"
  /** Six months from April or October. */
  | "half-year"
  /** Twelve months from April. */
  | "financial-year";

/** The indicator in one period, as published. */
export interface DisclosedPeriod {
  /** Its name. */
  period: string;
  /** Its first month. */
  from: string;
  /** Its last month. */
  to: string;
  /** How many of its months the report leaves out. */
  monthsLeftOut: number;
  /** The share. */
  share: PublishedShare;
  /** Where that lies beside the target. */
  besideTarget: TargetComparison | null;
}

/** Where a share lies beside the target. It says what chance allows to be said, and no more. */
export type TargetComparison =
  /** The whole interval is at the target or beyond it. */
  | "at-target-or-beyond"
  /** The interval reaches to both sides of the target. */
  | "not-distinguishable"
  /** The whole interval falls short of the target. */
  | "short-of-target";

/** What became of needs, as published. */
export interface DisclosedNeedTally {
  /** Those found. */
  identified: PublishedCount;
  /** Those met, of these. */
  met: PublishedShare;
  /** Those known not to be met. */
  unmet: PublishedShare;
  /** Those of which nobody recorded it. */
  notKnown: PublishedShare;
}

/** The needs of one kind, as published. */
export interface DisclosedNeedsAbout {
  /** What they are about. */
  reason: ReferralReason;
  /** What became of them. */
  needs: DisclosedNeedTally;
}

/** The referrals onward of one uptake, as published. */
export interface DisclosedUptake {
  /** What is known. */
  uptake: Uptake;
  /** So many of all referrals onward. */
  referrals: PublishedShare;
}

/** The referrals onward of one last known status, as published. */
export interface DisclosedStatus {
  /** The status. */
  status: OnwardStatus;
  /** So many of all referrals onward. */
  referrals: PublishedShare;
}

/** The episodes with an outcome of one kind, as published. */
export interface DisclosedOutcomesAbout {
  /** What it is about. */
  reason: ReferralReason;
  /** So many of the episodes of which outcomes are recorded. */
  episodes: PublishedShare;
}

/** What a meta-analysis goes by. */
export interface SynthesisOptions {
  /** The level of the intervals. */
  level: number;
  /** How the variance between programmes is estimated. */
  tauSquared: TauSquaredMethod;
  /** How the interval of the mean is formed. */
  interval: PooledIntervalMethod;
  /** The degrees of freedom of the prediction interval. */
  prediction: PredictionDegreesOfFreedom;
}

/** What is put together. */
export type Statistic =
  /** The mean change, in units of the printed score. */
  | { kind: "mean-change" }
  /** A share, pooled on a transformed scale. */
  | {
      kind: "share";
      /** The scale. */
      transform: ShareTransform;
    };

/** One programme. */
export interface ProgrammeEstimate {
  /** The programme. */
  name: string;
  /** Its context. */
  context: Record<string, string>;
  /** The people behind its estimate. */
  n: number;
  /** Its estimate as printed: points or a share. */
  estimate: number;
  /** Its own interval as printed: of t for a mean, Wilson's for a share. */
  interval: Interval;
  /** What enters the model. */
  effect: Effect;
  /** Its share of the weight; absent where nothing is pooled. */
  weight: number | null;
}

/** A programme that has no estimate with a variance. */
export interface LeftOut {
  /** The programme. */
  name: string;
  /** Its context. */
  context: Record<string, string>;
  /** The people it has. */
  n: number;
  /** Why. */
  reason: Degenerate;
}

/** A mean, or why there is none. */
export type Pooling =
  /** There is one. */
  | ({ outcome: "pooled" } & Pooled)
  /** There is none. */
  | {
      outcome: "not-pooled";
      /** Why. */
      reason: NotPooled;
    };

/**
 * How long a change lasts and how much of it the programme brought about: assumptions, both given by
 * whoever answers for them.
 */
export interface WellbyAssumptions {
  durationYears: number;
  attributedShare: number;
}

/** The population that people are drawn from. */
export interface RegressionPlan {
  /** Its norm by name, which must have a standard deviation. */
  norm: string;
  /**
   * The score people had to be worse than to come, in units of the printed score, if there was
   * such a rule.
   */
  cutOff?: number;
}

/** Which sitting is the baseline. */
export type BaselineRule =
  /** The first scored sitting of the episode, however late. */
  | { rule: "first" }
  /** The first scored sitting, if it is at most this many days after the first attended contact. */
  | {
      rule: "first-within";
      /** The days allowed, 0 for the same day. */
      days: number;
    };

/**
 * Which later sitting is the end point.
 *
 * The last appointment is seldom known in advance, so programmes differ in what they call the end;
 * comparing several rules on the same records shows how much hangs on the choice.
 */
export type EndPoint =
  /** The last scored sitting after the baseline. */
  | { rule: "last" }
  /**
   * The last scored sitting after the baseline and up to the end of support: at most some days after
   * the closure. While an episode goes on, reopened or not, that is the last one.
   *
   * A sitting long after the end, as in a call that asks what has lasted, is then no end point; with
   * `Last` it is.
   *
   * Of an episode without dated sittings that is over, those at a numbered contact count: whoever is
   * seen after the closure is not closed. Of any other nobody knows whether it was before the end;
   * it is counted as `TimeNotKnown`, and the episode, if it has
   * no other, as `FollowUpTimeNotKnown`.
   */
  | {
      rule: "last-until-closure";
      /** How many days after the closure, recorded or inferred, still count, 0 for the day itself. */
      days: number;
    }
  /** The scored sitting at the `n`th attended contact. */
  | {
      rule: "nth-contact";
      /** The contact, counted from 1. */
      n: number;
    }
  /**
   * The scored sitting nearest to a number of days after the baseline; the earlier of two
   * equally near.
   */
  | {
      rule: "within-days";
      /** The days after the baseline that are aimed at. */
      target: number;
      /** How many days before or after the target still count. */
      window: number;
    }
  /** The last scored sitting within some days of the closure, before or after it. */
  | {
      rule: "at-closure";
      /** How many days before or after the closure still count. */
      window: number;
    }
  /** The first scored sitting at the `n`th attended contact or after it. */
  | {
      rule: "first-after";
      /** The contact, counted from 1. */
      n: number;
    };

/**
 * When a follow-up counts as due. Until then its absence is not a gap.
 *
 * Whatever the rule, nothing is due from a person who has died or is on hold.
 */
export type DueRule =
  /** From everyone with a baseline, for data collected at fixed occasions. */
  | { rule: "everyone" }
  /** Once the episode is closed. */
  | { rule: "closed" }
  /** Once this many contacts were attended. */
  | {
      rule: "attended-at-least";
      /** The number of attended contacts. */
      contacts: number;
    }
  /** Once this many days have passed since the baseline. */
  | {
      rule: "days-since-baseline";
      /** The number of days. */
      days: number;
    }
  /** As soon as one of several rules says so. */
  | {
      rule: "any-of";
      /** The rules. */
      rules: DueRule[];
    };

/**
 * By what the pairs are weighted to look like everybody due, as a sensitivity result.
 *
 * It takes counts by every combination of the traits and the baseline score: the finest that an
 * evaluation holds, and of few people each. So it is counted only where a plan asks for it.
 */
export interface WeightingPlan {
  /** The traits, beside the baseline score. */
  traits: GroupBy[];
  /** How the standard errors are estimated. */
  variance: WeightVariance;
  /** Levels with fewer paired or unpaired people are taken together. */
  fewestOfALevel: number;
}

/**
 * How many people are on the lists of the practices a programme serves, by band.
 *
 * It comes from the practices or a published table and is whole: a count of everybody, not a
 * sample.
 */
export interface ListPopulation {
  axis: Axis;
  source: string;
  asOf: string;
  people: number[];
  notPlaced: number;
}

/** The rules of one source. */
export type RuleSet =
  /**
   * NHS England, *Making Data Count*: limits, a run of 7, a trend of 7, two of three close to a
   * limit.
   */
  | "nhs-england-making-data-count"
  /** Western Electric (1956): limits, two of three, four of five, a run of 8. */
  | "western-electric-1956"
  /** Nelson (1984): eight tests, a run of 9 and a trend of 6 among them. */
  | "nelson-1984";

/** How the limits of a p-chart are made. */
export type PChartLimits =
  /**
   * `p̄ ± 3·√(p̄(1 − p̄)/n)`, cut at 0 and 1. Shewhart (1931); Montgomery, *Introduction to
   * Statistical Quality Control*, on the fraction nonconforming.
   */
  | "three-sigma"
  /**
   * The counts beyond which the binomial distribution has at most what the normal one has beyond
   * three sigma, 0.00135 on each side. For the small denominators of a practice, where three sigma
   * promise more than they hold.
   */
  | "exact-binomial";

/** How the limits are made. */
export type FunnelLimits =
  /**
   * Counts beyond which the binomial distribution has at most 2.5 % or 0.1 % on each side. They hold
   * what they promise at every size, and go in steps.
   */
  | "exact-binomial"
  /**
   * The same made smooth by interpolation between counts, as published: Spiegelhalter (2005),
   * appendix A.1.1, doi:10.1002/sim.1970. With few people a count that is not unlikely at all may
   * lie outside: 1 of 1 at a target of ½ does.
   */
  | "interpolated-binomial"
  /**
   * Counts whose mid-p, the chance of more and half of that of as many, is above 2.5 % or 0.1 % on
   * each side. Lancaster (1961), doi:10.1080/01621459.1961.10482105.
   */
  | "mid-p"
  /**
   * `θ ± z·√(φ·θ(1 − θ)/n)`, where practices differ by more than chance for reasons nobody
   * recorded: Spiegelhalter (2005), sections 5.1 and A.3.
   *
   * φ is the mean square of the z scores of the practices, after those of the given share furthest
   * out on each side were set to the next one; below 1 it counts as 1. The binomial's exact limits
   * have no room for φ.
   */
  | { normalOverdispersed: {
      /**
       * The share of the practices winsorised on each side, at least 0 and below ½; 0.1 in the
       * paper.
       */
      winsorised: number;
    } };

/** What the practices are compared with. */
export type FunnelTarget =
  /** The share of all practices together. */
  | "pooled"
  /** A share set from outside, strictly between 0 and 1. */
  | { given: number };

/** The episodes of one fate. */
export interface FateCount {
  /** The fate. */
  fate: Fate;
  /** The episodes. */
  episodes: number;
}

/** What the two groups are like. */
export type TraitGroups =
  /** A score, in units of the printed score. */
  | {
      kind: "scores";
      /** Of those with a pair. */
      paired: Moments;
      /** Of those without. */
      unpaired: Moments;
    }
  /** Levels, in the order of their names. */
  | {
      kind: "levels";
      /** Each with its shares. */
      levels: LevelComparison[];
    };

/** How far two groups lie apart on one trait, or why that cannot be said. */
export type Comparison =
  /** By their standardised difference. */
  | {
      outcome: "compared";
      /** The difference. */
      difference: StandardisedDifference;
      /** Its p adjusted for the number of traits compared. */
      pAdjusted: number;
      /** What the two come to. */
      reading: DifferenceReading;
    }
  /** There is none. */
  | {
      outcome: "not-compared";
      /** Why. */
      reason: NotComparable;
    };

/** A mean change of the unpaired that takes the mean change of all due to zero. */
export interface TippingChange {
  /**
   * The mean change of the unpaired, in units of the printed score: −Σ change of the pairs over the
   * number of the unpaired.
   */
  meanChangeOfUnpaired: number;
  /** The same less the mean change of the pairs. */
  differenceFromPairs: number;
  /** That difference in SDs of the change of the pairs. */
  differenceInStandardDeviations: Estimate<number>;
  /** The mean follow-up score of the unpaired at that point. */
  meanFollowUpOfUnpaired: number;
}

/** What a weighting goes by. */
export interface WeightingOptions {
  /** The level of the intervals. */
  level: number;
  /** How the standard errors are estimated. */
  variance: WeightVariance;
  /**
   * A level of a trait with fewer paired or fewer unpaired people is taken together with other such
   * levels. 5 unless stated, a choice of this library: without it a level that nobody or everybody
   * was followed up from leaves the model without an end.
   */
  fewestOfALevel: number;
}

/** One coefficient of the model. */
export interface ModelCoefficient {
  /** What it is of. */
  term: ModelTerm;
  /** The log odds of being followed up that it adds; absent where the term says what others say. */
  logOdds: number | null;
  /** Its standard error, from the inverse of the information. */
  standardError: number | null;
}

/** Levels too rare to stand alone in the model, taken together. */
export interface PooledLevels {
  /** The trait. */
  of: string;
  /** The levels. */
  levels: string[];
  /** What they count as: the reference level, or `TOGETHER`. */
  countedAs: string;
}

/**
 * Stabilised weights of the pairs: the share paired of all, over the modelled chance of each person.
 *
 * Their mean is about 1 where the model fits. Robins, Hernán & Brumback (2000),
 * doi:10.1097/00001648-200009000-00011.
 */
export interface WeightSummary {
  /** The smallest. */
  smallest: number;
  /** The mean. */
  mean: number;
  /** The largest: so many people one of the pairs stands for, in shares of those due. */
  largest: number;
  /** (Σw)²/Σw²: so many pairs of equal weight would be as precise. Kish (1965), Survey Sampling. */
  effectiveSampleSize: number;
}

/** A statistic of the pairs, with and without weights. */
export interface WeightedEstimate {
  /** With weights. */
  weighted: number;
  /** Without. */
  unweighted: number;
  /** Weighted − unweighted: what the weights change. */
  difference: number;
  /** The standard error of the weighted. */
  standardError: number;
  /** The interval of the weighted. */
  interval: Estimate<Interval>;
}

/** What one coefficient of the model is of. */
export type ModelTerm =
  /** Everybody: the log odds at the mean baseline score and the reference level of each trait. */
  | { kind: "constant" }
  /** One SD of the baseline score of all due. */
  | {
      kind: "baseline-score";
      /** The mean of all due, in units of the printed score. */
      mean: number;
      /** The SD (n − 1) of all due. */
      standardDeviation: number;
    }
  /** One level of a trait, against the level most people have. */
  | {
      kind: "level";
      /** The trait. */
      of: string;
      /** The level. */
      level: string;
      /** The level most people have; the first by name of several. */
      reference: string;
    };

/** Periods that share a centre. */
export interface PChartPhase {
  /** The periods behind the centre. */
  baselinePeriods: number;
  /** The sum of their numerators. */
  baselineCount: number;
  /** The sum of their denominators. */
  baselineOf: number;
  /** The one over the other. */
  centre: Estimate<number>;
  /** All periods of the phase. */
  points: PChartPoint[];
}

/** By how much practices differ beyond chance. */
export interface Overdispersion {
  /** The mean square of the winsorised z scores: about 1 where chance explains all. */
  estimated: number;
  /** What the limits were widened by: the same, or 1 where it is below. */
  applied: number;
  /** The practices whose z score was moved in, on each side. */
  winsorisedEachSide: number;
}

/** One practice. */
export interface FunnelPoint {
  /** Its name. */
  name: string;
  /** The numerator. */
  count: number;
  /** The denominator. */
  of: number;
  /** The one over the other. */
  share: number;
  /** The limits at this denominator. */
  band: Estimate<FunnelBand>;
  /** Where it lies. */
  position: Estimate<FunnelPosition>;
}

/** Both limits at one denominator. */
export interface FunnelBand {
  /** The denominator. */
  of: number;
  /** The 95 % limits. */
  limits95: ControlLimits;
  /** The 99.8 % limits. */
  limits998: ControlLimits;
}

/**
 * The share after a change, less the share before, in independent groups of people.
 *
 * Newcombe's hybrid score interval without continuity correction, from the Wilson limits of the two
 * shares: with `p − l` and `u − p` their distances from the share, the lower limit is
 * `p₂ − p₁ − √((p₂ − l₂)² + (u₁ − p₁)²)`, the upper one `p₂ − p₁ + √((u₂ − p₂)² + (p₁ − l₁)²)`.
 * Newcombe (1998), method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 *
 * It says how far the shares differ and how sure that is, not what made them differ: whatever else
 * changed at the same time, or who was there to be counted, may be behind it.
 */
export interface DifferenceOfShares {
  /** Before, or under the first mode. */
  before: Share;
  /** After, or under the second mode. */
  after: Share;
  /** After less before, between −1 and 1: times 100 these are percentage points. */
  difference: Estimate<ShareDifference>;
}

/** The indicator in one period. */
export interface IndicatorPeriod {
  /** Its name: `2025-03`, `2024-25 Q4`, `2024-25 H2` or `2024-25`. */
  period: string;
  /** Its first month. */
  from: string;
  /** Its last month. */
  to: string;
  /**
   * How many of its months the report leaves out, being before its first or after its last: the
   * period is not complete then.
   */
  monthsLeftOut: number;
  /** The share, with its interval; not computed where the denominator is 0. */
  share: Share;
  /** Where that lies beside the target, where there are both. */
  besideTarget: TargetComparison | null;
}

/** A numerator and its denominator. */
export interface IndicatorTotal {
  /** The numerator. */
  count: number;
  /** The denominator. */
  of: number;
}

/**
 * One version of SIMD, and which end its band 1 is.
 *
 * Versions are never compared with each other: they rank other areas by other measures, and two of
 * them count from the other end. Two spellings of one version, `SIMD 2020 v2` and `2020v2`, are the
 * same; `2020` and `2020v2` are not.
 */
export interface SimdIndex {
  version: string;
  firstBand: FirstBand | null;
}

/** Into how many bands people are put, band 1 the most deprived. */
export type Bands =
  /** Fifths, 1 to 5. */
  | "quintiles"
  /** Tenths, 1 to 10. */
  | "deciles";

/** How many classes of the Scottish Government urban-rural classification are told apart. */
export type UrbanRuralClasses =
  /** Two: rural, and the rest. */
  | "two-fold"
  /** Three. */
  | "three-fold"
  /** Six. */
  | "six-fold"
  /** Eight. */
  | "eight-fold";

/** How much of its share of the practice lists a band has among the referrals. */
export interface Reach {
  /** The referrals of the band, of those of all bands. */
  shareOfReferrals: Share;
  /** The people of the band on the lists. */
  listPeople: number;
  /** They of those of all bands. */
  shareOfLists: Estimate<number>;
  /** The one share over the other. */
  reachRatio: Estimate<ReachRatio>;
}

/** A mean of follow-up − baseline, in units of the printed score. */
export interface MeanChange {
  /** The mean. */
  value: number;
  /** Its t interval. */
  interval: Estimate<Interval>;
}

/**
 * How unequal a rate is over deprivation bands, by the method of the Scottish Public Health
 * Observatory.
 *
 * With the rates yᵢ of bands 1 (most deprived) to K and their shares of the population pᵢ, the rank
 * of a band is the place of its middle person, `xᵢ = Σ_{j<i} pⱼ + pᵢ/2`. The line of y on x is
 * fitted by least squares with the weights p.
 *
 * - **SII**, the slope index, is the fitted rate of the very most deprived less that of the very
 *   least: minus the slope, in the unit of the rate. Positive: the most deprived have more of it.
 * - **RII**, the relative index, is SII / overall rate.
 * - **PAR %**, the population attributable risk, is how much lower the overall rate would be if
 *   everybody had that of the least deprived: `100·S/(S + 1)` with `S = Σ(yᵢ/y_K − 1)pᵢ`, which is
 *   `100·(overall − y_K)/overall`.
 * - The **ranges** compare the two end bands alone: `y₁ − y_K` and `y₁ / y_K`.
 *
 * The intervals are t intervals with K − 2 degrees of freedom: they tell how far the bands are from
 * a line, not how few people there are. `PersonLevel` tells that.
 *
 * Pamuk (1985), doi:10.1080/0032472031000141256; Mackenbach & Kunst (1997),
 * doi:10.1016/S0277-9536(96)00073-1; ScotPHO, "How to measure health inequalities".
 */
export interface Inequality {
  /** The bands that were compared. */
  bands: Bands;
  /** Everybody in them. */
  population: number;
  /** Which way of the rate is better. */
  better: Direction;
  /** The rate of everybody, `Σ pᵢ yᵢ`. */
  overall: number;
  /** SII. */
  slopeIndex: SlopeIndex;
  /** RII, where the overall rate is not 0 and the rate has a zero. */
  relativeIndex: Estimate<RelativeIndex>;
  /** PAR %, under the same conditions. */
  populationAttributableRiskPercent: Estimate<number>;
  /** The rate of the most deprived band less that of the least. */
  absoluteRange: number;
  /** The one over the other, where the latter is not 0 and the rate has a zero. */
  relativeRange: Estimate<number>;
  /** Who is worse off by the slope. */
  worseOff: WorseOff;
}

/** How unequal one answer is: by the rates of bands, and by people. */
export interface Gradient {
  /** By the method of the Scottish Public Health Observatory. */
  ofBands: Estimate<Inequality>;
  /** The same slope with the error that people give it. */
  ofPeople: Estimate<PersonLevel>;
}

/** The value by one of the three unit values. */
export interface WellbyValue {
  /** Which of the three. */
  end: WellbyEnd;
  /** The pounds for one WELLBY. */
  poundsPerWellby: number;
  /** The pounds for all. */
  pounds: number;
  /** Their interval, from that of the mean change alone. */
  interval: Estimate<Interval>;
}

/** The needs of one kind. */
export interface NeedsAbout {
  /** What they are about. */
  reason: ReferralReason;
  /** Those found. */
  identified: number;
  /** Those met, of these. */
  met: Share;
  /** Those known not to be met. */
  unmet: Share;
  /** Those of which nobody recorded it. */
  notKnown: Share;
}

/** The referrals onward of one uptake. */
export interface UptakeShare {
  /** What is known. */
  uptake: Uptake;
  /** So many of all referrals onward. */
  referrals: Share;
}

/** The referrals onward of one last known status. */
export interface StatusShare {
  /** The status. */
  status: OnwardStatus;
  /** So many of all referrals onward. */
  referrals: Share;
}

/** The episodes with an outcome of one kind. */
export interface OutcomesAbout {
  /** What it is about. */
  reason: ReferralReason;
  /** So many of the episodes of which outcomes are recorded. */
  episodes: Share;
}

/** One period. */
export interface XmrPoint {
  /** The period. */
  period: string;
  /** The value; absent in a gap. */
  value: number | null;
  /**
   * By how much it differs from the period before; absent at the beginning of a phase, in a gap and
   * after one.
   */
  movingRange: number | null;
  /** Whether that is more than chance explains. */
  movingRangeOutside: boolean;
  /** The rules it is part of; none where there are no limits. */
  specialCauses: SpecialCause[];
}

/** On which side of the limits, or of the centre. */
export type ChartSide =
  /** Above: more. */
  | "above"
  /** Below: fewer. */
  | "below";

/**
 * Where an episode's way ended under one measure and one pairing rule.
 *
 * Every episode has exactly one fate. The order is the order of the boxes they leave.
 */
export type Fate =
  /** The service did not take the referral on. */
  | "not-accepted"
  /** Nothing says whether the referral was taken on. */
  | "acceptance-not-known"
  /** The person was taken on and never attended a contact. */
  | "not-seen"
  /** The plan does not ask this person for the measure. */
  | "not-eligible"
  /** Nobody recorded a questionnaire. */
  | "baseline-missing"
  /** There are questionnaires, and none has a score that can be used. */
  | "baseline-unscored"
  /** The first scored sitting came too late to be a baseline. */
  | "baseline-late"
  /** The person has died: nothing is due. */
  | "not-due-deceased"
  /** The episode is on hold: nothing is due for now. */
  | "not-due-on-hold"
  /** The follow-up is not due yet. */
  | "not-due-yet"
  /** The follow-up is not due yet, though one was recorded already. */
  | "not-due-followed-up"
  /** Whether the follow-up is due cannot be told from what was recorded. */
  | "due-not-known"
  /** It was due, and nobody recorded one. */
  | "follow-up-missing"
  /**
   * It was due, and what was recorded has no score that can be used: of a form without a date
   * beside a baseline with one nobody knows whether it came later.
   */
  | "follow-up-unscored"
  /** There is a scored follow-up, but not where the end-point rule looks. */
  | "follow-up-outside"
  /**
   * There is a scored follow-up, and nobody knows whether it is where the end-point rule looks:
   * it has neither the date nor the contact number that would tell.
   */
  | "follow-up-time-not-known"
  /** Baseline and follow-up make a pair. */
  | "paired";

/** Months that share a centre, as published. */
export interface DisclosedCompletionPhase {
  /** The share of those behind the limits together; absent where no month is shown. */
  centre: number | null;
  /** All months of the phase. */
  months: DisclosedCompletionMonth[];
}

/** One practice in a funnel, as published. */
export interface DisclosedPractice {
  /** Its name. */
  practice: string;
  /** Pairs of those due. */
  completion: PublishedShare;
  /** The limits at this denominator; absent where a count is hidden. */
  band?: FunnelBand;
  /** Where it lies; absent where a count is hidden. */
  position?: FunnelPosition;
}

/** A difference of two shares between −1 and 1, with Newcombe's interval. */
export interface ShareDifference {
  /** The difference. */
  value: number;
  /** Its interval. */
  interval: Interval;
}

/** Why nothing is published of a change. */
export type ChangeLeftOut =
  /** It is of some practices, where programmes are told apart. */
  | "practices-not-told-apart"
  /**
   * It shares months and practices with a change of that name, which is published: the one taken
   * from the other would be a count of people nobody counted.
   */
  | { overlapsWith: string };

/** Mean and SD of scores, in units of the printed score. */
export interface DisclosedScores {
  /** The mean. */
  mean: number;
  /** The SD (n − 1). */
  standardDeviation: number;
}

/** One level of a trait, as published. */
export interface DisclosedLevel {
  /** The level. */
  level: string;
  /** The pairs of this level, of all pairs. */
  paired: PublishedShare;
  /** The unpaired of this level, of all unpaired. */
  unpaired: PublishedShare;
}

/** Some levels of a trait taken together, as published. */
export interface DisclosedOtherLevels {
  /** Which they are. */
  levels: string[];
  /** The pairs of these levels, of all pairs. */
  paired: PublishedShare;
  /** The unpaired of these levels, of all unpaired. */
  unpaired: PublishedShare;
}

/** Whose episodes an indicator is about. */
export type IndicatorPopulation =
  /** Everybody's. */
  | "all-episodes"
  /**
   * Those that are closed after two attended contacts at least: "finished a course of treatment" in
   * NHS Talking Therapies, whose shares are of all of these, whether or not there is a second score.
   */
  | "finished";

/** What is counted. */
export type IndicatorCount =
  /** Episodes that were in a box. */
  | { box: FlowBox }
  /** Episodes of one fate. */
  | { fate: Fate }
  /** Pairs that improved by any amount. */
  | "improved"
  /** Pairs that got worse by any amount. */
  | "worse"
  /** Pairs that improved reliably, by the rule of this name. */
  | { reliablyImproved: string }
  /** Pairs that deteriorated reliably, by the rule of this name. */
  | { reliablyDeteriorated: string };

/** Why the person was referred; also what a need is about. */
export type ReferralReason =
  | "mental-health"
  | "isolation-and-loneliness"
  | "housing"
  | "welfare-and-social-security"
  | "finance-and-debt"
  | "trauma"
  | "bereavement"
  | "abuse"
  | "relationships"
  | "long-term-condition"
  | "physical-activity"
  | "caring"
  | "employment-and-learning"
  | "immigration"
  | "substance-use"
  | "food-and-fuel"
  | "other";

/** What is known of whether a referral onward was taken up. */
export type Uptake =
  /** The person went at least once. */
  | "taken-up"
  /** The person or the service declined, or the person did not go. */
  | "not-taken-up"
  /** It was made, and nobody heard since. */
  | "no-later-word"
  /** No status is recorded, or it is not known. */
  | "not-known";

/** How far an onward referral is known to have come. */
export type OnwardStatus =
  | "suggested"
  | "signposted"
  | "referred"
  | "accompanied"
  | "waiting"
  | "declined-by-person"
  | "declined-by-service"
  | "attended-once"
  | "engaged"
  | "completed"
  | "not-taken-up";

/** How τ², the variance between programmes, is estimated. */
export type TauSquaredMethod =
  /** Where the restricted likelihood is highest. Viechtbauer (2005), doi:10.3102/10769986030003261. */
  | "restricted-maximum-likelihood"
  /**
   * From Q: max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)), w = 1/v. DerSimonian & Laird (1986),
   * doi:10.1016/0197-2456(86)90046-2.
   */
  | "der-simonian-laird"
  /**
   * Where the weighted squares of the random-effects model are k − 1. Paule & Mandel (1982),
   * doi:10.6028/jres.087.022.
   */
  | "paule-mandel";

/** How the interval of the mean is formed. */
export type PooledIntervalMethod =
  /**
   * t with k − 1 degrees of freedom, the variance times q = Σw(y − μ)²/(k − 1): Hartung & Knapp
   * (2001), doi:10.1002/sim.791. With few programmes it is honest where the normal one is too narrow.
   */
  | "hartung-knapp"
  /**
   * The same with max(1, q), never narrower than t with the variance unadjusted: Knapp & Hartung
   * (2003), doi:10.1002/sim.1482.
   */
  | "hartung-knapp-at-least-one"
  /** Normal, ±z/√Σw. */
  | "wald";

/** The degrees of freedom of the prediction interval. */
export type PredictionDegreesOfFreedom =
  /**
   * k − 2: Higgins, Thompson & Spiegelhalter (2009), doi:10.1111/j.1467-985X.2008.00552.x. Three
   * programmes at least.
   */
  | "programmes-less-two"
  /** k − 1, as the R package metafor has it. */
  | "programmes-less-one";

/** The scale on which shares are pooled. */
export type ShareTransform =
  /**
   * Log odds, ln(x/(n − x)) with variance 1/x + 1/(n − x); a half is added to both counts of a
   * programme where one of them is 0.
   */
  | "log-odds"
  /** The arcsine of the root, asin √(x/n) with variance 1/(4n): defined for none and for all. */
  | "arcsine-root";

/** An estimate and its variance, above 0, of sizes that no sum of squares overflows. */
export interface Effect {
  estimate: number;
  variance: number;
}

/** The mean over programmes, on the scale of the effects. */
export interface Pooled {
  /** The programmes, k. */
  programmes: number;
  /** The mean, Σwy/Σw with w = 1/(v + τ²). */
  mean: number;
  /** Its standard error by the method of the interval. */
  standardError: number;
  /** Its interval; absent where all estimates are equal and Hartung and Knapp's has no width. */
  interval: Interval | null;
  /**
   * Where the true effect of another programme may lie, ±t·√(τ² + SE²): absent where no degrees of
   * freedom are left.
   */
  predictionInterval: Interval | null;
  /** How much the programmes differ. */
  heterogeneity: Heterogeneity;
}

/** Why effects have no mean of their own. */
export type NotPooled =
  /** No programme has an estimate with a variance. */
  | "no-programmes"
  /** One programme: its own result is all there is. */
  | "one-programme";

/** How the standard error of a weighted mean is estimated: both are robust, from the residuals. */
export type WeightVariance =
  /**
   * As if the weights had been known: n/(n − 1)·Σw²(y − μ)²/(Σw)² over the n pairs, the sandwich HC1
   * of a weighted mean and what survey software gives. With equal weights it is that of the paired
   * t interval. Usually the wider of the two.
   */
  | "weights-as-known"
  /**
   * With the weights estimated by the model: the sandwich of both sets of estimating equations
   * together. Lunceford & Davidian (2004), doi:10.1002/sim.1903.
   */
  | "weights-as-estimated";

/** One level of a trait among the paired and among the unpaired. */
export interface LevelComparison {
  /** The level. */
  level: string;
  /** The pairs of this level, of all pairs. */
  paired: Share;
  /** The unpaired of this level, of all unpaired. */
  unpaired: Share;
  /**
   * The standardised difference of the two shares, this level against all others, positive where it
   * is commoner among the paired; absent where nobody or everybody is of it in both groups, or
   * everybody in one and nobody in the other.
   */
  standardisedDifference: number | null;
}

/**
 * A standardised difference between the paired and the unpaired, with what chance alone makes of it.
 *
 * The interval is d ± z·√(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))), cut off at 0 where d has no sign: Hedges &
 * Olkin (1985), used for all three forms by Yang & Dalton (2012). It is not corrected for the upward
 * bias of a distance over many levels, so `expectedByChance` and
 * `p` stand beside it: with 18 levels and 100 people, 0.8 is what chance gives.
 */
export interface StandardisedDifference {
  /** How it is formed. */
  form: DifferenceForm;
  /** The difference in SDs; paired − unpaired for means, without a sign for shares. */
  value: number;
  /** √(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))). */
  standardError: number;
  /** The interval. */
  interval: Interval;
  /** The levels that occur less one; 1 for means. */
  degreesOfFreedom: number;
  /**
   * The root mean square of the difference between groups that are alike but for chance,
   * √(df·(1/n₁ + 1/n₂)).
   */
  expectedByChance: number;
  /**
   * How often groups that are alike would differ as much by chance: the area above
   * d²·n₁n₂/(n₁ + n₂) of the χ² distribution, an approximation for large groups.
   */
  p: number;
}

/** What a standardised difference, its interval and its p come to under the threshold set. */
export type DifferenceReading =
  /**
   * It reaches the threshold, and chance alone rarely makes as much (adjusted p below 1 − level); or
   * each group is all alike and the two have nothing in common.
   */
  | "different"
  /** It is below the threshold, and so is everything in its interval. */
  | "little"
  /** Neither: a difference that matters can be neither shown nor ruled out. */
  | "unclear";

/** Why two groups have no standardised difference. */
export type NotComparable =
  /** Nobody has a pair. */
  | "nobody-paired"
  /** Everybody has a pair. */
  | "nobody-unpaired"
  /** A group of one person has no spread. */
  | "one-in-a-group"
  /** Everybody has the same score or level, so the groups do not differ. */
  | "everybody-alike"
  /** Each group is all alike and the two differ: there is no spread to measure it by. */
  | "no-spread"
  /** No level occurs in both groups, of two people and more, so their distance has no end. */
  | "no-level-shared";

/** The share of one period. */
export interface PChartPoint {
  /** The period. */
  period: string;
  /** The numerator. */
  count: number;
  /** The denominator. */
  of: number;
  /** The one over the other; absent in a gap. */
  share: number | null;
  /** The limits at this denominator; absent in a gap. */
  limits: ControlLimits | null;
  /** The rules it is part of. */
  specialCauses: SpecialCause[];
}

/** Where a practice lies. */
export type FunnelPosition =
  /** Within the 95 % limits. */
  | "as-expected"
  /** Above the 95 % limit. */
  | "more-than-expected-95"
  /** Above the 99.8 % limit. */
  | "more-than-expected-99-8"
  /** Below the 95 % limit. */
  | "fewer-than-expected-95"
  /** Below the 99.8 % limit. */
  | "fewer-than-expected-99-8";

/** Which end of the population band 1 of a version of SIMD is. */
export type FirstBand =
  /** Band 1 is the most deprived, as from SIMD 2009 on. */
  | "most-deprived"
  /** Band 1 is the least deprived, as in SIMD 2004 and 2006. */
  | "least-deprived";

/**
 * The share of a band among the referrals over its share of the practice lists.
 *
 * 1: referred as often as its numbers on the lists; 2: twice as often. The lists are counted, not
 * sampled, so their share is known, and the interval is the Wilson score interval of the share of
 * referrals over it. A person referred twice counts twice.
 */
export interface ReachRatio {
  /** The ratio. */
  value: number;
  /** Its interval. */
  interval: Interval;
}

/** The slope index of inequality: the fitted rate at the most deprived end less that at the least. */
export interface SlopeIndex {
  /** The index, in the unit of the rate. */
  value: number;
  /** Its standard error. */
  standardError: number;
  /** Degrees of freedom of its t interval. */
  degreesOfFreedom: number;
  /** Its t interval, unless everything lies on the line. */
  interval: Estimate<Interval>;
}

/** The relative index of inequality: the slope index over the overall rate. */
export interface RelativeIndex {
  /** The index. */
  value: number;
  /** Its interval, unless everything lies on the line. */
  interval: Estimate<Interval>;
}

/** Who is worse off by the slope of a line, whether or not its interval leaves that open. */
export type WorseOff =
  /** The most deprived. */
  | "most-deprived"
  /** The least deprived. */
  | "least-deprived"
  /** Nobody: the line is level. */
  | "nobody";

/**
 * The slope of an outcome of people on their relative rank, with the error that people give it.
 *
 * The line is the least-squares line over people, each at the rank of their band. Its slope is
 * that of `Inequality` exactly, as the mean of a band stands for its people;
 * what differs is the interval. That of the bands asks how far five rates are from a line, with 3
 * degrees of freedom, and is narrow wherever they happen to be on one, however few people there
 * are. This asks how far people differ, and narrows as people are added.
 *
 * For an outcome of yes or no it is the linear probability model. Its slope is the difference
 * between the ends in percentage points, the definition of the index; a logistic slope would answer
 * another question and need translating back. People do not vary alike around it, so the errors
 * are those of the sandwich HC3, with N − 2 degrees of freedom:
 */
export interface PersonLevel {
  /** How it was computed. */
  method: PersonLevelMethod;
  /** People. */
  n: number;
  /** Which way of the outcome is better. */
  better: Direction;
  /** The mean outcome of everybody. */
  overall: number;
  /** SII, with N − 2 degrees of freedom. */
  slopeIndex: SlopeIndex;
  /** RII, where the overall mean is not 0 and the outcome has a zero. */
  relativeIndex: Estimate<RelativeIndex>;
  /** Who is worse off by the slope. */
  worseOff: WorseOff;
}

/** Which of the three unit values. */
export type WellbyEnd =
  /** The low one. */
  | "low"
  /** The recommended one. */
  | "central"
  /** The high one. */
  | "high";

/** Completion of those whose follow-up fell due in one month, as published. */
export interface DisclosedCompletionMonth {
  /** The month. */
  month: string;
  /** Pairs of those due. */
  completion: PublishedShare;
  /** The limits at this denominator; absent in a gap. */
  limits: ControlLimits | null;
  /** The rules it is part of. */
  specialCauses: SpecialCause[];
}

/** How much programmes differ beyond what chance makes of their samples. */
export interface Heterogeneity {
  /** τ², the variance between programmes, on the scale of the effects. */
  tauSquared: number;
  /** τ, the SD between programmes. */
  tau: number;
  /**
   * The Q-profile interval of τ²: the values at which Σ(y − μ)²/(v + τ²) is within the central part
   * of χ² with k − 1 degrees of freedom; 0 to 0 where it is below at τ² = 0 already. Viechtbauer
   * (2007), doi:10.1002/sim.2514.
   */
  tauSquaredInterval: Interval;
  /** Cochran's Q, Σ(y − μ)²/v about the mean that weights by 1/v alone. */
  q: number;
  /** k − 1. */
  degreesOfFreedom: number;
  /** The p of Q: how often programmes that differ by chance alone would differ as much. */
  p: number;
  /**
   * I² = τ²/(τ² + s²), the share of the variance that is between programmes, with the typical
   * variance within them s² = (k − 1)Σw/((Σw)² − Σw²), w = 1/v. Higgins & Thompson (2002),
   * doi:10.1002/sim.1186.
   */
  iSquared: number;
  /** Its interval, from that of τ². */
  iSquaredInterval: Interval;
  /** H² = (τ² + s²)/s². */
  hSquared: number;
  /** Its interval, from that of τ². */
  hSquaredInterval: Interval;
}

/** How a standardised difference is formed. */
export type DifferenceForm =
  /**
   * Of two means, over the root of the mean of the two variances (each with n − 1):
   * (x̄₁ − x̄₂) / √((s₁² + s₂²)/2). Positive where the paired score higher. Cohen (1988), d of equal
   * weights; Austin (2009), doi:10.1002/sim.3697.
   */
  | "means"
  /** Of two shares: (p₁ − p₂) / √((p₁(1 − p₁) + p₂(1 − p₂))/2). Austin (2009). */
  | "shares"
  /**
   * Of two sets of shares over more than two levels: the Mahalanobis distance √(Δ′S⁻¹Δ), Δ the
   * differences of all shares but one and S the mean of the two multinomial covariances. Never
   * negative. Yang & Dalton (2012), SAS Global Forum 2012, paper 335-2012, with the covariances
   * −p_k·p_l that multinomials have (the paper prints them without the sign).
   */
  | "mahalanobis-of-shares";

/** How a slope over people was computed. */
export type PersonLevelMethod =
  /** Least squares on ridit, errors by the HC3 sandwich. */
  | "least-squares-hc3";
