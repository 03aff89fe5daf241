//! What a reader is told, word for word, and what is refused before a stage is asked.

use serde_json::json;

use super::*;

fn told(question: &Value) -> String {
    answer(&question.to_string()).unwrap().sentence().replace('\u{a0}', " ")
}

#[test]
fn shares_and_values_over_periods_are_told() {
    let months = |counts: &[u64]| -> Value {
        let named = counts.iter().enumerate();
        named.map(|(at, count)| json!({"name": at.to_string(), "count": count, "of": 50})).collect()
    };
    let question = |counts: &[u64]| {
        json!({"compute": "p-chart", "periods": months(counts), "limits": "three-sigma",
               "rules": ["point-outside-limits"]})
    };
    assert_eq!(
        told(&question(&[12, 15, 8])),
        "In 3 periods the share varied around 23.3 %, no more than chance explains."
    );
    assert_eq!(
        told(&question(&[10, 10, 10, 10, 10, 10, 45])),
        "In 7 periods the share varied around 30.0 %, in 1 of them by more than chance explains."
    );
    let nothing =
        json!({"compute": "xmr-chart", "periods": [], "constants": "rounded", "rules": []});
    assert_eq!(told(&nothing), "There is no period with a value.");
}

#[test]
fn a_difference_and_its_absence_are_told() {
    let question = |after: u64| {
        json!({"compute": "before-after", "before": {"count": 48, "of": 80},
               "after": {"count": after.min(56), "of": after}})
    };
    assert_eq!(
        told(&question(70)),
        "60.0 % (48 of 80) before and 80.0 % (56 of 70) after, 20.0 percentage points more (95 % \
         interval 5.2 to 33.4 points). Whatever else changed between the two is in this too."
    );
    assert_eq!(
        told(&question(0)),
        "Before and after cannot be compared, because there is nobody to take a share of."
    );
}

#[test]
fn inequality_and_estimates_are_told() {
    let rates = [(1, 40), (2, 35), (3, 30), (4, 26), (5, 22)];
    let of = |rates: &[(u8, u8)]| -> Value {
        rates
            .iter()
            .map(|(band, rate)| json!({"band": band, "rate": rate, "population": 100}))
            .collect()
    };
    let question = json!({"compute": "inequality", "rates": of(&rates), "kind": "rate", "better": "lower-is-better"});
    let sentence = told(&question);
    assert!(
        sentence.starts_with("Over 5 bands of deprivation the slope index of inequality is +22.5"),
        "{sentence}"
    );
    assert!(sentence.ends_with("the most deprived are worse off."), "{sentence}");
    let estimate =
        |name: &str, estimate: f64| json!({"name": name, "estimate": estimate, "variance": 0.04});
    let estimates =
        json!({"compute": "synthesis", "estimates": [estimate("a", 1.0), estimate("b", 2.0)]});
    assert!(told(&estimates).starts_with("Over 2 estimates the mean is +1.500 ("));
    let alone = json!({"compute": "synthesis", "estimates": [estimate("a", 1.0)]});
    assert_eq!(
        told(&alone),
        "The estimates are not put together, because one programme alone has nothing to be put \
         together with."
    );
}

#[test]
fn a_question_is_one_of_those_there_are() {
    let refused = |question: &str| {
        let error = answer(question).unwrap_err();
        (error.code().to_owned(), error.to_string())
    };
    let (code, message) = refused(r#"{"compute": "horoscope"}"#);
    assert_eq!(code, "unknown-question");
    assert!(message.starts_with(
        "nothing computes \"horoscope\"; ask for one of completion, survival, p-chart, "
    ));
    assert_eq!(refused("[]").0, "wrong-type");
    let (code, message) =
        refused(r#"{"compute": "reach", "referred": [1], "lists": [1], "of": 1}"#);
    assert_eq!(code, "unknown-field");
    assert!(
        message.starts_with("the options cannot be read: unknown field `of`, expected one of ")
    );
    let (code, message) =
        refused(r#"{"compute": "minimum-detectable-change", "reliability": 0.9}"#);
    assert_eq!(code, "missing-field");
    assert_eq!(
        message,
        "`reliability` is given alone; give `standard-error-of-measurement` alone, or \
         `standard-deviation` and `reliability`"
    );
    let remedy = "give `pairs` alone, `shares` and `transform`, or `estimates` alone";
    for (given, fact) in [
        ("", "nothing to work with is given"),
        (r#", "shares": []"#, "`shares` is given alone"),
        (r#", "pairs": [], "estimates": []"#, "`pairs`, `estimates` are given together"),
    ] {
        let refusal = refused(&format!(r#"{{"compute": "synthesis"{given}}}"#));
        assert_eq!(refusal, ("missing-field".to_owned(), format!("{fact}; {remedy}")));
    }
    let (code, message) = refused(r#"{"compute": "reach", "referred": [1], "lists": []}"#);
    assert_eq!(code, "unequal-columns");
    assert_eq!(
        message,
        "the column \"lists\" has 0 rows and \"referred\" has 1; give as many in both"
    );
}

#[test]
fn attrition_takes_columns_and_options() {
    let scale = Scale { highest: Points(10), ..NO_SCALE };
    let gender = TraitColumn { name: "gender".into(), levels: vec!["woman".into(), "man".into()] };
    let told = |follow_up: &[Option<i32>], options: &str| {
        attrition_of_columns(
            scale,
            "a scale",
            &[4, 5],
            follow_up,
            std::slice::from_ref(&gender),
            options,
        )
    };
    let found = told(&[Some(6), None], "{}").unwrap();
    assert_eq!(found.brief(), "1 of 2 followed up, 2 traits compared");
    assert!(
        found.to_json().contains(r#""weighting":{"outcome":"not-weighted","reason":"one-pair"}"#)
    );
    let code = |answer: Result<Answer, RequestError>| answer.unwrap_err().code().to_owned();
    assert_eq!(code(told(&[None], "{}")), "unequal-columns");
    assert_eq!(code(told(&[Some(11), None], "{}")), "score-off-scale");
    assert_eq!(code(told(&[None, None], r#"{"options": {"level": 95.0}}"#)), "level-outside");
    assert_eq!(code(told(&[None, None], r#"{"option": {}}"#)), "unknown-field");
}

#[test]
fn options_in_the_order_of_their_fields_are_refused() {
    for question in [
        r#"{"compute": "completion", "flow": [1, 2]}"#,
        r#"{"compute": "attrition", "options": [0.95]}"#,
        r#"{"compute": "synthesis", "options": ["reml"]}"#,
        r#"{"compute": "protected-table", "cells": [], "sums": [], "profile": [4, "shown"]}"#,
    ] {
        let refused = answer(question).unwrap_err();
        assert_eq!(refused.code(), "wrong-type", "{question}: {refused}");
        assert!(refused.to_string().contains(" is a list, not an object"), "{refused}");
        assert!(!refused.to_string().contains(" at line "), "{refused}");
    }
}
