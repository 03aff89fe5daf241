//! The Python extension `clw._clw`: converts, calls `clw-core`, converts back.

mod arguments;
mod at_hand;
mod caseload;
mod cells;
mod change;
mod charts;
mod columns;
mod dealt;
mod disclosed;
mod error;
mod evaluation;
mod files;
mod frame;
mod given;
mod html;
mod instrument;
mod json;
mod options;
mod person_table;
mod plan;
mod postcodes;
mod returns;
mod score;
mod score_frame;
mod source;
mod stages;
mod threads;
mod trajectory;
mod watched;

use pyo3::prelude::*;

#[pymodule]
mod _clw {
    use super::*;

    #[pymodule_export]
    use super::caseload::{_mapping, Caseload, DryRun, Mapping, check};
    #[pymodule_export]
    use super::change::{_change, Change, MatchedPairs, PairCounts};
    #[pymodule_export]
    use super::dealt::{_check_dealt, _count_dealt, _deal, _dealt_by, PartialEvaluation};
    #[pymodule_export]
    use super::disclosed::DisclosedEvaluation;
    #[pymodule_export]
    use super::error::ClwError;
    #[pymodule_export]
    use super::evaluation::{Evaluation, evaluate};
    #[pymodule_export]
    use super::files::{_sheet, _sheets, guess_mapping};
    #[pymodule_export]
    use super::frame::Frame;
    #[pymodule_export]
    use super::instrument::{
        _instrument, _item, _measure, Instrument, Item, Measure, instrument, instruments,
    };
    #[pymodule_export]
    use super::plan::{_plan, Plan};
    #[pymodule_export]
    use super::postcodes::{_postcodes, PostcodeLookup};
    #[pymodule_export]
    use super::returns::{_national, National, Return};
    #[pymodule_export]
    use super::score::{_measure_score, _problem, _score_sheet, MeasureScore, Problem, ScoreSheet};
    #[pymodule_export]
    use super::stages::attrition::{Attrition, attrition};
    #[pymodule_export]
    use super::stages::completion::{
        BeforeAfter, Completion, ControlChart, Funnel, Survival, before_after, completion, funnel,
        p_chart, survival, xmr_chart,
    };
    #[pymodule_export]
    use super::stages::disclosure::{ProtectedTable, protected_table};
    #[pymodule_export]
    use super::stages::equity::{EquityTable, Inequality, Reach, equity_table, inequality, reach};
    #[pymodule_export]
    use super::stages::indicators::{Indicator, indicator};
    #[pymodule_export]
    use super::stages::planning::{
        AdjustedPs, MinimumDetectableChange, PlannedTest, adjusted_ps, minimum_detectable_change,
        pairs_needed, power,
    };
    #[pymodule_export]
    use super::stages::synthesis::{Synthesis, Wellby, synthesis, wellby};
    #[pymodule_export]
    use super::stages::{_answer, Answer};
    #[pymodule_export]
    use super::trajectory::{_course, Course, Trajectories};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
