//! Writes the records as a programme would hand them over: eight spreadsheets.

use std::collections::BTreeMap;
use std::error::Error;

use crate::extras::Extras;
use crate::people::{Episode, Person};
use crate::programme::{AS_OF, civil};
use crate::random::{Draws, Stream};
use crate::spelling::Pen;
use crate::wellbeing::{Flaw, Sitting, Tool};

/// A file's name and content.
pub(crate) type File = (&'static str, Vec<u8>);

/// A table's rows of cells, headings first.
type Rows = Vec<Vec<String>>;

/// How often cells were written in which unusual way, by table and kind.
type Spellings = BTreeMap<String, u32>;

/// Writes every table; also the count of unusual spellings.
pub(crate) fn write(
    people: &[Person],
    episodes: &[Episode],
    extras: &Extras,
    calls: &[(usize, Sitting)],
) -> Result<(Vec<File>, Spellings), Box<dyn Error>> {
    let mut pen = Pen::new(Draws::new(Stream::Writing));
    let tables = [
        ("caseload/people.csv", people_rows(&mut pen, people)),
        ("caseload/episodes.csv", episode_rows(&mut pen, people, episodes)),
        ("caseload/contacts.csv", contact_rows(&mut pen, episodes)),
        ("caseload/assessments.csv", assessment_rows(&mut pen, people, episodes, calls)),
        ("caseload/needs.csv", need_rows(&mut pen, extras, episodes)),
        ("caseload/onward-links.csv", link_rows(&mut pen, extras, episodes)),
        ("caseload/outcomes.csv", outcome_rows(&mut pen, extras, episodes)),
        ("caseload/holds.csv", hold_rows(&mut pen, episodes)),
    ];
    let mut files = Vec::new();
    for (name, rows) in tables {
        files.push((name, bytes(&rows)?));
    }
    Ok((files, pen.tally))
}

/// A table as the bytes of a CSV file.
pub(crate) fn bytes(rows: &Rows) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner().map_err(|error| error.to_string())?)
}

pub(crate) fn headings(names: &[&str]) -> Rows {
    vec![names.iter().map(|name| (*name).to_owned()).collect()]
}

fn people_rows(pen: &mut Pen, people: &[Person]) -> Rows {
    pen.start("people");
    let mut rows = headings(&[
        "Client ref",
        "Year of birth",
        "Age band",
        "Gender",
        "Ethnic group",
        "SIMD version",
        "SIMD quintile",
        "SIMD decile",
        "Urban rural class",
    ]);
    for person in people {
        let born = if pen.draws.chance(0.06) { pen.blank() } else { person.birth_year.to_string() };
        let area = |value: Option<i32>| value.map_or("not known".to_owned(), |v| v.to_string());
        rows.push(vec![
            person.id.clone(),
            born,
            age_band(2025 - person.birth_year).to_owned(),
            pen.code(person.gender),
            if person.ethnicity.is_empty() { pen.blank() } else { person.ethnicity.to_owned() },
            "2020v2".to_owned(),
            area(person.quintile()),
            area(person.decile),
            person.urban_rural.to_string(),
        ]);
    }
    rows
}

fn age_band(age: i32) -> &'static str {
    match age {
        ..25 => "16-24",
        25..35 => "25-34",
        35..45 => "35-44",
        45..55 => "45-54",
        55..65 => "55-64",
        65..75 => "65-74",
        _ => "75+",
    }
}

fn episode_rows(pen: &mut Pen, people: &[Person], episodes: &[Episode]) -> Rows {
    pen.start("episodes");
    let mut rows = headings(&[
        "Referral ref",
        "Client ref",
        "Practice",
        "Link worker",
        "Date of referral",
        "Referred by",
        "Main reason",
        "Other reasons",
        "Accepted",
        "Date first seen",
        "Date closed",
        "Reason closed",
    ]);
    for episode in episodes {
        let journey = &episode.journey;
        let slashed = episode.practice.slashed_dates;
        let first_seen = journey.attended.first().copied();
        let kept = !episode.practice.contacts_listed || pen.draws.chance(0.97);
        let mut reasons = episode.reasons.iter().map(|reason| pen.code(reason));
        let main = reasons.next().unwrap_or_default();
        let others = reasons.collect::<Vec<_>>().join("; ");
        let practice = pen.id(episode.practice.name);
        rows.push(vec![
            episode.id.clone(),
            pen.id(&id_of(people, episode)),
            practice,
            episode.practice.worker.to_owned(),
            pen.date(episode.referred, slashed),
            pen.code(episode.source),
            main,
            others,
            pen.code(if journey.accepted { "yes" } else { "no" }),
            pen.maybe_date(first_seen.filter(|_| kept), slashed),
            pen.maybe_date(journey.closed, slashed),
            if journey.closed.is_some() { pen.code(journey.end_reason) } else { String::new() },
        ]);
    }
    rows
}

