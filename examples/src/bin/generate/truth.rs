//! What the records must come out as: every box of the flow, the change, and every spoilt row.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::after_exit::AfterExit;
use crate::extras::Extras;
use crate::people::{Episode, Person};
use crate::programme::{AS_OF, Day, NEW_YEAR_2025, civil};
use crate::random::SEED;
use crate::records::Records;
use crate::wellbeing::{Flaw, Sitting, Tool, TrueChange, swemwbs_hundredths};

/// The whole of `truth.json`.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Truth {
    seed: u64,
    as_of: String,
    plan: Plan,
    people: usize,
    people_with_two_episodes: usize,
    flow: Flow,
    flow_by_practice: BTreeMap<String, Flow>,
    flow_by_worker: BTreeMap<String, Flow>,
    flow_by_simd_quintile: BTreeMap<String, Flow>,
    paired_change: Option<Change>,
    true_change_of_all_due: Option<TrueMean>,
    true_change_of_all_with_a_baseline: Option<TrueMean>,
    /// From the baseline to the first sitting after it, due or not.
    time_to_follow_up: Times,
    /// Due and paired before and after paper forms came to four practices.
    before_and_after_paper: [DueAndPaired; 2],
    after_exit: AfterExit,
    records: Records,
    ons4: BTreeMap<&'static str, MeasureTruth>,
    assessment_rows: BTreeMap<&'static str, Rows>,
    closures_before_the_last_attended_appointment: usize,
    /// How many cells were written in which unusual way, by table and kind.
    spellings: BTreeMap<String, u32>,
}

/// The declared rules that the truth holds under.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Plan {
    measure: &'static str,
    unit: &'static str,
    baseline_rule: &'static str,
    end_point_rule: &'static str,
    due_rule: &'static str,
}

/// The boxes from referred to paired.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Flow {
    referred: usize,
    accepted: usize,
    first_contact: usize,
    eligible: usize,
    baseline_valid: usize,
    due: usize,
    follow_up_valid: usize,
    paired: usize,
    not_due: NotDue,
    /// Pairs left out because the follow-up was not due.
    pairs_not_due: usize,
}

/// Episodes with a valid baseline whose follow-up is not due, by the first reason that holds.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct NotDue {
    deceased: usize,
    on_hold: usize,
    open_with_fewer_than_four_attended: usize,
}

enum Due {
    Yes,
    Deceased,
    OnHold,
    Open,
}

/// Paired change; SWEMWBS in metric points, ONS4 in steps.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Change {
    n: usize,
    baseline_mean: f64,
    follow_up_mean: f64,
    mean_change: f64,
    sd_of_change: f64,
    higher: usize,
    same: usize,
    lower: usize,
}

/// How long it took to the first sitting after the baseline.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Times {
    baselines: usize,
    followed_up: usize,
    /// The days of those followed up together.
    days: i32,
}

/// Those whose follow-up was due, and those of them who have a pair.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct DueAndPaired {
    due: usize,
    paired: usize,
}

/// A mean that only the generator knows, because it also has the answers nobody recorded.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct TrueMean {
    n: usize,
    mean_change: f64,
    /// What the change would have been without the service: regression to the mean.
    mean_change_without_service: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct MeasureTruth {
    flow: Flow,
    paired_change: Option<Change>,
}

/// The rows of one instrument in the assessments table, each in exactly one place.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Rows {
    rows: usize,
    usable: usize,
    incomplete: usize,
    out_of_range: usize,
    no_date: usize,
    after_extract: usize,
    before_referral: usize,
    unknown_episode: usize,
    merged_ids: usize,
    repeated_row: usize,
    conflicting_rows: usize,
}

