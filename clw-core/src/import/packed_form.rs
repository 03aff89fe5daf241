//! Forms that need no second look, packed as what they say and not as their cells.
//!
//! Most rows of a table of questionnaires are a person, a date and a code for each item. Such a row is
//! read where its file is split, while its cells are at hand, and waits for its person in half the
//! room. A row with a cell of any other kind, be it a word for a blank, a label or a code that its item
//! does not have, waits as its cells, and is read and told of when its person is put together.

use core::ops::Range;

use jiff::civil::Date;

use super::TableName;
use super::columns::{Column, date_of};
use super::dates::{DateFormat, read_date};
use super::mapping::Mapping;
use super::plan::{AnswerPlan, FormPlan, TablePlan};
use super::record::Cells;
use super::row::trimmed;
use super::tools::Tools;
use crate::score::Answer;

/// How the forms of a table are packed, where its rows hold a person, a date and answers alone.
#[derive(Debug)]
pub(super) struct PackedForms {
    /// The instrument, by its place among the tools.
    pub(super) tool: usize,
    date: usize,
    items: Vec<PackedItem>,
}

/// The cell of an item, and the codes that it has.
#[derive(Debug)]
struct PackedItem {
    cell: usize,
    lowest: i64,
    highest: i64,
}

/// What stands for a blank; codes have two digits at most.
const BLANK: u8 = u8::MAX;

impl PackedForms {
    /// None where a row may hold more, or says itself which instrument it is of.
    pub(super) fn of(plan: &TablePlan, mapping: &Mapping, tools: &Tools) -> Option<Self> {
        let [form] = plan.forms.as_slice() else { return None };
        let at = instrument(plan, form, mapping, tools)?;
        let tool = tools.get(at)?;
        let cells = match &form.answers {
            AnswerPlan::InOrder(cells) => cells,
            AnswerPlan::ByInstrument(lists) => lists.get(&at)?,
            AnswerPlan::None => return None,
        };
        let (person, date) = (plan.person?, form.date?);
        let mut read: Vec<usize> = [person, date].iter().chain(cells).copied().collect();
        read.sort_unstable();
        read.dedup();
        let says_more = plan.describes_people()
            || plan.episode.or(plan.referred).or(plan.programme).or(form.measure).is_some()
            || form.has_more
            || !form.totals.is_empty();
        let fits = plan.name == TableName::Assessments
            && !plan.wide
            && !says_more
            && tool.plain_codes
            && cells.len() == tool.items
            && (0..plan.headings.len()).filter(|column| plan.is_mapped(*column)).eq(read);
        let items = cells.iter().zip(&tool.codes).map(|(cell, (lowest, highest))| PackedItem {
            cell: *cell,
            lowest: *lowest,
            highest: *highest,
        });
        fits.then(|| Self { tool: at, date, items: items.collect() })
    }

    /// Packs the form of a record, unless a cell needs a closer look.
    pub(super) fn pack(
        &self,
        cells: Cells<'_>,
        formats: &[DateFormat],
        packed: &mut Vec<u8>,
    ) -> Option<()> {
        let date = read_date(formats, trimmed(cells.get(self.date)?))?;
        packed.clear();
        packed.extend_from_slice(&packed_date(date));
        for item in &self.items {
            packed.push(item.pack(plain_answer(cells.get(item.cell)?))?);
        }
        Some(())
    }

    /// Packs the forms of some rows of a table at hand, one column after the other.
    pub(super) fn pack_rows(
        &self,
        columns: &[Column<'_>],
        rows: Range<usize>,
        formats: &[DateFormat],
        packed: &mut PackedRows,
    ) {
        let PackedRows { width, bytes, plain } = packed;
        *width = DATE + self.items.len();
        bytes.clear();
        bytes.resize(rows.len() * *width, 0);
        plain.clear();
        plain.resize(rows.len(), true);
        let mut last = None;
        let slots = bytes.chunks_exact_mut(*width).zip(plain.iter_mut());
        for ((slot, plain), row) in slots.zip(rows.clone()) {
            let day = columns.get(self.date).and_then(|column| column.day(row));
            // Rows of one day often stand together.
            let date = match last {
                Some((known, date)) if known == day => date,
                _ => day.and_then(|day| date_of(day, formats)).map(packed_date),
            };
            last = Some((day, date));
            match (slot.first_chunk_mut(), date) {
                (Some(slot), Some(date)) => *slot = date,
                _ => *plain = false,
            }
        }
        for (place, item) in (DATE..).zip(&self.items) {
            let Some(column) = columns.get(item.cell) else { return plain.fill(false) };
            let slots = bytes.iter_mut().skip(place).step_by(*width).zip(plain.iter_mut());
            for ((slot, plain), row) in slots.zip(rows.clone()) {
                match item.pack(column.answer(row)) {
                    Some(code) => *slot = code,
                    None => *plain = false,
                }
            }
        }
    }
}

impl PackedItem {
    #[inline]
    fn pack(&self, answer: Option<Answer>) -> Option<u8> {
        match answer? {
            Answer::Given(code) if (self.lowest..=self.highest).contains(&code) => {
                u8::try_from(code).ok().filter(|code| *code < 100)
            }
            Answer::Blank => Some(BLANK),
            _ => None,
        }
    }
}

/// How many bytes a packed date has.
const DATE: usize = 4;

fn packed_date(date: Date) -> [u8; DATE] {
    let ([y0, y1], [month], [day]) =
        (date.year().to_le_bytes(), date.month().to_le_bytes(), date.day().to_le_bytes());
    [y0, y1, month, day]
}

/// The forms of some rows, as they are packed.
#[derive(Debug, Default)]
pub(super) struct PackedRows {
    width: usize,
    bytes: Vec<u8>,
    /// Which of the rows have no cell that needs a closer look.
    plain: Vec<bool>,
}

impl PackedRows {
    /// The form of a row, unless a cell of it needs a closer look.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<&[u8]> {
        self.plain.get(row).filter(|plain| **plain)?;
        self.bytes.get(row * self.width..)?.get(..self.width)
    }
}

