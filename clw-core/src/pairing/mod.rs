//! Which two sittings make a pair, and what becomes of every episode that does not come so far.
//!
//! A [`PairingRule`] declares the baseline, the end point and when a follow-up is due. Applied to
//! an episode it yields exactly one [`Fate`]; counted over a caseload the fates are the flow from
//! referred to paired, and nobody is in two boxes or in none.

mod fate;
mod pair;
mod rules;
mod standing;
mod timeline;

pub(crate) use fate::counted;
pub use fate::{CountBy, Counted, Fate, FlowBox, SittingRole};
pub use pair::Pairing;
pub use rules::{BaselineRule, DueRule, Eligibility, EndPoint, PairingRule};
pub use standing::Standing;
pub(crate) use timeline::answers_to;
pub use timeline::{Scored, Sitting, Timeline};
