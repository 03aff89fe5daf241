//! Moves between bands, and the tests of them.

use super::About;
use super::about::{how_often, share_of};
use super::format::{count, decimal, p_value, printable};
use crate::change::{
    Bowker, Continuity, McNemar, McNemarMethod, StuartMaxwell, TransitionTests, Transitions,
};
use crate::estimate::{Degenerate, Estimate};
use crate::instrument::Direction;

/// How many moved to a better band, stayed and moved to a worse one.
#[must_use]
pub fn transitions(about: &About<'_>, moves: &Transitions) -> String {
    if moves.n == 0 {
        return about.none("move between bands", Degenerate::NoPairs);
    }
    let (up, stayed, down) = up_stayed_down(moves);
    let (better, worse) = match about.scale.direction {
        Direction::HigherIsBetter => (up, down),
        Direction::LowerIsBetter => (down, up),
    };
    format!(
        "Of {}, {} moved to a better band on {}, {} stayed in theirs and {} moved to a worse one \
         ({}).",
        about.whoever(),
        share_of(better, moves.n),
        about.name(),
        share_of(stayed, moves.n),
        share_of(worse, moves.n),
        band_set_label(about, &moves.band_set)
    )
}

/// Those above the diagonal, on it and below it.
fn up_stayed_down(moves: &Transitions) -> (u64, u64, u64) {
    let (mut up, mut stayed, mut down) = (0, 0, 0);
    for (from, row) in moves.pairs.iter().enumerate() {
        for (to, pairs) in row.iter().enumerate() {
            *match to.cmp(&from) {
                core::cmp::Ordering::Greater => &mut up,
                core::cmp::Ordering::Equal => &mut stayed,
                core::cmp::Ordering::Less => &mut down,
            } += pairs;
        }
    }
    (up, stayed, down)
}

/// The name of a band set, or of a cut, as it is printed.
pub(crate) fn band_set_label(about: &About<'_>, id: &str) -> String {
    let band_set = about.measure.and_then(|measure| measure.band_set(id).ok());
    band_set.map_or_else(|| printable(&id.replace('-', " ")), |set| printable(&set.label))
}

/// The tests of one table of moves, one after the other.
#[must_use]
pub fn transition_tests(about: &About<'_>, tests: &TransitionTests) -> String {
    let mcnemar = tests.mcnemar.iter().map(|test| mcnemar(about, test));
    // Of two bands the other two are the same test.
    let others = tests
        .mcnemar
        .is_none()
        .then(|| [bowker(about, &tests.bowker), stuart_maxwell(about, &tests.stuart_maxwell)]);
    let all: Vec<String> = mcnemar.chain(others.into_iter().flatten()).collect();
    all.join(" ")
}

/// McNemar’s test.
#[must_use]
pub fn mcnemar(about: &About<'_>, test: &Estimate<McNemar>) -> String {
    about.tell("McNemar’s test", test, |test| {
        if test.moved_up + test.moved_down == 0 {
            return format!(
                "None of {} crossed, so rises and falls are the same (McNemar’s test: {}).",
                about.pairs(),
                mcnemar_figures(test)
            );
        }
        format!(
            "{} of {} crossed upwards and {} downwards. If either were as likely, a split at least \
             this uneven would be seen in {} (McNemar’s test: {}).",
            count(test.moved_up),
            about.pairs(),
            count(test.moved_down),
            how_often(test.p),
            mcnemar_figures(test)
        )
    })
}

/// McNemar’s test as statisticians write it.
pub(crate) fn mcnemar_figures(test: &McNemar) -> String {
    let how = match test.method {
        McNemarMethod::Exact => "exact",
        McNemarMethod::MidP => "mid-p",
        McNemarMethod::ChiSquared { continuity: Continuity::Corrected } => {
            "chi-squared, with continuity correction"
        }
        McNemarMethod::ChiSquared { continuity: Continuity::Uncorrected } => {
            "chi-squared, without continuity correction"
        }
    };
    let chi_squared = test.chi_squared.map(|of| format!("χ²(1) = {}, ", decimal(of, 2)));
    format!("{}{}, two-sided, {how}", chi_squared.unwrap_or_default(), p_value(test.p))
}

/// Bowker’s test of symmetry.
#[must_use]
pub fn bowker(about: &About<'_>, test: &Estimate<Bowker>) -> String {
    about.tell("test of symmetry", test, |test| {
        format!(
            "If as many went from each band to each other as came back, moves at least this lopsided \
             would be seen in {} (Bowker’s test of {}: {}).",
            how_often(test.p),
            about.pairs(),
            chi_squared_figures(test.df, test.chi_squared, test.p)
        )
    })
}

/// Stuart and Maxwell’s test of the same bands before and after.
#[must_use]
pub fn stuart_maxwell(about: &About<'_>, test: &Estimate<StuartMaxwell>) -> String {
    about.tell("test of equal margins", test, |test| {
        format!(
            "If each band held the same share of people at both sittings, shares at least this far \
             apart would be seen in {} (Stuart and Maxwell’s test of {}: {}).",
            how_often(test.p),
            about.pairs(),
            chi_squared_figures(test.df, test.chi_squared, test.p)
        )
    })
}

/// `χ²(3) = 7.51, p = 0.057`.
pub(crate) fn chi_squared_figures(df: u64, chi_squared: f64, p: f64) -> String {
    format!("χ²({}) = {}, {}", count(df), decimal(chi_squared, 2), p_value(p))
}
