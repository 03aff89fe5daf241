//! Made-up people who fill in the short Warwick-Edinburgh scale, the same at every run.

use std::io::{self, Write};

use jiff::civil::{Date, date};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// Items of the questionnaire.
pub const ITEMS: usize = 7;

/// The code that stands for a blank in the columns of bytes.
pub const BLANK: i8 = 0;

const FIRST_DAY: Date = date(2023, 4, 3);
const DAYS_OF_REFERRALS: u32 = 600;
const MODES: [&str; 4] = ["in-person", "telephone", "online", "video-call"];

/// A source of random numbers that is the same on every machine.
#[derive(Debug)]
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The source with this number.
    #[must_use]
    pub fn new(stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(78_125);
        random.set_stream(stream);
        Self(random)
    }

    /// A whole number from 0 up to, not including, `end`.
    #[must_use]
    pub fn below(&mut self, end: u32) -> u32 {
        let high = (u64::from(self.0.next_u32()) * u64::from(end)) >> 32;
        u32::try_from(high).unwrap_or(0)
    }

    /// A bell-shaped draw with mean 0 and standard deviation 1: three uniform draws added.
    fn bell(&mut self) -> f64 {
        let sum: f64 = (0..3).map(|_| f64::from(self.0.next_u32()) / f64::from(u32::MAX)).sum();
        2.0 * (sum - 1.5)
    }
}

/// One person's wellbeing, before and after.
#[derive(Debug, Clone, Copy)]
pub struct Wellbeing {
    baseline: f64,
    gain: f64,
}

impl Wellbeing {
    /// A person at random.
    #[must_use]
    pub fn draw(draws: &mut Draws) -> Self {
        Self { baseline: 2.7 + 0.6 * draws.bell(), gain: 0.3 + 0.5 * draws.bell() }
    }

    /// Seven answers from 1 to 5 at a sitting, the first being number 0.
    pub fn answers(&self, sitting: u32, draws: &mut Draws) -> [i8; ITEMS] {
        let level = self.baseline + if sitting == 0 { 0.0 } else { self.gain };
        [(); ITEMS].map(|()| {
            let felt = level + 0.6 * draws.bell();
            1 + [1.5, 2.5, 3.5, 4.5].iter().map(|edge| i8::from(felt > *edge)).sum::<i8>()
        })
    }
}

/// Leaves one item blank on one form in a hundred.
pub fn leave_gaps(answers: &mut [i8; ITEMS], draws: &mut Draws) {
    let item = draws.below(100 * 7);
    if let Some(answer) = usize::try_from(item).ok().and_then(|item| answers.get_mut(item)) {
        *answer = BLANK;
    }
}

/// A filled-in form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    day: u16,
    person: u32,
    mode: u8,
    answers: [i8; ITEMS],
}

/// Writes the forms of so many people as a spreadsheet would hold them, a row a form, by date.
///
/// 15 people in 100 fill in one form, 80 two and 5 three: 1.9 rows a person. Ids tell nothing of
/// dates, so a person's rows lie far apart.
///
/// # Errors
/// What the writer refuses.
pub fn write_csv(people: u32, to: &mut impl Write) -> io::Result<()> {
    let mut draws = Draws::new(1);
    let mut forms = Vec::new();
    for person in 1..=people {
        add_forms(person, &mut draws, &mut forms);
    }
    forms.sort_unstable();
    let days: Vec<String> =
        FIRST_DAY.series(jiff::Span::new().days(1)).take(1100).map(|day| day.to_string()).collect();
    writeln!(to, "person,date,mode,q1,q2,q3,q4,q5,q6,q7")?;
    for form in forms {
        let day = days.get(usize::from(form.day)).map_or("", String::as_str);
        let mode = MODES.get(usize::from(form.mode)).unwrap_or(&"");
        write!(to, "P{:07},{day},{mode}", form.person)?;
        for answer in form.answers {
            match answer {
                BLANK => write!(to, ",")?,
                code => write!(to, ",{code}")?,
            }
        }
        writeln!(to)?;
    }
    Ok(())
}

fn add_forms(person: u32, draws: &mut Draws, forms: &mut Vec<Form>) {
    let wellbeing = Wellbeing::draw(draws);
    let sittings = match draws.below(100) {
        0..15 => 1,
        15..95 => 2,
        _ => 3,
    };
    let mut day = draws.below(DAYS_OF_REFERRALS);
    for sitting in 0..sittings {
        let mut answers = wellbeing.answers(sitting, draws);
        leave_gaps(&mut answers, draws);
        let mode = u8::try_from(draws.below(4)).unwrap_or(0);
        forms.push(Form { day: u16::try_from(day).unwrap_or(0), person, mode, answers });
        day += 28 + draws.below(150);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caseload_has_the_stated_size_and_does_not_vary() {
        let csv = || {
            let mut bytes = Vec::new();
            write_csv(10_000, &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let text = csv();
        assert_eq!(text, csv());
        let rows = text.lines().skip(1);
        assert!((18_800..19_200).contains(&rows.clone().count()));
        let dates: Vec<&str> = rows.clone().filter_map(|row| row.split(',').nth(1)).collect();
        assert!(dates.is_sorted());
        let gaps = rows.filter(|row| row.contains(",,") || row.ends_with(',')).count();
        assert!((130..250).contains(&gaps));
    }
}
