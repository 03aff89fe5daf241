export { instrument, instruments, score, scoreJson, version } from "../dist/clw.js";
export type {
  Answer,
  BandName,
  Instrument,
  Item,
  Measure,
  MeasureScore,
  Problem,
  ScoreSheet,
} from "../dist/clw.js";

/** What is thrown for input that the library refuses: the message says what was found, the limit and the remedy. */
export interface ClwError extends Error {
  name: "ClwError";
  /** The stable name of the problem, the same in Rust, Python and JavaScript. */
  code: string;
}
