// <clw-form> in a real browser: filled in by keyboard, left half-filled, wrong, translated, finished.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, beforeEach, test } from "node:test";
import { Fhir } from "fhir/fhir.js";
import { parse } from "smol-toml";
import { openBrowser, show as shown } from "./form-browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ons4 = '<clw-form instrument="ons4"></clw-form>';

let browser, page;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());
beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
});

const show = (body, language) => shown(page, browser.origin, body, language);
const events = (type) =>
  page.evaluate((type) => events.filter(([name]) => name === type).map(([, detail]) => detail), type);
const form = (run, argument) => page.locator("clw-form").first().evaluate(run, argument);
const focused = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent.trim());
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const finish = () => page.getByRole("button", { name: "Finish", exact: true }).click();

async function accessible() {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
}

test("a form is filled in and finished by keyboard alone", async () => {
  await show(ons4);
  await accessible();
  // Into the first question, one code up from its lowest, and so on: 1, 2, 3 and 4.
  for (const code of [1, 2, 3, 4]) {
    await press("Tab", "Space", ...Array(code).fill("ArrowRight"));
  }
  await press("Tab", "Enter");
  const [done] = await events("clw-complete");
  assert.deepEqual(Object.values(done.answers), [1, 2, 3, 4]);
  assert.deepEqual(done.measures.map(({ value, band }) => [value, band.band]), [
    ...[1, 2, 3].map((value) => [value, "low"]),
    [4, "medium"],
  ]);
  assert.equal(await focused(), "Result");
  await accessible();
  // Opened again, it is a form that nobody has finished, and the page is told.
  await press("Tab", "Enter");
  assert.deepEqual((await events("clw-edit")).map(({ state }) => state), ["complete"]);
  assert.deepEqual(await form((form) => [form.toJSON(), form.shadowRoot.activeElement.name]), [undefined, "q1"]);
});

test("each radio group has its question as its name and the ends of its scale as its description", async () => {
  await show(ons4);
  const group = page.getByRole("group", { name: "1. Overall, how satisfied are you with your life nowadays?" });
  assert.equal(await group.getByRole("radio").count(), 11);
  const described = await group.getAttribute("aria-describedby");
  assert.equal(
    await form((form, id) => form.shadowRoot.getElementById(id).textContent, described.split(" ")[0]),
    "0 is not at all satisfied, 10 is completely satisfied",
  );
});

test("what is missing is said once at the top and once at its question, and the link leads there", async () => {
  await show(ons4);
  await page.getByRole("group", { name: /^2/ }).getByLabel("5", { exact: true }).check();
  await finish();
  const [{ state, blank }] = await events("clw-invalid");
  assert.deepEqual([state, blank], ["incomplete", ["life-satisfaction", "happy", "anxious"]]);
  assert.match(await focused(), /^Some answers are missing/);
  await accessible();
  await page.getByRole("link", { name: "Question 3 has no answer: choose one" }).click();
  await press("Space", "ArrowRight", "ArrowRight");
  assert.equal((await form(({ answers }) => answers))[2], 2);
  const errors = page.locator(".error:visible");
  assert.deepEqual(await errors.allTextContents(), [1, 4].map((n) => `Error: Question ${n} has no answer: choose one`));
  assert.equal(await page.getByRole("radio").nth(0).getAttribute("aria-invalid"), "true");
});

test("questions may be left out where the page allows it", async () => {
  await show('<clw-form instrument="ons4" partial></clw-form>');
  await page.getByRole("group", { name: /^2/ }).getByLabel("5", { exact: true }).check();
  await finish();
  await page.getByRole("button", { name: "Finish without these answers" }).click();
  const [{ measures }] = await events("clw-complete");
  assert.deepEqual(measures.map(({ outcome }) => outcome), ["not-scored", "scored", "not-scored", "not-scored"]);
  assert.equal(await page.getByText("Not scored: an answer is missing.").count(), 3);
});

