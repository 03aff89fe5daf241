// What a reading of every row came to, and each row that is left out, with the reason.
import { counted, h, table } from "./dom.js";
import { tables } from "./fields.js";

const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);

/** The library gives its names in camel case here. */
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function refusedRows({ people, account, problems, problemsUntold }) {
  const rows = Object.entries(account).map(([name, { read, used, rejected, warned }]) => [
    tables[kebab(name)] ?? "Forms in these rows",
    ...[read, used, sum(rejected), sum(warned)].map((count) => count.toLocaleString("en-GB")),
  ]);
  const left = problems.filter(({ rejected }) => rejected);
  const kept = problems.filter(({ rejected }) => !rejected);
  return [
    h("h3", { tabindex: "-1" }, "What became of the rows"),
    h("p", {}, `${counted(people, "person", "people")} would be in the report. Every row is used or left out for a reason.`),
    table("Rows", ["Table", "#Rows", "#Used", "#Left out", "#Used with a remark"], rows),
    told("Rows that are left out", left, true),
    told("Rows that are used, with a remark", kept, false),
    problemsUntold > 0 &&
      h("p", {}, `${counted(problemsUntold, "more remark")} of the same kinds are counted above and not listed.`),
    h(
      "p",
      {},
      "To mend a row, correct it in the spreadsheet, go back to the files and drop it again; or go on without it.",
    ),
  ].filter(Boolean);
}

function told(caption, problems, open) {
  if (problems.length === 0) return undefined;
  const rows = problems.map(({ file, row, message }) =>
    h("li", {}, h("strong", {}, `${file}, row ${row.toLocaleString("en-GB")}`), ` ${message}.`),
  );
  return h(
    "details",
    { open },
    h("summary", {}, `${caption}: ${problems.length.toLocaleString("en-GB")} listed`),
    h("ul", { class: "rows" }, rows),
  );
}
