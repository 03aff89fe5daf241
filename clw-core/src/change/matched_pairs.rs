//! Two columns of scores, each with whose they are, put together into pairs.

use core::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PairCounts, PairCountsError, Sitting};
use crate::instrument::{Points, Scale};

/// The forms of one sitting: row `i` of both columns is one form, in any order of rows.
#[derive(Debug, Clone, Copy)]
pub struct SittingColumns<'a, Id> {
    /// Whose form it is. White space around an id does not count; an id of nothing else is blank.
    pub ids: &'a [Option<Id>],
    /// The score in points, blank where the form has none.
    pub points: &'a [Option<i32>],
}

/// What became of the forms of one sitting: `rows` is the sum of the other four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MatchedRows {
    /// All of them.
    pub rows: u64,
    /// Those in a pair.
    pub matched: u64,
    /// Those with a score whose person has none at the other sitting.
    pub only_at_this_sitting: u64,
    /// Those without an id.
    pub without_id: u64,
    /// Those with an id and no score.
    pub without_score: u64,
}

/// Pairs of the scores that two sittings have for the same ids, and what became of every form.
///
/// A form that has no partner is counted, not refused: people who come once are the finding of many
/// an evaluation. An id that a sitting has twice is refused, since which of the two forms counts is a
/// decision that has to be made, such as "the first" at baseline and "the last" at follow-up.
///
/// ```
/// use clw_core::change::{MatchedPairs, SittingColumns};
/// use clw_core::instrument::catalogue;
///
/// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
/// let before = [(Some("a"), Some(1798)), (Some("b"), Some(1925)), (None, Some(2154))];
/// let after = [(Some("c"), Some(2073)), (Some("b "), Some(2154)), (Some("a"), None)];
/// let (ids, points): (Vec<_>, Vec<_>) = before.into_iter().unzip();
/// let baseline = SittingColumns { ids: &ids, points: &points };
/// let (ids, points): (Vec<_>, Vec<_>) = after.into_iter().unzip();
/// let follow_up = SittingColumns { ids: &ids, points: &points };
///
/// let matched = MatchedPairs::of(wellbeing.scale(), &baseline, &follow_up)?;
/// assert_eq!(matched.pairs.n(), 1);
/// assert_eq!((matched.baseline.only_at_this_sitting, matched.baseline.without_id), (1, 1));
/// assert_eq!((matched.follow_up.only_at_this_sitting, matched.follow_up.without_score), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MatchedPairs {
    /// The pairs.
    pub pairs: PairCounts,
    /// The forms at baseline.
    pub baseline: MatchedRows,
    /// The forms at follow-up.
    pub follow_up: MatchedRows,
}

impl MatchedPairs {
    /// Puts the forms of two sittings together by their ids, compared as texts.
    ///
    /// The order of rows has no effect. It takes time in n log n of the rows.
    ///
    /// # Errors
    /// When the columns of a sitting differ in length, a sitting has an id twice, a score is off the
    /// scale, or there are more pairs than a table holds. Of several such rows the first is named.
    pub fn of<Id: AsRef<str>>(
        scale: Scale,
        baseline: &SittingColumns<'_, Id>,
        follow_up: &SittingColumns<'_, Id>,
    ) -> Result<Self, MatchedPairsError> {
        let first = Forms::of(&scale, Sitting::Baseline, baseline)?;
        let second = Forms::of(&scale, Sitting::FollowUp, follow_up)?;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut others = second.forms.iter().peekable();
        for form in &first.forms {
            while others.next_if(|other| other.order(form).is_lt()).is_some() {}
            if let Some(other) = others.next_if(|other| other.order(form).is_eq())
                && let (Some(one), Some(other)) = (form.points, other.points)
            {
                before.push(one);
                after.push(other);
            }
        }
        let pairs = PairCounts::count_steps(scale, &before, &after)?;
        let (baseline, follow_up) = (first.account(pairs.n()), second.account(pairs.n()));
        Ok(Self { pairs, baseline, follow_up })
    }
}

