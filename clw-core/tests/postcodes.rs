//! Postcodes become places on SIMD through a look-up, and leave no trace.

#![cfg(feature = "import")]
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use clw_core::OrderedMap;
use clw_core::caseload::{Person, PostcodeMatch, Recorded, Simd, TableAccount};
use clw_core::import::{
    DryRun, Import, ImportError, ImportReport, Mapping, PostcodeLookup, PostcodeMapping, TableName,
    read_postcodes,
};
use clw_core::instrument::Registry;

const LOOKUP: &str = r#"
file = "simd.csv"
dates = ["iso", "dd/mm/yyyy"]
[columns]
postcode = "Postcode"
part = "SplitChar"
introduced = "Introduced"
deleted = "Deleted"
quintile = "Quintile"
decile = "Decile"
[constants]
version = "2020v2"
"#;

const POSTCODES: &str = "\
Postcode,SplitChar,DataZone,Introduced,Deleted,Quintile,Decile
EH1 1AA,,S01008677,1973-08-01,,1,2
EH1 1AB,,S01008677,01/08/1973 00:00:00,30/06/2024 00:00:00,5,9
EH1 1AD,A,S01008678,1973-08-01,,2,3
EH1 1AD,B,S01008679,1973-08-01,,4,7
EH1 1AE,A,S01008678,1973-08-01,,2,3
EH1 1AE,B,S01008679,1973-08-01,,2,4
EH1 1AF,,S01008677,2025-01-01,,3,5
";

fn lookup(mapping: &str, csv: &str) -> Result<(PostcodeLookup, TableAccount), ImportError> {
    read_postcodes(&PostcodeMapping::from_toml(mapping)?, csv.as_bytes())
}

const PEOPLE: &str = r#"
not-known = ["not known"]
[tables.people]
file = "people.csv"
columns = { person = "Id", postcode = "Postcode" }
[tables.episodes]
file = "episodes.csv"
columns = { person = "Id", episode = "Episode", referred = "Referred" }
[tables.assessments]
file = "forms.csv"
columns = { person = "Id", date = "Date", answers = ["Q1", "Q2", "Q3"] }
constants = { instrument = "ucla-3" }
"#;

const FORMS: &str = "Id,Date,Q1,Q2,Q3\n";

fn import<'r>(lookup: &'r PostcodeLookup, people: &'r str, episodes: &'r str) -> Import<'r> {
    Import::new(Mapping::from_toml(PEOPLE).unwrap(), &Registry::new())
        .unwrap()
        .table(TableName::People, people.as_bytes())
        .table(TableName::Episodes, episodes.as_bytes())
        .table(TableName::Assessments, FORMS.as_bytes())
        .postcodes(lookup)
}

fn read(people: &str, episodes: &str) -> (Vec<Person>, ImportReport) {
    let (lookup, _) = lookup(LOOKUP, POSTCODES).unwrap();
    import(&lookup, people, episodes).read().unwrap()
}

/// A quintile, and a decile.
type Place = (u8, Option<u8>);

/// A postcode, the days of referral, and what becomes of them.
type Case<'a> = (&'a str, &'a [&'a str], Recorded<PostcodeMatch>, Option<Place>);

const CASES: &[Case<'_>] = &[
    ("EH1 1AA", &["2024-03-05"], Recorded::Value(PostcodeMatch::Matched), Some((1, Some(2)))),
    ("eh11aa", &[], Recorded::Value(PostcodeMatch::Matched), Some((1, Some(2)))),
    ("EH1 1AB", &["2024-06-30"], Recorded::Value(PostcodeMatch::Matched), Some((5, Some(9)))),
    ("EH1 1AB", &["2024-07-01"], Recorded::Value(PostcodeMatch::DeletedBefore), None),
    ("EH1 1AF", &["2024-07-01"], Recorded::Value(PostcodeMatch::IntroducedAfter), None),
    // Of several referrals the latest counts: a record holds where a person lives now.
    (
        "EH1 1AF",
        &["2024-07-01", "2025-02-01"],
        Recorded::Value(PostcodeMatch::Matched),
        Some((3, Some(5))),
    ),
    ("EH1 1AD", &["2024-07-01"], Recorded::Value(PostcodeMatch::SplitAmbiguous), None),
    ("EH1 1ADB", &["2024-07-01"], Recorded::Value(PostcodeMatch::Matched), Some((4, Some(7)))),
    ("EH1 1AE", &["2024-07-01"], Recorded::Value(PostcodeMatch::Matched), Some((2, None))),
    ("EH9 9ZZ", &["2024-07-01"], Recorded::Value(PostcodeMatch::NotFound), None),
    ("no fixed abode", &["2024-07-01"], Recorded::Value(PostcodeMatch::NotAPostcode), None),
    ("not known", &["2024-07-01"], Recorded::NotKnown, None),
    ("", &["2024-07-01"], Recorded::Missing, None),
];

