//! A national picture from returns alone: `national FOLDER make PROGRAMMES PEOPLE` makes up so many
//! programmes with so many people each and writes their returns, and the evaluation of everybody in
//! one place; `national FOLDER add` reads the returns, adds them and compares the bytes.

use std::fs;
use std::path::Path;
use std::time::Instant;

use clw_benches::population::{Draws, Wellbeing};
use clw_benches::{Failure, timing};
use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Person, Recorded, RowAccount, Simd, When,
};
use clw_core::evaluation::{CheckedPlan, Evaluator, Plan};
use clw_core::instrument::Registry;
use clw_core::returns::{National, Programme, Return};
use clw_core::score::Answer;
use clw_core::synthesis::SynthesisOptions;
use jiff::civil::date;
use serde_json::json;

const PLAN: &str = r#"
title = "Made-up programmes"
as-of = "2026-06-30"
group-by = ["simd-quintile"]

[[measures]]
instrument = "swemwbs"

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "everyone"
"#;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let registry = Registry::new();
    let plan = Plan::from_toml(PLAN)?.check(&registry)?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [folder, "make", programmes, people] => {
            make(Path::new(folder), &plan, programmes.parse()?, people.parse()?)
        }
        [folder, "add"] => add(Path::new(folder), &registry),
        _ => Err("give a folder, and `make PROGRAMMES PEOPLE` or `add`".into()),
    }
}

fn make(folder: &Path, plan: &CheckedPlan, programmes: u32, people: u32) -> Result<(), Failure> {
    fs::create_dir_all(folder.join("returns"))?;
    let mut everybody = Evaluator::new(plan);
    for number in 0..programmes {
        let mut own = Evaluator::new(plan);
        let mut draws = Draws::new(u64::from(number) + 10);
        (0..people).try_for_each(|place| own.add(&person(place, &mut draws)))?;
        everybody.absorb(own.clone())?;
        let evaluation = own.finish(&RowAccount::default())?;
        let name = format!("Programme {number:04}");
        let text = Return::of(Programme::named(&name), &evaluation)?.to_json();
        fs::write(folder.join(format!("returns/{number:04}.json")), text)?;
    }
    let everybody = everybody.finish(&RowAccount::default())?;
    Ok(fs::write(folder.join("everybody.json"), everybody.to_json()?)?)
}

/// Four in five have a second form.
fn person(place: u32, draws: &mut Draws) -> Person {
    let wellbeing = Wellbeing::draw(draws);
    let mut form = |number, on| {
        let answers = wellbeing.answers(number, draws).map(|code| Answer::Given(code.into()));
        Assessment::new("swemwbs", "2009", When::Date(on), answers.into())
    };
    let mut assessments = vec![form(0, date(2025, 1, 6))];
    assessments.extend((!place.is_multiple_of(5)).then(|| form(1, date(2025, 4, 7))));
    let contact = Contact {
        date: Recorded::Value(date(2025, 1, 6)),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    let quintile = u8::try_from(1 + place % 5).unwrap_or(1);
    let episode = Episode {
        referred: Recorded::Value(date(2025, 1, 2)),
        contacts: Recorded::Value(vec![contact]),
        assessments,
        ..Episode::default()
    };
    let simd = Simd { version: "2020v2".to_owned(), quintile, decile: None };
    Person { simd: Recorded::Value(simd), episodes: vec![episode], ..Person::default() }
}

fn add(folder: &Path, registry: &Registry) -> Result<(), Failure> {
    let start = Instant::now();
    let mut national = National::new();
    let mut bytes = 0;
    for file in fs::read_dir(folder.join("returns"))? {
        let text = fs::read_to_string(file?.path())?;
        bytes += text.len();
        national.add(Return::from_json(&text, registry)?)?;
    }
    let picture = national.picture(&SynthesisOptions::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let together = picture.evaluation.ok_or("no return was read")?;
    if together.to_json()? != fs::read_to_string(folder.join("everybody.json"))? {
        return Err("the sum of the returns is not the evaluation of everybody".into());
    }
    let people = together.counts.people;
    let programmes = picture.programmes.len();
    let check = json!({ "programmes": programmes, "people": people, "bytes": bytes });
    timing::report(&[seconds], &check)
}
