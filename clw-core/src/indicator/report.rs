//! An indicator over the periods of a report.

use std::collections::BTreeSet;

use crate::OrderedMap;

use serde::{Deserialize, Serialize};

use super::{
    Indicator, IndicatorDefinition, IndicatorError, IndicatorPopulation, Month, PeriodLength,
};
use crate::caseload::add_count;
use crate::change::ReliableChangeRule;
use crate::completion::{CountsByGroup, Flow, GroupCounts};
use crate::estimate::{ConfidenceLevel, Share};
use crate::instrument::{Decimal, Direction};
use crate::pairing::{Standing, counted};

/// Fewest attended contacts of a finished episode: NHS Talking Therapies' "at least two attended
/// treatment contacts".
const CONTACTS_OF_FINISHED: u32 = 2;

counted! {
    /// Why an episode is not counted as finished: closed, after two attended contacts at least.
    NotFinished {
        /// It is open.
        Open = "open",
        /// It is closed after fewer attended contacts.
        FewerContacts = "fewer-contacts",
        /// It is closed, and how many contacts were attended is not known: it may be finished or not.
        ContactsNotKnown = "contacts-not-known",
    }
}

impl NotFinished {
    /// The reason; `None` for a finished episode.
    #[must_use]
    pub fn of(standing: &Standing) -> Option<Self> {
        match (standing.closure.date(), standing.attended) {
            (None, _) => Some(Self::Open),
            (Some(_), None) => Some(Self::ContactsNotKnown),
            (Some(_), Some(contacts)) if contacts < CONTACTS_OF_FINISHED => {
                Some(Self::FewerContacts)
            }
            (Some(_), Some(_)) => None,
        }
    }
}

/// The counts that indicators are worked out from, of one measure.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorInput<'a> {
    /// The counts of all episodes by the months they are counted in.
    pub all_episodes: &'a CountsByGroup,
    /// The same of the finished episodes alone; absent where they were not counted apart.
    pub finished: Option<&'a CountsByGroup>,
    /// The other episodes, by why they are not finished.
    pub not_finished: Option<&'a OrderedMap<NotFinished, Flow>>,
    /// The rules of reliable change that an indicator may name.
    pub reliable_change: &'a [ReliableChangeRule],
}

/// The first and the last month of a report, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorSpan {
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
}

/// A numerator and its denominator.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorTotal {
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
}

/// What was counted in one month, by whatever means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorMonth {
    /// The month.
    pub month: Month,
    /// The numerator.
    pub count: u64,
    /// The denominator.
    pub of: u64,
}

/// Where a share lies beside the target. It says what chance allows to be said, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetComparison {
    /// The whole interval is at the target or beyond it.
    AtTargetOrBeyond,
    /// The interval reaches to both sides of the target.
    NotDistinguishable,
    /// The whole interval falls short of the target.
    ShortOfTarget,
}

impl TargetComparison {
    /// In words that do not judge.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtTargetOrBeyond => "at the target or beyond it, more than chance explains",
            Self::NotDistinguishable => "not distinguishable from the target by these numbers",
            Self::ShortOfTarget => "short of the target, more than chance explains",
        }
    }

    pub(crate) fn of(share: &Share, target: Decimal, direction: Direction) -> Option<Self> {
        let interval = share.proportion.computed()?.interval;
        let target = target.to_f64();
        let (reaches, falls_short) = match direction {
            Direction::HigherIsBetter => (interval.lower >= target, interval.upper < target),
            Direction::LowerIsBetter => (interval.upper <= target, interval.lower > target),
        };
        Some(match (reaches, falls_short) {
            (true, _) => Self::AtTargetOrBeyond,
            (_, true) => Self::ShortOfTarget,
            (false, false) => Self::NotDistinguishable,
        })
    }
}

/// The indicator in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorPeriod {
    /// Its name: `2025-03`, `2024-25 Q4`, `2024-25 H2` or `2024-25`.
    pub period: String,
    /// Its first month.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// How many of its months the report leaves out, being before its first or after its last: the
    /// period is not complete then.
    pub months_left_out: u32,
    /// The share, with its interval; not computed where the denominator is 0.
    pub share: Share,
    /// Where that lies beside the target, where there are both.
    pub beside_target: Option<TargetComparison>,
}

