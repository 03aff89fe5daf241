//! Periods in their order in time, with a centre and the limits of chance.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::format::{Month, decimal, percent, percent_range, range};
use super::super::table::Table;
use super::axis::Axis;
use super::svg::{
    Drawing, Fill, across, area, area_mark, bar, diamond, diamond_mark, key, line, line_mark,
    patterns, polyline, px, stretched, swatch,
};
use super::vega::{ACCENT, GREY, TINT, WARM};

/// Values by month, each with its limits.
#[derive(Debug, Clone)]
pub(in super::super) struct ControlChart {
    pub(in super::super) height: Height,
    /// What the values are.
    pub(in super::super) name: &'static str,
    /// In their order in time; each has a centre of its own.
    pub(in super::super) phases: Vec<ControlPhase>,
}

/// What rises up the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Height {
    /// Proportions, 0 to 1.
    Proportion,
    /// Numbers.
    Number,
}

/// Months that share a centre.
#[derive(Debug, Clone)]
pub(in super::super) struct ControlPhase {
    pub(in super::super) centre: Option<f64>,
    pub(in super::super) points: Vec<ControlPoint>,
}

/// One month.
#[derive(Debug, Clone)]
pub(in super::super) struct ControlPoint {
    /// `2025-03`.
    pub(in super::super) month: String,
    /// Absent in a gap.
    pub(in super::super) value: Option<f64>,
    pub(in super::super) limits: Option<(f64, f64)>,
    /// Whether it is a gap because its counts are hidden.
    pub(in super::super) is_hidden: bool,
    /// What it rests on, for example `47 of 96`.
    pub(in super::super) basis: String,
    /// The rules by which it is more than chance, in words.
    pub(in super::super) causes: Vec<String>,
}

const TOP: f64 = 56.0;
const BOTTOM: f64 = 256.0;

impl ControlPoint {
    fn label(&self) -> String {
        Month::parse(&self.month).map_or_else(|| self.month.clone(), Month::long)
    }
}

impl ControlChart {
    fn points(&self) -> impl Iterator<Item = &ControlPoint> {
        self.phases.iter().flat_map(|phase| &phase.points)
    }

    fn axis(&self) -> Axis {
        match self.height {
            Height::Proportion => Axis::proportion(),
            Height::Number => {
                let limits = self.points().filter_map(|point| Some(point.limits?.1));
                Axis::around_zero(limits.chain(self.points().filter_map(|point| point.value)))
            }
        }
    }

    fn printed(&self, value: f64) -> String {
        match self.height {
            Height::Proportion => percent(value),
            Height::Number => decimal(value, 0),
        }
    }

    fn tick(&self, axis: &Axis, tick: f64) -> String {
        match self.height {
            Height::Proportion => format!("{}\u{a0}%", decimal(100.0 * tick, 0)),
            Height::Number => decimal(tick, axis.places),
        }
    }

