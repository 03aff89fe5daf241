//! Counts and the sums between them.

use core::fmt::Debug;
use std::collections::{BTreeMap, BTreeSet};

use super::DisclosureError;

/// Linked tables: cells with their true counts, and which cells add up to which.
///
/// A table is nothing but its sums: each row total is the sum of its row, each column total that of
/// its column, a subtotal of its part. Tables that share a cell are linked by using one key for it.
/// A complement that anybody can work out, such as those *not* paired, is a cell too, a
/// [withheld](Publication::Withheld) one.
///
/// ```
/// use clw_core::disclosure::{Profile, PublishedCount, Tables};
///
/// let mut tables = Tables::new();
/// for (cell, count) in [("North", 3), ("South", 12), ("West", 20), ("All", 35)] {
///     tables.insert(cell, count)?;
/// }
/// tables.sum("All", ["North", "South", "West"])?;
/// let published = tables.protect(&Profile::default())?;
/// let shown: Vec<_> = published.iter().map(|(_, count)| count.shown()).collect();
/// // By key: All, North, South, West. South would give North away.
/// assert_eq!(shown, [Some(35), None, None, Some(20)]);
/// # Ok::<(), clw_core::disclosure::DisclosureError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables<K> {
    pub(super) cells: BTreeMap<K, Cell>,
    pub(super) sums: BTreeSet<(K, Vec<K>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) count: u64,
    pub(super) publication: Publication,
}

impl Cell {
    /// Whether it is published at all, if only as a gap.
    pub(super) fn is_printed(self) -> bool {
        self.publication != Publication::Withheld
    }
}

/// Whether and where the count of a cell appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// It is to be published, unless it has to be hidden.
    Open,
    /// The same, and it is hidden after others, for all are counted from it: a grand total.
    Headline,
    /// It is public already and cannot be hidden any more.
    Known,
    /// It is not published, and must not follow from what is when it is small.
    Withheld,
}

impl<K> Default for Tables<K> {
    fn default() -> Self {
        Self { cells: BTreeMap::new(), sums: BTreeSet::new() }
    }
}

impl<K: Ord + Clone + Debug> Tables<K> {
    /// No tables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a cell that is to be published. A cell may be added again with the same count.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::TwoCounts`] if it was added with another count.
    pub fn insert(&mut self, cell: K, count: u64) -> Result<(), DisclosureError> {
        self.insert_as(cell, count, Publication::Open)
    }

    /// Adds a cell that is published in its own way; the first way given holds.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::TwoCounts`] if it was added with another count.
    pub fn insert_as(
        &mut self,
        cell: K,
        count: u64,
        publication: Publication,
    ) -> Result<(), DisclosureError> {
        match self.cells.get(&cell) {
            Some(held) if held.count != count => Err(DisclosureError::TwoCounts {
                cell: format!("{cell:?}"),
                held: held.count,
                given: count,
            }),
            Some(_) => Ok(()),
            None => {
                self.cells.insert(cell, Cell { count, publication });
                Ok(())
            }
        }
    }

    /// States that the cells `parts` add up to the cell `total`.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::UnknownCell`] if a cell was not added, and
    /// [`DisclosureError::DoesNotAddUp`] if the counts do not add up.
    pub fn sum(
        &mut self,
        total: K,
        parts: impl IntoIterator<Item = K>,
    ) -> Result<(), DisclosureError> {
        let mut parts: Vec<K> = parts.into_iter().collect();
        parts.sort();
        let mut added = 0;
        for part in &parts {
            added += u128::from(self.known(part)?);
        }
        let count = self.known(&total)?;
        if u128::from(count) != added {
            let total = format!("{total:?}");
            return Err(DisclosureError::DoesNotAddUp { total, count, parts: added });
        }
        self.sums.insert((total, parts));
        Ok(())
    }

    /// The true counts, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, u64)> {
        self.cells.iter().map(|(cell, of)| (cell, of.count))
    }

    /// The sums, each a total and its parts.
    pub fn sums(&self) -> impl Iterator<Item = (&K, &[K])> {
        self.sums.iter().map(|(total, parts)| (total, parts.as_slice()))
    }

    /// Whether a cell was added.
    #[must_use]
    pub fn contains(&self, cell: &K) -> bool {
        self.cells.contains_key(cell)
    }

    /// The true count of a cell that was added.
    #[must_use]
    pub fn count(&self, cell: &K) -> Option<u64> {
        self.cells.get(cell).map(|cell| cell.count)
    }

    fn known(&self, cell: &K) -> Result<u64, DisclosureError> {
        let unknown = || DisclosureError::UnknownCell { cell: format!("{cell:?}") };
        self.count(cell).ok_or_else(unknown)
    }
}
