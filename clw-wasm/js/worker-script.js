// Runs in a Web Worker: records are read and evaluations kept here; texts and plain objects leave.
import init, * as clw from "../dist/clw.js";

const ready = init();
const kept = new Map();
let last = 0;

/** An evaluation stays here and goes by a number. */
function sent(result) {
  const stays = result instanceof clw.Evaluation || result instanceof clw.DisclosedEvaluation || result instanceof clw.National;
  if (!stays) return { result };
  kept.set(++last, result);
  return { handle: last };
}

function run(id, { call, of, given }) {
  const values = given.map((value) => (value?.handle ? kept.get(value.handle) : value));
  if (of === undefined) {
    if (call === "evaluate" || call === "dryRun") {
      values[0].onProgress = (read, total) => self.postMessage({ id, progress: [read, total] });
    }
    return call === "fromJson" ? clw.Evaluation.fromJson(...values) : clw[call](...values);
  }
  const one = kept.get(of);
  if (call === "free") kept.delete(of);
  return typeof one[call] === "function" ? one[call](...values) : one[call];
}

self.onmessage = async ({ data: { id, ...asked } }) => {
  try {
    await ready;
    self.postMessage({ id, ...sent(run(id, asked)) });
  } catch ({ name, message, code }) {
    self.postMessage({ id, error: { name, message, code } });
  }
};
