// The cases that cargo, pytest and Chromium read too: expected values, then equal bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as clw from "clw";
import { lines, objects } from "./golden.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const { cases } = JSON.parse(read("clw-core/tests/golden/score.json"));

test("forms score as expected", () => {
  const expected = cases.map(({ expect, error }) => expect ?? error);
  assert.deepEqual(objects(clw, cases).map(JSON.parse), expected);
  assert.deepEqual(lines(clw, cases).map(JSON.parse), expected);
});

test("lines are those of Rust", () => {
  assert.equal(lines(clw, cases).map((line) => `${line}\n`).join(""), read("target/tmp/score.jsonl"));
});
