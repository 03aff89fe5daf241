//! Findings as sentences: pure functions, so that what the page says can be tested as a table.

use super::format::{
    count, decimal, from_to, level, mean_places, p_value, percent, percent_from_to, signed,
};
use super::view::View;
use super::words::{self, Noun};
use crate::change::{
    Alternative, Change, CohensDz, Continuity, PairCounts, PairedT, ScaleEnd, SignedRank,
    SignedRankMethod, Sitting, ZerosMethod,
};
use crate::completion::ImprovedBounds;
use crate::estimate::{Estimate, Interval, Share};
use crate::evaluation::{Caution, FEW_PAIRS};
use crate::instrument::Scale;

/// The answer in one paragraph.
pub(super) fn summary(view: &View<'_>) -> String {
    let found = view.findings;
    let paired = &found.flow.rates.paired_completion;
    let mut sentences = vec![completion(view.noun, paired)];
    if found.change.n > 0 {
        sentences.push(mean_change(&view.name(), &found.scale, &found.change));
        sentences.extend(includes_no_change(&found.change).map(str::to_owned));
    }
    sentences.extend(unknown(&found.improved_bounds));
    sentences.join(" ")
}

/// How many of those due have a pair.
pub(super) fn completion(noun: Noun, paired: &Share) -> String {
    match paired.proportion {
        Estimate::Computed(proportion) => format!(
            "Of {} whose follow-up was due, {} ({}; {}) {} one.",
            noun.counted(paired.of),
            count(paired.count),
            percent(proportion.value),
            interval_of_percent(&proportion.interval),
            if paired.count == 1 { "has" } else { "have" }
        ),
        Estimate::NotComputed(_) => {
            format!("No follow-up was due, so there are no {} to compare.", noun.several)
        }
    }
}

/// What happened to the mean, or why nothing is said about it.
pub(super) fn mean_change(name: &str, scale: &Scale, change: &Change) -> String {
    let (Some(baseline), Some(follow_up), Some(mean)) = (
        change.baseline.mean.computed(),
        change.follow_up.mean.computed(),
        change.change.mean.computed(),
    ) else {
        return format!("Nobody has both a baseline and a follow-up on {name}.");
    };
    if change.n < FEW_PAIRS {
        return few_pairs(change.n);
    }
    let places = mean_places(scale);
    let moved = match signed(*mean, places).chars().next() {
        Some('+') => format!("rose by {} points", decimal(*mean, places)),
        Some('−') => format!("fell by {} points", decimal(0.0 - mean, places)),
        _ => "did not change".to_owned(),
    };
    let (from, to) = (decimal(*baseline, places), decimal(*follow_up, places));
    let sure = match &change.paired_t {
        Estimate::Computed(test) => {
            let limits = from_to(test.interval.lower, test.interval.upper, places);
            let of = level(test.interval.level.get());
            format!("{of} interval {limits}")
        }
        Estimate::NotComputed(reason) => format!("no interval, because {reason}"),
    };
    let direction = words::direction(scale.direction);
    format!("Their mean score on {name} {moved} ({sure}), from {from} to {to}; {direction}.")
}

/// Whether no change at all is within the interval of the mean change.
pub(super) fn includes_no_change(change: &Change) -> Option<&'static str> {
    let test = change.paired_t.computed()?;
    (change.n >= FEW_PAIRS && test.interval.contains(0.0))
        .then_some("The interval includes no change at all.")
}

/// The share improved, never without pairs, due, completion and bounds.
pub(super) fn improved(noun: Noun, bounds: &ImprovedBounds, paired: &Share) -> Option<String> {
    let (worst, best) = (bounds.worst?, bounds.best?);
    if bounds.paired < FEW_PAIRS {
        return None;
    }
    let share = bounds.improved as f64 / bounds.paired as f64;
    let completion = paired.proportion.computed()?.value;
    Some(format!(
        "{} of the {} with a pair ({}) scored better than before, by any amount. Pairs are {} of \
         those due: among all {} the share could lie anywhere from {} to {}.",
        count(bounds.improved),
        count(bounds.paired),
        percent(share),
        percent(completion),
        noun.counted(bounds.due),
        percent(worst),
        percent(best)
    ))
}

