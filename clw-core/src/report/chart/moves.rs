//! Each person's move: how many went from about which score to about which.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::format::{count, decimal, score};
use super::super::table::Table;
use super::svg::{Drawing, across, line, px, text};
use super::vega::{FEWEST, MOST, PAPER, QUIET};
use crate::change::PairCounts;
use crate::instrument::{Direction, Points, Scale};

/// A square of cells, baseline along it and follow-up up it.
#[derive(Debug, Clone)]
pub(in super::super) struct MoveChart {
    scale: Scale,
    /// The scores of one cell, in steps.
    steps: i32,
    /// The cells along each side.
    bins: i32,
    /// The people of each cell that has any: baseline bin, follow-up bin, people.
    cells: Vec<(i32, i32, u64)>,
}

/// The most cells along a side; a scale with no more scores than this has one cell for each.
const MOST_BINS: i32 = 16;

const CELL: f64 = 25.0;

impl MoveChart {
    /// The cells of a table of pairs.
    pub(in super::super) fn of(pairs: &PairCounts) -> Self {
        let scale = *pairs.scale();
        let range = scale.highest.0.saturating_sub(scale.lowest.0).max(0);
        let steps = if range < MOST_BINS { 1 } else { bin_steps(range, scale.steps_per_unit) };
        // The highest score has no cell of its own where it only closes the last one.
        let closes = steps > 1 && range % steps == 0 && range > 0;
        let bins = if closes { range / steps } else { range / steps + 1 };
        let bin = |points: Points| ((points.0 - scale.lowest.0) / steps).clamp(0, bins - 1);
        let mut cells = crate::OrderedMap::<(i32, i32), u64>::new();
        for cell in pairs.cells() {
            *cells.entry((bin(cell.baseline), bin(cell.follow_up))).or_default() += cell.pairs;
        }
        let cells = cells.into_iter().map(|((from, to), people)| (from, to, people)).collect();
        Self { scale, steps, bins, cells }
    }

    /// One cell is one score.
    const fn is_exact(&self) -> bool {
        self.steps == 1
    }

    fn edge(&self, bin: i32) -> f64 {
        self.scale.value(Points(self.scale.lowest.0 + bin * self.steps))
    }

    fn label(&self, bin: i32) -> String {
        let lowest = Points(self.scale.lowest.0 + bin * self.steps);
        let next = Points(lowest.0.saturating_add(self.steps).min(self.scale.highest.0));
        if self.is_exact() {
            score(&self.scale, lowest)
        } else if bin + 1 == self.bins {
            format!("{} to {}", score(&self.scale, lowest), score(&self.scale, next))
        } else {
            format!("{} to under {}", score(&self.scale, lowest), score(&self.scale, next))
        }
    }

    /// Ticks as their place from 0 to 1 and their text: at the cells where these are scores, at
    /// their edges otherwise.
    fn ticks(&self) -> Vec<(f64, String)> {
        let offset = if self.is_exact() { 0.5 } else { 0.0 };
        let tick = |bin: i32| {
            let place = (f64::from(bin) + offset) / f64::from(self.bins);
            (place.min(1.0), trimmed(self.edge(bin)))
        };
        self.ticked().map(tick).collect()
    }

    /// The cells with a tick.
    fn ticked(&self) -> impl Iterator<Item = i32> {
        let every = usize::try_from(self.bins / 8 + 1).unwrap_or(1);
        let last = if self.is_exact() { self.bins - 1 } else { self.bins };
        (0..=last).step_by(every)
    }

    /// Which corner is the better one: above the line or below it.
    const fn corners(&self) -> (&'static str, &'static str) {
        match self.scale.direction {
            Direction::HigherIsBetter => ("improved", "worse"),
            Direction::LowerIsBetter => ("worse", "improved"),
        }
    }

    pub(super) fn key(&self) -> String {
        let (above, below) = self.corners();
        format!("Dashed: no change; above it {above}, below it {below}")
    }

    pub(super) fn draw(&self) -> Drawing {
        const TOP: f64 = 24.0;
        let side = CELL * f64::from(self.bins);
        let bottom = TOP + side;
        let width = 1.0 / f64::from(self.bins);
        let most = self.cells.iter().map(|(_, _, people)| *people).max().unwrap_or(1);
        let x = |bin: i32| f64::from(bin) * width;
        let y = |bin: i32| bottom - CELL * f64::from(bin + 1);
        let (above, below) = self.corners();
        let body = html! {
            rect class="ground" x="0" y=(px(TOP)) width="100%" height=(px(side)) {}
            @for (from, to, people) in &self.cells {
                rect class={ "cell shade-" (shade(*people, most)) } x=(across(x(*from))) y=(px(y(*to)))
                    width=(across(width)) height=(px(CELL)) {}
            }
            (line("reference", (0.0, bottom), (1.0, TOP)))
            @for (from, to, people) in &self.cells {
                (text(
                    if shade(*people, most) >= 4 { "cell-text on-solid" } else { "cell-text" },
                    "middle", x(*from) + width / 2.0, y(*to) + 17.0, &count(*people),
                ))
            }
            (text("note haloed", "start", 0.015, TOP + 18.0, &format!("↖ {above}")))
            (text("note haloed", "end", 0.985, bottom - 10.0, &format!("{below} ↘")))
            text class="axis" x="-34" y="12" { "Score at follow-up ↑" }
            (self.scales(TOP, side))
        };
        Drawing { height: bottom + 42.0, body }
    }

