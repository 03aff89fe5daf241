// What the library refuses of the choices on this page, in the words of whoever made them.
import { labels, tables } from "./fields.js";

const place = ({ file, sheet }) => (sheet ? `${file}, sheet ${sheet}` : file);
const fileOf = (mapping, table) => (mapping?.tables?.[table] ? place(mapping.tables[table]) : tables[table]);
const called = (instruments, id) => instruments?.find((one) => one.id === id)?.title ?? id;

/** Which heading a table lacks. */
function lacking(file, field) {
  if (field === "instrument") return `Nothing says which questionnaire the forms of ${file} are: choose it, or the heading that names it.`;
  if (field === "answers or totals") return `No heading of ${file} is taken as a question; choose one for each.`;
  const wanted = field.split(" or ").map((one) => `“${labels[one]}”`).join(" or ");
  return `No heading of ${file} is taken as ${wanted}, which every row needs; choose one.`;
}

/** The library's sentence, and what to say in its place. */
const sentences = [
  [/^the plan cannot be read: /, () => "The saved plan cannot be used. Go back to the files and remove it: its questions are asked here instead."],
  [/it has no \[tables\.assessments\]$/, () => "No file holds questionnaires. Say for one of them that it does, and which heading is which."],
  [/^\[([\w-]+)\] maps no column to ([\w -]+), which every row needs/, ({ mapping }, table, field) => lacking(fileOf(mapping, table), field)],
  [
    /maps (\d+) item columns for ([\w-]+), which has (\d+) items/,
    ({ instruments }, mapped, id, items) =>
      `${mapped} ${mapped === "1" ? "heading is" : "headings are"} taken as questions, and ${called(instruments, id)} has ${items}. Choose one heading for each question, in the order of the questionnaire.`,
  ],
  [
    /^(.+) has no heading "(.+?)"[;,]/,
    (_, file, heading) =>
      `${file} has no heading “${heading}”, which the settings ask for. Give the column that name in the spreadsheet, or remove the settings and look at the files again.`,
  ],
  [
    /^(.+) has the heading "(.*)" more than once/,
    (_, file, heading) => `${file} has the heading “${heading}” more than once, so that nobody can tell which is meant. Rename one of them in the spreadsheet, and drop it again.`,
  ],
];

/** What was refused, as somebody without a mapping before them can mend it. */
export function plainly(message, { mapping, instruments } = {}) {
  for (const [pattern, sentence] of sentences) {
    const [, ...parts] = pattern.exec(message) ?? [];
    if (pattern.test(message)) return sentence({ mapping, instruments }, ...parts);
  }
  return message;
}
