//! What an import makes of bad input, word for word.

#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use clw_core::caseload::{Person, Recorded, When};
use clw_core::import::{DryRun, Import, ImportError, Mapping, Preview, TableName};
use clw_core::instrument::Registry;
use clw_core::score::Answer;

const LONG: &str = r#"
dates = ["iso", "dd/mm/yyyy"]
answer-blanks = ["-9"]
[tables.assessments]
file = "forms.csv"
columns = { person = "Client", date = "Date", answers = ["Q1", "Q2", "Q3"], mode = "Mode" }
constants = { instrument = "ucla-3" }
[answers.ucla-3]
"hardly ever" = 1
"some of the time" = 2
often = 3
"#;

fn import<'a>(mapping: &str, csv: &'a [u8]) -> Result<Import<'a>, ImportError> {
    let import = Import::new(Mapping::from_toml(mapping)?, &Registry::new())?;
    Ok(import.table(TableName::Assessments, csv))
}

fn dry_run(csv: &[u8]) -> DryRun {
    import(LONG, csv).unwrap().dry_run().unwrap()
}

fn error(mapping: &str, csv: &str) -> String {
    let failed = import(mapping, csv.as_bytes()).and_then(Import::dry_run);
    failed.unwrap_err().to_string()
}

fn people(csv: &str) -> Vec<Person> {
    import(LONG, csv.as_bytes()).unwrap().read().unwrap().0
}

/// Each row by itself, under the headings of `LONG`.
#[test]
fn a_bad_row_is_rejected_in_words() {
    let long_cell = "x".repeat(10 << 20);
    let too_long = format!("{long_cell},2026-03-05,1,2,3,");
    let cases: [(&[u8], &str); 20] = [
        (
            b"A,2026-03-05,1,2,3",
            "the record has 5 cells under 6 headings; look for a separator or a quote too many or \
             too few [malformed-record]",
        ),
        (
            b"A,\"2026-03-05,1,2,3,\nB,2026-03-05,1,2,3,",
            "a quote in this record is not closed where its cell ends, so that 2 lines were read as \
             one record; close the quote [unclosed-quote]",
        ),
        (
            // As many cells as there are headings, and B and C in the last of them.
            b"A,2026-03-05,1,2,3,\"home\nB,2026-03-05,1,2,3,\nC,2026-03-05,1,2,3,\"phone\"",
            "a quote in this record is not closed where its cell ends, so that 3 lines were read as \
             one record; close the quote [unclosed-quote]",
        ),
        (
            b" ,-,,n/a,,",
            "no mapped column holds anything; remove the row if it stands for nothing [blank-row]",
        ),
        (
            b",2026-03-05,1,2,3,",
            "\"Client\" is blank; each row needs the id of one person [no-person-id]",
        ),
        (
            b"Not known,2026-03-05,1,2,3,",
            "\"Client\" holds \"Not known\", which is no id; each row needs the id of one person \
             [no-person-id]",
        ),
        (
            b"#REF!,2026-03-05,1,2,3,",
            "\"Client\" holds \"#REF!\", which is no id; each row needs the id of one person \
             [no-person-id]",
        ),
        (
            b"A/B,2026-03-05,1,2,3,",
            "\"Client\" holds \"A/B\", more than one id; give each person a row of their own, or \
             declare other id-separators [two-person-ids]",
        ),
        (
            too_long.as_bytes(),
            "\"Client\" holds 10485760 bytes, more than 65536; shorten it, or leave the column \
             unmapped [cell-too-long]",
        ),
        (
            b"A,2026-03-05,1,2,3,\xE9",
            "\"Mode\" holds \"\u{fffd}\", which is not UTF-8; save the file as CSV UTF-8 \
             [invalid-utf8]",
        ),
        (
            b"\xE9,2026-03-05,1,2,3,",
            "\"Client\" holds \"\u{fffd}\", which is not UTF-8; save the file as CSV UTF-8 \
             [invalid-utf8]",
        ),
        (
            b"A,,1,2,3,",
            "\"Date\" is blank, and the record cannot be placed in time; fill it in [missing-date]",
        ),
        (
            b"A,03/13/2026,1,2,3,",
            "\"Date\" holds \"03/13/2026\", which is no date in a declared format (iso, \
             dd/mm/yyyy); correct it, or declare its format [unreadable-date]",
        ),
        (
            b"A,5/3/26,1,2,3,",
            "\"Date\" holds \"5/3/26\", which is no date in a declared format (iso, dd/mm/yyyy); \
             correct it, or declare its format [unreadable-date]",
        ),
        (
            b"A,05/03/0026,1,2,3,",
            "\"Date\" holds \"05/03/0026\", which is no date in a declared format (iso, dd/mm/yyyy; \
             from 1901 on); correct it, or declare its format [unreadable-date]",
        ),
        (
            b"A,2026-03-05,1,2,-9-,",
            "\"Q3\" holds \"-9-\", which is neither a whole number nor a label; correct it, or map \
             it in [answers.ucla-3] [unreadable-answer]",
        ),
        (
            b"A,2026-03-05,1,abc,3,",
            "\"Q2\" holds \"abc\", which is neither a whole number nor a label; correct it, or map \
             it in [answers.ucla-3] [unreadable-answer]",
        ),
        (
            b"A,2026-03-05,1,1.5,3,",
            "\"Q2\" holds \"1.5\", which is neither a whole number nor a label; correct it, or map \
             it in [answers.ucla-3] [unreadable-answer]",
        ),
        (
            b"A,2026-03-05,1,2x,3,",
            "\"Q2\" holds \"2x\", which is neither a whole number nor a label; correct it, or map \
             it in [answers.ucla-3] [unreadable-answer]",
        ),
        (
            b"A,2026-03-05,1,99999999999999999999,3,",
            "\"Q2\" holds \"99999999999999999999\", which is neither a whole number nor a label; \
             correct it, or map it in [answers.ucla-3] [unreadable-answer]",
        ),
    ];
    for (row, message) in cases {
        let csv = [b"Client,Date,Q1,Q2,Q3,Mode\n", row].concat();
        let run = dry_run(&csv);
        let account = &run.report.account.tables["assessments"];
        assert_eq!((account.read, account.used, run.people), (1, 0, 0), "{message}");
        let problem = run.report.problems[0].to_string();
        assert_eq!(problem, format!("forms.csv, row 2 (line 2): {message}"));
    }
}

