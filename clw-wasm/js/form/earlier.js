// Last time: what a page gives as `previous`, read and scored, or why it cannot be.

/** The scores of last time and its date, or the problem; nothing where no last time was given. */
export function readEarlier(clw, name, questionnaire, previous, longDate) {
  if (previous === undefined || previous === null) return undefined;
  const date = dateOf(previous, longDate);
  const problem = (code, message) => ({ date, problem: { code, message: `previous ${message}; no change is shown` } });
  const { id, version } = questionnaire;
  // A questionnaire as the library gives it is as good as its name; a name may have a version behind an @.
  const named = typeof previous.instrument === "object" ? previous.instrument?.id : previous.instrument?.split("@")[0];
  const edition = previous.version ?? (typeof previous.instrument === "object" ? previous.instrument?.version : previous.instrument?.split("@")[1]);
  // Versions are named alike, and items too: scores of another questionnaire would look like this one's.
  if ((named ?? id) !== id) return problem("previous-of-another-questionnaire", `is of \`${named}\`, the form of \`${id}\``);
  if ((edition ?? version) !== version) return problem("previous-of-another-version", `is of version ${edition}, the form of ${version}`);
  try {
    const answers = inOrder(previous.answers, questionnaire);
    const { problems } = clw.check(name, answers);
    if (problems.length > 0) return problem("previous-unreadable", `cannot be scored: ${problems[0].message}`);
    return { date, measures: clw.score(name, answers).measures };
  } catch (error) {
    return problem("previous-unreadable", `cannot be read: ${error.message}`);
  }
}

/** The change of each measure that was scored both times. */
export function changesSince(clw, name, earlier, measures) {
  const { problem } = earlier;
  const date = earlier.date && { date: earlier.date };
  if (problem) return { ...date, changes: [], problem: problem.code };
  const changes = measures.flatMap((now, index) => {
    const then = earlier.measures[index];
    const both = now.outcome === "scored" && then.outcome === "scored";
    return both ? [clw.personChange(name, now.measure, then.points, now.points)] : [];
  });
  return { ...date, changes };
}

function inOrder(answers, { items }) {
  if (Array.isArray(answers)) return answers;
  if (typeof answers !== "object" || answers === null) throw new Error("it has no `answers`");
  const ids = items.map(({ id }) => id);
  const foreign = Object.keys(answers).find((id) => !ids.includes(id));
  if (foreign !== undefined) throw new Error(`the questionnaire has no item \`${foreign}\``);
  return ids.map((id) => answers[id] ?? null);
}

/** As it is to be read; nothing where it is no date. */
function dateOf({ date, completed }, longDate) {
  if (typeof date === "string" && date !== "") return date;
  const day = new Date(date || completed || NaN);
  return Number.isNaN(day.getTime()) ? undefined : longDate(day);
}
