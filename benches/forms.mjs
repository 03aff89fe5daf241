// Forms in Node: how long the small build takes to be ready, and to score one form and a million.
//
//   node benches/forms.mjs
//
// The peer is the table of the same scores in plain JavaScript, without a check of any answer, which is
// what a web form does today; no package of Node's scores questionnaires.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";

const built = (file) => fileURLToPath(new URL(`../clw-wasm/dist/${file}`, import.meta.url));
const forms = 1_000_000;
const form = [3, 4, 2, 5, 3, 3, 4];
const middle = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

// A fresh process each time: reading, compiling and the first score.
const started = `
  const start = performance.now();
  const { score } = require(${JSON.stringify(built("score.cjs"))});
  score("swemwbs", ${JSON.stringify(form)});
  console.log(performance.now() - start);`;
const ready = middle(Array.from({ length: 15 }, () => Number(execFileSync("node", ["-e", started], { encoding: "utf8" }))));

const { instrument, score } = createRequire(import.meta.url)(built("score.cjs"));
const swemwbs = instrument("swemwbs");
const points = new Map();
for (let raw = 7; raw <= 35; raw += 1) {
  const answers = Array.from({ length: 7 }, (_, item) => 1 + Math.min(4, Math.max(0, raw - 7 - 4 * item)));
  points.set(raw, score("swemwbs", answers).measures[0].points);
}
const plain = (answers) => points.get(answers.reduce((sum, answer) => sum + answer));

/** The sum of the points of so many forms, and the microseconds that a form took. */
function timed(one, count) {
  const start = performance.now();
  let sum = 0;
  for (let row = 0; row < count; row += 1) {
    form[row % 7] = 1 + (row % 5);
    sum += one(form);
  }
  return [sum, ((performance.now() - start) * 1000) / count];
}

const ways = { clw: (answers) => score("swemwbs", answers).measures[0].points, "plain JavaScript": plain };
for (const one of Object.values(ways)) timed(one, 10_000);
const rows = Object.entries(ways).map(([name, one]) => [name, ...timed(one, forms)]);
if (new Set(rows.map(([, sum]) => sum)).size !== 1) throw new Error(`the sums differ: ${JSON.stringify(rows)}`);

const bytes = readFileSync(built("score.wasm"));
console.log(`score.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed; ${swemwbs.title}`);
console.log(`ready and first form scored: ${ready.toFixed(1)} ms`);
for (const [name, , each] of rows) {
  console.log(`${name}: ${each.toFixed(2)} µs a form, ${((each * forms) / 1e6).toFixed(2)} s for a million`);
}