fn id_of(people: &[Person], episode: &Episode) -> String {
    people.get(episode.person).map(|person| person.id.clone()).unwrap_or_default()
}

fn contact_rows(pen: &mut Pen, episodes: &[Episode]) -> Rows {
    pen.start("contacts");
    let mut rows = headings(&[
        "Referral ref",
        "Contact date",
        "Contact type",
        "Where or how",
        "Attendance",
        "Minutes",
    ]);
    for episode in episodes.iter().filter(|episode| episode.practice.contacts_listed) {
        let mut contacts = episode.journey.contacts.clone();
        contacts.sort_by_key(|contact| contact.day);
        for contact in contacts {
            // A missed appointment now and then has no date; an attended one always has.
            let dated = contact.attendance == "seen" || !pen.draws.chance(0.02);
            if contact.day > AS_OF && contact.attendance == "seen" {
                pen.count("attended contact dated after the extract");
            }
            let day = Some(contact.day).filter(|_| dated);
            rows.push(vec![
                pen.id(&episode.id),
                pen.maybe_date(day, episode.practice.slashed_dates),
                pen.code(contact.kind),
                pen.code(contact.mode),
                pen.code(contact.attendance),
                contact.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
            ]);
        }
    }
    rows
}

fn assessment_rows(
    pen: &mut Pen,
    people: &[Person],
    episodes: &[Episode],
    calls: &[(usize, Sitting)],
) -> Rows {
    pen.start("assessments");
    let mut rows = headings(&[
        "Client ref",
        "Referral ref",
        "Tool",
        "Date completed",
        "Completed on",
        "Completed at",
        "Appointment no",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "Q5",
        "Q6",
        "Q7",
        "Notes",
    ]);
    let mut body = Rows::new();
    for episode in episodes {
        let person = id_of(people, episode);
        for sitting in &episode.sittings {
            let row = assessment_row(pen, &person, episode, sitting, &sitting.answers);
            match &sitting.flaw {
                Some(Flaw::Twice) => body.push(row.clone()),
                Some(Flaw::Conflicting(other)) => {
                    body.push(assessment_row(pen, &person, episode, sitting, other));
                }
                _ => {}
            }
            body.push(row);
        }
    }
    // Forms are typed in when they arrive, in no order to rely on.
    pen.draws.shuffle(&mut body);
    rows.append(&mut body);
    let called = |(place, call): &(usize, Sitting)| {
        episodes.get(*place).map(|episode| call_row(&id_of(people, episode), episode, call))
    };
    rows.extend(calls.iter().filter_map(called));
    rows
}

/// A form filled in by phone after the end, typed in clean.
fn call_row(person: &str, episode: &Episode, call: &Sitting) -> Vec<String> {
    let tool = match call.tool {
        Tool::Swemwbs => "SWEMWBS",
        Tool::Ons4 => "ONS4",
    };
    let day = civil(call.day).to_string();
    let mut row: Vec<String> =
        [person, &episode.id, tool, &day, call.mode, call.setting, ""].map(str::to_owned).into();
    row.extend(call.answers.iter().map(i32::to_string));
    row.resize(14, String::new());
    row.push("call after the end".to_owned());
    row
}

fn assessment_row(
    pen: &mut Pen,
    person: &str,
    episode: &Episode,
    sitting: &Sitting,
    answers: &[i32],
) -> Vec<String> {
    let (person, referral) = match sitting.flaw {
        Some(Flaw::UnknownEpisode(unknown)) => (person.to_owned(), unknown.to_owned()),
        Some(Flaw::MergedIds(both)) => (both.to_owned(), both.replace('P', "E")),
        _ => (pen.id(person), pen.id(&episode.id)),
    };
    let day = match sitting.flaw {
        Some(Flaw::NoDate) => None,
        Some(Flaw::AfterExtract(day) | Flaw::BeforeReferral(day)) => Some(day),
        _ => Some(sitting.day),
    };
    let tool = match sitting.tool {
        Tool::Swemwbs => episode.practice.swemwbs_name,
        Tool::Ons4 => "ONS4",
    };
    if tool.contains("SWM") || tool.contains("S-W") {
        pen.count("tool under another name");
    }
    let mut row = vec![
        person,
        referral,
        tool.to_owned(),
        pen.maybe_date(day, episode.practice.slashed_dates),
        pen.code(sitting.mode),
        pen.code(sitting.setting),
        sitting.contact.map_or_else(String::new, |number| number.to_string()),
    ];
    let labels = episode.practice.labels && sitting.mode == "digital";
    row.extend(answer_cells(pen, sitting, answers, labels && sitting.tool == Tool::Swemwbs));
    row.push(note(pen).to_owned());
    row
}

