//! The exact grid of a measure: its step, its scoring and every score there is.

use std::collections::BTreeSet;

use super::definition::{List, Rule, TableRow};
use super::measure::{MeasureItem, Scoring};
use super::{DefinitionError, Points};

/// The widest span of sums: the batch kernel adds them in 16 bits.
const WIDEST_SUM: i64 = 65_535;

/// The largest code, so that no sum of 255 of them overflows.
const LARGEST_CODE: u32 = 1_000_000;

/// What becomes of answers that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MissingPolicy {
    Refuse,
    Fill { max_missing: u8 },
    Drop,
}

/// The step, the scoring and the scores of a measure.
pub(super) struct Grid {
    pub(super) steps_per_unit: u32,
    pub(super) scoring: Scoring,
    pub(super) values: Vec<Points>,
}

impl Grid {
    pub(super) fn new(
        measure: &str,
        rule: &Rule,
        items: &[MeasureItem],
        policy: MissingPolicy,
        missing_rule: &str,
    ) -> Result<Self, DefinitionError> {
        let too_large = || DefinitionError::ScaleTooLarge { measure: measure.into() };
        let unsuitable = |reason| DefinitionError::MissingRule {
            measure: measure.into(),
            rule: missing_rule.into(),
            reason,
        };
        let lowest: i64 = items.iter().map(|item| i64::from(item.lowest)).sum();
        let highest: i64 = items.iter().map(|item| i64::from(item.highest)).sum();
        let codes = items.iter().flat_map(|item| [item.lowest, item.highest]);
        let largest = codes.map(i32::unsigned_abs).max().unwrap_or(0);
        if highest - lowest > WIDEST_SUM || largest > LARGEST_CODE || items.len() > 255 {
            return Err(too_large());
        }
        let fewest = fewest_answers(rule, items, policy).map_err(unsuitable)?;
        let grid = match rule {
            Rule::SumThenTable { table } => {
                let lowest = i32::try_from(lowest).map_err(|_| too_large())?;
                let highest = i32::try_from(highest).map_err(|_| too_large())?;
                Self::of_table(&sorted_table(measure, table, lowest, highest)?, lowest)
            }
            Rule::Sum { multiply } if *multiply < 1 => {
                return Err(DefinitionError::Multiply {
                    measure: measure.into(),
                    multiply: *multiply,
                });
            }
            Rule::Sum { multiply } => {
                Self::of_ratio(items.len() as i64 * i64::from(*multiply), items, fewest)
            }
            Rule::Mean {} | Rule::EachItem {} => Self::of_ratio(1, items, fewest),
        };
        grid.filter(|grid| grid.highest().0.checked_sub(grid.lowest().0).is_some())
            .ok_or_else(too_large)
    }

    pub(super) fn lowest(&self) -> Points {
        self.values.first().copied().unwrap_or(Points(0))
    }

    pub(super) fn highest(&self) -> Points {
        self.values.last().copied().unwrap_or(Points(0))
    }

    /// Scores that are `numerator / answered` times the sum of the answered items.
    ///
    /// The step is the coarsest on which all of them lie, for every number of answers allowed.
    fn of_ratio(numerator: i64, items: &[MeasureItem], fewest: usize) -> Option<Self> {
        let most = items.len();
        let mut steps_per_unit: i64 = 1;
        for answered in fewest..=most {
            let answered = i64::try_from(answered).ok()?;
            let denominator = answered / greatest_common_divisor(numerator, answered);
            let shared = greatest_common_divisor(steps_per_unit, denominator);
            steps_per_unit = steps_per_unit.checked_mul(denominator / shared)?;
            if steps_per_unit > i64::from(i32::MAX) {
                return None;
            }
        }
        let mut factors = vec![0; fewest];
        let mut values = BTreeSet::new();
        for answered in fewest..=most {
            let factor = numerator.checked_mul(steps_per_unit)? / i64::try_from(answered).ok()?;
            factors.push(i32::try_from(factor).ok()?);
            // With fewer answers than items all ranges are equal, so any `answered` of them do.
            let taken = items.iter().take(answered);
            let lowest: i64 = taken.clone().map(|item| i64::from(item.lowest)).sum();
            let highest: i64 = taken.map(|item| i64::from(item.highest)).sum();
            for sum in lowest..=highest {
                values.insert(i32::try_from(sum.checked_mul(factor)?).ok()?);
            }
        }
        Some(Self {
            steps_per_unit: u32::try_from(steps_per_unit).ok()?,
            scoring: Scoring::Linear { factors: factors.into() },
            values: values.into_iter().map(Points).collect(),
        })
    }

