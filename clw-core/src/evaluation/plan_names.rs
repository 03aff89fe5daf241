//! Names of the records that a plan mentions, and whether any record holds them.
//!
//! A practice that is misspelt in a plan matches nobody, and nothing else would tell. So each name is
//! counted, and where no record holds it the names most like it are kept. Both add up over the parts
//! of a caseload: a name that one part holds is found, and the nearest of two short lists are the
//! nearest of all.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::caseload::{CountOverflow, Episode, add_count};
use crate::pairing::Eligibility;

/// What a name of a plan is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NamedThing {
    /// A practice.
    Practice,
    /// A programme.
    Programme,
}

/// A name in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlanName<'p> {
    pub(super) of: NamedThing,
    pub(super) name: &'p str,
    /// Where it stands, as paths into the plan with places counted from 1.
    pub(super) settings: Vec<String>,
}

/// In how many episodes a name of the plan was found, in the order of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NameCounts {
    /// The episodes.
    pub episodes: u64,
    /// The names in the records that are most like it, the nearest first, where no episode has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
}

/// So many names of the records are kept.
const NEAREST_KEPT: usize = 3;

/// So many letters of a name are compared and kept: a column of notes may be mapped by mistake.
const LETTERS_KEPT: usize = 100;

impl Plan {
    /// The names of practices and programmes, each once, in the order of the plan.
    pub(super) fn names(&self) -> Vec<PlanName<'_>> {
        let mut names = Vec::new();
        asked(&self.eligibility, "eligibility", &mut names);
        for (place, measure) in (1..).zip(&self.measures) {
            if let Some(eligibility) = &measure.eligibility {
                asked(eligibility, &format!("measures.{place}.eligibility"), &mut names);
            }
        }
        for (place, change) in (1..).zip(&self.before_after) {
            let setting = format!("before-after.{place}.practices");
            push(NamedThing::Practice, &change.practices, &setting, &mut names);
        }
        names
    }
}

fn asked<'p>(rule: &'p Eligibility, setting: &str, names: &mut Vec<PlanName<'p>>) {
    match rule {
        Eligibility::Practices { practices } => {
            push(NamedThing::Practice, practices, setting, names);
        }
        Eligibility::Programmes { programmes } => {
            push(NamedThing::Programme, programmes, setting, names);
        }
        Eligibility::AllOf { rules } => rules.iter().for_each(|rule| asked(rule, setting, names)),
        Eligibility::Seen
        | Eligibility::AttendedAtLeast { .. }
        | Eligibility::FirstSeenBetween { .. } => {}
    }
}

fn push<'p>(of: NamedThing, listed: &'p [String], setting: &str, names: &mut Vec<PlanName<'p>>) {
    for name in listed {
        let known = names.iter_mut().find(|known| known.of == of && known.name == name);
        match known {
            Some(known) if known.settings.iter().any(|known| known == setting) => {}
            Some(known) => known.settings.push(setting.to_owned()),
            None => names.push(PlanName { of, name, settings: vec![setting.to_owned()] }),
        }
    }
}

impl NameCounts {
    /// Nothing found yet.
    pub(super) fn none(plan: &Plan) -> Vec<Self> {
        plan.names().iter().map(|_| Self::default()).collect()
    }

    pub(super) fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        add_count(&mut self.episodes, other.episodes)?;
        self.nearest.extend_from_slice(&other.nearest);
        Ok(())
    }

    /// Leaves the nearest to the name, and none where the records hold it.
    pub(super) fn settle(&mut self, name: &str) {
        if self.episodes > 0 {
            self.nearest.clear();
            return;
        }
        let wanted = kept(name).to_lowercase();
        let far = |of: &String| strsim::levenshtein(&of.to_lowercase(), &wanted);
        self.nearest.sort_by_cached_key(|of| (far(of), of.clone()));
        self.nearest.dedup();
        self.nearest.truncate(NEAREST_KEPT);
    }

    /// Whether these are counts of the names of this plan, of so many episodes.
    pub(super) fn fit(counts: &[Self], plan: &Plan, episodes: u64) -> bool {
        let names = plan.names();
        counts.len() == names.len()
            && counts.iter().zip(&names).all(|(counts, of)| {
                let mut settled = counts.clone();
                settled.settle(of.name);
                counts.episodes <= episodes && settled == *counts
            })
    }
}

fn kept(name: &str) -> String {
    name.chars().take(LETTERS_KEPT).collect()
}

/// The names in the records while people go by, of what the plan names.
#[derive(Debug, Clone)]
pub(super) struct NamesSeen(BTreeMap<NamedThing, BTreeMap<String, u64>>);

