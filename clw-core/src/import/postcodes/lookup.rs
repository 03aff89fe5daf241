//! Where a postcode was on SIMD on a day.

use core::cmp::Ordering;
use core::fmt;

use jiff::civil::Date;

use super::code::Postcode;
use crate::caseload::{PostcodeMatch, Simd};
use crate::import::ImportError;

/// Postcodes with their places on one version of SIMD, as [read](super::read_postcodes) from a file
/// that the programme supplies.
///
/// It holds 24 bytes for each row of the file: about 6 MB for the postcodes of Scotland.
#[derive(Clone)]
pub struct PostcodeLookup {
    version: String,
    /// In order, so that the rows of one postcode stand together.
    rows: Vec<PostcodeRow>,
}

/// One row of the file: a postcode, or one part of it, for as long as it was in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PostcodeRow {
    pub(super) postcode: Postcode,
    /// The first day of use; from the beginning where it is absent.
    pub(super) introduced: Option<Date>,
    /// The last day of use; still in use where it is absent.
    pub(super) deleted: Option<Date>,
    pub(super) quintile: u8,
    pub(super) decile: Option<u8>,
}

/// A row as it is stored, in the order of its fields.
type StoredRow = (u64, Option<Date>, Option<Date>, u8, Option<u8>);

impl PostcodeRow {
    fn in_use(&self, on: Date) -> bool {
        self.introduced.is_none_or(|first| first <= on) && !self.deleted_before(on)
    }

    fn deleted_before(&self, on: Date) -> bool {
        self.deleted.is_some_and(|last| last < on)
    }
}

/// What a look-up says of a postcode on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolvedPostcode {
    /// It has one place on SIMD.
    Matched(Simd),
    /// It has none, for this reason.
    Unmatched(PostcodeMatch),
}

impl ResolvedPostcode {
    /// How it went, without the place.
    #[must_use]
    pub const fn status(&self) -> PostcodeMatch {
        match self {
            Self::Matched(_) => PostcodeMatch::Matched,
            Self::Unmatched(reason) => *reason,
        }
    }
}

impl PostcodeLookup {
    pub(super) fn new(version: String, mut rows: Vec<PostcodeRow>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        rows.shrink_to_fit();
        Self { version, rows }
    }

    /// The look-up as JSON, for another process that counts part of a caseload.
    #[must_use]
    pub fn to_json(&self) -> String {
        let row = |row: &PostcodeRow| {
            let PostcodeRow { postcode, introduced, deleted, quintile, decile } = *row;
            (postcode.code(), introduced, deleted, quintile, decile)
        };
        let rows: Vec<StoredRow> = self.rows.iter().map(row).collect();
        // Texts and whole numbers, which JSON can always hold.
        serde_json::to_string(&(&self.version, rows)).unwrap_or_default()
    }

    /// Reads a look-up that [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// [`ImportError::Unreadable`] if it is none, or a quintile and a decile are not of each other.
    pub fn from_json(text: &str) -> Result<Self, ImportError> {
        let file = || "the look-up".to_owned();
        let stored: Result<(String, Vec<StoredRow>), _> = serde_json::from_str(text);
        let (version, stored) = stored
            .map_err(|error| ImportError::Unreadable { file: file(), reason: error.to_string() })?;
        let row = |(code, introduced, deleted, quintile, decile): StoredRow| {
            let fits = (1..=5).contains(&quintile)
                && decile.is_none_or(|decile: u8| decile.div_ceil(2) == quintile);
            let reason = || format!("quintile {quintile} and decile {decile:?} do not fit");
            if !fits {
                return Err(ImportError::Unreadable { file: file(), reason: reason() });
            }
            let postcode = Postcode::of_code(code);
            Ok(PostcodeRow { postcode, introduced, deleted, quintile, decile })
        };
        Ok(Self::new(version, stored.into_iter().map(row).collect::<Result<_, _>>()?))
    }

