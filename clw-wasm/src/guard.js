
// Behind the glue of both targets: what the module no longer holds, or never did, is refused in words and with a
// code, and freeing it again does nothing.
const remedy = Evaluation.fromJson ? "give its JSON to `Evaluation.fromJson` first" : "evaluate its records here";
const kept = [[Evaluation, "evaluation"]];
if (Evaluation.fromJson) kept.push([DisclosedEvaluation, "public form"], [National, "national picture"]);
for (const [Kept, name] of kept) {
  const mustBeHeld = (value) => {
    if (value instanceof Kept && value.__wbg_ptr) return;
    const [message, code] =
      value instanceof Kept
        ? [`the ${name} was freed, or never made; keep it until it is used for the last time`, "freed"]
        : [`what was given is no ${name} of this copy of the library; ${remedy}`, "not-an-evaluation"];
    throw Object.assign(new Error(message), { name: "ClwError", code });
  };
  for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(Kept.prototype))) {
    if (key === "constructor" || key.startsWith("__")) continue;
    const guarded = {
      ...(value && {
        value(...given) {
          if (key === "free" && this instanceof Kept && !this.__wbg_ptr) return undefined;
          mustBeHeld(this);
          if (key === "merge") mustBeHeld(given[0]);
          return value.apply(this, given);
        },
        writable: true,
      }),
      ...(get && {
        get() {
          mustBeHeld(this);
          return get.call(this);
        },
      }),
    };
    Object.defineProperty(Kept.prototype, key, { ...guarded, configurable: true });
  }
  if (Symbol.dispose) Kept.prototype[Symbol.dispose] = Kept.prototype.free;
}
