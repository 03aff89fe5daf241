// What a reading of every row came to, and each row that is left out, with the reason.
import { counted, h, readable, table } from "./dom.js";
import { tables } from "./fields.js";
import { foundIn, isAboutWords, reasonOf } from "./reasons.js";

const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);

/** `then` is what comes before the lists: what is undecided, and the way on. */
export function refusedRows({ people, account, remarked, reasons, problemsUntold }, then) {
  const least = problemsUntold > 0 ? "at least " : "";
  const rows = Object.entries(account).map(([name, counts]) => [
    tables[name] ?? "Forms in these rows",
    readable(counts.read),
    readable(counts.used),
    readable(sum(counts.rejected)),
    name in tables ? least + readable(remarked[name]) : "",
  ]);
  return [
    h("h3", { tabindex: "-1" }, "What became of the rows"),
    h("p", {}, `${counted(people, "person", "people")} would be in the report. Every row is used or left out for a reason.`),
    table("Rows", ["Table", "#Rows", "#Used", "#Left out", "#Used with a remark"], rows),
    ...then,
    reasons.length > 0 && h("h3", {}, "Row by row"),
    reasons.length > 0 &&
      h("p", {}, "To mend a row, correct it in the spreadsheet, go back to the files and drop it again; or go on without it."),
    told("Rows that are left out", reasons.filter(({ rejected }) => rejected), true),
    told("Rows that are used, with a remark", reasons.filter(({ rejected }) => !rejected), false),
    problemsUntold > 0 &&
      h("p", {}, `${counted(problemsUntold, "more remark")} of the same kinds are counted above and not listed.`),
  ].filter(Boolean);
}

// A file of thousands of columns can have a reason in each.
const most = 100;

/** Row by row under each reason. */
function told(caption, reasons, open) {
  if (reasons.length === 0) return undefined;
  const others = reasons.slice(most);
  const rows = others.reduce((all, { count }) => all + count, 0);
  return h(
    "details",
    { open },
    h("summary", {}, `${caption}, by ${counted(reasons.length, "reason")}`),
    reasons.slice(0, most).map(reason),
    rows > 0 && h("p", {}, `and ${counted(others.length, "more reason")} with ${counted(rows, "row")}; none of them has more rows than these.`),
  );
}

/** What rows have in common, what to do about it, and the first of them. */
function reason({ table, column, code, count, rows }) {
  const [has, remedy] = reasonOf(code);
  const list = [
    h("ul", { class: "rows" }, rows.map(row)),
    count > rows.length && h("p", { class: "muted" }, `and ${counted(count - rows.length, "more row")} for the same reason.`),
  ];
  return [
    h("h4", {}, `${tables[table]}${column ? `, ${column}` : ""}: ${counted(count, "row")} with ${has}`),
    h("p", {}, remedy),
    isAboutWords(code) ? h("details", {}, h("summary", {}, "Which rows"), list) : list,
  ];
}

const row = (problem) =>
  h(
    "li",
    {},
    h("strong", {}, `${problem.file}${problem.sheet ? `, sheet ${problem.sheet}` : ""}, row ${problem.row.toLocaleString("en-GB")}`),
    ` ${foundIn(problem)}`,
  );
