//! Totals that were recorded instead of answers.

use core::fmt;

use crate::instrument::{Decimal, Measure, Points, Scoring};

/// Why a recorded total is not a score.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TotalError {
    /// The total lies beyond the measure's lowest or highest score.
    OutsideScale {
        /// The measure.
        measure: String,
        /// The total.
        total: Decimal,
        /// The lowest score, as printed.
        lowest: String,
        /// The highest score, as printed.
        highest: String,
    },
    /// The total lies between two neighbouring scores.
    BetweenScores {
        /// The measure.
        measure: String,
        /// The total.
        total: Decimal,
        /// The next score below, as printed.
        below: String,
        /// The next score above, as printed.
        above: String,
    },
    /// The raw sum is one that complete answers cannot have.
    RawOutside {
        /// The measure.
        measure: String,
        /// The raw sum.
        raw: i64,
        /// The lowest raw sum.
        lowest: i64,
        /// The highest raw sum.
        highest: i64,
    },
}

impl TotalError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutsideScale { .. } => "total-outside-scale",
            Self::BetweenScores { .. } => "total-between-scores",
            Self::RawOutside { .. } => "raw-total-outside",
        }
    }
}

impl fmt::Display for TotalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideScale { measure, total, lowest, highest } => write!(
                f,
                "the total {total} is outside {lowest}..={highest} of `{measure}`; correct it"
            ),
            Self::BetweenScores { measure, total, below, above } => write!(
                f,
                "the total {total} is not a score of `{measure}`; the nearest are {below} and {above}"
            ),
            Self::RawOutside { measure, raw, lowest, highest } => write!(
                f,
                "the raw total {raw} is outside {lowest}..={highest} of `{measure}`; correct it"
            ),
        }
    }
}

impl core::error::Error for TotalError {}

impl Measure {
    /// The points of a score recorded as a decimal, such as the SWEMWBS metric score 19.25.
    ///
    /// It must be one of the measure's [`values`](Self::values) exactly: nothing is interpolated, and
    /// nothing rounded but a mean whose decimals never end, which is taken as
    /// [`printed`](Self::printed): 2.8571 for 20/7.
    ///
    /// # Errors
    ///
    /// [`TotalError`] with the measure's limits or the scores on either side.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// assert_eq!(wellbeing.points_from_total("19.25".parse()?)?, Points(1925));
    /// assert_eq!(
    ///     wellbeing.points_from_total("15.85".parse()?).unwrap_err().to_string(),
    ///     "the total 15.85 is not a score of `wellbeing`; the nearest are 15.84 and 16.36",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points_from_total(&self, total: Decimal) -> Result<Points, TotalError> {
        if let Some(points) = self.exact(total) {
            return Ok(points);
        }
        let scale = self.scale();
        let floor = total.steps_at_most(scale.steps_per_unit);
        let above = self.values().partition_point(|value| i128::from(value.0) <= floor);
        let below = above.checked_sub(1).and_then(|below| self.values().get(below));
        let neighbours = [below, self.values().get(above)].into_iter().flatten();
        let mut as_printed = neighbours.filter(|near| self.printed(**near).parse() == Ok(total));
        if let (Some(points), None) = (as_printed.next(), as_printed.next()) {
            return Ok(*points);
        }
        let measure = self.id().to_owned();
        Err(match (below, self.values().get(above)) {
            (Some(below), Some(above)) => TotalError::BetweenScores {
                measure,
                total,
                below: self.printed(*below),
                above: self.printed(*above),
            },
            _ => TotalError::OutsideScale {
                measure,
                total,
                lowest: self.printed(scale.lowest),
                highest: self.printed(scale.highest),
            },
        })
    }

    /// The points of a raw sum of all items, before it is multiplied, averaged or looked up.
    ///
    /// # Errors
    ///
    /// [`TotalError::RawOutside`] where complete answers cannot have that sum.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// assert_eq!(wellbeing.points_from_raw_total(29)?, Points(2602));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points_from_raw_total(&self, raw: i64) -> Result<Points, TotalError> {
        let lowest: i64 = self.items().iter().map(|item| i64::from(item.lowest)).sum();
        let highest: i64 = self.items().iter().map(|item| i64::from(item.highest)).sum();
        let outside = || TotalError::RawOutside { measure: self.id().into(), raw, lowest, highest };
        if raw < lowest || raw > highest {
            return Err(outside());
        }
        let raw = i32::try_from(raw).map_err(|_| outside())?;
        self.points_of_raw(raw, self.items().len()).ok_or_else(outside)
    }

    /// The points of a sum of so many answered items.
    pub(super) fn points_of_raw(&self, raw: i32, answered: usize) -> Option<Points> {
        match &self.scoring {
            Scoring::Linear { factors } => factors.get(answered).map(|factor| Points(raw * factor)),
            Scoring::Table { lowest_raw, points } => {
                points.get(usize::try_from(raw - lowest_raw).ok()?).copied()
            }
        }
    }
}
