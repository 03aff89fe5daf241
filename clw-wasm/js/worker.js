// The whole library in a Web Worker, so that a page stays quick while files are read.

const evaluation = [
  "toJson", "toObject", "findings", "people", "summary", "reportHtml", "charts", "merge", "disclosed", "returnJson", "free",
];
const disclosed = ["toJson", "toObject", "reportHtml", "csv", "charts", "free"];
const national = ["toJson", "toObject", "evaluation", "free"];
const methods = { evaluate: evaluation, fromJson: evaluation, merge: evaluation, evaluation, disclosed, national };

export function startWorker(
  worker = new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" }),
) {
  const waiting = new Map();
  let last = 0;

  worker.onmessage = ({ data: { id, progress, error, result, handle } }) => {
    const asked = waiting.get(id);
    if (progress) return asked.onProgress?.(...progress);
    waiting.delete(id);
    if (error) asked.reject(Object.assign(new Error(error.message), error));
    else asked.resolve(handle === undefined ? result : remote(handle, methods[asked.call]));
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(`the worker failed: ${message}`));
    waiting.clear();
  };

  function ask(call, of, given, onProgress) {
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { call, onProgress, resolve, reject });
      worker.postMessage({ id, call, of, given });
    });
  }

  function remote(handle, names) {
    const method = (name) => [name, (...given) => ask(name, handle, given.map((value) => (value?.handle ? { handle: value.handle } : value)))];
    return { handle, ...Object.fromEntries(names.map(method)) };
  }

  const withProgress = (call) => ({ onProgress, ...source }) => ask(call, undefined, [source], onProgress);
  return {
    addInstrument: (definition) => ask("addInstrument", undefined, [definition]),
    dryRun: withProgress("dryRun"),
    evaluate: withProgress("evaluate"),
    guessMapping: (files) => ask("guessMapping", undefined, [[...files]]),
    evaluationFromJson: (text) => ask("fromJson", undefined, [text]),
    national: (returns) => ask("national", undefined, [returns]),
    terminate: () => worker.terminate(),
  };
}