test("answers that cannot be right are refused with the library's reasons", async () => {
  await show(ons4);
  await form((form) => (form.answers = [11, "seven", 5, 5]));
  assert.equal(await form((form) => form.submit()), false);
  const [{ state, problems }] = await events("clw-invalid");
  assert.deepEqual([state, problems.map(({ item, code }) => [item, code])], [
    "invalid",
    [[1, "out-of-range"], [2, "not-an-answer"]],
  ]);
  assert.deepEqual(await page.locator(".error:visible").allTextContents(), [
    "Error: Question 1 was answered 11: choose from 0 to 10",
    "Error: Question 2 needs a whole number from 0 to 10",
  ]);
});

test("a half-filled form comes back, says so, and is forgotten on finishing and on request", async () => {
  const saving = '<clw-form instrument="ons4" save-as="visit"></clw-form>';
  const stored = () => page.evaluate(() => localStorage.getItem("clw-form:visit:ons4"));
  await show(saving);
  assert.equal(await page.getByText(/kept in this browser on this device, for 7 days at most/).count(), 1);
  await page.getByRole("group", { name: /^3/ }).getByLabel("8", { exact: true }).check();
  assert.deepEqual(JSON.parse(await stored()).answers, [null, null, 8, null]);

  await show(saving);
  assert.deepEqual((await events("clw-restored"))[0].answers, [null, null, 8, null]);
  assert.equal(await page.getByRole("group", { name: /^3/ }).getByLabel("8", { exact: true }).isChecked(), true);
  assert.equal(await page.getByText(/The answers given on .* are back/).count(), 1);
  await accessible();
  // Still so when it is drawn anew.
  await form((form) => (form.messages = { submit: "Done" }));
  await page.getByRole("button", { name: "Done" }).waitFor();
  assert.equal(await page.getByText(/The answers given on .* are back/).count(), 1);
  await form((form) => (form.messages = {}));
  await page.getByRole("button", { name: "Remove the kept answers" }).click();
  assert.equal(await stored(), null);
  assert.deepEqual(await form(({ answers }) => answers), [null, null, null, null]);

  await form((form) => (form.answers = [1, 2, 3, null]));
  await page.getByRole("group", { name: /^4/ }).getByLabel("8", { exact: true }).check();
  assert.notEqual(await stored(), null);
  await finish();
  assert.equal(await stored(), null);
});

test("what was kept too long ago, or of another questionnaire, does not come back", async () => {
  await show("<p></p><clw-form instrument='ons4'></clw-form>");
  for (const [change, name] of [[{ until: 1 }, "old"], [{ instrument: "gad-7" }, "other"], ["{", "broken"]]) {
    await page.evaluate(
      ([change, name]) => {
        const entry = { instrument: "ons4", version: "2011", saved: 0, until: 1e15, answers: [1, 1, 1, 1] };
        const text = typeof change === "string" ? change : JSON.stringify({ ...entry, ...change });
        localStorage.setItem(`clw-form:${name}:ons4`, text);
        document.body.innerHTML = `<clw-form instrument="ons4" save-as="${name}"></clw-form>`;
      },
      [change, name],
    );
    await page.locator("clw-form fieldset").first().waitFor();
    assert.deepEqual(await form(({ answers }) => answers), [null, null, null, null], name);
    assert.equal(await page.evaluate((key) => localStorage.getItem(key), `clw-form:${name}:ons4`), null);
  }
});

