//! From questionnaire answers and caseload records to outcome evidence.
//!
//! ```text
//! answers ─▶ instrument ─▶ score ─▶ pairing ─▶ pair counts ─▶ change ─┐
//! people, episodes, contacts ─────▶ completion ───────────────────────┼─▶ evaluation ─▶ disclosure ─▶ report
//!                                    attrition, equity, indicators ───┘        └─▶ returns of many programmes
//! ```
//!
//! A module uses only those upstream of it:
//!
//! | stage | module |
//! |---|---|
//! | questionnaires as data, checked | [`instrument`] |
//! | answers to exact points | [`score`] |
//! | intervals, shares, and why a sample has none | [`estimate`] |
//! | people, episodes and what happened in them | [`caseload`] |
//! | spreadsheets to people, through a mapping (feature `import`; workbooks: `xlsx`) | `import` |
//! | two sittings to a pair, or the reason why not | [`pairing`] |
//! | pair counts, paired tests, effect sizes, classes of change | [`change`] |
//! | more than two sittings: means, slopes, mixed models | [`trajectory`] |
//! | several programmes: random-effects meta-analysis | [`synthesis`] |
//! | life satisfaction in money, where asked for | [`value`] |
//! | fates to flow and rates | [`completion`] |
//! | those without a follow-up: differences, bounds, weights | [`attrition`] |
//! | deprivation bands to reach, completion, benefit and indices of inequality | [`equity`] |
//! | counts by month to the indicators a funder defines | [`indicator`] |
//! | small counts hidden, with what would give them away | [`disclosure`] |
//! | declared rules to evidence, and merging | [`evaluation`] |
//! | results in plain words | [`sentences`] |
//! | counts of programmes to a national picture | [`returns`] |
//! | single stages asked of in JSON, for the bindings | [`request`] |
//! | JSON to what is stored, with little code for each type | [`json`] |
//! | evidence to one page and chart specifications (feature `report`) | `report` |

#![forbid(unsafe_code)]

// The attackers of the integration tests attack from within as well.
#[cfg(test)]
extern crate self as clw_core;

pub mod attrition;
pub mod caseload;
pub mod change;
mod coded;
pub mod completion;
pub mod disclosure;
pub mod equity;
pub mod estimate;
pub mod evaluation;
#[cfg(test)]
mod golden;
#[cfg(feature = "import")]
pub mod import;
pub mod indicator;
pub mod instrument;
pub mod json;
mod numeric;
mod ordered_map;
pub mod pairing;
#[cfg(feature = "report")]
pub mod report;
pub mod request;
pub mod returns;
pub mod score;
pub mod sentences;
mod shown;
mod stored_date;
pub mod synthesis;
#[cfg(feature = "toml")]
mod toml_read;
pub mod trajectory;
pub mod value;

pub use ordered_map::OrderedMap;

#[cfg(all(doctest, feature = "import", feature = "report"))]
#[doc = include_str!("../../README.md")]
struct Readme;
