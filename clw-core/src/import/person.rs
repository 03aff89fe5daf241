//! The records of one person become a [`Person`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::TableName;
use super::fields::{Field, Group};
use super::forms::{FormReader, ParsedForm};
use super::mapping::Mapping;
use super::merge::{Differences, Merge};
use super::parts::{Part, settle_parts};
use super::plan::TablePlan;
use super::problem::{Log, Place, ProblemCode, Tale};
use super::record::unpack;
use super::row::Row;
use super::tools::Tools;
use crate::caseload::{
    Attendance, Contact, ContactMode, ContactType, Episode, Hold, Need, OnwardLink, OnwardStatus,
    Person, Recorded, TangibleOutcome,
};

/// A record that waits for its person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'p> {
    pub(super) hash: u64,
    pub(super) place: Place,
    pub(super) id: &'p [u8],
    pub(super) packed: &'p [u8],
}

/// The id of the episode of people whose records tell no episodes apart.
const ONLY_EPISODE: &str = "1";

/// From how many episodes on they are found by a map instead of one by one.
const MANY_EPISODES: usize = 16;

/// Puts people together, one after the other in the same buffers.
pub(super) struct Assembler<'a> {
    plans: &'a [TablePlan],
    mapping: &'a Mapping,
    forms: FormReader<'a>,
    pub(super) log: Log,
    people_listed: bool,
    episodes_listed: bool,
    contacts_listed: bool,
    person: Person,
    person_differs: Differences,
    episodes_differ: Vec<Differences>,
    spare: Vec<Episode>,
    by_id: BTreeMap<String, usize>,
    waiting: Vec<Waiting>,
    parsed: Vec<ParsedForm>,
    parts: Vec<Part>,
}

/// A record that waits until all episodes of the person are known.
#[derive(Debug)]
struct Waiting {
    entry: usize,
    episode: Wanted,
    what: What,
}

/// Which episode a record belongs to.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Known(usize),
    /// The only one, or the one running on the date.
    At(Option<Date>),
}

#[derive(Debug)]
enum What {
    /// The number of forms at the front of those parsed.
    Forms(usize),
    Contact(Contact),
    Need(Need),
    OnwardLink(OnwardLink),
    Outcome(TangibleOutcome),
    Hold(Hold),
}

type Refusal = (ProblemCode, Tale);