/// What nobody knows.
pub(super) fn unknown(bounds: &ImprovedBounds) -> Option<String> {
    let unknown = bounds.due.saturating_sub(bounds.paired);
    (unknown > 0 && bounds.paired > 0)
        .then(|| format!("Nothing here says how the other {} did.", count(unknown)))
}

/// Why there is no headline.
pub(super) fn few_pairs(pairs: u64) -> String {
    let are =
        if pairs == 1 { "is 1\u{a0}pair".to_owned() } else { format!("are {pairs}\u{a0}pairs") };
    format!(
        "There {are}, fewer than the {FEW_PAIRS} that the guidance for WEMWBS asks for before a \
         mean is reported: counts, range and interval are given, and no headline."
    )
}

/// The smallest and the largest change of anyone, for a sample too small for a mean.
pub(super) fn range_of_change(pairs: &PairCounts) -> Option<String> {
    let changes = pairs.changes();
    let (least, _) = changes.first_key_value()?;
    let (most, _) = changes.last_key_value()?;
    let scale = pairs.scale();
    let value = |steps: i64| steps as f64 / f64::from(scale.steps_per_unit.max(1));
    let places = if scale.steps_per_unit == 1 { 0 } else { mean_places(scale) };
    Some(match (least == most, pairs.n()) {
        (true, 1) => format!("The one change was {} points.", signed(value(*least), places)),
        (true, _) => format!("Every change was {} points.", signed(value(*least), places)),
        _ => format!(
            "Changes ranged from {} to {} points.",
            signed(value(*least), places),
            signed(value(*most), places)
        ),
    })
}

/// The interval of the mean change, without the mean.
pub(super) fn interval_of_mean(scale: &Scale, test: &Estimate<PairedT>) -> String {
    match test {
        Estimate::Computed(test) => format!(
            "The {} interval of the mean change is {} points.",
            level(test.interval.level.get()),
            from_to(test.interval.lower, test.interval.upper, mean_places(scale))
        ),
        Estimate::NotComputed(reason) => {
            format!("There is no interval of the mean change, because {reason}.")
        }
    }
}

/// `95 % interval 44.8 to 50.4 %`.
pub(super) fn interval_of_percent(interval: &Interval) -> String {
    format!(
        "{} interval {}\u{a0}%",
        level(interval.level.get()),
        percent_from_to(interval.lower, interval.upper)
    )
}

/// A paired t test as statisticians write it.
pub(super) fn paired_t(test: &PairedT) -> String {
    format!(
        "t({}) = {}, {}{}",
        count(test.df),
        decimal(test.t, 2),
        p_value(test.p),
        sides(test.alternative)
    )
}

/// What follows a p that is not two-sided.
const fn sides(alternative: Alternative) -> &'static str {
    match alternative {
        Alternative::TwoSided => "",
        Alternative::Greater => " (one-sided, for a rise)",
        Alternative::Less => " (one-sided, for a fall)",
    }
}

/// A signed rank test, with how its p was obtained.
pub(super) fn signed_rank(test: &SignedRank) -> String {
    let sum = decimal(test.w_plus, 1);
    let sum = sum.strip_suffix(".0").unwrap_or(&sum);
    let how = match test.method {
        SignedRankMethod::Exact => "exact, ties included".to_owned(),
        SignedRankMethod::NormalApproximation { z, continuity } => {
            let corrected = match continuity {
                Continuity::Corrected => "with",
                Continuity::Uncorrected => "without",
            };
            format!(
                "z = {}, normal approximation, corrected for ties, {corrected} continuity \
                 correction",
                decimal(z, 2)
            )
        }
    };
    let zeros = match test.zeros_method {
        ZerosMethod::Wilcox => "left out",
        ZerosMethod::Pratt => "ranked and then left out",
    };
    format!(
        "W⁺ = {sum} of {} changes, {} without change {zeros}; {}{}; {how}",
        count(test.n_used),
        count(test.zeros),
        p_value(test.p),
        sides(test.alternative)
    )
}

/// d_z with its interval.
pub(super) fn cohens_dz(effect: &CohensDz) -> String {
    format!(
        "{} ({} interval {}, from the noncentral t distribution)",
        decimal(effect.cohens_dz, 2),
        level(effect.interval.level.get()),
        from_to(effect.interval.lower, effect.interval.upper, 2)
    )
}

