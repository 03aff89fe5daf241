//! Control charts: whether a share or a value over time does more than vary by chance.
//!
//! [`PChart`] is for shares, whose denominators set how much chance allows in each period; [`XmrChart`]
//! for one value a period, whose own ups and downs set it. Both have a centre and limits, and
//! [`SpecialCauseRule`]s that say what is more than chance. Periods come in their order in time; one
//! without a denominator or a value is a gap and never a zero.
//!
//! Centre and limits are those of all periods of a phase, or of its first periods only, after which they
//! stay fixed ([`ControlChartOptions::baseline_periods`]). A new phase, with a centre and limits of its
//! own, begins where one is asked for and nowhere else ([`ControlChartOptions::recalculate_from`]).

mod p_chart;
mod rules;
mod xmr;

use serde::{Deserialize, Serialize};

use super::ComparisonError;

pub use p_chart::{PChart, PChartLimits, PChartPhase, PChartPoint};
pub use rules::{RuleSet, SpecialCause, SpecialCauseRule};
pub use xmr::{PeriodValue, XmrChart, XmrConstants, XmrPhase, XmrPoint};

/// How special causes are looked for, and from which periods centre and limits come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ControlChartOptions {
    /// The rules; [`RuleSet::rules`] has those of a source.
    pub rules: Vec<SpecialCauseRule>,
    /// The periods from which on centre and limits are worked out anew, in their order in time.
    #[serde(default)]
    pub recalculate_from: Vec<String>,
    /// After how many periods of a phase centre and limits stay fixed; absent, all of them count. At
    /// least 2. Gaps do not count, and a phase with fewer periods uses those it has.
    #[serde(default)]
    pub baseline_periods: Option<u32>,
}

impl ControlChartOptions {
    /// All periods one phase, under the rules of a source.
    #[must_use]
    pub fn new(rules: RuleSet) -> Self {
        Self { rules: rules.rules(), recalculate_from: Vec::new(), baseline_periods: None }
    }

    fn check(&self) -> Result<(), ComparisonError> {
        if let Some(periods) = self.baseline_periods.filter(|periods| *periods < 2) {
            return Err(ComparisonError::BaselineTooShort { periods });
        }
        let lengths = self.rules.iter().filter_map(|rule| rule.length());
        match lengths.min() {
            Some(points) if points < 2 => Err(ComparisonError::RunTooShort { points }),
            _ => Ok(()),
        }
    }

    /// How many of the periods of a phase that have a value make its centre and limits.
    fn baseline(&self) -> usize {
        let periods = self.baseline_periods.and_then(|periods| usize::try_from(periods).ok());
        periods.unwrap_or(usize::MAX)
    }

    /// The periods of each phase, none of them empty.
    fn phases<'a, T>(
        &self,
        periods: &'a [T],
        name: impl Fn(&T) -> &str,
    ) -> Result<Vec<&'a [T]>, ComparisonError> {
        let mut phases = Vec::new();
        let (mut rest, mut passed) = (periods, 0);
        for (nth, start) in self.recalculate_from.iter().enumerate() {
            let place = periods.iter().position(|period| name(period) == start);
            let place =
                place.ok_or_else(|| ComparisonError::UnknownPeriod { name: start.clone() })?;
            let earlier = nth.checked_sub(1).and_then(|nth| self.recalculate_from.get(nth));
            if let Some(first) = earlier.filter(|_| place <= passed) {
                let (first, next) = (first.clone(), start.clone());
                return Err(ComparisonError::PeriodsOutOfOrder { first, next });
            }
            let (phase, later) = rest.split_at_checked(place - passed).unwrap_or((rest, &[]));
            phases.push(phase);
            (rest, passed) = (later, place);
        }
        phases.push(rest);
        phases.retain(|phase| !phase.is_empty());
        Ok(phases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTHS: [&str; 4] = ["jan", "feb", "mar", "apr"];

    fn options(recalculate_from: &[&str]) -> ControlChartOptions {
        let recalculate_from = recalculate_from.iter().map(|&name| name.to_owned()).collect();
        ControlChartOptions { recalculate_from, ..ControlChartOptions::new(RuleSet::Nelson1984) }
    }

    #[test]
    fn phases_begin_where_they_are_asked_for() {
        for (from, expected) in [
            (&[][..], vec![&MONTHS[..]]),
            (&["jan"], vec![&MONTHS[..]]),
            (&["mar"], vec![&MONTHS[..2], &MONTHS[2..]]),
            (&["feb", "apr"], vec![&MONTHS[..1], &MONTHS[1..3], &MONTHS[3..]]),
        ] {
            assert_eq!(options(from).phases(&MONTHS, |name| name).unwrap(), expected);
        }
        assert!(options(&[]).phases(&[] as &[&str], |name| name).unwrap().is_empty());
    }

    #[test]
    fn phases_are_named_in_their_order_in_time() {
        for (from, code) in [
            (["apr", "feb"], "periods-out-of-order"),
            (["feb", "feb"], "periods-out-of-order"),
            (["jan", "jan"], "periods-out-of-order"),
            (["feb", "may"], "unknown-period"),
        ] {
            let error = options(&from).phases(&MONTHS, |name| name).unwrap_err();
            assert_eq!(error.code(), code, "{from:?}");
        }
    }

    #[test]
    fn a_baseline_and_a_run_have_two_periods_at_least() {
        let short = ControlChartOptions { baseline_periods: Some(1), ..options(&[]) };
        assert_eq!(short.check().unwrap_err().code(), "baseline-too-short");
        let rules = vec![SpecialCauseRule::Trend { points: 1 }];
        let single = ControlChartOptions { rules, ..options(&[]) };
        assert_eq!(single.check().unwrap_err().code(), "run-too-short");
        assert!(options(&[]).check().is_ok());
    }
}
