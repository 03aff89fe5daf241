// The entry for browsers and bundlers: the module loads beside this file, and nothing leaves the page.
import init from "../dist/clw.js";

await init({ module_or_path: new URL("../dist/clw_bg.wasm", import.meta.url) });

export * from "./api.js";
