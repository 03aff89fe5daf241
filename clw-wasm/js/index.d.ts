export {
  change,
  changeJson,
  course,
  courseJson,
  instrument,
  instruments,
  mergePairCounts,
  mergeTrajectories,
  pairCounts,
  pairCountsFromJson,
  pairCountsJson,
  score,
  scoreJson,
  trajectories,
  trajectoriesFromJson,
  trajectoriesJson,
  version,
} from "../dist/clw.js";
export type {
  Answer,
  BandName,
  Change,
  ChangeOptions,
  Course,
  CourseOptions,
  Estimate,
  Instrument,
  Interval,
  Item,
  Measure,
  MeasureScore,
  Moments,
  PairCounts,
  Problem,
  RankMethod,
  ScoreSheet,
  Share,
  TimeGrouping,
  TimeUnit,
  Trajectories,
  TrajectoryPoint,
} from "../dist/clw.js";

/** What is thrown for input that the library refuses: the message says what was found, the limit and the remedy. */
export interface ClwError extends Error {
  name: "ClwError";
  /** The stable name of the problem, the same in Rust, Python and JavaScript. */
  code: string;
}
