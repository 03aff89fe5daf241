//! Standardised differences: how far two groups lie apart, in SDs, whatever the trait is measured in.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::counts::PairedUnpaired;
use super::score_counts::ScoreCounts;
use crate::estimate::{ConfidenceLevel, Interval};
use crate::numeric::{gamma, normal};

/// How a standardised difference is formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceForm {
    /// Of two means, over the root of the mean of the two variances (each with n − 1):
    /// (x̄₁ − x̄₂) / √((s₁² + s₂²)/2). Positive where the paired score higher. Cohen (1988), d of equal
    /// weights; Austin (2009), doi:10.1002/sim.3697.
    Means,
    /// Of two shares: (p₁ − p₂) / √((p₁(1 − p₁) + p₂(1 − p₂))/2). Austin (2009).
    Shares,
    /// Of two sets of shares over more than two levels: the Mahalanobis distance √(Δ′S⁻¹Δ), Δ the
    /// differences of all shares but one and S the mean of the two multinomial covariances. Never
    /// negative. Yang & Dalton (2012), SAS Global Forum 2012, paper 335-2012, with the covariances
    /// −p_k·p_l that multinomials have (the paper prints them without the sign).
    MahalanobisOfShares,
}

/// A standardised difference between the paired and the unpaired, with what chance alone makes of it.
///
/// The interval is d ± z·√(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))), cut off at 0 where d has no sign: Hedges &
/// Olkin (1985), used for all three forms by Yang & Dalton (2012). It is not corrected for the upward
/// bias of a distance over many levels, so [`expected_by_chance`](Self::expected_by_chance) and
/// [`p`](Self::p) stand beside it: with 18 levels and 100 people, 0.8 is what chance gives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StandardisedDifference {
    /// How it is formed.
    pub form: DifferenceForm,
    /// The difference in SDs; paired − unpaired for means, without a sign for shares.
    pub value: f64,
    /// √(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))).
    pub standard_error: f64,
    /// The interval.
    pub interval: Interval,
    /// The levels that occur less one; 1 for means.
    pub degrees_of_freedom: u64,
    /// The root mean square of the difference between groups that are alike but for chance,
    /// √(df·(1/n₁ + 1/n₂)).
    pub expected_by_chance: f64,
    /// How often groups that are alike would differ as much by chance: the area above
    /// d²·n₁n₂/(n₁ + n₂) of the χ² distribution, an approximation for large groups.
    pub p: f64,
}

/// Why two groups have no standardised difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotComparable {
    /// Nobody has a pair.
    NobodyPaired,
    /// Everybody has a pair.
    NobodyUnpaired,
    /// A group of one person has no spread.
    OneInAGroup,
    /// Everybody has the same score or level, so the groups do not differ.
    EverybodyAlike,
    /// Each group is all alike and the two differ: there is no spread to measure it by.
    NoSpread,
    /// No level occurs in both groups, of two people and more, so their distance has no end.
    NoLevelShared,
}

impl NotComparable {
    /// The stable name of the reason, the same in Rust, Python and JavaScript.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NobodyPaired => "nobody-paired",
            Self::NobodyUnpaired => "nobody-unpaired",
            Self::OneInAGroup => "one-in-a-group",
            Self::EverybodyAlike => "everybody-alike",
            Self::NoSpread => "no-spread",
            Self::NoLevelShared => "no-level-shared",
        }
    }

    /// Whether the groups do differ, by more than the statistic can say.
    #[must_use]
    pub const fn is_complete_difference(self) -> bool {
        matches!(self, Self::NoSpread | Self::NoLevelShared)
    }
}

impl fmt::Display for NotComparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NobodyPaired => "nobody has a follow-up to compare",
            Self::NobodyUnpaired => "everybody has a follow-up",
            Self::OneInAGroup => "one person alone has no spread to measure a difference by",
            Self::EverybodyAlike => "everybody is alike",
            Self::NoSpread => "each group is all alike, and the two differ",
            Self::NoLevelShared => "the two groups have nothing in common",
        })
    }
}

