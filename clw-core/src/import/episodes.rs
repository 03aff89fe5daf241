//! Which episode a row belongs to, and episodes whose room is used again.

use jiff::civil::Date;

use super::forms::FormReader;
use super::row::Row;
use crate::caseload::{Episode, Recorded};

/// Empties an episode and keeps its room.
pub(super) fn clear(episode: &mut Episode, forms: &mut FormReader<'_>) {
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
        assessments,
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
    reasons.clear();
    holds.clear();
    needs.clear();
    onward_links.clear();
    outcomes.clear();
    assessments.drain(..).for_each(|form| forms.recycle(form));
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

/// The episode a row names: by its id, or by the date of the referral.
pub(super) fn episode_id(row: &Row<'_>) -> Option<String> {
    if let Some(id) = row.plan.episode.and_then(|at| row.filled_at(at)) {
        return Some(String::from_utf8_lossy(id).into_owned());
    }
    row.needed_date(row.plan.referred?).ok().map(|date| date.to_string())
}
