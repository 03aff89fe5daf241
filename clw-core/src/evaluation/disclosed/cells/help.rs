//! The help that people had besides scores: episodes with a list, and what is on it.
//!
//! Entries of a list are not people, and yet few entries are of few people; so they are cells too, and
//! the episodes are linked with them by how many entries there are beyond the first of each episode.

use super::super::super::help::{
    HelpCounts, ListCounts, NeedCounts, OnwardCounts, OutcomeCounts, Uptake,
};
use super::super::keys::{Entry, HelpList, Key, Listed, Step, Whose};
use super::{Added, Cells};
use crate::pairing::{Counted, FlowBox};

impl Cells<'_> {
    pub(super) fn add_help(&mut self, counts: &HelpCounts) -> Added {
        self.add_needs(&counts.needs)?;
        self.add_onward(&counts.onward)?;
        self.add_outcomes(&counts.outcomes)
    }

    fn add_list(&mut self, list: HelpList, counts: ListCounts) -> Added {
        let key = |of| Key::Listed(list, of);
        let ListCounts { with_any, with_none, not_kept } = counts;
        let all = counts.kept().saturating_add(not_kept);
        self.open(key(Listed::All), all)?;
        self.open(key(Listed::Kept), counts.kept())?;
        self.withheld(key(Listed::NotKept), not_kept)?;
        self.sum(key(Listed::All), [key(Listed::Kept), key(Listed::NotKept)])?;
        self.open(key(Listed::WithAny), with_any)?;
        self.withheld(key(Listed::WithNone), with_none)?;
        self.sum(key(Listed::Kept), [key(Listed::WithAny), key(Listed::WithNone)])?;
        let seen = Whose::all(0).step(Step::In(FlowBox::Seen));
        for (whole, part, rest) in [
            (Key::Episodes, key(Listed::All), key(Listed::Others)),
            (key(Listed::All), seen, key(Listed::Unseen)),
        ] {
            self.add_rest(whole, part, rest)?;
        }
        Ok(())
    }

    /// Links a whole with a part of it by what is left, where something is.
    pub(super) fn add_rest(&mut self, whole: Key, part: Key, rest: Key) -> Added {
        let counts = self.tables.count(&whole).zip(self.tables.count(&part));
        if let Some(left) = counts.and_then(|(whole, part)| whole.checked_sub(part)) {
            self.withheld(rest.clone(), left)?;
            self.sum(whole, [part, rest])?;
        }
        Ok(())
    }

    fn add_needs(&mut self, counts: &NeedCounts) -> Added {
        let list = HelpList::Needs;
        self.add_list(list, counts.episodes)?;
        self.add_special(list, counts.with_unmet)?;
        let entry = |reason, of| Key::Entries(list, reason, of);
        let mut all = [0_u64; 3];
        for (reason, tally) in &counts.by_reason {
            let tally = [tally.met, tally.unmet, tally.not_known];
            self.open(entry(Some(*reason), Entry::All), tally.iter().sum())?;
            let parts = KINDS.into_iter().zip(tally);
            let parts = parts.map(|(of, count)| (entry(Some(*reason), of), count));
            self.parts(entry(Some(*reason), Entry::All), parts.collect::<Vec<_>>())?;
            all.iter_mut().zip(tally).for_each(|(all, count)| *all += count);
        }
        self.open(entry(None, Entry::All), all.iter().sum())?;
        let parts = KINDS.into_iter().zip(all).map(|(of, count)| (entry(None, of), count));
        self.parts(entry(None, Entry::All), parts.collect::<Vec<_>>())?;
        for of in KINDS.into_iter().chain([Entry::All]) {
            let parts = counts.by_reason.keys().map(|reason| entry(Some(*reason), of));
            self.sum(entry(None, of), parts.collect::<Vec<_>>())?;
        }
        let with_any = Key::Listed(list, Listed::WithAny);
        self.add_rest(entry(None, Entry::All), with_any, entry(None, Entry::More))?;
        let special = Key::Listed(list, Listed::WithSpecial);
        self.add_rest(entry(None, Entry::Unmet), special, entry(None, Entry::MoreSpecial))
    }

    /// Episodes with an entry of one sort, of those with entries.
    fn add_special(&mut self, list: HelpList, count: u64) -> Added {
        let key = |of| Key::Listed(list, of);
        self.open(key(Listed::WithSpecial), count)?;
        let rest = key(Listed::WithoutSpecial);
        self.add_rest(key(Listed::WithAny), key(Listed::WithSpecial), rest)
    }

    fn add_onward(&mut self, counts: &OnwardCounts) -> Added {
        let list = HelpList::Onward;
        self.add_list(list, counts.episodes)?;
        self.add_special(list, counts.with_taken_up)?;
        let entry = |of| Key::Entries(list, None, of);
        let uptake = counts.uptake();
        self.open(entry(Entry::All), uptake.iter().map(|(_, count)| count).sum())?;
        let parts = Uptake::ALL.iter().map(|of| (Key::Uptake(*of), uptake.get(*of)));
        self.parts(entry(Entry::All), parts.collect::<Vec<_>>())?;
        for of in Uptake::ALL {
            let statuses =
                counts.by_status.iter().filter(|(status, _)| Uptake::of(**status) == *of);
            let mut parts = Vec::new();
            for (status, links) in statuses {
                self.open(Key::Status(*status), *links)?;
                parts.push(Key::Status(*status));
            }
            if *of == Uptake::NotKnown {
                let absent = [counts.status_not_known, counts.status_not_recorded];
                for (place, links) in absent.into_iter().enumerate() {
                    self.withheld(Key::NoStatus(place), links)?;
                    parts.push(Key::NoStatus(place));
                }
            }
            self.sum(Key::Uptake(*of), parts)?;
        }
        let with_any = Key::Listed(list, Listed::WithAny);
        self.add_rest(entry(Entry::All), with_any, entry(Entry::More))?;
        let special = Key::Listed(list, Listed::WithSpecial);
        self.add_rest(Key::Uptake(Uptake::TakenUp), special, entry(Entry::MoreSpecial))
    }

    fn add_outcomes(&mut self, counts: &OutcomeCounts) -> Added {
        let list = HelpList::Outcomes;
        self.add_list(list, counts.episodes)?;
        let (key, entry) = (|of| Key::Listed(list, of), |of| Key::Entries(list, None, of));
        for (reason, with) in &counts.by_reason {
            self.open(key(Listed::WithKind(*reason)), *with)?;
            let rest = key(Listed::WithoutKind(*reason));
            self.add_rest(key(Listed::WithAny), key(Listed::WithKind(*reason)), rest)?;
        }
        self.open(entry(Entry::All), counts.outcomes)?;
        self.open(entry(Entry::WithValue), counts.with_value)?;
        let without = entry(Entry::WithoutValue);
        self.add_rest(entry(Entry::All), entry(Entry::WithValue), without)?;
        self.withheld(entry(Entry::Kinds), counts.by_reason.values().sum())?;
        let kinds = counts.by_reason.keys().map(|reason| key(Listed::WithKind(*reason)));
        self.sum(entry(Entry::Kinds), kinds.collect::<Vec<_>>())?;
        self.add_rest(entry(Entry::Kinds), key(Listed::WithAny), entry(Entry::MoreKinds))?;
        self.add_rest(entry(Entry::All), entry(Entry::Kinds), entry(Entry::Repeated))?;
        self.add_rest(entry(Entry::All), key(Listed::WithAny), entry(Entry::More))
    }
}

const KINDS: [Entry; 3] = [Entry::Met, Entry::Unmet, Entry::NotKnown];