impl Truth {
    pub(crate) fn of(
        people: &[Person],
        episodes: &[Episode],
        extras: &Extras,
        spellings: BTreeMap<String, u32>,
    ) -> Self {
        let group = |key: &dyn Fn(&Episode) -> String| {
            let mut groups: BTreeMap<String, Flow> = BTreeMap::new();
            for episode in episodes {
                groups.entry(key(episode)).or_default().add(episode, &swemwbs, everybody);
            }
            groups
        };
        let quintile = |episode: &Episode| {
            let known = people.get(episode.person).and_then(Person::quintile);
            known.map_or_else(|| "not known".to_owned(), |quintile| quintile.to_string())
        };
        let ons4 = ["life-satisfaction", "worthwhile", "happy", "anxious"].into_iter().zip(0..);
        Self {
            seed: SEED,
            as_of: civil(AS_OF).to_string(),
            plan: PLAN,
            people: people.len(),
            people_with_two_episodes: episodes.len() - people.len(),
            flow: Flow::of(episodes, &swemwbs, everybody),
            flow_by_practice: group(&|episode| episode.practice.name.to_owned()),
            flow_by_worker: group(&|episode| episode.practice.worker.to_owned()),
            flow_by_simd_quintile: group(&quintile),
            paired_change: Change::of(&pairs(episodes, &swemwbs, everybody), 100.0),
            true_change_of_all_due: TrueMean::of(episodes, |e| matches!(due(e), Due::Yes)),
            true_change_of_all_with_a_baseline: TrueMean::of(episodes, |_| true),
            time_to_follow_up: Times::of(episodes),
            before_and_after_paper: before_and_after_paper(episodes),
            after_exit: AfterExit::of(episodes),
            records: Records::of(people, episodes, extras),
            ons4: ons4.map(|(name, item)| (name, MeasureTruth::of(episodes, item))).collect(),
            assessment_rows: [
                ("swemwbs", Rows::of(episodes, Tool::Swemwbs)),
                ("ons4", Rows::of(episodes, Tool::Ons4)),
            ]
            .into(),
            closures_before_the_last_attended_appointment: episodes
                .iter()
                .filter(|e| e.journey.closed.is_some() && closed(e).is_none())
                .count(),
            spellings,
        }
    }
}

const PLAN: Plan = Plan {
    measure: "swemwbs metric score",
    unit: "episode",
    baseline_rule: "the first valid sitting of the episode",
    end_point_rule: "the last valid sitting of the episode dated after the baseline, \
                     at most 28 days after the closure",
    due_rule: "closed, or at least 4 attended appointments; \
               not due: deceased, else open and on hold, else open with fewer than 4",
};

impl MeasureTruth {
    fn of(episodes: &[Episode], item: usize) -> Self {
        let score = move |sitting: &Sitting| ons4(sitting, item);
        Self {
            flow: Flow::of(episodes, &score, asked_ons4),
            paired_change: Change::of(&pairs(episodes, &score, asked_ons4), 1.0),
        }
    }
}

impl Flow {
    fn of(episodes: &[Episode], score: &Score, asked: fn(&Episode) -> bool) -> Self {
        let mut flow = Self::default();
        for episode in episodes {
            flow.add(episode, score, asked);
        }
        flow
    }

    fn add(&mut self, episode: &Episode, score: &Score, asked: fn(&Episode) -> bool) {
        self.referred += 1;
        if !episode.journey.accepted {
            return;
        }
        self.accepted += 1;
        if episode.journey.attended.is_empty() {
            return;
        }
        self.first_contact += 1;
        if !asked(episode) {
            return;
        }
        self.eligible += 1;
        let Some(course) = Course::of(episode, score) else { return };
        self.baseline_valid += 1;
        let not_due = match due(episode) {
            Due::Yes => {
                self.due += 1;
                self.follow_up_valid += usize::from(course.followed_up);
                self.paired += usize::from(course.end.is_some());
                return;
            }
            Due::Deceased => &mut self.not_due.deceased,
            Due::OnHold => &mut self.not_due.on_hold,
            Due::Open => &mut self.not_due.open_with_fewer_than_four_attended,
        };
        *not_due += 1;
        self.pairs_not_due += usize::from(course.end.is_some());
    }
}

type Score = dyn Fn(&Sitting) -> Option<i32>;

const fn everybody(_: &Episode) -> bool {
    true
}

/// ONS4 is asked of those first seen since January 2025 in the practices that use it.
fn asked_ons4(episode: &Episode) -> bool {
    let first = episode.journey.attended.first();
    episode.practice.ons4 && first.is_some_and(|first| *first >= NEW_YEAR_2025)
}

impl Times {
    fn of(episodes: &[Episode]) -> Self {
        let mut times = Self::default();
        for episode in episodes {
            let days = scored_days(episode);
            let Some((first, later)) = days.split_first() else { continue };
            times.baselines += 1;
            if let Some(next) = later.first() {
                times.followed_up += 1;
                times.days += next - first;
            }
        }
        times
    }
}

