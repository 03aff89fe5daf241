//! Who is reached, followed up and helped along an axis of equity.

use core::cmp::Ordering;

use super::about::{Noun, interval_or_reason};
use super::format::{count, decimal, percent, printable, signed};
use crate::equity::{Axis, EquityTable, Inequality, PersonLevel, Reach, WorseOff};
use crate::estimate::{Estimate, Interval, Share};

/// What a slope is of, and how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlopeOf {
    /// A share; the slope is in percentage points.
    Share,
    /// A mean change in points, with so many decimals.
    Points {
        /// The decimals.
        places: usize,
    },
}

/// `SIMD 2020v2, quintiles` or `Urban-rural, 6 classes`.
#[must_use]
pub fn axis(axis: &Axis) -> String {
    match axis {
        Axis::Simd { index, bands } => {
            format!("SIMD {}, {}", printable(index.version()), bands.code())
        }
        Axis::UrbanRural { .. } => format!("Urban-rural, {} classes", axis.count()),
    }
}

/// `1, most deprived`, `2` … `5, least deprived`.
#[must_use]
pub fn band(axis: &Axis, band: u8) -> String {
    let (first, last) = match axis {
        Axis::Simd { .. } => ("most deprived", "least deprived"),
        Axis::UrbanRural { .. } => ("most urban", "most remote"),
    };
    match band {
        1 => format!("{band}, {first}"),
        band if band == axis.count() => format!("{band}, {last}"),
        band => band.to_string(),
    }
}

/// How many could be placed at all.
#[must_use]
pub fn placed(noun: Noun, table: &EquityTable) -> String {
    placed_on(noun, &table.axis, &table.placed)
}

/// How many of all could be placed on an axis.
#[must_use]
pub fn placed_on(noun: Noun, on: &Axis, placed: &Share) -> String {
    let Share { count: placed, of: all, proportion } = *placed;
    match proportion {
        Estimate::Computed(share) if placed < all => format!(
            "{} of {} ({}) could be placed on {}; of the other {} only their numbers are given.",
            count(placed),
            noun.counted(all),
            percent(share.value),
            axis(on),
            count(all - placed)
        ),
        Estimate::Computed(_) => {
            format!("All {} could be placed on {}.", noun.counted(all), axis(on))
        }
        Estimate::NotComputed(_) => "There is nobody to place.".to_owned(),
    }
}

/// Who is referred more often than their share of the practice lists, at the most deprived end.
#[must_use]
pub fn reach(found: &Reach) -> Option<String> {
    let ratio = found.reach_ratio.computed()?;
    let Interval { lower, upper, .. } = ratio.interval;
    let reading = if lower > 1.0 {
        "more often than their number on the practice lists"
    } else if upper < 1.0 {
        "less often than their number on the practice lists"
    } else {
        "about as often as their number on the practice lists, as far as these numbers tell"
    };
    Some(format!(
        "People of the most deprived areas are referred {reading}: {} times as often ({}).",
        decimal(ratio.value, 2),
        interval_or_reason(&Estimate::Computed(ratio.interval), 2)
    ))
}

/// The slope and the relative index over the bands, and whom they favour.
#[must_use]
pub fn inequality(found: &Estimate<Inequality>) -> String {
    let found = match found {
        Estimate::Computed(found) => found,
        Estimate::NotComputed(reason) => {
            return format!("There is no slope over the bands, because {reason}.");
        }
    };
    let slope = &found.slope_index;
    let relative = match &found.relative_index {
        Estimate::Computed(of) => format!("the relative index is {}", signed(of.value, 2)),
        Estimate::NotComputed(reason) => format!("there is no relative index, because {reason}"),
    };
    format!(
        "Over {} bands of deprivation the slope index of inequality is {} ({}), and {relative}: {}.",
        found.bands.count(),
        signed(slope.value, 3),
        interval_or_reason(&slope.interval, 3),
        reading(found.worse_off, &slope.interval)
    )
}

/// Whom a slope favours, as far as its interval tells. Without one nothing is said of chance.
fn reading(worse_off: WorseOff, interval: &Estimate<Interval>) -> String {
    let words = match worse_off {
        WorseOff::MostDeprived => "the most deprived are worse off",
        WorseOff::LeastDeprived => "the least deprived are worse off",
        WorseOff::Nobody => "nobody is worse off",
    };
    match interval {
        Estimate::Computed(limits) if limits.contains(0.0) => {
            "chance alone could make as much".to_owned()
        }
        Estimate::NotComputed(_) if worse_off != WorseOff::Nobody => {
            format!("{words}, and how sure that is cannot be told")
        }
        Estimate::Computed(_) | Estimate::NotComputed(_) => words.to_owned(),
    }
}

