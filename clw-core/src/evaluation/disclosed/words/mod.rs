//! A cell in plain words: in which table it stands, in which row, and what it counts.

mod codes;
mod names;
#[cfg(test)]
mod unique;

use core::fmt;

use self::codes::{
    agains, classes, entries, fields, listings, lists, looks, periods, plain, steps,
};
use super::super::Evaluation;
use super::keys::{Along, Areas, Key, Outcome, Part, Side, Whose};
use crate::disclosure::InRelease;

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Words { evaluation: None }.key(self))
    }
}

impl Key {
    /// The names are those of an evaluation; the places of its plan where there is none.
    pub(super) fn in_words(&self, evaluation: &Evaluation) -> String {
        Words { evaluation: Some(evaluation) }.key(self)
    }
}

/// A count of one of several releases, which are those of some days.
pub(super) fn in_release(cell: &InRelease<Key>, releases: &[&Evaluation]) -> String {
    let day = |release: usize| {
        let of = releases.get(release);
        of.map_or_else(String::new, |of| of.provenance.plan.as_of.to_string())
    };
    let words = |key: &Key, release: usize| match releases.get(release) {
        Some(evaluation) => key.in_words(evaluation),
        None => format!("{key:?}"),
    };
    match cell {
        InRelease::Of(release, key) => {
            format!("{} (in the release as of {})", words(key, *release), day(*release))
        }
        InRelease::Between(earlier, later, key) => format!(
            "{} (by how many it differs between the releases as of {} and {})",
            words(key, *later),
            day(*earlier),
            day(*later)
        ),
    }
}

/// What a cell is called.
struct Words<'e> {
    evaluation: Option<&'e Evaluation>,
}

