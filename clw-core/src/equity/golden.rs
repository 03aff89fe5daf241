//! The indices against values made elsewhere: `tests/oracles/equity.py`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::*;
use crate::change::PairCounts;
use crate::estimate::{ConfidenceLevel, Estimate, Interval};
use crate::golden::{Golden, at_least};
use crate::instrument::Direction;

#[derive(Deserialize)]
struct Case {
    name: String,
    method: String,
    options: Map<String, Value>,
    expected: Map<String, Value>,
    #[serde(default)]
    rates: Vec<(u8, f64, u64)>,
    #[serde(default)]
    counts: Vec<Vec<u64>>,
    #[serde(default)]
    bands: Vec<PairCounts>,
}

fn golden() -> Golden<Case> {
    Golden::read(include_str!("../../tests/golden/equity.json"))
}

impl Case {
    fn option<T: DeserializeOwned>(&self, key: &str) -> T {
        serde_json::from_value(self.options[key].clone()).unwrap()
    }

    fn level(&self) -> ConfidenceLevel {
        self.option("level")
    }

    fn better(&self) -> Direction {
        self.option("better")
    }
}

impl Golden<Case> {
    fn of_method(&self, method: &str) -> impl Iterator<Item = &Case> {
        let cases = self.cases.iter().filter(|case| case.method == method);
        at_least(1, cases.collect()).into_iter()
    }

    #[track_caller]
    fn assert_number(&self, case: &Case, key: &str, found: f64) {
        self.assert_value(&case.name, key, found, &case.expected[key]);
    }

    #[track_caller]
    fn assert_limits(&self, case: &Case, key: &str, found: &Interval) {
        let limits = json!([found.lower, found.upper]);
        self.assert_found(&case.name, key, &limits, &case.expected[key]);
        assert_eq!(found.level, case.level());
    }

    /// A value where the file has one, else the reason that it gives.
    #[track_caller]
    fn assert_estimate(&self, case: &Case, key: &str, found: &Estimate<f64>) {
        match found {
            Estimate::Computed(found) => self.assert_number(case, key, *found),
            Estimate::NotComputed(reason) => {
                let key = if key == "par-percent" { "rii" } else { key };
                assert_eq!(case.expected[&format!("{key}-not-computed")], reason.code());
            }
        }
    }

    #[track_caller]
    fn assert_slope(&self, case: &Case, found: &SlopeIndex) {
        let Estimate::Computed(interval) = found.interval else {
            let reason = found.interval.not_computed().unwrap();
            assert_eq!(case.expected["sii-not-computed"], reason.code(), "{}", case.name);
            return self.assert_number(case, "sii", found.value);
        };
        self.assert_number(case, "sii", found.value);
        self.assert_number(case, "sii-standard-error", found.standard_error);
        self.assert_limits(case, "sii-interval", &interval);
        assert_eq!(case.expected["degrees-of-freedom"], found.degrees_of_freedom);
    }

    #[track_caller]
    fn assert_relative(&self, case: &Case, found: &Estimate<RelativeIndex>) {
        match found {
            Estimate::NotComputed(reason) => {
                assert_eq!(case.expected["rii-not-computed"], reason.code(), "{}", case.name);
            }
            Estimate::Computed(RelativeIndex { value, interval }) => {
                self.assert_number(case, "rii", *value);
                match interval {
                    Estimate::Computed(interval) => {
                        self.assert_limits(case, "rii-interval", interval);
                    }
                    Estimate::NotComputed(_) => {
                        assert!(!case.expected.contains_key("rii-interval"));
                    }
                }
            }
        }
    }
}

