//! How codes, dates and blanks are typed by the people who keep the records.

use std::collections::BTreeMap;

use crate::programme::{Day, civil};
use crate::random::Draws;

/// Types cells, and counts every unusual way it does so.
pub(crate) struct Pen {
    pub(crate) draws: Draws,
    pub(crate) tally: BTreeMap<String, u32>,
    table: &'static str,
}

impl Pen {
    pub(crate) const fn new(draws: Draws) -> Self {
        Self { draws, tally: BTreeMap::new(), table: "" }
    }

    /// Starts a table, under whose name everything is counted from here on.
    pub(crate) const fn start(&mut self, table: &'static str) {
        self.table = table;
    }

    pub(crate) fn count(&mut self, kind: &str) {
        *self.tally.entry(format!("{}: {kind}", self.table)).or_default() += 1;
    }

    /// A code in one of its spellings: the first four times out of five.
    pub(crate) fn code(&mut self, code: &str) -> String {
        if code.is_empty() {
            return self.blank();
        }
        let found = SPELLINGS.iter().find(|(known, ..)| *known == code);
        let Some((_, usual, others)) = found else { return code.to_owned() };
        if others.is_empty() || self.draws.chance(0.8) {
            return (*usual).to_owned();
        }
        self.count("code in another spelling");
        self.draws.pick(others).to_owned()
    }

    /// A date, in the share of cases given as dd/mm/yyyy, otherwise as an ISO date.
    pub(crate) fn date(&mut self, day: Day, slashed: f64) -> String {
        let date = civil(day);
        if self.draws.chance(slashed) {
            self.count("date as dd/mm/yyyy");
            return date.strftime("%d/%m/%Y").to_string();
        }
        self.count("date as yyyy-mm-dd");
        date.to_string()
    }

    /// A date or a blank.
    pub(crate) fn maybe_date(&mut self, day: Option<Day>, slashed: f64) -> String {
        day.map_or_else(String::new, |day| self.date(day, slashed))
    }

    /// One of the ways to leave a cell blank.
    pub(crate) fn blank(&mut self) -> String {
        self.blank_of(&[
            (80, ""),
            (4, "-"),
            (4, "N/A"),
            (4, "n/a"),
            (4, "NULL"),
            (4, "not recorded"),
        ])
    }

    /// One of the ways to leave an answer blank, codes for "missing" among them.
    pub(crate) fn blank_answer(&mut self) -> String {
        self.blank_of(&[(4, ""), (1, "-"), (1, "N/A"), (1, "NULL"), (2, "-9"), (2, "99")])
    }

    fn blank_of(&mut self, ways: &[(u32, &'static str)]) -> String {
        let blank = self.draws.weighted(ways);
        if !blank.is_empty() {
            self.count("blank in words or as a code");
        }
        blank.to_owned()
    }

    /// An id, now and then with a space after it.
    pub(crate) fn id(&mut self, id: &str) -> String {
        if self.draws.chance(0.004) {
            self.count("id with a trailing space");
            return format!("{id} ");
        }
        id.to_owned()
    }
}

/// Code, usual spelling, other spellings. A code that is not here is typed as it is.
const SPELLINGS: [(&str, &str, &[&str]); 57] = [
    ("woman", "Female", &["female", "F", "Fem", "f"]),
    ("man", "Male", &["male", "M", "m"]),
    ("non-binary", "Non-binary", &["non binary"]),
    ("other", "Other", &["other"]),
    ("prefer-not-to-say", "Prefer not to say", &[]),
    ("gp", "GP", &["gp ", "G.P.", "Gp"]),
    ("nurse", "Practice nurse", &["Nurse", "PN"]),
    ("mental-health-practitioner", "Mental health practitioner", &["MH nurse"]),
    ("reception", "Reception", &["Receptionist"]),
    ("district-nurse", "District nurse", &["DN"]),
    ("health-visitor", "Health visitor", &["HV"]),
    ("first-contact-physiotherapist", "Physio (FCP)", &["Physio"]),
    ("pharmacist", "Pharmacist", &["pharmacist"]),
    ("other-practice-team", "Other practice staff", &[]),
    ("hospital", "Hospital", &[]),
    ("social-work", "Social work", &["SW"]),
    ("third-sector", "Third sector", &["Voluntary org"]),
    ("self-new", "Self referral", &["Self", "self-referral"]),
    ("self-returning", "Self referral - returning", &["Self (return)"]),
    ("carer-or-family", "Family", &["Carer"]),
    ("proactive", "Proactive contact", &[]),
    ("mental-health", "Mental health", &["MH", "mental health"]),
    ("isolation-and-loneliness", "Isolation", &["Loneliness", "social isolation"]),
    ("housing", "Housing", &["housing"]),
    ("welfare-and-social-security", "Benefits", &["Welfare"]),
    ("finance-and-debt", "Money and debt", &["Debt"]),
    ("long-term-condition", "Long-term condition", &["LTC"]),
    ("physical-activity", "Physical activity", &[]),
    ("employment-and-learning", "Employment", &[]),
    ("substance-use", "Alcohol or drugs", &["Alcohol"]),
    ("food-and-fuel", "Food or fuel", &["Food bank"]),
    ("first-assessment", "First appointment", &["Initial"]),
    ("appointment", "Appointment", &["Appt"]),
    ("review", "Review", &[]),
    ("phone", "Phone", &["Telephone", "tel"]),
    ("practice", "Practice", &["Surgery"]),
    ("home", "Home visit", &["Home"]),
    ("text", "Text", &["SMS"]),
    ("seen", "Attended", &["attended", "Seen"]),
    ("did-not-attend", "DNA", &["Did not attend"]),
    ("cancelled-by-person", "Cancelled by client", &["CNA"]),
    ("cancelled-by-service", "Cancelled by LW", &[]),
    ("agreed", "Agreed end", &["Agreed"]),
    ("goals-met", "Goals met", &[]),
    ("linked-no-further-need", "Linked in, no further need", &[]),
    ("stopped-attending", "Disengaged", &["Stopped attending"]),
    ("moved", "Moved away", &["Moved practice"]),
    ("deceased", "Deceased", &["RIP"]),
    ("declined-by-person", "Declined", &["Client declined"]),
    ("declined-by-service", "Service declined", &[]),
    ("attended-once", "Attended once", &[]),
    ("not-taken-up", "Not taken up", &["Did not go"]),
    ("in-person", "In person", &["Face to face", "F2F"]),
    ("digital", "Digital", &["Online", "tablet"]),
    ("remote", "Remote", &[]),
    ("yes", "Yes", &["Y", "yes"]),
    ("no", "No", &["N"]),
];