/// Seven answer cells: numbers or labels, blanks and slips included.
pub(crate) fn answer_cells(
    pen: &mut Pen,
    sitting: &Sitting,
    answers: &[i32],
    labels: bool,
) -> Vec<String> {
    let mut cells = Vec::new();
    for (item, answer) in answers.iter().copied().enumerate() {
        cells.push(match &sitting.flaw {
            Some(Flaw::Incomplete(blank)) if blank.contains(&item) => pen.blank_answer(),
            Some(Flaw::OutOfRange(slip, value)) if *slip == item => value.to_string(),
            _ if labels => label(answer).to_owned(),
            _ => answer.to_string(),
        });
    }
    if labels {
        pen.count("form answered in labels");
    }
    cells.resize(7, String::new());
    cells
}

const fn label(answer: i32) -> &'static str {
    match answer {
        1 => "none",
        2 => "rarely",
        3 => "some",
        4 => "often",
        _ => "all",
    }
}

fn note(pen: &mut Pen) -> &'static str {
    let note = pen.draws.weighted(&[
        (940, ""),
        (20, "done over the phone"),
        (15, "tired today, filled in with help"),
        (10, "asked to finish it at home,\nbrought it back the week after"),
        (8, "says \"a bit better\", still no word on housing"),
        (7, "interpreter present"),
    ]);
    if note.contains([',', '\n', '"']) {
        pen.count("note with a comma, quote or line break");
    }
    note
}

fn need_rows(pen: &mut Pen, extras: &Extras, episodes: &[Episode]) -> Rows {
    pen.start("needs");
    let mut rows = headings(&["Referral ref", "Need", "Date identified", "Met"]);
    for (episode, needs) in episodes.iter().zip(&extras.needs) {
        for need in needs {
            rows.push(vec![
                episode.id.clone(),
                pen.code(need.reason),
                pen.date(need.identified, episode.practice.slashed_dates),
                pen.code(need.met),
            ]);
        }
    }
    rows
}

fn link_rows(pen: &mut Pen, extras: &Extras, episodes: &[Episode]) -> Rows {
    pen.start("onward-links");
    let mut rows = headings(&["Referral ref", "Linked to", "Date linked", "Latest status"]);
    for (episode, links) in episodes.iter().zip(&extras.links) {
        for link in links {
            rows.push(vec![
                episode.id.clone(),
                link.destination.to_owned(),
                pen.date(link.made, episode.practice.slashed_dates),
                pen.code(link.status),
            ]);
        }
    }
    rows
}

fn outcome_rows(pen: &mut Pen, extras: &Extras, episodes: &[Episode]) -> Rows {
    pen.start("outcomes");
    let mut rows = headings(&["Referral ref", "About", "Outcome", "Date", "Annual value (£)"]);
    for (episode, outcomes) in episodes.iter().zip(&extras.outcomes) {
        for outcome in outcomes {
            rows.push(vec![
                episode.id.clone(),
                pen.code(outcome.reason),
                outcome.description.to_owned(),
                pen.date(outcome.day, episode.practice.slashed_dates),
                outcome.pounds.map_or_else(String::new, |pounds| format!("{pounds}.00")),
            ]);
        }
    }
    rows
}

fn hold_rows(pen: &mut Pen, episodes: &[Episode]) -> Rows {
    pen.start("holds");
    let mut rows = headings(&["Referral ref", "On hold from", "On hold until", "Why"]);
    for episode in episodes {
        for hold in &episode.journey.holds {
            let slashed = episode.practice.slashed_dates;
            rows.push(vec![
                episode.id.clone(),
                pen.date(hold.from, slashed),
                pen.maybe_date(hold.to, slashed),
                hold.why.to_owned(),
            ]);
        }
    }
    rows
}
