//! An import at work: every record to the partition of its person, then a partition at a time.

use core::sync::atomic::AtomicUsize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::gather::gather;
use super::inputs::{Data, lay_out};
use super::person::Assembler;
use super::plan::TablePlan;
use super::problem::Log;
use super::report::Numbering;
use super::scatter::{Scatter, Scattered, Sources};
use super::workers::{by_partition, on_workers, take_next};
use super::{DryRun, Import, ImportError, ImportReport, TableName, Watch};
use crate::caseload::Person;

impl Import<'_> {
    /// All people, in the order of their ids, and what became of the rows.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if a file cannot be read or a mapped heading is not in it.
    pub fn read(self) -> Result<(Vec<Person>, ImportReport), ImportError> {
        let collect = |people: &mut Vec<Person>, person: &Person| people.push(person.clone());
        let (parts, report) = self.fold(1, Vec::new, collect)?;
        let mut people: Vec<Person> = parts.into_iter().flatten().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((people, report))
    }

    /// What became of every row, with all problems told in full, and nothing else.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if a file cannot be read or a mapped heading is not in it.
    pub fn dry_run(self) -> Result<DryRun, ImportError> {
        let (counts, report) =
            self.problems_kept(usize::MAX).fold(1, || 0, |count, _| *count += 1)?;
        Ok(DryRun { people: counts.into_iter().sum(), report })
    }

    /// Shows each person once to one of several workers, in no particular order.
    ///
    /// This is the form for large files: a person is in memory only while `fold` looks at them. Each
    /// of the `threads` workers has a state of its own from `make_state`; all states come back. In
    /// the browser there is one worker.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if a file cannot be read or a mapped heading is not in it.
    pub fn fold<S: Send>(
        self,
        threads: usize,
        make_state: impl Fn() -> S + Sync,
        fold: impl Fn(&mut S, &Person) + Sync,
    ) -> Result<(Vec<S>, ImportReport), ImportError> {
        let nobody = Watch::default();
        let watch = self.watch.unwrap_or(&nobody);
        let Self {
            mapping, tools, inputs, postcodes, elsewhere, block_bytes, problems_kept, ..
        } = self;
        let postcode_in = mapping.postcode_in();
        if let (Some(table), None) = (postcode_in, postcodes) {
            return Err(ImportError::PostcodesWithoutLookup { table });
        }
        let withhold = |error: ImportError| match postcode_in {
            Some(_) => error.without_cells(),
            None => error,
        };
        for input in inputs.values().flat_map(BTreeMap::values) {
            if let Data::Columns(columns) = &input.data {
                watch.expect(columns.about_bytes() as u64);
            }
        }
        let laid_out = lay_out(&mapping, &tools, inputs, block_bytes);
        let (plans, readers, headings) = laid_out.map_err(withhold)?;
        let (plans, mapping) = (&*plans, &mapping);
        let scatter = Scatter { plans, mapping, keep: problems_kept, elsewhere: &elsewhere };
        let sources = Sources::new(readers, watch);
        let mut done = to_partitions(&scatter, sources, threads, watch).map_err(withhold)?;
        let mut kept = kept_tables(plans, &done);
        kept.extend(&elsewhere.tables);
        let people = by_partition(done.iter_mut().map(|worker| &mut worker.people));
        let next = AtomicUsize::new(0);
        let gathered = on_workers(threads, || {
            let mut state = make_state();
            let mut assembler =
                Assembler::new(plans, mapping, &tools, kept.clone(), postcodes, problems_kept);
            while let Some(streams) = take_next(&next, &people, watch) {
                gather(&streams, plans, &mut assembler, |person| fold(&mut state, person));
                watch.has_gathered();
            }
            (state, assembler.log)
        });
        if watch.is_stopped() {
            return Err(ImportError::Stopped);
        }
        let (states, logs): (Vec<S>, Vec<Log>) = gathered.into_iter().unzip();
        let mut log = Log::new(plans.len(), problems_kept);
        let mut blocks = Vec::new();
        for worker in done {
            log.merge(worker.log);
            blocks.extend(worker.blocks);
        }
        logs.into_iter().for_each(|of_worker| log.merge(of_worker));
        let numbering = Numbering::new(&headings, blocks, postcode_in.is_some());
        Ok((states, ImportReport::new(plans, log, &numbering)))
    }
}

/// Every record to the partition of its person, those that name an episode only behind the others:
/// whose the episodes are is known when all are read.
fn to_partitions(
    scatter: &Scatter<'_>,
    sources: Sources<'_>,
    threads: usize,
    watch: &Watch,
) -> Result<Vec<Scattered>, ImportError> {
    let sources = Mutex::new(sources);
    let mut done = on_workers(threads, || scatter.run(&sources));
    sources.into_inner().unwrap_or_else(PoisonError::into_inner).into_result()?;
    if scatter.joins() {
        let episodes = by_partition(done.iter_mut().map(|worker| &mut worker.episodes));
        let next = AtomicUsize::new(0);
        done.extend(on_workers(threads, || {
            let mut joined = scatter.scattered();
            while let Some(streams) = take_next(&next, &episodes, watch) {
                scatter.join(&streams, &mut joined);
            }
            joined
        }));
    }
    Ok(done)
}

/// The tables of which at least one record may be someone's.
fn kept_tables(plans: &[TablePlan], done: &[Scattered]) -> BTreeSet<TableName> {
    let records = |table: usize| -> u64 {
        let tallies = done.iter().filter_map(|worker| worker.log.tallies.get(table));
        let (read, rejected) = tallies.fold((0, 0), |(read, rejected), tally| {
            (read + tally.read, rejected + tally.rejected.iter().sum::<u64>())
        });
        read.saturating_sub(rejected)
    };
    let named = plans.iter().enumerate();
    named.filter(|(table, _)| records(*table) > 0).map(|(_, plan)| plan.name).collect()
}