/// Fractions, mpmath 1.4.1, R 4.2.2 `lm(weights)` and statsmodels 0.15.0 WLS.
#[test]
fn indices_of_bands_are_those_of_fractions() {
    let golden = golden();
    let mut compared = 0;
    for case in golden.of_method("inequality") {
        let rates = case.rates.iter();
        let rates = rates.map(|&(band, rate, population)| BandRate { band, rate, population });
        let rates: Vec<BandRate> = rates.collect();
        let bands = Bands::of_count(rates.len()).unwrap();
        let (kind, better) = (case.option("kind"), case.better());
        let found = Inequality::of_rates(bands, &rates, kind, better, case.level()).unwrap();
        let found = found.computed().unwrap();
        golden.assert_number(case, "overall", found.overall);
        golden.assert_slope(case, &found.slope_index);
        golden.assert_relative(case, &found.relative_index);
        let attributable = &found.population_attributable_risk_percent;
        golden.assert_estimate(case, "par-percent", attributable);
        golden.assert_number(case, "absolute-range", found.absolute_range);
        golden.assert_estimate(case, "relative-range", &found.relative_range);
        let worse_off: WorseOff =
            serde_json::from_value(case.expected["worse-off"].clone()).unwrap();
        assert_eq!(found.worse_off, worse_off, "{}", case.name);
        compared += 1;
    }
    assert!(compared >= 26, "{compared}");
}

#[track_caller]
fn assert_people(golden: &Golden<Case>, case: &Case, found: &Estimate<PersonLevel>) {
    let found = found.computed().unwrap();
    golden.assert_number(case, "overall", found.overall);
    golden.assert_slope(case, &found.slope_index);
    golden.assert_relative(case, &found.relative_index);
    let worse_off: WorseOff = serde_json::from_value(case.expected["worse-off"].clone()).unwrap();
    assert_eq!(found.worse_off, worse_off, "{}", case.name);
}

/// One row for each person in fractions, R's `sandwich::vcovHC` 3.0-2, statsmodels 0.15.0 OLS with HC3.
#[test]
fn slopes_over_people_are_those_of_fractions() {
    let golden = golden();
    let mut compared = 0;
    for case in golden.of_method("person-level") {
        let counts = case.counts.iter();
        let counts = counts.map(|row| {
            let band = u8::try_from(row[0]).unwrap();
            BandCount { band, count: row[1], population: row[2] }
        });
        let counts: Vec<BandCount> = counts.collect();
        let bands = Bands::of_count(counts.len()).unwrap();
        let found = PersonLevel::of_counts(bands, &counts, case.better(), case.level()).unwrap();
        assert_people(&golden, case, &found);
        compared += 1;
    }
    for case in golden.of_method("person-level-change") {
        let pairs = case.bands.iter().zip(1..).map(|(pairs, band)| BandPairs { band, pairs });
        let pairs: Vec<BandPairs<'_>> = pairs.collect();
        let bands = Bands::of_count(pairs.len()).unwrap();
        let found = PersonLevel::of_changes(bands, &pairs, case.level()).unwrap();
        assert_people(&golden, case, &found);
        compared += 1;
    }
    assert!(compared >= 24, "{compared}");
}

/// mpmath 1.4.1 and statsmodels 0.15.0 `proportion_confint(method="wilson")`.
#[test]
fn reach_ratios_are_those_of_fractions() {
    let golden = golden();
    let mut compared = 0;
    for case in golden.of_method("reach") {
        let counts = &case.counts[0];
        let found = Reach::of((counts[0], counts[1]), (counts[2], counts[3]), case.level());
        let ratio = found.reach_ratio.computed().unwrap();
        golden.assert_number(case, "reach-ratio", ratio.value);
        golden.assert_limits(case, "reach-interval", &ratio.interval);
        compared += 1;
    }
    assert!(compared >= 6, "{compared}");
}

/// What is a fact about the caseload has a reason, what is a fault in the input an error.
mod degenerate {
    use super::*;
    use crate::estimate::Degenerate;
    use crate::instrument::{Points, Scale};

    const LEVEL: f64 = 0.95;

    fn counts(counts: &[(u8, u64, u64)]) -> Vec<BandCount> {
        let row = |&(band, count, population)| BandCount { band, count, population };
        counts.iter().map(row).collect()
    }

    fn both(
        rows: &[(u8, u64, u64)],
    ) -> Result<(Option<Degenerate>, Option<Degenerate>), EquityError> {
        let (counts, level) = (counts(rows), ConfidenceLevel::new(LEVEL).unwrap());
        let (bands, better) = (Bands::Quintiles, Direction::HigherIsBetter);
        let of_bands = Inequality::of_counts(bands, &counts, RateKind::Proportion, better, level)?;
        let of_people = PersonLevel::of_counts(bands, &counts, better, level)?;
        Ok((of_bands.not_computed(), of_people.not_computed()))
    }

