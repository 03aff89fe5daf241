//! How people are, what they answer, and which of it is recorded.
//!
//! An answer is a person's wellbeing plus the item's own difficulty and noise, cut into steps, so
//! that items hang together as they do in life. Wellbeing is a usual level, a passing state that is
//! low at referral and recovers by itself (regression to the mean), and what the service adds.

use crate::journey::Journey;
use crate::people::Person;
use crate::programme::{AS_OF, Day, NEW_YEAR_2025, Practice, working_day};
use crate::random::{Draws, logistic};

/// A questionnaire in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tool {
    Swemwbs,
    Ons4,
}

/// What was done to a recorded row, at most one thing each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Items left blank, by place.
    Incomplete(Vec<usize>),
    /// An item answered outside its scale.
    OutOfRange(usize, i32),
    NoDate,
    /// Typed with a later year, after the extract.
    AfterExtract(Day),
    /// Typed with an earlier year, before the referral.
    BeforeReferral(Day),
    /// An episode that is in no other table.
    UnknownEpisode(&'static str),
    /// Two people's ids in one cell.
    MergedIds(&'static str),
    /// The row is there twice.
    Twice,
    /// There is a second row of the same day with other answers.
    Conflicting(Vec<i32>),
}

/// One recorded questionnaire.
#[derive(Debug, Clone)]
pub(crate) struct Sitting {
    pub(crate) tool: Tool,
    pub(crate) day: Day,
    /// At which attended appointment; `None` between appointments.
    pub(crate) contact: Option<usize>,
    pub(crate) mode: &'static str,
    pub(crate) setting: &'static str,
    /// The answers given.
    pub(crate) answers: Vec<i32>,
    pub(crate) flaw: Option<Flaw>,
}

/// SWEMWBS answers at the first occasion and at the end point, recorded or not.
#[derive(Debug, Clone)]
pub(crate) struct TrueChange {
    pub(crate) first: Vec<i32>,
    pub(crate) last: Vec<i32>,
    /// The end point the same person would have reached without the service.
    pub(crate) last_without_service: Vec<i32>,
}

/// When a questionnaire would be filled in.
#[derive(Clone, Copy)]
struct Occasion {
    day: Day,
    /// How many appointments had been attended.
    attended: usize,
    at_contact: bool,
}

/// Draws the sittings of an episode and its true change.
pub(crate) fn draw(
    draws: &mut Draws,
    person: &Person,
    practice: &Practice,
    journey: &Journey,
    referred: Day,
) -> (Vec<Sitting>, Option<TrueChange>) {
    let mut sittings = Vec::new();
    let occasions = occasions(draws, journey);
    let Some((first, later)) = occasions.split_first() else { return (sittings, None) };

    let state = draws.normal(-0.30, 0.45);
    let level = person.usual_wellbeing + state;
    let first_noise = ItemNoise::draw(draws);
    let first_answers = first_noise.answers(level);
    let mode = mode(draws, practice, referred);
    let started = draws.chance(match mode {
        "paper" => 0.93,
        "digital" => 0.81,
        _ => 0.76,
    });
    if started {
        record(draws, &mut sittings, *first, mode, practice, &first_answers, level);
    }

    let keeps_on = follow_up_probability(draws, person, practice, mode, &first_answers, started);
    let benefit = draws.normal(0.27 + 0.03 * f64::from(person.quintile().unwrap_or(3)), 0.42);
    let state_later = 0.35 * state + draws.normal(-0.06, 0.40);
    let mut truth = None;
    for occasion in later {
        let dose = f64::from(u32::try_from(occasion.attended.min(5)).unwrap_or(5)) / 5.0;
        let without = person.usual_wellbeing + state_later + draws.normal(0.0, 0.12);
        let level = without + benefit * (0.45 + 0.55 * dose);
        let noise = ItemNoise::draw(draws);
        let answers = noise.answers(level);
        if draws.chance(if occasion.at_contact { keeps_on } else { 0.5 * keeps_on }) {
            record(draws, &mut sittings, *occasion, mode, practice, &answers, level);
        }
        truth = Some(TrueChange {
            first: first_answers.clone(),
            last: answers,
            last_without_service: noise.answers(without),
        });
    }
    (sittings, truth)
}

/// When the questionnaire would be filled in: first or second contact, then the fourth, the eighth
/// and the last of a closed episode; a call afterwards where that leaves no second occasion.
fn occasions(draws: &mut Draws, journey: &Journey) -> Vec<Occasion> {
    let attended = &journey.attended;
    let first = if attended.len() > 1 && draws.chance(0.16) { 2 } else { 1 };
    let last = if journey.closed.is_some() { attended.len() } else { 0 };
    let mut occasions = Vec::new();
    for (day, number) in attended.iter().copied().zip(1..) {
        if number == first || (number > first && [4, 8, last].contains(&number)) {
            occasions.push(Occasion { day, attended: number, at_contact: true });
        }
    }
    if let [only] = occasions.as_slice() {
        let latest = attended.last().copied().unwrap_or(only.day);
        let day = working_day(latest + draws.between(5, 20)).min(AS_OF);
        if day > only.day {
            let call = Occasion { day, attended: attended.len(), at_contact: false };
            occasions.push(call);
        }
    }
    occasions
}

fn mode(draws: &mut Draws, practice: &Practice, referred: Day) -> &'static str {
    let paper = practice.paper_from.is_some_and(|from| referred >= from);
    if paper && draws.chance(0.85) {
        "paper"
    } else {
        draws.weighted(&[(6, "digital"), (4, "phone"), (1, "in-person")])
    }
}

