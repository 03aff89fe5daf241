//! Who has a second score, over months, over practices, over days, and before and after a change.

use core::cmp::Ordering;

use super::about::{Noun, interval_of_percent};
use super::format::{count, decimal, from_to, level, percent, printable};
use crate::completion::{
    DifferenceOfShares, FollowedUpBy, FunnelPlot, FunnelPosition, PChart, SpecialCauseRule,
    XmrChart,
};
use crate::estimate::{Degenerate, Estimate, Share};
use crate::evaluation::{BeforeAfterFindings, TimeToFollowUp};

/// How many months differ from the average by more than chance explains, of completion.
#[must_use]
pub fn completion_chart(chart: &PChart) -> String {
    let points = chart.phases.iter().flat_map(|phase| &phase.points);
    let drawn = points.filter(|point| point.share.is_some());
    let months = drawn.clone().count();
    let unusual = drawn.filter(|point| !point.special_causes.is_empty()).count();
    let centres = chart.phases.iter().filter_map(|phase| phase.centre.computed().copied());
    completion_over_months(months, unusual, centres)
}

/// The same of so many months, of which so many are more than chance, around averages.
pub(crate) fn completion_over_months(
    months: usize,
    unusual: usize,
    centres: impl Iterator<Item = f64>,
) -> String {
    match one_after_another(centres.map(percent)) {
        Some(centres) => format!(
            "In {} completion varied around {centres}, {}.",
            months_in_words(months),
            beyond_chance(unusual)
        ),
        None => "There is no month in which a follow-up fell due.".to_owned(),
    }
}

/// The same of the number of referrals.
#[must_use]
pub fn referral_chart(chart: &XmrChart) -> String {
    let points = chart.phases.iter().flat_map(|phase| &phase.points);
    let drawn = points.filter(|point| point.value.is_some());
    let months = drawn.clone().count();
    let unusual = drawn.filter(|point| !point.special_causes.is_empty()).count();
    let centres = chart.phases.iter().filter_map(|phase| phase.centre.computed().copied());
    referrals_over_months(months, unusual, centres)
}

/// The same of so many months, of which so many are more than chance, around averages.
pub(crate) fn referrals_over_months(
    months: usize,
    unusual: usize,
    centres: impl Iterator<Item = f64>,
) -> String {
    match one_after_another(centres.map(|centre| decimal(centre, 1))) {
        Some(centres) => format!(
            "In {} the number of referrals varied around {centres} a month, {}.",
            months_in_words(months),
            beyond_chance(unusual)
        ),
        None => "There is no whole month with referrals.".to_owned(),
    }
}

/// How many periods differ from the average by more than chance explains, of any share.
#[must_use]
pub fn shares_over_periods(chart: &PChart) -> String {
    let points = chart.phases.iter().flat_map(|phase| &phase.points);
    let drawn = points.filter(|point| point.share.is_some());
    let unusual = drawn.clone().filter(|point| !point.special_causes.is_empty()).count();
    let centres = chart.phases.iter().filter_map(|phase| phase.centre.computed().copied());
    over_periods("share", drawn.count(), one_after_another(centres.map(percent)), unusual)
}

/// The same of any value.
#[must_use]
pub fn values_over_periods(chart: &XmrChart) -> String {
    let points = chart.phases.iter().flat_map(|phase| &phase.points);
    let drawn = points.filter(|point| point.value.is_some());
    let unusual = drawn.clone().filter(|point| !point.special_causes.is_empty()).count();
    let centres = chart.phases.iter().filter_map(|phase| phase.centre.computed().copied());
    let centres = one_after_another(centres.map(|value| decimal(value, 2)));
    over_periods("value", drawn.count(), centres, unusual)
}

/// The centres of the phases: `13.0 %, then 55.0 %`; none where there is none.
fn one_after_another(centres: impl Iterator<Item = String>) -> Option<String> {
    let centres: Vec<String> = centres.collect();
    (!centres.is_empty()).then(|| centres.join(", then "))
}

