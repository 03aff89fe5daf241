//! Columns of answers, and the questionnaire they belong to.

use std::collections::BTreeSet;

use super::super::row::whole_number;
use super::super::spelling::fold;
use super::Preview;
use super::wording::{Wording, wordings, words};
use crate::OrderedMap;
use crate::instrument::{Instrument, Item, Measure, Registry};

/// Columns that are numbered 1, 2, 3 … under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemGroup {
    /// What the headings say before and behind the number.
    pub(super) name: String,
    /// The columns, in the order of their numbers.
    pub(super) columns: Vec<usize>,
}

/// The fewest columns that are taken for a questionnaire.
const FEWEST: usize = 2;

/// The numbered columns of a table, in the order in which they first occur.
pub(super) fn groups(given: &Preview) -> Vec<ItemGroup> {
    let mut found: OrderedMap<(String, String), (String, OrderedMap<usize, usize>)> =
        OrderedMap::new();
    for (column, heading) in given.headings.iter().enumerate() {
        if let Some((before, number, behind)) = numbered(heading) {
            let named = || (format!("{before} {behind}").trim().to_owned(), OrderedMap::new());
            let (_, numbers) = found.entry((fold(before), fold(behind))).or_insert_with(named);
            numbers.entry(number).or_insert(column);
        }
    }
    let whole = |numbers: &OrderedMap<usize, usize>| {
        numbers.len() >= FEWEST && numbers.keys().copied().eq(1..=numbers.len())
    };
    let mut groups: Vec<ItemGroup> = found
        .into_values()
        .filter(|(_, numbers)| whole(numbers))
        .map(|(name, numbers)| ItemGroup { name, columns: numbers.into_values().collect() })
        .filter(|group| group.columns.iter().all(|column| may_be_answers(given, *column)))
        .collect();
    // Blank columns are those of a sitting to come only where as many others are filled.
    let is_filled = |group: &&ItemGroup| {
        group.columns.iter().any(|column| given.values(*column).next().is_some())
    };
    let filled: Vec<usize> =
        groups.iter().filter(is_filled).map(|group| group.columns.len()).collect();
    let all_blank = given.rows.iter().flatten().all(String::is_empty);
    groups.retain(|group| all_blank || filled.contains(&group.columns.len()));
    groups.sort_by_key(|group| group.columns.iter().copied().min());
    groups
}

