export * from "../dist/all.js";

/** Where the module comes from: its address, the response to a request for it, its bytes or the compiled module. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Makes the functions of this entry ready. Without a source, the module is fetched from beside this
 * package's glue. Once ready, further calls do nothing.
 */
export default function init(options?: {
  module_or_path: ModuleSource | Promise<ModuleSource>;
}): Promise<unknown>;

/** Makes the functions ready at once, from bytes or a compiled module that are at hand. */
export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
