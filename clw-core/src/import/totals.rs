//! Totals that a source recorded: raw or metric, as the mapping declares, never as a value looks.

use super::forms::Refusal;
use super::plan::TotalPlan;
use super::problem::{Log, ProblemCode, Tale};
use super::raw::TotalKind;
use super::row::Row;
use super::tools::Tool;
use crate::caseload::{Assessment, RecordedTotal};
use crate::instrument::{Decimal, Instrument, Measure, Points};

/// Why a cell holds no total of the declared kind.
enum NoTotal {
    /// It is one of the other kind.
    OtherKind,
    /// It is none at all, with what would be one.
    Neither(String),
}

/// Reads the totals of a form; those of one measure alone where the row holds only its items.
pub(super) fn read(
    row: &Row<'_>,
    plans: &[TotalPlan],
    (tool, instrument): (&Tool, &Instrument),
    only: Option<usize>,
    assessment: &mut Assessment,
    log: &mut Log,
) {
    for plan in plans {
        let Some(cell) = row.filled_at(plan.at) else { continue };
        let place = tool.measures.iter().position(|(id, _)| *id == plan.measure);
        let wanted = place.filter(|place| only.is_none_or(|only| only == *place));
        let Some(place) = wanted else { continue };
        let Some(measure) = instrument.measures().get(place) else { continue };
        let tale = || Tale::of(plan.at, cell);
        let total = match total(measure, plan.kind, cell) {
            Ok(points) => RecordedTotal::Score(points),
            Err(NoTotal::OtherKind) => {
                let declared = format!(
                    "a {} total, and [totals] declares {}",
                    plan.kind.other().name(),
                    plan.kind.name()
                );
                log.warn(row.place, ProblemCode::TotalOfOtherKind, || tale().with(declared));
                RecordedTotal::OtherKind
            }
            Err(NoTotal::Neither(why)) => {
                log.warn(row.place, ProblemCode::UnreadableTotal, || tale().with(why));
                continue;
            }
        };
        if let (RecordedTotal::Score(points), Ok(answers)) =
            (total, measure.points(&assessment.answers))
            && points != answers
        {
            let [recorded, answered] = [points, answers].map(|points| measure.printed(points));
            let detail = format!(
                "a score of {recorded}, and the answers make {answered} of {}",
                measure.id()
            );
            log.warn(row.place, ProblemCode::TotalDisagrees, || tale().with(detail));
        }
        record(assessment, place, total, tool.measures.len());
    }
}

/// Records the total of one of so many measures; a form without totals keeps no list of them.
fn record(form: &mut Assessment, place: usize, total: RecordedTotal, measures: usize) {
    if form.totals.len() <= place {
        form.totals.resize(measures, RecordedTotal::NotRecorded);
    }
    if let Some(slot) = form.totals.get_mut(place) {
        *slot = total;
    }
}

fn total(measure: &Measure, kind: TotalKind, cell: &[u8]) -> Result<Points, NoTotal> {
    let text = core::str::from_utf8(cell).unwrap_or_default();
    let number: Decimal = text.parse().map_err(|_| NoTotal::Neither("it is no number".into()))?;
    let raw = || {
        let whole: i64 = number.to_string().parse().ok()?;
        Some(measure.points_from_raw_total(whole))
    };
    let metric = || measure.points_from_total(number);
    match kind {
        TotalKind::Metric => metric().map_err(|error| match raw() {
            Some(Ok(_)) => NoTotal::OtherKind,
            _ => NoTotal::Neither(error.to_string()),
        }),
        TotalKind::Raw => match raw() {
            Some(Ok(points)) => Ok(points),
            _ if metric().is_ok() => Err(NoTotal::OtherKind),
            Some(Err(error)) => Err(NoTotal::Neither(error.to_string())),
            None => Err(NoTotal::Neither("a raw total is a whole number".into())),
        },
    }
}

/// Takes the totals of one measure's row into its form.
pub(super) fn join(form: &mut Assessment, part: &Assessment, place: usize) {
    let total = part.total(place);
    if total != RecordedTotal::NotRecorded {
        record(form, place, total, part.totals.len());
    }
}

/// Whether no cell for a total holds one.
pub(super) fn none(row: &Row<'_>, plans: &[TotalPlan]) -> bool {
    plans.iter().all(|plan| row.filled_at(plan.at).is_none())
}

/// Refuses a row of an instrument for which neither answers nor a total are mapped.
pub(super) fn needed(plans: &[TotalPlan], tool: &Tool) -> Result<(), Refusal> {
    let has = |plan: &TotalPlan| tool.measures.iter().any(|(id, _)| *id == plan.measure);
    if plans.iter().any(has) {
        return Ok(());
    }
    let detail = format!("no columns are mapped for the answers to {} or its totals", tool.id);
    Err((ProblemCode::WrongNumberOfAnswers, Tale::detail(detail)))
}
