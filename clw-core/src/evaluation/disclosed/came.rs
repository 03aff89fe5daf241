//! What is left out for those who came or left since an earlier release.
//!
//! Means and sums are not counts; they follow rules of their own, of which each only leaves out.
//!
//! 1. The difference of the sums behind two means is the sum over those who came, less those who left. A
//!    mean is published where, since each release with it, nobody or at least
//!    [`FEW_PAIRS`](super::super::FEW_PAIRS) pairs came or left; a pair with another follow-up came and
//!    left. The table of pairs says how many did at least. A pair that only has another follow-up keeps
//!    its baseline, so the same is asked of the baselines alone.
//! 2. A group's sum at two times, taken from the total's, is that of the other groups. So releases with
//!    means of a measure are a chain: where few came to all pairs since one of them, there is none; a
//!    group has a mean only if it had one in each of the chain, or no pairs; and those without, taken
//!    together, changed by nobody or many. Then each sum that follows from all of them is one over
//!    those who came to some group, or to the rest, between two releases of the chain: people apart, and
//!    many or nobody each time. The price is that a group whose mean was left out once stays without.
//! 3. The sum over those who came narrows how many of them are of a hidden class, as a mean does:
//!    [`leaves_open`](super::leaves_open) is asked of those who came, of the classes that are not shown in both
//!    releases, and again of the earlier pairs, of the classes hidden in both. Where somebody left as
//!    well, a hidden class is taken to be given away.
//! 4. Who leaves the unpaired comes to the pairs, so their sums would be those of the few who did neither.
//!    The scores of the unpaired, and the bounds and the tipping point that rest on them, are published
//!    once, and again only while nobody came or left.
//! 5. A sum of money is published where nothing or the value of at least
//!    [`FEW_PAIRS`](super::super::FEW_PAIRS) outcomes came since each release with it.
//! 6. Those asked again long after the end are in two means, since the baseline and since the end, with one
//!    last score. Where few of them have no score at the end, or few such came, there is no mean since the
//!    end.

use std::collections::BTreeMap;

use super::super::counts::MeasureCounts;
use super::super::{Evaluation, FEW_PAIRS};
use super::keys::{Part, Whose};
use super::releases::Release;
use super::{DisclosedEvaluation, DisclosedMeans, DisclosedMeasure, View};
use crate::change::PairCounts;

/// How the cells of pairs differ between two times.
#[derive(Default)]
struct Moved(BTreeMap<(i32, i32), i128>);

impl Moved {
    fn between(was: &PairCounts, is: &PairCounts) -> Self {
        let mut moved = Self::default();
        moved.add(is, 1);
        moved.add(was, -1);
        moved
    }

    fn add(&mut self, pairs: &PairCounts, times: i128) {
        for cell in pairs.cells() {
            let key = (cell.baseline.0, cell.follow_up.0);
            *self.0.entry(key).or_default() += times * i128::from(cell.pairs);
        }
    }

    fn take(&mut self, other: &Self) {
        for (key, by) in &other.0 {
            *self.0.entry(*key).or_default() -= by;
        }
    }

    /// Whether some came or left, and fewer than a mean may be of. Who has another follow-up now has
    /// the same baseline, so that the sums of baselines are of those alone who came or left.
    fn are_few(&self) -> bool {
        let mut baselines: BTreeMap<i32, i128> = BTreeMap::new();
        for ((baseline, _), by) in &self.0 {
            *baselines.entry(*baseline).or_default() += by;
        }
        few(&self.0.values()) || few(&baselines.values())
    }
}

/// Whether more than nobody came or left, and fewer than a mean may be of.
fn few<'b>(by: &(impl Iterator<Item = &'b i128> + Clone)) -> bool {
    let sum = |sign: i128| -> i128 { by.clone().map(|by| (sign * by).max(0)).sum() };
    let most = sum(1).max(sum(-1));
    0 < most && most < i128::from(FEW_PAIRS)
}

