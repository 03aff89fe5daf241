// The larger results, of the examples, to hold their types to.
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

/** The results of the examples. */
export function results(clw) {
  const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const records = (folder) => {
    const mapping = parse(read(`examples/${folder}/mapping.toml`));
    const tables = Object.entries(mapping.tables).map(([name, { file }]) => [name, read(`examples/${folder}/${file}`)]);
    return { plan: parse(read(`examples/${folder}/plan.toml`)), mapping, tables: Object.fromEntries(tables) };
  };
  const sources = ["caseload", "dass21", "wide"].map(records);
  // A practice that no record has is a remark on the plan.
  const [first] = sources;
  const misspelt = first.plan["before-after"].map((change) => ({ ...change, practices: ["Nowhere"] }));
  const slipped = { ...first, plan: { ...first.plan, "before-after": misspelt } };
  const evaluations = [...sources, slipped].map((source) => clw.evaluate(source));
  const disclosed = evaluations.map((evaluation) => evaluation.disclosed());
  const national = clw.evaluate({ ...sources[0], plan: parse(read("examples/national/plan.toml")) });
  const returns = ["North", "South"].map((name, at) =>
    national.returnJson({ name, area: "Fife", deliveredBy: "A charity", practices: 3, linkWorkersFullTimeEquivalent: 2.5, note: "Half a year" }, at ? { hideUpTo: 4 } : undefined),
  );
  const objects = (all) => all.map((one) => one.toObject());
  return {
    DryRun: sources.map((source) => clw.dryRun(source)),
    EvaluationObject: objects(evaluations),
    DisclosedEvaluationObject: objects(disclosed),
    NationalObject: objects([clw.national([returns[0]]), clw.national(returns)]),
  };
}
