//! Which levels of a trait are published on their own, and which are taken together.
//!
//! One level of two people would hide a whole trait: its complement is hidden with it, and a difference
//! between the paired and the unpaired takes the counts of all levels. So levels of few people are taken
//! together, as *other levels*:
//!
//! 1. Every level whose paired, unpaired or both together are few under the profile, or that an earlier
//!    release took together with others: on its own, its name would say that it was few then.
//! 2. After these the levels of the fewest people, in the order of their names where they are as many,
//!    until the counts of *other levels* do not say what its small counts are, nor the order in which
//!    levels were added.
//!
//! Where that would leave no level on its own, nothing is taken together. What is taken together is
//! named, and its sums are cells like all others, linked with those of the levels: what other tables show
//! of a level is reckoned with.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Evaluation;
use super::keys::{Part, Whose};
use super::leaves;
use crate::attrition::{LevelCounts, PairedUnpaired};
use crate::completion::GroupBy;
use crate::disclosure::Profile;

type Level<'c> = (&'c str, PairedUnpaired);

/// The levels that were taken together so far, by the place of the measure and the trait.
#[derive(Debug, Clone, Default)]
pub(super) struct Pooled(BTreeMap<(usize, GroupBy), BTreeSet<String>>);

impl Pooled {
    /// With those that a release takes together.
    pub(super) fn and(&self, release: &Evaluation, profile: &Profile) -> Self {
        let mut pooled = self.clone();
        let traits = &release.plan().plan().attrition.traits;
        for (place, counts) in release.counts.measures.iter().enumerate() {
            for (by, of) in traits.iter().zip(counts.attrition.traits()) {
                if leaves(*by, release) {
                    let levels = Levels::of(of, profile, self.of(place, *by));
                    let names = levels.together.iter().map(|(name, _)| (*name).to_owned());
                    pooled.0.entry((place, *by)).or_default().extend(names);
                }
            }
        }
        pooled
    }

    pub(super) fn of(&self, place: usize, by: GroupBy) -> Option<&BTreeSet<String>> {
        self.0.get(&(place, by))
    }
}

/// The levels of a trait as they are published.
#[derive(Debug, PartialEq)]
pub(super) struct Levels<'c> {
    /// Each on its own, by name.
    pub(super) alone: Vec<Level<'c>>,
    /// Those taken together, by name; none, or two at least.
    pub(super) together: Vec<Level<'c>>,
}

impl<'c> Levels<'c> {
    /// `pooled` were taken together before.
    pub(super) fn of(
        counts: &'c LevelCounts,
        profile: &Profile,
        pooled: Option<&BTreeSet<String>>,
    ) -> Self {
        let levels = || counts.levels.iter().map(|(name, of)| (name.as_str(), *of));
        Self::taken_together(levels(), profile, pooled)
            .unwrap_or_else(|| Self { alone: levels().collect(), together: Vec::new() })
    }

    /// `None` where no level is of few people, or too few levels are not.
    fn taken_together(
        levels: impl Iterator<Item = Level<'c>>,
        profile: &Profile,
        pooled: Option<&BTreeSet<String>>,
    ) -> Option<Self> {
        let few = |(name, of): &Level<'c>| {
            let was = pooled.is_some_and(|pooled| pooled.contains(*name));
            was || kinds(of).iter().any(|n| profile.is_sensitive(*n))
        };
        let (few, mut alone): (Vec<Level<'c>>, Vec<Level<'c>>) = levels.partition(few);
        if few.is_empty() {
            return None;
        }
        // The fewest people last.
        alone.sort_by_key(|(name, of)| (core::cmp::Reverse(due(of)), core::cmp::Reverse(*name)));
        let mut added: Vec<Level<'c>> = Vec::new();
        while !says_little(&few, &added, alone.last(), profile) {
            added.push(alone.pop()?);
        }
        let mut together = [few, added].concat();
        for levels in [&mut alone, &mut together] {
            levels.sort_by_key(|(name, _)| *name);
        }
        // A name alone cannot be taken together with nobody.
        (!alone.is_empty() && together.len() > 1).then_some(Self { alone, together })
    }

    /// Whose counts those of the levels taken together are.
    pub(super) fn whose_together(&self, place: usize, by: GroupBy) -> Option<Whose> {
        let names = self.together.iter().map(|(name, _)| (*name).to_owned()).collect();
        let some = !self.together.is_empty();
        some.then(|| Whose::of(place, Part::Levels(by, names)))
    }

    /// The sums of those taken together.
    pub(super) fn sums(&self) -> PairedUnpaired {
        let sum = |part: fn(&PairedUnpaired) -> u64| {
            self.together.iter().fold(0, |sum: u64, (_, of)| sum.saturating_add(part(of)))
        };
        PairedUnpaired { paired: sum(|of| of.paired), unpaired: sum(|of| of.unpaired) }
    }
}

const fn due(of: &PairedUnpaired) -> u64 {
    of.paired.saturating_add(of.unpaired)
}

const fn kinds(of: &PairedUnpaired) -> [u64; 3] {
    [of.paired, of.unpaired, due(of)]
}

