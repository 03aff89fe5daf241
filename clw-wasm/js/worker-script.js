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

const refused = (message, code) => Object.assign(new Error(message), { name: "ClwError", code });

/** What goes by a number. */
function held(handle) {
  if (kept.has(handle)) return kept.get(handle);
  throw refused("the evaluation was freed, or is another worker's; keep it until it is used for the last time", "freed");
}

const meant = (value) => (Array.isArray(value) ? value.map(meant) : value?.handle ? held(value.handle) : value);

function run(id, { call, of, given }) {
  const values = given.map(meant);
  if (of === undefined) {
    if (call === "evaluate" || call === "dryRun") {
      values[0].onProgress = (read, total) => self.postMessage({ id, progress: [read, total] });
    }
    return call === "fromJson" ? clw.Evaluation.fromJson(...values) : clw[call](...values);
  }
  if (call === "free" && !kept.has(of)) return undefined;
  const one = held(of);
  if (call === "free") kept.delete(of);
  return typeof one[call] === "function" ? one[call](...values) : one[call];
}

self.onmessage = async ({ data: { id, ...asked } }) => {
  try {
    await ready;
    self.postMessage({ id, ...sent(run(id, asked)) });
  } catch ({ name, message, code = "worker-failed" }) {
    self.postMessage({ id, error: { name, message, code } });
  }
};