test("score, band and change since last time are told in words and drawn", async () => {
  await show('<clw-form instrument="swemwbs" topics></clw-form>');
  assert.equal(await page.getByText(/Only the topics are shown: read each question on the paper form/).count(), 1);
  await form((form) => {
    form.previous = { date: "2 March 2026", answers: [3, 3, 3, 3, 3, 2, 2] };
    form.answers = [4, 4, 3, 3, 4, 3, 3];
  });
  await finish();
  // Raw 19 and 24 are 17.98 and 21.54 metric in the table of Stewart-Brown et al. (2009); 3.56 reaches 3 points.
  const said = [
    "Score 21.54, on a scale from 7 to 35: a higher score is better.",
    "Band: Medium (England 2010-13, 15th and 85th centiles)",
    "The answers add up to 24, which stands for a score of 21.54.",
    "17.98 on 2 March 2026, 21.54 now: better by 3.56.",
    "By the rule “Reliable change, NHS England: 3 points or more”, this is more than chance variation in answers: a reliable improvement.",
  ];
  for (const sentence of said) assert.equal(await page.getByText(sentence, { exact: true }).count(), 1, sentence);
  // The chart says what it draws; all the rest would be read twice.
  assert.equal(await page.getByRole("img", { name: said[3], exact: true }).count(), 1);
  await accessible();
});

test("a finished form is the last time of the next, under the same version only", async () => {
  await show('<clw-form instrument="gad-7"></clw-form>');
  const changeFrom = (previous) =>
    form((form, previous) => {
      form.previous = previous;
      form.answers = [0, 0, 1, 1, 1, 0, 0];
      form.submit();
      return form.toJSON().previous;
    }, previous);
  await form((form) => {
    form.answers = [1, 1, 1, 1, 1, 1, 1];
    form.submit();
  });
  const first = await form((form) => form.toJSON());
  // GAD-7 falls by 4, where lower is better: what NHS Talking Therapies call reliable.
  const { changes } = await changeFrom({ ...first, completed: "2026-03-02T10:00:00Z" });
  assert.deepEqual([changes[0].change, changes[0].changeRules[0].outcome], [-4, "improved"]);
  await page.getByText("7 on March 2, 2026, 3 now: better by 4.").waitFor();
  assert.deepEqual(await changeFrom({ ...first, version: "1999", completed: "2026-03-02T10:00:00Z" }), {
    ...{ date: "March 2, 2026", changes: [], problem: "previous-of-another-version" },
  });
});

test("the last time of another questionnaire is never compared, whatever its version and items are called", async () => {
  await show('<clw-form instrument="older-persons-star" topics></clw-form>');
  const named = () => form(({ questionnaire: { version, items } }) => [version, items.map(({ id }) => id)]);
  const star = await named();
  await form((form) => {
    form.answers = [4, 4, 4, 4, 4, 4, 4];
    form.submit();
    const earlier = form.toJSON();
    form.instrument = "older-persons-star-short";
    form.answers = [5, 5, 5, 5, 5, 5, 5];
    form.previous = earlier;
  });
  await page.getByLabel("5", { exact: true }).first().waitFor();
  assert.deepEqual(await named(), star);
  assert.deepEqual((await events("clw-problem")).map(({ code, message }) => [code, message]), [
    [
      "previous-of-another-questionnaire",
      "previous is of `older-persons-star`, the form of `older-persons-star-short`; no change is shown",
    ],
  ]);
  await finish();
  assert.equal(await page.getByText("No change is shown: what was given as last time", { exact: false }).count(), 1);
  assert.equal(await page.getByText(/better by|worse by|reliabl/).count(), 0);
  assert.deepEqual((await form((form) => form.toJSON().previous)).changes, []);
});

test("a last time that cannot be read never stops a form from being finished", async () => {
  await show(ons4);
  const finishWith = (previous) =>
    form((form, previous) => {
      form.previous = previous;
      form.answers = [5, 5, 5, 5];
      form.submit();
      return form.toJSON().previous;
    }, previous);
  const unreadable = [
    { answers: [1, 2] },
    {},
    { answers: null },
    "last time",
    { answers: [1, 2, 3, 11] },
    { answers: { happy: 1, cheerful: 2 } },
  ];
  for (const previous of unreadable) {
    assert.deepEqual(await finishWith(previous), { changes: [], problem: "previous-unreadable" }, JSON.stringify(previous));
    await page.getByText("or cannot be read.").waitFor();
  }
  assert.match((await events("clw-problem"))[0].message, /^previous cannot be read: 2 answers were given for the 4 items/);
  assert.equal((await events("clw-problem")).length, unreadable.length);

  // A date that is none leaves the change as it is.
  for (const date of [{ completed: "nonsense" }, { completed: null }, { date: NaN }]) {
    const { changes, ...rest } = await finishWith({ ...date, answers: [1, 1, 1, 1] });
    assert.deepEqual([changes.length, rest], [4, {}], JSON.stringify(date));
  }
  assert.equal((await finishWith({ date: new Date(Date.UTC(2026, 2, 2, 12)), answers: [1, 1, 1, 1] })).date, "March 2, 2026");
});

