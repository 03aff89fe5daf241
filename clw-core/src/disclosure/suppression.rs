//! Which counts are hidden, and the proof that it is enough.

use core::fmt::Debug;

use super::lookalikes::Lookalikes;
use super::problem::Problem;
use super::search::Search;
use super::{DisclosureError, Profile, Publication, Published, PublishedCount, Tables, Zeros};

impl<K: Ord + Clone + Debug> Tables<K> {
    /// Hides what the profile calls small, and what it takes to keep it hidden.
    ///
    /// What is promised of the result stands at the top of [this module](super). Equal tables give
    /// equal results, in whatever order their cells and sums were given.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::CannotBeProtected`] if a small count follows from what is
    /// [known](Publication::Known), or from the zeros that the profile shows.
    pub fn protect(&self, profile: &Profile) -> Result<Published<K>, DisclosureError> {
        self.hide(profile)
            .map_err(|cell| DisclosureError::CannotBeProtected { cell: format!("{cell:?}") })
    }

    /// The same, with the cell that cannot be protected.
    pub(crate) fn hide(&self, profile: &Profile) -> Result<Published<K>, K> {
        let mut problem = Problem::new(self, profile);
        let hidden = match solve(&mut problem) {
            Ok(hidden) => hidden,
            Err(place) => match self.cells.keys().nth(place) {
                Some(cell) => return Err(cell.clone()),
                None => vec![true; problem.len()],
            },
        };
        let cells = self.cells.iter().zip(hidden);
        let printed = cells.filter(|((_, cell), _)| cell.is_printed());
        let counts = printed.map(|((key, cell), hidden)| {
            let shown = PublishedCount::Shown(profile.rounded(cell.count));
            (key.clone(), if hidden { PublishedCount::Hidden } else { shown })
        });
        Ok(Published { profile: *profile, counts: counts.collect() })
    }

    /// The cells whose small count is shown, or follows from what is shown; none is what
    /// [`protect`](Self::protect) returns.
    ///
    /// Counts that are shown rounded are taken as if they were shown in full. A cell of the tables
    /// that was not published is taken as hidden.
    #[must_use]
    pub fn exposed(&self, published: &Published<K>) -> Vec<K> {
        let mut problem = Problem::new(self, &published.profile);
        if published.profile.zeros() == Zeros::Hidden {
            // Only for the zeros that no profile can hide.
            let _ = solve(&mut problem);
        }
        let shown = self.cells.iter().map(|(key, cell)| {
            cell.publication == Publication::Known
                || published.get(key).is_some_and(|count| count.shown().is_some())
        });
        let exposed = audit(&problem, &shown.collect::<Vec<_>>());
        self.cells
            .keys()
            .zip(exposed)
            .filter(|(_, exposed)| *exposed)
            .map(|(k, _)| k.clone())
            .collect()
    }
}

/// Whether each cell is hidden; the place of a cell that cannot be protected otherwise.
///
/// A zero that nothing can protect becomes known: it follows from the form of the tables, as that
/// of a month that has not come, and hiding it would protect nobody.
fn solve(problem: &mut Problem) -> Result<Vec<bool>, usize> {
    loop {
        let search = protected(problem);
        let bare = problem.sensitive().filter(|(place, _)| !search.is_used(*place));
        let (zeros, small): (Vec<usize>, Vec<usize>) =
            bare.map(|(place, _)| place).partition(|place| problem.place(*place).count == 0);
        match small.first() {
            Some(place) => return Err(*place),
            None if zeros.is_empty() => return Ok(hidden_by(problem, &search)),
            None => problem.make_known(&zeros),
        }
    }
}

fn protected(problem: &Problem) -> Search<'_> {
    let hidden = (0..problem.len()).map(|place| problem.place(place).starts_hidden).collect();
    let mut search = Search::new(problem, hidden);
    for (place, targets) in problem.sensitive() {
        for target in targets {
            search.protect(place, target);
        }
    }
    search
}

fn hidden_by(problem: &Problem, search: &Search<'_>) -> Vec<bool> {
    let needed = |place| problem.place(place).starts_hidden || search.is_used(place);
    let mut hidden: Vec<bool> = (0..problem.len()).map(needed).collect();
    for place in determined(problem, &hidden) {
        if let Some(slot) = hidden.get_mut(place) {
            *slot = false;
        }
    }
    hidden
}

/// The hidden counts that are not sensitive and that everybody can work out, zeros mostly: hiding them
/// would protect nothing.
pub(super) fn determined(problem: &Problem, hidden: &[bool]) -> Vec<usize> {
    let rooms = hidden.iter().enumerate().map(|(at, hidden)| problem.room(at, *hidden));
    let Some(tables) = Lookalikes::new(rooms.collect(), problem.sums()) else { return Vec::new() };
    let places = hidden.iter().enumerate().filter(|(_, hidden)| **hidden).map(|(place, _)| place);
    let known = places.filter(|place| problem.place(*place).targets.is_none());
    known.filter(|place| tables.is_determined(*place)).collect()
}

/// Whether each cell is sensitive and has one possible value only.
fn audit(problem: &Problem, shown: &[bool]) -> Vec<bool> {
    let mut search = Search::new(problem, shown.iter().map(|shown| !shown).collect());
    let mut exposed = vec![false; shown.len()];
    for (place, targets) in problem.sensitive() {
        let shown = shown.get(place).copied().unwrap_or(false);
        for target in targets {
            // Whatever stands in another table found has another possible value already.
            let _ = shown || search.is_used(place) || search.look(place, target);
        }
        if let Some(slot) = exposed.get_mut(place) {
            *slot = shown || !search.is_used(place);
        }
    }
    exposed
}
