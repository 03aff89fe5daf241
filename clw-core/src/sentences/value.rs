//! What a change is worth by the Treasury's unit values, with what was assumed.

use super::about::{About, interval_or_reason};
use super::format::{decimal, level, percent, printable, signed};
use crate::estimate::{Estimate, Interval};
use crate::value::{ValueRefusal, Wellby, WellbyEnd, WellbyValue};

/// The WELLBYs of those with a pair, low, central and high together, and what they rest on.
///
/// ```
/// use clw_core::change::{PairCell, PairCounts};
/// use clw_core::estimate::ConfidenceLevel;
/// use clw_core::instrument::{Points, catalogue};
/// use clw_core::sentences::{About, value};
/// use clw_core::value::{Wellby, WellbyAssumptions};
///
/// let satisfaction = catalogue::find("ons4")?.measure("life-satisfaction")?;
/// let mut pairs = PairCounts::new(satisfaction.scale());
/// pairs.add_many(PairCell { baseline: Points(5), follow_up: Points(6), pairs: 32 })?;
/// pairs.add_many(PairCell { baseline: Points(6), follow_up: Points(6), pairs: 8 })?;
/// let assumptions = WellbyAssumptions::new("1".parse()?, "0.5".parse()?)?;
/// let level = ConfidenceLevel::default();
/// let found = Wellby::of("ons4", "life-satisfaction", &pairs, &assumptions, level)?;
/// let words = value::wellby(&About::measure(satisfaction, pairs.n()), &found);
/// assert!(words.contains("£160,000 (low), £208,000 (central) and £256,000 (high)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn wellby(about: &About<'_>, found: &Wellby) -> String {
    let assumptions = found.assumptions;
    let years = assumptions.duration_years();
    let year = if years.to_string() == "1" { "year" } else { "years" };
    let [of_low, of_central, of_high] =
        found.values.map(|value| pounds(f64::from(value.pounds_per_wellby)));
    let [low, central, high] = found.values.map(in_words);
    let [_, WellbyValue { interval: central_interval, .. }, _] = found.values;
    format!(
        "{} changed by {} points on average on {}. Assuming that this lasts {years} {year}, and \
         attributing {} of it to the programme, it is {} WELLBYs ({}). At {}, {} and {} each (HM \
         Treasury 2021, in prices of {}, nothing discounted) they are {low}, {central} and {high}; the \
         central value has {}. This is a value to those who gained, \
         not money saved, and it is no surer than the two assumptions.",
        about.noun.counted(found.pairs),
        signed(found.mean_change, about.places()),
        about.name(),
        percent(assumptions.attributed_share().to_f64()),
        decimal(found.wellbys, 1),
        interval_or_reason(&found.wellbys_interval, 1),
        of_low,
        of_central,
        of_high,
        found.price_base_year,
        interval_in_pounds(&central_interval),
    )
}

/// Why there is no value in money.
#[must_use]
pub fn refused(refusal: &ValueRefusal) -> String {
    format!("No value in money is given, because {}.", printable(&refusal.to_string()))
}

fn in_words(value: WellbyValue) -> String {
    let end = match value.end {
        WellbyEnd::Low => "low",
        WellbyEnd::Central => "central",
        WellbyEnd::High => "high",
    };
    format!("{} ({end})", pounds(value.pounds))
}

/// `£13,000`, `−£500`.
fn pounds(value: f64) -> String {
    let digits = decimal(value, 0);
    match digits.strip_prefix('−') {
        Some(digits) => format!("−£{digits}"),
        None => format!("£{digits}"),
    }
}

fn interval_in_pounds(interval: &Estimate<Interval>) -> String {
    match interval {
        Estimate::NotComputed(reason) => format!("no interval, because {reason}"),
        Estimate::Computed(of) => format!(
            "a {} interval of {} to {}, from chance in the sample alone",
            level(of.level),
            pounds(of.lower),
            pounds(of.upper)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{PairCell, PairCounts};
    use crate::estimate::ConfidenceLevel;
    use crate::instrument::{Points, catalogue};
    use crate::value::WellbyAssumptions;

    fn told(cells: &[(i32, i32, u64)]) -> String {
        let measure = catalogue::find("ons4").unwrap().measure("life-satisfaction").unwrap();
        let mut pairs = PairCounts::new(measure.scale());
        for &(baseline, follow_up, pairs_of_cell) in cells {
            let (baseline, follow_up) = (Points(baseline), Points(follow_up));
            pairs.add_many(PairCell { baseline, follow_up, pairs: pairs_of_cell }).unwrap();
        }
        let assumptions =
            WellbyAssumptions::new("1.5".parse().unwrap(), "0.4".parse().unwrap()).unwrap();
        let level = ConfidenceLevel::default();
        let found = Wellby::of("ons4", "life-satisfaction", &pairs, &assumptions, level);
        let about = About::measure(measure, pairs.n());
        found
            .map_or_else(|why| refused(&why), |found| wellby(&about, &found))
            .replace('\u{a0}', " ")
    }

    /// 40 of +2 and 10 of −1: mean 1.4, SD √(72/49), and SciPy 1.17.1 `t.ppf(0.975, 49)`.
    #[test]
    fn the_three_values_stand_together_with_what_was_assumed() {
        assert_eq!(
            told(&[(4, 6, 40), (6, 5, 10)]),
            "50 people changed by +1.40 points on average on Satisfied with life. Assuming that this \
             lasts 1.5 years, and attributing 40.0 % of it to the programme, it is 42.0 WELLBYs (95 % \
             interval 31.7 to 52.3). At £10,000, £13,000 and £16,000 each (HM Treasury 2021, in prices \
             of 2019, nothing discounted) they are £420,000 (low), £546,000 (central) and £672,000 \
             (high); the central value has a 95 % interval of £411,646 to £680,354, from chance in the \
             sample alone. This is a value to those who gained, not money saved, and it is no surer \
             than the two assumptions."
        );
    }

    #[test]
    fn a_fall_has_a_value_below_nothing_and_few_pairs_have_none() {
        let fall = told(&[(4, 3, 30)]);
        assert!(fall.contains("they are −£180,000 (low), −£234,000 (central)"));
        assert!(fall.contains(
            "has no interval, because everybody's score changed by the same amount. This"
        ));
        assert_eq!(
            told(&[(4, 5, 29)]),
            "No value in money is given, because there are 29 pairs, fewer than 30; wait until more \
             people have both scores."
        );
    }
}
