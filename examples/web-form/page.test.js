// The page as it is served: under its content security policy, from form to file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser } from "../../clw-wasm/tests/form-browser.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

test("a finished form is saved as JSON and as FHIR, and nothing leaves the page", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`${browser.origin}/examples/web-form/index.html`);
  await page.getByText("for 1 day at most", { exact: false }).waitFor();
  for (const [index, answer] of [7, 8, 6, 2].entries()) {
    await page.getByRole("group").nth(index).getByLabel(String(answer), { exact: true }).check();
  }
  await page.getByRole("button", { name: "Finish" }).click();
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    return JSON.parse(await readFile(await download.path(), "utf8"));
  };
  assert.deepEqual(Object.values((await saved("Save as JSON")).answers), [7, 8, 6, 2]);
  const fhir = await saved("Save as FHIR");
  assert.equal(fhir.entry.length, 5);
  assert.equal(fhir.entry[1].resource.code.coding[0].system, "https://example.org/clw:measure");
  await page.getByRole("button", { name: "Change the answers" }).click();
  await page.getByRole("heading", { name: "To keep" }).waitFor({ state: "hidden" });
  assert.deepEqual([browser.foreign(page).filter((url) => !url.startsWith("blob:")), complaints], [[], []]);
});
