//! What people drawn anew say: how far each statistic of change moves with who takes part.

use super::About;
use super::about::{interval, interval_of_percent};
use super::format::{count, decimal, percent, signed};
use crate::change::{Bootstrap, BootstrapEstimate};
use crate::estimate::{Estimate, Interval};

/// The bootstrap intervals, corrected where they can be, else from the percentiles.
#[must_use]
pub fn bootstrap(about: &About<'_>, found: &Estimate<Bootstrap>) -> String {
    about.tell("bootstrap", found, |found| {
        let places = about.places();
        let points = |name: &str, of: &BootstrapEstimate| {
            let value = format!("{} points", signed(of.estimate, places));
            one(name, &value, of, |limits| interval(limits, places))
        };
        let mut statistics = vec![
            points("the mean change", &found.mean_change),
            points("the median change", &found.median_change),
            points("the Hodges-Lehmann estimate", &found.hodges_lehmann),
            one("Cohen’s dz", &decimal(found.cohens_dz.estimate, 2), &found.cohens_dz, |limits| {
                interval(limits, 2)
            }),
        ];
        if let Estimate::Computed(of) = &found.share_improved
            && !about.is_few()
        {
            let value = percent(of.estimate);
            statistics.push(one("the share improved", &value, of, interval_of_percent));
        }
        format!(
            "Were other people like these to take part, other figures would come out. By {} \
             resamples of {}, drawn from seed {}: {}.",
            count(u64::from(found.resamples)),
            about.pairs(),
            found.seed,
            statistics.join("; ")
        )
    })
}

/// `the mean change +1.8 points (95 % interval 1.0 to 2.6, BCa)`.
fn one(
    name: &str,
    value: &str,
    of: &BootstrapEstimate,
    print: impl Fn(&Interval) -> String,
) -> String {
    let without = match of.undefined_resamples {
        0 => String::new(),
        some => format!(", {} of the resamples without a value left out", count(some)),
    };
    let sure = match (&of.bca, &of.percentile) {
        (Estimate::Computed(bca), _) => format!("{}, BCa", print(&bca.limits)),
        (_, Estimate::Computed(limits)) => format!("{}, percentiles", print(limits)),
        (_, Estimate::NotComputed(reason)) => format!("no interval, because {reason}"),
    };
    format!("{name} {value} ({sure}{without})")
}
