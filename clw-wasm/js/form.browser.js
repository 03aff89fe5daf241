// <clw-form> in the browser, over the small build: importing this module defines the element.
import * as clw from "./score.browser.js";
import { define } from "./form/element.js";

export { toFhir } from "./form/fhir.js";
export { english } from "./form/messages.js";
export { shipped } from "./form/wording.js";

export const ClwForm = define(clw);