/// The answer that a cell holds, where it says so plainly.
#[inline]
fn plain_answer(cell: &[u8]) -> Option<Answer> {
    Some(match cell {
        [] => Answer::Blank,
        [digit @ b'0'..=b'9'] => Answer::Given(i64::from(digit - b'0')),
        [ten @ b'1'..=b'9', digit @ b'0'..=b'9'] => {
            Answer::Given(i64::from(10 * (ten - b'0') + (digit - b'0')))
        }
        _ => return None,
    })
}

/// The instrument of all rows.
fn instrument(
    plan: &TablePlan,
    form: &FormPlan,
    mapping: &Mapping,
    tools: &Tools,
) -> Option<usize> {
    let Some(at) = form.instrument else {
        return match &form.answers {
            AnswerPlan::ByInstrument(lists) if lists.len() == 1 => lists.keys().next().copied(),
            _ => None,
        };
    };
    let constant = |at: usize| {
        let constant = plan.constants.get(at.checked_sub(plan.headings.len())?)?;
        core::str::from_utf8(constant).ok()
    };
    let filled = |text: &&str| mapping.spellings.absence(text.as_bytes()).is_none();
    let name = constant(at).filter(filled)?;
    match form.version {
        None => tools.find(name).ok(),
        Some(at) => tools.find(&format!("{name}@{}", constant(at).filter(filled)?)).ok(),
    }
}

/// A form as it was packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedForm<'p>(pub(super) &'p [u8]);

