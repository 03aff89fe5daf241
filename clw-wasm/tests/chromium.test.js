// The browser build in a real browser: served from this folder, and asking nobody else for anything.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { browser, serve } from "./browser.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rust = (file) => readFile(join(root, "target/tmp", file), "utf8");
let server, chromium, page;
const foreign = [];

before(async () => {
  server = await serve(root);
  chromium = await browser();
  page = await chromium.context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(server.origin)) foreign.push(request.url());
  });
  await page.goto(`${server.origin}/blank`);
});

after(async () => {
  await chromium?.close();
  server?.close();
  assert.deepEqual(foreign, [], "something left the page");
});

test("the page's module gives the lines of Rust", async () => {
  const inPage = await page.evaluate(async () => {
    const [clw, golden] = await Promise.all([
      import("/clw-wasm/js/all.browser.js"),
      import("/clw-wasm/tests/golden.js"),
    ]);
    const whole = async (file) => (await fetch(`/clw-core/tests/golden/${file}.json`)).json();
    const cases = async (file) => (await whole(file)).cases;
    const tables = (await Promise.all(golden.tableFiles.map(cases))).flat();
    return {
      score: golden.lines(clw, await cases("score")),
      change: golden.changeLines(clw, await cases("change"), tables),
      matched_pairs: golden.matchedLines(clw, await cases("matched_pairs")),
      end_point: golden.endPointLines(clw, await whole("end_point")),
      course: golden.courseLines(clw, await cases("growth")),
    };
  });
  for (const [name, lines] of Object.entries(inPage)) {
    assert.equal(lines.map((line) => `${line}\n`).join(""), await rust(`${name}.jsonl`));
  }
});

test("a worker evaluates dropped files to the bytes of Rust", async () => {
  const document = async (file) => parse(await readFile(join(root, "examples/caseload", file), "utf8"));
  const documents = { plan: await document("plan.toml"), mapping: await document("mapping.toml") };
  const inWorker = await page.evaluate(async (documents) => {
    const [{ startWorker }, { tables }] = await Promise.all([
      import("/clw-wasm/js/worker.js"),
      import("/clw-wasm/tests/caseload.js"),
    ]);
    const { startWorker: startAll } = await import("/clw-wasm/js/all.worker.js");
    const folder = (file) => fetch(`/examples/caseload/${file}`);
    const file = async ([name, path]) => [name, new File([await (await folder(path)).blob()], path)];
    const clw = startWorker();
    const told = [];
    const evaluation = await clw.evaluate({
      ...documents,
      tables: Object.fromEntries(await Promise.all(Object.entries(tables).map(file))),
      onProgress: (read, total) => told.push(read / total),
    });
    const files = { "evaluation.json": await evaluation.toJson(), "report.html": await evaluation.reportHtml() };
    const people = await evaluation.people();
    const all = startAll();
    const again = await all.evaluationFromJson(files["evaluation.json"]);
    const same = (await again.toJson()) === files["evaluation.json"];
    const disclosed = await again.disclosed();
    Object.assign(files, { "public.html": await disclosed.reportHtml(), "public.csv": await disclosed.csv() });
    const twice = await (await again.merge(await all.evaluationFromJson(files["evaluation.json"]))).people();
    all.terminate();
    const refusal = await clw.evaluate({ plan: {}, mapping: {}, tables: {} }).catch(({ name, code }) => ({ name, code }));
    clw.terminate();
    return { files, last: told.at(-1), rising: told.every((share, at) => at === 0 || share > told[at - 1]), same, people, twice, refusal };
  }, documents);
  for (const [file, text] of Object.entries(inWorker.files)) {
    assert.ok(text === (await rust(`caseload/${file}`)), `${file} differs from Rust's`);
  }
  assert.deepEqual([inWorker.last, inWorker.rising, inWorker.same], [1, true, true]);
  assert.equal(inWorker.twice, 2 * inWorker.people);
  assert.deepEqual(inWorker.refusal, { name: "ClwError", code: "unreadable-plan" });
});

