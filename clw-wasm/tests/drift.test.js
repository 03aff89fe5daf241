// Types against real results: a field that came, went or changed its kind in the core fails here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as clw from "clw/all";
import { Declared } from "./drift.js";
import { tableFiles } from "./golden.js";
import { results } from "./results.js";

const golden = (file) => JSON.parse(readFileSync(new URL(`../../clw-core/tests/golden/${file}.json`, import.meta.url), "utf8")).cases;
const declared = new Declared(new URL("../dist/all.d.ts", import.meta.url));
const fits = (name, value) => assert.deepEqual(declared.wrong(name, value).slice(0, 5), []);
const tried = (run) => {
  try {
    return run();
  } catch (error) {
    if (error.name === "ClwError") return undefined;
    throw error;
  }
};

// Written from the Rust types by clw-core/examples/typescript, which this holds to what comes out of them.
test("the larger results are of their types", () => {
  const larger = new Declared(new URL("../dist/all.d.ts", import.meta.url));
  for (const [name, all] of Object.entries(results(clw))) {
    for (const one of all) assert.deepEqual(larger.wrong(name, one).slice(0, 5), []);
  }
});

test("instruments, scores, checks and persons' changes are of their types", () => {
  for (const instrument of clw.instruments()) {
    fits("Instrument", instrument);
    for (const { id, lowest, highest, stepsPerUnit } of instrument.measures) {
      fits("PersonChange", clw.personChange(instrument.id, id, Math.round(lowest * stepsPerUnit), Math.round(highest * stepsPerUnit)));
    }
  }
  for (const { instrument, answers } of golden("score")) {
    const sheet = tried(() => clw.score(instrument, answers));
    if (sheet) fits("ScoreSheet", sheet);
    const check = tried(() => clw.check(instrument, answers));
    if (check) fits("FormCheck", check);
  }
});

test("guessed mappings are of their types", () => {
  const file = (name) => ({ name, content: readFileSync(new URL(`../../${name}`, import.meta.url)) });
  const files = [file("examples/wide/wellbeing.csv"), file("clw-core/tests/golden/workbooks/openpyxl.xlsx")];
  fits("MappingGuess", clw.guessMapping([{ name: "a.csv", content: "Client,Date,Mode\nA,2026-01-02,phone call\n" }]));
  fits("MappingGuess", clw.guessMapping([{ name: "a.csv", content: "Forms of April\n\nClient,When,Q1,Q2,Q3\nA,05/04/26,1,2,3\n" }]));
  for (const one of files) fits("MappingGuess", clw.guessMapping([one]));
});

test("changes and courses are of their types, and have every field that those declare", () => {
  for (const { pairs, instrument, measure, level, options } of [...golden("change"), ...tableFiles.flatMap(golden)]) {
    const table = tried(() => clw.pairCountsFromJson(JSON.stringify(pairs)));
    if (!table) continue;
    fits("PairCounts", table);
    const change = tried(() => clw.change(table, { instrument, measure, level, ...options }));
    if (change) fits("ChangeInWords", change);
  }
  const forms = { baselineIds: ["a"], baseline: [8], followUpIds: ["a"], followUp: [5] };
  fits("MatchedPairsInWords", clw.matchedPairs("ucla-3", "loneliness", forms));
  const reliableChange = { method: "published-threshold", id: "six points", fewestSteps: 6 };
  const population = { mean: 12, standardDeviation: 5 };
  const cutOffs = [{ cutOff: "a", clinical: population }, { cutOff: "b", functional: population }];
  const clinicalChangeRules = cutOffs.map((cutOff) => ({ reliableChange, cutOff }));
  const table = clw.pairCounts("phq-9", "depression", [12, 9, 20], [5, 9, 4]);
  fits("ChangeInWords", clw.change(table, { clinicalChangeRules }));
  const means = [{ by: "time" }, { by: "occasion" }, { by: "bins", edges: [0, 2, 5], oneOfBin: "first" }];
  for (const { sittings: { scale, rows } } of golden("growth")) {
    const people = new Map();
    for (const [person, ...sitting] of rows) people.set(person, [...(people.get(person) ?? []), sitting]);
    const sequences = [...people.values()].map((sittings) => ({ people: 1, sittings }));
    const trajectories = clw.trajectoriesFromJson(JSON.stringify({ scale, unit: "session", sequences }));
    fits("Trajectories", trajectories);
    fits("Course", clw.course(trajectories, { means, slopes: { atLeast: "0.5" } }));
  }
  assert.deepEqual(declared.unmet(), []);
});
