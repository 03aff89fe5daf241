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
        sentences(&guess),
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
        sentences(&guess),
        [
            "whether the answers of wellbeing.csv are to swemwbs: it has 7 answers in a row and is called \
          by name",
            "what -9, 6, 99 among the answers of wellbeing.csv stands for: no item takes it; a code for a \
             missing answer belongs in answer-blanks, anything else is a slip"
        ]
    );
}

/// A sheet in which the first form has no word of its own, and dates are parted by dots.
#[test]
fn the_form_of_which_nothing_is_said_beside_a_review_is_the_first() {
    let codes = |name: &str| (1..=7).map(|i| format!("{name} Q{i},")).collect::<String>();
    let text = format!(
        "CHI,First contact,Review date,{}Baseline date,{}\n\
         9901010010,01.03.2026,05.06.2026,{answers}05.03.2026,{answers}\n",
        codes("SWEMWBS review"),
        codes("SWEMWBS"),
        answers = "3,".repeat(7),
    );
    let guess = guess_mapping(&[csv("sheet.csv", &text)], &Registry::new());
    let guessed = json(&guess.mapping().unwrap());
    assert_eq!(guessed["dates"], serde_json::json!(["dd/mm/yyyy"]));
    let forms = guessed["tables"]["assessments"]["forms"].as_array().unwrap();
    let found: Vec<_> = forms
        .iter()
        .map(|form| (&form["order"], &form["columns"]["date"], &form["columns"]["answers"][0]))
        .collect();
    let expected = [(2, "Review date", "SWEMWBS review Q1"), (1, "Baseline date", "SWEMWBS Q1")]
        .map(|(order, date, first)| (Value::from(order), Value::from(date), Value::from(first)));
    assert_eq!(found, expected.iter().map(|(a, b, c)| (a, b, c)).collect::<Vec<_>>());
    let open: Vec<_> = guess.open.iter().map(|point| point.code).collect();
    assert_eq!(open, ["questionnaire-guessed", "day-or-month"]);
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
        *sentences(&guess).last().unwrap(),
        "whether \"published_total\" of covid-gaming-study-1.csv holds totals, raw or metric: no value \
         tells; map it as totals.<measure>, with its column and its kind"
    );
    let occasions: Vec<(&str, Option<&str>)> =
        guess.spellings.iter().map(|of| (&*of.spelling, of.meaning.as_deref())).collect();
    assert_eq!(occasions, [("before", Some("1")), ("during", Some("2"))]);
}

fn sentences(guess: &MappingGuess) -> Vec<&str> {
    guess.open.iter().map(|open| open.message.as_str()).collect()
}

#[test]
fn files_with_the_same_headings_are_read_one_below_the_other() {
    let rows = |day| format!("id,date,companionship,left-out,isolated\nA,{day},1,2,3\n");
    let (before, after) = (rows("2026-03-05"), rows("2026-06-05"));
    let other = after.replace("id,date", "Date,ID").replace("A,2026-06-05", "2026-06-05,A");
    let given = [csv("before.csv", &before), csv("after.csv", &other)];
    let guess = guess_mapping(&given, &Registry::new());
    assert_eq!(guess.tables[1].table, Some(TableName::Assessments));
    assert_eq!(
        sentences(&guess),
        [
            "whether after.csv holds further assessments: its headings are those of another file, and \
             its rows are read below that one's"
        ]
    );
    let mapping = guess.mapping().unwrap();
    assert!(guess.to_toml().contains("also = [{ file = \"after.csv\" }]\n"), "{}", guess.to_toml());
    assert_eq!(Mapping::from_toml(&guess.to_toml()).unwrap(), mapping);
    let table = TableName::Assessments;
    let import =
        || Import::new(mapping.clone(), &Registry::new()).unwrap().table(table, before.as_bytes());
    let (people, report) = import().table(table, other.as_bytes()).read().unwrap();
    assert_eq!(people[0].episodes[0].assessments.len(), 2);
    assert_eq!((report.account.tables["assessments"].read, report.account.tables.len()), (2, 1));
    let refused = import().read().unwrap_err();
    assert_eq!(refused.code(), "files-not-given");
    assert_eq!(
        refused.to_string(),
        "[assessments] names 2 files and 1 came; give each in its order, or leave the others out of `also`"
    );
}

