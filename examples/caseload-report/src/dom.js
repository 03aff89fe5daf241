/** An element with attributes, listeners (`onclick`) and children; what is undefined or false is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== false));
  return element;
}

export const find = (selector) => document.querySelector(selector);

/** A number as people read it, alone and with what it counts. */
export const readable = (number) => number.toLocaleString("en-GB");
export const counted = (number, one, many = `${one}s`) => `${readable(number)} ${number === 1 ? one : many}`;

/** Lists by the key of what they hold, in the order in which the keys come. */
export function grouped(all, keyOf) {
  const groups = new Map();
  for (const one of all) {
    const key = keyOf(one);
    if (groups.has(key)) groups.get(key).push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** A table of texts and elements; a heading that starts with # is over counts. */
export function table(caption, headings, rows) {
  const count = headings.map((heading) => heading.startsWith("#"));
  const cell = (tag) => (content, at) => h(tag, { class: count[at] && "count", scope: tag === "th" && "col" }, content);
  return h(
    "div",
    { class: "table", tabindex: "0", role: "group", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, headings.map((heading) => heading.replace("#", "")).map(cell("th")))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))),
    ),
  );
}

/** Offers a text as a file, as the browser saves files; nothing is sent. */
export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
