/** How many people have each sequence of scores over time: more than two sittings each, and nobody's name. */
export interface Trajectories {
  /** The scale of every sitting, in steps. */
  scale: Scale;
  unit: TimeUnit;
  /** Each sequence that somebody has, as times and points in the order of time. */
  sequences: { people: number; sittings: [time: number, points: number][] }[];
}

/** What to compute of sittings over time. What is left out has its default. */
export interface CourseOptions {
  /** The confidence level of all intervals; 0.95 unless stated. */
  level?: number;
  /** The mean at each time, once for each grouping; by occasion unless stated. */
  means?: TimeGrouping[];
  /** From which slope on a person is improving or worsening; any slope unless stated. */
  slopes?: { atLeast: Decimal };
}
