//! The made-up programme: its practices, workers and calendar.

use jiff::civil::{Date, date};

/// A day, counted from Monday 1 January 2024.
pub(crate) type Day = i32;

/// 2024-04-01.
pub(crate) const FIRST_REFERRAL: Day = 91;
/// 2025-01-01.
pub(crate) const NEW_YEAR_2025: Day = 366;
/// 2026-03-31.
pub(crate) const LAST_REFERRAL: Day = 820;
/// 2026-06-30: the day the records were taken out.
pub(crate) const AS_OF: Day = 911;

/// The civil date of a day.
pub(crate) fn civil(day: Day) -> Date {
    date(2024, 1, 1).saturating_add(jiff::Span::new().days(day))
}

/// The day itself, or the Monday after where it falls on a weekend.
pub(crate) fn working_day(day: Day) -> Day {
    match day.rem_euclid(7) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

/// A general practice and how its forms and records are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Practice {
    pub(crate) name: &'static str,
    /// Share of the referrals.
    pub(crate) weight: u32,
    pub(crate) worker: &'static str,
    /// Weights of SIMD quintiles 1 (most deprived) to 5 among the people referred.
    pub(crate) quintiles: [u32; 5],
    /// Scottish Government urban-rural class, 1 the most urban of 6.
    pub(crate) urban_rural: i32,
    /// Since when paper forms are filled in at the practice.
    pub(crate) paper_from: Option<Day>,
    /// Whether ONS4 is asked beside SWEMWBS.
    pub(crate) ons4: bool,
    /// Whether contacts after the first session are recorded.
    pub(crate) contacts_listed: bool,
    /// What the short Warwick-Edinburgh scale is called here.
    pub(crate) swemwbs_name: &'static str,
    /// Whether digital forms keep answers as labels.
    pub(crate) labels: bool,
    /// Share of dates written dd/mm/yyyy; the others are ISO dates.
    pub(crate) slashed_dates: f64,
}

const PLAIN: Practice = Practice {
    name: "",
    weight: 10,
    worker: "",
    quintiles: [30, 25, 20, 15, 10],
    urban_rural: 2,
    paper_from: None,
    ons4: false,
    contacts_listed: true,
    swemwbs_name: "SWEMWBS",
    labels: false,
    slashed_dates: 0.1,
};

/// The twelve practices. LW1 and LW2 serve several.
pub(crate) const PRACTICES: [Practice; 12] = [
    Practice {
        name: "Ardmoran Medical Practice",
        worker: "LW1",
        weight: 9,
        paper_from: Some(0),
        ..PLAIN
    },
    Practice {
        name: "Balnacorrie Surgery",
        worker: "LW1",
        weight: 6,
        swemwbs_name: "SWMWBS",
        paper_from: Some(0),
        urban_rural: 4,
        ..PLAIN
    },
    Practice {
        name: "Carnbeg Health Centre",
        worker: "LW1",
        weight: 7,
        ons4: true,
        quintiles: [15, 20, 25, 25, 15],
        ..PLAIN
    },
    Practice {
        name: "Dunlarig Practice",
        worker: "LW2",
        weight: 8,
        paper_from: Some(NEW_YEAR_2025),
        slashed_dates: 0.9,
        ..PLAIN
    },
    Practice {
        name: "Eskfallan Surgery",
        worker: "LW2",
        weight: 6,
        swemwbs_name: "S-WEMWBS",
        paper_from: Some(NEW_YEAR_2025),
        urban_rural: 3,
        ..PLAIN
    },
    Practice {
        name: "Fernamoy Medical Centre",
        worker: "LW3",
        weight: 11,
        ons4: true,
        quintiles: [48, 25, 14, 9, 4],
        urban_rural: 1,
        paper_from: Some(NEW_YEAR_2025),
        ..PLAIN
    },
    Practice {
        name: "Glentarrow Practice",
        worker: "LW4",
        weight: 10,
        labels: true,
        slashed_dates: 0.5,
        paper_from: Some(NEW_YEAR_2025),
        ..PLAIN
    },
    Practice {
        name: "Inverlarn Health Centre",
        worker: "LW5",
        weight: 12,
        labels: true,
        quintiles: [52, 24, 13, 7, 4],
        urban_rural: 1,
        ..PLAIN
    },
    Practice {
        name: "Kilmarrow Road Surgery",
        worker: "LW6",
        weight: 9,
        ons4: true,
        slashed_dates: 0.9,
        ..PLAIN
    },
    Practice {
        name: "Lochbrae Medical Practice",
        worker: "LW7",
        weight: 8,
        ons4: true,
        labels: true,
        urban_rural: 5,
        quintiles: [10, 20, 30, 25, 15],
        ..PLAIN
    },
    Practice {
        name: "Strathmelvin Practice",
        worker: "LW8",
        weight: 7,
        slashed_dates: 0.5,
        urban_rural: 6,
        quintiles: [8, 18, 34, 27, 13],
        ..PLAIN
    },
    Practice {
        name: "Torveith Surgery",
        worker: "LW9",
        weight: 7,
        contacts_listed: false,
        slashed_dates: 1.0,
        ..PLAIN
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_the_civil_one() {
        assert_eq!(civil(FIRST_REFERRAL), date(2024, 4, 1));
        assert_eq!(civil(NEW_YEAR_2025), date(2025, 1, 1));
        assert_eq!(civil(LAST_REFERRAL), date(2026, 3, 31));
        assert_eq!(civil(AS_OF), date(2026, 6, 30));
        assert_eq!(civil(working_day(5)), date(2024, 1, 8), "a Saturday moves to the Monday");
    }
}
