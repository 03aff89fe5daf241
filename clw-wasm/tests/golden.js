// Runs the shared cases, in Node and in the page alike.

/** What the library says of each case, as lines of JSON. */
export function lines(clw, cases) {
  return cases.map(({ instrument, answers }) => orError(() => clw.scoreJson(instrument, answers)));
}

/** What the library says of each case, as plain objects in lines of JSON. */
export function objects(clw, cases) {
  return cases.map(({ instrument, answers }) => orError(() => JSON.stringify(clw.score(instrument, answers))));
}

function orError(run) {
  try {
    return run();
  } catch ({ code, message }) {
    return JSON.stringify({ code, message });
  }
}
