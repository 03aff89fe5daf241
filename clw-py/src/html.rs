//! Results as a notebook shows them: no style of their own, so that light and dark are the notebook's.

use clw_core::OrderedMap;
use clw_core::caseload::TableAccount;
use clw_core::request::Table;

/// Text that means nothing to HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text whose first paragraph is its title, over the table it tells of.
pub(crate) fn titled(text: &str, Table { headings, rows }: &Table) -> String {
    let mut paragraphs = text.split("\n\n");
    let title = escaped(paragraphs.next().unwrap_or_default());
    let said: Vec<&str> = paragraphs.collect();
    format!("<section><h4>{title}</h4>{}</section>", table(&said, headings, rows))
}

/// Sentences above a table; texts stand on the left and numbers on the right.
pub(crate) fn table<H: AsRef<str>>(
    sentences: &[&str],
    headings: &[H],
    rows: &[Vec<String>],
) -> String {
    let numbers: Vec<bool> = (0..headings.len())
        .map(|place| rows.iter().filter_map(|row| row.get(place)).all(|cell| is_number(cell)))
        .collect();
    let row = |tag: &str, cells: &mut dyn Iterator<Item = &str>| {
        let cell = |(cell, number): (&str, &bool)| {
            let side = if *number { "right" } else { "left" };
            format!("<{tag} style=\"text-align: {side}\">{}</{tag}>", escaped(cell))
        };
        format!("<tr>{}</tr>", cells.zip(&numbers).map(cell).collect::<String>())
    };
    let head = row("th", &mut headings.iter().map(AsRef::as_ref));
    let body = rows.iter().map(|cells| row("td", &mut cells.iter().map(String::as_str)));
    let said: String = sentences.iter().map(|text| format!("<p>{}</p>", escaped(text))).collect();
    format!("{said}<table><thead>{head}</thead><tbody>{}</tbody></table>", body.collect::<String>())
}

/// Whether a cell is a number, or what stands in a number's place: `12`, `–`, `24 of 40 (60.0 %)`.
fn is_number(cell: &str) -> bool {
    let text = cell.trim_start_matches(['−', '-', '+', '–', '£', '(']);
    let begins = text.is_empty() || text.starts_with(|first: char| first.is_ascii_digit());
    let plain = |word: &str| !word.contains(char::is_alphabetic) || word.parse::<f64>().is_ok();
    INSTEAD.contains(&cell)
        || (begins || text.starts_with("hidden"))
            && cell.split(' ').all(|word| JOINTS.contains(&word) || plain(word))
}

/// The words within numbers.
const JOINTS: [&str; 4] = ["of", "to", "interval", "hidden"];
/// What stands where there is no number.
const INSTEAD: [&str; 2] = ["hidden", "too few pairs"];

/// So many of something, which has a plural.
pub(crate) fn so_many(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// What became of the rows of tables: read, used, and not used or with a warning by reason.
pub(crate) fn accounts<'a>(
    said: &[&str],
    tables: impl Iterator<Item = (&'a str, &'a TableAccount)>,
) -> String {
    let by_code = |counts: &OrderedMap<String, u64>| {
        let counts = counts.iter().map(|(code, count)| format!("{count} {code}"));
        counts.collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<_> = tables
        .map(|(name, table)| {
            let (read, used) = (table.read.to_string(), table.used.to_string());
            vec![name.to_owned(), read, used, by_code(&table.rejected), by_code(&table.warned)]
        })
        .collect();
    self::table(said, &["Table", "Read", "Used", "Rejected", "Used, with a warning"], &rows)
}

/// The most rows that a notebook shows of a result that has any number of them.
pub(crate) const SHOWN_ROWS: usize = 20;
