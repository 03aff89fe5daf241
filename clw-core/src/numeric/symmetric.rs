//! Symmetric positive semidefinite equations, a few dozen at most.
//!
//! A page of Cholesky's method instead of a linear algebra crate: the matrices are small, and the order
//! of every sum is fixed here, so that all platforms get the same bits.

/// The lower triangle L of A = LL′, row by row. The rows and columns that depend on those before them
/// have a zero pivot.
pub(crate) struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Of the lower triangle of A, row by row: row i has i + 1 elements.
    ///
    /// A pivot that keeps no more than `aliased` of its diagonal element belongs to a column that is a
    /// combination of those before it.
    pub(crate) fn of(lower_triangle: &[Vec<f64>], aliased: f64) -> Self {
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(lower_triangle.len());
        for given in lower_triangle {
            let mut row: Vec<f64> = Vec::with_capacity(given.len());
            for (above, a) in rows.iter().zip(given) {
                row.push(over_pivot(a - dot(&row, above), above));
            }
            let diagonal = given.last().copied().unwrap_or(0.0);
            let left = diagonal - dot(&row, &row);
            row.push(if left > aliased * diagonal { libm::sqrt(left) } else { 0.0 });
            rows.push(row);
        }
        Self { rows }
    }

    /// Which columns are no combination of those before them.
    pub(crate) fn independent(&self) -> impl Iterator<Item = bool> + '_ {
        self.rows.iter().map(|row| row.last().is_some_and(|&pivot| pivot > 0.0))
    }

    /// x of Ax = b, 0 for the columns that depend on others.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(b.len());
        for (row, b) in self.rows.iter().zip(b) {
            x.push(over_pivot(b - dot(&x, row), row));
        }
        for (place, row) in self.rows.iter().enumerate().rev() {
            let (before, rest) = x.split_at_mut(place);
            if let Some(solved) = rest.first_mut() {
                *solved = over_pivot(*solved, row);
                before.iter_mut().zip(row).for_each(|(x, l)| *x -= l * *solved);
            }
        }
        x
    }

    /// The diagonal of A⁻¹, 0 for the columns that depend on others.
    pub(crate) fn inverse_diagonal(&self) -> Vec<f64> {
        let size = self.rows.len();
        let element = |place: usize| {
            let unit: Vec<f64> = (0..size).map(|i| f64::from(u8::from(i == place))).collect();
            self.solve(&unit).get(place).copied().unwrap_or(0.0)
        };
        (0..size).map(element).collect()
    }
}

/// Σ xy over the shorter of the two.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn over_pivot(value: f64, row: &[f64]) -> f64 {
    match row.last() {
        Some(&pivot) if pivot > 0.0 => value / pivot,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// L = [[2], [1, 3], [−1, 0, 1]], by hand.
    #[test]
    fn equations_are_solved_as_by_hand() {
        let a = [vec![4.0], vec![2.0, 10.0], vec![-2.0, -1.0, 2.0]];
        let cholesky = Cholesky::of(&a, 1e-9);
        // A·(1, 2, 3)
        assert_eq!(cholesky.solve(&[2.0, 19.0, 2.0]), [1.0, 2.0, 3.0]);
        let inverse: Vec<f64> =
            cholesky.inverse_diagonal().iter().map(|x| (36.0 * x).round()).collect();
        // det A = 36; the cofactors of its diagonal are 19, 4 and 36.
        assert_eq!(inverse, [19.0, 4.0, 36.0]);
    }

    #[test]
    fn a_column_that_depends_on_those_before_it_is_left_out() {
        let a = [vec![4.0], vec![8.0, 16.0], vec![0.0, 0.0, 1.0]];
        let cholesky = Cholesky::of(&a, 1e-9);
        assert_eq!(cholesky.independent().collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(cholesky.solve(&[4.0, 8.0, 5.0]), [1.0, 0.0, 5.0]);
        assert!(Cholesky::of(&[], 1e-9).solve(&[]).is_empty());
    }
}
