// What a page gives: its words laid over those that are shipped, and whether it is enough to ask by.

/** One object over another, place by place; what is undefined or null stays as it was. */
export function laidOver(under, over) {
  const given = Object.entries(over ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const laid = given.map(([name, value]) => [name, both(under?.[name], value) ? laidOver(under[name], value) : value]);
  return { ...under, ...Object.fromEntries(laid) };
}

const both = (...values) => values.every((value) => typeof value === "object" && value && !Array.isArray(value));

/** A text that is the same for what says the same, so that nothing is drawn anew for it. */
export function textOf(value) {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? Number(part) : part));
  } catch {
    return {};
  }
}

/** One answer as the form keeps it; every kind of blank is null. */
export function answerOf(answer) {
  if (typeof answer === "bigint") return Number(answer);
  return Number.isNaN(answer) ? null : (answer ?? null);
}

/** An error with a stable code. */
export const coded = (code, message) => Object.assign(new Error(message), { code });

/**
 * Refuses a questionnaire of which somebody would see topics and bare numbers: the question may ask the opposite
 * of its topic, and 1 may be the best or the worst answer. What has the labels for its own wording is asked by them.
 */
export function mustBeWorded({ items, rights }, wording) {
  if (rights.wording === "shipped") return;
  const some = (words) => words && Object.keys(words).length > 0;
  for (const [index, { id }] of items.entries()) {
    const own = wording.items?.[id] ?? {};
    const meanings = [own.options, own.ends, own.hint, wording.options, wording.ends];
    const missing = own.text ? !meanings.some(some) && "what the answers mean is" : "the words are";
    if (!missing) continue;
    throw coded(
      "no-wording",
      `Of question ${index + 1} (\`${id}\`) ${missing} missing: give \`wording\`, or the attribute \`topics\` where the paper is at hand. ${rights.licence}`,
    );
  }
}
