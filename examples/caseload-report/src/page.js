// Three steps: files, what was understood of them, report. Whatever is computed, the worker computes.
import { parse as parseToml } from "smol-toml";
import { chartViewer } from "./charts.js";
import { plainly } from "./complaints.js";
import { find, h, save } from "./dom.js";
import { mappingEditor } from "./editor.js";
import { fieldsByHeading, questionsWithout } from "./fields.js";
import { inUtf8 } from "./letters.js";
import { chosenPlan, forgetAnswers, planOfAll, planQuestions, remember, untitled } from "./plan.js";
import { refusedRows } from "./refused.js";
import { delimiterOf, withChoices } from "./tables.js";
import { addWords, undecided, wordLists } from "./words.js";
import { postcodeLookup } from "./postcodes.js";
import { isBusy, Stopped, work } from "./work.js";

// Files by name: the spreadsheets, and what was saved earlier as `mapping` and `plan`.
const files = new Map();
// Those that came under a name that was there already.
const again = new Set();
// A word of each file that does not say which letters it has, to see whether they are read right.
const examples = new Map();
const saved = {};
// The rows of the headings, where somebody said so, by file and sheet.
const headingRows = new Map();
let instruments;
let looked;

/** The steps that there is something to see at. */
const reached = () => (find("#report").hasChildNodes() ? 3 : looked ? 2 : 1);

function step(number, { past } = {}) {
  // The browser's own way back is a way back to the step before.
  if (!past && find(`#step-${number}`).hidden) history.pushState({ step: number }, "");
  for (const each of [1, 2, 3]) {
    find(`#step-${each}`).hidden = each !== number;
    find(`#at-${each}`).toggleAttribute("aria-current", each === number);
    if (each === number) find(`#at-${each}`).setAttribute("aria-current", "step");
  }
  find(`#title-${number}`).focus();
}

/** Runs something that may fail, and says so where it is seen and heard. */
const told =
  (run) =>
  async (...given) => {
    find("#alert").textContent = "";
    try {
      await run(...given);
    } catch (error) {
      if (error instanceof Stopped) return;
      find("#alert").textContent = plainly(error, { mapping: looked?.mapping, instruments });
      find("#alert").scrollIntoView({ block: "nearest" });
    }
  };

// Files are taken one drop after the other; nothing is looked at before all are.
let taking = Promise.resolve();
const take = (list) => (taking = taking.then(() => takeAll(list)));

const takeAll = told(async (list) => {
  const refused = [];
  for (const file of list) refused.push(await takeFile(file).catch(({ message }) => message));
  showChosen();
  if (find("#step-1").hidden) step(1);
  if (refused.some(Boolean)) throw new Error(refused.filter(Boolean).join(" "));
});

const remedies = {
  xls: "is a workbook of Excel before 2007; open it in Excel and save it as an Excel workbook (.xlsx).",
  xlsb: "is a binary workbook; open it in Excel and save it as an Excel workbook (.xlsx).",
  ods: "is a workbook of LibreOffice; save it there as an Excel workbook (.xlsx).",
  numbers: "is a workbook of Numbers; export it there as an Excel workbook (.xlsx).",
};

async function takeFile(file) {
  const [, kind, ending = ""] = /^(mapping|plan|settings)?.*\.(\w+)$/i.exec(file.name) ?? [];
  if (kind && /^(json|toml)$/i.test(ending)) await takeSaved(kind.toLowerCase(), ending.toLowerCase(), file);
  else if (/^(csv|xlsx|xlsm)$/i.test(ending)) {
    const { file: readable, example } = ending.toLowerCase() === "csv" ? await inUtf8(file) : { file };
    if (files.has(file.name)) again.add(file.name);
    files.set(file.name, readable);
    examples.set(file.name, example);
  }
  else throw new Error(`${file.name} ${remedies[ending.toLowerCase()] ?? "is neither CSV nor Excel; save it as one of them."}`);
}