#[test]
fn a_bad_value_that_the_row_can_do_without_is_left_out_and_noted() {
    let run = dry_run(b"Client,Date,Q1,Q2,Q3,Mode\nA,2026-03-05,1,2,3,pigeon");
    assert_eq!(
        run.to_string(),
        "table               read      used  rejected\n\
         assessments            1         1         0\n\
         \x20 1 with a warning: unknown-code\n\
         1 person\n\
         warning: forms.csv, row 2 (line 2): \"Mode\" holds \"pigeon\", which is not on the list \
         assessment-mode; correct it, or map the spelling in [codes.assessment-mode] \
         [unknown-code]\n"
    );
}

#[test]
fn headings_without_rows_are_told() {
    assert_eq!(
        dry_run(b"Client,Date,Q1,Q2,Q3,Mode\n").to_string(),
        "table               read      used  rejected\n\
         assessments            0         0         0\n\
         \x20 headings and no rows\n\
         0 people\n"
    );
}

#[test]
fn what_rejects_rows_is_told_first_and_what_is_alike_once() {
    let run = dry_run(
        b"Client,Date,Q1,Q2,Q3,Mode\nA,2026-03-05,1,2,3,pigeon\nB,2026-03-05,1,2,3,pigeon\n\
          C,2026-03-05,1,2,3,pigeon\nD,5 March,1,2,3,\nE,2026-03-05,1,2,3,owl\nF,2026-03-05,1,2,3,owl\n",
    );
    let printed = run.to_string();
    let told: Vec<&str> = printed.lines().skip_while(|line| !line.ends_with("people")).collect();
    assert_eq!(told.len(), 4, "{printed}");
    assert!(
        told[1].starts_with("rejected: forms.csv, row 5 (line 5): \"Date\" holds"),
        "{printed}"
    );
    assert!(told[2].starts_with("warning: forms.csv, row 2 (line 2): \"Mode\" holds \"pigeon\""));
    assert!(told[2].ends_with("[unknown-code] (and 2 more rows)"), "{printed}");
    assert!(told[3].ends_with("[unknown-code] (and 1 more row)"), "{printed}");
}

#[test]
fn answers_are_numbers_labels_and_many_kinds_of_blank() {
    let given = Answer::Given;
    for (cells, answers) in [
        ("1,2,3", [given(1), given(2), given(3)]),
        ("Hardly-ever,OFTEN , some of the time", [given(1), given(3), given(2)]),
        ("55,-1,3.0", [given(55), given(-1), given(3)]),
        (",N/A,-9", [Answer::Blank; 3]),
        ("None recorded,unknown,null", [Answer::Blank; 3]),
        ("not applicable,Not Due,.", [Answer::NotApplicable, Answer::NotApplicable, Answer::Blank]),
    ] {
        let people = people(&format!("Client,Date,Q1,Q2,Q3,Mode\nA,5/3/2026,{cells},"));
        assert_eq!(people[0].episodes[0].assessments[0].answers, answers, "{cells}");
    }
}

