// The words of the records that have no meaning yet, found by reading every row.

/** A word without case, spaces and punctuation, as the library compares words. */
export const fold = (word) => (/\p{Alphabetic}/u.test(word) ? word.toLowerCase().replace(/[^\p{Alphabetic}\p{N}]/gu, "") : word.trim());

/** The words that a reading of every row stumbled over, each with the rows that are left out and those that are not. */
function wordsIn(problems) {
  const found = new Map();
  for (const { section, value, rejected } of problems) {
    // A word that was cut short cannot be given a meaning.
    if (!section || !value || value.endsWith("…")) continue;
    const key = keyOf({ section, spelling: value });
    const word = found.get(key) ?? { section, spelling: value, leftOut: 0, blank: 0 };
    found.set(key, word);
    word[rejected ? "leftOut" : "blank"] += 1;
  }
  return [...found.values()];
}

// More words than this are no labels but free text in a column of answers.
const most = 500;

/**
 * Reads every row, and gives what became of the rows and every word without a meaning. A row is left out at its
 * first such answer, so that the others come to light only once the first is no obstacle.
 */
export function readAll(source, dryRun) {
  const result = dryRun(source);
  const words = wordsIn(result.problems);
  const mapping = structuredClone(source.mapping);
  for (let fresh = words; ; ) {
    const answers = fresh.filter(({ section }) => section.startsWith("answers."));
    if (answers.length === 0 || words.length > most) return { ...result, words };
    for (const { section, spelling } of answers) ((mapping.answers ??= {})[section.replace("answers.", "")] ??= {})[spelling] = "blank";
    const known = new Set(words.map(keyOf));
    fresh = wordsIn(dryRun({ ...source, mapping }).problems).filter((word) => !known.has(keyOf(word)));
    words.push(...fresh.map((word) => ({ ...word, leftOut: 0 })));
  }
}

const keyOf = ({ section, spelling }) => `${section} ${fold(spelling)}`;
