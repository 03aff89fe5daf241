//! The answer in one paragraph and three cards.

use maud::{Markup, html};

use super::super::format::{count, decimal, half, mean_places, percent, percent_from_to, signed};
use super::super::view::{Star, View, stars};
use crate::estimate::{Estimate, Share};
use crate::evaluation::{Evaluation, FEW_PAIRS, PlanRemark};
use crate::sentences::about::{better, interval, interval_of_percent};
use crate::sentences::plan_remarks::plan_remark;
use crate::sentences::{Noun, attrition, completion, mean, several};

pub(super) fn body(evaluation: &Evaluation, views: &[View<'_>]) -> Markup {
    let stars = stars(evaluation, views);
    let Some(main) = views.first() else { return html! {} };
    let star = stars.iter().find(|star| star.holds(main));
    let is_area = |view: &&View<'_>| stars.iter().any(|star| star.holds(view));
    let others: Vec<&View<'_>> = views.iter().skip(1).filter(|view| !is_area(view)).collect();
    let other_stars: Vec<&Star<'_>> = stars.iter().filter(|other| !other.holds(main)).collect();
    html! {
        @if let Some(star) = star {
            p.lead { (of_star(star)) }
            (star_cards(star))
        } @else {
            p.lead { (paragraph(main)) }
            (cards(main))
        }
        (remarks(&evaluation.records.plan_remarks))
        @if !others.is_empty() || !other_stars.is_empty() {
            h3 { "The other measures" }
            ul.others {
                @for view in others { li { strong { (view.name()) } ". " (brief(view)) } }
                @for star in other_stars {
                    li {
                        strong { (star.title()) } ". "
                        (several::forward_in_at_least_one(star.noun, star.found))
                    }
                }
            }
        }
    }
}

/// What the plan asks for and is of nobody: mostly a name that is spelt in two ways.
fn remarks(remarks: &[PlanRemark]) -> Markup {
    html! {
        @if !remarks.is_empty() {
            div.notice {
                p { strong { "The plan and the records do not fit." } }
                ul { @for remark in remarks { li { (plan_remark(remark)) } } }
            }
        }
    }
}

/// The answer for the areas of a star together.
fn of_star(star: &Star<'_>) -> String {
    let (completion, moved) = (
        several::completion_of_star(star.noun, star.found),
        several::forward_in_at_least_one(star.noun, star.found),
    );
    format!("{completion} {moved}")
}

fn star_cards(star: &Star<'_>) -> Markup {
    let of = |heading: &str, share: &Share| {
        let basis =
            format!("{} of {} with a pair", count(share.count), star.noun.counted(share.of));
        match share.proportion {
            Estimate::Computed(of) if share.of >= FEW_PAIRS => {
                card(heading, &percent(of.value), "", &[basis, interval_of_percent(&of.interval)])
            }
            _ => card(heading, &count(share.count), "", &[basis]),
        }
    };
    html! {
        div.cards {
            (completion_card(star.noun, &star.found.paired_completion))
            (of("Moved forward in at least one area", &star.found.forward_in_at_least_one))
            (of("Moved back in at least one area", &star.found.back_in_at_least_one))
        }
    }
}

/// The answer in one paragraph, with what is known of those who are missing from it.
pub(in super::super) fn paragraph(view: &View<'_>) -> String {
    let (brief, found) = (brief(view), view.findings);
    if found.change.n == 0 || found.change.n == found.improved_bounds.due {
        return brief;
    }
    format!("{brief} {}", attrition::verdict(view.noun, &found.attrition))
}

/// Who was followed up, what changed, and of how many nothing is known.
fn brief(view: &View<'_>) -> String {
    let found = view.findings;
    let paired = &found.flow.rates.paired_completion;
    let mut sentences = vec![completion::paired_completion(view.noun, paired)];
    if found.change.n > 0 {
        sentences.push(view.headline());
    }
    sentences.extend(completion::unknown(&found.improved_bounds));
    sentences.join(" ")
}

fn cards(view: &View<'_>) -> Markup {
    html! {
        div.cards {
            (completion_card(view.noun, &view.findings.flow.rates.paired_completion))
            @if view.findings.change.n == 0 {
            } @else if view.is_few() {
                (few_card(view))
            } @else {
                @if view.is_ordinal() { (median_card(view)) } @else { (change_card(view)) }
                (improved_card(view))
            }
        }
    }
}

fn card(heading: &str, figure: &str, unit: &str, notes: &[String]) -> Markup {
    html! {
        div.card {
            h3 { (heading) }
            p.figure { (figure) " " span.unit { (unit) } }
            @for note in notes { p.basis { (note) } }
        }
    }
}

fn completion_card(noun: Noun, paired: &Share) -> Markup {
    let basis = format!("{} of {} due", count(paired.count), noun.counted(paired.of));
    match paired.proportion {
        Estimate::Computed(proportion) => card(
            "Follow-ups completed",
            &percent(proportion.value),
            "",
            &[basis, interval_of_percent(&proportion.interval)],
        ),
        Estimate::NotComputed(_) => card("Follow-ups completed", "–", "", &["none was due".into()]),
    }
}

fn change_card(view: &View<'_>) -> Markup {
    let found = view.findings;
    let places = mean_places(&found.scale);
    let mean = found.change.change.mean.computed().copied().unwrap_or_default();
    let sure = match &found.change.paired_t {
        Estimate::Computed(test) => interval(&test.interval, places),
        Estimate::NotComputed(reason) => format!("No interval: {reason}"),
    };
    let means = [found.change.baseline.mean, found.change.follow_up.mean]
        .map(|mean| mean.computed().map_or_else(String::new, |mean| decimal(*mean, places)));
    let [baseline, follow_up] = means;
    let basis = format!(
        "{} pairs, {baseline} before, {follow_up} after; {}",
        count(found.change.n),
        better(found.scale.direction)
    );
    card(&format!("Mean change, {}", view.name()), &signed(mean, places), "points", &[sure, basis])
}

fn median_card(view: &View<'_>) -> Markup {
    let Some([before, after]) = view.medians() else { return html! {} };
    let notes = [
        format!("{} pairs", count(view.findings.change.n)),
        better(view.findings.scale.direction).to_owned(),
    ];
    let figure = format!("{} → {}", half(before), half(after));
    card(&format!("Median, {}", view.name()), &figure, "", &notes)
}

fn improved_card(view: &View<'_>) -> Markup {
    let (bounds, paired) =
        (&view.findings.improved_bounds, &view.findings.flow.rates.paired_completion);
    let share = bounds.improved as f64 / bounds.paired.max(1) as f64;
    let completion =
        paired.proportion.computed().map_or_else(String::new, |share| percent(share.value));
    let pairs = format!("{} of {} pairs", count(bounds.improved), count(bounds.paired));
    let due =
        format!("{} of {} due have a pair ({completion})", count(bounds.paired), count(bounds.due));
    let limits = bounds.worst.zip(bounds.best).map(|(worst, best)| {
        format!("Of everyone due: anywhere from {}\u{a0}%", percent_from_to(worst, best))
    });
    let notes: Vec<String> = [Some(pairs), limits, Some(due)].into_iter().flatten().collect();
    card("Improved, by any amount", &percent(share), "of pairs", &notes)
}

fn few_card(view: &View<'_>) -> Markup {
    let any = &view.findings.change.any_change;
    let classes = format!(
        "{} improved, {} the same, {} worse",
        count(any.improved.count),
        count(any.same.count),
        count(any.worse.count)
    );
    let range = mean::range_of_change(&view.counts.main.pairs);
    let interval = mean::interval_of_mean(&view.about(), &view.findings.change.paired_t);
    let pairs = if any.n == 1 { "pair" } else { "pairs" };
    let notes: Vec<String> = [Some(classes), range, Some(interval)].into_iter().flatten().collect();
    card("Too few for a headline", &count(any.n), pairs, &notes)
}
