//! What the report says, and what it is made of.
#![cfg(all(feature = "report", feature = "toml"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod report_samples;

use std::collections::BTreeSet;

use clw_core::disclosure::Profile;
use clw_core::evaluation::Evaluation;
use clw_core::report;
use report_samples::{PLAN, evaluation, everything, star, with_pairs, with_pairs_under};
use serde_json::{Value, json};

/// The page's text without its tags, style and entities, spaces made plain.
fn words(page: &str) -> String {
    let mut text = String::new();
    let body = page.split("</style>").last().unwrap();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        text.push(' ');
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(page: &str, sentence: &str) {
    assert!(words(page).contains(sentence), "not said: {sentence}\n\n{}", words(page));
}

/// 40 pairs of 80 due: statsmodels 0.15.0, `proportion_confint(40, 80, method="wilson")`, gives
/// (0.392974, 0.607026). 24 changes of 4.37, 4 of 0 and 12 of −1.27: SciPy 1.17.1,
/// `t.interval(.95, 39, x.mean(), sem(x))`, gives 2.241 and (1.388983, 3.093017).
#[test]
fn the_summary_says_what_was_found_and_what_is_not_known() {
    let page = report::html(&with_pairs(40));
    assert_says(
        &page,
        "Of 80 people whose follow-up was due, 40 (50.0 %; 95 % interval 39.3 to 60.7 %) have a pair of \
         scores to compare.",
    );
    assert_says(&page, "rose by 2.24 points (95 % interval 1.39 to 3.09)");
    assert_says(&page, "Nothing here says how the other 40 did.");
}

#[test]
fn a_share_improved_never_stands_alone() {
    let page = report::html(&with_pairs(40));
    let card = page.split("<div class=\"card\">").find(|card| card.contains("Improved")).unwrap();
    let card = words(&format!("</style>{card}"));
    for part in ["60.0 % of pairs", "24 of 40 pairs", "40 of 80 due", "(50.0 %)", "30.0 to 80.0 %"]
    {
        assert!(card.contains(part), "{part} is not beside the share: {card}");
    }
}

#[test]
fn fewer_than_thirty_pairs_have_no_headline() {
    let page = report::html(&with_pairs(29));
    assert_says(&page, "There are 29 pairs on Mental wellbeing (SWEMWBS), fewer than the 30");
    assert_says(&page, "The 29 changes ranged from −1.27 to +4.37 points.");
    assert_says(&page, "19 improved, 2 the same, 8 worse");
    for headline in ["rose by", "of pairs", "Paired t test", "Cohen"] {
        assert!(!words(&page).contains(headline), "{headline}");
    }
    assert!(report::html(&with_pairs(30)).contains("rose by"));
}

#[test]
fn every_box_fate_and_row_is_there() {
    let page = report::html(&with_pairs(40));
    for part in [
        "5 not taken on by the service",
        "3 taken on, never seen",
        "2 no questionnaire recorded",
        "7 not due yet",
        "3 have died",
        "40 no follow-up recorded",
        "Assessments 160 157 3 3 out of range",
    ] {
        assert_says(&page, part);
    }
}

#[test]
fn change_is_never_called_an_effect() {
    let page = report::html(&with_pairs(40));
    assert_says(&page, "This shows change, not its cause");
    assert_says(&page, "regression to the mean");
    assert_says(&page, "https://doi.org/10.1370/afm.2429");
    assert_says(&page, "Share it only after disclosure control was applied.");
}

#[test]
fn groups_are_in_their_own_order_and_small_ones_are_marked() {
    let charts = report::charts(&with_pairs(40));
    let of = |id: &str| charts.iter().find(|chart| chart.id == id).unwrap();
    let rows = &of("completion-by-simd-quintile-swemwbs-wellbeing").vega_lite["data"]["values"];
    let labels: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["SIMD 2020 quintile 1", "not recorded"]);
    assert_eq!((&rows[0]["few"], &rows[1]["few"]), (&json!(false), &json!(true)));
}

fn hostile() -> Evaluation {
    let plan = PLAN.replace("Example Valley", r"<script>alert(1)</script> \u0000 & Sons");
    evaluation(&plan, |counts| {
        let groups = json!({
            "</title><script>alert(2)</script>": {"paired": 3},
            "\" onload=\"alert(3)": {"paired": 2, "follow-up-missing": 2},
            "\u{0}\u{1b}\u{202e}reversed": {"paired": 1},
            "x".repeat(5000): {"paired": 1},
        });
        counts["measures"][0]["groups"] =
            json!({"practice": groups, "worker": {"": {"paired": 1}}});
        counts["measures"][0]["main"]["flow"] = json!({"paired": 2});
        counts["measures"][0]["main"]["pairs"]["cells"] = json!([[1798, 2154, 2]]);
        counts["rows"] = json!({
            "<img src=x>": {"read": 1, "used": 0, "rejected": {"<b>": 1}, "warned": {}},
        });
    })
}

