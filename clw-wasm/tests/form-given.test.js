// <clw-form> and what a page gives it: words, answers and properties, over and over, in part or wrongly.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { openBrowser, show as shown } from "./form-browser.js";

const ons4 = '<clw-form instrument="ons4"></clw-form>';

let browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
});

const show = (body, language) => shown(page, browser.origin, body, language);
const form = (run, argument) => page.locator("clw-form").first().evaluate(run, argument);
const told = (type) => page.evaluate((type) => events.filter(([name]) => name === type).map(([, detail]) => detail), type);
const wrong = () => browser.asked(page).filter((line) => line.startsWith("error:"));
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("a questionnaire whose words are not there is not asked, and cannot be finished", async () => {
  const refused = async (name, wording) => {
    await show(`<clw-form instrument="${name}"></clw-form>`);
    await form((form, wording) => (form.wording = wording), wording);
    assert.equal(await page.locator("input, button, fieldset").count(), 0, name);
    assert.equal(await form((form) => form.submit()), false);
    assert.equal(await form((form) => form.toJSON()), undefined);
    return (await told("clw-problem")).at(-1);
  };
  const seven = (await shownItems("swemwbs")).map((id) => [id, { text: `The words of ${id}` }]);
  const texts = Object.fromEntries(seven);
  const { code, message } = await refused("swemwbs");
  assert.equal(code, "no-wording");
  assert.match(message, /^Of question 1 \(`optimistic`\) the words are missing: .*University of Warwick/);
  for (const name of ["dass-21", "well-being-star", "ucla-3", "who-5"]) assert.equal((await refused(name)).code, "no-wording");
  // The words of six questions, and of all seven but nothing of what 1 to 5 mean.
  assert.match((await refused("swemwbs", { items: { ...texts, optimistic: {} }, options: { 1: "a" } })).message, /question 1/);
  assert.match((await refused("swemwbs", { items: texts, options: {} })).message, /what the answers mean is missing/);

  await form((form, wording) => (form.wording = wording), { items: texts, ends: ["never", "always"] });
  assert.equal(await page.getByRole("group").count(), 7);
  assert.equal(await page.getByRole("group", { name: "1. The words of optimistic" }).count(), 1);
  await show('<clw-form instrument="swemwbs" topics></clw-form>');
  assert.equal(await page.getByRole("group", { name: "1. Optimistic" }).count(), 1);
  assert.equal(await page.getByText(/University of Warwick/).count(), 0);
});

async function shownItems(name) {
  await show(`<clw-form instrument="${name}" topics></clw-form>`);
  return form(({ questionnaire }) => questionnaire.items.map(({ id }) => id));
}

test("the focus stays where it is when the page answers each change by setting properties", async () => {
  await show(ons4);
  await form((form) => {
    let turn = 0;
    form.addEventListener("clw-change", ({ detail }) => {
      turn += 1;
      Object.assign(form, { wording: {}, messages: { submit: `Finish ${turn}` }, previous: { answers: [1, 1, 1, turn] } });
      form.answers = detail.answers;
      form.setAttribute("lang", "en");
    });
  });
  await press("Tab", "Space", "ArrowRight", "ArrowRight");
  await press("Tab", "Space", "ArrowRight");
  assert.deepEqual(await form(({ answers }) => answers), [2, 1, null, null]);
  assert.equal(await form(({ shadowRoot }) => shadowRoot.activeElement.value), "1");
  await page.getByRole("button", { name: "Finish 5" }).click();
  assert.match(await form(({ shadowRoot }) => shadowRoot.activeElement.textContent), /^Some answers are missing/);
});

test("the caret stays where it is in a number that is typed", async () => {
  await show(ons4);
  await local({ highest: 100 });
  await form((form) => {
    form.addEventListener("clw-change", ({ detail }) => (form.messages = { submit: `Finish ${detail.answer}` }));
  });
  await page.getByRole("textbox").focus();
  await press("4", "ArrowLeft", "7");
  assert.equal(await page.getByRole("textbox").inputValue(), "74");
});

