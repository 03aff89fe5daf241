//! Scores against published tables, and against sheets worked out apart from the library.

#![expect(clippy::unwrap_used, reason = "a test helper that fails, fails the test")]

use std::borrow::Cow;
use std::collections::BTreeSet;

use clw_core::instrument::{Instrument, Points, catalogue};
use clw_core::score::{Answer, AnswerColumn, Offered, Unscored};
use serde_json::{Value, json};

/// Stewart-Brown et al. (2009), in hundredths, from raw 7 to raw 35.
const SWEMWBS_METRIC: [i32; 29] = [
    700, 951, 1125, 1240, 1333, 1408, 1475, 1532, 1584, 1636, 1688, 1743, 1798, 1859, 1925, 1998,
    2073, 2154, 2235, 2321, 2411, 2503, 2602, 2703, 2813, 2931, 3070, 3255, 3500,
];

fn swemwbs() -> &'static Instrument {
    catalogue::find("swemwbs").unwrap()
}

/// What a binding hands over for a value of the golden file.
fn offered(value: &Value) -> Offered<'_> {
    match value {
        Value::Null => Offered::Nothing,
        Value::Number(number) => number
            .as_i64()
            .map_or_else(|| Offered::Number(number.as_f64().unwrap()), Offered::Whole),
        Value::String(text) => Offered::Text(Cow::Borrowed(text)),
        other => Offered::Other(Cow::Owned(other.to_string())),
    }
}

#[test]
fn golden_forms_score_to_their_sheets() {
    let golden: Value = serde_json::from_str(include_str!("golden/score.json")).unwrap();
    let mut instruments = BTreeSet::new();
    let mut lines = String::new();
    for case in golden["cases"].as_array().unwrap() {
        let name = case["instrument"].as_str().unwrap();
        instruments.insert(name);
        let instrument = catalogue::find(name).unwrap();
        let form: Vec<_> = case["answers"].as_array().unwrap().iter().map(offered).collect();
        let result = instrument
            .answers(&form)
            .and_then(|answers| instrument.score(&answers).map(|sheet| sheet.to_json()));
        let (line, expected) = match result {
            Ok(line) => (line, &case["expect"]),
            Err(e) => {
                let error = json!({"code": e.code(), "message": e.to_string()});
                (error.to_string(), &case["error"])
            }
        };
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(&value, expected, "{name} {}", case["answers"]);
        lines.push_str(&line);
        lines.push('\n');
    }
    // The other languages compare their bytes with these.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/score.jsonl"), lines).unwrap();
    let shipped: BTreeSet<&str> = catalogue::all().iter().map(Instrument::id).collect();
    assert_eq!(instruments, shipped, "every instrument has golden cases");
}

/// All 78,125 forms, through the row and through the columns.
#[test]
fn every_swemwbs_form_scores_by_the_published_table() {
    let wellbeing = swemwbs().measure("wellbeing").unwrap();
    let forms: Vec<[i64; 7]> = (0..78_125)
        .map(|form| [1, 5, 25, 125, 625, 3125, 15_625].map(|place| form / place % 5 + 1))
        .collect();
    let expected: Vec<Points> = forms
        .iter()
        .map(|form| usize::try_from(form.iter().sum::<i64>() - 7).unwrap())
        .map(|row| Points(SWEMWBS_METRIC[row]))
        .collect();
    for (form, expected) in forms.iter().zip(&expected) {
        assert_eq!(wellbeing.points(&form.map(Answer::Given)), Ok(*expected));
    }
    let columns: Vec<Vec<i64>> =
        (0..7).map(|item| forms.iter().map(|f| f[item]).collect()).collect();
    let columns: Vec<_> = columns.iter().map(|c| AnswerColumn::from(c.as_slice())).collect();
    let (mut points, mut outcomes) = (vec![Points(0); forms.len()], vec![None; forms.len()]);
    wellbeing.points_of_columns(&columns, &mut points, &mut outcomes).unwrap();
    assert_eq!(points, expected);
    assert!(outcomes.iter().all(Option::is_none));
}

/// Values found in other software: 25.99 for raw 29, 8.50 for raw 8, 29.41 for raw 35.
#[test]
fn known_wrong_swemwbs_scores_are_not_given() {
    let wellbeing = swemwbs().measure("wellbeing").unwrap();
    let points: Vec<i32> = wellbeing.values().iter().map(|points| points.0).collect();
    assert_eq!(points, SWEMWBS_METRIC);
    for (raw, right, wrong) in [(29, 2602, "25.99"), (8, 951, "8.50"), (35, 3500, "29.41")] {
        assert_eq!(wellbeing.points_from_raw_total(raw), Ok(Points(right)));
        assert!(wellbeing.points_from_total(wrong.parse().unwrap()).is_err(), "{wrong}");
    }
}

/// Ng Fat et al. (2017): low up to raw 21, high from raw 31; Peitz et al. (2024): 23 and 32.
#[test]
fn swemwbs_bands_are_on_the_metric_score() {
    let wellbeing = swemwbs().measure("wellbeing").unwrap();
    for (set, low, high) in [("england-2010-2013", 21, 31), ("germany-2022", 23, 32)] {
        for raw in 7..=35 {
            let points = wellbeing.points_from_raw_total(raw).unwrap();
            let expected = if raw <= low {
                "low"
            } else if raw < high {
                "medium"
            } else {
                "high"
            };
            let band = wellbeing.band(set, points).unwrap().unwrap();
            assert_eq!(band.id, expected, "{set}, raw {raw}");
        }
    }
    // A raw sum is not a metric score: 25 lies between two of them, so it has no band.
    assert_eq!(wellbeing.band("england-2010-2013", Points(2500)).unwrap(), None);
}

