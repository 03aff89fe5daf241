// The questions as the page shows them: one fieldset each, with its legend, hint and error.
import { h } from "./dom.js";
import { say } from "./messages.js";

// With more codes than this, a number is typed rather than picked.
const mostChoices = 21;

/** The fieldset of one item; `answered` is told of each new answer. */
export function question({ item, number, wording, messages, lang, format, answer, notApplicable, answered }) {
  const own = wording.items?.[item.id] ?? {};
  const texts = own.options ?? wording.options;
  const ends = own.ends ?? wording.ends;
  const hint = own.hint ?? endsHint(ends, item, messages, format);
  const hintLang = lang(own.hint ?? ends?.[0]);
  const id = `q${number}`;
  const many = item.highest - item.lowest >= mostChoices;
  const entry = many ? typed : picked;
  return h(
    "fieldset",
    { id, part: "question", "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error` },
    h("legend", { lang: lang(own.text ?? item.label) }, h("span", { class: "number" }, `${format(number)}. `), own.text ?? item.label),
    hint && h("p", { id: `${id}-hint`, class: "hint", lang: hintLang }, hint),
    h("p", { id: `${id}-error`, class: "error", hidden: true }),
    entry({ item, id, texts, messages, lang, format, answer, notApplicable, answered }),
  );
}

function endsHint(ends, { lowest, highest }, messages, format) {
  if (!ends) return undefined;
  const [lowestText, highestText] = ends;
  return say(messages, "ends", { lowest: format(lowest), lowestText, highest: format(highest), highestText });
}

function picked({ item, id, texts, messages, lang, format, answer, notApplicable, answered }) {
  const codes = Array.from({ length: item.highest - item.lowest + 1 }, (_, step) => item.lowest + step);
  const choices = codes.map((code) => [code, texts?.[code] ?? format(code)]);
  if (notApplicable) choices.push(["not-applicable", messages.notApplicable]);
  const worded = choices.length < mostChoices && codes.some((code) => texts?.[code]);
  return h(
    "div",
    { class: worded ? "options worded" : "options scale" },
    choices.map(([code, text]) =>
      h(
        "label",
        { class: code === "not-applicable" ? "wide" : undefined },
        h("input", {
          id: `${id}-${code}`,
          type: "radio",
          name: id,
          value: code,
          checked: answer === code,
          onchange: () => answered(code),
        }),
        h("span", { lang: lang(text) }, text),
      ),
    ),
  );
}

function typed({ item, id, messages, lang, format, answer, answered }) {
  const limits = { lowest: format(item.lowest), highest: format(item.highest) };
  const input = h("input", {
    id: `${id}-number`,
    type: "text",
    inputmode: "numeric",
    name: id,
    autocomplete: "off",
    value: answer ?? undefined,
    oninput: () => answered(read(input.value)),
  });
  return h("label", { class: "typed" }, h("span", { lang: lang(messages.entry) }, say(messages, "entry", limits)), input);
}

/** A blank is a blank and digits of any script a number; anything else is left for the library to refuse. */
function read(text) {
  const trimmed = text.replace(/\p{Cf}/gu, "").trim();
  if (trimmed === "") return null;
  if (!/^[-\u2212]?\p{Nd}+$/u.test(trimmed)) return trimmed;
  return Number(trimmed.replace("\u2212", "-").replace(/\p{Nd}/gu, valueOf));
}

/** What a digit counts: every script has its ten in a row from zero. */
function valueOf(digit) {
  const isDigit = (place) => /\p{Nd}/u.test(String.fromCodePoint(place));
  const place = digit.codePointAt(0);
  let before = 0;
  while (isDigit(place - before - 1)) before += 1;
  return before % 10;
}