test("nothing is drawn anew for what the form has already", async () => {
  await show(ons4);
  const drawings = await form(async (form) => {
    let count = 0;
    new MutationObserver(() => (count += 1)).observe(form.shadowRoot, { childList: true });
    const turns = [];
    for (const part of [3, 3, 4, 4]) {
      form.wording = { title: `Title ${part}`, items: { happy: undefined } };
      form.messages = {};
      form.previous = { answers: [1, 2, part, 4], date: new Date(0) };
      form.answers = [1, NaN, part, undefined];
      form.answers = [1, undefined, BigInt(part), null];
      form.setAttribute("instrument", "ons4");
      await new Promise((done) => setTimeout(done));
      turns.push(count);
    }
    return turns;
  });
  assert.deepEqual(drawings, [1, 1, 2, 2]);
  // What was changed in place is given anew.
  const title = await form(async (form) => {
    const wording = { title: "Before" };
    form.wording = wording;
    await new Promise((done) => setTimeout(done));
    wording.title = "After";
    form.wording = wording;
    await new Promise((done) => setTimeout(done));
    return form.shadowRoot.querySelector("h2:not(.summary h2)").textContent;
  });
  assert.equal(title, "After");
});

test("a page that is drawn anew after the end leaves the focus to whoever has it", async () => {
  await show(`${ons4}<button>Elsewhere</button>`);
  await form((form) => {
    form.answers = [1, 2, 3, 4];
    form.submit();
  });
  await page.getByRole("button", { name: "Elsewhere" }).focus();
  await form((form) => (form.messages = { resultTitle: "Ergebnis" }));
  await page.getByRole("heading", { name: "Ergebnis" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Elsewhere");
});

test("a form that cannot be asked says so in one line and in an event", async () => {
  const cases = [
    ["<clw-form></clw-form>", "no-instrument"],
    ['<clw-form instrument="gad-77"></clw-form>', "unknown-instrument"],
    ['<clw-form instrument="ons4"><script type="application/json">{"wording":</script></clw-form>', "unreadable-words"],
  ];
  const refused = async (code) => {
    const [problem, ...more] = await told("clw-problem");
    assert.deepEqual([problem.code, more], [code, []]);
    const lines = ["This questionnaire cannot be shown here.", problem.message];
    assert.deepEqual(await page.locator(".problem p").allTextContents(), lines);
    assert.equal(await page.locator("form").count(), 0);
    assert.equal(await form((form) => form.submit()), false);
  };
  for (const [html, code] of cases) {
    await show(html);
    await refused(code);
  }
  await show(ons4);
  await form((form) => (form.answers = [1, 2]));
  await refused("wrong-number-of-answers");
  assert.deepEqual(wrong(), []);
  // Once the page has put it right, the form is there.
  await form((form) => (form.answers = [1, 2, 3, 4]));
  await page.getByRole("button", { name: "Finish" }).click();
  assert.equal((await told("clw-complete")).length, 1);
});

test("an unknown name gives no questionnaire, and an emptied form without one is no error", async () => {
  await show('<clw-form instrument="gad-77"></clw-form>');
  assert.equal(await form(({ questionnaire }) => questionnaire), undefined);
  await form((form) => form.reset());
  await form((form) => (form.instrument = undefined));
  assert.deepEqual((await told("clw-problem")).map(({ code }) => code), ["unknown-instrument", "no-instrument"]);
  assert.deepEqual(wrong(), []);
});

test("words and sentences left out are as shipped, those of a single question too", async () => {
  await show(ons4);
  await form((form) => {
    form.wording = { introduction: undefined, items: { happy: { text: "How happy yesterday?" } } };
    form.messages = { "error-blank": undefined, submit: null };
  });
  await page.getByRole("group", { name: "3. How happy yesterday?" }).waitFor();
  assert.equal(await page.getByRole("group", { name: "1. Overall, how satisfied are you with your life nowadays?" }).count(), 1);
  assert.equal(await page.getByText("0 is not at all happy, 10 is completely happy").count(), 1);
  assert.equal(await page.getByText(/^Next are four questions/).count(), 1);
  await page.getByRole("button", { name: "Finish" }).click();
  assert.equal(await page.getByRole("link", { name: "Question 1 has no answer: choose one" }).count(), 1);
});

test("the summary of errors is read out when the form is to be finished, not at every answer", async () => {
  await show(ons4);
  await page.getByRole("button", { name: "Finish" }).click();
  assert.equal(await page.getByRole("alert").count(), 1);
  await form(({ shadowRoot }) => {
    const summary = shadowRoot.querySelector(".summary");
    globalThis.readOut = 0;
    const heard = () => (readOut += summary.matches("[role=alert], [aria-live]") ? 1 : 0);
    new MutationObserver(heard).observe(summary, { childList: true, characterData: true, subtree: true });
  });
  await page.getByRole("link", { name: "Question 3 has no answer: choose one" }).click();
  await press("Space", "ArrowRight", "ArrowRight", "ArrowRight");
  assert.equal(await page.evaluate(() => readOut), 0);
  assert.equal(await page.locator(".summary li").count(), 3);
  await page.getByRole("button", { name: "Finish" }).click();
  assert.equal(await page.getByRole("alert").count(), 1);
});

test("a change without a date is since last time, and what is filled in keeps its place from right to left", async () => {
  await show(ons4);
  await form((form) => {
    form.previous = { answers: [1, 5, 5, 5] };
    form.answers = [5, 5, 5, 5];
    form.submit();
  });
  assert.equal(await page.getByText("1 last time, 5 now: better by 4.", { exact: true }).count(), 1);
  assert.equal(await page.getByText("5 both last time and now.", { exact: true }).count(), 3);

  await show(ons4, { lang: "ar-EG", dir: "rtl" });
  await form((form) => {
    form.messages = { on: "في {date}", "change-improved": "{then} {when}، {now} الآن: أفضل بمقدار {points}" };
    form.previous = { answers: [1, 5, 5, 5], date: new Date(Date.UTC(2026, 4, 2, 12)) };
    form.answers = [5, 5, 5, 5];
    form.submit();
  });
  // Each in U+2068 and U+2069, first strong isolate and its end.
  const said = "\u2068١\u2069 \u2068في \u2068٢ مايو ٢٠٢٦\u2069\u2069، \u2068٥\u2069 الآن: أفضل بمقدار \u2068٤\u2069";
  assert.equal(await page.getByText(said, { exact: true }).count(), 1);
});

test("kept answers that were tampered with are forgotten", async () => {
  await show(ons4);
  const entry = { instrument: "ons4", version: "2011", saved: 0, until: 1e15, answers: [1, 1, 1, 1] };
  const tampered = [{ saved: "x" }, { saved: 1e300 }, { saved: undefined }, { answers: [{}, 1, 1, 1] }, { answers: "1234" }];
  for (const change of tampered) {
    await page.evaluate((text) => {
      localStorage.setItem("clw-form:visit:ons4", text);
      document.body.innerHTML = '<clw-form instrument="ons4" save-as="visit"></clw-form>';
    }, JSON.stringify({ ...entry, ...change }));
    await page.locator("clw-form fieldset").first().waitFor();
    assert.deepEqual(await form(({ answers }) => answers), [null, null, null, null], JSON.stringify(change));
    assert.equal(await page.evaluate(() => localStorage.getItem("clw-form:visit:ons4")), null);
  }
  assert.deepEqual(wrong(), []);
});

/** One question of local make in the place of the form. */
async function local({ highest }) {
  const definition = {
    ...{ id: "walks", version: "1", title: "Walks" },
    rights: { holder: "The programme", licence: "Free to use.", wording: "shipped" },
    items: [{ id: "steps", label: "Thousand steps", lowest: 0, highest }],
    measures: [{ direction: "higher-is-better", items: ["steps"], rule: { kind: "each-item" }, certainty: "local" }],
  };
  await page.goto(browser.origin);
  await page.evaluate(async (definition) => {
    const [clw, { define }] = await Promise.all([
      import("/clw-wasm/js/all.browser.js"),
      import("/clw-wasm/js/form/element.js"),
    ]);
    clw.addInstrument(definition);
    define(clw);
    document.body.innerHTML = '<clw-form instrument="walks"></clw-form>';
  }, definition);
  await page.getByRole("textbox").waitFor();
}

test("a typed answer is digits, of whatever script", async () => {
  await local({ highest: 100 });
  const typed = async (text) => {
    await page.getByRole("textbox").fill(text);
    return form(({ answers }) => answers[0]);
  };
  for (const fifty of ["50", " 50 ", "٥٠", "۵۰", "५०", "๕๐", "５０", "\u200f٥٠", "𝟝𝟘"]) assert.equal(await typed(fifty), 50, fifty);
  assert.equal(await typed("\u22127"), -7);
  assert.equal(await typed("  "), null);
  for (const text of ["0x10", "1e1", "1.5", "Infinity", "5 0", "½", "Ⅴ"]) {
    await typed(text);
    assert.equal(await form((form) => form.submit()), false, text);
    assert.equal(await page.getByText("Error: Question 1 needs a whole number from 0 to 100").count(), 1, text);
  }
});

test("the content security policy that the README names is enough", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, policy] = readme.match(/`(default-src [^`]*'wasm-unsafe-eval'[^`]*)`/);
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.route("**/policed", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": policy },
      body: `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/clw-wasm/js/form.browser.js"></script>${ons4}`,
    }),
  );
  await page.goto(`${browser.origin}/policed`);
  await page.getByRole("group").first().waitFor();
  assert.deepEqual(complaints.filter((text) => !text.includes("data:,")), []);
});

