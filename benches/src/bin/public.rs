//! What may leave a programme, of ever more groups: `public [GROUPS…]` makes up a caseload of so many
//! practices (50, 100 and 200 unless stated), hides its small counts, and tells for each how many
//! counts are published, how many of them are hidden and how many seconds that took.

use std::io::Write as _;

use clw_benches::population::{Draws, Wellbeing};
use clw_benches::{Failure, timing};
use clw_core::caseload::{
    Assessment, Attendance, Contact, Episode, Gender, Person, Reason, Recorded, ReferralReason,
    ReferralSource, RowAccount, Simd, When,
};
use clw_core::disclosure::Profile;
use clw_core::evaluation::{CheckedPlan, DisclosedEvaluation, Evaluator, Plan};
use clw_core::instrument::Registry;
use clw_core::score::Answer;
use jiff::ToSpan as _;
use jiff::civil::date;
use serde_json::Value;

/// Two years, and everything that a public report shows.
const PLAN: &str = r#"
title = "Made-up practices"
as-of = "2026-06-30"
group-by = ["practice", "simd-quintile", "referral-month"]
pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "everyone" } }

[[measures]]
instrument = "swemwbs"
bands = "england-2010-2013"
change-rules = ["nhs-england", "shah-2018-2.77-sem"]

[[equity]]
axis.simd = { index.version = "2020v2", bands = "quintiles" }

[[equity]]
axis.urban-rural.classes = "six-fold"

[control-charts]
rule-set = "nhs-england-making-data-count"
limits = "exact-binomial"
constants = "rounded"

[funnel]
limits = "exact-binomial"
target = "pooled"

[[before-after]]
name = "Forms on paper"
before = { from = "2024-04", to = "2024-12" }
after = { from = "2025-04", to = "2026-03" }

[indicators]
span = { from = "2024-04", to = "2026-06" }
length = "quarter"
built-in = ["paired-completion", "coverage", "improved-of-due"]
"#;

fn main() -> Result<(), Failure> {
    let mut sizes: Vec<u32> =
        std::env::args().skip(1).map(|size| size.parse()).collect::<Result<_, _>>()?;
    if sizes.is_empty() {
        sizes = vec![50, 100, 200];
    }
    let plan = Plan::from_toml(PLAN)?.check(&Registry::new())?;
    // Small practices and large ones, 40 people each on average, and small ones alone, ten each.
    let each = [(4, 73), (4, 13)];
    sizes.into_iter().try_for_each(|practices| {
        each.into_iter().try_for_each(|people| measure(&plan, practices, people))
    })
}

/// `people`: the fewest of a practice, and how many numbers of people there are.
fn measure(plan: &CheckedPlan, practices: u32, people: (u32, u32)) -> Result<(), Failure> {
    let mut draws = Draws::new(7);
    let mut evaluator = Evaluator::new(plan);
    for practice in 0..practices {
        let people = people.0 + draws.below(people.1);
        (0..people).try_for_each(|_| evaluator.add(&person(practice, &mut draws)))?;
    }
    let evaluation = evaluator.finish(&RowAccount::default())?;
    let (seconds, public) = timing::repeat(3, || evaluation.disclosed(&Profile::default()));
    let shortest = seconds.iter().copied().fold(f64::INFINITY, f64::min);
    let [published, hidden] = counted(&public?)?;
    Ok(writeln!(
        std::io::stdout().lock(),
        "{practices} practices, {} people: {published} counts, {hidden} of them hidden, {shortest:.3} s",
        evaluation.counts.people
    )?)
}

/// How many counts are published, and how many of these are hidden.
fn counted(public: &DisclosedEvaluation) -> Result<[usize; 2], Failure> {
    fn count(value: &Value) -> [usize; 2] {
        let add = |[all, hidden]: [usize; 2], of: &Value| {
            let [more, more_hidden] = count(of);
            [all + more, hidden + more_hidden]
        };
        match value {
            Value::Object(fields) => fields.values().fold([0; 2], add),
            Value::Array(values) => values.iter().fold([0; 2], add),
            Value::Number(number) if number.is_u64() => [1, 0],
            Value::String(text) if text == "hidden" => [1, 1],
            _ => [0; 2],
        }
    }
    let mut json: Value = serde_json::from_str(&public.to_json()?)?;
    if let Value::Object(parts) = &mut json {
        parts.retain(|part, _| !["provenance", "profile"].contains(&part.as_str()));
    }
    Ok(count(&json))
}

/// One of them: the last is rare, one in a thousand.
fn pick<T: Copy>(first: T, others: &[T], rare: T, draws: &mut Draws) -> T {
    if draws.below(1_000) == 0 {
        return rare;
    }
    let place = usize::try_from(draws.below(60)).unwrap_or(0) % (others.len() + 1);
    others.get(place).copied().unwrap_or(first)
}

/// Two in three have a second form; everybody has all the traits.
fn person(practice: u32, draws: &mut Draws) -> Person {
    let wellbeing = Wellbeing::draw(draws);
    let referred = date(2024, 4, 1) + i64::from(draws.below(700)).days();
    let form = |number: u32, draws: &mut Draws| {
        let answers = wellbeing.answers(number, draws).map(|code| Answer::Given(code.into()));
        let day = referred + i64::from(7 + 60 * number).days();
        Assessment::new("swemwbs", "2009", When::Date(day), answers.into())
    };
    let mut assessments = vec![form(0, draws)];
    if draws.below(3) > 0 {
        assessments.push(form(1, draws));
    }
    let contact = Contact {
        date: Recorded::Value(referred),
        attendance: Recorded::Value(Attendance::Seen),
        ..Contact::default()
    };
    let reasons = [ReferralReason::FinanceAndDebt, ReferralReason::Housing, ReferralReason::Caring];
    let reason = pick(ReferralReason::MentalHealth, &reasons, ReferralReason::Immigration, draws);
    let sources = [ReferralSource::Nurse, ReferralSource::SelfNew];
    let source = pick(ReferralSource::Gp, &sources, ReferralSource::Pharmacist, draws);
    let ages = ["35-49", "50-64", "65-79"];
    let episode = Episode {
        referred: Recorded::Value(referred),
        practice: Recorded::Value(format!("Practice {practice:03}")),
        source: Recorded::Value(source),
        reasons: Recorded::Value(vec![Reason { reason, primary: true }]),
        contacts: Recorded::Value(vec![contact]),
        assessments,
        ..Episode::default()
    };
    let quintile = u8::try_from(1 + draws.below(5)).unwrap_or(1);
    Person {
        simd: Recorded::Value(Simd { version: "2020v2".to_owned(), quintile, decile: None }),
        urban_rural: Recorded::Value(u8::try_from(1 + draws.below(6)).unwrap_or(1)),
        gender: Recorded::Value(pick(Gender::Woman, &[Gender::Man], Gender::NonBinary, draws)),
        age_band: Recorded::Value(pick("18-34", &ages, "80+", draws).to_owned()),
        episodes: vec![episode],
        ..Person::default()
    }
}
