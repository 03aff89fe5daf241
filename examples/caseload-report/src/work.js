// Asks the worker, and shows how far it is.
import source from "worker-source";
import { find } from "./dom.js";

const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
const waiting = new Map();
let asked = 0;

worker.onmessage = ({ data: { id, result, error, progress } }) => {
  if (progress !== undefined) {
    find("#progress").value = progress;
    return;
  }
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  find("#busy").hidden = waiting.size === 0;
  if (error === undefined) resolve(result);
  else reject(new Error(error));
};

/** The answer of the worker; meanwhile the page says what is being done. */
export function work(call, given, doing) {
  const bar = find("#progress");
  bar.removeAttribute("value");
  find("#doing").textContent = doing;
  find("#busy").hidden = false;
  const id = (asked += 1);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, call, given });
  });
}
