// Whatever JavaScript can hand over by mistake is refused by an `Error` with a code and a sentence, and the
// module goes on. What the core refuses is tested where it is computed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as clw from "clw/all";
import * as page from "clw";
import * as small from "clw/score";

const pairs = clw.pairCounts("swemwbs", "wellbeing", [1798, 1925], [2154, 2073]);
const plan = (title = "Example Valley") => ({
  title,
  "as-of": "2026-06-30",
  measures: [{ instrument: "ucla-3" }],
  pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "closed" } },
});
const mapping = {
  tables: {
    assessments: { file: "forms.csv", columns: { person: "id", date: "date", answers: ["Q1", "Q2", "Q3"] }, constants: { instrument: "ucla-3" } },
  },
};
const tables = { assessments: "id,date,Q1,Q2,Q3\na,2026-03-05,3,3,3\na,2026-05-05,1,1,1\n" };
const source = (more = {}) => ({ mapping, tables, ...more });
const evaluation = clw.evaluate(source({ plan: plan() }));
const forms = (more) => ({ baselineIds: ["a"], baseline: [8], followUpIds: ["a"], followUp: [5], ...more });
const freed = () => {
  const one = clw.evaluate(source({ plan: plan() }));
  one.free();
  one.free();
  return one;
};
const detached = (array) => {
  structuredClone(array, { transfer: [array.buffer ?? array] });
  return array;
};
const itself = {};
itself.itself = itself;