/// The last scores of those asked again, who are not all among those with a score at the end.
type LastScores = BTreeMap<i32, i128>;

fn last_scores(pairs: &PairCounts) -> LastScores {
    let mut scores = LastScores::new();
    for cell in pairs.cells() {
        *scores.entry(cell.follow_up.0).or_default() += i128::from(cell.pairs);
    }
    scores
}

fn without(all: &LastScores, some: &LastScores) -> LastScores {
    let mut left = all.clone();
    for (score, by) in some {
        *left.entry(*score).or_default() -= by;
    }
    left
}

/// Which pairs a mean is of.
pub(super) enum Pairs<'w> {
    Of(&'w Whose),
    SinceBaseline(usize),
    SinceExit(usize),
}

impl Pairs<'_> {
    pub(super) fn in_evaluation<'e>(&self, evaluation: &'e Evaluation) -> Option<&'e PairCounts> {
        let measures = &evaluation.counts.measures;
        let after_exit = |place: &usize| measures.get(*place)?.after_exit.as_ref();
        match self {
            Self::SinceBaseline(place) => Some(&after_exit(place)?.since_baseline),
            Self::SinceExit(place) => Some(&after_exit(place)?.since_exit),
            Self::Of(whose) => {
                let counts = measures.get(whose.measure)?;
                match &whose.part {
                    Part::All => Some(&counts.main.pairs),
                    Part::Group(by, name) => {
                        let mut groups = counts.groups.groups(*by);
                        groups.find(|(own, _)| own == name).map(|(_, group)| &group.pairs)
                    }
                    Part::Band(axis, band) => {
                        Some(&counts.equity.get(*axis)?.bands.get(band)?.pairs)
                    }
                    _ => None,
                }
            }
        }
    }

    fn are_shown(&self, disclosed: &DisclosedEvaluation) -> bool {
        let after_exit = |place: &usize| disclosed.measures.get(*place)?.after_exit.as_ref();
        let means = match self {
            Self::SinceBaseline(place) => after_exit(place).and_then(|of| of.since_baseline.means),
            Self::SinceExit(place) => after_exit(place).and_then(|of| of.since_exit.means),
            Self::Of(whose) => {
                disclosed.measures.get(whose.measure).and_then(|of| means_of(of, &whose.part))
            }
        };
        means.is_some()
    }
}

fn means_of(measure: &DisclosedMeasure, part: &Part) -> Option<DisclosedMeans> {
    match part {
        Part::All => measure.change.means,
        Part::Group(by, name) => {
            let mut groups = measure.groups.iter();
            groups.find(|of| of.by == *by && of.group == *name)?.means
        }
        Part::Band(axis, band) => {
            let mut rows = measure.equity.get(*axis)?.rows.iter();
            rows.find(|row| row.band == *band)?.means
        }
        _ => None,
    }
}

/// Whether a release has any mean of the pairs of a measure.
fn has_means(measure: &DisclosedMeasure) -> bool {
    let groups = measure.groups.iter().map(|group| group.means);
    let bands = measure.equity.iter().flat_map(|of| of.rows.iter().map(|row| row.means));
    groups.chain(bands).chain([measure.change.means]).any(|means| means.is_some())
}

