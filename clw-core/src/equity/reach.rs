//! Who is referred, compared with who could be.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Axis, EquityError};
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Share};

/// How many people are on the lists of the practices a programme serves, by band.
///
/// It comes from the practices or a published table and is whole: a count of everybody, not a
/// sample.
///
/// ```
/// use clw_core::equity::ListPopulation;
///
/// let lists: ListPopulation = serde_json::from_str(r#"{
///     "axis": {"simd": {"index": {"version": "2020v2"}, "bands": "quintiles"}},
///     "source": "practice list sizes, Public Health Scotland",
///     "as-of": "2026-04-01",
///     "people": [4200, 3100, 2500, 1900, 1300],
///     "not-placed": 60
/// }"#)?;
/// assert_eq!(lists.people(), 13_000);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct ListPopulation {
    wire: Wire,
}

crate::coded::deserialize_checked!(ListPopulation, Wire);

/// The JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wire {
    axis: Axis,
    source: String,
    #[serde(deserialize_with = "crate::stored_date::deserialize")]
    as_of: Date,
    people: Vec<u64>,
    #[serde(default)]
    not_placed: u64,
}

impl ListPopulation {
    /// The people of each band in the order of the version's own numbers, from band 1; a version
    /// that counts from the least deprived is turned round where it is used.
    ///
    /// # Errors
    /// When there are not as many numbers as bands, or the people of all bands are more than
    /// 4,294,967,295.
    pub fn new(
        axis: Axis,
        source: &str,
        as_of: Date,
        people: Vec<u64>,
        not_placed: u64,
    ) -> Result<Self, EquityError> {
        Wire { axis, source: source.to_owned(), as_of, people, not_placed }.try_into()
    }

    /// What the people are counted by.
    #[must_use]
    pub const fn axis(&self) -> &Axis {
        &self.wire.axis
    }

    /// Where the numbers come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.wire.source
    }

    /// The day they are of.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.wire.as_of
    }

    /// Everybody on the lists who is in a band.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.wire.people.iter().sum()
    }

    /// Everybody on the lists who is in none.
    #[must_use]
    pub const fn not_placed(&self) -> u64 {
        self.wire.not_placed
    }

    /// The people of a band, counted from the most deprived.
    #[must_use]
    pub fn in_band(&self, band: u8) -> u64 {
        // Turning round twice is not turning at all.
        let own = usize::from(self.wire.axis.in_order(band));
        own.checked_sub(1).and_then(|place| self.wire.people.get(place)).copied().unwrap_or(0)
    }
}

impl TryFrom<Wire> for ListPopulation {
    type Error = EquityError;

    fn try_from(wire: Wire) -> Result<Self, EquityError> {
        let bands = wire.axis.count();
        if wire.people.len() != usize::from(bands) {
            let given = wire.people.len();
            return Err(EquityError::WrongNumberOfBands { axis: wire.axis, given });
        }
        let people = wire.people.iter().fold(0_u64, |sum, people| sum.saturating_add(*people));
        EquityError::check_people(people)?;
        Ok(Self { wire })
    }
}

impl From<ListPopulation> for Wire {
    fn from(lists: ListPopulation) -> Self {
        lists.wire
    }
}

/// How much of its share of the practice lists a band has among the referrals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reach {
    /// The referrals of the band, of those of all bands.
    pub share_of_referrals: Share,
    /// The people of the band on the lists.
    pub list_people: u64,
    /// They of those of all bands.
    pub share_of_lists: Estimate<f64>,
    /// The one share over the other.
    pub reach_ratio: Estimate<ReachRatio>,
}

/// The share of a band among the referrals over its share of the practice lists.
///
/// 1: referred as often as its numbers on the lists; 2: twice as often. The lists are counted, not
/// sampled, so their share is known, and the interval is the Wilson score interval of the share of
/// referrals over it. A person referred twice counts twice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReachRatio {
    /// The ratio.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Reach {
    /// Of `referred` of `all_referred`, with `list_people` of `all_list_people` on the lists.
    ///
    /// ```
    /// use clw_core::equity::Reach;
    /// use clw_core::estimate::ConfidenceLevel;
    ///
    /// // 60 of 100 referrals from a band with 30 % of the people.
    /// let reach = Reach::of((60, 100), (3000, 10_000), ConfidenceLevel::default());
    /// let ratio = reach.reach_ratio.computed().unwrap();
    /// assert_eq!(ratio.value, 2.0);
    /// assert!(ratio.interval.lower > 1.0);
    /// ```
    #[must_use]
    pub fn of(
        (referred, all_referred): (u64, u64),
        (list_people, all_list_people): (u64, u64),
        level: ConfidenceLevel,
    ) -> Self {
        let share_of_referrals = Share::of(referred, all_referred, level);
        let share_of_lists = match (list_people, all_list_people) {
            (_, 0) => Err(Degenerate::EmptyDenominator),
            (people, all) => Ok(people as f64 / all as f64),
        };
        let ratio = || {
            let of_lists = share_of_lists?;
            if list_people == 0 {
                return Err(Degenerate::EmptyBand);
            }
            let share = Result::from(share_of_referrals.proportion)?;
            let Interval { lower, upper, level } = share.interval;
            let interval = Interval { lower: lower / of_lists, upper: upper / of_lists, level };
            Ok(ReachRatio { value: share.value / of_lists, interval })
        };
        Self {
            share_of_referrals,
            list_people,
            reach_ratio: ratio().into(),
            share_of_lists: share_of_lists.into(),
        }
    }
}