    pub(super) fn draw(&self, id: &str) -> Drawing {
        let axis = self.axis();
        let up = |value: f64| BOTTOM - (BOTTOM - TOP) * axis.place(value);
        let all = self.points().count().max(1) as f64;
        let (mut first, mut layers, mut dots) = (0_usize, Vec::new(), Vec::new());
        for phase in &self.phases {
            let at =
                |place: usize| ((first + place) as f64 / all, (first + place + 1) as f64 / all);
            layers.extend(limits(phase, at, up));
            if let Some(centre) = phase.centre {
                let (from, to) = (at(0).0, at(phase.points.len().saturating_sub(1)).1);
                layers.push(polyline("centre", &[(from, up(centre)), (to, up(centre))]));
            }
            let middle = |place| f64::midpoint(at(place).0, at(place).1);
            layers.extend(joined(phase, middle, up));
            dots.extend(phase.points.iter().enumerate().filter_map(|(place, point)| {
                let (x, y) = (middle(place), up(point.value?));
                Some(if point.causes.is_empty() { dot(x, y) } else { diamond(x, y) })
            }));
            first += phase.points.len();
        }
        let hidden = self.points().enumerate().filter(|(_, point)| point.is_hidden);
        let hidden: Vec<f64> = hidden.map(|(place, _)| place as f64 / all).collect();
        let body = html! {
            (self.marks(id))
            @if !hidden.is_empty() {
                g.gaps {
                @for &from in &hidden {
                    (bar(&Fill::Dotted(id), from, TOP, 1.0 / all, BOTTOM - TOP))
                }
                }
            }
            @for &tick in &axis.ticks {
                (line("grid", (0.0, up(tick)), (1.0, up(tick))))
                text class="axis" text-anchor="end" x="-8" y=(px(up(tick) + 4.0)) {
                    (self.tick(&axis, tick))
                }
            }
            (stretched(BOTTOM, &html! { @for layer in &layers { (layer) } }))
            @for dot in &dots { (dot) }
            (self.months(all))
        };
        Drawing { height: BOTTOM + 28.0, body }
    }

    /// What the marks stand for.
    fn marks(&self, id: &str) -> Markup {
        let mut entries =
            vec![(area_mark("limits"), "limits of chance"), (line_mark("centre"), "average")];
        if self.points().any(|point| !point.causes.is_empty()) {
            entries.push((diamond_mark(), "more than chance"));
        }
        let has_hidden = self.points().any(|point| point.is_hidden);
        if has_hidden {
            entries.push((swatch(Fill::Dotted(id)), "counts hidden"));
        }
        html! {
            @if has_hidden { (patterns(id)) }
            (key(&entries))
        }
    }

