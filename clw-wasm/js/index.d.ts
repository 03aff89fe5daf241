export { version } from "../dist/clw.js";
