// CSV files are read whatever letters they have, and what is no CSV is refused before anything is made of it.
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";
import { inUtf8 } from "./src/letters.js";

const text = "Client,Practice\na,Café Zoë\n";
const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
const of = (...parts) => inUtf8(new File(parts, "forms.csv"));

test("letters are read as the file says them, and those of Windows where it says nothing", async () => {
  for (const [content, example] of [
    [text, undefined],
    [`\ufeff${text}`, undefined],
    [utf16, undefined],
    [Buffer.from(utf16).swap16(), undefined],
    [utf16.subarray(2), undefined],
    [Buffer.from(utf16).swap16().subarray(2), undefined],
    [Buffer.from(text, "latin1"), "Café"],
  ]) {
    const { file, example: word } = await of(content);
    assert.deepEqual([await file.text(), file.name, word], [text, "forms.csv", example]);
  }
});

test("a file that is damaged in one place, or was before it was saved, keeps its other letters", async () => {
  const { file, example } = await of(text, Buffer.from([0xe9]), "\n");
  assert.deepEqual([await file.text(), example], [`${text}\ufffd\n`, undefined]);
  const lost = "Client,Practice\na,Caf\ufffd\n";
  assert.equal(await (await of(lost)).file.text(), lost);
  assert.equal(await (await of("")).file.text(), "");
});

test("what is no CSV is said to be what it is", async () => {
  for (const [start, sentence] of [
    ["%PDF-1.7\n", "forms.csv is a PDF, whatever its ending; save the spreadsheet itself as CSV or Excel."],
    ["PK\x03\x04", "forms.csv is a workbook and no CSV; give it the ending .xlsx and drop it again."],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "forms.csv is a workbook of Excel before 2007 and no CSV; open it in Excel and save it as an Excel workbook (.xlsx)."],
    ["\n<html><table>", "forms.csv is a web page and no CSV; open it in Excel and save it as an Excel workbook (.xlsx)."],
  ]) {
    await assert.rejects(of(start), { message: sentence });
  }
  const locked = { name: "forms.csv", slice: () => ({ arrayBuffer: () => Promise.reject(new Error("locked")) }) };
  await assert.rejects(inUtf8(locked), { message: "forms.csv cannot be read; close it where it is open, and drop it again." });
});
