//! The search for the highest likelihood: Newton's steps, shortened where they do not help.

use super::RandomEffects;
use super::restricted_likelihood::{Fit, RestrictedLikelihood, Symmetric};

/// The lower triangle Λ = [[a, 0], [b, c]] of the relative covariance ΛΛ', so that every factor is of a
/// covariance there can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factor(pub(super) [f64; 3]);

impl Factor {
    /// ΛΛ'.
    pub(super) fn squared(self) -> Symmetric {
        let [a, b, c] = self.0;
        Symmetric { a: a * a, b: a * b, c: b * b + c * c }
    }

    pub(super) fn is_singular(self, effects: RandomEffects) -> bool {
        let [a, _, c] = self.0;
        a == 0.0 || (effects == RandomEffects::InterceptAndSlope && c == 0.0)
    }

    fn moved(self, [a, b, c]: [f64; 3]) -> Self {
        let [x, y, z] = self.0;
        Self([x + a, y + b, z + c])
    }
}

/// Steps are at most this many; twenty are many.
const MOST_STEPS: u32 = 500;

/// A derivative this small, for each sitting, ends the search.
const FLAT: f64 = 1e-11;

/// One this small is the end of it where rounding hides what is left.
const NEARLY_FLAT: f64 = 1e-6;

/// The factor with the lowest deviance near a start, moving only what is free.
///
/// `None` when it is not found.
pub(super) fn lowest(
    likelihood: &RestrictedLikelihood,
    start: Factor,
    free: [bool; 3],
) -> Option<(Factor, Fit)> {
    let sittings = likelihood.sittings as f64;
    let mut at = Point::of(likelihood, start, free)?;
    let mut damping = 1e-3;
    for _ in 0..MOST_STEPS {
        if at.steepest() <= FLAT * sittings || damping > 1e12 {
            break;
        }
        let curvature = at.curvature(likelihood, free);
        let next = curvature
            .damped(damping)
            .solve(at.gradient)
            .and_then(|[a, b, c]| Point::of(likelihood, at.factor.moved([-a, -b, -c]), free));
        match next {
            Some(next) if next.is_better_than(&at) => {
                at = next;
                damping *= 0.1;
            }
            _ => damping = (damping * 10.0).max(1e-10),
        }
    }
    (at.steepest() <= NEARLY_FLAT * sittings).then_some((at.factor, at.fit))
}

/// A factor with its deviance and the derivative by what is free of it.
#[derive(Debug, Clone, Copy)]
struct Point {
    factor: Factor,
    fit: Fit,
    gradient: [f64; 3],
}

impl Point {
    fn of(likelihood: &RestrictedLikelihood, factor: Factor, free: [bool; 3]) -> Option<Self> {
        let fit = likelihood.at(factor.squared());
        let gradient = gradient(&fit, factor, free);
        let finite = fit.deviance.is_finite() && gradient.iter().all(|slope| slope.is_finite());
        finite.then_some(Self { factor, fit, gradient })
    }

    fn steepest(&self) -> f64 {
        self.gradient.iter().fold(0.0, |most, slope| libm::fmax(most, libm::fabs(*slope)))
    }

    /// Lower, or flatter where the two heights are one but for rounding.
    fn is_better_than(&self, other: &Self) -> bool {
        let (here, there) = (self.fit.deviance, other.fit.deviance);
        let rounding = 1e-13 * libm::fabs(there);
        here < there - rounding || (here <= there + rounding && self.steepest() < other.steepest())
    }

    /// Second derivatives, by central differences of the first.
    fn curvature(&self, likelihood: &RestrictedLikelihood, free: [bool; 3]) -> Curvature {
        let column = |[a, b, c]: [f64; 3]| {
            let step =
                1e-5 * self.factor.0.iter().fold(1e-2, |most, x| libm::fmax(most, libm::fabs(*x)));
            let at = |sign: f64| {
                let factor = self.factor.moved([sign * step * a, sign * step * b, sign * step * c]);
                gradient(&likelihood.at(factor.squared()), factor, free)
            };
            let ([p, q, r], [x, y, z]) = (at(1.0), at(-1.0));
            [p - x, q - y, r - z].map(|difference| difference / (2.0 * step))
        };
        let [aa, ab, ac] = column([1.0, 0.0, 0.0]);
        let [_, bb, bc] = column([0.0, 1.0, 0.0]);
        let [.., cc] = column([0.0, 0.0, 1.0]);
        let [a, b, c] = free;
        // What is held has no slope; a curvature of 1 keeps it where it is.
        Curvature {
            aa: if a { aa } else { 1.0 },
            ab: if a && b { ab } else { 0.0 },
            ac: if a && c { ac } else { 0.0 },
            bb: if b { bb } else { 1.0 },
            bc: if b && c { bc } else { 0.0 },
            cc: if c { cc } else { 1.0 },
        }
    }
}

/// 2·S·Λ, with S the derivative by ΛΛ'.
fn gradient(fit: &Fit, Factor([a, b, c]): Factor, free: [bool; 3]) -> [f64; 3] {
    let s = fit.slope;
    let [of_a, of_b, of_c] = [s.a * a + s.b * b, s.b * a + s.c * b, s.c * c];
    let held = |free: bool, slope: f64| if free { 2.0 * slope } else { 0.0 };
    let [free_a, free_b, free_c] = free;
    [held(free_a, of_a), held(free_b, of_b), held(free_c, of_c)]
}

/// A symmetric 3 × 3 matrix.
struct Curvature {
    aa: f64,
    ab: f64,
    ac: f64,
    bb: f64,
    bc: f64,
    cc: f64,
}

impl Curvature {
    /// With the diagonal made larger (Marquardt 1963, doi:10.1137/0111030).
    fn damped(self, by: f64) -> Self {
        let more = |diagonal: f64| diagonal + by * libm::fmax(libm::fabs(diagonal), 1.0);
        Self { aa: more(self.aa), bb: more(self.bb), cc: more(self.cc), ..self }
    }

    /// By Cholesky's decomposition without roots; `None` unless positive definite.
    fn solve(&self, [g, h, i]: [f64; 3]) -> Option<[f64; 3]> {
        let (ba, ca) = (self.ab / self.aa, self.ac / self.aa);
        let second = self.bb - ba * self.ab;
        let cb = (self.bc - ca * self.ab) / second;
        let third = self.cc - ca * self.ac - cb * cb * second;
        if !(self.aa > 0.0 && second > 0.0 && third > 0.0) {
            return None;
        }
        let h = h - ba * g;
        let z = (i - ca * g - cb * h) / third;
        let y = h / second - cb * z;
        Some([g / self.aa - ba * y - ca * z, y, z])
    }
}
