//! A small programme that keeps one row a person: first and last SWEMWBS side by side.

use std::error::Error;

use serde::Serialize;

use crate::programme::{Day, FIRST_REFERRAL, working_day};
use crate::random::{Draws, SEED, Stream};
use crate::spelling::Pen;
use crate::tables::{File, bytes, headings};
use crate::wellbeing::{ItemNoise, swemwbs_hundredths};

const PEOPLE: i32 = 120;

/// What the wide table must come out as.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Truth {
    seed: u64,
    rows: i32,
    first_form_valid: i32,
    last_form_valid: i32,
    last_form_empty: i32,
    forms_incomplete: i32,
    forms_out_of_range: i32,
    last_before_first: i32,
    paired: i32,
    mean_change: f64,
}

/// The table and its truth.
pub(crate) fn files() -> Result<Vec<File>, Box<dyn Error>> {
    let mut pen = Pen::new(Draws::new(Stream::Wide));
    pen.start("wide");
    let mut truth = Truth { seed: SEED, rows: PEOPLE, ..Truth::default() };
    let mut total = 0;
    let mut rows = headings(&HEADINGS);
    for number in 1..=PEOPLE {
        let (row, change) = person(&mut pen, number, &mut truth);
        rows.push(row);
        total += change;
    }
    truth.mean_change = f64::from(total) / f64::from(truth.paired) / 100.0;
    // Spreadsheet programs start a UTF-8 file with a byte order mark.
    let mut table = "\u{feff}".as_bytes().to_vec();
    table.extend(bytes(&rows)?);
    Ok(vec![("wide/wellbeing.csv", table), ("wide/truth.json", crate::json(&truth)?)])
}

const HEADINGS: [&str; 20] = [
    "Client",
    "Gender",
    "SIMD quintile",
    "SIMD version",
    "Start date",
    "Start Q1",
    "Start Q2",
    "Start Q3",
    "Start Q4",
    "Start Q5",
    "Start Q6",
    "Start Q7",
    "End date",
    "End Q1",
    "End Q2",
    "End Q3",
    "End Q4",
    "End Q5",
    "End Q6",
    "End Q7",
];

/// One row, and the person's change in hundredths where there is a pair.
fn person(pen: &mut Pen, number: i32, truth: &mut Truth) -> (Vec<String>, i32) {
    let usual = pen.draws.normal(0.0, 0.55);
    let start_level = usual + pen.draws.normal(-0.3, 0.45);
    let end_level = usual + pen.draws.normal(0.35, 0.5);
    let start_answers = ItemNoise::draw(&mut pen.draws).answers(start_level);
    let end_answers = ItemNoise::draw(&mut pen.draws).answers(end_level);
    let start = working_day(FIRST_REFERRAL + pen.draws.between(0, 500));
    let backwards = [17, 58, 93].contains(&number);
    let gap = pen.draws.between(40, 180);
    let end = working_day(if backwards { start - gap } else { start + gap });
    let comes_back = backwards || pen.draws.chance(0.62);

    let mut row = vec![format!("W{number:03}")];
    let gender = pen.draws.weighted(&[(6, "woman"), (4, "man")]);
    row.push(pen.code(gender));
    row.push(
        pen.draws.weighted(&[(30, "1"), (25, "2"), (20, "3"), (15, "4"), (10, "5")]).to_owned(),
    );
    row.push("2020v2".to_owned());
    let slip = match number {
        9 | 77 => Slip::Blank,
        41 => Slip::TooHigh,
        _ => Slip::None,
    };
    let started = form(pen, &mut row, start, &start_answers, slip, truth);
    truth.first_form_valid += i32::from(started);
    if !comes_back {
        truth.last_form_empty += 1;
        row.resize(HEADINGS.len(), String::new());
        return (row, 0);
    }
    let slip = if [23, 64].contains(&number) { Slip::Blank } else { Slip::None };
    let ended = form(pen, &mut row, end, &end_answers, slip, truth);
    truth.last_form_valid += i32::from(ended);
    truth.last_before_first += i32::from(backwards);
    if !started || !ended || backwards {
        return (row, 0);
    }
    truth.paired += 1;
    (row, swemwbs_hundredths(&end_answers) - swemwbs_hundredths(&start_answers))
}

/// What went wrong when a form was typed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    None,
    Blank,
    TooHigh,
}

/// Types a form's date and answers; whether it is valid.
fn form(
    pen: &mut Pen,
    row: &mut Vec<String>,
    day: Day,
    answers: &[i32],
    slip: Slip,
    truth: &mut Truth,
) -> bool {
    row.push(pen.date(day, 0.8));
    for (item, answer) in answers.iter().enumerate() {
        row.push(match (slip, item) {
            (Slip::Blank, 2 | 5) => pen.blank_answer(),
            (Slip::TooHigh, 3) => "6".to_owned(),
            _ => answer.to_string(),
        });
    }
    truth.forms_incomplete += i32::from(slip == Slip::Blank);
    truth.forms_out_of_range += i32::from(slip == Slip::TooHigh);
    slip == Slip::None
}
