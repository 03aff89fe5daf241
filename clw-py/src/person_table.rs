//! Lists of people as Arrow tables: `clw_core::evaluation::{PersonRow, DueRow}`.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, StringArray};
use clw_core::evaluation::{ChangeRow, DueRow, PersonRow, RuleClass, SittingRow};
use jiff::civil::Date;
use pyo3::PyResult;
use serde::Serialize;

use crate::frame::{Frame, arrow};

type Columns = Vec<(String, ArrayRef)>;

pub(crate) fn of_people(rows: &[PersonRow]) -> PyResult<Frame> {
    let texts = |of: fn(&PersonRow) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rows.iter().map(of)))
    };
    let mut columns: Columns = vec![
        ("person".into(), texts(|row| &row.person)),
        ("episode".into(), texts(|row| &row.episode)),
        ("instrument".into(), texts(|row| &row.instrument)),
        ("measure".into(), texts(|row| &row.measure)),
        ("fate".into(), texts(|row| row.fate.code())),
    ];
    columns.extend(sitting("baseline", rows, |row| row.baseline.as_ref()));
    columns.extend(sitting("follow_up", rows, |row| row.follow_up.as_ref()));
    let changes = || rows.iter().map(|row| row.change.as_ref());
    let scores = changes().map(|change| Some(change?.score));
    columns.push(("change_score".into(), Arc::new(scores.collect::<Float64Array>())));
    let classes = changes().map(|change| Some(change?.any.code()));
    columns.push(("change".into(), Arc::new(classes.collect::<StringArray>())));
    columns.extend(by_rule("reliable_change", rows, |change| &change.reliable));
    columns.extend(by_rule("clinical_change", rows, |change| &change.clinical));
    columns.extend(by_rule("important_change", rows, |change| &change.important));
    let unused = rows.iter().map(|row| {
        let codes: Vec<&str> = row.unused.iter().map(|role| role.code()).collect();
        codes.join(", ")
    });
    columns.push(("unused_sittings".into(), Arc::new(StringArray::from_iter_values(unused))));
    frame(columns)
}

/// Date, points, score and band of one sitting of each row.
fn sitting(
    name: &str,
    rows: &[PersonRow],
    of: fn(&PersonRow) -> Option<&SittingRow>,
) -> [(String, ArrayRef); 4] {
    let sittings = || rows.iter().map(of);
    let dates = days(sittings().map(|sitting| sitting?.date));
    let points: Int32Array = sittings().map(|sitting| Some(sitting?.points.0)).collect();
    let scores: Float64Array = sittings().map(|sitting| Some(sitting?.score)).collect();
    let bands: StringArray = sittings().map(|sitting| sitting?.band.as_deref()).collect();
    [
        (format!("{name}_date"), dates),
        (format!("{name}_points"), Arc::new(points)),
        (format!("{name}_score"), Arc::new(scores)),
        (format!("{name}_band"), Arc::new(bands)),
    ]
}

/// A column for each rule that any of the rows was classified by, in the order they come in.
fn by_rule<T: Serialize>(
    kind: &str,
    rows: &[PersonRow],
    classes: fn(&ChangeRow) -> &Vec<RuleClass<T>>,
) -> Columns {
    let changes = || rows.iter().map(|row| row.change.as_ref().map(classes));
    let mut rules: Vec<&str> = Vec::new();
    for of_rule in changes().flatten().flatten() {
        if !rules.contains(&of_rule.rule.as_str()) {
            rules.push(&of_rule.rule);
        }
    }
    let column = |rule: &str| {
        let class = |row: Option<&Vec<RuleClass<T>>>| {
            row?.iter().find(|of_rule| of_rule.rule == rule).map(|of_rule| code(&of_rule.class))
        };
        let classes: StringArray = changes().map(class).collect();
        (format!("{kind}:{rule}"), Arc::new(classes) as ArrayRef)
    };
    rules.into_iter().map(column).collect()
}

/// The stable name of a class, which its JSON is.
fn code(class: &impl Serialize) -> String {
    let json = serde_json::to_string(class).unwrap_or_default();
    json.trim_matches('"').to_owned()
}

pub(crate) fn of_due(rows: &[DueRow]) -> PyResult<Frame> {
    let texts = |of: fn(&DueRow) -> Option<&str>| -> ArrayRef {
        Arc::new(rows.iter().map(of).collect::<StringArray>())
    };
    let overdue: Int64Array = rows.iter().map(|row| row.days_overdue).collect();
    frame(vec![
        ("state".into(), texts(|row| Some(row.state.code()))),
        ("due".into(), days(rows.iter().map(|row| row.due))),
        ("days_overdue".into(), Arc::new(overdue)),
        ("counts_until".into(), days(rows.iter().map(|row| row.counts_until))),
        ("worker".into(), texts(|row| row.worker.as_deref())),
        ("practice".into(), texts(|row| row.practice.as_deref())),
        ("person".into(), texts(|row| Some(&row.person))),
        ("episode".into(), texts(|row| Some(&row.episode))),
        ("instrument".into(), texts(|row| Some(&row.instrument))),
        ("measure".into(), texts(|row| Some(&row.measure))),
        ("baseline_date".into(), days(rows.iter().map(|row| row.baseline))),
    ])
}

/// Dates as Arrow has them: days since the beginning of 1970.
fn days(dates: impl Iterator<Item = Option<Date>>) -> ArrayRef {
    let epoch = Date::constant(1970, 1, 1);
    let since = |date: Date| date.since(epoch).ok().map(|span| span.get_days());
    Arc::new(dates.map(|date| date.and_then(since)).collect::<Date32Array>())
}

fn frame(columns: Columns) -> PyResult<Frame> {
    let batch = Frame::of(columns).map_err(arrow)?;
    let schema = batch.schema();
    Ok(Frame::new(vec![batch], schema))
}
