// The built page, opened from the disk without a network: from spreadsheets to the saved report.
import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { dryRun, guessMapping, instruments } from "clw/all";
import { accessible, accessibleInEveryColour, at, choose, chosen, click, csv, holds, lookAt, openPages, own, page, path, refused, reported, saved, taken, unfolded } from "./page-driver.js";
import { codes } from "./src/codes.js";
import { plainly } from "./src/complaints.js";
import { known } from "./src/decide.js";
import { foundIn, known as reasons } from "./src/reasons.js";
import { labels, tableFields, tables as labelled } from "./src/fields.js";

const tables = ["people", "episodes", "contacts", "assessments", "needs", "onward-links", "outcomes", "holds"];
const caseload = [...tables.map((table) => `${table}.csv`), "mapping.toml", "plan.toml"].map((file) => path(`examples/caseload/${file}`));

openPages();

test("the demonstration caseload becomes the report that Rust writes, byte for byte, offline", async () => {
  await accessibleInEveryColour();
  await choose(caseload);
  await click("Look at them");
  await at("2. Check what was understood");
  await accessibleInEveryColour();
  await click("Check every row");
  await at("What became of the rows");
  // What examples/caseload/truth.json says was spoilt beyond use, each row with its reason.
  const spoilt = JSON.parse(await readFile(path("examples/caseload/truth.json"), "utf8"))["assessment-rows"].swemwbs;
  const refused = page.locator("details").filter({ hasText: "Rows that are left out" }).getByRole("listitem");
  assert.equal(await refused.count(), spoilt["no-date"] + spoilt["unknown-episode"] + spoilt["merged-ids"]);
  assert.equal(await refused.filter({ hasText: "“Date completed” is blank." }).count(), spoilt["no-date"]);
  await accessibleInEveryColour();
  await click("Make the report");
  await at("3. Read and save the report");
  await accessibleInEveryColour();
  assert.equal(await saved("Save the report"), await readFile(path("target/tmp/caseload/report.html"), "utf8"));
  assert.equal(await saved("Save the public report"), await readFile(path("target/tmp/caseload/public.html"), "utf8"));
  own();
});