/** What is given, the code and the sentence. */
const refusals = [
  // Texts.
  [() => clw.score(3, []), "not-a-text", "the instrument is of type number; give a text"],
  [() => clw.check(null, []), "not-a-text", "the instrument is of type null; give a text"],
  [() => small.score(undefined, []), "not-a-text", "the instrument is of type undefined; give a text"],
  [() => small.instrument({}), "not-a-text", "the instrument is of type object; give a text"],
  [() => clw.personChange("swemwbs", 1, 1, 1), "not-a-text", "the measure is of type number; give a text"],
  [() => clw.pairCounts("swemwbs", Symbol("wellbeing"), [], []), "not-a-text", "the measure is of type symbol; give a text"],
  [() => clw.trajectories("swemwbs", "wellbeing", 7, [], [], []), "not-a-text", "the unit is of type number; give a text"],
  [() => clw.pairCountsFromJson(pairs), "not-a-text", "the text is of type object; give a text"],
  [() => clw.trajectoriesFromJson(7), "not-a-text", "the text is of type number; give a text"],
  [() => clw.Evaluation.fromJson(evaluation), "not-a-text", "the evaluation is of type object; give a text"],
  [() => clw.national([evaluation]), "not-a-text", "the return is of type object; give a text"],
  [() => clw.guessMapping([{ content: "a,b" }]), "not-a-text", "the file's name is of type undefined; give a text"],
  // Lists.
  [() => clw.national({ length: 2 ** 32 }), "no-order", "a column came without an order; give a list, one row after the other"],
  [() => clw.national("{}"), "no-order", "a column came without an order; give a list, one row after the other"],
  [() => clw.pairCounts("swemwbs", "wellbeing", new Set([1]), []), "no-order", "a column came without an order; give a list, one row after the other"],
  [() => clw.score("ons4", 4), "no-order", "answers came without an order; give a list in form order, or a record by item"],
  [() => clw.pairCounts("swemwbs", "wellbeing", detached(Int32Array.of(1798)), []), "detached-buffer", "the buffer of a typed array was sent to another thread; send a copy of it"],
  [() => clw.dryRun(source({ tables: { assessments: detached(new Uint8Array(9)) } })), "detached-buffer", "the buffer of a typed array was sent to another thread; send a copy of it"],
  [() => clw.dryRun(source({ tables: { assessments: detached(new ArrayBuffer(9)) } })), "detached-buffer", "the buffer of a table was sent to another thread; send a copy of it"],
  [() => clw.score("ons4", { happy: 3, sad: 4 }), "unknown-name", "`ons4` has no item `sad`; it has `life-satisfaction`, `worthwhile`, `happy`, `anxious`"],
  [() => clw.scoreAll("ons4", [[1], [2], [3]]), "missing-column", /^item 4 \(`anxious`\) has no column among the 3 given; /],
  [() => clw.scoreAll("ons4", [[1], [2], [3], [4], [5]]), "surplus-column", /^5 columns were given for 4 items; /],
  [() => clw.scoreAll("ons4", [[1], [2], [3], [4, 5]]), "column-length", /^column 4 does not have 1 rows; /],
  [() => clw.scoreAll("ons4", [1, 2, 3, 4]), "no-order", "a column came without an order; give a list, one row after the other"],
  // People.
  [() => clw.trajectories("swemwbs", "wellbeing", "day", ["a", ""], [0, 0], [1798, 1925]), "not-an-id", "row 1: the person is blank; give a text or a whole number"],
  [() => clw.trajectories("swemwbs", "wellbeing", "day", [" \t"], [0], [1798]), "not-an-id", "row 0: the person is blank; give a text or a whole number"],
  [() => clw.trajectories("swemwbs", "wellbeing", "day", [1.5], [0], [1798]), "not-an-id", "row 0: the person is of type number; give a text or a whole number"],
  [() => clw.trajectories("swemwbs", "wellbeing", "day", detached(Int32Array.of(1)), [0], [1798]), "detached-buffer", "the buffer of a typed array was sent to another thread; send a copy of it"],
  // Forms.
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ baselineIds: [1.5] })), "not-an-id", "row 0: the person is of type number; give a text or a whole number"],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ followUpIds: [true] })), "not-an-id", "row 0: the person is of type boolean; give a text or a whole number"],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ baselineIds: ["a", " a"], baseline: [8, 7] })), "id-twice", 'row 1: the baseline sitting has "a" twice, first in row 0; keep one form of each person, such as the first at baseline and the last at follow-up'],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ followUp: ["5"] })), "not-whole", 'row 0: the follow-up score is "5", not a whole number of 32 bits; give steps of the scale, such as 1925 for 19.25'],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ baseline: new Set([8]) })), "no-order", "a column came without an order; give a list, one row after the other"],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ baseline: detached(Int32Array.of(8)) })), "detached-buffer", "the buffer of a typed array was sent to another thread; send a copy of it"],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ followUpIds: undefined })), "missing-field", "the object of forms has no `followUpIds`; give a list, one row after the other"],
  [() => clw.matchedPairs("ucla-3", "loneliness", forms({ ids: ["a"] })), "unknown-field", "the object of forms has `ids`, which is none of `baselineIds`, `baseline`, `followUpIds`, `followUp`; leave it out"],
  [() => clw.matchedPairs("ucla-3", "loneliness"), "not-an-object", "what was given is no object; give one with baselineIds"],
  // Options.
  [() => clw.change(pairs, new Map([["level", 0.5]])), "not-an-object", "the options came as no plain object; give plain objects and lists, and await promises"],
  [() => clw.change(pairs, Promise.resolve({})), "not-an-object", "the options came as no plain object; give plain objects and lists, and await promises"],
  [() => clw.change(pairs, 0.9), "not-an-object", "the options came as no plain object; give one"],
  [() => clw.change(pairs, null), "not-an-object", "the options came as no plain object; give one"],
  [() => clw.change([]), "not-an-object", "the table came as no plain object; give one"],
  [() => clw.change(pairs, { bootstrap: new Map() }), "not-an-object", "`bootstrap` of the options is no plain object; give plain objects and lists, and await promises"],
  [() => clw.change(pairs, { level: () => 0.9 }), "not-an-object", "`level` of the options is no plain object; give plain objects and lists, and await promises"],
  [() => clw.change(pairs, { bootstrap: { seed: NaN } }), "not-a-number", "`seed` of the options is NaN or infinite; give a finite number, or leave it out"],
  [() => clw.change(pairs, { bootstrap: { seed: 2n ** 64n } }), "not-a-number", "`seed` of the options is a BigInt; give a number"],
  [() => clw.change(pairs, itself), "not-json", "the options cannot be written as JSON; leave out what holds itself"],
  [() => clw.change(pairs, { instrument: "swemwbs" }), "not-a-text", "the options do not name an instrument and its measure, both as texts; give both, or neither"],
  [() => clw.change(pairs, { instrument: "nope", measure: "wellbeing" }), "unknown-instrument", /^no instrument is called "nope"; /],
  [() => clw.change(pairs, { signedRanks: {} }), "unknown-field", /^the options cannot be read: unknown field `signedRanks`, expected one of .*`signedRank`.*; correct that place$/],
  [() => clw.course({ ...pairs, unit: "day" }), "unknown-field", /^the trajectories cannot be read: unknown field `cells`, expected /],
  [() => evaluation.disclosed({ hideUpTo: 1 }), "limit-too-low", /^[^[]*; [^[]*$/],
  [() => evaluation.disclosed({ hideUpTo: 4, roundingBase: 5 }), "unknown-field", "the profile cannot be read: unknown field `roundingBase`, expected one of `hideUpTo`, `zeros`, `rounding`; correct that place"],
  [() => evaluation.disclosed({}), "missing-field", "the profile cannot be read: missing field `hideUpTo`; correct that place"],
  [() => evaluation.disclosed({ hideUpTo: NaN }), "not-a-number", "`hideUpTo` of the profile is NaN or infinite; give a finite number, or leave it out"],
  [() => evaluation.returnJson({}), "missing-field", "the programme cannot be read: missing field `name`; correct that place"],
  [() => evaluation.returnJson({ name: "A", practices: NaN }), "not-a-number", "`practices` of the programme is NaN or infinite; give a finite number, or leave it out"],
  [() => evaluation.returnJson("A"), "not-an-object", "the programme came as no plain object; give one"],
  [() => evaluation.disclosed(undefined, [{}]), "not-an-evaluation", "an earlier release is no evaluation; give one, or its JSON"],
  // Records.
  [() => clw.evaluate(source({ plan: plan(), threads: 2 })), "unknown-field", "the source has `threads`, which is none of `mapping`, `tables`, `workbook`, `postcodes`, `plan`, `onProgress`; leave it out"],
  [() => clw.evaluate(source({ plan: Promise.resolve(plan()) })), "not-an-object", "the plan came as no plain object; give plain objects and lists, and await promises"],
  [() => clw.evaluate(source({ plan: "title = 1" })), "not-an-object", "the plan came as no object; give one with the keys of its TOML file"],
  [() => clw.evaluate(), "not-an-object", "what was given is no object; give one with plan"],
  [() => clw.dryRun({ mapping }), "not-an-object", "tables came as no object; give one with a file for each table of the mapping"],
  [() => clw.dryRun(source({ tables: { assessments: 3 } })), "not-a-file", "a table is of type number; give a text, bytes or a Blob"],
  [() => clw.dryRun(source({ tables: { visits: "" } })), "unknown-table", /^a file is given as `visits`, which is no table; name it one of people, /],
  [() => clw.dryRun(source({ tables: { assessments: new Blob([]) } })), "only-in-a-worker", "a file is read here only in a worker; give its bytes: await file.arrayBuffer()"],
  [() => clw.dryRun(source({ onProgress: "loud" })), "not-a-function", "onProgress is of type string; give a function"],
  [() => clw.addInstrument([]), "unreadable", "not a definition in JSON: invalid type: sequence, expected struct Definition"],
  // What the module holds.
  [() => freed().toJson(), "freed", "the evaluation was freed, or never made; keep it until it is used for the last time"],
  [() => freed().people, "freed", "the evaluation was freed, or never made; keep it until it is used for the last time"],
  [() => evaluation.merge(evaluation), "same-evaluation", "both are the same evaluation, and its people would count twice; give it once"],
  [() => evaluation.charts("drak"), "unknown-theme", 'the theme came as "drak"; give "light" or "dark"'],
  [() => evaluation.disclosed().charts(7), "not-a-text", "the theme is of type number; give a text"],
  [() => evaluation.merge(freed()), "freed", "the evaluation was freed, or never made; keep it until it is used for the last time"],
  [() => new clw.Evaluation().summary, "freed", "the evaluation was freed, or never made; keep it until it is used for the last time"],
  [() => new clw.National().toJson(), "freed", "the national picture was freed, or never made; keep it until it is used for the last time"],
  [() => evaluation.merge({ __wbg_ptr: 1 }), "not-an-evaluation", "what was given is no evaluation of this copy of the library; give its JSON to `Evaluation.fromJson` first"],
  [() => evaluation.merge(), "not-an-evaluation", "what was given is no evaluation of this copy of the library; give its JSON to `Evaluation.fromJson` first"],
];

for (const [at, [ask, code, message]] of refusals.entries()) {
  test(`${at + 1}. ${code}: ${ask.toString().slice(6, 90)}`, () => {
    assert.throws(ask, (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.name, /^(ClwError|TypeError)$/);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.equal(error.code, code);
      return true;
    });
    assert.equal(clw.score("ons4", [1, 2, 3, 4]).measures[0].value, 1);
  });
}

