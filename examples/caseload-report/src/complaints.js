// What the library refuses of the choices on this page, in the words of whoever made them.
import { labels, tables } from "./fields.js";

const place = ({ file, sheet }) => (sheet ? `${file}, sheet ${sheet}` : file);
const fileOf = (mapping, table) => (mapping?.tables?.[table] ? place(mapping.tables[table]) : tables[table]);
const called = (instruments, id) => instruments?.find((one) => one.id === id)?.title ?? id;

/** What to say of each code that these choices can lead to. */
const sentences = {
  "unreadable-plan": () => "The saved plan cannot be used. Go back to the files and remove it: its questions are asked here instead.",
  "no-assessments": () => "No file holds questionnaires. Say for one of them that it does, and which heading is which.",
  "field-not-mapped"({ table, fields }, { mapping }) {
    const file = fileOf(mapping, table);
    if (fields.includes("instrument")) return `Nothing says which questionnaire the forms of ${file} are: choose it, or the heading that names it.`;
    if (fields.includes("answers")) return `No heading of ${file} is taken as a question; choose one for each.`;
    const wanted = fields.map((field) => `“${labels[field]}”`).join(" or ");
    return `No heading of ${file} is taken as ${wanted}, which every row needs; choose one.`;
  },
  "item-count": ({ instrument, found, needed }, { instruments }) =>
    `${found} ${found === 1 ? "heading is" : "headings are"} taken as questions, and ${called(instruments, instrument)} has ${needed}. Choose one heading for each question, in the order of the questionnaire.`,
  "heading-missing": ({ file, heading }) =>
    `${file} has no heading “${heading}”, which the settings ask for. Give the column that name in the spreadsheet, or remove the settings and look at the files again.`,
  "heading-twice": ({ file, heading }) =>
    `${file} has the heading “${heading}” more than once, so that nobody can tell which is meant. Rename one of them in the spreadsheet, and drop it again.`,
};

/** What was refused, as somebody without a mapping before them can mend it. */
export const plainly = ({ message, code, about }, { mapping, instruments } = {}) => sentences[code]?.(about, { mapping, instruments }) ?? message;
