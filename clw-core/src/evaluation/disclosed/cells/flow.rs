//! The boxes of a flow and who left between them.

use super::super::keys::{STEPS, Step, Whose, following};
use super::{Added, Cells, Key};
use crate::completion::Flow;
use crate::pairing::{Counted, Fate, FlowBox};

impl Cells<'_> {
    /// Every box and every fate.
    pub(super) fn add_flow(&mut self, whose: &Whose, flow: &Flow) -> Added {
        for from in FlowBox::ALL {
            self.open(whose.step(Step::In(*from)), flow.in_box(*from))?;
            let Some(to) = following(*from) else { continue };
            let fates = Fate::ALL.iter().filter(|fate| fate.last_box() == *from);
            let left: Vec<(Key, u64)> =
                fates.map(|fate| (whose.step(Step::Ended(*fate)), flow.with_fate(*fate))).collect();
            self.open(whose.step(Step::In(to)), flow.in_box(to))?;
            self.add_lost(whose, flow, *from, to)?;
            self.parts(whose.step(Step::Lost(*from, to)), left)?;
        }
        Ok(())
    }

    /// The boxes that a group has too, with the complements of the rates between them.
    pub(super) fn add_steps(&mut self, whose: &Whose, flow: &Flow) -> Added {
        self.add_chain(whose, flow, &STEPS)?;
        self.add_lost(whose, flow, FlowBox::Eligible, FlowBox::Paired)
    }

    /// Some boxes, and those lost from each to the next.
    pub(super) fn add_chain(&mut self, whose: &Whose, flow: &Flow, boxes: &[FlowBox]) -> Added {
        for at in boxes {
            self.open(whose.step(Step::In(*at)), flow.in_box(*at))?;
        }
        for pair in boxes.windows(2) {
            if let [from, to] = pair {
                self.add_lost(whose, flow, *from, *to)?;
            }
        }
        Ok(())
    }

    fn add_lost(&mut self, whose: &Whose, flow: &Flow, from: FlowBox, to: FlowBox) -> Added {
        let lost = whose.step(Step::Lost(from, to));
        self.withheld(lost.clone(), flow.in_box(from) - flow.in_box(to))?;
        self.sum(whose.step(Step::In(from)), [whose.step(Step::In(to)), lost])
    }
}
