// Files with very many headings: a part of them is shown at a time, and each can be found.
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { describe, test } from "node:test";
import { dryRun } from "clw/all";
import { accessible, at, chosen, click, csv, lookAt, openPages, own, page, reported, taken, unfolded } from "./page-driver.js";
import { decisions } from "./src/decide.js";
import { fieldsByHeading, formFields, labelOf, rowFields, setField, tableFields } from "./src/fields.js";
import { gathered } from "./src/gathered.js";
import { delimiterOf, withChoices } from "./src/tables.js";

const many = (count, heading) => Array.from({ length: count }, (_, at) => heading(at));
const answers = many(7, (at) => `Q${at + 1}`);
const shown = () => page.locator(".file .column").count();
const search = () => page.getByLabel("Find a heading");

describe("in the page", () => {
  openPages();

  test("of two thousand headings each can be found, put right and evaluated", async () => {
    const notes = many(1_991, (at) => `Note ${at + 101} of the visit`);
    const row = (person, date, answer) => [person, date, ...notes.map(() => "x"), ...answers.map(() => answer)].join(",");
    await lookAt([csv("wide.csv", ["Client", "Seen on", ...notes, ...answers].join(","), row("a", "2026-01-05", 2), row("a", "2026-03-05", 4))]);
    await page.getByText("9 of 2,000 columns used").waitFor();
    await unfolded();
    await page.getByText("The file has 2,000 headings. 100 of them are shown, used ones first. Write a part of any other to find it.").waitFor();
    assert.deepEqual([await shown(), await page.locator(".file .column strong").nth(8).textContent()], [100, "Q7"]);
    assert.ok((await page.locator("option").count()) < 10_000);

    // By keyboard: from the box on, one heading; what it takes the place of is said although it is not in sight.
    await search().focus();
    await page.keyboard.type("note 2091 ");
    await page.getByText("1 of 2,000 headings matches “note 2091”.").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Dat");
    assert.equal(await chosen(taken("Note 2091 of the visit")), "Date");
    await page.getByText("“Seen on” is not used any more.").waitFor();
    await accessible();
    await search().fill("seen");
    await page.getByText("Not used any more: Date is now Note 2091 of the visit.").waitFor();
    await taken("Seen on").selectOption({ label: "Date" });
    await search().fill("date");
    assert.deepEqual([await shown(), await chosen(taken("Seen on"))], [1, "Date"]);
    await search().fill("nothing of the kind");
    await page.getByText("None of the 2,000 headings matches “nothing of the kind”.").waitFor();
    await search().fill("");
    await page.getByRole("button", { name: "Show 100 more" }).click();
    assert.equal(await shown(), 200);
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Note 192 of the visit is taken as");

    await page.getByLabel("Which questionnaire is it?").selectOption("swemwbs");
    await click("Check every row");
    await reported("1 person would be in the report.");
    own();
  });

  test("of many forms in a row those beside a heading are offered", async () => {
    const headings = many(110, (form) => many(3, (at) => `Visit${form + 1} x Q${at + 1}`)).flat();
    await lookAt([csv("forms.csv", ["Client", ...headings].join(","), ["a", ...headings.map(() => 1)].join(","), ["b", ...headings.map(() => 9)].join(","))]);
    await unfolded();
    await page.getByText("A row has 110 forms; each heading can be put into those beside which it stands.").waitFor();
    await search().fill("visit20 ");
    const options = await taken("Visit20 x Q1").locator("option").allTextContents();
    const forms = new Set(options.filter((label) => label.startsWith("Form")).map((label) => Number(/\d+/.exec(label))));
    assert.deepEqual([...forms], [19, 20, 21]);
    // Its own comes before: the numbers of the questions go as far as those of the longest questionnaire.
    assert.deepEqual([await chosen(taken("Visit20 x Q1")), options.filter((label) => label.startsWith("Form 20: Question")).length], ["Form 20: Question 1", 21]);
    assert.equal(await page.locator("#step-2 li", { hasText: "in forms.csv" }).count(), 1);
    await taken("Visit20 x Q1").selectOption({ label: "Form 21: Question 1" });
    await page.getByText("“Visit21 x Q1” is not used any more.").waitFor();
    await taken("Visit20 x Q1").selectOption({ label: "Form 20: Question 1" });
    await search().fill("visit21 x q1");
    await taken("Visit21 x Q1").selectOption({ label: "Form 21: Question 1" });
    await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
    await click("Check every row");
    await at("What became of the rows");
    await unfolded();
    await reported("and 10 more reasons with 10 rows; none of them has more rows than these.");
    own();
  });
});

