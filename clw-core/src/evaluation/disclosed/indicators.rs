//! Indicators over their periods, as published.

use serde::{Deserialize, Serialize};

use super::super::findings::MeasureFindings;
use super::View;
use super::cells::{numerator, whose};
use super::keys::{Slot, Step};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::estimate::Share;
use crate::indicator::{
    Indicator, IndicatorReport, IndicatorSpan, Month, PeriodLength, TargetComparison,
};

/// An indicator over the periods of a report, as published.
///
/// Those counted outside the months reported, and those without a month, are not in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedIndicator {
    /// The indicator.
    pub indicator: Indicator,
    /// The months reported.
    pub span: IndicatorSpan,
    /// How long the periods are.
    pub length: PeriodLength,
    /// The periods, in their order in time.
    pub periods: Vec<DisclosedPeriod>,
    /// All months reported together.
    pub whole: PublishedShare,
    /// Where that lies beside the target.
    pub whole_beside_target: Option<TargetComparison>,
}

/// The indicator in one period, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedPeriod {
    /// Its name.
    pub period: String,
    /// Its first month.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// How many of its months the report leaves out.
    pub months_left_out: u32,
    /// The share.
    pub share: PublishedShare,
    /// Where that lies beside the target.
    pub beside_target: Option<TargetComparison>,
}

impl View<'_> {
    pub(super) fn indicators(
        &self,
        place: usize,
        found: &MeasureFindings,
    ) -> Vec<DisclosedIndicator> {
        let reports = found.over_periods.indicators.iter();
        reports.map(|report| self.indicator(place, found, report)).collect()
    }

    fn indicator(
        &self,
        place: usize,
        found: &MeasureFindings,
        report: &IndicatorReport,
    ) -> DisclosedIndicator {
        let definition = report.indicator.definition();
        let rules: Vec<&str> =
            found.change.reliable_change.iter().map(|of| of.rule.name()).collect();
        let share = |slot| {
            let whose = whose(place, definition, slot);
            let of = whose.step(Step::In(definition.denominator));
            let count = numerator(&whose, definition, &rules);
            let count = count.map_or(PublishedCount::Hidden, |key| self.count(&key));
            PublishedShare::of(count, self.count(&of), self.level)
        };
        let beside = |share: &PublishedShare| {
            let share = Share {
                count: share.count.shown()?,
                of: share.of.shown()?,
                proportion: share.proportion?,
            };
            TargetComparison::of(&share, definition.target?, definition.direction)
        };
        let periods = report.periods.iter().map(|period| {
            let share = share(Slot::In(period.from));
            DisclosedPeriod {
                period: period.period.clone(),
                from: period.from,
                to: period.to,
                months_left_out: period.months_left_out,
                beside_target: beside(&share),
                share,
            }
        });
        let whole = share(Slot::Whole);
        DisclosedIndicator {
            indicator: report.indicator.clone(),
            span: report.span,
            length: report.length,
            periods: periods.collect(),
            whole_beside_target: beside(&whole),
            whole,
        }
    }
}
