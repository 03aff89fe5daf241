// Runs in a Web Worker, for `startWorker` of clw/worker.
import init, * as clw from "../dist/clw.js";
import { load } from "./load.js";
import { serve } from "./remote.js";

serve(clw, load(init, "clw.wasm"));
