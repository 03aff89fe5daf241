//! Returns added up.

use serde::Serialize;

use super::{
    BetweenProgrammes, DisclosedReturn, MeasureBounds, Programme, Return, ReturnError, ReturnFile,
};
use crate::OrderedMap;
use crate::change::{Alternative, AnyChangeCounts, PairedT};
use crate::completion::CompletionRates;
use crate::disclosure::Profile;
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::evaluation::{
    CheckedPlan, DisclosedClasses, DisclosedCompletion, DisclosedMeans, DisclosedMeasure,
    Evaluation, EvaluationError, PartialEvaluation, Provenance, RuleCounts,
};
use crate::synthesis::SynthesisOptions;

/// Returns of programmes, added one by one.
///
/// What is held does not grow with the people: a sum of counts, and a few for each programme.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct National {
    plan: Option<CheckedPlan>,
    together: Option<PartialEvaluation>,
    open: OrderedMap<String, OpenProgramme>,
    disclosed: OrderedMap<String, DisclosedReturn>,
}

/// What is kept of an open return besides the sum.
#[derive(Debug, Clone, PartialEq)]
struct OpenProgramme {
    programme: Programme,
    library: String,
    people: u64,
    measures: Vec<RuleCounts>,
}

/// What programmes found together, and each beside the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NationalPicture {
    /// Everybody of the open returns together, as if all rows had been in one place; absent where
    /// every return has its small counts hidden.
    pub evaluation: Option<Evaluation>,
    /// Each programme whose counts are open, in the order of names.
    pub programmes: Vec<ProgrammeFindings>,
    /// Each programme whose small counts are hidden, in the order of names.
    pub disclosed: Vec<DisclosedProgramme>,
    /// How far the open programmes differ, by each measure of the plan.
    pub between: Vec<BetweenProgrammes>,
    /// What the totals over all programmes can be, by each measure of the plan.
    pub bounds: Vec<MeasureBounds>,
}

/// One programme beside the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProgrammeFindings {
    /// The programme and its context.
    pub programme: Programme,
    /// The version of this library that counted.
    pub library: String,
    /// Its people.
    pub people: u64,
    /// What it found by each measure, in the plan's order.
    pub measures: Vec<ProgrammeMeasure>,
}

/// What one programme found by one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProgrammeMeasure {
    /// Who was asked and who answered twice.
    pub rates: CompletionRates,
    /// Any change, among the pairs.
    pub any_change: AnyChangeCounts,
    /// The mean change with its interval.
    pub mean_change: Estimate<PairedT>,
}

/// One programme whose small counts are hidden.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DisclosedProgramme {
    /// The programme and its context.
    pub programme: Programme,
    /// What was hidden.
    pub profile: Profile,
    /// What it published by each measure, in the plan's order.
    pub measures: Vec<DisclosedProgrammeMeasure>,
}

/// What one programme published by one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DisclosedProgrammeMeasure {
    /// Who was asked and who answered twice.
    pub completion: DisclosedCompletion,
    /// Any change, among the pairs.
    pub any_change: DisclosedClasses,
    /// Means before and after, where they are published.
    pub means: Option<DisclosedMeans>,
}

impl National {
    /// No returns yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a return of either kind. The order of returns has no effect.
    ///
    /// # Errors
    ///
    /// [`ReturnError`] if there is one of this programme, or it was made under another plan or with
    /// other definitions than those before. Nothing is then added, and others can be.
    pub fn add(&mut self, file: impl Into<ReturnFile>) -> Result<(), ReturnError> {
        match file.into() {
            ReturnFile::Open(open) => self.add_open(&open),
            ReturnFile::Disclosed(disclosed) => self.add_disclosed(*disclosed),
        }
    }

    fn add_open(&mut self, open: &Return) -> Result<(), ReturnError> {
        let name = self.admit(open.programme(), &open.checked.plan)?;
        match &mut self.together {
            Some(together) => together.add(&open.checked)?,
            none => *none = Some(open.checked.clone()),
        }
        let measures = open.counts().measures.iter();
        let programme = OpenProgramme {
            programme: open.programme().clone(),
            library: open.library().to_owned(),
            people: open.counts().people,
            measures: measures.map(|measure| measure.main.clone()).collect(),
        };
        self.open.insert(name, programme);
        self.plan.get_or_insert_with(|| open.checked.plan.clone());
        Ok(())
    }

