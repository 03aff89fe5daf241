//! Rows dealt out to several imports: whose each is, and what one import must know of the others.
//!
//! A person has to be in one import with all their rows. Software that spreads rows over machines
//! asks [`Import::row_owners`] for the key of each, brings equal keys together and tells each import
//! [`Elsewhere`]; then the accounts and the people of the imports are those of one import of all rows.

use std::collections::BTreeSet;

use super::mapping::Mapping;
use super::plan::{Origin, TablePlan};
use super::record::{Split, Splitter};
use super::row::trimmed;
use super::scatter::Scatter;
use super::{Import, ImportError, TableName};

/// What an import of some rows of a caseload must know of the rows that other imports have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The tables of which some row, here or elsewhere, may be someone's: where one is among them, an
    /// episode without a row in it has none, and otherwise nothing is known of it.
    pub tables: BTreeSet<TableName>,
    /// The episodes that several people have, of whom not all need to be here: a row that names such an
    /// episode alone is nobody's.
    pub episodes_of_several: BTreeSet<Vec<u8>>,
}

/// Whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOwner<'c> {
    /// It will be rejected whatever the other rows say, by any import that has it.
    Nobody,
    /// The row of a person, and in the table of episodes the episode's id.
    Person {
        /// The person's id.
        id: &'c [u8],
        /// The id of the episode that the row describes.
        episode: Option<&'c [u8]>,
    },
    /// The row of whoever has the episode, in a table without person ids.
    Episode(&'c [u8]),
}

/// Says whose the rows of one table are.
pub struct RowOwners<'i> {
    mapping: &'i Mapping,
    plan: TablePlan,
}

impl Import<'_> {
    /// What says whose the rows of a table with these headings are.
    ///
    /// # Errors
    ///
    /// [`ImportError`] if the mapping has not the table, or the headings lack one that is mapped.
    ///
    /// ```
    /// use clw_core::import::{Import, Mapping, RowOwner, TableName};
    /// use clw_core::instrument::Registry;
    ///
    /// let mapping = Mapping::from_toml(r#"
    /// [tables.assessments]
    /// file = "forms.csv"
    /// columns = { person = "Client", date = "Completed", answers = ["Q1", "Q2", "Q3"] }
    /// constants = { instrument = "ucla-3" }
    /// "#)?;
    /// let import = Import::new(mapping, &Registry::new())?;
    /// let headings = ["Client", "Completed", "Q1", "Q2", "Q3"].map(String::from).to_vec();
    /// let owners = import.row_owners(TableName::Assessments, headings)?;
    ///
    /// let mut ids = Vec::new();
    /// owners.each(b" A ,2026-03-05,1,2,3\n,2026-03-05,1,1,1\n", |owner| match owner {
    ///     RowOwner::Person { id, .. } => ids.push(id.to_vec()),
    ///     _ => ids.push(Vec::new()),
    /// });
    /// assert_eq!(ids, [b"A".to_vec(), Vec::new()]);
    /// # Ok::<(), clw_core::import::ImportError>(())
    /// ```
    pub fn row_owners(
        &self,
        table: TableName,
        headings: Vec<String>,
    ) -> Result<RowOwners<'_>, ImportError> {
        let mapped = self.mapping.tables.get(&table);
        let mapped = mapped.ok_or(ImportError::TableNotMapped { table })?;
        let first = mapped.sources.first().ok_or(ImportError::TableNotMapped { table })?;
        let (origin, laid) = (Origin::of(first), (mapped, first.delimiter));
        let plan = TablePlan::new(table, laid, origin, headings, &self.tools)?;
        Ok(RowOwners { mapping: &self.mapping, plan })
    }

    /// Tells what other imports of the same caseload have.
    #[must_use]
    pub fn elsewhere(mut self, elsewhere: Elsewhere) -> Self {
        self.elsewhere = elsewhere;
        self
    }
}

