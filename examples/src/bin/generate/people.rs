//! Who is referred, by whom and why.

use crate::journey::Journey;
use crate::programme::{Day, PRACTICES, Practice};
use crate::random::Draws;
use crate::wellbeing::Sitting;

/// A made-up person.
pub(crate) struct Person {
    /// `P0001` and so on.
    pub(crate) id: String,
    pub(crate) practice: &'static Practice,
    pub(crate) birth_year: i32,
    pub(crate) gender: &'static str,
    pub(crate) ethnicity: &'static str,
    /// SIMD 2020v2 decile; `None` where the postcode did not match.
    pub(crate) decile: Option<i32>,
    pub(crate) urban_rural: i32,
    /// Lasting level of wellbeing, in item steps about the mean of people referred.
    pub(crate) usual_wellbeing: f64,
}

impl Person {
    /// SIMD quintile, 1 the most deprived.
    pub(crate) fn quintile(&self) -> Option<i32> {
        self.decile.map(|decile| (decile + 1) / 2)
    }
}

/// One referral and what came of it.
pub(crate) struct Episode {
    /// `E0001` and so on, in order of referral.
    pub(crate) id: String,
    /// Place of the person in the list of people.
    pub(crate) person: usize,
    pub(crate) practice: &'static Practice,
    pub(crate) referred: Day,
    pub(crate) source: &'static str,
    /// The main reason first.
    pub(crate) reasons: Vec<&'static str>,
    pub(crate) journey: Journey,
    pub(crate) sittings: Vec<Sitting>,
    /// Answers there would have been at the end point, recorded or not.
    pub(crate) truth: Option<crate::wellbeing::TrueChange>,
}

/// Draws a person of a practice.
pub(crate) fn person(draws: &mut Draws, number: usize) -> Person {
    let weighted: Vec<(u32, &'static Practice)> =
        PRACTICES.iter().map(|practice| (practice.weight, practice)).collect();
    let practice = draws.weighted(&weighted);
    let [q1, q2, q3, q4, q5] = practice.quintiles;
    let quintile = draws.weighted(&[(q1, 1), (q2, 2), (q3, 3), (q4, 4), (q5, 5)]);
    let decile = Some(2 * quintile - draws.between(0, 1)).filter(|_| !draws.chance(0.025));
    let age = draws.weighted(&[(8, 16), (16, 25), (18, 35), (20, 45), (18, 55), (12, 65), (8, 75)]);
    Person {
        id: format!("P{number:04}"),
        practice,
        birth_year: 2025 - age - draws.between(0, 9),
        gender: draws.weighted(&GENDERS),
        ethnicity: draws.weighted(&ETHNICITIES),
        decile,
        urban_rural: (practice.urban_rural + draws.weighted(&[(1, -1), (8, 0), (1, 1)]))
            .clamp(1, 6),
        usual_wellbeing: draws.normal(0.04 * f64::from(quintile - 2), 0.55),
    }
}

/// Draws who referred the person.
pub(crate) fn source(draws: &mut Draws, returning: bool) -> &'static str {
    if returning && draws.chance(0.6) { "self-returning" } else { draws.weighted(&SOURCES) }
}

/// Draws one to four different reasons, the main one first.
pub(crate) fn reasons(draws: &mut Draws) -> Vec<&'static str> {
    let wanted = draws.weighted(&[(40, 1), (35, 2), (18, 3), (7, 4)]);
    let mut reasons = Vec::new();
    while reasons.len() < wanted {
        let reason = draws.weighted(&REASONS);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

const GENDERS: [(u32, &str); 5] =
    [(615, "woman"), (365, "man"), (8, "non-binary"), (4, "other"), (8, "prefer-not-to-say")];

const ETHNICITIES: [(u32, &str); 7] = [
    (78, "White Scottish"),
    (8, "Other White British"),
    (4, "White Polish"),
    (4, "Asian, Asian Scottish or Asian British"),
    (2, "African, Scottish African or British African"),
    (1, "Mixed or multiple ethnic groups"),
    (3, ""),
];

const SOURCES: [(u32, &str); 18] = [
    (460, "gp"),
    (100, "nurse"),
    (90, "mental-health-practitioner"),
    (50, "reception"),
    (10, "district-nurse"),
    (10, "health-visitor"),
    (30, "first-contact-physiotherapist"),
    (20, "pharmacist"),
    (30, "other-practice-team"),
    (20, "hospital"),
    (30, "social-work"),
    (40, "third-sector"),
    (60, "self-new"),
    (15, "carer-or-family"),
    (20, "proactive"),
    (10, "other"),
    (8, "not known"),
    (7, ""),
];

const REASONS: [(u32, &str); 17] = [
    (300, "mental-health"),
    (160, "isolation-and-loneliness"),
    (90, "housing"),
    (90, "welfare-and-social-security"),
    (80, "finance-and-debt"),
    (50, "trauma"),
    (45, "bereavement"),
    (20, "abuse"),
    (30, "relationships"),
    (50, "long-term-condition"),
    (25, "physical-activity"),
    (25, "caring"),
    (25, "employment-and-learning"),
    (8, "immigration"),
    (20, "substance-use"),
    (40, "food-and-fuel"),
    (12, "other"),
];
