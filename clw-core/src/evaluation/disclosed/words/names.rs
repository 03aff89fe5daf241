//! What the things of a plan are called, each so that no other of the plan is called alike.

use super::super::super::plan::PlannedMeasure;
use super::super::keys::{ChangeClass, Side, When};
use super::Words;
use super::codes::classes;
use crate::equity::{Axis, Bands};

impl Words<'_> {
    pub(super) fn measure(&self, place: usize) -> String {
        let measures = self.evaluation.map_or(&[][..], |of| of.plan().measures.as_slice());
        let Some(own) = measures.get(place) else { return format!("measure {}", place + 1) };
        let name = |of: &PlannedMeasure| format!("{} ({})", of.measure.label(), of.instrument.id());
        let mut alike = measures.iter().filter(|of| name(of) == name(own));
        match alike.nth(1) {
            Some(_) => format!("{}, {} of {}", name(own), own.measure.id(), self.version(place)),
            None => name(own),
        }
    }

    pub(super) fn star(&self, place: usize) -> String {
        let joint = self.evaluation.map_or(&[][..], |of| of.joint_findings.as_slice());
        let Some(own) = joint.get(place) else { return format!("star {}", place + 1) };
        let measures = self.evaluation.and_then(|of| of.plan().joint.get(place));
        let first = measures.and_then(|of| of.measures.first());
        match (first, joint.iter().filter(|of| of.title == own.title).nth(1)) {
            (Some(first), Some(_)) => format!("{} ({})", own.title, self.version(*first)),
            _ => own.title.clone(),
        }
    }

    /// The instrument of a measure and its version, as a plan names them.
    fn version(&self, measure: usize) -> String {
        let planned = self.evaluation.and_then(|of| of.plan().measures.get(measure));
        let instrument = planned.map(|of| &of.instrument);
        instrument.map_or_else(String::new, |of| format!("{}@{}", of.id(), of.version()))
    }

    pub(super) fn axis(&self, place: usize) -> String {
        let plan = self.evaluation.map(|of| &of.plan().plan().equity);
        match plan.and_then(|of| of.get(place)).map(|of| &of.axis) {
            Some(Axis::Simd { index, bands: Bands::Quintiles }) => format!("{index} quintile"),
            Some(Axis::Simd { index, bands: Bands::Deciles }) => format!("{index} decile"),
            Some(axis @ Axis::UrbanRural { .. }) => {
                format!("urban-rural {}-fold class", axis.count())
            }
            None => format!("axis {} of equity, band", place + 1),
        }
    }

    pub(super) fn side(&self, (place, when): Side) -> String {
        let when = match when {
            When::Before => "before",
            When::After => "after",
        };
        let plan = self.evaluation.map(|of| &of.plan().plan().before_after);
        match plan.and_then(|of| of.get(place)) {
            Some(change) => format!("{when} the change “{}”", change.name),
            None => format!("{when} change {}", place + 1),
        }
    }

    /// A class by a way of counting: by any change, or by a rule of reliable change.
    pub(super) fn way(&self, measure: usize, way: usize, class: ChangeClass) -> String {
        let class = classes(class);
        let Some(place) = way.checked_sub(1) else { return class.to_owned() };
        let found = self.evaluation.and_then(|of| of.findings.get(measure));
        let rules = found.map_or(&[][..], |of| of.change.reliable_change.as_slice());
        let Some(name) = rules.get(place).map(|of| of.rule.name()) else {
            return format!("{class} reliably by rule {}", place + 1);
        };
        match rules.iter().filter(|of| of.rule.name() == name).nth(1) {
            Some(_) => format!("{class} reliably by rule {}, “{name}”", place + 1),
            None => format!("{class} reliably by “{name}”"),
        }
    }

    /// The bands of a measure that moves are counted between, or its cut.
    pub(super) fn bands(&self, measure: usize, set: usize) -> String {
        let found = self.evaluation.and_then(|of| of.findings.get(measure));
        let set_of = found.and_then(|of| of.change.transitions.get(set));
        set_of.map_or_else(|| format!("set {}", set + 1), |of| of.band_set.clone())
    }

    pub(super) fn band(&self, measure: usize, set: usize, band: usize) -> String {
        let found = self.evaluation.and_then(|of| of.findings.get(measure));
        let set = found.and_then(|of| of.change.transitions.get(set));
        let label = set.and_then(|of| of.bands.get(band)).cloned();
        label.unwrap_or_else(|| format!("band {}", band + 1))
    }
}
