//! Releases looked at together: what one may give away of the others.

use core::fmt::{self, Debug};

use super::chain::Chain;
use super::{DisclosureError, Profile, Published, Tables};

/// A cell of one of several releases, or of what lies between two of them. It is printed with the
/// number of the release, the oldest of which is release 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InRelease<K> {
    /// As it is in a release, by the release's place; the oldest has 0.
    Of(usize, K),
    /// The people by whom the counts of two releases differ, the older release first.
    Between(usize, usize, K),
}

impl<K: Debug> fmt::Display for InRelease<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(release, cell) => write!(f, "{cell:?} (in release {})", release + 1),
            Self::Between(earlier, later, cell) => {
                let [earlier, later] = [earlier, later].map(|release| release + 1);
                write!(
                    f,
                    "{cell:?} (by how many it differs between releases {earlier} and {later})"
                )
            }
        }
    }
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
    /// a release and every small difference has two possible values at least, and one of the newest
    /// release the whole range that the rule calls small wherever hiding more achieves that. Of a count
    /// for which that cannot be found, the same holds against who does not guess. A zero that an earlier
    /// release hid may stay hidden. Tables with the counts of the last release are published like it.
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
    /// count follows from the earlier releases alone, and if no other value of one is found. Several
    /// quarters of a caseload are protected; a release may be refused where counts went up and down
    /// again and again.
    pub fn protect_after(
        &self,
        profile: &Profile,
        earlier: &[(&Self, &Published<K>)],
    ) -> Result<Published<K>, DisclosureError> {
        let mut chain = Chain::new(*profile);
        for (tables, published) in earlier {
            chain.add(tables, published);
        }
        chain
            .publish(self.clone())
            .map_err(|cell| DisclosureError::CannotBeProtected { cell: cell.to_string() })
    }

    /// The small counts that follow from all releases together: those of each release, and
    /// differences between two of them.
    ///
    /// `later` is what was published of these tables, after `earlier`. A count is left out only if other
    /// counts of all releases are at hand that would have been published alike, so every count that
    /// follows is among these. The search for others is not exhaustive: one among these may have
    /// another value that was not found.
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
        let mut chain = Chain::new(later.profile);
        for (tables, published) in earlier.iter().copied().chain([(self, later)]) {
            chain.add(tables, published);
        }
        chain.bare()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_printed_with_its_release() {
        for (cell, words) in [
            (InRelease::Of(0, "West"), "\"West\" (in release 1)"),
            (
                InRelease::Between(0, 2, "West"),
                "\"West\" (by how many it differs between releases 1 and 3)",
            ),
        ] {
            assert_eq!(cell.to_string(), words);
        }
    }
}
