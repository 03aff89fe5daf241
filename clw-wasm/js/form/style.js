// The form's own style. Colours are custom properties; forced colours, reduced motion and narrow pages are provided for.

export const css = `
:host {
  --clw-text: #1b2733;
  --clw-muted: #4a5763;
  --clw-line: #6b7884;
  --clw-surface: #ffffff;
  --clw-accent: #0b5ea8;
  --clw-chosen: #e5f0fa;
  --clw-error: #b3261e;
  --clw-focus: #1b2733;
  display: block;
  max-inline-size: 44rem;
  container-type: inline-size;
  color: var(--clw-text);
  background: var(--clw-surface);
  font: 1.0625rem/1.5 system-ui, sans-serif;
}
/* Dark where the page says that it is, by \`color-scheme\`: the browser's own radios are then dark too. */
@supports (color: light-dark(#000, #fff)) {
  :host {
    --clw-text: light-dark(#1b2733, #e6ebf0);
    --clw-muted: light-dark(#4a5763, #b4c0cb);
    --clw-line: light-dark(#6b7884, #8a97a4);
    --clw-surface: light-dark(#ffffff, #15191e);
    --clw-accent: light-dark(#0b5ea8, #7db9f0);
    --clw-chosen: light-dark(#e5f0fa, #1c3a57);
    --clw-error: light-dark(#b3261e, #ff9e95);
    --clw-focus: light-dark(#1b2733, #ffffff);
  }
}
@supports not (color: light-dark(#000, #fff)) {
  :host { color-scheme: light; }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
h2, h3, p, ul { margin: 0 0 0.75rem; }
h2 { font-size: 1.4rem; line-height: 1.25; }
h3 { font-size: 1.1rem; line-height: 1.3; }
fieldset { border: 0; margin: 0 0 2rem; padding: 0; min-inline-size: 0; }
/* Floated, so that the mark of an error runs beside the question too. */
legend { float: inline-start; inline-size: 100%; padding: 0; margin-block-end: 0.5rem; font-weight: 600; font-size: 1.125rem; }
legend ~ * { clear: both; }
.hint, .small { color: var(--clw-muted); }
.small { font-size: 0.9375rem; }
.problem { border-inline-start: 0.3125rem solid var(--clw-error); padding: 0.25rem 1rem; }
.problem :last-child { margin: 0; }
.error { color: var(--clw-error); font-weight: 600; }
fieldset.invalid, .summary {
  border-inline-start: 0.3125rem solid var(--clw-error);
  padding-inline-start: 1rem;
}
.summary { border: 0.1875rem solid var(--clw-error); padding: 1rem; margin-block-end: 2rem; }
.summary ul { padding-inline-start: 1.25rem; }
.summary a { color: var(--clw-error); }
.options { display: grid; gap: 0.375rem; }
.options label, .typed input, button {
  min-block-size: 2.75rem;
  border: 0.125rem solid var(--clw-line);
  border-radius: 0.375rem;
}
.options label {
  display: flex;
  align-items: center;
  gap: 0.625rem;
  padding: 0.375rem 0.75rem;
  cursor: pointer;
}
.options input { inline-size: 1.375rem; block-size: 1.375rem; margin: 0; flex: none; accent-color: var(--clw-accent); }
.options label:has(:checked) { border-color: var(--clw-accent); background: var(--clw-chosen); font-weight: 600; }
.scale.options { grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr)); }
.scale label { flex-direction: column; justify-content: center; gap: 0.25rem; padding: 0.5rem 0.25rem; }
.scale .wide { grid-column: 1 / -1; flex-direction: row; }
@container (min-width: 38rem) {
  .scale.options { grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: minmax(2.75rem, 1fr); }
  .scale .wide { grid-column: auto; flex-direction: column; }
}
.typed span { display: block; margin-block-end: 0.25rem; }
.typed input { inline-size: 8rem; padding: 0.25rem 0.5rem; font: inherit; color: inherit; background: inherit; }
button {
  padding: 0.5rem 1.25rem;
  font: inherit;
  font-weight: 600;
  color: var(--clw-accent);
  background: var(--clw-surface);
  border-color: var(--clw-accent);
  cursor: pointer;
}
button[type="submit"] { color: var(--clw-surface); background: var(--clw-accent); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-block-end: 1rem; }
[tabindex="-1"]:focus { outline: none; }
:focus-visible, .summary:focus, .options label:focus-within:has(:focus-visible) {
  outline: 0.1875rem solid var(--clw-focus);
  outline-offset: 0.125rem;
}
.options label :focus-visible { outline: none; }
.measure { margin-block-end: 1.5rem; padding-block-start: 0.75rem; border-block-start: 0.0625rem solid var(--clw-line); }
.measure p { margin-block-end: 0.25rem; }
/* A sentence that is not translated keeps its own direction, or its numbers would change places. */
[lang], .measure p, .hint, .error, .summary li, svg text { unicode-bidi: plaintext; }
svg { display: block; inline-size: 100%; max-inline-size: 24rem; margin-block: 0.25rem 0.5rem; overflow: visible; }
svg text { font-size: 13px; fill: currentColor; }
svg .scale { stroke: var(--clw-line); stroke-width: 2; }
svg .moved { stroke: var(--clw-accent); stroke-width: 4; }
svg .then { fill: var(--clw-surface); stroke: var(--clw-accent); stroke-width: 3; }
svg .now { fill: var(--clw-accent); }
@media (prefers-reduced-motion: no-preference) {
  .options label { transition: background-color 120ms, border-color 120ms; }
}
@media (forced-colors: active) {
  .options label:has(:checked) { border-color: Highlight; border-width: 0.25rem; }
  svg .scale { stroke: CanvasText; }
  svg .moved { stroke: Highlight; }
  svg .then { fill: Canvas; stroke: Highlight; }
  svg .now { fill: Highlight; }
  :focus-visible, .summary:focus { outline-color: Highlight; }
}
@media print {
  :host { color-scheme: light; }
  .actions, .summary { display: none; }
  fieldset, .measure { break-inside: avoid; }
}
`;
