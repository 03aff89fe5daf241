// What each file holds, and which of its headings is which field: the guess, and a choice for everything guessed.
import { counted, h } from "./dom.js";
import { fieldsByHeading, heldLabel, labels, places, setField, tableFields, tables } from "./fields.js";
import { isBelow, partOf, same, tablesOf, takeTable } from "./tables.js";
import { toDecide } from "./decide.js";

/**
 * `guess` is the library's: each file or sheet with its columns, and what is open. `changed` is told of choices,
 * `beginAt` of the row that holds a file's headings.
 */
export function mappingEditor(looked, instruments, changed, beginAt) {
  const { mapping, guess, guessed } = looked;
  const all = h("div", {});
  const told = new Map();
  const draw = () => {
    const given = guess.tables.flatMap((given) => {
      const names = tablesOf(mapping, given);
      return (names.length === 0 ? [""] : names).map((name) => file(given, name));
    });
    const asked = Object.entries(mapping.tables).filter(([, part]) => !guess.tables.some((given) => same(given, part)));
    all.replaceChildren(...given, ...asked.map(missing));
  };
  const file = (given, name) => {
    const choose = h(
      "select",
      { "aria-label": `${placeOf(given)} holds` },
      [["", "Nothing that the report uses"], ...Object.entries(tables)].map(([value, label]) => h("option", { value }, label)),
    );
    choose.value = name;
    choose.addEventListener("change", () => {
      const other = takeTable(looked, given, name, choose.value);
      told.clear();
      if (other) told.set(other, `Not used any more: its headings are not those of the other file that holds ${tables[choose.value]}. Files with the same headings are read together.`);
      draw();
      [...all.querySelectorAll(".file select")].find((select) => select.ariaLabel === `${placeOf(given)} holds`)?.focus();
      changed({ tables: true });
    });
    return h(
      "section",
      { class: "file", "aria-label": placeOf(given) },
      h("div", { class: "holds" }, h("strong", {}, placeOf(given)), h("span", { class: "muted" }, "holds"), choose, headingRow(given)),
      told.has(given) && h("p", { class: "guess" }, told.get(given)),
      name && isBelow(given, partOf(mapping, name)) && h("p", { class: "guess" }, `Its rows are read below those of ${placeOf(partOf(mapping, name))}.`),
      name && !isBelow(given, partOf(mapping, name)) && columns({ name, part: partOf(mapping, name), given, guessed, instruments, changed }),
    );
  };
  const headingRow = (given) => {
    const row = h("input", { type: "number", min: "1", max: "1000", step: "1", value: String(given.headingRow ?? 1), "aria-label": `Row of the headings in ${placeOf(given)}` });
    row.addEventListener("change", () => row.checkValidity() && row.value !== "" && beginAt(given, Number(row.value)));
    return h("label", { class: "at-row" }, "Its headings are in row", row);
  };
  draw();
  return h(
    "div",
    {},
    guessed && guess.open.length > 0 && [h("h3", {}, "To decide"), h("ul", {}, guess.open.map((open) => h("li", {}, toDecide(open, instruments))))],
    h("h3", {}, "What each file holds"),
    all,
  );
}

const placeOf = ({ file, sheet }) => (sheet ? `${file}, sheet ${sheet}` : file);

const missing = ([name, part]) =>
  h("p", {}, `${tables[name]}: the settings ask for ${placeOf(part)}, which was not dropped.`);

function columns({ name, part, given, guessed, instruments, changed }) {
  const summary = h("summary", {});
  const questions = h("div", {});
  const fields = fieldChoices(name, part, given);
  const own = fieldsByHeading(part);
  const rows = given.columns.map(({ heading, field, why }) => {
    // Why the library took it for what it still is.
    const asGuessed = guessed && given.table === name && field && own.get(heading)?.replace(/^forms\.\d+\./, "").split(".")[0] === field;
    const reason = h("span", { class: "guess", role: "status" }, asGuessed ? (why ?? "") : "");
    return { heading, reason, select: choice(heading, fields) };
  });
  // One choice can undo another, so that all are shown anew after each.
  const show = () => {
    const found = fieldsByHeading(part);
    for (const { heading, select } of rows) select.value = found.get(heading) ?? "";
    summary.textContent = `${found.size} of ${counted(rows.length, "column")} used`;
    if (name === "assessments") questions.replaceChildren(questionnaire(part, found, instruments, changed) ?? "");
  };
  for (const { heading, select, reason } of rows) {
    select.addEventListener("change", () => {
      const before = rows.find((other) => other.heading !== heading && fieldsByHeading(part).get(other.heading) === select.value);
      setField(part, heading, select.value);
      reason.textContent = "";
      if (select.value && before) before.reason.textContent = `Not used any more: ${select.selectedOptions[0].label} is now ${heading}.`;
      show();
      changed();
    });
  }
  show();
  // What is still to be decided is open to be seen.
  const undecided = own.size === 0 || (guessed && name === "assessments" && !named(part, own));
  return [
    questions,
    h(
      "details",
      { open: undecided },
      summary,
      h("p", { class: "muted" }, guessed ? "What each heading is taken as, and why." : "What each heading is taken as."),
      rows.map(({ heading, select, reason }) => h("div", { class: "column" }, h("strong", {}, heading), select, reason)),
    ),
  ];
}

/** The fields that a table can have, with the questions of its forms. */
function fieldChoices(name, part, { columns }) {
  const own = tableFields(name).map((field) => [field, labels[field]]);
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
    for (const holder of holders) {
      const { instrument, ...others } = holder.constants ?? {};
      holder.constants = select.value ? { ...others, instrument: select.value } : others;
    }
    changed({ tables: true });
  });
  return h("label", { class: "field" }, h("span", {}, "Which questionnaire is it?"), select);
}
