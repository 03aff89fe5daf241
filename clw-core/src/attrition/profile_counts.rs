//! People of one profile together: what a model of who is followed up is fitted to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AttritionCountsError;
use crate::instrument::{Points, Scale};

/// How many people of each profile have a pair, and the exact sums of their changes.
///
/// A profile is a baseline score and one level of each trait. Like a table of pairs the counts add,
/// and their number does not grow with that of the people; with many traits a profile may be of one
/// person, so they stay where the records are.
///
/// ```
/// use clw_core::attrition::ProfileCounts;
/// use clw_core::instrument::{Direction, Points, Scale};
///
/// let scale = Scale {
///     direction: Direction::HigherIsBetter,
///     steps_per_unit: 1,
///     lowest: Points(0),
///     highest: Points(10),
/// };
/// let mut profiles = ProfileCounts::new(scale, ["gender"]);
/// profiles.add(Points(4), Some(Points(6)), &["woman"])?;
/// profiles.add(Points(4), None, &["woman"])?;
/// let (_, cell) = profiles.cells().next().unwrap();
/// assert_eq!((cell.paired, cell.unpaired, cell.change_steps), (1, 1, 2));
/// # Ok::<(), clw_core::attrition::AttritionCountsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct ProfileCounts {
    scale: Scale,
    traits: Vec<String>,
    cells: BTreeMap<Profile, ProfileCell>,
    people: u64,
}

crate::coded::deserialize_checked!(ProfileCounts, Wire);

/// A baseline score and one level of each trait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// The baseline score, in steps.
    pub baseline_steps: i32,
    /// The levels, in the order of the traits.
    pub levels: Vec<String>,
}

/// The people of one profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProfileCell {
    /// Those with a pair.
    pub paired: u64,
    /// Those without.
    pub unpaired: u64,
    /// Those with a pair whose score got better, by any amount.
    pub improved: u64,
    /// Σ (follow-up − baseline) of the pairs, in steps.
    pub change_steps: i64,
    /// Σ (follow-up − baseline)² of the pairs, in squared steps.
    pub change_steps_squared: u64,
}

impl ProfileCell {
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            paired: self.paired.checked_add(other.paired)?,
            unpaired: self.unpaired.checked_add(other.unpaired)?,
            improved: self.improved.checked_add(other.improved)?,
            change_steps: self.change_steps.checked_add(other.change_steps)?,
            change_steps_squared: self
                .change_steps_squared
                .checked_add(other.change_steps_squared)?,
        })
    }

    const fn people(self) -> u64 {
        self.paired.saturating_add(self.unpaired)
    }
}

impl ProfileCounts {
    /// Nobody counted yet, on a scale and by the traits of these names.
    #[must_use]
    pub fn new<'a>(scale: Scale, traits: impl IntoIterator<Item = &'a str>) -> Self {
        let traits = traits.into_iter().map(str::to_owned).collect();
        Self { scale, traits, cells: BTreeMap::new(), people: 0 }
    }

    /// Counts one person due with a baseline, with their follow-up where they have a pair, by their
    /// level of each trait in the order of the traits.
    ///
    /// # Errors
    /// When a score is off the scale, the scale has no steps, there are not as many levels as traits or
    /// the sums of a profile are full. The counts are then as they were.
    pub fn add(
        &mut self,
        baseline: Points,
        follow_up: Option<Points>,
        levels: &[&str],
    ) -> Result<(), AttritionCountsError> {
        let scale = self.scale;
        let off = |points: &Points| !scale.contains(*points);
        if let Some(points) = [Some(baseline), follow_up].into_iter().flatten().find(off) {
            return Err(AttritionCountsError::OffScale { points, scale });
        }
        let cell = match follow_up {
            None => ProfileCell { unpaired: 1, ..ProfileCell::default() },
            Some(follow_up) => {
                let change = i64::from(follow_up.0) - i64::from(baseline.0);
                ProfileCell {
                    paired: 1,
                    unpaired: 0,
                    improved: u64::from(scale.direction.gain(baseline, follow_up) > 0),
                    change_steps: change,
                    change_steps_squared: change.unsigned_abs() * change.unsigned_abs(),
                }
            }
        };
        let levels = levels.iter().map(|level| (*level).to_owned()).collect();
        self.add_cell(Profile { baseline_steps: baseline.0, levels }, cell)
    }

    fn add_cell(
        &mut self,
        profile: Profile,
        cell: ProfileCell,
    ) -> Result<(), AttritionCountsError> {
        if self.scale.steps_per_unit == 0 {
            return Err(AttritionCountsError::NoSteps);
        }
        if profile.levels.len() != self.traits.len() {
            let (traits, levels) = (self.traits.len(), profile.levels.len());
            return Err(AttritionCountsError::NotOneLevelEach { traits, levels });
        }
        let people = self.people.checked_add(cell.people());
        let people = people.filter(|people| *people <= super::ScoreCounts::MAX_PEOPLE);
        let held = self.cells.get(&profile).copied().unwrap_or_default();
        let Some((sum, people)) = held.plus(cell).zip(people) else {
            let (held, more) = (self.people, cell.people());
            return Err(AttritionCountsError::TooManyPeople { held, more });
        };
        self.cells.insert(profile, sum);
        self.people = people;
        Ok(())
    }

    /// Adds the counts of other people.
    ///
    /// # Errors
    /// When the scales or traits differ, or the sum is too large. The counts are then as they were.
    pub fn merge(&mut self, other: &Self) -> Result<(), AttritionCountsError> {
        if self.scale != other.scale {
            let (left, right) = (self.scale, other.scale);
            return Err(AttritionCountsError::DifferentScales { left, right });
        }
        if self.traits != other.traits {
            let (left, right) = (self.traits.clone(), other.traits.clone());
            return Err(AttritionCountsError::DifferentTraits { left, right });
        }
        let mut merged = self.clone();
        for (profile, cell) in &other.cells {
            merged.add_cell(profile.clone(), *cell)?;
        }
        *self = merged;
        Ok(())
    }

    /// The scale.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.scale
    }

    /// The names of the traits.
    #[must_use]
    pub fn traits(&self) -> &[String] {
        &self.traits
    }

    /// The profiles that occur, in order, with their people.
    pub fn cells(&self) -> impl Iterator<Item = (&Profile, &ProfileCell)> {
        self.cells.iter()
    }
}

