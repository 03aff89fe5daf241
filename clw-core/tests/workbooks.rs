//! Workbooks come in as the CSV files that a spreadsheet would save them as.

#![cfg(feature = "xlsx")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use clw_core::caseload::{Person, Recorded, When};
use clw_core::import::{Import, ImportError, ImportReport, Mapping, TableName, Workbook};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::civil::date;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// One table of forms in a workbook.
const FORMS: &str = r#"
[tables.assessments]
file = "forms.xlsx"
sheet = "Forms"
columns = { person = "Client", date = "Date", answers = ["Q1", "Q2", "Q3"], mode = "Mode" }
constants = { instrument = "ucla-3" }
"#;

fn import(mapping: &str) -> Import<'static> {
    Import::new(Mapping::from_toml(mapping).unwrap(), &Registry::new()).unwrap()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of sheets, each with its name and the XML of its rows.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = format!(
        "<Relationships><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/>\
         </Relationships>"
    );
    let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, rows)) in sheets.iter().enumerate() {
        write!(list, "<sheet name='{name}' sheetId='{number}' r:id='r{number}'/>").unwrap();
        write!(
            relations,
            "<Relationship Id='r{number}' Type='{OFFICE}/worksheet' Target='worksheets/{number}.xml'/>"
        )
        .unwrap();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/{number}.xml"), sheet));
    }
    let list = format!("<workbook><sheets>{list}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut all = vec![
        ("_rels/.rels", main.as_str()),
        ("xl/workbook.xml", list.as_str()),
        ("xl/_rels/workbook.xml.rels", relations.as_str()),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    archive(&all)
}

/// The rows of a CSV text, each cell a text of its own.
fn rows(csv: &[u8]) -> String {
    let mut rows = String::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    for record in reader.records() {
        rows.push_str("<row>");
        for cell in &record.unwrap() {
            let text = cell.replace('&', "&amp;").replace('<', "&lt;");
            write!(rows, "<c t='inlineStr'><is><t>{text}</t></is></c>").unwrap();
        }
        rows.push_str("</row>");
    }
    rows
}

fn read(bytes: &[u8], mapping: &str) -> Result<(Vec<Person>, ImportReport), ImportError> {
    import(mapping).workbook(&mut Workbook::from_bytes("forms.xlsx", bytes)?)?.read()
}

fn error(bytes: &[u8], mapping: &str) -> (&'static str, String) {
    let error = read(bytes, mapping).unwrap_err();
    (error.code(), error.to_string())
}

/// The sheets are written by `oracles/workbooks.py`, with two libraries that are not this one.
#[test]
fn the_sheets_of_other_writers_come_in_as_they_were_written() {
    const MAPPING: &str = r#"
        dates = ["dd/mm/yyyy"]
        [tables.people]
        file = "caseload.xlsx"
        sheet = "clients "
        [tables.people.columns]
        person = "Client ref"
        gender = "Gender"
        birth-year = "Born"
        simd-quintile = "SIMD"
        simd-version = "SIMD version"
        [tables.assessments]
        file = "caseload.xlsx"
        sheet = "Forms"
        [tables.assessments.columns]
        person = "Client ref"
        date = "Completed"
        assisted = "Assisted"
        answers = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]
        [tables.assessments.constants]
        instrument = "swemwbs"
        [codes.gender]
        "female & co" = "woman"
        male = "man"
    "#;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/workbooks");
    for writer in ["openpyxl.xlsx", "xlsxwriter.xlsx"] {
        let (people, report) = import(MAPPING).open(&folder.join(writer)).unwrap().read().unwrap();
        let [first, second] = people.as_slice() else { panic!("{writer}: {people:?}") };
        assert_eq!((first.id.as_str(), second.id.as_str()), ("0101234567", "1234567890"));
        assert_eq!(first.birth_year, Recorded::Value(1950));
        assert_eq!(first.simd.value().map(|simd| simd.quintile), Some(2));
        let form = |person: &Person| person.episodes[0].assessments[0].clone();
        let (one, other) = (form(first), form(second));
        assert_eq!(one.when, When::Date(date(2026, 3, 5)));
        assert_eq!(one.assisted, Recorded::Value(true));
        assert_eq!(one.answers, [3, 3, 2, 1, 5, 4, 3].map(Answer::Given));
        assert_eq!(
            (other.when, other.assisted),
            (When::Date(date(2026, 3, 6)), Recorded::Value(false))
        );
        let mut answers = [3, 4, 4, 4, 4, 0, 4].map(Answer::Given);
        answers[5] = Answer::Blank;
        assert_eq!(other.answers, answers);
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        let expected = [
            format!(
                "{writer}, sheet \"Clients\", row 3: no mapped column holds anything; remove the row \
                 if it stands for nothing [blank-row]"
            ),
            format!(
                "{writer}, sheet \"Forms\", row 4: \"Completed\" holds \"46100.5\", which is no date \
                 in a declared format (dd/mm/yyyy); correct it, or declare its format \
                 [unreadable-date]"
            ),
        ];
        assert_eq!(problems, expected);
        assert_eq!(report.problems[1].sheet.as_deref(), Some("Forms"));
    }
}

