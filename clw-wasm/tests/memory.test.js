// Memory of the module while a large file is read: a piece of the file, and the people in it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import init, { evaluate, initSync } from "clw/init";

const module = readFileSync(new URL("../dist/clw.wasm", import.meta.url));

test("`init` and `initSync` make the same module ready once", async () => {
  const exports = initSync({ module });
  assert.equal(await init(), exports);
});

test("a file of 100,000 rows needs a few times its size", () => {
  const { memory } = initSync({ module });
  const rows = ["id,date,Q1,Q2,Q3,note"];
  for (let row = 0; row < 100_000; row += 1) rows.push(`client-${row >> 1},2026-0${1 + (row & 1)}-05,1,2,3,seen at the practice`);
  const text = rows.join("\n");
  const before = memory.buffer.byteLength;
  const evaluation = evaluate({
    plan: {
      title: "Large", "as-of": "2026-06-30", measures: [{ instrument: "ucla-3" }],
      pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "closed" } },
    },
    mapping: {
      tables: {
        assessments: {
          file: "forms.csv",
          columns: { person: "id", date: "date", answers: ["Q1", "Q2", "Q3"] },
          constants: { instrument: "ucla-3" },
        },
      },
    },
    tables: { assessments: new TextEncoder().encode(text) },
  });
  assert.equal(evaluation.people, 50_000);
  const times = (memory.buffer.byteLength - before) / text.length;
  console.log(`${(text.length / 1e6).toFixed(1)} MB read with ${times.toFixed(1)} times as much memory`);
  assert.ok(times < 6, `${times} times the file`);
});
