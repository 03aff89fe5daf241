//! Profiles as the columns of a model: a constant, the baseline score and levels against a reference.

use serde::{Deserialize, Serialize};

use super::counts::PairedUnpaired;
use super::logistic::Cell;
use super::profile_counts::{Profile, ProfileCell, ProfileCounts};
use crate::OrderedMap;
use crate::estimate::ScoreSums;

/// What one coefficient of the model is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    deny_unknown_fields
)]
pub enum ModelTerm {
    /// Everybody: the log odds at the mean baseline score and the reference level of each trait.
    Constant,
    /// One SD of the baseline score of all due.
    BaselineScore {
        /// The mean of all due, in units of the printed score.
        mean: f64,
        /// The SD (n − 1) of all due.
        standard_deviation: f64,
    },
    /// One level of a trait, against the level most people have.
    Level {
        /// The trait.
        of: String,
        /// The level.
        level: String,
        /// The level most people have; the first by name of several.
        reference: String,
    },
}

/// Levels too rare to stand alone in the model, taken together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PooledLevels {
    /// The trait.
    pub of: String,
    /// The levels.
    pub levels: Vec<String>,
    /// What they count as: the reference level, or [`PooledLevels::TOGETHER`].
    pub counted_as: String,
}

impl PooledLevels {
    /// The name of rare levels taken together.
    pub const TOGETHER: &'static str = "other levels";
}

/// The columns of the model, and the cells with their values.
pub(super) struct Design<'a> {
    pub(super) terms: Vec<ModelTerm>,
    pub(super) pooled: Vec<PooledLevels>,
    columns: Columns,
    counts: &'a ProfileCounts,
}

struct Columns {
    how_many: usize,
    /// Mean and SD in steps and the column, where baselines differ.
    baseline: Option<(f64, f64, usize)>,
    /// The column of each level of each trait but those that count as the reference.
    levels: Vec<OrderedMap<String, usize>>,
}

impl<'a> Design<'a> {
    pub(super) fn of(counts: &'a ProfileCounts, fewest_of_a_level: u64) -> Self {
        let mut terms = vec![ModelTerm::Constant];
        let mut pooled = Vec::new();
        let baseline = baseline_spread(counts).map(|(mean, standard_deviation)| {
            let units = f64::from(counts.scale().steps_per_unit);
            terms.push(ModelTerm::BaselineScore {
                mean: mean / units,
                standard_deviation: standard_deviation / units,
            });
            (mean, standard_deviation, 1)
        });
        let mut levels = Vec::new();
        for (place, name) in counts.traits().iter().enumerate() {
            let split = Split::of(&people_by_level(counts, place), fewest_of_a_level);
            levels.push(split.columns(name, &mut terms));
            pooled.extend(split.pooled(name));
        }
        let columns = Columns { how_many: terms.len(), baseline, levels };
        Self { terms, pooled, columns, counts }
    }

    /// The profiles with their values, in order.
    pub(super) fn profiles(&self) -> impl Iterator<Item = (Vec<f64>, &ProfileCell)> {
        self.counts.cells().map(|(profile, cell)| (self.columns.values(profile), cell))
    }

    pub(super) fn cells(&self) -> Vec<Cell> {
        let cells = self.profiles().map(|(values, cell)| Cell {
            values,
            paired: cell.paired as f64,
            unpaired: cell.unpaired as f64,
        });
        cells.collect()
    }
}

impl Columns {
    fn values(&self, profile: &Profile) -> Vec<f64> {
        let mut values = vec![0.0; self.how_many];
        let mut set = |column: usize, value: f64| {
            if let Some(slot) = values.get_mut(column) {
                *slot = value;
            }
        };
        set(0, 1.0);
        if let Some((mean, spread, column)) = self.baseline {
            set(column, (f64::from(profile.baseline_steps) - mean) / spread);
        }
        for (columns, level) in self.levels.iter().zip(&profile.levels) {
            if let Some(&column) = columns.get(level) {
                set(column, 1.0);
            }
        }
        values
    }
}

