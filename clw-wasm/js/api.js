// What every entry offers, once the module is ready.
export { version } from "../dist/clw.js";
