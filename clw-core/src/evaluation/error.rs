//! Why a plan, an evaluation or a merge is refused.

use core::fmt;

use crate::attrition::AttritionCountsError;
use crate::caseload::CountOverflow;
use crate::change::{ChangeOptionsError, PairCountsError};
use crate::completion::{ComparisonError, GroupMergeError};
use crate::equity::EquityError;
#[cfg(feature = "import")]
use crate::import::ImportError;
use crate::indicator::IndicatorError;
use crate::instrument::{CatalogueError, UnknownName};

/// Why a plan cannot be carried out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PlanError {
    /// The text is not a plan.
    Unreadable {
        /// The parser's account, with the place.
        reason: String,
    },
    /// A setting is refused by its own check.
    Refused {
        /// The stable name of that check's error.
        code: String,
        /// Where it stands: its path in JSON, its line in TOML.
        place: String,
        /// Its message.
        message: String,
    },
    /// There is nothing to evaluate.
    NoMeasures,
    /// An instrument stands for nothing.
    Instrument(CatalogueError),
    /// A measure, missing rule, band set or change rule stands for nothing.
    UnknownName(UnknownName),
    /// A norm that regression to the mean is worked out against has no standard deviation.
    NormWithoutSpread {
        /// The norm.
        norm: String,
    },
    /// The instrument has several measures and the plan names none.
    MeasureNotNamed {
        /// The instrument.
        instrument: String,
        /// Its measures.
        known: Vec<String>,
    },
    /// A list holds the same entry twice, which would be counted twice.
    NamedTwice {
        /// The key of the list.
        list: &'static str,
        /// The entry.
        name: String,
    },
    /// The practice lists do not fit what equity is looked at along.
    Equity(EquityError),
    /// A chart or a funnel cannot be made so.
    Comparison(ComparisonError),
    /// An indicator cannot be worked out so.
    Indicator(IndicatorError),
    /// The library has no such indicator.
    UnknownIndicator {
        /// The id.
        id: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A rule that no sitting or episode can meet.
    RuleNeverHolds {
        /// The setting, as in the plan.
        setting: &'static str,
        /// What it is.
        found: &'static str,
        /// What it would have to be.
        needed: &'static str,
    },
}

impl PlanError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Unreadable { .. } => "unreadable-plan",
            Self::Refused { code, .. } => code.as_str(),
            Self::NoMeasures => "no-measures",
            Self::Instrument(error) => error.code(),
            Self::UnknownName(error) => error.code(),
            Self::NormWithoutSpread { .. } => "norm-without-spread",
            Self::MeasureNotNamed { .. } => "measure-not-named",
            Self::NamedTwice { .. } => "named-twice",
            Self::Equity(error) => error.code(),
            Self::Comparison(error) => error.code(),
            Self::Indicator(error) => error.code(),
            Self::UnknownIndicator { .. } => "unknown-indicator",
            Self::RuleNeverHolds { .. } => "rule-never-holds",
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { reason } => write!(f, "the plan cannot be read: {reason}"),
            Self::Refused { place, message, .. } => write!(f, "{place}: {message}"),
            Self::NoMeasures => f.write_str("the plan names no measure; name at least one"),
            Self::Instrument(error) => error.fmt(f),
            Self::UnknownName(error) => error.fmt(f),
            Self::NormWithoutSpread { norm } => write!(
                f,
                "the norm {norm} has a mean and no standard deviation; \
                 use a norm with both for regression to the mean"
            ),
            Self::MeasureNotNamed { instrument, known } => write!(
                f,
                "{instrument} has {} measures and the plan names none; use one of {}",
                known.len(),
                known.join(", ")
            ),
            Self::NamedTwice { list, name } => {
                write!(f, "{list} names {name} twice; name it once")
            }
            Self::Equity(error) => error.fmt(f),
            Self::Comparison(error) => error.fmt(f),
            Self::Indicator(error) => error.fmt(f),
            Self::UnknownIndicator { id, known } => write!(
                f,
                "there is no indicator {id}; use one of {}, or define it in the plan",
                known.join(", ")
            ),
            Self::RuleNeverHolds { setting, found, needed } => {
                write!(f, "{setting} is {found}, which nothing can meet; {needed}")
            }
        }
    }
}

impl core::error::Error for PlanError {}

impl From<CatalogueError> for PlanError {
    fn from(error: CatalogueError) -> Self {
        Self::Instrument(error)
    }
}

impl From<UnknownName> for PlanError {
    fn from(error: UnknownName) -> Self {
        Self::UnknownName(error)
    }
}

/// Why two evaluations cannot be added.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum MergeError {
    /// They were made under different plans.
    DifferentPlans {
        /// The first setting that differs, as a path into the plan.
        setting: String,
        /// Its value in the first evaluation.
        left: String,
        /// Its value in the second.
        right: String,
    },
    /// An instrument of one name has two definitions.
    DifferentDefinitions {
        /// The instrument.
        instrument: String,
        /// The fingerprint of its definition in the first evaluation.
        left: String,
        /// The fingerprint in the second.
        right: String,
    },
    /// They were made by different versions of this library.
    DifferentLibraries {
        /// The version that made the first.
        left: String,
        /// The version that made the second.
        right: String,
    },
    /// Their pair-count tables do not add.
    Pairs(PairCountsError),
    /// A sum of counts is beyond an integer.
    Count(CountOverflow),
    /// The counts of those with and without a follow-up do not add.
    Attrition(AttritionCountsError),
}

