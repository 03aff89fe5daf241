// In place of the module until `init` has ended: what is called before is refused in words and with a code.
const unready = new Proxy({}, {
  get() {
    const message = "the library is called before its module is loaded; await `init()` first, or import an entry that is ready by itself";
    throw Object.assign(new Error(message), { name: "ClwError", code: "not-loaded" });
  },
});
let wasmModule, wasmInstance, wasm = unready;
