// Runs the shared cases, in Node and in the page alike.

/** What the library says of each case, as lines of JSON. */
export function lines(clw, cases) {
  return cases.map(({ instrument, answers }) => orError(() => clw.scoreJson(instrument, answers)));
}

/** What the library says of each case, as plain objects in lines of JSON. */
export function objects(clw, cases) {
  return cases.map(({ instrument, answers }) => orError(() => JSON.stringify(clw.score(instrument, answers))));
}

/** The golden files whose tables are computed with default options. */
export const tableFiles = ["wilcoxon", "hodges_lehmann", "paired_t", "effect_sizes", "transitions"];

/** What the library says of each table, by what the case asks for, as lines of JSON. */
export function changeLines(clw, asked, tables) {
  const byDefaults = tables.map(({ pairs }) => ({ pairs }));
  return [...asked, ...byDefaults].map(({ pairs, instrument, measure, level, options }) =>
    orError(() => {
      const table = clw.pairCountsFromJson(JSON.stringify(pairs));
      return clw.changeJson(table, { instrument, measure, level, ...options });
    }),
  );
}

/** The pairs that forms make, as lines of JSON. */
export function matchedLines(clw, cases) {
  return cases.map(({ instrument, measure, forms }) => orError(() => clw.matchedPairsJson(instrument, measure, columns(forms))));
}

/** The columns of forms by their names in JavaScript. */
export function columns({ baseline, "baseline-ids": baselineIds, "follow-up": followUp, "follow-up-ids": followUpIds }) {
  return { baselineIds, baseline, followUpIds, followUp };
}

/** What small caseloads come to under the end point of each, as lines of JSON. */
export function endPointLines(clw, { plan, mapping, cases }) {
  return cases.map(({ "end-point": endPoint, plan: own, tables }) => {
    const pairing = { ...plan.pairing, "end-point": endPoint };
    try {
      return clw.evaluate({ plan: { ...plan, ...own, pairing }, mapping, tables }).toJson();
    } catch ({ code }) {
      return JSON.stringify({ code });
    }
  });
}

/** What the library says of sittings over time, as lines of JSON. */
export function courseLines(clw, cases) {
  const options = { means: [{ by: "time" }, { by: "occasion" }], slopes: { atLeast: "0.5" } };
  return cases.map(({ sittings: { scale, rows } }) => {
    const people = new Map();
    for (const [person, ...sitting] of rows) people.set(person, [...(people.get(person) ?? []), sitting]);
    const sequences = [...people.values()].map((sittings) => ({ people: 1, sittings }));
    const text = JSON.stringify({ scale, unit: "session", sequences });
    return clw.courseJson(clw.trajectoriesFromJson(text), options);
  });
}

function orError(run) {
  try {
    return run();
  } catch ({ code, message }) {
    return JSON.stringify({ code, message });
  }
}