#[test]
fn a_byte_order_mark_and_headings_in_another_case_do_no_harm() {
    let csv = "\u{feff}\r\n CLIENT ,date,q1,q2,q3,mode,mode of transport\r\n\
               A,2026-03-05,1,2,3,Phone,x\r\n";
    for block in [1, 1 << 20] {
        let run = import(LONG, csv.as_bytes()).unwrap().block_bytes(block).dry_run().unwrap();
        assert_eq!((run.people, run.report.problems.len()), (1, 0));
    }
}

#[test]
fn a_column_that_is_not_mapped_may_hold_anything() {
    let mut csv = b"Client,Notes,Date,Q1,Q2,Q3,Mode\nA,".to_vec();
    csv.extend(vec![b'x'; 10 << 20]);
    csv.extend(b",2026-03-05,1,2,3,\nA,\"\xFF,\n\"\"\",2026-03-06,1,2,3,\n");
    let run = dry_run(&csv);
    assert_eq!((run.people, run.report.problems.len()), (1, 0));
    assert_eq!(run.report.account.tables["assessments"].used, 2);
}

#[test]
fn ids_are_compared_without_outer_spaces_and_marks_that_nobody_sees() {
    for mark in ["\u{a0}", "\u{feff}", "\u{200b}", "\u{200e}", "\u{2060}", "\0"] {
        let other = format!("{mark}A{mark},2026-04-05,1,2,3,");
        let people = people(&format!("Client,Date,Q1,Q2,Q3,Mode\nA,2026-03-05,1,2,3,\n{other}\n"));
        assert_eq!(people.len(), 1, "{mark:?}");
        assert_eq!(people.first().unwrap().episodes.first().unwrap().assessments.len(), 2);
    }
}

/// `-9` as a label once made a blank of 9, and `10` as a label a 10 of 1.0.
#[test]
fn labels_of_digits_are_compared_as_they_stand() {
    let mapping = r#"
[tables.assessments]
file = "f.csv"
columns = { person = "P", date = "D", answers = ["Q1", "Q2", "Q3", "Q4"] }
constants = { instrument = "ons4" }
[answers.ons4]
"-9" = "blank"
"10" = 10
"#;
    let csv = "P,D,Q1,Q2,Q3,Q4\nA,2026-03-05,9,-9,1.0,10\n";
    let (people, _) = import(mapping, csv.as_bytes()).unwrap().read().unwrap();
    let answers =
        &people.first().unwrap().episodes.first().unwrap().assessments.first().unwrap().answers;
    let given = Answer::Given;
    assert_eq!(**answers, [given(9), Answer::Blank, given(1), given(10)]);
}

#[test]
fn rows_and_lines_are_told_as_a_spreadsheet_and_an_editor_count_them() {
    // The space behind the quote is no text.
    let csv = "Client,Date,Q1,Q2,Q3,Mode\n\n\"A\",2026-03-05,1,2,3,\"a\nb\" \nB,,1,2,3,\n";
    for block in [1, 1 << 20] {
        let import = import(LONG, csv.as_bytes()).unwrap().block_bytes(block);
        let problems = import.dry_run().unwrap().report.problems;
        let places: Vec<(u64, u64)> = problems.iter().map(|p| (p.row, p.line)).collect();
        assert_eq!(places, [(2, 3), (3, 5)], "blocks of {block} bytes");
    }
}

