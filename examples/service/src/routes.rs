//! One function for each path: reads, calls the library, writes.

use std::borrow::Cow;

use clw_core::change::{ChangeRequest, PairCounts};
use clw_core::instrument::{Direction, Instrument, Item, catalogue};
use clw_core::score::{Offered, ScoreSheet};
use clw_core::sentences::ChangeInWords;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::given::{Body, Names};
use crate::refusal::Said;
use crate::{Json, Refusal};

/// The most forms of one request.
const FORMS: usize = 10_000;
/// The most letters of a name.
const LETTERS: usize = 100;
/// The most pairs of one request.
const PAIRS: usize = 100_000;

/// One form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    answers: Vec<Value>,
}

/// Many forms of one questionnaire.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forms {
    forms: Vec<Vec<Value>>,
}

/// Two sittings: row i of both columns is one person, in steps of the measure's scale.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Sittings {
    baseline: Vec<i32>,
    follow_up: Vec<i32>,
    #[serde(default = "usual_level")]
    level: f64,
    #[serde(default)]
    band_sets: Vec<String>,
    #[serde(default)]
    change_rules: Vec<String>,
}

const fn usual_level() -> f64 {
    0.95
}

#[derive(Serialize)]
struct InstrumentEntry<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    items: &'a [Item],
    measures: Vec<MeasureEntry<'a>>,
}

#[derive(Serialize)]
struct MeasureEntry<'a> {
    id: &'a str,
    label: &'a str,
    direction: Direction,
}

impl<'a> From<&'a Instrument> for InstrumentEntry<'a> {
    fn from(instrument: &'a Instrument) -> Self {
        let measures = instrument.measures().iter().map(|measure| MeasureEntry {
            id: measure.id(),
            label: measure.label(),
            direction: measure.scale().direction,
        });
        Self {
            id: instrument.id(),
            version: instrument.version(),
            title: instrument.title(),
            items: instrument.items(),
            measures: measures.collect(),
        }
    }
}

pub(crate) async fn instruments() -> Json {
    let known: Vec<_> = catalogue::all().iter().map(InstrumentEntry::from).collect();
    written(&known)
}

pub(crate) async fn instrument(Names(name): Names<String>) -> Result<Json, Refusal> {
    find(&name).map(|found| written(&InstrumentEntry::from(found)))
}

pub(crate) async fn score(
    Names(name): Names<String>,
    Body(form): Body<Form>,
) -> Result<Json, Refusal> {
    let sheet = sheet(find(&name)?, &form.answers).map_err(Refusal::Refused)?;
    Ok(crate::json(sheet.to_json()))
}

/// Scores each form by itself: one that is refused has its error in its place.
pub(crate) async fn scores(
    Names(name): Names<String>,
    Body(Forms { forms }): Body<Forms>,
) -> Result<Json, Refusal> {
    within("forms", forms.len(), FORMS)?;
    let instrument = find(&name)?;
    let sheets = forms.iter().map(|answers| match sheet(instrument, answers) {
        Ok(sheet) => json!(sheet),
        Err(said) => json!({ "error": said }),
    });
    Ok(written(&json!({ "sheets": sheets.collect::<Vec<_>>() })))
}

pub(crate) async fn change(
    Names((name, measure)): Names<(String, String)>,
    Body(sittings): Body<Sittings>,
) -> Result<Json, Refusal> {
    within("pairs", sittings.baseline.len().max(sittings.follow_up.len()), PAIRS)?;
    short(&measure)?;
    let measure = find(&name)?.measure(&measure);
    let measure = measure.map_err(|error| Refusal::Unknown(Said::of(&error, error.code())))?;
    let pairs = PairCounts::count_steps(measure.scale(), &sittings.baseline, &sittings.follow_up)
        .map_err(|error| Refusal::Refused(Said::of(&error, error.code())))?;
    let Sittings { level, band_sets, change_rules, .. } = sittings;
    let options = json!({ "band-sets": band_sets, "change-rules": change_rules }).to_string();
    let request = ChangeRequest { level, options: &options, measure: Some(measure) };
    let told = ChangeInWords::answer(&request, &pairs)
        .map_err(|error| Refusal::Refused(Said::of(&error, error.code())))?;
    Ok(crate::json(told.to_json()))
}

fn find(name: &str) -> Result<&'static Instrument, Refusal> {
    short(name)?;
    catalogue::find(name).map_err(|error| Refusal::Unknown(Said::of(&error, error.code())))
}

fn short(name: &str) -> Result<(), Refusal> {
    if name.len() > LETTERS { Err(Refusal::NameTooLong { limit: LETTERS }) } else { Ok(()) }
}

fn sheet(instrument: &'static Instrument, answers: &[Value]) -> Result<ScoreSheet<'static>, Said> {
    let offered: Vec<_> = answers.iter().map(offered).collect();
    let scored = instrument.answers(&offered).and_then(|answers| instrument.score(&answers));
    scored.map_err(|error| Said::of(&error, error.code()))
}

/// Names the kind of a JSON value; what it means as an answer is the library's to say.
fn offered(value: &Value) -> Offered<'_> {
    match value {
        Value::Null => Offered::Nothing,
        Value::String(text) => Offered::Text(Cow::Borrowed(text)),
        Value::Number(number) => number.as_i64().map_or_else(
            || match number.as_u64() {
                Some(wide) => Offered::Wide(wide.to_string().into()),
                None => Offered::Number(number.as_f64().unwrap_or(f64::INFINITY)),
            },
            Offered::Whole,
        ),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Offered::Other(value.to_string().into())
        }
    }
}

fn within(what: &'static str, found: usize, limit: usize) -> Result<(), Refusal> {
    if found > limit { Err(Refusal::TooMany { what, found, limit }) } else { Ok(()) }
}

fn written(value: &impl Serialize) -> Json {
    // Texts and numbers under text keys, which JSON can always hold.
    crate::json(serde_json::to_string(value).unwrap_or_default())
}
