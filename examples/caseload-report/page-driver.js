// The built page, opened from the disk without a network, and what tests do on it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, beforeEach } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../../clw-wasm/tests/form-browser.js";

const root = new URL("../..", import.meta.url);
export const path = (file) => fileURLToPath(new URL(file, root));
const axe = await readFile(createRequire(path("clw-wasm/package.json")).resolve("axe-core/axe.min.js"), "utf8");

let browser, seen;
export let page;

/** A new page before each test. */
export function openPages() {
  before(async () => (browser = await launch()));
  after(() => browser?.close());
  beforeEach(open);
}

async function open() {
  await page?.context().close();
  const context = await browser.newContext({ offline: true });
  page = await context.newPage();
  seen = [];
  page.on("request", (request) => seen.push(request.url()));
  page.on("console", (message) => seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  await page.goto(pathToFileURL(path("examples/caseload-report/dist/index.html")).href);
}

export const click = (name) => page.getByRole("button", { name, exact: true }).click();
export const choose = (files) => page.locator("#files").setInputFiles(files);
export const at = (title) => page.getByRole("heading", { name: title }).waitFor({ timeout: 120_000 });

export async function lookAt(files) {
  await choose(files);
  await click("Look at them");
  await at("2. Check what was understood");
}

export async function saved(name) {
  const [download] = await Promise.all([page.waitForEvent("download"), click(name)]);
  return readFile(await download.path(), "utf8");
}

export async function accessible(rules = {}) {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run({ iframes: false, preload: false, resultTypes: ["violations"], ...rules });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  }, rules);
  assert.deepEqual(found, []);
}

/** By every rule, and in the other colours by the rule of colours. */
export async function accessibleInEveryColour() {
  await accessible();
  for (const colours of [{ colorScheme: "dark" }, { forcedColors: "active" }]) {
    await page.emulateMedia(colours);
    await accessible({ runOnly: ["color-contrast"] });
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
}

/** Nothing but the page itself and what it made; no complaint of the policy or of a script. */
export const own = () => assert.deepEqual(seen.filter((url) => !/^(file:.*\/index\.html$|blob:|data:|about:)/.test(url)), []);

export const file = (name, content, mimeType = "text/csv") => ({ name, mimeType, buffer: Buffer.from(content) });
export const csv = (name, ...lines) => file(name, lines.join("\n"));
export const taken = (heading) => page.getByLabel(`${heading} is taken as`, { exact: true });
export const holds = (file) => page.getByLabel(`${file} holds`, { exact: true });
export const unfolded = () => page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
export const chosen = (select) => select.evaluate((element) => element.selectedOptions[0].label);
export const reported = (text) => page.locator("#checked").getByText(text, { exact: false }).waitFor();
export const refused = (text) => page.getByRole("alert").getByText(text, { exact: false }).waitFor();