/// How many are not in a chart of months, being so long before; nothing of none.
#[must_use]
pub fn before_chart(what: &str, several: &str, before: u64) -> Option<String> {
    let (noun, is) = if before == 1 { (what, "is") } else { (several, "are") };
    (before > 0).then(|| {
        format!(
            "{} {noun} {is} not in the chart: a year or more passed before the next. A year may have \
             been typed wrongly.",
            count(before)
        )
    })
}

fn over_periods(what: &str, periods: usize, centre: Option<String>, unusual: usize) -> String {
    let noun = if periods == 1 { "period" } else { "periods" };
    match centre {
        Some(centre) => format!(
            "In {periods}\u{a0}{noun} the {what} varied around {centre}, {}.",
            beyond_chance(unusual)
        ),
        None => format!("There is no period with a {what}."),
    }
}

fn months_in_words(months: usize) -> String {
    let noun = if months == 1 { "month" } else { "months" };
    format!("{months}\u{a0}{noun}")
}

fn beyond_chance(unusual: usize) -> String {
    match unusual {
        0 => "no more than chance explains".to_owned(),
        unusual => format!("in {unusual} of them by more than chance explains"),
    }
}

/// A rule for what is more than chance, in words.
#[must_use]
pub fn special_cause(rule: SpecialCauseRule) -> String {
    match rule {
        SpecialCauseRule::PointOutsideLimits => "outside the limits".to_owned(),
        SpecialCauseRule::TwoOfThreeBeyondTwoSigma => "two of three near a limit".to_owned(),
        SpecialCauseRule::TwoOfThreeBeyondTwoSigmaAllOnOneSide => {
            "two of three near a limit, on one side".to_owned()
        }
        SpecialCauseRule::FourOfFiveBeyondOneSigma => {
            "four of five well off the average".to_owned()
        }
        SpecialCauseRule::RunOnOneSide { points } => {
            format!("{points} or more in a row on one side")
        }
        SpecialCauseRule::Trend { points } => {
            format!("{points} or more in a row going one way")
        }
        SpecialCauseRule::FourteenAlternating => "14 in a row up and down in turn".to_owned(),
        SpecialCauseRule::FifteenWithinOneSigma => "15 in a row near the average".to_owned(),
        SpecialCauseRule::EightBeyondOneSigma => "8 in a row off the average".to_owned(),
    }
}

/// How many practices lie within what chance explains, and how many outside. None is named best.
#[must_use]
pub fn funnel(plot: &FunnelPlot) -> String {
    let positions = plot.points.iter().filter_map(|point| point.position.computed().copied());
    match plot.target {
        Estimate::Computed(_) if plot.points.len() == 1 => {
            "One practice alone had follow-ups due, so there is none to set beside it.".to_owned()
        }
        Estimate::Computed(target) => practices_in_funnel(target, positions),
        Estimate::NotComputed(Degenerate::OneClass) => {
            "Everybody due has a follow-up, or nobody, so practices do not differ.".to_owned()
        }
        Estimate::NotComputed(reason) => {
            format!("There is no funnel of practices, because {reason}.")
        }
    }
}

/// Of practices whose places are known, around what they are compared with.
pub(crate) fn practices_in_funnel(
    target: f64,
    positions: impl Iterator<Item = FunnelPosition>,
) -> String {
    in_funnel("practices with follow-ups due", target, positions) + ", and no practice is ranked."
}

/// The same of groups of any kind.
#[must_use]
pub fn groups_in_funnel(plot: &FunnelPlot) -> String {
    let positions = plot.points.iter().filter_map(|point| point.position.computed().copied());
    match plot.target {
        Estimate::Computed(target) => {
            in_funnel("groups with anybody in them", target, positions)
                + ", and no group is ranked."
        }
        Estimate::NotComputed(Degenerate::OneClass) => {
            "The share is 0 or 1 in all of them together, so the groups do not differ.".to_owned()
        }
        Estimate::NotComputed(reason) => {
            format!("There is no funnel of groups, because {reason}.")
        }
    }
}

