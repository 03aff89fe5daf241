//! Completion over months, practices and days, and referrals over months.

use super::super::chart::{
    Chart, ControlChart, ControlPhase, ControlPoint, CurveChart, CurvePoint, DotChart, Figure,
    FunnelChart, FunnelDot, FunnelLimit, Height, Order, Unit,
};
use super::super::format::{count, decimal, percent, printable};
use super::super::view::View;
use super::share_row;
use crate::completion::{ControlLimits, PChartPoint, SpecialCause, XmrChart};
use crate::evaluation::BeforeAfterFindings;
use crate::sentences::over_time as told;

/// Every picture of one measure, in the order of the page.
pub(in super::super) fn all(view: &View<'_>) -> Vec<Figure> {
    let found = &view.findings.over_periods;
    let one = [completion(view), funnel(view), days(view)];
    let changes = found.before_after.iter().enumerate();
    let changes = changes.map(|(place, change)| before_after(view, place, change));
    one.into_iter().flatten().chain(changes).collect()
}

pub(in super::super) fn causes(found: &[SpecialCause]) -> Vec<String> {
    found.iter().map(|cause| told::special_cause(cause.rule)).collect()
}

pub(in super::super) const fn ends(limits: &ControlLimits) -> (f64, f64) {
    (limits.lower, limits.upper)
}

/// Completion month by month; none where the plan asks for none or no month had anybody due.
pub(in super::super) fn completion(view: &View<'_>) -> Option<Figure> {
    let chart = view.findings.over_periods.completion_chart.as_ref()?;
    let point = |point: &PChartPoint| ControlPoint {
        month: point.period.clone(),
        value: point.share,
        limits: point.limits.as_ref().map(ends),
        is_hidden: false,
        basis: format!("{} of {}", count(point.count), count(point.of)),
        causes: causes(&point.special_causes),
    };
    let phases = chart.phases.iter().map(|phase| ControlPhase {
        centre: phase.centre.computed().copied(),
        points: phase.points.iter().map(point).collect(),
    });
    let phases: Vec<ControlPhase> = phases.collect();
    phases.iter().any(|phase| phase.centre.is_some()).then(|| Figure {
        id: view.id("completion-over-time"),
        title: "Follow-ups completed, by the month they fell due".to_owned(),
        of: view.name(),
        description: format!(
            "A dot for each month, the average as a line, and the limits of chance as a band that widens \
             where few were due. {}",
            told::completion_chart(chart)
        ),
        chart: Chart::Control(ControlChart {
            height: Height::Proportion,
            name: "Paired completion",
            phases,
        }),
    })
}

/// The number of referrals month by month; none where there are none.
pub(in super::super) fn referrals(chart: &XmrChart) -> Option<Figure> {
    let phases = chart.phases.iter().map(|phase| {
        let limits = phase.limits.computed().map(ends);
        let points = phase.points.iter().map(|point| ControlPoint {
            month: point.period.clone(),
            value: point.value,
            limits: limits.filter(|_| point.value.is_some()),
            is_hidden: false,
            basis: point.value.map_or_else(|| "–".to_owned(), |value| decimal(value, 0)),
            causes: causes(&point.special_causes),
        });
        ControlPhase { centre: phase.centre.computed().copied(), points: points.collect() }
    });
    let phases: Vec<ControlPhase> = phases.collect();
    phases.iter().any(|phase| phase.centre.is_some()).then(|| Figure {
        id: "referrals-over-time".to_owned(),
        title: "Referrals, by month".to_owned(),
        of: "all records".to_owned(),
        description: format!(
            "A dot for each month, the average as a line and the limits of chance as a band. {}",
            told::referral_chart(chart)
        ),
        chart: Chart::Control(ControlChart { height: Height::Number, name: "Referrals", phases }),
    })
}

