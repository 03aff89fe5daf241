// Runs the example caseload, in Node and in the page alike.

/** The tables of the example, by the file of each. */
export const tables = {
  people: "people.csv",
  episodes: "episodes.csv",
  assessments: "assessments.csv",
  contacts: "contacts.csv",
  needs: "needs.csv",
  "onward-links": "onward-links.csv",
  outcomes: "outcomes.csv",
  holds: "holds.csv",
};

/** What the library makes of the records, by the files that Rust writes of the same. */
export function files(clw, source) {
  const evaluation = clw.evaluate(source);
  const own = { "evaluation.json": evaluation.toJson(), "report.html": evaluation.reportHtml() };
  if (!evaluation.disclosed) return own;
  const disclosed = evaluation.disclosed();
  return {
    ...own,
    "public.html": disclosed.reportHtml(),
    "public.csv": disclosed.csv(),
  };
}
