//! What ranks and signs say: for ordinal scores, and for means that a few large changes would move.

use super::About;
use super::about::{better, how_often, interval, interval_of_percent, interval_or_reason, p_of};
use super::format::{count, decimal, from_to, half, level, percent, signed};
use crate::change::{
    Alternative, Continuity, HodgesLehmann, RankBiserial, SignTest, SignedRank, SignedRankMethod,
    ZerosMethod,
};
use crate::estimate::Estimate;

/// The medians before and after, in units of the printed score.
#[must_use]
pub fn medians(about: &About<'_>, baseline: f64, follow_up: f64) -> String {
    let (from, to) = (half(baseline), half(follow_up));
    let moved = if from == to {
        format!("was {from} before and after")
    } else {
        format!("went from {from} to {to}")
    };
    format!(
        "The median score of these {} {moved}; {}.",
        about.pairs(),
        better(about.scale.direction)
    )
}

/// The typical change, with its interval and the level that it achieves.
///
/// Where those without change are left out, it is that of the others, and the sentence says so.
#[must_use]
pub fn hodges_lehmann(about: &About<'_>, found: &Estimate<HodgesLehmann>) -> String {
    about.tell("typical change", found, |found| {
        let places = about.places();
        let whose = match found.zeros_method {
            ZerosMethod::Wilcox if found.zeros > 0 => {
                format!("of the {} of {} that changed", count(found.n_used), about.pairs())
            }
            _ => format!("of {}", about.pairs()),
        };
        let (is, sure) = match &found.interval {
            Estimate::Computed(of) => {
                let reached = percent(of.achieved_level);
                if about.is_few() {
                    let limits = from_to(of.limits.lower, of.limits.upper, places);
                    let level = level(of.limits.level);
                    let lies = format!("lies between {} points", limits.replace(" to ", " and "));
                    (lies, format!("{level} interval, achieved level {reached}"))
                } else {
                    let is = format!("is {}", a_change(found.hodges_lehmann, places));
                    (is, format!("{}, achieved level {reached}", interval(&of.limits, places)))
                }
            }
            Estimate::NotComputed(reason) => {
                let is = format!("is {}", a_change(found.hodges_lehmann, places));
                (is, format!("no interval, because {reason}"))
            }
        };
        format!(
            "The typical change {whose} on {} {is} (Hodges-Lehmann estimate; {sure}).",
            about.name()
        )
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
