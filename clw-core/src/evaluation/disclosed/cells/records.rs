//! What the records hold and what is wrong with them.

use super::super::super::completeness::FieldCounts;
use super::super::super::counts::{Counts, MeasureCounts};
use super::super::super::quality::IssueCounts;
use super::super::super::{CoreField, QualityIssue, SittingIssue};
use super::super::keys::{Held, Key, Look, Step, Whose};
use super::{Added, Cells};
use crate::completion::GroupBy;
use crate::pairing::{Counted, FlowBox, SittingRole};

/// What each kind of absence is called as a group.
const ABSENCES: [(Held, &str); 3] = [
    (Held::NotKnown, "not known"),
    (Held::Missing, "not recorded"),
    (Held::NotApplicable, "not applicable"),
];

impl Cells<'_> {
    pub(super) fn add_records(&mut self, counts: &Counts) -> Added {
        for field in CoreField::ALL {
            self.add_field(*field, &counts.fields)?;
        }
        for issue in QualityIssue::ALL {
            let key = |look| Key::Issue(*issue, look);
            self.add_look(key, issue_counts(&counts.issues, *issue))?;
        }
        let seen = Whose::all(0).step(Step::In(FlowBox::Seen));
        self.link(seen, [Key::Issue(QualityIssue::ContactsNotKnown, Look::LookedFor)]);
        Ok(())
    }

    fn add_field(&mut self, field: CoreField, counts: &FieldCounts) -> Added {
        let key = |held| Key::Field(field, held);
        let held = [
            (Held::Value, &counts.value),
            (Held::NotKnown, &counts.not_known),
            (Held::Missing, &counts.missing),
        ];
        let held = held.map(|(held, of)| (key(held), of.get(field)));
        let absent = counts.not_applicable.get(field);
        self.open(key(Held::Applying), held.iter().map(|(_, count)| count).sum())?;
        self.parts(key(Held::Applying), held)?;
        self.open(key(Held::NotApplicable), absent)?;
        let all = if field.is_of_person() { Key::People } else { Key::Episodes };
        self.sum(all, [key(Held::Applying), key(Held::NotApplicable)])?;
        self.link_groups(field)
    }

    /// An absence is a group as well; one of people may have several episodes each.
    fn link_groups(&mut self, field: CoreField) -> Added {
        let by = match field {
            CoreField::Age => GroupBy::AgeBand,
            CoreField::Gender => GroupBy::Gender,
            CoreField::Simd => GroupBy::SimdQuintile,
            CoreField::ReferralDate => GroupBy::ReferralMonth,
            CoreField::ReferralSource => GroupBy::ReferralSource,
            CoreField::ReferralReason => GroupBy::ReferralReason,
            CoreField::FirstMeeting | CoreField::RepeatContacts | CoreField::OnwardReferral => {
                return Ok(());
            }
        };
        for (held, name) in ABSENCES {
            let group = Whose::group(0, by, name).step(Step::In(FlowBox::Referred));
            let field_key = Key::Field(field, held);
            let counts = self.tables.count(&group).zip(self.tables.count(&field_key));
            let more = counts.and_then(|(episodes, people)| episodes.checked_sub(people));
            if let Some(more) = more.filter(|_| field.is_of_person()) {
                let returning = Key::Returning(field, held);
                self.withheld(returning.clone(), more)?;
                self.link(group, [field_key, returning]);
            } else {
                self.link(group, [field_key]);
            }
        }
        Ok(())
    }

    fn add_look(&mut self, key: impl Fn(Look) -> Key, (found, of): (u64, u64)) -> Added {
        self.open(key(Look::LookedFor), of)?;
        self.open(key(Look::Found), found)?;
        self.withheld(key(Look::NotFound), of - found)?;
        self.sum(key(Look::LookedFor), [key(Look::Found), key(Look::NotFound)])
    }

    pub(super) fn add_sittings(&mut self, place: usize, counts: &MeasureCounts) -> Added {
        let all = Whose::all(place);
        let sittings: u64 = counts.sittings.iter().map(|(_, count)| count).sum();
        self.open(Key::AllSittings(place), sittings)?;
        let mut useful = sittings;
        let mut parts = Vec::new();
        for issue in SittingIssue::ALL {
            let key = |look| Key::SittingIssue(place, *issue, look);
            match issue.role() {
                Some(role) => {
                    let found = counts.sittings.get(role);
                    useful -= found;
                    self.open(key(Look::Found), found)?;
                    self.withheld(key(Look::NotFound), sittings - found)?;
                    let both = [key(Look::Found), key(Look::NotFound)];
                    self.sum(Key::AllSittings(place), both)?;
                    parts.push(key(Look::Found));
                }
                None => self.add_look(key, issue_counts(&counts.issues, *issue))?,
            }
        }
        self.withheld(Key::UsefulSittings(place), useful)?;
        parts.push(Key::UsefulSittings(place));
        self.sum(Key::AllSittings(place), parts)?;
        let roles = SittingRole::ALL.iter().filter(|role| !is_problem(**role));
        let roles = roles.map(|role| (Key::Sittings(place, *role), counts.sittings.get(*role)));
        self.withheld_parts(Key::UsefulSittings(place), roles.collect::<Vec<_>>())?;
        let baseline = all.step(Step::In(FlowBox::BaselineValid));
        self.link(baseline.clone(), [Key::Sittings(place, SittingRole::Baseline)]);
        self.link(all.pairs(), [Key::Sittings(place, SittingRole::FollowUp)]);
        for issue in [
            SittingIssue::TotalWithoutAnswers,
            SittingIssue::TotalDisagrees,
            SittingIssue::RawMixedWithMetric,
        ] {
            let key = |look| Key::SittingIssue(place, issue, look);
            let (looked_for, rest) = (key(Look::LookedFor), key(Look::NotLookedFor));
            self.add_rest(Key::AllSittings(place), looked_for, rest)?;
        }
        let late =
            |look| Key::SittingIssue(place, SittingIssue::BaselineAfterSeveralContacts, look);
        let looked_for = self.tables.count(&late(Look::LookedFor)).unwrap_or(0);
        if let Some(rest) = self.tables.count(&baseline).and_then(|all| all.checked_sub(looked_for))
        {
            self.withheld(late(Look::NotLookedFor), rest)?;
            self.link(baseline, [late(Look::LookedFor), late(Look::NotLookedFor)]);
        }
        Ok(())
    }
}

fn issue_counts<K: Counted>(counts: &IssueCounts<K>, issue: K) -> (u64, u64) {
    (counts.found.get(issue), counts.looked_for.get(issue))
}

fn is_problem(role: SittingRole) -> bool {
    SittingIssue::ALL.iter().any(|issue| issue.role() == Some(role))
}
