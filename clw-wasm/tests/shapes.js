// Writes results.d.ts: the types of the larger results, as the examples show them.
//
//   node tests/shapes.js
//
// Each result of each example is walked, so that a field that came, went or changed its kind changes the
// file. Fields that some results lack are optional. Types written by hand in change.d.ts and
// trajectory.d.ts are held to the same results by types.test.js.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

/** The objects whose keys are names of tables and problems, not fields; as in plain.rs. */
const byName = new Set(["account", "rejected", "warned"]);

/** What was seen in one place of all results. */
class Shape {
  kinds = new Set();
  fields = new Map();
  objects = 0;
  reasons = 0;
  items;
  named;

  see(value, key) {
    if (value === null) this.kinds.add("null");
    else if (Array.isArray(value)) {
      this.items ??= new Shape();
      for (const item of value) this.items.see(item);
    } else if (typeof value !== "object") this.kinds.add(typeof value);
    else if (byName.has(key)) {
      this.named ??= new Shape();
      for (const entry of Object.values(value)) this.named.see(entry);
    } else if (Object.keys(value).join() === "notComputed") this.reasons += 1;
    else {
      this.objects += 1;
      for (const [name, field] of Object.entries(value)) {
        if (!this.fields.has(name)) this.fields.set(name, { shape: new Shape(), seen: 0 });
        const entry = this.fields.get(name);
        entry.seen += 1;
        entry.shape.see(field, name);
      }
    }
    return this;
  }
}

const pascal = (key) => key.charAt(0).toUpperCase() + key.slice(1);
const singular = (key) => key.replace(/ies$/, "y").replace(/(ss|us|is)$/, "$1\0").replace(/s$/, "").replace("\0", "");

const source = (file) => new URL(`../src/${file}`, import.meta.url);

/** The names of types that are declared by hand or from the structs of this package. */
function elsewhere() {
  const files = readdirSync(source("."));
  const declared = /(?:export (?:interface|type)|pub (?:struct|enum)) (\w+)/g;
  return files.flatMap((file) => [...readFileSync(source(file), "utf8").matchAll(declared)].map(([, name]) => name));
}

/** The declarations of shapes by name. Shapes that are the same have one name. */
export function declarations(roots) {
  const [names, bodies, taken] = [new Map(), [], new Set([...elsewhere(), ...Object.keys(roots)])];

  function type(shape, key, owner) {
    const parts = [];
    if (shape.items) {
      const item = type(shape.items, singular(key), owner);
      parts.push(/[|&]/.test(item) ? `(${item})[]` : `${item}[]`);
    }
    if (shape.named) parts.push(`Record<string, ${type(shape.named, singular(key), owner)}>`);
    if (shape.objects) parts.push(object(shape, key, owner));
    for (const kind of [...shape.kinds].sort()) if (kind !== "null") parts.push(kind);
    if (parts.length === 0 && !shape.kinds.size && !shape.reasons) return "unknown";
    if (shape.reasons) parts.push("NotComputed");
    if (shape.kinds.has("null")) parts.push("null");
    return parts.join(" | ");
  }

  function object(shape, key, owner, named) {
    const fields = [...shape.fields].map(([name, { shape: field, seen }]) => {
      const optional = seen < shape.objects ? "?" : "";
      return `  ${/^[\w$]+$/.test(name) ? name : JSON.stringify(name)}${optional}: ${type(field, name, pascal(key))};`;
    });
    const body = fields.join("\n");
    if (names.has(body)) return names.get(body);
    let name = named ?? pascal(key);
    if (!named && taken.has(name)) name = owner + name;
    for (let more = 2; !named && taken.has(name); more += 1) name = `${owner}${pascal(key)}${more}`;
    taken.add(name);
    names.set(body, name);
    bodies.push(`export interface ${name} {\n${body}\n}`);
    return name;
  }

  for (const [name, results] of Object.entries(roots)) {
    const shape = new Shape();
    for (const result of results) shape.see(result);
    object(shape, name, "", name);
  }
  return bodies.join("\n\n");
}

/** The results of the examples. */
export function results(clw) {
  const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const records = (folder) => {
    const mapping = parse(read(`examples/${folder}/mapping.toml`));
    const tables = Object.entries(mapping.tables).map(([name, { file }]) => [name, read(`examples/${folder}/${file}`)]);
    return { plan: parse(read(`examples/${folder}/plan.toml`)), mapping, tables: Object.fromEntries(tables) };
  };
  const sources = ["caseload", "dass21", "wide"].map(records);
  // A practice that no record has is a remark on the plan.
  const [first] = sources;
  const misspelt = first.plan["before-after"].map((change) => ({ ...change, practices: ["Nowhere"] }));
  const slipped = { ...first, plan: { ...first.plan, "before-after": misspelt } };
  const evaluations = [...sources, slipped].map((source) => clw.evaluate(source));
  const disclosed = evaluations.map((evaluation) => evaluation.disclosed());
  const national = clw.evaluate({ ...sources[0], plan: parse(read("examples/national/plan.toml")) });
  const returns = ["North", "South"].map((name, at) =>
    national.returnJson({ name, area: "Fife", deliveredBy: "A charity", practices: 3, linkWorkersFullTimeEquivalent: 2.5, note: "Half a year" }, at ? { hideUpTo: 4 } : undefined),
  );
  const objects = (all) => all.map((one) => one.toObject());
  return {
    DryRun: sources.map((source) => clw.dryRun(source)),
    EvaluationObject: objects(evaluations),
    DisclosedEvaluationObject: objects(disclosed),
    NationalObject: objects([clw.national([returns[0]]), clw.national(returns)]),
  };
}

const header = `// Types of the larger results, as the examples show them. Generated by tests/shapes.js: change the core,
// then \`node tests/shapes.js\` in clw-wasm.

/** A statistic that the sample does not have, and why. */
export interface NotComputed {
  notComputed: string;
}

`;

export const written = (clw) => `${header}${declarations(results(clw))}\n`;
export const path = fileURLToPath(new URL("../results.d.ts", import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(path, written(await import("clw")));
