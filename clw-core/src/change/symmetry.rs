//! Tests of moves between any number of bands: Bowker's of symmetry, Stuart and Maxwell's of equal
//! margins.

use serde::{Deserialize, Serialize};

use super::{McNemar, McNemarMethod, Transitions};
use crate::estimate::{Degenerate, Estimate};
use crate::numeric::gamma::chi_squared_sf;

/// The tests of one table of moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TransitionTests {
    /// The name of the band set, or of the cut.
    pub band_set: String,
    /// McNemar's test, where there are two bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcnemar: Option<Estimate<McNemar>>,
    /// Whether as many went from each band to each other as back.
    pub bowker: Estimate<Bowker>,
    /// Whether each band holds the same share of people at both sittings.
    pub stuart_maxwell: Estimate<StuartMaxwell>,
}

impl TransitionTests {
    /// The tests of a table, McNemar's by the method named.
    ///
    /// ```
    /// use clw_core::change::{McNemarMethod, PairCounts, TransitionTests, Transitions};
    /// use clw_core::instrument::catalogue;
    ///
    /// let swemwbs = catalogue::find("swemwbs")?;
    /// let wellbeing = swemwbs.measure("wellbeing")?;
    /// let pairs = PairCounts::count_steps(wellbeing.scale(), &[1798, 1925, 2154], &[2073, 1798, 2813])?;
    /// let moves = Transitions::of(&pairs, wellbeing.band_set("england-2010-2013")?)?;
    /// let tests = TransitionTests::of(&moves, McNemarMethod::Exact);
    /// assert_eq!(tests.mcnemar, None);
    /// assert_eq!(tests.bowker.computed().map(|test| test.df), Some(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(transitions: &Transitions, method: McNemarMethod) -> Self {
        Self {
            band_set: transitions.band_set.clone(),
            mcnemar: McNemar::of(transitions, method).ok(),
            bowker: Bowker::of(transitions).into(),
            stuart_maxwell: StuartMaxwell::of(transitions).into(),
        }
    }
}

/// Bowker's test of symmetry.
///
/// It asks whether as many people went from each band to each other band as came back. For two
/// bands it is McNemar's χ² without correction. χ² = Σ (n_ij − n_ji)²/(n_ij + n_ji) over the pairs of
/// bands between which somebody moved; df is the number of those pairs. Bowker (1948),
/// doi:10.1080/01621459.1948.10483284.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Bowker {
    /// Pairs.
    pub n: u64,
    /// χ².
    pub chi_squared: f64,
    /// Degrees of freedom: the pairs of bands between which somebody moved.
    pub df: u64,
    /// The area of the chi-squared distribution above it, above 0 and at most 1.
    pub p: f64,
}

impl Bowker {
    /// Tests a table.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`], and [`Degenerate::NobodyChangedBand`] where nobody moved.
    ///
    /// ```
    /// use clw_core::change::{Bowker, Transitions};
    ///
    /// let moves = Transitions {
    ///     band_set: "three".to_string(),
    ///     bands: ["low", "medium", "high"].map(String::from).into(),
    ///     n: 20,
    ///     pairs: vec![vec![1, 9, 0], vec![3, 1, 5], vec![0, 1, 0]],
    /// };
    /// let test = Bowker::of(&moves)?;
    /// // 6²/12 + 4²/6; nobody went between low and high.
    /// assert!((test.chi_squared - 17.0 / 3.0).abs() < 1e-14);
    /// assert_eq!(test.df, 2);
    /// # Ok::<(), clw_core::estimate::Degenerate>(())
    /// ```
    pub fn of(transitions: &Transitions) -> Result<Self, Degenerate> {
        let n = transitions.n;
        let (mut chi_squared, mut df) = (0.0, 0_u64);
        for (up, down) in Moves::of(transitions)?.between() {
            if up + down > 0 {
                let difference = up.abs_diff(down) as f64;
                chi_squared += difference * difference / (up + down) as f64;
                df += 1;
            }
        }
        let p = chi_squared_p(chi_squared, df)?;
        Ok(Self { n, chi_squared, df, p })
    }
}

/// Stuart and Maxwell's test of marginal homogeneity.
///
/// It asks whether each band holds the same share of people at both sittings, whatever the ways they
/// took. For two bands it is McNemar's χ² without correction. χ² = d′V⁻d with d_i the people of band i
/// at baseline less those at follow-up, V_ii = the people who left or entered it and
/// V_ij = −(n_ij + n_ji). V⁻ is a generalised inverse and df the rank of V: the bands less the groups of
/// bands that moves connect, so that a band nobody entered or left adds none. Stuart (1955),
/// doi:10.1093/biomet/42.3-4.412; Maxwell (1970), doi:10.1192/bjp.116.535.651.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StuartMaxwell {
    /// Pairs.
    pub n: u64,
    /// χ².
    pub chi_squared: f64,
    /// Degrees of freedom.
    pub df: u64,
    /// The area of the chi-squared distribution above it, above 0 and at most 1.
    pub p: f64,
}