    fn of_table(table: &[TableRow], lowest_raw: i32) -> Option<Self> {
        let places = table.iter().map(|row| row.score.places()).max()?;
        let steps_per_unit = 10_u32.checked_pow(u32::from(places))?;
        let points = table
            .iter()
            .map(|row| i32::try_from(row.score.in_steps(steps_per_unit)?).ok())
            .collect::<Option<Vec<i32>>>()?;
        let values: BTreeSet<i32> = points.iter().copied().collect();
        Some(Self {
            steps_per_unit,
            scoring: Scoring::Table {
                lowest_raw,
                points: points.into_iter().map(Points).collect(),
            },
            values: values.into_iter().map(Points).collect(),
        })
    }
}

/// The fewest answers that make a score, or why the missing rule does not suit the measure.
fn fewest_answers(
    rule: &Rule,
    items: &[MeasureItem],
    policy: MissingPolicy,
) -> Result<usize, &'static str> {
    let same_range = items.windows(2).all(|pair| match pair {
        [first, second] => (first.lowest, first.highest) == (second.lowest, second.highest),
        _ => true,
    });
    let fewest = match policy {
        MissingPolicy::Refuse => return Ok(items.len()),
        MissingPolicy::Fill { max_missing } => {
            let max_missing = usize::from(max_missing);
            if max_missing == 0 || max_missing >= items.len() {
                return Err("`max-missing` must be at least 1 and below the number of items");
            }
            items.len() - max_missing
        }
        MissingPolicy::Drop if matches!(rule, Rule::Sum { .. }) => {
            return Err("a sum over fewer items is another score; use the rule `mean`");
        }
        MissingPolicy::Drop => 1,
    };
    match rule {
        Rule::SumThenTable { .. } => {
            Err("a table is read at a sum of all items, never at an estimated one; remove the rule")
        }
        Rule::EachItem {} => Err("an item has no others to stand in for it; remove the rule"),
        Rule::Sum { .. } | Rule::Mean {} if same_range => Ok(fewest),
        Rule::Sum { .. } | Rule::Mean {} => Err(
            "the items have different answer ranges, so one cannot stand in for another; remove the rule",
        ),
    }
}

/// The rows in order of the sum, exactly one for each.
fn sorted_table(
    measure: &str,
    table: &List<TableRow>,
    lowest: i32,
    highest: i32,
) -> Result<Vec<TableRow>, DefinitionError> {
    let measure = || measure.to_owned();
    let mut rows = table.to_vec();
    rows.sort_by_key(|row| row.raw);
    if let Some(row) = rows.iter().find(|row| row.raw < lowest || row.raw > highest) {
        let (measure, raw) = (measure(), row.raw);
        return Err(DefinitionError::TableOutside { measure, raw, lowest, highest });
    }
    for pair in rows.windows(2) {
        if let [first, second] = pair
            && first.raw == second.raw
        {
            return Err(DefinitionError::TableRepeat { measure: measure(), raw: first.raw });
        }
    }
    let mut present = rows.iter().map(|row| row.raw);
    match (lowest..=highest).find(|raw| present.next() != Some(*raw)) {
        Some(raw) => Err(DefinitionError::TableGap { measure: measure(), raw }),
        None => Ok(rows),
    }
}

const fn greatest_common_divisor(mut left: i64, mut right: i64) -> i64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}
