// Forms in Node: how long the small build takes to be ready, and to score one form, and a million one by
// one or in columns.
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
import { loadavg } from "node:os";

const built = (file) => fileURLToPath(new URL(`../clw-wasm/dist/${file}`, import.meta.url));
const forms = 1_000_000;
const form = [3, 4, 2, 5, 3, 3, 4];
// Processor time, which other work on the machine lengthens little; the shortest of rounds, as it only ever adds.
const milliseconds = () => Object.values(process.cpuUsage()).reduce((sum, part) => sum + part) / 1000;
const shortest = (values) => Math.min(...values);

// A fresh process each time: reading, compiling and the first score.
const started = `
  const milliseconds = () => Object.values(process.cpuUsage()).reduce((sum, part) => sum + part) / 1000;
  const start = milliseconds();
  const { score } = require(${JSON.stringify(built("score.cjs"))});
  score("swemwbs", ${JSON.stringify(form)});
  console.log(milliseconds() - start);`;
const ready = shortest(Array.from({ length: 15 }, () => Number(execFileSync("node", ["-e", started], { encoding: "utf8" }))));

const { instrument, score } = createRequire(import.meta.url)(built("score.cjs"));
const { scoreAll } = createRequire(import.meta.url)(built("clw.cjs"));
const swemwbs = instrument("swemwbs");
const points = new Map();
for (let raw = 7; raw <= 35; raw += 1) {
  const answers = Array.from({ length: 7 }, (_, item) => 1 + Math.min(4, Math.max(0, raw - 7 - 4 * item)));
  points.set(raw, score("swemwbs", answers).measures[0].points);
}
const plain = (answers) => points.get(answers.reduce((sum, answer) => sum + answer));

/** The sum of the points of so many forms, and the microseconds that a form took. */
function timed(one, count) {
  form.splice(0, 7, 3, 4, 2, 5, 3, 3, 4);
  const start = milliseconds();
  let sum = 0;
  for (let row = 0; row < count; row += 1) {
    form[row % 7] = 1 + (row % 5);
    sum += one(form);
  }
  return [sum, ((milliseconds() - start) * 1000) / count];
}

const ways = { clw: (answers) => score("swemwbs", answers).measures[0].points, "plain JavaScript": plain };
for (const one of Object.values(ways)) timed(one, 10_000);
const rows = Object.entries(ways).map(([name, one]) => [name, ...timed(one, forms)]);
if (new Set(rows.map(([, sum]) => sum)).size !== 1) throw new Error(`the sums differ: ${JSON.stringify(rows)}`);

// A million forms in columns, an item each.
const columns = Array.from({ length: 7 }, (_, item) => Int8Array.from({ length: forms }, (_, row) => 1 + ((row + item) % 5)));
const inColumns = {
  "clw, scoreAll of typed arrays": (of) => scoreAll("swemwbs", of)[0].points.reduce((sum, points) => sum + points),
  "clw, scoreAll of lists": (of) => scoreAll("swemwbs", of.map((column) => [...column]))[0].points.reduce((sum, points) => sum + points),
  "plain JavaScript over typed arrays": (of) => {
    const scored = new Int32Array(forms);
    for (let row = 0; row < forms; row += 1) {
      let raw = 0;
      for (let item = 0; item < 7; item += 1) raw += of[item][row];
      scored[row] = points.get(raw);
    }
    return scored.reduce((sum, points) => sum + points);
  },
};
const rounds = Object.entries(inColumns).map(([name, run]) => {
  const took = Array.from({ length: 5 }, () => {
    const start = milliseconds();
    const sum = run(columns);
    return [milliseconds() - start, sum];
  });
  return [name, shortest(took.map(([time]) => time)), took[0][1]];
});
if (new Set(rounds.map(([, , sum]) => sum)).size !== 1) throw new Error(`the sums differ: ${JSON.stringify(rounds)}`);

const bytes = readFileSync(built("score.wasm"));
console.log(`score.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed; ${swemwbs.title}`);
console.log(`ready and first form scored: ${ready.toFixed(1)} ms of processor time, the shortest of 15 processes`);
for (const [name, , each] of rows) {
  console.log(`${name}: ${each.toFixed(2)} µs a form, ${((each * forms) / 1e6).toFixed(2)} s for a million`);
}
for (const [name, time] of rounds) console.log(`${name}: ${time.toFixed(0)} ms for a million`);
console.log(`load ${loadavg().map((load) => load.toFixed(1)).join(", ")}`);
