// What every entry offers, once the module is ready.
export {
  change,
  changeJson,
  instrument,
  instruments,
  mergePairCounts,
  pairCounts,
  pairCountsFromJson,
  pairCountsJson,
  score,
  scoreJson,
  version,
} from "../dist/clw.js";
