/** What one unit of time is. */
export type TimeUnit = "day" | "week" | "session";

/** How many people have each sequence of scores over time: more than two sittings each, and nobody's name. */
export interface Trajectories {
  /** The scale of every sitting, in steps. */
  scale: PairCounts["scale"];
  unit: TimeUnit;
  /** Each sequence that somebody has, as times and points in the order of time. */
  sequences: { people: number; sittings: [time: number, points: number][] }[];
}

/** Which sittings of different people are taken together. */
export type TimeGrouping =
  | { by: "time" }
  | { by: "occasion" }
  | { by: "bins"; edges: number[]; oneOfBin: "first" | "last" };

/** What to compute of sittings over time. What is left out has its default. */
export interface CourseOptions {
  /** The confidence level of all intervals; 0.95 unless stated. */
  level?: number;
  /** The mean at each time, once for each grouping; by occasion unless stated. */
  means?: TimeGrouping[];
  /** From which slope on a person is improving or worsening; any slope unless stated. */
  slopes?: { atLeast: Decimal };
}

/** The mean score at one time. */
export interface TrajectoryPoint {
  /** The time, the number of the occasion, or the first time of the bin. */
  from: number;
  /** The same, or the last time of the bin. */
  to: number;
  n: number;
  mean: Estimate<number>;
  standardDeviation: Estimate<number>;
  interval: Estimate<Interval>;
}

/** How scores went over time. */
export interface Course {
  unit: TimeUnit;
  people: number;
  sittings: number;
  means: {
    unit: TimeUnit;
    grouping: TimeGrouping;
    people: number;
    sittings: number;
    sittingsLeftOut: number;
    points: TrajectoryPoint[];
  }[];
  slopes: {
    unit: TimeUnit;
    rule: { atLeast: number };
    /** People with scores at two times at least. */
    n: number;
    withoutSlope: number;
    mean: Estimate<number>;
    standardDeviation: Estimate<number>;
    interval: Estimate<Interval>;
    improving: Share;
    steady: Share;
    worsening: Share;
  };
}
