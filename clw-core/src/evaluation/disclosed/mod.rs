//! An evaluation as it may leave the programme: what is hidden is not in it.

mod cells;

use serde::{Deserialize, Serialize};

use self::cells::{Key, Outcome, STEPS, Step, Whose, tables};
use super::findings::MeasureFindings;
use super::{Evaluation, EvaluationError, FEW_PAIRS, Provenance};
use crate::change::{Moments, ReliableChangeRule};
use crate::completion::{GroupBy, ImprovedBounds};
use crate::disclosure::{DisclosureError, Profile, Published, PublishedCount, PublishedShare};
use crate::estimate::{ConfidenceLevel, Interval};
use crate::instrument::Scale;
use crate::pairing::{Counted, Fate, FlowBox, PairingRule};

/// An evaluation after disclosure control: the one source of every table, sentence, chart and file
/// that is published.
///
/// Its counts are protected together, over all measures, rules, groups and classes, with the sums
/// between them; [`disclosure`](crate::disclosure) says against whom. Shares, bounds and means are
/// made of what is shown. What is hidden is not in it, so nothing that is made of it can give it
/// away, and no two things made of it can disagree.
///
/// Under every profile it leaves out the pair-count tables, least and greatest scores, medians,
/// times to follow-up, what single rows were rejected for, means of fewer than [`FEW_PAIRS`] pairs,
/// and the groups of each link worker: how one person's work came out is for the programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedEvaluation {
    /// How the evaluation was obtained.
    pub provenance: Provenance,
    /// What was hidden.
    pub profile: Profile,
    /// The people.
    pub people: PublishedCount,
    /// Their episodes.
    pub episodes: PublishedCount,
    /// Whether the episodes are over.
    pub closures: DisclosedClosures,
    /// Each measure of the plan.
    pub measures: Vec<DisclosedMeasure>,
}

/// How many episodes are open or closed, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedClosures {
    /// No closure.
    pub open: PublishedCount,
    /// A closure that a later attended contact overtook.
    pub reopened: PublishedCount,
    /// A recorded closure.
    pub recorded: PublishedCount,
    /// A closure inferred from inactivity.
    pub inferred_inactive: PublishedCount,
}

/// What is published of one measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMeasure {
    /// The instrument's id.
    pub instrument: String,
    /// Its name, for print.
    pub title: String,
    /// The measure's id.
    pub measure: String,
    /// Its name, for print.
    pub label: String,
    /// The scale its scores lie on.
    pub scale: Scale,
    /// The boxes from referred to paired, each with those who did not go on to the next.
    pub flow: Vec<DisclosedBox>,
    /// The rates between them.
    pub completion: DisclosedCompletion,
    /// What changed among the pairs.
    pub change: DisclosedChange,
    /// The groups of the plan.
    pub groups: Vec<DisclosedGroup>,
    /// Completion under every pairing rule of the plan, the main one first.
    pub rules: Vec<DisclosedRule>,
}

/// One box of a flow, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBox {
    /// The box.
    #[serde(rename = "box")]
    pub flow_box: FlowBox,
    /// The episodes in it.
    pub episodes: PublishedCount,
    /// What became of those who did not go on to the next box: every fate, also where it is nobody's.
    pub left: Vec<DisclosedFate>,
}

/// The episodes of one fate, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedFate {
    /// The fate.
    pub fate: Fate,
    /// The episodes.
    pub episodes: PublishedCount,
}

/// The completion rates of a flow, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedCompletion {
    /// Scored baselines of those eligible.
    pub baseline_completion: PublishedShare,
    /// Pairs of those whose follow-up is due and who have a baseline: the headline.
    pub paired_completion: PublishedShare,
    /// Pairs of all eligible.
    pub coverage: PublishedShare,
}