impl Words<'_> {
    fn key(&self, key: &Key) -> String {
        match key {
            Key::People => "the people".to_owned(),
            Key::Returns => "episodes of people who had one before".to_owned(),
            Key::Episodes => "the episodes".to_owned(),
            Key::Closure(place) => {
                let sort = ["open", "reopened", "closed", "inactive"].get(*place);
                format!("episodes by closure: {}", sort.unwrap_or(&"another"))
            }
            Key::Flow(whose, step) => format!("{}: {}", self.whose(whose), steps(*step)),
            Key::Change(whose, outcome) => {
                let change = self.outcome(whose.measure, *outcome);
                format!("{}: {change}", self.whose(whose))
            }
            Key::Field(field, held) => {
                format!("the field {}: {}", plain(field.code()), fields(*held))
            }
            Key::Returning(field, held) => {
                let held = fields(*held);
                format!("the field {}, later episodes: {held}", plain(field.code()))
            }
            Key::Issue(issue, look) => {
                format!("records, {}: {}", plain(issue.code()), looks(*look))
            }
            Key::SittingIssue(measure, issue, look) => {
                let (measure, look) = (self.measure(*measure), looks(*look));
                format!("{measure}, sittings, {}: {look}", plain(issue.code()))
            }
            Key::Sittings(measure, role) => {
                format!("{}, sittings: {}", self.measure(*measure), plain(role.code()))
            }
            Key::AllSittings(measure) => format!("{}, sittings: all", self.measure(*measure)),
            Key::UsefulSittings(measure) => {
                format!("{}, sittings: without a problem", self.measure(*measure))
            }
            Key::Listed(list, listed) => {
                format!("{}, episodes: {}", lists(*list), listings(*listed))
            }
            Key::Entries(list, None, entry) => format!("{}: {}", lists(*list), entries(*entry)),
            Key::Entries(list, Some(kind), entry) => {
                format!("{}, {}: {}", lists(*list), plain(kind.code()), entries(*entry))
            }
            Key::Uptake(uptake) => format!("referrals onward, uptake: {}", plain(uptake.code())),
            Key::Status(status) => format!("referrals onward, status: {}", plain(status.code())),
            Key::NoStatus(place) => {
                let absent = ["not known", "none recorded"].get(*place).unwrap_or(&"none");
                format!("referrals onward, status: {absent}")
            }
            Key::Star(star, of) => {
                format!("{}, all areas: {}", self.star(*star), self.areas(*star, *of))
            }
            Key::AfterExit(measure, again) => {
                format!("{}, asked after the end: {}", self.measure(*measure), agains(*again))
            }
        }
    }

    fn whose(&self, whose: &Whose) -> String {
        let part = match &whose.part {
            Part::All => "everybody".to_owned(),
            Part::Compared(rule) => format!("pairing rule {} of those compared", rule + 1),
            Part::Group(by, name) => format!("{} “{name}”", by.name()),
            Part::Levels(by, names) => {
                format!("{}, other levels ({})", by.name(), names.join(", "))
            }
            Part::Band(axis, band) => format!("{} {band}", self.axis(*axis)),
            Part::Placed(axis) => format!("{} known", self.axis(*axis)),
            Part::Nowhere(axis) => format!("{} not known", self.axis(*axis)),
            Part::Period(months) => periods(*months),
            Part::Undivided(axis, fifth) => {
                format!("quintile {fifth}, {} not known", self.axis(*axis))
            }
            Part::Change(side) => self.side(*side),
            Part::Around(sides, along) => self.whole(*along, sides),
            Part::Beside(sides, Along::Everybody) => {
                format!("everybody but those {}", self.sides(sides))
            }
            Part::Beside(sides, along) => format!("{} without them", self.whole(*along, sides)),
        };
        format!("{}, {part}", self.measure(whose.measure))
    }

    /// What the sides of changes are cut out of.
    fn whole(&self, along: Along, sides: &[Side]) -> String {
        let cut_out_of = match along {
            Along::Months => "the months of",
            Along::Practices => "the practices of",
            Along::Everybody => "everybody and",
        };
        format!("{cut_out_of} those {}", self.sides(sides))
    }

    fn sides(&self, sides: &[Side]) -> String {
        sides.iter().map(|side| self.side(*side)).collect::<Vec<_>>().join(" and ")
    }

    fn outcome(&self, measure: usize, outcome: Outcome) -> String {
        match outcome {
            Outcome::Any(class) => classes(class).to_owned(),
            Outcome::NotAny(class) => format!("not {}", classes(class)),
            Outcome::DueNotImproved => "due and not known to have improved".to_owned(),
            Outcome::Rule(rule, class) => self.way(measure, rule + 1, class),
            Outcome::NotRule(rule, class) => format!("not {}", self.way(measure, rule + 1, class)),
            Outcome::Both([first, second], [a, b]) => {
                let [first, second] =
                    [(first, a), (second, b)].map(|(way, class)| self.way(measure, way, class));
                format!("{first} and {second}")
            }
            Outcome::Moved(set, from, to) => {
                let [from, to] = [from, to].map(|band| self.band(measure, set, band));
                format!("moved from “{from}” to “{to}” ({})", self.bands(measure, set))
            }
            Outcome::From(set, band) => {
                let [band, set] = [self.band(measure, set, band), self.bands(measure, set)];
                format!("moved from “{band}” ({set})")
            }
            Outcome::To(set, band) => {
                let [band, set] = [self.band(measure, set, band), self.bands(measure, set)];
                format!("moved to “{band}” ({set})")
            }
            Outcome::Within(set, class) => {
                format!("{} within a band ({})", classes(class), self.bands(measure, set))
            }
        }
    }

    fn areas(&self, star: usize, of: Areas) -> String {
        let area = |at: usize| {
            let plan = self.evaluation.and_then(|of| of.plan().joint.get(star));
            let place = plan.and_then(|of| of.measures.get(at)).copied();
            place.map_or_else(|| format!("area {}", at + 1), |place| self.measure(place))
        };
        match of {
            Areas::All => "episodes with a pair".to_owned(),
            Areas::ForwardIn(areas) => format!("forward in {areas}"),
            Areas::Forward => "forward in any".to_owned(),
            Areas::Back => "back in any".to_owned(),
            Areas::NotBack => "back in none".to_owned(),
            Areas::Both => "forward in one and back in another".to_owned(),
            Areas::ForwardOnly => "forward in some and back in none".to_owned(),
            Areas::BackOnly => "back in some and forward in none".to_owned(),
            Areas::Neither => "neither forward nor back".to_owned(),
            Areas::WithoutPair(at) => format!("without a pair in {}", area(at)),
            Areas::ForwardElsewhere(at) => format!("forward elsewhere than in {}", area(at)),
            Areas::BackElsewhere(at) => format!("back elsewhere than in {}", area(at)),
            Areas::ForwardNotInAll(at) => format!("forward in {} and not in all", area(at)),
            Areas::Moves => "moves forward".to_owned(),
            Areas::MovesBack => "moves back".to_owned(),
            Areas::MoreMovesBack => "moves back beyond the first of each episode".to_owned(),
            Areas::Pairs => "pairs".to_owned(),
            Areas::MorePairs => "pairs beyond the first of each episode".to_owned(),
            Areas::Due => "due in one area at least".to_owned(),
            Areas::WithoutAnyPair => "due, and with a pair in no area".to_owned(),
            Areas::Throughout => "with a pair in each area that is due".to_owned(),
            Areas::NotThroughout => "without a pair in an area that is due".to_owned(),
            Areas::NotInEach => "with a pair, and without one in an area that is due".to_owned(),
            Areas::NotDueIn(at) => format!("due elsewhere than in {}", area(at)),
            Areas::LostElsewhere(at) => {
                format!("without a pair elsewhere than in {}", area(at))
            }
            Areas::Dues => "follow-ups due".to_owned(),
            Areas::MoreDues => "follow-ups due beyond the first of each episode".to_owned(),
            Areas::Losses => "follow-ups missing".to_owned(),
            Areas::MoreLosses => "follow-ups missing beyond the first of each episode".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::{Again, ChangeClass, Entry, Held, HelpList, Months, Slot, Step, When};
    use super::*;
    use crate::caseload::{ReferralReason, RowAccount};
    use crate::completion::GroupBy;
    use crate::evaluation::{CoreField, Plan};
    use crate::indicator::Month;
    use crate::instrument::Registry;
    use crate::pairing::{Fate, FlowBox};

    const PLAN: &str = r#"
title = "Example Valley"
as-of = "2026-06-30"
measures = [{ instrument = "swemwbs", bands = "england-2010-2013", change-rules = ["nhs-england"] }]
pairing.baseline.rule = "first"
pairing.end-point.rule = "last"
pairing.due.rule = "closed"

[[equity]]
axis.urban-rural.classes = "six-fold"

[[before-after]]
name = "Calls"
before = { from = "2025-01", to = "2025-06" }
after = { from = "2025-07", to = "2025-12" }
"#;

    fn evaluation(as_of: &str) -> Evaluation {
        let plan = Plan::from_toml(&PLAN.replace("2026-06-30", as_of)).unwrap();
        plan.check(&Registry::new()).unwrap().evaluate([], &RowAccount::default()).unwrap()
    }

    fn flow(part: Part, step: Step) -> Key {
        Key::Flow(Whose::of(0, part), step)
    }

    #[test]
    fn each_cell_has_its_table_its_row_and_what_it_counts() {
        let month: Month = "2025-07".parse().unwrap();
        let due = Step::In(FlowBox::Due);
        let lost = Step::Lost(FlowBox::Due, FlowBox::Paired);
        let period = Months { finished: true, by: GroupBy::DueMonth, slot: Slot::In(month) };
        let names = vec!["man".to_owned(), "other".to_owned()];
        let swemwbs = "Mental wellbeing (swemwbs)";
        let rows = [
            (Key::People, "the people"),
            (Key::Closure(3), "episodes by closure: inactive"),
            (flow(Part::All, Step::Ended(Fate::NotDueYet)), "{}, everybody: not due yet"),
            (
                flow(Part::Group(GroupBy::Gender, "woman".into()), lost),
                "{}, gender “woman”: due, and not paired",
            ),
            (
                flow(Part::Levels(GroupBy::Gender, names), due),
                "{}, gender, other levels (man, other): due",
            ),
            (flow(Part::Band(0, 3), due), "{}, urban-rural 6-fold class 3: due"),
            (
                flow(Part::Period(period), due),
                "{}, finished episodes, month the follow-up fell due in the period from 2025-07: due",
            ),
            (flow(Part::Change((0, When::Before)), due), "{}, before the change “Calls”: due"),
            (
                Whose::all(0).change(Outcome::Rule(0, ChangeClass::Worse)),
                "{}, everybody: worse reliably by “nhs-england”",
            ),
            (
                Whose::all(0)
                    .change(Outcome::Both([0, 1], [ChangeClass::Improved, ChangeClass::Same])),
                "{}, everybody: improved and the same reliably by “nhs-england”",
            ),
            (
                Whose::all(0).change(Outcome::Moved(0, 0, 1)),
                "{}, everybody: moved from “low” to “medium” (england-2010-2013)",
            ),
            (Key::Field(CoreField::Gender, Held::Missing), "the field gender: missing"),
            (
                Key::Entries(HelpList::Needs, Some(ReferralReason::Immigration), Entry::Unmet),
                "needs, immigration: unmet",
            ),
            (
                Key::AfterExit(0, Again::AskedImproved),
                "{}, asked after the end: improved since the baseline",
            ),
        ];
        let evaluation = evaluation("2026-06-30");
        for (key, words) in rows {
            assert_eq!(key.in_words(&evaluation), words.replace("{}", swemwbs));
        }
        let key = Whose::all(0).change(Outcome::Moved(0, 0, 1));
        assert_eq!(
            format!("{key:?}"),
            "measure 1, everybody: moved from “band 1” to “band 2” (set 1)"
        );
    }

    #[test]
    fn a_count_of_several_releases_has_its_days() {
        let [first, second] = ["2026-03-31", "2026-06-30"].map(evaluation);
        let releases = [&first, &second];
        let words = |cell| in_release(&cell, &releases);
        assert_eq!(
            words(InRelease::Of(0, Key::People)),
            "the people (in the release as of 2026-03-31)"
        );
        assert_eq!(
            words(InRelease::Between(0, 1, Key::People)),
            "the people (by how many it differs between the releases as of 2026-03-31 and 2026-06-30)"
        );
    }
}
