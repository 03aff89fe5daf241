//! A measure: what an instrument yields, checked and ready to score.

use super::{
    Certainty, Decimal, LevelOfMeasurement, List, Norm, Points, Reliability, Scale, Text,
    Threshold, UnknownName,
};

/// One score an instrument yields, with its scale, its scoring and its named reference values.
///
/// SWEMWBS has one measure, DASS-21 three, ONS4 four, an Outcomes Star one for each area. The better
/// direction stands in one place, its [`Scale`].
///
/// ```
/// use clw_core::instrument::catalogue;
///
/// let swemwbs = catalogue::find("swemwbs")?;
/// let wellbeing = swemwbs.measure("wellbeing")?;
/// assert_eq!(wellbeing.values().len(), 29);
/// assert_eq!(wellbeing.scale().value(wellbeing.values()[1]), 9.51);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub(crate) id: Text,
    pub(crate) label: Text,
    pub(crate) scale: Scale,
    pub(crate) level: LevelOfMeasurement,
    pub(crate) items: List<MeasureItem>,
    pub(crate) missing_rule: Text,
    pub(crate) missing_rules: List<Text>,
    pub(crate) not_applicable_allowed: bool,
    pub(crate) scoring: Scoring,
    pub(crate) values: List<Points>,
    pub(crate) sources: List<Text>,
    pub(crate) certainty: Certainty,
    pub(crate) band_sets: List<BandSet>,
    pub(crate) default_band_set: Option<Text>,
    pub(crate) change_rules: List<ChangeRule>,
    pub(crate) default_change_rule: Option<Text>,
    pub(crate) norms: List<Norm>,
    pub(crate) reliabilities: List<Reliability>,
}

/// An item of a measure and where its answer stands on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureItem {
    /// The item's name.
    pub id: Text,
    /// Its place among the instrument's items, from 0.
    pub position: usize,
    /// The lowest code.
    pub lowest: i32,
    /// The highest code.
    pub highest: i32,
    /// Whether `lowest + highest − code` enters the score.
    pub reversed: bool,
}

/// How the sum of the answered items becomes points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scoring {
    /// Points are the sum times `factors[answered]`; 0 where that few answers make no score.
    Linear { factors: List<i32> },
    /// Points are looked up at `sum − lowest_raw`; every item must be answered.
    Table { lowest_raw: i32, points: List<Points> },
}

/// A named, checked way to cut a measure into bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandSet {
    /// The name a plan chooses it by.
    pub id: Text,
    /// The name printed in reports.
    pub label: Text,
    /// The bands, from the lowest score to the highest; each score lies in exactly one.
    pub bands: List<Band>,
    /// Where the edges are published.
    pub sources: List<Text>,
    /// How sure the edges are.
    pub certainty: Certainty,
}

/// One band of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The name it is known by.
    pub id: Text,
    /// The name printed in reports.
    pub label: Text,
    /// The lowest score there is in the band.
    pub lowest: Points,
    /// The highest score there is in the band.
    pub highest: Points,
}

impl BandSet {
    /// The place of a score's band in [`bands`](Self::bands), or `None` off the scale.
    #[must_use]
    pub fn position(&self, points: Points) -> Option<usize> {
        self.bands.iter().position(|band| band.lowest.0 <= points.0 && points.0 <= band.highest.0)
    }

    /// The band a score lies in, or `None` off the scale.
    #[must_use]
    pub fn band(&self, points: Points) -> Option<&Band> {
        self.position(points).and_then(|position| self.bands.get(position))
    }
}

/// A named threshold for a person's change on a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRule {
    /// The name a plan chooses it by.
    pub id: Text,
    /// What meeting it means, as printed in reports.
    pub label: Text,
    /// The threshold as published, in units of the printed score.
    pub threshold: Threshold,
    /// The smallest change on the measure's scale that meets it, in steps.
    pub fewest_steps: i32,
    /// Where the threshold is published.
    pub sources: List<Text>,
    /// How sure the threshold is.
    pub certainty: Certainty,
}

impl ChangeRule {
    /// Whether a change of this many steps, up or down, meets the threshold: exact, no float.
    #[must_use]
    pub const fn is_met_by(&self, change_steps: i32) -> bool {
        change_steps.unsigned_abs() >= self.fewest_steps.unsigned_abs()
    }
}

impl Measure {
    /// The name it is known by.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name printed in reports.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The scale its scores lie on, with the better direction.
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// What can be said of two of its scores besides which is higher.
    #[must_use]
    pub const fn level_of_measurement(&self) -> LevelOfMeasurement {
        self.level
    }

    /// The items it is scored from, in form order.
    #[must_use]
    pub fn items(&self) -> &[MeasureItem] {
        &self.items
    }

