// <clw-form> where there is no page: importing it on a server is harmless, and its exports can be used.
import * as clw from "./score.node.js";
import { define } from "./form/element.js";

export { toFhir } from "./form/fhir.js";
export { english } from "./form/messages.js";
export { shipped } from "./form/wording.js";

export const ClwForm = define(clw);
