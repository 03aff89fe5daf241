// What a web team meets first: the readme's pages as they stand there, and a server that gives something else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser } from "./form-browser.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const pages = [...readme.matchAll(/```html\n(.*?)```/gs)].map(([, html]) => html);

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

/** A page of this body, in whose folder the package is installed. */
async function open(html, headers = {}) {
  const page = await browser.newPage();
  const folder = `${browser.origin}/site/`;
  await page.route(`${folder}**`, (route) => {
    const path = route.request().url().slice(folder.length);
    if (path.startsWith("node_modules/clw/")) return route.continue({ url: `${browser.origin}/${path.replace("node_modules/clw", "clw-wasm")}` });
    return route.fulfill({ contentType: "text/html", headers, body: `<!doctype html><link rel="icon" href="data:,">${html}` });
  });
  return { page, go: () => page.goto(folder) };
}

const wrong = (page) => browser.asked(page).filter((line) => line.startsWith("error:"));

test("the readme's page without a bundler is ready to score", async () => {
  const { page, go } = await open(pages[0].replace("await init();", '$&\n  document.title = score("ons4", [1, 2, 3, 4]).measures[3].value;'));
  await go();
  await page.waitForFunction(() => document.title === "4");
  assert.deepEqual(wrong(page), []);
});

test("the readme's form asks, and its script hears of the end", async () => {
  const { page, go } = await open(pages[1]);
  const logged = page.waitForEvent("console");
  await go();
  for (let question = 0; question < 4; question += 1) await page.getByRole("group").nth(question).getByRole("radio").nth(7).check();
  await page.getByRole("button", { name: "Finish" }).click();
  const [measures, answers] = await Promise.all((await logged).args().map((argument) => argument.jsonValue()));
  assert.deepEqual([measures.length, Object.values(answers)], [4, [7, 7, 7, 7]]);
  assert.deepEqual(wrong(page), []);
});

for (const [what, answer, headers, reason] of [
  ["is not there", { status: 404, body: "" }, {}, /failed to fetch Wasm: 404/],
  ["is the page that a server gives for every address", { contentType: "text/html", body: "<!doctype html>" }, {}, /expected magic word/],
  ["may not be compiled", undefined, { "content-security-policy": "default-src 'self'" }, /Content Security Policy/i],
]) {
  test(`a module that ${what} is told with a code and a remedy`, async () => {
    const { page, go } = await open("", headers);
    if (answer) await page.route("**/score.wasm", (route) => route.fulfill(answer));
    await go();
    const { name, code, message } = await page.evaluate(async () => {
      const { name, code, message } = await import("/clw-wasm/js/form.browser.js").catch((error) => error);
      return { name, code, message };
    });
    assert.deepEqual([name, code], ["ClwError", "module-not-loaded"]);
    assert.match(message, reason);
    assert.match(message, /^`score\.wasm` was not loaded: .*; serve the file itself as application\/wasm beside its script, and allow 'wasm-unsafe-eval'/s);
  });
}
