//! What ranks and signs say: for ordinal scores, and for means that a few large changes would move.

use super::About;
use super::about::zeros_left_out;
use super::about::{how_often, interval, interval_of_percent, interval_or_reason, p_of};
use super::format::{count, decimal, from_to, level, percent, signed};
use crate::change::{
    Alternative, Continuity, HodgesLehmann, RankBiserial, SignTest, SignedRank, SignedRankMethod,
    ZerosMethod,
};
use crate::estimate::Estimate;

/// The typical change, with its interval and the level that it achieves.
#[must_use]
pub fn hodges_lehmann(about: &About<'_>, found: &Estimate<HodgesLehmann>) -> String {
    about.tell("typical change", found, |found| {
        let places = about.places();
        let left_out = match found.zeros_method {
            ZerosMethod::Wilcox => zeros_left_out(found.zeros),
            ZerosMethod::Pratt => None,
        };
        let left_out = left_out.map(|zeros| format!("; {zeros}")).unwrap_or_default();
        let (sure, limits) = match &found.interval {
            Estimate::Computed(of) => {
                let reached = percent(of.achieved_level);
                let sure = format!("{}, achieved level {reached}", interval(&of.limits, places));
                (sure, Some(of.limits))
            }
            Estimate::NotComputed(reason) => (format!("no interval, because {reason}"), None),
        };
        match limits {
            Some(limits) if about.is_few() => format!(
                "The typical change of {} on {} lies between {} points ({} interval of the \
                 Hodges-Lehmann estimate{left_out}).",
                about.pairs(),
                about.name(),
                from_to(limits.lower, limits.upper, places).replace(" to ", " and "),
                level(limits.level)
            ),
            _ => format!(
                "The typical change of {} on {} is {} (Hodges-Lehmann estimate; {sure}{left_out}).",
                about.pairs(),
                about.name(),
                a_change(found.hodges_lehmann, places)
            ),
        }
    })
}

/// `a rise of 2.00 points`.
pub(super) fn a_change(change: f64, places: usize) -> String {
    match signed(change, places).chars().next() {
        Some('+') => format!("a rise of {} points", decimal(change, places)),
        Some('−') => format!("a fall of {} points", decimal(0.0 - change, places)),
        _ => "none".to_owned(),
    }
}

/// Wilcoxon's signed rank test.
#[must_use]
pub fn signed_rank(about: &About<'_>, test: &Estimate<SignedRank>) -> String {
    about.tell("signed rank test", test, |test| {
        let balance = match test.alternative {
            Alternative::TwoSided => "at least this uneven",
            Alternative::Greater => "at least as much in favour of rises",
            Alternative::Less => "at least as much in favour of falls",
        };
        format!(
            "If a rise of any size were as likely as a fall of that size, a balance {balance} would \
             be seen in {} (Wilcoxon’s signed rank test of {}: {}).",
            how_often(test.p),
            about.pairs(),
            signed_rank_figures(test)
        )
    })
}

/// A signed rank test as statisticians write it.
pub(crate) fn signed_rank_figures(test: &SignedRank) -> String {
    let sum = decimal(test.w_plus, 1);
    let sum = sum.strip_suffix(".0").unwrap_or(&sum);
    let how = match test.method {
        SignedRankMethod::Exact => "exact, ties included".to_owned(),
        SignedRankMethod::NormalApproximation { z, continuity } => {
            let corrected = match continuity {
                Continuity::Corrected => "with",
                Continuity::Uncorrected => "without",
            };
            format!(
                "z = {}, normal approximation, corrected for ties, {corrected} continuity \
                 correction",
                decimal(z, 2)
            )
        }
    };
    let zeros = match test.zeros_method {
        ZerosMethod::Wilcox => "left out",
        ZerosMethod::Pratt => "ranked and then left out",
    };
    format!(
        "W⁺ = {sum} of {} changes, {} of them tied in size, {} without change {zeros}; {}; \
         {how}",
        count(test.n_used),
        count(test.ties),
        count(test.zeros),
        p_of(test.p, test.alternative)
    )
}

/// The rank-biserial correlation.
#[must_use]
pub fn rank_biserial(about: &About<'_>, found: &Estimate<RankBiserial>) -> String {
    about.tell("rank-biserial correlation", found, |found| {
        let r = decimal(found.rank_biserial, 2);
        let which = match signed(found.rank_biserial, 2).chars().next() {
            Some('+') => "rises outweigh falls",
            Some('−') => "falls outweigh rises",
            _ => "rises and falls balance",
        };
        format!(
            "Of {}, {} changed; by the size of change {which} (rank-biserial correlation {r}, where \
             1 is rises only and −1 falls only; {}).",
            about.pairs(),
            count(found.n_used),
            interval_or_reason(&found.interval, 2)
        )
    })
}

/// The sign test: how many rose, of those whose score changed.
#[must_use]
pub fn sign_test(about: &About<'_>, test: &Estimate<SignTest>) -> String {
    about.tell("sign test", test, |test| {
        let split = match test.alternative {
            Alternative::TwoSided => "a split at least this uneven",
            Alternative::Greater => "at least as many rises",
            Alternative::Less => "at least as many falls",
        };
        let share = if about.is_few() {
            String::new()
        } else {
            let limits = interval_of_percent(&test.interval);
            format!(" ({} rose; {limits})", percent(test.share_positive))
        };
        format!(
            "Of {}, {} changed: {} rose and {} fell{share}. If either were as likely, {split} would \
             be seen in {} (sign test: {}, exact).",
            about.pairs(),
            count(test.n_used),
            count(test.positive),
            count(test.negative),
            how_often(test.p),
            p_of(test.p, test.alternative)
        )
    })
}
