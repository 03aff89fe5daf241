//! Student's t, central and noncentral, by one integral.
//!
//! `T = (Z + δ) / S` with `S² = χ²(ν)/ν`, so the area above `t` is the mean of a normal tail:
//!
//! ```text
//! P(T > t) = E[ Q(t S − δ) ] = ∫ Q(t eᵘ − δ) c exp(ν(u − (e²ᵘ − 1)/2)) du
//! ```
//!
//! Every term is positive and of the size of the answer, so both tails keep their digits down
//! to the smallest double, at any ν and δ; the Poisson series of AS 243 underflows for
//! |δ| > 37. The integrand has one peak. `u = peak + width · sinh v` spreads the nodes over
//! both its own scale and the slow tails of few degrees of freedom, and the trapezoidal rule
//! in v converges faster than any power of the step (Trefethen & Weideman 2014,
//! doi:10.1137/130932132).

use core::f64::consts::PI;

use super::{Limits, normal, root};

/// Of the logarithms solved for. The last step is Newton's, whose error is the square of it.
const TOLERANCE: f64 = 1e-12;

/// The area above `t` with `df` degrees of freedom, noncentral where `noncentrality` is not 0.
///
/// The area below is that above `-t` about `-noncentrality`; no digit is lost to `1 − p` in the
/// smaller of the two.
pub(crate) fn above(t: f64, df: f64, noncentrality: f64) -> f64 {
    Tail::above(t, df, noncentrality).area
}

/// The two-sided p of a `t` with `df` degrees of freedom, `df ≥ 1`, not necessarily whole.
pub(crate) fn two_sided_p(t: f64, df: f64) -> f64 {
    2.0 * Tail::above(libm::fabs(t), df, 0.0).area
}

/// The `t` with area `p` above it, for `p` strictly between 0 and 1.
///
/// Solved for the logarithm of its ratio to the normal quantile, which is at least 0.
pub(crate) fn upper_quantile(p: f64, df: f64) -> f64 {
    if p > 0.5 {
        return -upper_quantile(1.0 - p, df);
    }
    let z = normal::upper_quantile(p);
    if z <= 0.0 {
        return 0.0;
    }
    let log_ratio = root::increasing((0.0, 745.0), 0.5 * z / df, |log_ratio| {
        let t = z * libm::exp(log_ratio);
        let tail = Tail::above(t, df, 0.0);
        let value = libm::log(p / tail.area);
        root::Point { value, slope: tail.fall_in_log_t / tail.area, tolerance: TOLERANCE }
    });
    z * libm::exp(log_ratio)
}

/// The central interval of the noncentrality for which `t` is not in either tail.
///
/// At the lower limit the area above `t` is `(1 − level)/2`, at the upper limit the area below.
/// Divided by √n these are the limits of the standardised mean change of n pairs.
/// Steiger & Fouladi (1997); Cumming & Finch (2001), doi:10.1177/0013164401614002.
pub(crate) fn noncentrality_limits(t: f64, df: f64, level: f64) -> Limits {
    let p = 0.5 * (1.0 - level);
    Limits { lower: noncentrality(t, df, p), upper: -noncentrality(-t, df, p) }
}

/// The noncentrality at which the area above `t` is `p`.
///
/// At t = 0 it is the normal quantile; elsewhere the difference from that, over `t`, is a kind
/// of average of `S`, positive whatever the sign of `t`, and its logarithm is solved for.
fn noncentrality(t: f64, df: f64, p: f64) -> f64 {
    let z = -normal::upper_quantile(p);
    if t == 0.0 {
        return z;
    }
    let direction = libm::copysign(1.0, t);
    let log_s = root::increasing((-745.0, 745.0), 0.0, |log_s| {
        let step = t * libm::exp(log_s);
        let tail = Tail::above(t, df, z + step);
        let at = -normal::upper_quantile(tail.area);
        let slope = libm::fabs(step) * tail.rise_in_noncentrality / normal::density(at);
        root::Point { value: direction * (at - z), slope, tolerance: TOLERANCE }
    });
    z + t * libm::exp(log_s)
}

/// The area above a point, and how fast it moves.
struct Tail {
    area: f64,
    fall_in_log_t: f64,
    rise_in_noncentrality: f64,
}

impl Tail {
    /// The area above `t`; the smaller of the two tails is integrated, whose peak lies where the
    /// normal tail falls, however steeply.
    fn above(t: f64, df: f64, noncentrality: f64) -> Self {
        if t >= noncentrality {
            return Self::integrated(&Integrand::new(t, df, noncentrality));
        }
        let below = Self::integrated(&Integrand::new(-t, df, -noncentrality));
        Self {
            area: 1.0 - below.area,
            fall_in_log_t: -below.fall_in_log_t,
            rise_in_noncentrality: below.rise_in_noncentrality,
        }
    }