/// Evaluations at the edges of what there can be.
fn samples() -> Vec<(&'static str, Evaluation)> {
    let of_cells = |cells: Value| {
        evaluation(PLAN, |counts| {
            let pairs: u64 =
                cells.as_array().unwrap().iter().map(|cell| cell[2].as_u64().unwrap()).sum();
            counts["measures"][0]["main"]["flow"] = json!({"paired": pairs});
            counts["measures"][0]["main"]["pairs"]["cells"] = cells;
        })
    };
    let months = |months: u32| {
        evaluation(PLAN, |counts| {
            let month = |m: u32| format!("{}-{:02}", 2020 + m / 12, m % 12 + 1);
            let flows = (0..months)
                .map(|m| (month(m), json!({"paired": m % 7, "follow-up-missing": m % 5})));
            counts["measures"][0]["groups"]["referral-month"] = flows.collect();
        })
    };
    let practices = evaluation(PLAN, |counts| {
        let flows = (0..200).map(|p| (format!("Practice {p}"), json!({"paired": p})));
        counts["measures"][0]["groups"]["practice"] = flows.collect();
    });
    vec![
        ("nobody", evaluation(PLAN, |_| ())),
        ("ordinary", with_pairs(40)),
        ("few", with_pairs(12)),
        ("all followed up", with_pairs(80)),
        ("one pair", of_cells(json!([[1798, 2154, 1]]))),
        ("all the same", of_cells(json!([[1798, 1798, 50]]))),
        ("all moved alike", of_cells(json!([[1798, 2154, 50]]))),
        ("from end to end", of_cells(json!([[700, 3500, 40], [3500, 700, 1]]))),
        ("sixty months", months(60)),
        ("one month", months(1)),
        ("two hundred practices", practices),
        ("hostile", hostile()),
        ("star", star()),
        ("everything", everything()),
    ]
}

#[test]
fn no_number_is_printed_that_is_none() {
    for (name, evaluation) in samples() {
        let page = report::html(&evaluation);
        let text = words(&page);
        for not_a_number in ["NaN", "inf ", "inf%", "null", "None", "-0.0", "−0.00 "] {
            assert!(!text.contains(not_a_number), "{name}: {not_a_number}");
        }
        for attribute in ["\"NaN", "\"inf", "\"-inf"] {
            assert!(!page.contains(attribute), "{name}: {attribute}");
        }
        let charts = serde_json::to_string(&report::charts(&evaluation)).unwrap();
        assert!(!charts.contains("NaN"), "{name}");
    }
}

#[test]
fn pictures_are_well_formed_and_named() {
    for (name, evaluation) in samples() {
        let page = report::html(&evaluation);
        let pictures: Vec<&str> = page
            .split("<svg class=\"plot\"")
            .skip(1)
            .map(|rest| rest.split_inclusive("</figure>").next().unwrap())
            .map(|rest| rest.split("</svg></div>").next().unwrap())
            .collect();
        assert!(!pictures.is_empty(), "{name}");
        for picture in pictures {
            let xml = format!("<svg{picture}</svg>");
            let document =
                roxmltree::Document::parse(&xml).unwrap_or_else(|e| panic!("{name}: {e}\n{xml}"));
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"));
            let named: Vec<&str> =
                root.attribute("aria-labelledby").unwrap().split_whitespace().collect();
            for id in named {
                let text = document.descendants().find(|node| node.attribute("id") == Some(id));
                assert!(text.and_then(|node| node.text()).is_some_and(|text| !text.is_empty()));
            }
        }
    }
}

#[test]
fn ids_are_unique_and_every_inner_link_has_its_end() {
    for (name, evaluation) in samples() {
        let page = report::html(&evaluation);
        let mut ids = BTreeSet::new();
        for rest in page.split(" id=\"").skip(1) {
            let id = rest.split('"').next().unwrap();
            assert!(ids.insert(id), "{name}: {id} stands twice");
        }
        for rest in page.split("href=\"#").skip(1) {
            let id = rest.split('"').next().unwrap();
            assert!(ids.contains(id), "{name}: {id} leads nowhere");
        }
    }
}

