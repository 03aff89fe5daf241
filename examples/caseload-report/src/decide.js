// What is open about the files, in the words of whoever keeps the spreadsheets.
import { grouped, readable } from "./dom.js";
import { tables } from "./fields.js";

const or = new Intl.ListFormat("en-GB", { type: "disjunction" });
const and = new Intl.ListFormat("en-GB");

/** A sentence for each kind of open point, from its parts. */
const sentences = {
  "unknown-table": ({ place }) => `Say below what ${place} holds, or in which row its headings are. Nothing is read from it so far.`,
  "headings-differ": ({ place, about: [table] }) =>
    `${place} holds ${tables[table]}, as another file does, but their headings differ. Give both the same headings and drop them again; nothing is read from ${place} so far.`,
  "read-below": ({ place }) => `The rows of ${place} are read below those of the file with the same headings. If it holds something else, say so below.`,
  "no-rows": ({ place }) => `No row is seen below the headings of ${place}. If it should have some, save it again with them and drop it here.`,
  "no-questionnaires": () => "No file looks like questionnaires. Say below which one holds them.",
  totals: ({ place, heading }) => `“${heading}” of ${place} may hold totals. The report counts the answers, and leaves totals out.`,
  "day-or-month": () => "Dates such as 05/03/2026 are read with the day first, here 5 March. Check that they were written so.",
  undated: ({ place }) => `No column of ${place} is seen to hold dates. Choose below which heading is the date on which a form was filled in.`,
  "years-of-two-digits": ({ place, heading }) =>
    `“${heading}” of ${place} has years of two digits, which may be of any century. Write them in full in the spreadsheet (05/04/2026), save it and drop it again.`,
  "days-as-numbers": ({ place, heading }) =>
    `“${heading}” of ${place} has numbers in the place of dates. Format the column as dates in the spreadsheet, save it and drop it again.`,
  "order-of-sittings": ({ place }) => `The headings of ${place} do not say which of a person’s forms came first. They are taken in the order of the columns.`,
  "questionnaire-guessed": ({ place, about }) => `The answers in ${place} are taken to be to ${and.format(about)}. Check below that they are.`,
  "unknown-questionnaire": ({ place, about }) =>
    `Choose below to which questionnaire the answers in ${place} are.${about.length > 0 ? ` It may be ${or.format(about)}.` : ""}`,
  "unknown-answers": ({ place, about }) =>
    `Among the answers in ${place} are numbers that no question takes (${and.format(about)}). Forms with them are not scored. Empty the cells in the spreadsheet where they stand for a missing answer.`,
};

/** An open point of the library in plain words. */
function toDecide({ code, file, sheet, heading, about = [], message }, instruments) {
  const place = sheet ? `${file}, sheet ${sheet}` : file;
  const called = about.map((one) => instruments.find(({ id }) => id === one)?.title ?? one);
  return sentences[code]?.({ place, heading, about: called }) ?? message;
}

// So many sentences of one kind are read; no more of them tell anything else.
const most = 5;

/** What is open, each sentence once. */
export function decisions(open, instruments) {
  const byKind = grouped(open, ({ code }) => code).values();
  return [...byKind].flatMap((points) => {
    const told = [...new Set(points.map((point) => toDecide(point, instruments)))];
    const others = told.length - most;
    return others > 1 ? [...told.slice(0, most), `The same holds in ${readable(others)} more places.`] : told;
  });
}

export const known = Object.keys(sentences);
