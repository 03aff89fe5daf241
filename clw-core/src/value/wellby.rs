//! Points of life satisfaction, of so many people, for so many years, in pounds.

use serde::{Deserialize, Serialize};

use super::assumptions::WellbyAssumptions;
use super::refusal::ValueRefusal;
use crate::change::{Alternative, PairCounts, PairSums, PairedT};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval};
use crate::instrument::{Direction, Points, Scale};

/// The wellbeing-years of those with a pair, and their value.
///
/// One WELLBY is one point of life satisfaction, on the question from 0 to 10, for one person for one
/// year: £13,000, from 10,000 to 16,000, in prices of 2019. HM Treasury (2021), Wellbeing Guidance for
/// Appraisal: Supplementary Green Book Guidance.
///
/// It is a value to those who gained, no saving and no income. It counts the people with a pair and
/// nobody else, adds up change as measured, and rests on what is assumed of its duration and of the
/// programme's share in it. Nothing is discounted and no price is carried to another year.
///
/// ```
/// use clw_core::change::{PairCell, PairCounts};
/// use clw_core::estimate::ConfidenceLevel;
/// use clw_core::instrument::{Points, catalogue};
/// use clw_core::value::{Wellby, WellbyAssumptions};
///
/// let satisfaction = catalogue::find("ons4")?.measure("life-satisfaction")?;
/// let mut pairs = PairCounts::new(satisfaction.scale());
/// pairs.add_many(PairCell { baseline: Points(5), follow_up: Points(6), pairs: 32 })?;
/// pairs.add_many(PairCell { baseline: Points(6), follow_up: Points(6), pairs: 8 })?;
/// let assumptions = WellbyAssumptions::new("1".parse()?, "0.5".parse()?)?;
/// let level = ConfidenceLevel::default();
///
/// let wellby = Wellby::of("ons4", "life-satisfaction", &pairs, &assumptions, level)?;
/// assert_eq!(wellby.wellbys, 16.0);
/// let pounds: Vec<f64> = wellby.values.iter().map(|value| value.pounds).collect();
/// assert_eq!(pounds, [160_000.0, 208_000.0, 256_000.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wellby {
    /// What was assumed.
    pub assumptions: WellbyAssumptions,
    /// The pairs, one person each.
    pub pairs: u64,
    /// The mean change of life satisfaction, in points.
    pub mean_change: f64,
    /// The WELLBYs: Σ change · duration · share attributed. Below 0 where the mean fell.
    pub wellbys: f64,
    /// Their interval, from that of the mean change alone: assumptions have none.
    pub wellbys_interval: Estimate<Interval>,
    /// Low, central and high, always together.
    pub values: [WellbyValue; 3],
    /// The year whose prices the pounds are in.
    pub price_base_year: u16,
}

/// The value by one of the three unit values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WellbyValue {
    /// Which of the three.
    pub end: WellbyEnd,
    /// The pounds for one WELLBY.
    pub pounds_per_wellby: u32,
    /// The pounds for all.
    pub pounds: f64,
    /// Their interval, from that of the mean change alone.
    pub interval: Estimate<Interval>,
}

/// Which of the three unit values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WellbyEnd {
    /// The low one.
    Low,
    /// The recommended one.
    Central,
    /// The high one.
    High,
}

impl WellbyEnd {
    /// The pounds for one WELLBY, in prices of [`Wellby::PRICE_BASE_YEAR`].
    #[must_use]
    pub const fn pounds_per_wellby(self) -> u32 {
        match self {
            Self::Low => 10_000,
            Self::Central => 13_000,
            Self::High => 16_000,
        }
    }
}

impl Wellby {
    /// The instrument that holds the question.
    pub const INSTRUMENT: &'static str = "ons4";
    /// The question.
    pub const MEASURE: &'static str = "life-satisfaction";
    /// The year whose prices the unit values are in.
    pub const PRICE_BASE_YEAR: u16 = 2019;
    /// No value is put on fewer pairs, the rule of thumb below which there is no headline either.
    pub const FEWEST_PAIRS: u64 = 30;

