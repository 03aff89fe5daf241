// Compiled by `tsc --strict`, never run: what a caller may write, and what the compiler must refuse.
import { startWorker } from "clw/worker";
import { startWorker as startAll, type RemoteNational } from "clw/all/worker";
import init, { score as scoreOnPage } from "clw/score/init";
import { check, personChange, type FormCheck } from "clw/score";
import { toFhir, type FinishedForm } from "clw/form";
import {
  dryRun,
  evaluate,
  instrument,
  score,
  scoreJson,
  type Answer,
  type Caution,
  type ClwError,
  type Evaluation,
  type MeasureScore,
} from "clw";
import {
  change,
  changeJson,
  course,
  evaluate as evaluateAll,
  matchedPairs,
  mergePairCounts,
  pairCounts,
  trajectories,
  type Evaluation as EvaluationOfAll,
  type PairCounts,
} from "clw/all";

const form: readonly Answer[] = [3, 3n, null, undefined, NaN, "not-applicable", 3];

export function printed(entry: MeasureScore): string {
  switch (entry.outcome) {
    case "scored":
      return `${entry.value} ${entry.band?.band ?? ""}`;
    case "not-scored":
      return entry.problems.map((problem) => `${problem.item ?? ""} ${problem.code}: ${problem.message}`).join();
  }
}

export const lines: string[] = score("swemwbs", form).measures.map(printed);
export const line: string = scoreJson("swemwbs", new Int8Array(7));
export const better: "higher-is-better" | "lower-is-better" | undefined = instrument("swemwbs").measures[0]?.direction;
export const code = (error: ClwError): string => error.code;

// @ts-expect-error: a text that is not the mark
score("swemwbs", ["2"]);
// @ts-expect-error: a boolean
score("swemwbs", [true]);
// @ts-expect-error: one number for a whole form
score("swemwbs", 3);
// @ts-expect-error: only a scored measure has a value
export const value = (entry: MeasureScore): number => entry.value;

export const pairs: PairCounts = pairCounts("swemwbs", "wellbeing", new Int32Array([1798]), [2154]);
export const pooled: PairCounts = mergePairCounts(pairs, pairs);
export const changeLine: string = changeJson(pooled);
const matched = matchedPairs("ucla-3", "loneliness", { baselineIds: ["a", 7, null], baseline: [8, null, 3], followUpIds: [7], followUp: new Uint8Array([5]) });
export const alone: number = matched.baseline.onlyAtThisSitting + matched.pairs.cells.length + matched.sentence.length;
// @ts-expect-error: columns without ids
matchedPairs("ucla-3", "loneliness", { baseline: [8], followUp: [5] });
const { pairedT } = change(pooled, { level: 0.9, alternative: "less", signedRank: { zeros: "pratt" } });
export const meanChange: number | string = "notComputed" in pairedT ? pairedT.notComputed : pairedT.meanChange;

const { bootstrap } = change(pooled, { bootstrap: { resamples: 999, seed: 7 } });
export const acceleration: number | undefined =
  bootstrap && !("notComputed" in bootstrap) && !("notComputed" in bootstrap.meanChange.bca)
    ? bootstrap.meanChange.bca.acceleration
    : undefined;

const everything = change(pooled, {
  signFlip: {},
  equivalenceMargins: [{ id: "one point", lower: -1, upper: 1 }],
  reliableChangeRules: [{ method: "jacobson-truax", standardDeviation: 3.9, reliability: 0.81 }],
  sampleRules: [{ method: "nunnally-kotsch", reliability: 0.8, followUpReliability: 0.7 }],
  clinicalChangeRules: [
    {
      reliableChange: { method: "published-threshold", id: "three", fewestSteps: 300 },
      cutOff: { cutOff: "a", clinical: { mean: 19, standardDeviation: 3 } },
    },
  ],
  importantChangeRules: [{ anchor: "rating", improvement: { atLeast: "1.5" }, deterioration: { moreThan: 1 } }],
  mcnemar: { method: "chi-squared", continuity: "corrected" },
  regressionToTheMean: { population: { mean: 23.6, standardDeviation: 3.9 }, cutOff: 20 },
});
export const recovered: number | undefined = everything.clinicalChange[0]?.recoveredOfClinical.count;
export const effects: boolean[] = everything.scaleEnds.shares.map((end) => end.isEffect);
// @ts-expect-error: a cut-off c needs both populations
change(pooled, { clinicalChangeRules: [{ reliableChange: { method: "jacobson-truax", standardDeviation: 3.9, reliability: 0.81 }, cutOff: { cutOff: "c" } }] });

