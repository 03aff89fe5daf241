// The small build beside the whole one: the same functions with the same results, and what forms need.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as all from "clw/all";
import * as clw from "clw";
import * as score from "clw/score";
import { objects } from "./golden.js";

const { cases } = JSON.parse(readFileSync(new URL("../../clw-core/tests/golden/score.json", import.meta.url), "utf8"));

test("everything in a build is in the larger one", () => {
  for (const [small, large] of [[score, clw], [clw, all]]) for (const name of Object.keys(small)) assert.ok(name in large, name);
});

test("both builds score alike, and know the same instruments", () => {
  assert.deepEqual(score.instruments(), clw.instruments().slice(0, score.instruments().length));
  assert.deepEqual(objects(score, cases), objects(clw, cases));
});

test("a form is complete, incomplete or invalid, item by item", () => {
  const state = (answers) => {
    const check = score.check("ons4", answers);
    assert.deepEqual(check, clw.check("ons4", answers));
    assert.equal(check.answered + check.blank.length + check.problems.length, 4);
    return [check.state, check.blank, check.problems.map(({ id, code }) => `${id} ${code}`)];
  };
  assert.deepEqual(state([8, 7, 0, 10n]), ["complete", [], []]);
  assert.deepEqual(state([8, undefined, NaN, 10]), ["incomplete", ["worthwhile", "happy"], []]);
  assert.deepEqual(state([null, 11, "2", "not-applicable"]), [
    "invalid", ["life-satisfaction"], ["worthwhile out-of-range", "happy not-an-answer", "anxious not-applicable"],
  ]);
  assert.throws(() => score.check("ons4", [1]), { name: "ClwError", code: "wrong-number-of-answers" });
});

test("a person's change is told by direction, band and rule", () => {
  const change = score.personChange("gad-7", "anxiety", 12, 8);
  assert.deepEqual([change.change, change.anyChange, change.baseline.value], [-4, "improved", 12]);
  assert.equal(change.changeRules.find(({ rule }) => rule === "nhs-talking-therapies").outcome, "improved");
  for (const [points, code] of [[22, "score-off-scale"], [1.5, "not-whole"], [null, "not-whole"]]) {
    assert.throws(() => score.personChange("gad-7", "anxiety", 12, points), { name: "ClwError", code });
  }
});