    fn add_disclosed(&mut self, disclosed: DisclosedReturn) -> Result<(), ReturnError> {
        let name = self.admit(disclosed.programme(), &disclosed.plan)?;
        self.plan.get_or_insert_with(|| disclosed.plan.clone());
        self.disclosed.insert(name, disclosed);
        Ok(())
    }

    /// The name of a programme that there is room for.
    fn admit(&self, programme: &Programme, plan: &CheckedPlan) -> Result<String, ReturnError> {
        // A blank at the end makes no other programme.
        let name = programme.name.trim().to_owned();
        if self.open.contains_key(&name) || self.disclosed.contains_key(&name) {
            return Err(ReturnError::SameProgramme { name });
        }
        if let Some(own) = &self.plan {
            let same = Provenance::of(own).must_have_the_rules_of(&Provenance::of(plan));
            same.map_err(EvaluationError::from)?;
        }
        Ok(name)
    }

    /// The picture so far.
    ///
    /// # Errors
    ///
    /// [`ReturnError::NoReturns`].
    pub fn picture(&self, options: &SynthesisOptions) -> Result<NationalPicture, ReturnError> {
        let plan = self.plan.as_ref().ok_or(ReturnError::NoReturns)?.plan();
        let level = plan.interval_level;
        let together = self.together.as_ref();
        let places = 0..plan.measures.len();
        Ok(NationalPicture {
            evaluation: together.map(PartialEvaluation::evaluation).transpose()?,
            programmes: self.open.values().map(|open| open.findings(level)).collect(),
            disclosed: self.disclosed.values().map(DisclosedProgramme::of).collect(),
            between: places
                .clone()
                .map(|at| self.between(at, options))
                .collect::<Result<_, _>>()?,
            bounds: places.filter_map(|at| self.bounds(at)).collect(),
        })
    }

    fn between(
        &self,
        place: usize,
        options: &SynthesisOptions,
    ) -> Result<BetweenProgrammes, ReturnError> {
        let programmes = self.open.values();
        let programmes: Vec<(&Programme, &RuleCounts)> = programmes
            .filter_map(|open| Some((&open.programme, open.measures.get(place)?)))
            .collect();
        BetweenProgrammes::of(&programmes, options)
    }

    fn bounds(&self, place: usize) -> Option<MeasureBounds> {
        let together = self.together.as_ref().and_then(|all| all.counts.measures.get(place));
        let open = together.map(|measure| MeasureBounds::exactly(&measure.main));
        let disclosed = self.disclosed.values().filter_map(|disclosed| {
            let evaluation = disclosed.evaluation();
            let measure = evaluation.measures.get(place)?;
            Some(MeasureBounds::published(measure, &evaluation.profile))
        });
        open.into_iter().chain(disclosed).reduce(MeasureBounds::plus)
    }
}

impl OpenProgramme {
    fn findings(&self, level: ConfidenceLevel) -> ProgrammeFindings {
        let measures = self.measures.iter();
        ProgrammeFindings {
            programme: self.programme.clone(),
            library: self.library.clone(),
            people: self.people,
            measures: measures.map(|counts| ProgrammeMeasure::of(counts, level)).collect(),
        }
    }
}

impl ProgrammeMeasure {
    pub(super) fn of(counts: &RuleCounts, level: ConfidenceLevel) -> Self {
        Self {
            rates: CompletionRates::of(&counts.flow, level),
            any_change: AnyChangeCounts::of(&counts.pairs, level),
            mean_change: PairedT::of(&counts.pairs, Alternative::TwoSided, level).into(),
        }
    }
}

impl DisclosedProgramme {
    fn of(disclosed: &DisclosedReturn) -> Self {
        let evaluation = disclosed.evaluation();
        let measure = |measure: &DisclosedMeasure| DisclosedProgrammeMeasure {
            completion: measure.completion,
            any_change: measure.change.any_change,
            means: measure.change.means,
        };
        Self {
            programme: disclosed.programme().clone(),
            profile: evaluation.profile,
            measures: evaluation.measures.iter().map(measure).collect(),
        }
    }
}
