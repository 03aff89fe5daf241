//! The evaluation of the made-up programme comes out as the truth it was made from, and the real
//! data as an independent reading of its file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clw_core::completion::Flow;
use clw_core::estimate::Share;
use clw_core::evaluation::{
    Evaluation, FieldFindings, MeasureFindings, NeedCounts, Plan, SittingIssue,
};
use clw_core::import::{Import, Mapping};
use clw_core::instrument::Registry;
use clw_core::pairing::{Fate, FlowBox, SittingRole};
use serde_json::{Value, json};

fn evaluate(folder: &str) -> Evaluation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let registry = Registry::new();
    let plan = fs::read_to_string(folder.join("plan.toml")).unwrap();
    let plan = Plan::from_toml(&plan).unwrap().check(&registry).unwrap();
    let mapping = fs::read_to_string(folder.join("mapping.toml")).unwrap();
    let mapping = Mapping::from_toml(&mapping).unwrap();
    let import = Import::new(mapping, &registry).unwrap().open(&folder).unwrap();
    plan.evaluate_import(import, 2).unwrap().0
}

fn truth(folder: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("truth.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn measure<'e>(evaluation: &'e Evaluation, id: &str) -> &'e MeasureFindings {
    evaluation.findings.iter().find(|findings| findings.measure == id).unwrap()
}

fn assert_flow(flow: &Flow, truth: &Value, of: &str) {
    let boxes = [
        (FlowBox::Referred, "referred"),
        (FlowBox::Accepted, "accepted"),
        (FlowBox::Seen, "first-contact"),
        (FlowBox::Eligible, "eligible"),
        (FlowBox::BaselineValid, "baseline-valid"),
        (FlowBox::Due, "due"),
        (FlowBox::FollowUpValid, "follow-up-valid"),
        (FlowBox::Paired, "paired"),
    ];
    for (flow_box, name) in boxes {
        assert_eq!(Some(flow.in_box(flow_box)), truth[name].as_u64(), "{of}: {name}");
    }
}

fn close(a: f64, b: &Value) -> bool {
    (a - b.as_f64().unwrap()).abs() <= 1e-12 * a.abs()
}

fn assert_change(findings: &MeasureFindings, truth: &Value) {
    let change = &findings.change;
    assert_eq!(Some(change.n), truth["n"].as_u64());
    assert!(close(*change.baseline.mean.computed().unwrap(), &truth["baseline-mean"]));
    assert!(close(*change.follow_up.mean.computed().unwrap(), &truth["follow-up-mean"]));
    assert!(close(*change.change.mean.computed().unwrap(), &truth["mean-change"]));
    assert!(close(*change.change.standard_deviation.computed().unwrap(), &truth["sd-of-change"]));
}

#[test]
fn every_box_and_the_change_come_out_as_they_were_made() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    assert_eq!(Some(evaluation.counts.people), truth["people"].as_u64());
    let swemwbs = &evaluation.counts.measures[0];
    assert_flow(&swemwbs.main.flow, &truth["flow"], "all");
    assert_change(measure(&evaluation, "wellbeing"), &truth["paired-change"]);

    let closures = evaluation.counts.closures;
    let early = &truth["closures-before-the-last-attended-appointment"];
    assert_eq!(Some(closures.reopened), early.as_u64());

    for id in ["life-satisfaction", "anxious"] {
        let place = evaluation.findings.iter().position(|f| f.measure == id).unwrap();
        let truth = &truth["ons4"][id];
        assert_flow(&evaluation.counts.measures[place].main.flow, &truth["flow"], id);
        assert_change(&evaluation.findings[place], &truth["paired-change"]);
    }
}

#[test]
fn groups_come_out_as_they_were_made() {
    use clw_core::completion::GroupBy;
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let groups = &evaluation.counts.measures[0].groups;
    let of = |by, name: &str, label: &dyn Fn(&str) -> String| {
        let expected = truth[name].as_object().unwrap();
        assert_eq!(groups.groups(by).count(), expected.len(), "{name}");
        for (group, counts) in groups.groups(by) {
            let key = expected.keys().find(|key| label(key) == group);
            assert_flow(&counts.flow, &expected[key.unwrap_or_else(|| panic!("{group}"))], group);
        }
    };
    of(GroupBy::Practice, "flow-by-practice", &str::to_owned);
    of(GroupBy::Worker, "flow-by-worker", &str::to_owned);
    of(GroupBy::SimdQuintile, "flow-by-simd-quintile", &|quintile| match quintile {
        "not known" => quintile.to_owned(),
        quintile => format!("SIMD 2020v2 quintile {quintile}"),
    });
}

