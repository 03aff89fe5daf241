//! What the records must hold besides scores: fields, issues, needs, onward links and outcomes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::extras::Extras;
use crate::people::{Episode, Person};
use crate::programme::AS_OF;

/// The part of `truth.json` that does not hang on a measure.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Records {
    /// By field: values, not known, not applicable, missing.
    fields: BTreeMap<&'static str, [usize; 4]>,
    /// By issue: how often it was made, of how often it could have been.
    issues: BTreeMap<&'static str, [usize; 2]>,
    needs: Needs,
    onward: Onward,
    outcomes: Outcomes,
}

/// Needs, over the episodes of people seen.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Needs {
    episodes: usize,
    with_any: usize,
    with_unmet: usize,
    /// Met, not met, and not known or not recorded.
    by_reason: BTreeMap<&'static str, [usize; 3]>,
}

/// Referrals onward, over the same.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Onward {
    episodes: usize,
    with_any: usize,
    with_taken_up: usize,
    by_status: BTreeMap<&'static str, usize>,
    not_known: usize,
    not_recorded: usize,
}

/// Tangible outcomes, over the same.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Outcomes {
    episodes: usize,
    with_any: usize,
    /// Episodes with an outcome of the kind.
    by_reason: BTreeMap<&'static str, usize>,
    outcomes: usize,
    with_value: usize,
    value_pence: i64,
}

fn seen(episode: &Episode) -> bool {
    episode.journey.accepted && !episode.journey.attended.is_empty()
}

impl Records {
    pub(crate) fn of(people: &[Person], episodes: &[Episode], extras: &Extras) -> Self {
        Self {
            fields: fields(people, episodes),
            issues: issues(people, episodes),
            needs: Needs::of(episodes, extras),
            onward: Onward::of(episodes, extras),
            outcomes: Outcomes::of(episodes, extras),
        }
    }
}

fn fields(people: &[Person], episodes: &[Episode]) -> BTreeMap<&'static str, [usize; 4]> {
    let all = people.len();
    let placed = people.iter().filter(|person| person.decile.is_some()).count();
    let source = |code| episodes.iter().filter(|episode| episode.source == code).count();
    let (not_known, missing) = (source("not known"), source(""));
    let came = episodes.iter().filter(|episode| seen(episode)).count();
    let listed =
        episodes.iter().filter(|episode| seen(episode) && episode.practice.contacts_listed).count();
    let others = episodes.len() - came;
    BTreeMap::from([
        ("age", [all, 0, 0, 0]),
        ("gender", [all, 0, 0, 0]),
        ("simd", [placed, all - placed, 0, 0]),
        ("referral-date", [episodes.len(), 0, 0, 0]),
        ("referral-source", [episodes.len() - not_known - missing, not_known, 0, missing]),
        ("referral-reason", [episodes.len(), 0, 0, 0]),
        ("first-meeting", [came, 0, others, 0]),
        ("repeat-contacts", [listed, came - listed, others, 0]),
        ("onward-referral", [came, 0, others, 0]),
    ])
}

fn issues(people: &[Person], episodes: &[Episode]) -> BTreeMap<&'static str, [usize; 2]> {
    let came = || episodes.iter().filter(|episode| seen(episode));
    let listed = || episodes.iter().filter(|episode| episode.practice.contacts_listed);
    let contacts = || listed().flat_map(|episode| &episode.journey.contacts);
    let attended = || contacts().filter(|contact| contact.attendance == "seen");
    let closed = || episodes.iter().filter(|episode| episode.journey.closed.is_some());
    let early = |episode: &&Episode| {
        let last = episode.journey.attended.last();
        last.is_some_and(|last| episode.journey.closed.is_some_and(|closed| closed < *last))
    };
    let several = episodes.len() - people.len();
    BTreeMap::from([
        ("episodes-overlap", [0, several]),
        ("referred-twice-on-one-day", [0, several]),
        (
            "contacts-not-known",
            [came().filter(|e| !e.practice.contacts_listed).count(), came().count()],
        ),
        ("contact-after-closure", [closed().filter(early).count(), closed().count()]),
        ("end-reason-not-recorded", [0, closed().count()]),
        (
            "attended-after-as-of",
            [attended().filter(|contact| contact.day > AS_OF).count(), attended().count()],
        ),
    ])
}

impl Needs {
    fn of(episodes: &[Episode], extras: &Extras) -> Self {
        let mut all = Self::default();
        for (_, needs) in episodes.iter().zip(&extras.needs).filter(|(e, _)| seen(e)) {
            all.episodes += 1;
            all.with_any += usize::from(!needs.is_empty());
            all.with_unmet += usize::from(needs.iter().any(|need| need.met == "no"));
            for need in needs {
                let [met, unmet, not_known] = all.by_reason.entry(need.reason).or_default();
                *(match need.met {
                    "yes" => met,
                    "no" => unmet,
                    _ => not_known,
                }) += 1;
            }
        }
        all
    }
}

impl Onward {
    fn of(episodes: &[Episode], extras: &Extras) -> Self {
        let mut all = Self::default();
        for (_, links) in episodes.iter().zip(&extras.links).filter(|(e, _)| seen(e)) {
            all.episodes += 1;
            all.with_any += usize::from(!links.is_empty());
            let taken_up = ["attended-once", "engaged", "completed"];
            let any = links.iter().any(|link| taken_up.contains(&link.status));
            all.with_taken_up += usize::from(any);
            for link in links {
                *(match link.status {
                    "unknown" => &mut all.not_known,
                    "" => &mut all.not_recorded,
                    status => all.by_status.entry(status).or_default(),
                }) += 1;
            }
        }
        all
    }
}

impl Outcomes {
    fn of(episodes: &[Episode], extras: &Extras) -> Self {
        let mut all = Self::default();
        for (_, outcomes) in episodes.iter().zip(&extras.outcomes).filter(|(e, _)| seen(e)) {
            all.episodes += 1;
            all.with_any += usize::from(!outcomes.is_empty());
            all.outcomes += outcomes.len();
            let mut kinds: Vec<&'static str> = outcomes.iter().map(|of| of.reason).collect();
            kinds.sort_unstable();
            kinds.dedup();
            for kind in kinds {
                *all.by_reason.entry(kind).or_default() += 1;
            }
            for pounds in outcomes.iter().filter_map(|outcome| outcome.pounds) {
                all.with_value += 1;
                all.value_pence += 100 * i64::from(pounds);
            }
        }
        all
    }
}
