// Words of the spreadsheets that mean nothing to the library yet, list by list, each with what it may stand for.
import { codes, inWords, lists } from "./codes.js";
import { counted, grouped, h, readable } from "./dom.js";
import { fold } from "./spellings.js";

/** Adds words to those there are, by the section of the mapping that would hold them. */
export function addWords(words, found) {
  for (const { section, spelling, meaning } of found) {
    const own = words.get(section) ?? new Map();
    words.set(section, own);
    if (!own.has(fold(spelling))) own.set(fold(spelling), { spelling, meaning });
  }
  return words;
}

/** What a list is called. */
function titleOf(section, instruments) {
  const [, tool] = /^answers\.(.+)$/.exec(section) ?? [];
  return tool ? `Answers to ${instruments.find(({ id }) => id === tool)?.title ?? tool}` : lists[section.replace("codes.", "")];
}

/** What a word of a list may stand for, as the mapping writes it and as a person reads it. */
function meanings(section, instruments) {
  if (section === "occasions") return Array.from({ length: 12 }, (_, at) => [String(at + 1), `Occasion ${at + 1}`]);
  const [, tool] = /^answers\.(.+)$/.exec(section) ?? [];
  if (!tool) return codes[section.replace("codes.", "")].map((code) => [code, inWords(code)]);
  const items = instruments.find(({ id }) => id === tool)?.items ?? [];
  const lowest = Math.min(...items.map((item) => item.lowest));
  const highest = Math.max(...items.map((item) => item.highest));
  const numbers = Array.from({ length: Math.max(0, highest - lowest + 1) }, (_, at) => String(lowest + at));
  return [...numbers.map((number) => [number, number]), ["blank", "No answer"], ["not-applicable", "Does not apply"]];
}

/** The lists, folded; a word that has a meaning keeps its place, so that it can be changed. */
export function wordLists({ mapping, words }, instruments, changed) {
  const all = [...words].map(([section, own]) => list(mapping, section, own, instruments, changed));
  return all.length === 0
    ? []
    : [
        h("h3", { id: "words-title", tabindex: "-1" }, "Words and what they stand for"),
        h("p", {}, "Each list has words that mean nothing to the report yet. What stays without a meaning is not counted."),
        ...all,
      ];
}

// More words are no list of words, and more choices than anybody makes.
const most = 100;

/** `words` are by their folded spelling. */
function list(mapping, section, words, instruments, changed) {
  const title = titleOf(section, instruments);
  const options = meanings(section, instruments);
  const summary = h("summary", {});
  const accept = h("button", { type: "button", class: "small" });
  const rows = [...words.values()].slice(0, most).map((word) => {
    const select = meaningChoice(word, options, meaningOf(mapping, section, word.spelling));
    select.addEventListener("change", () => {
      setMeaning(mapping, section, word.spelling, select.value || undefined);
      show();
      changed();
    });
    return { ...word, select };
  });
  const show = () => {
    const known = new Set(Object.keys(holder(mapping, section) ?? {}).map(fold));
    const open = [...words.keys()].filter((word) => !known.has(word)).length;
    summary.textContent = `${title}: ${open === 0 ? "every word has a meaning" : `${counted(open, "word")} without a meaning`}`;
    const left = rows.filter(({ select, meaning }) => meaning && !select.value).length;
    accept.hidden = left === 0;
    accept.textContent = `Take ${counted(left, "suggestion")}`;
  };
  accept.addEventListener("click", () => {
    for (const { select, meaning } of rows) {
      if (select.value || !meaning) continue;
      select.value = meaning;
      select.dispatchEvent(new Event("change"));
    }
    summary.focus();
  });
  show();
  const others = words.size - rows.length;
  return h(
    "details",
    { class: "words" },
    summary,
    h("div", { class: "actions" }, accept),
    rows.map(({ spelling, select }) => h("label", { class: "word" }, h("span", {}, spelling), select)),
    others > 0 && h("p", {}, `${counted(others, "more word is", "more words are")} not shown. So many are hardly words of one list: see above whether another heading is meant.`),
  );
}

function meaningChoice({ spelling, meaning }, options, chosen) {
  const suggested = options.filter(([code]) => code === meaning).map(([code, label]) => [code, `${label} (suggested)`]);
  const all = [["", "No meaning yet"], ...suggested, ...options.filter(([code]) => code !== meaning)];
  const select = h(
    "select",
    { "aria-label": `${spelling} stands for` },
    all.map(([code, label]) => h("option", { value: code }, label)),
  );
  select.value = chosen === undefined ? "" : String(chosen);
  return select;
}

const holder = (mapping, section) => section.split(".").reduce((part, key) => part?.[key], mapping);
const spelt = (mapping, section, spelling) =>
  Object.keys(holder(mapping, section) ?? {}).find((known) => fold(known) === fold(spelling));

function meaningOf(mapping, section, spelling) {
  const known = spelt(mapping, section, spelling);
  return known === undefined ? undefined : holder(mapping, section)[known];
}

/** Puts a word into its section of the mapping, such as `codes.gender`, or takes it out. */
function setMeaning(mapping, section, spelling, meaning) {
  const part = section.split(".").reduce((part, key) => (part[key] ??= {}), mapping);
  delete part[spelt(mapping, section, spelling)];
  if (meaning !== undefined) part[spelling] = /^-?\d+$/.test(meaning) ? Number(meaning) : meaning;
}

/** What the report would be without: said before it is made. */
export function undecided(found, instruments, decide) {
  if (found.length === 0) return undefined;
  const bySection = grouped(found, ({ section }) => section);
  const total = (words, key) => words.reduce((all, word) => all + word[key], 0);
  const weight = ([, words]) => total(words, "leftOut") * 1e6 + total(words, "blank");
  const lines = [...bySection].sort((one, other) => weight(other) - weight(one)).map(([section, words]) => {
    const named = words.slice(0, 4).map(({ spelling }) => `“${spelling}”`).join(", ");
    const more = words.length > 4 ? ` and ${readable(words.length - 4)} more` : "";
    const parts = [
      [total(words, "leftOut"), section.startsWith("answers.") ? "a form" : "a row", "left out"],
      [total(words, "blank"), "a cell", `taken as not known${section === "codes.attendance" ? ", so that no kept appointment is counted there" : ""}`],
    ];
    const told = parts.filter(([count]) => count > 0).map(([count, one, fate]) => `${counted(count, one.slice(2))} ${fate}`);
    return h("li", {}, h("strong", {}, titleOf(section, instruments)), ` ${named}${more}${told.length > 0 ? `: ${told.join("; ")}` : ""}.`);
  });
  return h(
    "section",
    { class: "notice", "aria-labelledby": "undecided" },
    h("h4", { id: "undecided" }, `${counted(found.length, "word has", "words have")} no meaning, and what they say is not counted`),
    h("ul", { class: "rows" }, lines),
    h("p", {}, "Every number of the report would be without these. Give them a meaning first, or go on knowing that."),
    h("div", { class: "actions" }, h("button", { type: "button", class: "main", onclick: decide }, "Give them a meaning")),
  );
}
