//! What became of the rows, in numbers and in words.

use core::fmt;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fields::Field;
use super::plan::TablePlan;
use super::postcodes::{WITHHELD, mentions_postcode};
use super::problem::{Finding, Log, Place, Problem, ProblemCode, Tale, Tally, message};
use super::scatter::BlockCount;
use crate::caseload::{CountOverflow, RowAccount, TableAccount, add_count};

/// What became of the rows of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ImportReport {
    /// Every row of every table: read = used + rejected. In the wide layout `forms` counts the
    /// forms of the rows used.
    pub account: RowAccount,
    /// The first problems, in the order of tables and rows.
    pub problems: Vec<Problem>,
    /// How many more were counted.
    pub problems_untold: u64,
}

/// What an import would do.
///
/// Printed, it is a table of counts and a list of the problems, those that reject rows first; what is
/// wrong with several rows alike is told of the first, with how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DryRun {
    /// How many people there would be.
    pub people: u64,
    /// What would become of the rows; rows that no rejecting problem names would be used.
    #[serde(flatten)]
    pub report: ImportReport,
}

impl DryRun {
    /// Adds what became of the rows of another import; the first problems of both stay told.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if a sum is beyond an integer.
    pub fn merge(&mut self, other: Self, problems_kept: usize) -> Result<(), CountOverflow> {
        add_count(&mut self.people, other.people)?;
        let (own, other) = (&mut self.report, other.report);
        own.account.merge(&other.account)?;
        own.problems.extend(other.problems);
        own.problems.sort_by_key(|problem| (problem.table, problem.row));
        let untold = own.problems.len().saturating_sub(problems_kept);
        own.problems.truncate(problems_kept);
        add_count(&mut own.problems_untold, other.problems_untold)?;
        add_count(&mut own.problems_untold, u64::try_from(untold).unwrap_or(u64::MAX))
    }
}

impl ImportReport {
    pub(super) fn new(plans: &[TablePlan], log: Log, numbering: &Numbering) -> Self {
        let mut account = RowAccount::default();
        for (plan, tally) in plans.iter().zip(&log.tallies) {
            // A table may have several files.
            let of_table = account.tables.entry(plan.name.name().to_owned()).or_default();
            // No files have as many rows as a count can hold.
            let _ = of_table.merge(&table_account(tally));
        }
        if let (true, Some(forms)) = (plans.iter().any(|plan| plan.wide), log.tallies.last()) {
            account.tables.insert("forms".to_owned(), table_account(forms));
        }
        let total = log.total();
        let problems: Vec<Problem> = log
            .findings
            .into_iter()
            .filter_map(|((place, _), finding)| {
                let plan = plans.get(usize::from(place.table))?;
                Some(numbering.problem(plan, place, finding))
            })
            .collect();
        let told = u64::try_from(problems.len()).unwrap_or(u64::MAX);
        Self { account, problems, problems_untold: total.saturating_sub(told) }
    }
}

fn table_account(tally: &Tally) -> TableAccount {
    let counted = |counts: &[u64]| {
        let codes = ProblemCode::ALL.iter().zip(counts).filter(|(_, count)| **count > 0);
        codes.map(|(code, count)| (code.code().to_owned(), *count)).collect()
    };
    TableAccount {
        read: tally.read,
        used: tally.used,
        rejected: counted(&tally.rejected),
        warned: counted(&tally.warned),
    }
}

/// Turns blocks and records in blocks into rows and lines of files.
#[derive(Debug)]
pub(super) struct Numbering {
    blocks: Vec<NumberedBlock>,
    /// Whether postcodes are mapped, of which no message may hold one.
    postcodes: bool,
}

#[derive(Debug)]
struct NumberedBlock {
    count: BlockCount,
    first_row: u64,
    first_line: u64,
}

impl Numbering {
    /// Of each file the row of its headings and how many lines they end behind.
    pub(super) fn new(
        headings: &[(u32, u32)],
        mut counts: Vec<BlockCount>,
        postcodes: bool,
    ) -> Self {
        counts.sort_unstable_by_key(|count| (count.table, count.block));
        let mut blocks: Vec<NumberedBlock> = Vec::with_capacity(counts.len());
        for count in counts {
            let (first_row, first_line) = match blocks.last() {
                Some(last) if last.count.table == count.table => (
                    last.first_row + u64::from(last.count.records),
                    last.first_line + u64::from(last.count.lines),
                ),
                _ => {
                    let (row, lines) =
                        headings.get(usize::from(count.table)).copied().unwrap_or((1, 1));
                    (1 + u64::from(row), 1 + u64::from(lines))
                }
            };
            blocks.push(NumberedBlock { count, first_row, first_line });
        }
        Self { blocks, postcodes }
    }

