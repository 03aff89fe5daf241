/** A number of the printed score. A text keeps the digits of the paper; either is read as a decimal. */
export type Decimal = number | string;

/** The size of change that counts, as it is asked for: this one and any larger, or any larger only. */
export type ThresholdAskedFor = { atLeast: Decimal } | { moreThan: Decimal };

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
  importantChangeRules?: { anchor: string; improvement: ThresholdAskedFor; deterioration: ThresholdAskedFor }[];
  /** The cuts to count moves across, each the lowest points above it. */
  cuts?: number[];
  /** How McNemar's p is obtained; exactly unless stated. */
  mcnemar?: McNemarMethod;
  /** The population to work out regression to the mean against. */
  regressionToTheMean?: { population: Population; cutOff?: Decimal };
}
