//! Whether classes whose counts are hidden could still be of any small number of people for who knows a
//! sum of their scores.

use crate::disclosure::Profile;

/// The pairs of a class: how many, and between which values a quantity of theirs lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class {
    hidden: bool,
    count: i128,
    lowest: i128,
    highest: i128,
}

impl Class {
    pub(super) const fn nobody(hidden: bool, value: i128) -> Self {
        Self { hidden, count: 0, lowest: value, highest: value }
    }

    pub(super) fn add(&mut self, pairs: u64, value: i128) {
        self.count += i128::from(pairs);
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
    }

    /// How far its count can lie from the true one for who knows the profile.
    fn room(&self, profile: &Profile) -> (i128, i128) {
        let [smallest, limit] = [profile.smallest_hidden(), profile.hide_up_to()].map(i128::from);
        if self.is_small(profile) {
            (smallest - self.count, limit - self.count)
        } else {
            (limit + 1 - self.count, i128::MAX)
        }
    }

    fn is_small(&self, profile: &Profile) -> bool {
        u64::try_from(self.count).is_ok_and(|count| profile.is_sensitive(count))
    }
}

/// Whether each small hidden class could have the smallest and the largest count that is hidden, others
/// making up for it, with the same total.
pub(super) fn leaves_open(classes: &[Class], total: i128, profile: &Profile) -> bool {
    let small = |(_, class): &(usize, &Class)| class.hidden && class.is_small(profile);
    classes.iter().enumerate().filter(small).all(|(place, class)| {
        let (below, above) = class.room(profile);
        [below, above].into_iter().all(|by| {
            by == 0
                || (0..classes.len())
                    .any(|first| fits(&moved(classes, place, by, first, profile), total))
        })
    })
}

/// The classes with one changed, others making up for it as far as they can, `first` before the rest.
fn moved(
    classes: &[Class],
    place: usize,
    by: i128,
    first: usize,
    profile: &Profile,
) -> Option<Vec<Class>> {
    let mut moved = classes.to_vec();
    moved.get_mut(place)?.count += by;
    let mut left = -by;
    for other in core::iter::once(first).chain((0..classes.len()).filter(|of| *of != first)) {
        let class = moved.get_mut(other)?;
        if other != place && class.hidden {
            let (below, above) = class.room(profile);
            let step = left.clamp(below.min(0), above.max(0));
            class.count += step;
            left -= step;
        }
    }
    (left == 0).then_some(moved)
}

/// Whether people of these classes can have this total.
fn fits(classes: &Option<Vec<Class>>, total: i128) -> bool {
    classes.as_ref().is_some_and(|classes| {
        let least: i128 = classes.iter().map(|class| class.count * class.lowest).sum();
        let most: i128 = classes.iter().map(|class| class.count * class.highest).sum();
        (least..=most).contains(&total)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(hidden: bool, count: i128, lowest: i128, highest: i128) -> Class {
        Class { hidden, count, lowest, highest }
    }

    /// Every way of dealing the hidden people out that who knows profile and total would find.
    fn possible(classes: &[Class], total: i128, place: usize) -> Vec<i128> {
        let profile = Profile::default();
        let hidden: Vec<usize> = (0..classes.len()).filter(|at| classes[*at].hidden).collect();
        let all: i128 = hidden.iter().map(|at| classes[*at].count).sum();
        let mut found = Vec::new();
        // The last one has what the others leave.
        let others = hidden.len().saturating_sub(1);
        let mut counts = vec![0; others];
        loop {
            let last = all - counts.iter().sum::<i128>();
            let mut dealt = classes.to_vec();
            let mut fair = true;
            for (at, count) in hidden.iter().zip(counts.iter().chain([&last])) {
                let (below, above) = classes[*at].room(&profile);
                fair &= (below..=above).contains(&(count - classes[*at].count));
                dealt[*at].count = *count;
            }
            if fair && fits(&Some(dealt.clone()), total) {
                found.push(dealt[place].count);
            }
            let Some(next) = counts.iter().position(|count| *count < all) else { break };
            counts[..next].fill(0);
            counts[next] += 1;
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_mean_over_stages_that_are_bands_gives_a_hidden_band_away() {
        // Stages 1 to 5; of stage 1 there are 3, of stage 2 twelve: their sum and the mean say so.
        let stages = [
            class(true, 3, 1, 1),
            class(true, 12, 2, 2),
            class(false, 20, 3, 3),
            class(false, 9, 4, 4),
        ];
        let total = 3 + 24 + 60 + 36;
        assert_eq!(possible(&stages, total, 0), [3]);
        assert!(!leaves_open(&stages, total, &Profile::default()));
    }

    #[test]
    fn a_mean_over_wide_bands_leaves_a_hidden_band_open() {
        let bands = [class(true, 3, 0, 9), class(true, 12, 10, 19), class(false, 20, 20, 29)];
        let total = 3 * 5 + 12 * 15 + 20 * 25;
        assert_eq!(possible(&bands, total, 0), [1, 2, 3, 4]);
        assert!(leaves_open(&bands, total, &Profile::default()));
        // At the end of their bands nobody can make up for another.
        let total = 12 * 10 + 20 * 20;
        assert!(!leaves_open(&bands, total, &Profile::default()));
    }

    /// What is called open is open: every small hidden class can be the smallest and the largest.
    #[test]
    fn what_is_called_open_is_open_to_who_tries_every_way() {
        let mut open = 0;
        for seed in 0_i128..200 {
            let number =
                |of: i128, most: i128| (seed * 7919 + of * 104_729).rem_euclid(9973) % most;
            let classes: Vec<Class> = (0..4)
                .map(|at| {
                    let lowest = number(at, 5);
                    let count = 1 + number(at + 10, 9);
                    let hidden = count <= 4 || number(at + 20, 2) == 0;
                    class(hidden, count, lowest, lowest + number(at + 30, 6))
                })
                .collect();
            let least: i128 = classes.iter().map(|of| of.count * of.lowest).sum();
            let most: i128 = classes.iter().map(|of| of.count * of.highest).sum();
            let total = least + number(50, most - least + 1);
            if !leaves_open(&classes, total, &Profile::default()) {
                continue;
            }
            open += 1;
            for (at, of) in classes.iter().enumerate() {
                if of.hidden && of.is_small(&Profile::default()) {
                    let counts = possible(&classes, total, at);
                    assert!(counts.contains(&1) && counts.contains(&4), "{classes:?}: {counts:?}");
                }
            }
        }
        assert!((50..200).contains(&open), "{open}");
    }
}
