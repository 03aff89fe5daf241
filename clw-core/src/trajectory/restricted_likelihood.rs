//! The restricted likelihood of scores over time with a random intercept, or intercept and slope.
//!
//! With y = X·β + Z·u + e, where X and Z of a person are (1, t), and u of covariance σ²·Ψ, minus twice
//! the restricted log likelihood at the best β and σ² is
//!
//! ```text
//! Σ log|I + AᵢΨ| + log|ΣGᵢ| + (N − 2)·(1 + log(2π·rss/(N − 2)))
//!     Aᵢ = Zᵢ'Zᵢ    Gᵢ = (I + AᵢΨ)⁻¹Aᵢ    rss = Σ (y − Xβ)'V⁻¹(y − Xβ)
//! ```
//!
//! A person enters through n, Σt, Σt², Σy and Σty only, so everything is 2 × 2 and written out, and
//! people with the same sums are counted once. Patterson & Thompson (1971), doi:10.1093/biomet/58.3.545;
//! the profile is that of Bates et al. (2015), doi:10.18637/jss.v067.i01.

use std::collections::BTreeMap;

use super::Trajectories;

/// A symmetric 2 × 2 matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Symmetric {
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) c: f64,
}

impl Symmetric {
    pub(super) fn determinant(self) -> f64 {
        self.a * self.c - self.b * self.b
    }

    fn adjugate(self) -> Self {
        Self { a: self.c, b: -self.b, c: self.a }
    }

    pub(super) fn times(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.a * x + self.b * y, self.b * x + self.c * y]
    }

    fn plus(self, by: f64, other: Self) -> Self {
        Self { a: self.a + by * other.a, b: self.b + by * other.b, c: self.c + by * other.c }
    }

    pub(super) fn inverse(self) -> Self {
        let determinant = self.determinant();
        Self::default().plus(1.0 / determinant, self.adjugate())
    }

    /// M·S·M with S between.
    fn around(self, s: Self) -> Self {
        let ([p, q], [r, t]) = (self.times([s.a, s.b]), self.times([s.b, s.c]));
        let ([a, b], [_, c]) = (self.times([p, r]), self.times([q, t]));
        Self { a, b, c }
    }
}

/// People whose sums are the same: centred and scaled time, centred scores in steps.
#[derive(Debug, Clone, Copy)]
struct Alike {
    people: f64,
    /// Z'Z.
    times: Symmetric,
    /// |Z'Z|, from whole numbers.
    spread: f64,
    /// Z'y.
    scores: [f64; 2],
}

/// The sums of a sample.
#[derive(Debug, Clone)]
pub(super) struct RestrictedLikelihood {
    alike: Vec<Alike>,
    sum_of_squares: f64,
    pub(super) people: u64,
    pub(super) sittings: u64,
    /// Time is (t − centre)/unit here, and a score is y − centre, in steps.
    pub(super) time_centre: f64,
    pub(super) time_unit: f64,
    pub(super) score_centre: f64,
}

/// The likelihood at one relative covariance, and what belongs to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// Minus twice the restricted log likelihood, in the scaled units.
    pub(super) deviance: f64,
    /// Its derivative by the relative covariance.
    pub(super) slope: Symmetric,
    pub(super) coefficients: [f64; 2],
    /// (X'V⁻¹X)⁻¹.
    pub(super) covariance: Symmetric,
    /// σ², in squared steps.
    pub(super) residual_variance: f64,
}

impl RestrictedLikelihood {
    /// The sums about the middle of times and scores; whole numbers until they are complete.
    ///
    /// `None` when all scores are of one time.
    pub(super) fn of(people: &Trajectories) -> Option<Self> {
        let (mut count, mut sittings, mut times, mut scores) = (0_u64, 0_u64, 0_i128, 0_i128);
        for (person, alike) in people.sequences() {
            count += alike;
            sittings += person.len() as u64 * alike;
            times += i128::from(alike) * person.iter().map(|&(t, _)| i128::from(t)).sum::<i128>();
            scores += i128::from(alike) * person.iter().map(|&(_, y)| i128::from(y)).sum::<i128>();
        }
        let n = i128::from(sittings.max(1));
        let (time_centre, score_centre) = (times.div_euclid(n), scores.div_euclid(n));
        let mut alike: BTreeMap<[i128; 5], u64> = BTreeMap::new();
        let (mut time_squares, mut sum_of_squares) = (0_i128, 0_i128);
        for (person, people) in people.sequences() {
            let mut sums = [0_i128; 5];
            let [n, t, tt, y, ty] = &mut sums;
            for &(time, score) in person {
                let (time, score) =
                    (i128::from(time) - time_centre, i128::from(score) - score_centre);
                *n += 1;
                *t += time;
                *tt += time * time;
                *y += score;
                *ty += time * score;
                sum_of_squares += i128::from(people) * score * score;
            }
            time_squares += i128::from(people) * *tt;
            *alike.entry(sums).or_default() += people;
        }
        let off_centre = times - n * time_centre;
        if n * time_squares == off_centre * off_centre {
            return None;
        }
        let time_unit = libm::sqrt(time_squares as f64 / n as f64);
        Some(Self {
            alike: alike
                .into_iter()
                .map(|(sums, people)| Alike::of(sums, people, time_unit))
                .collect(),
            sum_of_squares: sum_of_squares as f64,
            people: count,
            sittings,
            time_centre: time_centre as f64,
            time_unit,
            score_centre: score_centre as f64,
        })
    }

