//! Totals that a source recorded, through the import, the evaluation and the report.

#![cfg(all(feature = "import", feature = "report"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::path::PathBuf;

use clw_core::caseload::{Person, RecordedTotal};
use clw_core::evaluation::{Evaluation, Plan, SittingIssue};
use clw_core::import::{Import, ImportError, ImportReport, Mapping, TableName};
use clw_core::instrument::{Points, Registry};
use clw_core::score::Answer;

const TOTALS: &str = r#"
[tables.assessments]
file = "forms.csv"
constants = { instrument = "swemwbs" }
[tables.assessments.columns]
person = "Client"
date = "Date"
totals.wellbeing = { column = "SWEMWBS", kind = "raw" }
"#;

fn read(mapping: &str, csv: &str) -> Result<(Vec<Person>, ImportReport), ImportError> {
    let import = Import::new(Mapping::from_toml(mapping)?, &Registry::new())?;
    import.table(TableName::Assessments, csv.as_bytes()).read()
}

fn with_answers(kind: &str) -> String {
    let answers = "answers = [\"Q1\", \"Q2\", \"Q3\", \"Q4\", \"Q5\", \"Q6\", \"Q7\"]\n";
    format!("{TOTALS}{answers}").replace("\"raw\"", &format!("\"{kind}\""))
}

/// The raw sums and metric scores are two rows of the conversion table of Stewart-Brown et al. 2009.
#[test]
fn a_total_is_the_score_that_it_is_declared_to_be() {
    let metric = TOTALS.replace("\"raw\"", "\"metric\"");
    for (mapping, cell, total) in [
        (TOTALS, "29", RecordedTotal::Score(Points(2602))),
        (TOTALS, "29.0", RecordedTotal::Score(Points(2602))),
        (TOTALS, "7", RecordedTotal::Score(Points(700))),
        (TOTALS, "26.02", RecordedTotal::OtherKind),
        (&metric, "26.02", RecordedTotal::Score(Points(2602))),
        (&metric, "7.00", RecordedTotal::Score(Points(700))),
        (&metric, "35", RecordedTotal::Score(Points(3500))),
        (&metric, "29", RecordedTotal::OtherKind),
        (&metric, "", RecordedTotal::NotRecorded),
        (&metric, "n/a", RecordedTotal::NotRecorded),
    ] {
        let (people, _) =
            read(mapping, &format!("Client,Date,SWEMWBS\nA,2026-03-05,{cell}\n")).unwrap();
        let form = &people[0].episodes[0].assessments[0];
        assert_eq!(
            (form.total(0), form.answers.as_slice()),
            (total, &[Answer::Blank; 7][..]),
            "{cell}"
        );
    }
}

#[test]
fn a_total_that_cannot_be_says_where_and_why() {
    let metric = TOTALS.replace("\"raw\"", "\"metric\"");
    for (mapping, cells, message) in [
        (
            TOTALS.to_owned(),
            "21.54",
            "\"SWEMWBS\" holds \"21.54\", which can only be a metric total, and [totals] declares raw; \
             correct it, or declare the kind that the column holds: until then it is not taken as a \
             score [total-of-other-kind]",
        ),
        (
            metric.clone(),
            "24",
            "\"SWEMWBS\" holds \"24\", which can only be a raw total, and [totals] declares metric; \
             correct it, or declare the kind that the column holds: until then it is not taken as a \
             score [total-of-other-kind]",
        ),
        (
            TOTALS.to_owned(),
            "36",
            "\"SWEMWBS\" holds \"36\", which is no total (the raw total 36 is outside 7..=35 of \
             `wellbeing`; correct it); it is left out [unreadable-total]",
        ),
        (
            TOTALS.to_owned(),
            "21.5",
            "\"SWEMWBS\" holds \"21.5\", which is no total (a raw total is a whole number); it is left \
             out [unreadable-total]",
        ),
        (
            metric,
            "21.5",
            "\"SWEMWBS\" holds \"21.5\", which is no total (the total 21.5 is not a score of \
             `wellbeing`; the nearest are 20.73 and 21.54); it is left out [unreadable-total]",
        ),
        (
            TOTALS.to_owned(),
            "high",
            "\"SWEMWBS\" holds \"high\", which is no total (it is no number); it is left out \
             [unreadable-total]",
        ),
        (
            with_answers("raw"),
            "22,3,3,3,3,3,3,3",
            "\"SWEMWBS\" holds \"22\", a score of 19.98, and the answers make 19.25 of wellbeing; the \
             answers count: correct the one that is wrong [total-disagrees]",
        ),
    ] {
        let csv = format!("Client,Date,SWEMWBS,Q1,Q2,Q3,Q4,Q5,Q6,Q7\nA,2026-03-05,{cells}");
        let csv = format!("{csv}{}\n", ",".repeat(7 - cells.matches(',').count()));
        let (people, report) = read(&mapping, &csv).unwrap();
        assert_eq!(people.len(), 1);
        assert_eq!(report.problems.len(), 1, "{cells}");
        assert_eq!(report.problems[0].to_string(), format!("forms.csv, row 2 (line 2): {message}"));
        assert!(!report.problems[0].rejected);
    }
}