#[test]
fn hostile_text_is_only_text() {
    let page = report::html(&hostile());
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for forbidden in ["<script", "<img", "onload=\"alert", "\u{0}", "\u{1b}", "\u{202e}"] {
        assert!(!page.contains(forbidden), "{forbidden:?}");
    }
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    for (name, evaluation) in samples() {
        let page = report::html(&evaluation);
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"), "{name}");
        for loading in ["<img", "<link", "@import", "<script", "<iframe", "url(http"] {
            assert!(!page.contains(loading), "{name}: {loading}");
        }
        let leaving = page.split("href=\"").skip(1).filter(|rest| !rest.starts_with('#'));
        for link in leaving {
            assert!(link.starts_with("https://"), "{name}: {link:.20}");
        }
    }
}

#[test]
fn charts_are_self_contained_and_named_once() {
    for (name, evaluation) in samples() {
        let charts = report::charts(&evaluation);
        let ids: BTreeSet<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
        assert_eq!(ids.len(), charts.len(), "{name}");
        for chart in &charts {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(chart.id.chars().all(plain), "{name}: {}", chart.id);
            assert!(!chart.description.is_empty() && !chart.title.is_empty());
            let mut spec = chart.vega_lite.clone();
            assert_eq!(spec["$schema"], "https://vega.github.io/schema/vega-lite/v5.json");
            assert_eq!(spec["description"], chart.description.as_str());
            spec["$schema"] = Value::Null;
            assert!(!spec.to_string().contains("\"url\""), "{name}: {}", chart.id);
        }
    }
}

#[test]
fn the_picture_and_the_specification_hold_the_same_people() {
    let evaluation = with_pairs(40);
    let page = report::html(&evaluation);
    let charts = report::charts(&evaluation);
    let sum = |id: &str, field: &str| -> u64 {
        let chart = charts.iter().find(|chart| chart.id == id).unwrap();
        let spec = &chart.vega_lite;
        let data = if spec["data"].is_null() { &spec["layer"][0]["data"] } else { &spec["data"] };
        data["values"].as_array().unwrap().iter().filter_map(|row| row[field].as_u64()).sum()
    };
    assert_eq!(sum("moves-swemwbs-wellbeing", "pairs"), 40);
    // The boxes: 100, 95, 92, 92, 90, 80, 40, 40.
    assert_eq!(sum("flow-swemwbs-wellbeing", "episodes"), 629);
    for chart in &charts {
        assert!(page.contains(&format!("id=\"{}\"", chart.id)), "{} is not drawn", chart.id);
    }
}

/// 30 and 6 of 40: statsmodels 0.15.0, `proportion_confint(…, method="wilson")`, gives (0.598060, 0.858129)
/// and (0.070612, 0.290723).
#[test]
fn a_star_leads_with_who_moved_forward() {
    let page = report::html(&star());
    let summary = page.split("<section id=\"summary\"").nth(1).unwrap();
    let summary = words(&format!("</style>{}", summary.split("</section>").next().unwrap()));
    assert!(
        summary.contains(
            "Of 40 people with a pair in one of the 3 areas of Well-being Star at least, 30 (75.0 %; 95 \
             % interval 59.8 to 85.8 %) moved forward in at least one area, 6 (15.0 %; 95 % interval 7.1 \
             to 29.1 %) moved back in at least one, and 6 (15.0 %) did both."
        ),
        "{summary}"
    );
    // The areas' completion is that of the star, not of its first area.
    assert!(
        summary.contains(
            "Of 60 people whose follow-up was due in one of the 3 areas of Well-being Star at least, 40 \
             (66.7 %; 95 % interval 54.1 to 77.3 %) have a pair of scores in one area at least, and 40 \
             (66.7 %) in each area that was due."
        ),
        "{summary}"
    );
    assert!(!summary.contains("mean"), "{summary}");
    assert_says(
        &page,
        "The median score of these 40 pairs was 2 before and after; higher is better.",
    );
}

