//! The natural order of groups: numbers by size, the rest by name, what is absent last. Never by
//! result: there is no league table.

use core::cmp::Ordering;

/// Sorts entries by their names.
pub(super) fn in_natural_order<T>(entries: &mut [T], name: impl Fn(&T) -> &str) {
    entries.sort_by(|left, right| natural(name(left), name(right)));
}

fn natural(left: &str, right: &str) -> Ordering {
    let absent = is_absent(left).cmp(&is_absent(right));
    absent.then_with(|| parts(left).cmp(&parts(right))).then_with(|| left.cmp(right))
}

/// What groups of absent values are called.
fn is_absent(name: &str) -> bool {
    matches!(name, "not known" | "not applicable" | "not recorded" | "no baseline")
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Words(String),
}

/// A name as its runs of digits, as numbers, and of other letters, in lower case.
fn parts(name: &str) -> Vec<Part> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for letter in name.chars() {
        let digit = letter.is_ascii_digit();
        match runs.last_mut() {
            Some((of_digits, run)) if *of_digits == digit => run.push(letter),
            _ => runs.push((digit, letter.to_string())),
        }
    }
    let part = |(of_digits, run): (bool, String)| match run.parse() {
        Ok(number) if of_digits => Part::Number(number),
        _ => Part::Words(run.to_lowercase()),
    };
    runs.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_size_names_by_letter_absent_last() {
        let mut names = [
            "not recorded",
            "LW10",
            "lw2",
            "LW1",
            "no baseline",
            "Ardmoran",
            "SIMD 2020 quintile 5",
            "SIMD 2020 quintile 1",
            "16-24",
            "5-15",
        ];
        in_natural_order(&mut names, |name| name);
        assert_eq!(
            names,
            [
                "5-15",
                "16-24",
                "Ardmoran",
                "LW1",
                "lw2",
                "LW10",
                "SIMD 2020 quintile 1",
                "SIMD 2020 quintile 5",
                "no baseline",
                "not recorded",
            ]
        );
    }
}
