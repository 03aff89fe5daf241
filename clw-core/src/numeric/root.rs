//! One root of an increasing function.

/// The root of an increasing function between `low` and `high`, from `start`.
///
/// `function` gives its value and its slope. Newton's step is taken while it stays inside what
/// is known of the root, else the bracket is halved; ends when a step is within `tolerance`.
pub(super) fn increasing(
    (mut low, mut high): (f64, f64),
    start: f64,
    tolerance: f64,
    function: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let mut x = start;
    // Halving alone needs about 70 steps from the widest bracket used here.
    for _ in 0..100 {
        let (value, slope) = function(x);
        if value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - value / slope;
        // False for NaN too: a slope that underflowed says nothing.
        let next = if low <= newton && newton <= high { newton } else { 0.5 * (low + high) };
        let moved = libm::fabs(next - x);
        x = next;
        if moved <= tolerance {
            break;
        }
    }
    x
}