#[test]
fn what_stops_an_import_says_so() {
    let heading = "Client,Date,Q1,Q2,Q3,Mode\n";
    assert_eq!(error(LONG, ""), "forms.csv is empty; its first row must hold the headings");
    assert_eq!(error(LONG, "\n\r\n"), "forms.csv is empty; its first row must hold the headings");
    assert_eq!(
        error(LONG, "Client,Dat,Q1,Q2,Q3,Mode\n"),
        "forms.csv has no heading \"Date\"; the nearest is \"Dat\": correct the mapping"
    );
    assert_eq!(
        error(LONG, "Client;Date;Q1;Q2;Q3;Mode\nA;2026-03-05;1;2;3;\n"),
        "forms.csv has no heading \"Date\", but \"Client;Date;Q1;Q2;Q3;Mode\" in one; give the \
         table the delimiter \";\" in the mapping"
    );
    assert_eq!(
        error(LONG, "Client,Date,Q1,Q2,Q3,Mode,DATE\n"),
        "forms.csv has the heading \"Date\" more than once, so which column is meant is not clear; \
         rename one of them"
    );
    assert_eq!(
        error(LONG, "\"Client,Date\n"),
        "the headings of forms.csv begin with \"\\\"Client,Date\\n\" and do not end; look for a \
         quote in them that is not closed"
    );
    let latin = import(LONG, b"Client,Date,Q1,Q2,Q3,Mode,\xE9\n").unwrap().dry_run();
    assert_eq!(
        latin.unwrap_err().to_string(),
        "the headings of forms.csv are not UTF-8; save the file as CSV UTF-8"
    );
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let utf16: Vec<u8> = heading.encode_utf16().flat_map(bytes).collect();
        let refused = import(LONG, &utf16).unwrap().dry_run().unwrap_err();
        assert_eq!(refused, ImportError::HeadingsNotUtf8 { file: "forms.csv".to_owned() });
        assert_eq!(Preview::csv("forms.csv", &*utf16).unwrap_err(), refused);
    }
    let endless = format!("{heading}A,\"{}", "x".repeat(65 << 20));
    assert_eq!(
        error(LONG, &endless),
        "forms.csv has a record of more than 64 MiB, beginning \
         \"A,\\\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"; look for a quote in it that is not \
         closed, and leave columns out that nobody reads"
    );
    let mapping = || Mapping::from_toml(LONG).unwrap();
    let no_data = Import::new(mapping(), &Registry::new()).unwrap().dry_run().unwrap_err();
    assert_eq!(
        no_data.to_string(),
        "the mapping has [assessments], and no data was given for it; give the data, or remove the \
         table from the mapping"
    );
    let too_much = import(LONG, heading.as_bytes()).unwrap().table(TableName::Holds, &b"x\n"[..]);
    assert_eq!(
        too_much.dry_run().unwrap_err().to_string(),
        "data was given for holds, and the mapping has no [holds]; map its columns, or leave the \
         data out"
    );
    let nowhere = Import::new(mapping(), &Registry::new()).unwrap();
    let missing = nowhere.open(std::path::Path::new("no-such-folder")).err().unwrap();
    assert_eq!(missing.code(), "unreadable");
}

#[test]
fn a_mapping_that_cannot_be_right_says_why() {
    let base = "[tables.assessments]\nfile = \"f.csv\"\n";
    let columns = "columns = { person = \"P\", date = \"D\", answers = [\"Q1\"] }\n";
    let constants = "constants = { instrument = \"who-5\" }\n";
    let whole = format!("{base}{columns}{constants}");
    for (mapping, message) in [
        (
            format!("{base}colums = {{}}"),
            "the mapping cannot be read: TOML parse error at line 3, column 1\n  |\n3 | colums = {}\n  \
             | ^^^^^^\nunknown field `colums`, expected one of `file`, `sheet`, `layout`, `delimiter`, `heading-row`, `also`, \
             `columns`, `constants`, `forms`",
        ),
        (
            format!("{base}columns = {{ person = \"P\", minutes = \"M\" }}"),
            "[assessments] has no field \"minutes\"; its fields are person, episode, birth-year, \
             age-band, gender, ethnicity, simd-quintile, simd-decile, simd-version, postcode, \
             urban-rural, programme, practice, worker, referred, source, primary-reason, \
             other-reasons, accepted, first-contact, attended-contacts, closed, end-reason, date, occasion, \
             instrument, version, measure, contact-ordinal, mode, setting, assisted, rater, entered",
        ),
        (
            format!("{base}{columns}"),
            "[assessments] maps no column to instrument, which every row needs; map one",
        ),
        (
            whole.replace("date = \"D\", ", ""),
            "[assessments] maps no column to date or occasion, which every row needs; map one",
        ),
        (
            whole.replace("instrument =", "date = \"x\", instrument ="),
            "[assessments] gives date both as a column and as a constant; remove one of them",
        ),
        (
            whole.replace("instrument =", "mode = \"x\", instrument ="),
            "[assessments.constants] gives mode as \"x\", which is not a code of the list \
             assessment-mode; correct it",
        ),
        (
            whole.replace("instrument =", "person = \"x\", instrument ="),
            "[assessments] has the key constants.person, which belongs to columns, as each row has \
             an id of its own; remove it",
        ),
        (
            whole.replace("person = \"P\"", "simd-quintile = \"S\", person = \"P\""),
            "[assessments] maps no column to simd-version, which every row needs; map one",
        ),
        (
            whole.replace("[\"Q1\"]", "[\"Q1\", \"Q2\", \"q1\"]"),
            "[assessments] maps the heading \"q1\" to two items of one form; map one column an \
             item, in the order of the questionnaire",
        ),
        (
            format!("{whole}[[tables.assessments.forms]]\norder = 1"),
            "[assessments] has the key forms, which belongs to [assessments] with the layout wide; \
             remove it",
        ),
        (
            format!(
                "{whole}[tables.needs]\nfile = \"n\"\ncolumns = {{ episode = \"E\", reason = \"R\" }}"
            ),
            "[needs] maps no column to person, which every row needs; map one",
        ),
        (
            format!("{whole}[codes.colour]\nred = \"blue\""),
            "[codes.colour] is no code list; the lists are referral-source, referral-reason, \
             gender, contact-type, contact-mode, attendance, end-reason, onward-status, \
             assessment-mode, assessment-setting, rater, yes-no",
        ),
        (
            format!("{whole}[codes.rater]\nself = \"client\""),
            "[codes.rater] maps \"self\" to \"client\", which is not on the list; use one of \
             person, worker, joint",
        ),
        (
            format!("{whole}[codes.yes-no]\n\"Y.\" = \"no\""),
            "[codes.yes-no] maps the spelling \"Y.\" to two things; spellings that differ only in \
             case, spaces and punctuation are one, so keep one of them",
        ),
        (
            format!("dates = [\"mm/dd/yyyy\"]\n{whole}"),
            "the date format \"mm/dd/yyyy\" is not known; use iso, dd/mm/yyyy or dd-mmm-yyyy",
        ),
        (
            format!("list-separator = \"ab\"\n{whole}"),
            "list-separator holds \"ab\"; each one is a single ASCII character other than a \
             letter, a digit, a quote or a line end",
        ),
        (
            whole.replace("who-5", "who-6"),
            "[assessments]: no instrument is called \"who-6\"; the nearest names are `who-5@1998`, \
             `phq-9@2001`, `recovery-star@1`",
        ),
        (
            format!("{base}columns = {{ person = \"P\", date = \"D\", answers.who-5 = [\"Q\"] }}"),
            "[assessments] answers maps 1 item columns for who-5, which has 5 items; map one \
             column an item, in the order of the questionnaire",
        ),
    ] {
        assert_eq!(error(&mapping, "P,D,Q1\n"), message, "{mapping}");
    }
}