fn in_funnel(groups: &str, target: f64, positions: impl Iterator<Item = FunnelPosition>) -> String {
    let [mut all, mut within, mut more, mut fewer] = [0_u64; 4];
    for position in positions {
        all += 1;
        match position {
            FunnelPosition::AsExpected => within += 1,
            FunnelPosition::MoreThanExpected95 | FunnelPosition::MoreThanExpected99_8 => more += 1,
            FunnelPosition::FewerThanExpected95 | FunnelPosition::FewerThanExpected99_8 => {
                fewer += 1;
            }
        }
    }
    format!(
        "Of {all} {groups} {within} lie within what chance explains around the {} of all (95\u{a0}% \
         limits), {more} above and {fewer} below. Of 20 one lies outside by chance; where one does, the \
         question is why",
        percent(target)
    )
}

/// The day by which half are followed up, or how far it has come by some weeks.
#[must_use]
pub fn time_to_follow_up(noun: Noun, found: &TimeToFollowUp) -> String {
    let from = format!(
        "Of {} with a dated baseline {} were followed up at some time.",
        noun.counted(found.people),
        count(found.followed_up)
    );
    let reached: Vec<String> = found.by_day.iter().filter_map(by_day).collect();
    let curve = match reached.as_slice() {
        [] => String::new(),
        [only] => format!(" Had all been watched as long, {only}."),
        [first, .., last] => format!(" Had all been watched as long, {first} and {last}."),
    };
    let half = match &found.median {
        Estimate::Computed(median) => format!(
            " Half are followed up within {} days ({} interval {} to {}).",
            median.days,
            level(median.level),
            median.lower.map_or_else(|| "unknown".to_owned(), |day| day.to_string()),
            median
                .upper
                .map_or_else(|| "beyond what was watched".to_owned(), |day| day.to_string()),
        ),
        Estimate::NotComputed(Degenerate::MedianNotReached) => {
            " By the last day that anybody was watched, fewer than half had been.".to_owned()
        }
        Estimate::NotComputed(_) => String::new(),
    };
    format!("{from}{curve}{half}")
}

fn by_day(found: &FollowedUpBy) -> Option<String> {
    let share = found.share.computed()?;
    let interval = found.interval.computed()?;
    Some(format!(
        "{} would have been within {} of the baseline ({})",
        percent(*share),
        if found.day == 7 { "1 week".to_owned() } else { format!("{} weeks", found.day / 7) },
        interval_of_percent(interval)
    ))
}

/// Completion before and after a change, and what may have made the difference besides it.
#[must_use]
pub fn before_after(found: &BeforeAfterFindings) -> String {
    let completion = &found.completion;
    let told = |share: &Share| format!("{} of {}", count(share.count), count(share.of));
    let name = printable(&found.change.name);
    match &completion.difference {
        Estimate::Computed(difference) => format!(
            "{name}: {} were followed up before ({}) and {} after ({}), {} ({} interval {} points). Whatever \
             else changed between these months is in this too.",
            share_of(&completion.before),
            told(&completion.before),
            share_of(&completion.after),
            told(&completion.after),
            points_more_or_fewer(difference.value),
            level(difference.interval.level),
            from_to(100.0 * difference.interval.lower, 100.0 * difference.interval.upper, 1),
        ),
        Estimate::NotComputed(_) => format!(
            "{name}: {} before and {} after; with nobody due in one of the two there is nothing to compare.",
            told(&completion.before),
            told(&completion.after)
        ),
    }
}