async function takeSaved(kind, ending, file) {
  let value;
  try {
    const text = await file.text();
    value = ending === "toml" ? parseToml(text) : JSON.parse(text);
  } catch (error) {
    throw new Error(`${file.name} cannot be read as settings (${error.message.split("\n")[0]}); save the settings again on this page.`);
  }
  const given = kind === "settings" ? value : { [kind]: plain(value) };
  const tables = Object.values(given?.mapping?.tables ?? {});
  const whole = tables.every((part) => typeof part?.file === "string" && typeof (part.columns ?? {}) === "object");
  const known = whole && [tables, given?.plan?.measures].some((part) => Array.isArray(part) && part.length > 0);
  if (!known) throw new Error(`${file.name} holds no settings of this page; drop the file that it saved, under another name if need be.`);
  forgetAnswers();
  for (const part of ["mapping", "plan"]) if (given[part]) saved[part] = given[part];
}

/** Dates of TOML as the texts that JSON has for them. */
const plain = (value) =>
  JSON.parse(JSON.stringify(value, (_, field) => (typeof field === "string" ? field.replace(/T00:00:00\.000Z$/, "") : field)));

function showChosen() {
  const row = (name, forget) => {
    const remove = h("button", { type: "button", class: "small", "aria-label": `Remove ${name}` }, "Remove");
    remove.addEventListener("click", () => {
      const at = [...find("#chosen").children].indexOf(remove.parentElement);
      forget();
      showChosen();
      // The next file takes the place, so that a keyboard stays where it is.
      const left = find("#chosen").querySelectorAll("button");
      (left[Math.min(at, left.length - 1)] ?? find("#files")).focus();
    });
    return h("li", {}, h("span", {}, name, again.has(name) && h("small", {}, " in place of the one dropped before")), remove);
  };
  const settings = Object.keys(saved).map((kind) => row(`saved ${kind}`, () => delete saved[kind]));
  const spreadsheets = [...files.keys()].map((name) => row(name, () => (files.delete(name), again.delete(name))));
  find("#chosen").replaceChildren(...spreadsheets, ...settings);
  find("#look").disabled = files.size === 0;
}

const look = told(async () => {
  await taking;
  instruments ??= await work("instruments", undefined, "Getting ready");
  const guess = await work("look", { files: [...files.values()], rows: headingRows }, "Looking at the headings");
  for (const given of guess.tables) if (!given.sheet) given.delimiter = await delimiterOf(files.get(given.file), given);
  const before = looked?.saved === saved.mapping ? looked : undefined;
  const guessed = !saved.mapping;
  const mapping = before ? (guessed ? withChoices(before, guess) : before.mapping) : structuredClone(saved.mapping ?? guess.mapping);
  const words = addWords(before?.words ?? new Map(), guessed ? guess.spellings : []);
  looked = { guess, guessed, examples, mapping, words, saved: saved.mapping, aside: before?.aside ?? new Map(), found: new Set() };
  looked.found = await questionnairesFound();
  showUnderstood();
  step(2);
});

/** The questionnaires that the rows name, where a column names them. */
async function questionnairesFound() {
  const parts = Object.values(looked.mapping.tables);
  if (!parts.some((part) => [...fieldsByHeading(part).values()].some((field) => /(^|\.)instrument$/.test(field)))) return new Set();
  try {
    return new Set(await work("questionnaires", { ...source(), plan: planOfAll(instruments, today()) }, "Looking for questionnaires"));
  } catch {
    // What is wrong is said when the rows are checked.
    return new Set();
  }
}

const today = () => new Intl.DateTimeFormat("sv-SE").format(new Date());

// Whether choices would be lost with the page.
let unsaved = false;

/** A check of something else than what is chosen now says nothing, nor does a report of it. */
function changed({ tables } = {}) {
  unsaved = true;
  find("#checked").hidden = true;
  find("#report").replaceChildren();
  if (tables) showChoices();
}