/// One form with an id.
struct Form<'a> {
    /// A hash of the id: comparing it settles almost every comparison without a look at the text.
    hash: u64,
    id: &'a str,
    row: usize,
    points: Option<i32>,
}

impl Form<'_> {
    fn order(&self, other: &Self) -> Ordering {
        self.hash.cmp(&other.hash).then_with(|| self.id.cmp(other.id))
    }
}

/// The forms of a sitting that have an id, in an order by it.
struct Forms<'a> {
    rows: usize,
    forms: Vec<Form<'a>>,
}

impl<'a> Forms<'a> {
    fn of<Id: AsRef<str>>(
        scale: &Scale,
        sitting: Sitting,
        columns: &SittingColumns<'a, Id>,
    ) -> Result<Self, MatchedPairsError> {
        let &SittingColumns { ids, points } = columns;
        if ids.len() != points.len() {
            let (ids, points) = (ids.len(), points.len());
            return Err(MatchedPairsError::UnequalColumns { sitting, ids, points });
        }
        let off = |&(_, points): &(usize, Points)| !scale.contains(points);
        let given = points.iter().enumerate();
        let mut given = given.filter_map(|(row, points)| points.map(|of| (row, Points(of))));
        if let Some((row, points)) = given.find(off) {
            let (row, scale) = (Some(row), *scale);
            return Err(PairCountsError::OffScale { row, sitting, points, scale }.into());
        }
        let rows = ids.iter().zip(points).enumerate();
        let form = |(row, (id, &points)): (usize, (&'a Option<Id>, &Option<i32>))| {
            let id = id.as_ref()?.as_ref().trim();
            (!id.is_empty()).then(|| Form { hash: hash(id), id, row, points })
        };
        let mut forms: Vec<_> = rows.filter_map(form).collect();
        forms.sort_unstable_by(|one, other| one.order(other).then(one.row.cmp(&other.row)));
        let neighbours = forms.iter().zip(forms.iter().skip(1));
        let twice = neighbours.filter(|(one, next)| one.order(next).is_eq());
        if let Some((one, next)) = twice.min_by_key(|(_, next)| next.row) {
            let id = one.id.to_owned();
            return Err(MatchedPairsError::IdTwice { sitting, id, rows: [one.row, next.row] });
        }
        Ok(Self { rows: ids.len(), forms })
    }

    fn account(&self, matched: u64) -> MatchedRows {
        let (rows, with_id) = (self.rows as u64, self.forms.len() as u64);
        let scored = self.forms.iter().filter(|form| form.points.is_some()).count() as u64;
        MatchedRows {
            rows,
            matched,
            only_at_this_sitting: scored - matched,
            without_id: rows - with_id,
            without_score: with_id - scored,
        }
    }
}

/// The 64-bit hash FNV-1a of an id. Nothing that is printed depends on it.
fn hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Why forms are not put together into pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchedPairsError {
    /// The columns of a sitting are not of one length.
    UnequalColumns {
        /// The sitting.
        sitting: Sitting,
        /// Rows in its column of ids.
        ids: usize,
        /// Rows in its column of scores.
        points: usize,
    },
    /// A sitting has an id twice.
    IdTwice {
        /// The sitting.
        sitting: Sitting,
        /// The id.
        id: String,
        /// Its first two rows, counted from 0.
        rows: [usize; 2],
    },
    /// The scores cannot be counted.
    PairCounts(PairCountsError),
}

impl MatchedPairsError {
    /// The stable name of the error, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnequalColumns { .. } => "unequal-columns",
            Self::IdTwice { .. } => "id-twice",
            Self::PairCounts(error) => error.code(),
        }
    }
}

