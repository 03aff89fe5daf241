//! Values with their intervals, in the order given: never ranked.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::format::{Month, decimal, lines, percent, percent_range, range, signed};
use super::super::table::Table;
use super::axis::Axis;
use super::svg::{Drawing, across, line, px, text};
use super::vega::{self, ACCENT, PAPER, WARM};

/// A dot and a line for each row.
#[derive(Debug, Clone)]
pub(in super::super) struct DotChart {
    pub(in super::super) unit: Unit,
    pub(in super::super) order: Order,
    /// The heading of the labels.
    pub(in super::super) label: &'static str,
    pub(in super::super) rows: Vec<DotRow>,
    /// A value all rows are seen against, and its name.
    pub(in super::super) reference: Option<(f64, String)>,
}

/// What the values are.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Unit {
    /// Proportions, 0 to 1.
    Proportion {
        /// What they are proportions of.
        name: &'static str,
    },
    /// Changes in units of the printed score.
    Change {
        /// What kind of change.
        name: &'static str,
        /// The decimals they are printed with.
        places: usize,
    },
    /// Mean scores; the axis need not hold 0.
    Score {
        /// The decimals they are printed with.
        places: usize,
    },
    /// Sizes without a sign, from 0 up.
    Size {
        /// What they are sizes of.
        name: &'static str,
    },
}

/// Which way the rows run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Order {
    /// Down the page, as given.
    Down,
    /// Along time; the labels are months.
    Months,
}

/// One value.
#[derive(Debug, Clone)]
pub(in super::super) struct DotRow {
    pub(in super::super) label: String,
    /// Absent where there is nothing to compute it from.
    pub(in super::super) value: Option<f64>,
    pub(in super::super) interval: Option<(f64, f64)>,
    /// What it rests on, for example `47 of 96`.
    pub(in super::super) basis: String,
    /// Whether it rests on few.
    pub(in super::super) few: bool,
}

/// The letters of a line of a label that have room beside a lane on a telephone.
const LABEL_LETTERS: usize = 16;

/// Those of a line of what a value rests on.
const BASIS_LETTERS: usize = 14;

/// The decimals of sizes without a sign.
const SIZE_PLACES: usize = 2;

/// The height of a line of text.
const LINE: f64 = 17.0;

/// Where the lanes begin and how wide they are, as shares of the width.
const LANES: (f64, f64) = (0.42, 0.36);

impl DotChart {
    fn axis(&self) -> Axis {
        match self.unit {
            Unit::Proportion { .. } => Axis::proportion(),
            Unit::Change { .. } | Unit::Score { .. } | Unit::Size { .. } => {
                let limits = self.rows.iter().filter_map(|row| row.interval);
                let limits = limits.flat_map(|(lower, upper)| [lower, upper]);
                let values = self.rows.iter().filter_map(|row| row.value);
                let reference = self.reference.iter().map(|(value, _)| *value);
                let held = limits.chain(values).chain(reference);
                match self.unit {
                    Unit::Score { .. } => Axis::around(held),
                    _ => Axis::around_zero(held),
                }
            }
        }
    }

