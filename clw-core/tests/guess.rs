//! Guessed mappings of the examples are the mappings that people wrote for them.

#![cfg(feature = "xlsx")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::PathBuf;

use clw_core::import::{
    Import, Mapping, MappingGuess, Preview, TableName, Workbook, guess_mapping,
};
use clw_core::instrument::Registry;
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

/// The mapping of an example, and what is guessed of its files.
fn example(name: &str) -> (Mapping, MappingGuess) {
    let folder = folder(name);
    let text = std::fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let mapping = Mapping::from_toml(&text).unwrap();
    let mut files: Vec<&str> = mapping.files().map(|(_, file)| file).collect();
    files.dedup();
    let preview =
        |file: &&str| Preview::csv(file, std::fs::File::open(folder.join(file)).unwrap()).unwrap();
    let previews: Vec<Preview> = files.iter().map(preview).collect();
    let guess = guess_mapping(&previews, &Registry::new());
    (mapping, guess)
}

fn json(mapping: &Mapping) -> Value {
    serde_json::from_str(&mapping.to_json()).unwrap()
}

fn csv(file: &str, csv: &str) -> Preview {
    Preview::csv(file, csv.as_bytes()).unwrap()
}

#[test]
fn every_column_of_the_caseload_is_found() {
    let (mapping, guess) = example("caseload");
    let (written, guessed) = (json(&mapping), json(&guess.mapping().unwrap()));
    for (table, _) in mapping.files() {
        let columns = |mapping: &Value| mapping["tables"][table.name()]["columns"].clone();
        assert_eq!(columns(&guessed), columns(&written), "{table}");
    }
    assert_eq!(guessed["dates"], written["dates"]);
    let tables: Vec<Option<TableName>> = guess.tables.iter().map(|table| table.table).collect();
    assert_eq!(tables, TableName::ALL.iter().copied().map(Some).collect::<Vec<_>>());
    // Notes are nobody's, and why somebody was on hold has no field.
    let unused = guess.tables.iter().flat_map(|table| &table.columns);
    let unused: Vec<&str> =
        unused.filter(|column| column.field.is_none()).map(|column| &*column.heading).collect();
    assert_eq!(unused, ["Notes", "Why"]);
    assert_eq!(
        guess.open,
        [
            "what -9, 0, 6, 55, 99 among the answers of assessments.csv stands for: no item takes it; a code for \
          a missing answer belongs in answer-blanks, anything else is a slip"
        ]
    );
}