test("what a worker refuses has a code", async () => {
  const told = await page.evaluate(async () => {
    const { startWorker } = await import("/clw-wasm/js/all.worker.js");
    const clw = startWorker();
    const failure = async (run) => {
      try {
        return await run();
      } catch (error) {
        return [error instanceof Error, error.name, error.code, error.message];
      }
    };
    const source = {
      plan: {
        title: "Few", "as-of": "2026-06-30", measures: [{ instrument: "ucla-3" }],
        pairing: { baseline: { rule: "first" }, "end-point": { rule: "last" }, due: { rule: "closed" } },
      },
      mapping: { tables: { assessments: { file: "forms.csv", columns: { person: "id", date: "date", answers: ["Q1", "Q2", "Q3"] }, constants: { instrument: "ucla-3" } } } },
      tables: { assessments: new File(["id,date,Q1,Q2,Q3\na,2026-03-05,1,2,3\n"], "forms.csv") },
    };
    const evaluation = await clw.evaluate(source);
    const released = await evaluation.disclosed({ hideUpTo: 4 }, [evaluation]);
    await evaluation.free();
    await evaluation.free();
    const own = () => {
      throw new RangeError("enough");
    };
    return [
      await failure(() => clw.evaluate(null)),
      await failure(() => clw.evaluate({ ...source, plan: { title: () => "none" } })),
      await failure(() => clw.evaluate({ ...source, threads: 2 })),
      await failure(() => clw.evaluate({ ...source, onProgress: own })),
      await failure(() => clw.national(3)),
      await failure(() => evaluation.toJson()),
      await failure(() => released.toObject().then(({ profile }) => profile.hideUpTo)),
      await failure(() => {
        const asked = clw.dryRun({ mapping: {}, tables: {} });
        clw.terminate();
        return asked;
      }),
    ];
  });
  assert.deepEqual(told.map((one) => one[3]?.split(";")[0] ?? one), [
    "what was given is no object",
    told[1][3].split(";")[0],
    "the source has `threads`, which is none of `mapping`, `tables`, `workbook`, `postcodes`, `plan`, `onProgress`",
    "enough",
    "a column came without an order",
    "the evaluation was freed, or is another worker's",
    4,
    "the worker was ended before it answered",
  ]);
  assert.match(told[1][3], /^what was given cannot go to a worker: /);
  assert.deepEqual(told.map((one) => one[2]), [
    "not-an-object", "not-plain", "unknown-field", undefined, "no-order", "freed", undefined, "stopped",
  ]);
});

test("a page stays quick while a worker reads 100,000 rows", async () => {
  const { rows, people, longest, seconds } = await page.evaluate(async () => {
    const { startWorker } = await import("/clw-wasm/js/worker.js");
    const rows = ["id,date,Q1,Q2,Q3"];
    for (let row = 0; row < 100_000; row += 1) {
      rows.push(`client-${row >> 1},2026-0${1 + (row & 1) * 4}-05,${1 + (row % 3)},${1 + ((row >> 2) % 3)},${1 + ((row >> 4) % 3)}`);
    }
    const clw = startWorker();
    await clw.dryRun({}).catch(() => {});
    let [longest, before] = [0, performance.now()];
    const clock = setInterval(() => {
      const now = performance.now();
      [longest, before] = [Math.max(longest, now - before), now];
    }, 10);
    const start = performance.now();
    const evaluation = await clw.evaluate({
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
      tables: { assessments: new File([rows.join("\n")], "forms.csv") },
    });
    await evaluation.reportHtml();
    const seconds = (performance.now() - start) / 1000;
    clearInterval(clock);
    const counts = JSON.parse(await evaluation.toJson()).counts.rows.assessments;
    clw.terminate();
    return { rows: counts.used, people: counts.used / 2, longest, seconds };
  });
  assert.deepEqual([rows, people], [100_000, 50_000]);
  console.log(`100,000 rows in ${seconds.toFixed(2)} s; the page waited at most ${longest.toFixed(0)} ms`);
  // Without a worker the page would wait for all of it.
  assert.ok(longest < 500 && longest < seconds * 1000, `the page waited ${longest} ms`);
});