/// The valid SWEMWBS sittings, each with its day, in order.
pub(crate) fn scored(episode: &Episode) -> Vec<(Day, i32)> {
    let sittings = episode.sittings.iter();
    let mut scored: Vec<(Day, i32)> =
        sittings.filter_map(|sitting| Some((sitting.day, swemwbs(sitting)?))).collect();
    scored.sort_unstable();
    scored.dedup_by_key(|(day, _)| *day);
    scored
}

/// The days with a valid SWEMWBS sitting, in order.
fn scored_days(episode: &Episode) -> Vec<Day> {
    scored(episode).into_iter().map(|(day, _)| day).collect()
}

/// At the practices that went over to paper in January 2025, by the month in which the follow-up fell
/// due: April to December 2024, and April 2025 to June 2026.
fn before_and_after_paper(episodes: &[Episode]) -> [DueAndPaired; 2] {
    const APRIL_2025: Day = 456;
    let mut both = [DueAndPaired::default(), DueAndPaired::default()];
    let went_over = |e: &&Episode| e.practice.paper_from == Some(NEW_YEAR_2025);
    for episode in episodes.iter().filter(went_over) {
        let days = scored_days(episode);
        let (Some(baseline), Due::Yes) = (days.first(), due(episode)) else { continue };
        let fourth = episode.journey.attended.get(3).copied();
        let fourth = fourth.filter(|_| episode.practice.contacts_listed);
        let fell_due = [closed(episode), fourth].into_iter().flatten().min();
        let Some(fell_due) = fell_due.map(|day| day.max(*baseline)) else { continue };
        let [before, after] = &mut both;
        let period = match fell_due {
            ..NEW_YEAR_2025 => before,
            APRIL_2025.. => after,
            _ => continue,
        };
        period.due += 1;
        period.paired += usize::from(days.len() > 1);
    }
    both
}

/// The closure that can be relied on: on or after the last attended appointment.
pub(crate) fn closed(episode: &Episode) -> Option<i32> {
    let last = episode.journey.attended.last();
    episode.journey.closed.filter(|closed| last.is_none_or(|last| closed >= last))
}

fn due(episode: &Episode) -> Due {
    let journey = &episode.journey;
    let held = |to: Option<i32>| to.is_none_or(|to| to >= AS_OF);
    if closed(episode).is_some() && journey.end_reason == "deceased" {
        Due::Deceased
    } else if closed(episode).is_some() {
        Due::Yes
    } else if journey.holds.iter().any(|hold| hold.from <= AS_OF && held(hold.to)) {
        Due::OnHold
    } else if episode.practice.contacts_listed && journey.attended.len() >= 4 {
        Due::Yes
    } else {
        Due::Open
    }
}

/// The SWEMWBS metric score in hundredths, if the row can be used.
fn swemwbs(sitting: &Sitting) -> Option<i32> {
    let usable = matches!(sitting.flaw, None | Some(Flaw::Twice));
    (sitting.tool == Tool::Swemwbs && usable).then(|| swemwbs_hundredths(&sitting.answers))
}

/// One ONS4 answer, if it can be used: a form with other items blank still gives it.
fn ons4(sitting: &Sitting, item: usize) -> Option<i32> {
    let usable = match &sitting.flaw {
        None | Some(Flaw::Twice) => true,
        Some(Flaw::Incomplete(blank)) => !blank.contains(&item),
        Some(_) => false,
    };
    sitting.answers.get(item).copied().filter(|_| sitting.tool == Tool::Ons4 && usable)
}

/// The scores of an episode that has one.
struct Course {
    baseline: i32,
    /// Whether there is a score dated after it.
    followed_up: bool,
    /// The last of those up to four weeks after the closure.
    end: Option<i32>,
}

impl Course {
    fn of(episode: &Episode, score: &Score) -> Option<Self> {
        let mut dated: Vec<(i32, i32)> =
            episode.sittings.iter().filter_map(|s| Some((s.day, score(s)?))).collect();
        dated.sort_unstable();
        let ((_, baseline), later) = dated.split_first()?;
        let by_the_end = |day: i32| closed(episode).is_none_or(|closed| day <= closed + 28);
        let end = later.iter().rfind(|(day, _)| by_the_end(*day)).map(|(_, score)| *score);
        Some(Self { baseline: *baseline, followed_up: !later.is_empty(), end })
    }
}

