// What a heading can be taken as. The lists are made once and copied, so that files with very many headings stay light.
import { grouped, h, readable } from "./dom.js";
import { describing, fieldsByHeading, formFields, keys, labelOf, places, rowFields, tableFields } from "./fields.js";

// Of more forms in a row, a heading is offered those beside which it stands.
const mostForms = 12;
// The library takes no number beyond this for that of a question.
const mostQuestions = 99;

/** The choice of a field for each heading of a table. */
export function fieldsOffered(name, part, headings, instruments) {
  const { formsOf, fieldsOf, note } = name === "assessments" ? ofForms(part, headings, instruments) : { fieldsOf: () => tableFields(name) };
  const made = new Map();
  const list = (heading) => {
    const forms = formsOf?.(heading);
    const key = String(forms);
    if (!made.has(key)) {
      const option = (field) => h("option", { value: field }, labelOf(field));
      made.set(key, h("select", {}, h("option", { value: "" }, "Not used"), fieldsOf(forms).map(option)));
    }
    return made.get(key).cloneNode(true);
  };
  /** Shows a field as chosen, whether or not it is offered. */
  const show = (select, field = "") => {
    select.value = field;
    if (select.value === field) return;
    select.append(h("option", { value: field }, labelOf(field)));
    select.value = field;
  };
  const choice = (heading, field) => {
    const select = list(heading);
    select.setAttribute("aria-label", `${heading} is taken as`);
    show(select, field);
    return select;
  };
  return { note, choice, show };
}

/** The fields of a table of questionnaires: one form in each row, or several beside each other. */
function ofForms(part, headings, instruments) {
  const held = places(part).map(([field]) => field);
  // Where each questionnaire has questions of its own, these take the place of the numbered ones.
  const byTool = held.some((field) => /answers\.\D/.test(field));
  const asked = [...instruments.map(({ items }) => items.length), ...held.map((field) => 1 + Number(/answers\.(\d+)$/.exec(field)?.[1] ?? -1))];
  const count = byTool ? 0 : Math.min(headings.length, mostQuestions, asked.reduce((one, other) => Math.max(one, other)));
  const questions = Array.from({ length: count }, (_, at) => `answers.${at}`);
  const heldBy = grouped(held, (field) => /^forms\.\d+\./.exec(field)?.[0] ?? "");
  const ofOne = (prefix, before, behind) => {
    const offered = [...before, ...questions, ...behind].map((field) => prefix + field);
    const more = (heldBy.get(prefix) ?? []).filter((field) => !offered.includes(field));
    return [...more, ...offered];
  };
  const forms = part.forms ?? [];
  if (forms.length === 0) return { fieldsOf: () => ofOne("", [...keys, ...formFields], describing) };
  const all = forms.map((_, at) => at);
  return {
    formsOf: forms.length > mostForms ? formsBeside(part, headings, forms.length) : () => all,
    fieldsOf: (forms) => [...forms.flatMap((at) => ofOne(`forms.${at}.`, formFields, [])), ...rowFields],
    note: forms.length > mostForms && `A row has ${readable(forms.length)} forms; each heading can be put into those beside which it stands.`,
  };
}

/** For each heading the forms of the headings around it, and those next to them. */
function formsBeside(part, headings, count) {
  const held = fieldsByHeading(part);
  const own = headings.map((heading) => /^forms\.(\d+)\./.exec(held.get(heading))?.[1]).map((form) => form && Number(form));
  const carried = (forms, last) => forms.map((form) => (last = form ?? last));
  const before = carried(own, 0);
  const behind = carried(own.toReversed(), count - 1).toReversed();
  const near = (at) => [at - 1, at, at + 1].filter((form) => form >= 0 && form < count);
  const beside = new Map(headings.map((heading, at) => [heading, [...new Set([...near(before[at]), ...near(behind[at])])]]));
  return (heading) => beside.get(heading);
}