#[test]
fn headings_below_a_title_are_found() {
    let text = "Wellbeing forms 2026\n\nMade on,05/06/2026\nClient,Date,Q1,Q2,Q3\nA,2026-03-05,1,2,3\nB,2026-03-05,1,2,3\nC,2026-03-05,1,2,3\nD,2026-03-05,1,2,3\nE,soon,1,1,1\n";
    let preview = csv("ucla-3.csv", text);
    assert_eq!((preview.heading_row, &*preview.headings[0]), (Some(4), "Client"));
    let guess = guess_mapping(&[preview], &Registry::new());
    assert!(guess.to_toml().contains("\nheading-row = 4\n"));
    let mut mapping = json(&guess.mapping().unwrap());
    let import = |mapping: &Value| {
        let mapping = Mapping::from_json(&mapping.to_string())?;
        Import::new(mapping, &Registry::new())?
            .table(TableName::Assessments, text.as_bytes())
            .read()
    };
    let (people, report) = import(&mapping).unwrap();
    assert_eq!(people.len(), 4);
    // As a spreadsheet counts them: the title is row 1.
    assert_eq!((report.problems[0].row, report.problems[0].line), (9, 9));
    mapping["tables"]["assessments"]["heading-row"] = 0.into();
    assert_eq!(
        import(&mapping).unwrap_err().to_string(),
        "[assessments] has its headings in row 0, and rows are counted from 1; give the row as the \
         spreadsheet shows it"
    );
    mapping["tables"]["assessments"]["heading-row"] = 40.into();
    assert_eq!(import(&mapping).unwrap_err().code(), "empty-file");
    mapping["tables"]["assessments"]["also"] =
        vec![serde_json::json!({ "file": "a.csv" }); 30].into();
    assert_eq!(
        import(&mapping).unwrap_err().to_string(),
        "[assessments] names 31 files, above 30; put the rows of several into one"
    );
}

#[test]
fn cells_are_parted_by_what_parts_most_rows_evenly() {
    for (delimiter, text) in [
        (b';', "Forms of April, May, June and July, 2026\nClient;Date;Q1\nA;2026-04-05;1\n"),
        (b';', "Client;Date;Minutes\nA;2026-04-05;1,5\nB;2026-04-05;2,5\nC;2026-04-05;0,5\n"),
        (b';', "Client;\"I felt calm, rested, well and at ease\"\nA;1\n"),
        (b';', "Client;Date;Notes\nA;2026-04-05;\nB;2026-04-06;came, sat, and left, late\n"),
        (b',', "Client,Date,Notes\nA,2026-04-05,one; two; three; four\nB,2026-04-05,none\n"),
        (b'\t', "\n\nClient\tDate\tTown, county\r\nA\t2026-04-05\tLeith, Edinburgh"),
        (b'|', "Client|Date"),
        (b',', "Client"),
        (b',', "Client\n\"never closed;;;\n"),
    ] {
        assert_eq!(char::from(csv("a.csv", text).delimiter), char::from(delimiter), "{text}");
    }
}

#[test]
fn what_dates_lack_is_said() {
    let open = |date: &str| {
        let text = format!("Client,When,Q1,Q2,Q3\nA,{date},1,2,3\n");
        let guess = guess_mapping(&[csv("ucla-3.csv", &text)], &Registry::new());
        let dated = guess.tables[0].columns[1].why.clone();
        let undated = guess
            .open
            .iter()
            .find(|open| open.code != "questionnaire-guessed" && open.code != "day-or-month");
        (dated, undated.map(|open| (open.code, open.heading.clone(), open.message.clone())))
    };
    let (dated, undated) = open("05/04/2026");
    assert_eq!(
        (dated.as_deref(), undated),
        (Some("it holds dates, and no other column does"), None)
    );
    let when = "when the questionnaires of ucla-3.csv were filled in: \"When\"";
    for (date, code, rest) in [
        (
            "05/04/26",
            "years-of-two-digits",
            "has years of two digits, of which no century is known; write them with four, such as 05/04/2026",
        ),
        (
            "46027",
            "days-as-numbers",
            "may have the numbers that a spreadsheet counts days by; format the column as dates there and save it again",
        ),
    ] {
        assert_eq!(open(date).1, Some((code, Some("When".to_owned()), format!("{when} {rest}"))));
    }
}