#[test]
fn each_person_has_a_place_or_the_reason_why_not() {
    let mut people = "Id,Postcode\n".to_owned();
    let mut episodes = "Id,Episode,Referred\n".to_owned();
    for (number, (postcode, referrals, ..)) in CASES.iter().enumerate() {
        people += &format!("P{number:02},{postcode}\n");
        for (episode, referred) in referrals.iter().enumerate() {
            episodes += &format!("P{number:02},{episode},{referred}\n");
        }
    }
    let (found, report) = read(&people, &episodes);
    assert_eq!(found.len(), CASES.len());
    for (person, (postcode, _, status, place)) in found.iter().zip(CASES) {
        assert_eq!(person.postcode_match, *status, "{postcode}");
        let simd = person.simd.value().map(|simd| (simd.quintile, simd.decile));
        assert_eq!(simd, *place, "{postcode}");
        assert!(person.simd.value().is_none_or(|simd| simd.version == "2020v2"));
        let absent = matches!(status, Recorded::Value(_) if place.is_none());
        assert!(!absent || person.simd == Recorded::NotKnown, "{postcode}");
    }
    assert_eq!(report.problems, []);

    // One worker or several, one block or many: the same people.
    let (lookup, _) = lookup(LOOKUP, POSTCODES).unwrap();
    let import = import(&lookup, &people, &episodes).block_bytes(16);
    let collect = |people: &mut Vec<Person>, person: &Person| people.push(person.clone());
    let (parts, _) = import.fold(3, Vec::new, collect).unwrap();
    let mut people: Vec<Person> = parts.into_iter().flatten().collect();
    people.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(people, found);
}

#[test]
fn a_place_that_the_file_records_stands() {
    let mapping = r#"
[tables.assessments]
file = "forms.csv"
constants = { instrument = "ucla-3", simd-version = "2016" }
[tables.assessments.columns]
person = "Id"
date = "Date"
simd-quintile = "Quintile"
postcode = "Postcode"
answers = ["Q1", "Q2", "Q3"]
"#;
    let forms = "Id,Date,Quintile,Postcode,Q1,Q2,Q3\n\
        A,2025-03-05,3,EH1 1AA,1,2,3\n\
        B,2025-03-05,,EH1 1AA,1,2,3\n";
    let (lookup, _) = lookup(LOOKUP, POSTCODES).unwrap();
    let import = Import::new(Mapping::from_toml(mapping).unwrap(), &Registry::new()).unwrap();
    let import = import.table(TableName::Assessments, forms.as_bytes()).postcodes(&lookup);
    let (people, _) = import.read().unwrap();
    let simd = |version: &str, quintile, decile| {
        Recorded::Value(Simd { version: version.into(), quintile, decile })
    };
    assert_eq!(people[0].simd, simd("2016", 3, None));
    assert_eq!(people[1].simd, simd("2020v2", 1, Some(2)));
    for person in people {
        assert_eq!(person.postcode_match, Recorded::Value(PostcodeMatch::Matched));
    }
}

/// Everything that comes out of an import, as text.
fn outputs(people: &str, episodes: &str) -> Vec<String> {
    let (found, report) = read(people, episodes);
    let (lookup, _) = lookup(LOOKUP, POSTCODES).unwrap();
    let dry: DryRun = import(&lookup, people, episodes).dry_run().unwrap();
    vec![
        format!("{found:?}"),
        serde_json::to_string(&found).unwrap(),
        format!("{report:?}"),
        serde_json::to_string(&report).unwrap(),
        dry.to_string(),
        format!("{dry:?}"),
        format!("{lookup:?}"),
    ]
}