/// What changed among the pairs of a measure, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedChange {
    /// The pairs.
    pub pairs: PublishedCount,
    /// Means before and after; `None` where there are few pairs or a count would follow.
    pub means: Option<DisclosedMeans>,
    /// Improved, same and worse, by any amount.
    pub any_change: DisclosedClasses,
    /// What the share improved could be among all due; `None` where it rests on a hidden count.
    pub improved_bounds: Option<ImprovedBounds>,
    /// The same by each rule of reliable change.
    pub reliable_change: Vec<DisclosedReliableChange>,
    /// Moves between bands.
    pub transitions: Vec<DisclosedTransitions>,
}

/// Means of the pairs, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedMeans {
    /// The mean baseline.
    pub baseline: f64,
    /// The mean change.
    pub change: f64,
    /// The interval of the mean change, Student's t; absent where the changes have no spread.
    pub interval: Option<Interval>,
}

/// Improved, same and worse, as published; each of all pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedClasses {
    /// Better.
    pub improved: PublishedShare,
    /// Neither.
    pub same: PublishedShare,
    /// Worse.
    pub worse: PublishedShare,
}

/// The classes of one rule of reliable change, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedReliableChange {
    /// The rule.
    pub rule: ReliableChangeRule,
    /// The classes.
    pub classes: DisclosedClasses,
}

/// Moves between bands, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedTransitions {
    /// The band set, or the cut.
    pub band_set: String,
    /// The bands' ids, in order.
    pub bands: Vec<String>,
    /// `pairs[from][to]`.
    pub pairs: Vec<Vec<PublishedCount>>,
    /// All from each band.
    pub from: Vec<PublishedCount>,
    /// All to each band.
    pub to: Vec<PublishedCount>,
}

/// One group of a measure, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedGroup {
    /// What is grouped by.
    pub by: GroupBy,
    /// The group.
    pub group: String,
    /// The boxes referred, eligible, baseline valid, due and paired.
    pub boxes: Vec<DisclosedGroupBox>,
    /// The rates between them.
    pub completion: DisclosedCompletion,
    /// Those with a better score, of its pairs.
    pub improved: PublishedShare,
    /// Means; `None` where there are few pairs, or where few are left when the groups with means
    /// are subtracted from all.
    pub means: Option<DisclosedMeans>,
}

/// The episodes of a group in one box, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedGroupBox {
    /// The box.
    #[serde(rename = "box")]
    pub flow_box: FlowBox,
    /// The episodes in it.
    pub episodes: PublishedCount,
}

/// Completion under one pairing rule, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedRule {
    /// The rule.
    pub rule: PairingRule,
    /// Pairs of those due under it.
    pub paired_completion: PublishedShare,
}

impl Evaluation {
    /// The evaluation as it may be published under a profile.
    ///
    /// ```
    /// use clw_core::caseload::RowAccount;
    /// use clw_core::disclosure::{Profile, PublishedCount};
    /// use clw_core::evaluation::Plan;
    /// use clw_core::instrument::Registry;
    ///
    /// let plan = Plan::from_toml(r#"
    /// title = "Example Valley"
    /// as-of = "2026-06-30"
    /// measures = [{ instrument = "swemwbs" }]
    /// pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
    /// "#)?;
    /// let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
    /// let disclosed = evaluation.disclosed(&Profile::default())?;
    /// assert_eq!(disclosed.episodes, PublishedCount::Shown(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DisclosureError`], which no evaluation of people causes.
    pub fn disclosed(&self, profile: &Profile) -> Result<DisclosedEvaluation, DisclosureError> {
        let published = tables(self)?.protect(profile)?;
        let view = View { published: &published, level: self.plan().plan().interval_level };
        let closure = |place| view.count(&Key::Closure(place));
        let measures = self.findings.iter().enumerate();
        Ok(DisclosedEvaluation {
            provenance: self.provenance.clone(),
            profile: *profile,
            people: view.count(&Key::People),
            episodes: view.count(&Key::Episodes),
            closures: DisclosedClosures {
                open: closure(0),
                reopened: closure(1),
                recorded: closure(2),
                inferred_inactive: closure(3),
            },
            measures: measures.map(|(place, found)| view.measure(self, place, found)).collect(),
        })
    }
}

