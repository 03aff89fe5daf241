//! From answers to exact points: one form, one row, or whole columns.

mod answer;
mod block;
mod columns;
mod form;
mod not_whole;
mod offered;
mod row;
mod sheet;
mod table;
mod total;

pub use answer::{Answer, Problem, ScoreError, Unscored};
pub use columns::{AnswerColumn, Codes, ColumnError, Validity};
pub use form::{FormCheck, FormProblem, FormState};
pub use not_whole::{NotWhole, WholeColumn};
pub use offered::Offered;
pub use sheet::{BandName, MeasureScore, Outcome, Score, ScoreSheet};
pub use table::{ItemColumn, ReadColumn, ScoredRows, UnscoredRow};
pub use total::TotalError;