    /// The version of SIMD.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How many rows it holds: postcodes, parts and reissues.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Where a postcode was on SIMD on a day.
    ///
    /// A postcode is in use from the day of its introduction to the day of its deletion, both
    /// included; one that was deleted and issued again has a row for each. Parts of a split postcode
    /// (`EH1 1AAA`, `EH1 1AAB`) make one place where they lie in one quintile; the decile is left out
    /// where it differs. A postcode given with the letter of its part stands for that part. Without
    /// a day all rows must agree.
    ///
    /// ```
    /// use clw_core::caseload::PostcodeMatch;
    /// use clw_core::import::{PostcodeMapping, ResolvedPostcode, read_postcodes};
    /// use jiff::civil::date;
    ///
    /// let mapping = PostcodeMapping::from_toml(r#"
    /// file = "simd.csv"
    /// columns = { postcode = "pc", quintile = "q", introduced = "from", deleted = "to" }
    /// constants = { version = "2020v2" }
    /// "#)?;
    /// let csv = "pc,q,from,to\nEH1 1AA,2,1973-08-01,2009-06-30\nEH1 1AA,4,2015-01-12,\n";
    /// let (lookup, _) = read_postcodes(&mapping, csv.as_bytes())?;
    ///
    /// let quintile = |year| match lookup.resolve("eh11aa", Some(date(year, 3, 5))) {
    ///     ResolvedPostcode::Matched(simd) => Ok(simd.quintile),
    ///     ResolvedPostcode::Unmatched(reason) => Err(reason),
    /// };
    /// assert_eq!(quintile(2005), Ok(2));
    /// assert_eq!(quintile(2012), Err(PostcodeMatch::DeletedBefore));
    /// assert_eq!(quintile(2020), Ok(4));
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    #[must_use]
    pub fn resolve(&self, postcode: &str, on: Option<Date>) -> ResolvedPostcode {
        match Postcode::read(postcode.as_bytes()) {
            Some(postcode) => self.resolve_code(postcode, on),
            None => ResolvedPostcode::Unmatched(PostcodeMatch::NotAPostcode),
        }
    }

    pub(in crate::import) fn resolve_code(
        &self,
        postcode: Postcode,
        on: Option<Date>,
    ) -> ResolvedPostcode {
        let found = match on {
            Some(on) => self.in_use(postcode, on),
            None => self.on_any_day(postcode),
        };
        match found {
            Ok((quintile, decile)) => {
                ResolvedPostcode::Matched(Simd { version: self.version.clone(), quintile, decile })
            }
            Err(reason) => ResolvedPostcode::Unmatched(reason),
        }
    }

    /// The rows of a postcode, or of the part it names, in order of parts and introductions.
    fn rows_of(&self, postcode: Postcode) -> Result<&[PostcodeRow], PostcodeMatch> {
        let whole = run(&self.rows, |row| row.postcode.whole().cmp(&postcode.whole()));
        let part = run(whole, |row| row.postcode.cmp(&postcode));
        match (whole.is_empty(), part.is_empty()) {
            (true, _) => Err(PostcodeMatch::NotFound),
            (_, false) if postcode.part() != 0 => Ok(part),
            _ => Ok(whole),
        }
    }

    fn in_use(&self, postcode: Postcode, on: Date) -> Result<Place, PostcodeMatch> {
        let rows = self.rows_of(postcode)?;
        let in_use = || rows.iter().filter(|row| row.in_use(on));
        // On the day that a postcode is issued again the new row counts.
        let is_latest = |row: &&PostcodeRow| {
            let same_part = in_use().filter(|other| other.postcode == row.postcode);
            same_part.map(|other| other.introduced).max() == Some(row.introduced)
        };
        match agreed(in_use().filter(is_latest)) {
            Agreement::One(place) => Ok(place),
            Agreement::Several => Err(PostcodeMatch::SplitAmbiguous),
            Agreement::NoRow if rows.iter().any(|row| row.deleted_before(on)) => {
                Err(PostcodeMatch::DeletedBefore)
            }
            Agreement::NoRow => Err(PostcodeMatch::IntroducedAfter),
        }
    }

