// A half-filled form in this browser's localStorage: under one key for each questionnaire, for some days, sent nowhere.

// Each questionnaire has its own, so that two forms that are saved under one name do not lose each other's answers.
const storedAs = (key, { id }) => `clw-form:${key}:${id}`;
const day = 86_400_000;

/** Whether this browser keeps anything at all; a private window or a page in a frame may not. */
export function canKeep() {
  try {
    localStorage.setItem("clw-form", "");
    localStorage.removeItem("clw-form");
    return true;
  } catch {
    return false;
  }
}

/** Keeps the answers; false where the browser keeps nothing. */
export function keep(key, questionnaire, answers, days) {
  try {
    const { id, version } = questionnaire;
    const now = Date.now();
    const entry = { instrument: id, version, saved: now, until: now + days * day, answers };
    localStorage.setItem(storedAs(key, questionnaire), JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

/**
 * The answers kept under the key, and when; `ofVersion` alone where they were given to another version of the
 * questionnaire. Nothing once they are too old or unreadable; what is of no use is removed.
 */
export function kept(key, questionnaire) {
  const { id, version, items } = questionnaire;
  try {
    const entry = JSON.parse(localStorage.getItem(storedAs(key, questionnaire)));
    if (entry === null) return undefined;
    const dated = typeof entry.saved === "number" && !Number.isNaN(new Date(entry.saved).getTime());
    const usable = entry.instrument === id && dated && Date.now() < entry.until && entry.answers.every(isAnswer);
    if (usable && entry.version === version && entry.answers.length === items.length) return entry;
    forget(key, questionnaire);
    if (usable && typeof entry.version === "string" && entry.version !== version) return { ofVersion: entry.version };
  } catch {
    forget(key, questionnaire);
  }
  return undefined;
}

const isAnswer = (answer) => answer === null || ["number", "string"].includes(typeof answer);

export function forget(key, questionnaire) {
  try {
    localStorage.removeItem(storedAs(key, questionnaire));
  } catch {
    // A browser that keeps nothing has nothing to remove.
  }
}
