//! Practices by how many were due, within the limits that chance sets: no order, no ranks.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::format::{count, decimal, lines, percent, percent_range};
use super::super::table::Table;
use super::axis::Axis;
use super::svg::{
    BESIDE_SCALE, Drawing, across, area, area_mark, diamond, diamond_mark, key, line, line_mark,
    polyline, px, stretched, text,
};
use super::vega::{ACCENT, TINT, WARM};

/// Shares by their denominators.
#[derive(Debug, Clone)]
pub(in super::super) struct FunnelChart {
    /// The share of all together.
    pub(in super::super) target: Option<f64>,
    /// By denominator.
    pub(in super::super) dots: Vec<FunnelDot>,
    /// The limits from the smallest denominator to the largest.
    pub(in super::super) limits: Vec<FunnelLimit>,
    /// Practices without a dot because a count is hidden, each with what is shown of its basis.
    pub(in super::super) hidden: Vec<(String, String)>,
}

/// One practice.
#[derive(Debug, Clone)]
pub(in super::super) struct FunnelDot {
    pub(in super::super) name: String,
    pub(in super::super) count: u64,
    pub(in super::super) of: u64,
    pub(in super::super) share: f64,
    pub(in super::super) limits: Option<(f64, f64)>,
    /// Where it lies, in words.
    pub(in super::super) position: String,
    /// Whether that is beyond chance.
    pub(in super::super) is_outside: bool,
}

/// Both limits at one denominator, each lower and upper.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct FunnelLimit {
    pub(in super::super) of: u64,
    pub(in super::super) inner: (f64, f64),
    pub(in super::super) outer: (f64, f64),
}

const TOP: f64 = 56.0;
const BOTTOM: f64 = 266.0;
const LINE: f64 = 20.0;

impl FunnelChart {
    fn across_axis(&self) -> Axis {
        Axis::around_zero(self.dots.iter().map(|dot| dot.of as f64))
    }

