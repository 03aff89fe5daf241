//! What is told of pairs that were put together by id.

use super::{Answer, Table};
use crate::change::{MatchedPairs, MatchedRows};
use crate::sentences::format::count;

impl From<&MatchedPairs> for Answer {
    /// The pairs with the account of every form.
    fn from(matched: &MatchedPairs) -> Self {
        let MatchedPairs { pairs, baseline, follow_up } = matched;
        let n = pairs.n();
        let one = if n == 1 { "pair" } else { "pairs" };
        let brief = format!(
            "{} {one} of {} forms at baseline and {} at follow-up",
            count(n),
            count(baseline.rows),
            count(follow_up.rows)
        );
        let sentence = format!(
            "Of {} forms at baseline and {} at follow-up, {} have the same id at both and make {} {one}. \
             {} {}",
            count(baseline.rows),
            count(follow_up.rows),
            count(2 * n),
            count(n),
            left_out("baseline", baseline),
            left_out("follow-up", follow_up),
        );
        let row = |what: &str, of: fn(&MatchedRows) -> u64| {
            vec![what.to_owned(), count(of(baseline)), count(of(follow_up))]
        };
        let rows = vec![
            row("forms", |rows| rows.rows),
            row("in a pair", |rows| rows.matched),
            row("only at this sitting", |rows| rows.only_at_this_sitting),
            row("without an id", |rows| rows.without_id),
            row("without a score", |rows| rows.without_score),
        ];
        let headings = vec!["", "baseline", "follow-up"];
        Self::new(matched, sentence, brief, Table { headings, rows })
    }
}

fn left_out(sitting: &str, rows: &MatchedRows) -> String {
    let alone = count(rows.only_at_this_sitting);
    let mut said = format!("Only at {sitting}: {alone}");
    for (forms, why) in
        [(rows.without_id, "without an id"), (rows.without_score, "without a score")]
    {
        if forms > 0 {
            said += &format!("; {why}: {}", count(forms));
        }
    }
    said + "."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::SittingColumns;
    use crate::instrument::catalogue;

    #[test]
    fn pairs_tell_of_every_form() {
        let scale = catalogue::find("ucla-3").unwrap().measure("loneliness").unwrap().scale();
        let (ids, points) = ([Some("a"), Some("b"), None], [Some(8), Some(7), Some(9)]);
        let baseline = SittingColumns { ids: &ids, points: &points };
        let (ids, points) = ([Some("b"), Some("c")], [Some(6), None]);
        let follow_up = SittingColumns { ids: &ids, points: &points };
        let told = Answer::from(&MatchedPairs::of(scale, &baseline, &follow_up).unwrap());
        assert_eq!(told.brief(), "1 pair of 3 forms at baseline and 2 at follow-up");
        assert_eq!(
            told.sentence(),
            "Of 3 forms at baseline and 2 at follow-up, 2 have the same id at both and make 1 pair. \
             Only at baseline: 1; without an id: 1. Only at follow-up: 0; without a score: 1."
        );
        assert_eq!(told.table().rows[2], ["only at this sitting", "1", "0"]);
        let json = concat!(
            r#"{"pairs":{"scale":{"direction":"lower-is-better","steps-per-unit":1,"lowest":3,"#,
            r#""highest":9},"cells":[[7,6,1]]},"baseline":{"rows":3,"matched":1,"#,
            r#""only-at-this-sitting":1,"without-id":1,"without-score":0},"follow-up":{"rows":2,"#,
            r#""matched":1,"only-at-this-sitting":0,"without-id":0,"without-score":1},"sentence":"#
        );
        assert!(told.to_json().starts_with(json), "{}", told.to_json());
    }
}
