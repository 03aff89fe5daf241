//! What may leave the programme, as a page, as tables in CSV and as charts: all of them made of one
//! list of tables and pictures, and that of published counts only.

use maud::{Markup, html};

use super::chart::{Chart, DotChart, DotRow, Figure, Order, Unit};
use super::format::{
    count, decimal, mean_places, percent, percent_range, printable, range, signed,
};
use super::order::in_natural_order;
use super::page::{Section, document};
use super::table::Table;
use super::words;
use super::{NamedChart, view};
use crate::completion::GroupBy;
use crate::disclosure::{Profile, PublishedCount, PublishedShare, Rounding, Zeros};
use crate::estimate::{Estimate, Share};
use crate::evaluation::{
    Caution, DisclosedClasses, DisclosedEvaluation, DisclosedGroup, DisclosedMeans,
    DisclosedMeasure, DisclosedTransitions, FEW_PAIRS,
};
use crate::sentences::{About, Noun, cautions, classes as told, completion};

/// The report of an evaluation as it may leave the programme: one HTML file that stands alone.
///
/// Like [`html`](super::html), of what is published only: a hidden count is the word `hidden`, and
/// what rests on it is not there. The page says which counts are hidden.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let page = report::public_html(&evaluation.disclosed(&Profile::default())?);
/// assert!(page.contains("Counts from 1 to 4 are hidden"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_html(disclosed: &DisclosedEvaluation) -> String {
    let plan = &disclosed.provenance.plan;
    let sections = vec![
        Section { id: "summary", heading: "In short", body: in_short(disclosed) },
        Section {
            id: "hidden",
            heading: "What is hidden",
            body: what_is_hidden(&disclosed.profile),
        },
        Section { id: "numbers", heading: "The numbers", body: numbers(disclosed) },
        Section { id: "cautions", heading: "What to bear in mind", body: bear_in_mind(disclosed) },
    ];
    document(plan, &disclosed.provenance.library, &notice(), &sections).into_string()
}

/// The tables of [`public_html`] as CSV: `measure,table,row,column,value`, one line for each cell.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// let csv = report::public_csv(&evaluation.disclosed(&Profile::default())?);
/// assert!(csv.starts_with("measure,table,row,column,value\n,Whether episodes are over,Open,Episodes,0\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_csv(disclosed: &DisclosedEvaluation) -> String {
    let mut csv = "measure,table,row,column,value\n".to_owned();
    for table in core::iter::once(closures(disclosed))
        .chain(disclosed.measures.iter().flat_map(|measure| tables(disclosed, measure)))
    {
        table.append_csv(&mut csv);
    }
    csv
}

/// The charts of [`public_html`], measure by measure.
///
/// ```
/// # use clw_core::{caseload::RowAccount, disclosure::Profile, evaluation::Plan};
/// # use clw_core::{instrument::Registry, report};
/// # let plan = Plan::from_toml(r#"
/// # title = "Example Valley"
/// # as-of = "2026-06-30"
/// # measures = [{ instrument = "swemwbs" }]
/// # group-by = ["practice"]
/// # pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
/// # "#)?;
/// # let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
/// // Nobody was counted, so there are no groups to draw.
/// assert!(report::public_charts(&evaluation.disclosed(&Profile::default())?).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_charts(disclosed: &DisclosedEvaluation) -> Vec<NamedChart> {
    let noun = noun(disclosed);
    let figures = disclosed.measures.iter().flat_map(|measure| figures(noun, measure));
    figures.map(NamedChart::of).collect()
}

fn notice() -> Markup {
    html! {
        p.notice {
            strong { "Small counts are hidden. " }
            "Nobody’s scores are in this report, and no count of a few people."
        }
    }
}

/// Episodes are called people where it is shown that nobody has two.
fn noun(disclosed: &DisclosedEvaluation) -> Noun {
    match (disclosed.people, disclosed.episodes) {
        (PublishedCount::Shown(people), PublishedCount::Shown(episodes)) if people == episodes => {
            Noun::PEOPLE
        }
        _ => Noun::EPISODES,
    }
}

fn name(measure: &DisclosedMeasure) -> String {
    view::measure_name(&measure.label, &measure.title)
}

fn shown(published: PublishedCount) -> String {
    published.shown().map_or_else(|| "hidden".to_owned(), count)
}

/// A share whose counts are both shown.
fn whole(share: &PublishedShare) -> Option<Share> {
    Some(Share {
        count: share.count.shown()?,
        of: share.of.shown()?,
        proportion: share.proportion?,
    })
}

fn in_short(disclosed: &DisclosedEvaluation) -> Markup {
    html! {
        @for measure in &disclosed.measures {
            p { strong { (name(measure)) } ". " (summary(noun(disclosed), measure)) }
        }
    }
}

