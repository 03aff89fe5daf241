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

/** The field that each heading of a table holds: `answers.2` is the third question, `forms.0.date` a field of a form. */
export function fieldsByHeading({ columns = {}, forms = [] }) {
  const found = new Map();
  const gather = (columns, prefix) => {
    for (const [field, heading] of Object.entries(columns)) {
      if (Array.isArray(heading)) heading.forEach((name, at) => found.set(name, `${prefix}${field}.${at}`));
      else found.set(heading, `${prefix}${field}`);
    }
  };
  gather(columns, "");
  forms.forEach((form, at) => gather(form.columns ?? {}, `forms.${at}.`));
  return found;
}

/** Puts a heading under a field of a table, in place of what either had before; an empty field is none. */
export function setField(table, heading, field) {
  const put = new Map([...fieldsByHeading(table)].filter(([name, key]) => name !== heading && key !== field));
  if (field) put.set(heading, field);
  for (const part of [table, ...(table.forms ?? [])]) part.columns = {};
  for (const [name, key] of put) {
    const [, form, own] = /^(?:forms\.(\d+)\.)?(.+)$/.exec(key);
    const { columns } = form === undefined ? table : table.forms[Number(form)];
    const [, list, at] = /^(answers)\.(\d+)$/.exec(own) ?? [];
    if (list) (columns[list] ??= [])[Number(at)] = name;
    else columns[own] = name;
  }
}
