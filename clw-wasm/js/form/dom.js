// What everything drawn here is made with.

/** An element with attributes, listeners (`onclick`) and children; what is undefined or false is left out. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** The same in SVG. */
export const s = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function fill(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false));
  return element;
}

/** A text in the place of another, in its own language where it has one. */
export function write(element, text, lang) {
  element.textContent = text;
  if (lang) element.setAttribute("lang", lang);
  else element.removeAttribute("lang");
}

/** Remembers where the focus and the caret are; what it returns puts them back after a drawing. */
export function keptFocus(root) {
  const { id, selectionStart, selectionEnd } = root.activeElement ?? {};
  return () => {
    const element = id ? root.getElementById(id) : null;
    element?.focus({ preventScroll: true });
    if (element?.type === "text") element.setSelectionRange(selectionStart, selectionEnd);
  };
}