const TABLES: &str = r#"
dates = ["iso"]
[tables.people]
file = "people.csv"
columns = { person = "P", gender = "G", birth-year = "B" }
[tables.episodes]
file = "episodes.csv"
columns = { person = "P", episode = "E", referred = "R", practice = "S" }
[tables.needs]
file = "needs.csv"
columns = { episode = "E", reason = "N", met = "M" }
[tables.assessments]
file = "forms.csv"
columns = { person = "P", date = "D", instrument = "T", answers = ["1", "2", "3", "4"] }
"#;

fn tables<'a>(people: &'a str, episodes: &'a str, needs: &'a str, forms: &'a str) -> Import<'a> {
    Import::new(Mapping::from_toml(TABLES).unwrap(), &Registry::new())
        .unwrap()
        .table(TableName::People, people.as_bytes())
        .table(TableName::Episodes, episodes.as_bytes())
        .table(TableName::Needs, needs.as_bytes())
        .table(TableName::Assessments, forms.as_bytes())
}

#[test]
fn rows_find_their_person_and_episode_or_say_why_not() {
    let import = tables(
        "P,G,B\nA,woman,1980\nA,woman,1980\nB,man,1970\nB,man,1971\nC,,\n",
        "P,E,R,S\nA,1,2026-01-01,X\nA,2,2026-03-01,X\nB,3,2026-01-01,Y\nD,4,2026-01-01,Y\nC,5,,\nC,6,,\n",
        "E,N,M\n1,housing,yes\n9,housing,no\n,housing,no\n2,horses,no\n2,,no\n",
        "P,D,T,1,2,3,4\nA,2026-02-28,ucla-3,1,2,3,\nA,2026-03-01,ucla-3,1,2,3,\n\
         A,2025-12-31,ucla-3,1,2,3,\nC,2026-01-01,ucla-3,1,2,3,\nX,2026-01-01,ucla-3,1,2,3,\n\
         B,2026-01-02,ucla-4,1,2,3,\nB,2026-01-02,,1,2,3,\nB,2026-01-02,ucla-3,1,2,3,4\n\
         B,2026-01-02,who-5,1,2,3,4\n",
    );
    let problems: Vec<String> = import
        .dry_run()
        .unwrap()
        .report
        .problems
        .iter()
        .map(|p| format!("{} {}: {} [{}]", p.file, p.row, p.message, p.code.code()))
        .collect();
    assert_eq!(
        problems,
        [
            "people.csv 3: the row says the same as an earlier one, which was used; remove it \
             [duplicate-row]",
            "people.csv 5: \"B\" differs between rows of the same person; it is taken as not known \
             until they agree [conflicting-value]",
            "episodes.csv 5: \"D\" is not in the people table; add the person, or correct the id \
             [unknown-person]",
            "forms.csv 4: the row names no episode, and its date, 2025-12-31, does not tell which \
             of the person's 2 episodes it is; map a column with the episode id [episode-unclear]",
            "forms.csv 5: the row names no episode, and its date, 2026-01-01, does not tell which \
             of the person's 2 episodes it is; map a column with the episode id [episode-unclear]",
            "forms.csv 6: \"X\" is not in the people table; add the person, or correct the id \
             [unknown-person]",
            "forms.csv 7: \"T\" holds \"ucla-4\": no instrument is called \"ucla-4\"; the nearest \
             names are `ucla-3@2004`, `ons4@2011`, `dass-21@1995` [unknown-instrument]",
            "forms.csv 8: \"T\" is blank; name the instrument [missing-instrument]",
            "forms.csv 9: ucla-3 has 3 answers in a row, and \"4\" holds one more; check the \
             instrument's name [wrong-number-of-answers]",
            "forms.csv 10: who-5 has 5 answers in a row, and there are 4 columns for them; check \
             the instrument's name [wrong-number-of-answers]",
            "needs.csv 3: the episodes table has no episode \"9\"; add the episode, or correct the \
             id [unknown-episode]",
            "needs.csv 4: \"E\" is blank; each row needs the id of one episode [no-episode-id]",
            "needs.csv 5: \"N\" holds \"horses\", which is not on the list referral-reason; \
             correct it, or map the spelling in [codes.referral-reason] [unknown-code]",
            "needs.csv 6: \"N\" is blank; the record is of no use without it, so fill it in \
             [missing-code]",
        ]
    );
}

