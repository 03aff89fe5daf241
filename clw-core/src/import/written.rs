//! A mapping as text again, to be read and changed by a person.

use std::fmt::{Display, Write};

use super::TableName;
use super::raw::{Constant, NoAnswer, RawAnswer, RawAnswers, RawColumns, RawMapping, RawSource};
use crate::OrderedMap;

/// Remarks that go into the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Remarks {
    /// Lines at the head.
    pub(super) head: Vec<String>,
    pub(super) tables: OrderedMap<TableName, String>,
    /// By table, the form's order (0 where there is none) and the field.
    pub(super) fields: OrderedMap<(TableName, u32, String), String>,
    /// By section, lines that would say something if they were no remarks.
    pub(super) proposed: OrderedMap<String, Vec<String>>,
}

/// The mapping in TOML.
pub(super) fn toml(mapping: &RawMapping, remarks: &Remarks) -> String {
    let mut text = String::new();
    for line in &remarks.head {
        push(&mut text, format_args!("# {line}\n"));
    }
    let lists = [
        ("dates", &mapping.dates),
        ("blanks", &mapping.blanks),
        ("answer-blanks", &mapping.answer_blanks),
        ("not-known", &mapping.not_known),
        ("not-applicable", &mapping.not_applicable),
        ("id-separators", &mapping.id_separators),
    ];
    for (key, list) in lists {
        if let Some(list) = list {
            push(&mut text, format_args!("{key} = {}\n", strings(list)));
        }
    }
    if let Some(separator) = &mapping.list_separator {
        push(&mut text, format_args!("list-separator = {}\n", string(separator)));
    }
    for (name, table) in &mapping.tables.0 {
        push(&mut text, format_args!("\n[tables.{name}]"));
        push_remark(&mut text, remarks.tables.get(name));
        push(&mut text, format_args!("file = {}\n", string(&table.file)));
        if let Some(sheet) = &table.sheet {
            push(&mut text, format_args!("sheet = {}\n", string(sheet)));
        }
        if let Some(layout) = table.layout {
            let layout = if layout.is_wide() { "wide" } else { "long" };
            push(&mut text, format_args!("layout = \"{layout}\"\n"));
        }
        if let Some(delimiter) = &table.delimiter {
            push(&mut text, format_args!("delimiter = {}\n", string(delimiter)));
        }
        if let Some(row) = table.heading_row {
            push(&mut text, format_args!("heading-row = {row}\n"));
        }
        push_also(&mut text, &table.also);
        push_constants(&mut text, &table.constants);
        let place = format!("tables.{name}");
        push_columns(&mut text, &place, &table.columns, remarks, (*name, 0));
        for form in &table.forms {
            push(&mut text, format_args!("\n[[{place}.forms]]\norder = {}\n", form.order));
            push_constants(&mut text, &form.constants);
            let place = format!("{place}.forms");
            push_columns(&mut text, &place, &form.columns, remarks, (*name, form.order));
        }
    }
    push_sections(&mut text, mapping, remarks);
    text
}

/// What the spellings stand for, and below each section what is only proposed.
fn push_sections(text: &mut String, mapping: &RawMapping, remarks: &Remarks) {
    let mut sections: OrderedMap<String, Vec<String>> = OrderedMap::new();
    let line = |spelling: &str, meaning: &str| format!("{} = {meaning}", key(spelling));
    if !mapping.occasions.is_empty() {
        let lines = mapping.occasions.iter().map(|(label, order)| line(label, &order.to_string()));
        sections.insert("occasions".to_owned(), lines.collect());
    }
    for (list, codes) in &mapping.codes {
        let lines = codes.iter().map(|(spelling, code)| line(spelling, &string(code)));
        sections.insert(format!("codes.{}", key(list)), lines.collect());
    }
    for (instrument, labels) in &mapping.answers {
        let lines = labels.iter().map(|(label, answer)| match answer {
            RawAnswer::Given(code) => line(label, &code.to_string()),
            RawAnswer::Other(NoAnswer::Blank) => line(label, "\"blank\""),
            RawAnswer::Other(NoAnswer::NotApplicable) => line(label, "\"not-applicable\""),
        });
        sections.insert(format!("answers.{}", key(instrument)), lines.collect());
    }
    for section in remarks.proposed.keys() {
        sections.entry(section.clone()).or_default();
    }
    for (section, lines) in sections {
        push(text, format_args!("\n[{section}]\n"));
        for line in lines {
            push(text, format_args!("{line}\n"));
        }
        for line in remarks.proposed.get(&section).into_iter().flatten() {
            push(text, format_args!("# {line}\n"));
        }
    }
}

fn push_also(text: &mut String, also: &[RawSource]) {
    if also.is_empty() {
        return;
    }
    let source = |source: &RawSource| {
        let RawSource { file, sheet, delimiter, heading_row } = source;
        let texts =
            [("file", Some(file)), ("sheet", sheet.as_ref()), ("delimiter", delimiter.as_ref())];
        let texts = texts
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key} = {}", string(value?))));
        let row = heading_row.map(|row| format!("heading-row = {row}"));
        format!("{{ {} }}", texts.chain(row).collect::<Vec<_>>().join(", "))
    };
    let all: Vec<String> = also.iter().map(source).collect();
    push(text, format_args!("also = [{}]\n", all.join(", ")));
}

fn push_constants(text: &mut String, constants: &OrderedMap<String, Constant>) {
    if constants.is_empty() {
        return;
    }
    let all = constants.iter().map(|(field, constant)| {
        let value = match constant {
            Constant::Text(value) => string(value),
            other => other.to_string(),
        };
        format!("{} = {value}", key(field))
    });
    push(text, format_args!("constants = {{ {} }}\n", all.collect::<Vec<_>>().join(", ")));
}

fn push_columns(
    text: &mut String,
    place: &str,
    columns: &RawColumns,
    remarks: &Remarks,
    (table, form): (TableName, u32),
) {
    push(text, format_args!("[{place}.columns]\n"));
    let remark = |field: &str| remarks.fields.get(&(table, form, field.to_owned()));
    for (field, heading) in &columns.fields {
        push(text, format_args!("{} = {}", key(field), string(heading)));
        push_remark(text, remark(field));
    }
    push_totals(text, columns);
    match &columns.answers {
        None => {}
        Some(RawAnswers::InOrder(headings)) => {
            push(text, format_args!("answers = {}", strings(headings)));
            push_remark(text, remark("answers"));
        }
        Some(RawAnswers::ByInstrument(lists)) => {
            for (instrument, headings) in lists {
                push(text, format_args!("answers.{} = {}", key(instrument), strings(headings)));
                push_remark(text, remark("answers"));
            }
        }
    }
}

fn push_totals(text: &mut String, columns: &RawColumns) {
    for (measure, total) in &columns.totals {
        let (column, kind) = (string(&total.column), total.kind.name());
        let measure = key(measure);
        push(text, format_args!("totals.{measure} = {{ column = {column}, kind = \"{kind}\" }}\n"));
    }
}

fn push_remark(text: &mut String, remark: Option<&String>) {
    match remark {
        Some(remark) => push(text, format_args!("  # {remark}\n")),
        None => text.push('\n'),
    }
}

/// Writing into a text cannot fail.
fn push(text: &mut String, what: impl Display) {
    let _ = write!(text, "{what}");
}

fn strings(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|text| string(text)).collect();
    format!("[{}]", list.join(", "))
}

/// A text in quotes; TOML escapes as JSON does, but for one character.
pub(super) fn string(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

/// A key, in quotes where it needs them.
pub(super) fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { string(text) }
}
