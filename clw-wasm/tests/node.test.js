// What is JavaScript's own: the values that go in and out. Values are compared in golden.test.js.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import * as clw from "clw";

const form = [3, 3, 3, 3, 3, 3, 3];
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const manifest = JSON.parse(read("../package.json"));

test("the package and the module are of one version", () => {
  assert.equal(clw.version(), manifest.version);
});

test("the catalogue lists and finds", () => {
  const swemwbs = clw.instrument("SWMWBS");
  assert.deepEqual(clw.instruments().find(({ id }) => id === "swemwbs"), swemwbs);
  assert.equal(clw.instrument("ons4").measures[0].id, "life-satisfaction");
  const { lowest, highest, direction } = swemwbs.measures[0];
  assert.deepEqual({ lowest, highest, direction }, { lowest: 7, highest: 35, direction: "higher-is-better" });
});

test("a sheet is a plain object, equal to its JSON where their keys are the same", () => {
  const sheet = clw.score("swemwbs", form);
  // SWEMWBS raw 21 is 19.25 metric in the conversion table of Stewart-Brown et al. (2009).
  const { raw, points, value } = sheet.measures[0];
  assert.deepEqual({ raw, points, value }, { raw: 21, points: 1925, value: 19.25 });
  assert.equal(Object.getPrototypeOf(sheet), Object.prototype);
  assert.deepEqual(sheet, JSON.parse(clw.scoreJson("swemwbs", form)));
});

test("whole numbers come in many types", () => {
  for (const same of [Int8Array.from(form), form.map(BigInt), form.values()]) {
    assert.deepEqual(clw.score("swemwbs", same), clw.score("swemwbs", form));
  }
});

test("null, undefined and NaN are blanks", () => {
  const blank = clw.score("swemwbs", form.with(2, null));
  assert.deepEqual(clw.score("swemwbs", form.with(2, undefined)), blank);
  assert.deepEqual(clw.score("swemwbs", form.with(2, NaN)), blank);
  assert.deepEqual(blank.measures[0].problems.map(({ code }) => code), ["blank"]);
});

for (const [answer, code, shown] of [
  [1.5, "not-an-answer", "1.5, which is not a whole number"],
  [Infinity, "not-an-answer", "inf, which is not a whole number"],
  ["2", "not-an-answer", '"2", which is not a whole number'],
  [true, "not-an-answer", "true, which is not a whole number"],
  [[3], "not-an-answer", "a value of type `object`, which is not a whole number"],
  [10n ** 30n, "out-of-range", "1000000000000000000000000000000, outside 1..=5"],
  [-(2n ** 63n) - 1n, "out-of-range", "-9223372036854775809, outside 1..=5"],
  [1e19, "out-of-range", "10000000000000000000, outside 1..=5"],
]) {
  test(`${typeof answer} ${answer} is refused`, () => {
    assert.throws(() => clw.score("swemwbs", form.with(2, answer)), (error) => {
      assert.ok(error instanceof Error);
      assert.equal(error.name, "ClwError");
      assert.equal(error.code, code);
      assert.ok(error.message.startsWith(`item 3 (\`relaxed\`) was answered ${shown}`), error.message);
      return true;
    });
  });
}

test("a form without order is refused", () => {
  for (const answers of [3, null, "3333333", Promise.resolve({}), new Set([1, 2, 3, 4, 5, 6, 7]), new Map([[1, 3]])]) {
    assert.throws(() => clw.score("swemwbs", answers), /give a list in form order/);
  }
});

test("the examples of the readmes run", async (t) => {
  t.mock.method(console, "log", () => {});
  for (const path of ["../README.md", "../../README.md"]) {
    const code = [...read(path).matchAll(/```js\n(.*?)```/gs)].map(([, block]) => block).join("\n");
    assert.match(code, /from "clw"/);
    // Beside the module, where the package can import itself by name.
    const file = new URL("../dist/readme.mjs", import.meta.url);
    writeFileSync(file, code);
    await import(`${file}?${path}`);
  }
});
