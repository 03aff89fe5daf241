// Files in, evidence out. What it says is compared with Rust's, byte for byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as all from "clw/all";
import * as clw from "clw";
import { parse } from "smol-toml";
import { files, tables } from "./caseload.js";

const read = (path, encoding = "utf8") => readFileSync(new URL(`../../${path}`, import.meta.url), encoding);
const folder = (file) => read(`examples/caseload/${file}`);
const source = () => ({
  plan: parse(folder("plan.toml")),
  mapping: parse(folder("mapping.toml")),
  tables: Object.fromEntries(Object.entries(tables).map(([name, file]) => [name, folder(file)])),
});

const mapping = {
  tables: {
    assessments: {
      file: "forms.csv",
      columns: { person: "id", date: "date", answers: ["Q1", "Q2", "Q3"] },
      constants: { instrument: "ucla-3" },
    },
  },
};

test("the example caseload gives the bytes of Rust", () => {
  for (const build of [clw, all]) {
    for (const [file, text] of Object.entries(files(build, source()))) {
      assert.ok(text === read(`target/tmp/caseload/${file}`), `${file} differs from Rust's`);
    }
  }
});

test("a table is a text, bytes or a buffer, and progress is told of every byte", () => {
  const text = "id,date,Q1,Q2,Q3\na,2026-03-05,1,2,3\nb,5 March,1,1,1\n";
  const bytes = new TextEncoder().encode(text);
  const told = [];
  const run = (assessments) => clw.dryRun({ mapping, tables: { assessments }, onProgress: (...of) => told.push(of) });
  const found = run(text);
  assert.deepEqual(run(bytes), found);
  assert.deepEqual(run(bytes.buffer), found);
  assert.deepEqual(told, Array(3).fill([bytes.length, bytes.length]));
  assert.equal(found.people, 1);
  assert.deepEqual(found.account.assessments, { read: 2, used: 1, rejected: { "unreadable-date": 1 }, warned: {} });
  const [problem] = found.problems;
  assert.deepEqual([problem.row, problem.column, problem.value, problem.code, problem.rejected], [3, "date", "5 March", "unreadable-date", true]);
});

test("evidence comes as plain objects", () => {
  const evaluation = clw.evaluate({
    plan: {
      title: "Example Valley",
      "as-of": "2026-06-30",
      measures: [{ instrument: "ucla-3" }],
      pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "closed" } },
    },
    mapping,
    tables: { assessments: "id,date,Q1,Q2,Q3\na,2026-03-05,3,3,3\na,2026-05-05,1,1,1\n" },
  });
  assert.equal(evaluation.people, 1);
  assert.match(evaluation.summary, /^Example Valley\n/);
  assert.equal(evaluation.findings.length, 1);
  assert.deepEqual(evaluation.toObject().findings, evaluation.findings);
});

test("evaluations are read back, merged, hidden and returned", () => {
  const evaluation = all.evaluate(source());
  const again = all.Evaluation.fromJson(evaluation.toJson());
  assert.equal(again.toJson(), evaluation.toJson());
  assert.equal(evaluation.merge(again).people, 2 * evaluation.people);
  const [chart] = evaluation.charts();
  const paper = ({ vegaLite }) => vegaLite.params.find(({ name }) => name === "paper").value;
  assert.equal(paper(evaluation.charts("light")[0]), paper(chart));
  assert.notEqual(paper(evaluation.charts("dark")[0]), paper(chart));
  assert.match(chart.vegaLite.$schema, /vega-lite/);
  const hidden = evaluation.disclosed({ hideUpTo: 9 });
  assert.match(hidden.reportHtml(), /from 1 to 9 are hidden/);
  assert.equal(hidden.toObject().profile.hideUpTo, 9);

  const whole = all.evaluate({ ...source(), plan: parse(read("examples/national/plan.toml")) });
  const open = whole.returnJson({ name: "Example Valley", deliveredBy: "A charity", linkWorkersFullTimeEquivalent: 4.5 });
  const national = all.national([open]);
  assert.equal(national.evaluation.toJson(), whole.toJson());
  assert.equal(national.toObject().programmes[0].programme.linkWorkersFullTimeEquivalent, JSON.parse(open).programme["link-workers-full-time-equivalent"]);
  const small = whole.returnJson({ name: "Example Valley" }, { hideUpTo: 4 });
  assert.equal(all.national([small]).evaluation, undefined);
});

