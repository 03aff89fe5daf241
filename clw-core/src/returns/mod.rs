//! The national return: what a programme sends so that its evidence adds to a national picture, and
//! that picture.
//!
//! ```text
//! Evaluation + Programme ─▶ Return ─▶ (a file) ─▶ National ─▶ NationalPicture
//! ```
//!
//! A [`Return`] is the counts of an evaluation under a stated plan, with the fingerprint of every
//! definition behind them. Counts add, so the picture made of returns equals, byte for byte, the
//! evaluation of everybody's rows in one place, and no row of a person leaves its programme. A
//! [`DisclosedReturn`] has its small counts hidden; a picture with such returns says between which two
//! numbers the national totals lie.
//!
//! Programmes differ in whom they see and how, so each stands in the picture with its own numbers and
//! its [context](Programme), in the order of names. There is no ranking: between programmes the
//! picture says how far they differ and whether that is more than chance.
//!
//! ```
//! use clw_core::caseload::RowAccount;
//! use clw_core::evaluation::Plan;
//! use clw_core::instrument::Registry;
//! use clw_core::returns::{National, Programme, Return};
//! use clw_core::synthesis::SynthesisOptions;
//!
//! let registry = Registry::default();
//! let plan = r#"
//!     title = "Link worker programmes, 2025"
//!     as-of = "2025-12-31"
//!     measures = [{ instrument = "swemwbs" }]
//!     pairing.baseline.rule = "first"
//!     pairing.end-point.rule = "last"
//!     pairing.due.rule = "closed"
//! "#;
//! let plan = Plan::from_toml(plan)?.check(&registry)?;
//! let mut national = National::new();
//! for name in ["Aberdeen", "Fife"] {
//!     let evaluation = plan.evaluate([], &RowAccount::default())?;
//!     let file = Return::of(Programme::named(name), &evaluation)?.to_json();
//!     national.add(Return::from_json(&file, &registry)?)?;
//! }
//! let picture = national.picture(&SynthesisOptions::default())?;
//! assert_eq!(picture.evaluation, Some(plan.evaluate([], &RowAccount::default())?));
//! assert_eq!(picture.programmes.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod between;
mod bounds;
mod disclosed_return;
mod error;
mod file;
mod national;
mod programme;
mod programme_return;

pub use between::BetweenProgrammes;
pub use bounds::{CountBounds, MeasureBounds, ShareBounds};
pub use disclosed_return::DisclosedReturn;
pub use error::ReturnError;
pub use file::{FORMAT_VERSION, ReturnFile};
pub use national::{
    DisclosedProgramme, DisclosedProgrammeMeasure, National, NationalPicture, ProgrammeFindings,
    ProgrammeMeasure,
};
pub use programme::Programme;
pub use programme_return::Return;
