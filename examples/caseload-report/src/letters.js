// Spreadsheets save CSV with letters of several kinds, and the library reads UTF-8: the others are put into it here.

/** What files with the ending of a spreadsheet turn out to be, by how they begin. */
const others = [
  [/^%PDF/, "is a PDF, whatever its ending; save the spreadsheet itself as CSV or Excel."],
  [/^PK\x03\x04/, "is a workbook and no CSV; give it the ending .xlsx and drop it again."],
  [/^\xd0\xcf\x11\xe0/, "is a workbook of Excel before 2007 and no CSV; open it in Excel and save it as an Excel workbook (.xlsx)."],
  [/^\s*<(!doctype|html|table|\?xml)/i, "is a web page and no CSV; open it in Excel and save it as an Excel workbook (.xlsx)."],
];

// Without a mark, the half of the first letter that is 0 tells as much.
const sixteen = [
  [/^(\xff\xfe|[^\0]\0)/, "utf-16le"],
  [/^(\xfe\xff|\0[^\0])/, "utf-16be"],
];

/**
 * A CSV file in UTF-8. Where nothing in the file says which letters it has, they are taken for those of Windows in
 * western Europe, and a word shows whether that is right.
 */
export async function inUtf8(file) {
  const bytes = await file.slice(0, 1024).arrayBuffer().catch(() => {
    throw new Error(`${file.name} cannot be read; close it where it is open, and drop it again.`);
  });
  const start = String.fromCharCode(...new Uint8Array(bytes));
  const [, other] = others.find(([beginning]) => beginning.test(start)) ?? [];
  if (other) throw new Error(`${file.name} ${other}`);
  const [, said] = sixteen.find(([beginning]) => beginning.test(start)) ?? [];
  if (said) return { file: await readAs(file, said) };
  if (await isUtf8(file)) return { file };
  const windows = await readAs(file, "windows-1252");
  return { file: windows, example: await firstWord(windows) };
}

async function readAs(file, letters) {
  const text = file.stream().pipeThrough(new TextDecoderStream(letters)).pipeThrough(new TextEncoderStream());
  return new File([await new Response(text).blob()], file.name, { type: file.type });
}

/** Whether a file is UTF-8, but for some damage: then its rows are told of, and its other letters are right. */
async function isUtf8(file) {
  let right = 0;
  let wrong = 0;
  await throughout(file, { fatal: false }, (text) => {
    const foreign = text.match(/[^\0-\x7f]/gu) ?? [];
    const unread = foreign.filter((letter) => letter === "\ufffd").length;
    right += foreign.length - unread;
    wrong += unread;
  });
  return wrong <= right || (await isWhole(file));
}

/** Whether every byte is UTF-8: a mark for an unread letter can be in the file itself. */
async function isWhole(file) {
  try {
    await throughout(file, { fatal: true }, () => {});
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function throughout(file, options, look) {
  const decoder = new TextDecoder("utf-8", options);
  const reader = file.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    look(decoder.decode(value, { stream: !done }));
    if (done) return;
  }
}

/** The first word with a letter that is not of the English alphabet. */
async function firstWord(file) {
  let found;
  await throughout(file, { fatal: false }, (text) => (found ??= /[\p{L}’'-]*[^\0-\x7f][\p{L}’'-]*/u.exec(text)?.[0]));
  return found;
}