impl StandardisedDifference {
    /// Of the mean scores of two groups on one scale.
    pub(super) fn of_means(
        paired: &ScoreCounts,
        unpaired: &ScoreCounts,
        level: ConfidenceLevel,
    ) -> Result<Self, NotComparable> {
        let people = somebody_in_each(paired.n(), unpaired.n())?;
        let (first, second) = (paired.sums(), unpaired.sums());
        let (Ok(v1), Ok(v2)) = (first.variance_steps(), second.variance_steps()) else {
            return Err(NotComparable::OneInAGroup);
        };
        // Sums stay below 2⁶³ and people below 2³², so the difference is exact.
        let difference = first.sum * i128::from(second.n) - second.sum * i128::from(first.n);
        let spread = libm::sqrt(0.5 * (v1 + v2));
        if spread <= 0.0 {
            return Err(match difference {
                0 => NotComparable::EverybodyAlike,
                _ => NotComparable::NoSpread,
            });
        }
        let means_apart = difference as f64 / (u128::from(first.n) * u128::from(second.n)) as f64;
        Ok(Self::new(DifferenceForm::Means, means_apart / spread, 1, people, level))
    }

    /// Of the shares of the levels of one trait.
    ///
    /// With x = n₁ₖ·n₂ and y = n₂ₖ·n₁ of each level, the squared distance is
    /// Σ (x − y)²/(x + y) ⁄ Σ xy/(x + y): Yang and Dalton's, whose S = diag(q) − qq′ − ΔΔ′/4, with q the
    /// mean of the shares, has this inverse. No digit is lost in it, and no matrix is singular.
    ///
    /// # Errors
    /// [`NotComparable`], where a group has nobody, one level has everybody, or no level is shared.
    ///
    /// ```
    /// use clw_core::attrition::{PairedUnpaired, StandardisedDifference};
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// // Race, in the vignette of the R package tableone: 0.036.
    /// let levels = [(585, 335), (213, 142), (2753, 1707)];
    /// let levels = levels.map(|(paired, unpaired)| PairedUnpaired { paired, unpaired });
    /// let difference =
    ///     StandardisedDifference::of_shares(levels, ConfidenceLevel::default())?;
    /// assert_eq!(format!("{:.3}", difference.value), "0.036");
    /// # Ok::<(), clw_core::attrition::NotComparable>(())
    /// ```
    pub fn of_shares(
        levels: impl IntoIterator<Item = PairedUnpaired>,
        level: ConfidenceLevel,
    ) -> Result<Self, NotComparable> {
        let levels: Vec<_> = levels.into_iter().collect();
        let total = |count: fn(&PairedUnpaired) -> u64| {
            levels.iter().map(count).fold(0_u64, u64::saturating_add)
        };
        let people = somebody_in_each(total(|of| of.paired), total(|of| of.unpaired))?;
        let occurring = levels.iter().filter(|of| of.paired > 0 || of.unpaired > 0);
        let (mut occur, mut apart, mut shared) = (0, 0.0, 0.0);
        for of in occurring {
            let x = u128::from(of.paired) * u128::from(people.unpaired);
            let y = u128::from(of.unpaired) * u128::from(people.paired);
            let (difference, sum) = (x.abs_diff(y) as f64, x as f64 + y as f64);
            apart += difference * (difference / sum);
            shared += x as f64 * (y as f64 / sum);
            occur += 1;
        }
        match occur {
            1 => return Err(NotComparable::EverybodyAlike),
            _ if shared > 0.0 => {}
            _ if people.paired == 1 || people.unpaired == 1 => {
                return Err(NotComparable::OneInAGroup);
            }
            _ => return Err(NotComparable::NoLevelShared),
        }
        let form = match occur {
            2 => DifferenceForm::Shares,
            _ => DifferenceForm::MahalanobisOfShares,
        };
        Ok(Self::new(form, libm::sqrt(apart / shared), occur - 1, people, level))
    }

    fn new(
        form: DifferenceForm,
        value: f64,
        degrees_of_freedom: u64,
        people: PairedUnpaired,
        level: ConfidenceLevel,
    ) -> Self {
        let (paired, unpaired) = (people.paired as f64, people.unpaired as f64);
        let imprecision = 1.0 / paired + 1.0 / unpaired;
        let squared = value * value;
        let standard_error = libm::sqrt(imprecision + squared / (2.0 * (paired + unpaired)));
        let reach = normal::upper_quantile(0.5 * (1.0 - level.get())) * standard_error;
        let lower = match form {
            DifferenceForm::Means => value - reach,
            DifferenceForm::Shares | DifferenceForm::MahalanobisOfShares => {
                (value - reach).max(0.0)
            }
        };
        let df = degrees_of_freedom as f64;
        Self {
            form,
            value,
            standard_error,
            interval: Interval { lower, upper: value + reach, level },
            degrees_of_freedom,
            expected_by_chance: libm::sqrt(df * imprecision),
            p: gamma::chi_squared_sf(squared / imprecision, df).clamp(f64::MIN_POSITIVE, 1.0),
        }
    }

