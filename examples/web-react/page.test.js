// The page in a browser, as it is built and as it is served while it is written: two visits, and the change between them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { openBrowser } from "../../clw-wasm/tests/form-browser.js";

let browser, vite;
before(async () => {
  browser = await openBrowser();
  vite = await createServer({ root: fileURLToPath(new URL(".", import.meta.url)), logLevel: "warn", server: { host: "127.0.0.1", port: 0 } });
  await vite.listen();
});
after(async () => {
  await browser?.close();
  await vite?.close();
});

test("the second visit shows the change since the first, and nothing leaves the page", async () => {
  const page = await browser.newPage();
  await page.goto(`${browser.origin}/examples/web-react/dist/index.html`);
  const visit = async (answers) => {
    for (const [index, answer] of answers.entries()) {
      await page.getByRole("group").nth(index).getByLabel(answer, { exact: true }).check();
    }
    await page.getByRole("button", { name: "Finish" }).click();
  };
  const next = page.getByRole("button", { name: "Next visit" });
  await visit(Array(7).fill("Nearly every day"));
  // A form that is opened again is not the one to go on from.
  await page.getByRole("button", { name: "Change the answers" }).click();
  await next.waitFor({ state: "hidden" });
  await visit(Array(7).fill("Several days"));
  await page.getByText("Score 7, on a scale from 0 to 21: a lower score is better.", { exact: true }).waitFor();
  await next.press("Enter");
  await page.getByRole("heading", { name: "Visit 2" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Visit 2");
  await visit([...Array(3).fill("Several days"), ...Array(4).fill("Not at all")]);
  await page.getByText(/^7 on .*, 3 now: better by 4\.$/).waitFor();
  // A fall of 4 on the GAD-7 is what NHS Talking Therapies call reliable.
  await page.getByText(/a reliable improvement\.$/).waitFor();
  assert.deepEqual(browser.foreign(page), []);
});

test("it runs as `npm start` serves it, where React mounts everything twice", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  const [own] = vite.resolvedUrls.local;
  await page.goto(own);
  await page.getByRole("button", { name: "Finish" }).click();
  await page.getByRole("link", { name: "Question 7 has no answer: choose one" }).waitFor();
  assert.deepEqual([complaints, browser.foreign(page).filter((url) => !url.startsWith(own))], [[], []]);
});

test("the package's readme gives the declaration that this page has", () => {
  const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
  const [, given] = read("../../clw-wasm/README.md").match(/```ts\n(import type .*?)```/s);
  assert.equal(read("src/clw-form.d.ts").replace(/^\/\/.*\n/, ""), given);
});