#[test]
fn no_postcode_comes_out_of_an_import() {
    let long = "EH1 1AA".repeat(10_000);
    let people = format!(
        "Id,Postcode\n\
        A,EH1 1AA\n\
        A,EH1 1AB\n\
        A,EH1 1AD\n\
        B,EH1 1A?\n\
        C,Flat 2 EH1 1AA\n\
        G,EH1 1AA,spare\n\
        D,{long}\n\
        ,EH1 1AA\n"
    );
    // A separator is missing, so that the postcode stands where a date should.
    let episodes = "Id,Episode,Referred\nA,1,EH1 1AA\nA,2,eh11aa\nX,1,EH1 1AA\n";
    let (found, report) = read(&people, episodes);
    assert_eq!(found[0].postcode_match, Recorded::Value(PostcodeMatch::SeveralPostcodes));
    assert_eq!(found[0].simd, Recorded::NotKnown);
    // Three postcodes of one person are told of once.
    assert_eq!(report.account.tables["people"].warned["conflicting-value"], 1);
    assert_eq!(report.account.tables["people"].rejected["cell-too-long"], 1);
    assert_eq!(report.account.tables["episodes"].warned["unreadable-value"], 2);
    for output in outputs(&people, episodes) {
        let squeezed: String = output.to_lowercase().split_whitespace().collect();
        assert!(!squeezed.contains("eh11a"), "{output}");
    }
    let told: Vec<_> = report
        .problems
        .iter()
        .filter(|problem| problem.value.as_deref() == Some("(withheld)"))
        .map(|problem| (problem.code.code(), problem.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "conflicting-value",
                "\"Postcode\" differs between rows of the same person; it is taken as not known \
                 until they agree",
            ),
            (
                "cell-too-long",
                "\"Postcode\" holds 70000 bytes, more than 65536; shorten it, or leave the column \
                 unmapped",
            ),
            (
                "unreadable-value",
                "\"Referred\" holds \"(withheld)\", which is not a date in a declared format (iso); \
                 correct it",
            ),
            (
                "unreadable-value",
                "\"Referred\" holds \"(withheld)\", which is not a date in a declared format (iso); \
                 correct it",
            ),
        ]
    );
}

#[test]
fn no_postcode_stands_in_an_error() {
    let (lookup, _) = lookup(LOOKUP, POSTCODES).unwrap();
    let error = |people: &str| import(&lookup, people, "Id,Episode,Referred\n").read().unwrap_err();
    for (people, message) in [
        // Without headings the first person stands where they should be.
        ("A;EH1 1AA\n".to_owned(), "people.csv has no heading \"Id\"; correct the mapping"),
        (
            "Id,\"Postcode\nA,EH1 1AA\n".to_owned(),
            "the headings of people.csv begin with \"(withheld)\" and do not end; look for a quote \
             in them that is not closed",
        ),
    ] {
        let error = error(&people);
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("EH1"), "{error:?}");
    }
}

#[test]
fn rows_of_a_look_up_are_used_or_left_out_for_a_reason() {
    let csv = "\u{feff}Postcode,SplitChar,Introduced,Deleted,Quintile,Decile\r\n\
        EH1 1AA,,1973-08-01,,1,2\r\n\
        EH1 1AA,,1973-08-01,,1,2\r\n\
        EH1 1AB,,,,,10\r\n\
        EH1 1AC,,,,2,9\r\n\
        EH1 1AD,,,,,\r\n\
        EH1 1AE,,,,6,\r\n\
        EH1 1AF,,1973,,1,2\r\n\
        not one,,,,1,2\r\n\
        EH1 1AG,,,,1\r\n\
        EH1 1AH,,,,1,2,\r\n\
        \"EH1 1AJ\",\"a\",\"\",\"\",\"1.0\",\"2\"\r\n\
        \"EH1 1AK,,,,1,2\r\n";
    let (lookup, account) = lookup(LOOKUP, csv).unwrap();
    assert_eq!((account.read, account.used, lookup.rows()), (12, 6, 5));
    let counts = |counts: &OrderedMap<String, u64>| {
        counts.iter().map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>()
    };
    assert_eq!(
        counts(&account.rejected),
        [
            "malformed-record 1",
            "no-band 2",
            "not-a-postcode 1",
            "unclosed-quote 1",
            "unreadable-date 1"
        ]
    );
    assert_eq!(counts(&account.warned), ["decile-outside-quintile 1"]);
    let place = |postcode| match lookup.resolve(postcode, None) {
        clw_core::import::ResolvedPostcode::Matched(simd) => Some((simd.quintile, simd.decile)),
        clw_core::import::ResolvedPostcode::Unmatched(_) => None,
    };
    assert_eq!(place("EH1 1AB"), Some((5, Some(10))));
    assert_eq!(place("EH1 1AC"), Some((2, None)));
    assert_eq!(place("EH1 1AJA"), Some((1, Some(2))));
    assert_eq!(place("EH1 1AD"), None);
}