/// Every table of the example caseload as a sheet of one workbook, and as files beside a workbook.
#[test]
fn a_workbook_says_what_its_sheets_say_as_files() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/caseload");
    let toml = std::fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let (expected, of_files) = import(&toml).open(&folder).unwrap().read().unwrap();
    let mapping = Mapping::from_toml(&toml).unwrap();
    let mut with_sheets = toml.clone();
    let sheets: Vec<(&str, String)> = mapping
        .files()
        .map(|(table, file)| {
            let named = format!("file = \"{file}\"");
            let sheet = format!("file = \"all.xlsx\"\nsheet = \"{table}\"");
            with_sheets = with_sheets.replace(&named, &sheet);
            (table.name(), rows(&std::fs::read(folder.join(file)).unwrap()))
        })
        .collect();
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, rows)| (*name, &**rows)).collect();
    let bytes = workbook(&sheets);
    let (people, report) = read(&bytes, &with_sheets).unwrap();
    assert_eq!(people, expected);
    assert_eq!(report.account, of_files.account);
    let place = |problem: &clw_core::import::Problem| (problem.table, problem.row, problem.code);
    let places = |report: &ImportReport| report.problems.iter().map(place).collect::<Vec<_>>();
    assert_eq!(places(&report), places(&of_files));
}

#[test]
fn rows_keep_their_numbers_whatever_stands_between_them() {
    let bytes = workbook(&[(
        "Forms",
        "<row r='3'><c r='B3' t='str'><v>Client</v></c><c r='C3' t='str'><v>Date</v></c>\
           <c r='D3' t='str'><v>Q1</v></c><c r='E3' t='str'><v>Q2</v></c>\
           <c r='F3' t='str'><v>Q3</v></c><c r='G3' t='str'><v>Mode</v></c></row>\
         <row r='5'><c r='B5' t='str'><v>A \"the\" first</v></c><c r='C5' t='d'><v>2026-03-05T00:00:00</v></c>\
           <c r='D5'><f>SUM(1,1)</f><v>2</v></c><c r='E5'><v>1</v></c><c r='F5'><v>3</v></c>\
           <c r='J5' t='str'><v>a note beside the table</v></c></row>\
         <row r='6'/><row r='7'><c r='B7' t='inlineStr'><is><t>B</t><rPh><t>no</t></rPh></is></c>\
           <c r='C7' t='e'><v>#REF!</v></c></row>\
         <row r='900'><c r='B900' s='3'/></row>",
    )]);
    let (people, report) = read(&bytes, FORMS).unwrap();
    assert_eq!(people[0].id, "A \"the\" first");
    assert_eq!(people[0].episodes[0].assessments[0].answers, [2, 1, 3].map(Answer::Given));
    let problems: Vec<(u64, &str)> =
        report.problems.iter().map(|problem| (problem.row, problem.code.code())).collect();
    assert_eq!(problems, [(4, "blank-row"), (6, "blank-row"), (7, "unreadable-date")]);
    assert_eq!(report.problems[2].column.as_deref(), Some("Date"));
}