/// A caution in words: what it says of any evaluation, and what of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CautionWords {
    pub(super) heading: &'static str,
    pub(super) meaning: &'static str,
    /// What it says of one measure.
    pub(super) here: Option<String>,
}

/// A caution about a measure in words; those of an instrument's definition are words already.
pub(super) fn caution(caution: &Caution, noun: Noun, name: &str) -> Option<CautionWords> {
    let (heading, meaning, here) = match caution {
        Caution::NoControlGroup => ("This shows change, not its cause", NO_CONTROL_GROUP, None),
        Caution::RegressionToTheMean => {
            ("Some improvement would have come anyway", REGRESSION_TO_THE_MEAN, None)
        }
        Caution::FewPairs { pairs, .. } => (
            "Too few pairs for a headline",
            "A mean of few people says little about others. Below 30 pairs, a rule of thumb of the \
             guidance for WEMWBS, this report gives counts, range and interval only.",
            Some(format!("{name}: pairs, {}", count(*pairs))),
        ),
        Caution::Unpaired { unpaired, due } => (
            "Nobody knows how the others did",
            "Those who are followed up often differ from those who are not. The bounds beside each \
             share improved show what it could be if none of the others had improved, or all.",
            Some(format!(
                "{name}: without a pair, {} of {} due",
                count(*unpaired),
                noun.counted(*due)
            )),
        ),
        Caution::ScaleEnd { sitting, end, people, pairs } => (
            "Many scores lie at an end of the scale",
            "Whoever has the lowest or the highest score there is can move one way only, and may \
             have moved by more than the scale shows. More than 15 % at one end is called a floor \
             or ceiling effect.",
            Some(format!(
                "{name}: at the {} score {}, {} of {} pairs",
                match end {
                    ScaleEnd::Lowest => "lowest",
                    ScaleEnd::Highest => "highest",
                },
                match sitting {
                    Sitting::Baseline => "before",
                    Sitting::FollowUp => "after",
                },
                count(*people),
                count(*pairs)
            )),
        ),
        Caution::Instrument { .. } => return None,
    };
    Some(CautionWords { heading, meaning, here })
}

/// The trial is Mercer and others (2019), doi:10.1370/afm.2429, which the page cites beside it.
const NO_CONTROL_GROUP: &str = "There is no group beside this one that had no service. Lives change for \
    many reasons, so a change may be due to a service, to time, to other help or to all of them. \
    A trial shows why this matters: when people referred to link workers \
    in Glasgow’s Deep End practices were compared with patients of practices without them, and all \
    who were referred were counted, no outcome differed at nine months. That was one service at \
    one time; it does not say what this one does.";

