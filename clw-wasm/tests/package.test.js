// What is published: packed, installed into fresh projects, and each of them run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, createServer } from "vite";
import { browser, serve } from "./browser.js";

const home = fileURLToPath(new URL("..", import.meta.url));
const samples = fileURLToPath(new URL("../../target/tmp/samples", import.meta.url));
const run = (command, given, cwd) => execFileSync(command, given, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const tool = (name, given, cwd = home) => run(join(home, "node_modules/.bin", name), given, cwd);
const npm = (given, cwd) => run("npm", [...given, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], cwd);
let packed, chromium;

before(async () => {
  rmSync(samples, { recursive: true, force: true });
  cpSync(join(home, "tests/samples"), samples, { recursive: true });
  const [{ filename, files }] = JSON.parse(npm(["pack", "--json", `--pack-destination=${samples}`], home));
  packed = { path: join(samples, filename), files: files.map(({ path }) => path) };
  for (const name of ["cjs", "esm", "plain", "vite"]) {
    npm(["install", "--no-package-lock", packed.path], join(samples, name));
  }
  chromium = await browser();
});

after(() => chromium?.close());

/** What a folder's page says once it is done. */
async function said(folder) {
  const server = await serve(folder);
  const text = await saidAt(server.origin);
  server.close();
  return text;
}

async function saidAt(origin) {
  const page = await chromium.context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) wrong.push(request.url());
  });
  await page.goto(`${origin}/index.html`);
  const output = page.locator("output");
  await output.filter({ hasText: /./ }).waitFor({ timeout: 30_000 }).catch(() => {});
  const text = await output.textContent();
  await page.close();
  assert.deepEqual(wrong, []);
  return text;
}

/** Compiles a sample against the installed types, strictly, and runs what comes out. */
function compiledAndRun(name) {
  const folder = join(samples, name);
  const config = { extends: "../tsconfig.json", compilerOptions: { module: "nodenext" }, files: ["main.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  tool("tsc", ["--project", folder]);
  return run("node", ["main.js"], folder).trim();
}

test("the package holds its licence, its readme and no test", () => {
  assert.ok(packed.files.includes("README.md"));
  assert.deepEqual(packed.files.filter((path) => /test|sample/.test(path)), []);
  for (const file of ["dist/clw.wasm", "dist/all.wasm", "dist/score.wasm", "dist/clw.d.ts", "js/worker.js"]) assert.ok(packed.files.includes(file), file);
});

test("publint and are-the-types-wrong find nothing", () => {
  tool("publint", ["run", packed.path, "--strict"]);
  // Old resolvers that know no `exports` cannot reach entries below the first, and those for browsers are
  // ES modules only.
  tool("attw", [packed.path, "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--exclude-entrypoints", "clw.wasm", "all.wasm", "score.wasm", "worker-script", "all/worker-script"]);
});

for (const name of ["esm", "cjs"]) {
  test(`a Node project of the kind ${name} compiles strictly and runs`, () => {
    assert.equal(compiledAndRun(name), "19.25 true incomplete 4 unreadable-plan");
  });
}

test("a page without a bundler runs, with a worker", async () => {
  assert.equal(await said(join(samples, "plain")), "19.25 1");
});

test("a Vite project compiles strictly and runs, with a worker and a form", async () => {
  const folder = join(samples, "vite");
  const config = { extends: "../tsconfig.json", compilerOptions: { module: "esnext", moduleResolution: "bundler", noEmit: true }, files: ["main.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  tool("tsc", ["--project", folder]);
  const project = { root: folder, configFile: join(folder, "vite.config.js") };
  const development = await createServer({ ...project, server: { host: "127.0.0.1", port: 0 } });
  await development.listen();
  assert.equal(await saidAt(new URL(development.resolvedUrls.local[0]).origin), "19.25 1 4 7");
  await development.close();
  await build(project);
  assert.equal(await said(join(folder, "dist")), "19.25 1 4 7");
});
