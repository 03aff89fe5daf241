//! Several rows about one person, episode or form become one, whatever their order.

use super::fields::Field;
use super::problem::{Log, ProblemCode, Tale};
use super::row::{Fields, Row, absent};
use crate::caseload::{
    Assessment, EndReason, Episode, Gender, Person, Reason, Recorded, ReferralReason,
    ReferralSource,
};

/// The fields in which rows have been found to differ, a bit each.
pub(super) type Differences = u64;

const _: () = assert!(Field::ALL.len() <= 64, "a field more than there are bits for it");

/// Takes one row's values into a record.
pub(super) struct Merge<'a, 'r> {
    pub(super) row: &'a Row<'r>,
    pub(super) fields: &'a Fields,
    pub(super) log: &'a mut Log,
    /// What the rows are about, as a message says it.
    pub(super) about: &'static str,
    pub(super) differ: &'a mut Differences,
}

impl Merge<'_, '_> {
    /// A value beats an absence; two different values leave the field not known, and are noted once.
    fn set<T: PartialEq>(&mut self, slot: &mut Recorded<T>, new: Recorded<T>, field: Field) {
        let bit = 1 << (field as u8);
        if *self.differ & bit != 0 {
            return;
        }
        match (&*slot, &new) {
            (Recorded::Value(here), Recorded::Value(there)) if here != there => {
                *slot = Recorded::NotKnown;
                self.differs(field);
            }
            (here, there) if rank(there) > rank(here) => *slot = new,
            _ => {}
        }
    }

    fn differs(&mut self, field: Field) {
        *self.differ |= 1 << (field as u8);
        let about = self.about;
        let (at, cell) = self.row.cell(self.fields, field).unwrap_or_default();
        self.log
            .warn(self.row.place, ProblemCode::ConflictingValue, || Tale::of(at, cell).with(about));
    }

    pub(super) fn person(&mut self, person: &mut Person) {
        let (row, fields) = (self.row, self.fields);
        let value = row.number(self.log, fields, Field::BirthYear);
        self.set(&mut person.birth_year, value, Field::BirthYear);
        let value = row.text(self.log, fields, Field::AgeBand);
        self.set(&mut person.age_band, value, Field::AgeBand);
        let value = row.code(self.log, fields, Field::Gender, Gender::from_code);
        self.set(&mut person.gender, value, Field::Gender);
        let value = row.text(self.log, fields, Field::Ethnicity);
        self.set(&mut person.ethnicity, value, Field::Ethnicity);
        let value = row.simd(self.log);
        self.set(&mut person.simd, value, Field::SimdQuintile);
        let value = row.number(self.log, fields, Field::UrbanRural);
        self.set(&mut person.urban_rural, value, Field::UrbanRural);
    }

    pub(super) fn episode(&mut self, episode: &mut Episode) {
        let (row, fields) = (self.row, self.fields);
        let value = row.text(self.log, fields, Field::Programme);
        self.set(&mut episode.programme, value, Field::Programme);
        let value = row.text(self.log, fields, Field::Practice);
        self.set(&mut episode.practice, value, Field::Practice);
        let value = row.text(self.log, fields, Field::Worker);
        self.set(&mut episode.worker, value, Field::Worker);
        let value = row.date(self.log, fields, Field::Referred);
        self.set(&mut episode.referred, value, Field::Referred);
        let value = row.code(self.log, fields, Field::Source, ReferralSource::from_code);
        self.set(&mut episode.source, value, Field::Source);
        let value = row.flag(self.log, fields, Field::Accepted);
        self.set(&mut episode.accepted, value, Field::Accepted);
        let value = row.date(self.log, fields, Field::FirstContact);
        self.set(&mut episode.first_contact, value, Field::FirstContact);
        let value = row.number(self.log, fields, Field::AttendedContacts);
        self.set(&mut episode.attended_contacts, value, Field::AttendedContacts);
        let value = row.date(self.log, fields, Field::Closed);
        self.set(&mut episode.closed, value, Field::Closed);
        let value = row.code(self.log, fields, Field::EndReason, EndReason::from_code);
        self.set(&mut episode.end_reason, value, Field::EndReason);
        self.reasons(&mut episode.reasons);
    }

    /// Reasons add up; two different main ones leave none as the main one.
    fn reasons(&mut self, slot: &mut Recorded<Vec<Reason>>) {
        let (row, fields) = (self.row, self.fields);
        let code = ReferralReason::from_code;
        let primary = row.code(self.log, fields, Field::PrimaryReason, code);
        let others = row.other_reasons(self.log);
        if primary.value().is_none() && others.is_empty() {
            let none = absent(&primary);
            if rank(&none) > rank(slot) {
                *slot = none;
            }
            return;
        }
        let mut reasons = match core::mem::take(slot) {
            Recorded::Value(reasons) => reasons,
            _ => Vec::new(),
        };
        for reason in others {
            if !reasons.iter().any(|there| there.reason == reason) {
                reasons.push(Reason { reason, primary: false });
            }
        }
        if let Recorded::Value(reason) = primary {
            let main = reasons.iter().find(|there| there.primary).map(|there| there.reason);
            let differed = *self.differ & (1 << (Field::PrimaryReason as u8)) != 0;
            let differs = main.is_some_and(|main| main != reason);
            if differs {
                reasons.iter_mut().for_each(|there| there.primary = false);
                self.differs(Field::PrimaryReason);
            }
            let is_main = !differed && !differs;
            match reasons.iter_mut().find(|there| there.reason == reason) {
                Some(there) => there.primary = is_main,
                None => reasons.push(Reason { reason, primary: is_main }),
            }
        }
        reasons.sort_by_key(|there| (!there.primary, there.reason));
        *slot = Recorded::Value(reasons);
    }

    /// What one row of a form says beside its answers.
    pub(super) fn form(&mut self, form: &mut Assessment, other: &Assessment) {
        self.set(&mut form.contact_ordinal, other.contact_ordinal, Field::ContactOrdinal);
        self.set(&mut form.mode, other.mode, Field::SittingMode);
        self.set(&mut form.setting, other.setting, Field::Setting);
        self.set(&mut form.assisted, other.assisted, Field::Assisted);
        self.set(&mut form.entered, other.entered, Field::Entered);
    }
}

pub(super) const fn rank<T>(value: &Recorded<T>) -> u8 {
    match value {
        Recorded::Value(_) => 3,
        Recorded::NotKnown => 2,
        Recorded::NotApplicable => 1,
        Recorded::Missing => 0,
    }
}
