//! From findings to pictures.

pub(super) mod attrition;
pub(super) mod equity;
pub(super) mod over_time;
pub(super) mod records;
pub(super) mod samples;

use super::chart::{
    Chart, Class, ClassChart, ClassRow, DotChart, DotRow, Figure, FlowChart, Left, MoveChart,
    Order, Stage, Unit,
};
use super::format::{count, mean_places, percent, printable};
use super::order::in_natural_order;
use super::view::{Star, View};
use super::words;
use crate::change::{AnyChangeCounts, Change, PairCounts, ReliableChangeCounts};
use crate::completion::GroupBy;
use crate::estimate::Share;
use crate::evaluation::{FEW_PAIRS, GroupFindings};
use crate::instrument::Measure;
use crate::sentences::{classes as told, completion};

/// Below this many due, the interval of a half is wider than from 30 % to 70 %.
pub(super) const FEW_DUE: u64 = 20;

/// Every picture of one measure, in the order of the page.
pub(super) fn all(view: &View<'_>) -> Vec<Figure> {
    let one = [Some(flow(view)), moves(view), classes(view), attrition::differences(view)];
    let one = one.into_iter().flatten().chain(over_time::all(view)).chain(groups(view));
    one.chain(rules(view)).chain(equity::all(view)).collect()
}

pub(super) fn flow(view: &View<'_>) -> Figure {
    let boxes = &view.findings.flow.boxes;
    let stages = boxes.iter().map(|found| Stage {
        label: words::flow_box(found.flow_box).to_owned(),
        episodes: found.episodes,
        left: found
            .left
            .iter()
            .filter(|left| left.episodes > 0)
            .map(|left| Left {
                reason: words::fate(left.fate).to_owned(),
                episodes: left.episodes,
                leaving: words::leaving(left.fate),
            })
            .collect(),
    });
    let stages: Vec<Stage> = stages.collect();
    let steps: Vec<String> =
        stages.iter().map(|stage| format!("{} {}", stage.label, count(stage.episodes))).collect();
    Figure {
        id: view.id("flow"),
        title: "From referral to a pair".to_owned(),
        of: view.name(),
        description: format!("Bars from top to bottom: {}.", steps.join("; ")),
        chart: Chart::Flow(FlowChart { stages }),
    }
}

/// Each person's move; none where there are no pairs.
pub(super) fn moves(view: &View<'_>) -> Option<Figure> {
    let pairs = &view.counts.main.pairs;
    moves_figure(view.id("moves"), view.name(), pairs, &view.findings.change.any_change)
}

fn moves_figure(
    id: String,
    of: String,
    pairs: &PairCounts,
    any: &AnyChangeCounts,
) -> Option<Figure> {
    (pairs.n() > 0).then(|| Figure {
        id,
        title: "Where each one started and ended".to_owned(),
        of,
        description: format!(
            "A square grid with the score at baseline along it and the score at follow-up up it. \
             Of {} pairs {} lie on the better side of the line of no change, {} on the line and {} \
             on the worse side.",
            count(pairs.n()),
            count(any.improved.count),
            count(any.same.count),
            count(any.worse.count)
        ),
        chart: Chart::Moves(MoveChart::of(pairs)),
    })
}

fn parts(improved: &Share, same: &Share, worse: &Share) -> Vec<(Class, u64)> {
    vec![(Class::Improved, improved.count), (Class::Same, same.count), (Class::Worse, worse.count)]
}

/// Improved, same and worse by each rule; none where there are too few pairs for shares.
pub(super) fn classes(view: &View<'_>) -> Option<Figure> {
    let (change, bounds) = (&view.findings.change, &view.findings.improved_bounds);
    let any = &change.any_change;
    let unknown = (Class::NotKnown, bounds.due.saturating_sub(bounds.paired));
    let of_due = parts(&any.improved, &any.same, &any.worse).into_iter().chain([unknown]).collect();
    let of_due = ClassRow { label: "Any change, everyone due".to_owned(), parts: of_due };
    class_figure(view.id("classes"), view.name(), Some(view.measure), change, Some(of_due))
}

/// The classes of the pairs, below those of everyone due where these are known.
fn class_figure(
    id: String,
    of: String,
    measure: Option<&Measure>,
    change: &Change,
    of_due: Option<ClassRow>,
) -> Option<Figure> {
    if change.n < FEW_PAIRS {
        return None;
    }
    let rows: Vec<ClassRow> = of_due.into_iter().chain(class_rows(measure, change)).collect();
    let named = rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>().join("; ");
    let unknown = rows.iter().any(|row| row.parts.iter().any(|(of, _)| *of == Class::NotKnown));
    let classes = if unknown {
        "improved, no such change, worse and not known"
    } else {
        "improved, no such change and worse"
    };
    Some(Figure {
        id,
        title: "Who improved, by each way of counting".to_owned(),
        of,
        description: format!("Bars divided into {classes}, one for each way of counting: {named}."),
        chart: Chart::Classes(ClassChart { label: "Rule", rows }),
    })
}

fn class_rows(measure: Option<&Measure>, change: &Change) -> Vec<ClassRow> {
    let any = &change.any_change;
    let of_pairs = parts(&any.improved, &any.same, &any.worse);
    let mut rows = vec![ClassRow { label: "Any change, pairs only".to_owned(), parts: of_pairs }];
    let rule = |found: &ReliableChangeCounts, label: String| ClassRow {
        label,
        parts: parts(&found.improved, &found.unchanged, &found.deteriorated),
    };
    let label = |found: &ReliableChangeCounts| told::rule_label(measure, &found.rule);
    rows.extend(change.reliable_change.iter().map(|found| rule(found, label(found))));
    let of_sample = change.sample_rules.iter().filter_map(|found| found.classes.computed());
    rows.extend(of_sample.map(|found| rule(found, of_these_pairs(&label(found)))));
    rows.extend(change.important_change.iter().map(|found| ClassRow {
        label: told::anchor_label(found.rule.anchor()),
        parts: parts(&found.improved, &found.unimportant, &found.deteriorated),
    }));
    rows
}

