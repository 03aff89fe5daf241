//! The records of one person become a [`Person`].

mod placing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::TableName;
use super::episodes::{clear, episode_id};
use super::forms::{FormReader, Refusal};
use super::mapping::Mapping;
use super::merge::{Differences, Merge};
use super::packed_form::PackedForm;
use super::partition::{Packing, Stored};
use super::parts::Part;
use super::plan::TablePlan;
use super::postcodes::{HeldPostcode, PostcodeLookup};
use super::problem::{Log, Place, ProblemCode, Tale};
use super::record::{unpack, unpack_cell};
use super::row::{Row, trimmed, unpack_row};
use super::tools::Tools;
use super::what::What;
use crate::caseload::{Episode, Person, Recorded};

/// A record that waits for its person.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry<'p> {
    pub(super) hash: u32,
    pub(super) place: Place,
    pub(super) id: &'p [u8],
    /// The cells of the row, or the form that it is packed as.
    packed: &'p [u8],
    packing: Packing,
}

impl<'p> Entry<'p> {
    pub(super) fn of(stored: Stored<'p>, plans: &[TablePlan]) -> Self {
        let Stored { place, hash, packing, packed } = stored;
        match packing {
            Packing::Cells => {
                let column = plans.get(usize::from(place.table)).and_then(|plan| plan.person);
                let id = trimmed(unpack(packed).nth(column.unwrap_or(0)).unwrap_or_default());
                Self { hash, place, id, packed, packing }
            }
            Packing::Form => {
                let mut packed = packed;
                let id = unpack_cell(&mut packed).unwrap_or_default();
                Self { hash, place, id, packed, packing }
            }
        }
    }

    /// The cells of the row; none where it is packed as a form.
    fn unpack(self, plan: &'p TablePlan, cells: &mut Vec<&'p [u8]>) -> Result<(), Refusal> {
        cells.clear();
        match self.packing {
            Packing::Cells => unpack_row(plan, self.packed, cells),
            Packing::Form => Ok(()),
        }
    }

    /// The form that the row is packed as, if it is.
    fn form(self) -> Option<PackedForm<'p>> {
        (self.packing == Packing::Form).then_some(PackedForm(self.packed))
    }
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
    /// The tables that hold at least one record that may be someone's.
    kept: BTreeSet<TableName>,
    /// Whether any row may bring an episode of its own, so that all must be seen first.
    rows_add_episodes: bool,
    person: Person,
    postcode: HeldPostcode<'a>,
    /// How many episodes the person has.
    count: usize,
    person_differs: Differences,
    episodes_differ: Vec<Differences>,
    /// How many forms each episode has; behind them may stand some of an earlier one.
    placed: Vec<usize>,
    spare: Vec<Episode>,
    by_id: BTreeMap<String, usize>,
    /// The rows of the people or episodes table, where there are several.
    seen: BTreeSet<Vec<u8>>,
    waiting: Vec<Waiting>,
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