test("without settings, what is undecided is said before the report, and decided word by word", async () => {
  await choose(caseload.filter((file) => file.endsWith(".csv")));
  await click("Look at them");
  await at("2. Check what was understood");
  // What matters comes first, the words last, each list folded.
  assert.deepEqual(await page.locator("#step-2 h3").allTextContents(), [
    "To decide", "What each file holds", "What the report is about", "Words and what they stand for",
  ]);
  assert.equal(await page.locator("#words details[open]").count(), 0);
  // The questionnaires that the column names are ticked.
  assert.deepEqual(await page.locator('input[name="instrument"]:checked').evaluateAll((boxes) => boxes.map(({ value }) => value)), ["ons4", "swemwbs"]);
  await page.locator('input[name="instrument"][value="ons4"]').uncheck();
  await click("Check every row");
  await at("What became of the rows");
  await accessibleInEveryColour();

  // Rows with a remark are no more than the rows that are used.
  const rows = (await page.locator("#checked tbody tr").all()).map((row) => row.locator("td").allTextContents());
  const counts = new Map((await Promise.all(rows)).map(([table, ...cells]) => [table, cells.map((cell) => Number(cell.replaceAll(",", "")))]));
  for (const [table, [read, used, out, remarked]] of counts) {
    assert.ok(read === used + out && remarked <= used, `${table}: ${read} ${used} ${out} ${remarked}`);
  }
  assert.ok(counts.get("Appointments and other contacts")[3] > 0);

  // Each reason has its count and ten rows, and rejections come before remarks.
  const [left, kept] = await page.locator("#checked > details").all();
  await left.getByText("Questionnaires, Q1: ", { exact: false }).waitFor();
  await left.getByText(/^Needs, Need: 1,502 rows with a word without a meaning$/).waitFor();
  await unfolded();
  await left.getByText("and 1,492 more rows for the same reason.").waitFor();
  // No sentence sends to a file of settings that nobody here has seen.
  assert.doesNotMatch(await page.locator("#checked").textContent(), /\bmap\b|\[(answers|codes)|declare|answer-blanks|episodes table/);
  assert.equal(await kept.locator("> summary").textContent().then((text) => /with a remark/.test(text)), true);
  for (const list of await page.locator("#checked details ul").all()) assert.ok((await list.getByRole("listitem").count()) <= 10);

  const notice = page.locator(".notice");
  await notice.getByText(/^\d+ words have no meaning, and what they say is not counted$/).waitFor();
  await notice.getByText(/Answers to Short Warwick.*“often”.*: 279 forms left out\.$/).waitFor();
  await notice.getByText(/^Attended or not “.*so that no kept appointment is counted there\.$/).waitFor();

  await click("Give them a meaning");
  assert.equal(await page.locator("#words-title").evaluate((title) => title === document.activeElement), true);
  const meaning = page.getByLabel("fem stands for", { exact: true });
  assert.deepEqual(await meaning.locator("option").allTextContents(), ["No meaning yet", "Woman", "Man", "Non-binary", "Other", "Prefer not to say"]);
  await meaning.selectOption({ label: "Woman" });
  assert.equal(await page.locator("#checked").isHidden(), true);
  const gender = page.locator("#words details").filter({ hasText: "Gender:" });
  await gender.getByRole("button", { name: "Take 4 suggestions" }).click();
  await gender.getByText("Gender: every word has a meaning").waitFor();
  await page.getByLabel("often stands for", { exact: true }).selectOption({ label: "4" });
  await page.getByLabel("rarely stands for", { exact: true }).selectOption({ label: "2" });
  await click("Check every row");
  await at("What became of the rows");
  assert.equal(await notice.getByText(/“often”|^Gender/).count(), 0);
  own();
});

test("a keyboard is enough from the files to the saved report", async () => {
  /** Goes on with Tab to what has this name, each stop of it to be seen. */
  async function tabTo(name) {
    for (let stops = 0; stops < 150; stops += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const active = document.activeElement;
        // Past the last stop, before the first.
        if (active === document.body) return { name: "", seen: true };
        const { outlineStyle, outlineWidth } = getComputedStyle(active.closest(".drop") ?? active);
        const name = active.ariaLabel ?? active.labels?.[0]?.querySelector("span, strong")?.textContent ?? active.labels?.[0]?.textContent ?? active.title ?? "";
        return { name: name || active.textContent.trim(), seen: active.tagName === "IFRAME" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) };
      });
      assert.ok(stop.seen, `${stop.name} does not show that it has the focus`);
      if (stop.name === name || (name instanceof RegExp && name.test(stop.name))) return;
    }
    assert.fail(`no way to ${name} by Tab`);
  }
  const press = async (name, key = "Enter") => {
    await tabTo(name);
    await page.keyboard.press(key);
  };
  await tabTo("Drop the files here, or choose them");
  // What the system's own dialogue would give.
  await choose(caseload.filter((file) => file.endsWith(".csv")));
  await press("Remove holds.csv");
  await page.getByText("holds.csv", { exact: true }).waitFor({ state: "detached" });
  await press("Look at them");
  await at("2. Check what was understood");
  await tabTo("people.csv holds");
  await press("9 of 9 columns used");
  await tabTo("Ethnic group is taken as");
  await page.keyboard.type("Not");
  assert.equal(await chosen(taken("Ethnic group")), "Not used");
  await press("ONS personal wellbeing (ONS4)", "Space");
  assert.equal(await page.locator('input[value="ons4"]').isChecked(), false);
  await press(/^Attended or not: /);
  await press(/^Take \d+ suggestions$/);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Attended or not: /);
  await press("Check every row");
  await at("What became of the rows");
  await press("Make the report");
  await at("3. Read and save the report");
  await tabTo("Save the report");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(await readFile(await download.path(), "utf8"), /^<!DOCTYPE html>/i);
  await tabTo("The report");
  await tabTo(/^Chart, one of/);
  await page.keyboard.press("ArrowDown");
  await press("Back to what was understood");
  await at("2. Check what was understood");
  own();
});

test("the lists of codes and of fields are those of the library", async () => {
  const files = await Promise.all(tables.map(async (table) => ({ name: table, content: await readFile(path(`examples/caseload/${table}.csv`)) })));
  const guessed = guessMapping(files).tables;
  for (const { table, fields } of guessed) assert.deepEqual(tableFields(table).toSorted(), fields.toSorted(), table);
  assert.deepEqual(guessed.map(({ table }) => table).toSorted(), Object.keys(labelled).toSorted());
  for (const field of guessed.flatMap(({ fields }) => fields)) assert.ok(labels[field], field);
  for (const [list, known] of Object.entries(codes)) {
    const mapping = { tables: { assessments: { file: "f", columns: { person: "a", date: "b", answers: ["c"] } } }, codes: { [list]: { word: "?" } } };
    const allowed = `use one of ${known.join(", ")}`;
    assert.throws(() => dryRun({ mapping, tables: {} }), ({ message }) => message.endsWith(allowed), list);
  }
});

