//! Questions about completion.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Answer, NO_SCALE, Question, RequestError, Table, about};
use crate::coded;
use crate::completion::{
    ComparisonError, CompletionRates, ControlChartOptions, ControlLimits, DifferenceOfShares, Flow,
    FollowedUpBy, FunnelOptions, FunnelPlot, ImprovedBounds, KaplanMeier, NamedCount, PChart,
    PChartLimits, PeriodValue, RuleSet, SpecialCause, SurvivalInterval, TimesToFollowUp, XmrChart,
    XmrConstants,
};
use crate::estimate::{ConfidenceLevel, Estimate, Interval, Share};
use crate::evaluation::TimeToFollowUp;
use crate::pairing::{Counted as _, FlowBox};
use crate::sentences::about::{interval_of_percent, share};
use crate::sentences::format::{count, decimal, from_to, percent};
use crate::sentences::{Noun, completion, over_time};

/// From the fates of episodes to the boxes and the rates between them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Completion {
    flow: Flow,
    improved: Option<u64>,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CompletionFound {
    flow: Flow,
    boxes: Vec<BoxCount>,
    rates: CompletionRates,
    #[serde(skip_serializing_if = "Option::is_none")]
    improved_bounds: Option<ImprovedBounds>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct BoxCount {
    r#box: FlowBox,
    episodes: u64,
}

impl Question for Completion {
    fn answer(self) -> Result<Answer, RequestError> {
        let Self { flow, improved, level } = self;
        let referred = flow.episodes()?;
        let (paired, due) = (flow.in_box(FlowBox::Paired), flow.in_box(FlowBox::Due));
        if let Some(count) = improved.filter(|improved| *improved > paired) {
            let name = "improved".to_owned();
            return Err(ComparisonError::MoreThanAll { name, count, of: paired }.into());
        }
        let boxes =
            FlowBox::ALL.iter().map(|&r#box| BoxCount { r#box, episodes: flow.in_box(r#box) });
        let rates = CompletionRates::of(&flow, level);
        let improved_bounds = improved.map(|improved| ImprovedBounds::of(improved, paired, due));
        let found = CompletionFound { boxes: boxes.collect(), rates, improved_bounds, flow };
        let bounds = found.improved_bounds.as_ref();
        let about = about(NO_SCALE, None, paired);
        let about = crate::sentences::About { noun: Noun::EPISODES, ..about };
        let headline = &found.rates.paired_completion;
        let sentences = [
            Some(completion::paired_completion(Noun::EPISODES, headline)),
            bounds.and_then(|bounds| completion::improved(&about, bounds, headline)),
            bounds.and_then(completion::unknown),
        ];
        let sentence = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let brief = format!("{referred} referred, {due} due, {paired} paired");
        let rates = &found.rates;
        let rows = [
            ("paired completion", &rates.paired_completion),
            ("baseline completion", &rates.baseline_completion),
            ("coverage", &rates.coverage),
            ("timeliness", &rates.timeliness),
        ];
        let table = Table {
            headings: vec!["rate", "of", "share"],
            rows: rows
                .map(|(name, rate)| vec![name.to_owned(), count(rate.of), share(rate)])
                .into(),
        };
        Ok(Answer::new(&found, sentence, brief, table))
    }
}

/// From counts by day to Kaplan and Meier's curve.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Survival {
    counts: TimesToFollowUp,
    #[serde(default)]
    by: Vec<u32>,
    #[serde(default)]
    interval: SurvivalInterval,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct SurvivalFound {
    #[serde(flatten)]
    curve: KaplanMeier,
    by_day: Vec<FollowedUpBy>,
}

impl Question for Survival {
    fn answer(self) -> Result<Answer, RequestError> {
        let curve = KaplanMeier::of(&self.counts, self.interval, self.level);
        let by_day: Vec<_> = self.by.iter().map(|day| curve.followed_up_by(*day)).collect();
        let (people, followed_up) = (curve.people, curve.followed_up);
        // A sentence counts in weeks.
        let whole_weeks = by_day.iter().filter(|found| found.day % 7 == 0).copied();
        let told = TimeToFollowUp {
            people,
            followed_up,
            median: curve.median,
            by_day: whole_weeks.collect(),
            without_dates: 0,
        };
        let sentence = over_time::time_to_follow_up(Noun::PEOPLE, &told);
        let brief = format!("{people} people, {followed_up} followed up");
        let rows = curve.points.iter().map(|point| {
            vec![
                point.day.to_string(),
                count(point.at_risk),
                count(point.followed_up),
                count(point.censored),
                percent(1.0 - point.not_followed_up),
                or_dash(&point.interval, |limits| {
                    interval_of_percent(&Interval {
                        lower: 1.0 - limits.upper,
                        upper: 1.0 - limits.lower,
                        level: limits.level,
                    })
                }),
            ]
        });
        let headings =
            vec!["day", "watched", "followed up", "last seen", "followed up by then", "interval"];
        let table = Table { headings, rows: rows.collect() };
        Ok(Answer::new(&SurvivalFound { curve, by_day }, sentence, brief, table))
    }
}

/// Rules by the name of their source, or each by itself.
fn options(
    rules: Value,
    recalculate_from: Vec<String>,
    baseline_periods: Option<u32>,
) -> Result<ControlChartOptions, RequestError> {
    let rules = match rules {
        Value::String(_) => coded::from_value::<RuleSet>(&rules)?.rules(),
        listed => coded::from_value(&listed)?,
    };
    Ok(ControlChartOptions { rules, recalculate_from, baseline_periods })
}

/// A p-chart of shares by period.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Shares {
    periods: Vec<NamedCount>,
    limits: PChartLimits,
    rules: Value,
    #[serde(default)]
    recalculate_from: Vec<String>,
    baseline_periods: Option<u32>,
}

impl Question for Shares {
    fn answer(self) -> Result<Answer, RequestError> {
        let options = options(self.rules, self.recalculate_from, self.baseline_periods)?;
        let chart = PChart::of(&self.periods, self.limits, options)?;
        let points = || chart.phases.iter().flat_map(|phase| &phase.points);
        let rows = points().map(|point| {
            vec![
                point.period.clone(),
                format!("{} of {}", count(point.count), count(point.of)),
                point.share.map_or_else(dash, percent),
                point.limits.as_ref().map_or_else(dash, percent_limits),
                causes(&point.special_causes),
            ]
        });
        let headings = vec!["period", "count", "share", "limits", "more than chance"];
        let table = Table { headings, rows: rows.collect() };
        let unusual = points().filter(|point| !point.special_causes.is_empty()).count();
        let brief = format!("{} periods, {unusual} beyond chance", points().count());
        let sentence = over_time::shares_over_periods(&chart);
        Ok(Answer::new(&chart, sentence, brief, table))
    }
}

/// An XmR chart of values by period.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Values {
    periods: Vec<PeriodValue>,
    constants: XmrConstants,
    rules: Value,
    #[serde(default)]
    recalculate_from: Vec<String>,
    baseline_periods: Option<u32>,
}

