//! From questionnaire answers and caseload records to outcome evidence.
//!
//! ```text
//! answers ─▶ instrument ─▶ score ─▶ pairing ─▶ pair counts ─▶ change ─┐
//! people, episodes, contacts ─────▶ completion ───────────────────────┴─▶ evaluation ─▶ report
//! ```
//!
//! A module uses only those upstream of it:
//!
//! | stage | module |
//! |---|---|
//! | questionnaires as data, checked | [`instrument`] |
//! | answers to exact points | [`score`] |
//! | pair counts, paired tests, effect sizes, classes of change | [`change`] |

#![forbid(unsafe_code)]

pub mod change;
pub mod instrument;
pub mod score;
