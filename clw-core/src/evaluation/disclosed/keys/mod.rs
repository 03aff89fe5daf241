//! Which count: the names of the cells that are protected together.

mod counted;
mod whose;

pub(super) use self::counted::{Again, Areas, Entry, Held, HelpList, Listed, Look};
pub(super) use self::whose::{
    Along, BAND_STEPS, COMPLETION, ChangeClass, Months, Outcome, Part, STEPS, Side, Slot, Step,
    When, Whose, following,
};
use super::super::{CoreField, QualityIssue, SittingIssue, Uptake};
use crate::caseload::{OnwardStatus, ReferralReason};
use crate::pairing::SittingRole;

/// Which count; printed in [plain words](super::words).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The people.
    People,
    /// Episodes of people who had one before.
    Returns,
    /// The episodes.
    Episodes,
    /// The episodes of one sort of closure.
    Closure(usize),
    /// A count of a flow.
    Flow(Whose, Step),
    /// A count of pairs.
    Change(Whose, Outcome),
    /// What a core field held.
    Field(CoreField, Held),
    /// Of those of whom a core field of people is absent, the episodes beyond their first.
    Returning(CoreField, Held),
    /// A problem of the records.
    Issue(QualityIssue, Look),
    /// A problem of the sittings of a measure.
    SittingIssue(usize, SittingIssue, Look),
    /// The sittings of a measure that became of one role.
    Sittings(usize, SittingRole),
    /// All sittings of a measure.
    AllSittings(usize),
    /// The sittings of a measure in none of the roles that are problems.
    UsefulSittings(usize),
    /// The episodes of a list of help.
    Listed(HelpList, Listed),
    /// The entries of a list of help, all or of one kind.
    Entries(HelpList, Option<ReferralReason>, Entry),
    /// Referrals onward by whether they were taken up.
    Uptake(Uptake),
    /// Referrals onward by the last known status.
    Status(OnwardStatus),
    /// Referrals onward without a status.
    NoStatus(usize),
    /// The episodes with a pair in an area of a star, by its place.
    Star(usize, Areas),
    /// Those asked again long after the end.
    AfterExit(usize, Again),
}