test("what only the whole library does is refused by the smaller one, not passed over", () => {
  const told = (name) => `a workbook came for \`${name}\`, which this build does not open; import \`clw/all\`, or save its sheets as CSV`;
  const workbook = Uint8Array.of(0x50, 0x4b, 3, 4);
  const refused = { name: "ClwError", code: "not-built-in" };
  assert.throws(() => page.dryRun(source({ tables: { assessments: workbook } })), { ...refused, message: told("assessments") });
  assert.throws(() => page.dryRun({ mapping, workbook }), { ...refused, message: told("assessments") });
  assert.throws(() => page.guessMapping([{ name: "a.xlsx", content: workbook }]), { ...refused, message: told("a.xlsx") });
  const own = page.evaluate(source({ plan: plan() }));
  const elsewhere = "what was given is no evaluation of this copy of the library; evaluate its records here";
  assert.throws(() => own.merge(evaluation), { name: "ClwError", code: "not-an-evaluation", message: elsewhere });
  own.free();
  assert.throws(() => own.people, { name: "ClwError", code: "freed" });
});

test("what a caller's own function throws comes back as it was thrown", () => {
  const own = new RangeError("enough");
  const onProgress = () => {
    throw own;
  };
  for (const run of [clw.dryRun, (all) => clw.evaluate({ ...all, plan: plan() })]) {
    assert.throws(() => run(source({ onProgress })), (error) => error === own);
  }
  const answers = (function* () {
    throw own;
  })();
  assert.throws(() => clw.score("ons4", answers), (error) => error === own);
});