    fn on_any_day(&self, postcode: Postcode) -> Result<Place, PostcodeMatch> {
        let rows = self.rows_of(postcode)?;
        match (agreed(rows.iter()), agreed(rows.iter().filter(|row| row.deleted.is_none()))) {
            (Agreement::One(place), _) => Ok(place),
            (_, Agreement::Several) => Err(PostcodeMatch::SplitAmbiguous),
            _ => Err(PostcodeMatch::DayNeeded),
        }
    }
}

/// The rows that compare as equal, of rows in order.
fn run(rows: &[PostcodeRow], compare: impl Fn(&PostcodeRow) -> Ordering) -> &[PostcodeRow] {
    let first = rows.partition_point(|row| compare(row) == Ordering::Less);
    let rest = rows.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|row| compare(row) == Ordering::Equal).count();
    rest.get(..count).unwrap_or_default()
}

/// A quintile, and a decile.
type Place = (u8, Option<u8>);

/// Whether rows give one place.
enum Agreement {
    NoRow,
    /// One quintile; the decile is left out where it differs.
    One(Place),
    /// Several quintiles.
    Several,
}

fn agreed<'a>(mut rows: impl Iterator<Item = &'a PostcodeRow>) -> Agreement {
    let Some(&PostcodeRow { quintile, mut decile, .. }) = rows.next() else {
        return Agreement::NoRow;
    };
    for row in rows {
        if row.quintile != quintile {
            return Agreement::Several;
        }
        decile = decile.filter(|decile| row.decile == Some(*decile));
    }
    Agreement::One((quintile, decile))
}