    fn name(&self) -> &'static str {
        match self.unit {
            Unit::Proportion { name } | Unit::Change { name, .. } | Unit::Size { name } => name,
            Unit::Score { .. } => "Mean score",
        }
    }

    /// What stands beside a value: the numbers it rests on, or in words how it is read.
    fn basis(&self) -> &'static str {
        let counted = |row: &DotRow| row.basis.contains(|letter: char| letter.is_ascii_digit());
        if self.rows.iter().any(counted) { "From" } else { "Reading" }
    }

    fn printed(&self, value: f64) -> String {
        match self.unit {
            Unit::Proportion { .. } => percent(value),
            Unit::Change { places, .. } => signed(value, places),
            Unit::Score { places } => decimal(value, places),
            Unit::Size { .. } => decimal(value, SIZE_PLACES),
        }
    }

    fn printed_range(&self, (lower, upper): (f64, f64)) -> String {
        match self.unit {
            Unit::Proportion { .. } => percent_range(lower, upper),
            Unit::Change { places, .. } | Unit::Score { places } => range(lower, upper, places),
            Unit::Size { .. } => range(lower, upper, SIZE_PLACES),
        }
    }

    fn tick(&self, axis: &Axis, tick: f64) -> String {
        match self.unit {
            Unit::Proportion { .. } => format!("{}\u{a0}%", decimal(100.0 * tick, 0)),
            Unit::Change { .. } => signed(tick, axis.places),
            Unit::Score { .. } | Unit::Size { .. } => decimal(tick, axis.places),
        }
    }

    pub(super) fn key(&self) -> String {
        let intervals = "Line: interval";
        let named = |(_, name): &(f64, String)| format!("{intervals}; dashed: {name}");
        self.reference.as_ref().map_or_else(|| intervals.to_owned(), named)
    }

    /// The months of the rows that have one, in time.
    fn months(&self) -> Vec<(Month, &DotRow)> {
        let months = self.rows.iter().filter_map(|row| Some((Month::parse(&row.label)?, row)));
        let mut months: Vec<_> = months.collect();
        months.sort_by_key(|(month, _)| *month);
        months
    }

    /// Whether the values rise up the page, over time, instead of lying along it.
    pub(super) fn is_upright(&self) -> bool {
        self.order == Order::Months && self.months().len() > 1
    }

    pub(super) fn draw(&self) -> Drawing {
        if self.is_upright() { self.draw_over_time() } else { self.draw_down() }
    }

    /// Rows of label, lane and value. All lanes are one drawing within the drawing, so that places
    /// in it are shares of the lane.
    fn draw_down(&self) -> Drawing {
        let axis = self.axis();
        let top = if self.reference.is_some() { 24.0 } else { 6.0 };
        let (mut words, mut lanes, mut y) = (Vec::new(), Vec::new(), top);
        for row in &self.rows {
            let label = lines(&shown(row), LABEL_LETTERS);
            let basis = lines(&row.basis, BASIS_LETTERS);
            let height = LINE * label.len().max(1 + basis.len()).max(2) as f64;
            let middle = y + height / 2.0;
            let first = middle + 5.0 - LINE / 2.0 * (label.len().max(1) - 1) as f64;
            for (place, part) in label.iter().enumerate() {
                words.push(text("name", "start", 0.0, first + LINE * place as f64, part));
            }
            let value = row.value.map_or_else(|| "–".to_owned(), |value| self.printed(value));
            words.push(text("value strong", "end", 1.0, middle - 4.0, &value));
            for (place, part) in basis.iter().enumerate() {
                words.push(text(
                    "axis haloed",
                    "end",
                    1.0,
                    middle + 14.0 + LINE * place as f64,
                    part,
                ));
            }
            lanes.push(track(&axis, row, middle));
            y += height + 8.0;
        }
        let body = html! {
            svg x=(across(LANES.0)) width=(across(LANES.1)) overflow="visible" {
                (self.grid(&axis, top, y))
                @for lane in &lanes { (lane) }
            }
            @for part in &words { (part) }
        };
        Drawing { height: y + 24.0, body }
    }

    /// Vertical lines at the ticks, with the values of some below, and the reference.
    fn grid(&self, axis: &Axis, top: f64, bottom: f64) -> Markup {
        let every = axis.ticks.len().div_ceil(4).max(1);
        let is_zero = |tick: f64| libm::fabs(tick) < 1e-9 * libm::fabs(axis.highest - axis.lowest);
        html! {
            @for (place, &tick) in axis.ticks.iter().enumerate() {
                @let x = axis.place(tick);
                (line(if is_zero(tick) { "zero" } else { "grid" }, (x, top), (x, bottom)))
                @if place % every == 0 {
                    (text("axis", "middle", x, bottom + 17.0, &self.tick(axis, tick)))
                }
            }
            @if let Some((value, name)) = &self.reference {
                @let x = axis.place(*value);
                (line("reference", (x, top - 6.0), (x, bottom)))
                (text("axis", "middle", x, top - 10.0, name))
            }
        }
    }

    fn draw_over_time(&self) -> Drawing {
        const TOP: f64 = 26.0;
        const BOTTOM: f64 = 226.0;
        let axis = self.axis();
        let height = |value: f64| BOTTOM - (BOTTOM - TOP) * axis.place(value);
        let months = self.months();
        let first = months.first().map_or(0, |(month, _)| month.ordinal());
        let last = months.last().map_or(0, |(month, _)| month.ordinal());
        let all = f64::from(last - first + 1);
        let place = |ordinal: i32| (f64::from(ordinal - first) + 0.5) / all;
        let every = [1, 2, 3, 6, 12, 24, 60, 120].into_iter();
        let every = every.clone().find(|every| (last - first) / every < 7).unwrap_or(240);
        let ticks = (first..=last).filter(|ordinal| ordinal.rem_euclid(every) == 0);
        let body = html! {
            @for &tick in &axis.ticks {
                (line("grid", (0.0, height(tick)), (1.0, height(tick))))
                text class="axis" text-anchor="end" x="-8" y=(px(height(tick) + 4.0)) {
                    (self.tick(&axis, tick))
                }
            }
            @for ordinal in ticks {
                @let x = place(ordinal);
                (month(Month::from_ordinal(ordinal), every, x, BOTTOM))
            }
            @if let Some((value, name)) = &self.reference {
                (line("reference", (0.0, height(*value)), (1.0, height(*value))))
                (text("axis", "start", 0.0, TOP - 12.0, &format!("Dashed line, {name}")))
            }
            @for (month, row) in &months {
                @let x = place(month.ordinal());
                @if let Some((lower, upper)) = row.interval {
                    (line("interval", (x, height(lower)), (x, height(upper))))
                }
                @if let Some(value) = row.value { (dot(x, height(value), row.few)) }
            }
        };
        Drawing { height: BOTTOM + 28.0, body }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let rows: Vec<Value> = if self.is_upright() {
            self.months().iter().map(|(month, row)| self.data(&month.short(), row)).collect()
        } else {
            self.rows.iter().map(|row| self.data(&shown(row), row)).collect()
        };
        let (along, across, start, end) =
            if self.is_upright() { ("x", "y", "y", "y2") } else { ("y", "x", "x", "x2") };
        let axis = match self.unit {
            Unit::Proportion { .. } => json!({"format": "%"}),
            Unit::Change { .. } | Unit::Score { .. } | Unit::Size { .. } => json!({}),
        };
        let domain = match self.unit {
            Unit::Proportion { .. } => json!({"domain": [0, 1]}),
            Unit::Score { .. } => json!({"zero": false}),
            Unit::Change { .. } | Unit::Size { .. } => json!({"zero": true}),
        };
        let labels = self.labels();
        let value = |field: &str| {
            json!({
                "field": field, "type": "quantitative", "title": self.name(),
                "axis": axis, "scale": domain,
            })
        };
        let mut layers = vec![
            json!({
                "mark": {"type": "rule", "strokeWidth": 2, "color": ACCENT},
                "encoding": {along: labels, start: value("lower"), end: {"field": "upper"}},
            }),
            json!({
                "mark": {"type": "point", "size": 70, "filled": true, "opacity": 1, "color": ACCENT, "stroke": ACCENT},
                "encoding": {
                    along: labels, across: value("value"),
                    "fill": {"condition": {"test": "datum.few", "value": PAPER}, "value": ACCENT},
                    "tooltip": [
                        {"field": "label", "title": self.label},
                        {"field": "printed", "title": self.name()},
                        {"field": "basis", "title": self.basis()},
                    ],
                },
            }),
        ];
        if let Some((reference, name)) = &self.reference {
            layers.push(json!({
                "data": {"values": [{"reference": reference, "name": name}]},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": WARM},
                "encoding": {
                    across: value("reference"),
                    "tooltip": [{"field": "name", "title": "Dashed"}],
                },
            }));
        }
        let (width, height) = if self.is_upright() {
            (json!({"step": 22}), json!(240))
        } else {
            (json!(420), vega::step(self.names(), 26))
        };
        json!({"width": width, "height": height, "data": {"values": rows}, "layer": layers})
    }

    /// The axis of the labels: rows as given, or every month from the first to the last.
    fn labels(&self) -> Value {
        let months = self.months();
        match (self.is_upright(), months.first(), months.last()) {
            (true, Some((first, _)), Some((last, _))) => {
                let months = first.ordinal()..=last.ordinal();
                let months = months.map(|at| Month::from_ordinal(at).short());
                let months: Vec<String> = months.collect();
                json!({
                    "field": "label", "type": "nominal", "title": null,
                    "scale": {"domain": months},
                })
            }
            _ => vega::labels("label", self.names()),
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.label.as_str())
    }

    fn data(&self, label: &str, row: &DotRow) -> Value {
        json!({
            "label": label,
            "value": row.value,
            "lower": row.interval.map(|(lower, _)| lower),
            "upper": row.interval.map(|(_, upper)| upper),
            "printed": row.value.map(|value| self.printed(value)),
            "basis": row.basis,
            "few": row.few,
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, self.label)
            .numbers(self.name())
            .numbers("Interval")
            .numbers(self.basis());
        for row in &self.rows {
            let dash = || "–".to_owned();
            let value = row.value.map_or_else(dash, |value| self.printed(value));
            let interval = row.interval.map_or_else(dash, |limits| self.printed_range(limits));
            let few = if row.few { " (few)" } else { "" };
            table.push(shown(row), vec![value, interval, format!("{}{few}", row.basis)]);
        }
        table
    }
}

