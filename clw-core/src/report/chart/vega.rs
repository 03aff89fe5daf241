//! What all Vega-Lite specifications share: schema, description, colours.

use serde_json::{Map, Value, json};

/// Blue for the good part, its tint for no change, orange for the other, grey for what is not
/// known: told apart in every common kind of colour blindness, and in print by their lightness.
pub(super) const ACCENT: &str = "#0b5f8a";
pub(super) const TINT: &str = "#a9cfe3";
pub(super) const WARM: &str = "#c2541b";
pub(super) const GREY: &str = "#b9c1c9";

/// A body with the schema, title and description that every specification has.
pub(super) fn specification(title: &str, description: &str, body: Value) -> Value {
    let mut specification = Map::new();
    specification
        .insert("$schema".into(), json!("https://vega.github.io/schema/vega-lite/v5.json"));
    specification.insert("title".into(), json!({"text": title, "anchor": "start"}));
    specification.insert("description".into(), json!(description));
    specification.insert(
        "config".into(),
        json!({
            "font": "system-ui, sans-serif",
            "view": {"stroke": null},
            "axis": {"labelLimit": 320, "labelFontSize": 12, "titleFontSize": 12},
            "legend": {"orient": "bottom", "labelFontSize": 12},
        }),
    );
    if let Value::Object(body) = body {
        specification.extend(body);
    }
    Value::Object(specification)
}
