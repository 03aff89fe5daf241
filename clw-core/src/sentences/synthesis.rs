//! Several programmes put together, in the order given: a mean and how far they differ, no ranking.

use super::about::{About, interval, interval_of_percent};
use super::format::{count, decimal, percent, printable, signed};
use crate::estimate::Interval;
use crate::synthesis::{Heterogeneity, LeftOut, Pooled, Pooling, Statistic, Synthesis};

/// The mean over programmes, how far they differ and what another of their kind may expect, or why they
/// are not put together; and which were left out.
#[must_use]
pub fn programmes(about: &About<'_>, found: &Synthesis) -> String {
    let put_together = match &found.pooling {
        Pooling::NotPooled { reason } => {
            format!("The programmes are not put together, because {reason}.")
        }
        Pooling::Pooled(pooled) => format!(
            "{} {} Programmes differ in whom they see, where and how, so this is no ranking.",
            mean(about, found, pooled.programmes),
            differences(about, found, &pooled.heterogeneity)
        ),
    };
    let parts = core::iter::once(put_together).chain(left_out(&found.left_out));
    parts.collect::<Vec<_>>().join(" ")
}

/// Estimates put together: their mean, and how far they differ.
#[must_use]
pub fn estimates(found: &Pooled) -> String {
    let Heterogeneity { tau, i_squared, .. } = &found.heterogeneity;
    let limits = found.interval.as_ref();
    format!(
        "Over {} estimates the mean is {} ({}). They differ with a standard deviation of {}, and {} of \
         their variance is more than chance in their samples makes.",
        count(found.programmes),
        signed(found.mean, 3),
        limits.map_or_else(|| "no interval".to_owned(), |limits| interval(limits, 3)),
        decimal(*tau, 3),
        percent(*i_squared)
    )
}

fn mean(about: &About<'_>, found: &Synthesis, programmes: u64) -> String {
    let value = found.mean.unwrap_or_default();
    let value = match found.statistic {
        Statistic::MeanChange => format!(
            "the mean change on {} is {} points",
            about.name(),
            signed(value, about.places())
        ),
        Statistic::Share { .. } => format!("the share is {}", percent(value)),
    };
    let limits = found.interval.as_ref().map_or_else(
        || "no interval, because all have the same result".to_owned(),
        |limits| in_units(about, found, limits),
    );
    format!("Over {} programmes {value} on average ({limits}).", count(programmes))
}

fn differences(about: &About<'_>, found: &Synthesis, of: &Heterogeneity) -> String {
    let most = of.i_squared_interval.upper;
    if most <= 0.0 {
        return "They differ less than chance in their samples alone usually makes them."
            .to_owned();
    }
    if of.tau_squared <= 0.0 {
        return format!(
            "They differ no more than chance in their samples makes them, though up to {} of the \
             variance may lie between them.",
            percent(most)
        );
    }
    let spread = match found.statistic {
        Statistic::MeanChange => {
            format!(", an SD of {} points", decimal(of.tau, about.places()))
        }
        Statistic::Share { .. } => String::new(),
    };
    let maybe_none =
        if of.i_squared_interval.lower > 0.0 { "" } else { "; it may be chance alone" };
    let share = format!(
        "Beyond chance in their samples, {} of the variance lies between them (I²; {}){spread}{maybe_none}.",
        percent(of.i_squared),
        interval_of_percent(&of.i_squared_interval)
    );
    match &found.prediction_interval {
        None => share,
        Some(limits) => format!(
            "{share} The true value of another programme of their kind may lie anywhere in the {}.",
            in_units(about, found, limits).replacen("interval", "prediction interval", 1)
        ),
    }
}

fn in_units(about: &About<'_>, found: &Synthesis, limits: &Interval) -> String {
    match found.statistic {
        Statistic::MeanChange => interval(limits, about.places()),
        Statistic::Share { .. } => interval_of_percent(limits),
    }
}