impl DisclosedEvaluation {
    /// What is published as JSON. Equal evaluations have equal bytes under equal profiles.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::Unreadable`] if it cannot be written, which no known content causes.
    pub fn to_json(&self) -> Result<String, EvaluationError> {
        serde_json::to_string(self)
            .map_err(|error| EvaluationError::Unreadable { reason: error.to_string() })
    }
}

/// The published counts by what they are of.
struct View<'v> {
    published: &'v Published<Key>,
    level: ConfidenceLevel,
}

impl View<'_> {
    /// What is not in the tables is not published.
    fn count(&self, key: &Key) -> PublishedCount {
        self.published.get(key).unwrap_or(PublishedCount::Hidden)
    }

    fn share(&self, count: &Key, of: &Key) -> PublishedShare {
        PublishedShare::of(self.count(count), self.count(of), self.level)
    }

    fn measure(
        &self,
        evaluation: &Evaluation,
        place: usize,
        found: &MeasureFindings,
    ) -> DisclosedMeasure {
        let all = Whose::all(place);
        DisclosedMeasure {
            instrument: found.instrument.clone(),
            title: found.title.clone(),
            measure: found.measure.clone(),
            label: found.label.clone(),
            scale: found.scale,
            flow: FlowBox::ALL.iter().map(|at| self.flow_box(&all, *at)).collect(),
            completion: self.completion(&all),
            change: self.change(&all, found),
            groups: self.groups(place, found),
            rules: self.rules(evaluation, place),
        }
    }

    fn flow_box(&self, whose: &Whose, at: FlowBox) -> DisclosedBox {
        let here = |fate: &&Fate| fate.last_box() == at && **fate != Fate::Paired;
        let fate = |fate: &Fate| DisclosedFate {
            fate: *fate,
            episodes: self.count(&whose.step(Step::Ended(*fate))),
        };
        DisclosedBox {
            flow_box: at,
            episodes: self.count(&whose.step(Step::In(at))),
            left: Fate::ALL.iter().filter(here).map(fate).collect(),
        }
    }

    fn completion(&self, whose: &Whose) -> DisclosedCompletion {
        let rate = |part, of| self.share(&whose.step(Step::In(part)), &whose.step(Step::In(of)));
        DisclosedCompletion {
            baseline_completion: rate(FlowBox::BaselineValid, FlowBox::Eligible),
            paired_completion: rate(FlowBox::Paired, FlowBox::Due),
            coverage: rate(FlowBox::Paired, FlowBox::Eligible),
        }
    }

    fn change(&self, all: &Whose, found: &MeasureFindings) -> DisclosedChange {
        let classes = |key: &dyn Fn(usize) -> Outcome| {
            let share = |class| self.share(&all.change(key(class)), &all.pairs());
            DisclosedClasses { improved: share(0), same: share(1), worse: share(2) }
        };
        let any_change = classes(&Outcome::Any);
        let due = self.count(&all.step(Step::In(FlowBox::Due))).shown();
        let bounds = any_change.improved.count.shown().zip(any_change.improved.of.shown()).zip(due);
        let reliable = found.change.reliable_change.iter().enumerate();
        let change = &found.change;
        let means = self.means(all, found.scale, &change.baseline, &change.change, || {
            change.paired_t.computed().map(|test| test.interval)
        });
        DisclosedChange {
            pairs: self.count(&all.pairs()),
            means,
            any_change,
            improved_bounds: bounds
                .map(|((improved, paired), due)| ImprovedBounds::of(improved, paired, due)),
            reliable_change: reliable
                .map(|(rule, counts)| DisclosedReliableChange {
                    rule: counts.rule.clone(),
                    classes: classes(&|class| Outcome::Rule(rule, class)),
                })
                .collect(),
            transitions: self.transitions(all, found),
        }
    }

    /// Means of pairs that are many, where no count follows from a mean: of two values it is a
    /// share, and of three it fixes one count by the others.
    fn means(
        &self,
        whose: &Whose,
        scale: Scale,
        baseline: &Moments,
        change: &Moments,
        interval: impl FnOnce() -> Option<Interval>,
    ) -> Option<DisclosedMeans> {
        let pairs = self.count(&whose.pairs()).shown()?;
        let values = i64::from(scale.highest.0) - i64::from(scale.lowest.0) + 1;
        if pairs < FEW_PAIRS || change.n < FEW_PAIRS || values <= 3 {
            return None;
        }
        Some(DisclosedMeans {
            baseline: *baseline.mean.computed()?,
            change: *change.mean.computed()?,
            interval: interval(),
        })
    }

    fn transitions(&self, all: &Whose, found: &MeasureFindings) -> Vec<DisclosedTransitions> {
        let count = |outcome| self.count(&all.change(outcome));
        let transitions = found.change.transitions.iter().enumerate();
        transitions
            .map(|(set, moves)| {
                let bands = 0..moves.bands.len();
                let row = |from| bands.clone().map(move |to| Outcome::Moved(set, from, to));
                DisclosedTransitions {
                    band_set: moves.band_set.clone(),
                    bands: moves.bands.clone(),
                    pairs: bands.clone().map(|from| row(from).map(count).collect()).collect(),
                    from: bands.clone().map(|band| count(Outcome::From(set, band))).collect(),
                    to: bands.clone().map(|band| count(Outcome::To(set, band))).collect(),
                }
            })
            .collect()
    }

    fn groups(&self, place: usize, found: &MeasureFindings) -> Vec<DisclosedGroup> {
        let mut groups: Vec<DisclosedGroup> = found
            .groups
            .iter()
            .filter(|group| may_leave(group.by))
            .map(|group| {
                let whose = Whose::group(place, group.by, &group.group);
                let benefit = &group.benefit;
                let means =
                    self.means(&whose, found.scale, &benefit.baseline, &benefit.change, || {
                        benefit.mean_change_interval.computed().copied()
                    });
                let in_box = |at| DisclosedGroupBox {
                    flow_box: at,
                    episodes: self.count(&whose.step(Step::In(at))),
                };
                DisclosedGroup {
                    by: group.by,
                    group: group.group.clone(),
                    boxes: STEPS.into_iter().map(in_box).collect(),
                    completion: self.completion(&whose),
                    improved: self.share(&whose.change(Outcome::Any(0)), &whose.pairs()),
                    means,
                }
            })
            .collect();
        for by in found.groups.iter().map(|group| group.by) {
            hide_means_that_leave_few(&mut groups, by, found);
        }
        groups
    }

    fn rules(&self, evaluation: &Evaluation, place: usize) -> Vec<DisclosedRule> {
        let plan = evaluation.plan().plan();
        let parts = (0..plan.compare.len()).map(|rule| Whose::compared(place, rule));
        let rules = core::iter::once(&plan.pairing).chain(&plan.compare);
        let whose = core::iter::once(Whose::all(place)).chain(parts);
        rules
            .zip(whose)
            .map(|(rule, whose)| DisclosedRule {
                rule: rule.clone(),
                paired_completion: self.completion(&whose).paired_completion,
            })
            .collect()
    }
}

/// Whether groups of this kind may leave the programme.
fn may_leave(by: GroupBy) -> bool {
    by != GroupBy::Worker
}

/// The mean of all less the means of some groups is the mean of the rest, which must not be few
/// either: the smallest means go until it is not.
fn hide_means_that_leave_few(groups: &mut [DisclosedGroup], by: GroupBy, found: &MeasureFindings) {
    let pairs = |group: &DisclosedGroup| {
        let of = |of: &&super::GroupFindings| of.by == by && of.group == group.group;
        found.groups.iter().find(of).map_or(0, |group| group.benefit.change.n)
    };
    loop {
        let with_means = groups.iter_mut().filter(|group| group.by == by && group.means.is_some());
        let mut with_means: Vec<_> = with_means.collect();
        let shown: u64 = with_means.iter().map(|group| pairs(group)).sum();
        let rest = found.change.n.saturating_sub(shown);
        if rest == 0 || rest >= FEW_PAIRS {
            return;
        }
        with_means.sort_by_key(|group| (pairs(group), group.group.clone()));
        let Some(smallest) = with_means.first_mut() else { return };
        smallest.means = None;
    }
}