    /// Halves the step until the area agrees with the one before.
    ///
    /// Each halving about squares the error, so agreement to 1e-9 leaves rounding only.
    fn integrated(integrand: &Integrand) -> Self {
        let mut step = 0.5;
        let mut sum = integrand.at(0.0);
        integrand.walk(&mut sum, step, step);
        integrand.walk(&mut sum, -step, -step);
        for _ in 0..12 {
            let before = 2.0 * sum.area;
            let half = 0.5 * step;
            integrand.walk(&mut sum, half, step);
            integrand.walk(&mut sum, -half, -step);
            step = half;
            if libm::fabs(sum.area - before) <= 1e-9 * sum.area {
                break;
            }
        }
        let scale = step * integrand.width * chi_factor(integrand.df);
        Self {
            area: scale * sum.area,
            fall_in_log_t: scale * sum.fall_in_log_t,
            rise_in_noncentrality: scale * sum.rise_in_noncentrality,
        }
    }
}

/// The integrand in `v`, without its constant factor.
struct Integrand {
    t: f64,
    df: f64,
    noncentrality: f64,
    peak: f64,
    width: f64,
}

impl Integrand {
    /// Centres and scales on the peak.
    fn new(t: f64, df: f64, noncentrality: f64) -> Self {
        let fall = |u: f64| {
            let s = libm::exp(u);
            let (hazard, hazard_rise) = hazard(t * s - noncentrality);
            // The slope of the logarithm over s, which falls throughout; negated to rise.
            let value = df * (s - 1.0 / s) + t * hazard;
            let slope = df * (s + 1.0 / s) + t * s * t * hazard_rise;
            // No wider than the fall of the normal tail, which the peak can lie a little beside.
            let width = 1.0 / libm::sqrt(s * slope).max(libm::fabs(t) * s);
            root::Point { value, slope, tolerance: 0.1 * width }
        };
        let bracket = if t > 0.0 {
            (-745.0, 0.0)
        } else {
            let reach = libm::fabs(t) * (libm::fabs(noncentrality) + 2.0) / df;
            (0.0, libm::log1p(reach))
        };
        let start =
            if t > noncentrality { -libm::log(libm::hypot(1.0, t / libm::sqrt(df))) } else { 0.0 };
        let peak = root::increasing(bracket, start, fall);
        let width = 10.0 * fall(peak).tolerance;
        Self { t, df, noncentrality, peak, width }
    }

    fn at(&self, v: f64) -> Tail {
        let e = libm::exp(v);
        let u = self.peak + self.width * 0.5 * (e - 1.0 / e);
        let (s, log_chi) = chi(u);
        let y = self.t * s - self.noncentrality;
        let weight = 0.5 * (e + 1.0 / e) * libm::exp(self.df * log_chi);
        let density = weight * normal::density(y);
        Tail {
            area: weight * normal::sf(y),
            fall_in_log_t: self.t * s * density,
            rise_in_noncentrality: density,
        }
    }

    /// Adds the nodes `from`, `from + by`, … until they no longer count.
    fn walk(&self, sum: &mut Tail, from: f64, by: f64) {
        let mut v = from;
        // Past 40 the hyperbolic sine alone is 1e17 widths.
        while libm::fabs(v) < 40.0 {
            let term = self.at(v);
            if term.area <= 1e-17 * sum.area {
                break;
            }
            sum.area += term.area;
            sum.fall_in_log_t += term.fall_in_log_t;
            sum.rise_in_noncentrality += term.rise_in_noncentrality;
            v += by;
        }
    }
}

/// `density / sf` of the normal at `y`, and its slope.
///
/// Far out, where the quotient would be 0/0, Birnbaum's bound `(y + √(y² + 4))/2` (1942,
/// doi:10.1214/aoms/1177731611): it only has to find a peak for nodes to surround.
fn hazard(y: f64) -> (f64, f64) {
    if y > 10.0 {
        let root = libm::hypot(y, 2.0);
        let hazard = 0.5 * (y + root);
        return (hazard, hazard / root);
    }
    let hazard = normal::density(y) / normal::sf(y);
    (hazard, hazard * (hazard - y))
}

/// `s = eᵘ` and `u − (s² − 1)/2`, the latter as a series near 0, where its two parts cancel and
/// many degrees of freedom would multiply what is left.
fn chi(u: f64) -> (f64, f64) {
    if libm::fabs(u) > 0.1 {
        let s = libm::exp(u);
        return (s, u - 0.5 * (s * s - 1.0));
    }
    let less_one = libm::expm1(u);
    let x = less_one * (2.0 + less_one);
    let r = x / (2.0 + x);
    // ln(1 + x) = 2 atanh r, whose first term differs from x by −x r.
    let r2 = r * r;
    let series = (1..9).rev().fold(0.0, |sum, k| (sum + 1.0 / f64::from(2 * k + 1)) * r2);
    (1.0 + less_one, r * (series - 0.5 * x))
}

/// `2 aᵃ e⁻ᵃ / Γ(a)`, `a = ν/2`: by Stirling's series where it is exact to rounding.
fn chi_factor(df: f64) -> f64 {
    let a = 0.5 * df;
    if a < 16.0 {
        return 2.0 * libm::exp(a * libm::log(a) - a) / libm::tgamma(a);
    }
    let b = 1.0 / (a * a);
    let stirling = [1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0];
    let correction = stirling.iter().fold(0.0, |sum, term| sum * b + term) / a;
    libm::sqrt(2.0 * a / PI) * libm::exp(-correction)
}
