// Which file or sheet holds which table of the mapping, and what becomes of its columns when that changes.
import { fieldsByHeading, places, setField, tableFields } from "./fields.js";

export const same = (given, part) => given.file === part.file && (part.sheet === undefined || part.sheet === given.sheet);

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
    if (owner) aside.set(keyOf(owner, table), tables[table]);
    delete tables[table];
  };
  if (before) putAside(given, before);
  if (!name) return undefined;
  const other = tables[name] && guess.tables.find((one) => same(one, tables[name]));
  if (tables[name]) putAside(other, name);
  tables[name] = aside.get(keyOf(given, name)) ?? begun(given, name, old);
  return other;
}

const keyOf = ({ file, sheet }, table) => [file, sheet, table].join("\n");

/** A table of which only those columns are known that mean the same in the table it was taken for. */
function begun({ file, sheet, delimiter }, name, old) {
  const known = Object.entries(old?.columns ?? {}).filter(([field, heading]) => typeof heading === "string" && tableFields(name).includes(field));
  const parts = old?.delimiter ?? delimiter;
  return { file, ...(sheet && { sheet }), ...(parts && { delimiter: parts }), columns: Object.fromEntries(known) };
}

/** What parts the cells of a CSV file, from its beginning, where it is no comma. */
export async function delimiterOf(file, columns) {
  const beginning = (await file.slice(0, 65_536).text()).replace(/"(?:[^"]|"")*"/g, "");
  const [line] = beginning.split(/[\r\n]/).filter(Boolean);
  const found = [",", ";", "\t", "|"].find((mark) => line?.split(mark).length === columns);
  return found === "," ? undefined : found;
}

/** The guess for files that are looked at again, with whatever was chosen before and is still there. */
export function withChoices({ mapping, guess }, again) {
  const { tables: _, dates, ...sections } = mapping;
  const kept = { ...structuredClone(again.mapping), ...structuredClone(sections), tables: {} };
  if (dates) kept.dates = [...new Set([...dates, ...(again.mapping.dates ?? [])])];
  const known = new Map(again.tables.map((given) => [given, guess.tables.find((one) => one.file === given.file && one.sheet === given.sheet)]));
  for (const [given, before] of known) {
    if (!before) continue;
    for (const name of tablesOf(mapping, before)) kept.tables[name] = stillThere(mapping.tables[name], given, before, again.mapping.tables[given.table]);
  }
  for (const [given, before] of known) {
    if (!before && given.table && !kept.tables[given.table]) kept.tables[given.table] = structuredClone(again.mapping.tables[given.table]);
  }
  return kept;
}

/** A table without the headings that are gone; a heading without a guess before is taken as guessed now where its field is free. */
function stillThere(table, given, before, guessed) {
  const part = structuredClone(table);
  const now = new Set(given.columns.map(({ heading }) => heading));
  for (const heading of fieldsByHeading(part).keys()) if (!now.has(heading)) setField(part, heading, "");
  // What had a guess before has been seen, and is as it was left.
  const seen = new Set(before.columns.filter(({ field }) => field).map(({ heading }) => heading));
  const held = fieldsByHeading(part);
  const taken = new Set(held.values());
  const fresh = guessed && same(given, guessed) ? places(guessed) : [];
  for (const [place, heading] of fresh) {
    if (heading && !seen.has(heading) && !held.has(heading) && !taken.has(place) && /^(answers\.\d+|[\w-]+)$/.test(place)) setField(part, heading, place);
  }
  return part;
}
