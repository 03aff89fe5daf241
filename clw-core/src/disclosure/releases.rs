//! Releases looked at together: what one may give away of the others.

use core::fmt::Debug;

use super::stretches::Releases;
use super::{DisclosureError, Profile, Published, PublishedCount, Tables};

/// A cell of one of several releases, or of what lies between two of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InRelease<K> {
    /// As it is in a release, by the release's place; the oldest has 0.
    Of(usize, K),
    /// The people by whom the counts of two releases differ, the older release first.
    Between(usize, usize, K),
}

impl<K: Ord + Clone + Debug> Tables<K> {
    /// Like [`protect`](Self::protect), for tables of which earlier states are public.
    ///
    /// `earlier` are the true tables of each earlier release with what was published of them, the
    /// oldest first. Cells with one key are the same group at several times, or one group within
    /// another: by how many they differ is a count of people too. It is hidden when it is small, which
    /// hides the later count where the earlier one is shown. What was hidden before stays hidden from
    /// who holds all releases. That nobody came to a group may be seen.
    ///
    /// The attacker knows what is shown in every release, every sum, and of every group whether it grew or
    /// shrank; and guesses which of the gaps are small counts. Against this attacker every small count of
    /// a release and every small difference has two possible values at least. Where that cannot be, the
    /// same holds against who does not guess. Tables with the counts of an earlier release are published
    /// like it.
    ///
    /// ```
    /// use clw_core::disclosure::{Profile, PublishedCount, Tables};
    ///
    /// let quarter = |north, south| {
    ///     let mut tables = Tables::new();
    ///     for (cell, count) in [("North", north), ("South", south), ("All", north + south)] {
    ///         tables.insert(cell, count)?;
    ///     }
    ///     tables.sum("All", ["North", "South"])?;
    ///     Ok::<_, clw_core::disclosure::DisclosureError>(tables)
    /// };
    /// let profile = Profile::default();
    /// let (first, second) = (quarter(40, 60)?, quarter(42, 75)?);
    /// let published = first.protect(&profile)?;
    /// assert_eq!(published.hidden().count(), 0);
    /// // Two people came to North, and one release after the other would say so.
    /// assert_eq!(second.protect(&profile)?.hidden().count(), 0);
    /// let later = second.protect_after(&profile, &[(&first, &published)])?;
    /// assert_eq!(later.get(&"North"), Some(PublishedCount::Hidden));
    /// # Ok::<(), clw_core::disclosure::DisclosureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DisclosureError::CannotBeProtected`] as for [`protect`](Self::protect), also if a small
    /// count follows from the earlier releases alone, and if no other value is found of a count
    /// between many releases in quick succession.
    pub fn protect_after(
        &self,
        profile: &Profile,
        earlier: &[(&Self, &Published<K>)],
    ) -> Result<Published<K>, DisclosureError> {
        if earlier.is_empty() {
            return self.protect(profile);
        }
        if let Some((_, published)) = earlier.iter().rev().find(|(tables, _)| *tables == self) {
            return Ok(Published { profile: *profile, counts: published.counts.clone() });
        }
        let releases = Releases::new(profile, earlier, self);
        let hidden = releases
            .hide(profile)
            .map_err(|cell| DisclosureError::CannotBeProtected { cell: format!("{cell:?}") })?;
        let printed = self.cells.iter().filter(|(_, cell)| cell.is_printed());
        let counts = printed.map(|(key, cell)| {
            let shown = PublishedCount::Shown(profile.rounded(cell.count));
            (key.clone(), if hidden.contains(key) { PublishedCount::Hidden } else { shown })
        });
        Ok(Published { profile: *profile, counts: counts.collect() })
    }

    /// The small counts that follow from all releases together: those of each release, and
    /// differences between two of them.
    ///
    /// `later` is what was published of these tables, after `earlier`. A count of which no other value
    /// is found is taken to follow.
    ///
    /// ```
    /// use clw_core::disclosure::{InRelease, Profile, Tables};
    ///
    /// let (mut first, mut second) = (Tables::new(), Tables::new());
    /// first.insert("All", 40)?;
    /// second.insert("All", 41)?;
    /// let profile = Profile::default();
    /// let (earlier, later) = (first.protect(&profile)?, second.protect(&profile)?);
    /// let exposed = second.exposed_by_difference(&later, &[(&first, &earlier)]);
    /// assert_eq!(exposed, [InRelease::Between(0, 1, "All")]);
    /// # Ok::<(), clw_core::disclosure::DisclosureError>(())
    /// ```
    #[must_use]
    pub fn exposed_by_difference(
        &self,
        later: &Published<K>,
        earlier: &[(&Self, &Published<K>)],
    ) -> Vec<InRelease<K>> {
        Releases::new(&later.profile, earlier, self).exposed(&later.profile, later)
    }
}
