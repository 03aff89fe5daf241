// Which heading of a file is which field: a choice beside each heading. A file with very many headings shows some of
// them at a time, those that are used first, and finds the others by a part of their name.
import { counted, h, readable } from "./dom.js";
import { fieldsByHeading, labelOf, setField } from "./fields.js";
import { fieldsOffered } from "./offered.js";

// As many headings are shown at a time. Where there are no more, all are, in the order of the file.
const most = 100;

/** A choice for each heading, in a part that folds; `changed` is told which heading holds what after each choice. */
export function columnChoices({ name, part, given, guessed, instruments }, open, changed) {
  const headings = given.columns.map(({ heading }) => heading);
  const offered = fieldsOffered(name, part, headings, instruments);
  const reasons = guessed ? reasonsOfGuess(given.columns, part) : new Map();
  const summary = h("summary", {});
  const list = h("div", {});
  let held = fieldsByHeading(part);
  let rows = [];

  const show = (headings, anew) => {
    const added = headings.map((heading) => {
      const reason = h("span", { class: "guess", role: "status" }, reasons.get(heading));
      const select = offered.choice(heading, held.get(heading));
      select.addEventListener("change", () => choose(heading, select));
      return { heading, reason, select };
    });
    rows = anew ? added : [...rows, ...added];
    if (anew) list.replaceChildren();
    list.append(...added.map(({ heading, select, reason }) => h("div", { class: "column" }, h("strong", {}, heading), select, reason)));
    return added;
  };
  const choose = (heading, { value, selectedOptions: [{ label }] }) => {
    const [before] = [...held].find(([other, field]) => field === value && other !== heading) ?? [];
    setField(part, heading, value);
    held = fieldsByHeading(part);
    reasons.delete(heading);
    if (before !== undefined) {
      reasons.set(before, `Not used any more: ${label} is now ${heading}.`);
      if (!rows.some((row) => row.heading === before)) reasons.set(heading, `“${before}” is not used any more.`);
    }
    // One choice can undo another, so that all are shown anew after each.
    for (const { heading, select, reason } of rows) {
      offered.show(select, held.get(heading));
      reason.textContent = reasons.get(heading) ?? "";
    }
    count();
    changed(held);
  };
  const count = () => (summary.textContent = `${readable(held.size)} of ${counted(headings.length, "column")} used`);
  count();

  /** The headings with a text in them or in what they are taken as, those that are used before the others. */
  const search = (text) => {
    const found = headings.filter((heading) => [heading, labelOf(held.get(heading) ?? "")].some((own) => own.toLowerCase().includes(text)));
    return [...found.filter((heading) => held.has(heading)), ...found.filter((heading) => !held.has(heading))];
  };
  const finder = headings.length > most && headingFinder(headings.length, search, show);
  if (!finder) show(headings);
  return h(
    "details",
    { open },
    summary,
    h("p", { class: "muted" }, guessed ? "What each heading is taken as, and why." : "What each heading is taken as.", offered.note && ` ${offered.note}`),
    finder && finder.box,
    list,
    finder && finder.more,
  );
}

/** Why the library took each heading for what it still is. */
function reasonsOfGuess(columns, part) {
  const held = fieldsByHeading(part);
  const still = ({ heading, field }) => field && held.get(heading)?.replace(/^forms\.\d+\./, "").split(".")[0] === field;
  return new Map(columns.filter(still).map(({ heading, why }) => [heading, why ?? ""]));
}

/** A box that finds headings, and a button for the next of those that it found. */
function headingFinder(all, search, show) {
  const input = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const told = h("p", { class: "muted", role: "status" });
  const button = h("button", { type: "button", class: "small" });
  let found = [];
  let shown = 0;
  const next = (anew) => {
    const added = show(found.slice(shown, shown + most), anew);
    shown += added.length;
    const left = found.length - shown;
    button.hidden = left === 0;
    button.textContent = left > most ? `Show ${most} more` : `Show the last ${left}`;
    told.textContent = howMany(all, found.length, shown, input.value.trim());
    return added;
  };
  const find = () => {
    found = search(input.value.trim().toLowerCase());
    shown = 0;
    next(true);
  };
  input.addEventListener("input", find);
  button.addEventListener("click", () => next(false)[0].select.focus());
  find();
  return {
    box: [h("label", { class: "field" }, h("span", {}, "Find a heading"), input), told],
    more: h("div", { class: "actions" }, button),
  };
}

function howMany(all, found, shown, text) {
  if (found === 0) return `None of the ${readable(all)} headings matches “${text}”.`;
  const some = found > shown ? `${readable(shown)} of them are shown, used ones first.` : "";
  if (text) return `${readable(found)} of ${readable(all)} headings ${found === 1 ? "matches" : "match"} “${text}”. ${some}`.trim();
  return `The file has ${readable(all)} headings. ${some} ${some && "Write a part of any other to find it."}`.trim();
}
