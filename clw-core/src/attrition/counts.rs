//! What is counted of those due with a baseline, apart from the pairs themselves.

use serde::{Deserialize, Serialize};

use super::{AttritionCountsError, ScoreCounts};
use crate::OrderedMap;
use crate::instrument::{Points, Scale};

/// Whether a person due with a baseline has a follow-up that makes a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUp {
    /// There is a pair.
    Paired,
    /// There is none.
    Unpaired,
}

/// How many of some people have a pair, and how many have none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PairedUnpaired {
    /// Those with a pair.
    pub paired: u64,
    /// Those without.
    pub unpaired: u64,
}

impl PairedUnpaired {
    const fn add(&mut self, follow_up: FollowUp) {
        let slot = match follow_up {
            FollowUp::Paired => &mut self.paired,
            FollowUp::Unpaired => &mut self.unpaired,
        };
        *slot = slot.saturating_add(1);
    }

    const fn merge(&mut self, other: Self) {
        self.paired = self.paired.saturating_add(other.paired);
        self.unpaired = self.unpaired.saturating_add(other.unpaired);
    }
}

/// How many people of each level of one trait have a pair. Whoever's level is not recorded is a level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelCounts {
    /// The trait, in words.
    pub name: String,
    /// The people of each level.
    pub levels: OrderedMap<String, PairedUnpaired>,
}

impl LevelCounts {
    /// The people of all levels, never overflowing.
    pub(super) fn totals(&self) -> PairedUnpaired {
        let mut totals = PairedUnpaired::default();
        self.levels.values().for_each(|level| totals.merge(*level));
        totals
    }
}

/// The integers a comparison of paired and unpaired rests on, beside the table of pairs.
///
/// It holds nobody's row, and counts of the same scale and traits add.
///
/// ```
/// use clw_core::attrition::{AttritionCounts, FollowUp};
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(10),
/// };
/// let mut counts = AttritionCounts::new(scale, ["gender"]);
/// counts.add(Points(4), FollowUp::Unpaired, &["woman"])?;
/// counts.add(Points(5), FollowUp::Paired, &["not recorded"])?;
/// assert_eq!(counts.unpaired().n(), 1);
/// assert_eq!(counts.traits()[0].levels.len(), 2);
/// # Ok::<(), clw_core::attrition::AttritionCountsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttritionCounts {
    unpaired: ScoreCounts,
    traits: Vec<LevelCounts>,
}

impl AttritionCounts {
    /// Nobody counted yet, on a scale and by the traits of these names.
    #[must_use]
    pub fn new<'a>(scale: Scale, traits: impl IntoIterator<Item = &'a str>) -> Self {
        let of_trait =
            |name: &str| LevelCounts { name: name.to_owned(), levels: OrderedMap::new() };
        Self {
            unpaired: ScoreCounts::new(scale),
            traits: traits.into_iter().map(of_trait).collect(),
        }
    }

    /// Counts made elsewhere: the baselines of those without a pair, and the levels of each trait.
    pub(crate) const fn from_parts(unpaired: ScoreCounts, traits: Vec<LevelCounts>) -> Self {
        Self { unpaired, traits }
    }

    /// Counts one person due with a baseline, by their level of each trait, in the order of the traits.
    ///
    /// # Errors
    /// When there are not as many levels as traits, or the baseline of an unpaired person is refused.
    /// The counts are then as they were.
    pub fn add(
        &mut self,
        baseline: Points,
        follow_up: FollowUp,
        levels: &[&str],
    ) -> Result<(), AttritionCountsError> {
        if levels.len() != self.traits.len() {
            let (traits, levels) = (self.traits.len(), levels.len());
            return Err(AttritionCountsError::NotOneLevelEach { traits, levels });
        }
        if follow_up == FollowUp::Unpaired {
            self.unpaired.add(baseline, 1)?;
        }
        for (of_trait, level) in self.traits.iter_mut().zip(levels) {
            match of_trait.levels.get_mut(*level) {
                Some(people) => people.add(follow_up),
                None => of_trait.levels.entry((*level).to_owned()).or_default().add(follow_up),
            }
        }
        Ok(())
    }

    /// Adds the counts of other people.
    ///
    /// # Errors
    /// When the scales or traits differ, or the sum is too large. The counts are then as they were.
    pub fn merge(&mut self, other: &Self) -> Result<(), AttritionCountsError> {
        if self.names() != other.names() {
            let (left, right) = (self.names(), other.names());
            return Err(AttritionCountsError::DifferentTraits { left, right });
        }
        self.unpaired.merge(&other.unpaired)?;
        for (own, others) in self.traits.iter_mut().zip(&other.traits) {
            for (level, people) in &others.levels {
                own.levels.entry(level.clone()).or_default().merge(*people);
            }
        }
        Ok(())
    }

    fn names(&self) -> Vec<String> {
        self.traits.iter().map(|of_trait| of_trait.name.clone()).collect()
    }

    /// The baseline scores of those without a pair.
    #[must_use]
    pub const fn unpaired(&self) -> &ScoreCounts {
        &self.unpaired
    }

    /// The levels of each trait.
    #[must_use]
    pub fn traits(&self) -> &[LevelCounts] {
        &self.traits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Direction;

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };

    type Person = (i32, FollowUp, [&'static str; 2]);

    fn counts(people: &[Person]) -> AttritionCounts {
        let mut counts = AttritionCounts::new(SCALE, ["gender", "age band"]);
        for (baseline, follow_up, levels) in people {
            counts.add(Points(*baseline), *follow_up, levels).unwrap();
        }
        counts
    }

    #[test]
    fn counts_of_parts_add_to_those_of_the_whole() {
        let people: [Person; 4] = [
            (3, FollowUp::Paired, ["woman", "65+"]),
            (4, FollowUp::Unpaired, ["man", "65+"]),
            (0, FollowUp::Unpaired, ["woman", "not recorded"]),
            (10, FollowUp::Paired, ["man", "16-64"]),
        ];
        let mut parts = counts(&people[2..]);
        parts.merge(&counts(&people[..2])).unwrap();
        assert_eq!(parts, counts(&people));
        let json = serde_json::to_string(&parts).unwrap();
        assert_eq!(serde_json::from_str::<AttritionCounts>(&json).unwrap(), parts);
        assert_eq!(parts.traits()[0].totals(), PairedUnpaired { paired: 2, unpaired: 2 });
    }

    #[test]
    fn what_is_refused_leaves_the_counts_as_they_were() {
        let before = counts(&[(3, FollowUp::Paired, ["woman", "65+"])]);
        let mut after = before.clone();
        let short = after.add(Points(3), FollowUp::Paired, &["woman"]).unwrap_err();
        assert_eq!(short.code(), "not-one-level-each");
        assert!(after.add(Points(11), FollowUp::Unpaired, &["woman", "65+"]).is_err());
        assert!(after.merge(&AttritionCounts::new(SCALE, ["gender"])).is_err());
        assert_eq!(after, before);
    }
}
