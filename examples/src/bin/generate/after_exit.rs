//! Calls some three months after the end: whether a change has lasted.
//!
//! Whoever filled in a form again while they were seen is rung, and a good third answers. The calls are
//! typed in at one desk and pasted below the other forms, so that their rows are clean.

use serde::Serialize;

use crate::people::Episode;
use crate::programme::{AS_OF, Day, working_day};
use crate::random::Draws;
use crate::truth::{closed, scored};
use crate::wellbeing::{Sitting, Tool, ons4_answers};

/// From how many days after the end a form tells whether a change has lasted.
const LONG_AFTER: Day = 84;

/// The forms filled in by phone, each with the place of its episode.
pub(crate) fn draw(draws: &mut Draws, episodes: &[Episode]) -> Vec<(usize, Sitting)> {
    let mut calls = Vec::new();
    for (place, episode) in episodes.iter().enumerate() {
        let Some(end) = closed(episode).filter(|_| episode.journey.end_reason != "deceased") else {
            continue;
        };
        let day = working_day(end + LONG_AFTER + draws.between(0, 21));
        let answers = draws.chance(0.36);
        let form = |of: &&Sitting| of.tool == Tool::Swemwbs && of.flaw.is_none();
        let again = episode.sittings.iter().filter(form).skip(1).last();
        let Some(last) = again.filter(|_| answers && day <= AS_OF) else { continue };
        let swemwbs: Vec<i32> = last.answers.iter().map(|answer| later(draws, *answer)).collect();
        let call = |tool, answers| Sitting {
            tool,
            day,
            contact: None,
            mode: "phone",
            setting: "remote",
            answers,
            flaw: None,
        };
        if episode.practice.ons4 {
            let middle = swemwbs.iter().sum::<i32>() - 21;
            let ons4 = ons4_answers(draws, f64::from(middle) / 7.0);
            calls.push((place, call(Tool::Ons4, ons4)));
        }
        calls.push((place, call(Tool::Swemwbs, swemwbs)));
    }
    calls
}

/// An answer three months on: mostly the same, and lost ground is a little likelier than won.
fn later(draws: &mut Draws, answer: i32) -> i32 {
    (answer + draws.weighted(&[(25, -1), (55, 0), (20, 1)])).clamp(1, 5)
}

/// What the records must say of those asked again, on SWEMWBS in metric points.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct AfterExit {
    /// Episodes with a baseline that ended so long ago, but for those of people who have died.
    ended: usize,
    since_baseline: Since,
    /// From the last form up to the end, where it is not the baseline.
    since_exit: Since,
}

/// The changes to the first form so long after the end.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Since {
    n: usize,
    improved: usize,
    /// The changes together, in hundredths of a point.
    change_hundredths: i32,
}

impl Since {
    fn add(&mut self, from: i32, to: i32) {
        self.n += 1;
        self.improved += usize::from(to > from);
        self.change_hundredths += to - from;
    }
}

impl AfterExit {
    pub(crate) fn of(episodes: &[Episode]) -> Self {
        let mut all = Self::default();
        for episode in episodes {
            let forms = scored(episode);
            let end = closed(episode).filter(|_| episode.journey.end_reason != "deceased");
            let Some(((_, baseline), end)) = forms.first().copied().zip(end) else { continue };
            if AS_OF - end < LONG_AFTER {
                continue;
            }
            all.ended += 1;
            let mut later = forms.iter().copied().skip(1);
            let Some((_, long_after)) = later.find(|(day, _)| *day >= end + LONG_AFTER) else {
                continue;
            };
            all.since_baseline.add(baseline, long_after);
            let by_the_end = forms.iter().skip(1).rfind(|(day, _)| *day <= end);
            if let Some((_, exit)) = by_the_end {
                all.since_exit.add(*exit, long_after);
            }
        }
        all
    }
}
