//! The areas of a star together, and those asked again long after the end.

use super::super::super::AfterExitCounts;
use super::super::super::joint::{AreaMoves, JointCounts};
use super::super::keys::{Again, Areas, ChangeClass, Key, Outcome, Step, Whose};
use super::{Added, Cells};
use crate::pairing::FlowBox;

impl Cells<'_> {
    /// `measures` are the places of the areas in the plan.
    pub(super) fn add_star(
        &mut self,
        star: usize,
        measures: &[usize],
        counts: &JointCounts,
    ) -> Added {
        let key = |of| Key::Star(star, of);
        let count = |kind: fn(AreaMoves) -> bool| counts.count(kind);
        self.open(key(Areas::All), count(|_| true))?;
        let forward = (0..=measures.len()).map(|areas| {
            let in_so_many = |moves: AreaMoves| usize::try_from(moves.forward) == Ok(areas);
            (key(Areas::ForwardIn(areas)), counts.count(in_so_many))
        });
        self.parts(key(Areas::All), forward.collect::<Vec<_>>())?;
        self.open(key(Areas::Forward), count(|of| of.forward > 0))?;
        self.open(key(Areas::Back), count(|of| of.back > 0))?;
        self.open(key(Areas::Both), count(|of| of.forward > 0 && of.back > 0))?;
        let some = (1..=measures.len()).map(|areas| key(Areas::ForwardIn(areas)));
        self.sum(key(Areas::Forward), some.collect::<Vec<_>>())?;
        self.add_rest(key(Areas::All), key(Areas::Back), key(Areas::NotBack))?;
        self.add_rest(key(Areas::Forward), key(Areas::Both), key(Areas::ForwardOnly))?;
        self.add_rest(key(Areas::Back), key(Areas::Both), key(Areas::BackOnly))?;
        self.add_rest(key(Areas::ForwardIn(0)), key(Areas::BackOnly), key(Areas::Neither))?;
        let of_each =
            |of: &dyn Fn(&Whose) -> Key| measures.iter().map(|at| of(&Whose::all(*at))).collect();
        let improved: Vec<Key> =
            of_each(&|whose| whose.change(Outcome::Any(ChangeClass::Improved)));
        let worse: Vec<Key> = of_each(&|whose| whose.change(Outcome::Any(ChangeClass::Worse)));
        let pairs: Vec<Key> = of_each(&Whose::pairs);
        // In two areas these are those who moved in one of them and not in the other.
        let everywhere = key(Areas::ForwardIn(measures.len()));
        for (place, ((improved, worse), pairs)) in
            measures.iter().zip(improved.iter().zip(&worse).zip(&pairs))
        {
            self.add_rest(key(Areas::All), pairs.clone(), key(Areas::WithoutPair(*place)))?;
            let rest = key(Areas::ForwardElsewhere(*place));
            self.add_rest(key(Areas::Forward), improved.clone(), rest)?;
            let rest = key(Areas::BackElsewhere(*place));
            self.add_rest(key(Areas::Back), worse.clone(), rest)?;
            let rest = key(Areas::ForwardNotInAll(*place));
            self.add_rest(improved.clone(), everywhere.clone(), rest)?;
        }
        // Who moved forward in two areas improved in two: as often as areas are improved in.
        self.add_together(key(Areas::Moves), improved)?;
        let areas = (1..=measures.len())
            .flat_map(|areas| core::iter::repeat_n(Areas::ForwardIn(areas), areas));
        self.link(key(Areas::Moves), areas.map(key).collect::<Vec<_>>());
        self.add_together(key(Areas::MovesBack), worse)?;
        self.add_rest(key(Areas::MovesBack), key(Areas::Back), key(Areas::MoreMovesBack))?;
        self.add_together(key(Areas::Pairs), pairs)?;
        self.add_rest(key(Areas::Pairs), key(Areas::All), key(Areas::MorePairs))?;
        self.add_star_completion(star, measures, counts)
    }

    /// Who was asked again in one area and who in each that was due, beside those due and lost in
    /// each area.
    fn add_star_completion(
        &mut self,
        star: usize,
        measures: &[usize],
        counts: &JointCounts,
    ) -> Added {
        let key = |of| Key::Star(star, of);
        self.open(key(Areas::Due), counts.due)?;
        self.open(key(Areas::Throughout), counts.paired_throughout)?;
        for (whole, part, rest) in [
            (Areas::Due, Areas::All, Areas::WithoutAnyPair),
            (Areas::Due, Areas::Throughout, Areas::NotThroughout),
            (Areas::All, Areas::Throughout, Areas::NotInEach),
        ] {
            self.add_rest(key(whole), key(part), key(rest))?;
        }
        let of_each = |step: Step| measures.iter().map(move |at| Whose::all(*at).step(step));
        let due: Vec<Key> = of_each(Step::In(FlowBox::Due)).collect();
        let lost: Vec<Key> = of_each(Step::Lost(FlowBox::Due, FlowBox::Paired)).collect();
        for (place, (due, lost)) in measures.iter().zip(due.iter().zip(&lost)) {
            self.add_rest(key(Areas::Due), due.clone(), key(Areas::NotDueIn(*place)))?;
            let rest = key(Areas::LostElsewhere(*place));
            self.add_rest(key(Areas::NotThroughout), lost.clone(), rest)?;
        }
        self.add_together(key(Areas::Dues), due)?;
        self.add_rest(key(Areas::Dues), key(Areas::Due), key(Areas::MoreDues))?;
        self.add_together(key(Areas::Losses), lost)?;
        self.add_rest(key(Areas::Losses), key(Areas::NotThroughout), key(Areas::MoreLosses))
    }

    /// The counts of all areas added up, which is not published.
    fn add_together(&mut self, total: Key, areas: Vec<Key>) -> Added {
        let sum = areas.iter().filter_map(|of| self.tables.count(of)).sum();
        self.withheld(total.clone(), sum)?;
        self.sum(total, areas)
    }

    pub(super) fn add_after_exit(&mut self, place: usize, counts: &AfterExitCounts) -> Added {
        let key = |of| Key::AfterExit(place, of);
        let AfterExitCounts { closed, since_baseline, since_exit } = counts;
        self.open(key(Again::Ended), *closed)?;
        let baseline = Whose::all(place).step(Step::In(FlowBox::BaselineValid));
        self.add_rest(baseline, key(Again::Ended), key(Again::NotEnded))?;
        self.open(key(Again::Asked), since_baseline.n())?;
        self.add_rest(key(Again::Ended), key(Again::Asked), key(Again::NotAsked))?;
        self.open(key(Again::AskedImproved), since_baseline.improved())?;
        let rest = key(Again::AskedNotImproved);
        self.add_rest(key(Again::Asked), key(Again::AskedImproved), rest)?;
        self.open(key(Again::SinceExit), since_exit.n())?;
        self.add_rest(key(Again::Asked), key(Again::SinceExit), key(Again::NotSinceExit))?;
        self.open(key(Again::SinceExitImproved), since_exit.improved())?;
        let rest = key(Again::SinceExitNotImproved);
        self.add_rest(key(Again::SinceExit), key(Again::SinceExitImproved), rest)
    }
}
