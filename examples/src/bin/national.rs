//! Two programmes with spreadsheets of their own kind write returns under one plan, and the returns
//! are put together. One of them hides its small counts.
//!
//! ```text
//! cargo run -p clw-examples --bin national [output folder]
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clw_core::disclosure::Profile;
use clw_core::evaluation::{Evaluation, Plan};
use clw_core::import::{Import, Mapping};
use clw_core::instrument::Registry;
use clw_core::report;
use clw_core::returns::{
    DisclosedReturn, National, NationalPicture, Programme, Return, ReturnFile,
};
use clw_core::synthesis::SynthesisOptions;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let output = env::args_os().nth(1).map_or_else(|| "target/demo/national".into(), PathBuf::from);
    fs::create_dir_all(&output)?;

    // Each programme, where its records are: what leaves it is one file.
    let services = evaluate("examples/caseload")?;
    let services = Return::of(
        Programme {
            area: Some("Example Valley".to_owned()),
            note: Some("Link workers in all practices of the valley.".to_owned()),
            ..Programme::named("Valley link workers")
        },
        &services,
    )?;
    fs::write(output.join("valley.json"), services.to_json())?;
    let pilot = Programme {
        note: Some("Two forms on one row of a spreadsheet; no contacts recorded.".to_owned()),
        ..Programme::named("Pilot")
    };
    let pilot = DisclosedReturn::of(pilot, &evaluate("examples/wide")?, &Profile::default())?;
    fs::write(output.join("pilot.json"), pilot.to_json())?;

    // The national body, which has the files and nothing else.
    let registry = Registry::new();
    let mut national = National::new();
    for file in ["valley.json", "pilot.json"] {
        let text = fs::read_to_string(output.join(file))?;
        national.add(ReturnFile::from_json(&text, &registry)?)?;
    }
    let picture = national.picture(&SynthesisOptions::default())?;
    fs::write(output.join("picture.json"), serde_json::to_string_pretty(&picture)?)?;
    if let Some(together) = &picture.evaluation {
        fs::write(output.join("report.html"), report::html(together))?;
    }
    println!("{}", in_words(&picture));
    println!("\nthe picture  {}", output.join("picture.json").display());
    println!("report       {}", output.join("report.html").display());
    Ok(())
}

/// A programme's records under the plan that all share.
fn evaluate(folder: &str) -> Result<Evaluation, Box<dyn Error>> {
    let folder = Path::new(folder);
    let registry = Registry::new();
    let plan = Plan::from_toml(&fs::read_to_string("examples/national/plan.toml")?)?;
    let mapping = Mapping::from_toml(&fs::read_to_string(folder.join("mapping.toml"))?)?;
    let (people, rows) = Import::new(mapping, &registry)?.open(folder)?.read()?;
    Ok(plan.check(&registry)?.evaluate(&people, &rows.account)?)
}

fn in_words(picture: &NationalPicture) -> String {
    let Some(bounds) = picture.bounds.first() else { return "no measure".to_owned() };
    let between = |count: clw_core::returns::CountBounds| match count.highest {
        Some(highest) if highest == count.lowest => format!("{highest}"),
        Some(highest) => format!("{} to {highest}", count.lowest),
        None => format!("at least {}", count.lowest),
    };
    let share = |share: Option<f64>| share.map_or("?".to_owned(), |s| format!("{:.1}", 100.0 * s));
    format!(
        "Programmes with all counts: {}; with small counts hidden: {}. Of {} episodes due, {} have \
         a pair of scores, and of these {} improved: {} to {} % of all due, whatever became of the \
         others.",
        picture.programmes.len(),
        picture.disclosed.len(),
        between(bounds.due),
        between(bounds.paired),
        between(bounds.improved),
        share(bounds.improved_of_due.lowest),
        share(bounds.improved_of_due.highest),
    )
}
