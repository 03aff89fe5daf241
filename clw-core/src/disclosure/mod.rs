//! Small counts hidden, so that nobody can be found in a table, nor worked out from the rest of it.
//!
//! ```text
//! Tables (counts and sums) + Profile ─▶ protect ─▶ Published (each count shown or hidden)
//! ```
//!
//! Public Health Scotland's protocol is risk based: who publishes decides what is safe. A
//! [`Profile`] is that decision as data, and it is printed with what was published under it.
//!
//! # What is hidden
//!
//! 1. Every count from 1 to the profile's limit (4 by default), the *sensitive* counts.
//! 2. Everything that a sensitive total is made of, its zeros too where they do not follow anyway:
//!    that the two people of a small group did not attend is no less theirs than that they are two.
//! 3. As many other counts as it takes so that no sensitive count follows from what is left.
//!
//! # What an attacker knows, and what is promised
//!
//! The attacker knows every count shown, every sum, the profile, that counts are whole numbers, and
//! of each hidden count whether it is sensitive (1 to 4), belongs to a sensitive total (0 to 4) or
//! is neither (5 or more). The view says nothing of the kind; who guesses it is still not to learn
//! more. Against this attacker
//!
//! - no hidden count is determined by the sums, and
//! - every sensitive count can still be anything from 1 to 4, the whole of what the rule itself
//!   says, wherever hiding more could achieve that, and at least two values everywhere else. Where
//!   not even that is possible, the tables are refused.
//!
//! This is the *feasibility interval* of Hundepool et al. (2012), Statistical Disclosure Control,
//! Wiley, chapter 4, doi:10.1002/9781118348239, with the rule's own range as protection level. It is
//! not a promise against somebody who belongs to a hidden group and knows its other members, nor
//! against two publications that were not looked at together: for those see
//! [`Tables::protect_after`].
//!
//! # How
//!
//! A count is protected when the engine holds *another table*, of whole numbers, that would have
//! been published exactly alike and has another value there. Such tables are found by walking from
//! the true one in whole steps along the edges of the set of all tables with the same sums (the
//! simplex method, in integers). Where the walk is stuck, its last tableau names the shown counts of
//! which one at least must be hidden, the cut of Fischetti & Salazar-González (2001), Management
//! Science 47(7):1008-1027; the cheapest of them is hidden. What no table needed is shown again.
//!
//! So a promise never rests on a search that was given up too early: it rests on tables that exist.
//! Cells are known by their keys and taken in the order of keys, so the outcome does not depend on
//! the order in which they were given.

mod chain;
mod error;
mod joint;
mod lookalikes;
mod problem;
mod profile;
mod published;
mod releases;
mod search;
mod suppression;
mod tables;
mod witnesses;

pub(crate) use chain::Chain;
pub use error::DisclosureError;
pub use profile::{Profile, Rounding, Zeros};
pub use published::{Published, PublishedCount, PublishedShare};
pub use releases::InRelease;
pub use tables::{Publication, Tables};
