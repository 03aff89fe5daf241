// What each file holds, and which of its headings is which field: the guess, and a choice for everything guessed.
import { columnChoices } from "./columns.js";
import { h } from "./dom.js";
import { fieldsByHeading, tables } from "./fields.js";
import { isBelow, partOf, same, tablesOf, takeTable } from "./tables.js";
import { decisions } from "./decide.js";

/**
 * `guess` is the library's: each file or sheet with its columns, and what is open. `changed` is told of choices,
 * `beginAt` of the row that holds a file's headings.
 */
export function mappingEditor(looked, instruments, changed, beginAt) {
  const { mapping, guess, guessed, examples } = looked;
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
      examples.get(given.file) && h("p", { class: "guess" }, `The file does not say which letters it has; they are read as those of Windows, such as in “${examples.get(given.file)}”. Where that is wrong, save it as “CSV UTF-8” and drop it again.`),
      told.has(given) && h("p", { class: "guess" }, told.get(given)),
      name && isBelow(given, partOf(mapping, name)) && h("p", { class: "guess" }, `Its rows are read below those of ${placeOf(partOf(mapping, name))}.`),
      name && !isBelow(given, partOf(mapping, name)) && columns({ name, part: partOf(mapping, name), given, guess: guessed ? guess : undefined, instruments, changed }),
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
    guessed && guess.open.length > 0 && [h("h3", {}, "To decide"), h("ul", {}, decisions(guess.open, instruments).map((sentence) => h("li", {}, sentence)))],
    h("h3", {}, "What each file holds"),
    all,
  );
}

const placeOf = ({ file, sheet }) => (sheet ? `${file}, sheet ${sheet}` : file);

const missing = ([name, part]) =>
  h("p", {}, `${tables[name]}: the settings ask for ${placeOf(part)}, which was not dropped.`);

/** The headings of a file and what each is taken as; above them what no heading says. */
function columns({ name, part, given, guess, instruments, changed }) {
  const question = h("div", {});
  const ask = (held) => name === "assessments" && question.replaceChildren(questionnaire(part, held, instruments, changed) ?? "");
  const held = fieldsByHeading(part);
  ask(held);
  // What is still to be decided is open to be seen.
  const undated = guess?.open.some((open) => open.code === "undated" && open.file === given.file && open.sheet === given.sheet);
  const open = held.size === 0 || (guess && name === "assessments" && (undated || !named(part, held)));
  const choices = columnChoices({ name, part, given, guessed: guess && given.table === name, instruments }, open, (held) => {
    ask(held);
    changed();
  });
  return [question, choices];
}

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
