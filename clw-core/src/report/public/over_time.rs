//! Who has a second score by month and by practice, referrals by month, before and after changes.

use super::super::chart::{
    Chart, ControlChart, ControlPhase, ControlPoint, DotChart, Figure, FunnelChart, FunnelDot,
    FunnelLimit, Height, Order, Unit,
};
use super::super::figures::over_time::{causes, ends, short};
use super::super::format::{decimal, percent, printable};
use super::super::order::in_natural_order;
use super::super::table::Table;
use super::super::view;
use super::Part;
use super::counts::{HIDDEN, name, share_cells, shares, shown, whole};
use super::groups::dot;
use crate::completion::{DifferenceOfShares, FunnelPosition};
use crate::disclosure::PublishedShare;
use crate::estimate::Estimate;
use crate::evaluation::{
    BeforeAfterFindings, ChangeLeftOut, DisclosedBeforeAfter, DisclosedCompletionChart,
    DisclosedEvaluation, DisclosedFunnel, DisclosedMeasure, DisclosedReferralChart,
};
use crate::sentences::over_time as told;

/// The number of referrals, which is of all records.
pub(super) fn referrals(disclosed: &DisclosedEvaluation) -> Part {
    let chart = disclosed.referral_chart.as_ref();
    let figure = chart.and_then(referral_figure);
    // Without a month that is shown there is nothing to look at.
    Part {
        said: chart.filter(|_| figure.is_some()).map(referrals_said).into_iter().collect(),
        figures: figure.into_iter().collect(),
        ..Part::default()
    }
}

pub(super) fn part(measure: &DisclosedMeasure) -> Part {
    let found = &measure.over_time;
    let chart = found.completion_chart.as_ref();
    let funnel = found.completion_funnel.as_ref();
    let changes = || found.before_after.iter().enumerate();
    let said = chart.map(completion_said).into_iter().chain(funnel.map(funnel_said));
    let figures = chart.and_then(|chart| completion_figure(measure, chart)).into_iter();
    let figures = figures.chain(funnel.and_then(|funnel| funnel_figure(measure, funnel)));
    Part {
        of: name(measure),
        said: said.chain(changes().map(|(_, change)| change_said(change))).collect(),
        figures: figures
            .chain(changes().filter_map(|(at, change)| change_figure(measure, at, change)))
            .collect(),
        more: changes().map(|(_, change)| before_and_after(change)).collect(),
        ..Part::default()
    }
}

/// What the months whose counts are hidden are.
fn gaps(hidden: usize) -> String {
    match hidden {
        0 => String::new(),
        1 => " In one more month a count is hidden: it is a gap, and average and limits are those of \
              the others."
            .to_owned(),
        hidden => format!(
            " In {hidden} more months a count is hidden: they are gaps, and average and limits are those \
             of the others."
        ),
    }
}

fn completion_said(chart: &DisclosedCompletionChart) -> String {
    let months = || chart.phases.iter().flat_map(|phase| &phase.months);
    let drawn = || months().filter(|month| month.limits.is_some());
    let unusual = drawn().filter(|month| !month.special_causes.is_empty()).count();
    let hidden = months().filter(|month| month.completion.proportion.is_none()).count();
    let centres = || chart.phases.iter().filter_map(|phase| phase.centre);
    match (centres().next(), hidden) {
        (None, 1..) => "Month by month completion is hidden.".to_owned(),
        _ => told::completion_over_months(drawn().count(), unusual, centres()) + &gaps(hidden),
    }
}

