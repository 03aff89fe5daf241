//! The relative rank of each band, and the line of a rate on it.

/// The relative ranks of bands, in whole numbers.
///
/// The rank of band i is `xᵢ = Σ_{j<i} pⱼ + pᵢ/2` with p the shares of the population: the place of
/// its middle person, 0 the most deprived of all. Weighted by p the ranks have the mean ½ exactly,
/// so `xᵢ − ½ = cᵢ / 2N` with the whole number `cᵢ = 2 Σ_{j<i} nⱼ + nᵢ − N`. Bross (1958) named them
/// ridits, doi:10.2307/2527727.
#[derive(Debug, Clone)]
pub(super) struct Ridits {
    /// nᵢ and cᵢ.
    bands: Vec<(u64, i128)>,
    /// N, at most 2³².
    people: u64,
    /// Σ nᵢ cᵢ², below 2⁹⁶.
    spread: i128,
}

impl Ridits {
    /// Of the populations of bands, none of them 0, together fewer than 2³².
    pub(super) fn of(populations: impl Iterator<Item = u64> + Clone) -> Self {
        let people = populations.clone().sum();
        let mut before = 0;
        let bands = populations.map(|population| {
            let middle = 2 * before + population;
            before += population;
            (population, i128::from(middle) - i128::from(people))
        });
        let bands: Vec<(u64, i128)> = bands.collect();
        let spread = bands.iter().map(|(n, c)| i128::from(*n) * c * c).sum();
        Self { bands, people, spread }
    }

    pub(super) const fn people(&self) -> u64 {
        self.people
    }

    /// The people of each band, and how far their rank is from ½.
    pub(super) fn centred(&self) -> impl Iterator<Item = (f64, f64)> {
        let twice = 2.0 * self.people as f64;
        self.bands.iter().map(move |(n, c)| (*n as f64, *c as f64 / twice))
    }

    /// Σ nᵢ (xᵢ − ½)².
    pub(super) fn sum_of_squares(&self) -> f64 {
        let twice = 2.0 * self.people as f64;
        self.spread as f64 / (twice * twice)
    }

    /// How much one person of each band pulls the line: `1/N + (xᵢ − ½)² / Σ n (x − ½)²`.
    pub(super) fn leverages(&self) -> impl Iterator<Item = f64> {
        let own = 1.0 / self.people as f64;
        self.bands.iter().map(move |(_, c)| own + (c * c) as f64 / self.spread as f64)
    }
}

/// The least-squares line of a rate on rank, each band weighted by its people.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The mean rate of all people, which is the height of the line at rank ½.
    pub(super) overall: f64,
    /// How much the rate rises from the most to the least deprived.
    pub(super) slope: f64,
    /// How far each band's rate is above the line; 0 where that is no more than rounding.
    pub(super) residuals: Vec<f64>,
}

impl Line {
    /// Through the rates of bands, in their order.
    ///
    /// Rates enter as differences from the first, so that equal rates have a slope of exactly 0.
    pub(super) fn through(ridits: &Ridits, rates: &[f64]) -> Self {
        let first = rates.first().copied().unwrap_or_default();
        let weighted = |weight: fn((f64, f64)) -> f64| -> f64 {
            let terms = ridits.centred().zip(rates).map(|(at, rate)| weight(at) * (rate - first));
            terms.sum()
        };
        let mean = weighted(|(people, _)| people) / ridits.people() as f64;
        let slope = weighted(|(people, centred)| people * centred) / ridits.sum_of_squares();
        let largest = rates.iter().fold(0.0_f64, |largest, rate| largest.max(libm::fabs(*rate)));
        let rounding = 32.0 * f64::EPSILON * largest;
        let residuals = ridits.centred().zip(rates).map(|((_, centred), rate)| {
            let residual = rate - first - mean - slope * centred;
            if libm::fabs(residual) <= rounding { 0.0 } else { residual }
        });
        Self { overall: first + mean, slope, residuals: residuals.collect() }
    }
}