/// An indicator over the periods of a report.
///
/// Every episode that was in the box of the denominator is counted once: in a period, in a month
/// outside the report, without a month, or as not finished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IndicatorReport {
    /// The indicator.
    pub indicator: Indicator,
    /// The months reported.
    pub span: IndicatorSpan,
    /// How long the periods are.
    pub length: PeriodLength,
    /// The level of the intervals.
    pub level: ConfidenceLevel,
    /// The periods, in their order in time.
    pub periods: Vec<IndicatorPeriod>,
    /// All months reported together.
    pub whole: Share,
    /// Where that lies beside the target.
    pub whole_beside_target: Option<TargetComparison>,
    /// In months before or after those reported.
    pub outside_span: IndicatorTotal,
    /// Without a month: not recorded, still open, not due.
    pub without_month: IndicatorTotal,
    /// Of an indicator of finished episodes: those that were in the box of the denominator and are not
    /// finished, by the reason.
    #[serde(default, skip_serializing_if = "OrderedMap::is_empty")]
    pub not_finished: OrderedMap<NotFinished, u64>,
}

impl IndicatorReport {
    /// The report of an indicator.
    ///
    /// # Errors
    /// [`IndicatorError::SpanBackwards`], [`IndicatorError::UnknownRule`],
    /// [`IndicatorError::NotGrouped`], [`IndicatorError::FinishedNotCounted`],
    /// [`IndicatorError::Count`].
    ///
    /// ```
    /// use clw_core::completion::{CountsByGroup, GroupBy, GroupCounts};
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::indicator::{
    ///     Indicator, IndicatorInput, IndicatorReport, IndicatorSpan, PeriodLength,
    /// };
    /// use clw_core::instrument::catalogue;
    /// use clw_core::pairing::Fate;
    ///
    /// let scale = catalogue::find("swemwbs")?.measure("wellbeing")?.scale();
    /// let mut counts = CountsByGroup::default();
    /// for (month, fate) in [("2025-02", Fate::Paired), ("2025-03", Fate::FollowUpMissing)] {
    ///     let mut group = GroupCounts::new(scale);
    ///     group.flow.add(fate);
    ///     counts.add(GroupBy::DueMonth, month, &group).unwrap();
    /// }
    /// let indicator = Indicator::from_json(r#"{
    ///     "id": "paired-completion", "title": "Paired completion",
    ///     "numerator": {"box": "paired"}, "denominator": "due", "month-of": "due-month",
    ///     "direction": "higher-is-better",
    ///     "source": {"id": "local", "citation": "Funding agreement, schedule 2", "locator": "local"}
    /// }"#)?;
    /// let input = IndicatorInput {
    ///     all_episodes: &counts,
    ///     finished: None,
    ///     not_finished: None,
    ///     reliable_change: &[],
    /// };
    /// let span = IndicatorSpan { from: "2024-04".parse()?, to: "2025-03".parse()? };
    /// let level = ConfidenceLevel::default();
    /// let report = IndicatorReport::of(&indicator, input, span, PeriodLength::Quarter, level)?;
    /// assert_eq!(report.periods[3].period, "2024-25 Q4");
    /// assert_eq!((report.periods[3].share.count, report.periods[3].share.of), (1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(
        indicator: &Indicator,
        input: IndicatorInput<'_>,
        span: IndicatorSpan,
        length: PeriodLength,
        level: ConfidenceLevel,
    ) -> Result<Self, IndicatorError> {
        let counted = Counted::of(indicator, input, span, length)?;
        let report = Self::of_counted(indicator, &counted, span, length, level)?;
        Ok(Self { not_finished: input.left_out(indicator.definition()), ..report })
    }

