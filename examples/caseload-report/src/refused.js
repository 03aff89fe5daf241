// What a reading of every row came to, and each row that is left out, with the reason.
import { counted, grouped, h, table } from "./dom.js";
import { tables } from "./fields.js";
import { foundIn, isAboutWords, reasonOf } from "./reasons.js";

const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);

// Rows of one reason that are listed; the others are counted.
const listed = 10;

/** How many rows of a table are used and have a remark: a row has as many remarks as it has cells. */
function remarked(name, { rejected }, problems) {
  const own = problems.filter(({ table }) => table === name);
  const out = new Set(own.filter((problem) => problem.rejected && rejected[problem.code]).map(({ row }) => row));
  return new Set(own.filter((problem) => !problem.rejected && !out.has(problem.row)).map(({ row }) => row)).size;
}

/** `then` is what comes before the lists: what is undecided, and the way on. */
export function refusedRows({ people, account, problems, problemsUntold }, then) {
  const number = (count) => count.toLocaleString("en-GB");
  const least = problemsUntold > 0 ? "at least " : "";
  const out = problems.filter(({ rejected }) => rejected);
  const kept = problems.filter(({ rejected }) => !rejected);
  const rows = Object.entries(account).map(([name, counts]) => [
    tables[name] ?? "Forms in these rows",
    number(counts.read),
    number(counts.used),
    number(sum(counts.rejected)),
    name in tables ? least + number(remarked(name, counts, problems)) : "",
  ]);
  return [
    h("h3", { tabindex: "-1" }, "What became of the rows"),
    h("p", {}, `${counted(people, "person", "people")} would be in the report. Every row is used or left out for a reason.`),
    table("Rows", ["Table", "#Rows", "#Used", "#Left out", "#Used with a remark"], rows),
    ...then,
    problems.length > 0 && h("h3", {}, "Row by row"),
    problems.length > 0 &&
      h("p", {}, "To mend a row, correct it in the spreadsheet, go back to the files and drop it again; or go on without it."),
    told("Rows that are left out", out, true),
    told("Rows that are used, with a remark", kept, false),
    problemsUntold > 0 &&
      h("p", {}, `${counted(problemsUntold, "more remark")} of the same kinds are counted above and not listed.`),
  ].filter(Boolean);
}

/** Row by row under each reason, the reason of most rows first. */
function told(caption, problems, open) {
  if (problems.length === 0) return undefined;
  const groups = [...grouped(problems, ({ table, column, code }) => [table, column, code].join("\n")).values()];
  groups.sort((one, other) => other.length - one.length);
  return h(
    "details",
    { open },
    h("summary", {}, `${caption}, by ${counted(groups.length, "reason")}`),
    groups.map(reason),
  );
}

/** What rows have in common, what to do about it, and the first of them. */
function reason(group) {
  const [{ table, column, code }] = group;
  const [has, remedy] = reasonOf(code);
  const rows = [
    h("ul", { class: "rows" }, group.slice(0, listed).map(row)),
    group.length > listed && h("p", { class: "muted" }, `and ${counted(group.length - listed, "more row")} for the same reason.`),
  ];
  return [
    h("h4", {}, `${tables[table]}${column ? `, ${column}` : ""}: ${counted(group.length, "row")} with ${has}`),
    h("p", {}, remedy),
    isAboutWords(code) ? h("details", {}, h("summary", {}, "Which rows"), rows) : rows,
  ];
}

const row = (problem) =>
  h(
    "li",
    {},
    h("strong", {}, `${problem.file}${problem.sheet ? `, sheet ${problem.sheet}` : ""}, row ${problem.row.toLocaleString("en-GB")}`),
    ` ${foundIn(problem)}`,
  );
