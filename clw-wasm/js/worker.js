// The library in a Web Worker, so that a page stays quick while files are read.
import { connect, evaluation } from "./remote.js";

export function startWorker(
  worker = new Worker(new URL("./worker-script.js", import.meta.url), { type: "module" }),
) {
  return connect(worker, { evaluate: evaluation, merge: evaluation }).calls;
}
