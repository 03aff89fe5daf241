// Does the work away from the page, so that the page stays awake: reads, checks, evaluates, writes.
import { dryRun, evaluate, guessMapping, initSync, instruments } from "clw/all/init";
import packed from "clw-module";
import { gathered } from "./gathered.js";
import { readAll } from "./spellings.js";

const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
const ready = new Response(unpacked).arrayBuffer().then((module) => initSync({ module }));

// The last evaluation stays here; what is asked of it later needs no second reading, unless it was stopped.
let evaluation;
const evaluated = (source, onProgress) => (evaluation ??= evaluate({ ...source, onProgress }));

const calls = {
  instruments: () => instruments(),
  look: ({ files, rows }) => guessMapping(files.map((file) => ({ name: file.name, content: file, headingRow: rows.get(file.name) }))),
  /** Those of which there is a form. */
  questionnaires(source) {
    const found = evaluate(source);
    const { measures } = JSON.parse(found.toJson()).counts;
    found.free();
    return source.plan.measures.filter((_, at) => Object.keys(measures[at].sittings).length > 0).map(({ instrument }) => instrument);
  },
  check: (source, onProgress) => gathered(readAll({ ...source, onProgress }, dryRun)),
  evaluate(source, onProgress) {
    evaluation?.free();
    evaluation = undefined;
    const { summary } = evaluated(source, onProgress);
    return { summary, charts: { light: evaluation.charts("light"), dark: evaluation.charts("dark") }, html: evaluation.reportHtml() };
  },
  publicReport: ({ after, ...source }) => evaluated(source).disclosed(undefined, after).reportHtml(),
  counts: (source) => evaluated(source).toJson(),
  returnFile: ({ programme, ...source }) => evaluated(source).returnJson(programme),
};

const filesOf = (given) => [given?.files ?? [], Object.values(given?.tables ?? {}), given?.postcodes?.file ?? []].flat(2);

/** A browser gives a file only as it was when it was dropped. */
async function unchanged(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Error(`${file.name} was changed, moved or deleted since it was dropped; go back to the files and drop it again.`);
  }
}

onmessage = async ({ data: { call, given } }) => {
  const progress = (read, total) => postMessage({ progress: total ? read / total : 1 });
  try {
    await ready;
    if (!(evaluation && ["publicReport", "counts", "returnFile"].includes(call))) await Promise.all(filesOf(given).map(unchanged));
    postMessage({ result: await calls[call](given, progress) });
  } catch ({ message, code, about }) {
    postMessage({ error: { message, code, about } });
  }
};