/// The chance that a later form is filled in: lower for people who start low, live in more deprived
/// areas or are asked otherwise than on paper.
fn follow_up_probability(
    draws: &mut Draws,
    person: &Person,
    practice: &Practice,
    mode: &str,
    first: &[i32],
    started: bool,
) -> f64 {
    if !started {
        return 0.12;
    }
    let baseline = f64::from(swemwbs_hundredths(first)) / 100.0;
    let by_mode = match mode {
        "paper" => 1.0,
        "phone" => 0.1,
        "digital" => -0.5,
        _ => 0.4,
    };
    let by_practice = if practice.contacts_listed { 0.0 } else { -0.4 };
    let by_area = 0.12 * f64::from(person.quintile().unwrap_or(3) - 3);
    let own = draws.normal(0.0, 0.5);
    logistic(-0.25 + by_mode + by_practice + by_area + 0.09 * (baseline - 18.5) + own)
}

fn record(
    draws: &mut Draws,
    sittings: &mut Vec<Sitting>,
    occasion: Occasion,
    mode: &'static str,
    practice: &Practice,
    answers: &[i32],
    level: f64,
) {
    let setting = match (mode, occasion.at_contact) {
        ("paper" | "in-person", true) => {
            draws.weighted(&[(8, "practice"), (1, "home"), (1, "community")])
        }
        ("digital", true) => draws.weighted(&[(5, "remote"), (4, "practice")]),
        _ => "remote",
    };
    let mode = if occasion.at_contact { mode } else { "phone" };
    let contact = Some(occasion.attended).filter(|_| occasion.at_contact);
    let sitting = |tool, answers| Sitting {
        tool,
        day: occasion.day,
        contact,
        mode,
        setting,
        answers,
        flaw: None,
    };
    sittings.push(sitting(Tool::Swemwbs, answers.to_vec()));
    if practice.ons4 && occasion.day >= NEW_YEAR_2025 && draws.chance(0.85) {
        sittings.push(sitting(Tool::Ons4, ons4_answers(draws, level)));
    }
}

/// What makes seven answers differ from the wellbeing behind them.
pub(crate) struct ItemNoise([f64; 7]);

impl ItemNoise {
    pub(crate) fn draw(draws: &mut Draws) -> Self {
        Self([0.30, 0.16, -0.10, 0.06, 0.23, 0.36, 0.40].map(|ease| draws.normal(ease, 0.68)))
    }

    /// The answers, 1 to 5, of a person at this level of wellbeing.
    pub(crate) fn answers(&self, level: f64) -> Vec<i32> {
        let cuts = [-1.15, -0.15, 0.85, 1.75];
        self.0
            .iter()
            .map(|own| {
                (1..).zip(cuts).fold(
                    1,
                    |step, (below, cut)| {
                        if level + own > cut { below + 1 } else { step }
                    },
                )
            })
            .collect()
    }
}

/// Satisfied, worthwhile, happy and anxious, each 0 to 10.
pub(crate) fn ons4_answers(draws: &mut Draws, level: f64) -> Vec<i32> {
    [(5.0, 1.9), (5.3, 1.9), (5.1, 1.8), (5.6, -1.9)]
        .map(|(middle, slope)| {
            let value = middle + slope * level + draws.normal(0.0, 1.3);
            (1..=10_i32).filter(|step| value >= f64::from(*step)).fold(0, i32::max)
        })
        .to_vec()
}

/// The SWEMWBS metric score of seven complete answers, in hundredths of a point.
///
/// Raw sum to metric score after Stewart-Brown and others (2009), Health and Quality of Life
/// Outcomes 7:15, doi:10.1186/1477-7525-7-15. Held here apart from the library, so that the truth
/// does not depend on what it is there to check.
pub(crate) fn swemwbs_hundredths(answers: &[i32]) -> i32 {
    const METRIC: [i32; 29] = [
        700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925,
        1998, 2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
    ];
    let raw: i32 = answers.iter().sum();
    usize::try_from(raw - 7).ok().and_then(|row| METRIC.get(row)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_score_is_the_published_one() {
        assert_eq!(swemwbs_hundredths(&[1; 7]), 700);
        assert_eq!(swemwbs_hundredths(&[3; 7]), 1925);
        assert_eq!(swemwbs_hundredths(&[5; 7]), 3500);
    }

    #[test]
    fn answers_stay_on_the_scale_and_rise_with_wellbeing() {
        let noise = ItemNoise([0.0; 7]);
        assert_eq!(noise.answers(-9.0), [1; 7]);
        assert_eq!(noise.answers(0.0), [3; 7]);
        assert_eq!(noise.answers(9.0), [5; 7]);
    }
}