impl StuartMaxwell {
    /// Tests a table.
    ///
    /// # Errors
    /// [`Degenerate::NoPairs`], and [`Degenerate::NobodyChangedBand`] where nobody moved.
    ///
    /// ```
    /// use clw_core::change::{StuartMaxwell, Transitions};
    ///
    /// // Six went round, each from one band to the next: every band has as many before as after.
    /// let moves = Transitions {
    ///     band_set: "three".to_string(),
    ///     bands: ["low", "medium", "high"].map(String::from).into(),
    ///     n: 6,
    ///     pairs: vec![vec![0, 2, 0], vec![0, 0, 2], vec![2, 0, 0]],
    /// };
    /// let test = StuartMaxwell::of(&moves)?;
    /// assert_eq!((test.chi_squared, test.df, test.p), (0.0, 2, 1.0));
    /// # Ok::<(), clw_core::estimate::Degenerate>(())
    /// ```
    pub fn of(transitions: &Transitions) -> Result<Self, Degenerate> {
        let n = transitions.n;
        let (chi_squared, df) = Moves::of(transitions)?.quadratic_form();
        let p = chi_squared_p(chi_squared, df)?;
        Ok(Self { n, chi_squared, df, p })
    }
}

fn chi_squared_p(chi_squared: f64, df: u64) -> Result<f64, Degenerate> {
    if df == 0 {
        return Err(Degenerate::NobodyChangedBand);
    }
    Ok(chi_squared_sf(chi_squared, df as f64).clamp(f64::MIN_POSITIVE, 1.0))
}

/// A table of moves without those who stayed.
struct Moves<'a>(&'a [Vec<u64>]);

impl<'a> Moves<'a> {
    fn of(transitions: &'a Transitions) -> Result<Self, Degenerate> {
        if transitions.n == 0 { Err(Degenerate::NoPairs) } else { Ok(Self(&transitions.pairs)) }
    }

    fn get(&self, from: usize, to: usize) -> u64 {
        self.0.get(from).and_then(|row| row.get(to)).copied().unwrap_or(0)
    }

    /// The moves from each band to each higher one, and back.
    fn between(&self) -> impl Iterator<Item = (u64, u64)> {
        let bands = 0..self.0.len();
        let pairs = bands.flat_map(|low| (low + 1..self.0.len()).map(move |high| (low, high)));
        pairs.map(|(low, high)| (self.get(low, high), self.get(high, low)))
    }

    /// d′V⁻d and the rank of V.
    ///
    /// V is the Laplacian of the graph whose edges are the moves between two bands. Taking out one
    /// band after another, each passes its moves on to those it is connected with: no subtraction,
    /// so a band is left unconnected exactly where nothing connects it.
    fn quadratic_form(&self) -> (f64, u64) {
        let mut bands: Vec<Band> = (0..self.0.len()).map(|band| self.band(band)).collect();
        let (mut form, mut rank) = (0.0, 0);
        while let Some(taken) = bands.pop() {
            let moves: f64 = taken.moves.iter().take(bands.len()).sum();
            if moves == 0.0 {
                continue;
            }
            form += taken.excess * taken.excess / moves;
            rank += 1;
            for (band, share) in bands.iter_mut().zip(taken.moves.iter().map(|with| with / moves)) {
                band.excess += taken.excess * share;
                for (own, passed) in band.moves.iter_mut().zip(&taken.moves) {
                    *own += share * passed;
                }
            }
        }
        (form, rank)
    }

    fn band(&self, band: usize) -> Band {
        let others = 0..self.0.len();
        let left: u64 = others.clone().map(|other| self.get(band, other)).sum();
        let entered: u64 = others.clone().map(|other| self.get(other, band)).sum();
        let excess = left.abs_diff(entered) as f64;
        Band {
            excess: if left < entered { -excess } else { excess },
            moves: others
                .map(|other| (self.get(band, other) + self.get(other, band)) as f64)
                .collect(),
        }
    }
}

/// A band while others are taken out.
struct Band {
    /// Its people at baseline less those at follow-up.
    excess: f64,
    /// Its moves with each band, both ways; those with itself are not looked at.
    moves: Vec<f64>,
}
