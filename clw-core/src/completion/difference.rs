//! What a change of mode or of date went with: one share against another.

use serde::{Deserialize, Serialize};

use super::named_count::check;
use super::{ComparisonError, NamedCount};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Proportion, Share};

/// The share after a change, less the share before, in independent groups of people.
///
/// Newcombe's hybrid score interval without continuity correction, from the Wilson limits of the two
/// shares: with `p − l` and `u − p` their distances from the share, the lower limit is
/// `p₂ − p₁ − √((p₂ − l₂)² + (u₁ − p₁)²)`, the upper one `p₂ − p₁ + √((u₂ − p₂)² + (p₁ − l₁)²)`.
/// Newcombe (1998), method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
///
/// It says how far the shares differ and how sure that is, not what made them differ: whatever else
/// changed at the same time, or who was there to be counted, may be behind it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DifferenceOfShares {
    /// Before, or under the first mode.
    pub before: Share,
    /// After, or under the second mode.
    pub after: Share,
    /// After less before, between −1 and 1: times 100 these are percentage points.
    pub difference: Estimate<ShareDifference>,
}

/// A difference of two shares between −1 and 1, with Newcombe's interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShareDifference {
    /// The difference.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl DifferenceOfShares {
    /// The difference between two counts of different people.
    ///
    /// # Errors
    /// [`ComparisonError::MoreThanAll`], [`ComparisonError::TotalTooLarge`],
    /// [`ComparisonError::NameTwice`].
    ///
    /// ```
    /// use clw_core::completion::{DifferenceOfShares, NamedCount};
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// let post = NamedCount::new("post", 48, 80);
    /// let practice = NamedCount::new("practice", 56, 70);
    /// let change = DifferenceOfShares::of(&post, &practice, ConfidenceLevel::default())?;
    /// let difference = change.difference.computed().unwrap();
    /// assert!((difference.value - 0.2).abs() < 1e-15);
    /// // Newcombe (1998), table II, 56/70 − 48/80: 0.0524 to 0.3339.
    /// assert!((difference.interval.lower - 0.0524).abs() < 5e-5);
    /// assert!((difference.interval.upper - 0.3339).abs() < 5e-5);
    /// # Ok::<(), clw_core::completion::ComparisonError>(())
    /// ```
    pub fn of(
        before: &NamedCount,
        after: &NamedCount,
        level: ConfidenceLevel,
    ) -> Result<Self, ComparisonError> {
        check(&[before.clone(), after.clone()])?;
        Ok(Self::of_counts((before.count, before.of), (after.count, after.of), level))
    }

    fn of_counts(before: (u64, u64), after: (u64, u64), level: ConfidenceLevel) -> Self {
        let share = |(count, of)| Share::of(count, of, level);
        let (first, second) = (share(before), share(after));
        let proportion = |share: Share| Result::<Proportion, Degenerate>::from(share.proportion);
        let difference = proportion(first).and_then(|p1| {
            let p2 = proportion(second)?;
            // One division of whole numbers, so that equal shares differ by 0 exactly.
            let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
            let (rise, fall) = (product(after.0, before.1), product(before.0, after.1));
            let size = rise.abs_diff(fall) as f64 / product(before.1, after.1) as f64;
            let value = if rise < fall { -size } else { size };
            let lower =
                value - hypotenuse(p2.value - p2.interval.lower, p1.interval.upper - p1.value);
            let upper =
                value + hypotenuse(p2.interval.upper - p2.value, p1.value - p1.interval.lower);
            let interval = Interval { lower: lower.max(-1.0), upper: upper.min(1.0), level };
            Ok(ShareDifference { value, interval })
        });
        Self { before: first, after: second, difference: difference.into() }
    }
}

fn hypotenuse(a: f64, b: f64) -> f64 {
    libm::sqrt(a * a + b * b)
}

/// The first and the last period of a stretch of time, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeriodRange {
    /// The first period.
    pub from: String,
    /// The last period.
    pub to: String,
}

/// The stretches of time before and after a change.
///
/// They need not touch: the months in which a change came in can be left out of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeforeAfterWindows {
    /// Before.
    pub before: PeriodRange,
    /// After.
    pub after: PeriodRange,
}

/// The share in the periods before a change against that in the periods after it.
///
/// Counts are added up over the periods of each window. A trend that was there before shows as a
/// difference too; a control chart of the same periods tells the two apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeforeAfter {
    /// The windows.
    pub windows: BeforeAfterWindows,
    /// Periods with a denominator in the window before.
    pub periods_before: u64,
    /// Periods with a denominator in the window after.
    pub periods_after: u64,
    /// The shares and their difference.
    pub difference: DifferenceOfShares,
}

