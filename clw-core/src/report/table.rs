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
