//! Local instruments read at run time, and columns of any width against single rows.
#![cfg(feature = "toml")]
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test helper that fails, fails the test"
)]

use clw_core::instrument::{Instrument, Points, Registry};
use clw_core::score::{Answer, AnswerColumn, Problem, Unscored, Validity};

fn local(name: &str) -> Instrument {
    let path = format!("{}/../examples/instruments/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Instrument::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn five_ways_are_five_measures() {
    let five_ways = local("five-ways");
    let answers = [5, 4, 3, 2, 1].map(Answer::Given);
    let sheet = five_ways.score(&answers).unwrap();
    let bands: Vec<_> =
        sheet.measures.iter().map(|m| m.outcome.score().unwrap().band.unwrap().band).collect();
    assert_eq!(bands, ["often", "often", "sometimes", "seldom", "seldom"]);
    let mut registry = Registry::new();
    registry.add(five_ways.clone()).unwrap();
    assert_eq!(registry.find("5 Ways").unwrap(), &five_ways);
}

/// Means over 1 to 8 areas lie on 1/840, the least common multiple of 1 to 8.
#[test]
fn dropped_areas_leave_an_exact_mean() {
    let eight = local("local-eight-areas");
    let overall = eight.measure("overall").unwrap();
    assert_eq!(overall.scale().steps_per_unit, 840);
    let mut answers = [2, 3, 3, 3, 3, 3, 3, 3].map(Answer::Given);
    // 23/8, then 20/7, 17/6, 14/5, 11/4, 8/3, 5/2, 2/1 as the last areas drop out.
    let means = [(23, 8), (20, 7), (17, 6), (14, 5), (11, 4), (8, 3), (5, 2), (2, 1)];
    for (area, (sum, areas)) in (0..8).rev().zip(means) {
        assert_eq!(overall.points(&answers), Ok(Points(840 * sum / areas)));
        answers[area] = Answer::NotApplicable;
    }
    assert_eq!(overall.points(&answers), Err(Unscored::NotApplicable));
    let sheet = eight.score(&answers).unwrap();
    assert_eq!(sheet.outcome("overall").unwrap().problems().len(), 8);
    answers[0] = Answer::Given(2);
    answers[1] = Answer::Blank;
    assert_eq!(overall.points(&answers), Err(Unscored::Blank));
    let sheet = eight.score(&answers).unwrap();
    let problems: Vec<_> =
        sheet.outcome("overall").unwrap().problems().iter().map(Problem::item).collect();
    assert_eq!(problems, [Some(2)], "a dropped area is no problem of the mean");
    // 20/7 never ends in decimals: it is read as it is printed, no shorter.
    assert_eq!(overall.points_from_total("2.8571".parse().unwrap()), Ok(Points(2400)));
    assert!(overall.points_from_total("2.857".parse().unwrap()).is_err());
    let error = overall.points_from_total("2.9".parse().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the total 2.9 is not a score of `overall`; the nearest are 2.875 and 3"
    );
}

/// Lowest code, highest code and whether the item is reversed.
type Range = (i32, i32, bool);

/// Every rule, reversed items and ranges that some integer types cannot hold.
fn odd_instruments() -> Vec<Instrument> {
    let items = |ranges: &[Range]| -> String {
        let item = |(number, (lowest, highest, reversed)): (usize, &Range)| {
            format!(
                r#"{{"id":"i{number}","label":"{number}","lowest":{lowest},"highest":{highest},"reversed":{reversed}}}"#
            )
        };
        ranges.iter().enumerate().map(item).collect::<Vec<_>>().join(",")
    };
    let names =
        |count: usize| (0..count).map(|n| format!("\"i{n}\"")).collect::<Vec<_>>().join(",");
    let cases: [(&[Range], &str, &str); 5] = [
        (
            &[(1, 5, false), (1, 5, true), (1, 5, false)],
            r#"{"kind":"mean"}"#,
            r#"{"kind":"not-applicable"}"#,
        ),
        (
            &[(1, 5, false), (1, 5, true), (1, 5, false)],
            r#"{"kind":"sum"}"#,
            r#"{"kind":"person-mean","max-missing":2}"#,
        ),
        (
            &[(-3, 3, false), (0, 10, true)],
            r#"{"kind":"sum","multiply":3}"#,
            r#"{"kind":"refuse"}"#,
        ),
        (
            &[(0, 1000, false), (0, 1000, true)],
            r#"{"kind":"mean"}"#,
            r#"{"kind":"person-mean","max-missing":1}"#,
        ),
        (&[(200, 260, false), (-20, -10, true)], r#"{"kind":"sum"}"#, r#"{"kind":"refuse"}"#),
    ];
    cases
        .iter()
        .map(|(ranges, rule, missing)| {
            Instrument::from_json(&format!(
                r#"{{"id":"odd","version":"1","title":"Odd","rights":{{"holder":"x","licence":"x","wording":"shipped"}},
                "items":[{}],"measures":[{{"id":"odd","label":"Odd","direction":"lower-is-better","items":[{}],
                "rule":{rule},"certainty":"local","default-missing-rule":"named",
                "missing-rules":[{{"id":"named","rule":{missing},"certainty":"local"}}]}}]}}"#,
                items(ranges),
                names(ranges.len()),
            ))
            .unwrap()
        })
        .collect()
}

/// A small stream of numbers, the same in every run (Marsaglia's xorshift).
struct Stream(u64);

