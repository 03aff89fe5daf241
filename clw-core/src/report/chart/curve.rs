//! A share of people that grows day by day, with its interval and the people still watched.

use maud::html;
use serde_json::{Value, json};

use super::super::format::{count, decimal, percent, percent_range};
use super::super::table::Table;
use super::axis::Axis;
use super::svg::{BESIDE_SCALE, Drawing, area, line, polyline, px, stretched, text};
use super::vega::{ACCENT, TINT};

/// A curve in steps.
#[derive(Debug, Clone)]
pub(in super::super) struct CurveChart {
    /// What the share is of.
    pub(in super::super) name: &'static str,
    /// The days on which it rises or is read, in order.
    pub(in super::super) points: Vec<CurvePoint>,
    /// The last day drawn.
    pub(in super::super) until: u32,
    /// Days named at the axis, each with the people watched up to it.
    pub(in super::super) watched: Vec<(u32, u64)>,
}

/// The curve at the end of one day.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct CurvePoint {
    pub(in super::super) day: u32,
    pub(in super::super) share: f64,
    pub(in super::super) interval: Option<(f64, f64)>,
}

const TOP: f64 = 12.0;
const BOTTOM: f64 = 212.0;

impl CurveChart {
    pub(super) fn draw(&self) -> Drawing {
        let axis = Axis::proportion();
        let up = |share: f64| BOTTOM - (BOTTOM - TOP) * axis.place(share);
        let along = |day: u32| f64::from(day) / f64::from(self.until.max(1));
        let steps = |height: &dyn Fn(&CurvePoint) -> f64| {
            let mut at = vec![(0.0, up(0.0))];
            for point in &self.points {
                let before = at.last().map_or_else(|| up(0.0), |(_, y)| *y);
                at.extend([(along(point.day), before), (along(point.day), up(height(point)))]);
            }
            at.extend(at.last().map(|(_, y)| (1.0, *y)));
            at
        };
        let limit = |part: fn((f64, f64)) -> f64| {
            steps(&move |point: &CurvePoint| point.interval.map_or(point.share, part))
        };
        let (lower, upper) = (limit(|(lower, _)| lower), limit(|(_, upper)| upper));
        let curve = steps(&|point: &CurvePoint| point.share);
        let body = html! {
            @for &tick in &axis.ticks {
                (line("grid", (0.0, up(tick)), (1.0, up(tick))))
                text class="axis" text-anchor="end" x="-8" y=(px(up(tick) + 4.0)) {
                    (decimal(100.0 * tick, 0)) "\u{a0}%"
                }
            }
            (stretched(BOTTOM, &html! {
                (area("limits", &upper, &lower))
                (polyline("curve", &curve))
            }))
            @for (day, people) in &self.watched {
                @let x = along(*day);
                @let anchor = super::dots::anchor(x);
                (line("grid", (x, BOTTOM), (x, BOTTOM + 6.0)))
                (text("axis", anchor, x, BOTTOM + 20.0, &week(*day)))
                (text("value", anchor, x, BOTTOM + 56.0, &count(*people)))
            }
            text class="axis" x=(BESIDE_SCALE) y=(px(BOTTOM + 40.0)) {
                "weeks since the baseline; still watched:"
            }
        };
        Drawing { height: BOTTOM + 64.0, body }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let start = json!({"day": 0, "share": 0, "lower": 0, "upper": 0});
        let rows = self.points.iter().map(|point| {
            let (lower, upper) = point.interval.unwrap_or((point.share, point.share));
            json!({"day": point.day, "share": point.share, "lower": lower, "upper": upper})
        });
        let rows: Vec<Value> = core::iter::once(start).chain(rows).collect();
        let x = json!({
            "field": "day", "type": "quantitative", "title": "Days since the baseline",
            "scale": {"domain": [0, self.until], "nice": false},
        });
        let y = |field: &str| {
            json!({
                "field": field, "type": "quantitative", "title": self.name,
                "axis": {"format": "%"}, "scale": {"domain": [0, 1]},
            })
        };
        json!({
            "width": 480, "height": 260, "data": {"values": rows},
            "layer": [
                {
                    "mark": {"type": "area", "interpolate": "step-after", "color": TINT, "opacity": 0.5},
                    "encoding": {"x": x, "y": y("lower"), "y2": {"field": "upper"}},
                },
                {
                    "mark": {"type": "line", "interpolate": "step-after", "color": ACCENT},
                    "encoding": {"x": x, "y": y("share")},
                },
            ],
        })
    }

    /// The curve on the days named at the axis.
    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, "By")
            .numbers(self.name)
            .numbers("Interval")
            .numbers("Still watched");
        for (day, people) in &self.watched {
            let point = self.points.iter().take_while(|point| point.day <= *day).last();
            let interval = point.and_then(|point| point.interval);
            let cells = vec![
                percent(point.map_or(0.0, |point| point.share)),
                interval
                    .map_or_else(|| "–".to_owned(), |(lower, upper)| percent_range(lower, upper)),
                count(*people),
            ];
            table.push(format!("Week {}", week(*day)), cells);
        }
        table
    }
}

/// Whole weeks as they are, others to a tenth.
fn week(day: u32) -> String {
    decimal(f64::from(day) / 7.0, if day.is_multiple_of(7) { 0 } else { 1 })
}
