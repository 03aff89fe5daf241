//! The Python extension `clw._clw`: converts, calls `clw-core`, converts back.

mod caseload;
mod cells;
mod change;
mod charts;
mod columns;
mod dealt;
mod error;
mod evaluation;
mod files;
mod frame;
mod html;
mod instrument;
mod json;
mod person_table;
mod plan;
mod postcodes;
mod returns;
mod score;
mod score_frame;
mod source;
mod stages;
mod trajectory;

use pyo3::prelude::*;

#[pymodule]
mod _clw {
    use super::*;

    #[pymodule_export]
    use super::caseload::{_mapping, Caseload, DryRun, Mapping, check};
    #[pymodule_export]
    use super::change::{Change, PairCounts};
    #[pymodule_export]
    use super::dealt::{_check_dealt, _count_dealt, _deal, _dealt_by, PartialEvaluation};
    #[pymodule_export]
    use super::error::ClwError;
    #[pymodule_export]
    use super::evaluation::{Evaluation, evaluate};
    #[pymodule_export]
    use super::files::{_sheet, _sheets, guess_mapping};
    #[pymodule_export]
    use super::frame::Frame;
    #[pymodule_export]
    use super::instrument::{_instrument, Instrument, Item, Measure, instrument, instruments};
    #[pymodule_export]
    use super::plan::{_plan, Plan};
    #[pymodule_export]
    use super::postcodes::PostcodeLookup;
    #[pymodule_export]
    use super::returns::{National, Return};
    #[pymodule_export]
    use super::score::{MeasureScore, Problem, ScoreSheet};
    #[pymodule_export]
    use super::stages::{
        AdjustedPs, Attrition, BeforeAfter, Completion, ControlChart, EquityTable, Funnel,
        Inequality, MinimumDetectableChange, PlannedTest, ProtectedTable, Reach, Survival,
        Synthesis, Wellby, adjusted_ps, attrition, before_after, completion, equity_table, funnel,
        inequality, minimum_detectable_change, p_chart, pairs_needed, power, protected_table,
        reach, survival, synthesis, wellby, xmr_chart,
    };
    #[pymodule_export]
    use super::trajectory::{Course, Trajectories};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