    pub(super) fn draw(&self) -> Drawing {
        let (people, shares) = (self.across_axis(), Axis::proportion());
        let up = |share: f64| BOTTOM - (BOTTOM - TOP) * shares.place(share);
        let along = |of: u64| people.place(of as f64);
        let edge = |part: &dyn Fn(&FunnelLimit) -> f64| -> Vec<(f64, f64)> {
            self.limits.iter().map(|limit| (along(limit.of), up(part(limit)))).collect()
        };
        let outer = (edge(&|of| of.outer.1), edge(&|of| of.outer.0));
        let inner = (edge(&|of| of.inner.1), edge(&|of| of.inner.0));
        let every = people.ticks.len().div_ceil(6).max(1);
        let lettered = lettered(&self.dots);
        let named: Vec<(String, String)> = lettered.iter().flat_map(named).collect();
        let body = html! {
            (marks())
            @for &tick in &shares.ticks {
                (line("grid", (0.0, up(tick)), (1.0, up(tick))))
                text class="axis" text-anchor="end" x="-8" y=(px(up(tick) + 4.0)) {
                    (decimal(100.0 * tick, 0)) "\u{a0}%"
                }
            }
            (stretched(BOTTOM, &html! {
                (area("limits outer", &outer.0, &outer.1))
                (area("limits", &inner.0, &inner.1))
                @if let Some(target) = self.target {
                    (polyline("centre", &[(0.0, up(target)), (1.0, up(target))]))
                }
            }))
            @for (place, &tick) in people.ticks.iter().enumerate() {
                @if place % every == 0 {
                    @let x = people.place(tick);
                    (line("grid", (x, BOTTOM), (x, BOTTOM + 6.0)))
                    (text("axis", super::dots::anchor(x), x, BOTTOM + 20.0, &decimal(tick, people.places)))
                }
            }
            (text("axis", "middle", 0.5, BOTTOM + 40.0, "Follow-ups due"))
            @for dot in self.dots.iter().filter(|dot| !dot.is_outside) {
                circle class="dot" cx=(across(along(dot.of))) cy=(px(up(dot.share))) r="4.5" {}
            }
            @for dot in self.dots.iter().filter(|dot| dot.is_outside) {
                (diamond(along(dot.of), up(dot.share)))
            }
            @for (letter, dot) in &lettered {
                @let above = self.target.is_none_or(|target| dot.share >= target);
                (lettering(*letter, along(dot.of), up(dot.share), above))
            }
            @for (row, (letter, words)) in named.iter().enumerate() {
                text class="note" x=(BESIDE_SCALE) y=(px(BOTTOM + 68.0 + LINE * row as f64)) {
                    tspan class="strong" { (letter) } " " (words)
                }
            }
        };
        Drawing { height: BOTTOM + 50.0 + LINE * named.len() as f64, body }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let dots = self.dots.iter().map(|dot| {
            json!({
                "name": dot.name, "count": dot.count, "of": dot.of, "share": dot.share,
                "position": dot.position, "outside": dot.is_outside,
            })
        });
        let limits = self.limits.iter().map(|limit| {
            json!({
                "of": limit.of,
                "lower-95": limit.inner.0, "upper-95": limit.inner.1,
                "lower-99-8": limit.outer.0, "upper-99-8": limit.outer.1,
            })
        });
        let (dots, limits): (Vec<Value>, Vec<Value>) = (dots.collect(), limits.collect());
        let x = json!({
            "field": "of", "type": "quantitative", "title": "Follow-ups due", "scale": {"zero": true},
        });
        let y = |field: &str| {
            json!({
                "field": field, "type": "quantitative", "title": "Paired completion",
                "axis": {"format": "%"}, "scale": {"domain": [0, 1]},
            })
        };
        let band = |lower: &str, upper: &str, opacity: f64| {
            json!({
                "data": {"values": limits},
                "mark": {"type": "area", "color": TINT, "opacity": opacity},
                "encoding": {"x": x, "y": y(lower), "y2": {"field": upper}},
            })
        };
        json!({
            "width": 480, "height": 300,
            "layer": [
                band("lower-99-8", "upper-99-8", 0.3),
                band("lower-95", "upper-95", 0.4),
                {
                    "data": {"values": [{"target": self.target}]},
                    "mark": {"type": "rule", "strokeDash": [5, 4], "color": ACCENT},
                    "encoding": {"y": y("target")},
                },
                {
                    "data": {"values": dots},
                    "mark": {"type": "point", "filled": true, "opacity": 1, "size": 60},
                    "encoding": {
                        "x": x, "y": y("share"),
                        "shape": {"condition": {"test": "datum.outside", "value": "diamond"}, "value": "circle"},
                        "color": {"condition": {"test": "datum.outside", "value": WARM}, "value": ACCENT},
                        "tooltip": [
                            {"field": "name", "title": "Practice"},
                            {"field": "share", "title": "Paired completion", "format": ".1%"},
                            {"field": "count", "title": "Paired"},
                            {"field": "of", "title": "Due"},
                            {"field": "position", "title": "Position"},
                        ],
                    },
                },
            ],
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, "Practice")
            .numbers("Paired of due")
            .numbers("Completion")
            .numbers("95 % limits of chance")
            .text("Where it lies");
        let cells = |dot: &FunnelDot| {
            let limits = dot.limits;
            vec![
                format!("{} of {}", count(dot.count), count(dot.of)),
                percent(dot.share),
                limits.map_or_else(|| "–".to_owned(), |(lower, upper)| percent_range(lower, upper)),
                dot.position.clone(),
            ]
        };
        let hidden = |basis: &str| {
            let cells = [basis, "hidden", "hidden", "hidden"];
            cells.map(ToOwned::to_owned).to_vec()
        };
        let dots = self.dots.iter().map(|dot| (dot.name.as_str(), cells(dot)));
        let gaps = self.hidden.iter().map(|(name, basis)| (name.as_str(), hidden(basis)));
        let mut rows: Vec<(&str, Vec<String>)> = dots.chain(gaps).collect();
        super::super::order::in_natural_order(&mut rows, |(name, _)| name);
        for (name, cells) in rows {
            table.push(name, cells);
        }
        table
    }
}

/// The name of a practice in lines that fit a telephone, the first behind its letter.
fn named((letter, dot): &(char, &FunnelDot)) -> Vec<(String, String)> {
    let lines = lines(&dot.name, 40).into_iter().enumerate();
    let lettered = |place| if place == 0 { letter.to_string() } else { String::new() };
    lines.map(|(place, words)| (lettered(place), words)).collect()
}

/// The letters that practices beyond chance go by in the drawing, in the order of their names. The
/// table names those that there are no letters for.
fn lettered(dots: &[FunnelDot]) -> Vec<(char, &FunnelDot)> {
    let mut outside: Vec<&FunnelDot> = dots.iter().filter(|dot| dot.is_outside).collect();
    super::super::order::in_natural_order(&mut outside, |dot| &dot.name);
    ('A'..='L').zip(outside).collect()
}

/// The letter of a practice beyond chance, on the side away from the average.
fn lettering(letter: char, x: f64, y: f64, above: bool) -> Markup {
    html! {
        svg x=(across(x)) y=(px(y)) overflow="visible" {
            text class="value strong" text-anchor="middle" y=(if above { "-11" } else { "20" }) {
                (letter)
            }
        }
    }
}

/// What the areas and marks stand for.
fn marks() -> Markup {
    key(&[
        (area_mark("limits"), "limits of 95\u{a0}%"),
        (area_mark("limits outer"), "limits of 99.8\u{a0}%"),
        (line_mark("centre"), "all together"),
        (diamond_mark(), "more than chance"),
    ])
}