/// Shah et al. (2018) and NHS England: the smallest steps of the table that meet each threshold.
#[test]
fn change_thresholds_are_met_exactly() {
    let cases = [
        ("swemwbs", "wellbeing", "nhs-england", 300),
        ("swemwbs", "wellbeing", "shah-2018-2.77-sem", 287),
        ("swemwbs", "wellbeing", "shah-2018-1-sem", 103),
        ("wemwbs", "wellbeing", "nhs-england", 9),
        ("phq-9", "depression", "nhs-talking-therapies", 6),
        ("gad-7", "anxiety", "nhs-talking-therapies", 4),
        ("well-being-star", "money", "one-stage", 1),
        ("recovery-star", "work", "one-stage", 2),
    ];
    for (instrument, measure, rule, steps) in cases {
        let measure = catalogue::find(instrument).unwrap().measure(measure).unwrap();
        let rule = measure.change_rule(rule).unwrap();
        assert!(rule.is_met_by(steps) && rule.is_met_by(-steps), "{instrument} {}", rule.id);
        assert!(!rule.is_met_by(steps - 1) && !rule.is_met_by(1 - steps), "{instrument}");
    }
    for ons4 in catalogue::find("ons4").unwrap().measures() {
        assert!(ons4.change_rules().is_empty(), "none is published");
        assert!(ons4.default_change_rule().is_none());
    }
}

/// Caseness of NHS Talking Therapies: PHQ-9 from 10, GAD-7 from 8.
#[test]
fn caseness_begins_at_its_threshold() {
    for (instrument, measure, from) in [("phq-9", "depression", 10), ("gad-7", "anxiety", 8)] {
        let measure = catalogue::find(instrument).unwrap().measure(measure).unwrap();
        for points in measure.values() {
            let expected = if points.0 >= from { "caseness" } else { "below-caseness" };
            assert_eq!(measure.band("caseness", *points).unwrap().unwrap().id, expected);
        }
    }
}

/// User guide: the mean of the other items stands in for up to three blanks.
#[test]
fn wemwbs_fills_three_blanks_only_when_asked() {
    let wemwbs = catalogue::find("wemwbs").unwrap();
    let filling = wemwbs.with_missing_rule("wellbeing", "person-mean-3").unwrap();
    assert_eq!(filling.fingerprint(), wemwbs.fingerprint());
    let (strict, filling) = (&wemwbs.measures()[0], &filling.measures()[0]);
    assert_eq!((strict.missing_rule(), filling.missing_rule()), ("refuse", "person-mean-3"));
    // 14, 13, 12 and 11 answers: the coarsest step that holds 14·s/k for each k is 1/858.
    assert_eq!((strict.scale().steps_per_unit, filling.scale().steps_per_unit), (1, 858));
    let mut form = [Answer::Given(3); 14];
    form[0] = Answer::Given(5);
    // 14 × sum / answered: 44, 14·41/13, 14·38/12, 14·35/11 in steps of 1/858.
    for (blank, points) in [(None, 37_752), (Some(1), 37_884), (Some(2), 38_038), (Some(3), 38_220)]
    {
        if let Some(item) = blank {
            form[item] = Answer::Blank;
            assert_eq!(strict.points(&form), Err(Unscored::Blank));
        }
        assert_eq!(filling.points(&form), Ok(Points(points)));
        assert!(filling.position(Points(points)).is_some());
    }
    form[4] = Answer::Blank;
    assert_eq!(filling.points(&form), Err(Unscored::Blank));
    assert_eq!(filling.points(&[Answer::Blank; 14]), Err(Unscored::AllBlank));
}

#[test]
fn totals_are_scores_or_say_what_is_near() {
    let measure = |instrument: &str, id: &str| {
        catalogue::find(instrument).unwrap().measure(id).unwrap().clone()
    };
    let refusals = [
        (
            "swemwbs",
            "wellbeing",
            "15.85",
            "total-between-scores",
            "the total 15.85 is not a score of `wellbeing`; the nearest are 15.84 and 16.36",
        ),
        (
            "swemwbs",
            "wellbeing",
            "6.99",
            "total-outside-scale",
            "the total 6.99 is outside 7..=35 of `wellbeing`; correct it",
        ),
        (
            "who-5",
            "wellbeing",
            "50",
            "total-between-scores",
            "the total 50 is not a score of `wellbeing`; the nearest are 48 and 52",
        ),
        (
            "dass-21",
            "stress",
            "43",
            "total-outside-scale",
            "the total 43 is outside 0..=42 of `stress`; correct it",
        ),
    ];
    for (instrument, id, total, code, message) in refusals {
        let error = measure(instrument, id).points_from_total(total.parse().unwrap()).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    let wellbeing = measure("swemwbs", "wellbeing");
    for points in wellbeing.values() {
        let printed = wellbeing.printed(*points);
        assert_eq!(wellbeing.points_from_total(printed.parse().unwrap()), Ok(*points));
    }
    assert_eq!(measure("dass-21", "stress").points_from_raw_total(21), Ok(Points(42)));
    let error = wellbeing.points_from_raw_total(36).unwrap_err();
    assert_eq!(error.code(), "raw-total-outside");
    assert_eq!(error.to_string(), "the raw total 36 is outside 7..=35 of `wellbeing`; correct it");
}
