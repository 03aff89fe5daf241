//! The standard normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, PI};

/// The area above `z`: `erfc(z / √2) / 2`.
///
/// The area below is `sf(-z)`; no digit is lost to `1 − p` on either side.
pub(crate) fn sf(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

/// The density at `z`.
pub(super) fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * PI)
}

/// `density(z) / sf(z)`, which grows as `z` far above and is never 0/0.
pub(crate) fn hazard(z: f64) -> f64 {
    if z < 30.0 {
        return density(z) / sf(z);
    }
    // sf = density/z · (1 − 1/z² (1 − 3/z² (1 − 5/z² …))), exact to rounding from here on.
    let w = 1.0 / (z * z);
    let series = [9.0, 7.0, 5.0, 3.0, 1.0].iter().fold(1.0, |tail, odd| 1.0 - odd * w * tail);
    z / series
}

/// The `z` with area `p` above it: infinite for 0 and 1.
///
/// The quantile of the lower tail is `-upper_quantile(p)`.
/// Newton's method on the logarithm of the tail, which is concave, so that every step from the
/// Chernoff bound `Q(z) ≤ exp(−z²/2) / 2` approaches from above; near the median on the central
/// area, which keeps its digits where the tail is about one half.
pub(crate) fn upper_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -upper_quantile(1.0 - p);
    }
    if p > 0.25 {
        let centre = 0.5 - p;
        let excess = |z: f64| (centre - 0.5 * libm::erf(z * FRAC_1_SQRT_2)) / density(z);
        return newton(centre * libm::sqrt(2.0 * PI), excess);
    }
    let excess = |z: f64| {
        let area = sf(z);
        libm::log(area / p) * area / density(z)
    };
    newton(libm::sqrt(-2.0 * libm::log(2.0 * p)), excess)
}

/// Steps until a step no longer moves `z`; quadratic, so the cap is never what ends it.
fn newton(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut z = start;
    for _ in 0..20 {
        let by = step(z);
        z += by;
        if libm::fabs(by) <= 1e-15 * z {
            break;
        }
    }
    z
}
