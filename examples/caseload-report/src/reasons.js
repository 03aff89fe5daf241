// Why rows are left out or have a remark, in the words of whoever keeps the spreadsheets: what is in the rows, and
// what to do about it. The library's own sentences are for those who write mappings.

/** For each code, what the rows have, and the way on. */
const reasons = {
  "malformed-record": ["more or fewer cells than headings", "Look for a separator or a quotation mark too many or too few."],
  "unclosed-quote": ["a quotation mark that is not closed", "Close it: the rows below, to the next quotation mark, were taken for one cell and are not counted."],
  "blank-row": ["nothing in any column that is used", "Remove them if they stand for nothing."],
  "no-person-id": ["no reference of a person", "Write whose row it is."],
  "no-episode-id": ["no reference of a referral", "Write to which referral the row belongs."],
  "two-person-ids": ["two references in one cell", "Give each person a row of their own."],
  "cell-too-long": ["a cell that is far too long", "Shorten it, or set its heading to Not used."],
  "invalid-utf8": ["a cell with letters that cannot be read", "Save the file as “CSV UTF-8”."],
  "duplicate-row": ["the same as an earlier row", "Nothing is lost: the earlier one is used."],
  "unknown-person": ["a person who is not among the people", "Add the person to the people, or correct the reference."],
  "unknown-episode": ["a referral that is not among the person’s referrals", "Add the referral, or correct the reference."],
  "episode-unclear": ["several referrals that may be meant", "Say above which heading is the referral’s reference."],
  "missing-date": ["no date", "Fill it in: without a date nobody knows what came first."],
  "unreadable-date": ["a date that cannot be read", "Write it as the others are written."],
  "unknown-occasion": ["an occasion without a meaning", "Say above which occasion each word stands for."],
  "missing-code": ["a blank where the row is of no use without it", "Fill it in."],
  "unknown-code": ["a word without a meaning", "Say above what each word stands for."],
  "missing-instrument": ["no name of a questionnaire", "Write which questionnaire it is."],
  "unknown-instrument": ["a questionnaire that is not known", "Correct the name. Other questionnaires cannot be scored here."],
  "unknown-measure": ["a part of the questionnaire that is not known", "Correct its name."],
  "wrong-number-of-answers": ["more or fewer answers than questions", "Check that each question has its column, and that it is this questionnaire."],
  "unreadable-answer": ["an answer in words without a meaning", "Say above what each word stands for."],
  "conflicting-answers": ["answers that differ from another row’s of the same form", "Keep the row that is right: neither is used."],
  "follow-up-before-baseline": ["a date before that of an earlier form", "Correct the date that is wrong."],
  "unreadable-value": ["a value that the column cannot have", "Correct it: until then it counts as not known."],
  "answer-out-of-range": [
    "a number that is none of the answers",
    "Correct it, or empty the cell where it stands for a missing answer: until then the form is not scored.",
  ],
  "total-of-other-kind": ["a total of the other kind, raw or metric", "Correct it: until then it is no score."],
  "unreadable-total": ["a total that the questionnaire cannot have", "Correct it: until then it is left out."],
  "total-disagrees": ["a total that is not that of the answers", "Correct the one that is wrong: the answers count."],
  "conflicting-value": ["a value that differs from another row’s", "Make them agree: until then it counts as not known."],
  "no-form": ["neither a date nor an answer", "Nothing to do where no form was filled in."],
};

export const known = Object.keys(reasons);

/** What rows of a code have, and what to do about it. */
export const reasonOf = (code) => reasons[code] ?? [code.replaceAll("-", " "), ""];

/** Words are given a meaning on this page, each for all its rows. */
export const isAboutWords = (code) => ["unknown-occasion", "unknown-code", "unreadable-answer"].includes(code);

/** What one row is held to, for each code that says it. */
const limits = {
  "answer-out-of-range": ({ limit }) => `The answers are ${limit}.`,
  "malformed-record": ({ limit, value }) => `It has ${value} ${value === "1" ? "cell" : "cells"} under ${limit} headings.`,
  "follow-up-before-baseline": ({ limit }) => `An earlier form has ${limit}.`,
  "unreadable-date": ({ limit }) => `Dates are read as ${limit.replace("iso", "yyyy-mm-dd")}.`,
  "unreadable-value": ({ limit }) => `It should be ${limit}.`,
};

/** What one row has. */
export function foundIn(problem) {
  const { code, column, value, limit } = problem;
  const cell = column && `“${column}” ${value ? `holds “${value}”` : "is blank"}.`;
  return [cell, limit && limits[code]?.(problem)].filter(Boolean).join(" ");
}