#[test]
fn what_is_wrong_with_a_look_up_is_said() {
    let columns = |columns: &str| format!("file = \"simd.csv\"\ncolumns = {{ {columns} }}\n");
    let versioned = columns(r#"postcode = "pc", quintile = "q", version = "v""#);
    let error = |mapping: &str, csv: &str| lookup(mapping, csv).unwrap_err();
    let rows = [
        (
            error(&columns(r#"postcode = "pc", version = "v""#), ""),
            "lookup-without",
            "the mapping of the look-up simd.csv has neither quintile nor decile; map one",
        ),
        (
            error(&columns(r#"postcode = "pc", quintile = "q""#), ""),
            "lookup-without",
            "the mapping of the look-up simd.csv has no version, or both a column and a constant of \
             it; map one",
        ),
        (
            error(&versioned, "pc,q,v\nEH1 1AA,,2020v2\nEH1 1AB,1,\n"),
            "lookup-empty",
            "the look-up simd.csv has 2 rows, none of them a postcode with a quintile or decile; \
             check which columns are mapped",
        ),
        (
            error(&versioned, "pc,q,v\nEH1 1AA,1,2020v2\nEH1 1AA,2,2016\n"),
            "lookup-versions-mixed",
            "the look-up simd.csv holds SIMD 2016 and SIMD 2020v2, and versions are never mixed; \
             keep the rows of one",
        ),
        (
            error(&versioned, "postcode,q,v\nEH1 1AA,1,2020v2\n"),
            "heading-missing",
            "simd.csv has no heading \"pc\"; the nearest is \"q\": correct the mapping",
        ),
        (
            error(&format!("dates = [\"american\"]\n{versioned}"), ""),
            "unknown-date-format",
            "the date format \"american\" is not known; use iso, dd/mm/yyyy or dd-mmm-yyyy",
        ),
        (
            error(&format!("delimiter = \"x\"\n{versioned}"), ""),
            "bad-separator",
            "delimiter holds \"x\"; each one is a single ASCII character other than a letter, a \
             digit, a quote or a line end",
        ),
    ];
    for (error, code, message) in rows {
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    assert_eq!(error("file = 1", "").code(), "mapping-unreadable");
}

#[test]
fn postcodes_need_a_look_up_and_a_column() {
    let import = Import::new(Mapping::from_toml(PEOPLE).unwrap(), &Registry::new()).unwrap();
    let import = import
        .table(TableName::People, "Id,Postcode\n".as_bytes())
        .table(TableName::Episodes, "Id,Episode,Referred\n".as_bytes())
        .table(TableName::Assessments, FORMS.as_bytes());
    let error = import.read().unwrap_err();
    assert_eq!(error.code(), "postcodes-without-lookup");
    assert_eq!(
        error.to_string(),
        "[people] maps postcode, and there is no look-up of postcodes; give one, or leave the \
         column out"
    );
    let constant = PEOPLE.replace(
        r#"columns = { person = "Id", postcode = "Postcode" }"#,
        "columns = { person = \"Id\" }\nconstants = { postcode = \"EH1 1AA\" }",
    );
    assert_eq!(
        Mapping::from_toml(&constant).unwrap_err().to_string(),
        "[people] has the key constants.postcode, which belongs to columns, as each person has a \
         postcode of their own; remove it"
    );
}