    /// Degrees of freedom of the residual variance: sittings less the two coefficients.
    pub(super) fn df(&self) -> f64 {
        self.sittings as f64 - 2.0
    }

    /// Σ y² about the centre, for comparison with what is left of it.
    pub(super) const fn sum_of_squares(&self) -> f64 {
        self.sum_of_squares
    }

    /// The likelihood at a relative covariance Ψ.
    pub(super) fn at(&self, psi: Symmetric) -> Fit {
        let (mut log_v, mut xvx, mut xvy) = (0.0, Symmetric::default(), [0.0; 2]);
        for person in &self.alike {
            let inside = person.inside(psi);
            log_v += person.people * libm::log(inside.determinant);
            xvx = xvx.plus(person.people, inside.weight(person));
            let [x, y] = inside.inverse(person, person.scores);
            xvy = [xvy[0] + person.people * x, xvy[1] + person.people * y];
        }
        let covariance = xvx.inverse();
        let coefficients = covariance.times(xvy);
        let mut residual = self.sum_of_squares;
        let mut slope = Symmetric::default();
        let mut of_scores = Symmetric::default();
        for person in &self.alike {
            let inside = person.inside(psi);
            let fitted = person.times.times(coefficients);
            let left = [person.scores[0] - fitted[0], person.scores[1] - fitted[1]];
            let [x, y] = inside.inverse(person, left);
            let [p, q] = psi.times([x, y]);
            let squares = dot(coefficients, person.scores) + dot(coefficients, left);
            residual -= person.people * (squares + dot([p, q], left));
            of_scores = of_scores.plus(person.people, Symmetric { a: x * x, b: x * y, c: y * y });
            let weight = inside.weight(person);
            slope =
                slope.plus(person.people, weight).plus(-person.people, weight.around(covariance));
        }
        let residual_variance = residual / self.df();
        let constant = 1.0 + libm::log(2.0 * core::f64::consts::PI * residual_variance);
        Fit {
            deviance: log_v + libm::log(xvx.determinant()) + self.df() * constant,
            slope: slope.plus(-1.0 / residual_variance, of_scores),
            coefficients,
            covariance,
            residual_variance,
        }
    }
}

impl Alike {
    fn of([n, t, tt, y, ty]: [i128; 5], people: u64, unit: f64) -> Self {
        Self {
            people: people as f64,
            times: Symmetric { a: n as f64, b: t as f64 / unit, c: tt as f64 / (unit * unit) },
            spread: (n * tt - t * t) as f64 / (unit * unit),
            scores: [y as f64, ty as f64 / unit],
        }
    }

    /// I + AΨ by its determinant, whose three parts are none of them negative.
    fn inside(&self, psi: Symmetric) -> Inside {
        let Symmetric { a, b, c } = self.times;
        let trace = (a * psi.a + 2.0 * b * psi.b + c * psi.c).max(0.0);
        let determinant = 1.0 + trace + self.spread * psi.determinant().max(0.0);
        Inside { determinant, adjugate: psi.adjugate() }
    }
}

/// I + AΨ of a person, ready to be inverted.
struct Inside {
    determinant: f64,
    adjugate: Symmetric,
}

impl Inside {
    /// (I + AΨ)⁻¹·v = (v + adj Ψ·adj A·v)/|I + AΨ|.
    fn inverse(&self, person: &Alike, v: [f64; 2]) -> [f64; 2] {
        let [x, y] = self.adjugate.times(person.times.adjugate().times(v));
        [(v[0] + x) / self.determinant, (v[1] + y) / self.determinant]
    }

    /// G = (I + AΨ)⁻¹A = (A + |A|·adj Ψ)/|I + AΨ|.
    fn weight(&self, person: &Alike) -> Symmetric {
        let sum = person.times.plus(person.spread, self.adjugate);
        Symmetric::default().plus(1.0 / self.determinant, sum)
    }
}

fn dot(left: [f64; 2], right: [f64; 2]) -> f64 {
    left[0] * right[0] + left[1] * right[1]
}