    fn scales(&self, top: f64, side: f64) -> Markup {
        let bottom = top + side;
        html! {
            @for (place, words) in self.ticks() {
                text class="axis" text-anchor="end" x="-6" y=(px(bottom - side * place + 4.0)) {
                    (words)
                }
                (text("axis", "middle", place, bottom + 17.0, &words))
            }
            (text("axis", "end", 1.0, bottom + 36.0, "Score at baseline →"))
        }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let half = if self.is_exact() { 0.5 * (self.edge(1) - self.edge(0)) } else { 0.0 };
        let low = |bin: i32| self.edge(bin) - half;
        let high = |bin: i32| self.edge(bin + 1) - half;
        let rows: Vec<Value> = self
            .cells
            .iter()
            .map(|&(from, to, people)| {
                json!({
                    "baseline-low": low(from), "baseline-high": high(from),
                    "follow-up-low": low(to), "follow-up-high": high(to),
                    "baseline": f64::midpoint(low(from), high(from)),
                    "follow-up": f64::midpoint(low(to), high(to)),
                    "baseline-scores": self.label(from), "follow-up-scores": self.label(to),
                    "pairs": people,
                })
            })
            .collect();
        let (lowest, highest) = (low(0), high(self.bins - 1));
        let ticks: Vec<f64> = self.ticked().map(|bin| self.edge(bin)).collect();
        let axis = |field: &str, title: &str| {
            json!({
                "field": field, "type": "quantitative", "title": title,
                "axis": {"values": ticks, "format": "~f"},
                "scale": {"domain": [lowest, highest], "nice": false, "zero": false},
            })
        };
        json!({
            "width": 420,
            "height": 420,
            "layer": [
                {
                    "data": {"values": rows},
                    "mark": {"type": "rect", "stroke": PAPER, "strokeWidth": 1},
                    "encoding": {
                        "x": axis("baseline-low", "Score at baseline"),
                        "x2": {"field": "baseline-high"},
                        "y": axis("follow-up-low", "Score at follow-up"),
                        "y2": {"field": "follow-up-high"},
                        "color": {
                            "field": "pairs", "type": "quantitative", "title": "Pairs",
                            "scale": {"range": [FEWEST, MOST], "type": "sqrt"},
                        },
                        "tooltip": [
                            {"field": "baseline-scores", "title": "Baseline"},
                            {"field": "follow-up-scores", "title": "Follow-up"},
                            {"field": "pairs", "title": "Pairs", "format": ","},
                        ],
                    },
                },
                {
                    "data": {"values": rows},
                    "mark": {"type": "text", "fontSize": 11},
                    "encoding": {
                        "x": axis("baseline", "Score at baseline"),
                        "y": axis("follow-up", "Score at follow-up"),
                        "text": {"field": "pairs", "type": "quantitative", "format": ","},
                    },
                },
                {
                    "data": {"values": [{"x": lowest, "y": lowest}, {"x": highest, "y": highest}]},
                    "mark": {"type": "line", "strokeDash": [5, 4], "color": QUIET},
                    "encoding": {
                        "x": axis("x", "Score at baseline"),
                        "y": axis("y", "Score at follow-up"),
                    },
                },
            ],
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, "Baseline").text("Follow-up").numbers("Pairs");
        for &(from, to, people) in &self.cells {
            table.push(self.label(from), vec![self.label(to), count(people)]);
        }
        table
    }
}

/// The width of a cell in steps: 1, 2 or 5 times a power of ten of the printed unit, or of single
/// steps where whole units would leave fewer than five cells.
fn bin_steps(range: i32, steps_per_unit: u32) -> i32 {
    let narrowest = |unit: i64| {
        let factors = (0..9).flat_map(|power| [1, 2, 5].map(|factor| factor * 10_i64.pow(power)));
        let fits = |steps: &i64| i64::from(range) <= steps * i64::from(MOST_BINS);
        factors.map(|factor| factor * unit).find(fits)
    };
    let whole_units = narrowest(i64::from(steps_per_unit.max(1)));
    let coarse = |steps: &i64| i64::from(range) >= 5 * steps;
    let width = whole_units.filter(coarse).or_else(|| narrowest(1)).unwrap_or(1);
    i32::try_from(width).unwrap_or(i32::MAX)
}

/// How dark a cell is, 1 to 5, by its share of the fullest one.
const fn shade(people: u64, most: u64) -> u8 {
    match people.saturating_mul(100) / if most == 0 { 1 } else { most } {
        0..10 => 1,
        10..30 => 2,
        30..55 => 3,
        55..80 => 4,
        _ => 5,
    }
}

/// A tick as short as it is: `7`, `2.5`, `0.33`.
fn trimmed(value: f64) -> String {
    let text = decimal(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