test("charts answer the pointer, under a policy that forbids code made from text", async () => {
  await choose(caseload);
  await click("Look at them");
  await click("Check every row");
  await click("Make the report");
  await at("3. Read and save the report");
  const chart = page.locator(".drawn");
  await page.getByLabel(/^Chart, one of/).selectOption({ index: 1 });
  await chart.locator("svg").waitFor();
  await chart.scrollIntoViewIfNeeded();
  for (const mark of await chart.locator("svg [aria-roledescription] path, svg .role-mark path").all()) {
    await mark.hover({ force: true });
    if (await page.locator("#vg-tooltip-element.visible").isVisible()) break;
  }
  await page.locator("#vg-tooltip-element.visible").waitFor();

  // The page, the report in it and the charts have the same colours, light or dark.
  await chart.locator("svg").evaluate((drawn) => (drawn.dataset.before = ""));
  await page.emulateMedia({ colorScheme: "dark" });
  await chart.locator("svg:not([data-before])").waitFor();
  const paper = () => getComputedStyle(document.body).backgroundColor;
  assert.deepEqual([await page.evaluate(paper), await page.frames().at(-1).evaluate(paper)], ["rgb(17, 22, 28)", "rgb(17, 22, 28)"]);
  assert.equal(await chart.locator("svg").evaluate((drawn) => drawn.style.backgroundColor), "rgb(17, 22, 28)");
  own();
});