/// Which end of the deprivation scale has more of something, by how much, and what chance leaves open.
///
/// `what` begins the sentence, as in "Follow-up is completed by a share that".
#[must_use]
pub fn slope(what: &str, of: SlopeOf, found: &Estimate<PersonLevel>) -> String {
    let found = match found {
        Estimate::Computed(found) => found,
        Estimate::NotComputed(reason) => {
            return format!("{what}: no slope over the bands, because {reason}.");
        }
    };
    let (value, limits) = (found.slope_index.value, &found.slope_index.interval);
    let (factor, places, unit) = match of {
        SlopeOf::Share => (100.0, 1, "percentage points"),
        SlopeOf::Points { places } => (1.0, places, "points"),
    };
    let scaled = |interval: &Interval| Interval {
        lower: factor * interval.lower,
        upper: factor * interval.upper,
        level: interval.level,
    };
    let limits = match limits {
        Estimate::Computed(limits) => Estimate::Computed(scaled(limits)),
        Estimate::NotComputed(reason) => Estimate::NotComputed(*reason),
    };
    let size = format!("{} {unit}", decimal(factor * libm::fabs(value), places));
    let ends = match value.partial_cmp(&0.0) {
        Some(Ordering::Less) => {
            format!("{size} lower at the most deprived end than at the least")
        }
        Some(Ordering::Greater) => {
            format!("{size} higher at the most deprived end than at the least")
        }
        _ => "as high at the most deprived end as at the least".to_owned(),
    };
    format!(
        "{what}: {ends} ({}); {}.",
        interval_or_reason(&limits, places),
        reading(found.worse_off, &limits)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equity::{BandCount, Bands, RateKind};
    use crate::estimate::ConfidenceLevel;
    use crate::instrument::Direction;

    /// What is said of so many of 100 in each fifth, of the bands and of the people in them.
    fn told(counts: [u64; 5]) -> [String; 2] {
        let band = |(band, count)| BandCount { band, count, population: 100 };
        let counts: Vec<BandCount> = (1..).zip(counts).map(band).collect();
        let (bands, better) = (Bands::Quintiles, Direction::HigherIsBetter);
        let (kind, level) = (RateKind::Proportion, ConfidenceLevel::default());
        let of_bands = Inequality::of_counts(bands, &counts, kind, better, level).unwrap();
        let of_people = PersonLevel::of_counts(bands, &counts, better, level).unwrap();
        [inequality(&of_bands), slope("Followed up", SlopeOf::Share, &of_people)]
            .map(|words| words.replace('\u{a0}', " "))
    }

    #[test]
    fn where_there_is_no_interval_nothing_is_said_of_chance() {
        let [of_bands, of_people] = told([50, 60, 70, 80, 90]);
        assert_eq!(
            of_bands,
            "Over 5 bands of deprivation the slope index of inequality is −0.500 (no interval, because \
             everything lies on its line without any error), and the relative index is −0.71: the most \
             deprived are worse off, and how sure that is cannot be told."
        );
        assert!(of_people.ends_with("; the most deprived are worse off."), "{of_people}");
        for counts in [[0; 5], [100; 5]] {
            let [of_bands, of_people] = told(counts);
            assert!(of_bands.ends_with(": nobody is worse off."), "{of_bands}");
            assert_eq!(
                of_people,
                "Followed up: as high at the most deprived end as at the least (no interval, because \
                 everything lies on its line without any error); nobody is worse off."
            );
        }
    }

    #[test]
    fn what_the_interval_leaves_open_may_be_chance() {
        let [of_bands, of_people] = told([50, 60, 48, 57, 52]);
        assert!(of_bands.ends_with(": chance alone could make as much."), "{of_bands}");
        assert!(of_people.ends_with("; chance alone could make as much."), "{of_people}");
        let [of_bands, of_people] = told([40, 51, 59, 72, 80]);
        assert!(of_bands.ends_with(": the most deprived are worse off."), "{of_bands}");
        assert!(of_people.ends_with("; the most deprived are worse off."), "{of_people}");
    }
}