impl View<'_> {
    /// The earlier releases that have means of a measure.
    fn chain(&self, place: usize) -> impl Iterator<Item = &Release<'_>> {
        let measure =
            move |of: &&Release<'_>| of.disclosed.measures.get(place).is_some_and(has_means);
        self.earlier.iter().filter(measure)
    }

    /// The earlier releases that have a mean, with the pairs it was of.
    pub(super) fn shown_before<'r>(
        &'r self,
        of: &'r Pairs<'_>,
    ) -> impl Iterator<Item = (&'r Release<'r>, &'r PairCounts)> {
        let shown = self.earlier.iter().filter(|release| of.are_shown(&release.disclosed));
        shown.filter_map(|release| Some((release, of.in_evaluation(release.evaluation)?)))
    }

    /// Whether few came or left since a release with the mean, or with one of a part.
    pub(super) fn few_came(&self, of: &Pairs<'_>, pairs: &PairCounts) -> bool {
        let few = |was: &PairCounts| Moved::between(was, pairs).are_few();
        let of_all = |whose: &&Whose| {
            let all = Whose::all(whose.measure);
            let mut chain = self.chain(whose.measure);
            let now = Pairs::Of(&all).in_evaluation(self.evaluation);
            chain.any(|release| {
                let was = Pairs::Of(&all).in_evaluation(release.evaluation);
                was.zip(now).is_some_and(|(was, now)| Moved::between(was, now).are_few())
            })
        };
        let whose = match of {
            Pairs::Of(whose) => Some(*whose),
            _ => None,
        };
        whose.as_ref().is_some_and(of_all) || self.shown_before(of).any(|(_, was)| few(was))
    }

    /// Leaves out means of parts of all pairs until none follows, from earlier releases, of the few who
    /// came to some of them.
    pub(super) fn hide_means_of_few_who_came<T>(
        &self,
        all: &PairCounts,
        rows: &mut [T],
        whose: impl Fn(&T) -> Whose,
        means: impl Fn(&mut T) -> &mut Option<DisclosedMeans>,
    ) {
        let Some(place) = rows.first().map(|row| whose(row).measure) else { return };
        let chain: Vec<&Release<'_>> = self.chain(place).collect();
        let empty = PairCounts::new(*all.scale());
        let now = |whose: &Whose| Pairs::Of(whose).in_evaluation(self.evaluation).unwrap_or(&empty);
        let moved = |release: &Release<'_>, whose: &Whose| {
            let was = Pairs::Of(whose).in_evaluation(release.evaluation).unwrap_or(&empty);
            (was.n(), Moved::between(was, now(whose)))
        };
        for row in &mut *rows {
            let whose = whose(row);
            let mut may = chain.iter().map(|release| {
                let (was, moved) = moved(release, &whose);
                (was == 0 || Pairs::Of(&whose).are_shown(&release.disclosed)) && !moved.are_few()
            });
            if !may.all(|may| may) {
                *means(row) = None;
            }
        }
        let whole = Whose::all(place);
        loop {
            let mut shown: Vec<(u64, usize)> = Vec::new();
            for (at, row) in rows.iter_mut().enumerate() {
                let pairs = now(&whose(row)).n();
                if means(row).is_some() {
                    shown.push((pairs, at));
                }
            }
            let Some((_, fewest)) = shown.iter().min().copied() else { return };
            let of_shown: u64 = shown.iter().map(|(pairs, _)| pairs).sum();
            let rest = all.n().saturating_sub(of_shown);
            let few = (1..FEW_PAIRS).contains(&rest)
                || chain.iter().any(|release| {
                    let (_, mut rest) = moved(release, &whole);
                    let of = shown.iter().filter_map(|(_, at)| rows.get(*at));
                    of.for_each(|row| rest.take(&moved(release, &whose(row)).1));
                    rest.are_few()
                });
            let Some(row) = rows.get_mut(fewest).filter(|_| few) else { return };
            *means(row) = None;
        }
    }

    /// Leaves out the means since the end where those of all who were asked again, less these, are of few
    /// without a score at the end, or of few who came to these.
    pub(super) fn hide_means_of_few_without_exit(
        &self,
        place: usize,
        counts: &MeasureCounts,
        measure: &mut DisclosedMeasure,
    ) {
        let Some((now, counts)) = measure.after_exit.as_mut().zip(counts.after_exit.as_ref())
        else {
            return;
        };
        let scores = [&counts.since_baseline, &counts.since_exit].map(last_scores);
        let before = self.earlier.iter().filter_map(|release| {
            let of = release.disclosed.measures.get(place)?.after_exit.as_ref()?;
            let counts = release.evaluation.counts.measures.get(place)?.after_exit.as_ref()?;
            let asked = of.since_baseline.means.map(|_| last_scores(&counts.since_baseline));
            Some((asked, of.since_exit.means.map(|_| last_scores(&counts.since_exit))))
        });
        let before: Vec<(Option<LastScores>, Option<LastScores>)> = before.collect();
        let is_few = |of: &LastScores| few(&of.values());
        let [asked, exit] = &scores;
        let earlier_exit = || before.iter().filter_map(|(_, exit)| exit.as_ref());
        if earlier_exit().any(|exit| is_few(&without(asked, exit))) {
            now.since_baseline.means = None;
        }
        let rest = now.since_baseline.means.map(|_| without(asked, exit));
        let rests = before
            .iter()
            .filter_map(|(asked, exit)| Some(without(asked.as_ref()?, exit.as_ref()?)));
        let mut since_rests = rests.zip(core::iter::repeat(rest.as_ref()));
        let few_came = since_rests.any(|(was, is)| is.is_some_and(|is| is_few(&without(is, &was))));
        let earlier_asked = before.iter().filter_map(|(asked, _)| asked.as_ref());
        let mut left = earlier_asked.map(|asked| without(asked, exit)).chain(rest.clone());
        if few_came || left.any(|left| is_few(&left)) {
            now.since_exit.means = None;
        }
    }

    /// Whether the scores of the unpaired were published, and some pair or unpaired came or left since.
    pub(super) fn unpaired_were_shown(&self, place: usize) -> bool {
        let shown = self.earlier.iter().filter(|release| {
            let measure = release.disclosed.measures.get(place);
            measure.is_some_and(|of| of.attrition.baseline_score.is_some())
        });
        let counts = |of: &Evaluation| {
            let counts = of.counts.measures.get(place)?;
            Some((counts.main.pairs.clone(), counts.attrition.unpaired().clone()))
        };
        shown.into_iter().any(|release| counts(release.evaluation) != counts(self.evaluation))
    }

    /// Whether the value of few outcomes came since a release with such a sum.
    pub(super) fn value_of_few_came(&self) -> bool {
        let shown =
            self.earlier.iter().filter(|of| of.disclosed.help.outcomes.value_pence.is_some());
        let now = &self.evaluation.counts.help.outcomes;
        shown.into_iter().any(|release| {
            let was = &release.evaluation.counts.help.outcomes;
            let same = (was.with_value, was.value_pence) == (now.with_value, now.value_pence);
            !same && now.with_value.abs_diff(was.with_value) < FEW_PAIRS
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::PairCell;
    use crate::instrument::{Direction, Points, Scale};

    fn pairs(cells: &[(i32, i32, u64)]) -> PairCounts {
        let scale = Scale {
            lowest: Points(0),
            highest: Points(9),
            steps_per_unit: 1,
            direction: Direction::HigherIsBetter,
        };
        let mut pairs = PairCounts::new(scale);
        for (baseline, follow_up, pairs_of) in cells {
            let cell = PairCell {
                baseline: Points(*baseline),
                follow_up: Points(*follow_up),
                pairs: *pairs_of,
            };
            pairs.add_many(cell).unwrap();
        }
        pairs
    }

    /// Of forty pairs nobody, one, thirty came; ten had another follow-up, or thirty.
    #[test]
    fn few_are_those_who_came_or_left_whichever_are_more() {
        let was = pairs(&[(1, 2, 40)]);
        for (is, few) in [
            (pairs(&[(1, 2, 40)]), false),
            (pairs(&[(1, 2, 40), (3, 4, 1)]), true),
            (pairs(&[(1, 2, 40), (3, 4, 30)]), false),
            (pairs(&[(1, 2, 30), (3, 4, 10)]), true),
            (pairs(&[(1, 2, 10), (3, 4, 30)]), false),
        ] {
            assert_eq!(Moved::between(&was, &is).are_few(), few, "{is:?}");
        }
    }
}