/// The interval of the recorded pairs holds the mean change of everyone who was due, which only the
/// generator knows.
#[test]
fn the_interval_holds_the_true_mean_change() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let paired_t = measure(&evaluation, "wellbeing").change.paired_t.computed().unwrap();
    let of_all_due = truth["true-change-of-all-due"]["mean-change"].as_f64().unwrap();
    assert!(paired_t.interval.contains(of_all_due));
    let without = truth["true-change-of-all-due"]["mean-change-without-service"].as_f64().unwrap();
    assert!(!paired_t.interval.contains(without));
}

#[test]
fn every_row_of_the_assessments_is_accounted_for() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let rows = &truth["assessment-rows"];
    let made = |kind: &str| -> u64 {
        ["swemwbs", "ons4"].iter().map(|tool| rows[tool][kind].as_u64().unwrap()).sum()
    };
    let account = &evaluation.counts.rows.tables["assessments"];
    assert_eq!(account.read, made("rows"));
    assert_eq!(account.read, account.used + account.rejected.values().sum::<u64>());
    assert_eq!(
        account.rejected.values().sum::<u64>(),
        made("no-date") + made("unknown-episode") + made("merged-ids")
    );

    let sittings = &evaluation.counts.measures[0].sittings;
    let of = |role| sittings.get(role);
    let swemwbs = |kind: &str| rows["swemwbs"][kind].as_u64().unwrap();
    assert_eq!(of(SittingRole::BeforeReferral), swemwbs("before-referral"));
    assert_eq!(of(SittingRole::AfterAsOf), swemwbs("after-extract"));
    assert_eq!(of(SittingRole::Repeated), swemwbs("repeated-row"));
    assert_eq!(of(SittingRole::Conflicting), swemwbs("conflicting-rows"));
    assert_eq!(of(SittingRole::Unscored), swemwbs("incomplete") + swemwbs("out-of-range"));
}

fn count_of(share: &Share) -> [u64; 2] {
    [share.count, share.of]
}

#[test]
fn the_records_come_out_as_they_were_made() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let (records, truth) = (&evaluation.records, &truth["records"]);
    for field in &records.fields {
        let FieldFindings { recorded, not_known, not_applicable, missing, .. } = *field;
        let found = [recorded.count, not_known, not_applicable, missing];
        assert_eq!(truth["fields"][field.field.code()], json!(found), "{:?}", field.field);
    }
    for (issue, made) in truth["issues"].as_object().unwrap() {
        let found = records.issues.iter().find(|found| found.issue.code() == issue).unwrap();
        assert_eq!(*made, json!(count_of(&found.found)), "{issue}");
    }
}

#[test]
fn the_help_people_had_comes_out_as_it_was_made() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let (help, truth) = (&evaluation.counts.help, &truth["records"]);
    let lists = [
        ("needs", help.needs.episodes),
        ("onward", help.onward.episodes),
        ("outcomes", help.outcomes.episodes),
    ];
    for (name, list) in lists {
        assert_eq!(truth[name]["episodes"], json!(list.kept()), "{name}");
        assert_eq!(truth[name]["with-any"], json!(list.with_any), "{name}");
        assert_eq!(list.not_kept, 0);
    }
    let NeedCounts { with_unmet, by_reason, .. } = &help.needs;
    assert_eq!(truth["needs"]["with-unmet"], json!(with_unmet));
    let needs = by_reason.iter().map(|(reason, n)| (reason.code(), [n.met, n.unmet, n.not_known]));
    assert_eq!(truth["needs"]["by-reason"], json!(needs.collect::<BTreeMap<_, _>>()));
    let onward = &help.onward;
    assert_eq!(truth["onward"]["with-taken-up"], json!(onward.with_taken_up));
    assert_eq!(truth["onward"]["by-status"], json!(onward.by_status));
    assert_eq!(truth["onward"]["not-known"], json!(onward.status_not_known));
    assert_eq!(truth["onward"]["not-recorded"], json!(onward.status_not_recorded));
    let outcomes = &help.outcomes;
    assert_eq!(truth["outcomes"]["by-reason"], json!(outcomes.by_reason));
    assert_eq!(truth["outcomes"]["outcomes"], json!(outcomes.outcomes));
    assert_eq!(truth["outcomes"]["with-value"], json!(outcomes.with_value));
    assert_eq!(
        truth["outcomes"]["value-pence"].as_i64().map(i128::from),
        Some(outcomes.value_pence)
    );
}