/// Every result that a plan can ask for stands on the page, with its caption.
#[test]
fn every_result_of_the_plan_is_shown() {
    let asked = r#"
change-rules = ["nhs-england", "shah-2018-2.77-sem"]
sample-rules = [{ method = "edwards-nunnally", reliability = 0.81 }]
important-change = [{ anchor = "felt better", improvement = { at-least = "1.5" }, deterioration = { at-least = "1" } }]
cuts = ["20"]
regression-to-the-mean = { norm = "england-2011", cut-off = "20" }

[[measures.clinical-change]]
reliable-change = { method = "jacobson-truax", standard-deviation = 3.9, reliability = 0.81 }
cut-off = { cut-off = "published", id = "low wellbeing", worst-functional = 1998 }

[pairing]
"#;
    let (before, after) = PLAN.split_once("change-rules =").unwrap();
    let after = after.split_once("[pairing]\n").unwrap().1;
    let page = report::html(&with_pairs_under(&format!("{before}{asked}{after}"), 40));
    for part in [
        "Typical change of those who changed (Hodges-Lehmann)",
        "Edwards and Nunnally’s criterion, by these pairs’ own numbers",
        "Important change by “felt better” 1.5 / 1",
        "Reliable change and a cut-off",
        "Two ways of counting side by side",
        "Moves across a cut at 20",
        "McNemar’s test: ",
        "Bowker’s test of 40 pairs",
        "Scores move towards the usual by themselves.",
        "If selected for being worse than 20",
        "Tests of the group’s change",
        "Glass’s Δ: over the SD of baseline scores",
        "Rank-biserial correlation: rises against falls, by rank",
        "Share better off, those without change counted half",
    ] {
        assert_says(&page, part);
    }
    // Before the first fold of what changed, the numbers are few.
    let change = page.split("<section id=\"change\"").nth(1).unwrap();
    let open = words(&format!("</style>{}", change.split("<figure").next().unwrap()));
    assert!(open.split(' ').count() < 120, "{open}");
}

/// Headings step down one at a time, every table has a caption and headings with a scope, and what is
/// folded says what it holds.
#[test]
fn the_page_can_be_walked_by_its_structure() {
    for (name, evaluation) in samples() {
        let page = report::html(&evaluation);
        let mut last = 1;
        for rest in page.split("<h").skip(1) {
            let Some(level) = rest.chars().next().and_then(|digit| digit.to_digit(10)) else {
                continue;
            };
            assert!(level <= last + 1, "{name}: h{level} follows h{last}");
            last = level;
        }
        for table in page.split("<table>").skip(1) {
            let table = table.split("</table>").next().unwrap();
            let caption = table.split("</caption>").next().unwrap();
            assert!(!words(&format!("</style>{caption}")).is_empty(), "{name}");
            let unscoped = table.split("<th").skip(1).filter(|th| !th.starts_with("ead"));
            for heading in unscoped {
                assert!(heading.starts_with(" scope=\""), "{name}: <th{heading:.40}");
            }
        }
        for details in page.split("<details").skip(1) {
            let inside = details.split_once('>').unwrap().1;
            assert!(inside.starts_with("<summary>"), "{name}: {inside:.40}");
        }
    }
}

/// Rates of 50, 60, 70, 80 and 90 % in bands of equal size lie on a line that falls by 50 points from end
/// to end; 47 of 60 followed up before and 93 of 140 after differ by 78.3 − 66.4 %.
#[test]
fn what_a_plan_asks_for_over_time_and_bands_is_told_in_sentences() {
    let page = report::html(&everything());
    for sentence in [
        "In 10 months completion varied around 70.0 %, no more than chance explains.",
        "Of 4 practices with follow-ups due 4 lie within what chance explains around the 70.0 % of all \
         (95 % limits), 0 above and 0 below.",
        "Of 200 people with a dated baseline 140 were followed up at some time.",
        "Half are followed up within 88 days",
        "Forms on paper: 78.3 % were followed up before (47 of 60) and 66.4 % after (93 of 140), 11.9 \
         percentage points fewer",
        "In 10 months the number of referrals varied around 20.0 a month, no more than chance explains.",
        "Those without a follow-up look different from those with one, on SIMD quintile",
        "All 200 people could be placed on SIMD 2020v2, quintiles.",
        "Followed up, of those due: 50.0 percentage points lower at the most deprived end than at the \
         least",
        "the most deprived are worse off.",
        "referred about as often as their number on the practice lists, as far as these numbers tell: \
         1.00 times as often",
        "Of 200 people whose support ended 84 days ago or more, 0 answered",
        "Followed up, as agreed: 70.0 % (140 of 200;",
        "the target is 50.0 % at least, and this is at the target or beyond it, more than chance explains.",
        "4 of 9 core fields are filled in at least 95 % of the time",
        "No value in money is given, because",
    ] {
        assert_says(&page, sentence);
    }
    assert!(!report::html(&with_pairs(40)).contains("Treasury"));
}

