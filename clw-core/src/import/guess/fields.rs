//! Which table each given table is, and which of its columns is which field.

use std::collections::BTreeSet;

use super::super::TableName;
use super::super::fields::{Field, Group, Kind};
use super::values::{Fit, fit};
use super::wording::{Wording, wordings};
use super::{Fields, Preview, items, names};
use crate::instrument::Registry;

/// A given table as one of the tables of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Assigned {
    pub(super) table: TableName,
    pub(super) fields: Fields,
    /// How well it goes with the table: the likenesses of its headings, and its own name.
    score: f64,
}

/// The column of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) column: usize,
    pub(super) why: String,
}

/// Gives each table of a mapping to the given table that goes with it best.
pub(super) fn assign(previews: &[Preview], registry: &Registry) -> Vec<Option<Assigned>> {
    let mut all: Vec<(usize, Assigned)> = Vec::new();
    for (place, given) in previews.iter().enumerate() {
        let answers = answer_columns(given, registry);
        let headings: Vec<Wording<'_>> =
            given.headings.iter().map(|heading| Wording::of(heading)).collect();
        for table in TableName::ALL {
            let found = as_table(given, *table, (&headings, &answers), registry);
            all.extend(found.map(|found| (place, found)));
        }
    }
    // Equal ones stay in the order of what was given and of the tables.
    all.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let mut assigned: Vec<Option<Assigned>> = previews.iter().map(|_| None).collect();
    let mut taken = BTreeSet::new();
    for (place, found) in all {
        if let Some(slot @ None) = assigned.get_mut(place)
            && taken.insert(found.table)
        {
            *slot = Some(found);
        }
    }
    assigned
}

/// The table that this one would be if no other were taken for it.
pub(super) fn alone(given: &Preview, registry: &Registry) -> Option<TableName> {
    let given = core::slice::from_ref(given);
    assign(given, registry).pop().flatten().map(|assigned| assigned.table)
}

fn answer_columns(given: &Preview, registry: &Registry) -> BTreeSet<usize> {
    let groups = items::groups(given);
    let named = items::named_items(given, registry);
    let numbered = groups.into_iter().flat_map(|group| group.columns);
    numbered.chain(named.into_iter().flat_map(|(_, columns)| columns)).collect()
}

/// The given table as this one, where it has what the table needs.
fn as_table(
    given: &Preview,
    table: TableName,
    (headings, answers): (&[Wording<'_>], &BTreeSet<usize>),
    registry: &Registry,
) -> Option<Assigned> {
    let forms = table == TableName::Assessments;
    if forms == answers.is_empty() {
        return None;
    }
    let wide = forms && items::groups(given).len() > 1;
    let fields = fields_of(given, table, (headings, answers), wide, registry);
    let has = |field: Field| fields.contains_key(&field);
    let needed = match table {
        TableName::People | TableName::Assessments => has(Field::PersonId),
        TableName::Episodes => {
            let tells =
                |field: &Field| field.group() == Group::Episode || *field == Field::EpisodeId;
            has(Field::PersonId) && fields.keys().any(tells)
        }
        TableName::Contacts => has(Field::ContactDate),
        TableName::Needs => has(Field::NeedReason),
        TableName::OnwardLinks => has(Field::Destination) || has(Field::OnwardStatus),
        TableName::Outcomes => has(Field::OutcomeReason),
        TableName::Holds => has(Field::HoldFrom),
    };
    if !needed || !(has(Field::PersonId) || has(Field::EpisodeId)) {
        return None;
    }
    let matched = f64::from(u32::try_from(fields.len()).unwrap_or(u32::MAX));
    let name = given.sheet.as_deref().unwrap_or_else(|| {
        given.file.rsplit_once('.').map_or(given.file.as_str(), |(stem, _)| stem)
    });
    let called = Wording::of(name).likeness(&wordings(names::table(table)));
    let called = called.map_or(0.0, |(alike, _)| 3.0 * alike);
    let asks = if forms { 4.0 } else { 0.0 };
    // A table of people that tells of episodes is one of episodes.
    let of_episodes = table == TableName::Episodes && has(Field::Referred);
    let score = matched + called + asks + if of_episodes { 0.5 } else { 0.0 };
    Some(Assigned { table, fields, score })
}

/// The column of each field, where there is one: each column once.
fn fields_of(
    given: &Preview,
    table: TableName,
    (headings, answers): (&[Wording<'_>], &BTreeSet<usize>),
    wide: bool,
    registry: &Registry,
) -> Fields {
    let candidates = candidates(given, table, (headings, answers), wide, registry);
    let (mut fields, mut taken) = (Fields::new(), BTreeSet::new());
    for (_, field, found) in candidates {
        if !fields.contains_key(&field) && taken.insert(found.column) {
            fields.insert(field, found);
        }
    }
    let has_time = [Field::SittingDate, Field::Occasion].iter().any(|of| fields.contains_key(of));
    if table == TableName::Assessments && !wide && !has_time {
        let found = only_dates(given, &taken, registry);
        fields.extend(found.map(|found| (Field::SittingDate, found)));
    }
    // A quintile says nothing without the version of SIMD, and no import takes it.
    if !fields.contains_key(&Field::SimdVersion) {
        fields.remove(&Field::SimdQuintile);
        fields.remove(&Field::SimdDecile);
    }
    fields
}

/// Which column may be which field, the likest headings first.
fn candidates(
    given: &Preview,
    table: TableName,
    (headings, answers): (&[Wording<'_>], &BTreeSet<usize>),
    wide: bool,
    registry: &Registry,
) -> Vec<(f64, Field, Found)> {
    let mut candidates = Vec::new();
    // In the wide layout what belongs to a sitting is looked for beside its answers.
    for field in table.fields().filter(|field| !wide || field.group() != Group::Sitting) {
        let wanted = wordings(names::field(field));
        for (column, heading) in headings.iter().enumerate() {
            if answers.contains(&column) {
                continue;
            }
            let Some((alike, name)) = heading.likeness(&wanted) else {
                continue;
            };
            let fits = fit(field, given, column, registry);
            if fits == Fit::No {
                continue;
            }
            let mut why = match alike >= 1.0 {
                true => format!("its heading reads {name:?}"),
                false => format!("its heading is much like {name:?}"),
            };
            if fits == Fit::Fits {
                why.push_str("; it holds ");
                why.push_str(kind_held(field.kind()));
            }
            let score = alike + if fits == Fit::Fits { 0.01 } else { 0.0 };
            candidates.push((score, field, Found { column, why }));
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    candidates
}

/// The one column of dates left over: the day of the form, though no heading says so.
fn only_dates(given: &Preview, taken: &BTreeSet<usize>, registry: &Registry) -> Option<Found> {
    let dated = |column: &usize| {
        !taken.contains(column) && fit(Field::SittingDate, given, *column, registry) == Fit::Fits
    };
    let mut dated = (0..given.headings.len()).filter(dated);
    let (column, None) = (dated.next()?, dated.next()) else { return None };
    let why = "it holds dates, and no other column does".to_owned();
    Some(Found { column, why })
}

const fn kind_held(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "dates",
        Kind::Flag => "yes and no",
        Kind::Number(..) => "such numbers",
        Kind::Money => "sums of money",
        Kind::Instrument => "names of instruments",
        Kind::Measure => "names of measures",
        Kind::Text | Kind::Code(_) | Kind::Occasion => "such texts",
    }
}
