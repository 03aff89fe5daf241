//! Which episode a row belongs to, and episodes whose room is used again.

use jiff::civil::Date;

use super::row::Row;
use crate::caseload::{Episode, Recorded};

/// Empties an episode and keeps its room; its forms are overwritten one by one.
pub(super) fn clear(episode: &mut Episode) {
    let Episode {
        id,
        programme,
        practice,
        worker,
        referred,
        source,
        reasons,
        accepted,
        first_contact,
        attended_contacts,
        closed,
        end_reason,
        holds,
        contacts,
        assessments: _,
        needs,
        onward_links,
        outcomes,
    } = episode;
    id.clear();
    for text in [programme, practice, worker] {
        *text = Recorded::Missing;
    }
    for date in [referred, first_contact, closed] {
        *date = Recorded::Missing;
    }
    *source = Recorded::Missing;
    *accepted = Recorded::Missing;
    *attended_contacts = Recorded::Missing;
    *end_reason = Recorded::Missing;
    *contacts = Recorded::Missing;
    *reasons = Recorded::Missing;
    *needs = Recorded::Missing;
    *onward_links = Recorded::Missing;
    *outcomes = Recorded::Missing;
    holds.clear();
}

/// The episode whose time, from its referral to the next, holds the date.
pub(super) fn running_on(episodes: &[Episode], date: Option<Date>) -> Option<usize> {
    let date = date?;
    let mut latest: Option<(Date, usize)> = None;
    let mut tied = false;
    for (place, episode) in episodes.iter().enumerate() {
        let referred = *episode.referred.value()?;
        if referred > date || latest.is_some_and(|(latest, _)| latest > referred) {
            continue;
        }
        tied = latest.is_some_and(|(latest, _)| latest == referred);
        latest = Some((referred, place));
    }
    latest.filter(|_| !tied).map(|(_, place)| place)
}

/// The episode a row names: by its id, or by the programme and the date of the referral.
///
/// Two programmes may give one id to two people, and even one person has an episode with each.
pub(super) fn episode_id(row: &Row<'_>) -> Option<String> {
    let text = |at: Option<usize>| at.and_then(|at| row.filled_at(at)).map(String::from_utf8_lossy);
    if let Some(id) = text(row.plan.episode) {
        return Some(id.into_owned());
    }
    let referred = row.plan.referred.and_then(|at| row.needed_date(at).ok());
    match (text(row.plan.programme), referred) {
        (Some(programme), Some(date)) => Some(format!("{programme} {date}")),
        (Some(programme), None) => Some(programme.into_owned()),
        (None, date) => date.map(|date| date.to_string()),
    }
}
