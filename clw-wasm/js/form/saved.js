// A half-filled form in this browser's localStorage: under one key, for some days, sent nowhere.

const storedAs = (key) => `clw-form:${key}`;
const day = 86_400_000;

/** Keeps the answers; false where the browser keeps nothing. */
export function keep(key, { id, version }, answers, days) {
  try {
    const now = Date.now();
    const entry = { instrument: id, version, saved: now, until: now + days * day, answers };
    localStorage.setItem(storedAs(key), JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

/** The answers kept under the key, and when; nothing once they are too old or of another questionnaire. */
export function kept(key, { id, version, items }) {
  try {
    const entry = JSON.parse(localStorage.getItem(storedAs(key)));
    if (entry === null) return undefined;
    const usable = entry.instrument === id && entry.version === version && entry.answers?.length === items.length;
    const dated = typeof entry.saved === "number" && !Number.isNaN(new Date(entry.saved).getTime());
    if (usable && dated && Date.now() < entry.until && entry.answers.every(isAnswer)) return entry;
    forget(key);
  } catch {
    forget(key);
  }
  return undefined;
}

const isAnswer = (answer) => answer === null || ["number", "string"].includes(typeof answer);

export function forget(key) {
  try {
    localStorage.removeItem(storedAs(key));
  } catch {
    // A browser that keeps nothing has nothing to remove.
  }
}