impl RowOwners<'_> {
    /// Gives the owner of each row of a CSV without headings, in order.
    pub fn each(&self, csv: &[u8], mut each: impl FnMut(RowOwner<'_>)) {
        let nothing = Elsewhere::default();
        let scatter = Scatter { plans: &[], mapping: self.mapping, keep: 0, elsewhere: &nothing };
        let TablePlan { name, person, episode, delimiter, .. } = self.plan;
        Splitter::new(delimiter).split(csv, |split| {
            let Split::Record { cells, .. } = split else { return each(RowOwner::Nobody) };
            if scatter.check(&self.plan, cells).is_err() {
                return each(RowOwner::Nobody);
            }
            let cell = |at: usize| cells.get(at).map(trimmed).unwrap_or_default();
            let episode = episode.map(cell);
            each(match person.map(cell) {
                Some(id) => {
                    let episode = episode.filter(|_| name == TableName::Episodes);
                    RowOwner::Person { id, episode }
                }
                None => RowOwner::Episode(episode.unwrap_or_default()),
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::Person;
    use crate::instrument::Registry;

    const MAPPING: &str = r#"
        [tables.episodes]
        file = "episodes.csv"
        columns = { person = "who", episode = "spell", referred = "on" }
        [tables.contacts]
        file = "contacts.csv"
        columns = { episode = "spell", date = "on", kind = "kind" }
        [tables.assessments]
        file = "forms.csv"
        columns = { person = "who", date = "on", answers = ["one", "two", "three"] }
        constants = { instrument = "ucla-3" }
    "#;
    const EPISODES: [&str; 3] = ["a,1,2026-01-05", "b,2,2026-01-06", "b,shared,2026-01-07"];

    fn import<'r>(episodes: &'r str, contacts: &'r str) -> Import<'r> {
        let import = Import::new(Mapping::from_toml(MAPPING).unwrap(), &Registry::new()).unwrap();
        import
            .table(TableName::Episodes, episodes.as_bytes())
            .table(TableName::Contacts, contacts.as_bytes())
            .table(TableName::Assessments, &b"who,on,one,two,three\n"[..])
    }

    fn table(headings: &str, rows: &[&str]) -> String {
        format!("{headings}\n{}\n", rows.join("\n"))
    }

    #[test]
    fn imports_of_parts_that_know_of_each_other_are_an_import_of_the_whole() {
        let shared = "a,shared,2026-01-08";
        let contacts = ["1,2026-01-09,appointment", "shared,2026-01-09,appointment", "3,,"];
        let heads = ("who,spell,on", "spell,on,kind");
        let every = [&EPISODES[..], &[shared]].concat();
        let (episodes, all) = (table(heads.0, &every), table(heads.1, &contacts));
        let (whole, account) = import(&episodes, &all).read().unwrap();

        let elsewhere = Elsewhere {
            tables: [TableName::Episodes, TableName::Contacts].into(),
            episodes_of_several: [b"shared".to_vec()].into(),
        };
        let parts: [(&[&str], &[&str]); 2] =
            [(&[EPISODES[0], shared], &contacts[..2]), (&EPISODES[1..], &contacts[2..])];
        let (mut people, mut rows) = (Vec::<Person>::new(), crate::caseload::RowAccount::default());
        for (episodes, contacts) in parts {
            let (episodes, contacts) = (table(heads.0, episodes), table(heads.1, contacts));
            let part = import(&episodes, &contacts).elsewhere(elsewhere.clone());
            let (some, report) = part.read().unwrap();
            people.extend(some);
            rows.merge(&report.account).unwrap();
        }
        assert_eq!((people, &rows), (whole, &account.account));
        let rejected = &rows.tables["contacts"].rejected;
        assert_eq!(rejected.keys().collect::<Vec<_>>(), ["episode-unclear", "unknown-episode"]);
    }

    #[test]
    fn each_row_is_someones_an_episodes_or_nobodys() {
        let import = import("", "");
        let owners = |name, headings: &str, csv: &str| {
            let headings = headings.split(',').map(String::from).collect();
            let mut found = Vec::new();
            import.row_owners(name, headings).unwrap().each(csv.as_bytes(), |owner| {
                found.push(format!("{owner:?}"));
            });
            found
        };
        let shown = |owner: RowOwner<'_>| format!("{owner:?}");
        assert_eq!(
            owners(TableName::Episodes, "who,spell,on", "\" a\u{a0}\", 1 ,\n,1,\na/b,1,\na,\n"),
            [
                shown(RowOwner::Person { id: b"a", episode: Some(b"1") }),
                shown(RowOwner::Nobody),
                shown(RowOwner::Nobody),
                shown(RowOwner::Nobody),
            ]
        );
        assert_eq!(
            owners(TableName::Contacts, "spell,on,kind", "1,,\n,,\n\"1"),
            [shown(RowOwner::Episode(b"1")), shown(RowOwner::Nobody), shown(RowOwner::Nobody)]
        );
    }

    #[test]
    fn dry_runs_of_parts_are_a_dry_run_of_the_whole_with_the_first_problems() {
        let heads = ("who,spell,on", "spell,on,kind");
        let run = |contacts: &[&str]| {
            let (episodes, contacts) = (table(heads.0, &EPISODES[..2]), table(heads.1, contacts));
            import(&episodes, &contacts).dry_run().unwrap()
        };
        let none = table(heads.0, &[]);
        let all = ["9,2026-01-09,appointment", "1,,appointment", "8,2026-01-09,appointment"];
        let mut parts = run(&all[..2]);
        let rest = table(heads.1, &all[2..]);
        let mut rest = import(&none, &rest).dry_run().unwrap();
        rest.report.problems[0].row += 2;
        rest.report.problems[0].line += 2;
        let whole = run(&all);
        let mut both = rest.clone();
        both.merge(parts.clone(), 3).unwrap();
        assert_eq!(both, whole);
        parts.merge(rest, 1).unwrap();
        assert_eq!(parts.report.problems, whole.report.problems[..1]);
        assert_eq!((parts.people, parts.report.problems_untold), (whole.people, 1));
    }

    #[test]
    fn a_table_that_is_not_mapped_has_no_owners() {
        let refused = import("", "").row_owners(TableName::Needs, Vec::new()).err().unwrap();
        assert_eq!(refused.code(), "table-not-mapped");
        let mapping = Mapping::from_toml(MAPPING).unwrap();
        assert_eq!(mapping.by_episode().collect::<Vec<_>>(), [TableName::Contacts]);
        assert_eq!(mapping.headings(TableName::Needs).count(), 0);
        let mut mapped: Vec<&str> = mapping.headings(TableName::Contacts).collect();
        mapped.sort_unstable();
        assert_eq!(mapped, ["kind", "on", "spell"]);
    }
}