impl<'p> PackedForm<'p> {
    /// When it was filled in, and the answers in the order of the items.
    pub(super) fn unpack(self) -> Option<(Date, impl Iterator<Item = Answer> + use<'p>)> {
        let ([y0, y1, month, day], answers) = self.0.split_first_chunk()?;
        let ([month, day], year) = ([*month, *day].map(|of| i8::from_le_bytes([of])), [*y0, *y1]);
        let date = Date::new(i16::from_le_bytes(year), month, day).ok()?;
        let answer = |code: &u8| match *code {
            BLANK => Answer::Blank,
            code => Answer::Given(code.into()),
        };
        Some((date, answers.iter().map(answer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::Person;
    use crate::import::plan::Origin;
    use crate::import::{Column, Columns, Import, ImportReport};
    use crate::instrument::Registry;
    use crate::score::{Codes, Validity};

    const HEADINGS: [&str; 6] = ["who", "note", "on", "one", "two", "three"];
    const PEOPLE: &str = "id\na\nb b\nD\n";
    const FORMS: &str = "who,note,on,one,two,three\n\
        a,x,2026-03-05,1,2,3\n\
        \u{20}a ,,2026-06-05T10:00,,2,3\n\
        a,x,2026-03-05,1,2,3\n\
        b b,x,05/03/2026,1,2,3\n\
        b b,\"x,\n\",2026-03-05,4,2,3\n\
        c,x,2026-03-05,1,2,3\n\
        é,x,2026-03-05,1,2,3\n\
        D,x,1900-01-01,1,2,3\n\
        D,x,2026-03-06,1,2,03\n\
        D,x,2026-03-07,1,2,10\n\
        D,x,2026-03-08,1,n/a,3.0\n\
        n/a,x,2026-03-05,1,2,3\n\
        \"a;b\",x,2026-03-05,1,2,3\n\
        D,x,2026-03-09,,,\n\
        D,x,2026-03-10,1,2\n\
        D,x,2026-03-11,1,2,3\n";

    /// A label that says what is so anyway makes every row wait as its cells.
    fn mapping(more: &str, labelled: bool) -> Mapping {
        let label = if labelled { "[answers.ucla-3]\n\"1\" = 1" } else { "" };
        let text = format!(
            r#"
            dates = ["dd/mm/yyyy", "iso"]
            [tables.people]
            file = "people.csv"
            columns = {{ person = "id" }}
            [tables.assessments]
            file = "forms.csv"
            columns = {{ person = "who", date = "on", answers = ["one", "two", "three"]{more} }}
            constants = {{ instrument = "ucla-3" }}
            {label}
            "#
        );
        Mapping::from_toml(&text).unwrap()
    }

    fn is_packed(mapping: &Mapping) -> bool {
        let tools = Tools::new(mapping, &Registry::new()).unwrap();
        let table = &mapping.tables[&TableName::Assessments];
        let origin = Origin::of(&table.sources[0]);
        let headings = HEADINGS.map(str::to_owned).to_vec();
        let plan = TablePlan::new(TableName::Assessments, (table, b','), origin, headings, &tools)
            .unwrap();
        PackedForms::of(&plan, mapping, &tools).is_some()
    }

    #[test]
    fn forms_are_packed_where_rows_hold_nothing_else() {
        assert!(is_packed(&mapping("", false)));
        assert!(!is_packed(&mapping("", true)));
        assert!(!is_packed(&mapping(", mode = \"note\"", false)));
        assert!(!is_packed(&mapping(", episode = \"note\"", false)));
        assert!(!is_packed(&mapping(", gender = \"note\"", false)));
    }

    fn read(import: Import<'_>) -> (Vec<Person>, ImportReport) {
        import.table(TableName::People, PEOPLE.as_bytes()).read().unwrap()
    }

    #[test]
    fn packed_rows_say_what_their_cells_say() {
        let import = |labelled| Import::new(mapping("", labelled), &Registry::new()).unwrap();
        let of_file = |labelled| {
            read(import(labelled).block_bytes(64).table(TableName::Assessments, FORMS.as_bytes()))
        };
        let (people, report) = of_file(true);
        assert_eq!((people.len(), report.problems.len()), (3, 8));
        assert_eq!(of_file(false), (people, report));
        let who = ["a", "c", "a", "D", "D", "a;b", "é"];
        let days = [20_517, 20_517, 20_518, 20_519, -30_000, 20_517, 20_517];
        let one = [1, 2, 3, 0, 1, 1, 1];
        let two = [1.0, -0.0, f64::NAN, 2.5, 300.0, 3.0, 3.0];
        let columns = || {
            let mut columns = Columns::new(HEADINGS);
            let valid = Validity::Flags(&[true, true, true, true, true, false, true]);
            let cells = vec![
                Column::texts(Validity::All, |row| who[row]),
                Column::blank(),
                Column::days(&days, valid),
                Column::whole(Codes::I32(&one), Validity::All),
                Column::numbers(&two, valid),
                Column::whole(Codes::I8(&[3; 7]), valid),
            ];
            columns.push(who.len(), cells);
            columns
        };
        let of_columns =
            |labelled| read(import(labelled).columns(TableName::Assessments, columns()));
        let (people, report) = of_columns(true);
        assert_eq!((people.len(), report.problems.len()), (3, 5));
        assert_eq!(of_columns(false), (people, report));
    }

    #[test]
    fn rows_of_several_stretches_keep_their_own_answers() {
        let rows = 700;
        let who: Vec<String> = (0..rows).map(|row| format!("p{}", row % 290)).collect();
        let odd = [0, 255, 256, 511, 699];
        let days: Vec<i32> = (0..rows).map(|row| 20_517 + row / 100).collect();
        let one: Vec<i8> = (0_i8..3).cycle().map(|code| code + 1).take(700).collect();
        let two: Vec<f64> = (0..rows)
            .map(|row| if odd.contains(&row) { 7.5 } else { f64::from(1 + row % 2) })
            .collect();
        let import = |labelled| {
            let mut columns = Columns::new(HEADINGS);
            let cells = vec![
                Column::texts(Validity::All, |row| &who[row]),
                Column::blank(),
                Column::days(&days, Validity::All),
                Column::whole(Codes::I8(&one), Validity::All),
                Column::numbers(&two, Validity::All),
                Column::blank(),
            ];
            columns.push(700, cells);
            let mut mapping = mapping("", labelled);
            mapping.tables.remove(&TableName::People);
            Import::new(mapping, &Registry::new()).unwrap().columns(TableName::Assessments, columns)
        };
        let (people, report) = import(false).read().unwrap();
        assert_eq!((people.len(), report.problems.len()), (290, odd.len()));
        assert_eq!(import(true).read().unwrap(), (people, report));
    }
}
