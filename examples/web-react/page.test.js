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
      await page.getByRole("group").nth(index).getByLabel(answer, { exact: true }).check();
    }
    await page.getByRole("button", { name: "Finish" }).click();
  };
  await visit(Array(7).fill("Several days"));
  await page.getByText("Score 7, on a scale from 0 to 21: a lower score is better.", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Next visit" }).click();
  await page.getByRole("heading", { name: "Visit 2" }).waitFor();
  await visit([...Array(3).fill("Several days"), ...Array(4).fill("Not at all")]);
  await page.getByText(/^7 on .*, 3 now: better by 4\.$/).waitFor();
  // A fall of 4 on the GAD-7 is what NHS Talking Therapies call reliable.
  await page.getByText(/a reliable improvement\.$/).waitFor();
  assert.deepEqual(browser.foreign(page), []);
});
