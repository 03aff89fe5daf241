//! Results in plain words: one sentence or two for each, for readers who are no statisticians.
//!
//! Each function takes a result and what it is [`About`], and gives a text. A sentence always holds
//! the number it rests on. It keeps a test of the group apart from what happened to a person, says
//! "p" only with its number, and never that one thing made another. A result that a sample does not
//! have has its sentence too. [`ChangeInWords`] is a [`Change`](crate::change::Change) with all of
//! them, as the bindings give it.
//!
//! Numbers are rounded here and on the page of the `report`, nowhere before.
//!
//! ```
//! use clw_core::change::{Change, ChangeOptions, PairCounts};
//! use clw_core::instrument::catalogue;
//! use clw_core::sentences::{About, classes};
//!
//! let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
//! let baseline = [1798, 1925, 2154, 1743, 1688];
//! let follow_up = [2154, 2073, 2073, 2321, 1859];
//! let pairs = PairCounts::count_steps(wellbeing.scale(), &baseline, &follow_up)?;
//! let change = Change::of(&pairs, &ChangeOptions::default())?;
//! let about = About::measure(wellbeing, pairs.n());
//! assert_eq!(
//!     classes::any_change(&about, &change.any_change).replace('\u{a0}', " "),
//!     "Of 5 people with a pair of scores, 4 scored better than before on Mental wellbeing, by any \
//!      amount, 0 the same and 1 worse."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod about;
pub mod attrition;
pub mod bootstrap;
pub mod cautions;
mod change_in_words;
pub mod classes;
pub mod completion;
pub mod effect_sizes;
pub mod equity;
pub(crate) mod format;
pub mod help;
pub mod indicators;
pub mod mean;
pub mod over_time;
pub mod plan_remarks;
pub mod planning;
pub mod ranks;
pub mod records;
pub mod scale;
pub mod several;
pub mod synthesis;
#[cfg(test)]
mod tests;
pub mod trajectory;
pub mod transitions;
pub mod value;
pub mod weighting;

pub use about::{About, Noun};
pub use change_in_words::{ChangeInWords, Sentences};