impl<'a> Assembler<'a> {
    pub(super) fn new(
        plans: &'a [TablePlan],
        mapping: &'a Mapping,
        tools: &'a Tools,
        keep: usize,
    ) -> Self {
        let has = |name| plans.iter().any(|plan| plan.name == name);
        let tells_episodes = |plan: &TablePlan| {
            plan.name == TableName::People
                && (plan.describes(Group::Episode) || plan.fields.contains_key(&Field::EpisodeId))
        };
        Self {
            plans,
            mapping,
            forms: FormReader::new(tools),
            log: Log::new(plans.len(), keep),
            people_listed: has(TableName::People),
            episodes_listed: has(TableName::Episodes) || plans.iter().any(tells_episodes),
            contacts_listed: has(TableName::Contacts),
            person: Person::default(),
            person_differs: 0,
            episodes_differ: Vec::new(),
            spare: Vec::new(),
            by_id: BTreeMap::new(),
            waiting: Vec::new(),
            parsed: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// The person whose records these are, in the order of their places; none if all are rejected.
    pub(super) fn assemble<'p>(
        &mut self,
        entries: &[Entry<'p>],
        cells: &mut Vec<&'p [u8]>,
    ) -> Option<&Person>
    where
        'a: 'p,
    {
        self.reset();
        let first = entries.first()?;
        // An id that is not UTF-8 is refused with the first row it stands in.
        self.person.id.push_str(core::str::from_utf8(first.id).unwrap_or_default());
        let mut exists = !self.people_listed;
        let mut seen = BTreeSet::new();
        let mut used = 0;
        for (at, entry) in entries.iter().enumerate() {
            let Some(plan) = self.plans.get(usize::from(entry.place.table)) else { continue };
            let (mapping, place) = (self.mapping, entry.place);
            let refusal = unpack_row(plan, entry.packed, cells).and_then(|()| {
                let row = Row { plan, mapping, place, cells };
                match plan.name {
                    TableName::People | TableName::Episodes => {
                        if plan.name == TableName::Episodes && !exists {
                            return Err(unknown_person(&row));
                        }
                        if is_repeated(entries, at, &row, &mut seen) {
                            return Err((ProblemCode::DuplicateRow, Tale::default()));
                        }
                        self.describe(&row);
                        exists = true;
                        Ok(1)
                    }
                    _ if !exists => Err(unknown_person(&row)),
                    _ => self.read(at, &row).map(|()| 0),
                }
            });
            match refusal {
                Ok(count) => {
                    used += count;
                    (0..count).for_each(|_| self.log.used(place));
                }
                Err((code, tale)) => self.log.reject(place, code, || tale),
            }
        }
        used += self.attach(entries, cells);
        self.finish();
        (used > 0).then_some(&self.person)
    }

    /// Empties the buffers and keeps their room.
    fn reset(&mut self) {
        for mut episode in self.person.episodes.drain(..) {
            episode.assessments.drain(..).for_each(|form| self.forms.recycle(form));
            let Episode { mut id, assessments, holds, needs, onward_links, outcomes, .. } = episode;
            id.clear();
            let (mut holds, mut needs) = (holds, needs);
            let (mut onward_links, mut outcomes) = (onward_links, outcomes);
            holds.clear();
            needs.clear();
            onward_links.clear();
            outcomes.clear();
            self.spare.push(Episode {
                id,
                assessments,
                holds,
                needs,
                onward_links,
                outcomes,
                ..Episode::default()
            });
        }
        let (mut id, episodes) =
            (core::mem::take(&mut self.person.id), core::mem::take(&mut self.person.episodes));
        id.clear();
        self.person = Person { id, episodes, ..Person::default() };
        self.person_differs = 0;
        self.episodes_differ.clear();
        self.by_id.clear();
    }

    /// A row of the people or episodes table.
    fn describe(&mut self, row: &Row<'_>) {
        self.merge_person(row);
        let plan = row.plan;
        let tells = plan.name == TableName::Episodes
            || plan.describes(Group::Episode)
            || plan.fields.contains_key(&Field::EpisodeId);
        if tells {
            let id = episode_id(row).unwrap_or_else(|| ONLY_EPISODE.to_owned());
            let episode = self.find_or_add(&id);
            self.merge_episode(row, episode);
        }
    }

    fn merge_person(&mut self, row: &Row<'_>) {
        if row.plan.describes(Group::Person) {
            let differ = &mut self.person_differs;
            let (fields, log) = (&row.plan.fields, &mut self.log);
            Merge { row, fields, log, about: "person", differ }.person(&mut self.person);
        }
    }

    fn merge_episode(&mut self, row: &Row<'_>, episode: usize) {
        if row.plan.describes(Group::Episode)
            && let Some(differ) = self.episodes_differ.get_mut(episode)
            && let Some(episode) = self.person.episodes.get_mut(episode)
        {
            let (fields, log) = (&row.plan.fields, &mut self.log);
            Merge { row, fields, log, about: "episode", differ }.episode(episode);
        }
    }

    fn find(&self, id: &str) -> Option<usize> {
        if self.by_id.is_empty() {
            self.person.episodes.iter().position(|episode| episode.id == id)
        } else {
            self.by_id.get(id).copied()
        }
    }

    fn find_or_add(&mut self, id: &str) -> usize {
        if let Some(place) = self.find(id) {
            return place;
        }
        let place = self.person.episodes.len();
        let mut episode = self.spare.pop().unwrap_or_default();
        episode.id.push_str(id);
        self.person.episodes.push(episode);
        self.episodes_differ.push(0);
        if place + 1 == MANY_EPISODES {
            let ids = self.person.episodes.iter().map(|episode| episode.id.clone());
            self.by_id = ids.zip(0..).collect();
        } else if place >= MANY_EPISODES {
            self.by_id.insert(id.to_owned(), place);
        }
        place
    }

    /// A row of any other table: read now, given to its episode when all are known.
    fn read(&mut self, entry: usize, row: &Row<'_>) -> Result<(), Refusal> {
        let id = episode_id(row);
        let known = match &id {
            Some(id) => match self.find(id) {
                None if self.episodes_listed => {
                    let person = &self.person.id;
                    let detail = format!("{person:?} has no episode {id:?} in the episodes table");
                    let at = row.plan.fields.get(&Field::EpisodeId).copied();
                    let value = id.clone();
                    return Err((ProblemCode::UnknownEpisode, Tale { cell: at, value, detail }));
                }
                known => known,
            },
            None => None,
        };
        let (what, date) = self.read_what(row)?;
        let episode = match (known, id) {
            (Some(place), _) => Wanted::Known(place),
            (None, Some(id)) => Wanted::Known(self.find_or_add(&id)),
            (None, None) => Wanted::At(date),
        };
        self.waiting.push(Waiting { entry, episode, what });
        Ok(())
    }

    fn read_what(&mut self, row: &Row<'_>) -> Result<(What, Option<Date>), Refusal> {
        let fields = &row.plan.fields;
        let log = &mut self.log;
        Ok(match row.plan.name {
            TableName::Assessments if row.plan.wide => self.read_wide(row),
            TableName::Assessments => match self.read_long(row)? {
                Some(form) => {
                    let date = form.assessment.when.date();
                    self.parsed.push(form);
                    (What::Forms(1), date)
                }
                None => {
                    log_no_form(&mut self.log, row);
                    (What::Forms(0), None)
                }
            },
            TableName::Needs => {
                let reason = row.reason(Field::NeedReason)?;
                let identified = row.date(log, fields, Field::Identified);
                let met = row.flag(log, fields, Field::Met);
                let date = identified.value().copied();
                (What::Need(Need { reason, identified, met }), date)
            }
            TableName::OnwardLinks => {
                let destination = row.text(log, fields, Field::Destination);
                let made = row.date(log, fields, Field::Made);
                let status = row.code(log, fields, Field::OnwardStatus, OnwardStatus::from_code);
                let date = made.value().copied();
                (What::OnwardLink(OnwardLink { destination, made, status }), date)
            }
            TableName::Outcomes => {
                let reason = row.reason(Field::OutcomeReason)?;
                let description = row.text(log, fields, Field::Description);
                let date = row.date(log, fields, Field::OutcomeDate);
                let value_pence = row.pence(log, fields);
                let on = date.value().copied();
                (What::Outcome(TangibleOutcome { reason, description, date, value_pence }), on)
            }
            TableName::Holds => {
                let at = fields.get(&Field::HoldFrom).copied().unwrap_or_default();
                let from = row.needed_date(at)?;
                let to = row.date(log, fields, Field::HoldTo).value().copied();
                (What::Hold(Hold { from, to }), Some(from))
            }
            TableName::Contacts | TableName::People | TableName::Episodes => {
                let contact = Contact {
                    date: row.date(log, fields, Field::ContactDate),
                    kind: row.code(log, fields, Field::ContactKind, ContactType::from_code),
                    mode: row.code(log, fields, Field::ContactMode, ContactMode::from_code),
                    attendance: row.code(log, fields, Field::Attendance, Attendance::from_code),
                    minutes: row.number(log, fields, Field::Minutes),
                };
                (What::Contact(contact), contact.date.value().copied())
            }
        })
    }

    fn read_long(&mut self, row: &Row<'_>) -> Result<Option<ParsedForm>, Refusal> {
        match row.plan.forms.first() {
            Some(form) => self.forms.read(row, form, &mut self.log),
            None => Ok(None),
        }
    }

    /// The forms of a wide row. One that cannot be used is left out by itself.
    fn read_wide(&mut self, row: &Row<'_>) -> (What, Option<Date>) {
        let first = self.parsed.len();
        let mut anything = false;
        for form in &row.plan.forms {
            let read = self.forms.read(row, form, &mut self.log);
            if matches!(read, Ok(None)) {
                continue;
            }
            anything = true;
            if let Some(tally) = self.log.forms() {
                tally.read += 1;
            }
            let earlier = self.parsed.get(first..).unwrap_or_default();
            let checked = read.and_then(|parsed| in_order(row, form.date, earlier, parsed));
            match checked {
                Ok(parsed) => self.parsed.extend(parsed),
                Err((code, tale)) => self.log.reject_form(row.place, code, || tale),
            }
        }
        if !anything {
            log_no_form(&mut self.log, row);
        }
        let forms = self.parsed.get(first..).unwrap_or_default();
        let date = forms.iter().find_map(|form| form.assessment.when.date());
        (What::Forms(forms.len()), date)
    }

    /// Gives what waits to its episodes; how many rows were used.
    fn attach<'p>(&mut self, entries: &[Entry<'p>], cells: &mut Vec<&'p [u8]>) -> usize
    where
        'a: 'p,
    {
        let mut used = 0;
        let mut waiting = core::mem::take(&mut self.waiting);
        let mut parsed = core::mem::take(&mut self.parsed);
        let mut forms = parsed.drain(..);
        for Waiting { entry, episode, what } in waiting.drain(..) {
            let Some(Entry { place, packed, .. }) = entries.get(entry).copied() else { continue };
            let Some(plan) = self.plans.get(usize::from(place.table)) else { continue };
            let episode = match self.resolve(episode) {
                Ok(episode) => episode,
                Err(detail) => {
                    let code = if self.person.episodes.is_empty() {
                        ProblemCode::UnknownEpisode
                    } else {
                        ProblemCode::EpisodeUnclear
                    };
                    if let What::Forms(count) = what {
                        for form in forms.by_ref().take(count) {
                            self.forms.recycle(form.assessment);
                            if plan.wide {
                                self.log.reject_form(place, code, || Tale::detail(&*detail));
                            }
                        }
                    }
                    self.log.reject(place, code, || Tale::detail(&*detail));
                    continue;
                }
            };
            if plan.describes_people() && unpack_row(plan, packed, cells).is_ok() {
                let row = Row { plan, mapping: self.mapping, place, cells };
                self.merge_person(&row);
                self.merge_episode(&row, episode);
            }
            let mut whole_row = true;
            match what {
                What::Forms(count) => {
                    for form in forms.by_ref().take(count) {
                        whole_row &= self.place_form(form, episode, place, plan.wide);
                    }
                    // The rows of a form in parts are counted when the form is put together.
                    whole_row |= plan.wide;
                }
                other => self.place_record(other, episode),
            }
            if whole_row {
                self.log.used(place);
                used += 1;
            }
        }
        drop(forms);
        (self.waiting, self.parsed) = (waiting, parsed);
        used + self.join_parts(entries, cells)
    }

    /// Adds a form to its episode; not yet, if it is only a part of one.
    fn place_form(&mut self, form: ParsedForm, episode: usize, place: Place, wide: bool) -> bool {
        if let Some(part) = form.part {
            self.parts.push(Part { episode, place, wide, part, assessment: form.assessment });
            return false;
        }
        if wide && let Some(tally) = self.log.forms() {
            tally.used += 1;
        }
        if let Some(episode) = self.person.episodes.get_mut(episode) {
            episode.assessments.push(form.assessment);
        }
        true
    }

    fn place_record(&mut self, what: What, episode: usize) {
        let Some(episode) = self.person.episodes.get_mut(episode) else { return };
        match what {
            What::Forms(_) => {}
            What::Contact(contact) => match &mut episode.contacts {
                Recorded::Value(contacts) => contacts.push(contact),
                none => *none = Recorded::Value(vec![contact]),
            },
            What::Need(need) => episode.needs.push(need),
            What::OnwardLink(link) => episode.onward_links.push(link),
            What::Outcome(outcome) => episode.outcomes.push(outcome),
            What::Hold(hold) => episode.holds.push(hold),
        }
    }

    fn join_parts<'p>(&mut self, entries: &[Entry<'p>], cells: &mut Vec<&'p [u8]>) -> usize
    where
        'a: 'p,
    {
        if self.parts.is_empty() {
            return 0;
        }
        let parts = core::mem::take(&mut self.parts);
        let (plans, mapping) = (self.plans, self.mapping);
        let mut merge = |part: &Part, form: &mut _, differ: &mut Differences, log: &mut Log| {
            let found = entries.binary_search_by_key(&part.place, |entry| entry.place);
            let entry = found.ok().and_then(|at| entries.get(at));
            let plan = plans.get(usize::from(part.place.table));
            if let (Some(entry), Some(plan)) = (entry, plan)
                && let Some(fields) = plan.forms.first().map(|form| &form.fields)
                && unpack_row(plan, entry.packed, cells).is_ok()
            {
                let row = &Row { plan, mapping, place: part.place, cells };
                Merge { row, fields, log, about: "form", differ }.form(form, &part.assessment);
            }
        };
        let (used, whole) = settle_parts(parts, self.forms.tools(), &mut self.log, &mut merge);
        for (episode, form) in whole {
            if let Some(episode) = self.person.episodes.get_mut(episode) {
                episode.assessments.push(form);
            }
        }
        used
    }

