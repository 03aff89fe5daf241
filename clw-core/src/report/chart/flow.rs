//! From referred to paired: who was in each box, and who left it and why.

use maud::html;
use serde_json::{Value, json};

use super::super::format::{count, percent};
use super::super::table::Table;
use super::svg::{Drawing, Fill, across, bar, legend, patterns, px, swatch, text};
use super::vega::{ACCENT, GREY, PAPER, QUIET, WARM, labels, step};

/// The boxes in order, each inside the one before.
#[derive(Debug, Clone)]
pub(in super::super) struct FlowChart {
    pub(in super::super) stages: Vec<Stage>,
}

/// One box.
#[derive(Debug, Clone)]
pub(in super::super) struct Stage {
    pub(in super::super) label: String,
    pub(in super::super) episodes: u64,
    /// Those who did not go on to the next box.
    pub(in super::super) left: Vec<Left>,
}

/// Those who left a box for one reason.
#[derive(Debug, Clone)]
pub(in super::super) struct Left {
    pub(in super::super) reason: String,
    pub(in super::super) episodes: u64,
    pub(in super::super) leaving: Leaving,
}

/// What kind of leaving it is. What is not due is never shown as missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Leaving {
    /// The support did not start.
    NotStarted,
    /// Nothing is asked for, or nothing yet.
    NotDue,
    /// Something that was due is not there, or nobody knows whether it was due.
    Missing,
}

impl Leaving {
    const ALL: [Self; 3] = [Self::NotStarted, Self::NotDue, Self::Missing];

    const fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::NotDue => "Not due: not a gap",
            Self::Missing => "Missing, not known",
        }
    }

    const fn fill(self, id: &str) -> Fill<'_> {
        match self {
            Self::NotStarted => Fill::Empty,
            Self::NotDue => Fill::Dotted(id),
            Self::Missing => Fill::Hatched(id),
        }
    }
}

const WENT_ON: &str = "Went on";

impl FlowChart {
    fn all(&self) -> u64 {
        self.stages.first().map_or(0, |stage| stage.episodes)
    }

    pub(super) fn draw(&self, id: &str) -> Drawing {
        let all = self.all().max(1) as f64;
        let share = |episodes: u64| episodes as f64 / all;
        let kinds = Leaving::ALL.map(|leaving| (leaving.fill(id), leaving.words()));
        let entries: Vec<_> = [(Fill::Solid, WENT_ON)].into_iter().chain(kinds).collect();
        let key = legend(0.0, &entries);
        let mut y = key.height + 14.0;
        let mut body = vec![patterns(id), key.body];
        for stage in &self.stages {
            let gone: u64 = stage.left.iter().map(|left| left.episodes).sum();
            let went_on = stage.episodes.saturating_sub(gone);
            let mut x = share(went_on);
            body.push(text("label", "start", 0.0, y + 14.0, &stage.label));
            body.push(text("label", "end", 1.0, y + 14.0, &count(stage.episodes)));
            body.push(bar(&Fill::Empty, 0.0, y + 22.0, 1.0, 16.0));
            body.push(bar(&Fill::Solid, 0.0, y + 22.0, x, 16.0));
            let bar_y = y + 22.0;
            y += 44.0;
            for left in &stage.left {
                body.push(bar(&left.leaving.fill(id), x, bar_y, share(left.episodes), 16.0));
                x += share(left.episodes);
                let fill = left.leaving.fill(id);
                body.push(html! {
                    svg x=(across(0.0)) y=(px(y)) overflow="visible" {
                        (swatch(fill))
                        text class="note" x="20" y="13" {
                            tspan class="strong" { (count(left.episodes)) } " " (left.reason)
                        }
                    }
                });
                y += 20.0;
            }
            y += 12.0;
        }
        Drawing { height: y, body: html! { @for part in &body { (part) } } }
    }

    pub(super) fn vega_lite(&self) -> Value {
        let rows: Vec<Value> = self.stages.iter().enumerate().flat_map(stage_rows).collect();
        let kinds: Vec<&str> =
            [WENT_ON].into_iter().chain(Leaving::ALL.map(Leaving::words)).collect();
        let names = || self.stages.iter().map(|stage| stage.label.as_str());
        json!({
            "width": 560,
            "height": step(names(), 34),
            "data": {"values": rows},
            "mark": {"type": "bar", "stroke": QUIET, "strokeWidth": 0.5},
            "encoding": {
                "y": labels("box", names()),
                "x": {"field": "episodes", "type": "quantitative", "title": "Episodes", "stack": "zero"},
                "color": {
                    "field": "outcome", "type": "nominal", "title": null,
                    "scale": {"domain": kinds, "range": [ACCENT, PAPER, GREY, WARM]},
                },
                "order": {"field": "order", "type": "quantitative"},
                "tooltip": [
                    {"field": "box", "title": "Box"},
                    {"field": "outcome", "title": "Outcome"},
                    {"field": "reason", "title": "Reason"},
                    {"field": "episodes", "title": "Episodes", "format": ","},
                ],
            },
        })
    }

    pub(super) fn table(&self, caption: String) -> Table {
        let mut table = Table::new(caption, "Box")
            .numbers("Episodes")
            .numbers("Of all referred")
            .text("Did not go on");
        for stage in &self.stages {
            let left = stage.left.iter();
            let left: Vec<String> =
                left.map(|left| format!("{} {}", count(left.episodes), left.reason)).collect();
            let share = match self.all() {
                0 => "–".to_owned(),
                all => percent(stage.episodes as f64 / all as f64),
            };
            let left = if left.is_empty() { "none".to_owned() } else { left.join("; ") };
            table.push(stage.label.as_str(), vec![count(stage.episodes), share, left]);
        }
        table
    }
}

fn stage_rows((place, stage): (usize, &Stage)) -> Vec<Value> {
    let gone: u64 = stage.left.iter().map(|left| left.episodes).sum();
    let row = |order: usize, outcome: &str, reason: &str, episodes: u64| {
        json!({
            "box": stage.label, "place": place, "order": order,
            "outcome": outcome, "reason": reason, "episodes": episodes,
        })
    };
    let went_on = row(0, WENT_ON, "", stage.episodes.saturating_sub(gone));
    let left = stage.left.iter().enumerate();
    let left =
        left.map(|(order, left)| row(order + 1, left.leaving.words(), &left.reason, left.episodes));
    [went_on].into_iter().chain(left).collect()
}