#[test]
fn follow_ups_over_time_come_out_as_they_were_made() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let days = &evaluation.counts.measures[0].follow_up_times.days;
    let (mut followed_up, mut censored, mut sum) = (0, 0, 0);
    for (day, counts) in days.days() {
        followed_up += counts.followed_up;
        censored += counts.censored;
        sum += u64::from(day) * counts.followed_up;
    }
    let times = &truth["time-to-follow-up"];
    assert_eq!(times["baselines"], json!(followed_up + censored));
    assert_eq!((&times["followed-up"], &times["days"]), (&json!(followed_up), &json!(sum)));

    let change = &evaluation.findings[0].over_periods.before_after[0].completion;
    for (share, made) in [&change.before, &change.after]
        .into_iter()
        .zip(truth["before-and-after-paper"].as_array().unwrap())
    {
        assert_eq!(json!(count_of(share)), json!([made["paired"], made["due"]]));
    }
    // Paper was made to come back more often.
    assert!(change.difference.computed().unwrap().interval.lower > 0.0);
}

#[test]
fn those_asked_after_their_exit_come_out_as_they_were_made() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let truth = &truth["after-exit"];
    let counts = evaluation.counts.measures[0].after_exit.as_ref().unwrap();
    assert_eq!(truth["ended"], json!(counts.closed));
    for (pairs, made) in [
        (&counts.since_baseline, &truth["since-baseline"]),
        (&counts.since_exit, &truth["since-exit"]),
    ] {
        let (mut improved, mut change) = (0, 0);
        for cell in pairs.cells() {
            improved += if cell.change_points() > 0 { cell.pairs } else { 0 };
            change += cell.change_points() * i64::try_from(cell.pairs).unwrap();
        }
        assert_eq!(
            *made,
            json!({"n": pairs.n(), "improved": improved, "change-hundredths": change})
        );
    }
    // Enough were asked for means, and most of what was gained was made to last.
    let found = evaluation.findings[0].after_exit.as_ref().unwrap();
    assert!(found.since_baseline.improved.of > 60 && found.since_exit.improved.of > 60);
}

/// Reliable improvement of all who finished, which are those whose closure holds.
#[test]
fn whoever_finished_without_a_second_form_did_not_improve() {
    let evaluation = evaluate("caseload");
    let reports = &evaluation.findings[0].over_periods.indicators;
    let of = |id: &str| reports.iter().find(|of| of.indicator.definition().id == id).unwrap();
    let finished = &of("reliable-improvement-of-finished").periods;
    let sum = |of: fn(&Share) -> u64| finished.iter().map(|period| of(&period.share)).sum::<u64>();
    let closures = evaluation.counts.closures;
    let all = sum(|share| share.of);
    assert!(0 < all && all <= closures.recorded, "{all} {closures:?}");
    let rule = &evaluation.findings[0].change.reliable_change[1];
    assert_eq!(rule.rule.name(), "shah-2018-2.77-sem");
    assert!(sum(|share| share.count) > 0 && sum(|share| share.count) < rule.improved.count);
}

