//! Questions about indicators.

use serde::Deserialize;
use serde_json::Value;

use super::completion::or_dash;
use super::{Answer, Question, RequestError, Table};
use crate::coded;
use crate::estimate::{ConfidenceLevel, Share};
use crate::indicator::{
    Indicator, IndicatorDefinition, IndicatorError, IndicatorMonth, IndicatorReport, IndicatorSpan,
    IndicatorTotal, PeriodLength, TargetComparison,
};
use crate::instrument::Decimal;
use crate::sentences::format::{count, percent, percent_from_to};
use crate::sentences::indicators;

/// A definition, or the id of one that comes with the library, and counts by month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OfMonths {
    indicator: Value,
    target: Option<Decimal>,
    months: Vec<IndicatorMonth>,
    #[serde(default)]
    without_month: IndicatorTotal,
    span: Option<IndicatorSpan>,
    length: PeriodLength,
    #[serde(default)]
    level: ConfidenceLevel,
}

impl OfMonths {
    /// The indicator, with the target given in the place of its own.
    fn checked(&self) -> Result<Indicator, RequestError> {
        let found = match &self.indicator {
            Value::String(id) => built_in(id)?,
            definition => coded::from_value::<Indicator>(definition)?,
        };
        let Some(target) = self.target else { return Ok(found) };
        let definition = IndicatorDefinition { target: Some(target), ..found.into() };
        Ok(Indicator::new(definition)?)
    }
}

fn built_in(id: &str) -> Result<Indicator, RequestError> {
    let known = Indicator::built_in()?;
    let ids = || known.iter().map(|of| of.definition().id.clone()).collect();
    let found = known.iter().find(|of| of.definition().id == id).cloned();
    let unknown = || IndicatorError::UnknownIndicator { id: id.to_owned(), known: ids() };
    Ok(found.ok_or_else(unknown)?)
}

impl Question for OfMonths {
    fn answer(self) -> Result<Answer, RequestError> {
        let indicator = self.checked()?;
        let Self { months, without_month, span, length, level, .. } = self;
        let found =
            IndicatorReport::of_months(&indicator, &months, without_month, span, length, level)?;
        let mut rows: Vec<Vec<String>> = found
            .periods
            .iter()
            .map(|of| row(of.period.clone(), &of.share, of.beside_target))
            .collect();
        rows.push(row("all months".to_owned(), &found.whole, found.whole_beside_target));
        let headings = vec!["period", "share", "interval", "from", "beside the target"];
        let brief = match found.periods.len() {
            1 => format!("{} over 1 period", indicator.definition().id),
            periods => format!("{} over {periods} periods", indicator.definition().id),
        };
        Ok(Answer::new(&found, indicators::whole(&found), brief, Table { headings, rows }))
    }
}

fn row(period: String, share: &Share, beside: Option<TargetComparison>) -> Vec<String> {
    vec![
        period,
        or_dash(&share.proportion, |of| percent(of.value)),
        or_dash(&share.proportion, |of| {
            format!("{}\u{a0}%", percent_from_to(of.interval.lower, of.interval.upper))
        }),
        format!("{} of {}", count(share.count), count(share.of)),
        beside.map_or_else(String::new, |beside| beside.words().to_owned()),
    ]
}