#[test]
fn what_cannot_be_guessed_is_left_open() {
    let guess = |previews: &[Preview]| guess_mapping(previews, &Registry::new());
    let nothing = guess(&[csv("a.csv", "Colour,Shape\nred,round\n")]);
    assert_eq!(nothing.tables[0].table, None);
    assert_eq!(
        sentences(&nothing),
        [
            "what a.csv holds: its headings are those of no table",
            "which table holds the questionnaires: no columns look like answers"
        ]
    );
    assert_eq!(
        nothing.mapping().unwrap_err().to_string(),
        "the mapping has no [tables.assessments], and without questionnaires there is nothing to \
         evaluate; add it"
    );
    let rows = "id,date,companionship,left-out,isolated\nA,2026-03-05,1,2,3\n";
    let more = "id,date,companionship,left-out,isolated,note\nA,2026-03-05,1,2,3,x\n";
    let twice = guess(&[csv("before.csv", rows), csv("after.csv", more)]);
    let table_of = |guess: &MappingGuess, at: usize| guess.tables[at].table;
    assert_eq!([table_of(&twice, 0), table_of(&twice, 1)], [Some(TableName::Assessments), None]);
    assert_eq!(
        sentences(&twice),
        ["how after.csv goes together with another table: both look like assessments, and their \
             headings differ; give both the same headings, or nothing is read from after.csv"]
    );
    assert_eq!(
        (twice.open[0].code, &*twice.open[0].about),
        ("headings-differ", &["assessments".to_owned()][..])
    );
    let unknown = guess(&[csv("a.csv", "id,Q1,Q2\nA,7,8\n")]);
    assert_eq!(
        sentences(&unknown),
        [
            "to what the 2 answers of a.csv are; no instrument has as many that take such answers",
            "when the questionnaires of a.csv were filled in: no column holds dates or occasions"
        ]
    );
    let codes: Vec<&str> = unknown.open.iter().map(|open| open.code).collect();
    assert_eq!(codes, ["unknown-questionnaire", "undated"]);
    assert_eq!(
        unknown.mapping().unwrap_err().to_string(),
        "[assessments] maps no column to instrument, which every row needs; map one"
    );
    let american =
        guess(&[csv("gad-7.csv", "id,date,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,05/03/2026,1,2,3,0,0,0,0\n")]);
    assert_eq!(
        sentences(&american)[1],
        "whether the day or the month comes first in dates such as 05/03/2026: no date tells; the \
         import takes the day first"
    );
    assert!(guess(&[]).tables.is_empty());
}

