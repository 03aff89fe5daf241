// What is missing or cannot be right: said at each question, and in a summary that links to the questions.
import { h } from "./dom.js";
import { say } from "./messages.js";

/** `check` is the library's; `finishPartial` is there where questions may be left out. */
export function showProblems(root, { check, items, answers, messages, format, finishPartial }) {
  const errors = new Map();
  items.forEach((item, index) => {
    const text = problemOf(item, index, { check, answers, messages, format });
    if (text) errors.set(index + 1, text);
    markQuestion(root.getElementById(`q${index + 1}`), text && `${messages.errorPrefix} ${text}`);
  });
  const summary = root.getElementById("summary");
  summary.hidden = errors.size === 0;
  summary.replaceChildren(
    h("h2", {}, messages.errorsTitle),
    h("ul", {}, [...errors].map(([number, text]) => h("li", {}, link(root, number, text)))),
  );
  if (check.state !== "incomplete" || !finishPartial) return;
  summary.append(h("button", { id: "partial", type: "button", onclick: finishPartial }, messages.partial));
}

function problemOf({ id, lowest, highest }, index, { check, answers, messages, format }) {
  const code = check.blank.includes(id) ? "blank" : check.problems.find((problem) => problem.id === id)?.code;
  if (!code) return undefined;
  const limits = { lowest: format(lowest), highest: format(highest) };
  return say(messages, `error-${code}`, { number: format(index + 1), ...limits, value: answers[index] });
}

function link(root, number, text) {
  const jump = (event) => {
    event.preventDefault();
    root.querySelector(`#q${number} input`).focus();
  };
  return h("a", { id: `to-q${number}`, href: `#q${number}`, onclick: jump }, text);
}

function markQuestion(question, text = "") {
  const error = question.querySelector(".error");
  question.classList.toggle("invalid", text !== "");
  error.hidden = text === "";
  error.textContent = text;
  for (const input of question.querySelectorAll("input")) {
    if (text === "") input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
}