    /// The episode of a record that names none, or why it is not clear which.
    fn resolve(&mut self, wanted: Wanted) -> Result<usize, String> {
        let date = match wanted {
            Wanted::Known(place) => return Ok(place),
            Wanted::At(date) => date,
        };
        let episodes = &self.person.episodes;
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

    /// What can only be said when all rows are in.
    fn finish(&mut self) {
        if self.contacts_listed {
            for episode in &mut self.person.episodes {
                let seen = episode.first_contact.value().is_some()
                    || episode.attended_contacts.value().is_some_and(|count| *count > 0);
                // Someone who was seen and has no contact listed: the list is not kept here.
                if episode.contacts == Recorded::Missing {
                    episode.contacts =
                        if seen { Recorded::NotKnown } else { Recorded::Value(Vec::new()) };
                }
            }
        }
        if self.person.episodes.len() > 1 {
            self.person.episodes.sort_by(|a, b| a.id.cmp(&b.id));
        }
    }
}

/// The episode whose time, from its referral to the next, holds the date.
fn running_on(episodes: &[Episode], date: Option<Date>) -> Option<usize> {
    let date = date?;
    let mut latest: Option<(Date, usize)> = None;
    let mut tied = false;
    for (place, episode) in episodes.iter().enumerate() {
        let referred = *episode.referred.value()?;
        if referred > date || latest.is_some_and(|(latest, _)| latest > referred) {
            continue;
        }
        tied = latest.is_some_and(|(latest, _)| latest == referred);
        latest = Some((referred, place));
    }
    latest.filter(|_| !tied).map(|(_, place)| place)
}

/// The episode a row names: by its id, or by the date of the referral.
fn episode_id(row: &Row<'_>) -> Option<String> {
    let fields = &row.plan.fields;
    if let Some((_, id)) = row.filled(fields, Field::EpisodeId) {
        return Some(String::from_utf8_lossy(id).into_owned());
    }
    let (at, _) = row.filled(fields, Field::Referred)?;
    row.needed_date(at).ok().map(|date| date.to_string())
}

fn unknown_person(row: &Row<'_>) -> Refusal {
    let at = row.plan.person.or_else(|| row.plan.fields.get(&Field::EpisodeId).copied());
    let at = at.unwrap_or_default();
    let cell = row.cells.get(at).copied().unwrap_or_default();
    (ProblemCode::UnknownPerson, Tale::of(at, cell))
}

fn log_no_form(log: &mut Log, row: &Row<'_>) {
    log.warn(row.place, ProblemCode::NoForm, Tale::default);
}

/// Refuses a form that is dated before an earlier one of the same instrument.
fn in_order(
    row: &Row<'_>,
    date_at: Option<usize>,
    earlier: &[ParsedForm],
    parsed: Option<ParsedForm>,
) -> Result<Option<ParsedForm>, Refusal> {
    let Some(form) = parsed else { return Ok(None) };
    let first = earlier.iter().find(|other| {
        other.assessment.instrument == form.assessment.instrument
            && other.assessment.when.date().is_some()
    });
    let first = first.and_then(|first| first.assessment.when.date());
    match (first, form.assessment.when.date()) {
        (Some(first), Some(date)) if date < first => {
            let at = date_at.unwrap_or_default();
            let cell = row.cells.get(at).copied().unwrap_or_default();
            let tale = Tale::of(at, cell).with(first.to_string());
            Err((ProblemCode::FollowUpBeforeBaseline, tale))
        }
        _ => Ok(Some(form)),
    }
}

/// Whether an earlier row of the same table says exactly the same in its mapped columns.
fn is_repeated(
    entries: &[Entry<'_>],
    at: usize,
    row: &Row<'_>,
    seen: &mut BTreeSet<Vec<u8>>,
) -> bool {
    let table = row.place.table;
    let same = |other: Option<&Entry<'_>>| other.is_some_and(|other| other.place.table == table);
    let before = same(at.checked_sub(1).and_then(|before| entries.get(before)));
    if !before {
        seen.clear();
        if !same(entries.get(at + 1)) {
            return false;
        }
    }
    let mut signature = Vec::new();
    let columns = row.cells.iter().enumerate().filter(|(column, _)| row.plan.is_mapped(*column));
    for (_, cell) in columns {
        super::record::pack_cell(cell, &mut signature);
    }
    !seen.insert(signature)
}

/// The cells of a packed record, without outer spaces, and behind them the constants.
fn unpack_row<'p>(
    plan: &'p TablePlan,
    packed: &'p [u8],
    cells: &mut Vec<&'p [u8]>,
) -> Result<(), Refusal> {
    cells.clear();
    let columns = plan.headings.len();
    let joined = usize::from(plan.person.is_none());
    cells.extend(unpack(packed).skip(joined).take(columns).map(<[u8]>::trim_ascii));
    // The lengths are ASCII too while all cells are short, as they are in nearly every record.
    if !packed.is_ascii() {
        for (column, cell) in cells.iter_mut().enumerate() {
            match core::str::from_utf8(cell) {
                Ok(text) => *cell = text.trim().as_bytes(),
                Err(_) if plan.is_mapped(column) => {
                    return Err((ProblemCode::InvalidUtf8, Tale::of(column, cell)));
                }
                Err(_) => {}
            }
        }
    }
    cells.extend(plan.constants.iter().map(|constant| &**constant));
    Ok(())
}
