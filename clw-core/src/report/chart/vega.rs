//! What all Vega-Lite specifications share: schema, description, colours.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::format::lines;

/// A colour by the part it plays; the theme says what it looks like.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Colour {
    expr: &'static str,
}

/// Blue for the good part, its tint for no change, orange for the other, grey for what is not
/// known: told apart in every common kind of colour blindness, and in print by their lightness.
pub(super) const ACCENT: Colour = Colour { expr: "accent" };
pub(super) const TINT: Colour = Colour { expr: "tint" };
pub(super) const WARM: Colour = Colour { expr: "warm" };
pub(super) const GREY: Colour = Colour { expr: "grey" };
/// What everything stands on.
pub(super) const PAPER: Colour = Colour { expr: "paper" };
/// Lines that divide and lead the eye.
pub(super) const QUIET: Colour = Colour { expr: "quiet" };
/// Cells of few and of many, on both of which text can be read.
pub(super) const FEWEST: Colour = Colour { expr: "fewest" };
pub(super) const MOST: Colour = Colour { expr: "most" };
const INK: Colour = Colour { expr: "ink" };
const RULE: Colour = Colour { expr: "rule" };

/// Letters of one width on every system: a picture that is written on one machine and looked at on
/// another would cut its labels off with the letters of either.
const FONT: &str = "Arial, Liberation Sans, Helvetica, sans-serif";

/// What a chart is looked at on.
///
/// The colours of a specification are its `params`, by name; a theme is nothing but their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark letters on white.
    #[default]
    Light,
    /// Light letters on near black.
    Dark,
}

impl Theme {
    /// The colours by name, as a specification's `params`.
    pub(in super::super) fn params(self) -> Value {
        let colours = [
            ("paper", "#ffffff", "#11161c"),
            ("ink", "#17202a", "#e9edf1"),
            ("quiet", "#5b6670", "#aab6c1"),
            ("rule", "#d3dae1", "#37424d"),
            ("accent", "#0b5f8a", "#6fbde9"),
            ("tint", "#a9cfe3", "#2a506a"),
            ("warm", "#c2541b", "#f0a170"),
            ("grey", "#b9c1c9", "#5d6974"),
            ("fewest", "#dcebf4", "#1c3241"),
            ("most", "#63a9cf", "#2f6f97"),
        ];
        let param = |(name, light, dark)| {
            let value = if self == Self::Light { light } else { dark };
            json!({"name": name, "value": value})
        };
        colours.into_iter().map(param).collect()
    }
}

/// The letters of one line of a label.
const LABEL_LETTERS: usize = 52;

/// The height of a line of a label, in pixels.
const LINE: usize = 14;

/// An axis of labels in their order, each in as many lines as it takes: a limit would cut it off.
pub(super) fn labels<'a>(field: &str, labels: impl Iterator<Item = &'a str>) -> Value {
    let lines = format!(
        "split(trim(replace(datum.label, regexp('(.{{1,{LABEL_LETTERS}}})(\\\\s+|$)', 'g'), '$1\\n')), '\\n')"
    );
    // Vega puts the middle of the first line beside the row; the middle of all belongs there.
    let raised = (2..=most_lines(labels)).map(|of| {
        json!({"test": format!("length({lines}) === {of}"), "value": -0.5 * (LINE * (of - 1)) as f64})
    });
    let offset = match raised.collect::<Vec<Value>>() {
        none if none.is_empty() => json!(0),
        raised => json!({"condition": raised, "value": 0}),
    };
    let axis = json!({"labelExpr": lines, "labelLineHeight": LINE, "labelOffset": offset});
    json!({"field": field, "type": "nominal", "sort": null, "title": null, "axis": axis})
}

/// The height of a row beside the longest of these labels, in pixels, `least` where they are short.
pub(super) fn step<'a>(labels: impl Iterator<Item = &'a str>, least: usize) -> Value {
    json!({"step": least.max(LINE * most_lines(labels) + 8)})
}

fn most_lines<'a>(labels: impl Iterator<Item = &'a str>) -> usize {
    labels.map(|label| lines(label, LABEL_LETTERS).len()).max().unwrap_or(0)
}

/// A body with the schema, title, key and description that every specification has.
pub(super) fn specification(title: &str, key: &str, description: &str, body: Value) -> Value {
    let mut specification = Map::new();
    specification
        .insert("$schema".into(), json!("https://vega.github.io/schema/vega-lite/v5.json"));
    specification
        .insert("title".into(), json!({"text": title, "subtitle": key, "anchor": "start"}));
    specification.insert("description".into(), json!(description));
    specification.insert("params".into(), Theme::default().params());
    specification.insert("background".into(), json!(PAPER));
    specification.insert(
        "config".into(),
        json!({
            "font": FONT,
            "view": {"stroke": null},
            "title": {"color": INK, "subtitleColor": QUIET, "subtitleFontSize": 12},
            "text": {"color": INK},
            "axis": {
                "labelLimit": 0, "labelFlush": false, "labelFontSize": 12, "titleFontSize": 12,
                "labelColor": INK, "titleColor": INK,
                "domainColor": QUIET, "tickColor": QUIET, "gridColor": RULE,
            },
            "legend": {
                "orient": "bottom", "labelLimit": 0, "labelFontSize": 12,
                "labelColor": INK, "titleColor": INK, "symbolStrokeColor": QUIET,
            },
        }),
    );
    if let Value::Object(body) = body {
        specification.extend(body);
    }
    Value::Object(specification)
}