fn left_out(left_out: &[LeftOut]) -> Option<String> {
    let named = left_out.iter().map(|of| format!("{} ({})", printable(&of.name), of.reason));
    let named: Vec<String> = named.collect();
    (!named.is_empty())
        .then(|| format!("Left out, without a result to put in: {}.", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::PairCounts;
    use crate::instrument::{Direction, Points, Scale};
    use crate::synthesis::{
        Context, ProgrammePairs, ProgrammeShare, ShareTransform, SynthesisOptions,
    };

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };

    fn told_of_changes(programmes: &[(&str, &[i32])]) -> String {
        let programme = |&(name, changes): &(&str, &[i32])| ProgrammePairs {
            name: name.to_owned(),
            context: Context::new(),
            pairs: {
                let baseline = vec![5; changes.len()];
                let follow_up: Vec<i32> = changes.iter().map(|change| 5 + change).collect();
                PairCounts::count_steps(SCALE, &baseline, &follow_up).unwrap()
            },
        };
        let pairs: Vec<_> = programmes.iter().map(programme).collect();
        let found = Synthesis::of_mean_changes(&pairs, &SynthesisOptions::default()).unwrap();
        super::programmes(&About::scale(SCALE, 0), &found).replace('\u{a0}', " ")
    }

    fn told_of_shares(programmes: &[(&str, u64, u64)]) -> String {
        let programme = |&(name, count, of): &(&str, u64, u64)| ProgrammeShare {
            name: name.to_owned(),
            context: Context::new(),
            count,
            of,
        };
        let shares: Vec<_> = programmes.iter().map(programme).collect();
        let options = SynthesisOptions::default();
        let found = Synthesis::of_shares(&shares, ShareTransform::LogOdds, &options).unwrap();
        super::programmes(&About::scale(SCALE, 0), &found).replace('\u{a0}', " ")
    }

    /// R 4.2.2 metafor 3.8-1, rma(test = "knha"), confint; the prediction interval by t with k − 2.
    #[test]
    fn a_mean_comes_with_how_far_programmes_differ() {
        let programmes: [(&str, &[i32]); 4] = [
            ("Kirk", &[2, 1, 3, 2, 0, 2]),
            ("Glen", &[0, 1, -1, 0, 2, 1]),
            ("Harbour", &[4, 3, 5, 3, 4, 2]),
            ("New", &[1]),
        ];
        assert_eq!(
            told_of_changes(&programmes),
            "Over 3 programmes the mean change on this measure is +1.89 points on average (95 % interval \
             −1.87 to 5.64). Beyond chance in their samples, 92.1 % of the variance lies between them \
             (I²; 95 % interval 70.6 to 99.8 %), an SD of 1.45 points. The true value of another programme \
             of their kind may lie anywhere in the 95 % prediction interval −19.61 to 23.39. Programmes \
             differ in whom they see, where and how, so this is no ranking. Left out, without a result \
             to put in: New (one pair has no spread to estimate from)."
        );
    }

    /// The same.
    #[test]
    fn shares_are_printed_as_shares() {
        assert_eq!(
            told_of_shares(&[
                ("Kirk", 48, 120),
                ("Glen", 30, 90),
                ("Harbour", 61, 110),
                ("New", 12, 40)
            ]),
            "Over 4 programmes the share is 40.3 % on average (95 % interval 24.2 to 58.7 %). Beyond chance \
             in their samples, 77.1 % of the variance lies between them (I²; 95 % interval 27.6 to \
             98.4 %). The true value of another programme of their kind may lie anywhere in the 95 % \
             prediction interval 8.1 to 83.7 %. Programmes differ in whom they see, where and how, so \
             this is no ranking."
        );
    }

    #[test]
    fn one_programme_and_equal_programmes_have_their_own_words() {
        assert_eq!(
            told_of_shares(&[("Kirk", 48, 120), ("Nobody", 0, 0)]),
            "The programmes are not put together, because one programme alone has nothing to be put \
             together with. Left out, without a result to put in: Nobody (there is nobody to take a share \
             of)."
        );
        assert_eq!(
            told_of_shares(&[("Kirk", 48, 120), ("Glen", 48, 120)]),
            "Over 2 programmes the share is 40.0 % on average (no interval, because all have the same \
             result). They differ less than chance in their samples alone usually makes them. Programmes \
             differ in whom they see, where and how, so this is no ranking."
        );
        let alike = told_of_shares(&[("Kirk", 48, 120), ("Glen", 47, 120), ("Harbour", 55, 120)]);
        assert!(
            alike.contains("They differ no more than chance in their samples makes them"),
            "{alike}"
        );
    }
}