impl fmt::Debug for PostcodeLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (version, rows) = (&self.version, self.rows.len());
        f.debug_struct("PostcodeLookup").field("version", version).field("rows", &rows).finish()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    type Years = (Option<i16>, Option<i16>);

    fn lookup(rows: &[(&str, Years, Place)]) -> PostcodeLookup {
        let day = |year: i16| date(year, 6, 1);
        let row = |(postcode, (from, to), (quintile, decile)): &(&str, Years, Place)| PostcodeRow {
            postcode: Postcode::read(postcode.as_bytes()).unwrap(),
            introduced: from.map(day),
            deleted: to.map(day),
            quintile: *quintile,
            decile: *decile,
        };
        PostcodeLookup::new("2020v2".to_owned(), rows.iter().map(row).collect())
    }

    fn found(
        lookup: &PostcodeLookup,
        postcode: &str,
        on: Option<Date>,
    ) -> Result<Place, PostcodeMatch> {
        match lookup.resolve(postcode, on) {
            ResolvedPostcode::Matched(simd) => Ok((simd.quintile, simd.decile)),
            ResolvedPostcode::Unmatched(reason) => Err(reason),
        }
    }

    #[test]
    fn a_look_up_goes_to_another_process() {
        let lookup = lookup(&[
            ("EH1 1AA", (Some(1973), Some(2000)), (1, Some(2))),
            ("EH1 1AFB", (None, None), (2, None)),
        ]);
        let text = lookup.to_json();
        let read = PostcodeLookup::from_json(&text).unwrap();
        assert_eq!((read.version(), &read.rows), (lookup.version(), &lookup.rows));
        for (wrong, words) in [
            ("{}", "invalid type"),
            (&*text.replace("1,2]", "1,9]"), "quintile 1 and decile Some(9) do not fit"),
            (&*text.replace("1,2]", "6,null]"), "quintile 6 and decile None do not fit"),
        ] {
            let error = PostcodeLookup::from_json(wrong).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    #[test]
    fn a_postcode_is_resolved_on_a_day() {
        let lookup = lookup(&[
            ("EH1 1AA", (Some(1973), None), (1, Some(2))),
            ("EH1 1AB", (Some(1973), Some(2010)), (2, Some(3))),
            // Issued again after years, and on the day of its deletion.
            ("EH1 1AD", (Some(1973), Some(2000)), (3, Some(5))),
            ("EH1 1AD", (Some(2010), None), (4, Some(7))),
            ("EH1 1AE", (Some(1973), Some(2000)), (3, Some(5))),
            ("EH1 1AE", (Some(2000), None), (5, Some(9))),
            // Split: one quintile; one decile; two quintiles; and reissued as two parts.
            ("EH1 1AFA", (None, None), (2, Some(3))),
            ("EH1 1AFB", (None, None), (2, Some(4))),
            ("EH1 1AGA", (None, None), (2, Some(3))),
            ("EH1 1AGB", (None, None), (2, Some(3))),
            ("EH1 1AHA", (None, None), (2, Some(3))),
            ("EH1 1AHB", (None, None), (4, Some(7))),
            ("EH1 1AJ", (Some(1973), Some(1990)), (1, Some(1))),
            ("EH1 1AJA", (Some(1995), None), (2, Some(3))),
            ("EH1 1AJB", (Some(1995), None), (3, Some(5))),
        ]);
        use PostcodeMatch::*;
        let on = |year, month, day| Some(date(year, month, day));
        for (postcode, day, expected) in [
            ("EH1 1AA", on(2020, 1, 1), Ok((1, Some(2)))),
            ("EH1 1AA", on(1973, 6, 1), Ok((1, Some(2)))),
            ("EH1 1AA", on(1973, 5, 31), Err(IntroducedAfter)),
            ("EH1 1AA", None, Ok((1, Some(2)))),
            ("EH1 1AB", on(2010, 6, 1), Ok((2, Some(3)))),
            ("EH1 1AB", on(2010, 6, 2), Err(DeletedBefore)),
            ("EH1 1AB", None, Ok((2, Some(3)))),
            ("EH1 1AD", on(1999, 1, 1), Ok((3, Some(5)))),
            ("EH1 1AD", on(2005, 1, 1), Err(DeletedBefore)),
            ("EH1 1AD", on(2015, 1, 1), Ok((4, Some(7)))),
            ("EH1 1AD", None, Err(DayNeeded)),
            ("EH1 1AE", on(2000, 6, 1), Ok((5, Some(9)))),
            ("EH1 1AF", on(2020, 1, 1), Ok((2, None))),
            ("EH1 1AFB", on(2020, 1, 1), Ok((2, Some(4)))),
            ("EH1 1AFC", on(2020, 1, 1), Ok((2, None))),
            ("EH1 1AG", None, Ok((2, Some(3)))),
            ("EH1 1AH", on(2020, 1, 1), Err(SplitAmbiguous)),
            ("EH1 1AH", None, Err(SplitAmbiguous)),
            ("EH1 1AHA", on(2020, 1, 1), Ok((2, Some(3)))),
            ("EH1 1AJ", on(1980, 1, 1), Ok((1, Some(1)))),
            ("EH1 1AJ", on(1992, 1, 1), Err(DeletedBefore)),
            ("EH1 1AJ", on(2020, 1, 1), Err(SplitAmbiguous)),
            ("EH1 1AZ", on(2020, 1, 1), Err(NotFound)),
            ("SW1A 1AA", on(2020, 1, 1), Err(NotFound)),
            ("no fixed abode", on(2020, 1, 1), Err(NotAPostcode)),
            ("", None, Err(NotAPostcode)),
        ] {
            assert_eq!(found(&lookup, postcode, day), expected, "{postcode} {day:?}");
        }
    }

    #[test]
    fn an_empty_look_up_finds_nothing() {
        let empty = lookup(&[]);
        assert_eq!(found(&empty, "EH1 1AA", None), Err(PostcodeMatch::NotFound));
        assert_eq!(format!("{empty:?}"), r#"PostcodeLookup { version: "2020v2", rows: 0 }"#);
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let rows = [
            ("EH1 1AJ", (Some(1973), Some(1990)), (1, Some(1))),
            ("EH1 1AJA", (Some(1995), None), (2, Some(3))),
            ("EH1 1AJB", (Some(1995), None), (2, Some(4))),
        ];
        let mut turned = rows;
        turned.reverse();
        let (forward, backward) = (lookup(&rows), lookup(&turned));
        assert_eq!(forward.rows, backward.rows);
        assert_eq!(core::mem::size_of::<PostcodeRow>(), 24);
    }
}