#[test]
fn a_code_that_its_item_does_not_have_is_kept_and_told() {
    let run = dry_run(b"Client,Date,Q1,Q2,Q3,Mode\nA,2026-03-05,1,55,9,\n");
    let told: Vec<String> = run.report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "forms.csv, row 2 (line 2): \"Q2\" holds \"55\", and item 2 of ucla-3 takes 1 to 3; correct \
          it: until then the form is not scored [answer-out-of-range]"
        ]
    );
    let person = &people("Client,Date,Q1,Q2,Q3,Mode\nA,2026-03-05,1,55,9,\n")[0];
    assert_eq!(person.episodes[0].assessments[0].answers[1], Answer::Given(55));
}

#[test]
fn a_hold_whose_end_cannot_be_read_is_not_taken_as_endless() {
    let mapping = "[tables.holds]\nfile = \"holds.csv\"\n\
        columns = { person = \"P\", from = \"F\", to = \"T\" }\n\
        [tables.assessments]\nfile = \"forms.csv\"\n\
        columns = { person = \"P\", date = \"D\", answers = [\"1\", \"2\", \"3\"] }\n\
        constants = { instrument = \"ucla-3\" }\n";
    let forms = "P,D,1,2,3\nA,2026-01-01,1,1,1\n";
    let holds = "P,F,T\nA,2026-01-02,whenever\nA,2026-02-02,-\n";
    let import = import(mapping, forms.as_bytes()).unwrap();
    let (people, report) = import.table(TableName::Holds, holds.as_bytes()).read().unwrap();
    let ends: Vec<_> = people[0].episodes[0].holds.iter().map(|hold| hold.to).collect();
    assert_eq!(ends, [None], "a blank end is an open one");
    assert_eq!(report.account.tables["holds"].rejected["unreadable-date"], 1);
}

