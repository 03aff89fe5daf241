//! The counts of indicators, period by period.

use std::collections::BTreeSet;

use crate::OrderedMap;

use super::super::super::counts::MeasureCounts;
use super::super::super::findings::MeasureFindings;
use super::super::keys::{ChangeClass, Key, Months, Outcome, Part, Slot, Step, Whose};
use super::{Added, Cells};
use crate::completion::{CountsByGroup, GroupBy, GroupCounts};
use crate::disclosure::Publication;
use crate::indicator::{
    IndicatorCount, IndicatorDefinition, IndicatorPopulation, IndicatorReport, Month,
};
use crate::pairing::{Counted, Fate, FlowBox};

/// The key of what an indicator counts; `None` by a rule that is not among the measure's.
pub(in super::super) fn numerator(
    whose: &Whose,
    definition: &IndicatorDefinition,
    rules: &[&str],
) -> Option<Key> {
    let rule = |name: &String, class| {
        let place = rules.iter().position(|rule| rule == name)?;
        Some(whose.change(Outcome::Rule(place, class)))
    };
    match &definition.numerator {
        IndicatorCount::Box(flow_box) => Some(whose.step(Step::In(*flow_box))),
        IndicatorCount::Fate(fate) => Some(whose.step(Step::Ended(*fate))),
        IndicatorCount::Improved => Some(whose.change(Outcome::Any(ChangeClass::Improved))),
        IndicatorCount::Worse => Some(whose.change(Outcome::Any(ChangeClass::Worse))),
        IndicatorCount::ReliablyImproved(name) => rule(name, ChangeClass::Improved),
        IndicatorCount::ReliablyDeteriorated(name) => rule(name, ChangeClass::Worse),
    }
}

/// Whose counts an indicator has in some of its months.
pub(in super::super) fn whose(place: usize, definition: &IndicatorDefinition, slot: Slot) -> Whose {
    let finished = definition.population == IndicatorPopulation::Finished;
    Whose::of(place, Part::Period(Months { finished, by: definition.month_of, slot }))
}

