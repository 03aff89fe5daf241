/** How many people went from each score to each other score: the whole of a paired sample, and nobody's row. */
export interface PairCounts {
  /** The scale of both sittings, in steps. */
  scale: {
    direction: "higher-is-better" | "lower-is-better";
    stepsPerUnit: number;
    lowest: number;
    highest: number;
  };
  /** The cells that hold anybody, as baseline, follow-up and pairs, in ascending order. */
  cells: [baseline: number, followUp: number, pairs: number][];
}

/** A number of the printed score. A text keeps the digits of the paper; either is read as a decimal. */
export type Decimal = number | string;

/** The size of change that counts: this one and any larger, or any larger only. */
export type Threshold = { atLeast: Decimal } | { moreThan: Decimal };

/** The mean and SD of a population, in units of the printed score. */
export interface Population {
  mean: number;
  standardDeviation: number;
}

/** A rule of reliable change with the numbers of a published sample. */
export type ReliableChangeRule =
  | { method: "published-threshold"; id: string; fewestSteps: number }
  | { method: "jacobson-truax"; standardDeviation: number; reliability: number }
  | { method: "edwards-nunnally" | "gulliksen-lord-novick"; mean: number; standardDeviation: number; reliability: number }
  | { method: "hsu-linn-lord"; mean: number; followUpMean: number; standardDeviation: number; reliability: number }
  | { method: "nunnally-kotsch"; mean: number; standardDeviation: number; reliability: number; followUpReliability: number }
  | {
      method: "hageman-arrindell";
      meanChange: number;
      standardDeviationOfChange: number;
      standardDeviation: number;
      reliability: number;
    };

/** A method of reliable change that takes its means and SDs from the pairs themselves. */
export type SampleRule =
  | {
      method: "jacobson-truax" | "edwards-nunnally" | "gulliksen-lord-novick" | "hsu-linn-lord" | "hageman-arrindell";
      reliability: number;
    }
  | { method: "nunnally-kotsch"; reliability: number; followUpReliability: number };

/** Where the functional side starts: Jacobson and Truax's a, b and c, or an edge as published. */
export type CutOff =
  | { cutOff: "a"; clinical: Population }
  | { cutOff: "b"; functional: Population }
  | { cutOff: "c"; clinical: Population; functional: Population }
  | { cutOff: "published"; id: string; worstFunctional: number };

/** A rule of reliable change and a cut-off. */
export interface ClinicalChangeRule {
  reliableChange: ReliableChangeRule;
  cutOff: CutOff;
}

/** The smallest gain and the smallest loss that matter, by an anchor. */
export interface ImportantChangeRule {
  anchor: string;
  improvement: Threshold;
  deterioration: Threshold;
}

/** The largest fall and the largest rise that do not matter, in units of the printed score. */
export interface EquivalenceMargins {
  id: string;
  lower: number;
  upper: number;
}

/** The population people are drawn from, and the score they had to be worse than to come. */
export interface RegressionToTheMeanRule {
  population: Population;
  cutOff?: Decimal;
}

/** What a p speaks against: a change either way, a rise, or a fall. */
export type Alternative = "two-sided" | "greater" | "less";

/** How McNemar's p is obtained. */
export type McNemarMethod =
  | { method: "exact" | "mid-p" }
  | { method: "chi-squared"; continuity: "corrected" | "uncorrected" };

/** What to compute, and by which conventions. What is left out has its default. */
export interface ChangeOptions {
  /** The confidence level of all intervals; 0.95 unless stated. */
  level?: number;
  /** What the p of every test speaks against; "two-sided" unless stated. */
  alternative?: Alternative;
  /** The conventions of the signed rank test and of the estimates that belong to it. */
  signedRank?: {
    zeros?: "wilcox" | "pratt";
    exactLimit?: number;
    continuity?: "corrected" | "uncorrected";
  };
  /** The conventions of the sign-flip permutation test; none is made unless they are given, `{}` for the defaults. */
  signFlip?: { exactLimit?: number; patterns?: number; seed?: number };
  /** How many people to draw anew, from which seed, for bootstrap intervals; none are made unless it is given. */
  bootstrap?: { resamples?: number; seed?: number };
  /** The margins of equivalence to test the mean change against. */
  equivalenceMargins?: EquivalenceMargins[];
  /** The instrument and the measure of the table, needed where band sets or change rules are named. */
  instrument?: string;
  measure?: string;
  /** The band sets of the measure to count moves between. */
  bandSets?: string[];
  /** The change rules of the measure to judge reliable change by. */
  changeRules?: string[];
  /** Further rules of reliable change, with numbers of their own. */
  reliableChangeRules?: ReliableChangeRule[];
  /** The methods of reliable change to apply with the means and SDs of the pairs themselves. */
  sampleRules?: SampleRule[];
  /** The rules of reliable change with a cut-off. */
  clinicalChangeRules?: ClinicalChangeRule[];
  /** The rules of important change. */
  importantChangeRules?: ImportantChangeRule[];
  /** The cuts to count moves across, each the lowest points above it. */
  cuts?: number[];
  /** How McNemar's p is obtained; exactly unless stated. */
  mcnemar?: McNemarMethod;
  /** The population to work out regression to the mean against. */
  regressionToTheMean?: RegressionToTheMeanRule;
}