    /// The report of an indicator whose counts by month were made elsewhere, such as those of a register.
    ///
    /// Without a `span` it is that of the months given. `without_month` is what has no month.
    ///
    /// # Errors
    /// [`IndicatorError::NoMonths`], [`IndicatorError::MonthTwice`], [`IndicatorError::MoreThanAll`],
    /// [`IndicatorError::SpanBackwards`], [`IndicatorError::Count`].
    ///
    /// ```
    /// use clw_core::estimate::ConfidenceLevel;
    /// use clw_core::indicator::{
    ///     Indicator, IndicatorMonth, IndicatorReport, IndicatorTotal, PeriodLength,
    /// };
    ///
    /// let month = |month: &str, count, of| {
    ///     month.parse().map(|month| IndicatorMonth { month, count, of })
    /// };
    /// let months = [month("2025-01", 20, 40)?, month("2025-03", 25, 50)?];
    /// let indicator = &Indicator::built_in()?[0];
    /// let (none, level) = (IndicatorTotal::default(), ConfidenceLevel::default());
    /// let report =
    ///     IndicatorReport::of_months(indicator, &months, none, None, PeriodLength::Quarter, level)?;
    /// assert_eq!((report.whole.count, report.whole.of), (45, 90));
    /// # Ok::<(), clw_core::indicator::IndicatorError>(())
    /// ```
    pub fn of_months(
        indicator: &Indicator,
        months: &[IndicatorMonth],
        without_month: IndicatorTotal,
        span: Option<IndicatorSpan>,
        length: PeriodLength,
        level: ConfidenceLevel,
    ) -> Result<Self, IndicatorError> {
        let known = months.iter().map(|of| of.month);
        let given = known.clone().min().zip(known.max());
        let span = span.or(given.map(|(from, to)| IndicatorSpan { from, to }));
        let span = span.ok_or(IndicatorError::NoMonths)?;
        let counted = Counted::of_months(months, without_month, span, length)?;
        Self::of_counted(indicator, &counted, span, length, level)
    }

    fn of_counted(
        indicator: &Indicator,
        counted: &Counted,
        span: IndicatorSpan,
        length: PeriodLength,
        level: ConfidenceLevel,
    ) -> Result<Self, IndicatorError> {
        let definition = indicator.definition();
        let share = |total: IndicatorTotal| {
            let share = Share::of(total.count, total.of, level);
            let compare = |target| TargetComparison::of(&share, target, definition.direction);
            (share, definition.target.and_then(compare))
        };
        let mut whole = IndicatorTotal::default();
        counted.periods.values().try_for_each(|period| whole.add(*period))?;
        let period = |(from, total): (&Month, &IndicatorTotal)| {
            let to = from.plus(length.months() - 1);
            let (share, beside_target) = share(*total);
            let before = span.from.months_since(*from).max(0);
            let after = to.months_since(span.to).max(0);
            IndicatorPeriod {
                period: length.label(*from),
                from: *from,
                to,
                months_left_out: before.unsigned_abs() + after.unsigned_abs(),
                share,
                beside_target,
            }
        };
        let (whole, whole_beside_target) = share(whole);
        Ok(Self {
            indicator: indicator.clone(),
            span,
            length,
            level,
            periods: counted.periods.iter().map(period).collect(),
            whole,
            whole_beside_target,
            outside_span: counted.outside_span,
            without_month: counted.without_month,
            not_finished: OrderedMap::new(),
        })
    }
}

impl IndicatorTotal {
    fn add(&mut self, more: Self) -> Result<(), IndicatorError> {
        add_count(&mut self.count, more.count)?;
        Ok(add_count(&mut self.of, more.of)?)
    }
}

/// The counts of a report, every period by its first month.
struct Counted {
    periods: OrderedMap<Month, IndicatorTotal>,
    outside_span: IndicatorTotal,
    without_month: IndicatorTotal,
}