impl fmt::Display for MatchedPairsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnequalColumns { sitting, ids, points } => write!(
                f,
                "the {sitting} sitting has {ids} ids and {points} scores; give one of both for \
                 each form, blank where it has none"
            ),
            Self::IdTwice { sitting, id, rows: [first, second] } => write!(
                f,
                "row {second}: the {sitting} sitting has {id:?} twice, first in row {first}; keep \
                 one form of each person, such as the first at baseline and the last at follow-up"
            ),
            Self::PairCounts(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for MatchedPairsError {}

impl From<PairCountsError> for MatchedPairsError {
    fn from(error: PairCountsError) -> Self {
        Self::PairCounts(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Direction;

    const RAW: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(7),
        highest: Points(35),
    };

    type Rows<'a> = &'a [(&'a str, i32)];

    /// The forms of two sittings, where -1 is a blank score.
    fn matched(baseline: Rows<'_>, follow_up: Rows<'_>) -> Result<MatchedPairs, MatchedPairsError> {
        let columns = |rows: Rows<'_>| -> (Vec<Option<String>>, Vec<Option<i32>>) {
            let cell = |&(id, points): &(&str, i32)| {
                ((id != "-").then(|| id.to_owned()), (points != -1).then_some(points))
            };
            rows.iter().map(cell).unzip()
        };
        let ((before, first), (after, second)) = (columns(baseline), columns(follow_up));
        let baseline = SittingColumns { ids: &before, points: &first };
        MatchedPairs::of(RAW, &baseline, &SittingColumns { ids: &after, points: &second })
    }

    fn account(rows: &MatchedRows) -> [u64; 5] {
        let &MatchedRows { rows, matched, only_at_this_sitting, without_id, without_score } = rows;
        [rows, matched, only_at_this_sitting, without_id, without_score]
    }

    #[test]
    fn every_form_is_in_a_pair_or_counted_by_why_it_is_not() {
        let before = [("b", 8), ("a", 9), ("-", 10), (" ", 11), ("c", -1), ("d", 12), ("e", 13)];
        let after = [(" a ", 20), ("c", 21), ("b", 22), ("f", -1), ("e", -1)];
        let found = matched(&before, &after).unwrap();
        let cells: Vec<_> = found.pairs.cells().map(|c| (c.baseline.0, c.follow_up.0)).collect();
        assert_eq!(cells, [(8, 22), (9, 20)]);
        assert_eq!(account(&found.baseline), [7, 2, 2, 2, 1]);
        assert_eq!(account(&found.follow_up), [5, 2, 1, 0, 2]);
        let (mut before, mut after) = (before, after);
        before.reverse();
        after.reverse();
        assert_eq!(matched(&before, &after), Ok(found));
    }

    #[test]
    fn nobody_at_one_sitting_or_at_both_is_an_account_too() {
        for (before, after, n) in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 1)] {
            let form: Rows<'_> = &[("a", 8)];
            let found = matched(&form[..before], &form[..after]).unwrap();
            let rows = (found.baseline.rows, found.follow_up.rows);
            assert_eq!((found.pairs.n(), rows), (n, (before as u64, after as u64)));
        }
    }

    #[test]
    fn refusals_state_the_fact_the_limit_and_the_remedy() {
        let ids = [Some("a")];
        let short = SittingColumns { ids: &ids, points: &[] };
        let rows = [
            (
                MatchedPairs::of(RAW, &short, &short),
                "unequal-columns",
                "the baseline sitting has 1 ids and 0 scores; give one of both for each form, \
                 blank where it has none",
            ),
            (
                matched(&[], &[("z", 8), ("b", 8), ("a", 8), ("b ", -1), ("z", 8)]),
                "id-twice",
                "row 3: the follow-up sitting has \"b\" twice, first in row 1; keep one form of \
                 each person, such as the first at baseline and the last at follow-up",
            ),
            (
                matched(&[("a", 8), ("b", 36)], &[]),
                "score-off-scale",
                "row 1: the baseline score is 36 points, outside 7..=35; score the answers with \
                 the measure whose scale the table has",
            ),
        ];
        for (found, code, message) in rows {
            let error = found.unwrap_err();
            assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        }
    }
}
