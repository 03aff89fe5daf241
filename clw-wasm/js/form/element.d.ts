import type { ClwForm } from "../form.js";
import type { check, instrument, personChange, score } from "../../dist/score.js";

/** What the element asks of the library; both builds have it. */
export interface FormLibrary {
  check: typeof check;
  instrument: typeof instrument;
  personChange: typeof personChange;
  score: typeof score;
}

/** Defines `<clw-form>` over a build of the library, such as the whole one with instruments added to it. */
export declare function define(clw: FormLibrary): typeof ClwForm;
