// Whether what a page gives is what the form knows: words of this questionnaire, sentences with their places, attributes.
import { coded } from "./given.js";
import { english } from "./messages.js";

/** Refuses words of a wrong kind or under a name that nothing has: they would be left out without a sign. */
export function mustBeWords(given, { items, measures }) {
  const codes = ({ lowest, highest }) => Array.from({ length: highest - lowest + 1 }, (_, step) => `${lowest + step}`);
  const all = (parts) => [...new Set(measures.flatMap(parts))];
  const ofItem = (item) =>
    named({ text, hint: text, ends, options: named(Object.fromEntries(codes(item).map((code) => [code, text]))) });
  const texts = (ids) => named(Object.fromEntries(ids.map((id) => [id, text])));
  const wording = named({
    ...{ title: text, introduction: text, licence: text, ends },
    items: named(Object.fromEntries(items.map((item) => [item.id, ofItem(item)]))),
    options: texts([...new Set(items.flatMap(codes))]),
    measures: texts(all(({ id }) => id)),
    bandSets: texts(all(({ bandSets }) => bandSets.map(({ id }) => id))),
    bands: texts(all(({ bandSets }) => bandSets.flatMap(({ bands }) => bands.map(({ id }) => id)))),
    changeRules: texts(all(({ changeRules }) => changeRules.map(({ id }) => id))),
  });
  named({ wording, messages: sentences })(given);
}

/** Refuses a value of an attribute that would be taken for another: a score might be shown, or kept for longer. */
export function mustBeAttributes(element, { id, measures }) {
  const refuse = (name, remedy) => {
    const value = element.getAttribute(name);
    throw coded("wrong-attribute", `The attribute \`${name}\` is ${JSON.stringify(value)}: ${remedy}.`);
  };
  const given = (name) => element.getAttribute(name);
  if (![null, "hidden"].includes(given("result"))) refuse("result", 'give "hidden", or leave it out and the score is shown');
  const days = Number(given("save-days"));
  if (given("save-days") !== null && !(days > 0 && days < 36_525)) {
    refuse("save-days", "give a number of days above 0 and below 36525, or leave out `save-as` and nothing is kept");
  }
  const rules = [...new Set(measures.flatMap(({ changeRules }) => changeRules.map(({ id }) => id)))];
  if (given("change-rule") !== null && !rules.includes(given("change-rule"))) {
    refuse("change-rule", `\`${id}\` has ${listed(rules)}; give one, or leave it out`);
  }
}

/** Names in a row, the middle of very many left out. */
function listed(names) {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length > 24) quoted.splice(8, quoted.length - 9, "…");
  return quoted.length === 0 ? "none" : quoted.join(", ");
}

const absent = (value) => value === undefined || value === null;
const wrong = (place, fact) => coded("wrong-words", `\`${place}\` ${fact}.`);
const shownAs = (value) => JSON.stringify(value) ?? String(value);

function text(value, place) {
  if (absent(value) || typeof value === "string") return;
  throw wrong(place, `is ${shownAs(value)}, not a text: give it in quotes, or leave it out`);
}

function ends(value, place) {
  if (absent(value) || (Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "string"))) return;
  throw wrong(place, `is ${shownAs(value)}, not two texts: give what the lowest and the highest answer mean`);
}

const under = (place, name) => (place ? `${place}.${name}` : name);

/** An object with these names alone, each of its kind. */
const named = (kinds) => (value, place) => {
  if (absent(value)) return;
  if (typeof value !== "object") throw wrong(place, `is ${shownAs(value)}, not an object: give one, or leave it out`);
  for (const [name, part] of Object.entries(value)) {
    if (!Object.hasOwn(kinds, name)) {
      throw wrong(under(place, name), `is unknown: correct the name or leave it out; known are ${listed(Object.keys(kinds))}`);
    }
    kinds[name](part, under(place, name));
  }
};

const placesOf = (message) => message.match(/\{\w+\}/g) ?? [];
const alike = { error: ["{number}", "{value}", "{lowest}", "{highest}"], change: ["{then}", "{when}", "{now}", "{points}"] };

/** A sentence, with no place in it that is never filled in. */
const sentence = (name) => (value, place) => {
  text(value, place);
  const known = (name.includes("-") && alike[name.split("-")[0]]) || placesOf(english[name]);
  const foreign = placesOf(value ?? "").find((filled) => !known.includes(filled));
  if (foreign) throw wrong(place, `has the place ${foreign}, which nothing fills in: it may have ${listed(known)}`);
};

const sentences = named(Object.fromEntries(Object.keys(english).map((name) => [name, sentence(name)])));