    const SCALE: Scale = Scale {
        direction: Direction::HigherIsBetter,
        steps_per_unit: 1,
        lowest: Points(0),
        highest: Points(10),
    };

    /// Values the changes of a table, of the measure of this name of the instrument of this name.
    ///
    /// # Errors
    /// [`ValueRefusal`] for another measure or scale, and for too few pairs.
    pub fn of(
        instrument: &str,
        measure: &str,
        pairs: &PairCounts,
        assumptions: &WellbyAssumptions,
        level: ConfidenceLevel,
    ) -> Result<Self, ValueRefusal> {
        if instrument != Self::INSTRUMENT || measure != Self::MEASURE {
            let (instrument, measure) = (instrument.to_owned(), measure.to_owned());
            return Err(ValueRefusal::NotLifeSatisfaction { instrument, measure });
        }
        if *pairs.scale() != Self::SCALE {
            return Err(ValueRefusal::OtherScale);
        }
        if pairs.n() < Self::FEWEST_PAIRS {
            return Err(ValueRefusal::TooFewPairs { pairs: pairs.n() });
        }
        let change = PairSums::of(pairs).change();
        let interval = PairedT::of(pairs, Alternative::TwoSided, level).map(|test| test.interval);
        let years = assumptions.attributed_years();
        let times = |factor: f64| scaled(interval, factor * pairs.n() as f64 * whole(years)).into();
        let value = |end: WellbyEnd| WellbyValue {
            end,
            pounds_per_wellby: end.pounds_per_wellby(),
            // Fewer than 2³² people, 10 points, 10⁸ and 10⁶ parts and 16,000 pounds: below 2¹⁰⁰.
            pounds: whole(change * years * i128::from(end.pounds_per_wellby())),
            interval: times(f64::from(end.pounds_per_wellby())),
        };
        Ok(Self {
            assumptions: *assumptions,
            pairs: pairs.n(),
            mean_change: change as f64 / pairs.n() as f64,
            wellbys: whole(change * years),
            wellbys_interval: times(1.0),
            values: [WellbyEnd::Low, WellbyEnd::Central, WellbyEnd::High].map(value),
            price_base_year: Self::PRICE_BASE_YEAR,
        })
    }
}

/// Millionths of millionths as whole units, rounded once.
const fn whole(parts: i128) -> f64 {
    let parts_of_parts = WellbyAssumptions::PARTS as f64 * WellbyAssumptions::PARTS as f64;
    parts as f64 / parts_of_parts
}