impl Stream {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

const NOT_APPLICABLE: i64 = 99;

fn random_answer(stream: &mut Stream, item: &clw_core::instrument::Item, trouble: u64) -> Answer {
    let width = u64::try_from(item.highest - item.lowest + 1).unwrap();
    let code = i64::from(item.lowest) + i64::try_from(stream.below(width)).unwrap();
    match stream.below(20) {
        0 if trouble > 0 => Answer::Blank,
        1 if trouble > 1 => Answer::NotApplicable,
        2 if trouble > 1 => Answer::Given(code + 11),
        _ => Answer::Given(code),
    }
}

fn check_columns<T: TryFrom<i64> + Copy>(instrument: &Instrument, rows: &[Vec<Answer>], bits: bool)
where
    for<'a> AnswerColumn<'a>: From<&'a [T]>,
{
    let fits = |answer: &Answer| match answer {
        Answer::Given(code) => T::try_from(*code).is_ok() && *code != NOT_APPLICABLE,
        Answer::Blank | Answer::NotApplicable => true,
    };
    let Ok(zero) = T::try_from(0) else { return };
    let rows: Vec<_> = rows.iter().filter(|row| row.iter().all(fits)).collect();
    let code = |answer: Answer| match answer {
        Answer::Given(code) => T::try_from(code).unwrap_or(zero),
        Answer::Blank => zero,
        Answer::NotApplicable => T::try_from(NOT_APPLICABLE).unwrap_or(zero),
    };
    let items = 0..instrument.items().len();
    let codes: Vec<Vec<T>> =
        items.clone().map(|item| rows.iter().map(|row| code(row[item])).collect()).collect();
    let flags: Vec<Vec<bool>> = items
        .clone()
        .map(|item| rows.iter().map(|row| row[item] != Answer::Blank).collect())
        .collect();
    let packed: Vec<Vec<u8>> = flags
        .iter()
        .map(|flags| {
            let shifted: Vec<bool> = [false; 3].iter().chain(flags).copied().collect();
            let byte =
                |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
            shifted.chunks(8).map(byte).collect()
        })
        .collect();
    let columns: Vec<_> = items
        .map(|item| AnswerColumn {
            validity: if bits {
                Validity::Bits { bytes: &packed[item], offset: 3 }
            } else {
                Validity::Flags(&flags[item])
            },
            not_applicable: Some(NOT_APPLICABLE),
            ..AnswerColumn::from(codes[item].as_slice())
        })
        .collect();
    let (mut points, mut outcomes) = (vec![Points(-1); rows.len()], vec![None; rows.len()]);
    for measure in instrument.measures() {
        measure.points_of_columns(&columns, &mut points, &mut outcomes).unwrap();
        for (row, (points, outcome)) in rows.iter().zip(points.iter().zip(&outcomes)) {
            let result = outcome.map_or(Ok(*points), Err);
            assert_eq!(result, measure.points(row), "{} {row:?}", instrument.id());
        }
    }
}

/// Blocks hold 1024 rows: a count that ends within one, after several.
#[test]
fn columns_and_rows_agree() {
    let mut stream = Stream(20_260_101);
    let built_in = clw_core::instrument::catalogue::all().iter().cloned();
    for instrument in built_in.chain(odd_instruments()).chain([local("local-eight-areas")]) {
        for trouble in 0..3 {
            let rows: Vec<Vec<Answer>> = (0..2500)
                .map(|_| {
                    let items = instrument.items().iter();
                    items.map(|item| random_answer(&mut stream, item, trouble)).collect()
                })
                .collect();
            for bits in [false, true] {
                check_columns::<i8>(&instrument, &rows, bits);
                check_columns::<u8>(&instrument, &rows, bits);
                check_columns::<i16>(&instrument, &rows, bits);
                check_columns::<i32>(&instrument, &rows, bits);
                check_columns::<i64>(&instrument, &rows, bits);
            }
        }
    }
}

#[test]
fn columns_without_blanks_need_no_validity() {
    for instrument in odd_instruments() {
        let measure = &instrument.measures()[0];
        let rows = 3000;
        let forms: Vec<Vec<i64>> = (0..instrument.items().len() as i64)
            .map(|item| (0..rows).map(|row| (row * (item + 3)) % 320 - 25).collect())
            .collect();
        let columns: Vec<_> =
            forms.iter().map(|codes| AnswerColumn::from(codes.as_slice())).collect();
        let (mut points, mut outcomes) = (vec![Points(0); 3000], vec![None; 3000]);
        measure.points_of_columns(&columns, &mut points, &mut outcomes).unwrap();
        for row in 0..3000 {
            let form: Vec<_> = forms.iter().map(|codes| Answer::Given(codes[row])).collect();
            assert_eq!(outcomes[row].map_or(Ok(points[row]), Err), measure.points(&form));
        }
    }
}

#[test]
fn columns_that_do_not_match_are_refused() {
    let eight = local("local-eight-areas");
    let codes = [3_i8; 4];
    let mut columns = vec![AnswerColumn::from(codes.as_slice()); 8];
    let mut points = [Points(0); 4];
    let overall = eight.measure("overall").unwrap();
    let error = overall.points_of_columns(&columns, &mut points, &mut [None; 5]).unwrap_err();
    assert_eq!(error.code(), "column-length");
    assert_eq!(
        error.to_string(),
        "the list of outcomes does not have 4 rows; give all of them the same length"
    );
    columns[2].validity = Validity::Flags(&[true; 3]);
    let error = overall.points_of_columns(&columns, &mut points, &mut [None; 4]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "column 3 does not have 4 rows; give all of them the same length"
    );
    columns.truncate(2);
    let error = overall.points_of_columns(&columns, &mut points, &mut [None; 4]).unwrap_err();
    assert_eq!(error.code(), "missing-column");
    assert_eq!(
        error.to_string(),
        "item 3 (`mood`) has no column among the 2 given; give one for each item of the instrument, in form order"
    );
}
