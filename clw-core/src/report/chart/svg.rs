//! The few shapes the drawings are made of.

use maud::{Markup, html};

/// A drawing: its height in pixels and what stands in it.
pub(super) struct Drawing {
    pub(super) height: f64,
    pub(super) body: Markup,
}

/// A length in pixels, to a tenth.
pub(super) fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), ToOwned::to_owned)
}

/// A share of the width, 0 to 1, as a percentage.
pub(super) fn across(share: f64) -> String {
    format!("{:.3}%", 100.0 * share)
}

/// Text from `x`, a share of the width.
pub(super) fn text(class: &str, anchor: &str, x: f64, y: f64, words: &str) -> Markup {
    html! { text class=(class) text-anchor=(anchor) x=(across(x)) y=(px(y)) { (words) } }
}

/// A line between two points, each a share of the width and a height in pixels.
pub(super) fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    html! {
        line class=(class) x1=(across(from.0)) y1=(px(from.1)) x2=(across(to.0)) y2=(px(to.1)) {}
    }
}

/// A box from `x` over `width`, both shares of the width; no box where the width is nothing.
pub(super) fn bar(fill: &Fill<'_>, x: f64, y: f64, width: f64, height: f64) -> Markup {
    let paint = fill.paint();
    html! {
        @if width > 0.0 {
            rect class=(fill.class()) fill=[paint]
                x=(across(x)) y=(px(y)) width=(across(width)) height=(px(height)) {}
        }
    }
}

/// A surface whose places are thousandths of the width and pixels of the height, for lines that bend.
pub(super) fn stretched(height: f64, body: &Markup) -> Markup {
    html! {
        svg x="0" y="0" width="100%" height=(px(height)) viewBox={ "0 0 1000 " (px(height)) }
            preserveAspectRatio="none" overflow="visible" { (body) }
    }
}

/// A line through points on a stretched surface, each a share of the width and a height in pixels.
pub(super) fn polyline(class: &str, points: &[(f64, f64)]) -> Markup {
    html! {
        polyline class=(class) vector-effect="non-scaling-stroke" points=(places(points)) {}
    }
}

/// The area between an upper and a lower line on a stretched surface.
pub(super) fn area(class: &str, upper: &[(f64, f64)], lower: &[(f64, f64)]) -> Markup {
    let round: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
    html! { polygon class=(class) points=(places(&round)) {} }
}

fn places(points: &[(f64, f64)]) -> String {
    let place = |(x, y): &(f64, f64)| format!("{:.2},{}", 1000.0 * x, px(*y));
    points.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// A mark of what is more than chance: a diamond, which differs from a dot in shape too.
pub(super) fn diamond(x: f64, y: f64) -> Markup {
    html! {
        svg x=(across(x)) y=(px(y)) overflow="visible" {
            path class="unusual" d="M0 -7 7 0 0 7 -7 0Z" {}
        }
    }
}

/// How an area is filled: by a pattern as well as by a colour, for readers who see no colours.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill<'a> {
    /// The accent, solid.
    Solid,
    /// A tint of the accent.
    Tint,
    /// Diagonal lines in the warning colour.
    Hatched(&'a str),
    /// Grey dots.
    Dotted(&'a str),
    /// An outline.
    Empty,
}

impl Fill<'_> {
    const fn class(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Tint => "tint",
            Self::Hatched(_) => "hatched",
            Self::Dotted(_) => "dotted",
            Self::Empty => "empty",
        }
    }

    fn paint(self) -> Option<String> {
        match self {
            Self::Hatched(id) => Some(format!("url(#{id}-hatch)")),
            Self::Dotted(id) => Some(format!("url(#{id}-dots)")),
            Self::Solid | Self::Tint | Self::Empty => None,
        }
    }
}

/// The patterns of a drawing, under names of its own.
pub(super) fn patterns(id: &str) -> Markup {
    html! {
        defs {
            pattern id={ (id) "-hatch" } width="6" height="6" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)" {
                rect class="hatch-ground" width="6" height="6" {}
                rect class="hatch-line" width="2" height="6" {}
            }
            pattern id={ (id) "-dots" } width="6" height="6" patternUnits="userSpaceOnUse" {
                rect class="dot-ground" width="6" height="6" {}
                circle class="dot-mark" cx="3" cy="3" r="1.2" {}
            }
        }
    }
}

/// A key to the fills: small squares with their meaning, wrapped over rows of two.
pub(super) fn legend(top: f64, entries: &[(Fill<'_>, &str)]) -> Drawing {
    const ROW: f64 = 22.0;
    let place = |index: usize| (0.5 * (index % 2) as f64, top + ROW * (index / 2) as f64);
    let body = html! {
        @for (index, (fill, words)) in entries.iter().enumerate() {
            @let (x, y) = place(index);
            svg x=(across(x)) y=(px(y)) overflow="visible" {
                (swatch(*fill))
                text class="note" x="20" y="13" { (words) }
            }
        }
    };
    Drawing { height: ROW * entries.len().div_ceil(2) as f64, body }
}

/// Where words begin that stand above or below the numbers of a scale at the left, in pixels.
pub(super) const BESIDE_SCALE: &str = "-46";

/// A key of marks with their meaning, wrapped over rows of two, above a scale at the left.
pub(super) fn key(entries: &[(Markup, &str)]) -> Markup {
    html! {
        svg x=(BESIDE_SCALE) overflow="visible" {
            @for (index, (mark, words)) in entries.iter().enumerate() {
                svg x=(across(0.5 * (index % 2) as f64)) y=(px(20.0 * (index / 2) as f64)) overflow="visible" {
                    (mark)
                    text class="axis" x="24" y="14" { (words) }
                }
            }
        }
    }
}

/// The mark of an area, for a key.
pub(super) fn area_mark(class: &str) -> Markup {
    html! { rect class=(class) x="0" y="4" width="16" height="11" {} }
}

/// The mark of a line, for a key.
pub(super) fn line_mark(class: &str) -> Markup {
    html! { line class=(class) x1="0" y1="10" x2="16" y2="10" {} }
}

/// The mark of what is more than chance, for a key.
pub(super) fn diamond_mark() -> Markup {
    html! { path class="unusual" transform="translate(8 10)" d="M0 -7 7 0 0 7 -7 0Z" {} }
}

/// A small square in a fill, beside words that say what it stands for.
pub(super) fn swatch(fill: Fill<'_>) -> Markup {
    html! { rect class=(fill.class()) fill=[fill.paint()] x="0.5" y="2.5" width="12" height="12" {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short_and_plain() {
        assert_eq!(
            [px(12.0), px(12.34), across(0.5), across(1.0 / 3.0)],
            ["12", "12.3", "50.000%", "33.333%"]
        );
    }
}