/** A statistic, or the reason why this sample has none. */
export type Estimate<T> = T | { notComputed: string };

export interface Interval {
  lower: number;
  upper: number;
  level: number;
}

export interface Moments {
  n: number;
  mean: Estimate<number>;
  standardDeviation: Estimate<number>;
}

/** A count of people and its share of those it is of. */
export interface Share {
  count: number;
  of: number;
  proportion: Estimate<{ value: number; interval: Interval }>;
}

/** What was done with pairs without change. */
export type ZerosMethod = "wilcox" | "pratt";

/** How the p of a signed rank test was obtained. */
export type SignedRankMethod = "exact" | { normalApproximation: { z: number; continuity: "corrected" | "uncorrected" } };

/** How the limits of a Hodges-Lehmann estimate were obtained. */
export type RankIntervalMethod = "exact" | { normalApproximation: { continuity: "corrected" | "uncorrected" } };

/** How the interval of an effect size was obtained. */
export type EffectIntervalMethod = "noncentral-t" | "fisher-z" | "bonett" | "becker" | "tango";

/** An effect size without the bias of small samples: J, and J times the estimate and its limits. */
export interface HedgesCorrected {
  hedgesJ: number;
  estimate: number;
  interval: Interval;
}

/** The mean change in units of a standard deviation. */
export interface StandardisedChange {
  estimate: number;
  interval: Interval;
  intervalMethod: EffectIntervalMethod;
  hedgesCorrected: Estimate<HedgesCorrected>;
}

/** A share of people better off, a half where as many are worse off. */
export interface CommonLanguage {
  share: number;
  interval: Interval;
  intervalMethod: EffectIntervalMethod;
}

/** How many people changed reliably under a rule. */
export interface ReliableChangeCounts {
  rule: ReliableChangeRule;
  smallestReliableChange?: number;
  n: number;
  improved: Share;
  unchanged: Share;
  deteriorated: Share;
}

/** A way to say whether a person changed. */
export type ChangeDefinition =
  | { change: "any" }
  | { change: "reliable"; rule: string }
  | { change: "important"; anchor: string };

/** A test of moves between bands. */
export interface ChiSquaredTest {
  n: number;
  chiSquared: number;
  df: number;
  p: number;
}

/** A statistic with its bootstrap intervals, by percentiles and corrected for bias and acceleration. */
export interface BootstrapEstimate {
  n: number;
  estimate: number;
  /** Resamples in which the statistic does not exist, left out of both intervals. */
  undefinedResamples: number;
  percentile: Estimate<Interval>;
  bca: Estimate<{ limits: Interval; biasCorrection: number; acceleration: number }>;
}

