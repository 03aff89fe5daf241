// What is JavaScript's own of sittings over time. Values are compared in golden.test.js.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as clw from "clw/all";

const people = ["a", "b", "a", "a", "b", "c"];
const days = [0, 0, 28, 56, 28, 0];
const points = [1798, 1925, 2154, 2321, 1925, 2073];
const gather = (given = {}) => {
  const columns = { unit: "day", people, days, points, ...given };
  return clw.trajectories("swemwbs", "wellbeing", columns.unit, columns.people, columns.days, columns.points);
};

test("trajectories are a plain object, their JSON and the sum of their parts", () => {
  assert.equal(Object.getPrototypeOf(gather()), Object.prototype);
  assert.deepEqual(gather().sequences[0], { people: 1, sittings: [[0, 1798], [28, 2154], [56, 2321]] });
  assert.deepEqual(clw.trajectoriesFromJson(clw.trajectoriesJson(gather())), gather());
  const numbered = people.map((person) => person.charCodeAt(0));
  assert.deepEqual(gather({ people: numbered, days: Int32Array.from(days) }), gather());
  const of = (own) => {
    const rows = people.map((person, row) => row).filter((row) => own.includes(people[row]));
    const [some, when, scores] = [people, days, points].map((column) => rows.map((row) => column[row]));
    return gather({ people: some, days: when, points: scores });
  };
  assert.deepEqual(clw.mergeTrajectories(of("a"), of("bc")), gather());
});

test("a course is a plain object with the numbers of its JSON", () => {
  const options = { level: 0.9, means: [{ by: "bins", edges: [0, 28, 57], oneOfBin: "last" }], slopes: { atLeast: "0.05" } };
  const course = clw.course(gather(), options);
  const json = JSON.parse(clw.courseJson(gather(), options));
  assert.deepEqual(course.means[0].points[0].interval, json.means[0].points[0].interval);
  // The means of 17.98, 19.25, 20.73, and of the later of a's two and b's one.
  assert.deepEqual(course.means[0].points.map(({ n }) => n), [3, 2]);
  assert.equal(course.means[0].sittingsLeftOut, 1);
  assert.deepEqual([course.slopes.improving.count, course.slopes.withoutSlope], [1, 1]);
  assert.deepEqual(clw.course(gather({ people: [], days: [], points: [] })).slopes.mean, { notComputed: "nobody-seen-twice" });
});

for (const [ask, code, message] of [
  [() => gather({ unit: "month" }), "unknown-unit", "`month` is no unit of time; give `day`, `week` or `session`"],
  [() => gather({ days: days.slice(1) }), "unequal-columns", "the column of people has 6 rows, that of times 5 and that of scores 6; give one row a sitting in all three"],
  [() => gather({ days: [0.5, ...days.slice(1)] }), "not-whole", "row 0: the time is 0.5, not a whole number of 32 bits; give whole days, weeks or numbers of sessions"],
  [() => clw.trajectories("swemwbs", "wellness", "day", [], [], []), "unknown-name", "`swemwbs` has no measure `wellness`; it has `wellbeing`"],
  [() => clw.course(gather(), { mixedModels: ["intercept"] }), "without-mixed-models", "mixed models were asked for, and the browser's build has none; fit them in Python or in Rust with the feature `mixed-models`"],
]) {
  test(`${code} is refused: ${message}`, () => {
    assert.throws(ask, { name: "ClwError", code, message });
  });
}

test("people have ids", () => {
  for (const nobody of [null, 1.5, NaN, {}]) {
    assert.throws(() => gather({ people: [nobody, ...people.slice(1)] }), { name: "ClwError", code: "not-an-id" });
  }
});