/// A heading such as `Start Q1`: what stands before its last number, the number, and what follows.
fn numbered(heading: &str) -> Option<(&str, usize, &str)> {
    let end = heading.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (head, behind) = heading.split_at(end);
    let start = head.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| {
        at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let (before, number) = head.split_at(start);
    Some((before, number.parse().ok().filter(|number| *number < 100)?, behind))
}

/// Answers are whole numbers, or labels of which there are few.
fn may_be_answers(given: &Preview, column: usize) -> bool {
    let mut different: Vec<&str> = given.values(column).collect();
    different.sort_unstable();
    different.dedup();
    different.len() <= 30 && !different.iter().any(|value| super::values::is_date(value))
}

/// The columns that are called after the items of one questionnaire, in its order.
pub(super) fn named_items(given: &Preview, registry: &Registry) -> Option<(String, Vec<usize>)> {
    let headings: Vec<(String, Vec<String>)> =
        given.headings.iter().map(|name| (fold(name), words(name))).collect();
    let of = |tool: &Instrument| {
        let columns = tool.items().iter().map(|item| called(&headings, item));
        let columns: Option<Vec<usize>> = columns.collect();
        let different = |columns: &Vec<usize>| columns.iter().collect::<BTreeSet<_>>().len();
        columns
            .filter(|columns| columns.len() >= FEWEST && different(columns) == columns.len())
            .filter(|columns| columns.iter().all(|column| may_be_answers(given, *column)))
            .map(|columns| (tool.id().to_owned(), columns))
    };
    let found = registry.iter().filter_map(of);
    found.max_by_key(|(_, columns)| columns.len())
}

/// The column whose heading is the item's id, or else the only one with all words of its id or label.
fn called(headings: &[(String, Vec<String>)], item: &Item) -> Option<usize> {
    let (id, names) = (fold(&item.id), [words(&item.id), words(&item.label)]);
    let tells = |heading: &[String]| {
        names.iter().any(|name| name.iter().all(|word| heading.contains(word)))
    };
    headings.iter().position(|(heading, _)| *heading == id).or_else(|| {
        let mut telling = headings.iter().enumerate().filter(|(_, (_, words))| tells(words));
        telling.next().filter(|_| telling.next().is_none()).map(|(column, _)| column)
    })
}

/// Which questionnaire the columns hold, and how that is known.
pub(super) fn instrument(
    given: &Preview,
    group: &ItemGroup,
    measure: Option<usize>,
    registry: &Registry,
) -> Result<(String, String), Vec<String>> {
    let size = group.columns.len();
    let measures: Vec<String> =
        measure.into_iter().flat_map(|column| given.values(column)).map(fold).collect();
    let suits = |tool: &&Instrument| match measure {
        None => tool.items().len() == size && codes_fit(given, group, tool),
        Some(_) => {
            let has = |wanted: &String| {
                let mut own = tool.measures().iter();
                own.any(|own| fold(own.id()) == *wanted && own.items().len() == size)
            };
            !measures.is_empty() && measures.iter().all(has)
        }
    };
    let candidates: Vec<&Instrument> = registry.iter().filter(suits).collect();
    let mentioned: Vec<&Instrument> =
        candidates.iter().copied().filter(|tool| is_mentioned(given, group, tool)).collect();
    match (mentioned.as_slice(), candidates.as_slice()) {
        ([tool], _) => Ok((
            tool.id().to_owned(),
            format!("it has {size} answers in a row and is called by name"),
        )),
        (_, [tool]) if measure.is_some() => {
            Ok((tool.id().to_owned(), "it alone has the measures that the rows name".to_owned()))
        }
        (_, [tool]) => {
            Ok((tool.id().to_owned(), format!("it alone has {size} items that take such answers")))
        }
        _ => Err(candidates.iter().map(|tool| tool.id().to_owned()).collect()),
    }
}

/// Whether nearly all whole numbers in the columns are codes of their items: some are slips.
fn codes_fit(given: &Preview, group: &ItemGroup, tool: &Instrument) -> bool {
    let (mut all, mut known) = (0_usize, 0_usize);
    for (item, column) in tool.items().iter().zip(&group.columns) {
        let codes = i64::from(item.lowest)..=i64::from(item.highest);
        let numbers = given.values(*column).filter_map(|value| whole_number(value.as_bytes()));
        // Codes for a missing answer, such as -9 and 99, are no answers.
        for number in numbers.filter(|number| (0..90).contains(number)) {
            all += 1;
            known += usize::from(codes.contains(&number));
        }
    }
    20 * known >= 19 * all
}

/// Whether the file, the sheet or the headings name the questionnaire or one of its measures.
fn is_mentioned(given: &Preview, group: &ItemGroup, tool: &Instrument) -> bool {
    let stem = given.file.rsplit_once('.').map_or(given.file.as_str(), |(stem, _)| stem);
    let places = [stem, given.sheet.as_deref().unwrap_or_default(), group.name.as_str()];
    let aliases = tool.aliases().iter().map(|alias| &**alias);
    let measures = tool.measures().iter().map(Measure::id);
    let names = core::iter::once(tool.id()).chain(aliases).chain(measures);
    let names: Vec<String> = names.map(fold).collect();
    places.iter().any(|place| {
        let folded = fold(place);
        names.iter().any(|name| name.len() > 2 && folded.contains(name.as_str()))
    })
}

/// The place in time of each group among the sittings of a row, where it is told. A single one of
/// which nothing is said, beside a review or an end, is the start.
pub(super) fn orders(groups: &[ItemGroup]) -> Vec<Option<u32>> {
    let mut told: Vec<Option<u32>> = groups.iter().map(|group| order(&group.name)).collect();
    if told.len() > 1 && !told.contains(&Some(START)) {
        let mut untold = told.iter_mut().filter(|place| place.is_none());
        if let (Some(place), None) = (untold.next(), untold.next()) {
            *place = Some(START);
        }
    }
    told
}

const START: u32 = 1;

/// The place in time that a name tells, where it does.
pub(super) fn order(name: &str) -> Option<u32> {
    const ORDERED: [&[&str]; 3] = [
        &["start", "first", "before", "pre", "baseline", "initial", "entry", "intake"],
        &["during", "mid", "middle", "review", "interim"],
        &["end", "last", "after", "post", "exit", "final", "follow up", "discharge", "closing"],
    ];
    let found = ORDERED.iter().position(|names| {
        let own = words(name);
        names.iter().any(|wanted| words(wanted).iter().all(|word| own.contains(word)))
    });
    found.and_then(|place| u32::try_from(place + 1).ok())
}

/// The columns of dates that forms were filled in on: the first of each word in their headings.
pub(super) fn dates(given: &Preview) -> OrderedMap<String, usize> {
    let names = wordings(&["date", "completed"]);
    let mut dates = OrderedMap::new();
    for (column, heading) in given.headings.iter().enumerate() {
        let is_date = given.values(column).next().is_none_or(super::values::is_date);
        if is_date && Wording::of(heading).likeness(&names).is_some() {
            for word in words(heading) {
                dates.entry(word).or_insert(column);
            }
        }
    }
    dates
}

/// The first column of a date whose heading shares a word with the name of a group, or else a free
/// one whose heading has the group's place in time.
pub(super) fn date_of(
    dates: &OrderedMap<String, usize>,
    group: &ItemGroup,
    place: Option<u32>,
    is_free: impl Fn(usize) -> bool,
) -> Option<usize> {
    let by_name = words(&group.name).iter().filter_map(|word| dates.get(word)).copied().min();
    let suits = |(word, column): &(&String, &usize)| is_free(**column) && order(word) == place;
    by_name.or_else(|| place.and(dates.iter().find(suits)).map(|(_, column)| *column))
}
