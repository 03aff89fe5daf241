// A form in FHIR R4: a QuestionnaireResponse, and once it is finished an Observation of each score, derived from it.
// The score and the raw sum it was read from are observations of their own, with codes of their own.
import { loincOf } from "./loinc.js";
import { rawIsApart } from "./result.js";

const survey = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "survey", display: "Survey" }],
};

/**
 * A half-filled form has no `measures` and no `completed`; it is in progress since `changed`, without a score.
 *
 * `system` is the address under which the programme's own codes stand; LOINC codes stand beside them where a
 * code was verified. `subject`, `author` and `encounter` are FHIR references.
 */
export function toFhir(form, instrument, wording, { system = "urn:clw", subject, author, encounter } = {}) {
  const loinc = loincOf[form.instrument];
  const given = instrument.items.filter(({ id }) => (form.answers[id] ?? null) !== null);
  const authored = form.completed ?? form.changed;
  const response = {
    resourceType: "QuestionnaireResponse",
    questionnaire: loinc ? `http://loinc.org/q/${loinc.panel}` : `${system}:questionnaire:${form.instrument}|${form.version}`,
    status: form.completed ? "completed" : "in-progress",
    subject,
    encounter,
    authored,
    author,
    // An empty list is no FHIR.
    item: given.length > 0 ? given.map((item) => answered(item, form.answers[item.id], wording, loinc)) : undefined,
  };
  const fullUrl = `urn:uuid:${uuid()}`;
  const observations = (form.measures ?? [])
    .filter(({ outcome }) => outcome === "scored")
    .flatMap((entry) => {
      const measure = instrument.measures.find(({ id }) => id === entry.measure);
      return measured({ form, entry, measure, items: instrument.items, system, loinc });
    })
    .map(({ code, ...value }) => ({
      resourceType: "Observation",
      status: "final",
      category: [survey],
      code,
      subject,
      encounter,
      effectiveDateTime: form.completed,
      ...value,
      derivedFrom: [{ reference: fullUrl }],
    }));
  const entries = observations.map((resource) => ({ fullUrl: `urn:uuid:${uuid()}`, resource }));
  const bundle = { resourceType: "Bundle", type: "collection", timestamp: authored };
  // Through JSON, so that what was not given is absent rather than undefined.
  return JSON.parse(JSON.stringify({ ...bundle, entry: [{ fullUrl, resource: response }, ...entries] }));
}

function answered(item, code, wording, loinc) {
  const own = wording.items?.[item.id] ?? {};
  const display = (own.options ?? wording.options)?.[code];
  const linkId = loinc ? `/${loinc.items[item.id]}` : item.id;
  const coded = loinc?.answers[code];
  const value = coded
    ? { valueCoding: { system: "http://loinc.org", code: coded, display } }
    : code === "not-applicable"
      ? { valueString: code }
      : { valueInteger: code };
  return { linkId, text: own.text ?? item.label, answer: [value] };
}

function measured({ form, entry, measure, items, system, loinc }) {
  const local = (suffix, display) => ({
    system: `${system}:measure`,
    version: form.version,
    code: `${form.instrument}-${entry.measure}${suffix}`,
    display,
  });
  const total = loinc && { system: "http://loinc.org", code: loinc.total };
  const score = {
    code: { coding: [total, local("", measure.label)].filter(Boolean), text: measure.label },
    valueQuantity: { value: entry.value, unit: "{score}", system: "http://unitsofmeasure.org", code: "{score}" },
    interpretation: entry.band && [banded(entry.band, measure, system)],
  };
  if (!rawIsApart(measure, items)) return [score];
  const name = `${measure.label}, raw sum`;
  return [score, { code: { coding: [local("-raw", name)], text: name }, valueInteger: entry.raw }];
}

function banded({ set, band }, measure, system) {
  const known = measure.bandSets.find(({ id }) => id === set);
  const display = known?.bands.find(({ id }) => id === band)?.label;
  return { coding: [{ system: `${system}:band:${set}`, code: band, display }], text: `${display} (${known?.label})` };
}

/** A version 4 UUID; `crypto.randomUUID` is missing on pages without https. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
