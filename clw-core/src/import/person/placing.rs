//! Each record of a person finds the episode it belongs to.

use super::{Assembler, Entry, ONLY_EPISODE, Waiting, Wanted};
use crate::caseload::{Assessment, Recorded, When};
use crate::import::episodes::{episode_id, running_on};
use crate::import::forms::{ParsedForm, Refusal, refill};
use crate::import::merge::{Differences, Merge};
use crate::import::packed_form::PackedForm;
use crate::import::parts::{Part, settle_parts};
use crate::import::problem::{Log, Place, ProblemCode, Tale};
use crate::import::row::Row;
use crate::import::what::{What, read_what};

impl<'a> Assembler<'a> {
    /// A row of any other table; whether it can be counted as used already.
    pub(super) fn read(&mut self, entry: usize, row: &Row<'_>) -> Result<bool, Refusal> {
        if let (Some(packed), false) = (row.form, self.rows_add_episodes)
            && self.place_packed(packed, row).is_some()
        {
            return Ok(true);
        }
        let id = episode_id(row);
        let known = id.as_ref().and_then(|id| self.find(id));
        if let (Some(id), None, true) = (&id, known, self.episodes_listed) {
            let detail =
                format!("{:?} has no episode {id:?} in the episodes table", self.person.id);
            let tale = Tale { cell: row.plan.episode, value: id.clone(), ..Tale::detail(detail) };
            return Err((ProblemCode::UnknownEpisode, tale));
        }
        let (what, date) = read_what(row, &mut self.forms, &mut self.log)?;
        let episode = match (known, id) {
            (Some(place), _) => Wanted::Known(place),
            (None, Some(id)) => Wanted::Known(self.find_or_add(&id)),
            (None, None) => Wanted::At(date),
        };
        if self.rows_add_episodes {
            self.waiting.push(Waiting { entry, episode, what });
            return Ok(false);
        }
        self.settle(row, episode, what)
    }

    /// Fills a packed form, on whose row nothing else hangs, into its episode; none where that is not
    /// clear.
    fn place_packed(&mut self, packed: PackedForm<'_>, row: &Row<'_>) -> Option<()> {
        let tool = self.forms.tools().get(row.plan.packed_forms.as_ref()?.tool)?;
        let (date, answers) = packed.unpack()?;
        let episode = self.resolve(Wanted::At(Some(date))).ok()?;
        let form = self.next_form(episode)?;
        refill(form, tool, When::Date(date));
        form.answers.extend(answers);
        Some(())
    }

    /// The next form of an episode, to be overwritten.
    fn next_form(&mut self, episode: usize) -> Option<&mut Assessment> {
        let placed = self.placed.get_mut(episode)?;
        let forms = &mut self.person.episodes.get_mut(episode)?.assessments;
        let place = *placed;
        if place == forms.len() {
            forms.push(self.forms.spare());
        }
        *placed += 1;
        forms.get_mut(place)
    }

    /// Gives what waited to its episodes; whether any of it was used.
    pub(super) fn settle_waiting<'p>(
        &mut self,
        entries: &[Entry<'p>],
        cells: &mut Vec<&'p [u8]>,
    ) -> bool
    where
        'a: 'p,
    {
        let mut anything_used = false;
        let mut waiting = core::mem::take(&mut self.waiting);
        for Waiting { entry, episode, what } in waiting.drain(..) {
            let Some(entry) = entries.get(entry) else { continue };
            let (place, form) = (entry.place, entry.form());
            let Some(plan) = self.plans.get(usize::from(place.table)) else { continue };
            let used = entry.unpack(plan, cells).and_then(|()| {
                let row = Row { plan, mapping: self.mapping, place, cells, form };
                self.settle(&row, episode, what)
            });
            anything_used |= self.count(place, used);
        }
        self.waiting = waiting;
        anything_used
    }

