//! A closed set of charts. One model drives the Vega-Lite specification, the drawing in the page
//! and the table beside it, so the three cannot disagree.

mod axis;
mod classes;
mod control;
mod curve;
mod dots;
mod flow;
mod funnel;
mod moves;
mod svg;
mod vega;

use maud::{Markup, html};
use serde_json::Value;

pub(super) use classes::{Class, ClassChart, ClassRow};
pub(super) use control::{ControlChart, ControlPhase, ControlPoint, Height};
pub(super) use curve::{CurveChart, CurvePoint};
pub(super) use dots::{DotChart, DotRow, Order, Unit};
pub(super) use flow::{FlowChart, Leaving, Left, Stage};
pub(super) use funnel::{FunnelChart, FunnelDot, FunnelLimit};
pub(super) use moves::MoveChart;
pub use vega::Theme;

use super::table::Table;

/// A picture with what it shows, in a title and in words.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// Kebab-case, unique in a report.
    pub(super) id: String,
    pub(super) title: String,
    /// The measure it is about.
    pub(super) of: String,
    /// What a reader who cannot see the picture should know of it.
    pub(super) description: String,
    pub(super) chart: Chart,
}

#[derive(Debug, Clone)]
pub(super) enum Chart {
    /// Who was in each box and who left it.
    Flow(FlowChart),
    /// Each person's move from baseline to follow-up.
    Moves(MoveChart),
    /// Values with their intervals.
    Dots(DotChart),
    /// Parts of a whole.
    Classes(ClassChart),
    /// Periods within the limits of chance.
    Control(ControlChart),
    /// A share that grows over days.
    Curve(CurveChart),
    /// Practices by their numbers within the limits of chance.
    Funnel(FunnelChart),
}

impl Chart {
    /// What lines, bands and marks stand for, where no legend says it.
    fn key(&self) -> String {
        match self {
            Self::Flow(_) | Self::Classes(_) => String::new(),
            Self::Moves(chart) => chart.key(),
            Self::Dots(chart) => chart.key(),
            Self::Control(_) => {
                "Dashed: average; shaded: limits of chance; diamond: more than chance".to_owned()
            }
            Self::Curve(_) => "Shaded: interval".to_owned(),
            Self::Funnel(_) => {
                "Dashed: all; shaded: 95 % and 99.8 % limits of chance; diamond: outside".to_owned()
            }
        }
    }
}

impl Figure {
    /// The title and the measure: what the picture is called on its own.
    pub(super) fn full_title(&self) -> String {
        format!("{}, {}", self.title, self.of)
    }

    /// The Vega-Lite v5 specification, its data inline.
    pub(super) fn vega_lite(&self) -> Value {
        let body = match &self.chart {
            Chart::Flow(chart) => chart.vega_lite(),
            Chart::Moves(chart) => chart.vega_lite(),
            Chart::Dots(chart) => chart.vega_lite(),
            Chart::Classes(chart) => chart.vega_lite(),
            Chart::Control(chart) => chart.vega_lite(),
            Chart::Curve(chart) => chart.vega_lite(),
            Chart::Funnel(chart) => chart.vega_lite(),
        };
        vega::specification(&self.full_title(), &self.chart.key(), &self.description, body)
    }

    /// The drawing: widths in per cent and text in pixels, so that it fits a telephone and a page
    /// alike without its letters shrinking.
    pub(super) fn svg(&self) -> Markup {
        let drawing = match &self.chart {
            Chart::Flow(chart) => chart.draw(&self.id),
            Chart::Moves(chart) => chart.draw(),
            Chart::Dots(chart) => chart.draw(),
            Chart::Classes(chart) => chart.draw(&self.id),
            Chart::Control(chart) => chart.draw(&self.id),
            Chart::Curve(chart) => chart.draw(),
            Chart::Funnel(chart) => chart.draw(),
        };
        let (title, description) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        html! {
            svg class="plot" role="img" xmlns="http://www.w3.org/2000/svg"
                aria-labelledby={ (title) " " (description) }
                width="100%" height=(svg::px(drawing.height)) {
                title id=(title) { (self.full_title()) }
                desc id=(description) { (self.description) }
                (drawing.body)
            }
        }
    }

    /// The same data as a table.
    pub(super) fn table(&self) -> Table {
        let caption = format!("{}: the numbers", self.title);
        let table = match &self.chart {
            Chart::Flow(chart) => chart.table(caption),
            Chart::Moves(chart) => chart.table(caption),
            Chart::Dots(chart) => chart.table(caption),
            Chart::Classes(chart) => chart.table(caption),
            Chart::Control(chart) => chart.table(caption),
            Chart::Curve(chart) => chart.table(caption),
            Chart::Funnel(chart) => chart.table(caption),
        };
        table.of(self.of.as_str())
    }

    /// The picture in the page, with its numbers folded away beneath it.
    pub(super) fn markup(&self) -> Markup {
        let frame = match &self.chart {
            Chart::Moves(_) => "plot-frame with-scale square",
            Chart::Dots(chart) if chart.is_upright() => "plot-frame with-scale",
            Chart::Control(_) | Chart::Curve(_) | Chart::Funnel(_) => "plot-frame with-scale",
            Chart::Dots(_) => "plot-frame narrow",
            _ => "plot-frame",
        };
        html! {
            figure id=(self.id) {
                figcaption { (self.title) " " span.of { (self.of) } }
                div class=(frame) { (self.svg()) }
                details.numbers {
                    summary { "The numbers behind this picture" span.unseen { ": " (self.full_title()) } }
                    (self.table().markup())
                }
            }
        }
    }
}