test("what a form and a row can say of themselves is what the library takes", () => {
  const taken = (row, form) => {
    const forms = [{ order: 1, columns: { ...form, answers: ["Q1"] }, constants: form.instrument ? {} : { instrument: "ons-loneliness" } }];
    const columns = { person: "Client", ...row };
    const simd = row["simd-quintile"] || row["simd-decile"] ? { "simd-version": "2020v2" } : {};
    dryRun({ mapping: { tables: { assessments: { file: "f", layout: "wide", columns, forms, constants: simd } } }, tables: { assessments: "Client,Q1,Other\n" } });
  };
  for (const field of formFields) taken({}, { [field]: "Other" });
  for (const field of rowFields.filter((field) => field !== "person" && field !== "postcode")) taken({ [field]: "Other" }, {});
  for (const field of tableFields("assessments").filter((field) => !rowFields.includes(field))) assert.throws(() => taken({ [field]: "Other" }, {}), /has no field/, field);
});

test("headings that are gone leave at once, and those that are left keep their places", () => {
  const columns = (headings) => headings.map((heading) => ({ heading, field: "answers" }));
  const old = many(20_000, (at) => `Old ${at}`);
  const tables = (headings) => ({ assessments: { file: "f.csv", columns: { person: "Client", answers: headings } } });
  const looked = { mapping: { tables: tables([...old, "Q1"]) }, guess: { tables: [{ file: "f.csv", columns: columns([...old, "Q1"]) }] } };
  const fresh = many(20_000, (at) => `New ${at}`);
  const again = { mapping: { tables: tables(fresh) }, tables: [{ file: "f.csv", table: "assessments", columns: columns(["Client", "Q1", ...fresh]) }] };
  const kept = withChoices(looked, again).tables.assessments;
  const held = fieldsByHeading(kept);
  assert.deepEqual([held.get("Q1"), held.get("New 1"), held.has("Old 1")], ["answers.20000", "answers.1", false]);
});

test("a total that lost its heading can have one again, of the kind it was", () => {
  const table = { columns: { totals: { wellbeing: { column: "Total", kind: "metric" } } } };
  setField(table, "Total", "");
  assert.deepEqual(table.columns, {});
  setField(table, "Score", "totals.wellbeing");
  assert.deepEqual(table.columns, { totals: { wellbeing: { column: "Score", kind: "metric" } } });
  assert.equal(labelOf("forms.1.totals.wellbeing"), "Form 2: Total of wellbeing");
});

test("what is open in very many places is said for the first of them", () => {
  const open = many(30, (at) => ({ code: "totals", file: "f.csv", heading: `Sum ${at}`, message: "" }));
  const told = decisions([...open, ...open, { code: "new-kind", message: "As it is." }], []);
  assert.deepEqual([told.length, told[5], told[6]], [7, "The same holds in 25 more places.", "As it is."]);
});

test("what parts very many headings is seen from all of them", async () => {
  const headings = many(20_000, (at) => `Heading ${at}`);
  const columns = headings.map((heading) => ({ heading }));
  assert.equal(await delimiterOf(new File([headings.join(";")], "wide.csv"), { columns }), ";");
});

test("problems are counted by reason where they are found, and ten of each are handed on", () => {
  const problem = (row, code, rejected) => ({ table: "assessments", column: "Q1", code, rejected, row });
  const blank = many(300_000, (at) => problem(at, "no-value", false));
  const account = { assessments: { rejected: { "bad-date": 1 } }, forms: { rejected: {} } };
  const { reasons, remarked, people } = gathered({ people: 2, account, problems: [problem(7, "bad-date", true), ...blank] });
  assert.deepEqual([people, remarked, reasons.map(({ code, count, rows }) => [code, count, rows.length])], [2, { assessments: 299_999, forms: 0 }, [["no-value", 300_000, 10], ["bad-date", 1, 1]]]);
});
