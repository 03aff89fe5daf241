//! Evaluation of files without holding the people they describe.

use super::{CheckedPlan, Evaluation, EvaluationError, Evaluator, PartialEvaluation};
use crate::import::{Import, ImportReport};

impl CheckedPlan {
    /// Evaluates an import on several threads; a person is in memory only while counted.
    ///
    /// The result does not depend on the number of threads.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Import`] if a file cannot be read or a mapped heading is not in it; bad
    /// rows are counted and told in the report.
    pub fn evaluate_import(
        &self,
        import: Import<'_>,
        threads: usize,
    ) -> Result<(Evaluation, ImportReport), EvaluationError> {
        let (counted, report) = self.count_import(import, threads)?;
        Ok((counted.evaluation()?, report))
    }

    /// Counts an import of part of a caseload, to which other parts are added before anything follows.
    ///
    /// # Errors
    ///
    /// As [`evaluate_import`](Self::evaluate_import).
    pub fn count_import(
        &self,
        import: Import<'_>,
        threads: usize,
    ) -> Result<(PartialEvaluation, ImportReport), EvaluationError> {
        let start = || Ok(Evaluator::new(self));
        let (evaluators, report) = import.fold(threads, start, |state, person| {
            if let Ok(evaluator) = state
                && let Err(error) = evaluator.add(person)
            {
                *state = Err(error);
            }
        })?;
        let mut whole = Evaluator::new(self);
        for evaluator in evaluators {
            whole.absorb(evaluator?)?;
        }
        Ok((whole.partial(&report.account)?, report))
    }
}
