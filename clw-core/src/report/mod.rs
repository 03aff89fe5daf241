//! An evaluation as one page for people, and as chart specifications.

mod chart;
mod format;
mod table;