fn completion_figure(
    measure: &DisclosedMeasure,
    chart: &DisclosedCompletionChart,
) -> Option<Figure> {
    let phases = chart.phases.iter().map(|phase| ControlPhase {
        centre: phase.centre,
        points: phase
            .months
            .iter()
            .map(|month| {
                let share = &month.completion;
                let value = share.proportion.as_ref().and_then(Estimate::computed);
                ControlPoint {
                    month: month.month.clone(),
                    value: value.map(|of| of.value),
                    limits: month.limits.as_ref().map(ends),
                    is_hidden: share.proportion.is_none(),
                    basis: basis(share),
                    causes: causes(&month.special_causes),
                }
            })
            .collect(),
    });
    let phases: Vec<ControlPhase> = phases.collect();
    phases.iter().any(|phase| phase.centre.is_some()).then(|| Figure {
        id: view::slug(&["completion-over-time", &measure.instrument, &measure.measure]),
        title: "Follow-ups completed, by the month they fell due".to_owned(),
        of: name(measure),
        description: format!(
            "A dot for each month whose counts are shown, the average of these months as a line, and the \
             limits of chance as a band that widens where few were due. {}",
            completion_said(chart)
        ),
        chart: Chart::Control(ControlChart {
            height: Height::Proportion,
            name: "Paired completion",
            phases,
        }),
    })
}

fn basis(share: &PublishedShare) -> String {
    format!("{} of {}", shown(share.count), shown(share.of))
}

fn referrals_said(chart: &DisclosedReferralChart) -> String {
    let drawn = || chart.months.iter().filter(|month| month.referrals.shown().is_some());
    let unusual = drawn().filter(|month| !month.special_causes.is_empty()).count();
    let hidden = chart.months.len() - drawn().count();
    told::referrals_over_months(drawn().count(), unusual, chart.centre.into_iter()) + &gaps(hidden)
}

fn referral_figure(chart: &DisclosedReferralChart) -> Option<Figure> {
    let points = chart.months.iter().map(|month| {
        let value = month.referrals.shown().map(|count| count as f64);
        ControlPoint {
            month: month.month.clone(),
            value,
            limits: chart.limits.as_ref().filter(|_| value.is_some()).map(ends),
            is_hidden: value.is_none(),
            basis: value.map_or_else(|| HIDDEN.to_owned(), |value| decimal(value, 0)),
            causes: causes(&month.special_causes),
        }
    });
    let phase = ControlPhase { centre: chart.centre, points: points.collect() };
    chart.centre.is_some().then(|| Figure {
        id: "referrals-over-time".to_owned(),
        title: "Referrals, by month".to_owned(),
        of: "all records".to_owned(),
        description: format!(
            "A dot for each month whose count is shown, the average of these months as a line and the \
             limits of chance as a band. {}",
            referrals_said(chart)
        ),
        chart: Chart::Control(ControlChart {
            height: Height::Number,
            name: "Referrals",
            phases: vec![phase],
        }),
    })
}

fn funnel_said(funnel: &DisclosedFunnel) -> String {
    let hidden = funnel.practices.iter().filter(|of| whole(&of.completion).is_none()).count();
    let shown = funnel.practices.len() - hidden;
    let gaps = match hidden {
        0 => String::new(),
        1 => " One more practice has a hidden count: it is neither drawn nor part of the average."
            .to_owned(),
        hidden => format!(
            " {hidden} more practices have a hidden count: they are neither drawn nor part of the average."
        ),
    };
    match funnel.target {
        Some(target) => {
            let positions = funnel.practices.iter().filter_map(|of| of.position);
            told::practices_in_funnel(target, positions) + &gaps
        }
        None if shown > 0 => {
            format!("Everybody due has a follow-up, or nobody, so practices do not differ.{gaps}")
        }
        None if hidden > 0 => "Practice by practice completion is hidden.".to_owned(),
        None => "There is no practice with a follow-up due.".to_owned(),
    }
}

