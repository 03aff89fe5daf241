//! Where values lie along an axis, and the round numbers printed at it.

/// A stretch of numbers with round ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Axis {
    pub(super) lowest: f64,
    pub(super) highest: f64,
    pub(super) ticks: Vec<f64>,
    /// The decimals the ticks need.
    pub(super) places: usize,
}

impl Axis {
    /// From nothing to all, in quarters.
    pub(super) fn proportion() -> Self {
        Self { lowest: 0.0, highest: 1.0, ticks: vec![0.0, 0.25, 0.5, 0.75, 1.0], places: 0 }
    }

    /// An axis of round steps that holds all values and 0.
    pub(super) fn around_zero(values: impl Iterator<Item = f64>) -> Self {
        Self::around(values.chain([0.0]))
    }

    /// An axis of round steps that holds all values; from 0 to 1 where there are none.
    pub(super) fn around(values: impl Iterator<Item = f64>) -> Self {
        let ends = values.filter(|value| value.is_finite()).fold(None, |ends, value| {
            let (low, high) = ends.unwrap_or((value, value));
            Some((value.min(low), value.max(high)))
        });
        let (lowest, highest): (f64, f64) = ends.unwrap_or((0.0, 0.0));
        let step = round_step((highest - lowest) / 5.0);
        let (first, last) = (libm::floor(lowest / step), libm::ceil(highest / step));
        let last = last.max(first + 1.0);
        let mut ticks = Vec::new();
        let mut tick = first;
        while tick <= last {
            ticks.push(tick * step);
            tick += 1.0;
        }
        Self { lowest: first * step, highest: last * step, ticks, places: places(step) }
    }

    /// Where a value lies, 0 at the lowest and 1 at the highest; values beyond are at the ends.
    pub(super) fn place(&self, value: f64) -> f64 {
        let share = (value - self.lowest) / (self.highest - self.lowest);
        share.clamp(0.0, 1.0)
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `step`; 1 for no step at all.
fn round_step(step: f64) -> f64 {
    if !(step.is_finite() && step > 0.0) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(step)));
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= step * 0.999_999);
    round.unwrap_or(10.0) * power
}

fn places(step: f64) -> usize {
    let decimals = 0.0 - libm::floor(libm::log10(step) + 1e-9);
    [0.0, 1.0, 2.0, 3.0].iter().position(|&places| decimals <= places).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_no_smaller_than_asked() {
        for (step, round) in [
            (0.3, 0.5),
            (0.5, 0.5),
            (1.0, 1.0),
            (1.1, 2.0),
            (2.8, 5.0),
            (7.0, 10.0),
            (0.0, 1.0),
            (f64::NAN, 1.0),
        ] {
            assert!((round_step(step) - round).abs() < 1e-12, "{step}");
        }
    }

    #[test]
    fn an_axis_holds_its_values_and_zero_where_asked() {
        let axis = Axis::around_zero([1.9, 2.7].into_iter());
        assert_eq!((axis.lowest, axis.highest, axis.places), (0.0, 3.0, 0));
        let below = Axis::around_zero([-1.6, -0.8].into_iter());
        assert_eq!((below.lowest, below.highest, below.places), (-2.0, 0.0, 1));
        let apart = Axis::around([20.2, 23.6].into_iter());
        assert_eq!((apart.lowest, apart.highest), (20.0, 24.0));
        let nothing = Axis::around([f64::NAN].into_iter());
        assert_eq!((nothing.lowest, nothing.highest), (0.0, 1.0));
    }
}
