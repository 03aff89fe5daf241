// Paired statistics of two columns in Node: `paired.mjs FOLDER clw|stdlib|simple-statistics WORK`.
//
// Each package has one of the statistics; clw answers with all it has, in one call for any of them.
// The packages are read from target/npm, where `make bench` installs what package.json names.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, way, work] = process.argv.slice(2);
const bytes = readFileSync(join(folder, "points.i32"));
const steps = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const n = steps.length / 2;
const points = Float64Array.from(steps, (hundredths) => hundredths / 100);
const packages = createRequire(new URL("../../target/npm/package.json", import.meta.url));

const sittings = (column, rows) => [column.subarray(0, rows), column.subarray(n, n + rows)];

const ways = {
  async clw() {
    const { change, pairCounts } = await import("../../clw-wasm/js/all.node.js");
    // The normal approximation at any n, which is what the others have.
    const options = { signedRank: { exactLimit: 0 } };
    const table = (rows) => pairCounts("swemwbs", "wellbeing", ...sittings(steps, rows));
    const answer = ({ pairedT, signedRank, change: { standardDeviation } }) => ({
      t: { t: pairedT.t, limits: [pairedT.interval.lower, pairedT.interval.upper], p: pairedT.p },
      "signed-rank": { wPlus: signedRank.wPlus, p: signedRank.p },
      moments: { mean: pairedT.meanChange, standardDeviation, t: pairedT.t },
    });
    if (work === "table") {
      const made = table(n);
      return () => (change(made, options), {});
    }
    return (rows) => answer(change(table(rows), options))[work];
  },
  stdlib() {
    if (work === "t") {
      const ttest = packages("@stdlib/stats-ttest");
      return (rows) => {
        const [baseline, followUp] = sittings(points, rows);
        const { statistic, ci, pValue } = ttest(followUp, baseline);
        return { t: statistic, limits: [...ci], p: pValue };
      };
    }
    const wilcoxon = packages("@stdlib/stats-wilcoxon");
    return (rows) => {
      // Of whole hundredths, so that equal changes stay equal.
      const [baseline, followUp] = sittings(steps, rows);
      const { statistic, pValue } = wilcoxon(followUp, baseline);
      return { wPlus: statistic, p: pValue };
    };
  },
  "simple-statistics"() {
    const { mean, sampleStandardDeviation } = packages("simple-statistics");
    return (rows) => {
      const [baseline, followUp] = sittings(points, rows);
      const change = followUp.map((score, row) => score - baseline[row]);
      const [middle, standardDeviation] = [mean(change), sampleStandardDeviation(change)];
      // Its tTest divides by the standard deviation of a population, so its t is too large.
      return { mean: middle, standardDeviation, t: middle / (standardDeviation / Math.sqrt(rows)) };
    };
  },
};

// After a warm-up as often as half a second holds, at least once; once in all where it takes seconds.
function fit(statistic) {
  const clock = () => {
    const start = performance.now();
    const made = statistic();
    return [(performance.now() - start) / 1000, made];
  };
  let [took, made] = clock();
  if (took > 2) return [[took], made];
  const seconds = [];
  const until = performance.now() + 500;
  while (seconds.length === 0 || (seconds.length < 1000 && performance.now() < until)) {
    [took, made] = clock();
    seconds.push(took);
  }
  return [seconds, made];
}

const statistic = await ways[way]();
const [seconds, check] = fit(() => statistic(n));
// p of everybody is 0 in floats.
if ("p" in check) check.p = statistic(Math.min(n, 100)).p;
console.log(JSON.stringify({ seconds, check, near: {} }));