test("a finished form is FHIR R4, with the score and the raw sum apart and only verified LOINC codes", async () => {
  const validator = new Fhir();
  const exported = async (instrument, answers) => {
    await show(`<clw-form instrument="${instrument}" topics></clw-form>`);
    const bundle = await form((form, answers) => {
      form.answers = answers;
      form.submit();
      return form.toFhir({ subject: { reference: "Patient/example" } });
    }, answers);
    for (const { resource } of bundle.entry) {
      const { valid, messages } = validator.validate(resource, { errorOnUnexpected: true });
      assert.ok(valid, JSON.stringify(messages));
      assert.deepEqual(resource.subject, { reference: "Patient/example" });
    }
    assert.ok(validator.validate(bundle, { errorOnUnexpected: true }).valid);
    const [{ fullUrl, resource }, ...observations] = bundle.entry;
    for (const { resource } of observations) assert.deepEqual(resource.derivedFrom, [{ reference: fullUrl }]);
    return { response: resource, observations: observations.map(({ resource }) => resource) };
  };
  const codes = ({ code }) => code.coding.map(({ system, code }) => `${system}|${code}`);

  const swemwbs = await exported("swemwbs", [3, 3, 3, 3, 3, 3, 3]);
  assert.deepEqual(swemwbs.observations.map(codes), [["urn:clw:measure|swemwbs-wellbeing"], ["urn:clw:measure|swemwbs-wellbeing-raw"]]);
  assert.deepEqual(swemwbs.observations.map((o) => o.valueQuantity?.value ?? o.valueInteger), [19.25, 21]);
  assert.equal(swemwbs.observations[0].interpretation[0].coding[0].code, "low");
  assert.deepEqual(swemwbs.response.item[0].answer, [{ valueInteger: 3 }]);

  const phq = await exported("phq-9", [3, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(phq.response.questionnaire, "http://loinc.org/q/44249-1");
  assert.equal(phq.response.item[8].linkId, "/44260-8");
  assert.deepEqual(phq.response.item[0].answer, [
    { valueCoding: { system: "http://loinc.org", code: "LA6571-9", display: "Nearly every day" } },
  ]);
  assert.deepEqual(phq.observations.map(codes), [["http://loinc.org|44261-6", "urn:clw:measure|phq-9-depression"]]);
});

test("a half-filled form is a FHIR response in progress, without scores, blanks or what cannot be an answer", async () => {
  const validator = new Fhir();
  await show('<clw-form instrument="swemwbs" topics partial></clw-form>');
  const exported = (answers, finish) =>
    form((form, { answers, finish }) => {
      form.answers = answers;
      if (finish) form.submit({ partial: true });
      return form.toFhir();
    }, { answers, finish });
  const blank = Array(7).fill(null);
  for (const [answers, finish, status, items] of [
    [[3, null, 9, "x", 2, null, null], false, "in-progress", ["optimistic", "thinking-clearly"]],
    [[], false, "in-progress", undefined],
    [blank, true, "completed", undefined],
  ]) {
    const bundle = await exported(answers, finish);
    const [{ resource }, ...observations] = bundle.entry;
    assert.deepEqual([resource.status, resource.item?.map(({ linkId }) => linkId), observations], [status, items, []]);
    for (const value of [resource, bundle]) {
      const { valid, messages } = validator.validate(value, { errorOnUnexpected: true });
      assert.ok(valid, JSON.stringify(messages));
    }
  }
  assert.equal(await form((form) => ((form.instrument = "none-such"), form.toFhir())), undefined);
});

test("on a dark page the form is dark and as easy to read, and on paper it is light", async () => {
  await show(`${ons4}<style>:root { color-scheme: dark }</style>`);
  await form((form) => {
    form.answers = [1, null, 11, 3];
    form.submit();
  });
  const looks = () => page.locator("#finish").evaluate((button) => {
    const host = button.getRootNode().host;
    return [getComputedStyle(host).backgroundColor, getComputedStyle(button).backgroundColor];
  });
  assert.deepEqual(await looks(), ["rgb(21, 25, 30)", "rgb(125, 185, 240)"]);
  await accessible();
  await page.emulateMedia({ media: "print" });
  assert.equal((await looks())[0], "rgb(255, 255, 255)");
  await page.emulateMedia({ media: "screen" });
  await form((form) => {
    form.previous = { answers: [3, 3, 3, 3] };
    form.answers = [1, 2, 3, 4];
    form.submit();
  });
  await accessible();
});

test("a sentence that is not translated keeps its direction on a page from right to left", async () => {
  await show(ons4, { lang: "ar-EG", dir: "rtl" });
  await form((form) => {
    form.messages = { "change-same": "{now} {when} والآن." };
    form.previous = { answers: [1, 5, 5, 5], date: "2 March 2026" };
    form.answers = [5, 5, 5, 5];
    form.submit();
  });
  // Where the second character stands, seen from the last but one.
  const runsRight = (text) =>
    page.getByText(text).first().evaluate((element) => {
      const at = (index) => {
        const range = document.createRange();
        range.setStart(element.firstChild, index);
        range.setEnd(element.firstChild, index + 1);
        return range.getBoundingClientRect().left;
      };
      return at(1) < at(element.textContent.length - 2);
    });
  assert.equal(await runsRight(/now: better by/), true);
  assert.equal(await runsRight(/والآن/), false);
  // What is English is read out with an English voice, what is not with the page's.
  const languages = (texts) =>
    form(({ shadowRoot }, texts) => {
      const all = [...shadowRoot.querySelectorAll("h2, h3, p, legend, button, svg, a")];
      const said = (element) => element.getAttribute("aria-label") ?? element.textContent;
      return texts.map((text) => all.filter((element) => said(element).includes(text)).map((element) => element.getAttribute("lang")));
    }, texts);
  const inResult = await languages(["Satisfied with life", "Change the answers", "better by \u2068٤", "والآن", "Overall, how happy", "Source: Office"]);
  assert.deepEqual(inResult.map((all) => [...new Set(all)]), [["en"], ["en"], ["en"], [null], ["en"], ["en"]]);
  await form((form) => {
    form.answers = [];
    form.messages = { errorsTitle: "إجابات ناقصة" };
    form.submit();
  });
  const inErrors = await languages(["إجابات ناقصة", "Question \u2068١\u2069 has no answer"]);
  assert.deepEqual(inErrors, [[null], ["en", "en"]]);
  await accessible();
  await form((form) => form.setAttribute("lang", "en-GB"));
  await page.getByText("1. Overall").waitFor();
  assert.equal(await form(({ shadowRoot }) => shadowRoot.querySelectorAll("[lang]").length), 0);
});

test("another questionnaire starts empty", async () => {
  await show(ons4);
  await form((form) => (form.answers = [1, 2, 3, 4]));
  await form((form) => (form.instrument = "gad-7"));
  await page.getByText("Trouble relaxing").waitFor();
  assert.deepEqual(await form(({ answers }) => answers), Array(7).fill(null));
});

test("words and messages are the deployer's, in another language and from right to left", async () => {
  const words = {
    wording: {
      title: "استبيان",
      items: { loneliness: { text: "كم مرة تشعر بالوحدة؟" } },
      options: { 1: "دائما", 2: "أحيانا", 3: "من حين لآخر", 4: "نادرا", 5: "أبدا" },
      bands: { "less-often": "أقل" },
      licence: "ONS",
    },
    messages: { submit: "إنهاء", errorsTitle: "إجابات ناقصة", "error-blank": "السؤال {number} بلا إجابة" },
  };
  const script = `<script type="application/json">${JSON.stringify(words)}</script>`;
  await show(`<clw-form instrument="ons-loneliness">${script}</clw-form>`, { lang: "ar-EG", dir: "rtl" });
  await page.getByRole("button", { name: "إنهاء" }).click();
  assert.equal(await page.getByRole("link", { name: "السؤال \u2068١\u2069 بلا إجابة" }).count(), 1);
  await page.getByLabel("نادرا").check();
  const [option, input] = await Promise.all(
    [".options label:first-child", ".options label:first-child input"].map((part) => page.locator(part).boundingBox()),
  );
  assert.ok(input.x > option.x + option.width / 2, "the radio stands on the right");
  await page.getByRole("button", { name: "إنهاء" }).click();
  assert.equal(await page.getByText(/أقل/).count(), 1);
  const [now, low] = await Promise.all([".now", "line.scale"].map((part) => page.locator(part).first().boundingBox()));
  assert.ok(now.x + now.width / 2 < low.x + low.width / 2, "4 of 5 stands left of the middle");
});

test("a questionnaire of local make is asked too, over the whole library", async () => {
  await page.goto(browser.origin);
  const toml = readFileSync(new URL("../../examples/instruments/local-eight-areas.toml", import.meta.url), "utf8");
  const id = await page.evaluate(async (definition) => {
    const [clw, { define }] = await Promise.all([
      import("/clw-wasm/js/all.browser.js"),
      import("/clw-wasm/js/form/element.js"),
    ]);
    const { id } = clw.addInstrument(definition);
    define(clw);
    document.body.innerHTML = `<main><h1>Page</h1><clw-form instrument="${id}"></clw-form></main>`;
    return id;
  }, parse(toml));
  await page.getByRole("group").first().waitFor();
  assert.equal(await page.getByRole("group").count(), await form(({ questionnaire }) => questionnaire.items.length));
  await form((form) => (form.answers = form.questionnaire.items.map(({ lowest }) => lowest)));
  await finish();
  assert.equal((await form((form) => form.toJSON())).instrument, id);
});

test("every target is at least 44 pixels high and wide, on a phone too", async () => {
  await page.setViewportSize({ width: 320, height: 700 });
  await show(`${ons4}<clw-form instrument="phq-9"></clw-form>`);
  const sizes = await page.locator(".options label, button").evaluateAll((targets) =>
    targets.map((target) => target.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
  );
  assert.ok(sizes.length > 80 && Math.min(...sizes) >= 44, String(Math.min(...sizes)));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});

test("choice and error do not rest on colour, and nothing moves where motion is unwanted", async () => {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await show(ons4);
  await page.getByRole("group", { name: /^1/ }).getByLabel("5", { exact: true }).check();
  await finish();
  const chosen = page.locator("label:has(:checked)");
  const other = page.locator("label:not(:has(:checked))").first();
  const style = (label) => label.evaluate((element) => getComputedStyle(element).borderTopWidth);
  assert.notEqual(await style(chosen), await style(other));
  assert.match(await page.locator(".error:visible").first().textContent(), /^Error:/);
  assert.equal(await chosen.evaluate((element) => getComputedStyle(element).transitionDuration), "0s");
});

test("nothing is sent: every request is for the page's own files", async () => {
  await show(ons4);
  await form((form) => (form.answers = [1, 2, 3, 4]));
  await finish();
  assert.deepEqual(browser.foreign(page), []);
});