#[test]
fn no_spelling_is_given_a_meaning_before_somebody_has_said_so() {
    let (mapping, guess) = example("caseload");
    let guessed = json(&guess.mapping().unwrap());
    assert!(guessed.get("codes").is_none() && guessed.get("answers").is_none());
    let toml = guess.to_toml();
    assert!(toml.contains("\n[codes.gender]\n# f = \"woman\"\n"), "{toml}");
    assert!(toml.contains("referred = \"Date of referral\"  # its heading reads \"date of referral\"; it holds dates\n"));
    // With the remarks taken for what they propose, it says what the written mapping says.
    let written = json(&mapping);
    let wrong: Vec<_> = guess
        .spellings
        .iter()
        .filter_map(|of| {
            let (kind, list) = of.section.split_once('.')?;
            let meaning = of.meaning.clone()?;
            let known = written[kind][list].get(&of.spelling)?.as_str()?.to_owned();
            (known != meaning).then_some((&of.spelling, meaning, known))
        })
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn the_guess_in_text_is_the_guess() {
    for name in ["caseload", "dass21", "wide"] {
        let (mapping, guess) = example(name);
        let guessed = guess.mapping().unwrap();
        assert_eq!(Mapping::from_toml(&guess.to_toml()).unwrap(), guessed, "{name}");
        assert_eq!(Mapping::from_json(&guessed.to_json()).unwrap(), guessed, "{name}");
        let in_json = serde_json::to_value(&guess).unwrap();
        let inner = Mapping::from_json(&in_json["mapping"].to_string()).unwrap();
        assert_eq!(inner, guessed);
        // What people wrote comes back as well, without their remarks.
        assert_eq!(Mapping::from_toml(&mapping.to_toml()).unwrap(), mapping, "{name}");
        assert_eq!(Mapping::from_json(&mapping.to_json()).unwrap(), mapping, "{name}");
        Import::new(guessed, &Registry::new())
            .unwrap()
            .open(&folder(name))
            .unwrap()
            .dry_run()
            .unwrap();
    }
}

#[test]
fn two_forms_in_a_row_are_told_apart() {
    let (mapping, guess) = example("wide");
    let (written, guessed) = (json(&mapping), json(&guess.mapping().unwrap()));
    let forms = |mapping: &Value| mapping["tables"]["assessments"]["forms"].clone();
    assert_eq!(forms(&guessed), forms(&written));
    let columns = written["tables"]["people"]["columns"].clone();
    assert_eq!(guessed["tables"]["assessments"]["columns"].take_sorted(), columns.take_sorted());
    assert_eq!(
        guess.open,
        [
            "whether the answers of wellbeing.csv are to swemwbs: it has 7 answers in a row and is called \
          by name",
            "what -9, 6, 99 among the answers of wellbeing.csv stands for: no item takes it; a code for a \
             missing answer belongs in answer-blanks, anything else is a slip"
        ]
    );
}

trait Sorted {
    fn take_sorted(&self) -> Vec<(String, String)>;
}

impl Sorted for Value {
    fn take_sorted(&self) -> Vec<(String, String)> {
        let all = self.as_object().unwrap().iter();
        all.map(|(key, value)| (key.clone(), value.to_string())).collect()
    }
}

#[test]
fn rows_of_subscales_name_their_instrument() {
    let (mapping, guess) = example("dass21");
    let (written, guessed) = (json(&mapping), json(&guess.mapping().unwrap()));
    let forms = |mapping: &Value| {
        let table = &mapping["tables"]["assessments"];
        let mut columns = table["columns"].clone();
        // Whether a total is raw or metric is nobody's to guess.
        columns.as_object_mut().unwrap().remove("totals");
        (columns, table["constants"].clone())
    };
    assert_eq!(forms(&guessed), forms(&written));
    assert_eq!(
        guess.open.last().unwrap(),
        "whether \"published_total\" of covid-gaming-study-1.csv holds totals, raw or metric: no value \
         tells; map it as totals.<measure>, with its column and its kind"
    );
    let occasions: Vec<(&str, Option<&str>)> =
        guess.spellings.iter().map(|of| (&*of.spelling, of.meaning.as_deref())).collect();
    assert_eq!(occasions, [("before", Some("1")), ("during", Some("2"))]);
}

#[test]
fn what_cannot_be_guessed_is_left_open() {
    let guess = |previews: &[Preview]| guess_mapping(previews, &Registry::new());
    let nothing = guess(&[csv("a.csv", "Colour,Shape\nred,round\n")]);
    assert_eq!(nothing.tables[0].table, None);
    assert_eq!(
        nothing.open,
        [
            "what a.csv holds: its headings are those of no table",
            "which table holds the questionnaires: no columns look like answers"
        ]
    );
    assert_eq!(
        nothing.mapping().unwrap_err().to_string(),
        "the mapping cannot be read: it has no [tables.assessments]"
    );
    let rows = "id,date,companionship,left-out,isolated\nA,2026-03-05,1,2,3\n";
    let twice = guess(&[csv("before.csv", rows), csv("after.csv", rows)]);
    assert_eq!(twice.tables[1].table, None);
    assert_eq!(
        twice.open,
        [
            "how after.csv goes together with another table: both look like assessments, and each of \
             these is read from one; put the rows of both under one row of headings, or nothing is \
             read from after.csv"
        ]
    );
    let unknown = guess(&[csv("a.csv", "id,Q1,Q2\nA,7,8\n")]);
    assert_eq!(
        unknown.open,
        [
            "to what the 2 answers of a.csv are; no instrument has as many that take such answers",
            "when the questionnaires of a.csv were filled in: no column holds dates or occasions"
        ]
    );
    assert_eq!(
        unknown.mapping().unwrap_err().to_string(),
        "[assessments] maps no column to instrument, which every row needs; map one"
    );
    let american =
        guess(&[csv("gad-7.csv", "id,date,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,05/03/2026,1,2,3,0,0,0,0\n")]);
    assert_eq!(
        american.open[1],
        "whether the day or the month comes first in dates such as 05/03/2026: no date tells; the \
         import takes the day first"
    );
    assert!(guess(&[]).tables.is_empty());
}

#[test]
fn semicolons_named_items_and_labels_are_seen() {
    let text =
        "Client id;Date;Life satisfaction;Worthwhile;Happy;Anxious\nA;2026-03-05;very;7;8;2\n";
    let guess = guess_mapping(&[csv("ons.csv", text)], &Registry::new());
    let guessed = json(&guess.mapping().unwrap());
    let table = &guessed["tables"]["assessments"];
    assert_eq!(table["delimiter"], ";");
    assert_eq!(
        table["columns"]["answers"]["ons4"],
        serde_json::json!(["Life satisfaction", "Worthwhile", "Happy", "Anxious"])
    );
    let labelled = "id,date,tool,Q1,Q2,Q3\nA,2026-03-05,UCLA-3,often,1,Often\n";
    let guess = guess_mapping(&[csv("forms.csv", labelled)], &Registry::new());
    let spellings: Vec<(&str, &str, Option<&str>)> = guess
        .spellings
        .iter()
        .map(|of| (&*of.section, &*of.spelling, of.meaning.as_deref()))
        .collect();
    assert_eq!(spellings, [("answers.ucla-3", "often", None)]);
    assert!(guess.to_toml().contains("[answers.ucla-3]\n# often = ?\n"));
}

#[test]
fn the_sheets_of_a_workbook_are_guessed_at_too() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/workbooks/openpyxl.xlsx");
    let previews = Preview::workbook(&mut Workbook::open(&path).unwrap()).unwrap();
    let guess = guess_mapping(&previews, &Registry::new());
    let guessed = serde_json::to_value(&guess).unwrap()["mapping"].clone();
    let people = &guessed["tables"]["people"];
    assert_eq!((&people["file"], &people["sheet"]), (&"openpyxl.xlsx".into(), &"Clients".into()));
    assert_eq!(people["columns"]["simd-quintile"], "SIMD");
    assert_eq!(guessed["tables"]["assessments"]["columns"]["person"], "Client ref");
}