impl BeforeAfter {
    /// The windows of some periods in their order in time.
    ///
    /// # Errors
    /// [`ComparisonError::MoreThanAll`], [`ComparisonError::TotalTooLarge`],
    /// [`ComparisonError::NameTwice`],
    /// [`ComparisonError::UnknownPeriod`], and [`ComparisonError::PeriodsOutOfOrder`] for windows that
    /// overlap or end before they begin.
    ///
    /// ```
    /// use clw_core::completion::{BeforeAfter, BeforeAfterWindows, NamedCount, PeriodRange};
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// let months = [("01", 10, 40), ("02", 12, 40), ("03", 20, 40), ("04", 24, 40), ("05", 24, 40)]
    ///     .map(|(month, count, of)| NamedCount::new(format!("2024-{month}"), count, of));
    /// let range = |from: &str, to: &str| PeriodRange { from: from.into(), to: to.into() };
    /// // March, when paper forms came in, is in neither.
    /// let windows = BeforeAfterWindows {
    ///     before: range("2024-01", "2024-02"),
    ///     after: range("2024-04", "2024-05"),
    /// };
    /// let change = BeforeAfter::of(&months, windows, ConfidenceLevel::default())?;
    /// assert_eq!((change.difference.before.count, change.difference.after.count), (22, 48));
    /// assert_eq!(change.difference.difference.computed().unwrap().value, 0.325);
    /// # Ok::<(), clw_core::completion::ComparisonError>(())
    /// ```
    pub fn of(
        periods: &[NamedCount],
        windows: BeforeAfterWindows,
        level: ConfidenceLevel,
    ) -> Result<Self, ComparisonError> {
        check(periods)?;
        let BeforeAfterWindows { before, after } = &windows;
        let named = [&before.from, &before.to, &after.from, &after.to];
        let places = named.map(|name| periods.iter().position(|period| period.name == *name));
        for (name, place) in named.into_iter().zip(places) {
            place.ok_or_else(|| ComparisonError::UnknownPeriod { name: name.clone() })?;
        }
        // A window may be one period; the windows share none.
        let [before_from, before_to, after_from, after_to] = places;
        for (earlier, later, in_order) in [
            (&before.from, &before.to, before_from <= before_to),
            (&before.to, &after.from, before_to < after_from),
            (&after.from, &after.to, after_from <= after_to),
        ] {
            if !in_order {
                let (first, next) = (earlier.clone(), later.clone());
                return Err(ComparisonError::PeriodsOutOfOrder { first, next });
            }
        }
        let stretch = |from: Option<usize>, to: Option<usize>| {
            let places =
                (0..).zip(periods).filter(move |(at, _)| from <= Some(*at) && Some(*at) <= to);
            places.fold(Stretch::default(), |sum, (_, period)| sum.plus(period))
        };
        let (before, after) = (stretch(before_from, before_to), stretch(after_from, after_to));
        Ok(Self {
            periods_before: before.periods,
            periods_after: after.periods,
            difference: DifferenceOfShares::of_counts(
                (before.count, before.of),
                (after.count, after.of),
                level,
            ),
            windows,
        })
    }
}

/// The counts of a window, added up.
#[derive(Default)]
struct Stretch {
    count: u64,
    of: u64,
    periods: u64,
}

impl Stretch {
    fn plus(self, period: &NamedCount) -> Self {
        Self {
            count: self.count + period.count,
            of: self.of + period.of,
            periods: self.periods + u64::from(period.of > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(counts: &[(u64, u64)]) -> Vec<NamedCount> {
        let month = |(month, &(count, of)): (u32, &(u64, u64))| {
            NamedCount::new(format!("2024-{month:02}"), count, of)
        };
        (1..).zip(counts).map(month).collect()
    }

    fn windows(months: [u32; 4]) -> BeforeAfterWindows {
        let [a, b, c, d] = months.map(|month| format!("2024-{month:02}"));
        BeforeAfterWindows {
            before: PeriodRange { from: a, to: b },
            after: PeriodRange { from: c, to: d },
        }
    }

    fn difference(before: (u64, u64), after: (u64, u64)) -> DifferenceOfShares {
        DifferenceOfShares::of_counts(before, after, ConfidenceLevel::default())
    }

    #[test]
    fn nobody_on_one_side_has_no_difference() {
        let reason = Some(Degenerate::EmptyDenominator);
        assert_eq!(difference((0, 0), (3, 7)).difference.not_computed(), reason);
        assert_eq!(difference((3, 7), (0, 0)).difference.not_computed(), reason);
    }

    #[test]
    fn before_and_after_change_places_with_the_sign() {
        let [there, back] = [((3, 7), (11, 40)), ((11, 40), (3, 7))];
        let there = *difference(there.0, there.1).difference.computed().unwrap();
        let back = *difference(back.0, back.1).difference.computed().unwrap();
        let same = (back.value + there.value, back.interval.lower + there.interval.upper);
        assert_eq!(same, (0.0, 0.0));
    }

    #[test]
    fn one_person_each_and_the_largest_counts_stay_within_limits() {
        for (before, after) in [((0, 1), (1, 1)), ((u64::MAX, u64::MAX), (0, u64::MAX))] {
            let found = *difference(before, after).difference.computed().unwrap();
            assert!(found.interval.contains(found.value), "{found:?}");
            assert!(found.interval.lower >= -1.0 && found.interval.upper <= 1.0);
        }
    }

    #[test]
    fn a_gap_belongs_to_its_window_without_adding_to_it() {
        let level = ConfidenceLevel::default();
        let found =
            BeforeAfter::of(&months(&[(1, 4), (0, 0), (2, 4)]), windows([1, 2, 3, 3]), level)
                .unwrap();
        assert_eq!((found.periods_before, found.periods_after), (1, 1));
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<BeforeAfter>(&json).unwrap(), found);
    }

    #[test]
    fn windows_are_in_order_and_among_the_periods() {
        let counts = months(&[(1, 4), (2, 4), (2, 4), (3, 4)]);
        for (asked, code) in [
            ([2, 1, 3, 4], "periods-out-of-order"),
            ([1, 2, 2, 4], "periods-out-of-order"),
            ([3, 4, 1, 2], "periods-out-of-order"),
            ([1, 2, 4, 3], "periods-out-of-order"),
            ([1, 2, 3, 9], "unknown-period"),
        ] {
            let found = BeforeAfter::of(&counts, windows(asked), ConfidenceLevel::default());
            assert_eq!(found.unwrap_err().code(), code, "{asked:?}");
        }
    }
}