/// The JSON form: scale, traits, then `[profile, people]` in order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    scale: Scale,
    traits: Vec<String>,
    cells: Vec<(Profile, ProfileCell)>,
}

impl From<ProfileCounts> for Wire {
    fn from(counts: ProfileCounts) -> Self {
        let ProfileCounts { scale, traits, cells, .. } = counts;
        Self { scale, traits, cells: cells.into_iter().collect() }
    }
}

impl TryFrom<Wire> for ProfileCounts {
    type Error = AttritionCountsError;

    fn try_from(wire: Wire) -> Result<Self, AttritionCountsError> {
        let mut counts = Self::new(wire.scale, wire.traits.iter().map(String::as_str));
        for (index, (profile, cell)) in wire.cells.into_iter().enumerate() {
            let points = Points(profile.baseline_steps);
            if !counts.scale.contains(points) {
                return Err(AttritionCountsError::OffScale { points, scale: counts.scale });
            }
            let last = counts.cells.last_key_value().map(|(profile, _)| profile);
            if last >= Some(&profile) || !cell.can_be() {
                return Err(AttritionCountsError::ProfileOutOfOrder { index });
            }
            counts.add_cell(profile, cell)?;
        }
        Ok(counts)
    }
}

impl ProfileCell {
    /// Whether there are people whose sums these are: Σx² ≥ (Σx)²/n, and 0 where n is.
    fn can_be(self) -> bool {
        let sum = u128::from(self.change_steps.unsigned_abs());
        let squares = u128::from(self.paired) * u128::from(self.change_steps_squared);
        let sums = squares.checked_sub(sum * sum).is_some();
        let nobody = self.paired == 0 && self.change_steps_squared > 0;
        self.people() > 0 && self.improved <= self.paired && sums && !nobody
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Direction;

    const SCALE: Scale = Scale {
        direction: Direction::LowerIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(27),
    };

    fn counts(people: &[(i32, Option<i32>, &str)]) -> ProfileCounts {
        let mut counts = ProfileCounts::new(SCALE, ["gender"]);
        for &(baseline, follow_up, level) in people {
            counts.add(Points(baseline), follow_up.map(Points), &[level]).unwrap();
        }
        counts
    }

    #[test]
    fn sums_are_exact_add_and_improve_in_the_better_direction() {
        let people = [(9, Some(4), "woman"), (9, None, "woman"), (9, Some(12), "woman")];
        let mut parts = counts(&people[..1]);
        parts.merge(&counts(&people[1..])).unwrap();
        assert_eq!(parts, counts(&people));
        let cell = ProfileCell {
            paired: 2,
            unpaired: 1,
            improved: 1,
            change_steps: -2,
            change_steps_squared: 34,
        };
        assert_eq!(parts.cells().map(|(_, cell)| *cell).collect::<Vec<_>>(), [cell]);
    }

    #[test]
    fn what_is_read_is_checked() {
        let json = serde_json::to_string(&counts(&[(9, Some(4), "woman")])).unwrap();
        assert_eq!(
            serde_json::from_str::<ProfileCounts>(&json).unwrap(),
            counts(&[(9, Some(4), "woman")])
        );
        for (held, edited) in [
            (r#""improved":1"#, r#""improved":2"#),
            (r#""change-steps-squared":25"#, r#""change-steps-squared":24"#),
            (r#""paired":1"#, r#""paired":0"#),
            (r#"["woman"]"#, "[]"),
            (r#""baseline-steps":9"#, r#""baseline-steps":28"#),
        ] {
            assert!(json.contains(held), "{json}");
            let edited = json.replace(held, edited);
            assert!(serde_json::from_str::<ProfileCounts>(&edited).is_err(), "{edited}");
        }
    }

    #[test]
    fn what_is_refused_leaves_the_counts_as_they_were() {
        let before = counts(&[(9, Some(4), "woman")]);
        let mut after = before.clone();
        assert!(after.add(Points(9), Some(Points(28)), &["woman"]).is_err());
        assert!(after.add(Points(9), None, &[]).is_err());
        assert!(after.merge(&ProfileCounts::new(SCALE, [])).is_err());
        assert_eq!(after, before);
    }

    /// The limit is that of everybody: profiles that are each within it would make sums that are not.
    #[test]
    fn profiles_together_hold_no_more_people_than_are_counted_exactly() {
        let most = crate::attrition::ScoreCounts::MAX_PEOPLE;
        let json =
            serde_json::to_string(&counts(&[(9, None, "woman"), (10, None, "man")])).unwrap();
        let full = json.replacen(r#""unpaired":1"#, &format!(r#""unpaired":{}"#, most - 1), 1);
        assert!(serde_json::from_str::<ProfileCounts>(&full).is_ok(), "{full}");
        let over = json.replacen(r#""unpaired":1"#, &format!(r#""unpaired":{most}"#), 1);
        let error = serde_json::from_str::<ProfileCounts>(&over).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{most} people and 1 more exceed {most}")), "{error}");
    }
}