#[test]
fn a_workbook_that_cannot_be_read_says_why() {
    let one = |rows: &str| workbook(&[("Forms", rows)]);
    let two = workbook(&[("Forms", ""), ("2026 & on".replace('&', "&amp;").as_str(), "")]);
    let no_sheet = FORMS.replace("sheet = \"Forms\"\n", "");
    let other_sheet = FORMS.replace("\"Forms\"", "\"forms 2026\"");
    let cases: [(Vec<u8>, &str, &str, &str); 13] = [
        (
            b"Client,Date".to_vec(),
            FORMS,
            "not-a-workbook",
            "forms.xlsx is no workbook that can be read (it does not begin as one); save it as an \
             Excel workbook (.xlsx) without a password, or as CSV UTF-8",
        ),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            FORMS,
            "not-a-workbook",
            "forms.xlsx is no workbook that can be read (an Excel 97-2003 workbook, or one with a \
             password); save it as an Excel workbook (.xlsx) without a password, or as CSV UTF-8",
        ),
        (
            b"PK".to_vec(),
            FORMS,
            "not-a-workbook",
            "forms.xlsx is no workbook that can be read (it is too short); save it as an Excel \
             workbook (.xlsx) without a password, or as CSV UTF-8",
        ),
        (
            archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
            FORMS,
            "not-a-workbook",
            "forms.xlsx is no workbook that can be read (an archive without a workbook); save it as \
             an Excel workbook (.xlsx) without a password, or as CSV UTF-8",
        ),
        (
            two.clone(),
            &no_sheet,
            "sheet-not-named",
            "[assessments] names no sheet, and forms.xlsx has 2: \"Forms\", \"2026 & on\"; give the \
             table a sheet in the mapping",
        ),
        (
            two,
            &other_sheet,
            "sheet-missing",
            "forms.xlsx has no sheet \"forms 2026\"; its sheets are \"Forms\", \"2026 & on\": correct \
             the mapping",
        ),
        (
            one("<row r='2'/><row r='2'/>"),
            FORMS,
            "workbook-damaged",
            "forms.xlsx, sheet \"Forms\", row 2 cannot be read: row 2 follows row 2; open the \
             workbook and save it again",
        ),
        (
            one("<row r='1'><c r='1A'><v>1</v></c></row>"),
            FORMS,
            "workbook-damaged",
            "forms.xlsx, sheet \"Forms\", row 1 cannot be read: \"1A\" names no cell; open the \
             workbook and save it again",
        ),
        (
            one("<row><c t='s'><v>7</v></c></row>"),
            FORMS,
            "workbook-damaged",
            "forms.xlsx, sheet \"Forms\", row 1 cannot be read: it has no text 7; open the workbook \
             and save it again",
        ),
        (
            one("<row><c><v>seven</v></c></row>"),
            FORMS,
            "workbook-damaged",
            "forms.xlsx, sheet \"Forms\", row 1 cannot be read: \"seven\" is no number; open the \
             workbook and save it again",
        ),
        (
            one(&"<a>".repeat(100)),
            FORMS,
            "workbook-damaged",
            "forms.xlsx, sheet \"Forms\", row 1 cannot be read: its tags are nested too deeply; open \
             the workbook and save it again",
        ),
        (
            one(""),
            FORMS,
            "empty-file",
            "forms.xlsx, sheet \"Forms\" is empty; its first row must hold the headings",
        ),
        (
            one("<row><c t='str'><v>Client</v></c></row>"),
            FORMS,
            "heading-missing",
            "forms.xlsx, sheet \"Forms\" has no heading \"Date\"; the nearest is \"Client\": correct \
             the mapping",
        ),
    ];
    for (bytes, mapping, code, message) in cases {
        assert_eq!(error(&bytes, mapping), (code, message.to_owned()));
    }
}

#[test]
fn nothing_expands_beyond_the_limit() {
    let limited = |bytes: &[u8], limit| {
        let mut workbook = Workbook::from_bytes("forms.xlsx", bytes).unwrap().limit_bytes(limit);
        let Err(error) = import(FORMS).workbook(&mut workbook) else { panic!("it was read") };
        (error.code(), error.to_string())
    };
    let large = (
        "workbook-too-large",
        "forms.xlsx, sheet \"Forms\" expands to more than 100000 bytes, far more than a caseload \
         has; remove what does not belong there, or save the sheet as CSV UTF-8"
            .to_owned(),
    );
    let one = |rows: &str| workbook(&[("Forms", rows)]);
    // A thousand times what it takes in the archive.
    let blanks = one(&"<row/>".repeat(1_000_000));
    assert!(blanks.len() < 20_000, "{}", blanks.len());
    assert_eq!(limited(&blanks, 100_000), large);
    // Two cells, and a million rows between them.
    let heading = "<row><c t='str'><v>Client</v></c><c t='str'><v>Date</v></c></row>";
    let far = one(&format!("{heading}<row r='1000000'><c><v>1</v></c></row>"));
    assert_eq!(limited(&far, 100_000), large);
    // One cell that never ends.
    let endless = one(&format!("<row><c t='str'><v>{}</v></c></row>", "x".repeat(4 << 20)));
    assert_eq!(
        limited(&endless, 10 << 20).1,
        "forms.xlsx, sheet \"Forms\", row 1 cannot be read: it holds a text longer than any cell; \
         open the workbook and save it again"
    );
}

/// Any byte of a workbook may be wrong: it is read, or refused, and nothing else happens.
#[test]
fn a_wrong_byte_never_stops_the_reader_itself() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/workbooks");
    let mapping =
        FORMS.replace("\"Client\"", "\"Client ref\"").replace("\"Date\"", "\"Completed\"");
    let whole = std::fs::read(folder.join("openpyxl.xlsx")).unwrap();
    for at in (0..whole.len()).step_by(61) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = read(&bytes, &mapping);
        let _ = read(&whole[..at], &mapping);
    }
    // The same within the XML, where a checksum does not help.
    let rows = "<row r='1'><c r='A1' t='str'><v>Client</v></c><c r='B1'><v>4</v></c></row>";
    for at in 0..rows.len() {
        for byte in [b'<', b'&', b'9', b'\'', b'>', 0] {
            let mut broken = rows.as_bytes().to_vec();
            broken[at] = byte;
            let _ = read(&workbook(&[("Forms", &String::from_utf8(broken).unwrap())]), FORMS);
        }
    }
}

#[test]
fn a_delimiter_belongs_to_a_csv_file() {
    let mapping = FORMS.replace("sheet = \"Forms\"", "delimiter = \";\"");
    assert_eq!(
        Mapping::from_toml(&mapping).unwrap_err().to_string(),
        "[assessments] has the key delimiter, which belongs to a CSV file; remove it"
    );
    assert!(Mapping::from_toml(FORMS).unwrap().in_workbook(TableName::Assessments));
}
