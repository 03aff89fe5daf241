//! Spoils some of the recorded questionnaires and closures, the way real records are spoilt.

use crate::journey::Contact;
use crate::people::Episode;
use crate::programme::{AS_OF, Day};
use crate::random::Draws;
use crate::wellbeing::{Flaw, Sitting, Tool};

/// Spoils sittings and closures; at most one thing is wrong with each.
pub(crate) fn spoil(draws: &mut Draws, episodes: &mut [Episode]) {
    leave_items_blank(draws, episodes);
    let mut order: Vec<usize> = (0..episodes.len()).collect();
    draws.shuffle(&mut order);
    for kind in KINDS {
        let mut left = kind.times;
        for at in &order {
            let Some(episode) = episodes.get_mut(*at) else { continue };
            if left > 0 && spoil_one(draws, episode, kind) {
                left -= 1;
            }
        }
    }
    close_too_early(draws, episodes, &order);
    mistype_contacts(episodes, &order);
}

/// A kind of flaw and how often it is wanted.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    times: u32,
    /// Only forms after an episode's first.
    later_only: bool,
}

const KINDS: [Kind; 9] = [
    Kind { name: "out-of-range", times: 7, later_only: false },
    Kind { name: "no-date", times: 9, later_only: false },
    Kind { name: "after-extract", times: 6, later_only: true },
    Kind { name: "before-referral", times: 10, later_only: true },
    Kind { name: "before-referral", times: 2, later_only: false },
    Kind { name: "unknown-episode", times: 4, later_only: false },
    Kind { name: "merged-ids", times: 1, later_only: true },
    Kind { name: "twice", times: 8, later_only: false },
    Kind { name: "conflicting", times: 6, later_only: false },
];

/// Spoils the first untouched SWEMWBS form of the episode that the kind fits; whether there was one.
fn spoil_one(draws: &mut Draws, episode: &mut Episode, kind: Kind) -> bool {
    // One spoilt form an episode keeps the truth readable.
    if episode.sittings.iter().any(|sitting| sitting.flaw.is_some()) {
        return false;
    }
    let skip = usize::from(kind.later_only);
    let referred = episode.referred;
    let form = episode.sittings.iter_mut().filter(|sitting| sitting.tool == Tool::Swemwbs);
    for sitting in form.skip(skip) {
        if let Some(flaw) = flaw(draws, sitting, referred, kind.name) {
            sitting.flaw = Some(flaw);
            return true;
        }
    }
    false
}

fn flaw(draws: &mut Draws, sitting: &Sitting, referred: Day, kind: &str) -> Option<Flaw> {
    match kind {
        "out-of-range" => {
            Some(Flaw::OutOfRange(usize::try_from(draws.below(7)).ok()?, draws.pick(&[6, 55, 0])))
        }
        "no-date" => Some(Flaw::NoDate),
        "after-extract" => Some(sitting.day + 365).filter(|d| *d > AS_OF).map(Flaw::AfterExtract),
        "before-referral" => {
            Some(sitting.day - 365).filter(|d| *d < referred).map(Flaw::BeforeReferral)
        }
        "unknown-episode" => Some(Flaw::UnknownEpisode(draws.pick(&["E9001", "E9002", "E9003"]))),
        "merged-ids" => Some(Flaw::MergedIds("P0101/P0102")),
        "twice" => Some(Flaw::Twice),
        _ => {
            let mut other = sitting.answers.clone();
            let item = other.get_mut(usize::try_from(draws.below(7)).ok()?)?;
            *item = if *item == 5 { 4 } else { *item + 1 };
            Some(Flaw::Conflicting(other))
        }
    }
}

/// Leaves one to three items blank on about one form in thirty.
fn leave_items_blank(draws: &mut Draws, episodes: &mut [Episode]) {
    for sitting in episodes.iter_mut().flat_map(|episode| &mut episode.sittings) {
        if draws.chance(0.033) {
            let items = u32::try_from(sitting.answers.len()).unwrap_or(0);
            let mut blank: Vec<usize> = (0..draws.between(1, 3))
                .filter_map(|_| usize::try_from(draws.below(items)).ok())
                .collect();
            blank.sort_unstable();
            blank.dedup();
            sitting.flaw = Some(Flaw::Incomplete(blank));
        }
    }
}

/// Moves some closures to before the last attended appointment.
fn close_too_early(draws: &mut Draws, episodes: &mut [Episode], order: &[usize]) {
    let mut left = 26;
    for at in order {
        let Some(episode) = episodes.get_mut(*at) else { continue };
        let journey = &mut episode.journey;
        let fits = episode.practice.contacts_listed && journey.end_reason != "deceased";
        if let ([.., _, last], true, true) = (journey.attended.as_slice(), fits, left > 0)
            && journey.closed.is_some()
        {
            journey.closed = Some(*last - draws.between(1, 8));
            left -= 1;
        }
    }
}

/// Types some attended contacts with a later year. Only in open episodes with appointments to spare,
/// so that nothing else depends on it.
fn mistype_contacts(episodes: &mut [Episode], order: &[usize]) {
    let mut left = 5;
    for at in order {
        let Some(episode) = episodes.get_mut(*at) else { continue };
        let journey = &mut episode.journey;
        if left == 0 || journey.closed.is_some() || !episode.practice.contacts_listed {
            continue;
        }
        let [_, _, _, _, wrong, _, ..] = journey.attended.as_slice() else { continue };
        let wrong = *wrong;
        let seen = |c: &&mut Contact| c.day == wrong && c.attendance == "seen";
        if let Some(contact) = journey.contacts.iter_mut().find(seen)
            && wrong + 365 > AS_OF
        {
            contact.day += 365;
            journey.attended.retain(|day| *day != wrong);
            left -= 1;
        }
    }
}