/// The answer for one measure: nothing is said without all the counts it rests on.
fn summary(noun: Noun, measure: &DisclosedMeasure) -> String {
    let mut sentences = Vec::new();
    let paired = whole(&measure.completion.paired_completion);
    sentences.push(paired.as_ref().map_or_else(
        || "How many of those due have a pair of scores is hidden.".to_owned(),
        |paired| completion::paired_completion(noun, paired),
    ));
    let change = &measure.change;
    sentences.push(match (&change.means, change.pairs) {
        (Some(means), PublishedCount::Shown(pairs)) => mean_change(measure, means, pairs),
        (None, PublishedCount::Shown(0)) => return sentences.join(" "),
        _ => format!(
            "No mean is shown: it takes {FEW_PAIRS} pairs, and counts that do not follow from it."
        ),
    });
    if let (Some(paired), Some(bounds)) = (&paired, &change.improved_bounds) {
        let about = About { noun, ..About::scale(measure.scale, bounds.paired) };
        sentences.extend(completion::improved(&about, bounds, paired));
        sentences.extend(completion::unknown(bounds));
    }
    sentences.join(" ")
}

fn mean_change(measure: &DisclosedMeasure, means: &DisclosedMeans, pairs: u64) -> String {
    let places = mean_places(&measure.scale);
    let interval = means.interval.map_or_else(
        || "no interval, because everybody’s score changed alike".to_owned(),
        |limits| crate::sentences::about::interval(&limits, places),
    );
    format!(
        "Among {} pairs the mean score was {} before and changed by {} points ({interval}); {}.",
        count(pairs),
        decimal(means.baseline, places),
        signed(means.change, places),
        crate::sentences::about::better(measure.scale.direction)
    )
}

fn what_is_hidden(profile: &Profile) -> Markup {
    let zeros = match profile.zeros() {
        Zeros::Shown => "Zeros are shown, but for those that belong to a hidden total.",
        Zeros::Hidden => "Zeros are hidden too.",
    };
    let rounding = match profile.rounding() {
        Rounding::None => "Counts that are shown are exact.".to_owned(),
        Rounding::Conventional { base } => format!(
            "Counts that are shown are rounded to the nearest {base}, so parts need not add up."
        ),
    };
    html! {
        p {
            "Counts from " (profile.smallest_hidden()) " to " (count(profile.hide_up_to()))
            " are hidden, and as many others as it takes so that none of them follows from the rest. "
            (zeros) " " (rounding)
        }
        p {
            "What rests on a hidden count is hidden with it: shares, intervals, bounds and means. No \
             report of this kind shows single scores, the least and the greatest, or medians."
        }
    }
}

fn numbers(disclosed: &DisclosedEvaluation) -> Markup {
    html! {
        (closures(disclosed).markup())
        @for measure in &disclosed.measures {
            h3 { (name(measure)) }
            @for figure in figures(noun(disclosed), measure) { (figure.markup()) }
            @for table in tables(disclosed, measure) { (table.markup()) }
        }
    }
}

/// What holds of every evaluation; the rest of the cautions name counts.
fn bear_in_mind(disclosed: &DisclosedEvaluation) -> Markup {
    let about = disclosed.measures.first().map(|measure| About::scale(measure.scale, 0));
    let said = [Caution::NoControlGroup, Caution::RegressionToTheMean];
    let said = said.iter().filter_map(|caution| cautions::caution(about.as_ref()?, caution));
    html! {
        @for words in said {
            h3 { (words.heading) }
            p { (words.meaning) }
        }
    }
}

fn closures(disclosed: &DisclosedEvaluation) -> Table {
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
    table
}

