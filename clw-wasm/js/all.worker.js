// All of the library in a Web Worker: what clw/worker has, and what leaves a programme and comes back.
import { connect, evaluation as ofEveryBuild, listed } from "./remote.js";

const evaluation = [...ofEveryBuild, "charts", "disclosed", "returnJson"];
const disclosed = ["toJson", "toObject", "reportHtml", "csv", "charts", "free"];
const national = ["toJson", "toObject", "evaluation", "free"];
const methods = { evaluate: evaluation, fromJson: evaluation, merge: evaluation, evaluation, disclosed, national };

export function startWorker(
  worker = new Worker(new URL("./all.worker-script.js", import.meta.url), { type: "module" }),
) {
  const { ask, calls } = connect(worker, methods);
  return {
    ...calls,
    addInstrument: (definition) => ask("addInstrument", undefined, [definition]),
    evaluationFromJson: (text) => ask("fromJson", undefined, [text]),
    national: (returns) => ask("national", undefined, [listed(returns)]),
  };
}