#[test]
fn a_table_of_headings_alone_says_nothing_of_anyone() {
    let mapping = r#"
[tables.episodes]
file = "episodes.csv"
columns = { person = "p", episode = "e", accepted = "a", primary-reason = "r" }
[tables.contacts]
file = "contacts.csv"
columns = { episode = "e", date = "d", attendance = "at" }
[tables.needs]
file = "needs.csv"
columns = { episode = "e", reason = "r" }
[tables.assessments]
file = "forms.csv"
columns = { person = "p", date = "d", answers = ["1", "2", "3"] }
constants = { instrument = "ucla-3" }
"#;
    let episodes = "p,e,a,r\nA,1,yes,unknown\nB,2,yes,housing\n";
    let first = |contacts: &str, needs: &str| {
        let import = Import::new(Mapping::from_toml(mapping).unwrap(), &Registry::new()).unwrap();
        let import = import
            .table(TableName::Episodes, episodes.as_bytes())
            .table(TableName::Contacts, contacts.as_bytes())
            .table(TableName::Needs, needs.as_bytes())
            .table(TableName::Assessments, "p,d,1,2,3\n".as_bytes());
        import.read().unwrap().0.remove(0).episodes.remove(0)
    };
    let nobody = first("e,d,at\n", "e,r\n");
    assert_eq!(nobody.contacts, Recorded::Missing);
    assert_eq!(nobody.needs, Recorded::Missing);
    assert_eq!(nobody.outcomes, Recorded::Missing, "not a table of this caseload");
    assert_eq!(nobody.reasons, Recorded::NotKnown);
    let rejected = first("e,d,at\n9,2026-03-05,seen\n", "e,r\n2,no such need\n");
    assert_eq!(rejected.contacts, Recorded::Missing, "the one contact is of no episode");
    let others = first("e,d,at\n2,2026-03-05,seen\n", "e,r\n2,housing\n");
    assert_eq!(others.contacts, Recorded::Value(Vec::new()));
    assert_eq!(others.needs, Recorded::Value(Vec::new()));
}

#[test]
fn an_export_appended_twice_changes_nothing() {
    let (people, episodes) = ("P,G,B\nA,woman,1980\n", "P,E,R,S\nA,1,2026-01-01,X\n");
    let forms = "P,D,T,1,2,3,4\nA,2026-02-28,ucla-3,1,2,3,\n";
    let read = |needs| tables(people, episodes, needs, forms).read().unwrap();
    let (once, _) = read("E,N,M\n1,housing,yes\n1,housing,no\n");
    let (twice, rows) = read("E,N,M\n1,housing,yes\n1,housing,no\n1,housing,yes\n1,housing,no\n");
    assert_eq!(once, twice);
    assert_eq!(rows.account.tables["needs"].rejected["duplicate-row"], 2);
}

#[test]
fn one_id_in_two_programmes_has_an_episode_with_each() {
    let mapping =
        LONG.replace("person = \"Client\",", "person = \"Client\", programme = \"Where\",");
    let csv =
        "Client,Where,Date,Q1,Q2,Q3,Mode\n1,North,2026-01-01,1,1,1,\n1,South,2026-03-01,3,3,3,\n";
    let (people, _) = import(&mapping, csv.as_bytes()).unwrap().read().unwrap();
    let episodes: Vec<_> =
        people[0].episodes.iter().map(|e| (e.id.as_str(), e.assessments.len())).collect();
    assert_eq!(episodes, [("North", 1), ("South", 1)]);
}

#[test]
fn a_sitting_without_an_episode_id_belongs_to_the_episode_that_was_running() {
    let import = tables(
        "P,G,B\nA,woman,1980\n",
        "P,E,R,S\nA,1,2026-01-01,X\nA,2,2026-03-01,X\n",
        "E,N,M\n",
        "P,D,T,1,2,3,4\nA,2026-02-28,ucla-3,1,2,3,\nA,2026-03-01,ucla-3,1,2,3,\n",
    );
    let (people, _) = import.read().unwrap();
    let dates: Vec<Vec<When>> = people[0]
        .episodes
        .iter()
        .map(|episode| episode.assessments.iter().map(|form| form.when).collect())
        .collect();
    let on = |day: &str| When::Date(day.parse().unwrap());
    assert_eq!(dates, [vec![on("2026-02-28")], vec![on("2026-03-01")]]);
}

#[test]
fn one_file_may_hold_people_episodes_and_forms() {
    let mapping = LONG.replace("person =", "gender = \"G\", referred = \"R\", person =");
    let csv = "Client,Date,Q1,Q2,Q3,Mode,G,R\nA,2026-01-09,1,2,3,,Woman,2026-01-05\n\
               A,2026-03-09,1,2,3,,,2026-01-05\nA,2026-05-01,1,1,1,,woman,2026-04-28\n\
               B,,,,,,Man,2026-02-02\n";
    let (people, report) = import(&mapping, csv.as_bytes()).unwrap().read().unwrap();
    let forms: Vec<Vec<(&str, usize)>> = people
        .iter()
        .map(|p| p.episodes.iter().map(|e| (e.id.as_str(), e.assessments.len())).collect())
        .collect();
    assert_eq!(forms, [vec![("2026-01-05", 2), ("2026-04-28", 1)], vec![("2026-02-02", 0)]]);
    assert!(matches!(people[1].gender, Recorded::Value(_)));
    assert_eq!(
        report.problems[0].message,
        "neither a date nor an answer is given; the row was used for what else it says"
    );
}

