//! Weighted results beside the unweighted, and what weights cannot do.

use super::about::{About, interval_of_percent, interval_or_reason};
use super::format::{decimal, percent, printable, signed};
use crate::attrition::{Weighted, WeightedEstimate, Weighting};
use crate::estimate::Estimate;

/// The mean change and the share improved with and without weights, or why there are no weights.
#[must_use]
pub fn weighting(about: &About<'_>, found: &Weighting) -> String {
    match found {
        Weighting::Weighted(weighted) => with_and_without(about, weighted),
        Weighting::NotWeighted(reason) => {
            format!("There is no weighted result, because {}.", printable(&reason.to_string()))
        }
    }
}

fn with_and_without(about: &About<'_>, found: &Weighted) -> String {
    let (change, improved) = (&found.mean_change, &found.share_improved);
    let places = about.places();
    format!(
        "Weighted so that those followed up look like everyone due, as far as recorded, the mean \
         change on {} is {} points ({}), {} without weights, and {} improved ({}), {} without. The {} \
         then count for {} of equal weight. Weights make up for what was recorded and for nothing else: \
         whoever stayed away because of how they fared stays away.",
        about.name(),
        signed(change.weighted, places),
        interval_or_reason(&change.interval, places),
        signed(change.unweighted, places),
        percent(improved.weighted),
        interval_of_share(improved),
        percent(improved.unweighted),
        about.pairs(),
        decimal(found.weights.effective_sample_size, 0),
    )
}

fn interval_of_share(improved: &WeightedEstimate) -> String {
    match &improved.interval {
        Estimate::Computed(limits) => interval_of_percent(limits),
        Estimate::NotComputed(reason) => format!("no interval, because {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attrition::{ProfileCounts, WeightingOptions};
    use crate::instrument::{Points, catalogue};

    /// Women gain 2, men nothing; three in four of those followed up are women, of all due half are.
    fn told(not_followed_up: [u64; 2]) -> String {
        let measure = catalogue::find("ons4").unwrap().measure("life-satisfaction").unwrap();
        let mut profiles = ProfileCounts::new(measure.scale(), ["gender"]);
        let [women, men] = not_followed_up;
        for (gender, follow_up, people) in [
            ("woman", Some(Points(7)), 30),
            ("woman", None, women),
            ("man", Some(Points(5)), 10),
            ("man", None, men),
        ] {
            for _ in 0..people {
                profiles.add(Points(5), follow_up, &[gender]).unwrap();
            }
        }
        let found = Weighting::of(&profiles, &WeightingOptions::default());
        weighting(&About::measure(measure, 40), &found).replace('\u{a0}', " ")
    }

    /// R 4.2.2 survey 4.1-1: svymean and svyciprop(method = "logit") with weights 4/3 and 4, 40 pairs.
    #[test]
    fn both_stand_side_by_side_and_what_weights_cannot_do_is_said() {
        assert_eq!(
            told([10, 30]),
            "Weighted so that those followed up look like everyone due, as far as recorded, the mean \
             change on Satisfied with life is +1.00 points (95 % interval 0.63 to 1.37), +1.50 without \
             weights, and 50.0 % improved (95 % interval 32.1 to 67.9 %), 75.0 % without. The 40 pairs \
             then count for 30 of equal weight. Weights make up for what was recorded and for nothing \
             else: whoever stayed away because of how they fared stays away."
        );
    }

    #[test]
    fn without_weights_the_reason_is_said() {
        assert_eq!(
            told([0, 0]),
            "There is no weighted result, because everybody has a follow-up, so all count the same."
        );
    }
}
