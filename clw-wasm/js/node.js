// The entry for Node: reads the module from disk, so that importing is all the set-up there is.
import { readFileSync } from "node:fs";
import { initSync } from "../dist/clw.js";

initSync({ module: readFileSync(new URL("../dist/clw_bg.wasm", import.meta.url)) });

export * from "./api.js";
