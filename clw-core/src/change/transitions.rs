//! Moves between bands.

use serde::{Deserialize, Serialize};

use super::{ChangeOptionsError, PairCounts};
use crate::instrument::{BandSet, Points};

/// How many people went from each band to each other band of one band set.
///
/// Bands stand in the order of their definition, empty ones included, never in the order in which
/// they happen to occur. The diagonal holds the people who stayed in their band, whatever their
/// points did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Transitions {
    /// The name of the band set.
    pub band_set: String,
    /// The names of the bands, in the order of their definition.
    pub bands: Vec<String>,
    /// Pairs.
    pub n: u64,
    /// `pairs[from][to]`: one row for each band at baseline, one column for each at follow-up.
    pub pairs: Vec<Vec<u64>>,
}

impl Transitions {
    /// The moves of the pairs of a table between the bands of a set.
    ///
    /// # Errors
    /// When a score is in no band, as happens with the band set of another measure.
    ///
    /// ```
    /// use clw_core::change::{PairCounts, Transitions};
    /// use clw_core::instrument::catalogue;
    ///
    /// let swemwbs = catalogue::find("swemwbs")?;
    /// let wellbeing = swemwbs.measure("wellbeing")?;
    /// let baseline = [1798, 1925, 2154, 2813];
    /// let follow_up = [1798, 2073, 2813, 2813];
    /// let pairs = PairCounts::count_steps(wellbeing.scale(), &baseline, &follow_up)?;
    /// let moves = Transitions::of(&pairs, wellbeing.band_set("england-2010-2013")?)?;
    /// assert_eq!(moves.bands, ["low", "medium", "high"]);
    /// assert_eq!(moves.pairs, [[1, 1, 0], [0, 0, 1], [0, 0, 1]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(pairs: &PairCounts, band_set: &BandSet) -> Result<Self, ChangeOptionsError> {
        let place =
            |points| band_set.position(points).ok_or(ChangeOptionsError::ScoreInNoBand { points });
        let count = band_set.bands.len();
        let mut moves = vec![vec![0_u64; count]; count];
        for cell in pairs.cells() {
            let (from, to) = (place(cell.baseline)?, place(cell.follow_up)?);
            if let Some(moved) = moves.get_mut(from).and_then(|row| row.get_mut(to)) {
                *moved += cell.pairs;
            }
        }
        Ok(Self {
            band_set: band_set.id.to_string(),
            bands: band_set.bands.iter().map(|band| band.id.to_string()).collect(),
            n: pairs.n(),
            pairs: moves,
        })
    }

    /// The moves of the pairs of a table across one cut: below it, and at or above it.
    ///
    /// Which of the two is better is a matter of the measure's direction, not of their order.
    ///
    /// ```
    /// use clw_core::change::{PairCounts, Transitions};
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let phq_9 = catalogue::find("phq-9")?;
    /// let scale = phq_9.measures().first().ok_or("no measure")?.scale();
    /// let pairs = PairCounts::count_steps(scale, &[14, 9, 10], &[9, 9, 4])?;
    /// let caseness = Transitions::at_cut(&pairs, Points(10));
    /// assert_eq!(caseness.band_set, "cut-at-10");
    /// assert_eq!(caseness.bands, ["below", "at-or-above"]);
    /// assert_eq!(caseness.pairs, [[1, 0], [2, 0]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn at_cut(pairs: &PairCounts, lowest_above: Points) -> Self {
        let [mut stayed_below, mut up, mut down, mut stayed_above] = [0; 4];
        for cell in pairs.cells() {
            let above = [cell.baseline, cell.follow_up].map(|points| points.0 >= lowest_above.0);
            *match above {
                [false, false] => &mut stayed_below,
                [false, true] => &mut up,
                [true, false] => &mut down,
                [true, true] => &mut stayed_above,
            } += cell.pairs;
        }
        Self {
            band_set: format!("cut-at-{}", pairs.scale().value(lowest_above)),
            bands: ["below", "at-or-above"].map(String::from).into(),
            n: pairs.n(),
            pairs: vec![vec![stayed_below, up], vec![down, stayed_above]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Direction, Points, Scale, catalogue};

    #[test]
    fn bands_keep_the_order_of_their_definition_and_empty_ones_stay() {
        // ONS4 anxious: very low 0-1, low 2-3, medium 4-5, high 6-10, lower is better.
        let ons4 = catalogue::find("ons4").unwrap();
        let anxious = ons4.measure("anxious").unwrap();
        let pairs = PairCounts::count_steps(anxious.scale(), &[9, 6, 2], &[3, 1, 3]).unwrap();
        let moves = Transitions::of(&pairs, anxious.default_band_set().unwrap()).unwrap();
        assert_eq!(moves.bands, ["very-low", "low", "medium", "high"]);
        assert_eq!(moves.pairs, [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0]]);
    }

    #[test]
    fn the_bands_of_another_measure_are_an_error() {
        let swemwbs = catalogue::find("swemwbs").unwrap();
        let bands = swemwbs.measure("wellbeing").unwrap().default_band_set().unwrap();
        let mut pairs = PairCounts::new(Scale {
            direction: Direction::HigherIsBetter,
            steps_per_unit: 1,
            lowest: Points(0),
            highest: Points(27),
        });
        pairs.add(Points(21), Points(8)).unwrap();
        let error = Transitions::of(&pairs, bands).unwrap_err();
        assert_eq!(error.code(), "score-in-no-band");
        assert_eq!(
            error.to_string(),
            "a score of 21 points lies in none of the bands, fewer than 1; use a band set of the \
             same measure"
        );
    }
}
