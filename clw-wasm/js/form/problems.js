// What is missing or cannot be right: said at each question, and in a summary that links to the questions.
import { h, write } from "./dom.js";
import { say } from "./messages.js";

/** `check` is the library's; `finishPartial` is there where questions may be left out. */
export function showProblems(root, { check, items, answers, messages, lang, format, finishPartial }) {
  const errors = new Map();
  items.forEach((item, index) => {
    const error = problemOf(item, index, { check, answers, messages, lang, format });
    if (error) errors.set(index + 1, error);
    markQuestion(root.getElementById(`q${index + 1}`), error && { ...error, text: `${messages.errorPrefix} ${error.text}` });
  });
  const summary = root.getElementById("summary");
  summary.hidden = errors.size === 0;
  summary.replaceChildren(
    h("h2", { lang: lang(messages.errorsTitle) }, messages.errorsTitle),
    h("ul", {}, [...errors].map(([number, error]) => h("li", {}, link(root, number, error)))),
  );
  if (check.state !== "incomplete" || !finishPartial) return;
  const partial = { id: "partial", type: "button", lang: lang(messages.partial), onclick: finishPartial };
  summary.append(h("button", partial, messages.partial));
}

function problemOf({ id, lowest, highest }, index, { check, answers, messages, lang, format }) {
  const code = check.blank.includes(id) ? "blank" : check.problems.find((problem) => problem.id === id)?.code;
  if (!code) return undefined;
  const limits = { lowest: format(lowest), highest: format(highest) };
  const text = say(messages, `error-${code}`, { number: format(index + 1), ...limits, value: answers[index] });
  return { text, lang: lang(messages[`error-${code}`]) };
}

function link(root, number, { text, lang }) {
  const jump = (event) => {
    event.preventDefault();
    root.querySelector(`#q${number} input`).focus();
  };
  return h("a", { id: `to-q${number}`, href: `#q${number}`, lang, onclick: jump }, text);
}

function markQuestion(question, { text, lang } = { text: "" }) {
  const error = question.querySelector(".error");
  question.classList.toggle("invalid", text !== "");
  error.hidden = text === "";
  write(error, text, lang);
  for (const input of question.querySelectorAll("input")) {
    if (text === "") input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
}