#[test]
fn an_end_point_that_takes_calls_after_the_end_is_pointed_out() {
    let told = |end_point: &str| {
        let plan = PLAN.replace("end-point.rule = \"last\"", &format!("end-point = {end_point}"));
        let plan = format!("after-exit-days = 84\n{}", plan.trim_start());
        let evaluation = with_pairs_under(&plan, 40);
        [words(&report::html(&evaluation)), report::summary(&evaluation)]
    };
    let twice = "The plan’s end point is the last scored questionnaire, so whoever was asked again long after \
                 the end has that one as follow-up too. The end point “last-until-closure” keeps the two \
                 apart.";
    let late = "The plan’s end point may be 84 days after the end, and a questionnaire from day 84 on counts \
                as one long after it: one may be both. An end point of fewer than 84 days keeps the two \
                apart.";
    for (end_point, notice) in [
        ("{ rule = \"last\" }", Some(twice)),
        ("{ rule = \"last-until-closure\", days = 84 }", Some(late)),
        ("{ rule = \"last-until-closure\", days = 83 }", None),
        ("{ rule = \"at-closure\", window = 84 }", Some(late)),
        ("{ rule = \"at-closure\", window = 83 }", None),
        ("{ rule = \"nth-contact\", n = 4 }", None),
    ] {
        for text in told(end_point) {
            let said: Vec<&str> =
                [twice, late].into_iter().filter(|it| text.contains(it)).collect();
            assert_eq!(said, notice.into_iter().collect::<Vec<_>>(), "{end_point}: {text}");
        }
    }
    assert!(!words(&report::html(&with_pairs(40))).contains("long after the end"));
    let public = everything().disclosed(&Profile::default()).unwrap();
    assert_says(&report::public_html(&public), twice);
}

#[test]
fn no_label_of_a_picture_is_cut() {
    const RULE: &str = "Until closure + 28 days; baseline within 28 days";
    const PRACTICE: &str = "Kilmarrow Road Surgery and Community Wellbeing Partnership of the Upper \
                            Valley (Northern and Western Localities)";
    let plan = PLAN.replace(
        "end-point = { rule = \"nth-contact\", n = 4 }",
        "end-point = { rule = \"last-until-closure\", days = 28 }",
    );
    let plan = plan.replace(
        "[[compare]]\nbaseline.rule = \"first\"",
        "[[compare]]\nbaseline = { rule = \"first-within\", days = 28 }",
    );
    let evaluation = evaluation(&plan, |counts| {
        counts["people"] = json!(80);
        counts["measures"][0]["main"]["flow"] = json!({"follow-up-missing": 40, "paired": 40});
        counts["measures"][0]["groups"]["practice"] = json!({PRACTICE: {"paired": 40}});
    });
    let page = report::html(&evaluation);
    let pictures =
        page.split("<svg class=\"plot\"").skip(1).map(|rest| rest.split("</figure>").next());
    let pictures = pictures.map(|picture| picture.unwrap().split("<details").next().unwrap());
    let drawn: Vec<String> = pictures
        .map(|picture| {
            let texts = picture.split("</desc>").nth(1).unwrap();
            words(&format!("</style><svg{texts}"))
        })
        .collect();
    assert!(drawn.iter().all(|picture| !picture.contains('…')));
    for label in [RULE, PRACTICE] {
        assert!(drawn.iter().any(|picture| picture.contains(label)), "{label}: {drawn:#?}");
    }
    for chart in report::charts(&evaluation) {
        for part in ["axis", "legend"] {
            assert_eq!(chart.vega_lite["config"][part]["labelLimit"], 0, "{}", chart.id);
        }
    }
    let charts = report::charts(&evaluation);
    let of = |id: &str| &charts.iter().find(|chart| chart.id.starts_with(id)).unwrap().vega_lite;
    // 112 letters take three lines of 14 pixels.
    assert_eq!(of("completion-by-practice")["height"], json!({"step": 50}));
    assert_eq!(of("completion-by-rule")["height"], json!({"step": 26}));
}

#[test]
fn a_part_without_data_says_what_would_show_it() {
    let page = report::html(&with_pairs(40));
    for reason in [
        "The plan asks for no control charts",
        "The plan asks for no funnel",
        "No baseline has a date",
        "The plan asks for no weighting",
        "The plan names no axis of equity",
        "No list of needs is kept",
        "No list of referrals onward is kept",
        "No list of things that happened is kept",
        "The plan does not say after how many days a questionnaire counts as one after the end",
        "The plan names no indicators",
    ] {
        assert_says(&page, reason);
    }
    // The second axis of this plan has no lists.
    assert_says(
        &report::html(&everything()),
        "No practice lists were given, so reach is not shown.",
    );
}
