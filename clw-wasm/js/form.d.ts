import type { Answer, FormCheck, Instrument, MeasureScore, PersonChange } from "../dist/score.js";

/** The words of one question. */
export interface ItemWording {
  text?: string;
  /** Stands under the question, in place of what the ends mean. */
  hint?: string;
  /** What the lowest and the highest code mean. */
  ends?: [lowest: string, highest: string];
  /** The words for its codes; with them the choices stand below each other. */
  options?: Record<number, string>;
}

/** A questionnaire's own words, by the ids of its definition. */
export interface Wording {
  title?: string;
  introduction?: string;
  items?: Record<string, ItemWording>;
  /** The words for the codes of all items. */
  options?: Record<number, string>;
  ends?: [lowest: string, highest: string];
  measures?: Record<string, string>;
  bandSets?: Record<string, string>;
  bands?: Record<string, string>;
  changeRules?: Record<string, string>;
  /** Whose the words are and by what licence they are shown. */
  licence?: string;
}

/** The form's own sentences; `{name}` is filled in. */
export type Messages = typeof english;

/** The form's sentences in English, to be translated from. */
export declare const english: Record<
  | "required" | "topicsOnly" | "notAsked" | "ends" | "entry" | "notApplicable" | "errorsTitle" | "errorPrefix"
  | "error-blank" | "error-not-applicable" | "error-out-of-range" | "error-not-an-answer"
  | "submit" | "partial" | "savedHere" | "restored" | "notRestored" | "notSaved" | "forget" | "forgotten"
  | "resultTitle" | "edit" | "score" | "higher-is-better" | "lower-is-better" | "band" | "raw" | "notScored"
  | "now" | "earlier" | "on" | "change-improved" | "change-worse" | "change-same"
  | "reliable-improved" | "reliable-deteriorated" | "reliable-unchanged" | "noChange" | "noChangeRule",
  string
>;

/** The words that come with the library, by instrument, each with its licence. */
export declare const shipped: Record<string, Wording>;

/** A finished form. */
export interface FinishedForm {
  instrument: string;
  version: string;
  /** When it was finished, as an ISO 8601 instant. */
  completed: string;
  /** The answer to each item; null where it was left out. */
  answers: Record<string, Answer>;
  measures: MeasureScore[];
  /** The change since last time, of each measure scored both times; or why there is none. */
  previous?: { date?: string; changes: PersonChange[]; problem?: FormProblem["code"] };
}

/** A form that is not finished, as `toFhir` takes it: without scores. */
export interface HalfFilledForm extends Omit<FinishedForm, "completed" | "measures" | "previous"> {
  /** When it was last changed, as an ISO 8601 instant. */
  changed: string;
}

/** Last time: a form finished then, or its answers and its date, a text as it is to be read. */
export type PreviousForm =
  | FinishedForm
  | { answers: Answer[] | Record<string, Answer>; date?: string | Date; instrument?: string | Instrument; version?: string };

/** What stands in the way of the form, or of a change since last time. */
export interface FormProblem {
  code:
    | "no-instrument" | "no-wording" | "unreadable-words" | "wrong-words" | "wrong-attribute" | "unreadable"
    | "kept-of-another-version" | "not-kept"
    | "previous-of-another-questionnaire" | "previous-of-another-version" | "previous-unreadable"
    // Codes of the library, such as `unknown-instrument`.
    | (string & {});
  /** What is wrong, in English, for whoever made the page. */
  message: string;
}

export interface FhirOptions {
  /** The address under which the programme's own codes stand; `urn:clw` unless given. */
  system?: string;
  subject?: FhirReference;
  author?: FhirReference;
  encounter?: FhirReference;
}

export interface FhirReference {
  reference?: string;
  identifier?: { system?: string; value?: string };
  display?: string;
}

/** A FHIR R4 bundle of type `collection`: the QuestionnaireResponse, then its Observations. */
export interface FhirBundle {
  resourceType: "Bundle";
  type: "collection";
  timestamp: string;
  entry: { fullUrl: string; resource: { resourceType: "QuestionnaireResponse" | "Observation"; [field: string]: unknown } }[];
}

/** A form as FHIR, where there is no element at hand; a half-filled one is in progress and has no Observation. */
export declare function toFhir(
  form: FinishedForm | HalfFilledForm,
  instrument: Instrument,
  wording: Wording,
  options?: FhirOptions,
): FhirBundle;

/** The attributes and properties of `<clw-form>`, described in README.md, and its events as JSX names them. */
export interface ClwFormProps extends Partial<Pick<ClwForm, "answers" | "messages" | "previous" | "wording">>, ClwFormHandlers {
  instrument: string;
  "save-as"?: string | undefined;
  "save-days"?: number | undefined;
  topics?: boolean | undefined;
  partial?: boolean | undefined;
  result?: "hidden" | undefined;
  "change-rule"?: string | undefined;
}

type ClwFormHandlers = { [Type in keyof ClwFormEvents as `on${Type}`]?: ((event: ClwFormEvents[Type]) => void) | undefined };

/** `<clw-form>`. */
export declare class ClwForm extends HTMLElement {
  wording: Wording;
  messages: Partial<Messages>;
  previous: PreviousForm | undefined;
  /** In form order; a record by the ids of the items is taken too. */
  get answers(): Answer[];
  set answers(answers: Iterable<Answer> | Record<string, Answer>);
  /** The attribute of the same name. */
  instrument: string;
  /** The questionnaire, as the library knows it. */
  readonly questionnaire: Instrument | undefined;
  /** How far the form is filled in. */
  check(): FormCheck;
  /** Finishes the form and is true, or says what is missing and is false. */
  submit(options?: { partial?: boolean }): boolean;
  /** Empties the form and removes what was kept of it. */
  reset(): void;
  toJSON(): FinishedForm | undefined;
  /** In progress until the form is finished; undefined where there is no questionnaire. */
  toFhir(options?: FhirOptions): FhirBundle | undefined;
}

export interface ClwFormEvents {
  "clw-change": CustomEvent<FormCheck & { item: string; answer: Answer; answers: Answer[] }>;
  "clw-complete": CustomEvent<FinishedForm>;
  "clw-edit": CustomEvent<FormCheck>;
  "clw-invalid": CustomEvent<FormCheck>;
  "clw-problem": CustomEvent<FormProblem>;
  "clw-restored": CustomEvent<{ answers: Answer[]; saved: Date }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "clw-form": ClwForm;
  }
  // They bubble out of shadow roots, so that a document or window hears them too.
  interface GlobalEventHandlersEventMap extends ClwFormEvents {}
}
