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

/** One chart at a time, chosen from a list. */
export function chartViewer(charts) {
  const place = h("div", { class: "drawn", role: "img", tabindex: "0" });
  const caption = h("figcaption", {});
  const select = h("select", {}, charts.map(({ title }, at) => h("option", { value: at }, title)));
  let view;
  const draw = async () => {
    const { title, description, vegaLite } = charts[Number(select.value)];
    caption.textContent = `${title}. ${description}`;
    place.setAttribute("aria-label", title);
    view?.finalize();
    view = undefined;
    try {
      view = await embed(place, vegaLite, options);
    } catch (error) {
      place.textContent = `This chart could not be drawn here (${error.message}); it is in the report.`;
    }
  };
  select.addEventListener("change", draw);
  draw();
  const label = h("label", { class: "field" }, h("span", {}, `Chart, one of ${charts.length}`), select);
  return h("div", {}, label, h("figure", {}, place, caption));
}
