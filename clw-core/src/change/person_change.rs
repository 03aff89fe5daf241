//! One person's change on one measure, in every way the measure has a name for.

use serde::Serialize;

use super::{AnyChange, PairCountsError, ReliableChange, ReliableChangeRule, Sitting};
use crate::instrument::{Certainty, Measure, Points, Scale};

/// How one person's score changed from one sitting to another.
///
/// It speaks of a person and says nothing of a programme: most people who are seen again have
/// changed, with or without help.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PersonChange<'a> {
    /// The measure's id.
    pub measure: &'a str,
    /// The score at the first of the two sittings.
    pub baseline: SittingScore<'a>,
    /// The score at the second.
    pub follow_up: SittingScore<'a>,
    /// Follow-up − baseline, in units of the printed score. Its sign does not say what is better.
    pub change: f64,
    /// Which way the score moved, by any amount at all.
    pub any_change: AnyChange,
    /// Whether the change meets each change rule of the measure, in the measure's order.
    pub change_rules: Vec<RuleOutcome<'a>>,
}

/// A score of one sitting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SittingScore<'a> {
    /// The exact score, in steps of the measure's scale.
    pub points: Points,
    /// The score as printed.
    pub value: f64,
    /// The id of its band in the default band set, where the measure has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<&'a str>,
}

/// What a change rule makes of a person's change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RuleOutcome<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// What meeting it means, as printed in reports.
    pub label: &'a str,
    /// How sure the rule's threshold is.
    pub certainty: Certainty,
    /// Better or worse by at least the threshold, or neither.
    pub outcome: ReliableChange,
}

impl PersonChange<'_> {
    /// The change as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and finite numbers under text keys, which JSON can always hold.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Measure {
    /// How one person's score changed: by any amount, and by each change rule of the measure.
    ///
    /// # Errors
    ///
    /// [`PairCountsError::OffScale`] for points outside the measure's scale.
    ///
    /// ```
    /// use clw_core::change::{AnyChange, ReliableChange};
    /// use clw_core::instrument::{Points, catalogue};
    ///
    /// let wellbeing = catalogue::find("swemwbs")?.measure("wellbeing")?;
    /// let change = wellbeing.person_change(Points(1798), Points(2154))?;
    /// assert_eq!((change.change, change.any_change), (3.56, AnyChange::Improved));
    /// let nhs_england = &change.change_rules[0];
    /// assert_eq!((nhs_england.rule, nhs_england.outcome), ("nhs-england", ReliableChange::Improved));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn person_change(
        &self,
        baseline: Points,
        follow_up: Points,
    ) -> Result<PersonChange<'_>, PairCountsError> {
        let scale = self.scale();
        for (sitting, points) in [(Sitting::Baseline, baseline), (Sitting::FollowUp, follow_up)] {
            if !scale.contains(points) {
                return Err(PairCountsError::OffScale { row: None, sitting, points, scale });
            }
        }
        let outcomes = self.change_rules().iter().map(|rule| RuleOutcome {
            rule: &rule.id,
            label: &rule.label,
            certainty: rule.certainty,
            outcome: ReliableChangeRule::from(rule).classify(&scale, baseline, follow_up),
        });
        Ok(PersonChange {
            measure: self.id(),
            baseline: self.sitting_score(baseline),
            follow_up: self.sitting_score(follow_up),
            change: printed_change(scale, baseline, follow_up),
            any_change: AnyChange::of(scale.direction, baseline, follow_up),
            change_rules: outcomes.collect(),
        })
    }

    fn sitting_score(&self, points: Points) -> SittingScore<'_> {
        let band = self.default_band_set().and_then(|set| set.band(points));
        let value = self.scale().value(points);
        SittingScore { points, value, band: band.map(|band| band.id.as_ref()) }
    }
}

/// The difference of the exact scores, divided once.
fn printed_change(scale: Scale, baseline: Points, follow_up: Points) -> f64 {
    (f64::from(follow_up.0) - f64::from(baseline.0)) / f64::from(scale.steps_per_unit.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::catalogue;

    fn measure(instrument: &str, id: &str) -> &'static Measure {
        catalogue::find(instrument).unwrap().measure(id).unwrap()
    }

    /// GAD-7, where lower is better: NHS Talking Therapies call a fall of 4 or more reliable.
    #[test]
    fn the_direction_and_the_threshold_decide() {
        let anxiety = measure("gad-7", "anxiety");
        for (follow_up, any_change, outcome) in [
            (8, AnyChange::Improved, ReliableChange::Improved),
            (9, AnyChange::Improved, ReliableChange::Unchanged),
            (12, AnyChange::Same, ReliableChange::Unchanged),
            (15, AnyChange::Worse, ReliableChange::Unchanged),
            (16, AnyChange::Worse, ReliableChange::Deteriorated),
        ] {
            let change = anxiety.person_change(Points(12), Points(follow_up)).unwrap();
            assert_eq!(change.any_change, any_change);
            let rule = change.change_rules.iter().find(|rule| rule.rule == "nhs-talking-therapies");
            assert_eq!(rule.unwrap().outcome, outcome, "to {follow_up}");
        }
    }

    #[test]
    fn a_change_is_one_line_of_json() {
        let satisfaction = measure("ons4", "life-satisfaction");
        let json = satisfaction.person_change(Points(4), Points(7)).unwrap().to_json();
        let start = r#"{"measure":"life-satisfaction","baseline":{"points":4,"value":4.0,"band":"low"},"follow-up":{"points":7,"value":7.0,"band":"high"},"change":3.0,"any-change":"improved","change-rules":["#;
        assert!(json.starts_with(start), "{json}");
    }

    #[test]
    fn points_off_the_scale_are_refused() {
        let wellbeing = measure("swemwbs", "wellbeing");
        let error = wellbeing.person_change(Points(1925), Points(21)).unwrap_err();
        assert_eq!(error.code(), "score-off-scale");
        assert_eq!(
            error.to_string(),
            "the follow-up score is 21 points, outside 700..=3500; score the answers with the \
             measure whose scale the table has"
        );
    }
}
