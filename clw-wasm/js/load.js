// Starts a module, or says to whoever serves the page what stands in its way.
export async function load(init, file) {
  try {
    return await init();
  } catch (error) {
    const remedy = `serve the file itself as application/wasm beside its script, and allow 'wasm-unsafe-eval' where there is a content security policy`;
    const message = `\`${file}\` was not loaded: ${error?.message ?? error}; ${remedy}`;
    throw Object.assign(new Error(message, { cause: error }), { name: "ClwError", code: "module-not-loaded" });
  }
}