/// Those from more deprived areas were made to come back less often.
#[test]
fn deprivation_shows_in_completion() {
    let (evaluation, truth) = (evaluate("caseload"), truth("caseload"));
    let [simd, _] = evaluation.findings[0].equity.as_slice() else { panic!("two axes") };
    for row in &simd.rows {
        let made = &truth["flow-by-simd-quintile"][row.band.to_string()];
        assert_eq!(json!(count_of(&row.completion)), json!([made["paired"], made["due"]]));
    }
    let gradient = &simd.gradients.as_ref().unwrap().completion.of_people;
    assert!(gradient.computed().unwrap().slope_index.value != 0.0);
    let attrition = &evaluation.counts.measures[0].attrition;
    let quintiles = attrition.traits().iter().find(|of| of.name == "SIMD quintile").unwrap();
    for (level, people) in &quintiles.levels {
        let made = &truth["flow-by-simd-quintile"][level.rsplit("quintile ").next().unwrap()];
        let due = people.paired + people.unpaired;
        assert_eq!(json!([people.paired, due]), json!([made["paired"], made["due"]]), "{level}");
    }
}

#[test]
fn those_who_came_back_look_good_and_the_report_says_what_it_cannot_know() {
    let (evaluation, truth) = (evaluate("came-back"), truth("came-back"));
    let found = measure(&evaluation, "wellbeing");
    assert_eq!(Some(found.change.n), truth["paired"].as_u64());
    assert!(close(*found.change.change.mean.computed().unwrap(), &truth["mean-change-of-pairs"]));
    // The pairs look good, everyone together has not changed, and the bounds hold the truth.
    let everyone = truth["mean-change-of-everyone"].as_f64().unwrap();
    let interval = found.change.paired_t.computed().unwrap().interval;
    assert!(interval.lower > 1.0 && everyone.abs() < 0.5, "{interval:?} {everyone}");
    let page = clw_core::report::html(&evaluation);
    let others = 240 - found.change.n;
    for sentence in [
        format!("Nothing here says how the other {others} did."),
        format!("so the pairs say little about the other {others} people"),
    ] {
        assert!(page.replace('\u{a0}', " ").contains(&sentence), "{sentence}");
    }
    // One practice supplies totals only, which count as scores and are told apart.
    let alone =
        found.issues.iter().find(|of| of.issue == SittingIssue::TotalWithoutAnswers).unwrap();
    assert_eq!(Some(alone.found.count), truth["totals-without-answers"].as_u64());
    assert_eq!(Some(alone.found.of), truth["sittings"].as_u64());
}

#[test]
fn a_wide_file_comes_out_as_it_was_made() {
    let (evaluation, truth) = (evaluate("wide"), truth("wide"));
    let change = &measure(&evaluation, "wellbeing").change;
    assert_eq!(Some(change.n), truth["paired"].as_u64());
    assert!(close(*change.change.mean.computed().unwrap(), &truth["mean-change"]));
}

/// Python 3.11.7, `statistics` on the file alone; the table of `dass21/README.md`.
#[test]
fn real_answers_come_out_as_an_independent_reading_of_their_file() {
    let evaluation = evaluate("dass21");
    let expected = [
        ("anxiety", 216, 7.574074, 8.777778, 1.203704, 5.424765, [60, 62, 94]),
        ("depression", 211, 13.601896, 17.383886, 3.781991, 8.934143, [53, 30, 128]),
        ("stress", 216, 13.296296, 16.055556, 2.759259, 7.551215, [64, 33, 119]),
    ];
    for (id, n, before, during, mean, sd, [lower, same, higher]) in expected {
        let change = &measure(&evaluation, id).change;
        assert_eq!(change.n, n);
        let near = |a: Option<&f64>, b: f64| (a.unwrap() - b).abs() < 5e-7;
        assert!(near(change.baseline.mean.computed(), before));
        assert!(near(change.follow_up.mean.computed(), during));
        assert!(near(change.change.mean.computed(), mean));
        assert!(near(change.change.standard_deviation.computed(), sd));
        let any = &change.any_change;
        assert_eq!([any.improved.count, any.same.count, any.worse.count], [lower, same, higher]);
    }
    let flow = &evaluation.counts.measures[0].main.flow;
    assert_eq!(flow.in_box(FlowBox::Referred), 220);
    // Nobody lacks an occasion; nine depression forms have a blank.
    assert_eq!(
        flow.with_fate(Fate::Paired)
            + flow.with_fate(Fate::FollowUpUnscored)
            + flow.with_fate(Fate::FollowUpMissing),
        220
    );
}