impl Cells<'_> {
    pub(super) fn add_indicators(
        &mut self,
        place: usize,
        counts: &MeasureCounts,
        found: &MeasureFindings,
    ) -> Added {
        let reports = &found.over_periods.indicators;
        let rules: Vec<&str> =
            found.change.reliable_change.iter().map(|of| of.rule.name()).collect();
        for report in reports {
            self.add_report(place, &rules, report)?;
        }
        for report in reports {
            self.add_pairs(place, counts, report)?;
        }
        let mut kinds: OrderedMap<(bool, GroupBy), Vec<&IndicatorReport>> = OrderedMap::new();
        for report in reports {
            let definition = report.indicator.definition();
            let finished = definition.population == IndicatorPopulation::Finished;
            kinds.entry((finished, definition.month_of)).or_default().push(report);
        }
        for ((finished, _), reports) in kinds {
            self.link_slots(place, counts, &reports, finished, rules.len())?;
        }
        Ok(())
    }

    /// Numerator and denominator of one indicator.
    fn add_report(&mut self, place: usize, rules: &[&str], report: &IndicatorReport) -> Added {
        let definition = report.indicator.definition();
        let (all, open) = (Whose::all(place), Publication::Open);
        if let Some(everybody) = numerator(&all, definition, rules) {
            // What one has a key of, all have.
            let key = |slot| {
                let own = numerator(&whose(place, definition, slot), definition, rules);
                own.unwrap_or_else(|| everybody.clone())
            };
            let counts = report.periods.iter().map(|period| (period.from, period.share.count));
            self.add_counted(everybody.clone(), key, counts, open)?;
        }
        let denominator = Step::In(definition.denominator);
        let key = |slot| whose(place, definition, slot).step(denominator);
        let counts = report.periods.iter().map(|period| (period.from, period.share.of));
        self.add_counted(all.step(denominator), key, counts, open)
    }

    /// The pairs of each period, which bound all that is counted of pairs.
    fn add_pairs(
        &mut self,
        place: usize,
        counts: &MeasureCounts,
        report: &IndicatorReport,
    ) -> Added {
        let definition = report.indicator.definition();
        let periods = by_period(report, definition, counts);
        let counts = report.periods.iter().map(|period| {
            let pairs = periods.get(&period.from).map_or(0, |of| of.flow.in_box(FlowBox::Paired));
            (period.from, pairs)
        });
        let key = |slot| whose(place, definition, slot).pairs();
        self.add_counted(Whose::all(place).pairs(), key, counts, Publication::Withheld)
    }

    /// A count in every period, in all of them and elsewhere.
    fn add_counted(
        &mut self,
        everybody: Key,
        key: impl Fn(Slot) -> Key,
        counts: impl Iterator<Item = (Month, u64)>,
        publication: Publication,
    ) -> Added {
        let (mut total, mut parts) = (0_u64, Vec::new());
        for (month, count) in counts {
            self.tables.insert_as(key(Slot::In(month)), count, publication)?;
            parts.push(key(Slot::In(month)));
            total += count;
        }
        self.tables.insert_as(key(Slot::Whole), total, publication)?;
        self.sum(key(Slot::Whole), parts)?;
        self.add_rest(everybody, key(Slot::Whole), key(Slot::Elsewhere))
    }

    /// What lies between the counts of one period, and what other tables say of its episodes.
    fn link_slots(
        &mut self,
        place: usize,
        counts: &MeasureCounts,
        reports: &[&IndicatorReport],
        finished: bool,
        rules: usize,
    ) -> Added {
        let Some(first) = reports.first() else { return Ok(()) };
        let definition = first.indicator.definition();
        let boxes = reports.iter().flat_map(|report| {
            let definition = report.indicator.definition();
            let counted = match definition.numerator {
                IndicatorCount::Box(flow_box) => Some(flow_box),
                _ => None,
            };
            counted.into_iter().chain([definition.denominator, FlowBox::Paired])
        });
        let boxes: Vec<FlowBox> = boxes.collect::<BTreeSet<_>>().into_iter().collect();
        let months = first.periods.iter().map(|period| Slot::In(period.from));
        for slot in months.chain([Slot::Whole, Slot::Elsewhere]) {
            let whose = whose(place, definition, slot);
            self.add_between(&whose, &boxes, rules)?;
            let Slot::In(month) = slot else { continue };
            if finished {
                let all = Months { finished: false, by: definition.month_of, slot };
                let all = Whose::of(place, Part::Period(all));
                let rest = Months {
                    finished: false,
                    by: definition.month_of,
                    slot: Slot::Unfinished(month),
                };
                let rest = Whose::of(place, Part::Period(rest));
                for at in &boxes {
                    let step = Step::In(*at);
                    self.add_rest(all.step(step), whose.step(step), rest.step(step))?;
                }
            } else {
                self.link_months(place, &whose, first, month, counts, &boxes);
            }
        }
        Ok(())
    }

    /// Those lost between the boxes, and the complements of what is counted of them.
    fn add_between(&mut self, whose: &Whose, boxes: &[FlowBox], rules: usize) -> Added {
        for pair in boxes.windows(2) {
            if let [from, to] = pair {
                let [all, part] = [*from, *to].map(|at| whose.step(Step::In(at)));
                self.add_rest(all, part, whose.step(Step::Lost(*from, *to)))?;
            }
        }
        let fates = Fate::ALL.iter().filter(|fate| **fate != Fate::Paired);
        for fate in fates {
            let all = whose.step(Step::In(fate.last_box()));
            let rest = whose.step(Step::EndedOtherwise(*fate));
            self.add_rest(all, whose.step(Step::Ended(*fate)), rest)?;
        }
        for class in [ChangeClass::Improved, ChangeClass::Worse] {
            let (of, rest) = (Outcome::Any(class), Outcome::NotAny(class));
            self.add_rest(whose.pairs(), whose.change(of), whose.change(rest))?;
        }
        let both = [
            whose.change(Outcome::Any(ChangeClass::Worse)),
            whose.change(Outcome::Any(ChangeClass::Same)),
        ];
        if self.tables.contains(&both[0]) {
            let [worse, same] = both;
            self.add_rest(whose.change(Outcome::NotAny(ChangeClass::Improved)), worse, same)?;
        }
        for rule in 0..rules {
            for class in [ChangeClass::Improved, ChangeClass::Worse] {
                let of = whose.change(Outcome::Rule(rule, class));
                let rest = whose.change(Outcome::NotRule(rule, class));
                self.add_rest(whose.pairs(), of.clone(), rest)?;
                let rest = whose.change(Outcome::Both([0, rule + 1], [class, ChangeClass::Same]));
                self.add_rest(whose.change(Outcome::Any(class)), of, rest)?;
            }
        }
        Ok(())
    }

    /// A period is its months.
    fn link_months(
        &mut self,
        place: usize,
        whose: &Whose,
        report: &IndicatorReport,
        first: Month,
        counts: &MeasureCounts,
        boxes: &[FlowBox],
    ) {
        let by = report.indicator.definition().month_of;
        let months = counts.groups.groups(by).map(|(name, _)| name);
        let months = months.filter(|name| period_of(report, name) == Some(first));
        let months: Vec<Whose> = months.map(|name| Whose::group(place, by, name)).collect();
        for at in boxes {
            let step = Step::In(*at);
            self.link(whose.step(step), months.iter().map(|month| month.step(step)));
        }
        for outcome in [Outcome::Any(ChangeClass::Improved), Outcome::NotAny(ChangeClass::Improved)]
        {
            self.link(whose.change(outcome), months.iter().map(|month| month.change(outcome)));
        }
    }
}

/// The first month of the period that a month is counted in.
fn period_of(report: &IndicatorReport, month: &str) -> Option<Month> {
    let month: Month = month.parse().ok()?;
    let span = report.span;
    let within = |period: &&crate::indicator::IndicatorPeriod| {
        (period.from..=period.to).contains(&month) && (span.from..=span.to).contains(&month)
    };
    report.periods.iter().find(within).map(|period| period.from)
}

/// The episodes of each period.
fn by_period(
    report: &IndicatorReport,
    definition: &IndicatorDefinition,
    counts: &MeasureCounts,
) -> OrderedMap<Month, GroupCounts> {
    let population: &CountsByGroup = match definition.population {
        IndicatorPopulation::AllEpisodes => &counts.groups,
        IndicatorPopulation::Finished => &counts.finished,
    };
    let mut periods: OrderedMap<Month, GroupCounts> = OrderedMap::new();
    for (name, group) in population.groups(definition.month_of) {
        let Some(month) = period_of(report, name) else { continue };
        let period = periods.entry(month).or_insert_with(|| GroupCounts::new(*group.pairs.scale()));
        // Parts of a whole that was counted: their sum fits.
        let _ = period.merge(group);
    }
    periods
}
