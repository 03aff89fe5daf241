// What a page and the library in a Web Worker say to one another.

/** What every build can ask of an evaluation. */
export const evaluation = ["toJson", "toObject", "findings", "people", "summary", "reportHtml", "merge", "free"];

const refused = (message, code, name = "ClwError") => Object.assign(new Error(message), { name, code });

/** What is in the worker goes by its number. */
const numbered = (value) => (Array.isArray(value) ? value.map(numbered) : value?.handle ? { handle: value.handle } : value);

export const listed = (values) => (values?.[Symbol.iterator] && typeof values !== "string" ? [...values] : values);

/**
 * The page's side: `ask` calls a function in the worker, or a method of what stayed there. `methods` are those
 * of what each call leaves there.
 */
export function connect(worker, methods) {
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
  const calls = {
    dryRun: withProgress("dryRun"),
    evaluate: withProgress("evaluate"),
    guessMapping: (files) => ask("guessMapping", undefined, [listed(files)]),
    terminate: () => {
      worker.terminate();
      giveUp("the worker was ended before it answered; start another", "stopped");
    },
  };
  return { ask, calls };
}

/** The worker's side: records are read and evaluations kept here; texts and plain objects leave. */
export function serve(clw, ready) {
  const kept = new Map();
  const stay = [clw.Evaluation, clw.DisclosedEvaluation, clw.National].filter(Boolean);
  let last = 0;

  /** An evaluation stays here and goes by a number. */
  function sent(result) {
    if (!stay.some((kind) => result instanceof kind)) return { result };
    kept.set(++last, result);
    return { handle: last };
  }

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
    } catch ({ name, message, code = "worker-failed", about }) {
      self.postMessage({ id, error: { name, message, code, about } });
    }
  };
}
