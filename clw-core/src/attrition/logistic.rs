//! Logistic regression over cells of people alike, by Newton's method.

use crate::numeric::symmetric::Cholesky;

/// People with the same values, and how many of them have a pair.
pub(super) struct Cell {
    /// Their values, the constant first.
    pub(super) values: Vec<f64>,
    pub(super) paired: f64,
    pub(super) unpaired: f64,
}

/// The log odds of the highest likelihood.
pub(super) struct Fit {
    /// For each column; 0 where it is a combination of those before it.
    log_odds: Vec<f64>,
    information: Cholesky,
    pub(super) log_likelihood: f64,
}

/// Why there is no highest likelihood.
pub(super) enum NotFitted {
    /// It rises without end, along the column of this place most of all.
    Separated(usize),
    NotConverged,
}

/// Ten are many where there is a maximum; without one each moves the log odds by about 1.
const MOST_STEPS: u32 = 100;

/// Log odds further out than any that a caseload shows: chances of 1 in 500 million.
const BEYOND: f64 = 20.0;

/// What a column keeps of its length beside those before it when it is a combination of them, but for
/// rounding.
const ALIASED: f64 = 1e-9;

/// Twice what a step gains at most, from which on the next one is below rounding.
const SETTLED: f64 = 1e-14;

/// Fits P(paired) = 1/(1 + e^−η), η linear in the values.
///
/// Newton's method on the likelihood, which is that of iteratively reweighted least squares: McCullagh
/// & Nelder (1989), Generalized Linear Models, 2.5.
pub(super) fn fit(mut cells: Vec<Cell>, columns: usize) -> Result<Fit, NotFitted> {
    let mut log_odds = vec![0.0; columns];
    let (_, information) = derivatives(&cells, &log_odds);
    let independent: Vec<bool> = Cholesky::of(&information, ALIASED).independent().collect();
    for cell in &mut cells {
        let columns = cell.values.iter_mut().zip(&independent);
        columns.filter(|(_, independent)| !**independent).for_each(|(value, _)| *value = 0.0);
    }
    let mut height = log_likelihood(&cells, &log_odds);
    for _ in 0..MOST_STEPS {
        let (gradient, information) = derivatives(&cells, &log_odds);
        let step = Cholesky::of(&information, 0.0).solve(&gradient);
        let gain: f64 = gradient.iter().zip(&step).map(|(slope, by)| slope * by).sum();
        (log_odds, height) = climbed(&cells, &log_odds, &step, height);
        if cells.iter().any(|cell| libm::fabs(linear(&cell.values, &log_odds)) > BEYOND) {
            return Err(NotFitted::Separated(steepest(&log_odds)));
        }
        if gain <= SETTLED {
            let information = Cholesky::of(&derivatives(&cells, &log_odds).1, 0.0);
            return Ok(Fit { log_odds, information, log_likelihood: height });
        }
    }
    Err(NotFitted::NotConverged)
}

impl Fit {
    /// The chance of a pair for people with these values.
    pub(super) fn chance(&self, values: &[f64]) -> f64 {
        1.0 / (1.0 + libm::exp(-linear(values, &self.log_odds)))
    }

    /// The log odds of each column with their standard errors, from the inverse of the information;
    /// `None` where a column is a combination of those before it.
    pub(super) fn coefficients(&self) -> Vec<Option<(f64, f64)>> {
        let variances = self.information.inverse_diagonal();
        let columns = self.log_odds.iter().zip(variances).zip(self.information.independent());
        columns
            .map(|((&log_odds, variance), independent)| {
                independent.then_some((log_odds, libm::sqrt(variance)))
            })
            .collect()
    }

    /// The inverse of the information times a vector.
    pub(super) fn over_information(&self, vector: &[f64]) -> Vec<f64> {
        self.information.solve(vector)
    }
}

fn linear(values: &[f64], log_odds: &[f64]) -> f64 {
    values.iter().zip(log_odds).map(|(x, b)| x * b).sum()
}

/// Σ paired·ln π + unpaired·ln(1 − π).
fn log_likelihood(cells: &[Cell], log_odds: &[f64]) -> f64 {
    let of_cell = |cell: &Cell| {
        let eta = linear(&cell.values, log_odds);
        -(cell.paired * softplus(-eta) + cell.unpaired * softplus(eta))
    };
    cells.iter().map(of_cell).sum()
}

/// ln(1 + eˣ), without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-libm::fabs(x)))
}

/// The slope of the log likelihood, and the lower triangle of the information.
fn derivatives(cells: &[Cell], log_odds: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let columns = log_odds.len();
    let mut gradient = vec![0.0; columns];
    let mut information: Vec<Vec<f64>> = (1..=columns).map(|length| vec![0.0; length]).collect();
    for cell in cells {
        let eta = linear(&cell.values, log_odds);
        let (chance, other) = (1.0 / (1.0 + libm::exp(-eta)), 1.0 / (1.0 + libm::exp(eta)));
        let people = cell.paired + cell.unpaired;
        let residual = cell.paired * other - cell.unpaired * chance;
        let weight = people * chance * other;
        let rows = gradient.iter_mut().zip(&mut information);
        for ((slope, row), x) in rows.zip(&cell.values) {
            *slope += residual * x;
            let scaled = weight * x;
            row.iter_mut().zip(&cell.values).for_each(|(element, y)| *element += scaled * y);
        }
    }
    (gradient, information)
}

/// The step taken, or as much of it as climbs.
fn climbed(cells: &[Cell], from: &[f64], step: &[f64], height: f64) -> (Vec<f64>, f64) {
    let mut share = 1.0;
    loop {
        let to: Vec<f64> = from.iter().zip(step).map(|(b, by)| b + share * by).collect();
        let reached = log_likelihood(cells, &to);
        // Rounding may hide the last climb.
        if reached >= height - 1e-12 * libm::fabs(height) || share < 1e-6 {
            return (to, reached);
        }
        share *= 0.5;
    }
}

/// The column, not the constant where there is another, with the largest coefficient.
fn steepest(log_odds: &[f64]) -> usize {
    let largest = |best: (usize, f64), (place, b): (usize, &f64)| {
        if libm::fabs(*b) > best.1 { (place, libm::fabs(*b)) } else { best }
    };
    log_odds.iter().enumerate().skip(1).fold((0, 0.0), largest).0
}
