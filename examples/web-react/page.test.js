// The built page in a browser: two visits, and the change between them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "../../clw-wasm/tests/form-browser.js";

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

test("the second visit shows the change since the first, and nothing leaves the page", async () => {
  const page = await browser.newPage();
  await page.goto(`${browser.origin}/examples/web-react/dist/index.html`);
  const visit = async (answers) => {
    for (const [index, answer] of answers.entries()) {
      await page.getByRole("group").nth(index).getByLabel(String(answer), { exact: true }).check();
    }
    await page.getByRole("button", { name: "Finish" }).click();
  };
  await visit([3, 3, 3, 3, 3, 2, 2]);
  await page.getByText(/^Score 17.98/).waitFor();
  await page.getByRole("button", { name: "Next visit" }).click();
  await page.getByRole("heading", { name: "Visit 2" }).waitFor();
  await visit([4, 4, 3, 3, 4, 3, 3]);
  // 17.98 and 21.54 are raw 19 and 24 in the table of Stewart-Brown et al. (2009).
  await page.getByText(/^17.98 on .*, 21.54 now: better by 3.56\.$/).waitFor();
  assert.deepEqual(browser.foreign(page), []);
});
