//! Who has a second score: over months, practices and days, and by every grouping of the plan.

use maud::{Markup, html};

use super::super::figures::{self, FEW_DUE};
use super::super::view::View;
use super::{fold, main_and_others, off};
use crate::evaluation::RecordFindings;
use crate::sentences::over_time as told;

pub(super) fn body(records: &RecordFindings, views: &[View<'_>]) -> Markup {
    let before = records.referrals_before_chart;
    html! {
        (main_and_others(views, of_measure))
        @if let Some(chart) = &records.referral_chart {
            @if let Some(figure) = figures::over_time::referrals(chart) {
                (fold("Referrals over time", &html! {
                    p { (told::referral_chart(chart)) }
                    @if let Some(left_out) = told::before_chart("referral", "referrals", before) {
                        p { (left_out) }
                    }
                    (figure.markup())
                }))
            }
        }
    }
}

fn of_measure(view: &View<'_>) -> Markup {
    html! {
        (months(view))
        (practices(view))
        (days(view))
        (changes(view))
        (groups(view))
    }
}

fn months(view: &View<'_>) -> Markup {
    let found = &view.findings.over_periods;
    let before = found.due_before_chart;
    html! {
        @match &found.completion_chart {
            Some(chart) => {
                p { (told::completion_chart(chart)) }
                @if let Some(left_out) = told::before_chart("follow-up due", "follow-ups due", before) {
                    p { (left_out) }
                }
                @if let Some(figure) = figures::over_time::completion(view) { (figure.markup()) }
            }
            None => (off("The plan asks for no control charts, so completion is not charted month by month. \
                          Give “control-charts”.")),
        }
    }
}

fn practices(view: &View<'_>) -> Markup {
    html! {
        @match &view.findings.over_periods.completion_funnel {
            Some(plot) => {
                p { (told::funnel(plot)) }
                @if let Some(figure) = figures::over_time::funnel(view) { (figure.markup()) }
            }
            None => (off("The plan asks for no funnel, so practices are not set beside what chance explains. \
                          Give “funnel”.")),
        }
    }
}

fn days(view: &View<'_>) -> Markup {
    let found = &view.findings.time_to_follow_up;
    html! {
        @if found.people == 0 {
            (off("No baseline has a date, so the time to a follow-up is not shown."))
        } @else {
            p { (told::time_to_follow_up(view.noun, found)) }
            @if let Some(figure) = figures::over_time::days(view) {
                (fold("How long a follow-up takes", &html! {
                    p.aside {
                        "Counted to the first questionnaire after the baseline. Who is on hold or has died is \
                         watched up to then; who is closed without one is still watched."
                    }
                    (figure.markup())
                }))
            }
        }
    }
}

fn changes(view: &View<'_>) -> Markup {
    let changes = view.findings.over_periods.before_after.iter().enumerate();
    html! {
        @for (place, change) in changes {
            p { (told::before_after(change)) }
            @let figure = figures::over_time::before_after(view, place, change);
            (fold("Before and after as a picture", &figure.markup()))
        }
    }
}

fn groups(view: &View<'_>) -> Markup {
    let figures = figures::groups(view);
    html! {
        @if !figures.is_empty() {
            (fold("Follow-ups completed, group by group", &html! {
                p.aside {
                    "Groups stand in their natural order, not ranked: they differ in whom they serve. Where \
                     fewer than " (FEW_DUE) " were due the dot is hollow, and its interval is wide."
                }
                @for figure in &figures { (figure.markup()) }
            }))
        }
    }
}