fn scaled(interval: Result<Interval, Degenerate>, factor: f64) -> Result<Interval, Degenerate> {
    let Interval { lower, upper, level } = interval?;
    Ok(Interval { lower: lower * factor, upper: upper * factor, level })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::PairCell;
    use crate::instrument::catalogue;

    fn pairs(scale: Scale, cells: &[(i32, i32, u64)]) -> PairCounts {
        let mut table = PairCounts::new(scale);
        for &(baseline, follow_up, pairs) in cells {
            let (baseline, follow_up) = (Points(baseline), Points(follow_up));
            table.add_many(PairCell { baseline, follow_up, pairs }).unwrap();
        }
        table
    }

    fn assumptions(years: &str, share: &str) -> WellbyAssumptions {
        WellbyAssumptions::new(years.parse().unwrap(), share.parse().unwrap()).unwrap()
    }

    fn of(cells: &[(i32, i32, u64)], years: &str, share: &str) -> Result<Wellby, ValueRefusal> {
        let (pairs, level) = (pairs(Wellby::SCALE, cells), ConfidenceLevel::default());
        Wellby::of("ons4", "life-satisfaction", &pairs, &assumptions(years, share), level)
    }

    /// Σ change · years · share · pounds in Python's `fractions`, rounded once.
    #[test]
    fn values_are_exact_products() {
        for (cells, years, share, wellbys, pounds) in [
            // 40 · 2 − 10 · 1 = 70; · 1.5 · 0.4 = 42
            (&[(4, 6, 40), (6, 5, 10)][..], "1.5", "0.4", 42.0, [420_000.0, 546_000.0, 672_000.0]),
            // 31 · 1 · 0.75 · 0.333333 = 7.74999225
            (
                &[(4, 5, 31)],
                "0.75",
                "0.333333",
                7.749_992_25,
                [77_499.922_5, 100_749.899_25, 123_999.876],
            ),
            // −30 · 2 · 0.1
            (&[(4, 3, 30)], "2", "0.1", -6.0, [-60_000.0, -78_000.0, -96_000.0]),
            (&[(4, 9, 30)], "2", "0", 0.0, [0.0, 0.0, 0.0]),
        ] {
            let found = of(cells, years, share).unwrap();
            let of_each = found.values.map(|value| value.pounds);
            assert_eq!((found.wellbys, of_each), (wellbys, pounds), "{cells:?}");
            assert_eq!(found.price_base_year, 2019);
        }
    }

    #[test]
    fn the_interval_is_that_of_the_mean_change_times_the_same() {
        let cells = [(4, 6, 40), (6, 5, 10)];
        let found = of(&cells, "1.5", "0.4").unwrap();
        let level = ConfidenceLevel::default();
        let table = pairs(Wellby::SCALE, &cells);
        let mean = PairedT::of(&table, Alternative::TwoSided, level).unwrap().interval;
        let interval = found.values[1].interval.computed().unwrap();
        for (found, limit) in [(interval.lower, mean.lower), (interval.upper, mean.upper)] {
            let expected = limit * 50.0 * 0.6 * 13_000.0;
            assert!((found - expected).abs() <= 1e-14 * expected.abs());
        }
        let alike = of(&[(4, 5, 31)], "1", "1").unwrap();
        assert_eq!(alike.wellbys_interval.not_computed(), Some(Degenerate::AllDifferencesEqual));
    }

    #[test]
    fn what_has_no_value_says_why() {
        let ons4 = catalogue::find("ons4").unwrap();
        let level = ConfidenceLevel::default();
        let assumed = assumptions("1", "0.5");
        let happy = pairs(ons4.measure("happy").unwrap().scale(), &[(4, 5, 40)]);
        let tenths = Scale { steps_per_unit: 10, highest: Points(100), ..Wellby::SCALE };
        let rows = [
            (
                Wellby::of("ons4", "happy", &happy, &assumed, level),
                "not-life-satisfaction",
                "the measure is \"happy\" of \"ons4\", and a WELLBY is a point of life satisfaction \
                 from 0 to 10; value \"life-satisfaction\" of \"ons4\"",
            ),
            (
                Wellby::of("ons4", "life-satisfaction", &pairs(tenths, &[]), &assumed, level),
                "other-scale",
                "the pairs are not on whole points from 0 to 10 of which more are better; count the \
                 answers to the life satisfaction question as they were given",
            ),
            (
                of(&[(4, 5, 29)], "1", "0.5"),
                "too-few-pairs",
                "there are 29 pairs, fewer than 30; wait until more people have both scores",
            ),
        ];
        for (refused, code, message) in rows {
            let refusal = refused.unwrap_err();
            assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, message));
            let json = serde_json::to_string(&refusal).unwrap();
            assert!(json.starts_with(&format!(r#"{{"reason":"{code}""#)), "{json}");
        }
    }

    #[test]
    fn the_measure_is_the_one_in_the_catalogue_and_the_fewest_pairs_those_of_a_headline() {
        let measure =
            catalogue::find(Wellby::INSTRUMENT).unwrap().measure(Wellby::MEASURE).unwrap();
        assert_eq!(measure.scale(), Wellby::SCALE);
        assert_eq!(Wellby::FEWEST_PAIRS, crate::evaluation::FEW_PAIRS);
    }

    #[test]
    fn results_are_read_as_they_were_written() {
        let found = of(&[(4, 6, 40), (6, 5, 10)], "1.5", "0.4").unwrap();
        let json = serde_json::to_string(&found).unwrap();
        assert!(json.contains(r#""price-base-year":2019"#), "{json}");
        assert_eq!(serde_json::from_str::<Wellby>(&json).unwrap(), found);
    }
}
