//! Totals that a source recorded, with the answers or instead of them.

use serde::{Deserialize, Serialize};

use super::Assessment;
use crate::instrument::{Measure, Points};
use crate::score::Unscored;

/// What a source recorded as the total of one measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordedTotal {
    /// No total.
    #[default]
    NotRecorded,
    /// A total, as the exact score that it is or that it is converted to.
    Score(Points),
    /// A number that is no total of the kind that the source is declared to record, raw or metric,
    /// and is one of the other: which of them was meant nobody can say.
    OtherKind,
}

impl RecordedTotal {
    /// The score, where there is one.
    #[must_use]
    pub const fn score(self) -> Option<Points> {
        match self {
            Self::Score(points) => Some(points),
            Self::NotRecorded | Self::OtherKind => None,
        }
    }
}

impl Assessment {
    /// What was recorded as the total of the measure in this place of the instrument's measures.
    #[must_use]
    pub fn total(&self, place: usize) -> RecordedTotal {
        self.totals.get(place).copied().unwrap_or_default()
    }

    /// The score of a measure: that of its answers, or where not one was recorded the total.
    ///
    /// A total beside some answers is never the score: with all of them it adds nothing, and without
    /// some it was made by a rule for blanks that nobody declared.
    ///
    /// # Errors
    ///
    /// [`Unscored`] with the reason why there is no score.
    ///
    /// ```
    /// use clw_core::caseload::{Assessment, RecordedTotal, When};
    /// use clw_core::instrument::{Points, catalogue};
    /// use clw_core::score::{Answer, Unscored};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let mut form = Assessment::new("swemwbs", "2009", When::Occasion(1), vec![Answer::Blank; 7]);
    /// assert_eq!(form.points(wellbeing, 0), Err(Unscored::AllBlank));
    /// form.totals = vec![RecordedTotal::Score(Points(1925))];
    /// assert_eq!(form.points(wellbeing, 0), Ok(Points(1925)));
    /// form.answers[0] = Answer::Given(3);
    /// assert_eq!(form.points(wellbeing, 0), Err(Unscored::Blank));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points(&self, measure: &Measure, place: usize) -> Result<Points, Unscored> {
        match (measure.points(&self.answers), self.total(place)) {
            (Err(Unscored::AllBlank), RecordedTotal::Score(points)) => Ok(points),
            (points, _) => points,
        }
    }
}
