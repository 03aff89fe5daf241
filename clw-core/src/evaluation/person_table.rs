//! Each person's own result, for the programme's use. It is never part of what is shared.

use jiff::civil::Date;
use serde::Serialize;

use super::CheckedPlan;
use super::plan::PlannedMeasure;
use crate::caseload::{Episode, Person};
use crate::change::{AnyChange, ClinicalChange, ImportantChange, ReliableChange};
use crate::instrument::Points;
use crate::pairing::{Fate, Scored, SittingRole};

/// One episode of one person under one measure and the main rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PersonRow {
    /// The person's id.
    pub person: String,
    /// The episode's id.
    pub episode: String,
    /// The instrument.
    pub instrument: String,
    /// The measure.
    pub measure: String,
    /// What became of the episode: `paired`, or why it is not.
    pub fate: Fate,
    /// The baseline, where there is one.
    pub baseline: Option<SittingRow>,
    /// The follow-up of a pair.
    pub follow_up: Option<SittingRow>,
    /// What changed, for a pair.
    pub change: Option<ChangeRow>,
    /// The sittings that were not used, in order, and why.
    pub unused: Vec<SittingRole>,
}

/// One sitting of a person's row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SittingRow {
    /// The date, where sittings are dated.
    pub date: Option<Date>,
    /// The exact score, in points of the measure's scale.
    pub points: Points,
    /// The printed score.
    pub score: f64,
    /// The band, where the plan names a band set.
    pub band: Option<String>,
}

/// The change of one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChangeRow {
    /// Follow-up − baseline, in units of the printed score.
    pub score: f64,
    /// Improved, the same or worse.
    pub any: AnyChange,
    /// The class under each rule of reliable change of the plan, in its order. Rules made from the
    /// pairs are not among them: they are known when everybody has been counted.
    pub reliable: Vec<RuleClass<ReliableChange>>,
    /// The class under each rule of reliable change with a cut-off.
    pub clinical: Vec<RuleClass<ClinicalChange>>,
    /// The class under each rule of important change.
    pub important: Vec<RuleClass<ImportantChange>>,
}

/// The class of one person's change under one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RuleClass<T> {
    /// The rule's name: that in the instrument's definition, its method, or its anchor.
    pub rule: String,
    /// The class.
    pub class: T,
}

impl CheckedPlan {
    /// A person's rows: one for each measure and each episode referred by the as-of date, whatever
    /// became of it.
    #[must_use]
    pub fn person_rows(&self, person: &Person) -> Vec<PersonRow> {
        let episodes = person.episodes.iter().filter(|episode| self.includes(episode));
        episodes.flat_map(|episode| self.episode_rows(person, episode)).collect()
    }

    fn episode_rows(&self, person: &Person, episode: &Episode) -> Vec<PersonRow> {
        let standing = self.standing(episode);
        let row = |planned: &PlannedMeasure| {
            let judged = self.judge(planned, episode, &standing);
            let pairing = judged.main;
            let role = |sitting| self.plan.pairing.role(&pairing, &standing, sitting);
            let used = [SittingRole::Baseline, SittingRole::FollowUp];
            let roles = judged.timeline.sittings().iter().map(role);
            PersonRow {
                person: person.id.clone(),
                episode: episode.id.clone(),
                instrument: planned.instrument.id().to_owned(),
                measure: planned.measure.id().to_owned(),
                fate: pairing.fate,
                baseline: pairing.baseline.map(|s| planned.sitting_row(s)),
                follow_up: pairing.follow_up.map(|s| planned.sitting_row(s)),
                change: pairing
                    .baseline
                    .zip(pairing.follow_up)
                    .map(|(baseline, follow_up)| planned.change_row(baseline, follow_up)),
                unused: roles.filter(|role| !used.contains(role)).collect(),
            }
        };
        self.measures.iter().map(row).collect()
    }
}

impl PlannedMeasure {
    fn sitting_row(&self, sitting: Scored) -> SittingRow {
        let band = self.band_set().and_then(|bands| bands.band(sitting.points));
        SittingRow {
            date: sitting.when.date(),
            points: sitting.points,
            score: self.measure.scale().value(sitting.points),
            band: band.map(|band| band.id.to_string()),
        }
    }

    fn change_row(&self, baseline: Scored, follow_up: Scored) -> ChangeRow {
        let scale = self.measure.scale();
        let (baseline, follow_up) = (baseline.points, follow_up.points);
        let plan = &self.plan;
        let reliable = self.reliable_change_rules().into_iter().map(|rule| RuleClass {
            rule: rule.name().to_owned(),
            class: rule.classify(&scale, baseline, follow_up),
        });
        let clinical = plan.clinical_change.iter().map(|rule| RuleClass {
            rule: rule.name(),
            class: rule.classify(&scale, baseline, follow_up),
        });
        let important = plan.important_change.iter().map(|rule| RuleClass {
            rule: rule.anchor().to_owned(),
            class: rule.classify(&scale, baseline, follow_up),
        });
        ChangeRow {
            score: scale.value(Points(follow_up.0 - baseline.0)),
            any: AnyChange::of(scale.direction, baseline, follow_up),
            reliable: reliable.collect(),
            clinical: clinical.collect(),
            important: important.collect(),
        }
    }
}