test("texts keep what looks like a name of a field", () => {
  const value = '{"row-account":"\\\\"}';
  const text = `id,date,Q1,Q2,Q3\na,"${value.replaceAll('"', '""')}",1,1,1\n`;
  for (const build of [clw, all]) {
    const [problem] = build.dryRun({ mapping, tables: { assessments: text } }).problems;
    assert.deepEqual([problem.code, problem.value], ["unreadable-date", value]);
  }
});

test("names of tables and problems keep their spelling", () => {
  const { account } = clw.dryRun(source());
  assert.ok(account["onward-links"].read > 0);
  assert.ok(account.assessments.rejected["missing-date"] > 0);
});

test("a mapping is guessed, from files and from a workbook", () => {
  const content = "Client ref,Date completed,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,05/03/2026,1,2,3,3,3,4,5\n";
  const guess = clw.guessMapping([{ name: "swemwbs.csv", content }]);
  assert.equal(guess.tables[0].table, "assessments");
  assert.deepEqual(guess.tables[0].columns[1], {
    heading: "Date completed", field: "date", why: 'its heading reads "date completed"; it holds dates',
  });
  assert.match(guess.toml, /^# A first guess/);
  const found = clw.dryRun({ mapping: guess.mapping, tables: { assessments: content } });
  assert.deepEqual([found.people, found.account.assessments.used], [1, 1]);

  const bytes = read("clw-core/tests/golden/workbooks/openpyxl.xlsx", null);
  const sheets = all.guessMapping([{ name: "caseload.xlsx", content: new Uint8Array(bytes) }]);
  assert.ok(sheets.tables.every(({ file, sheet }) => file === "caseload.xlsx" && sheet));
  assert.throws(() => all.guessMapping([{ name: "caseload.xlsx", content: "no workbook" }]), { name: "ClwError" });
});

test("a local instrument goes by its name from then on", () => {
  const definition = {
    id: "walking",
    version: "1",
    title: "Days walked",
    rights: { holder: "The programme", licence: "Free to use", wording: "shipped" },
    items: [{ id: "days", label: "Days walked last week", lowest: 0, highest: 7 }],
    measures: [{ direction: "higher-is-better", items: ["days"], rule: { kind: "each-item" }, certainty: "local" }],
  };
  const walking = all.addInstrument(definition);
  assert.deepEqual(all.addInstrument(definition), walking);
  assert.deepEqual(all.instrument("walking"), walking);
  assert.equal(all.score("walking", [5]).measures[0].value, 5);
  assert.equal(all.instruments().at(-1).id, "walking");
  assert.throws(() => all.addInstrument({ ...definition, title: "Other" }), { name: "ClwError", code: "instrument-conflict" });
});

for (const [what, ask, expected] of [
  ["a plan that is none", () => clw.evaluate({ ...source(), plan: { title: 1 } }), { code: "unreadable-plan" }],
  ["a mapping that is none", () => clw.dryRun({ ...source(), mapping: {} }), { name: "ClwError" }],
  ["a plan in TOML", () => clw.evaluate({ ...source(), plan: "title = 1" }), TypeError],
  ["no source", () => clw.dryRun(null), TypeError],
  ["a file that is none", () => clw.dryRun({ ...source(), tables: { people: 3 } }), TypeError],
  ["a table there is not", () => clw.dryRun({ ...source(), tables: { visits: "" } }), TypeError],
  ["a Blob outside a worker", () => clw.dryRun({ ...source(), tables: { people: new Blob([]) } }), /only in a worker/],
  ["what is no evaluation", () => all.Evaluation.fromJson("{}"), { name: "ClwError" }],
  ["what is no return", () => all.national(["{}"]), { name: "ClwError" }],
  ["a limit below 2", () => all.evaluate(source()).disclosed({ hideUpTo: 1 }), { name: "ClwError", code: "limit-too-low" }],
]) {
  test(`${what} is refused`, () => assert.throws(ask, expected));
}
