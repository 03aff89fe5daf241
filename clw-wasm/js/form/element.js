// <clw-form>: asks one questionnaire, scores it in the page, and tells the page by events.
import { h } from "./dom.js";
import { changesSince, readEarlier } from "./earlier.js";
import { toFhir } from "./fhir.js";
import { english, say } from "./messages.js";
import { question } from "./questions.js";
import { measureResult } from "./result.js";
import { forget, keep, kept } from "./saved.js";
import { css } from "./style.js";
import { shipped } from "./wording.js";

// On a server there are no elements; importing there is harmless.
const Base = globalThis.HTMLElement ?? class {};
const defaultDays = 7;

/** Defines the element over one build of the library; another copy of it may have come first. */
export function define(clw) {
  const ClwForm = formElement(clw);
  if (globalThis.customElements && !customElements.get("clw-form")) customElements.define("clw-form", ClwForm);
  return ClwForm;
}

const formElement = (clw) =>
  class ClwForm extends Base {
    static observedAttributes = ["instrument", "lang", "save-as", "save-days", "partial", "result", "change-rule"];

    #root;
    #wording;
    #messages;
    #previous;
    #questionnaire;
    #answers = [];
    #completed;
    #asked = false;
    #waiting = false;
    #reported;

    constructor() {
      super();
      this.#root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      // Properties given before the element was defined are read as if they were given now.
      for (const name of ["instrument", "wording", "messages", "previous", "answers"]) {
        if (!Object.hasOwn(this, name)) continue;
        const given = this[name];
        delete this[name];
        this[name] = given;
      }
      this.#later();
    }

    attributeChangedCallback(name, before, after) {
      if (name === "instrument" && before !== after) {
        this.#questionnaire = undefined;
        // The answers to another questionnaire are none of this one's.
        if (before !== null) this.answers = [];
      }
      this.#later();
    }

    /** The questionnaire's own words; what is left out is as shipped, or the topic of the item. */
    get wording() {
      return { ...shipped[this.questionnaire?.id], ...this.#inPage().wording, ...this.#wording };
    }
    set wording(wording) {
      this.#wording = wording;
      this.#later();
    }

    /** The form's own sentences; what is left out is English. */
    get messages() {
      return { ...english, ...this.#inPage().messages, ...this.#messages };
    }
    set messages(messages) {
      this.#messages = messages;
      this.#later();
    }

    /** The last time: a form that was finished then, or `{ answers, date }` with the date as it is to be read. */
    get previous() {
      return this.#previous;
    }
    set previous(previous) {
      this.#previous = previous;
      this.#reported = undefined;
      this.#later();
    }

    /** One answer for each item in form order; null where there is none. */
    get answers() {
      return [...this.#answers];
    }
    set answers(answers) {
      this.#answers = Array.from(answers ?? [], (answer) => answer ?? null);
      this.#completed = undefined;
      this.#later();
    }

    /** The name of the questionnaire; the attribute of the same name. */
    get instrument() {
      return this.getAttribute("instrument");
    }
    set instrument(name) {
      this.setAttribute("instrument", name);
    }

    /** The questionnaire, as the library knows it. */
    get questionnaire() {
      if (this.hasAttribute("instrument")) this.#questionnaire ??= clw.instrument(this.instrument);
      return this.#questionnaire;
    }

    /** How far the form is filled in, as the library sees it. */
    check() {
      return clw.check(this.instrument, this.#answers);
    }

    /** The finished form as a plain object; undefined until it is finished. */
    toJSON() {
      return this.#completed;
    }

    /** The finished form as a FHIR R4 bundle: a QuestionnaireResponse and its Observations. */
    toFhir(options = {}) {
      return this.#completed && toFhir(this.#completed, this.questionnaire, this.wording, options);
    }

    /** Does what the button does: finishes the form, or says what is missing. */
    submit({ partial = false } = {}) {
      const check = this.check();
      if (check.state === "invalid" || (check.state === "incomplete" && !partial)) {
        this.#asked = true;
        this.#showProblems(check);
        this.#root.querySelector(".summary").focus();
        this.#tell("clw-invalid", check);
        return false;
      }
      this.#completed = this.#finished();
      if (this.hasAttribute("save-as")) forget(this.getAttribute("save-as"));
      this.#showResult();
      this.#tell("clw-complete", this.#completed);
      return true;
    }

    /** Empties the form and removes what was kept of it. */
    reset() {
      if (this.hasAttribute("save-as")) forget(this.getAttribute("save-as"));
      this.#asked = false;
      this.#completed = undefined;
      this.#answers = this.questionnaire.items.map(() => null);
      this.#render();
    }

    /** What a `<script type="application/json">` inside the element holds. */
    #inPage() {
      const script = this.querySelector(':scope > script[type="application/json"]');
      return script ? JSON.parse(script.textContent) : {};
    }

    #format = (number) => new Intl.NumberFormat(this.#language(), { maximumFractionDigits: 2 }).format(number);

    #longDate(date) {
      return new Intl.DateTimeFormat(this.#language(), { dateStyle: "long" }).format(date);
    }

    #language() {
      return this.closest("[lang]")?.lang || undefined;
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }

    /** Draws once, however many attributes and properties are set together. */
    #later() {
      if (this.#waiting) return;
      this.#waiting = true;
      queueMicrotask(() => {
        this.#waiting = false;
        if (this.isConnected && this.questionnaire) this.#render();
      });
    }

    #render() {
      const { items, title, rights } = this.questionnaire;
      const { wording, messages } = this;
      const entry = this.#restore(items);
      const worded = items.every(({ id }) => wording.items?.[id]?.text);
      const [format, answers] = [this.#format, this.#answers];
      // Whether the mark may be given is the library's to say.
      const marked = clw.check(this.instrument, items.map(() => "not-applicable")).problems;
      const notApplicable = ({ id }) => !marked.some((problem) => problem.id === id);
      this.#root.replaceChildren(
        h(
          "form",
          { novalidate: true, part: "form", onsubmit: (event) => this.#submitted(event) },
          h("div", { class: "summary", role: "alert", tabindex: "-1", hidden: true }),
          h("h2", {}, wording.title ?? title),
          wording.introduction && h("p", {}, wording.introduction),
          !this.hasAttribute("partial") && h("p", { class: "hint" }, messages.required),
          !worded && h("p", { class: "hint small" }, `${messages.topicsOnly} ${rights.licence}`),
          this.hasAttribute("save-as") && this.#savedNote(entry),
          items.map((item, index) =>
            question({
              ...{ item, number: index + 1, wording, messages, format, answer: answers[index] },
              notApplicable: notApplicable(item),
              answered: (answer) => this.#answered(index, answer),
            }),
          ),
          h("div", { class: "actions" }, h("button", { type: "submit" }, messages.submit)),
          h("slot", { name: "help" }),
          wording.licence && h("p", { class: "hint small" }, wording.licence),
        ),
        h("div", { class: "result", part: "result", hidden: true }),
      );
      if (this.#asked) this.#showProblems(this.check());
      if (this.#completed) this.#showResult();
      this.#report(this.#earlier()?.problem);
    }

    /** Tells the page of a problem once, not at every drawing. */
    #report(problem) {
      const told = this.#reported;
      this.#reported = problem?.message;
      if (problem && problem.message !== told) this.#tell("clw-problem", problem);
    }

    #restore(items) {
      const untouched = this.#answers.length === 0;
      if (untouched) this.#answers = items.map(() => null);
      const key = this.getAttribute("save-as");
      const entry = untouched && key !== null ? kept(key, this.questionnaire) : undefined;
      if (entry) {
        this.#answers = entry.answers;
        queueMicrotask(() => this.#tell("clw-restored", { answers: this.answers, saved: new Date(entry.saved) }));
      }
      return entry;
    }

    #savedNote(entry) {
      const { messages } = this;
      const date = entry && this.#longDate(entry.saved);
      const emptied = () => {
        this.reset();
        const note = this.#root.querySelector(".saved p");
        note.textContent = messages.forgotten;
        note.focus();
      };
      return h(
        "div",
        { class: "saved" },
        h(
          "p",
          { class: "hint small", tabindex: "-1", role: "status" },
          entry && `${say(messages, "restored", { date })} `,
          say(messages, "savedHere", { days: this.#format(this.#days()) }),
        ),
        entry && h("div", { class: "actions" }, h("button", { type: "button", onclick: emptied }, messages.forget)),
      );
    }

    #days() {
      const days = Number(this.getAttribute("save-days"));
      return days > 0 ? days : defaultDays;
    }

    #answered(index, answer) {
      this.#answers[index] = answer;
      this.#completed = undefined;
      const key = this.getAttribute("save-as");
      if (key !== null && !keep(key, this.questionnaire, this.#answers, this.#days())) {
        this.#root.querySelector(".saved p").textContent = this.messages.notSaved;
      }
      const check = this.check();
      if (this.#asked) this.#showProblems(check);
      const item = this.questionnaire.items[index].id;
      this.#tell("clw-change", { item, answer, answers: this.answers, ...check });
    }

    #submitted(event) {
      event.preventDefault();
      this.submit({ partial: event.submitter?.name === "partial" });
    }

    /** Says each problem beside its question and in the summary, which links to the question. */
    #showProblems({ state, blank, problems }) {
      const { messages, questionnaire } = this;
      const errors = new Map();
      questionnaire.items.forEach(({ id, lowest, highest }, index) => {
        const code = blank.includes(id) ? "blank" : problems.find((problem) => problem.id === id)?.code;
        const [number, limits] = [this.#format(index + 1), [lowest, highest].map(this.#format)];
        const places = { number, lowest: limits[0], highest: limits[1], value: this.#answers[index] };
        const text = code && say(messages, `error-${code}`, places);
        if (text) errors.set(index + 1, text);
        this.#showError(index + 1, text);
      });
      const summary = this.#root.querySelector(".summary");
      summary.hidden = errors.size === 0;
      summary.replaceChildren(
        h("h2", {}, messages.errorsTitle),
        h("ul", {}, [...errors].map(([number, text]) => this.#errorLink(number, text))),
        ...(state === "incomplete" && this.hasAttribute("partial") ? [this.#partialButton()] : []),
      );
    }

    #errorLink(number, text) {
      const jump = (event) => {
        event.preventDefault();
        this.#root.querySelector(`#q${number} input`).focus();
      };
      return h("li", {}, h("a", { href: `#q${number}`, onclick: jump }, text));
    }

    #partialButton() {
      const finish = () => this.submit({ partial: true });
      return h("button", { type: "button", onclick: finish }, this.messages.partial);
    }

    #showError(number, text) {
      const question = this.#root.querySelector(`#q${number}`);
      const error = question.querySelector(".error");
      question.classList.toggle("invalid", text !== undefined);
      error.hidden = text === undefined;
      error.textContent = text === undefined ? "" : `${this.messages.errorPrefix} ${text}`;
      for (const input of question.querySelectorAll("input")) {
        if (text === undefined) input.removeAttribute("aria-invalid");
        else input.setAttribute("aria-invalid", "true");
      }
    }

    #finished() {
      const { measures } = clw.score(this.instrument, this.#answers);
      const { id, version, items } = this.questionnaire;
      const answers = Object.fromEntries(items.map((item, index) => [item.id, this.#answers[index]]));
      const finished = { instrument: id, version, completed: new Date().toISOString(), answers, measures };
      const earlier = this.#earlier();
      return earlier ? { ...finished, previous: changesSince(clw, this.instrument, earlier, measures) } : finished;
    }

    #earlier() {
      const longDate = (date) => this.#longDate(date);
      return readEarlier(clw, this.instrument, this.questionnaire, this.#previous, longDate);
    }

    #showResult() {
      if (this.getAttribute("result") === "hidden") return;
      const { wording, messages, questionnaire } = this;
      const { measures, previous } = this.#completed;
      const result = this.#root.querySelector(".result");
      const heading = h("h2", { tabindex: "-1" }, messages.resultTitle);
      const edit = () => {
        this.#completed = undefined;
        this.#render();
        this.#root.querySelector("input").focus();
      };
      result.replaceChildren(
        heading,
        ...measures.map((entry, index) =>
          measureResult({
            ...{ entry, wording, messages, format: this.#format, measure: questionnaire.measures[index] },
            change: previous?.changes.find(({ measure }) => measure === entry.measure),
            previousDate: previous?.date,
            rtl: getComputedStyle(this).direction === "rtl",
            ...{ items: questionnaire.items, changeRule: this.getAttribute("change-rule") },
          }),
        ),
        ...(previous?.problem ? [h("p", { class: "hint" }, messages.noChange)] : []),
        h("div", { class: "actions" }, h("button", { type: "button", onclick: edit }, messages.edit)),
      );
      this.#root.querySelector("form").hidden = true;
      result.hidden = false;
      heading.focus();
    }
  };
