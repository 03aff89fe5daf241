//! Any, reliable and important change side by side: whom each calls better, and how far they agree.

use serde::{Deserialize, Serialize};

use super::{
    AnyChange, ImportantChange, ImportantChangeRule, PairCounts, ReliableChange, ReliableChangeRule,
};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Share};
use crate::instrument::{Points, Scale};
use crate::numeric::normal;

/// A way to say whether a person changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[serde(deny_unknown_fields)]
pub enum ChangeDefinition {
    /// By any amount.
    Any,
    /// Beyond measurement error.
    Reliable {
        /// The rule, by its [name](ReliableChangeRule::name).
        rule: String,
    },
    /// By enough to matter.
    Important {
        /// The rule, by its [anchor](ImportantChangeRule::anchor).
        anchor: String,
    },
}

/// How two ways to say whether a person changed class the same people.
///
/// The three ways answer three questions and need not agree; where they do not, a headline depends on
/// the question. `pairs[i][j]` counts people of class i by the first and j by the second, in the order
/// better, neither, worse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeAgreement {
    /// The first way.
    pub first: ChangeDefinition,
    /// The second.
    pub second: ChangeDefinition,
    /// Pairs.
    pub n: u64,
    /// People by both classes.
    pub pairs: [[u64; 3]; 3],
    /// Those of one class by both.
    pub agreed: Share,
    /// Agreement beyond chance.
    pub cohens_kappa: Estimate<CohensKappa>,
}

/// Cohen's κ: how far two classifications agree beyond what their margins alone would make.
///
/// κ = (p_o − p_e)/(1 − p_e), with p_o the share classed alike and p_e the share expected by chance.
/// Cohen (1960), doi:10.1177/001316446002000104. The interval is κ ± z·SE, SE by Fleiss, Cohen &
/// Everitt (1969), doi:10.1037/h0028106, cut off at −1 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CohensKappa {
    /// κ, at most 1; 0 where agreement is that of chance.
    pub kappa: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval.
    pub interval: Interval,
}

/// One way with its rule.
#[derive(Clone, Copy)]
enum Way<'a> {
    Any,
    Reliable(&'a ReliableChangeRule),
    Important(&'a ImportantChangeRule),
}

impl ChangeAgreement {
    /// Any change, each rule of reliable change and each of important change, two and two.
    ///
    /// ```
    /// use clw_core::change::{ChangeAgreement, PairCounts, PublishedThreshold, ReliableChangeRule};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::instrument::{Direction, Points, Scale};
    ///
    /// let scale = Scale {
    ///     direction: Direction::HigherIsBetter,
    ///     steps_per_unit: 1,
    ///     lowest: Points(0),
    ///     highest: Points(10),
    /// };
    /// let threshold = PublishedThreshold { id: "at-least-3".into(), fewest_steps: 3 };
    /// let rules = [ReliableChangeRule::PublishedThreshold(threshold)];
    /// let pairs = PairCounts::count_steps(scale, &[5, 5, 5, 5], &[9, 6, 5, 2])?;
    /// let level = ConfidenceLevel::default();
    /// let agreement = ChangeAgreement::all(&pairs, &rules, &[], level);
    /// assert_eq!(agreement.len(), 1);
    /// // One person improved, and not reliably.
    /// assert_eq!(agreement[0].pairs, [[1, 1, 0], [0, 1, 0], [0, 0, 1]]);
    /// assert_eq!(agreement[0].agreed.count, 3);
    /// # Ok::<(), clw_core::change::PairCountsError>(())
    /// ```
    #[must_use]
    pub fn all(
        pairs: &PairCounts,
        reliable: &[ReliableChangeRule],
        important: &[ImportantChangeRule],
        level: ConfidenceLevel,
    ) -> Vec<Self> {
        let reliable = reliable.iter().map(Way::Reliable);
        let ways: Vec<Way<'_>> = core::iter::once(Way::Any)
            .chain(reliable)
            .chain(important.iter().map(Way::Important))
            .collect();
        let mut all = Vec::new();
        for (place, &first) in ways.iter().enumerate() {
            let later = ways.iter().skip(place + 1);
            all.extend(later.map(|&second| Self::of(pairs, first, second, level)));
        }
        all
    }

    fn of(pairs: &PairCounts, first: Way<'_>, second: Way<'_>, level: ConfidenceLevel) -> Self {
        let mut table = [[0_u64; 3]; 3];
        for cell in pairs.cells() {
            let class = |way: Way<'_>| way.class(pairs.scale(), cell.baseline, cell.follow_up);
            let row = table.get_mut(class(first));
            if let Some(count) = row.and_then(|row| row.get_mut(class(second))) {
                *count += cell.pairs;
            }
        }
        let [[better, ..], [_, neither, _], [.., worse]] = table;
        Self {
            first: first.definition(),
            second: second.definition(),
            n: pairs.n(),
            pairs: table,
            agreed: Share::of(better + neither + worse, pairs.n(), level),
            cohens_kappa: CohensKappa::of(&table, level).into(),
        }
    }
}

impl Way<'_> {
    fn definition(self) -> ChangeDefinition {
        match self {
            Self::Any => ChangeDefinition::Any,
            Self::Reliable(rule) => ChangeDefinition::Reliable { rule: rule.name().to_owned() },
            Self::Important(rule) => {
                ChangeDefinition::Important { anchor: rule.anchor().to_owned() }
            }
        }
    }

    /// 0 for better, 1 for neither, 2 for worse.
    fn class(self, scale: &Scale, baseline: Points, follow_up: Points) -> usize {
        match self {
            Self::Any => match AnyChange::of(scale.direction, baseline, follow_up) {
                AnyChange::Improved => 0,
                AnyChange::Same => 1,
                AnyChange::Worse => 2,
            },
            Self::Reliable(rule) => match rule.classify(scale, baseline, follow_up) {
                ReliableChange::Improved => 0,
                ReliableChange::Unchanged => 1,
                ReliableChange::Deteriorated => 2,
            },
            Self::Important(rule) => match rule.classify(scale, baseline, follow_up) {
                ImportantChange::Improved => 0,
                ImportantChange::Unimportant => 1,
                ImportantChange::Deteriorated => 2,
            },
        }
    }
}