    /// The names of some months below.
    fn months(&self, all: f64) -> Markup {
        let months = self.points().filter_map(|point| Month::parse(&point.month));
        let span = self.points().count();
        let every = [1, 2, 3, 6, 12, 24, 60].into_iter();
        let every = every.clone().find(|&every| span / every < 7).unwrap_or(120);
        let every = i32::try_from(every).unwrap_or(1);
        html! {
            @for (place, month) in months.enumerate() {
                @let x = (place as f64 + 0.5) / all;
                @if month.ordinal().rem_euclid(every) == 0 {
                    (super::dots::month(month, every, x, BOTTOM))
                }
            }
        }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let row = |phase: &ControlPhase, point: &ControlPoint| {
            json!({
                "month": Month::parse(&point.month).map_or_else(|| point.month.clone(), Month::short),
                "value": point.value, "centre": phase.centre,
                "lower": point.limits.map(|(lower, _)| lower),
                "upper": point.limits.map(|(_, upper)| upper),
                "basis": point.basis, "unusual": !point.causes.is_empty(),
                "why": point.causes.join("; "), "hidden": point.is_hidden,
            })
        };
        let rows =
            self.phases.iter().flat_map(|phase| phase.points.iter().map(|of| row(phase, of)));
        let rows: Vec<Value> = rows.collect();
        let format = match self.height {
            Height::Proportion => json!({"format": "%"}),
            Height::Number => json!({}),
        };
        let scale = match self.height {
            Height::Proportion => json!({"domain": [0, 1]}),
            Height::Number => json!({"zero": true}),
        };
        let x = json!({"field": "month", "type": "nominal", "sort": null, "title": null});
        let y = |field: &str| {
            json!({
                "field": field, "type": "quantitative", "title": self.name,
                "axis": format, "scale": scale,
            })
        };
        json!({
            "width": {"step": 22}, "height": 240, "data": {"values": rows},
            "layer": [
                {
                    "transform": [{"filter": "datum.hidden"}],
                    "mark": {"type": "rect", "color": GREY, "opacity": 0.35},
                    "encoding": {
                        "x": x, "tooltip": [
                            {"field": "month", "title": "Month"}, {"field": "basis", "title": "From"},
                        ],
                    },
                },
                {
                    "mark": {"type": "area", "interpolate": "step", "color": TINT, "opacity": 0.5},
                    "encoding": {"x": x, "y": y("lower"), "y2": {"field": "upper"}},
                },
                {
                    "mark": {"type": "line", "interpolate": "step", "strokeDash": [5, 4], "color": ACCENT},
                    "encoding": {"x": x, "y": y("centre")},
                },
                {
                    "mark": {"type": "line", "color": ACCENT, "strokeWidth": 1},
                    "encoding": {"x": x, "y": y("value")},
                },
                {
                    "mark": {"type": "point", "filled": true, "opacity": 1, "size": 60},
                    "encoding": {
                        "x": x, "y": y("value"),
                        "shape": {"condition": {"test": "datum.unusual", "value": "diamond"}, "value": "circle"},
                        "color": {"condition": {"test": "datum.unusual", "value": WARM}, "value": ACCENT},
                        "tooltip": [
                            {"field": "month", "title": "Month"},
                            {"field": "value", "title": self.name},
                            {"field": "basis", "title": "From"},
                            {"field": "why", "title": "More than chance"},
                        ],
                    },
                },
            ],
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, "Month")
            .numbers(self.name)
            .numbers("From")
            .numbers("Limits of chance")
            .text("More than chance by");
        for point in self.points() {
            let dash = || if point.is_hidden { "hidden" } else { "–" }.to_owned();
            let limits = point.limits.map_or_else(dash, |(lower, upper)| match self.height {
                Height::Proportion => percent_range(lower, upper),
                Height::Number => range(lower, upper, 1),
            });
            let causes = match point.causes.as_slice() {
                [] => dash(),
                causes => causes.join("; "),
            };
            let value = point.value.map_or_else(dash, |value| self.printed(value));
            table.push(point.label(), vec![value, point.basis.clone(), limits, causes]);
        }
        table
    }
}

/// The limits in steps, one for each month, broken where a month has none.
fn limits(
    phase: &ControlPhase,
    at: impl Fn(usize) -> (f64, f64),
    up: impl Fn(f64) -> f64,
) -> Vec<Markup> {
    let points: Vec<(usize, &ControlPoint)> = phase.points.iter().enumerate().collect();
    let runs =
        points.chunk_by(|(_, left), (_, right)| left.limits.is_some() && right.limits.is_some());
    let run = |run: &[(usize, &ControlPoint)]| {
        let steps = |part: fn((f64, f64)) -> f64| -> Vec<(f64, f64)> {
            let ends = run.iter().filter_map(|(place, point)| {
                let (from, to) = at(*place);
                let y = up(part(point.limits?));
                Some([(from, y), (to, y)])
            });
            ends.flatten().collect()
        };
        area("limits", &steps(|(_, upper)| upper), &steps(|(lower, _)| lower))
    };
    runs.filter(|run| run.iter().all(|(_, point)| point.limits.is_some())).map(run).collect()
}

/// A line from month to month, broken at gaps.
fn joined(
    phase: &ControlPhase,
    middle: impl Fn(usize) -> f64,
    up: impl Fn(f64) -> f64,
) -> Vec<Markup> {
    let points: Vec<(usize, Option<f64>)> =
        phase.points.iter().map(|point| point.value).enumerate().collect();
    let runs = points.chunk_by(|left, right| left.1.is_some() && right.1.is_some());
    let line = |run: &[(usize, Option<f64>)]| {
        let places = run.iter().filter_map(|(place, value)| Some((middle(*place), up((*value)?))));
        polyline("joined", &places.collect::<Vec<_>>())
    };
    runs.filter(|run| run.len() > 1).map(line).collect()
}

fn dot(x: f64, y: f64) -> Markup {
    html! { circle class="dot" cx=(across(x)) cy=(px(y)) r="4" {} }
}
