//! The interval for a share.

use super::{Limits, normal};

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