    /// The row and the line of a record.
    fn number(&self, place: Place) -> (u64, u64) {
        let key = (place.table, place.block);
        let found =
            self.blocks.binary_search_by_key(&key, |block| (block.count.table, block.count.block));
        let Some(block) = found.ok().and_then(|at| self.blocks.get(at)) else { return (0, 0) };
        let jumps = &block.count.ahead;
        let at = jumps.partition_point(|(record, _)| *record <= place.record);
        let ahead = at.checked_sub(1).and_then(|at| jumps.get(at)).map_or(0, |(_, ahead)| *ahead);
        let record = u64::from(place.record);
        (block.first_row + record, block.first_line + record + u64::from(ahead))
    }

    fn problem(&self, plan: &TablePlan, place: Place, finding: Finding) -> Problem {
        let (record, line) = self.number(place);
        // A row of a sheet is a line, whether it holds anything or not.
        let row = if plan.origin.sheet.is_some() { line } else { record };
        let finding = if self.postcodes { without_postcode(plan, finding) } else { finding };
        let heading = finding.tale.cell.map(|cell| plan.heading(cell).trim().to_owned());
        let message = message(&finding, heading.as_deref().unwrap_or_default());
        let section = finding.section();
        let Finding { code, rejected, tale } = finding;
        Problem {
            table: plan.name,
            file: plan.origin.file.clone(),
            sheet: plan.origin.sheet.clone(),
            row,
            line,
            column: heading,
            value: (tale.cell.is_some() || !tale.value.is_empty()).then_some(tale.value),
            limit: tale.limit,
            code,
            section,
            rejected,
            message,
        }
    }
}

/// What was found, without the cell of the postcode and without any text that reads as one: cells
/// slip into other columns where a separator is missing.
fn without_postcode(plan: &TablePlan, mut finding: Finding) -> Finding {
    let column = plan.fields.get(&Field::Postcode);
    let Tale { cell, value, detail, .. } = &mut finding.tale;
    if (column.is_some() && column == cell.as_ref()) || mentions_postcode(value) {
        WITHHELD.clone_into(value);
    }
    if mentions_postcode(detail) {
        WITHHELD.clone_into(detail);
    }
    finding
}

impl fmt::Display for DryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<14}{:>10}{:>10}{:>10}", "table", "read", "used", "rejected")?;
        for (name, table) in &self.report.account.tables {
            let rejected: u64 = table.rejected.values().sum();
            writeln!(f, "{name:<14}{:>10}{:>10}{rejected:>10}", table.read, table.used)?;
            // In the wide layout rows may well hold no form.
            if table.read == 0 && name != "forms" {
                writeln!(f, "  headings and no rows")?;
            }
            for (code, count) in &table.rejected {
                writeln!(f, "  {count} rejected: {code}")?;
            }
            for (code, count) in &table.warned {
                writeln!(f, "  {count} with a warning: {code}")?;
            }
        }
        writeln!(f, "{} {}", self.people, if self.people == 1 { "person" } else { "people" })?;
        let mut first: Vec<(&Problem, u64)> = Vec::new();
        let mut known = BTreeMap::new();
        for problem in &self.report.problems {
            let Problem { table, file, sheet, code, rejected, message, .. } = problem;
            let alike = (!rejected, *table, file, sheet, code, message);
            let place = *known.entry(alike).or_insert_with(|| {
                first.push((problem, 0));
                first.len() - 1
            });
            if let Some((_, times)) = first.get_mut(place) {
                *times += 1;
            }
        }
        first.sort_by_key(|(problem, _)| !problem.rejected);
        for (problem, times) in first {
            let verb = if problem.rejected { "rejected" } else { "warning" };
            match times {
                1 => writeln!(f, "{verb}: {problem}")?,
                2 => writeln!(f, "{verb}: {problem} (and 1 more row)")?,
                more => writeln!(f, "{verb}: {problem} (and {} more rows)", more - 1)?,
            }
        }
        Ok(())
    }
}