test("answers are taken as a record by item, before and after the questionnaire is known", async () => {
  await show('<clw-form instrument="ons4"></clw-form><clw-form></clw-form>');
  const record = { anxious: 2, happy: 7 };
  assert.deepEqual(await form((form, record) => ((form.answers = record), form.answers), record), [null, null, 7, 2]);
  await page.getByRole("group", { name: /happy/i }).first().waitFor();
  assert.equal(await page.locator("clw-form").first().getByRole("radio", { checked: true }).count(), 2);
  const later = page.locator("clw-form").nth(1);
  await later.evaluate((form, record) => ((form.answers = record), (form.instrument = "ons4")), record);
  assert.equal(await later.evaluate((form) => form.check().answered), 2);
  await form((form) => (form.answers = { sad: 1 }));
  const { code, message } = await page.waitForFunction(() => events.find(([name, detail]) => name === "clw-problem" && detail.code === "unknown-name")?.[1]).then((found) => found.jsonValue());
  assert.deepEqual([code, message], ["unknown-name", "`ons4` has no item `sad`; it has `life-satisfaction`, `worthwhile`, `happy`, `anxious`"]);
  assert.deepEqual(wrong(), []);
});

test("last time names its questionnaire by its id, by its id and version, or as the library gives it", async () => {
  await show('<clw-form instrument="ons4"></clw-form>');
  const problems = async (instrument) => {
    await form((form, instrument) => (form.previous = { answers: [1, 2, 3, 4], instrument }), instrument);
    await form(() => new Promise((drawn) => setTimeout(drawn, 20)));
    return (await told("clw-problem")).at(-1)?.code;
  };
  const { id, version } = await form((form) => form.questionnaire);
  for (const same of [id, `${id}@${version}`, { id, version }]) assert.equal(await problems(same), undefined);
  assert.equal(await problems(`${id}@1`), "previous-of-another-version");
  assert.equal(await problems({ id: "gad-7", version }), "previous-of-another-questionnaire");
});