    /// The largest size, whatever its sign, within the interval.
    #[must_use]
    pub fn largest_within_interval(&self) -> f64 {
        libm::fabs(self.interval.lower).max(libm::fabs(self.interval.upper))
    }
}

/// (p₁ − p₂) / √((p₁(1 − p₁) + p₂(1 − p₂))/2) of one level against all others, with its sign: positive
/// where it is commoner among the paired. `None` where neither share varies.
pub(super) fn of_one_level(level: PairedUnpaired, people: PairedUnpaired) -> Option<f64> {
    let rest = PairedUnpaired {
        paired: people.paired.checked_sub(level.paired)?,
        unpaired: people.unpaired.checked_sub(level.unpaired)?,
    };
    let size = StandardisedDifference::of_shares([level, rest], ConfidenceLevel::default()).ok()?;
    let x = u128::from(level.paired) * u128::from(people.unpaired);
    let y = u128::from(level.unpaired) * u128::from(people.paired);
    Some(if x < y { -size.value } else { size.value })
}

const fn somebody_in_each(paired: u64, unpaired: u64) -> Result<PairedUnpaired, NotComparable> {
    match (paired, unpaired) {
        (0, _) => Err(NotComparable::NobodyPaired),
        (_, 0) => Err(NotComparable::NobodyUnpaired),
        (paired, unpaired) => Ok(PairedUnpaired { paired, unpaired }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_shares(levels: &[(u64, u64)]) -> Result<StandardisedDifference, NotComparable> {
        let level = |&(paired, unpaired): &(u64, u64)| PairedUnpaired { paired, unpaired };
        StandardisedDifference::of_shares(levels.iter().map(level), ConfidenceLevel::default())
    }

    #[test]
    fn groups_without_a_difference_to_measure_say_why() {
        for (levels, reason, code, words) in [
            (
                &[][..],
                NotComparable::NobodyPaired,
                "nobody-paired",
                "nobody has a follow-up to compare",
            ),
            (
                &[(0, 3)],
                NotComparable::NobodyPaired,
                "nobody-paired",
                "nobody has a follow-up to compare",
            ),
            (
                &[(3, 0), (1, 0)],
                NotComparable::NobodyUnpaired,
                "nobody-unpaired",
                "everybody has a follow-up",
            ),
            (
                &[(3, 4), (0, 0)],
                NotComparable::EverybodyAlike,
                "everybody-alike",
                "everybody is alike",
            ),
            (
                &[(3, 0), (0, 1)],
                NotComparable::OneInAGroup,
                "one-in-a-group",
                "one person alone has no spread to measure a difference by",
            ),
            (
                &[(3, 0), (0, 2), (0, 1)],
                NotComparable::NoLevelShared,
                "no-level-shared",
                "the two groups have nothing in common",
            ),
        ] {
            assert_eq!(of_shares(levels).unwrap_err(), reason);
            assert_eq!((reason.code(), reason.to_string().as_str()), (code, words));
        }
        let reason = NotComparable::NoSpread;
        let words = "each group is all alike, and the two differ";
        assert_eq!((reason.code(), reason.to_string().as_str()), ("no-spread", words));
    }

    #[test]
    fn equal_shares_do_not_differ_and_huge_counts_do_not_overflow() {
        let equal = of_shares(&[(10, 20), (30, 60)]).unwrap();
        assert_eq!((equal.value, equal.interval.lower, equal.p), (0.0, 0.0, 1.0));
        let huge = of_shares(&[(u64::MAX, 1), (1, u64::MAX)]).unwrap();
        assert!(huge.value.is_finite() && huge.interval.lower.is_finite());
    }

    #[test]
    fn one_level_has_the_sign_of_its_own_difference() {
        let people = PairedUnpaired { paired: 10, unpaired: 10 };
        let (rare, common) =
            (PairedUnpaired { paired: 3, unpaired: 5 }, PairedUnpaired { paired: 7, unpaired: 5 });
        // (0.3 − 0.5)/√((0.21 + 0.25)/2) = −0.417…
        let difference = of_one_level(rare, people).unwrap();
        assert!((difference + 0.2 / 0.23_f64.sqrt()).abs() < 1e-15);
        assert_eq!(of_one_level(common, people), Some(-difference));
        assert_eq!(of_one_level(people, people), None);
    }
}
