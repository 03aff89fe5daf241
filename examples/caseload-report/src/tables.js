// Which file or sheet holds which table of the mapping, and what becomes of its columns when that changes.
import { fieldsByHeading, leaveOut, places, put, tableFields } from "./fields.js";

const is = (given, { file, sheet }) => given.file === file && (sheet === undefined || sheet === given.sheet);

/** Whether a table is read from a file or sheet: first of all, or below the rows of another. */
export const same = (given, part) => is(given, part) || isBelow(given, part);
export const isBelow = (given, part) => !is(given, part) && (part.also ?? []).some((source) => is(given, source));

/** The tables that a file or sheet holds. */
export const tablesOf = ({ tables }, given) => Object.keys(tables).filter((name) => same(given, tables[name]));

export const partOf = ({ tables }, name) => tables[name];

/**
 * Makes a file or sheet hold another table, or none, and gives the one that held it before.
 * What was chosen for its columns comes back with the table that it was chosen for.
 */
export function takeTable({ mapping, guess, aside }, given, before, name) {
  const { tables } = mapping;
  const old = tables[before];
  const putAside = (owner, table) => {
    const { also = [], ...own } = tables[table];
    if (owner) aside.set(keyOf(owner, table), own);
    delete tables[table];
    // What was read below it goes on without it.
    const [first, ...rest] = also;
    if (first) tables[table] = { ...withoutPlace(own), ...first, ...(rest.length > 0 && { also: rest }) };
  };
  if (before && isBelow(given, old)) leave(old, given);
  else if (before) putAside(given, before);
  if (!name) return undefined;
  const other = tables[name] && guess.tables.find((one) => is(one, tables[name]));
  if (other && sameHeadings(given, other)) {
    (tables[name].also ??= []).push(placed(given));
    return undefined;
  }
  if (tables[name]) {
    delete tables[name].also;
    putAside(other, name);
  }
  tables[name] = aside.get(keyOf(given, name)) ?? begun(given, name, old);
  return other;
}

function leave(part, given) {
  part.also = part.also.filter((source) => !is(given, source));
  if (part.also.length === 0) delete part.also;
}

/** Files with the same headings are read one below the other. */
const sameHeadings = (one, other) => {
  const folded = ({ columns }) => columns.map(({ heading }) => heading.toLowerCase()).sort().join("\n");
  return folded(one) === folded(other);
};

/** Where a table begins, as the mapping says it. */
const placed = ({ file, sheet, delimiter, headingRow }) => ({
  file,
  ...(sheet && { sheet }),
  ...(delimiter && { delimiter }),
  ...(headingRow && { "heading-row": headingRow }),
});
const withoutPlace = ({ file: _, sheet: __, delimiter: ___, "heading-row": ____, ...others }) => others;

const keyOf = ({ file, sheet }, table) => [file, sheet, table].join("\n");

/** A table of which only those columns are known that mean the same in the table it was taken for. */
function begun(given, name, old) {
  const known = Object.entries(old?.columns ?? {}).filter(([field, heading]) => typeof heading === "string" && tableFields(name).includes(field));
  const delimiter = old?.delimiter ?? given.delimiter;
  return { ...placed({ ...given, delimiter }), columns: Object.fromEntries(known) };
}

/** What parts the cells of a CSV file, from its headings, where it is no comma. */
export async function delimiterOf(file, { columns: { length: columns }, headingRow }) {
  // As much as the library reads for its guess, so that the headings are whole.
  const beginning = (await file.slice(0, 1 << 19).text()).replace(/"(?:[^"]|"")*"/g, "");
  const lines = beginning.split(/\r\n|\r|\n/);
  const line = headingRow ? lines[headingRow - 1] : lines.find(Boolean);
  const found = [",", ";", "\t", "|"].find((mark) => line?.split(mark).length === columns);
  return found === "," ? undefined : found;
}

/** The guess for files that are looked at again, with whatever was chosen before and is still there. */
export function withChoices({ mapping, guess }, again) {
  const { tables: _, dates, ...sections } = mapping;
  const kept = { ...structuredClone(again.mapping), ...structuredClone(sections), tables: {} };
  if (dates) kept.dates = [...new Set([...dates, ...(again.mapping.dates ?? [])])];
  const known = new Map(again.tables.map((given) => [given, guess.tables.find((one) => one.file === given.file && one.sheet === given.sheet && one.headingRow === given.headingRow)]));
  const below = (before, name) => before && mapping.tables[name] && isBelow(before, mapping.tables[name]);
  for (const [given, before] of known) {
    if (!before) continue;
    for (const name of tablesOf(mapping, before)) {
      if (!below(before, name)) kept.tables[name] = stillThere(mapping.tables[name], given, before, again.mapping.tables[given.table]);
    }
  }
  for (const [given, before] of known) {
    const { table } = given;
    if (table && !kept.tables[table] && (!before || below(before, table))) kept.tables[table] = structuredClone(again.mapping.tables[table]);
  }
  const there = (source) => again.tables.some((given) => is(given, source));
  const fresh = (source) => [...known].some(([given, before]) => !before && is(given, source));
  for (const [name, part] of Object.entries(kept.tables)) {
    const all = [...(mapping.tables[name]?.also ?? []).filter(there), ...(again.mapping.tables[name]?.also ?? []).filter(fresh)];
    const also = all.filter((source, at) => !is(source, part) && all.findIndex((one) => is(one, source)) === at);
    if (also.length > 0) part.also = also;
    else delete part.also;
  }
  return kept;
}

/** A table without the headings that are gone; a heading without a guess before is taken as guessed now where its field is free. */
function stillThere(table, given, before, guessed) {
  const part = structuredClone(table);
  const now = new Set(given.columns.map(({ heading }) => heading));
  leaveOut(part, (heading) => !now.has(heading));
  // What had a guess before has been seen, and is as it was left.
  const seen = new Set(before.columns.filter(({ field }) => field).map(({ heading }) => heading));
  const held = fieldsByHeading(part);
  const taken = new Set(held.values());
  const fresh = guessed && same(given, guessed) ? places(guessed) : [];
  for (const [place, heading] of fresh) {
    if (heading && !seen.has(heading) && !held.has(heading) && !taken.has(place) && /^(answers\.\d+|[\w-]+)$/.test(place)) put(part, place, heading);
  }
  return part;
}
