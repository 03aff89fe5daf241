//! What holds of every import, whatever is in the files.

#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use clw_core::caseload::Person;
use clw_core::import::{Import, ImportReport, Mapping, TableName};
use clw_core::instrument::Registry;
use proptest::prelude::*;

const MAPPING: &str = r#"
dates = ["iso"]
[tables.people]
file = "people.csv"
columns = { person = "P", gender = "G" }
[tables.assessments]
file = "forms.csv"
columns = { person = "P", episode = "E", date = "D", referred = "R", answers = ["1", "2", "3"] }
constants = { instrument = "ucla-3" }
"#;

const PEOPLE: &str = "P,G\nA,woman\nB,man\nA,man\nC,\n\"D\",woman\n";

fn import(
    people: &[u8],
    forms: &[u8],
    block: usize,
    threads: usize,
) -> (Vec<Person>, ImportReport) {
    let (parts, report) = Import::new(Mapping::from_toml(MAPPING).unwrap(), &Registry::new())
        .unwrap()
        .table(TableName::People, people)
        .table(TableName::Assessments, forms)
        .block_bytes(block)
        .problems_kept(7)
        .fold(threads, Vec::new, |people: &mut Vec<Person>, person| people.push(person.clone()))
        .unwrap();
    let mut people: Vec<Person> = parts.into_iter().flatten().collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    (people, report)
}

/// A record that is mostly in order, and its line end.
fn record() -> impl Strategy<Value = String> {
    let person =
        prop_oneof![4 => "[ABC]", 1 => "[ABCDX]", 1 => "\"[AB\n,]{0,3}\"", 1 => "[A\"]{0,3}"];
    let date = prop_oneof![8 => "2026-0[1-3]-1[0-9]", 1 => "", 1 => "soon"];
    let answer = || prop_oneof![8 => "[1-3]", 1 => "", 1 => "\"2\"", 1 => "x\"", 1 => "\"\n\"\"\""];
    let referred = prop_oneof![3 => "", 1 => "2026-01-01"];
    let end = prop_oneof![6 => "\n", 2 => "\r\n", 1 => "\r", 1 => "\n\n", 1 => ",\n", 1 => ""];
    (person, "[12]?", date, referred, answer(), answer(), answer(), end)
        .prop_map(|(p, e, d, r, a, b, c, end)| format!("{p},{e},{d},{r},{a},{b},{c}{end}"))
}

fn forms() -> impl Strategy<Value = String> {
    let records = prop::collection::vec(record(), 0..40);
    records.prop_map(|records| format!("P,E,D,R,1,2,3\n{}", records.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn blocks_and_threads_make_no_difference(forms in forms(), block in 1_usize..60) {
        let whole = import(PEOPLE.as_bytes(), forms.as_bytes(), 1 << 20, 1);
        prop_assert_eq!(&import(PEOPLE.as_bytes(), forms.as_bytes(), block, 1), &whole);
        prop_assert_eq!(&import(PEOPLE.as_bytes(), forms.as_bytes(), block, 3), &whole);
    }

    /// The `csv` crate is the oracle for how many records there are.
    #[test]
    fn records_are_those_of_the_csv_crate(forms in forms()) {
        let (_, report) = import(PEOPLE.as_bytes(), forms.as_bytes(), 16, 1);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(forms.as_bytes());
        let records = reader.byte_records().count();
        prop_assert_eq!(report.account.tables["assessments"].read, u64::try_from(records).unwrap());
    }

    #[test]
    fn every_row_is_used_or_rejected(
        people in prop::collection::vec(any::<u8>(), 0..200),
        forms in prop::collection::vec(prop_oneof![any::<u8>(), Just(b','), Just(b'\n'), Just(b'"'), Just(b'A')], 0..400),
        block in 1_usize..300,
    ) {
        let people = [b"P,G\nA,\n", people.as_slice()].concat();
        let forms = [b"P,E,D,R,1,2,3\n", forms.as_slice()].concat();
        let (_, report) = import(&people, &forms, block, 2);
        let mut problems = 0;
        for table in report.account.tables.values() {
            let rejected: u64 = table.rejected.values().sum();
            prop_assert_eq!(table.read, table.used + rejected);
            problems += rejected + table.warned.values().sum::<u64>();
        }
        let told = u64::try_from(report.problems.len()).unwrap();
        prop_assert_eq!(problems, told + report.problems_untold);
    }

    #[test]
    fn the_order_of_rows_makes_no_difference_to_the_counts(
        (rows, shuffled) in prop::collection::vec(record(), 0..30).prop_flat_map(|rows| {
            let rows: Vec<String> = rows.iter().map(|r| format!("{}\n", r.trim_end())).collect();
            let rows: Vec<String> = rows.into_iter().filter(|r| !r.contains('"')).collect();
            (Just(rows.clone()), Just(rows).prop_shuffle())
        }),
    ) {
        let read = |rows: &[String]| {
            let forms = format!("P,E,D,R,1,2,3\n{}", rows.concat());
            let (mut people, report) = import(PEOPLE.as_bytes(), forms.as_bytes(), 1 << 20, 1);
            for episode in people.iter_mut().flat_map(|person| &mut person.episodes) {
                episode.assessments.sort_by_key(|form| format!("{form:?}"));
            }
            (people, report.account)
        };
        prop_assert_eq!(read(&rows), read(&shuffled));
    }
}
