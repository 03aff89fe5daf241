// What every entry offers, once the module is ready.
export { instrument, instruments, score, scoreJson, version } from "../dist/clw.js";
