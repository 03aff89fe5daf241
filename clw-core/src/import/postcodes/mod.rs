//! From a postcode to a place on SIMD, through a look-up that the programme supplies.
//!
//! A person's postcode is read into a number that cannot be shown, looked up once all their rows are
//! in, and forgotten. What stays is the place and how the look-up went.

mod code;
mod held;
mod lookup;
mod reader;

pub(super) use code::mentions_postcode;
pub(super) use held::{HeldPostcode, WITHHELD};
pub use lookup::{PostcodeLookup, ResolvedPostcode};
pub use reader::{PostcodeMapping, read_postcodes};
