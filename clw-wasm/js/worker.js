// The whole library in a Web Worker, so that a page stays quick while files are read.

const evaluation = [
  "toJson", "toObject", "findings", "people", "summary", "reportHtml", "charts", "merge", "disclosed", "returnJson", "free",
];
const disclosed = ["toJson", "toObject", "reportHtml", "csv", "charts", "free"];
const national = ["toJson", "toObject", "evaluation", "free"];
const methods = { evaluate: evaluation, fromJson: evaluation, merge: evaluation, evaluation, disclosed, national };

const refused = (message, code, name = "ClwError") => Object.assign(new Error(message), { name, code });

/** What is in the worker goes by its number. */
const numbered = (value) => (Array.isArray(value) ? value.map(numbered) : value?.handle ? { handle: value.handle } : value);

const listed = (values) => (values?.[Symbol.iterator] && typeof values !== "string" ? [...values] : values);

export function startWorker(
  worker = new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" }),
) {
  const waiting = new Map();
  let last = 0;

  worker.onmessage = ({ data: { id, progress, error, result, handle } }) => {
    const asked = waiting.get(id);
    if (!asked) return;
    if (progress) return told(id, asked, progress);
    waiting.delete(id);
    if (error) asked.reject(Object.assign(new Error(error.message), error));
    else asked.resolve(handle === undefined ? result : remote(handle, methods[asked.call]));
  };
  const giveUp = (message, code) => {
    for (const { reject } of waiting.values()) reject(refused(message, code));
    waiting.clear();
  };
  worker.onerror = ({ message }) => giveUp(`the worker failed: ${message}`, "worker-failed");

  /** What `onProgress` throws is what was asked for in vain: it rejects with it. */
  function told(id, { onProgress, reject }, progress) {
    try {
      onProgress?.(...progress);
    } catch (thrown) {
      waiting.delete(id);
      reject(thrown);
    }
  }

  function ask(call, of, given, onProgress) {
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { call, onProgress, resolve, reject });
      try {
        worker.postMessage({ id, call, of, given: given.map(numbered) });
      } catch (error) {
        waiting.delete(id);
        reject(refused(`what was given cannot go to a worker: ${error.message}; give plain objects, texts, bytes and files`, "not-plain", "TypeError"));
      }
    });
  }

  function remote(handle, names) {
    const method = (name) => [name, (...given) => ask(name, handle, given.map((value) => (name === "disclosed" ? listed(value) : value)))];
    return { handle, ...Object.fromEntries(names.map(method)) };
  }

  const withProgress = (call) => async (given) => {
    if (typeof given !== "object" || given === null) throw refused("what was given is no object; give one with mapping and tables", "not-an-object", "TypeError");
    const { onProgress, ...source } = given;
    return ask(call, undefined, [source], onProgress);
  };
  return {
    addInstrument: (definition) => ask("addInstrument", undefined, [definition]),
    dryRun: withProgress("dryRun"),
    evaluate: withProgress("evaluate"),
    guessMapping: (files) => ask("guessMapping", undefined, [listed(files)]),
    evaluationFromJson: (text) => ask("fromJson", undefined, [text]),
    national: (returns) => ask("national", undefined, [listed(returns)]),
    terminate: () => {
      worker.terminate();
      giveUp("the worker was ended before it answered; start another", "stopped");
    },
  };
}
