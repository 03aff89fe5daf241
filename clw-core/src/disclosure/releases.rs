//! Two releases looked at together: what one may give away of the other.

use core::fmt::Debug;

use super::{DisclosureError, Profile, Publication, Published, Tables};

/// A cell of one of two releases, or of what lies between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InRelease<K> {
    /// As it was published before.
    Earlier(K),
    /// As it is to be published now.
    Later(K),
    /// The people by whom the two counts differ.
    Between(K),
}

impl<K: Ord + Clone + Debug> Tables<K> {
    /// Like [`protect`](Self::protect), for tables of which an earlier state is public.
    ///
    /// Cells of both with one key are the same group at two times, or one group within another: by
    /// how many they differ is a count of people too. It is hidden when it is small, which hides
    /// the later count where the earlier one is shown. What was hidden before stays hidden from who
    /// holds both releases.
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
    /// let later = second.protect_after(&profile, &first, &published)?;
    /// assert_eq!(later.get(&"North"), Some(PublishedCount::Hidden));
    /// # Ok::<(), clw_core::disclosure::DisclosureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DisclosureError::CannotBeProtected`] as for [`protect`](Self::protect), also if a small
    /// count of the earlier release follows from it alone.
    pub fn protect_after(
        &self,
        profile: &Profile,
        earlier: &Self,
        published: &Published<K>,
    ) -> Result<Published<K>, DisclosureError> {
        let together = self.together_with(earlier, published)?.protect(profile)?;
        let later = together.counts.into_iter().filter_map(|(cell, count)| match cell {
            InRelease::Later(cell) => Some((cell, count)),
            InRelease::Earlier(_) | InRelease::Between(_) => None,
        });
        Ok(Published { profile: *profile, counts: later.collect() })
    }

    /// The small counts that follow from two releases together: those of either release, and
    /// differences between them.
    ///
    /// `later` is what was published of these tables.
    ///
    /// ```
    /// use clw_core::disclosure::{InRelease, Profile, Tables};
    ///
    /// let (mut first, mut second) = (Tables::new(), Tables::new());
    /// first.insert("All", 40)?;
    /// second.insert("All", 41)?;
    /// let profile = Profile::default();
    /// let (earlier, later) = (first.protect(&profile)?, second.protect(&profile)?);
    /// let exposed = second.exposed_by_difference(&later, &first, &earlier)?;
    /// assert_eq!(exposed, [InRelease::Between("All")]);
    /// # Ok::<(), clw_core::disclosure::DisclosureError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None that tables which were published can cause: [`DisclosureError::DoesNotAddUp`] and the
    /// like would say that their sums were not checked.
    pub fn exposed_by_difference(
        &self,
        later: &Published<K>,
        earlier: &Self,
        published: &Published<K>,
    ) -> Result<Vec<InRelease<K>>, DisclosureError> {
        let together = self.together_with(earlier, published)?;
        let counts =
            later.counts.iter().map(|(cell, count)| (InRelease::Later(cell.clone()), *count));
        let view = Published { profile: later.profile, counts: counts.collect() };
        Ok(together.exposed(&view))
    }

    /// Both releases and the differences between them as one system.
    fn together_with(
        &self,
        earlier: &Self,
        published: &Published<K>,
    ) -> Result<Tables<InRelease<K>>, DisclosureError> {
        let mut tables = Tables::new();
        for (key, cell) in &earlier.cells {
            let shown = published.get(key).is_some_and(|count| count.shown().is_some());
            let publication = if shown { Publication::Known } else { Publication::Withheld };
            tables.insert_as(InRelease::Earlier(key.clone()), cell.count, publication)?;
        }
        for (key, cell) in &self.cells {
            tables.insert_as(InRelease::Later(key.clone()), cell.count, cell.publication)?;
        }
        for (of, state) in [(earlier, InRelease::Earlier as fn(K) -> _), (self, InRelease::Later)] {
            for (total, parts) in &of.sums {
                tables.sum(state(total.clone()), parts.iter().cloned().map(state))?;
            }
        }
        for (key, cell) in &self.cells {
            let Some(before) = earlier.cells.get(key) else { continue };
            let between = InRelease::Between(key.clone());
            let (earlier, later) = (InRelease::Earlier(key.clone()), InRelease::Later(key.clone()));
            let difference = cell.count.abs_diff(before.count);
            tables.insert_as(between.clone(), difference, Publication::Withheld)?;
            let (more, fewer) =
                if cell.count < before.count { (earlier, later) } else { (later, earlier) };
            tables.sum(more, [fewer, between])?;
        }
        Ok(tables)
    }
}