impl CohensKappa {
    /// κ of a table of people by two classifications.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`], and [`Degenerate::OneClass`] where both put everybody in one and the
    /// same class, so that chance alone would agree.
    ///
    /// ```
    /// use clw_core::change::CohensKappa;
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// // 85 of 100 alike, 0.35 · 0.4 + 0.4 · 0.35 + 0.25 · 0.25 by chance.
    /// let table = [[30, 5, 0], [10, 30, 0], [0, 0, 25]];
    /// let kappa = CohensKappa::of(&table, ConfidenceLevel::default())?;
    /// assert!((kappa.kappa - (0.85 - 0.3425) / (1.0 - 0.3425)).abs() < 1e-15);
    /// # Ok::<(), clw_core::estimate::Degenerate>(())
    /// ```
    pub fn of(pairs: &[[u64; 3]; 3], level: ConfidenceLevel) -> Result<Self, Degenerate> {
        let [[a, b, c], [d, e, f], [g, h, i]] = *pairs;
        let (rows, columns) =
            ([a + b + c, d + e + f, g + h + i], [a + d + g, b + e + h, c + f + i]);
        let n: u64 = rows.iter().sum();
        if n == 0 {
            return Err(Degenerate::NoPairs);
        }
        if [a, e, i].contains(&n) {
            return Err(Degenerate::OneClass);
        }
        // All in n²ths, so that κ is a quotient of whole numbers.
        let wide = i128::from;
        let all = wide(n) * wide(n);
        let agreed = wide(n) * wide(a + e + i);
        let by_chance: i128 = rows.iter().zip(columns).map(|(&r, c)| wide(r) * wide(c)).sum();
        let kappa = (agreed - by_chance) as f64 / (all - by_chance) as f64;
        let disagreed_by_chance = (all - by_chance) as f64 / all as f64;

        let share = |people: u64| people as f64 / n as f64;
        let mut spread = 0.0;
        for (i, (cells, column)) in pairs.iter().zip(columns).enumerate() {
            for (j, (&cell, row)) in cells.iter().zip(rows).enumerate() {
                // The margins enter crossed: of the second's class i and of the first's class j.
                let margins = (share(column) + share(row)) * (1.0 - kappa);
                let deviation = if i == j { 1.0 - margins } else { margins };
                spread += share(cell) * deviation * deviation;
            }
        }
        let centre = kappa - (1.0 - disagreed_by_chance) * (1.0 - kappa);
        let variance = (spread - centre * centre).max(0.0) / n as f64;
        let standard_error = libm::sqrt(variance) / disagreed_by_chance;
        let reach = normal::upper_quantile(0.5 * (1.0 - level.get())) * standard_error;
        let (lower, upper) = ((kappa - reach).max(-1.0), (kappa + reach).min(1.0));
        Ok(Self { kappa, standard_error, interval: Interval { lower, upper, level } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// statsmodels 0.15.0, `cohens_kappa(table)`: kappa, std_kappa.
    #[test]
    fn kappa_and_its_standard_error_are_those_of_statsmodels() {
        let rows = [
            ([[30, 5, 0], [10, 30, 0], [0, 0, 25]], 0.7718631178707226, 0.055136138703429934),
            ([[12, 7, 0], [0, 31, 0], [0, 4, 6]], 0.671641791044776, 0.0863075491261863),
            ([[3, 9, 1], [2, 2, 8], [7, 1, 0]], -0.2887029288702929, 0.08753572938764004),
            ([[5, 0, 0], [0, 6, 0], [0, 0, 2]], 1.0, 0.0),
        ];
        for (table, kappa, standard_error) in rows {
            let found = CohensKappa::of(&table, ConfidenceLevel::default()).unwrap();
            assert!((found.kappa - kappa).abs() < 1e-14, "{found:?}");
            assert!((found.standard_error - standard_error).abs() < 1e-8, "{found:?}");
            assert!(found.interval.contains(kappa), "{found:?}");
        }
    }

    #[test]
    fn one_class_of_everybody_has_no_agreement_beyond_chance() {
        let level = ConfidenceLevel::default();
        let kappa = |table| CohensKappa::of(&table, level).map_err(Degenerate::code);
        assert_eq!(kappa([[0; 3]; 3]), Err("no-pairs"));
        assert_eq!(kappa([[0, 0, 0], [0, 9, 0], [0, 0, 0]]), Err("one-class"));
        // By one nobody changed, by the other half did: agreement is that of chance.
        assert_eq!(kappa([[0, 5, 0], [0, 5, 0], [0, 0, 0]]).map(|kappa| kappa.kappa), Ok(0.0));
    }
}
