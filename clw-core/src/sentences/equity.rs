//! Who is reached, followed up and helped along an axis of equity.

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
    let is_open = slope.interval.computed().is_none_or(|limits| limits.contains(0.0));
    let reading = match found.worse_off {
        _ if is_open => "chance alone could make as much",
        WorseOff::MostDeprived => "the most deprived are worse off",
        WorseOff::LeastDeprived => "the least deprived are worse off",
        WorseOff::Nobody => "nobody is worse off",
    };
    let relative = match &found.relative_index {
        Estimate::Computed(of) => format!("the relative index is {}", signed(of.value, 2)),
        Estimate::NotComputed(reason) => format!("there is no relative index, because {reason}"),
    };
    format!(
        "Over {} bands of deprivation the slope index of inequality is {} ({}), and {relative}: {reading}.",
        found.bands.count(),
        signed(slope.value, 3),
        interval_or_reason(&slope.interval, 3)
    )
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
    let is_open = limits.computed().is_none_or(|limits| limits.contains(0.0));
    let way = if value < 0.0 { "lower" } else { "higher" };
    let reading = match found.worse_off {
        _ if is_open => "chance alone could make as much",
        WorseOff::MostDeprived => "the most deprived are worse off",
        WorseOff::LeastDeprived => "the least deprived are worse off",
        WorseOff::Nobody => "nobody is worse off",
    };
    format!(
        "{what}: {} {unit} {way} at the most deprived end than at the least ({}); {reading}.",
        decimal(factor * libm::fabs(value), places),
        interval_or_reason(&limits, places)
    )
}