const REGRESSION_TO_THE_MEAN: &str = "Many people come to a service when things are bad. Scores go up and \
    down, and whoever is measured at a low point will on average be nearer to their usual level \
    the next time, with or without help. Statisticians call this regression to the mean. It makes \
    improvement from before to after look larger than what a service added.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::ChangeOptions;
    use crate::estimate::ConfidenceLevel;
    use crate::instrument::{Direction, Points};

    /// So many pairs of each change, all from 20, on a scale of whole points from 0 to 40.
    fn pairs(direction: Direction, changes: &[(i32, u64)]) -> PairCounts {
        let (lowest, highest) = (Points(0), Points(40));
        let scale = Scale { direction, steps_per_unit: 1, lowest, highest };
        let mut table = PairCounts::new(scale);
        for &(change, pairs) in changes {
            let (baseline, follow_up) = (Points(20), Points(20 + change));
            table.add_many(crate::change::PairCell { baseline, follow_up, pairs }).unwrap();
        }
        table
    }

    fn mean(pairs: &PairCounts) -> String {
        let change = Change::of(pairs, &ChangeOptions::default()).unwrap();
        let more = includes_no_change(&change).unwrap_or_default();
        format!("{} {more}", mean_change("Hope (H)", pairs.scale(), &change))
            .trim_end()
            .replace('\u{a0}', " ")
    }

    /// Intervals: SciPy 1.17.1, `t.interval(.95, n - 1, x.mean(), sem(x))`, of 20 × 4 and 20 × 0,
    /// (1.3522, 2.6478), its mirror image, and 20 × 1 and 20 × −1, (−0.3239, 0.3239).
    #[test]
    fn a_mean_change_says_which_way_and_whether_that_is_good() {
        use Direction::{HigherIsBetter, LowerIsBetter};
        for (direction, changes, sentence) in [
            (
                HigherIsBetter,
                &[(4, 20), (0, 20)][..],
                "Their mean score on Hope (H) rose by 2.0 points (95 % interval 1.4 to 2.6), from \
                 20.0 to 22.0; higher is better.",
            ),
            (
                LowerIsBetter,
                &[(-4, 20), (0, 20)],
                "Their mean score on Hope (H) fell by 2.0 points (95 % interval −2.6 to −1.4), \
                 from 20.0 to 18.0; lower is better.",
            ),
            (
                HigherIsBetter,
                &[(1, 20), (-1, 20)],
                "Their mean score on Hope (H) did not change (95 % interval −0.3 to 0.3), from \
                 20.0 to 20.0; higher is better. The interval includes no change at all.",
            ),
            (
                HigherIsBetter,
                &[(3, 30)],
                "Their mean score on Hope (H) rose by 3.0 points (no interval, because \
                 everybody's score changed by the same amount), from 20.0 to 23.0; higher is \
                 better.",
            ),
            (
                HigherIsBetter,
                &[(3, 29)],
                "There are 29 pairs, fewer than the 30 that the guidance for WEMWBS asks for \
                 before a mean is reported: counts, range and interval are given, and no headline.",
            ),
            (HigherIsBetter, &[], "Nobody has both a baseline and a follow-up on Hope (H)."),
        ] {
            assert_eq!(mean(&pairs(direction, changes)), sentence);
        }
    }

    /// 0 of 20 and 13 of 100: statsmodels 0.15.0, `proportion_confint(…, method="wilson")`, gives
    /// (0, 0.161125) and (0.077616, 0.209783).
    #[test]
    fn completion_always_has_its_numerator_and_denominator() {
        for (noun, paired, due, sentence) in [
            (
                Noun::PEOPLE,
                13,
                100,
                "Of 100 people whose follow-up was due, 13 (13.0 %; 95 % interval 7.8 to 21.0 %) \
                 have one.",
            ),
            (
                Noun::EPISODES,
                0,
                20,
                "Of 20 episodes whose follow-up was due, 0 (0.0 %; 95 % interval 0.0 to 16.1 %) \
                 have one.",
            ),
            (Noun::PEOPLE, 0, 0, "No follow-up was due, so there are no people to compare."),
        ] {
            let share = Share::of(paired, due, ConfidenceLevel::default());
            assert_eq!(completion(noun, &share).replace('\u{a0}', " "), sentence);
        }
    }

    /// Voluntary Health Scotland (2023): 93 % of 13 % means anything from 12.1 % to 99.1 %.
    #[test]
    fn a_share_improved_comes_with_its_bounds() {
        let bounds = ImprovedBounds::of(1209, 1300, 10_000);
        let share = Share::of(1300, 10_000, ConfidenceLevel::default());
        assert_eq!(
            improved(Noun::PEOPLE, &bounds, &share).unwrap().replace('\u{a0}', " "),
            "1,209 of the 1,300 with a pair (93.0 %) scored better than before, by any amount. \
             Pairs are 13.0 % of those due: among all 10,000 people the share could lie anywhere \
             from 12.1 % to 99.1 %."
        );
        assert_eq!(unknown(&bounds).unwrap(), "Nothing here says how the other 8,700 did.");
        assert_eq!(improved(Noun::PEOPLE, &ImprovedBounds::of(9, 29, 40), &share), None);
        assert_eq!(unknown(&ImprovedBounds::of(9, 40, 40)), None);
    }

    #[test]
    fn a_range_is_of_anyones_change() {
        for (changes, sentence) in [
            (&[(-3, 1), (5, 2)][..], Some("Changes ranged from −3 to +5 points.")),
            (&[(4, 1)], Some("The one change was +4 points.")),
            (&[(0, 7)], Some("Every change was 0 points.")),
            (&[], None),
        ] {
            let table = pairs(Direction::HigherIsBetter, changes);
            assert_eq!(range_of_change(&table).as_deref(), sentence);
        }
    }
}