test("a single spreadsheet without settings is understood by guesses, and gives a return", async () => {
  await choose([path("examples/wide/wellbeing.csv")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await page.getByText(/its heading reads/).first().waitFor({ state: "attached" });
  await unfolded();
  await accessible();
  await page.getByLabel("Which questionnaire is it?").selectOption("swemwbs");
  await page.getByLabel("The day the records were taken", { exact: false }).fill("2026-06-30");
  for (const box of await page.locator('input[name="instrument"]').all()) await box.setChecked((await box.inputValue()) === "swemwbs");
  await click("Check every row");
  await at("What became of the rows");
  await click("Make the report");
  await at("3. Read and save the report");
  await page.getByLabel("The programme’s name in the return").fill("Example Valley pilot");
  const file = JSON.parse(await saved("Save the return"));
  assert.equal(file.programme.name, "Example Valley pilot");
  // The truth the spreadsheet was made from.
  const { paired } = JSON.parse(await readFile(path("examples/wide/truth.json"), "utf8"));
  await page.getByText(new RegExp(`\\b${paired} \\(.*have a pair of scores to compare`)).waitFor();
  own();
});

test("an Excel workbook is read sheet by sheet, and what could not be guessed is corrected by hand", async () => {
  await choose([path("clw-core/tests/golden/workbooks/openpyxl.xlsx")]);
  await click("Look at them");
  await at("2. Check what was understood");
  assert.equal(await chosen(page.getByLabel("openpyxl.xlsx, sheet Clients holds")), "People");
  await page.getByLabel("The day the records were taken", { exact: false }).fill("2026-06-30");
  await page.locator('input[name="instrument"][value="swemwbs"]').check();
  await click("Check every row");
  await page.getByRole("alert").getByText("Nothing says which questionnaire the forms of openpyxl.xlsx, sheet ").waitFor();
  await page.getByLabel("Which questionnaire is it?").selectOption("swemwbs");
  await page.getByLabel("Completed is taken as").selectOption({ label: "Date" });
  await click("Check every row");
  await at("What became of the rows");
  await page.getByText("2 people would be in the report.", { exact: false }).waitFor();
  assert.notEqual(await page.locator("#checked tbody tr").first().locator("td").nth(1).textContent(), "0");
  own();
});

test("a field that moves to another heading leaves the one that had it, and both say so", async () => {
  await choose([csv("forms.csv", "Client,Date,Typed in,Q1,Q2,Q3", "a,2026-01-05,2026-01-06,1,1,1", "a,2026-03-05,2026-03-06,2,2,2")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await unfolded();
  await taken("Typed in").selectOption({ label: "Date" });
  assert.deepEqual([await chosen(taken("Date")), await chosen(taken("Typed in"))], ["Not used", "Date"]);
  await page.getByText("Not used any more: Date is now Typed in.").waitFor();
  await taken("Date").selectOption({ label: "Date" });
  assert.deepEqual([await chosen(taken("Date")), await chosen(taken("Typed in"))], ["Date", "Not used"]);
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await page.locator('input[name="instrument"][value="ucla-3"]').check();
  await taken("Q1").selectOption({ label: "Not used" });
  await click("Check every row");
  await page.getByRole("alert").getByText("No column is taken as question 1; choose one, or move the later questions up.").waitFor();
  await taken("Q1").selectOption({ label: "Question 1" });
  await click("Check every row");
  await page.getByText("1 person would be in the report.", { exact: false }).waitFor();
  own();
});

test("dates that are none are told row by row, and words that are no list are not listed", async () => {
  const rows = ["a,2026-13-05,1,2,3", "a,31/02/2026,1,2,3", "b,soon,1,1,1", "c,2026-01-05,3,3,3", "c,2026-03-05,1,1,1"];
  await lookAt([csv("forms.csv", "Client,Date,Q1,Q2,Q3,Note", ...rows.map((row) => `${row},`))]);
  await page.getByText("No column of forms.csv is seen to hold dates.", { exact: false }).waitFor();
  await taken("Date").selectOption({ label: "Date" });
  await taken("Note").selectOption({ label: "Gender" });
  await click("Check every row");
  await reported("1 person would be in the report.");
  await reported("Questionnaires, Date: 3 rows with a date that cannot be read");
  for (const date of ["2026-13-05", "31/02/2026", "soon"]) await reported(`“Date” holds “${date}”. Dates are read as yyyy-mm-dd`);

  await click("Back to the files");
  await lookAt([csv("forms.csv", "Client,Date,Q1,Q2,Q3,Note", ...Array.from({ length: 150 }, (_, at) => `c${at},2026-01-05,1,1,1,ref-${at}`))]);
  await click("Check every row");
  await reported("150 people would be in the report.");
  await page.getByText("50 more words are not shown.", { exact: false }).waitFor({ state: "attached" });
  assert.equal(await page.locator("label.word").count(), 100);
  own();
});

test("questions that are known by their names are shown as such, and can be changed", async () => {
  await choose([csv("forms.csv", "id,date,companionship,left-out,isolated", "a,2026-01-05,1,1,1", "a,2026-03-05,2,2,2")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await page.getByText("5 of 5 columns used").waitFor();
  await unfolded();
  assert.equal(await page.getByLabel("Which questionnaire is it?").count(), 0);
  assert.equal(await chosen(taken("companionship")), "Question 1 of ucla-3");
  await taken("companionship").selectOption({ label: "Question 2 of ucla-3" });
  assert.equal(await chosen(taken("left-out")), "Not used");
  await taken("left-out").selectOption({ label: "Question 1 of ucla-3" });
  await page.locator('input[name="instrument"][value="ucla-3"]').check();
  await click("Check every row");
  await page.getByText("1 person would be in the report.", { exact: false }).waitFor();
  own();
});

test("a file that is taken for something else is put right by hand", async () => {
  const answers = ["Often", "Rarely", "Some", "Often", "Often", "Rarely", "Some"];
  const questions = answers.map((_, at) => `"I felt, ${at + 1}"`);
  await choose([csv("answers.csv", ["Typed;Client ID", ...questions].join(";"), ["2026-01-05;a", ...answers].join(";"), ["2026-03-05;a", ...answers].join(";"))]);
  await click("Look at them");
  await at("2. Check what was understood");
  await holds("answers.csv").selectOption({ label: "Questionnaires" });
  await page.getByLabel("Which questionnaire is it?").selectOption("swemwbs");
  assert.deepEqual(await page.locator('input[name="instrument"]:checked').evaluateAll((boxes) => boxes.map(({ value }) => value)), ["swemwbs"]);
  await unfolded();
  await accessible();
  assert.equal(await chosen(taken("Client ID")), "Person’s reference");
  await taken("Typed").selectOption({ label: "Date" });
  for (const [at] of answers.entries()) await taken(`I felt, ${at + 1}`).selectOption({ label: `Question ${at + 1}` });
  await click("Check every row");
  await reported("3 words have no meaning");
  await click("Give them a meaning");
  for (const [word, number] of [["Often", "4"], ["Rarely", "2"], ["Some", "3"]]) {
    await page.getByLabel(`${word} stands for`, { exact: true }).selectOption(number);
  }
  await click("Check every row");
  await reported("1 person would be in the report.");
  assert.equal(await page.locator(".notice").count(), 0);

  // Back and forth, what was chosen is still there.
  await holds("answers.csv").selectOption({ label: "Nothing that the report uses" });
  await holds("answers.csv").selectOption({ label: "Questionnaires" });
  await unfolded();
  assert.equal(await chosen(taken("I felt, 7")), "Question 7");
  own();
});

test("a table that is taken from one file by another is said so on the file that had it", async () => {
  const rows = ["Client,Date,Q1,Q2,Q3", "a,2026-01-05,1,1,1"];
  await choose([csv("before.csv", ...rows), csv("after.csv", rows[0] + ",Note", rows[1] + ",x")]);
  await click("Look at them");
  await at("2. Check what was understood");
  const [used, unused] = (await chosen(holds("before.csv"))) === "Questionnaires" ? ["before.csv", "after.csv"] : ["after.csv", "before.csv"];
  await holds(unused).selectOption({ label: "Questionnaires" });
  assert.equal(await chosen(holds(used)), "Nothing that the report uses");
  await page.getByText("Not used any more: its headings are not those of the other file that holds Questionnaires.", { exact: false }).waitFor();
  own();
});

test("files with the same headings are read together, below titles too", async () => {
  const title = ["Wellbeing forms", ""];
  await choose([
    csv("before.csv", "Client,Date,Q1,Q2,Q3", "a,2026-01-05,3,3,3", "b,2026-01-06,3,3,3"),
    csv("after.csv", ...title, "Client,Date,Q1,Q2,Q3", "a,2026-04-05,1,1,1", "b,2026-04-06,1,1,1"),
  ]);
  await click("Look at them");
  await at("2. Check what was understood");
  assert.equal(await page.getByLabel("Row of the headings in after.csv").inputValue(), "3");
  await page.getByText("Its rows are read below those of before.csv.").waitFor();
  await page.getByText("The rows of after.csv are read below those of the file with the same headings.", { exact: false }).waitFor();
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await page.getByLabel("The day the records were taken", { exact: false }).fill("2026-06-30");
  await page.getByLabel("From everybody who filled in a first one").check();
  await click("Check every row");
  await at("What became of the rows");
  await accessible();
  const forms = page.locator("#checked tbody tr").filter({ hasText: "Questionnaires" }).locator("td");
  assert.equal(await forms.nth(1).textContent(), "4");

  // Another row of headings, and back.
  await page.getByLabel("Row of the headings in after.csv").fill("4");
  await page.keyboard.press("Tab");
  await page.getByText("Say below what after.csv holds, or in which row its headings are.", { exact: false }).waitFor();
  await page.getByLabel("Row of the headings in after.csv").fill("3");
  await page.keyboard.press("Tab");
  await page.getByText("Its rows are read below those of before.csv.").waitFor();
  // Taken away by hand, and given back by hand.
  await holds("after.csv").selectOption({ label: "Nothing that the report uses" });
  await holds("after.csv").selectOption({ label: "Questionnaires" });
  await page.getByText("Its rows are read below those of before.csv.").waitFor();
  await holds("before.csv").selectOption({ label: "Nothing that the report uses" });
  await taken("Q1").waitFor({ state: "attached" });
  assert.equal(await chosen(holds("after.csv")), "Questionnaires");
  own();
});

test("a workbook is read beside CSV files", async () => {
  await choose([path("clw-core/tests/golden/workbooks/openpyxl.xlsx")]);
  await choose([csv("ucla-3.csv", "Client,Date,Q1,Q2,Q3", "a,2026-01-05,3,3,3", "a,2026-04-05,1,1,1")]);
  await click("Look at them");
  await at("2. Check what was understood");
  for (const sheet of await page.getByLabel(/^openpyxl.xlsx, sheet .* holds$/).all()) {
    if ((await chosen(sheet)) !== "People") await sheet.selectOption({ label: "Nothing that the report uses" });
  }
  await holds("ucla-3.csv").selectOption({ label: "Questionnaires" });
  await unfolded();
  for (const [heading, field] of [["Client", "Person’s reference"], ["Date", "Date"], ["Q1", "Question 1"], ["Q2", "Question 2"], ["Q3", "Question 3"]]) {
    const own = page.locator(".file").filter({ has: holds("ucla-3.csv") }).getByLabel(`${heading} is taken as`, { exact: true });
    await own.selectOption({ label: field });
  }
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await page.getByLabel("The day the records were taken", { exact: false }).fill("2026-06-30");
  await click("Check every row");
  await at("What became of the rows");
  const read = async (name) => Number(await page.locator("#checked tbody tr").filter({ hasText: name }).locator("td").nth(1).textContent());
  assert.equal(await read("Questionnaires"), 2);
  assert.ok((await read("People")) > 0);
  own();
});

test("postcodes need a look-up, and no postcode is kept", async () => {
  await choose([
    csv("people.csv", "Client,Postcode", "a,EH1 1AA"),
    csv("forms.csv", "Client,Date,companionship,left-out,isolated", "a,2026-01-05,3,3,3", "a,2026-04-05,1,1,1"),
  ]);
  await click("Look at them");
  await at("2. Check what was understood");
  await unfolded();
  await page.getByLabel("The day the records were taken", { exact: false }).fill("2026-06-30");
  await taken("Postcode").selectOption({ label: "Postcode" });
  await click("Check every row");
  await page.getByRole("alert").getByText("“Postcode” holds postcodes, and no look-up says which area each is in;", { exact: false }).waitFor();
  await click("Back to the files");
  await unfolded();
  const look = (file) => page.locator("#lookup").setInputFiles([file]);
  await look(csv("other.csv", "Area,Rank", "x,1"));
  await page.getByRole("alert").getByText("other.csv is no look-up of postcodes;", { exact: false }).waitFor();
  await look(csv("areas.csv", "Postcode,Quintile", "EH1 1AA,2"));
  await page.getByRole("alert").getByText("areas.csv does not say of which SIMD it is;", { exact: false }).waitFor();
  await look(csv("areas.csv", "Postcode,SIMD2020v2_Quintile", "EH1 1AA,2"));
  await page.getByText("areas.csv: SIMD 2020v2.").waitFor();
  await accessible();
  await click("Look at them");
  await at("2. Check what was understood");
  await click("Check every row");
  await at("What became of the rows");
  await click("Make the report");
  await at("3. Read and save the report");
  assert.doesNotMatch(await saved("Save the report"), /EH1/);
  // The counts for the next public report are JSON without a person, and are taken with the next one.
  const counts = await saved("Save the counts for the next public report");
  assert.doesNotMatch(counts, /EH1/);
  await unfolded();
  await page.getByLabel("Counts of earlier public reports").setInputFiles([{ name: "counts.json", mimeType: "application/json", buffer: Buffer.from(counts) }]);
  assert.match(await saved("Save the public report"), /^<!DOCTYPE html>/i);
  await page.getByLabel("Counts of earlier public reports").setInputFiles([{ name: "other.json", mimeType: "application/json", buffer: Buffer.from("{}") }]);
  await click("Save the public report");
  await page.getByRole("alert").getByText("other.json holds no counts that this page saved;", { exact: false }).waitFor();
  own();
});

test("every kind of open point, and every reason for a row, has words of its own", async () => {
  const types = (await readFile(path("clw-wasm/dist/all.d.ts"), "utf8")).replace(/\/\*\*[^]*?\*\//g, "");
  const [, union] = /interface OpenPoint \{[^]*?code:([^;]*);/.exec(types);
  assert.deepEqual([...union.matchAll(/"([\w-]+)"/g)].map(([, code]) => code).sort(), known.toSorted());
  const [, codes] = /type ProblemCode =([^;]*);/.exec(types);
  assert.deepEqual([...codes.matchAll(/\| "([\w-]+)"/g)].map(([, code]) => code).sort(), reasons.toSorted());
});

test("what the library refuses of the choices is said in the words of the page", () => {
  const given = (columns, others) => ({ tables: { assessments: { file: "forms.csv", columns, ...others } } });
  const swemwbs = { constants: { instrument: "swemwbs" } };
  const [answers, person, date] = [["Q1"], "Client", "Date"];
  for (const [mapping, sentence] of [
    [{ tables: { people: { file: "p.csv", columns: { person } } } }, /^No file holds questionnaires\./],
    [given({ date, answers }), /^No heading of forms\.csv is taken as “Person’s reference”, which every row needs; choose one\.$/],
    [given({ person, answers }, swemwbs), /^No heading of forms\.csv is taken as “Date” or “Which occasion”/],
    [given({ person, date, answers }), /^Nothing says which questionnaire the forms of forms\.csv are/],
    [given({ person, date }, swemwbs), /^No heading of forms\.csv is taken as a question/],
    [given({ person, date, answers: { swemwbs: answers } }), /^1 heading is taken as questions, and Short Warwick.* has 7\./],
    [given({ person: "Who", date, answers }, { constants: { instrument: "ons-loneliness" } }), /^forms\.csv has no heading “Who”, which the settings ask for\./],
    [given({ person, date, answers: ["Twice"] }, { constants: { instrument: "ons-loneliness" } }), /^forms\.csv has the heading “Twice” more than once/],
  ]) {
    assert.throws(
      () => dryRun({ mapping, tables: { assessments: "Client,Date,Q1,Twice,Twice\n" } }),
      (error) => {
        assert.match(plainly(error, { mapping, instruments: instruments() }), sentence, error.message);
        return true;
      },
    );
  }
});

test("what a row is held to is said with what it has", () => {
  const form = (order) => ({ order, columns: { date: `Day ${order}`, answers: ["Q1", "Q2", "Q3"].map((item) => `${item} ${order}`) }, constants: { instrument: "ucla-3" } });
  const mapping = { tables: { assessments: { file: "forms.csv", layout: "wide", columns: { person: "Client", "birth-year": "Born" }, forms: [form(0), form(1)] } } };
  const headings = "Client,Born,Day 0,Q1 0,Q2 0,Q3 0,Day 1,Q1 1,Q2 1,Q3 1";
  const rows = ["a,1700,2026-01-05,1,1,1,2025-12-24,1,1,1", "b,1950,2026-01-05,1,55,1,2026-03-05,1,1,1", "c,1950"];
  const { problems } = dryRun({ mapping, tables: { assessments: [headings, ...rows].join("\n") } });
  assert.deepEqual(problems.map(foundIn), [
    "“Day 1” holds “2025-12-24”. An earlier form has 2026-01-05.",
    "“Born” holds “1700”. It should be a whole number from 1850 to 2150.",
    "“Q2 0” holds “55”. The answers are 1 to 3.",
    "It has 2 cells under 10 headings.",
  ]);
});

test("a saved plan that is none is refused, and its questions are asked once it is removed", async () => {
  const plan = { name: "plan.json", mimeType: "application/json", buffer: Buffer.from('{"measures": [{"instrument": "ucla-3"}]}') };
  await choose([csv("forms.csv", "Client,Date,Q1,Q2,Q3", "a,2026-01-05,1,1,1", "a,2026-03-05,2,2,2"), plan]);
  await click("Look at them");
  await at("2. Check what was understood");
  await click("Check every row");
  await click("Make the report");
  await page.getByRole("alert").getByText("The saved plan cannot be used. Go back to the files and remove it: its questions are asked here instead.").waitFor();
  await click("Back to the files");
  await click("Remove saved plan");
  await click("Look at them");
  await click("Check every row");
  await click("Make the report");
  await at("3. Read and save the report");
  own();
});

test("a file that is dropped again keeps what was chosen for the headings and words still there", async () => {
  const header = "Client,Date,Typed in,Gender,Q1,Q2,Q3";
  await choose([csv("forms.csv", header, "a,2026-01-05,2026-01-06,fem,1,1,1", "a,2026-13-05,2026-03-06,fem,2,2,2")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await unfolded();
  await taken("Typed in").selectOption({ label: "Not used" });
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await page.getByLabel("fem stands for", { exact: true }).selectOption({ label: "Woman" });
  await page.getByLabel("Title of the report").fill("Glen");
  await page.getByText("From everybody who filled in a first one").click();
  await click("Back to the files");
  await choose([csv("forms.csv", `${header},Age band`, "a,2026-01-05,2026-01-06,fem,1,1,1,30-39", "a,2026-03-05,2026-03-06,fem,2,2,2,30-39")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await unfolded();
  assert.deepEqual(await Promise.all(["Typed in", "Date", "Age band"].map((heading) => chosen(taken(heading)))), ["Not used", "Date", "Age band"]);
  assert.equal(await page.getByLabel("Which questionnaire is it?").inputValue(), "ucla-3");
  assert.equal(await page.getByLabel("fem stands for", { exact: true }).inputValue(), "woman");
  assert.equal(await page.getByLabel("Title of the report").inputValue(), "Glen");
  assert.equal(await page.locator('input[name="due"]:checked').inputValue(), "everyone");
  await click("Check every row");
  await reported("1 person would be in the report.");
  assert.equal(await page.locator("#checked tbody td").nth(3).textContent(), "0");
  own();
});

test("a file that was changed since it was dropped is said to be", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "caseload-")), "forms.csv");
  await writeFile(file, "Client,Date,Q1,Q2,Q3\na,2026-01-05,1,1,1\n");
  await choose([file]);
  await click("Look at them");
  await at("2. Check what was understood");
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await writeFile(file, "Client,Date,Q1,Q2,Q3\na,2026-01-05,1,1,2\na,2026-03-05,1,1,1\n");
  await click("Check every row");
  await page.getByRole("alert").getByText("forms.csv was changed, moved or deleted since it was dropped; go back to the files and drop it again.").waitFor();
  own();
});

const drop = (...files) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
    document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
  }, files);

test("files are dropped, taken away again, and refused in plain words", async () => {
  await drop(["forms.csv", "Client,Date\nA,2026-01-01\n"]);
  await page.getByText("forms.csv", { exact: true }).waitFor();
  await drop(["forms.csv", "Client,Date\nB,2026-01-01\n"]);
  await page.getByText("forms.csv in place of the one dropped before").waitFor();
  await click("Remove forms.csv");
  assert.equal(await page.getByRole("button", { name: "Look at them" }).isDisabled(), true);
  await drop(["one.csv", "a\n1\n"], ["notes.docx", ""], ["old.xls", ""], ["two.csv", "a\n1\n"]);
  await refused("notes.docx is neither CSV nor Excel; save it as one of them. old.xls is a workbook of Excel before 2007;");
  // The keyboard stays in the list, and goes to the files once there is none.
  const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id);
  await click("Remove one.csv");
  assert.equal(await focused(), "Remove two.csv");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "files");
  await drop(["report.csv", "%PDF-1.7"]);
  await refused("report.csv is a PDF, whatever its ending;");
  await drop(["binary.xlsb", ""]);
  await refused("binary.xlsb is a binary workbook; open it in Excel and save it as an Excel workbook (.xlsx).");
  for (const text of ["[1]", "null", '{"tables": 1}', '{"mapping": {}}', '{"mapping": {"tables": {"people": null}}}', '{"mapping": {"tables": {"people": {"file": 7}}}}']) {
    await drop(["settings.json", text]);
    await refused("settings.json holds no settings of this page;");
  }
  await drop(["settings.json", "{"]);
  await refused("settings.json cannot be read as settings (");
  assert.equal(await page.locator("#chosen li").count(), 0);
  own();
});

test("nothing is changed while rows are read, and reading can be stopped", async () => {
  await page.evaluate(() => {
    const rows = Array.from({ length: 1_500_000 }, (_, at) => `P${at},2026-01-05,1,1,1`);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([`Client,Date,Q1,Q2,Q3\n${rows.join("\n")}`], "forms.csv"));
    document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
  });
  await click("Look at them");
  await at("2. Check what was understood");
  await page.getByLabel("Which questionnaire is it?").selectOption("ucla-3");
  await click("Check every row");
  await page.locator("#step-2[inert]").waitFor();
  await page.getByRole("status").getByText("Reading every row").waitFor();
  await drop(["late.csv", "a\n1\n"]);
  await refused("What was dropped is not taken, because the page is still at work.");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.locator("#busy").waitFor({ state: "hidden" });
  assert.equal(await page.locator("#checked").isHidden(), true);
  await click("Back to the files");
  await choose([csv("forms.csv", "Client,Date,Q1,Q2,Q3", "a,2026-01-05,1,1,1", "a,2026-03-05,2,2,2")]);
  await click("Look at them");
  await at("2. Check what was understood");
  await click("Check every row");
  await reported("1 person would be in the report.");
  await click("Make the report");
  await at("3. Read and save the report");
  await click("Save the return");
  await page.getByRole("alert").getByText("The return has no programme’s name;", { exact: false }).waitFor();
  await page.getByLabel("The programme’s name in the return").fill("Glen");
  assert.equal(JSON.parse(await saved("Save the return")).programme.name, "Glen");
  own();
});

test("the browser’s own way back leads through the steps, and choices are not lost unasked", async () => {
  const forms = Buffer.from("Client,Date,Practice,Q1,Q2,Q3\na,2026-01-05,Café,3,3,3\na,2026-04-05,Café,1,1,1\n", "latin1");
  await lookAt([{ name: "forms.csv", mimeType: "text/csv", buffer: forms }]);
  await page.getByText("The file does not say which letters it has; they are read as those of Windows, such as in “Café”.", { exact: false }).waitFor();
  await page.getByLabel("Title of the report").fill("Glen");
  await click("Check every row");
  await reported("1 person would be in the report.");
  await click("Make the report");
  await at("3. Read and save the report");
  await page.goBack();
  await at("2. Check what was understood");
  await page.goForward();
  await at("3. Read and save the report");
  await page.goBack();
  await page.goBack();
  await at("1. Choose the spreadsheets");
  await page.goForward();
  // A report of other choices is not there to go to.
  await page.getByLabel("Title of the report").fill("Strath");
  await page.keyboard.press("Tab");
  await page.goForward();
  await at("2. Check what was understood");
  const asked = page.waitForEvent("dialog");
  const left = page.reload().catch(() => {});
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.accept();
  await left;
  await at("1. Choose the spreadsheets");
  own();
});

test("a hundred thousand rows leave the page awake", async () => {
  const rows = ["Client,Date,Q1,Q2,Q3,Q4,Q5,Q6,Q7"];
  for (let person = 0; person < 50_000; person += 1) {
    const start = 1 + (person % 4);
    rows.push(`P${person},2025-01-10,${Array(7).fill(start)}`, `P${person},2025-06-10,${Array(7).fill(start + 1)}`);
  }
  await choose([
    { name: "forms.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) },
    {
      name: "mapping.json",
      mimeType: "application/json",
      buffer: Buffer.from(
        JSON.stringify({
          dates: ["iso"],
          tables: {
            assessments: {
              file: "forms.csv",
              layout: "long",
              constants: { instrument: "swemwbs" },
              columns: { person: "Client", date: "Date", answers: ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"] },
            },
          },
        }),
      ),
    },
  ]);
  await click("Look at them");
  await at("2. Check what was understood");
  await page.evaluate(() => {
    // Counts frames and the different states of the progress bar for as long as the worker is busy.
    globalThis.awake = { frames: 0, states: new Set() };
    const frame = () => {
      if (!document.querySelector("#busy").hidden) {
        awake.frames += 1;
        awake.states.add(document.querySelector("#progress").value);
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await click("Check every row");
  await at("What became of the rows");
  await page.getByText("50,000 people would be in the report.", { exact: false }).waitFor();
  await click("Make the report");
  await at("3. Read and save the report");
  const { frames, states } = await page.evaluate(() => ({ frames: awake.frames, states: awake.states.size }));
  assert.ok(frames >= 10 && states >= 3, `${frames} frames, ${states} states of progress`);
  own();
});

test("a phone shows every step without scrolling sideways", async () => {
  await page.setViewportSize({ width: 360, height: 700 });
  const fits = async () => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await fits();
  await choose(caseload);
  await click("Look at them");
  await at("2. Check what was understood");
  await fits();
  await click("Check every row");
  await at("What became of the rows");
  await fits();
  assert.equal(await page.locator("#checked .table").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
  await click("Make the report");
  await at("3. Read and save the report");
  await fits();
  const chart = page.locator(".drawn");
  for (const index of [1, 2, 3, 5, 6, 8, 0]) {
    await chart.locator("svg").evaluate((drawn) => (drawn.dataset.before = ""));
    await page.getByLabel(/^Chart, one of/).selectOption({ index });
    await chart.locator("svg:not([data-before])").waitFor();
    const [inside, place] = await chart.evaluate((place) => [place.scrollWidth, place.clientWidth]);
    assert.ok(inside <= place, `chart ${index} is ${inside} wide in ${place}`);
    assert.deepEqual((await chart.locator("svg text").allTextContents()).filter((text) => text.includes("…")), []);
  }
});