// @ts-expect-error: printed scores in texts
pairCounts("swemwbs", "wellbeing", ["19.25"], [2154]);
// @ts-expect-error: an option there is not
change(pairs, { alternativ: "less" });
// @ts-expect-error: a statistic may be missing
export const p = change(pairs).pairedT.p;

const sittings = trajectories("swemwbs", "wellbeing", "session", ["a", "a"], [1, 2], [1798, 1925]);
export const rising: number = course(sittings, { slopes: { atLeast: "0.5" } }).slopes.improving.count;
// @ts-expect-error: a unit that is not counted by
trajectories("swemwbs", "wellbeing", "month", [], [], []);
// @ts-expect-error: the browser fits no mixed models
course(sittings, { mixedModels: ["intercept"] });

export const state: FormCheck["state"] = check("ons4", [8, "seven", null, undefined]).state;
export const met: string | undefined = personChange("swemwbs", "wellbeing", 1798, 2154).changeRules[0]?.outcome;

export const evaluation: Evaluation = evaluate({ plan: {}, mapping: {}, tables: { people: new Uint8Array(0) } });
export const people: number = evaluation.people;
const finding = evaluation.findings[0];
export const paired: number | undefined = finding?.flow.boxes.find(({ box }) => box === "paired")?.episodes;
export const improved: string | undefined =
  finding && ("notComputed" in finding.change.anyChange.improved.proportion ? finding.change.anyChange.improved.proportion.notComputed : undefined);
export const unpaired = (caution: Caution): number => (caution.code === "unpaired" ? caution.unpaired : 0);
export const whole: EvaluationOfAll = evaluateAll({ plan: {}, mapping: {}, workbook: new ArrayBuffer(0) });
const shown = whole.disclosed().toObject().people;
export const published: number = shown === "hidden" ? 0 : shown;
// @ts-expect-error: a box there is not
finding?.flow.boxes.find(({ box }) => box === "lost");
// @ts-expect-error: a count that may be hidden
export const counted: number = whole.disclosed().toObject().people;
export const csv: string = whole.disclosed({ hideUpTo: 9, rounding: { method: "conventional", base: 5 } }).csv();
// @ts-expect-error: this build publishes nothing
evaluation.disclosed();
// @ts-expect-error: this build opens no workbook
export const rejected: string[] = dryRun({ mapping: {}, workbook: new ArrayBuffer(0) }).problems.map(({ message }) => message);
export const picture: Promise<RemoteNational> = startAll().national([]);
export const report: Promise<string> = startWorker().evaluate({ plan: {}, mapping: {}, tables: {} }).then((of) => of.reportHtml());
export const ready: Promise<unknown> = init({ module_or_path: "/score.wasm" }).then(() => scoreOnPage("ons4", [1, 2, 3, 4]));
// @ts-expect-error: a table that is none
evaluate({ plan: {}, mapping: {}, tables: { visits: "" } });
// @ts-expect-error: no plan
evaluate({ mapping: {}, tables: {} });

// What the form tells is heard with its types on an element, a document and a window.
export const heard: FinishedForm[] = [];
document.querySelector("clw-form")?.addEventListener("clw-edit", ({ detail }) => console.log(detail.state));
document.createElement("clw-form").addEventListener("clw-complete", ({ detail }) => heard.push(detail));
window.addEventListener("clw-complete", ({ detail }) => heard.push(detail));
document.addEventListener("clw-problem", ({ detail: { code, message } }) => console.log(code, message));
export const inProgress = toFhir(
  { instrument: "ons4", version: "2011", changed: "2026-03-05T10:00:00Z", answers: { happy: 3 } },
  instrument("ons4"),
  {},
);
