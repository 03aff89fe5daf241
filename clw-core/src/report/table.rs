//! Tables a screen reader can walk: caption, column and row headings, figures set to the right.

use maud::{Markup, html};

/// A table whose first column names its rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    caption: String,
    /// What it is about, said where the surroundings show it already.
    of: String,
    caption_unseen: bool,
    columns: Vec<Column>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Debug, Clone)]
struct Column {
    heading: String,
    numeric: bool,
}

impl Table {
    /// An empty table whose first column has this heading.
    pub(super) fn new(caption: impl Into<String>, first_column: &str) -> Self {
        Self { caption: caption.into(), ..Self::default() }.text(first_column)
    }

    /// Adds a column of words.
    pub(super) fn text(self, heading: impl Into<String>) -> Self {
        self.column(heading.into(), false)
    }

    /// Adds a column of numbers.
    pub(super) fn numbers(self, heading: impl Into<String>) -> Self {
        self.column(heading.into(), true)
    }

    /// Says what the table is about to readers who come to it without its surroundings.
    pub(super) fn of(mut self, of: impl Into<String>) -> Self {
        self.of = of.into();
        self
    }

    /// Leaves the caption to screen readers, where a heading says the same.
    pub(super) fn under_heading(mut self) -> Self {
        self.caption_unseen = true;
        self
    }

    fn column(mut self, heading: String, numeric: bool) -> Self {
        self.columns.push(Column { heading, numeric });
        self
    }

    /// Its cells as lines of CSV: what it is of, its caption, the headings of row and column, the
    /// value, numbers without separators.
    pub(super) fn append_csv(&self, csv: &mut String) {
        for (heading, cells) in &self.rows {
            for (cell, column) in cells.iter().zip(self.columns.iter().skip(1)) {
                let value = if column.numeric { unseparated(cell) } else { cell.clone() };
                let fields = [&self.of, &self.caption, heading, &column.heading, &value];
                csv.push_str(&fields.map(|field| quoted(field)).join(","));
                csv.push('\n');
            }
        }
    }

    /// Adds a row: its heading and a cell for each further column.
    pub(super) fn push(&mut self, heading: impl Into<String>, cells: Vec<String>) {
        self.rows.push((heading.into(), cells));
    }

    /// The table, in a region that scrolls sideways by keyboard where it is wider than the page.
    pub(super) fn markup(&self) -> Markup {
        let class = |numeric: bool| numeric.then_some("number");
        let of = if self.of.is_empty() { String::new() } else { format!(", {}", self.of) };
        html! {
            div.table-frame role="region" aria-label={ (self.caption) (of) } tabindex="0" {
                table {
                    caption class=[self.caption_unseen.then_some("unseen")] {
                        (self.caption) span.unseen { (of) }
                    }
                    thead {
                        tr {
                            @for column in &self.columns {
                                th scope="col" class=[class(column.numeric)] { (column.heading) }
                            }
                        }
                    }
                    tbody {
                        @for (heading, cells) in &self.rows {
                            tr {
                                th scope="row" { (heading) }
                                @for (cell, column) in cells.iter().zip(self.columns.iter().skip(1)) {
                                    td class=[class(column.numeric)] { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Figures without what separates thousands and units, and with the minus of the keyboard.
fn unseparated(figures: &str) -> String {
    figures.replace([',', '\u{a0}'], "").replace('−', "-")
}

/// A field of CSV. A text that a spreadsheet would take for a formula is marked as a text.
fn quoted(field: &str) -> String {
    let is_number =
        field.trim_start_matches('-').starts_with(|letter: char| letter.is_ascii_digit());
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    let text = if is_formula { format!("'{field}") } else { field.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_lines_of_csv_that_no_spreadsheet_misreads() {
        let mut table = Table::new("Groups, \"all\"", "Practice").of("A (B)").numbers("Change");
        for (practice, change) in [("=HYPERLINK()", "−1.5"), ("North, East", "12,345\u{a0}%")] {
            table.push(practice, vec![change.to_owned()]);
        }
        let mut csv = String::new();
        table.append_csv(&mut csv);
        assert_eq!(
            csv,
            "A (B),\"Groups, \"\"all\"\"\",'=HYPERLINK(),Change,-1.5\n\
             A (B),\"Groups, \"\"all\"\"\",\"North, East\",Change,12345%\n"
        );
    }
}