#[test]
fn a_mapping_of_totals_that_cannot_be_right_says_why() {
    for (mapping, message) in [
        (
            TOTALS.replace("wellbeing", "wellbing"),
            "[assessments] maps the total of \"wellbing\", which is no measure of any instrument; the \
             nearest are wellbeing, ",
        ),
        (
            TOTALS.replace("constants = { instrument = \"swemwbs\" }", ""),
            "[assessments] maps no column to instrument, which every row needs; map one",
        ),
        (
            TOTALS.replace("totals.wellbeing = { column = \"SWEMWBS\", kind = \"raw\" }", ""),
            "[assessments] maps no column to answers or totals, which every row needs; map one",
        ),
        (TOTALS.replace(", kind = \"raw\"", ""), "the mapping cannot be read: "),
        (
            format!(
                "{TOTALS}[tables.needs]\nfile = \"n.csv\"\n[tables.needs.columns]\nperson = \"P\"\n\
                     reason = \"R\"\ntotals.wellbeing = {{ column = \"S\", kind = \"raw\" }}\n"
            ),
            "[needs] has the key columns.totals, which belongs to [assessments]; remove it",
        ),
    ] {
        let error = read(&mapping, "Client,Date,SWEMWBS\n").unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let mapping = Mapping::from_toml(TOTALS).unwrap();
    assert_eq!(Mapping::from_toml(&mapping.to_toml()).unwrap(), mapping);
    assert_eq!(Mapping::from_json(&mapping.to_json()).unwrap(), mapping);
}

/// Everybody has two sittings; the day of the second is the day of judgement.
const PLAN: &str = r#"
title = "Totals"
as-of = "2026-06-30"
[[measures]]
instrument = "swemwbs"
[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "everyone"
"#;

fn evaluate(plan: &str, people: &[Person], report: &ImportReport) -> Evaluation {
    let plan = Plan::from_toml(plan).unwrap().check(&Registry::new()).unwrap();
    plan.evaluate(people, &report.account).unwrap()
}

fn issue(evaluation: &Evaluation, measure: usize, issue: SittingIssue) -> (u64, u64) {
    let counts = &evaluation.counts.measures[measure].issues;
    (counts.found.get(issue), counts.looked_for.get(issue))
}

#[test]
fn totals_make_pairs_and_are_counted_apart() {
    let csv = "Client,Date,SWEMWBS,Q1,Q2,Q3,Q4,Q5,Q6,Q7\n\
               A,2026-03-05,21,,,,,,,\n\
               A,2026-05-05,23,3,3,3,3,3,4,4\n\
               B,2026-03-05,20,3,3,3,3,3,3,3\n\
               B,2026-05-05,21.54,,,,,,,\n\
               C,2026-03-05,21,3,3,3,3,3,3,\n\
               D,2026-03-05,21,,,,,,,\n\
               D,2026-03-05,,3,3,3,3,3,3,3\n\
               E,2026-03-05,20,,,,,,,\n\
               E,2026-03-05,,3,3,3,3,3,3,3\n";
    let (people, report) = read(&with_answers("raw"), csv).unwrap();
    let evaluation = evaluate(PLAN, &people, &report);
    let of = |wanted| issue(&evaluation, 0, wanted);
    // Of A and D, and of E, where it contradicts the answers of the same day.
    assert_eq!(of(SittingIssue::TotalWithoutAnswers), (3, 9));
    assert_eq!(of(SittingIssue::TotalDisagrees), (1, 2));
    assert_eq!(of(SittingIssue::RawMixedWithMetric), (1, 7));
    let counts = &evaluation.counts.measures[0];
    assert_eq!(counts.main.pairs.n(), 1);
    use clw_core::pairing::SittingRole;
    let role = |role| counts.sittings.get(role);
    assert_eq!((role(SittingRole::Repeated), role(SittingRole::Conflicting)), (1, 2));
    assert_eq!(role(SittingRole::Unscored), 2);
    // Seven items each of the five forms with answers, of which C left one blank.
    assert_eq!((counts.items_asked, counts.items_answered), (35, 34));

    // Half the people, then the other half: the same to the byte.
    let (one, other) = people.split_at(2);
    let none =
        ImportReport { account: Default::default(), problems: Vec::new(), problems_untold: 0 };
    let (one, other) = (evaluate(PLAN, one, &report), evaluate(PLAN, other, &none));
    let merged = one.merge(&other).unwrap();
    assert_eq!(merged.to_json().unwrap(), evaluation.to_json().unwrap());

    // Which row comes first makes no difference.
    let (head, rows) = csv.split_once('\n').unwrap();
    let turned: Vec<&str> = rows.lines().rev().collect();
    let (people, report) =
        read(&with_answers("raw"), &format!("{head}\n{}\n", turned.join("\n"))).unwrap();
    assert_eq!(evaluate(PLAN, &people, &report).to_json().unwrap(), evaluation.to_json().unwrap());

    let page = clw_core::report::html(&evaluation);
    for name in ["Only the total is recorded, no answers", "Raw and metric totals are mixed"] {
        assert!(page.contains(name), "{name}");
    }
}

fn dass(change: impl Fn(String) -> String) -> (Vec<Person>, ImportReport) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/dass21");
    let mapping = change(std::fs::read_to_string(folder.join("mapping.toml")).unwrap());
    let import = Import::new(Mapping::from_toml(&mapping).unwrap(), &Registry::new()).unwrap();
    import.open(&folder).unwrap().read().unwrap()
}

/// The counts are those of Python 3.11.7, `csv` on the file alone: 1,320 rows, all with a total; 1,303
/// complete, whose totals are all right. 262 totals are above 21, the highest raw sum; of the complete
/// rows 876 have a total up to 21 that is not the sum of the items.
#[test]
fn the_totals_of_real_answers_are_checked_against_them() {
    let plan = std::fs::read_to_string(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/dass21/plan.toml"),
    );
    let plan = plan.unwrap();
    let (people, report) = dass(|mapping| mapping);
    let evaluation = evaluate(&plan, &people, &report);
    let sum = |wanted| {
        let counts = (0..3).map(|measure| issue(&evaluation, measure, wanted));
        counts.fold((0, 0), |(found, of), (more, among)| (found + more, of + among))
    };
    assert_eq!(sum(SittingIssue::TotalDisagrees), (0, 1303));
    assert_eq!(sum(SittingIssue::RawMixedWithMetric), (0, 1320));
    assert_eq!(sum(SittingIssue::TotalWithoutAnswers), (0, 1320));
    assert!(report.problems.is_empty(), "{:?}", report.problems);

    // The same file as a source that kept its totals only: every total is a score.
    let (people, report) = dass(|mapping| {
        let kept = mapping.lines().filter(|line| !line.starts_with("answers = "));
        kept.collect::<Vec<_>>().join("\n")
    });
    let alone = evaluate(&plan, &people, &report);
    let sum = |wanted| {
        let counts = (0..3).map(|measure| issue(&alone, measure, wanted));
        counts.fold((0, 0), |(found, of), (more, among)| (found + more, of + among))
    };
    assert_eq!(sum(SittingIssue::TotalWithoutAnswers), (1320, 1320));
    assert_eq!(alone.counts.measures[0].items_asked, 0);

    // Declared as raw, the doubled totals do not agree with the answers, and many can only be doubled.
    let (_, report) = dass(|mapping| mapping.replace("kind = \"metric\"", "kind = \"raw\""));
    let warned = &report.account.tables["assessments"].warned;
    let counted = [("total-disagrees".to_owned(), 876), ("total-of-other-kind".to_owned(), 262)];
    assert_eq!(*warned, counted.into());
}
