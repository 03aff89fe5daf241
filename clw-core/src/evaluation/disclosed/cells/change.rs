//! Classes of the pairs and moves between bands, with the sums between them.

use super::super::super::findings::MeasureFindings;
use super::super::keys::{ChangeClass, Outcome, Whose};
use super::{Added, Cells};
use crate::change::{ChangeDefinition, Transitions};
use crate::estimate::Share;
use crate::instrument::Direction;

impl Cells<'_> {
    /// A class of the pairs that is published as a share of them, and all others.
    pub(super) fn add_share(
        &mut self,
        whose: &Whose,
        class: Outcome,
        others: Outcome,
        of: (u64, u64),
    ) -> Added {
        let (count, pairs) = of;
        self.open(whose.change(class), count)?;
        self.withheld(whose.change(others), pairs - count)?;
        self.sum(whose.pairs(), [whose.change(class), whose.change(others)])
    }

    /// Classes of all pairs, each published as a share of them.
    fn add_classes(
        &mut self,
        whose: &Whose,
        keys: impl Fn(ChangeClass) -> [Outcome; 2],
        shares: [&Share; 3],
    ) -> Added {
        for (class, share) in ChangeClass::ALL.into_iter().zip(shares) {
            let [class, others] = keys(class);
            self.add_share(whose, class, others, (share.count, share.of))?;
        }
        self.sum(whose.pairs(), ChangeClass::ALL.map(|class| whose.change(keys(class)[0])))
    }

    pub(super) fn add_change(&mut self, all: &Whose, found: &MeasureFindings) -> Added {
        let any = &found.change.any_change;
        let keys = |class| [Outcome::Any(class), Outcome::NotAny(class)];
        self.add_classes(all, keys, [&any.improved, &any.same, &any.worse])?;
        for (rule, counts) in found.change.reliable_change.iter().enumerate() {
            let keys = |class| [Outcome::Rule(rule, class), Outcome::NotRule(rule, class)];
            let shares = [&counts.improved, &counts.unchanged, &counts.deteriorated];
            self.add_classes(all, keys, shares)?;
        }
        self.add_agreement(all, found)?;
        for (set, transitions) in found.change.transitions.iter().enumerate() {
            self.add_transitions(all, set, transitions)?;
            self.add_moves_in_classes(all, set, found, transitions)?;
        }
        Ok(())
    }

    /// Who improves by one way of counting and not by another is a class too.
    fn add_agreement(&mut self, all: &Whose, found: &MeasureFindings) -> Added {
        let place = |of: &ChangeDefinition, from: usize| match of {
            ChangeDefinition::Any => Some(0),
            ChangeDefinition::Reliable { .. } => Some(from),
            ChangeDefinition::Important { .. } => None,
        };
        let outcome = |way: usize, class: ChangeClass| match way.checked_sub(1) {
            None => all.change(Outcome::Any(class)),
            Some(rule) => all.change(Outcome::Rule(rule, class)),
        };
        let rules = found.change.reliable_change.len();
        let ways =
            (0..=rules).flat_map(|first| (first + 1..=rules).map(move |second| (first, second)));
        let tables =
            found.change.agreement.iter().filter(|table| {
                place(&table.first, 1).is_some() && place(&table.second, 1).is_some()
            });
        for ((first, second), table) in ways.zip(tables) {
            let key = |a, b| all.change(Outcome::Both([first, second], [a, b]));
            for (a, row) in ChangeClass::ALL.into_iter().zip(&table.pairs) {
                let row = ChangeClass::ALL.into_iter().zip(row).map(|(b, n)| (key(a, b), *n));
                self.withheld_parts(outcome(first, a), row)?;
            }
            for b in ChangeClass::ALL {
                self.sum(outcome(second, b), ChangeClass::ALL.map(|a| key(a, b)))?;
            }
        }
        Ok(())
    }

    /// A table of moves with both its margins.
    fn add_transitions(&mut self, all: &Whose, set: usize, moves: &Transitions) -> Added {
        let bands = moves.bands.len();
        for (from, row) in moves.pairs.iter().enumerate() {
            self.open(all.change(Outcome::From(set, from)), row.iter().sum())?;
            let row = row.iter().enumerate();
            self.parts(
                all.change(Outcome::From(set, from)),
                row.map(|(to, n)| (all.change(Outcome::Moved(set, from, to)), *n)),
            )?;
        }
        for to in 0..bands {
            let column = moves.pairs.iter().filter_map(|row| row.get(to)).sum();
            self.open(all.change(Outcome::To(set, to)), column)?;
            let column = (0..bands).map(|from| all.change(Outcome::Moved(set, from, to)));
            self.sum(all.change(Outcome::To(set, to)), column)?;
        }
        for margin in [Outcome::From as fn(usize, usize) -> Outcome, Outcome::To] {
            self.sum(all.pairs(), (0..bands).map(|band| all.change(margin(set, band))))?;
        }
        Ok(())
    }

    /// Who moves to a better band has improved; those who improved within a band are the rest.
    fn add_moves_in_classes(
        &mut self,
        all: &Whose,
        set: usize,
        found: &MeasureFindings,
        moves: &Transitions,
    ) -> Added {
        let up_is_better = found.scale.direction == Direction::HigherIsBetter;
        let any = &found.change.any_change;
        let classes = [
            (ChangeClass::Improved, any.improved.count, up_is_better),
            (ChangeClass::Worse, any.worse.count, !up_is_better),
        ];
        for (class, total, up) in classes {
            let (mut parts, mut crossed) = (Vec::new(), 0);
            for (from, row) in moves.pairs.iter().enumerate() {
                for (to, count) in row.iter().enumerate() {
                    if to != from && (to > from) == up {
                        parts.push(all.change(Outcome::Moved(set, from, to)));
                        crossed += count;
                    }
                }
            }
            // Bands run from the lowest score up, so that nobody crosses one the other way.
            if let Some(within) = total.checked_sub(crossed) {
                let rest = all.change(Outcome::Within(set, class));
                self.withheld(rest.clone(), within)?;
                self.sum(all.change(Outcome::Any(class)), parts.into_iter().chain([rest]))?;
            }
        }
        Ok(())
    }
}
