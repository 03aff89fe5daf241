// What a reading of every row came to, and each row that is left out, with the reason.
import { counted, grouped, h, table } from "./dom.js";
import { tables } from "./fields.js";

const sum = (counts) => Object.values(counts).reduce((all, count) => all + count, 0);

// Rows of one reason that are listed; the others are counted.
const listed = 10;

const reasons = {
  "malformed-record": "more or fewer cells than headings",
  "unclosed-quote": "a quote that is never closed",
  "blank-row": "nothing in any column that is used",
  "no-person-id": "no reference of a person",
  "no-episode-id": "no reference of a referral",
  "two-person-ids": "two references in one cell",
  "cell-too-long": "a cell that is far too long",
  "invalid-utf8": "a cell that is not in UTF-8",
  "duplicate-row": "the same as an earlier row",
  "unknown-person": "a person who is not among the people",
  "unknown-episode": "a referral that is not among the referrals",
  "episode-unclear": "several referrals that may be meant",
  "missing-date": "no date",
  "unreadable-date": "a date that cannot be read",
  "unknown-occasion": "an occasion without a meaning",
  "missing-code": "a blank where the row is of no use without it",
  "unknown-code": "a word without a meaning",
  "missing-instrument": "no name of a questionnaire",
  "unknown-instrument": "a questionnaire that is not known",
  "unknown-measure": "a part of the questionnaire that is not known",
  "wrong-number-of-answers": "more or fewer answers than questions",
  "unreadable-answer": "an answer in words without a meaning",
  "conflicting-answers": "answers that differ from another row’s of the same form",
  "follow-up-before-baseline": "a date before that of an earlier form",
  "unreadable-value": "a value that the column cannot have",
  "answer-out-of-range": "a number that is none of the answers; the form is not scored",
  "total-of-other-kind": "a total of the other kind",
  "unreadable-total": "a total that the questionnaire cannot have",
  "total-disagrees": "a total that is not that of the answers",
  "conflicting-value": "a value that differs from another row’s",
  "no-form": "no form in the row",
};

// Their remedy is a choice on this page, and not in the spreadsheet or in a file of settings.
const mendedHere = new Set(["unknown-occasion", "unknown-code", "unreadable-answer"]);

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
    groups.map((group) => [
      h("h4", {}, titleOf(group)),
      h("ul", { class: "rows" }, group.slice(0, listed).map(row)),
      group.length > listed && h("p", { class: "muted" }, `and ${counted(group.length - listed, "more row")} for the same reason.`),
    ]),
  );
}

function titleOf(group) {
  const [{ table, column, code }] = group;
  return `${tables[table]}${column ? `, ${column}` : ""}: ${counted(group.length, "row")} with ${reasons[code] ?? code.replaceAll("-", " ")}`;
}

const row = ({ file, sheet, row, column, value, code, message }) =>
  h(
    "li",
    {},
    h("strong", {}, `${file}${sheet ? `, sheet ${sheet}` : ""}, row ${row.toLocaleString("en-GB")}`),
    mendedHere.has(code) ? ` “${column}” holds “${value}”.` : ` ${message}.`,
  );
