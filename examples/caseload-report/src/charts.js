// The charts of the report, drawn by Vega-Lite so that a pointer shows what each mark stands for.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import { h } from "./dom.js";

const options = {
  actions: false,
  renderer: "svg",
  // The page's policy forbids code made from text; expressions are interpreted instead.
  ast: true,
  expr: expressionInterpreter,
  defaultStyle: false,
  // The specifications are of version 5, which version 6 draws the same.
  logLevel: 0,
  tooltip: { disableDefaultStyle: true },
  config: { mark: { tooltip: { content: "data" } }, font: "system-ui, sans-serif" },
};

// What a chart needs for its names, axes and legend beside each other.
const wide = 640;

/** A text in lines of at most so many letters, where no single word is longer. */
function lines(text, most) {
  const all = [];
  for (const word of text.split(" ").filter(Boolean)) {
    if (all.length > 0 && all.at(-1).length + word.length < most) all.push(`${all.pop()} ${word}`);
    else all.push(word);
  }
  return all;
}

/** The same chart for a narrow place: as wide as it is, title and labels in lines. A series of months keeps its steps and is pushed. */
function fitted(spec, width) {
  if (width >= wide || typeof spec.width !== "number") return spec;
  const { text, subtitle, ...title } = spec.title;
  const { config, ...rest } = labelled(spec, Math.floor(width / 14));
  return {
    ...rest,
    width,
    autosize: { type: "fit-x", contains: "padding" },
    title: { ...title, text: lines(text, width / 9), subtitle: lines(subtitle, width / 7), frame: "bounds" },
    config: {
      ...config,
      axisX: { ...config?.axisX, labelOverlap: true, labelSeparation: 8 },
      legend: { ...config?.legend, columns: 1, labelLimit: width / 1.5, orient: "bottom" },
    },
  };
}

/** The names of rows in lines of so many letters, and each row high enough for its name. */
function labelled(spec, letters) {
  const lineHeight = 14;
  const inLines = `split(trim(replace(datum.label, regexp('(.{1,${letters}})(\\\\s+|$)', 'g'), '$1\\n')), '\\n')`;
  let most = 1;
  const named = ({ encoding, layer, ...part }) => {
    const { y } = encoding ?? {};
    if (y?.axis?.labelExpr) {
      for (const row of spec.data.values) most = Math.max(most, lines(row[y.field], letters).length);
      // Vega puts the first line beside the row; the middle of all belongs there.
      const raised = Array.from({ length: most - 1 }, (_, at) => ({ test: `length(${inLines}) === ${at + 2}`, value: (-lineHeight * (at + 1)) / 2 }));
      const labelOffset = raised.length > 0 ? { condition: raised, value: 0 } : 0;
      encoding = { ...encoding, y: { ...y, axis: { ...y.axis, labelExpr: inLines, labelOffset } } };
    }
    return { ...part, ...(encoding && { encoding }), ...(layer && { layer: layer.map(named) }) };
  };
  const whole = named(spec);
  return most > 1 ? { ...whole, height: { step: Math.max(spec.height.step, lineHeight * most + 8) } } : whole;
}

const dark = matchMedia("(prefers-color-scheme: dark)");
let redraw;
dark.addEventListener("change", () => redraw?.());

/** One chart at a time, chosen from a list, in the colours of the page. */
export function chartViewer({ light: charts, dark: darkCharts }) {
  const place = h("div", { class: "drawn", role: "img", tabindex: "0" });
  const caption = h("figcaption", {});
  const select = h("select", {}, charts.map(({ title }, at) => h("option", { value: at }, title)));
  let view;
  let width = 0;
  const draw = async () => {
    const { title, description, vegaLite } = (dark.matches ? darkCharts : charts)[Number(select.value)];
    caption.textContent = `${title}. ${description}`;
    place.setAttribute("aria-label", title);
    view?.finalize();
    view = undefined;
    try {
      view = await embed(place, fitted(vegaLite, width), options);
    } catch (error) {
      place.textContent = `This chart could not be drawn here (${error.message}); it is in the report.`;
    }
  };
  select.addEventListener("change", draw);
  redraw = draw;
  // Drawn once there is a place for it, and anew when the place gets wider or narrower.
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    if (width > 0) draw();
  }).observe(place);
  const label = h("label", { class: "field" }, h("span", {}, `Chart, one of ${charts.length}`), select);
  return h("div", {}, label, h("figure", {}, place, caption));
}