/// Whether the sums of these levels leave open what their small counts are, whoever knows the rule.
fn says_little(
    few: &[Level<'_>],
    added: &[Level<'_>],
    next: Option<&Level<'_>>,
    profile: &Profile,
) -> bool {
    let together = || few.iter().chain(added);
    let hidden = (0..3).all(|kind| {
        let counts = together().filter_map(|(_, of)| kinds(of).get(kind).copied());
        leaves_open(&counts.collect::<Vec<_>>(), profile)
    });
    // Each that was added has no more people than the next one: where all of the few are few together,
    // that is not to say that they are more than one each.
    let all_few = few.iter().all(|(_, of)| profile.is_sensitive(due(of)));
    let no_more_than = next.map_or(0, |(_, of)| due(of));
    let sum = |levels: &[Level<'_>]| levels.iter().map(|(_, of)| due(of)).sum::<u64>();
    let fewest = few.len() as u64 * profile.smallest_hidden().max(1);
    let most = sum(added).saturating_add(sum(few)).saturating_sub(fewest);
    hidden
        && (added.is_empty() || !all_few || most <= no_more_than.saturating_mul(added.len() as u64))
}

/// Whether each small count can be anything that the profile calls small, while the sum stays as it is.
fn leaves_open(counts: &[u64], profile: &Profile) -> bool {
    let (least, limit) = (profile.smallest_hidden(), profile.hide_up_to());
    let down = |count: u64| match count {
        count if profile.is_sensitive(count) => count - least,
        count => count.saturating_sub(limit + 1),
    };
    let up = |count: u64| match count {
        count if profile.is_sensitive(count) => limit - count,
        0 => 0,
        _ => limit,
    };
    let others = |own: u64, room: &dyn Fn(u64) -> u64| {
        counts.iter().fold(0, |sum: u64, count| sum.saturating_add(room(*count))) - room(own)
    };
    counts
        .iter()
        .filter(|count| profile.is_sensitive(**count))
        .all(|&count| others(count, &up) >= count - least && others(count, &down) >= limit - count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels a, b, c, … and which of them are taken together.
    fn together(counts: &[(u64, u64)]) -> String {
        let names = ('a'..='z').map(String::from);
        let levels =
            names.zip(counts.iter().map(|&(paired, unpaired)| PairedUnpaired { paired, unpaired }));
        let counts = LevelCounts { name: "trait".to_owned(), levels: levels.collect() };
        let levels = Levels::of(&counts, &Profile::default(), None);
        assert_eq!(levels.alone.len() + levels.together.len(), counts.levels.len());
        levels.together.iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn few_people_are_taken_together_with_the_next_fewest() {
        for (counts, expected) in [
            (&[][..], ""),
            (&[(3, 2)], ""),
            (&[(40, 30), (50, 60)], ""),
            // Nobody left to be compared with.
            (&[(3, 2), (40, 30)], ""),
            (&[(3, 2), (40, 30), (50, 60)], "ab"),
            (&[(50, 60), (3, 2), (70, 90), (40, 30)], "bd"),
            // Zeros are shown.
            (&[(0, 30), (50, 0), (70, 90)], ""),
            // One and four are five: either could be anything from 1 to 4.
            (&[(1, 9), (4, 9), (50, 60), (70, 90)], "ab"),
            // Three and three are six, and neither can be one.
            (&[(3, 20), (3, 30), (40, 40), (50, 60), (70, 90)], "abc"),
            // 43 in both, and no more than 40 in the one that was added: the three could not be one.
            (&[(1, 2), (20, 20), (20, 20), (50, 60), (70, 90)], "abc"),
            (&[(1, 2), (20, 20), (20, 22), (50, 60), (70, 90)], "ab"),
        ] {
            assert_eq!(together(counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn what_was_taken_together_stays_so() {
        let level = |name: &str, paired| (name.to_owned(), PairedUnpaired { paired, unpaired: 30 });
        let of = |a, b, c| LevelCounts {
            name: "trait".to_owned(),
            levels: [level("a", a), level("b", b), level("c", c)].into(),
        };
        let profile = Profile::default();
        let names = |levels: &Levels<'_>| -> Vec<String> {
            levels.together.iter().map(|(name, _)| (*name).to_owned()).collect()
        };
        let (few, many) = (of(2, 20, 40), of(6, 20, 40));
        let before = names(&Levels::of(&few, &profile, None));
        assert_eq!(before, ["a", "b"]);
        assert!(names(&Levels::of(&many, &profile, None)).is_empty());
        let pooled = before.iter().cloned().collect();
        assert_eq!(names(&Levels::of(&many, &profile, Some(&pooled))), before);
        // Of those taken together one is left, and of one nothing can be taken together.
        let mut gone = many;
        gone.levels.remove("b");
        assert!(names(&Levels::of(&gone, &profile, Some(&pooled))).is_empty());
    }

    #[test]
    fn a_sum_that_says_what_a_small_count_is_does_not_leave_it_open() {
        for (counts, open) in [
            (&[][..], true),
            (&[30, 8], true),
            (&[2], false),
            (&[1, 3], false),
            (&[1, 4], true),
            (&[3, 3], false),
            (&[1, 7], false),
            (&[1, 8], true),
            (&[4, 5], true),
            (&[2, 2, 2], true),
            (&[2, 0], false),
        ] {
            assert_eq!(leaves_open(counts, &Profile::default()), open, "{counts:?}");
        }
    }
}
