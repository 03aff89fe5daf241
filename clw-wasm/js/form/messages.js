// Every sentence of the form that is not the questionnaire's own. A deployer overrides any of them to translate.

export const english = {
  required: "Please answer every question.",
  topicsOnly: "Only the topics are shown: read each question on the paper form before it is answered.",
  notAsked: "This questionnaire cannot be shown here.",
  ends: "{lowest} is {lowestText}, {highest} is {highestText}",
  entry: "A whole number from {lowest} to {highest}",
  notApplicable: "Does not apply",
  errorsTitle: "Some answers are missing or cannot be right",
  errorPrefix: "Error:",
  "error-blank": "Question {number} has no answer: choose one",
  "error-not-applicable": "Question {number} says that it does not apply: this score needs an answer",
  "error-out-of-range": "Question {number} was answered {value}: choose from {lowest} to {highest}",
  "error-not-an-answer": "Question {number} needs a whole number from {lowest} to {highest}",
  submit: "Finish",
  partial: "Finish without these answers",
  savedHere:
    "Answers so far are kept in this browser on this device, for {days} at most, and are removed on finishing. They are sent nowhere.",
  restored: "The answers given on {date} are back.",
  notRestored:
    "The answers kept here were given to another version of this questionnaire and cannot be used: please answer again.",
  notSaved: "This browser does not let the page keep answers: a half-filled form is lost on leaving.",
  forget: "Remove the kept answers",
  forgotten: "The kept answers are removed and the form is empty.",
  resultTitle: "Result",
  edit: "Change the answers",
  score: "Score {value}, on a scale from {lowest} to {highest}",
  "higher-is-better": "a higher score is better",
  "lower-is-better": "a lower score is better",
  band: "Band: {band} ({set})",
  raw: "The answers add up to {raw}, which stands for a score of {value}.",
  notScored: "Not scored: an answer is missing.",
  now: "now",
  earlier: "last time",
  on: "on {date}",
  "change-improved": "{then} {when}, {now} now: better by {points}.",
  "change-worse": "{then} {when}, {now} now: worse by {points}.",
  "change-same": "{now} both {when} and now.",
  "reliable-improved": "By the rule “{rule}”, this is more than chance variation in answers: a reliable improvement.",
  "reliable-deteriorated": "By the rule “{rule}”, this is more than chance variation in answers: reliably worse.",
  "reliable-unchanged": "By the rule “{rule}”, this may be chance variation in answers.",
  noChange:
    "No change is shown: what was given as last time is of another questionnaire or version, or cannot be read.",
  noChangeRule: "No published rule says how large a change of one person has to be.",
};

/**
 * Says of a text that it is English where it stayed so on a page of another language, to be read out with an English
 * voice. Of a sentence with places it is asked before they are filled. `words` are others that come in English.
 */
export function englishOn(language = "en", words = []) {
  if (language.split("-")[0] === "en") return () => undefined;
  const texts = new Set();
  const gather = (part) => (typeof part === "object" && part ? Object.values(part).forEach(gather) : texts.add(part));
  gather([english, words]);
  return (text) => (text !== undefined && texts.has(text) ? "en" : undefined);
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const isolated = (text) => `\u2068${text}\u2069`;

/** A message with its places filled; from right to left each stands for itself, so that none changes places. */
export function say(messages, name, places = {}) {
  const message = String(messages[name] ?? english[name]);
  const apart = rightToLeft.test(message + Object.values(places).join()) ? isolated : String;
  return message.replace(/\{(\w+)\}/g, (place, key) => (places[key] === undefined ? place : apart(places[key])));
}
