// Runs in a Web Worker, for `startWorker` of clw/all/worker.
import init, * as clw from "../dist/all.js";
import { load } from "./load.js";
import { serve } from "./remote.js";

serve(clw, load(init, "all.wasm"));
