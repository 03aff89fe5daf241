//! What attrition comes to in plain words, with the numbers inside.

use super::compare::{Attrition, Comparison};
use super::mean_bounds::TippingPoint;
use super::verdict::AttritionVerdict;
use crate::completion::ImprovedBounds;

impl Attrition {
    /// The verdict and what it leaves unknown, for a reader who knows no statistics.
    ///
    /// `unit` is what the score is counted in, as in "points".
    #[must_use]
    pub fn sentence(&self, unit: &str) -> String {
        let parts = [Some(self.found()), self.bounds(unit), self.tipping(unit)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(" ")
    }

    fn found(&self) -> String {
        let (paired, due) = (self.completion.count, self.completion.of);
        let completed = || {
            let share = percent(paired, due);
            format!("Of {due} people due for a follow-up, {paired} have one ({share}).")
        };
        let finding = match &self.verdict {
            AttritionVerdict::NobodyDue => {
                return "Nobody with a first score was due for a follow-up.".to_owned();
            }
            AttritionVerdict::EverybodyFollowedUp => "Nobody is missing.".to_owned(),
            AttritionVerdict::NobodyFollowedUp => "Nothing is known of change.".to_owned(),
            AttritionVerdict::CompletionTooLow { different_on } => self.too_low(different_on),
            AttritionVerdict::LooksDifferent { different_on } => format!(
                "Those without a follow-up look different on {}.",
                self.listed(different_on)
            ),
            AttritionVerdict::NoDifferenceFound { unclear_on } => format!(
                "No difference was found between those with and without, but one cannot be ruled out \
                 on {}.",
                self.listed(unclear_on)
            ),
            AttritionVerdict::LittleDifference => {
                "Those with and without look much alike on what was compared.".to_owned()
            }
            AttritionVerdict::NothingToCompare => {
                "Nothing recorded tells those with from those without.".to_owned()
            }
        };
        format!("{} {finding}", completed())
    }

    fn too_low(&self, different_on: &[String]) -> String {
        let least = self.options.least_completion_percent.get();
        let others = match different_on {
            [] => ", however alike they look".to_owned(),
            traits => format!(", who look different on {}", self.listed(traits)),
        };
        format!("Below {least}\u{a0}%, those followed up say little about the others{others}.")
    }

    /// The traits with the sizes of their standardised differences.
    fn listed(&self, names: &[String]) -> String {
        let named = names.iter().map(|name| match self.difference(name) {
            Some(value) => format!("{name} (by {:.2} SD)", libm::fabs(value)),
            None => name.clone(),
        });
        let named: Vec<String> = named.collect();
        match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        }
    }

    fn difference(&self, name: &str) -> Option<f64> {
        let of = self.traits.iter().find(|of| of.name == name)?;
        match of.comparison {
            Comparison::Compared { difference, .. } => Some(difference.value),
            Comparison::NotCompared { .. } => None,
        }
    }

    fn bounds(&self, unit: &str) -> Option<String> {
        let bounds = self.mean_change_bounds.computed().filter(|bounds| bounds.unpaired > 0)?;
        let ImprovedBounds { improved, due, .. } = self.improved_bounds;
        Some(format!(
            "How the others fared is in no record: of all who were due, between {} and {} may have \
             improved, and the mean change may be anything from {} to {} {unit}.",
            percent(improved, due),
            percent(improved + bounds.unpaired, due),
            signed(bounds.worst.min(bounds.best), 2),
            signed(bounds.worst.max(bounds.best), 2)
        ))
    }

    fn tipping(&self, unit: &str) -> Option<String> {
        match self.tipping_point.computed()? {
            TippingPoint::EverybodyPaired => None,
            TippingPoint::AlreadyZero => {
                Some("The mean change of those followed up is zero as it is.".to_owned())
            }
            TippingPoint::WithinTheScale(tipping) => Some(format!(
                "It is zero if the others changed by {} {unit} on average, which the scale allows.",
                signed(tipping.mean_change_of_unpaired, 2)
            )),
            TippingPoint::BeyondTheScale(tipping) => Some(format!(
                "It cannot be zero: the others would have to have changed by {} {unit} on average, \
                 further than the scale goes.",
                signed(tipping.mean_change_of_unpaired, 2)
            )),
        }
    }
}

/// So many of so many, due not 0, to a tenth of a per cent; halves are rounded up, as by hand.
fn percent(count: u64, of: u64) -> String {
    let (count, of) = (u128::from(count), u128::from(of));
    let tenths = (2000 * count + of) / (2 * of);
    format!("{}.{}\u{a0}%", tenths / 10, tenths % 10)
}

fn signed(value: f64, places: usize) -> String {
    let digits = format!("{:.places$}", libm::fabs(value));
    let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
    let sign = match (is_zero, value < 0.0) {
        (true, _) => "",
        (false, true) => "−",
        (false, false) => "+",
    };
    format!("{sign}{digits}")
}