impl<'a> Assembler<'a> {
    pub(super) fn new(
        plans: &'a [TablePlan],
        mapping: &'a Mapping,
        tools: &'a Tools,
        kept: BTreeSet<TableName>,
        postcodes: Option<&'a PostcodeLookup>,
        keep: usize,
    ) -> Self {
        let has = |name| plans.iter().any(|plan| plan.name == name);
        let tells_episodes = |plan: &TablePlan| {
            plan.name == TableName::People && (plan.describes_episode || plan.episode.is_some())
        };
        let episodes_listed = has(TableName::Episodes) || plans.iter().any(tells_episodes);
        let names_episodes = |plan: &TablePlan| plan.episode.is_some() || plan.referred.is_some();
        Self {
            plans,
            mapping,
            forms: FormReader::new(tools),
            log: Log::new(plans.len(), keep),
            people_listed: has(TableName::People),
            episodes_listed,
            rows_add_episodes: !episodes_listed && plans.iter().any(names_episodes),
            kept,
            person: Person::default(),
            postcode: HeldPostcode::new(postcodes),
            count: 0,
            person_differs: 0,
            episodes_differ: Vec::new(),
            placed: Vec::new(),
            spare: Vec::new(),
            by_id: BTreeMap::new(),
            seen: BTreeSet::new(),
            waiting: Vec::new(),
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
        let mut anything_used = false;
        for (at, entry) in entries.iter().enumerate() {
            let Some(plan) = self.plans.get(usize::from(entry.place.table)) else { continue };
            let (mapping, place) = (self.mapping, entry.place);
            let used = entry.unpack(plan, cells).and_then(|()| {
                let row = Row { plan, mapping, place, cells, form: entry.form() };
                match plan.name {
                    TableName::Episodes if !exists => Err(unknown_person(&row, entry.id)),
                    TableName::People | TableName::Episodes => {
                        if is_repeated(entries, at, &row, &mut self.seen) {
                            return Err((ProblemCode::DuplicateRow, Tale::default()));
                        }
                        exists = true;
                        self.describe(&row);
                        Ok(true)
                    }
                    _ if !exists => Err(unknown_person(&row, entry.id)),
                    // Forms that repeat each other are told apart when they are scored.
                    TableName::Assessments => self.read(at, &row),
                    _ if is_repeated(entries, at, &row, &mut self.seen) => {
                        Err((ProblemCode::DuplicateRow, Tale::default()))
                    }
                    _ => self.read(at, &row),
                }
            });
            anything_used |= self.count(place, used);
        }
        anything_used |= self.settle_waiting(entries, cells);
        anything_used |= self.join_parts(entries, cells);
        self.finish();
        anything_used.then_some(&self.person)
    }

    /// Counts a row as used or rejected, or leaves it to be counted later.
    fn count(&mut self, place: Place, used: Result<bool, Refusal>) -> bool {
        match used {
            Ok(true) => self.log.used(place),
            Ok(false) => {}
            Err((code, tale)) => {
                self.log.reject(place, code, || tale);
                return false;
            }
        }
        used.is_ok_and(|used| used)
    }

    /// Empties the buffers and keeps their room.
    fn reset(&mut self) {
        self.count = 0;
        let Person {
            id,
            birth_year,
            age_band,
            gender,
            ethnicity,
            simd,
            postcode_match,
            urban_rural,
            episodes: _,
        } = &mut self.person;
        id.clear();
        *birth_year = Recorded::Missing;
        *age_band = Recorded::Missing;
        *gender = Recorded::Missing;
        *ethnicity = Recorded::Missing;
        *simd = Recorded::Missing;
        *postcode_match = Recorded::Missing;
        *urban_rural = Recorded::Missing;
        self.person_differs = 0;
        self.episodes_differ.clear();
        self.placed.clear();
        // Emptying a map costs something even where it is empty.
        if !self.by_id.is_empty() {
            self.by_id.clear();
        }
    }

    /// The episodes of this person; behind them may stand some of an earlier one.
    fn episodes(&self) -> &[Episode] {
        self.person.episodes.get(..self.count).unwrap_or_default()
    }

    /// A row of the people or episodes table.
    fn describe(&mut self, row: &Row<'_>) {
        self.merge_person(row);
        let plan = row.plan;
        let tells =
            plan.name == TableName::Episodes || plan.describes_episode || plan.episode.is_some();
        if tells {
            let id = episode_id(row).unwrap_or_else(|| ONLY_EPISODE.to_owned());
            let episode = self.find_or_add(&id);
            self.merge_episode(row, episode);
        }
    }

    fn merge_person(&mut self, row: &Row<'_>) {
        if row.plan.describes_person {
            let differ = &mut self.person_differs;
            let (fields, log) = (&row.plan.fields, &mut self.log);
            Merge { row, fields, log, about: "person", differ }.person(&mut self.person);
            self.postcode.hold(row, &mut self.log);
        }
    }

    fn merge_episode(&mut self, row: &Row<'_>, episode: usize) {
        if row.plan.describes_episode
            && let Some(differ) = self.episodes_differ.get_mut(episode)
            && let Some(episode) = self.person.episodes.get_mut(episode)
        {
            let (fields, log) = (&row.plan.fields, &mut self.log);
            Merge { row, fields, log, about: "episode", differ }.episode(episode);
        }
    }

    fn find(&self, id: &str) -> Option<usize> {
        if self.by_id.is_empty() {
            self.episodes().iter().position(|episode| episode.id == id)
        } else {
            self.by_id.get(id).copied()
        }
    }

    fn find_or_add(&mut self, id: &str) -> usize {
        if let Some(place) = self.find(id) {
            return place;
        }
        let place = self.count;
        self.count += 1;
        match self.person.episodes.get_mut(place) {
            Some(earlier) => clear(earlier),
            None => self.person.episodes.push(self.spare.pop().unwrap_or_default()),
        }
        if let Some(episode) = self.person.episodes.get_mut(place) {
            episode.id.push_str(id);
        }
        self.episodes_differ.push(0);
        self.placed.push(0);
        if self.count == MANY_EPISODES {
            let ids = self.episodes().iter().map(|episode| episode.id.clone());
            self.by_id = ids.zip(0..).collect();
        } else if self.count > MANY_EPISODES {
            self.by_id.insert(id.to_owned(), place);
        }
        place
    }

    /// What can only be said when all rows are in.
    fn finish(&mut self) {
        let referrals = self.person.episodes.iter().take(self.count);
        let latest = referrals.filter_map(|episode| episode.referred.value()).max().copied();
        self.postcode.settle(&mut self.person, latest);
        for (episode, placed) in self.person.episodes.iter_mut().zip(&self.placed) {
            self.forms.keep(episode.assessments.drain(placed..));
        }
        for mut earlier in self.person.episodes.drain(self.count..) {
            clear(&mut earlier);
            self.spare.push(earlier);
        }
        // A table of headings alone says nothing of anyone: nobody keeps it yet.
        let kept = |table| self.kept.contains(&table);
        for episode in &mut self.person.episodes {
            if kept(TableName::Contacts) && episode.contacts == Recorded::Missing {
                let seen = episode.first_contact.value().is_some()
                    || episode.attended_contacts.value().is_some_and(|count| *count > 0);
                // Someone who was seen and has no contact listed: the list is not kept here.
                episode.contacts =
                    if seen { Recorded::NotKnown } else { Recorded::Value(Vec::new()) };
            }
            none_of(&mut episode.needs, kept(TableName::Needs));
            none_of(&mut episode.onward_links, kept(TableName::OnwardLinks));
            none_of(&mut episode.outcomes, kept(TableName::Outcomes));
        }
        if self.person.episodes.len() > 1 {
            self.person.episodes.sort_by(|a, b| a.id.cmp(&b.id));
        }
    }
}

/// Where the table is kept, an episode without a record has none.
fn none_of<T>(list: &mut Recorded<Vec<T>>, kept: bool) {
    if let (Recorded::Missing, true) = (&*list, kept) {
        *list = Recorded::Value(Vec::new());
    }
}

fn unknown_person(row: &Row<'_>, id: &[u8]) -> Refusal {
    let tale = row.plan.person.map(|at| Tale::of(at, id));
    let by_episode = || row.plan.episode.map(|at| Tale::of(at, row.at(at)));
    (ProblemCode::UnknownPerson, tale.or_else(by_episode).unwrap_or_default())
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
