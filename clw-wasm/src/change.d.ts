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

/** What to compute, and by which conventions. What is left out has its default. */
export interface ChangeOptions {
  /** The confidence level of all intervals; 0.95 unless stated. */
  level?: number;
  /** What the p of every test speaks against; "two-sided" unless stated. */
  alternative?: "two-sided" | "greater" | "less";
  /** The conventions of the signed rank test and of the estimates that belong to it. */
  signedRank?: {
    zeros?: "wilcox" | "pratt";
    exactLimit?: number;
    continuity?: "corrected" | "uncorrected";
  };
  /** How many people to draw anew, from which seed, for bootstrap intervals; none are made unless it is given. */
  bootstrap?: { resamples?: number; seed?: number };
  /** The instrument and the measure of the table, needed where band sets or change rules are named. */
  instrument?: string;
  measure?: string;
  /** The band sets of the measure to count moves between. */
  bandSets?: string[];
  /** The change rules of the measure to judge reliable change by. */
  changeRules?: string[];
  /** The cuts to count moves across, each the lowest points above it. */
  cuts?: number[];
  /** How McNemar's p is obtained; exactly unless stated. */
  mcnemar?:
    | { method: "exact" | "mid-p" }
    | { method: "chi-squared"; continuity: "corrected" | "uncorrected" };
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

/** How a result of ranks was obtained. */
export type RankMethod = "exact" | { normalApproximation: { continuity: "corrected" | "uncorrected" } };

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
    p: number;
    meanChange: number;
    standardError: number;
    interval: Interval;
  }>;
  signedRank: Estimate<{
    n: number;
    nUsed: number;
    zeros: number;
    zerosMethod: "wilcox" | "pratt";
    ties: number;
    wPlus: number;
    alternative: "two-sided" | "greater" | "less";
    p: number;
    method: RankMethod;
  }>;
  hodgesLehmann: Estimate<{
    n: number;
    nUsed: number;
    hodgesLehmann: number;
    interval: Estimate<{ limits: Interval; achievedLevel: number; method: RankMethod }>;
  }>;
  rankBiserial: Estimate<{ n: number; nUsed: number; rankBiserial: number; interval: Estimate<Interval> }>;
  cohensDz: Estimate<{ n: number; cohensDz: number; interval: Interval }>;
  /** Where it was asked for. */
  bootstrap?: Estimate<{
    n: number;
    resamples: number;
    seed: number;
    zerosMethod: "wilcox" | "pratt";
    meanChange: BootstrapEstimate;
    medianChange: BootstrapEstimate;
    cohensDz: BootstrapEstimate;
    hodgesLehmann: BootstrapEstimate;
    shareImproved: Estimate<BootstrapEstimate>;
  }>;
  anyChange: { n: number; improved: Share; same: Share; worse: Share };
  reliableChange: { rule: { method: string }; n: number; improved: Share; unchanged: Share; deteriorated: Share }[];
  /** Each result in plain words, under its own name. */
  sentences: { [result: string]: string };
  transitions: { bandSet: string; bands: string[]; n: number; pairs: number[][] }[];
  [statistic: string]: unknown;
}
