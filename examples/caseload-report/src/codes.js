// The lists of codes that the library knows, and their words for a person.

export const codes = {
  "referral-source": [
    "gp", "nurse", "mental-health-practitioner", "reception", "district-nurse", "health-visitor",
    "first-contact-physiotherapist", "pharmacist", "other-practice-team", "hospital", "social-work", "third-sector",
    "self-new", "self-returning", "carer-or-family", "proactive", "other",
  ],
  "referral-reason": [
    "mental-health", "isolation-and-loneliness", "housing", "welfare-and-social-security", "finance-and-debt", "trauma",
    "bereavement", "abuse", "relationships", "long-term-condition", "physical-activity", "caring",
    "employment-and-learning", "immigration", "substance-use", "food-and-fuel", "other",
  ],
  gender: ["woman", "man", "non-binary", "other", "prefer-not-to-say"],
  "contact-type": ["first-assessment", "appointment", "brief", "enquiry", "accompaniment", "liaison", "review"],
  "contact-mode": ["practice", "home", "community", "outdoors", "phone", "video", "text", "group"],
  attendance: ["seen", "cancelled-by-service", "cancelled-by-person", "did-not-attend"],
  "end-reason": [
    "agreed", "goals-met", "linked-no-further-need", "stopped-attending", "declined", "moved", "escalated",
    "inappropriate", "deceased", "service-ended", "inferred-inactive",
  ],
  "onward-status": [
    "suggested", "signposted", "referred", "accompanied", "waiting", "declined-by-person", "declined-by-service",
    "attended-once", "engaged", "completed", "not-taken-up",
  ],
  "assessment-mode": ["paper", "digital", "phone", "video", "in-person"],
  "assessment-setting": ["practice", "home", "community", "remote"],
  rater: ["person", "worker", "joint"],
  "yes-no": ["yes", "no"],
};

export const lists = {
  "referral-source": "Who referred",
  "referral-reason": "Reasons and needs",
  gender: "Gender",
  "contact-type": "Kind of contact",
  "contact-mode": "How a contact was done",
  attendance: "Attended or not",
  "end-reason": "Why a referral was closed",
  "onward-status": "What came of a link to a service",
  "assessment-mode": "How a form was filled in",
  "assessment-setting": "Where a form was filled in",
  rater: "Who answered",
  "yes-no": "Yes or no",
  occasions: "Occasions",
};

// What a hyphen less and a capital more would not make readable.
const words = {
  gp: "GP",
  "other-practice-team": "Others of the practice team",
  "self-new": "Self, new",
  "self-returning": "Self, returning",
  "non-binary": "Non-binary",
  "linked-no-further-need": "Linked, no further need",
  "long-term-condition": "Long-term condition",
  "in-person": "In person",
};

export const inWords = (code) => words[code] ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ");