/// A row's label as printed: months written out.
fn shown(row: &DotRow) -> String {
    Month::parse(&row.label).map_or_else(|| row.label.clone(), Month::long)
}

/// The interval and the dot of one row.
fn track(axis: &Axis, row: &DotRow, y: f64) -> Markup {
    html! {
        @if let Some((lower, upper)) = row.interval {
            (line("interval", (axis.place(lower), y), (axis.place(upper), y)))
        }
        @if let Some(value) = row.value { (dot(axis.place(value), y, row.few)) }
    }
}

fn dot(x: f64, y: f64, few: bool) -> Markup {
    let class = if few { "dot few" } else { "dot" };
    html! { circle class=(class) cx=(across(x)) cy=(px(y)) r="5" {} }
}

/// A month at an axis of months named every so many. A telephone has room for every second one.
pub(super) fn month(month: Month, every: i32, x: f64, bottom: f64) -> Markup {
    let spare = month.ordinal().rem_euclid(2 * every) != 0;
    html! {
        (line("grid", (x, bottom), (x, bottom + 6.0)))
        (text(if spare { "axis spare" } else { "axis" }, anchor(x), x, bottom + 20.0, &month.short()))
    }
}

pub(super) const fn anchor(x: f64) -> &'static str {
    if x < 0.03 {
        "start"
    } else if x > 0.97 {
        "end"
    } else {
        "middle"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_rests_on_is_headed_apart_from_how_it_is_read() {
        let of = |basis: &str| {
            let row = DotRow {
                label: "one".to_owned(),
                value: Some(0.5),
                interval: None,
                basis: basis.to_owned(),
                few: false,
            };
            let chart = DotChart {
                unit: Unit::Size { name: "Size" },
                order: Order::Down,
                label: "Row",
                rows: vec![row],
                reference: None,
            };
            chart.basis()
        };
        assert_eq!([of("746 referred"), of("0 of 3"), of("unclear")], ["From", "From", "Reading"]);
    }
}