impl Counted {
    fn of(
        indicator: &Indicator,
        input: IndicatorInput<'_>,
        span: IndicatorSpan,
        length: PeriodLength,
    ) -> Result<Self, IndicatorError> {
        let definition = indicator.definition();
        let by = definition.month_of;
        let counts = input.population(definition.population)?;
        // Without episodes there are no groups of any kind.
        if counts.kinds().next().is_some() && !counts.kinds().any(|kind| kind == by) {
            return Err(IndicatorError::NotGrouped { by: by.code() });
        }
        let rule = definition.numerator.rule().map(|name| input.rule(name)).transpose()?;
        let total = |counts: &GroupCounts| IndicatorTotal {
            count: definition.numerator.of(counts, rule),
            of: counts.flow.in_box(definition.denominator),
        };
        let mut counted = Self::none(span, length)?;
        for (group, counts) in counts.groups(by) {
            let slot = match group.parse::<Month>() {
                Ok(month) => counted.slot(month, span, length),
                Err(_) => &mut counted.without_month,
            };
            slot.add(total(counts))?;
        }
        Ok(counted)
    }

    fn of_months(
        months: &[IndicatorMonth],
        without_month: IndicatorTotal,
        span: IndicatorSpan,
        length: PeriodLength,
    ) -> Result<Self, IndicatorError> {
        let mut counted = Self { without_month, ..Self::none(span, length)? };
        let mut known = BTreeSet::new();
        for &IndicatorMonth { month, count, of } in months {
            if count > of {
                return Err(IndicatorError::MoreThanAll { month: month.to_string(), count, of });
            }
            if !known.insert(month) {
                return Err(IndicatorError::MonthTwice { month: month.to_string() });
            }
            counted.slot(month, span, length).add(IndicatorTotal { count, of })?;
        }
        let IndicatorTotal { count, of } = without_month;
        match count > of {
            true => Err(IndicatorError::MoreThanAll { month: "no month".to_owned(), count, of }),
            false => Ok(counted),
        }
    }

    fn none(span: IndicatorSpan, length: PeriodLength) -> Result<Self, IndicatorError> {
        if span.to < span.from {
            let (from, to) = (span.from.to_string(), span.to.to_string());
            return Err(IndicatorError::SpanBackwards { from, to });
        }
        let (outside_span, without_month) = (IndicatorTotal::default(), IndicatorTotal::default());
        Ok(Self { periods: periods(span, length), outside_span, without_month })
    }

    /// Where what is counted in a month belongs.
    fn slot(
        &mut self,
        month: Month,
        span: IndicatorSpan,
        length: PeriodLength,
    ) -> &mut IndicatorTotal {
        if (span.from..=span.to).contains(&month) {
            self.periods.entry(length.first_month(month)).or_default()
        } else {
            &mut self.outside_span
        }
    }
}

/// All periods of a span, none of them counted yet.
fn periods(span: IndicatorSpan, length: PeriodLength) -> OrderedMap<Month, IndicatorTotal> {
    let next = |first: &Month| Some(first.plus(length.months()));
    let firsts = core::iter::successors(Some(length.first_month(span.from)), next);
    firsts
        .take_while(|first| *first <= span.to)
        .map(|first| (first, IndicatorTotal::default()))
        .collect()
}

impl<'a> IndicatorInput<'a> {
    fn population(
        self,
        population: IndicatorPopulation,
    ) -> Result<&'a CountsByGroup, IndicatorError> {
        match population {
            IndicatorPopulation::AllEpisodes => Ok(self.all_episodes),
            IndicatorPopulation::Finished => {
                self.finished.ok_or(IndicatorError::FinishedNotCounted)
            }
        }
    }

    fn left_out(self, definition: &IndicatorDefinition) -> OrderedMap<NotFinished, u64> {
        let is_of_finished = definition.population == IndicatorPopulation::Finished;
        let left_out = self.not_finished.filter(|_| is_of_finished).into_iter().flatten();
        left_out
            .map(|(reason, flow)| (*reason, flow.in_box(definition.denominator)))
            .filter(|(_, episodes)| *episodes > 0)
            .collect()
    }

    fn rule(self, name: &str) -> Result<&'a ReliableChangeRule, IndicatorError> {
        let found = self.reliable_change.iter().find(|rule| rule.name() == name);
        found.ok_or_else(|| IndicatorError::UnknownRule {
            rule: name.to_owned(),
            known: self.reliable_change.iter().map(|rule| rule.name().to_owned()).collect(),
        })
    }
}
