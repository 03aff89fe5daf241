// <clw-form>: asks one questionnaire, scores it in the page, and tells the page by events.
import { h, keptFocus, write } from "./dom.js";
import { changesSince, readEarlier } from "./earlier.js";
import { toFhir } from "./fhir.js";
import { answerOf, coded, laidOver, mustBeWorded, textOf } from "./given.js";
import { english, englishOn, say } from "./messages.js";
import { showProblems } from "./problems.js";
import { question } from "./questions.js";
import { measureResult } from "./result.js";
import { canKeep, forget, keep, kept } from "./saved.js";
import { css } from "./style.js";
import { shipped } from "./wording.js";
import { mustBeAttributes, mustBeWords } from "./words.js";

// On a server there are no elements; importing there is harmless.
const Base = globalThis.HTMLElement ?? class {};
const defaultDays = 7;

/** Defines the element over one build of the library; another copy of it may have come first. */
export function define(clw) {
  const ClwForm = formElement(clw);
  if (globalThis.customElements && !customElements.get("clw-form")) customElements.define("clw-form", ClwForm);
  return ClwForm;
}

/** The language of a page as the browser formats by it; `en_GB` and the like stand in many templates. */
function localeOf(lang) {
  try {
    return Intl.getCanonicalLocales(lang.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

const formElement = (clw) =>
  class ClwForm extends Base {
    static observedAttributes = "instrument lang topics save-as save-days partial result change-rule".split(" ");

    #root;
    #wording;
    #messages;
    #previous;
    #questionnaire;
    #answers = [];
    #answersGiven = false;
    #restored;
    #ofVersion;
    #unkept = false;
    #completed;
    #asked = false;
    #waiting = false;
    #given = {};
    #problem;
    #reported;

    constructor() {
      super();
      this.#root = this.attachShadow({ mode: "open" });
    }

    /** A sheet is of one document: in a frame, and back from there, the form has none. */
    #styled() {
      if (this.#root.adoptedStyleSheets.length > 0) return;
      const sheet = new this.ownerDocument.defaultView.CSSStyleSheet();
      sheet.replaceSync(css);
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      this.#styled();
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
      if (before === after) return;
      if (name === "instrument") {
        this.#questionnaire = undefined;
        this.#asked = false;
        // The answers to another questionnaire are none of this one's.
        if (before !== null) this.#empty();
      }
      // A form saved under another name is somebody else's; what the page fills in with the name is theirs.
      if (name === "save-as" && before !== null && after !== null && !this.#answersGiven) this.#empty();
      this.#later();
    }

    /** The questionnaire's own words; what is left out is as shipped, or the topic of the item. */
    get wording() {
      return laidOver(laidOver(shipped[this.questionnaire?.id], this.#inPage().wording), this.#wording);
    }
    set wording(wording) {
      if (this.#isAsBefore("wording", wording)) return;
      this.#wording = wording;
      this.#later();
    }

    /** The form's own sentences; what is left out is English. */
    get messages() {
      return laidOver(laidOver(english, this.#inPage().messages), this.#messages);
    }
    set messages(messages) {
      if (this.#isAsBefore("messages", messages)) return;
      this.#messages = messages;
      this.#later();
    }

    /** The last time: a form that was finished then, or `{ answers, date }` with the date as it is to be read. */
    get previous() {
      return this.#previous;
    }
    set previous(previous) {
      if (this.#isAsBefore("previous", previous)) return;
      this.#previous = previous;
      this.#reported = undefined;
      this.#later();
    }

    /** One answer for each item in form order; null where there is none. A record by item is taken too. */
    get answers() {
      return Array.isArray(this.#answers) ? [...this.#answers] : this.#listed(this.#answers);
    }
    set answers(answers) {
      const byItem = typeof answers === "object" && answers !== null && !answers[Symbol.iterator];
      const given = byItem ? this.#listed(answers) : Array.from(answers ?? [], answerOf);
      if (textOf(given) === textOf(this.#answers)) return;
      this.#empty();
      this.#answers = given;
      this.#answersGiven = true;
      this.#later();
    }

    #empty() {
      this.#answers = [];
      this.#restored = undefined;
      this.#ofVersion = undefined;
      this.#completed = undefined;
    }

    /** A record as a list; as it is where an item is foreign or the questionnaire not known, which is said when it is drawn. */
    #listed(record) {
      const items = this.questionnaire?.items ?? [];
      const ids = items.map(({ id }) => id);
      if (!Object.keys(record).every((id) => ids.includes(id))) return { ...record };
      return ids.map((id) => answerOf(record[id]));
    }

    /** The name of the questionnaire; the attribute of the same name. */
    get instrument() {
      return this.getAttribute("instrument");
    }
    set instrument(name) {
      if (name === undefined || name === null) this.removeAttribute("instrument");
      else this.setAttribute("instrument", name);
    }

    /** The questionnaire, as the library knows it; undefined where it knows none of the name. */
    get questionnaire() {
      try {
        return this.#known();
      } catch {
        return undefined;
      }
    }

    /** How far the form is filled in, as the library sees it. */
    check() {
      return clw.check(this.instrument, this.#answers);
    }

    /** The finished form as a plain object; undefined until it is finished. */
    toJSON() {
      return this.#completed;
    }

    /**
     * The form as a FHIR R4 bundle: a QuestionnaireResponse and its Observations; while it is half-filled, the
     * response alone, in progress. Undefined where there is no questionnaire.
     */
    toFhir(options = {}) {
      const { questionnaire } = this;
      return questionnaire && toFhir(this.#completed ?? this.#halfFilled(), questionnaire, this.wording, options);
    }

    /** What was answered so far; what cannot be an answer is none. */
    #halfFilled() {
      const { id, version, items } = this.questionnaire;
      const given = this.answers.length === 0 ? items.map(() => null) : this.answers;
      const wrong = clw.check(this.instrument, given).problems.map((problem) => problem.id);
      const answers = items.map(({ id }, index) => [id, wrong.includes(id) ? null : given[index]]);
      return { instrument: id, version, changed: new Date().toISOString(), answers: Object.fromEntries(answers) };
    }

    /** Does what the button does: finishes the form, or says what is missing. */
    submit({ partial = false } = {}) {
      if (this.#waiting || !this.#root.hasChildNodes()) this.#draw();
      if (this.#problem) {
        this.#tell("clw-problem", this.#problem);
        return false;
      }
      const check = this.check();
      if (check.state === "invalid" || (check.state === "incomplete" && !partial)) {
        this.#asked = true;
        const summary = this.#root.querySelector(".summary");
        // Read out when the form is to be finished, not at every answer after that.
        summary.setAttribute("role", "alert");
        this.#showProblems(check);
        summary.focus();
        this.#tell("clw-invalid", check);
        return false;
      }
      this.#completed = this.#finished();
      this.#forget();
      this.#showResult();
      this.#root.getElementById("result-title")?.focus();
      this.#tell("clw-complete", this.#completed);
      return true;
    }

    /** Empties the form and removes what was kept of it. */
    reset() {
      this.#forget();
      this.#asked = false;
      this.#empty();
      this.#draw();
    }

    #forget() {
      const { questionnaire } = this;
      this.#ofVersion = undefined;
      if (questionnaire && this.hasAttribute("save-as")) forget(this.getAttribute("save-as"), questionnaire);
    }

    #known() {
      if (!this.instrument) throw coded("no-instrument", 'The attribute `instrument` is missing, such as "ons4".');
      return (this.#questionnaire ??= clw.instrument(this.instrument));
    }

    /** Whether a property is given what it has, as a page that is drawn anew gives it each time. */
    #isAsBefore(name, value) {
      const before = this.#given[name];
      this.#given[name] = textOf(value);
      return this.#given[name] === before;
    }

    /** What a `<script type="application/json">` inside the element holds. */
    #inPage() {
      const script = this.querySelector(':scope > script[type="application/json"]');
      try {
        return (script && JSON.parse(script.textContent)) ?? {};
      } catch (error) {
        return { unreadable: coded("unreadable-words", `The words inside the element are no JSON: ${error.message}.`) };
      }
    }

    #format = (number) => new Intl.NumberFormat(this.#language(), { maximumFractionDigits: 2 }).format(number);

    /** "1 day", "7 days", as the language has it. */
    #inDays(days) {
      return new Intl.NumberFormat(this.#language(), { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
    }

    #longDate(date) {
      return new Intl.DateTimeFormat(this.#language(), { dateStyle: "long" }).format(date);
    }

    #language() {
      let lang = "";
      for (let at = this; at && !lang; at = at.getRootNode().host) lang = at.closest("[lang]")?.lang ?? "";
      return localeOf(lang);
    }

    /** Says of a text that it stayed English: of sentences, and of the words that come with the library. */
    #english() {
      const { id, title, measures } = this.questionnaire ?? {};
      const own = shipped[id] && [shipped[id], title, measures.map(({ label }) => label)];
      return englishOn(this.#language(), own);
    }

    #tell(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    }

    /** Draws once, however many attributes and properties are set together. */
    #later() {
      if (this.#waiting) return;
      this.#waiting = true;
      queueMicrotask(() => {
        if (this.#waiting && this.isConnected) this.#draw();
        this.#waiting = false;
      });
    }

    /** Draws the form, or one line that says why it cannot be asked. */
    #draw() {
      this.#waiting = false;
      this.#answersGiven = false;
      const refocus = keptFocus(this.#root);
      try {
        this.#problem = undefined;
        this.#render();
      } catch ({ code = "unreadable", message }) {
        this.#problem = { code, message };
        const reason = h("p", { class: "hint small", lang: "en" }, message);
        const { notAsked } = this.messages;
        const said = h("p", { lang: this.#english()(notAsked) }, notAsked);
        this.#root.replaceChildren(h("div", { class: "problem", part: "problem" }, said, reason));
      }
      refocus();
      this.#report(this.#problem ?? this.#earlier()?.problem);
    }

    #render() {
      const inPage = this.#inPage();
      if (inPage.unreadable) throw inPage.unreadable;
      const { items, title, rights } = this.#known();
      mustBeAttributes(this, this.questionnaire);
      mustBeWords(inPage, this.questionnaire);
      mustBeWords({ wording: this.#wording, messages: this.#messages }, this.questionnaire);
      const { wording, messages } = this;
      const lang = this.#english();
      if (!this.hasAttribute("topics")) mustBeWorded({ items, rights }, wording);
      const worded = rights.wording === "shipped" || items.every(({ id }) => wording.items?.[id]?.text);
      this.#restore(items);
      const check = this.check();
      const [format, answers] = [this.#format, this.#answers];
      // Whether the mark may be given is the library's to say.
      const marked = clw.check(this.instrument, items.map(() => "not-applicable")).problems;
      const notApplicable = ({ id }) => !marked.some((problem) => problem.id === id);
      this.#root.replaceChildren(
        h(
          "form",
          { novalidate: true, part: "form", onsubmit: (event) => this.#submitted(event) },
          h("div", { id: "summary", class: "summary", tabindex: "-1", hidden: true }),
          h("h2", { lang: lang(wording.title ?? title) }, wording.title ?? title),
          wording.introduction && h("p", { lang: lang(wording.introduction) }, wording.introduction),
          !this.hasAttribute("partial") && h("p", { class: "hint", lang: lang(messages.required) }, messages.required),
          !worded && h("p", { lang: lang(messages.topicsOnly) }, messages.topicsOnly),
          this.hasAttribute("save-as") && this.#savedNote(),
          items.map((item, index) =>
            question({
              ...{ item, number: index + 1, wording, messages, lang, format, answer: answers[index] },
              notApplicable: notApplicable(item),
              answered: (answer) => this.#answered(index, answer),
            }),
          ),
          h("div", { class: "actions" }, h("button", { id: "finish", type: "submit", lang: lang(messages.submit) }, messages.submit)),
          h("slot", { name: "help" }),
          wording.licence && h("p", { class: "hint small", lang: lang(wording.licence) }, wording.licence),
        ),
        h("div", { class: "result", part: "result", hidden: true }),
      );
      if (this.#asked) this.#showProblems(check);
      if (this.#completed) this.#showResult();
    }

    /** Tells the page of a problem once, not at every drawing. */
    #report(problem) {
      const told = this.#reported;
      this.#reported = problem?.message;
      if (problem && problem.message !== told) this.#tell("clw-problem", problem);
    }

    #restore(items) {
      const key = this.getAttribute("save-as");
      if (key !== null && !this.#unkept && !canKeep()) this.#keeps(false);
      if (!Array.isArray(this.#answers)) this.#answers = this.#listed(this.#answers);
      if (!Array.isArray(this.#answers) || this.#answers.length > 0) return;
      this.#answers = items.map(() => null);
      const entry = key === null ? undefined : kept(key, this.questionnaire);
      if (entry?.ofVersion) this.#notRestored(key, entry.ofVersion);
      if (!entry?.answers) return;
      this.#answers = entry.answers;
      this.#restored = new Date(entry.saved);
      queueMicrotask(() => this.#tell("clw-restored", { answers: this.answers, saved: this.#restored }));
    }

    #notRestored(key, version) {
      this.#ofVersion = version;
      const message = `the answers kept as \`${key}\` are of version ${version}, the form of ${this.questionnaire.version}; they were removed and have to be given again`;
      queueMicrotask(() => this.#tell("clw-problem", { code: "kept-of-another-version", message }));
    }

    /** Tells the page when the browser stops keeping answers, not at each of them. */
    #keeps(kept) {
      if (this.#unkept === !kept) return false;
      this.#unkept = !kept;
      const message = "the browser keeps no answers, as its storage is refused or full; a half-filled form is lost on leaving";
      if (!kept) queueMicrotask(() => this.#tell("clw-problem", { code: "not-kept", message }));
      return true;
    }

    #writeSaved(note) {
      const { messages } = this;
      if (this.#unkept) return write(note, messages.notSaved, this.#english()(messages.notSaved));
      const restored = this.#restored && say(messages, "restored", { date: this.#longDate(this.#restored) });
      const here = say(messages, "savedHere", { days: this.#inDays(this.#days()) });
      const all = [this.#ofVersion ? messages.notRestored : restored, here].filter(Boolean);
      return write(note, all.join(" "), this.#english()(messages.savedHere));
    }

    #savedNote() {
      const emptied = () => {
        this.reset();
        const note = this.#root.querySelector(".saved p");
        write(note, this.messages.forgotten, this.#english()(this.messages.forgotten));
        note.focus();
      };
      const note = h("p", { id: "kept", class: "hint small", tabindex: "-1", role: "status" });
      this.#writeSaved(note);
      return h("div", { class: "saved" }, note, this.#restored && this.#actions("forget", emptied));
    }

    #actions(name, onclick) {
      const text = this.messages[name];
      const button = h("button", { id: name, type: "button", lang: this.#english()(text), onclick }, text);
      return h("div", { class: "actions" }, button);
    }

    #days() {
      const days = Number(this.getAttribute("save-days"));
      return days > 0 ? days : defaultDays;
    }

    #answered(index, answer) {
      this.#answers[index] = answer;
      this.#completed = undefined;
      const key = this.getAttribute("save-as");
      if (key !== null && this.#keeps(keep(key, this.questionnaire, this.#answers, this.#days()))) {
        this.#writeSaved(this.#root.querySelector(".saved p"));
      }
      const check = this.check();
      this.#root.querySelector(".summary").removeAttribute("role");
      if (this.#asked) this.#showProblems(check);
      const item = this.questionnaire.items[index].id;
      this.#tell("clw-change", { item, answer, answers: this.answers, ...check });
    }

    #submitted(event) {
      event.preventDefault();
      this.submit();
    }

    #showProblems(check) {
      const { messages, questionnaire } = this;
      const finishPartial = this.hasAttribute("partial") && (() => this.submit({ partial: true }));
      const asked = { items: questionnaire.items, answers: this.#answers, lang: this.#english(), format: this.#format };
      showProblems(this.#root, { check, messages, finishPartial, ...asked });
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
      const lang = this.#english();
      const result = this.#root.querySelector(".result");
      const heading = h("h2", { id: "result-title", tabindex: "-1", lang: lang(messages.resultTitle) }, messages.resultTitle);
      const edit = () => {
        this.#completed = undefined;
        this.#draw();
        this.#root.querySelector("input").focus();
        this.#tell("clw-edit", this.check());
      };
      result.replaceChildren(
        heading,
        ...measures.map((entry, index) =>
          measureResult({
            ...{ entry, wording, messages, lang, format: this.#format, measure: questionnaire.measures[index] },
            change: previous?.changes.find(({ measure }) => measure === entry.measure),
            previousDate: previous?.date,
            rtl: getComputedStyle(this).direction === "rtl",
            ...{ items: questionnaire.items, changeRule: this.getAttribute("change-rule") },
          }),
        ),
        ...(previous?.problem ? [h("p", { class: "hint", lang: lang(messages.noChange) }, messages.noChange)] : []),
        this.#actions("edit", edit),
      );
      this.#root.querySelector("form").hidden = true;
      result.hidden = false;
    }
  };
