//! Results as a notebook shows them: no style of their own, so that light and dark are the notebook's.

/// Text that means nothing to HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text whose first paragraph is its title.
pub(crate) fn paragraphs(text: &str) -> String {
    let text = escaped(text);
    let mut paragraphs = text.split("\n\n");
    let title = paragraphs.next().unwrap_or_default();
    let rest: String = paragraphs.map(|text| format!("<p>{text}</p>")).collect();
    format!("<section><h4>{title}</h4>{rest}</section>")
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

/// Whether a cell is a number, or what stands in a number's place.
fn is_number(cell: &str) -> bool {
    let text = cell.trim_start_matches(['−', '-', '+', '£']);
    text.is_empty() || text.starts_with(|first: char| first.is_ascii_digit())
}

/// The most rows that a notebook shows of a result that has any number of them.
pub(crate) const SHOWN_ROWS: usize = 20;
