// Holds declared types to real values: what a value lacks, what it has beyond its type, and what is
// declared and never met.
import { fileURLToPath } from "node:url";
import ts from "typescript";

export class Declared {
  #checker;
  #exports;
  #met = new Set();
  #declared = new Map();

  constructor(url) {
    const file = fileURLToPath(url);
    const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2022, types: [] });
    this.#checker = program.getTypeChecker();
    const module = this.#checker.getSymbolAtLocation(program.getSourceFile(file));
    this.#exports = new Map(this.#checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  }

  /** Where a value is not of a type. */
  wrong(name, value) {
    const type = this.#checker.getDeclaredTypeOfSymbol(this.#exports.get(name));
    const { problems, met } = this.#walk(type, value, name);
    for (const place of met) this.#met.add(place);
    return problems;
  }

  /** The fields of types of values seen that no value had. */
  unmet() {
    return [...this.#declared].filter(([place]) => !this.#met.has(place)).map(([, name]) => name);
  }

  #walk(type, value, path) {
    if (type.flags & ts.TypeFlags.Unknown) return { problems: [], met: [] };
    const no = (problem) => ({ problems: problem ? [`${path}: ${problem}`] : [], met: [] });
    if (type.isUnion()) {
      const tried = type.types.map((one) => this.#walk(one, value, path));
      return tried.reduce((best, one) => (one.problems.length < best.problems.length ? one : best));
    }
    const shown = this.#checker.typeToString(type);
    if (value === null) return no(type.flags & ts.TypeFlags.Null ? "" : `null, declared ${shown}`);
    if (typeof value !== "object") {
      if (type.isLiteral()) return no(type.value === value ? "" : `${JSON.stringify(value)}, declared ${shown}`);
      return no(shown === typeof value || shown === String(value) ? "" : `${typeof value}, declared ${shown}`);
    }
    const all = (parts) => ({ problems: parts.flatMap(({ problems }) => problems), met: parts.flatMap(({ met }) => met) });
    if (Array.isArray(value)) {
      const of = this.#checker.getTypeArguments(type);
      if (this.#checker.isTupleType(type)) {
        if (of.length !== value.length) return no(`${value.length} entries, declared ${shown}`);
        return all(value.map((item, at) => this.#walk(of[at], item, `${path}[${at}]`)));
      }
      if (!this.#checker.isArrayType(type)) return no(`a list, declared ${shown}`);
      return all(value.map((item) => this.#walk(of[0], item, `${path}[]`)));
    }
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || this.#checker.isArrayType(type)) return no(`an object, declared ${shown}`);
    return all(this.#fields(type, value, path));
  }

  #fields(type, value, path) {
    const parts = [];
    const index = type.getStringIndexType();
    for (const field of type.getProperties()) {
      const place = field.declarations?.[0] ?? field;
      this.#declared.set(place, `${path}.${field.name}`);
      if (!Object.hasOwn(value, field.name)) {
        const optional = field.flags & ts.SymbolFlags.Optional;
        if (!optional) parts.push({ problems: [`${path}.${field.name}: declared, and not there`], met: [] });
        continue;
      }
      const within = this.#checker.getNonOptionalType?.(this.#checker.getTypeOfSymbol(field)) ?? this.#checker.getTypeOfSymbol(field);
      const { problems, met } = this.#walk(within, value[field.name], `${path}.${field.name}`);
      parts.push({ problems, met: [place, ...met] });
    }
    const names = new Set(type.getProperties().map(({ name }) => name));
    for (const [name, entry] of Object.entries(value)) {
      if (names.has(name)) continue;
      if (index) parts.push(this.#walk(index, entry, `${path}.${name}`));
      else parts.push({ problems: [`${path}.${name}: there, and not declared`], met: [] });
    }
    return parts;
  }
}