/// Every table of one measure.
fn tables(disclosed: &DisclosedEvaluation, measure: &DisclosedMeasure) -> Vec<Table> {
    let name = name(measure);
    let mut tables = vec![flow(measure), rates(measure), classes(measure)];
    tables.extend(measure.change.transitions.iter().map(moves));
    let by = disclosed.provenance.plan.group_by.iter();
    tables.extend(by.map(|by| groups(measure, *by)).filter(|table| !table.is_empty()));
    tables.push(rules(measure));
    tables.into_iter().map(|table| table.of(name.as_str())).collect()
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

fn share_cells(share: &PublishedShare) -> Vec<String> {
    let proportion = share.proportion.as_ref().and_then(Estimate::computed);
    let or_hidden = |text: Option<String>| match (text, share.proportion.is_some()) {
        (Some(text), _) => text,
        (None, true) => "–".to_owned(),
        (None, false) => "hidden".to_owned(),
    };
    vec![
        shown(share.count),
        shown(share.of),
        or_hidden(proportion.map(|of| percent(of.value))),
        or_hidden(proportion.map(|of| percent_range(of.interval.lower, of.interval.upper))),
    ]
}

fn shares(caption: &str, first_column: &str) -> Table {
    Table::new(caption, first_column)
        .numbers("Count")
        .numbers("Of")
        .numbers("Share")
        .numbers("Interval")
}

fn rates(measure: &DisclosedMeasure) -> Table {
    let rates = &measure.completion;
    let mut table = shares("Completion", "Rate");
    table.push("Baseline completion", share_cells(&rates.baseline_completion));
    table.push("Paired completion", share_cells(&rates.paired_completion));
    table.push("Coverage", share_cells(&rates.coverage));
    table
}

fn classes(measure: &DisclosedMeasure) -> Table {
    let mut table = shares("Improved, no such change and worse", "Class");
    let mut push = |rule: &str, classes: &DisclosedClasses| {
        table.push(format!("{rule}: improved"), share_cells(&classes.improved));
        table.push(format!("{rule}: no such change"), share_cells(&classes.same));
        table.push(format!("{rule}: worse"), share_cells(&classes.worse));
    };
    push("Any change", &measure.change.any_change);
    for found in &measure.change.reliable_change {
        push(&told::rule_label(None, &found.rule), &found.classes);
    }
    table
}

fn moves(moves: &DisclosedTransitions) -> Table {
    let caption = format!("Moves between bands: {}", words::code(&moves.band_set));
    let table = Table::new(caption, "Before ↓ After →");
    let bands = moves.bands.iter().map(|band| words::code(band));
    let mut table = bands.fold(table, Table::numbers).numbers("All");
    for ((band, row), all) in moves.bands.iter().zip(&moves.pairs).zip(&moves.from) {
        table.push(words::code(band), row.iter().chain([all]).map(|count| shown(*count)).collect());
    }
    table.push("All", moves.to.iter().map(|count| shown(*count)).collect());
    table
}

fn of_kind(measure: &DisclosedMeasure, by: GroupBy) -> Vec<&DisclosedGroup> {
    let mut groups: Vec<&DisclosedGroup> =
        measure.groups.iter().filter(|group| group.by == by).collect();
    in_natural_order(&mut groups, |group| &group.group);
    groups
}

fn group_name(group: &DisclosedGroup) -> String {
    if group.by.is_month() { printable(&group.group) } else { words::group(group.by, &group.group) }
}

fn groups(measure: &DisclosedMeasure, by: GroupBy) -> Table {
    let caption = format!("Groups: {}", by.name());
    let mut table = Table::new(caption, words::group_by(by));
    let groups = of_kind(measure, by);
    for at in groups.first().map(|group| group.boxes.as_slice()).unwrap_or_default() {
        table = table.numbers(words::flow_box(at.flow_box));
    }
    table = table.numbers("Paired completion").numbers("Improved").numbers("Mean change");
    table = table.numbers("Interval");
    let places = mean_places(&measure.scale);
    for group in groups {
        let completion = share_cells(&group.completion.paired_completion).into_iter().nth(2);
        let mean = group.means.as_ref();
        let mut cells: Vec<String> = group.boxes.iter().map(|at| shown(at.episodes)).collect();
        cells.extend(completion);
        cells.push(shown(group.improved.count));
        cells.push(mean.map_or_else(|| "hidden".to_owned(), |of| signed(of.change, places)));
        let interval = mean.and_then(|of| of.interval);
        cells.push(
            interval.map_or_else(|| "hidden".to_owned(), |of| range(of.lower, of.upper, places)),
        );
        table.push(group_name(group), cells);
    }
    table
}

fn rules(measure: &DisclosedMeasure) -> Table {
    let mut table = shares("Paired completion under each rule", "Rule");
    for found in &measure.rules {
        table.push(words::rule_short(&found.rule), share_cells(&found.paired_completion));
    }
    table
}

/// Completion by each grouping, of the groups whose counts are shown.
fn figures(noun: Noun, measure: &DisclosedMeasure) -> Vec<Figure> {
    let mut kinds: Vec<GroupBy> = measure.groups.iter().map(|group| group.by).collect();
    kinds.dedup();
    kinds.into_iter().map(|by| figure(noun, measure, by)).collect()
}

fn figure(noun: Noun, measure: &DisclosedMeasure, by: GroupBy) -> Figure {
    let all = whole(&measure.completion.paired_completion);
    let row = |group: &&DisclosedGroup| {
        let paired = &group.completion.paired_completion;
        let proportion = paired.proportion.as_ref().and_then(Estimate::computed);
        DotRow {
            label: group_name(group),
            value: proportion.map(|of| of.value),
            interval: proportion.map(|of| (of.interval.lower, of.interval.upper)),
            basis: format!("{} of {}", shown(paired.count), shown(paired.of)),
            few: paired.of.shown().is_some_and(|due| due < super::figures::FEW_DUE),
        }
    };
    let overall = all.as_ref().and_then(|all| all.proportion.computed().copied());
    Figure {
        id: view::slug(&["completion-by", by.code(), &measure.instrument, &measure.measure]),
        title: format!("Follow-ups completed by {}", by.name()),
        of: name(measure),
        description: all.as_ref().map_or_else(
            || "One dot with its interval for each group whose counts are shown.".to_owned(),
            |all| completion::paired_completion(noun, all),
        ),
        chart: Chart::Dots(DotChart {
            unit: Unit::Proportion { name: "Paired completion" },
            order: if by.is_month() { Order::Months } else { Order::Down },
            label: words::group_by(by),
            rows: of_kind(measure, by).iter().map(row).collect(),
            reference: overall.map(|of| (of.value, format!("all: {}", percent(of.value)))),
        }),
    }
}