    #[test]
    fn every_band_is_there_and_has_somebody_in_it() {
        let missing = Some(Degenerate::MissingBand);
        let empty = Some(Degenerate::EmptyBand);
        for (rows, reason) in [
            (&[][..], missing),
            (&[(1, 1, 2)], missing),
            (&[(1, 1, 2), (2, 1, 2), (3, 1, 2), (5, 1, 2)], missing),
            (&[(1, 1, 2), (2, 1, 2), (3, 1, 2), (4, 0, 0), (5, 1, 2)], empty),
            (&[(1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 0), (5, 0, 0)], empty),
            (&[(5, 1, 2), (2, 1, 3), (3, 1, 2), (4, 1, 9), (1, 1, 2)], None),
        ] {
            assert_eq!(both(rows), Ok((reason, reason)), "{rows:?}");
        }
        let nobody = PersonLevel::of_changes(Bands::Deciles, &[], ConfidenceLevel::default());
        assert_eq!(nobody.unwrap().not_computed(), missing);
    }

    #[test]
    fn faults_are_errors() {
        for (rows, code) in [
            (&[(0, 1, 2)][..], "band-outside"),
            (&[(6, 1, 2)], "band-outside"),
            (&[(2, 1, 2), (2, 1, 2)], "band-twice"),
            (&[(1, 3, 2)], "count-above-population"),
            (&[(1, 3, u64::MAX), (2, 0, 1)], "too-many-people"),
        ] {
            assert_eq!(both(rows).unwrap_err().code(), code, "{rows:?}");
        }
        let bands = [1, 2, 4].map(|count| Bands::of_count(count).unwrap_err().code());
        assert_eq!(bands, ["neither-fifths-nor-tenths"; 3]);
        assert_eq!(Bands::of_count(10), Ok(Bands::Deciles));
    }

    #[test]
    fn a_rate_is_one_of_its_kind() {
        let level = ConfidenceLevel::default();
        let scale = |lowest, highest| Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 100,
            lowest: Points(lowest),
            highest: Points(highest),
        };
        let swemwbs = scale(700, 3500);
        for (kind, inside, outside) in [
            (RateKind::Proportion, 1.0, 1.5),
            (RateKind::Rate, 31.5, f64::INFINITY),
            (RateKind::Rate, 0.0, -1.0),
            (RateKind::Proportion, 0.0, f64::NAN),
            (RateKind::MeanScore(swemwbs), 7.0, 6.99),
            (RateKind::MeanChange(swemwbs), -28.0, 28.5),
        ] {
            let of = |rate| {
                let rates = [BandRate { band: 1, rate, population: 1 }];
                let (bands, better) = (Bands::Quintiles, Direction::HigherIsBetter);
                Inequality::of_rates(bands, &rates, kind, better, level)
            };
            assert!(of(inside).is_ok(), "{kind:?}");
            assert_eq!(of(outside).unwrap_err().code(), "rate-outside", "{kind:?}");
        }
    }

    #[test]
    fn bands_of_different_scales_are_refused() {
        let scale = |highest| Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(0),
            highest: Points(highest),
        };
        let (ten, five) = (PairCounts::new(scale(10)), PairCounts::new(scale(5)));
        let pairs = [BandPairs { band: 1, pairs: &ten }, BandPairs { band: 2, pairs: &five }];
        let error = PersonLevel::of_changes(Bands::Quintiles, &pairs, ConfidenceLevel::default());
        assert_eq!(error.unwrap_err().code(), "different-scales");
    }

    /// The whole range of what can be given: no overflow, no NaN.
    #[test]
    fn the_largest_populations_fit() {
        let half = PairCounts::MAX_PAIRS / 2;
        let rows = counts(&[(1, half, half), (2, 0, 1), (3, 1, 1), (4, 0, 1), (5, 0, half - 3)]);
        let (better, level) = (Direction::LowerIsBetter, ConfidenceLevel::default());
        let bands = Bands::Quintiles;
        let of_bands = Inequality::of_counts(bands, &rows, RateKind::Proportion, better, level);
        let of_people = PersonLevel::of_counts(bands, &rows, better, level);
        let json = serde_json::to_string(&(of_bands.unwrap(), of_people.unwrap())).unwrap();
        assert!(!json.contains("null"), "{json}");
    }
}