test("words, sentences and attributes that nothing has are refused with place, value, limit and remedy", async () => {
  await show(ons4);
  const refusals = [
    [{ wording: { items: { hapy: { text: "How happy?" } } } }, "`wording.items.hapy` is unknown: correct the name or leave it out; known are `life-satisfaction`, `worthwhile`, `happy`, `anxious`."],
    [{ wording: { items: { happy: "How happy?" } } }, '`wording.items.happy` is "How happy?", not an object: give one, or leave it out.'],
    [{ wording: { items: { happy: { text: 5 } } } }, "`wording.items.happy.text` is 5, not a text: give it in quotes, or leave it out."],
    [{ wording: { ends: ["never"] } }, '`wording.ends` is ["never"], not two texts: give what the lowest and the highest answer mean.'],
    [{ wording: { options: { 11: "Always" } } }, "`wording.options.11` is unknown: correct the name or leave it out; known are `0`, `1`, `2`, `3`, `4`, `5`, `6`, `7`, `8`, `9`, `10`."],
    [{ wording: "How happy?" }, '`wording` is "How happy?", not an object: give one, or leave it out.'],
    [{ messages: { submitt: "Fertig" } }, "`messages.submitt` is unknown: correct the name or leave it out; known are `required`, `topicsOnly`, `notAsked`, `ends`, `entry`, `notApplicable`, `errorsTitle`, `errorPrefix`, …, `noChangeRule`."],
    [{ messages: { "error-blank": "Frage {nummer} fehlt" } }, "`messages.error-blank` has the place {nummer}, which nothing fills in: it may have `{number}`, `{value}`, `{lowest}`, `{highest}`."],
    [{ messages: { submit: "Fertig {now}" } }, "`messages.submit` has the place {now}, which nothing fills in: it may have none."],
  ];
  for (const [given, said] of refusals) {
    const problem = await form((form, given) => {
      Object.assign(form, { wording: undefined, messages: undefined, ...given });
      return new Promise((done) => addEventListener("clw-problem", ({ detail }) => done(detail), { once: true }));
    }, given);
    assert.deepEqual(problem, { code: "wrong-words", message: said });
    assert.equal(await page.locator("form").count(), 0);
  }
  await form((form) => Object.assign(form, { wording: { items: { happy: { text: "Happy?" } } }, messages: { submit: null } }));
  await page.getByRole("group", { name: "3. Happy?" }).waitFor();

  const attributes = [
    ["result", "none", 'The attribute `result` is "none": give "hidden", or leave it out and the score is shown.'],
    ["save-days", "0", 'The attribute `save-days` is "0": give a number of days above 0 and below 36525, or leave out `save-as` and nothing is kept.'],
    ["change-rule", "nhs", 'The attribute `change-rule` is "nhs": `gad-7` has `nhs-talking-therapies`; give one, or leave it out.'],
  ];
  for (const [name, value, said] of attributes) {
    await show(`<clw-form instrument="gad-7" ${name}="${value}"></clw-form>`);
    assert.deepEqual(await told("clw-problem"), [{ code: "wrong-attribute", message: said }]);
  }
  await show('<clw-form instrument="ons4"><script type="application/json">{"words": {}}</script></clw-form>');
  assert.match((await told("clw-problem"))[0].message, /^`words` is unknown: .* known are `wording`, `messages`\.$/);
});

test("a form that is moved while it is filled in keeps its answers, and its looks in a frame and back", async () => {
  await show(ons4);
  await page.getByRole("group", { name: /^2/ }).getByLabel("5", { exact: true }).check();
  const seen = await form(async (form) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const turns = [];
    for (const place of [document.body.appendChild(document.createElement("div")), frame.contentDocument.body, document.body]) {
      form.remove();
      place.append(form);
      await new Promise((drawn) => setTimeout(drawn));
      const { shadowRoot: root, answers } = form;
      turns.push([answers[1], root.querySelectorAll(":checked").length, root.querySelectorAll("form").length, getComputedStyle(form).display]);
    }
    return turns;
  });
  assert.deepEqual(seen, Array(3).fill([5, 1, 1, "block"]));
  assert.deepEqual(wrong(), []);
});