/// A rule whose numbers are those of the pairs themselves.
pub(super) fn of_these_pairs(rule: &str) -> String {
    format!("{rule}, by these pairs’ own numbers")
}

/// Who moved forward and back in each area of a star; none where nobody has a pair.
pub(super) fn areas(star: &Star<'_>) -> Option<Figure> {
    let rows = star.areas.iter().filter(|view| view.findings.change.n > 0);
    let rows = rows.map(|view| {
        let any = &view.findings.change.any_change;
        ClassRow { label: view.label(), parts: parts(&any.improved, &any.same, &any.worse) }
    });
    let rows: Vec<ClassRow> = rows.collect();
    let named = rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>().join("; ");
    (!rows.is_empty()).then(|| Figure {
        id: star.id("areas"),
        title: "Who moved forward in each area".to_owned(),
        of: star.title(),
        description: format!(
            "Bars divided into improved, no such change and worse, one for each area: {named}."
        ),
        chart: Chart::Classes(ClassChart { label: "Area", rows }),
    })
}

/// Completion by each grouping of the plan.
pub(super) fn groups(view: &View<'_>) -> Vec<Figure> {
    let groups = &view.findings.groups;
    let mut kinds: Vec<GroupBy> = groups.iter().map(|group| group.by).collect();
    kinds.dedup();
    kinds.into_iter().map(|by| group_figure(view, by)).collect()
}

fn group_figure(view: &View<'_>, by: GroupBy) -> Figure {
    let mut groups: Vec<&GroupFindings> =
        view.findings.groups.iter().filter(|group| group.by == by).collect();
    // Nothing is due from those without a baseline, nor from those whom nothing is due from yet.
    groups.retain(|group| !["no baseline", "not due"].contains(&group.group.as_str()));
    in_natural_order(&mut groups, |group| &group.group);
    let row = |group: &&GroupFindings| {
        let paired = &group.flow.rates.paired_completion;
        let label = match by {
            by if by.is_month() => printable(&group.group),
            _ => words::group(by, &group.group),
        };
        share_row(label, paired)
    };
    let rows: Vec<DotRow> = groups.iter().map(row).collect();
    let order = if by.is_month() { Order::Months } else { Order::Down };
    let overall = view.findings.flow.rates.paired_completion.proportion;
    let heading = words::group_by(by);
    Figure {
        id: view.id(&format!("completion-by-{}", by.code())),
        title: format!("Follow-ups completed by {}", lower_first(heading)),
        of: view.name(),
        description: format!(
            "One dot with its interval for each of {} groups, in their natural order. {}",
            count(rows.len() as u64),
            completion::paired_completion(view.noun, &view.findings.flow.rates.paired_completion)
        ),
        chart: Chart::Dots(DotChart {
            unit: Unit::Proportion { name: "Paired completion" },
            order,
            label: heading,
            rows,
            reference: overall
                .computed()
                .map(|overall| (overall.value, format!("all: {}", percent(overall.value)))),
        }),
    }
}

fn share_row(label: String, share: &Share) -> DotRow {
    let proportion = share.proportion.computed();
    DotRow {
        label,
        value: proportion.map(|proportion| proportion.value),
        interval: proportion.map(|p| (p.interval.lower, p.interval.upper)),
        basis: format!("{} of {}", count(share.count), count(share.of)),
        few: share.of < FEW_DUE,
    }
}

/// Completion and mean change under each pairing rule; none where the plan compares none.
pub(super) fn rules(view: &View<'_>) -> Vec<Figure> {
    let rules = &view.findings.rules;
    if rules.len() < 2 {
        return Vec::new();
    }
    let label = |rule| words::rule_short(rule);
    let completion =
        rules.iter().map(|found| share_row(label(&found.rule), &found.paired_completion));
    let change = rules.iter().map(|found| {
        let few = found.change.n < FEW_PAIRS;
        let test = found.change.paired_t.computed();
        DotRow {
            label: label(&found.rule),
            value: test.filter(|_| !few).map(|test| test.mean_change),
            interval: test.map(|test| (test.interval.lower, test.interval.upper)),
            basis: format!("{} pairs", count(found.change.n)),
            few,
        }
    });
    let dots = |part: &str, title: &str, unit, rows: Vec<DotRow>| Figure {
        id: view.id(part),
        title: title.to_owned(),
        of: view.name(),
        description: format!(
            "One dot with its interval for each of {} rules, the report's own first.",
            rows.len()
        ),
        chart: Chart::Dots(DotChart {
            unit,
            order: Order::Down,
            label: "Rule",
            rows,
            reference: None,
        }),
    };
    let places = mean_places(&view.findings.scale);
    vec![
        dots(
            "completion-by-rule",
            "Follow-ups completed under each rule",
            Unit::Proportion { name: "Paired completion" },
            completion.collect(),
        ),
        dots(
            "change-by-rule",
            "Mean change under each rule",
            Unit::Change { name: "Mean change in points", places },
            change.collect(),
        ),
    ]
}

fn lower_first(text: &str) -> String {
    if text.starts_with("SIMD") {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