const SUBSCALES: &str = r#"
[tables.assessments]
file = "dass.csv"
columns = { person = "id", occasion = "when", measure = "scale", answers = ["1", "2", "3", "4", "5", "6", "7"] }
constants = { instrument = "dass-21" }
[occasions]
before = 1
during = 2
"#;

#[test]
fn rows_of_one_form_are_joined_and_must_agree() {
    let csv = "id,when,scale,1,2,3,4,5,6,7\nA,before,stress,1,1,1,1,1,1,1\n\
               A,before,stress,1,1,1,1,1,1,1\nA,before,anxiety,2,2,2,2,2,2,2\n\
               A,before,anxiety,2,2,2,2,2,2,3\nA,after,stress,1,1,1,1,1,1,1\n\
               A,before,sorrow,1,1,1,1,1,1,1\n";
    let (people, report) = import(SUBSCALES, csv.as_bytes()).unwrap().read().unwrap();
    let [form] = people[0].episodes[0].assessments.as_slice() else { panic!("one form") };
    assert_eq!(form.when, When::Occasion(1));
    assert_eq!(form.answers.iter().filter(|answer| **answer == Answer::Given(1)).count(), 7);
    assert_eq!(form.answers.iter().filter(|answer| **answer == Answer::Blank).count(), 14);
    let messages: Vec<&str> = report.problems.iter().map(|p| p.message.as_str()).collect();
    let differ = "the answers to anxiety differ from those in another row of the same form, and \
                  neither is used; keep the right row";
    assert_eq!(
        messages,
        [
            "the row says the same as an earlier one, which was used; remove it",
            differ,
            differ,
            "\"when\" holds \"after\", which has no place in [occasions]; give it one",
            "\"scale\" holds \"sorrow\", which is no measure; use one of depression, anxiety, stress",
        ]
    );
}

const WIDE: &str = r#"
dates = ["iso", "dd/mm/yyyy"]
[tables.assessments]
file = "wide.csv"
layout = "wide"
columns = { person = "Client", gender = "G" }
constants = { instrument = "ucla-3" }
[[tables.assessments.forms]]
order = 1
columns = { date = "D1", answers = ["A1", "A2", "A3"] }
[[tables.assessments.forms]]
order = 2
columns = { date = "D2", answers = ["B1", "B2", "B3"] }
"#;

#[test]
fn a_wide_row_loses_only_the_form_that_is_wrong() {
    let csv = "Client,G,D1,A1,A2,A3,D2,B1,B2,B3\nA,woman,2026-01-05,1,2,3,2025-05-01,3,2,1\n\
               B,man,2026-01-05,1,2,3,,3,2,1\nC,man,,,,,,,,\n";
    let (people, report) = import(WIDE, csv.as_bytes()).unwrap().read().unwrap();
    let forms: Vec<usize> = people.iter().map(|p| p.episodes[0].assessments.len()).collect();
    assert_eq!(forms, [1, 1, 0]);
    let account = &report.account.tables;
    assert_eq!((account["assessments"].read, account["assessments"].used), (3, 3));
    assert_eq!((account["forms"].read, account["forms"].used), (4, 2));
    let messages: Vec<&str> = report.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "\"D2\" holds \"2025-05-01\", which is before 2026-01-05, the date of an earlier form; \
             correct the one that is wrong",
            "\"D2\" is blank, and the record cannot be placed in time; fill it in",
            "neither a date nor an answer is given; the row was used for what else it says",
        ]
    );
}

#[test]
fn long_and_wide_say_the_same() {
    let wide = "Client,G,D1,A1,A2,A3,D2,B1,B2,B3\nA,,2026-01-05,1,2,3,05/05/2026,3,2,1\n\
                B,,2026-02-05,2,2,3,,,,\n";
    let long = "Client,Date,Q1,Q2,Q3,Mode\nB,05/02/2026,2,2,3,\nA,2026-05-05,3,2,1,\n\
                A,2026-01-05,1,2,3,\n";
    let sorted = |mut people: Vec<Person>| {
        for episode in people.iter_mut().flat_map(|person| &mut person.episodes) {
            episode.assessments.sort_by_key(|form| form.when.date());
        }
        people
    };
    let (wide, _) = import(WIDE, wide.as_bytes()).unwrap().read().unwrap();
    assert_eq!(sorted(wide), sorted(people(long)));
}
