// Does the work away from the page, so that the page stays awake: reads, checks, evaluates, writes.
import { dryRun, evaluate, guessMapping, initSync, instruments } from "clw/init";
import packed from "clw-module";

const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
const ready = new Response(unpacked).arrayBuffer().then((module) => initSync({ module }));

// The last evaluation stays here; what is asked of it later needs no second reading.
let evaluation;

const calls = {
  instruments: () => instruments(),
  look: (files) => guessMapping(files.map((file) => ({ name: file.name, content: file }))),
  check: (source, onProgress) => dryRun({ ...source, onProgress }),
  evaluate(source, onProgress) {
    evaluation?.free();
    evaluation = evaluate({ ...source, onProgress });
    const { summary } = evaluation;
    return { summary, charts: evaluation.charts(), html: evaluation.reportHtml() };
  },
  publicReport: () => evaluation.disclosed().reportHtml(),
  returnFile: (programme) => evaluation.returnJson(programme),
};

onmessage = async ({ data: { id, call, given } }) => {
  const progress = (read, total) => postMessage({ id, progress: total ? read / total : 1 });
  try {
    await ready;
    postMessage({ id, result: await calls[call](given, progress) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
};
