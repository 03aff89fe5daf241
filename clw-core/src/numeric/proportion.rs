//! Intervals for a share.

use super::binomial::{Chances, outer_tail, point};
use super::{Limits, normal, root};

/// Wilson's score interval for `successes` of `trials` at the given level.
///
/// The roots in θ of `(k/n − θ)² = z² θ(1 − θ)/n`; the lower root is taken from the product of
/// the two, so that a small share keeps its digits and no successes give exactly 0.
/// Wilson (1927), doi:10.1080/01621459.1927.10502953; Newcombe (1998), method 3,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
///
/// `None` without trials, or with more successes than trials: there is no share to bound.
pub(crate) fn wilson(successes: u64, trials: u64, level: f64) -> Option<Limits> {
    if trials == 0 || successes > trials {
        return None;
    }
    let z = normal::upper_quantile(0.5 * (1.0 - level));
    let (k, n, failures) = (successes as f64, trials as f64, (trials - successes) as f64);
    let upper_root = 2.0 * k + z * z + z * libm::sqrt(z * z + 4.0 * k * failures / n);
    Some(Limits {
        lower: 2.0 * k * k / (n * upper_root),
        upper: (upper_root / (2.0 * (n + z * z))).min(1.0),
    })
}

/// Clopper and Pearson's exact limits of the share of `k` in `n`, `n > 0`.
///
/// At the lower limit the chance of at least `k` is (1 − level)/2, at the upper limit the chance of at
/// most `k`. Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
pub(crate) fn clopper_pearson(k: u64, n: u64, level: f64) -> Limits {
    let tail = 0.5 * (1.0 - level);
    Limits { lower: lower_limit(k, n, tail).p, upper: lower_limit(n - k, n, tail).q }
}

/// The chances with which at least `k` of `n` have the probability `tail`.
///
/// Solved for the logarithm of the smaller of p and q, where p is below k/n and the tail the outer
/// one.
fn lower_limit(k: u64, n: u64, tail: f64) -> Chances {
    if k == 0 {
        return Chances { p: 0.0, q: 1.0 };
    }
    if k == n {
        let log_p = libm::log(tail) / n as f64;
        return Chances { p: libm::exp(log_p), q: -libm::expm1(log_p) };
    }
    // The logarithm of the tail, and its slope in p.
    let log_tail = |chances: Chances| {
        let area = outer_tail(k, n, chances);
        (libm::log(area / tail), k as f64 * point(k, n, chances) / (area * chances.p))
    };
    if 2 * k <= n {
        let of = |log_p| Chances { p: libm::exp(log_p), q: -libm::expm1(log_p) };
        let highest = libm::log(k as f64 / n as f64);
        of(root::increasing((highest - 745.0, highest), highest, |log_p| {
            let (value, slope) = log_tail(of(log_p));
            root::Point { value, slope: slope * of(log_p).p, tolerance: 1e-15 }
        }))
    } else {
        let of = |log_q| Chances { p: -libm::expm1(log_q), q: libm::exp(log_q) };
        let lowest = libm::log((n - k) as f64 / n as f64);
        of(root::increasing((lowest, 0.0), lowest, |log_q| {
            let (value, slope) = log_tail(of(log_q));
            root::Point { value: -value, slope: slope * of(log_q).q, tolerance: 1e-15 }
        }))
    }
}

/// Tango's score limits of the difference of two paired shares: `up/n − down/n`, `n > 0`.
///
/// Where the score statistic is ±z. It falls throughout, so its roots lie on either side of the
/// estimate. Tango (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
pub(crate) fn tango(up: u64, down: u64, n: u64, level: f64) -> Limits {
    let z = normal::upper_quantile(0.5 * (1.0 - level));
    let people = n as f64;
    let (up, down) = (up as f64 / people, down as f64 / people);
    let estimate = up - down;
    let statistic = |difference: f64| {
        let distance = people * (estimate - difference);
        // The share worse that is likeliest at this difference solves 2x² + bx + c = 0.
        let b = (2.0 - estimate) * difference - up - down;
        let c = -down * difference * (1.0 - difference);
        let root = libm::sqrt((b * b - 8.0 * c).max(0.0));
        let worse = if b > 0.0 { -2.0 * c / (root + b) } else { (root - b) / 4.0 };
        let variance = people * (2.0 * worse + difference * (1.0 - difference));
        if variance > 0.0 || libm::fabs(distance) <= 0.0 {
            distance / libm::sqrt(variance.max(f64::MIN_POSITIVE))
        } else {
            libm::copysign(f64::INFINITY, distance)
        }
    };
    // Halved only: at the ends of the range the statistic has no useful slope.
    let limit = |ends, z: f64| {
        root::increasing(ends, estimate, |difference| {
            let value = z - statistic(difference);
            root::Point { value, slope: f64::NAN, tolerance: 0.0 }
        })
    };
    let edge = |end: f64| libm::fabs(estimate - end) <= 0.0;
    Limits {
        lower: if edge(-1.0) { -1.0 } else { limit((-1.0, estimate), z) },
        upper: if edge(1.0) { 1.0 } else { limit((estimate, 1.0), -z) },
    }
}