/// Mean and SD of the baselines of everybody, in steps, where they differ.
fn baseline_spread(counts: &ProfileCounts) -> Option<(f64, f64)> {
    let mut sums = ScoreSums::default();
    for (profile, cell) in counts.cells() {
        sums.add(profile.baseline_steps, cell.paired.saturating_add(cell.unpaired));
    }
    let spread = libm::sqrt(sums.variance_steps().ok()?);
    (spread > 0.0).then_some((sums.mean_steps().ok()?, spread))
}

fn people_by_level(counts: &ProfileCounts, place: usize) -> OrderedMap<&str, PairedUnpaired> {
    let mut levels: OrderedMap<&str, PairedUnpaired> = OrderedMap::new();
    for (profile, cell) in counts.cells() {
        if let Some(level) = profile.levels.get(place) {
            let people = levels.entry(level).or_default();
            people.paired = people.paired.saturating_add(cell.paired);
            people.unpaired = people.unpaired.saturating_add(cell.unpaired);
        }
    }
    levels
}

/// The levels of a trait as the model sees them.
struct Split<'a> {
    reference: &'a str,
    alone: Vec<&'a str>,
    rare: Vec<&'a str>,
    /// Whether the rare levels together are enough for a column.
    rare_stand_together: bool,
}

impl<'a> Split<'a> {
    fn of(levels: &OrderedMap<&'a str, PairedUnpaired>, fewest: u64) -> Self {
        let enough = |of: &PairedUnpaired| of.paired >= fewest && of.unpaired >= fewest;
        let common = levels.iter().filter(|(_, of)| enough(of));
        let reference = common.clone().fold(None, |best: Option<(&str, u64)>, (level, of)| {
            let people = of.paired.saturating_add(of.unpaired);
            if best.is_some_and(|(_, most)| most >= people) { best } else { Some((level, people)) }
        });
        // Where no level stands alone, all are taken together and the trait tells nothing.
        let reference = reference.map_or(PooledLevels::TOGETHER, |(level, _)| level);
        let alone = common.map(|(&level, _)| level).filter(|level| *level != reference).collect();
        let (mut rare, mut together) = (Vec::new(), PairedUnpaired::default());
        for (level, of) in levels.iter().filter(|(_, of)| !enough(of)) {
            rare.push(*level);
            together.paired = together.paired.saturating_add(of.paired);
            together.unpaired = together.unpaired.saturating_add(of.unpaired);
        }
        let rare_stand_together =
            !rare.is_empty() && rare.len() < levels.len() && enough(&together);
        Self { reference, alone, rare, rare_stand_together }
    }

    /// Adds the terms of the levels, and gives the column of each.
    fn columns(&self, of: &str, terms: &mut Vec<ModelTerm>) -> OrderedMap<String, usize> {
        let mut columns = OrderedMap::new();
        let add = |level: &str, terms: &mut Vec<ModelTerm>| {
            terms.push(ModelTerm::Level {
                of: of.to_owned(),
                level: level.to_owned(),
                reference: self.reference.to_owned(),
            });
            terms.len() - 1
        };
        for level in &self.alone {
            columns.insert((*level).to_owned(), add(level, terms));
        }
        if self.rare_stand_together {
            let column = add(PooledLevels::TOGETHER, terms);
            columns.extend(self.rare.iter().map(|level| ((*level).to_owned(), column)));
        }
        columns
    }

    fn pooled(&self, of: &str) -> Option<PooledLevels> {
        let counted_as =
            if self.rare_stand_together { PooledLevels::TOGETHER } else { self.reference };
        (!self.rare.is_empty()).then(|| PooledLevels {
            of: of.to_owned(),
            levels: self.rare.iter().map(|level| (*level).to_owned()).collect(),
            counted_as: counted_as.to_owned(),
        })
    }
}
