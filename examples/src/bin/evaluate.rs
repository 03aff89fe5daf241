//! Evaluates a folder of spreadsheets by its `mapping.toml` and `plan.toml`, and writes the report,
//! the same as JSON, a form of it with small counts hidden, and for the programme's own use each
//! person's result, the follow-ups that are due and each unused row.
//!
//! ```text
//! cargo run -p clw-examples --bin evaluate [folder] [output folder]
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clw_core::caseload::Person;
use clw_core::disclosure::Profile;
use clw_core::evaluation::{
    ChangeRow, CheckedPlan, DueState, DueWindow, PersonRow, Plan, SittingRow,
};
use clw_core::import::{Import, Mapping};
use clw_core::instrument::{Instrument, Registry};
use clw_core::report;
use jiff::ToSpan;

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
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().unwrap_or_else(|| "examples/caseload".into());
    let output = arguments.next().unwrap_or_else(|| "target/demo".into());

    let registry = registry(&folder)?;
    let mapping = Mapping::from_toml(&read(&folder.join("mapping.toml"))?)?;
    let plan = Plan::from_toml(&read(&folder.join("plan.toml"))?)?.check(&registry)?;
    let import = || Import::new(mapping.clone(), &registry)?.open(&folder);
    let (people, rows) = import()?.read()?;
    let evaluation = plan.evaluate(&people, &rows.account)?;

    fs::create_dir_all(&output)?;
    let path = |file| output.join(file);
    fs::write(path("report.html"), report::html(&evaluation))?;
    fs::write(path("evaluation.json"), evaluation.to_json()?)?;
    fs::write(path("unused-rows.txt"), import()?.dry_run()?.to_string())?;
    write_people(&path("people.csv"), &plan, &people)?;
    write_due(&path("follow-ups-due.csv"), &plan, &people)?;
    let public = evaluation.disclosed(&Profile::default())?;
    fs::write(path("public.html"), report::public_html(&public))?;
    fs::write(path("public.csv"), report::public_csv(&public))?;

    println!("{}", report::summary(&evaluation));
    println!("\nreport       {}", path("report.html").display());
    println!("as JSON      {}", path("evaluation.json").display());
    println!("\nsmall counts hidden, for others to see:");
    println!("report       {}", path("public.html").display());
    println!("as CSV       {}", path("public.csv").display());
    println!("\nfor the programme only, never to be shared:");
    println!("each person  {}", path("people.csv").display());
    println!("follow-ups   {}", path("follow-ups-due.csv").display());
    println!("unused rows  {}", path("unused-rows.txt").display());
    Ok(())
}

/// The text of a file; the system's own error does not say of which.
fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// The built-in instruments and those defined in the folder's `instruments/`.
fn registry(folder: &Path) -> Result<Registry, Box<dyn Error>> {
    let mut registry = Registry::new();
    let definitions = folder.join("instruments");
    if definitions.is_dir() {
        for definition in fs::read_dir(definitions)? {
            let text = read(&definition?.path())?;
            registry.add(Instrument::from_toml(&text)?)?;
        }
    }
    Ok(registry)
}

/// Whose follow-up is wanted, worker by worker: overdue, or due in the fortnight after the records
/// were taken.
fn write_due(path: &Path, plan: &CheckedPlan, people: &[Person]) -> Result<(), Box<dyn Error>> {
    let from = plan.plan().as_of;
    let fortnight = DueWindow::new(from, from.saturating_add(14.days()))?;
    let mut rows = plan.due_list(people, fortnight);
    rows.retain(|row| matches!(row.state, DueState::Overdue | DueState::Due));
    rows.sort_by(|a, b| a.worker.cmp(&b.worker));
    let mut table = csv::Writer::from_path(path)?;
    rows.iter().try_for_each(|row| table.serialize(row))?;
    Ok(table.flush()?)
}

/// One row an episode and measure.
fn write_people(path: &Path, plan: &CheckedPlan, people: &[Person]) -> Result<(), Box<dyn Error>> {
    let mut table = csv::Writer::from_path(path)?;
    table.write_record([
        "person",
        "episode",
        "instrument",
        "measure",
        "what became of it",
        "baseline on",
        "baseline score",
        "baseline band",
        "follow-up on",
        "follow-up score",
        "follow-up band",
        "change",
        "any change",
        "reliable change",
        "unused forms",
    ])?;
    for row in people.iter().flat_map(|person| plan.person_rows(person)) {
        table.write_record(cells(&row))?;
    }
    Ok(table.flush()?)
}

fn cells(row: &PersonRow) -> Vec<String> {
    let mut cells = vec![
        row.person.clone(),
        row.episode.clone(),
        row.instrument.clone(),
        row.measure.clone(),
        row.fate.code().to_owned(),
    ];
    cells.extend(sitting(row.baseline.as_ref()));
    cells.extend(sitting(row.follow_up.as_ref()));
    cells.extend(change(row.change.as_ref()));
    let unused: Vec<&str> = row.unused.iter().map(|role| role.code()).collect();
    cells.push(unused.join("; "));
    cells
}

fn sitting(row: Option<&SittingRow>) -> [String; 3] {
    row.map(|sitting| {
        let date = sitting.date.map(|date| date.to_string()).unwrap_or_default();
        [date, sitting.score.to_string(), sitting.band.clone().unwrap_or_default()]
    })
    .unwrap_or_default()
}

fn change(row: Option<&ChangeRow>) -> [String; 3] {
    row.map(|change| {
        let reliable: Vec<String> = change
            .reliable
            .iter()
            .map(|under| format!("{}: {}", under.rule, under.class.code()))
            .collect();
        [change.score.to_string(), change.any.code().to_owned(), reliable.join("; ")]
    })
    .unwrap_or_default()
}
