// The rules of an evaluation, from the few choices that a programme has to make.
import { find, h } from "./dom.js";

const dueRules = {
  ended: {
    label: "Once the referral is closed, or four appointments were kept",
    rule: { rule: "any-of", rules: [{ rule: "closed" }, { rule: "attended-at-least", contacts: 4 }] },
  },
  everyone: { label: "From everybody who filled in a first one", rule: { rule: "everyone" } },
  weeks: { label: "Twelve weeks after the first one", rule: { rule: "days-since-baseline", days: 84 } },
};

export const untitled = "Caseload report";

/** What a person has answered, which stands whatever is understood of the files later. */
let answered = { instruments: new Map() };
export const forgetAnswers = () => (answered = { instruments: new Map() });
export function remember({ target: { id, name, type, value, checked } }) {
  if (name === "instrument") answered.instruments.set(value, checked);
  else answered[type === "radio" ? name : id] = value;
}

/** The questions about the plan. A plan that was dropped answers all but its title and day. */
export function planQuestions(instruments, plan, { named, found, today, closes }) {
  const due = answered.due ?? (closes ? "ended" : "everyone");
  const text = (id, label, type, value) =>
    h("label", { class: "field" }, h("span", {}, label), h("input", { id, type, value, required: true }));
  const choice = (type, name, value, label, checked) =>
    h("label", { class: "choice" }, h("input", { type, name, value, checked }), label);
  return [
    text("title", "Title of the report", "text", answered.title ?? plan?.title ?? untitled),
    text("as-of", "The day the records were taken; what comes later has not happened yet", "date", answered["as-of"] ?? plan?.["as-of"] ?? today),
    plan && h("p", {}, "All other rules are those of the saved plan."),
    !plan &&
      h(
        "fieldset",
        {},
        h("legend", {}, "Questionnaires"),
        instruments
          .filter(({ id }) => named.size === 0 || named.has(id))
          .map(({ id, title }) => choice("checkbox", "instrument", id, title, answered.instruments.get(id) ?? (named.has(id) || found.has(id)))),
      ),
    !plan &&
      h(
        "fieldset",
        {},
        h("legend", {}, "When a second form is expected"),
        Object.entries(dueRules).map(([id, { label }]) => choice("radio", "due", id, label, id === due)),
      ),
  ].filter(Boolean);
}

/** A plan that asks for every questionnaire, to see which of them the records have. */
export const planOfAll = (instruments, day) => ({
  title: untitled,
  "as-of": day,
  measures: instruments.map(({ id, measures: [{ id: measure }] }) => ({ instrument: id, measure })),
  pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "everyone" } },
});

/** The plan as the library takes it. */
export function chosenPlan(instruments, plan) {
  const heading = { title: find("#title").value, "as-of": find("#as-of").value };
  if (plan) return { ...plan, ...heading };
  const ticked = [...document.querySelectorAll('input[name="instrument"]:checked')].map(({ value }) => value);
  if (ticked.length === 0) throw new Error("No questionnaire is chosen; tick at least one.");
  const due = dueRules[find('input[name="due"]:checked').value].rule;
  const measures = instruments.filter(({ id }) => ticked.includes(id)).flatMap(measuresOf);
  // A call long after the end is no end of support.
  const end = { rule: "last-until-closure", days: 28 };
  return { ...heading, measures, pairing: { baseline: { rule: "first" }, "end-point": end, due } };
}

function measuresOf({ id, measures }) {
  return measures.map(({ id: measure, defaultBandSet, changeRules }) => ({
    instrument: id,
    measure,
    ...(defaultBandSet && { bands: defaultBandSet }),
    "change-rules": changeRules.filter(({ certainty }) => certainty !== "unverified").map(({ id }) => id),
  }));
}