#[test]
fn numbered_columns_in_which_nobody_wrote_are_no_questionnaire() {
    let forms = |heading: &str, cells: &str| {
        let text = format!("id,date,Q1,Q2,Q3,{heading}\nA,2026-03-05,1,2,3,{cells}\n");
        let guess = guess_mapping(&[csv("ucla-3.csv", &text)], &Registry::new());
        let table = json(&guess.mapping().unwrap())["tables"]["assessments"].clone();
        (table["layout"].clone(), guess.tables[0].columns[5].field.clone())
    };
    assert_eq!(forms("Note 1,Note 2", ","), (Value::Null, None));
    // A sitting that is still to come has as many columns as the one before.
    assert_eq!(forms("End Q1,End Q2,End Q3", ",,"), ("wide".into(), Some("answers".to_owned())));
    let of = |text: &str| guess_mapping(&[csv("ucla-3.csv", text)], &Registry::new());
    let (blank, headings) = (of("id,date,Q1,Q2,Q3\n,,,,\n"), of("id,date,Q1,Q2,Q3\n"));
    for guess in [&blank, &headings] {
        assert_eq!(guess.tables[0].columns[2].field.as_deref(), Some("answers"), "before any row");
    }
    let last = headings.open.last().unwrap();
    assert_eq!(last.code, "no-rows");
    assert_eq!(last.message, "whether ucla-3.csv is whole: no row is seen in it");
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
    // As a form asks them; a second column that might be meant leaves it open.
    let asked = "Client id,Date,How satisfied are you with your life?,ONS4 Worthwhile,\
                 Happy yesterday,Anxious yesterday";
    let answers = |headings: &str| {
        let text =
            format!("{headings}\nA,2026-03-05{}\n", ",2".repeat(headings.split(',').count() - 2));
        let guess = guess_mapping(&[csv("calls.csv", &text)], &Registry::new());
        guess.mapping().ok().map(|mapping| json(&mapping)["tables"]["assessments"].clone())
    };
    assert_eq!(
        answers(asked).unwrap()["columns"]["answers"]["ons4"],
        serde_json::json!(asked.split(',').skip(2).collect::<Vec<_>>())
    );
    assert_eq!(answers(&format!("{asked},Happy at home")), None);
    assert_eq!(
        answers("Client id,Date,LifeSatisfaction,worthwhile,happy,anxious").unwrap()["columns"]["answers"]
            ["ons4"][0],
        "LifeSatisfaction"
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

/// The number by which everybody is known to NHS Scotland; the ones here are nobody's.
#[test]
fn a_chi_number_says_whose_a_row_is() {
    for heading in ["CHI", "CHI Number", "chi_number"] {
        let text =
            format!("{heading},Date,ONS4 1,ONS4 2,ONS4 3,ONS4 4\n9901010010,05/03/2026,3,5,4,6\n");
        let guess = guess_mapping(&[csv("forms.csv", &text)], &Registry::new());
        let guessed = json(&guess.mapping().unwrap());
        assert_eq!(guessed["tables"]["assessments"]["columns"]["person"], heading, "{heading}");
    }
}

#[test]
fn what_exports_call_referrals_and_attendance_is_known() {
    for (file, text, heading, field) in [
        (
            "referrals.csv",
            "Client No,Referral No,Referral received\nA,R1,05/03/2026\n",
            "Referral received",
            "referred",
        ),
        (
            "contacts.csv",
            "Client No,Appt date,Outcome\nA,05/03/2026,DNA\n",
            "Outcome",
            "attendance",
        ),
    ] {
        let guess = guess_mapping(&[csv(file, text)], &Registry::new());
        let column = guess.tables[0].columns.iter().find(|column| column.heading == heading);
        assert_eq!(column.unwrap().field.as_deref(), Some(field));
    }
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

#[test]
fn a_table_may_be_very_wide() {
    let width = 20_000;
    let row = format!("{}05/03/2026", "3,".repeat(width - 1));
    let table = |heading: &dyn Fn(usize) -> String| {
        let headings: Vec<String> = (0..width).map(heading).collect();
        let rows = format!("A,05/03/2026,{row}\nB,16/03/2026,{row}\n");
        format!("Client,Date,{}\n{rows}", headings.join(","))
    };
    let guessed = |text: &str| guess_mapping(&[csv("swemwbs.csv", text)], &Registry::new());
    // Columns that nobody needs hide nothing of those that are needed.
    let beside = |at| if at < 7 { format!("Q{}", at + 1) } else { format!("Extra {at}th") };
    let beside = guessed(&table(&beside));
    let used = beside.tables[0].columns.iter().filter(|column| column.field.is_some()).count();
    assert_eq!((beside.tables[0].columns.len(), used), (width + 2, 9));
    let mapping = json(&beside.mapping().unwrap());
    assert_eq!(mapping["tables"]["assessments"]["constants"]["instrument"], "swemwbs");

    // Each seven columns are a form of their own, and one of them has a date.
    let text = table(&|at| match at {
        19_999 => "Date of s7".to_owned(),
        _ => format!("s{} q{}", at / 7, at % 7 + 1),
    });
    let sittings = guessed(&text);
    let of = |column: usize| &sittings.tables[0].columns[column];
    assert_eq!((of(2).form, of(19_990).form), (Some(1), Some(2_856)));
    assert_eq!((of(20_001).field.as_deref(), of(20_001).form), (Some("date"), Some(8)));
    // All of it can be read.
    let mapping = sittings.mapping().unwrap();
    let run = Import::new(mapping, &Registry::new())
        .unwrap()
        .table(TableName::Assessments, text.as_bytes())
        .dry_run()
        .unwrap();
    assert_eq!((run.people, run.report.account.tables["forms"].read), (2, 2 * 2_857));
}

#[test]
fn headings_without_an_end_are_refused() {
    let headings = "heading,".repeat(70_000);
    let error = Preview::csv("endless.csv", headings.as_bytes()).unwrap_err();
    assert_eq!(error.code(), "record-too-long");
    assert_eq!(
        error.to_string(),
        "endless.csv has a record of more than 512 KiB, beginning \
         \"heading,heading,heading,heading,heading,…\"; look for a quote in it that is not closed, and \
         leave columns out that nobody reads"
    );
    // Old spreadsheets end their lines otherwise.
    let returns = "Client,Note\r".to_owned() + &"A,plain\r".repeat(70_000);
    assert_eq!(Preview::csv("old.csv", returns.as_bytes()).unwrap().headings, ["Client", "Note"]);
}