fn funnel_figure(measure: &DisclosedMeasure, funnel: &DisclosedFunnel) -> Option<Figure> {
    let dots = funnel.practices.iter().filter_map(|of| {
        let share = whole(&of.completion)?;
        Some(FunnelDot {
            name: printable(&of.practice),
            count: share.count,
            of: share.of,
            share: share.proportion.computed()?.value,
            limits: of.band.as_ref().map(|band| ends(&band.limits_95)),
            position: of.position.map_or("–", |at| at.words()).to_owned(),
            is_outside: of.position.is_some_and(|at| at != FunnelPosition::AsExpected),
        })
    });
    let dots: Vec<FunnelDot> = dots.collect();
    let mut hidden: Vec<(String, String)> = funnel
        .practices
        .iter()
        .filter(|of| whole(&of.completion).is_none())
        .map(|of| (printable(&of.practice), basis(&of.completion)))
        .collect();
    in_natural_order(&mut hidden, |(name, _)| name);
    let limits = funnel.curve.iter().map(|band| FunnelLimit {
        of: band.of,
        inner: ends(&band.limits_95),
        outer: ends(&band.limits_99_8),
    });
    (!dots.is_empty()).then(|| Figure {
        id: view::slug(&["completion-funnel", &measure.instrument, &measure.measure]),
        title: "Follow-ups completed, by practice".to_owned(),
        of: name(measure),
        description: format!(
            "A dot for each practice whose counts are shown, by how many were due, within the limits of \
             chance, which are wide where few were. {}",
            funnel_said(funnel)
        ),
        chart: Chart::Funnel(FunnelChart {
            target: funnel.target,
            dots,
            limits: limits.collect(),
            hidden,
        }),
    })
}

/// The shares and their difference, where both shares are shown.
fn compared(change: &DisclosedBeforeAfter) -> Option<BeforeAfterFindings> {
    let (before, after) = (whole(&change.before)?, whole(&change.after)?);
    let completion = DifferenceOfShares { before, after, difference: change.difference? };
    Some(BeforeAfterFindings { change: change.change.clone(), completion })
}

fn change_said(change: &DisclosedBeforeAfter) -> String {
    let called = printable(&change.change.name);
    match (&change.left_out, compared(change)) {
        (Some(ChangeLeftOut::PracticesNotToldApart), _) => format!(
            "{called}: left out, because it is of some practices, and where programmes are told apart \
             practices are not."
        ),
        (Some(ChangeLeftOut::OverlapsWith(other)), _) => format!(
            "{called}: left out, because it shares months and practices with “{}”.",
            printable(other)
        ),
        (None, Some(found)) => told::before_after(&found),
        (None, None) => {
            format!("{called}: before and after are not compared, because a count is hidden.")
        }
    }
}

fn change_figure(
    measure: &DisclosedMeasure,
    at: usize,
    change: &DisclosedBeforeAfter,
) -> Option<Figure> {
    let found = compared(change)?;
    let all = whole(&measure.completion.paired_completion);
    let overall = all.as_ref().and_then(|all| all.proportion.computed().copied());
    let place = format!("before-after-{}", at + 1);
    Some(Figure {
        id: view::slug(&[&place, &measure.instrument, &measure.measure]),
        title: format!("Before and after: {}", printable(&change.change.name)),
        of: name(measure),
        description: told::before_after(&found),
        chart: Chart::Dots(DotChart {
            unit: Unit::Proportion { name: "Paired completion" },
            order: Order::Down,
            label: "When",
            rows: sides(change).map(|(when, share)| dot(when, share)).into(),
            reference: overall.map(|of| (of.value, format!("all: {}", percent(of.value)))),
        }),
    })
}

fn sides(change: &DisclosedBeforeAfter) -> [(String, &PublishedShare); 2] {
    let of = &change.change;
    [("Before", of.before, &change.before), ("After", of.after, &change.after)].map(
        |(when, span, share)| {
            (format!("{when}, {} to {}", short(span.from), short(span.to)), share)
        },
    )
}

fn before_and_after(change: &DisclosedBeforeAfter) -> Table {
    let caption = format!("Before and after: {}", printable(&change.change.name));
    let mut table = shares(&caption, "When");
    for (when, share) in sides(change) {
        table.push(when, share_cells(share));
    }
    table
}
