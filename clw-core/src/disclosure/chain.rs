//! Releases published one after the other.

use core::fmt::Debug;
use std::collections::BTreeSet;

use super::joint::{Joint, Small};
use super::witnesses::{Stretch, Witness, Witnesses};
use super::{InRelease, Profile, Published, PublishedCount, Tables};

/// Releases that are public, with other counts of all of them for each small count.
pub(crate) struct Chain<K> {
    profile: Profile,
    joint: Joint<K>,
    public: Vec<(Tables<K>, Published<K>)>,
    small: Vec<Small>,
    witnesses: Vec<Witness>,
}

impl<K: Ord + Clone + Debug> Chain<K> {
    pub(crate) fn new(profile: Profile) -> Self {
        let joint = Joint::new();
        Self { profile, joint, public: Vec::new(), small: Vec::new(), witnesses: Vec::new() }
    }

    pub(crate) const fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What was published last, if it was of the same tables. After another release between them the
    /// same tables say something new: that those who came left again.
    pub(crate) fn published(&self, tables: &Tables<K>) -> Option<&Published<K>> {
        self.public.last().filter(|(of, _)| of == tables).map(|(_, published)| published)
    }

    /// Adds what is public already.
    pub(super) fn add(&mut self, tables: &Tables<K>, published: &Published<K>) {
        self.joint.push(tables, Some(published), &self.profile);
        self.small.extend(self.joint.small(&self.profile));
        let stretches = Stretch::each(&self.joint);
        let mut witnesses = Witnesses::new(&self.joint, &self.small, &stretches, false);
        witnesses.find(&self.witnesses);
        self.witnesses = witnesses.needed().0;
        self.public.push((tables.clone(), published.clone()));
    }

    /// The small counts of which no other value is found.
    pub(super) fn bare(&self) -> Vec<InRelease<K>> {
        let is_open =
            |small: &Small| self.witnesses.iter().any(|of| self.joint.changed(small, &of.by) != 0);
        let bare = self.small.iter().filter(|of| !is_open(of) && !self.joint.is_nobody(of));
        bare.filter_map(|of| self.joint.name(of)).collect()
    }

    /// Publishes the newest release; the count that cannot be protected otherwise.
    pub(crate) fn publish(&mut self, tables: Tables<K>) -> Result<Published<K>, InRelease<K>> {
        if let Some(published) = self.published(&tables) {
            return Ok(published.clone());
        }
        if self.public.is_empty() {
            let published = tables.hide(&self.profile).map_err(|cell| InRelease::Of(0, cell))?;
            self.add(&tables, &published);
            return Ok(published);
        }
        self.joint.push(&tables, None, &self.profile);
        let small: Vec<Small> =
            self.small.iter().copied().chain(self.joint.small(&self.profile)).collect();
        let stretches = Stretch::each(&self.joint);
        let mut witnesses = Witnesses::new(&self.joint, &small, &stretches, true);
        witnesses.find(&self.witnesses);
        let bare = witnesses.bare().find_map(|of| self.joint.name(of));
        if let Some(bare) = bare {
            self.joint.pop();
            return Err(bare);
        }
        let (witnesses, hidden) = witnesses.needed();
        let hidden = hidden.into_iter().filter_map(|place| self.joint.key(place));
        let hidden: BTreeSet<&K> = hidden.collect();
        let printed = tables.cells.iter().filter(|(_, cell)| cell.is_printed());
        let counts = printed.map(|(key, cell)| {
            let shown = PublishedCount::Shown(self.profile.rounded(cell.count));
            (key.clone(), if hidden.contains(key) { PublishedCount::Hidden } else { shown })
        });
        let published = Published { profile: self.profile, counts: counts.collect() };
        self.joint.publish(&published);
        (self.witnesses, self.small) = (witnesses, small);
        self.public.push((tables, published.clone()));
        Ok(published)
    }
}