/** Everything about one paired sample. Each field has the meaning of the core's, which may hold more. */
export interface Change {
  n: number;
  baseline: Moments;
  followUp: Moments;
  change: Moments;
  pairedT: Estimate<{
    n: number;
    df: number;
    t: number;
    alternative: Alternative;
    p: number;
    meanChange: number;
    standardError: number;
    interval: Interval;
    /** The one limit of a one-sided alternative. */
    oneSidedLimit?: number;
  }>;
  /** One for each margins asked for. */
  equivalence?: Estimate<{
    n: number;
    df: number;
    margins: EquivalenceMargins;
    meanChange: number;
    standardError: number;
    aboveLower: { t: number; p: number };
    belowUpper: { t: number; p: number };
    p: number;
    interval?: Interval;
  }>[];
  signedRank: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    zerosMethod: ZerosMethod;
    ties: number;
    wPlus: number;
    alternative: Alternative;
    p: number;
    method: SignedRankMethod;
  }>;
  hodgesLehmann: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    zerosMethod: ZerosMethod;
    hodgesLehmann: number;
    interval: Estimate<{ limits: Interval; achievedLevel: number; method: RankIntervalMethod }>;
  }>;
  rankBiserial: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    zerosMethod: ZerosMethod;
    rankBiserial: number;
    interval: Estimate<Interval>;
    intervalMethod: EffectIntervalMethod;
  }>;
  signTest: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    positive: number;
    negative: number;
    alternative: Alternative;
    p: number;
    sharePositive: number;
    interval: Interval;
  }>;
  /** Where it was asked for. */
  signFlip?: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    meanChange: number;
    alternative: Alternative;
    p: number;
    method: "exact" | { monteCarlo: { patterns: number; seed: number } };
  }>;
  cohensDz: Estimate<{
    n: number;
    cohensDz: number;
    interval: Interval;
    intervalMethod: EffectIntervalMethod;
    hedgesCorrected: Estimate<HedgesCorrected>;
  }>;
  effectSizes: {
    n: number;
    correlation: Estimate<number>;
    glassDelta: Estimate<StandardisedChange>;
    glassDeltaBecker: Estimate<{ estimate: number; interval: Interval; intervalMethod: EffectIntervalMethod }>;
    cohensDav: Estimate<StandardisedChange>;
    cohensDPooled: Estimate<StandardisedChange>;
    cohensDrm: Estimate<StandardisedChange>;
    commonLanguage: Estimate<CommonLanguage>;
    commonLanguageNormal: Estimate<CommonLanguage>;
  };
  /** Where it was asked for. */
  bootstrap?: Estimate<{
    n: number;
    resamples: number;
    seed: number;
    zerosMethod: ZerosMethod;
    meanChange: BootstrapEstimate;
    medianChange: BootstrapEstimate;
    cohensDz: BootstrapEstimate;
    hodgesLehmann: BootstrapEstimate;
    shareImproved: Estimate<BootstrapEstimate>;
  }>;
  anyChange: { n: number; improved: Share; same: Share; worse: Share };
  reliableChange: ReliableChangeCounts[];
  sampleRules: { sampleRule: SampleRule; classes: Estimate<ReliableChangeCounts> }[];
  clinicalChange: {
    rule: ClinicalChangeRule;
    cutOffValue: number;
    n: number;
    recovered: Share;
    improved: Share;
    unchanged: Share;
    deteriorated: Share;
    /** Those who recovered, of those on the clinical side at baseline. */
    recoveredOfClinical: Share;
  }[];
  importantChange: {
    rule: ImportantChangeRule;
    n: number;
    improved: Share;
    unimportant: Share;
    deteriorated: Share;
  }[];
  /** Any, reliable and important change, two and two. */
  agreement: {
    first: ChangeDefinition;
    second: ChangeDefinition;
    n: number;
    /** People by both classes, better, neither and worse: a row for each of the first's. */
    pairs: [[number, number, number], [number, number, number], [number, number, number]];
    agreed: Share;
    cohensKappa: Estimate<{ kappa: number; standardError: number; interval: Interval }>;
  }[];
  transitions: { bandSet: string; bands: string[]; n: number; pairs: number[][] }[];
  transitionTests: {
    bandSet: string;
    /** Where there are two bands. */
    mcnemar?: Estimate<{ n: number; movedUp: number; movedDown: number; chiSquared?: number; p: number } & McNemarMethod>;
    bowker: Estimate<ChiSquaredTest>;
    stuartMaxwell: Estimate<ChiSquaredTest>;
  }[];
  scaleEnds: {
    n: number;
    shares: {
      sitting: "baseline" | "follow-up";
      end: "lowest" | "highest";
      share: Share;
      /** Whether it is a floor or ceiling effect: more than 15 % of the pairs. */
      isEffect: boolean;
    }[];
  };
  /** Where a population was given. */
  regressionToTheMean?: {
    n: number;
    rule: RegressionToTheMeanRule;
    baselineMean: Estimate<number>;
    observedChange: Estimate<number>;
    panel: { reliability: number; expectedChange: Estimate<number>; expectedChangeOfSelected?: number }[];
  };
  /** Each result in plain words, under its own name. */
  sentences: { [result: string]: string };
  [statistic: string]: unknown;
}