impl Question for Values {
    fn answer(self) -> Result<Answer, RequestError> {
        let options = options(self.rules, self.recalculate_from, self.baseline_periods)?;
        let chart = XmrChart::of(&self.periods, self.constants, options)?;
        let points = || chart.phases.iter().flat_map(|phase| &phase.points);
        let of_phase = chart.phases.iter().flat_map(|phase| {
            let limits = or_dash(&phase.limits, |limits| from_to(limits.lower, limits.upper, 2));
            phase.points.iter().map(move |point| (point, limits.clone()))
        });
        let rows = of_phase.map(|(point, limits)| {
            let number = |value: Option<f64>| value.map_or_else(dash, |value| decimal(value, 2));
            vec![
                point.period.clone(),
                number(point.value),
                number(point.moving_range),
                limits,
                causes(&point.special_causes),
            ]
        });
        let headings = vec!["period", "value", "moving range", "limits", "more than chance"];
        let table = Table { headings, rows: rows.collect() };
        let unusual = points().filter(|point| !point.special_causes.is_empty()).count();
        let brief = format!("{} periods, {unusual} beyond chance", points().count());
        let sentence = over_time::values_over_periods(&chart);
        Ok(Answer::new(&chart, sentence, brief, table))
    }
}

/// A funnel plot of practices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Funnel {
    practices: Vec<NamedCount>,
    #[serde(default)]
    options: FunnelOptions,
}

impl Question for Funnel {
    fn answer(self) -> Result<Answer, RequestError> {
        let plot = FunnelPlot::of(&self.practices, self.options)?;
        let rows = plot.points.iter().map(|point| {
            vec![
                point.name.clone(),
                format!("{} of {}", count(point.count), count(point.of)),
                percent(point.share),
                or_dash(&point.band, |band| percent_limits(&band.limits_95)),
                or_dash(&point.band, |band| percent_limits(&band.limits_99_8)),
                or_dash(&point.position, |position| position.words().to_owned()),
            ]
        });
        let headings = vec![
            "practice",
            "count",
            "share",
            "95\u{a0}% limits",
            "99.8\u{a0}% limits",
            "position",
        ];
        let table = Table { headings, rows: rows.collect() };
        let brief = format!("{} practices", plot.points.len());
        let sentence = over_time::groups_in_funnel(&plot);
        Ok(Answer::new(&plot, sentence, brief, table))
    }
}

/// Two shares and their difference.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BeforeAndAfter {
    before: Counted,
    after: Counted,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Counted {
    count: u64,
    of: u64,
}

impl Question for BeforeAndAfter {
    fn answer(self) -> Result<Answer, RequestError> {
        let named =
            |name: &str, counted: &Counted| NamedCount::new(name, counted.count, counted.of);
        let (before, after) = (named("before", &self.before), named("after", &self.after));
        let found = DifferenceOfShares::of(&before, &after, self.level)?;
        let row = |name: &str, of: &Share| vec![name.to_owned(), count(of.of), share(of)];
        let table = Table {
            headings: vec!["when", "of", "share"],
            rows: vec![row("before", &found.before), row("after", &found.after)],
        };
        let told = |of: &Share| format!("{} of {}", of.count, of.of);
        let brief = format!("{} before, {} after", told(&found.before), told(&found.after));
        let sentence = over_time::difference_of_shares(&found);
        Ok(Answer::new(&found, sentence, brief, table))
    }
}

fn dash() -> String {
    "–".to_owned()
}

/// A statistic in words, or a dash where there is none.
pub(super) fn or_dash<T>(found: &Estimate<T>, say: impl FnOnce(&T) -> String) -> String {
    found.computed().map_or_else(dash, say)
}

fn percent_limits(limits: &ControlLimits) -> String {
    format!("{} to {}", percent(limits.lower), percent(limits.upper))
}

fn causes(found: &[SpecialCause]) -> String {
    let words: Vec<String> =
        found.iter().map(|cause| over_time::special_cause(cause.rule)).collect();
    words.join("; ")
}
