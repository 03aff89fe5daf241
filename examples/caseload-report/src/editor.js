// Which heading is which field: the guess with what it rests on, and a choice for every heading.
import { counted, h, table } from "./dom.js";
import { fieldsByHeading, heldLabel, labels, places, setField, tables } from "./fields.js";

/** `guess` is the library's: each file or sheet with its columns, the fields there are, and what is open. */
export function mappingEditor({ mapping, guess, guessed }, instruments, changed) {
  const parts = Object.entries(mapping.tables).map(([name, part]) => {
    const given = guess.tables.find((one) => same(one, part));
    return given ? editor({ name, part, given, guessed, instruments, changed }) : missing(name, part);
  });
  const unused = guess.tables.filter((given) => !Object.values(mapping.tables).some((part) => same(given, part)));
  return h(
    "div",
    {},
    guessed && guess.open.length > 0 && [h("h3", {}, "To decide"), h("ul", {}, guess.open.map((open) => h("li", {}, open)))],
    h("h3", {}, "What each file holds"),
    parts,
    unused.map((given) => h("p", {}, `${place(given)} is not used: it looks like no table that the report knows.`)),
  );
}

const same = (given, part) => given.file === part.file && (part.sheet === undefined || part.sheet === given.sheet);
const place = ({ file, sheet }) => (sheet ? `${file}, sheet ${sheet}` : file);

const missing = (name, part) =>
  h("p", {}, `${tables[name]}: the settings ask for ${place(part)}, which was not dropped.`);

function editor({ name, part, given, guessed, instruments, changed }) {
  const found = fieldsByHeading(part);
  const summary = h("summary", {});
  const questions = h("div", {});
  const columns = given.columns.map(({ heading, why }) => ({
    heading,
    reason: h("span", { class: "guess", role: "status" }, guessed && found.has(heading) ? (why ?? "") : ""),
    select: choice(heading, fieldChoices(name, part, given)),
  }));
  // One choice can undo another, so that all are shown anew after each.
  const show = () => {
    const found = fieldsByHeading(part);
    for (const { heading, select } of columns) select.value = found.get(heading) ?? "";
    summary.textContent = `${tables[name]}: ${place(given)}, ${found.size} of ${counted(columns.length, "column")} used`;
    if (name === "assessments") questions.replaceChildren(questionnaire(part, found, instruments, changed) ?? "");
  };
  for (const { heading, select, reason } of columns) {
    select.addEventListener("change", () => {
      const before = columns.find((other) => other.heading !== heading && fieldsByHeading(part).get(other.heading) === select.value);
      setField(part, heading, select.value);
      reason.textContent = "";
      if (select.value && before) before.reason.textContent = `Not used any more: ${select.selectedOptions[0].label} is now ${heading}.`;
      show();
      changed();
    });
  }
  show();
  const rows = columns.map(({ heading, select, reason }) => [heading, select, reason]);
  // What is still to be decided is open to be seen.
  const undecided = guessed && name === "assessments" && !named(part, found);
  return h(
    "details",
    { open: undecided },
    summary,
    questions,
    table(`Columns of ${place(given)}`, ["Heading", "Is taken as", guessed ? "Guessed, because" : ""], rows),
  );
}

/** The fields that a table can have, with the questions of its forms. */
function fieldChoices(name, part, { fields, columns }) {
  const own = fields.map((field) => [field, labels[field] ?? field]);
  if (name !== "assessments") return own;
  const forms = part.forms?.map((_, at) => [`forms.${at}.`, `Form ${at + 1}: `]) ?? [["", ""]];
  const questions = (prefix, form) => columns.map((_, at) => [`${prefix}answers.${at}`, `${form}Question ${at + 1}`]);
  const ofForm = (prefix, form) => own.map(([field, label]) => [`${prefix}${field}`, form + label]);
  const all = forms.flatMap(([prefix, form]) => [...(prefix ? ofForm(prefix, form) : []), ...questions(prefix, form)]).concat(own);
  // Where each questionnaire has questions of its own, these take the place of the numbered ones.
  const held = places(part).map(([field]) => field).filter((field) => !all.some(([known]) => known === field));
  const byTool = held.some((field) => /answers\.\D/.test(field));
  return [...held.map((field) => [field, heldLabel(field)]), ...all.filter(([field]) => !byTool || !/answers\.\d+$/.test(field))];
}

const choice = (heading, fields) =>
  h(
    "select",
    { "aria-label": `${heading} is taken as` },
    [["", "Not used"], ...fields].map(([field, label]) => h("option", { value: field }, label)),
  );

const byColumn = (found) => [...found.values()].some((field) => /(^|\.)instrument$/.test(field));
const constant = (part) => part.forms?.[0].constants?.instrument ?? part.constants?.instrument;
// Questions with a column for each questionnaire tell by themselves which it is.
const byQuestion = (part) => [part, ...(part.forms ?? [])].some(({ columns }) => columns?.answers && !Array.isArray(columns.answers));
const named = (part, found) => byColumn(found) || byQuestion(part) || constant(part) !== undefined;

/** The questionnaire of all rows, where no column names it. */
function questionnaire(part, found, instruments, changed) {
  if (byColumn(found) || byQuestion(part)) return undefined;
  const holders = part.forms ?? [part];
  const given = constant(part) ?? "";
  const select = h(
    "select",
    {},
    h("option", { value: "" }, "Please choose"),
    instruments.map(({ id, title }) => h("option", { value: id, selected: id === given }, title)),
  );
  select.addEventListener("change", () => {
    for (const holder of holders) holder.constants = { ...holder.constants, instrument: select.value };
    changed();
  });
  return h("label", { class: "field" }, h("span", {}, "Which questionnaire is it?"), select);
}