impl MergeError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DifferentPlans { .. } => "different-plans",
            Self::DifferentDefinitions { .. } => "different-definitions",
            Self::DifferentLibraries { .. } => "different-libraries",
            Self::Pairs(_) => "pairs-do-not-add",
            Self::Count(error) => error.code(),
            Self::Attrition(error) => error.code(),
        }
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DifferentPlans { setting, left, right } => write!(
                f,
                "the plans differ in {setting}: {left} and {right}; \
                 evaluate both caseloads under one plan"
            ),
            Self::DifferentDefinitions { instrument, left, right } => write!(
                f,
                "the definitions of {instrument} differ: {left} and {right}; \
                 evaluate both caseloads with one definition"
            ),
            Self::DifferentLibraries { left, right } => write!(
                f,
                "the evaluations were made by clw {left} and clw {right}; \
                 make both with one version"
            ),
            Self::Pairs(error) => write!(f, "the pair-count tables do not add: {error}"),
            Self::Count(error) => error.fmt(f),
            Self::Attrition(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for MergeError {}

impl From<PairCountsError> for MergeError {
    fn from(error: PairCountsError) -> Self {
        Self::Pairs(error)
    }
}

impl From<CountOverflow> for MergeError {
    fn from(error: CountOverflow) -> Self {
        Self::Count(error)
    }
}

impl From<AttritionCountsError> for MergeError {
    fn from(error: AttritionCountsError) -> Self {
        Self::Attrition(error)
    }
}

impl From<GroupMergeError> for MergeError {
    fn from(error: GroupMergeError) -> Self {
        match error {
            GroupMergeError::Count(error) => Self::Count(error),
            GroupMergeError::Pairs(error) => Self::Pairs(error),
        }
    }
}

/// Why an evaluation cannot be made or read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum EvaluationError {
    /// A score or a table does not fit its limits.
    Pairs(PairCountsError),
    /// A score lies in no band.
    Change(ChangeOptionsError),
    /// Parts do not add up.
    Merge(MergeError),
    /// Those with and without a follow-up cannot be compared.
    Attrition(AttritionCountsError),
    /// The bands of an axis do not make a table.
    Equity(EquityError),
    /// Months or practices cannot be charted.
    Comparison(ComparisonError),
    /// An indicator cannot be worked out.
    Indicator(IndicatorError),
    /// The plan inside a stored evaluation cannot be carried out here.
    Plan(PlanError),
    /// A caseload cannot be read.
    #[cfg(feature = "import")]
    Import(ImportError),
    /// A stored evaluation has other measures, rules or groups than its plan, or counts that do not
    /// add up to each other.
    CountsDoNotFit {
        /// Which counts.
        what: &'static str,
    },
    /// The text is not a stored evaluation.
    Unreadable {
        /// The parser's account, with the place.
        reason: String,
    },
}

impl EvaluationError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::Pairs(error) => error.code(),
            Self::Change(error) => error.code(),
            Self::Merge(error) => error.code(),
            Self::Attrition(error) => error.code(),
            Self::Equity(error) => error.code(),
            Self::Comparison(error) => error.code(),
            Self::Indicator(error) => error.code(),
            Self::Plan(error) => error.code(),
            #[cfg(feature = "import")]
            Self::Import(error) => error.code(),
            Self::CountsDoNotFit { .. } => "counts-do-not-fit",
            Self::Unreadable { .. } => "unreadable-evaluation",
        }
    }
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pairs(error) => error.fmt(f),
            Self::Change(error) => error.fmt(f),
            Self::Merge(error) => error.fmt(f),
            Self::Attrition(error) => error.fmt(f),
            Self::Equity(error) => error.fmt(f),
            Self::Comparison(error) => error.fmt(f),
            Self::Indicator(error) => error.fmt(f),
            Self::Plan(error) => error.fmt(f),
            #[cfg(feature = "import")]
            Self::Import(error) => error.fmt(f),
            Self::CountsDoNotFit { what } => write!(
                f,
                "{what} do not fit the plan or do not add up; \
                 read the file as the library wrote it",
            ),
            Self::Unreadable { reason } => write!(f, "the evaluation cannot be read: {reason}"),
        }
    }
}

impl core::error::Error for EvaluationError {}

impl From<PairCountsError> for EvaluationError {
    fn from(error: PairCountsError) -> Self {
        Self::Pairs(error)
    }
}

impl From<ChangeOptionsError> for EvaluationError {
    fn from(error: ChangeOptionsError) -> Self {
        Self::Change(error)
    }
}

impl From<AttritionCountsError> for EvaluationError {
    fn from(error: AttritionCountsError) -> Self {
        Self::Attrition(error)
    }
}

impl From<ComparisonError> for EvaluationError {
    fn from(error: ComparisonError) -> Self {
        Self::Comparison(error)
    }
}

impl From<IndicatorError> for EvaluationError {
    fn from(error: IndicatorError) -> Self {
        Self::Indicator(error)
    }
}

impl From<EquityError> for EvaluationError {
    fn from(error: EquityError) -> Self {
        Self::Equity(error)
    }
}

impl From<GroupMergeError> for EvaluationError {
    fn from(error: GroupMergeError) -> Self {
        Self::Merge(error.into())
    }
}

impl From<MergeError> for EvaluationError {
    fn from(error: MergeError) -> Self {
        Self::Merge(error)
    }
}

#[cfg(feature = "import")]
impl From<ImportError> for EvaluationError {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<PlanError> for EvaluationError {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}
