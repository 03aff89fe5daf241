//! The door for answers from another language: which values are answers, decided once for all of them.

use std::borrow::Cow;

use super::{Answer, ScoreError};
use crate::instrument::{Instrument, Item};
use crate::shown::{Quoted, shortened, shown};

/// 2⁶³, the first float above every `i64`.
const BEYOND_I64: f64 = 9_223_372_036_854_775_808.0;

/// A value met outside Rust, before it is known to be an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Offered<'v> {
    /// No value: a null, an undefined or a `None`.
    Nothing,
    /// A whole number.
    Whole(i64),
    /// A whole number of more than 64 bits, by its digits.
    Wide(Cow<'v, str>),
    /// A floating-point number, which is how many tables hold whole numbers beside blanks.
    Number(f64),
    /// A text.
    Text(Cow<'v, str>),
    /// A value of any other type, as its language prints it.
    Other(Cow<'v, str>),
}

impl Instrument {
    /// Reads one form from values of another language.
    ///
    /// A whole number is a code, in range or not; nothing and NaN are blanks; the text
    /// `not-applicable` is that mark. Everything else is refused rather than guessed at: 1.5, other
    /// texts, booleans.
    ///
    /// # Errors
    ///
    /// [`ScoreError`], for the first item whose value is no answer, or for too many or too few values.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    /// use clw_core::score::{Answer, Offered};
    ///
    /// let ons4 = catalogue::find("ons4")?;
    /// let mut form = [Offered::Whole(8), Offered::Number(7.0), Offered::Number(f64::NAN), Offered::Nothing];
    /// assert_eq!(
    ///     ons4.answers(&form)?,
    ///     [Answer::Given(8), Answer::Given(7), Answer::Blank, Answer::Blank],
    /// );
    /// form[2] = Offered::Number(1.5);
    /// assert_eq!(ons4.answers(&form).map_err(|error| error.code()), Err("not-an-answer"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn answers(&self, offered: &[Offered<'_>]) -> Result<Vec<Answer>, ScoreError> {
        self.check_number_of_answers(offered.len())?;
        let numbered = (1..).zip(self.items().iter().zip(offered));
        numbered.map(|(number, (item, value))| answer(number, item, value)).collect()
    }
}

pub(super) fn answer(
    number: usize,
    item: &Item,
    offered: &Offered<'_>,
) -> Result<Answer, ScoreError> {
    let refused = |given: String| ScoreError::NotAnAnswer {
        item: number,
        id: item.id.clone().into_owned(),
        given,
    };
    let too_wide = |digits: &str| ScoreError::OutOfRange {
        item: number,
        id: item.id.clone().into_owned(),
        value: shortened(digits),
        lowest: item.lowest,
        highest: item.highest,
    };
    match offered {
        Offered::Nothing => Ok(Answer::Blank),
        Offered::Whole(code) => Ok(Answer::Given(*code)),
        Offered::Wide(digits) => Err(too_wide(digits)),
        Offered::Number(value) if value.is_nan() => Ok(Answer::Blank),
        Offered::Number(value) if libm::trunc(*value) - value != 0.0 => Err(refused(shown(*value))),
        Offered::Number(value) if !(-BEYOND_I64..BEYOND_I64).contains(value) => {
            Err(too_wide(&shown(*value)))
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within i64, by the arms above"
        )]
        Offered::Number(value) => Ok(Answer::Given(*value as i64)),
        Offered::Text(text) if text == "not-applicable" => Ok(Answer::NotApplicable),
        Offered::Text(text) => Err(refused(Quoted(&shortened(text)).to_string())),
        Offered::Other(shown) => Err(refused(shortened(shown))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::catalogue;

    fn read(value: Offered<'_>) -> Result<Answer, (&'static str, String)> {
        let ons4 = catalogue::find("ons4").unwrap();
        let form = [Offered::Nothing, Offered::Nothing, value, Offered::Nothing];
        ons4.answers(&form).map(|a| a[2]).map_err(|error| (error.code(), error.to_string()))
    }

    #[test]
    fn answers_are_read() {
        let nan = Offered::Number(f64::NAN);
        let mark = Offered::Text("not-applicable".into());
        for (value, answer) in [
            (Offered::Nothing, Answer::Blank),
            (nan, Answer::Blank),
            (mark, Answer::NotApplicable),
            (Offered::Whole(i64::MIN), Answer::Given(i64::MIN)),
            (Offered::Number(3.0), Answer::Given(3)),
            (Offered::Number(-0.0), Answer::Given(0)),
            (Offered::Number(-BEYOND_I64), Answer::Given(i64::MIN)),
        ] {
            assert_eq!(read(value.clone()), Ok(answer), "{value:?}");
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let long = "9".repeat(10_000_000);
        for (value, shown) in [
            (Offered::Number(1.5), "1.5"),
            (Offered::Number(f64::INFINITY), "inf"),
            (Offered::Text("2".into()), "\"2\""),
            (Offered::Text("".into()), "\"\""),
            (Offered::Other("true".into()), "true"),
            (Offered::Text(long.clone().into()), "\"9999999999999999999999999999999999999999…\""),
        ] {
            let message = format!(
                "item 3 (`happy`) was answered {shown}, which is not a whole number; give its code, a blank or `not-applicable`"
            );
            assert_eq!(read(value), Err(("not-an-answer", message)));
        }
        for (value, shown) in [
            (Offered::Wide("-9223372036854775809".into()), "-9223372036854775809"),
            (Offered::Number(1e19), "10000000000000000000"),
            (Offered::Wide(long.into()), "9999999999999999999999999999999999999999…"),
        ] {
            let message = format!(
                "item 3 (`happy`) was answered {shown}, outside 0..=10; correct it or leave it blank"
            );
            assert_eq!(read(value), Err(("out-of-range", message)));
        }
    }

    #[test]
    fn the_number_of_answers_is_checked_first() {
        let ons4 = catalogue::find("ons4").unwrap();
        let error = ons4.answers(&[Offered::Other("true".into())]).unwrap_err();
        assert_eq!(error.code(), "wrong-number-of-answers");
    }
}
