//! Settings of a plan that no record answers to.

use super::format::{count, printable};
use crate::evaluation::{NamedThing, PlanRemark};

/// What in the plan is of nobody, where it stands, and what to do.
#[must_use]
pub fn plan_remark(remark: &PlanRemark) -> String {
    match remark {
        PlanRemark::NameInNoRecord { of, name, settings, nearest } => {
            name_in_no_record(*of, name, settings, nearest)
        }
        PlanRemark::NobodyAsked { instrument, measure, seen } => format!(
            "The plan asks nobody for {instrument} {measure}: of {} seen none meets its rule of \
             eligibility. Correct the rule, or the records it reads.",
            count(*seen)
        ),
        PlanRemark::NobodyDueInMonths { setting, months } => format!(
            "Among those the change concerned no follow-up fell due from {} to {} ({setting}). Give \
             months in which some did.",
            months.from, months.to
        ),
        PlanRemark::MonthNotCharted { month, charted } => format!(
            "Limits are to be worked out anew from {month} (control-charts.recalculate-from), and \
             the chart goes from {} to {}. Give a month of the chart, or leave it out.",
            charted.from, charted.to
        ),
        PlanRemark::NobodyInSpan { span } => format!(
            "The indicators are of {} to {} (indicators.span), and every episode with a month lies \
             outside. Give months of the records.",
            span.from, span.to
        ),
        PlanRemark::OtherVersionOnly { axis, episodes } => format!(
            "The plan looks along {axis}, and the records hold places on other versions only ({} \
             episodes). Name the version that the records hold.",
            count(*episodes)
        ),
        PlanRemark::NoEpisodes => {
            "The records hold nobody, so there is nothing to report. Give files with rows below \
             their headings, and look at why rows were left out."
                .to_owned()
        }
    }
}

fn name_in_no_record(
    of: NamedThing,
    name: &str,
    settings: &[String],
    nearest: &[String],
) -> String {
    let thing = match of {
        NamedThing::Practice => "practice",
        NamedThing::Programme => "programme",
    };
    let there_are = match nearest {
        [] => format!("Correct it, or map the column that holds the {thing}."),
        nearest => {
            let nearest: Vec<String> =
                nearest.iter().map(|name| format!("“{}”", printable(name))).collect();
            format!(
                "The nearest there are: {}. Correct the plan, or the records.",
                nearest.join(", ")
            )
        }
    };
    format!(
        "The plan names the {thing} “{}” in {}, and no record holds it. {there_are}",
        printable(name),
        settings.join(" and ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::IndicatorSpan;

    fn span(from: &str, to: &str) -> IndicatorSpan {
        IndicatorSpan { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn each_remark_says_what_is_of_nobody_where_it_stands_and_what_to_do() {
        let name = |of, nearest: &[&str]| PlanRemark::NameInNoRecord {
            of,
            name: "Dunlarg".into(),
            settings: vec!["eligibility".into(), "before-after.1.practices".into()],
            nearest: nearest.iter().map(|name| (*name).to_owned()).collect(),
        };
        let charted = span("2024-04", "2026-06");
        let month = "2205-01".parse().unwrap();
        for (remark, code, words) in [
            (
                name(NamedThing::Practice, &["Dunlarig", "Carnbeg"]),
                "name-in-no-record",
                "The plan names the practice “Dunlarg” in eligibility and before-after.1.practices, \
                 and no record holds it. The nearest there are: “Dunlarig”, “Carnbeg”. Correct the \
                 plan, or the records.",
            ),
            (
                name(NamedThing::Programme, &[]),
                "name-in-no-record",
                "The plan names the programme “Dunlarg” in eligibility and before-after.1.practices, \
                 and no record holds it. Correct it, or map the column that holds the programme.",
            ),
            (
                PlanRemark::NobodyAsked {
                    instrument: "ons4".into(),
                    measure: "anxious".into(),
                    seen: 1933,
                },
                "nobody-asked",
                "The plan asks nobody for ons4 anxious: of 1,933 seen none meets its rule of \
                 eligibility. Correct the rule, or the records it reads.",
            ),
            (
                PlanRemark::NobodyDueInMonths {
                    setting: "before-after.1.before".into(),
                    months: span("2014-04", "2014-12"),
                },
                "nobody-due-in-months",
                "Among those the change concerned no follow-up fell due from 2014-04 to 2014-12 \
                 (before-after.1.before). Give months in which some did.",
            ),
            (
                PlanRemark::MonthNotCharted { month, charted },
                "month-not-charted",
                "Limits are to be worked out anew from 2205-01 (control-charts.recalculate-from), \
                 and the chart goes from 2024-04 to 2026-06. Give a month of the chart, or leave it \
                 out.",
            ),
            (
                PlanRemark::NobodyInSpan { span: span("1924-04", "1925-03") },
                "nobody-in-span",
                "The indicators are of 1924-04 to 1925-03 (indicators.span), and every episode with \
                 a month lies outside. Give months of the records.",
            ),
            (
                PlanRemark::OtherVersionOnly { axis: "SIMD 2016 quintiles".into(), episodes: 1200 },
                "other-version-only",
                "The plan looks along SIMD 2016 quintiles, and the records hold places on other \
                 versions only (1,200 episodes). Name the version that the records hold.",
            ),
        ] {
            assert_eq!(remark.code(), code);
            assert_eq!(plan_remark(&remark), words);
            let json = serde_json::to_value(&remark).unwrap();
            assert_eq!(json["code"], code);
            assert_eq!(serde_json::from_value::<PlanRemark>(json).unwrap(), remark);
        }
    }
}
