//! Evaluation of files without holding the people they describe.

use super::due_list::in_order;
use super::{
    CheckedPlan, DueRow, DueWindow, Evaluation, EvaluationError, Evaluator, PartialEvaluation,
    PersonRow,
};
use crate::import::{Import, ImportError, ImportReport};

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

    /// Each person's own rows, in the order of their ids: [`person_rows`](Self::person_rows) of
    /// everybody in an import, read on several threads.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if a file cannot be read or a mapped heading is not in it.
    pub fn person_table_of_import(
        &self,
        import: Import<'_>,
        threads: usize,
    ) -> Result<(Vec<PersonRow>, ImportReport), ImportError> {
        let (parts, report) = import.fold(threads, Vec::new, |rows: &mut Vec<_>, person| {
            rows.extend(self.person_rows(person));
        })?;
        let mut rows: Vec<PersonRow> = parts.into_iter().flatten().collect();
        // One person's rows come from one thread, and a stable sort leaves them in their order.
        rows.sort_by(|a, b| a.person.cmp(&b.person));
        Ok((rows, report))
    }

    /// The follow-ups that are wanted: [`due_list`](Self::due_list) of everybody in an import, read on
    /// several threads.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if a file cannot be read or a mapped heading is not in it.
    pub fn due_list_of_import(
        &self,
        import: Import<'_>,
        window: DueWindow,
        threads: usize,
    ) -> Result<(Vec<DueRow>, ImportReport), ImportError> {
        let (parts, report) = import.fold(threads, Vec::new, |rows: &mut Vec<_>, person| {
            rows.extend(self.due_rows(person, window));
        })?;
        Ok((in_order(parts.into_iter().flatten().collect()), report))
    }
}
