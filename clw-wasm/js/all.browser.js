// The entry for bundlers and for pages that import by address: ready as soon as it is imported. The
// module loads from beside this package's glue, and nothing leaves the page.
import init from "../dist/all.js";
import { load } from "./load.js";

await load(init, "all.wasm");

export * from "../dist/all.js";
