// <clw-form> and the half-filled forms that it keeps: whose they are, of which version, and what if nothing is kept.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { openBrowser, show } from "./form-browser.js";

let browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
});

const form = (run, argument, nth = 0) => page.locator("clw-form").nth(nth).evaluate(run, argument);
const told = (type) => page.evaluate((type) => events.filter(([name]) => name === type).map(([, detail]) => detail), type);
const choose = (question, answer, nth = 0) =>
  page.locator("clw-form").nth(nth).getByRole("group").nth(question - 1).getByRole("radio").nth(answer).check();
const note = () => page.locator("#kept").first().textContent();
const ons4 = (name) => `<clw-form instrument="ons4" save-as="${name}"></clw-form>`;

test("two questionnaires saved under one name keep their answers apart", async () => {
  const both = `${ons4("both")}<clw-form instrument="gad-7" save-as="both"></clw-form>`;
  await show(page, browser.origin, both);
  await choose(1, 3);
  await choose(2, 1, 1);
  await show(page, browser.origin, both);
  await page.locator("clw-form").nth(1).getByText("are back").waitFor();
  assert.deepEqual(await form(({ answers }) => answers), [3, null, null, null]);
  assert.deepEqual(await form(({ answers }) => answers, undefined, 1), [null, 1, null, null, null, null, null]);
  // One form that asks the one, the other and the first again finds them too.
  for (const [name, answered] of [["gad-7", 1], ["ons4", 1]]) {
    await form((form, name) => (form.instrument = name), name);
    await form(() => new Promise((drawn) => setTimeout(drawn)));
    assert.equal(await form((form) => form.check().answered), answered, name);
  }
});

test("a form that is saved under another name has that name's answers, and none of the last person's", async () => {
  await show(page, browser.origin, ons4("anne"));
  await choose(1, 9);
  await form((form) => form.setAttribute("save-as", "bert"));
  await form(() => new Promise((drawn) => setTimeout(drawn)));
  assert.deepEqual(await form(({ answers }) => answers), [null, null, null, null]);
  await choose(2, 4);
  await form((form) => form.setAttribute("save-as", "anne"));
  await form(() => new Promise((drawn) => setTimeout(drawn)));
  assert.deepEqual(await form(({ answers }) => answers), [9, null, null, null]);
  // What the page fills in together with the name stays, in whatever order a framework sets them.
  await form((form) => {
    form.answers = [1, 2, 3, null];
    form.setAttribute("save-as", "cora");
  });
  assert.deepEqual(await form(({ answers }) => answers), [1, 2, 3, null]);
});

test("answers to another version are not taken over, and the person and the page are told", async () => {
  await page.goto(browser.origin);
  await page.evaluate(() => {
    const entry = { instrument: "ons4", version: "1999", saved: Date.now(), until: 1e15, answers: [1, 2, 3, 4] };
    localStorage.setItem("clw-form:older:ons4", JSON.stringify(entry));
  });
  await show(page, browser.origin, ons4("older"));
  assert.deepEqual(await form(({ answers }) => answers), [null, null, null, null]);
  assert.match(await note(), /^The answers kept here were given to another version of this questionnaire and cannot be used: please answer again\. Answers so far/);
  assert.deepEqual(await told("clw-problem"), [
    {
      code: "kept-of-another-version",
      message: "the answers kept as `older` are of version 1999, the form of 2011; they were removed and have to be given again",
    },
  ]);
  assert.equal(await page.evaluate(() => localStorage.getItem("clw-form:older:ons4")), null);
});

for (const [kind, refuse] of [
  ["is refused", () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } })],
  ["is full", () => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); })],
]) {
  test(`where storage ${kind}, no form says that its answers are kept, and that is said once`, async () => {
    await page.addInitScript(refuse);
    await show(page, browser.origin, ons4("nowhere"));
    assert.equal(await note(), "This browser does not let the page keep answers: a half-filled form is lost on leaving.");
    await form(({ shadowRoot }) => {
      globalThis.readOut = 0;
      new MutationObserver(() => (readOut += 1)).observe(shadowRoot.getElementById("kept"), { childList: true, subtree: true });
    });
    await choose(1, 3);
    await choose(2, 4);
    assert.equal(await page.evaluate(() => readOut), 0);
    assert.deepEqual((await told("clw-problem")).map(({ code }) => code), ["not-kept"]);
    assert.equal(await form((form) => ((form.answers = [1, 2, 3, 4]), form.submit())), true);
  });
}

test("the language is the page's, from inside another element's shadow too, however it is written", async () => {
  await show(page, browser.origin, "<div></div><clw-form instrument='ons4'></clw-form>", { lang: "ar_EG", dir: "rtl" });
  assert.equal(await page.locator(".number").first().textContent(), "١. ");
  await page.evaluate(() => {
    const root = document.querySelector("div").attachShadow({ mode: "open" });
    root.innerHTML = '<clw-form instrument="ons4"></clw-form>';
  });
  assert.equal(await page.locator("div .number").first().textContent(), "١. ");
  await form((form) => (form.lang = "not a language"));
  await page.locator("clw-form").first().getByText("1. ", { exact: true }).waitFor();
});
