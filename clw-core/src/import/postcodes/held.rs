//! The postcode of one person, from their rows to the look-up.

use jiff::civil::Date;

use super::code::Postcode;
use super::lookup::{PostcodeLookup, ResolvedPostcode};
use crate::caseload::{Person, PostcodeMatch, Recorded};
use crate::import::fields::Field;
use crate::import::merge::rank;
use crate::import::problem::{Log, ProblemCode, Tale};
use crate::import::row::Row;

/// What stands in a message in place of a postcode.
pub(in crate::import) const WITHHELD: &str = "(withheld)";

/// The postcode of the person whose rows are being read, until it is looked up.
#[derive(Debug)]
pub(in crate::import) struct HeldPostcode<'a> {
    lookup: Option<&'a PostcodeLookup>,
    /// `Some` postcode, or a text that is none.
    postcode: Recorded<Option<Postcode>>,
    several: bool,
}

impl<'a> HeldPostcode<'a> {
    pub(in crate::import) const fn new(lookup: Option<&'a PostcodeLookup>) -> Self {
        Self { lookup, postcode: Recorded::Missing, several: false }
    }

    /// Takes what a row says. Two different postcodes are noted once, without what they are.
    pub(in crate::import) fn hold(&mut self, row: &Row<'_>, log: &mut Log) {
        let Some((at, cell)) = row.cell(&row.plan.fields, Field::Postcode) else { return };
        let new = match row.mapping.spellings.absence(cell) {
            Some(absence) => absence.into(),
            None => Recorded::Value(Postcode::read(cell)),
        };
        let both = self.postcode.value().zip(new.value());
        let differs = both.is_some_and(|(here, there)| here != there);
        if differs && !core::mem::replace(&mut self.several, true) {
            let tale = || Tale::of(at, WITHHELD.as_bytes()).with("person");
            log.warn(row.place, ProblemCode::ConflictingValue, tale);
        }
        if rank(&new) > rank(&self.postcode) {
            self.postcode = new;
        }
    }

    /// Gives the person their place and how the look-up went, and forgets the postcode.
    ///
    /// A place that the file itself records stands.
    pub(in crate::import) fn settle(&mut self, person: &mut Person, on: Option<Date>) {
        let several = core::mem::take(&mut self.several);
        let postcode = match core::mem::take(&mut self.postcode) {
            Recorded::Value(postcode) => postcode,
            Recorded::NotKnown => return person.postcode_match = Recorded::NotKnown,
            Recorded::NotApplicable => return person.postcode_match = Recorded::NotApplicable,
            Recorded::Missing => return,
        };
        let found = match (postcode, self.lookup) {
            _ if several => ResolvedPostcode::Unmatched(PostcodeMatch::SeveralPostcodes),
            (Some(postcode), Some(lookup)) => lookup.resolve_code(postcode, on),
            _ => ResolvedPostcode::Unmatched(PostcodeMatch::NotAPostcode),
        };
        person.postcode_match = Recorded::Value(found.status());
        match (found, &person.simd) {
            (_, Recorded::Value(_)) => {}
            (ResolvedPostcode::Matched(simd), _) => person.simd = Recorded::Value(simd),
            (ResolvedPostcode::Unmatched(_), _) => person.simd = Recorded::NotKnown,
        }
    }
}
