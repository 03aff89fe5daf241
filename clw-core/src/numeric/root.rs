//! One root of an increasing function.

/// A function at one point.
pub(crate) struct Point {
    pub(crate) value: f64,
    pub(crate) slope: f64,
    /// The step from here that is too small to matter.
    pub(crate) tolerance: f64,
}

/// The root of an increasing function between `low` and `high`, from `start`.
///
/// Newton's step is taken while it stays inside what is known of the root and does not swing
/// back nearly as far as it came, else the bracket is halved.
pub(crate) fn increasing(
    (mut low, mut high): (f64, f64),
    start: f64,
    function: impl Fn(f64) -> Point,
) -> f64 {
    let mut x = start.max(low).min(high);
    let mut came = 0.0;
    // Halving alone needs about 70 steps from the widest bracket used here.
    for _ in 0..100 {
        let Point { value, slope, tolerance } = function(x);
        if value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = -value / slope;
        let swings = came * newton < -0.5 * came * came;
        // Not inside for NaN too: a slope that underflowed says nothing.
        let inside = low <= x + newton && x + newton <= high;
        came = if inside && !swings { newton } else { 0.5 * (low + high) - x };
        x += came;
        if libm::fabs(came) <= tolerance {
            break;
        }
    }
    x
}
