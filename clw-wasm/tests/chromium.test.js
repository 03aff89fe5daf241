// The browser build in a real browser: served from this folder, and asking nobody else for anything.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

let server, profile, context, page;
const foreign = [];

before(async () => {
  server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://page").pathname);
    try {
      const body = path === "/" ? "<!doctype html><title>clw</title>" : await readFile(join(root, path));
      response.setHeader("content-type", types[extname(path) || ".html"] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;

  profile = await mkdtemp(join(tmpdir(), "clw-chromium-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...quiet, "--disable-component-update", "--disable-sync"],
  });
  page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) foreign.push(request.url());
  });
  await page.goto(origin);
});

after(async () => {
  await context?.close();
  server?.close();
  if (profile) await rm(profile, { recursive: true, force: true });
});

test("the page's module gives the lines of Rust, and nothing leaves the page", async () => {
  const inPage = await page.evaluate(async () => {
    const [clw, golden] = await Promise.all([
      import("/clw-wasm/js/browser.js"),
      import("/clw-wasm/tests/golden.js"),
    ]);
    const cases = async (file) => (await (await fetch(`/clw-core/tests/golden/${file}.json`)).json()).cases;
    const tables = (await Promise.all(golden.tableFiles.map(cases))).flat();
    return {
      score: golden.lines(clw, await cases("score")),
      change: golden.changeLines(clw, await cases("change"), tables),
      course: golden.courseLines(clw, await cases("growth")),
    };
  });
  for (const [name, lines] of Object.entries(inPage)) {
    const rust = await readFile(join(root, `target/tmp/${name}.jsonl`), "utf8");
    assert.equal(lines.map((line) => `${line}\n`).join(""), rust);
  }
  assert.deepEqual(foreign, []);
});
