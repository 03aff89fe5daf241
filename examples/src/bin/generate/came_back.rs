//! Only those who got better come back: the pairs look good, and the truth of everyone is no change.
//! One of its two practices supplies totals only.

use std::error::Error;

use serde::Serialize;

use crate::programme::{FIRST_REFERRAL, civil, working_day};
use crate::random::{Draws, SEED, Stream};
use crate::tables::{File, bytes, headings};
use crate::wellbeing::{ItemNoise, swemwbs_hundredths};

const PEOPLE: i32 = 240;

/// What the table must come out as, and what nobody recorded.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Truth {
    seed: u64,
    people: i32,
    sittings: i32,
    totals_without_answers: i32,
    paired: i32,
    mean_change_of_pairs: f64,
    mean_change_of_everyone: f64,
}

/// The table and its truth.
pub(crate) fn files() -> Result<Vec<File>, Box<dyn Error>> {
    let mut draws = Draws::new(Stream::CameBack);
    let mut truth = Truth { seed: SEED, people: PEOPLE, ..Truth::default() };
    let (mut of_pairs, mut of_everyone) = (0, 0);
    let mut rows = headings(&HEADINGS);
    for number in 1..=PEOPLE {
        let level = draws.normal(-0.3, 0.6);
        // Whoever has not gone up has gone down: on average nobody changes.
        let later = level + draws.normal(0.0, 0.6);
        let [first, second] =
            [level, later].map(|level| ItemNoise::draw(&mut draws).answers(level));
        let change = swemwbs_hundredths(&second) - swemwbs_hundredths(&first);
        let comes_back = draws.chance(if change > 0 { 0.6 } else { 0.06 });
        let start = working_day(FIRST_REFERRAL + draws.between(0, 500));
        let end = working_day(start + draws.between(60, 120));
        let totals_only = number % 2 == 0;
        let mut sitting = |day, answers: &[i32]| {
            let practice = if totals_only { "Torveith Surgery" } else { "Ardmoran Practice" };
            let mut row = vec![format!("C{number:03}"), practice.to_owned()];
            row.push(civil(day).to_string());
            row.extend(answers.iter().map(|answer| match totals_only {
                true => String::new(),
                false => answer.to_string(),
            }));
            row.push(answers.iter().sum::<i32>().to_string());
            truth.sittings += 1;
            truth.totals_without_answers += i32::from(totals_only);
            rows.push(row);
        };
        sitting(start, &first);
        of_everyone += change;
        if comes_back {
            sitting(end, &second);
            truth.paired += 1;
            of_pairs += change;
        }
    }
    truth.mean_change_of_pairs = f64::from(of_pairs) / f64::from(truth.paired) / 100.0;
    truth.mean_change_of_everyone = f64::from(of_everyone) / f64::from(PEOPLE) / 100.0;
    Ok(vec![("came-back/forms.csv", bytes(&rows)?), ("came-back/truth.json", crate::json(&truth)?)])
}

const HEADINGS: [&str; 11] =
    ["Client", "Practice", "Date", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "SWEMWBS"];