const showWords = () => find("#words").replaceChildren(...wordLists(looked, instruments, changed));

/** To the words, each list with one that stands for nothing unfolded. */
function decide() {
  for (const list of document.querySelectorAll("#words details")) {
    list.open = [...list.querySelectorAll("select")].some(({ value }) => value === "");
  }
  find("#words-title").focus();
}

/** Looks again at a file whose headings are in another row. */
const beginAt = told(async ({ file, sheet }, row) => {
  const own = headingRows.get(file);
  headingRows.set(file, sheet === undefined ? row : { ...own, [sheet]: row });
  await look();
  document.querySelector(`[aria-label="Row of the headings in ${CSS.escape(sheet ? `${file}, sheet ${sheet}` : file)}"]`)?.focus();
});

function showUnderstood() {
  find("#understood").replaceChildren(mappingEditor(looked, instruments, changed, beginAt));
  showChoices();
  showWords();
  find("#checked").hidden = true;
}

function showChoices() {
  const { mapping, found } = looked;
  // The questionnaires that the mapping names for whole tables; where a column names them, any may be there.
  const parts = Object.values(mapping.tables).flatMap((part) => [part, ...(part.forms ?? [])]);
  const byQuestion = parts.flatMap(({ columns }) => (columns?.answers && !Array.isArray(columns.answers) ? Object.keys(columns.answers) : []));
  const named = new Set([...parts.map(({ constants }) => constants?.instrument).filter(Boolean), ...byQuestion]);
  const closes = Boolean(mapping.tables.episodes || mapping.tables.contacts);
  find("#choices").replaceChildren(...planQuestions(instruments, saved.plan, { named, found, today: today(), closes }));
}

/** What the library reads: the mapping, the files of each of its tables, and the look-up of postcodes. */
function source() {
  const { mapping } = looked;
  const [without] = questionsWithout(mapping);
  if (without) throw new Error(`No column is taken as ${without}; choose one, or move the later questions up.`);
  const fileOf = ({ file }) => {
    if (!files.has(file)) throw new Error(`The settings ask for ${file}, which was not dropped; drop it too.`);
    return files.get(file);
  };
  const given = Object.entries(mapping.tables).map(([table, part]) => [table, [part, ...(part.also ?? [])].map(fileOf)]);
  const postcode = Object.values(mapping.tables).find(({ columns }) => columns?.postcode)?.columns.postcode;
  if (!postcode) return { mapping, tables: Object.fromEntries(given) };
  if (!lookup) {
    throw new Error(`“${postcode}” holds postcodes, and no look-up says which area each is in; choose one with the files, or set that heading to Not used.`);
  }
  return { mapping, tables: Object.fromEntries(given), postcodes: lookup };
}

// The look-up of postcodes, as the library takes it.
let lookup;
const takeLookup = told(async ([file]) => {
  lookup = file && (await postcodeLookup(file));
  find("#lookup-told").textContent = lookup ? `${file.name}: SIMD ${lookup.mapping.constants?.version ?? "by its column"}.` : "";
});

const check = told(async (event) => {
  event.preventDefault();
  chosenPlan(instruments, saved.plan);
  const dryRun = await work("check", source(), "Reading every row");
  const { words } = dryRun;
  addWords(looked.words, words);
  showWords();
  find("#checked").replaceChildren(
    ...refusedRows(dryRun, [
      undecided(words, instruments, decide),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", class: words.length === 0 && "main", onclick: told(report) }, "Make the report"),
      ),
    ]),
  );
  find("#checked").hidden = false;
  find("#checked h3").focus();
});

async function report() {
  const plan = chosenPlan(instruments, saved.plan);
  const { summary, charts, html } = await work("evaluate", { ...source(), plan }, "Working out the report");
  find("#report").replaceChildren(
    ...summary.split("\n").filter(Boolean).map((paragraph) => h("p", {}, paragraph)),
    saving(plan, html),
    h("h3", {}, "The whole report"),
    h("iframe", { title: "The report", sandbox: "", srcdoc: html }),
    h("h3", {}, "Its charts, to explore"),
    h("p", { class: "muted" }, "Point at a mark, or touch it, to see what it stands for."),
    chartViewer(charts),
  );
  step(3);
}

