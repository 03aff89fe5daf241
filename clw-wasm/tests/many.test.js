// Many forms at once, forms by the ids of their items, and a table from several files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as all from "clw/all";
import * as clw from "clw";
import * as small from "clw/score";

const forms = [
  [8, 7, 6, 5],
  [null, 11, "not-applicable", 0],
  [10n, undefined, 1.5, NaN],
  [0, 0, "3", 0],
];
const columns = forms[0].map((_, item) => forms.map((form) => form[item]));
const ids = clw.instrument("ons4").items.map(({ id }) => id);

test("many forms score as each by itself, and a bad one stops no other", () => {
  const one = (form, measure) => {
    try {
      return clw.score("ons4", form).measures[measure];
    } catch ({ code }) {
      return { outcome: "not-scored", problems: [{ code }] };
    }
  };
  const all = clw.scoreAll("ons4", columns);
  assert.deepEqual(clw.scoreAll("ons4", Object.fromEntries(ids.map((id, at) => [id, columns[at]]))), all);
  for (const [at, { measure, points, values, unscored }] of all.entries()) {
    assert.equal(measure, clw.instrument("ons4").measures[at].id);
    for (const [row, form] of forms.entries()) {
      const cell = one(form.map((answer, item) => (item === at ? answer : 0)), at);
      const told = unscored.find((entry) => entry.row === row);
      assert.deepEqual([values[row], told?.code], [cell.value ?? NaN, cell.problems?.[0].code]);
      assert.equal(points[row], cell.points ?? -2147483648);
    }
  }
});

test("what has no score is not counted as one", () => {
  const [{ points }] = clw.scoreAll("ons4", [[0, NaN], [1, 1], [1, 1], [1, 1]]);
  assert.deepEqual([...points], [0, -2147483648]);
  assert.throws(() => all.pairCounts("ons4", "life-satisfaction", [5, 5], points), { code: "score-off-scale" });
});

test("columns of numbers of any type score alike", () => {
  const codes = Array.from({ length: 7 }, (_, item) => [3, 5, 1 + (item % 5), 9]);
  const expected = clw.scoreAll("swemwbs", codes);
  // SWEMWBS raw 21 is 19.25 metric in the table of Stewart-Brown et al. (2009).
  assert.deepEqual([expected[0].values[0], expected[0].unscored.map(({ row }) => row)], [19.25, [3]]);
  for (const Column of [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Float64Array]) {
    assert.deepEqual(clw.scoreAll("swemwbs", codes.map((column) => Column.from(column))), expected);
  }
  const blank = clw.scoreAll("swemwbs", codes.map((column) => Float64Array.from(column).fill(NaN, 0, 1)));
  assert.equal(blank[0].unscored[0].code, "all-blank");
  assert.deepEqual(clw.scoreAll("swemwbs", Array(7).fill([]))[0].values, new Float64Array());
});

test("a form is a list in its order, or a record by item", () => {
  const record = { anxious: 5, happy: 6, "life-satisfaction": 8, worthwhile: 7 };
  for (const { check, score } of [clw, small]) {
    assert.deepEqual(score("ons4", record), score("ons4", [8, 7, 6, 5]));
    assert.deepEqual(check("ons4", { happy: 6 }), check("ons4", [null, null, 6, null]));
  }
});

const rows = (date) => `id,date,companionship,left-out,isolated\na,${date},1,2,3\n`;
const plan = {
  title: "Both", "as-of": "2026-12-31", measures: [{ instrument: "ucla-3" }],
  pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "everyone" } },
};

test("files with the same headings are read one below the other, and progress is told of both", () => {
  const [before, after] = [rows("2026-03-05"), rows("2026-06-05")];
  const { mapping, open, tables } = clw.guessMapping([{ name: "before.csv", content: before }, { name: "after.csv", content: after }]);
  assert.deepEqual(open.map(({ code, file }) => [code, file]), [["read-below", "after.csv"]]);
  assert.deepEqual(tables.map(({ table }) => table), ["assessments", "assessments"]);
  const told = [];
  const evaluation = clw.evaluate({ plan, mapping, tables: { assessments: [before, after] }, onProgress: (...of) => told.push(of) });
  assert.match(evaluation.summary, /Of 1\sperson whose follow-up was due, 1 \(/);
  assert.deepEqual(told.at(-1), [before.length + after.length, before.length + after.length]);
  assert.throws(() => clw.evaluate({ plan, mapping, tables: { assessments: before } }), { code: "files-not-given" });
});

test("headings below a title are found, or named by their row", () => {
  const content = `Forms of 2026\n\n${rows("2026-03-05")}`;
  const [found] = clw.guessMapping([{ name: "forms.csv", content }]).tables;
  assert.deepEqual([found.headingRow, found.table], [3, "assessments"]);
  const [other] = clw.guessMapping([{ name: "forms.csv", content, headingRow: 4 }]).tables;
  assert.deepEqual([other.headingRow, other.columns[0].heading], [4, "a"]);
});

test("a workbook stands beside a CSV file, and its sheets are told as progress", () => {
  const workbook = new Uint8Array(readFileSync(new URL("../../clw-core/tests/golden/workbooks/openpyxl.xlsx", import.meta.url)));
  const { mapping } = all.guessMapping([{ name: "openpyxl.xlsx", content: workbook }]);
  mapping.tables.assessments = { file: "forms.csv", columns: { person: "id", date: "date", answers: { "ucla-3": ["companionship", "left-out", "isolated"] } } };
  const others = Object.keys(mapping.tables).filter((table) => table !== "assessments");
  const told = [];
  const tables = { ...Object.fromEntries(others.map((table) => [table, workbook])), assessments: rows("2026-03-05") };
  const { account } = all.dryRun({ mapping, tables, onProgress: (read, total) => told.push(read / total) });
  assert.equal(account.assessments.read, 1);
  for (const table of others) assert.ok(account[table].read > 0, table);
  assert.ok(told.length > others.length && Math.abs(told.at(-1) - 1) < 1e-9, told);
});

test("postcodes become places on SIMD and are forgotten", () => {
  const mapping = {
    tables: {
      people: { file: "people.csv", columns: { person: "id", postcode: "Postcode" } },
      assessments: { file: "forms.csv", columns: { person: "id", date: "date", answers: { "ucla-3": ["companionship", "left-out", "isolated"] } } },
    },
  };
  const tables = { people: "id,Postcode\na,EH1 1AA\n", assessments: rows("2026-03-05") };
  const postcodes = {
    mapping: { file: "lookup.csv", columns: { postcode: "pc", quintile: "q" }, constants: { version: "2020v2" } },
    file: "pc,q\nEH1 1AA,2\n",
  };
  assert.throws(() => clw.dryRun({ mapping, tables }), { name: "ClwError", code: "postcodes-without-lookup" });
  const found = clw.dryRun({ mapping, tables, postcodes });
  assert.deepEqual([found.people, found.account.people.used], [1, 1]);
  assert.ok(!clw.evaluate({ plan, mapping, tables, postcodes }).toJson().includes("EH1"));
  assert.throws(() => clw.dryRun({ mapping, tables, postcodes: { mapping: {}, file: "" } }), { name: "ClwError" });
});
