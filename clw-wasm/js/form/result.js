// Score, band and change since last time, in words and as a small chart that the words describe.
import { h, s } from "./dom.js";
import { say } from "./messages.js";

const [left, right, line] = [36, 284, 34];

/** One measure's part of the result. */
export function measureResult({ measure, items, entry, change, changeRule, previousDate, wording, messages, lang, format, rtl }) {
  const label = wording.measures?.[measure.id] ?? measure.label;
  const heading = h("h3", { lang: lang(label) }, label);
  if (entry.outcome === "not-scored") {
    return h("section", { class: "measure" }, heading, h("p", { lang: lang(messages.notScored) }, messages.notScored));
  }
  const sentence = (name, places) => ({ text: say(messages, name, places), lang: lang(messages[name]) });
  const limits = { lowest: format(measure.lowest), highest: format(measure.highest) };
  const score = sentence("score", { value: format(entry.value), ...limits });
  score.text += `: ${messages[measure.direction]}.`;
  const moved = change ? changeSentences({ change, changeRule, previousDate, wording, messages, sentence, format }) : [];
  const sentences = [
    score,
    entry.band && sentence("band", bandNames(measure, entry.band, wording)),
    rawIsApart(measure, items) && sentence("raw", { raw: format(entry.raw), value: format(entry.value) }),
    ...moved,
  ].filter(Boolean);
  return h(
    "section",
    { class: "measure", part: "measure" },
    heading,
    chart({ measure, entry, change, messages, format, rtl, said: moved[0] ?? score, previousDate }),
    sentences.map(({ text, lang }) => h("p", { lang }, text)),
    change && !judging(change, changeRule) && h("p", { class: "hint small", lang: lang(messages.noChangeRule) }, messages.noChangeRule),
  );
}

function bandNames(measure, { set, band }, wording) {
  const known = measure.bandSets.find(({ id }) => id === set);
  const named = known?.bands.find(({ id }) => id === band);
  return { set: wording.bandSets?.[set] ?? known?.label ?? set, band: wording.bands?.[band] ?? named?.label ?? band };
}

function changeSentences({ change, changeRule, previousDate, wording, messages, sentence, format }) {
  const { baseline, followUp, anyChange } = change;
  const places = {
    when: previousDate === undefined ? messages.earlier : say(messages, "on", { date: previousDate }),
    then: format(baseline.value),
    now: format(followUp.value),
    points: format(Math.abs(change.change)),
  };
  const moved = sentence(`change-${anyChange}`, places);
  const judged = judging(change, changeRule);
  if (!judged) return [moved];
  const rule = wording.changeRules?.[judged.rule] ?? judged.label;
  return [moved, sentence(`reliable-${judged.outcome}`, { rule })];
}

/** What the rule named says, else the measure's first rule that was found in its source. */
const judging = ({ changeRules }, named) =>
  changeRules.find(({ rule }) => rule === named) ?? changeRules.find(({ certainty }) => certainty !== "unverified");

/** Named by the one sentence that it draws, as all of them are read below it. The scale is a line, last time hollow and now filled; in a right-to-left page it runs from the right. */
function chart({ measure, entry, change, messages, format, rtl, said, previousDate }) {
  const place = (value) => {
    const along = (value - measure.lowest) / (measure.highest - measure.lowest);
    return left + (right - left) * (rtl ? 1 - along : along);
  };
  const now = place(entry.value);
  const text = (x, y, words) => s("text", { x: Math.min(Math.max(x, 44), 276), y, "text-anchor": "middle" }, words);
  const then = change && place(change.baseline.value);
  return s(
    "svg",
    { viewBox: "0 0 320 66", role: "img", "aria-label": said.text, lang: said.lang, part: "chart" },
    s("line", { class: "scale", x1: left, x2: right, y1: line, y2: line }),
    [measure.lowest, measure.highest].map((end) => [
      s("line", { class: "scale", x1: place(end), x2: place(end), y1: line - 6, y2: line + 6 }),
      s("text", { x: place(end) < 160 ? 14 : 306, y: line + 4, "text-anchor": "middle" }, format(end)),
    ]),
    change && then !== now && s("line", { class: "moved", x1: then, x2: now, y1: line, y2: line }),
    change && s("circle", { class: "then", cx: then, cy: line, r: then === now ? 11 : 6 }),
    s("circle", { class: "now", cx: now, cy: line, r: 7 }),
    change && text(then, line + 26, previousDate ?? messages.earlier),
    text(now, line - 15, `${messages.now}: ${format(entry.value)}`),
  );
}

/** Whether the score is another number than the sum of the answers: looked up, multiplied or averaged. */
export function rawIsApart({ items: ids, highest, stepsPerUnit }, items) {
  const most = items.filter(({ id }) => ids.includes(id)).reduce((sum, item) => sum + item.highest, 0);
  return stepsPerUnit !== 1 || most !== highest;
}