function saving(plan, html) {
  const button = (label, run, main) => h("button", { type: "button", class: main, onclick: told(run) }, label);
  // The title that is there unasked names no programme.
  const name = h("input", { type: "text", value: plan.title === untitled ? "" : plan.title, autocomplete: "organization" });
  const programme = () => {
    if (name.value.trim()) return { name: name.value.trim() };
    name.focus();
    throw new Error("The return has no programme’s name; write it above the button: returns are put together by it.");
  };
  const published = h("input", { type: "file", multiple: true, accept: ".json" });
  const releases = h(
    "details",
    {},
    h("summary", {}, "Was a report of this programme made public before?"),
    h("p", {}, "Whoever has both could subtract one from the other. Choose the counts that were saved with each earlier public report, and this one hides what would give a small count away."),
    h("label", { class: "field" }, h("span", {}, "Counts of earlier public reports"), published),
  );
  const read = { ...source(), plan };
  const settings = () => {
    save("settings.json", "application/json", JSON.stringify({ mapping: looked.mapping, plan }, null, 2));
    unsaved = false;
  };
  return h(
    "div",
    {},
    h("h3", {}, "Save"),
    h("p", {}, "For the programme only, because it shows small counts:"),
    h("div", { class: "actions" }, button("Save the report", () => (save("report.html", "text/html", html), (unsaved = false)), "main")),
    h("p", {}, "For others, with small counts hidden:"),
    releases,
    h(
      "div",
      { class: "actions" },
      button("Save the public report", async () =>
        save("public-report.html", "text/html", await work("publicReport", { ...read, after: await earlierReleases(published.files) }, "Hiding small counts")),
      ),
      button("Save the counts for the next public report", async () =>
        save(`counts-${plan["as-of"]}.json`, "application/json", await work("counts", read, "Writing the counts")),
      ),
    ),
    h("p", {}, "For the body that puts programmes together: counts, and nobody’s row."),
    h("label", { class: "field" }, h("span", {}, "The programme’s name in the return"), name),
    h(
      "div",
      { class: "actions" },
      button("Save the return", async () =>
        save("return.json", "application/json", await work("returnFile", { ...read, programme: programme() }, "Writing the return")),
      ),
      button("Save these settings for next time", settings),
    ),
  );
}

/** The counts of earlier public reports, the oldest first. */
async function earlierReleases(list) {
  const dated = await Promise.all(
    [...list].map(async (file) => {
      const text = await file.text();
      try {
        return [JSON.parse(text).provenance.plan["as-of"], text];
      } catch {
        throw new Error(`${file.name} holds no counts that this page saved; choose the files named counts and a day.`);
      }
    }),
  );
  return dated.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
}

const drop = find("#drop");
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", type === "dragover");
    if (type !== "drop") return;
    if (!isBusy()) take([...event.dataTransfer.files]);
    else find("#alert").textContent = "What was dropped is not taken, because the page is still at work. Drop it again after that, or press Stop first.";
  });
}
find("#files").addEventListener("change", ({ target }) => take([...target.files]));
find("#lookup").addEventListener("change", ({ target }) => takeLookup([...target.files]));
find("#look").addEventListener("click", look);
find("#plan").addEventListener("submit", check);
find("#choices").addEventListener("change", (event) => {
  remember(event);
  unsaved = true;
  find("#report").replaceChildren();
});
find("#back-1").addEventListener("click", () => step(1));
find("#back-2").addEventListener("click", () => step(2));

addEventListener("popstate", ({ state }) => !isBusy() && step(Math.min(state?.step ?? 1, reached()), { past: true }));
addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
