// What is JavaScript's own of paired statistics. Values are compared in golden.test.js.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as clw from "clw/all";

const baseline = [1798, 1925, 2154, 1743, 1688];
const followUp = [2154, 2073, 2073, 2321, 1859];
const count = (...columns) => clw.pairCounts("swemwbs", "wellbeing", ...columns);
const pairs = count(baseline, followUp);

test("a table is a plain object and its JSON", () => {
  assert.equal(Object.getPrototypeOf(pairs), Object.prototype);
  const scale = { direction: "higher-is-better", stepsPerUnit: 100, lowest: 700, highest: 3500 };
  assert.deepEqual(pairs.scale, scale);
  assert.deepEqual(pairs.cells[0], [1688, 1859, 1]);
  assert.deepEqual(clw.pairCountsFromJson(clw.pairCountsJson(pairs)), pairs);
  assert.match(clw.pairCountsJson(pairs), /"steps-per-unit":100/);
});

test("columns come in many types", () => {
  for (const Column of [Int32Array, Int16Array, Uint16Array, Float64Array, Array]) {
    assert.deepEqual(count(Column.from(baseline), followUp.values()), pairs);
  }
});

test("merging tables is counting the pooled sample", () => {
  const first = count(baseline.slice(0, 2), followUp.slice(0, 2));
  const rest = count(baseline.slice(2), followUp.slice(2));
  assert.deepEqual(clw.mergePairCounts(first, rest), pairs);
});

test("forms are put into pairs in any order, and the result is a plain object", () => {
  const forms = { baselineIds: ["a", 7, undefined, "b"], baseline: [8, 9, 3, NaN], followUpIds: Int32Array.of(8, 7), followUp: Float64Array.of(4, 5) };
  const matched = clw.matchedPairs("ucla-3", "loneliness", forms);
  assert.equal(Object.getPrototypeOf(matched), Object.prototype);
  assert.deepEqual(matched.pairs, clw.pairCounts("ucla-3", "loneliness", [9], [5]));
  assert.deepEqual(matched.baseline, { rows: 4, matched: 1, onlyAtThisSitting: 1, withoutId: 1, withoutScore: 1 });
  assert.deepEqual(matched.followUp, { rows: 2, matched: 1, onlyAtThisSitting: 1, withoutId: 0, withoutScore: 0 });
  assert.match(matched.sentence, /^Of 4.forms at baseline and 2.at follow-up, 2.have the same id at both and make 1.pair\. /);
});

test("a change is a plain object with the numbers of its JSON", () => {
  const options = {
    level: 0.9,
    instrument: "swemwbs",
    measure: "wellbeing",
    bandSets: ["england-2010-2013"],
    signedRank: { exactLimit: 0 },
  };
  const change = clw.change(pairs, options);
  const json = JSON.parse(clw.changeJson(pairs, options));
  assert.equal(Object.getPrototypeOf(change), Object.prototype);
  assert.deepEqual(change.pairedT.interval, json["paired-t"].interval);
  assert.equal(change.pairedT.interval.level, 0.9);
  // Four of five rise, by the columns above; low is up to 19.25 in Ng Fat et al. (2017).
  assert.equal(change.anyChange.improved.count, 4);
  assert.match(change.sentences.anyChange, /^Of 5\speople with a pair of scores, 4 scored better/);
  assert.deepEqual(change.transitions[0].pairs, [[1, 3, 0], [0, 1, 0], [0, 0, 0]]);
  assert.equal(change.signedRank.method.normalApproximation.continuity, "corrected");
  assert.deepEqual(clw.change(count([], [])).pairedT, { notComputed: "no-pairs" });
});

test("bootstrap intervals come where they are asked for", () => {
  const { bootstrap } = clw.change(pairs, { bootstrap: { resamples: 199, seed: 7 } });
  assert.deepEqual([bootstrap.n, bootstrap.resamples, bootstrap.seed], [5, 199, 7]);
  // Changes of 3.56, 1.48, −0.81, 5.78 and 1.71 sum to 11.72; the middle one is 1.71.
  assert.deepEqual([bootstrap.meanChange.estimate, bootstrap.medianChange.estimate], [2.344, 1.71]);
  assert.equal(bootstrap.meanChange.bca.limits.level, 0.95);
  assert.equal(clw.change(pairs).bootstrap, undefined);
  assert.deepEqual(clw.change(count([1798], [2154]), { bootstrap: {} }).bootstrap, { notComputed: "one-pair" });
});

for (const [ask, code, message] of [
  [() => count(baseline, followUp.slice(1)), "unequal-columns", "the baseline column has 5 rows and the follow-up column 4; "],
  [() => count([1798, 19], [1798, 1798]), "score-off-scale", "row 1: the baseline score is 19 points, outside 700..=3500; "],
  [() => clw.pairCounts("swemwbs", "wellness", [], []), "unknown-name", "`swemwbs` has no measure `wellness`; "],
  [() => clw.mergePairCounts(pairs, clw.pairCounts("ucla-3", "loneliness", [], [])), "different-scales", "the tables are on different scales, "],
  [() => clw.pairCountsFromJson("{"), "unreadable-json", "the table cannot be read: "],
  [() => clw.pairCountsJson({}), "missing-field", "the table cannot be read: "],
  [() => clw.change(pairs, { level: 95 }), "level-outside", "the confidence level is 95, "],
  [() => clw.change(pairs, { changeRules: ["nhs-england"] }), "measure-not-given", "the change rule `nhs-england` was asked for without a measure; "],
  [() => clw.change(pairs, { bootstrap: { resamples: 1e7 } }), "too-many-resamples", "10000000 resamples are asked for, above 1000000; "],
  [() => clw.change(pairs, { alternativ: "less" }), "unknown-field", "the options cannot be read: unknown field `alternativ`, expected one of `alternative`, "],
]) {
  test(`${code} is refused: ${message}`, () => {
    assert.throws(ask, (error) => {
      assert.ok(error instanceof Error);
      assert.deepEqual([error.name, error.code], ["ClwError", code]);
      assert.ok(error.message.startsWith(message), error.message);
      return true;
    });
  });
}

for (const [value, found] of [[19.25, "19.25"], ["1925", '"1925"'], [null, "null"], [2 ** 31, "2147483648"], [NaN, "NaN"]]) {
  test(`${found} is no whole number of points`, () => {
    const message = `row 1: the baseline score is ${found}, not a whole number of 32 bits; give steps of the scale, such as 1925 for 19.25`;
    assert.throws(() => count([1925, value], [1925, 1925]), { name: "ClwError", code: "not-whole", message });
  });
}

test("what is no column is refused", () => {
  for (const column of [new Set([1925]), 1925, null, {}]) {
    assert.throws(() => count(column, [1925]), TypeError);
  }
  for (const nothing of [null, 3, "table", []]) {
    assert.throws(() => clw.change(nothing), TypeError);
  }
});