impl NamesSeen {
    pub(super) fn new(plan: &Plan) -> Self {
        let named: BTreeSet<NamedThing> = plan.names().iter().map(|name| name.of).collect();
        Self(named.into_iter().map(|of| (of, BTreeMap::new())).collect())
    }

    pub(super) fn add(&mut self, episode: &Episode) {
        for (of, seen) in &mut self.0 {
            let recorded = match of {
                NamedThing::Practice => &episode.practice,
                NamedThing::Programme => &episode.programme,
            };
            let Some(name) = recorded.value() else { continue };
            match seen.get_mut(name) {
                Some(episodes) => *episodes += 1,
                None => {
                    seen.insert(name.clone(), 1);
                }
            }
        }
    }

    /// Moves what was seen to the counts.
    pub(super) fn flush(
        &mut self,
        plan: &Plan,
        counts: &mut [NameCounts],
    ) -> Result<(), CountOverflow> {
        for (counts, name) in counts.iter_mut().zip(plan.names()) {
            let Some(seen) = self.0.get(&name.of) else { continue };
            let episodes = seen.get(name.name).copied().unwrap_or(0);
            let nearest = seen.keys().map(|name| kept(name)).collect();
            counts.merge(&NameCounts { episodes, nearest })?;
            counts.settle(name.name);
        }
        self.0.values_mut().for_each(BTreeMap::clear);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caseload::Recorded;

    const PLAN: &str = r#"{
        "title": "T", "as-of": "2026-06-30",
        "measures": [{"instrument": "ucla-3", "eligibility":
            {"rule": "all-of", "rules": [{"rule": "practices", "practices": ["Carnbeg", "Dunlarg"]}]}}],
        "pairing": {"baseline": {"rule": "first"}, "end-point": {"rule": "last"},
            "due": {"rule": "closed"}},
        "eligibility": {"rule": "programmes", "programmes": ["Example Valley"]},
        "before-after": [{"name": "Paper", "practices": ["Dunlarg"],
            "before": {"from": "2024-04", "to": "2024-12"},
            "after": {"from": "2025-04", "to": "2026-06"}}]
    }"#;

    fn counts(plan: &Plan, practices: &[&str]) -> Vec<NameCounts> {
        let mut seen = NamesSeen::new(plan);
        for practice in practices {
            let practice = Recorded::Value((*practice).to_owned());
            seen.add(&Episode { practice, ..Episode::default() });
        }
        let mut counts = NameCounts::none(plan);
        seen.flush(plan, &mut counts).unwrap();
        assert!(NameCounts::fit(&counts, plan, practices.len() as u64));
        counts
    }

    #[test]
    fn each_name_of_a_plan_is_looked_for_once_wherever_it_stands() {
        let plan: Plan = serde_json::from_str(PLAN).unwrap();
        let names: Vec<(&str, String)> =
            plan.names().iter().map(|of| (of.name, of.settings.join(", "))).collect();
        assert_eq!(
            names,
            [
                ("Example Valley", "eligibility".to_owned()),
                ("Carnbeg", "measures.1.eligibility".to_owned()),
                ("Dunlarg", "measures.1.eligibility, before-after.1.practices".to_owned()),
            ]
        );
    }

    #[test]
    fn a_name_that_no_record_holds_has_the_nearest_there_are() {
        let plan: Plan = serde_json::from_str(PLAN).unwrap();
        let found =
            counts(&plan, &["Carnbeg", "Dunlarig", "Eskfallan", "Dunlarig", "Lochbrae", "X"]);
        assert_eq!(found[0], NameCounts::default());
        assert_eq!(found[1], NameCounts { episodes: 1, nearest: vec![] });
        assert_eq!((found[2].episodes, found[2].nearest[0].as_str()), (0, "Dunlarig"));
        assert_eq!(found[2].nearest.len(), NEAREST_KEPT);
        let long = "x".repeat(1 << 20);
        assert_eq!(counts(&plan, &[&long])[1].nearest[0].len(), LETTERS_KEPT);
    }

    #[test]
    fn the_names_of_the_parts_are_those_of_the_whole() {
        let plan: Plan = serde_json::from_str(PLAN).unwrap();
        let all =
            ["Carnbeg", "Dunlarig", "Eskfallan", "Dunlarig", "Lochbrae", "Dunlop", "Dun", "X"];
        for cut in 0..=all.len() {
            let mut sum = counts(&plan, &all[..cut]);
            for ((own, more), of) in
                sum.iter_mut().zip(counts(&plan, &all[cut..])).zip(plan.names())
            {
                own.merge(&more).unwrap();
                own.settle(of.name);
            }
            assert_eq!(sum, counts(&plan, &all), "{cut}");
        }
    }
}
