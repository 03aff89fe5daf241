//! From referral to a pair: boxes, rates, rules.

use super::super::table::Table;
use super::super::words;
use super::Part;
use super::counts::{name, share_cells, shares, shown};
use crate::evaluation::{DisclosedEvaluation, DisclosedMeasure};

/// Whether episodes are over, of all measures together.
pub(super) fn closures(disclosed: &DisclosedEvaluation) -> Part {
    let closures = &disclosed.closures;
    let mut table = Table::new("Whether episodes are over", "Closure").numbers("Episodes");
    for (name, episodes) in [
        ("Open", closures.open),
        ("Open again: attended after the recorded closure", closures.reopened),
        ("Closed, as recorded", closures.recorded),
        ("Closed, inferred from inactivity", closures.inferred_inactive),
        ("All", disclosed.episodes),
    ] {
        table.push(name, vec![shown(episodes)]);
    }
    Part { tables: vec![table], ..Part::default() }
}

pub(super) fn part(measure: &DisclosedMeasure) -> Part {
    Part {
        of: name(measure),
        tables: vec![flow(measure), rates(measure)],
        more: vec![rules(measure)],
        ..Part::default()
    }
}

fn flow(measure: &DisclosedMeasure) -> Table {
    let mut table =
        Table::new("From referral to a pair", "Box or what came of it").numbers("Episodes");
    for at in &measure.flow {
        table.push(words::flow_box(at.flow_box), vec![shown(at.episodes)]);
        for left in &at.left {
            table.push(format!("– {}", words::fate(left.fate)), vec![shown(left.episodes)]);
        }
    }
    table
}

fn rates(measure: &DisclosedMeasure) -> Table {
    let rates = &measure.completion;
    let mut table = shares("Completion", "Rate");
    table.push("Baseline completion", share_cells(&rates.baseline_completion));
    table.push("Paired completion", share_cells(&rates.paired_completion));
    table.push("Coverage", share_cells(&rates.coverage));
    table
}

fn rules(measure: &DisclosedMeasure) -> Table {
    let mut table = shares("Paired completion under each rule", "Rule");
    for found in &measure.rules {
        table.push(words::rule_short(&found.rule), share_cells(&found.paired_completion));
    }
    table
}
