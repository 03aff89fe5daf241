//! The areas of a star together, and those asked again long after the end, as published.

use serde::{Deserialize, Serialize};

use super::super::counts::MeasureCounts;
use super::super::joint::JointFindings;
use super::came::Pairs;
use super::keys::{Again, Areas, Key};
use super::means::{Division, improved_or_not};
use super::{DisclosedMeans, View};
use crate::change::PairCounts;
use crate::disclosure::{PublishedCount, PublishedShare};

/// What is published of an instrument with several measures in the plan, such as a star.
///
/// The p of its areas are left out, as all p are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedJoint {
    /// The instrument's id.
    pub instrument: String,
    /// Its name, for print.
    pub title: String,
    /// The ids of the measures looked at together.
    pub measures: Vec<String>,
    /// The episodes with a pair in one area at least.
    pub episodes: PublishedCount,
    /// These, of those whose follow-up is due in one area at least.
    pub paired_completion: PublishedShare,
    /// Those with a pair in each area in which it is due, of the same.
    pub paired_throughout: PublishedShare,
    /// Those that moved forward in one area at least.
    pub forward_in_at_least_one: PublishedShare,
    /// Those that moved back in one area at least.
    pub back_in_at_least_one: PublishedShare,
    /// Those that moved forward in one area at least and back in another.
    pub forward_and_back: PublishedShare,
    /// How many moved forward in none, one, two, … of the areas.
    pub by_areas_forward: Vec<PublishedCount>,
}

/// Those asked again some time after the end, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedAfterExit {
    /// How many days after the end a sitting has to be.
    pub days: u32,
    /// Episodes with such a sitting, of those with a baseline that ended so long ago.
    pub followed_up: PublishedShare,
    /// What changed from the baseline to it.
    pub since_baseline: DisclosedBenefit,
    /// What changed from the end to it: whether a gain has lasted.
    pub since_exit: DisclosedBenefit,
}

/// What changed over one stretch, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedBenefit {
    /// Those who improved by any amount, of those with both scores.
    pub improved: PublishedShare,
    /// Means; `None` where there are few, or a count would follow.
    pub means: Option<DisclosedMeans>,
}

impl View<'_> {
    pub(super) fn joint(&self, star: usize, found: &JointFindings) -> DisclosedJoint {
        let key = |of| Key::Star(star, of);
        let share = |of| self.share(&key(of), &key(Areas::All));
        let areas = 0..=found.measures.len();
        DisclosedJoint {
            instrument: found.instrument.clone(),
            title: found.title.clone(),
            measures: found.measures.clone(),
            episodes: self.count(&key(Areas::All)),
            paired_completion: self.share(&key(Areas::All), &key(Areas::Due)),
            paired_throughout: self.share(&key(Areas::Throughout), &key(Areas::Due)),
            forward_in_at_least_one: share(Areas::Forward),
            back_in_at_least_one: share(Areas::Back),
            forward_and_back: share(Areas::Both),
            by_areas_forward: areas.map(|of| self.count(&key(Areas::ForwardIn(of)))).collect(),
        }
    }

    pub(super) fn after_exit(
        &self,
        days: Option<u32>,
        place: usize,
        counts: &MeasureCounts,
    ) -> Option<DisclosedAfterExit> {
        let (days, counts) = days.zip(counts.after_exit.as_ref())?;
        let benefit = |of: Pairs<'_>, pairs: &PairCounts, [all, improved, others]: [Again; 3]| {
            let key = |of| Key::AfterExit(place, of);
            let division = Division {
                classes: vec![key(improved), key(others)],
                class_of: improved_or_not(pairs),
            };
            DisclosedBenefit {
                improved: self.share(&key(improved), &key(all)),
                means: self.means_of(&key(all), &of, pairs, &[division]),
            }
        };
        Some(DisclosedAfterExit {
            days,
            followed_up: self
                .share(&Key::AfterExit(place, Again::Asked), &Key::AfterExit(place, Again::Ended)),
            since_baseline: benefit(
                Pairs::SinceBaseline(place),
                &counts.since_baseline,
                [Again::Asked, Again::AskedImproved, Again::AskedNotImproved],
            ),
            since_exit: benefit(
                Pairs::SinceExit(place),
                &counts.since_exit,
                [Again::SinceExit, Again::SinceExitImproved, Again::SinceExitNotImproved],
            ),
        })
    }
}
