// What the library calls each table and field, in the words of a programme.

export const tables = {
  people: "People",
  episodes: "Referrals",
  assessments: "Questionnaires",
  contacts: "Appointments and other contacts",
  needs: "Needs",
  "onward-links": "Services linked to",
  outcomes: "Things that happened",
  holds: "Times on hold",
};

const person = ["birth-year", "age-band", "gender", "ethnicity", "simd-quintile", "simd-decile", "simd-version", "postcode", "urban-rural"];
const episode = [
  "programme", "practice", "worker", "referred", "source", "primary-reason", "other-reasons", "accepted", "first-contact",
  "attended-contacts", "closed", "end-reason",
];
const sitting = ["date", "occasion", "measure", "contact-ordinal"];
const shared = ["instrument", "version", "mode", "setting", "assisted", "rater", "entered"];
export const keys = ["person", "episode"];
export const describing = [...person, ...episode];
const own = {
  people: describing,
  episodes: describing,
  assessments: [...sitting, ...shared, ...describing],
  contacts: ["date", "kind", "mode", "attendance", "minutes"],
  needs: ["reason", "identified", "met"],
  "onward-links": ["destination", "made", "status"],
  outcomes: ["reason", "description", "date", "value-pence", "value-pounds"],
  holds: ["from", "to"],
};

/** The fields that a table can have. */
export const tableFields = (table) => [...keys, ...own[table]];

// Where a row holds several forms: what each form can say of itself, and what the row can say of all of them.
export const formFields = [...sitting, ...shared];
export const rowFields = [...keys, ...shared, ...describing];

export const labels = {
  person: "Person’s reference",
  episode: "Referral’s reference",
  "birth-year": "Year of birth",
  "age-band": "Age band",
  gender: "Gender",
  ethnicity: "Ethnic group",
  "simd-quintile": "SIMD quintile",
  "simd-decile": "SIMD decile",
  "simd-version": "SIMD version",
  postcode: "Postcode",
  "urban-rural": "Urban-rural class",
  programme: "Programme",
  practice: "Practice",
  worker: "Link worker",
  referred: "Date of referral",
  source: "Referred by",
  "primary-reason": "Main reason",
  "other-reasons": "Other reasons",
  accepted: "Accepted or not",
  "first-contact": "Date first seen",
  "attended-contacts": "Appointments kept, a number",
  closed: "Date closed",
  "end-reason": "Reason closed",
  date: "Date",
  kind: "Kind of contact",
  mode: "How it was done",
  attendance: "Attended or not",
  minutes: "Minutes",
  occasion: "Which occasion",
  instrument: "Which questionnaire",
  version: "Which version of the questionnaire",
  measure: "Which part of the questionnaire",
  "contact-ordinal": "At which appointment",
  setting: "Where it was filled in",
  assisted: "With help or not",
  rater: "Who answered",
  entered: "Date typed in",
  reason: "What it is about",
  identified: "Date found",
  met: "Met or not",
  destination: "Service",
  made: "Date of the link",
  status: "Latest status",
  description: "Description",
  "value-pence": "Worth in pence",
  "value-pounds": "Worth in pounds",
  from: "From",
  to: "Until",
};

/**
 * The places of a table's mapping that hold a heading, in order: `answers.2` is the third question,
 * `answers.ucla-3.0` the first of UCLA-3, `forms.0.date` a field of a form, `totals.wellbeing` a total.
 */
export function places({ columns = {}, forms = [] }) {
  const of = (columns, prefix) =>
    Object.entries(columns).flatMap(([field, held]) => {
      if (Array.isArray(held)) return held.map((heading, at) => [`${prefix}${field}.${at}`, heading]);
      if (typeof held === "string") return [[`${prefix}${field}`, held]];
      if (field === "totals") return Object.entries(held).map(([measure, { column }]) => [`${prefix}totals.${measure}`, column]);
      return of(held, `${prefix}${field}.`);
    });
  return [...of(columns, ""), ...forms.flatMap((form, at) => of(form.columns ?? {}, `forms.${at}.`))];
}

/** The field that each heading of a table holds. */
export const fieldsByHeading = (table) => new Map(places(table).filter(([, heading]) => heading).map(([field, heading]) => [heading, field]));

/**
 * Puts a heading under a field of a table, in place of what either had before; an empty field is none.
 * A question that loses its heading keeps its place.
 */
export function setField(table, heading, field) {
  leaveOut(table, (held) => held === heading);
  if (field) put(table, field, heading);
}

/** Takes the headings of which this is true out of a table. */
export function leaveOut(table, isOut) {
  for (const [place, heading] of places(table)) if (heading && isOut(heading)) put(table, place, undefined);
}

/** Puts a heading into a place of a table that is free; none frees the place. */
export function put(table, place, heading) {
  const [, form, own] = /^(?:forms\.(\d+)\.)?(.+)$/.exec(place);
  const holder = form === undefined ? table : table.forms[Number(form)];
  const columns = (holder.columns ??= {});
  const [, tool, at] = /^answers\.(?:(.+)\.)?(\d+)$/.exec(own) ?? [];
  if (at !== undefined) return putAnswer(columns, tool, Number(at), heading);
  const [, measure] = /^totals\.(.+)$/.exec(own) ?? [];
  if (measure !== undefined) return putTotal(columns, measure, heading);
  if (heading === undefined) delete columns[own];
  else columns[own] = heading;
}

// The kinds of totals that lost their heading, so that each can have one again.
const kinds = new WeakMap();

/** A total keeps its kind: only one that is there already is offered. */
function putTotal(columns, measure, heading) {
  const known = kinds.get(columns) ?? {};
  kinds.set(columns, { ...known, [measure]: columns.totals?.[measure]?.kind ?? known[measure] });
  if (heading !== undefined) (columns.totals ??= {})[measure] = { column: heading, kind: kinds.get(columns)[measure] };
  else delete columns.totals[measure];
  if (Object.keys(columns.totals).length === 0) delete columns.totals;
}

function putAnswer(columns, tool, at, heading) {
  const [lists, key] = tool === undefined ? [columns, "answers"] : [(columns.answers ??= {}), tool];
  const list = (lists[key] ??= []);
  while (list.length < at) list.push(null);
  list[at] = heading ?? null;
  while (list.length > 0 && list.at(-1) === null) list.pop();
  if (list.length === 0) delete lists[key];
  if (tool !== undefined && Object.keys(columns.answers).length === 0) delete columns.answers;
}

/** The question of a place, as a person calls it. */
function questionOf(place) {
  const [, form, tool, at] = /^(?:forms\.(\d+)\.)?answers\.(?:(.+)\.)?(\d+)$/.exec(place);
  const question = `question ${Number(at) + 1}${tool === undefined ? "" : ` of ${tool}`}`;
  return form === undefined ? question : `${question} in form ${Number(form) + 1}`;
}

/** What a place is called in a list. */
export function labelOf(place) {
  const [, form, own] = /^forms\.(\d+)\.(.+)$/.exec(place) ?? [];
  if (form !== undefined) return `Form ${Number(form) + 1}: ${labelOf(own)}`;
  if (place.startsWith("totals.")) return `Total of ${place.replace("totals.", "")}`;
  return labels[place] ?? (place.startsWith("answers.") ? questionOf(place).replace(/^q/, "Q") : place);
}

/** Questions without a column although a later one has a column. */
export const questionsWithout = (mapping) =>
  Object.values(mapping.tables).flatMap((table) => places(table).filter(([, heading]) => heading === null).map(([place]) => questionOf(place)));
