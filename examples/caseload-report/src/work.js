// Asks the worker, shows how far it is, and stops it where that is wished.
import source from "worker-source";
import { find } from "./dom.js";

const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
let worker = started();
let waiting;

/** What was asked is not wanted any more. */
export class Stopped extends Error {}

function started() {
  const worker = new Worker(address);
  worker.onmessage = ({ data: { result, error, progress } }) => {
    if (progress !== undefined) find("#progress").value = progress;
    else if (error === undefined) waiting.resolve(result);
    else waiting.reject(Object.assign(new Error(error.message), error));
  };
  return worker;
}

find("#stop").addEventListener("click", () => {
  worker.terminate();
  worker = started();
  waiting.reject(new Stopped());
});

/** Nothing can be changed while the worker reads, so that its answer is to what is seen. */
function busy(working) {
  find("#busy").hidden = !working;
  for (const section of document.querySelectorAll("main > section")) section.inert = working;
}

export const isBusy = () => !find("#busy").hidden;

/** The answer of the worker; meanwhile the page says what is being done. */
export async function work(call, given, doing) {
  const focused = document.activeElement;
  find("#progress").removeAttribute("value");
  find("#doing").textContent = "";
  busy(true);
  // A change of what is there already is read out.
  requestAnimationFrame(() => (find("#doing").textContent = doing));
  try {
    return await new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      worker.postMessage({ call, given });
    });
  } finally {
    busy(false);
    focused?.focus();
  }
}
