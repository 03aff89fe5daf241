//! The incomplete gamma function, and the chi-squared tail it is.

use core::f64::consts::PI;

/// The area of the chi-squared distribution above `x`, for `x ≥ 0` and `df > 0`.
///
/// Below the mean the complement is summed as a series, above it Legendre's continued fraction is
/// evaluated by Lentz's method; neither subtracts, so the tail keeps its digits down to 1e-300.
pub(crate) fn chi_squared_sf(x: f64, df: f64) -> f64 {
    let (a, y) = (0.5 * df, 0.5 * x);
    if y <= 0.0 {
        return 1.0;
    }
    let factor = power_over_gamma(a, y);
    if y < a + 1.0 { 1.0 - factor * lower_series(a, y) } else { factor * a * upper_fraction(a, y) }
}

/// `1 + y/(a + 1) + y²/((a + 1)(a + 2)) + …`
fn lower_series(a: f64, y: f64) -> f64 {
    let (mut term, mut sum, mut divisor) = (1.0, 1.0, a);
    while term > 1e-17 * sum {
        divisor += 1.0;
        term *= y / divisor;
        sum += term;
    }
    sum
}

/// `1/(y + 1 − a − 1(1 − a)/(y + 3 − a − 2(2 − a)/(y + 5 − a − …)))`
fn upper_fraction(a: f64, y: f64) -> f64 {
    let mut b = y + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    let mut i = 0.0;
    // Slowest with y near a, where a few times √a steps are needed.
    for _ in 0..100_000 {
        i += 1.0;
        let numerator = i * (a - i);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = numerator / c + b;
        let factor = c * d;
        fraction *= factor;
        if libm::fabs(factor - 1.0) <= 1e-16 {
            break;
        }
    }
    fraction
}

/// `yᵃ e⁻ʸ / Γ(a + 1)`, for `a ≥ 0` and `y > 0`: at a whole `a` the Poisson probability.
///
/// Loader (2000), *Fast and accurate computation of binomial probabilities*: Stirling's formula
/// takes out `aᵃ e⁻ᵃ / Γ(a + 1)`, and what is left is small wherever the result is not.
pub(super) fn power_over_gamma(a: f64, y: f64) -> f64 {
    if a < 16.0 {
        // e⁻ʸ in two halves, so that it does not underflow before the power has lifted it.
        let half = libm::exp(-0.5 * y);
        return half * (libm::pow(y, a) / libm::tgamma(a + 1.0)) * half;
    }
    libm::exp(-stirling_error(a) - deviance(a, y)) / libm::sqrt(2.0 * PI * a)
}

/// `Γ(m/2) / (√(m/2) Γ((m − 1)/2))`, for a whole `m ≥ 2`: the factor that takes the bias out of a
/// standardised mean difference with `m` degrees of freedom.
///
/// Hedges (1981), doi:10.3102/10769986006002107. As a quotient where Γ is small, else with what
/// Stirling's formula gives for both taken out.
pub(crate) fn hedges_correction(m: u64) -> f64 {
    let a = 0.5 * (m as f64 - 1.0);
    if a < 16.0 {
        return libm::tgamma(a + 0.5) / (libm::sqrt(a + 0.5) * libm::tgamma(a));
    }
    let stirling = stirling_error(a + 0.5) - stirling_error(a);
    libm::exp((a - 0.5) * libm::log1p(0.5 / a) - 0.5 + stirling)
}

/// `ln Γ(a + 1) − ln(√(2πa) aᵃ e⁻ᵃ)`, for `a ≥ 16`.
fn stirling_error(a: f64) -> f64 {
    let b = 1.0 / (a * a);
    let series = [1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0];
    series.iter().fold(0.0, |sum, term| sum * b + term) / a
}

/// `a ln(a/y) + y − a`, which is never negative; as a series near `a = y`, where it cancels.
fn deviance(a: f64, y: f64) -> f64 {
    let difference = a - y;
    let sum = a + y;
    if libm::fabs(difference) > 0.1 * sum {
        return a * libm::log(a / y) - difference;
    }
    // With v = (a − y)/(a + y), ln(a/y) = 2 atanh v, whose first term is taken out with y − a.
    let v = difference / sum;
    let v2 = v * v;
    let series = (1..12).rev().fold(0.0, |tail, k| (tail + 1.0 / f64::from(2 * k + 1)) * v2);
    difference * v + 2.0 * a * v * series
}