test("a refused mapping or file says what it is about in names and numbers too", () => {
  const of = (columns, constants) => ({ mapping: { tables: { assessments: { file: "forms.csv", columns, constants } } }, tables });
  const [person, date, answers, constants] = ["id", "date", ["Q1", "Q2", "Q3"], { instrument: "ucla-3" }];
  for (const [given, code, about] of [
    [{ mapping: { tables: {} }, tables }, "no-assessments", {}],
    [of({ date, answers }, constants), "field-not-mapped", { table: "assessments", fields: ["person"] }],
    [of({ person, answers }, constants), "field-not-mapped", { table: "assessments", fields: ["date", "occasion"] }],
    [of({ person, date, answers: { "ucla-3": ["Q1"] } }), "item-count", { instrument: "ucla-3", found: 1, needed: 3 }],
    [of({ person: "who", date, answers }, constants), "heading-missing", { file: "forms.csv", heading: "who" }],
    [source({ tables: { assessments: [tables.assessments, tables.assessments] } }), "files-not-given", { table: "assessments", found: 2, needed: 1 }],
  ]) {
    for (const { dryRun } of [clw, page]) assert.throws(() => dryRun(given), { code, about });
  }
  assert.throws(() => clw.score("ons5", []), ({ code, about }) => code === "unknown-instrument" && about === undefined);
});

test("a row says what it is held to, and where a word is given a meaning", () => {
  const { columns } = mapping.tables.assessments;
  const given = { mapping: { tables: { assessments: { ...mapping.tables.assessments, columns: { ...columns, gender: "Gender", "birth-year": "Born" } } } } };
  const rows = ["id,date,Q1,Q2,Q3,Gender,Born", "a,2026-03-05,5,1,1,,", "b,2026-03-05,1,often,1,,", "c,2026-03-05,1,1,1,lilac,", "d,2026-03-05,1,1,1,,1700", "e", "f,soon,1,1,1,,"];
  const { problems } = clw.dryRun({ ...given, tables: { assessments: rows.join("\n") } });
  assert.deepEqual(problems.map(({ code, value, limit, section }) => [code, value, limit, section]), [
    ["answer-out-of-range", "5", "1 to 3", undefined],
    ["unreadable-answer", "often", undefined, "answers.ucla-3"],
    ["unknown-code", "lilac", undefined, "codes.gender"],
    ["unreadable-value", "1700", "a whole number from 1850 to 2150", undefined],
    ["malformed-record", "1", "7", undefined],
    ["unreadable-date", "soon", "iso", undefined],
  ]);
});

test("what is called before the module is loaded is refused, and works after", async () => {
  for (const name of ["score", "clw", "all"]) {
    const { initSync, instruments } = await import(`../dist/${name}.js`);
    const message = "the library is called before its module is loaded; await `init()` first, or import an entry that is ready by itself";
    assert.throws(instruments, { name: "ClwError", code: "not-loaded", message });
    const module = await readFile(new URL(`../dist/${name}.wasm`, import.meta.url));
    assert.equal(initSync({ module }), initSync({ module }), "loaded once");
    assert.equal(instruments().length, small.instruments().length);
  }
});

test("a name of a megabyte is refused at once, in a sentence", () => {
  const name = "swemwbs".repeat(150_000);
  const start = performance.now();
  for (const ask of [() => clw.score(name, []), () => small.score(name, []), () => clw.personChange("ons4", name, 1, 1)]) {
    assert.throws(ask, ({ message }) => message.length < 400);
  }
  assert.ok(performance.now() - start < 1000);
});

test("earlier releases are taken as evaluations and as JSON", () => {
  const later = clw.evaluate(source({ plan: { ...plan(), "as-of": "2026-09-30" } }));
  const given = later.disclosed({ hideUpTo: 4 }, [evaluation]).toJson();
  assert.equal(later.disclosed({ hideUpTo: 4 }, [evaluation.toJson()]).toJson(), given);
  assert.throws(() => evaluation.disclosed({ hideUpTo: 4 }, [later]), { name: "ClwError", code: "release-not-earlier" });
});