    /// Gives a record to its episode; whether its row is used, which is not known yet of a part.
    fn settle(&mut self, row: &Row<'_>, episode: Wanted, what: What) -> Result<bool, Refusal> {
        let episode = match self.resolve(episode) {
            Ok(episode) => episode,
            Err(detail) => {
                let code = match self.count {
                    0 => ProblemCode::UnknownEpisode,
                    _ => ProblemCode::EpisodeUnclear,
                };
                let forms = if let What::Forms(forms) = what { forms } else { Vec::new() };
                for form in forms {
                    self.forms.keep_box(form.assessment);
                    self.log.reject_form(row.place, code, || Tale::detail(&*detail));
                }
                return Err((code, Tale::detail(detail)));
            }
        };
        self.merge_person(row);
        self.merge_episode(row, episode);
        match what {
            What::Form(form) => return Ok(self.place_form(form, episode, row.place, false)),
            What::Forms(forms) => {
                for form in forms {
                    if self.place_form(form, episode, row.place, true)
                        && let Some(tally) = self.log.forms()
                    {
                        tally.used += 1;
                    }
                }
            }
            other => self.place_record(other, episode),
        }
        Ok(true)
    }

    /// Adds a form to its episode; not yet, if it is only a part of one.
    fn place_form(&mut self, form: ParsedForm, episode: usize, place: Place, wide: bool) -> bool {
        let ParsedForm { mut assessment, part } = form;
        if let Some(part) = part {
            let assessment = self.forms.unbox(assessment);
            self.parts.push(Part { episode, place, wide, part, assessment });
            return false;
        }
        if let Some(form) = self.next_form(episode) {
            core::mem::swap(form, &mut *assessment);
        }
        self.forms.keep_box(assessment);
        true
    }

    fn place_record(&mut self, what: What, episode: usize) {
        let Some(episode) = self.person.episodes.get_mut(episode) else { return };
        match what {
            What::Nothing | What::Form(_) | What::Forms(_) => {}
            What::Contact(contact) => add(&mut episode.contacts, contact),
            What::Need(need) => add(&mut episode.needs, need),
            What::OnwardLink(link) => add(&mut episode.onward_links, link),
            What::Outcome(outcome) => add(&mut episode.outcomes, outcome),
            What::Hold(hold) => episode.holds.push(hold),
        }
    }

    /// Makes whole forms of their parts; whether any was used.
    pub(super) fn join_parts<'p>(
        &mut self,
        entries: &[Entry<'p>],
        cells: &mut Vec<&'p [u8]>,
    ) -> bool
    where
        'a: 'p,
    {
        if self.parts.is_empty() {
            return false;
        }
        let parts = core::mem::take(&mut self.parts);
        let (plans, mapping) = (self.plans, self.mapping);
        let mut merge = |part: &Part, form: &mut _, differ: &mut Differences, log: &mut Log| {
            let found = entries.binary_search_by_key(&part.place, |entry| entry.place);
            let entry = found.ok().and_then(|at| entries.get(at));
            let plan = plans.get(usize::from(part.place.table));
            if let (Some(entry), Some(plan)) = (entry, plan)
                && let Some(fields) = plan.forms.first().map(|form| &form.fields)
                && entry.unpack(plan, cells).is_ok()
            {
                let row = &Row { plan, mapping, place: part.place, cells, form: None };
                Merge { row, fields, log, about: "form", differ }.form(form, &part.assessment);
            }
        };
        let whole = settle_parts(parts, self.forms.tools(), &mut self.log, &mut merge);
        let anything_used = !whole.is_empty();
        for (episode, form) in whole {
            if let Some(slot) = self.next_form(episode) {
                *slot = form;
            }
        }
        anything_used
    }

    /// The episode of a record that names none, or why it is not clear which.
    fn resolve(&mut self, wanted: Wanted) -> Result<usize, String> {
        let date = match wanted {
            Wanted::Known(place) => return Ok(place),
            Wanted::At(date) => date,
        };
        let episodes = self.episodes();
        match episodes.len() {
            0 if self.episodes_listed => {
                let person = &self.person.id;
                Err(format!("{person:?} has no episode in the episodes table"))
            }
            0 => Ok(self.find_or_add(ONLY_EPISODE)),
            1 => Ok(0),
            count => running_on(episodes, date).ok_or_else(|| match date {
                Some(date) => format!(
                    "its date, {date}, does not tell which of the person's {count} episodes it is"
                ),
                None => format!("it has no date to tell the person's {count} episodes apart"),
            }),
        }
    }
}

/// Adds a record to a list.
fn add<T>(list: &mut Recorded<Vec<T>>, record: T) {
    match list {
        Recorded::Value(records) => records.push(record),
        none => *none = Recorded::Value(vec![record]),
    }
}
