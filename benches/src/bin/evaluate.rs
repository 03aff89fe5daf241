//! The whole evaluation from CSV: `evaluate FOLDER`.

use std::hint::black_box;
use std::time::Instant;

use clw_benches::files::folder_argument;
use clw_benches::{Failure, timing};
use clw_core::change::{Moments, SignedRankMethod};
use clw_core::estimate::Interval;
use clw_core::evaluation::{Evaluation, Plan};
use clw_core::import::{Import, Mapping, TableName};
use clw_core::instrument::Registry;
use clw_core::pairing::SittingRole;
use serde_json::{Value, json};

const MAPPING: &str = r#"
[tables.assessments]
file = "assessments.csv"
constants = { instrument = "swemwbs" }
[tables.assessments.columns]
person = "person"
date = "date"
answers = ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
"#;

const PLAN: &str = r#"
title = "Made-up people"
as-of = "2026-06-30"

[[measures]]
instrument = "swemwbs"

[pairing]
baseline.rule = "first"
end-point.rule = "last"
due.rule = "everyone"
"#;

fn main() -> Result<(), Failure> {
    let csv = folder_argument()?.csv();
    let threads = std::thread::available_parallelism()?.get();
    let start = Instant::now();
    let registry = Registry::new();
    let plan = Plan::from_toml(PLAN)?.check(&registry)?;
    let import = Import::new(Mapping::from_toml(MAPPING)?, &registry)?
        .table(TableName::Assessments, std::fs::File::open(csv)?);
    let (evaluation, _) = plan.evaluate_import(import, threads)?;
    black_box(evaluation.to_json()?);
    let seconds = start.elapsed().as_secs_f64();
    timing::report(&[seconds], &check(&evaluation).ok_or("the sample has no spread")?)
}

/// What the peer computes too, under the same names.
fn check(evaluation: &Evaluation) -> Option<Value> {
    let rows = evaluation.counts.rows.tables.get("assessments")?;
    let sittings = &evaluation.counts.measures.first()?.sittings;
    let unscored = sittings.get(SittingRole::Unscored);
    let found = evaluation.findings.first()?;
    let (change, completion) = (&found.change, &found.flow.rates.paired_completion);
    let spread = |moments: &Moments| {
        Some((*moments.mean.computed()?, *moments.standard_deviation.computed()?))
    };
    let (baseline_mean, baseline_sd) = spread(&change.baseline)?;
    let (follow_up_mean, follow_up_sd) = spread(&change.follow_up)?;
    let (mean_change, change_sd) = spread(&change.change)?;
    let (t, signed_rank) = (change.paired_t.computed()?, change.signed_rank.computed()?);
    let SignedRankMethod::NormalApproximation { z, .. } = signed_rank.method else { return None };
    let ends = |interval: Interval| [interval.lower, interval.upper];
    Some(json!({
        "rows": rows.used,
        "scored": rows.used - unscored,
        "with-baseline": completion.of,
        "paired": completion.count,
        "baseline-mean": baseline_mean,
        "baseline-sd": baseline_sd,
        "follow-up-mean": follow_up_mean,
        "follow-up-sd": follow_up_sd,
        "mean-change": mean_change,
        "change-sd": change_sd,
        "mean-change-interval": ends(t.interval),
        "t": t.t,
        "t-p": t.p,
        "z": z,
        "wilcoxon-p": signed_rank.p,
        "completion-interval": ends(completion.proportion.computed()?.interval),
    }))
}