/// Two shares and their difference, and what it does not say.
#[must_use]
pub fn difference_of_shares(found: &DifferenceOfShares) -> String {
    let told = |share: &Share| {
        format!("{} ({} of {})", share_of(share), count(share.count), count(share.of))
    };
    match &found.difference {
        Estimate::Computed(difference) => format!(
            "{} before and {} after, {} ({} interval {} points). Whatever else changed between the two \
             is in this too.",
            told(&found.before),
            told(&found.after),
            points_more_or_fewer(difference.value),
            level(difference.interval.level),
            from_to(100.0 * difference.interval.lower, 100.0 * difference.interval.upper, 1),
        ),
        Estimate::NotComputed(reason) => {
            format!("Before and after cannot be compared, because {reason}.")
        }
    }
}

fn points_more_or_fewer(difference: f64) -> String {
    let points = decimal(100.0 * libm::fabs(difference), 1);
    match difference.partial_cmp(&0.0) {
        Some(Ordering::Less) => format!("{points} percentage points fewer"),
        Some(Ordering::Greater) => format!("{points} percentage points more"),
        _ => "no difference".to_owned(),
    }
}

fn share_of(share: &Share) -> String {
    share.proportion.computed().map_or_else(|| "–".to_owned(), |found| percent(found.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::completion::{
        ControlChartOptions, FunnelOptions, NamedCount, PChartLimits, RuleSet,
    };
    use crate::estimate::ConfidenceLevel;

    #[test]
    fn equal_shares_have_no_difference_and_neither_has_more() {
        let of = |count| NamedCount::new(format!("{count} of 8"), count, 8);
        let told = |before, after| {
            let level = ConfidenceLevel::default();
            let found =
                DifferenceOfShares::of(&of(before), &NamedCount::new("after", after, 4), level);
            difference_of_shares(&found.unwrap()).replace('\u{a0}', " ")
        };
        assert!(told(4, 2).contains("50.0 % (2 of 4) after, no difference (95 % interval "));
        assert!(told(4, 1).contains("after, 25.0 percentage points fewer ("));
        assert!(told(4, 3).contains("after, 25.0 percentage points more ("));
    }

    #[test]
    fn one_practice_alone_is_compared_with_none() {
        let told = |practices: &[NamedCount]| {
            funnel(&FunnelPlot::of(practices, FunnelOptions::default()).unwrap())
        };
        let one = [NamedCount::new("Elm Row", 1, 3)];
        assert!(told(&one).starts_with("One practice alone had follow-ups due"));
        let two = [NamedCount::new("Elm Row", 1, 3), NamedCount::new("Mill Lane", 2, 3)];
        assert!(told(&two).starts_with("Of 2 practices with follow-ups due 2 lie within"));
    }

    #[test]
    fn each_phase_of_a_chart_has_its_own_average() {
        let months = [("1", 10), ("2", 14), ("3", 50), ("4", 60)];
        let months = months.map(|(month, count)| NamedCount::new(month, count, 100));
        let mut options = ControlChartOptions::new(RuleSet::Nelson1984);
        let told = |options: ControlChartOptions| {
            let chart = PChart::of(&months, PChartLimits::ThreeSigma, options).unwrap();
            shares_over_periods(&chart).replace('\u{a0}', " ")
        };
        assert!(
            told(options.clone()).starts_with("In 4 periods the share varied around 33.5 %, in 4 ")
        );
        options.recalculate_from.push("3".to_owned());
        assert_eq!(
            told(options),
            "In 4 periods the share varied around 12.0 %, then 55.0 %, no more than chance explains."
        );
    }

    #[test]
    fn what_is_not_in_a_chart_is_counted_beside_it() {
        assert_eq!(before_chart("referral", "referrals", 0), None);
        assert_eq!(
            before_chart("referral", "referrals", 1).unwrap(),
            "1 referral is not in the chart: a year or more passed before the next. A year may have been \
             typed wrongly."
        );
        let several = before_chart("referral", "referrals", 2).unwrap();
        assert!(several.starts_with("2 referrals are not in the chart: "), "{several}");
    }
}
