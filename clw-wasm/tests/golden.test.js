// The cases that cargo, pytest and Chromium read too: expected values, then equal bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as clw from "clw/all";
import * as page from "clw";
import { changeLines, columns, courseLines, endPointLines, lines, matchedLines, objects, tableFiles } from "./golden.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const whole = (file) => JSON.parse(read(`clw-core/tests/golden/${file}.json`));
const golden = (file) => whole(file).cases;
const cases = golden("score");

test("forms score as expected", () => {
  const expected = cases.map(({ expect, error }) => expect ?? error);
  assert.deepEqual(objects(clw, cases).map(JSON.parse), expected);
  assert.deepEqual(lines(clw, cases).map(JSON.parse), expected);
});

test("lines are those of Rust", () => {
  for (const build of [clw, page]) {
    assert.equal(lines(build, cases).map((line) => `${line}\n`).join(""), read("target/tmp/score.jsonl"));
  }
});

test("changes are those of Rust", () => {
  const found = changeLines(clw, golden("change"), tableFiles.flatMap(golden));
  assert.equal(found.map((line) => `${line}\n`).join(""), read("target/tmp/change.jsonl"));
});

test("forms are put into pairs as expected", () => {
  for (const { name, instrument, measure, forms, expect, code } of golden("matched_pairs")) {
    const matched = () => clw.matchedPairs(instrument, measure, columns(forms));
    if (code) {
      assert.throws(matched, { name: "ClwError", code }, name);
      continue;
    }
    const { pairs, baseline, followUp } = matched();
    const account = ({ rows, matched, onlyAtThisSitting, withoutId, withoutScore }) =>
      ({ rows, matched, "only-at-this-sitting": onlyAtThisSitting, "without-id": withoutId, "without-score": withoutScore });
    assert.deepEqual({ cells: pairs.cells, baseline: account(baseline), "follow-up": account(followUp) }, expect, name);
  }
});

test("matched pairs are those of Rust", () => {
  const found = matchedLines(clw, golden("matched_pairs"));
  assert.equal(found.map((line) => `${line}\n`).join(""), read("target/tmp/matched_pairs.jsonl"));
});

test("end points are those of Rust", () => {
  for (const build of [clw, page]) {
    const found = endPointLines(build, whole("end_point"));
    assert.equal(found.map((line) => `${line}\n`).join(""), read("target/tmp/end_point.jsonl"));
  }
});

test("courses are those of Rust", () => {
  const found = courseLines(clw, golden("growth"));
  assert.equal(found.map((line) => `${line}\n`).join(""), read("target/tmp/course.jsonl"));
});
