//! Makes the example caseload of a made-up link worker programme, and the truth behind it.
//!
//! `generate` writes the files under `examples/`; `generate --check` compares what it would write
//! with what is there and fails on any difference. The same bytes come out on every machine.

mod after_exit;
mod came_back;
mod extras;
mod journey;
mod mess;
mod people;
mod programme;
mod random;
mod records;
mod spelling;
mod tables;
mod truth;
mod wellbeing;
mod wide;

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use extras::Extras;
use journey::Journey;
use people::{Episode, Person};
use programme::{FIRST_REFERRAL, LAST_REFERRAL, working_day};
use random::{Draws, Stream};
use tables::File;
use truth::Truth;

const PEOPLE: usize = 2250;
const RETURNING: usize = 150;

fn main() -> Result<(), Box<dyn Error>> {
    let files = files()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    match std::env::args().nth(1).as_deref() {
        None => write(folder, &files),
        Some("--check") => check(folder, &files),
        Some(other) => Err(format!("no option {other:?}; the only one is --check").into()),
    }
}

fn files() -> Result<Vec<File>, Box<dyn Error>> {
    let (people, mut episodes) = caseload();
    mess::spoil(&mut Draws::new(Stream::Mess), &mut episodes);
    let extras = Extras::draw(&mut Draws::new(Stream::Extras), &episodes);
    let calls = after_exit::draw(&mut Draws::new(Stream::AfterExit), &episodes);
    let (mut files, spellings) = tables::write(&people, &episodes, &extras, &calls)?;
    for (place, call) in calls {
        if let Some(episode) = episodes.get_mut(place) {
            episode.sittings.push(call);
        }
    }
    let truth = Truth::of(&people, &episodes, &extras, spellings);
    files.push(("caseload/truth.json", json(&truth)?));
    files.extend(wide::files()?);
    files.extend(came_back::files()?);
    Ok(files)
}

/// A value as indented JSON with a line break at the end.
fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}

fn caseload() -> (Vec<Person>, Vec<Episode>) {
    let mut draws = Draws::new(Stream::People);
    let people: Vec<Person> =
        (1..=PEOPLE).map(|number| people::person(&mut draws, number)).collect();
    let mut journeys = Draws::new(Stream::Journeys);
    let mut sittings = Draws::new(Stream::Sittings);
    let mut episodes = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let span = (LAST_REFERRAL - FIRST_REFERRAL).unsigned_abs();
        let referred = working_day(FIRST_REFERRAL.saturating_add_unsigned(draws.below(span)));
        let once = Spell { person: at, referred, returning: false };
        episodes.push(once.draw(person, &mut draws, &mut journeys, &mut sittings));
    }
    let mut order: Vec<usize> = (0..PEOPLE).collect();
    draws.shuffle(&mut order);
    let mut back = 0;
    for at in order {
        let (Some(person), Some(first)) = (people.get(at), episodes.get(at)) else { continue };
        let Some(again) = returns(first, &mut draws).filter(|_| back < RETURNING) else { continue };
        episodes.push(again.draw(person, &mut draws, &mut journeys, &mut sittings));
        back += 1;
    }
    episodes.sort_by_key(|episode| (episode.referred, episode.person));
    for (episode, number) in episodes.iter_mut().zip(1..) {
        episode.id = format!("E{number:04}");
    }
    (people, episodes)
}

/// When a person whose first episode was closed is referred again, if there is time for it.
fn returns(first: &Episode, draws: &mut Draws) -> Option<Spell> {
    let seen = !first.journey.attended.is_empty() && first.journey.end_reason != "deceased";
    let closed = first.journey.closed.filter(|_| seen)?;
    let referred = working_day(closed + draws.between(45, 260));
    let again = Spell { person: first.person, referred, returning: true };
    (referred <= LAST_REFERRAL).then_some(again)
}

/// A referral about to be drawn.
struct Spell {
    person: usize,
    referred: programme::Day,
    returning: bool,
}

impl Spell {
    fn draw(
        self,
        person: &Person,
        draws: &mut Draws,
        journeys: &mut Draws,
        sittings: &mut Draws,
    ) -> Episode {
        let practice = person.practice;
        let journey = Journey::draw(journeys, practice, person.quintile(), self.referred);
        let (filled_in, truth) =
            wellbeing::draw(sittings, person, practice, &journey, self.referred);
        Episode {
            id: String::new(),
            person: self.person,
            practice,
            referred: self.referred,
            source: people::source(draws, self.returning),
            reasons: people::reasons(draws),
            journey,
            sittings: filled_in,
            truth,
        }
    }
}

fn write(folder: &Path, files: &[File]) -> Result<(), Box<dyn Error>> {
    for (name, content) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, content)?;
        writeln!(std::io::stdout(), "{:>9} bytes  {name}", content.len())?;
    }
    Ok(())
}

fn check(folder: &Path, files: &[File]) -> Result<(), Box<dyn Error>> {
    for (name, content) in files {
        let path = folder.join(name);
        if std::fs::read(&path)? != *content {
            let path = path.display();
            return Err(format!("{path} is not what the generator writes; run it again").into());
        }
    }
    writeln!(std::io::stdout(), "{} files are what the generator writes", files.len())?;
    Ok(())
}