    /// Every score there is, ascending.
    #[must_use]
    pub fn values(&self) -> &[Points] {
        &self.values
    }

    /// The place of a score in [`values`](Self::values), or `None` where it is not a score.
    #[must_use]
    pub fn position(&self, points: Points) -> Option<usize> {
        self.values.binary_search_by_key(&points.0, |value| value.0).ok()
    }

    /// The name of the missing rule it scores by.
    #[must_use]
    pub fn missing_rule(&self) -> &str {
        &self.missing_rule
    }

    /// The names of the missing rules it can score by.
    #[must_use]
    pub fn missing_rules(&self) -> &[Text] {
        &self.missing_rules
    }

    /// The ids of the sources of its scoring rule.
    #[must_use]
    pub fn sources(&self) -> &[Text] {
        &self.sources
    }

    /// How sure its scoring rule is.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// The ways to cut it into bands.
    #[must_use]
    pub fn band_sets(&self) -> &[BandSet] {
        &self.band_sets
    }

    /// The band set of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names there are.
    pub fn band_set(&self, id: &str) -> Result<&BandSet, UnknownName> {
        self.find("band set", id, &self.band_sets, |set| &set.id)
    }

    /// The band set used where none is named.
    #[must_use]
    pub fn default_band_set(&self) -> Option<&BandSet> {
        let id = self.default_band_set.as_deref()?;
        self.band_sets.iter().find(|set| set.id == id)
    }

    /// The band of a score in the band set of this name; `None` where it is not a score.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names of the band sets there are.
    ///
    /// ```
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let band = wellbeing.band("england-2010-2013", Points(1925))?;
    /// assert_eq!(band.map(|band| band.id.as_ref()), Some("low"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn band(&self, set: &str, points: Points) -> Result<Option<&Band>, UnknownName> {
        let set = self.band_set(set)?;
        Ok(self.position(points).and_then(|_| set.band(points)))
    }

    /// The thresholds for a person's change.
    #[must_use]
    pub fn change_rules(&self) -> &[ChangeRule] {
        &self.change_rules
    }

    /// The change rule of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names there are.
    pub fn change_rule(&self, id: &str) -> Result<&ChangeRule, UnknownName> {
        self.find("change rule", id, &self.change_rules, |rule| &rule.id)
    }

    /// The change rule used where none is named.
    #[must_use]
    pub fn default_change_rule(&self) -> Option<&ChangeRule> {
        let id = self.default_change_rule.as_deref()?;
        self.change_rules.iter().find(|rule| rule.id == id)
    }

    /// The published means to compare with.
    #[must_use]
    pub fn norms(&self) -> &[Norm] {
        &self.norms
    }

    /// The norm of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names there are.
    pub fn norm(&self, id: &str) -> Result<&Norm, UnknownName> {
        self.find("norm", id, &self.norms, |norm| &norm.id)
    }

    /// The published reliabilities and measurement errors.
    #[must_use]
    pub fn reliabilities(&self) -> &[Reliability] {
        &self.reliabilities
    }

    /// The reliability of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names there are.
    pub fn reliability(&self, id: &str) -> Result<&Reliability, UnknownName> {
        self.find("reliability", id, &self.reliabilities, |value| &value.id)
    }

    /// A score as printed: exact where its decimals end, else to four decimals.
    #[must_use]
    pub fn printed(&self, points: Points) -> String {
        printed(self.scale, points)
    }

    /// The exact points of a decimal, or `None` where it is no score of this measure.
    #[must_use]
    pub(crate) fn exact(&self, total: Decimal) -> Option<Points> {
        let steps = total.in_steps(self.scale.steps_per_unit)?;
        let points = Points(i32::try_from(steps).ok()?);
        self.position(points).map(|_| points)
    }

    fn find<'a, T>(
        &self,
        kind: &'static str,
        name: &str,
        entries: &'a [T],
        id: impl Fn(&T) -> &Text,
    ) -> Result<&'a T, UnknownName> {
        entries.iter().find(|entry| id(entry) == name).ok_or_else(|| UnknownName {
            kind,
            name: name.into(),
            owner: self.id.to_string(),
            known: entries.iter().map(|entry| id(entry).to_string()).collect(),
        })
    }
}

/// A score as printed: exact where its decimals end, else to four decimals.
pub(crate) fn printed(scale: Scale, points: Points) -> String {
    let mut scaled = i128::from(points.0);
    for places in 0..=4_usize {
        if scaled % i128::from(scale.steps_per_unit) == 0 {
            let text = format!("{:.places$}", scale.value(points));
            return text;
        }
        scaled *= 10;
    }
    format!("{:.4}", scale.value(points))
}