/// Completion by practice within the limits of chance; none where no practice had anybody due.
pub(in super::super) fn funnel(view: &View<'_>) -> Option<Figure> {
    let plot = view.findings.over_periods.completion_funnel.as_ref()?;
    let dots = plot.points.iter().map(|point| FunnelDot {
        name: printable(&point.name),
        count: point.count,
        of: point.of,
        share: point.share,
        limits: point.band.computed().map(|band| ends(&band.limits_95)),
        position: point.position.computed().map_or("–", |position| position.words()).to_owned(),
        is_outside: point
            .position
            .computed()
            .is_some_and(|position| *position != crate::completion::FunnelPosition::AsExpected),
    });
    let limits = plot.curve.iter().map(|band| FunnelLimit {
        of: band.of,
        inner: ends(&band.limits_95),
        outer: ends(&band.limits_99_8),
    });
    (!plot.points.is_empty()).then(|| Figure {
        id: view.id("completion-funnel"),
        title: "Follow-ups completed, by practice".to_owned(),
        of: view.name(),
        description: format!(
            "A dot for each practice by how many were due, within the limits of chance, which are wide where \
             few were. {}",
            told::funnel(plot)
        ),
        chart: Chart::Funnel(FunnelChart {
            target: plot.target.computed().copied(),
            dots: dots.collect(),
            limits: limits.collect(),
            hidden: Vec::new(),
        }),
    })
}

/// One year, beyond which follow-ups are few and of another kind.
const LAST_DAY_DRAWN: u32 = 364;

/// The share followed up by days since the baseline; none where nobody was.
pub(in super::super) fn days(view: &View<'_>) -> Option<Figure> {
    let curve = view.follow_up_curve();
    let last = curve.points.iter().map(|point| point.day).max()?;
    let until = last.min(LAST_DAY_DRAWN);
    let points = curve.points.iter().filter(|point| point.followed_up > 0 && point.day <= until);
    let points: Vec<CurvePoint> = points
        .map(|point| CurvePoint {
            day: point.day,
            share: 1.0 - point.not_followed_up,
            interval: point.interval.computed().map(|of| (1.0 - of.upper, 1.0 - of.lower)),
        })
        .collect();
    let step = [7, 14, 28, 91].into_iter().find(|step| until / step < 5).unwrap_or(91);
    let named = (0..=until).step_by(step as usize);
    let watched = named.map(|day| {
        let at = curve.points.iter().find(|point| point.day >= day);
        (day, at.map_or(0, |point| point.at_risk))
    });
    (!points.is_empty()).then(|| Figure {
        id: view.id("time-to-follow-up"),
        title: "How long a follow-up takes".to_owned(),
        of: view.name(),
        description: format!(
            "A curve that rises with every day on which somebody was followed up, with its interval, and \
             below it how many were still watched. {}",
            told::time_to_follow_up(view.noun, &view.findings.time_to_follow_up)
        ),
        chart: Chart::Curve(CurveChart {
            name: "Followed up",
            points,
            until,
            watched: watched.collect(),
        }),
    })
}

/// Completion before and after a change.
pub(in super::super) fn before_after(
    view: &View<'_>,
    place: usize,
    found: &BeforeAfterFindings,
) -> Figure {
    let rows = [
        ("Before", &found.change.before, &found.completion.before),
        ("After", &found.change.after, &found.completion.after),
    ];
    let overall = view.findings.flow.rates.paired_completion.proportion;
    let rows = rows.map(|(when, span, share)| {
        share_row(format!("{when}, {} to {}", short(span.from), short(span.to)), share)
    });
    Figure {
        id: view.id(&format!("before-after-{}", place + 1)),
        title: format!("Before and after: {}", printable(&found.change.name)),
        of: view.name(),
        description: told::before_after(found),
        chart: Chart::Dots(DotChart {
            unit: Unit::Proportion { name: "Paired completion" },
            order: Order::Down,
            label: "When",
            rows: rows.into(),
            reference: overall
                .computed()
                .map(|overall| (overall.value, format!("all: {}", percent(overall.value)))),
        }),
    }
}

pub(in super::super) fn short(month: crate::indicator::Month) -> String {
    let text = month.to_string();
    super::super::format::Month::parse(&text).map_or(text, super::super::format::Month::short)
}