/// The pairs of the episodes whose follow-up is due.
fn pairs(episodes: &[Episode], score: &Score, asked: fn(&Episode) -> bool) -> Vec<(i32, i32)> {
    let seen = |e: &&Episode| e.journey.accepted && !e.journey.attended.is_empty() && asked(e);
    episodes
        .iter()
        .filter(seen)
        .filter(|episode| matches!(due(episode), Due::Yes))
        .filter_map(|episode| {
            let course = Course::of(episode, score)?;
            course.end.map(|end| (course.baseline, end))
        })
        .collect()
}

impl Change {
    fn of(pairs: &[(i32, i32)], steps_per_unit: f64) -> Option<Self> {
        let count = u32::try_from(pairs.len()).ok().filter(|n| *n > 1)?;
        let n = f64::from(count);
        let mean = |of: &dyn Fn(&(i32, i32)) -> i32| {
            f64::from(pairs.iter().map(of).sum::<i32>()) / n / steps_per_unit
        };
        let change = |(first, last): &(i32, i32)| last - first;
        let mean_change = mean(&change);
        let squares: f64 = pairs
            .iter()
            .map(|pair| f64::from(change(pair)) / steps_per_unit - mean_change)
            .map(|off| off * off)
            .sum();
        Some(Self {
            n: pairs.len(),
            baseline_mean: mean(&|pair| pair.0),
            follow_up_mean: mean(&|pair| pair.1),
            mean_change,
            sd_of_change: libm::sqrt(squares / (n - 1.0)),
            higher: pairs.iter().filter(|pair| change(pair) > 0).count(),
            same: pairs.iter().filter(|pair| change(pair) == 0).count(),
            lower: pairs.iter().filter(|pair| change(pair) < 0).count(),
        })
    }
}

impl TrueMean {
    /// Over the episodes with a valid baseline that `keep` keeps.
    fn of(episodes: &[Episode], keep: impl Fn(&Episode) -> bool) -> Option<Self> {
        let started = |e: &&Episode| Course::of(e, &swemwbs).is_some() && keep(e);
        let truths: Vec<_> =
            episodes.iter().filter(started).filter_map(|e| e.truth.as_ref()).collect();
        let n = f64::from(u32::try_from(truths.len()).ok().filter(|n| *n > 0)?);
        let mean = |last: fn(&TrueChange) -> &[i32]| {
            let change = |truth: &TrueChange| {
                swemwbs_hundredths(last(truth)) - swemwbs_hundredths(&truth.first)
            };
            f64::from(truths.iter().map(|truth| change(truth)).sum::<i32>()) / n / 100.0
        };
        Some(Self {
            n: truths.len(),
            mean_change: mean(|truth| &truth.last),
            mean_change_without_service: mean(|truth| &truth.last_without_service),
        })
    }
}

impl Rows {
    fn of(episodes: &[Episode], tool: Tool) -> Self {
        let mut rows = Self::default();
        for sitting in episodes.iter().flat_map(|e| &e.sittings).filter(|s| s.tool == tool) {
            rows.rows += 1;
            let place = match &sitting.flaw {
                None => &mut rows.usable,
                Some(Flaw::Incomplete(_)) => &mut rows.incomplete,
                Some(Flaw::OutOfRange(..)) => &mut rows.out_of_range,
                Some(Flaw::NoDate) => &mut rows.no_date,
                Some(Flaw::AfterExtract(_)) => &mut rows.after_extract,
                Some(Flaw::BeforeReferral(_)) => &mut rows.before_referral,
                Some(Flaw::UnknownEpisode(_)) => &mut rows.unknown_episode,
                Some(Flaw::MergedIds(_)) => &mut rows.merged_ids,
                Some(Flaw::Twice) => {
                    rows.rows += 1;
                    rows.repeated_row += 1;
                    &mut rows.usable
                }
                Some(Flaw::Conflicting(_)) => {
                    rows.rows += 1;
                    rows.conflicting_rows += 1;
                    &mut rows.conflicting_rows
                }
            };
            *place += 1;
        }
        rows
    }
}
