//! What an attacker writes down of a public form: every count shown, and the sums between them that the
//! report itself prints or that anybody knows of. The truth is only used to tell what was caught.

use std::collections::BTreeMap;

use clw_core::attrition::{Attrition, TraitGroups};
use clw_core::completion::GroupBy;
use clw_core::disclosure::{Profile, PublishedCount, PublishedShare};
use clw_core::equity::EquityTable;
use clw_core::estimate::Share;
use clw_core::evaluation::{
    DisclosedAttrition, DisclosedEquity, DisclosedEvaluation, DisclosedIndicator, DisclosedJoint,
    DisclosedMeasure, Evaluation, JointFindings, MeasureFindings,
};
use clw_core::indicator::{IndicatorCount, IndicatorReport};

use super::attack::Attack;

/// Fails if a small count can be worked out of what is published of an evaluation.
pub(super) fn attack(evaluation: &Evaluation) {
    let profile = Profile::default();
    let disclosed = evaluation.disclosed(&profile).unwrap();
    let mut book = Book::default();
    for (place, (measure, found)) in disclosed.measures.iter().zip(&evaluation.findings).enumerate()
    {
        let name = |part: &str| format!("{place}/{part}");
        for (at, of) in measure.flow.iter().zip(&found.flow.boxes) {
            book.enter(name(at.flow_box.code()), at.episodes, of.episodes);
            for fate in &at.left {
                let truth = of.left.iter().find(|left| left.fate == fate.fate);
                let truth = truth.map_or(0, |left| left.episodes);
                book.enter(name(fate.fate.code()), fate.episodes, truth);
            }
        }
        for pair in measure.flow.windows(2) {
            let left = pair[0].left.iter().map(|fate| name(fate.fate.code()));
            let parts = left.chain([name(pair[1].flow_box.code())]);
            book.sum(name(pair[0].flow_box.code()), parts.collect());
        }
        let any = &measure.change.any_change;
        let truth = &found.change.any_change;
        book.enter(name("improved"), any.improved.count, truth.improved.count);
        book.enter(name("same"), any.same.count, truth.same.count);
        book.enter(name("worse"), any.worse.count, truth.worse.count);
        book.sum(name("paired"), ["improved", "same", "worse"].map(name).to_vec());
        let mut parts = BTreeMap::<String, Vec<String>>::new();
        let leaving = found.groups.iter().filter(|group| group.by != GroupBy::Worker);
        for (group, truth) in measure.groups.iter().zip(leaving) {
            let own = |part: &str| format!("{place}/{:?}/{}/{part}", group.by, group.group);
            for at in &group.boxes {
                let of = truth.flow.boxes.iter().find(|of| of.flow_box == at.flow_box).unwrap();
                book.enter(own(at.flow_box.code()), at.episodes, of.episodes);
                let total = format!("{}/{:?}", name(at.flow_box.code()), group.by);
                parts.entry(total).or_default().push(own(at.flow_box.code()));
            }
            for pair in group.boxes.windows(2) {
                let [from, to] = [pair[0].flow_box.code(), pair[1].flow_box.code()];
                book.complement(own(from), own(to));
            }
            book.complement(own("eligible"), own("paired"));
            book.enter(own("improved"), group.improved.count, truth.benefit.improved.count);
            book.complement(own("paired"), own("improved"));
            parts
                .entry(format!("{}/{:?}", name("improved"), group.by))
                .or_default()
                .push(own("improved"));
        }
        for (total, parts) in parts {
            let total = total.rsplit_once('/').unwrap().0.to_owned();
            book.sum(total, parts);
        }
        book.enter_levels(place, &measure.attrition, &found.attrition);
        for (axis, (published, truth)) in measure.equity.iter().zip(&found.equity).enumerate() {
            book.enter_bands(place, axis, published, truth, found);
        }
        book.complement(name("due"), name("improved"));
        for class in ["improved", "same", "worse"] {
            book.complement(name("paired"), name(class));
        }
        for (moves, truth) in measure.change.transitions.iter().zip(&found.change.transitions) {
            for (from, row) in moves.pairs.iter().enumerate() {
                let cell = |to: usize| name(&format!("{}/{from}-{to}", moves.band_set));
                let all: u64 = truth.pairs[from].iter().sum();
                book.enter(cell(usize::MAX), moves.from[from], all);
                for (to, count) in row.iter().enumerate() {
                    book.enter(cell(to), *count, truth.pairs[from][to]);
                }
                book.sum(cell(usize::MAX), (0..row.len()).map(cell).collect());
            }
            for to in 0..moves.bands.len() {
                let cell = |from: usize| name(&format!("{}/{from}-{to}", moves.band_set));
                let all: u64 = truth.pairs.iter().map(|row| row[to]).sum();
                book.enter(cell(usize::MAX), moves.to[to], all);
                book.sum(cell(usize::MAX), (0..moves.bands.len()).map(cell).collect());
            }
        }
    }
    book.enter_records(&disclosed, evaluation);
    book.enter_help(&disclosed, evaluation);
    book.enter_over_time(&disclosed, evaluation);
    book.enter_stars(&disclosed, evaluation);
    for (place, (measure, found)) in disclosed.measures.iter().zip(&evaluation.findings).enumerate()
    {
        book.enter_after_exit(place, measure, found);
        for (of, truth) in measure.indicators.iter().zip(&found.over_periods.indicators) {
            book.enter_indicator(place, of, truth);
        }
    }
    let limit = profile.hide_up_to();
    let attack = Attack::on(&book.truth, &book.sums, &book.shown, limit);
    assert_eq!(attack.caught(&book.truth, limit), []);
}

/// What completion is made of.
const COMPLETION: [&str; 3] = ["due", "paired", "unpaired"];

/// The cell of those due, with a pair or without.
fn completion(whose: &str, part: &str) -> String {
    match part {
        "unpaired" => format!("{whose}/due − {whose}/paired"),
        part => format!("{whose}/{part}"),
    }
}

fn whole(value: f64) -> u64 {
    format!("{value:.0}").parse().unwrap()
}

#[derive(Default)]
struct Book {
    truth: BTreeMap<String, u64>,
    shown: BTreeMap<String, u64>,
    sums: Vec<(String, Vec<String>)>,
}

impl Book {
    fn enter(&mut self, cell: String, count: PublishedCount, truth: u64) {
        if let Some(count) = count.shown() {
            self.shown.insert(cell.clone(), count);
        }
        self.truth.insert(cell, truth);
    }

    /// The levels of a trait are groups of that name, whether or not the plan shows the groups.
    fn enter_levels(&mut self, place: usize, published: &DisclosedAttrition, truth: &Attrition) {
        for (of, truth) in published.traits.iter().zip(&truth.traits[1..]) {
            let TraitGroups::Levels { levels: truths } = &truth.groups else { continue };
            let mut parts = [Vec::new(), Vec::new()];
            for truth in truths {
                let own = |part: &str| format!("{place}/{:?}/{}/{part}", of.by, truth.level);
                let (paired, due) = (own("paired"), own("due"));
                let unpaired = format!("{due} − {paired}");
                if let Some(level) = of.levels.iter().find(|level| level.level == truth.level) {
                    self.enter(paired.clone(), level.paired.count, truth.paired.count);
                    self.enter(unpaired.clone(), level.unpaired.count, truth.unpaired.count);
                }
                self.truth.insert(paired.clone(), truth.paired.count);
                self.truth.insert(unpaired.clone(), truth.unpaired.count);
                self.truth.insert(due.clone(), truth.paired.count + truth.unpaired.count);
                self.sum(due, vec![paired.clone(), unpaired.clone()]);
                parts[0].push(paired);
                parts[1].push(unpaired);
            }
            if let Some(others) = &of.other_levels {
                for (part, shown) in [("paired", &others.paired), ("unpaired", &others.unpaired)] {
                    let levels = others.levels.iter();
                    let whose = |level: &String| format!("{place}/{:?}/{level}", of.by);
                    let levels: Vec<String> =
                        levels.map(|level| completion(&whose(level), part)).collect();
                    let together = format!("{place}/{:?} together/{part}", of.by);
                    let truth = levels.iter().map(|cell| self.truth[cell]).sum();
                    self.enter(together.clone(), shown.count, truth);
                    self.sum(together, levels);
                }
            }
            let [paired, due] = ["paired", "due"].map(|part| format!("{place}/{part}"));
            let [with, without] = parts;
            self.complement(due.clone(), paired.clone());
            self.sum(format!("{due} − {paired}"), without);
            self.sum(paired, with);
        }
    }

    /// The bands of the first axis are the groups by quintile of its version.
    fn enter_bands(
        &mut self,
        place: usize,
        axis: usize,
        published: &DisclosedEquity,
        truth: &EquityTable,
        found: &MeasureFindings,
    ) {
        let mut parts = BTreeMap::<&str, Vec<String>>::new();
        let mut rest = BTreeMap::<&str, u64>::new();
        for part in ["referred", "seen", "due", "paired", "improved"] {
            rest.insert(part, self.truth[&format!("{place}/{part}")]);
        }
        for (row, truth) in published.rows.iter().zip(&truth.rows) {
            let own = |part: &str| match axis {
                0 => format!("{place}/SimdQuintile/SIMD 2020v2 quintile {}/{part}", row.band),
                _ => format!("{place}/UrbanRural/class {}/{part}", row.band),
            };
            for (part, shown, truth) in [
                ("referred", row.referred, truth.referred),
                ("seen", row.engagement.count, truth.engagement.count),
                ("due", row.completion.of, truth.completion.of),
                ("paired", row.completion.count, truth.completion.count),
                ("improved", row.improved.count, truth.improved.count),
            ] {
                self.enter(own(part), shown, truth);
                *rest.get_mut(part).unwrap() -= truth;
                parts.entry(part).or_default().push(own(part));
            }
            self.chain(own);
        }
        let nowhere = |part: &str| format!("{place}/{axis}/nowhere/{part}");
        let row = &published.not_placed;
        self.enter(nowhere("referred"), row.engagement.of, rest["referred"]);
        self.enter(nowhere("seen"), row.engagement.count, rest["seen"]);
        self.enter(nowhere("due"), row.completion.of, rest["due"]);
        self.enter(nowhere("paired"), row.completion.count, rest["paired"]);
        self.truth.insert(nowhere("improved"), rest["improved"]);
        self.chain(nowhere);
        let placed = format!("{place}/{axis}/placed");
        self.enter(placed.clone(), published.placed.count, truth.placed.count);
        assert_eq!(found.flow.boxes[0].episodes, truth.placed.of);
        self.sum(placed, parts["referred"].clone());
        for (part, mut bands) in parts {
            bands.push(nowhere(part));
            self.sum(format!("{place}/{part}"), bands);
        }
    }

    fn enter_records(&mut self, published: &DisclosedEvaluation, evaluation: &Evaluation) {
        let records = &evaluation.records;
        self.enter("people".to_owned(), published.people, evaluation.counts.people);
        self.enter("episodes".to_owned(), published.episodes, evaluation.counts.episodes);
        self.complement("episodes".to_owned(), "people".to_owned());
        self.sum("0/referred".to_owned(), vec!["episodes".to_owned()]);
        for (of, truth) in published.fields.iter().zip(&records.fields) {
            let own = |part: &str| format!("field {:?}/{part}", of.field);
            let all = if of.field.is_of_person() { "people" } else { "episodes" };
            self.enter(own("value"), of.recorded.count, truth.recorded.count);
            self.enter(own("applies"), of.recorded.of, truth.recorded.of);
            self.enter(own("not known"), of.not_known, truth.not_known);
            self.enter(own("not recorded"), of.missing, truth.missing);
            self.enter(own("not applicable"), of.not_applicable, truth.not_applicable);
            let held = ["value", "not known", "not recorded"].map(own);
            self.sum(own("applies"), held.to_vec());
            self.sum(all.to_owned(), vec![own("applies"), own("not applicable")]);
        }
        for (of, truth) in published.issues.iter().zip(&records.issues) {
            self.enter_share(&format!("issue {:?}", of.issue), &of.found, truth.found);
        }
        self.sum("0/seen".to_owned(), vec!["issue ContactsNotKnown/of".to_owned()]);
        for (place, (measure, found)) in
            published.measures.iter().zip(&evaluation.findings).enumerate()
        {
            for (of, truth) in measure.issues.iter().zip(&found.issues) {
                self.enter_share(&format!("{place}/issue {:?}", of.issue), &of.found, truth.found);
            }
            // All but the first five are looked for among all sittings, and a sitting has one of them.
            let mut parts: Vec<String> = measure.issues[5..]
                .iter()
                .map(|of| format!("{place}/issue {:?}/count", of.issue))
                .collect();
            let found: u64 = found.issues[5..].iter().map(|of| of.found.count).sum();
            let all = format!("{place}/issue {:?}/of", measure.issues[5].issue);
            let rest = format!("{place}/useful sittings");
            self.truth.insert(rest.clone(), self.truth[&all] - found);
            parts.push(rest);
            for of in &measure.issues[2..5] {
                self.complement(all.clone(), format!("{place}/issue {:?}/of", of.issue));
            }
            self.sum(all, parts);
        }
    }

    fn enter_share(&mut self, name: &str, share: &PublishedShare, truth: Share) {
        let [count, of] = ["count", "of"].map(|part| format!("{name}/{part}"));
        self.enter(count.clone(), share.count, truth.count);
        self.enter(of.clone(), share.of, truth.of);
        self.complement(of, count);
    }

    /// Months and practices are groups whether or not the plan shows groups of that name; what is left
    /// of everybody without them is a count too.
    fn enter_over_time(&mut self, published: &DisclosedEvaluation, evaluation: &Evaluation) {
        let plan = evaluation.plan().plan();
        if let (Some(chart), Some(truth)) =
            (&published.referral_chart, &evaluation.records.referral_chart)
        {
            let points = truth.phases.iter().flat_map(|phase| &phase.points);
            let mut months = Vec::new();
            for (of, truth) in chart.months.iter().zip(points) {
                let cell = format!("0/ReferralMonth/{}/referred", of.month);
                self.enter(cell.clone(), of.referrals, whole(truth.value.unwrap()));
                months.push(cell);
            }
            self.rest("0/referred", months);
        }
        for (place, (measure, found)) in
            published.measures.iter().zip(&evaluation.findings).enumerate()
        {
            let (over_time, found) = (&measure.over_time, &found.over_periods);
            let mut months = Vec::new();
            if let (Some(chart), Some(truth)) =
                (&over_time.completion_chart, &found.completion_chart)
            {
                let points = truth.phases.iter().flat_map(|phase| &phase.points);
                let shown = chart.phases.iter().flat_map(|phase| &phase.months);
                for (of, truth) in shown.zip(points) {
                    let whose = format!("{place}/DueMonth/{}", of.month);
                    self.enter_completion(&whose, &of.completion, (truth.count, truth.of));
                    months.push((of.month.clone(), whose));
                }
                let all: Vec<String> = months.iter().map(|of| of.1.clone()).collect();
                self.rest_of_completion(place, &all);
            }
            let mut practices = Vec::new();
            if let (Some(funnel), Some(truth)) =
                (&over_time.completion_funnel, &found.completion_funnel)
            {
                assert_eq!(funnel.practices.len(), truth.points.len());
                for of in &funnel.practices {
                    let truth =
                        truth.points.iter().find(|point| point.name == of.practice).unwrap();
                    let whose = format!("{place}/Practice/{}", of.practice);
                    self.enter_completion(&whose, &of.completion, (truth.count, truth.of));
                    practices.push((of.practice.clone(), whose));
                }
                let all: Vec<String> = practices.iter().map(|of| of.1.clone()).collect();
                self.rest_of_completion(place, &all);
            }
            for (at, (of, truth)) in
                over_time.before_after.iter().zip(&found.before_after).enumerate()
            {
                if of.left_out.is_some() {
                    continue;
                }
                let change = &plan.before_after[at];
                let truths = [&truth.completion.before, &truth.completion.after];
                let sides =
                    [(&of.before, change.before, truths[0]), (&of.after, change.after, truths[1])];
                let mut names = Vec::new();
                for (side, (share, span, truth)) in sides.into_iter().enumerate() {
                    let whose = format!("{place}/change {at}.{side}");
                    self.enter_completion(&whose, share, (truth.count, truth.of));
                    let in_span = months.iter().filter(|(month, _)| {
                        let month = month.parse().unwrap();
                        span.from <= month && month <= span.to
                    });
                    let parts: Vec<String> = in_span.map(|of| of.1.clone()).collect();
                    self.rest_of_some(
                        &format!("months of {whose}"),
                        &parts,
                        std::slice::from_ref(&whose),
                    );
                    names.push(whose);
                }
                let named = practices.iter().filter(|(name, _)| change.practices.contains(name));
                let named: Vec<String> = named.map(|of| of.1.clone()).collect();
                self.rest_of_some(&format!("practices of {place}/change {at}"), &named, &names);
                self.rest_of_completion(place, &names);
            }
        }
    }

    /// Due, paired and those without a pair.
    fn enter_completion(&mut self, whose: &str, share: &PublishedShare, (count, of): (u64, u64)) {
        self.enter(format!("{whose}/due"), share.of, of);
        self.enter(format!("{whose}/paired"), share.count, count);
        self.complement(format!("{whose}/due"), format!("{whose}/paired"));
    }

    /// Some of those due under a measure, and the rest of them.
    fn rest_of_completion(&mut self, place: usize, parts: &[String]) {
        self.complement(format!("{place}/due"), format!("{place}/paired"));
        for part in COMPLETION {
            let parts = parts.iter().map(|whose| completion(whose, part)).collect();
            self.rest(&completion(&place.to_string(), part), parts);
        }
    }

    /// Some groups together without some of their people.
    fn rest_of_some(&mut self, name: &str, groups: &[String], without: &[String]) {
        if groups.is_empty() {
            return;
        }
        for part in COMPLETION {
            let cells = |of: &[String]| -> Vec<String> {
                of.iter().map(|whose| completion(whose, part)).collect()
            };
            let (all, without) = (format!("{name}/{part}"), cells(without));
            let sum = cells(groups).iter().map(|cell| self.truth[cell]).sum();
            self.truth.insert(all.clone(), sum);
            self.sum(all.clone(), cells(groups));
            self.rest(&all, without);
        }
    }

    /// Parts of a whole, and the rest of it.
    fn rest(&mut self, whole: &str, mut parts: Vec<String>) {
        let counted: u64 = parts.iter().map(|part| self.truth[part]).sum();
        let rest = format!("{whole} without {}", parts.join(", "));
        self.truth.insert(rest.clone(), self.truth[whole] - counted);
        parts.push(rest);
        self.sum(whole.to_owned(), parts);
    }

    /// The areas of a star together, beside each of them.
    fn enter_stars(&mut self, published: &DisclosedEvaluation, evaluation: &Evaluation) {
        for (star, (of, truth)) in
            published.joint.iter().zip(&evaluation.joint_findings).enumerate()
        {
            let own = |part: &str| format!("star {star}/{part}");
            self.enter(own("all"), of.episodes, truth.episodes);
            for (part, shown, truth) in [
                ("forward", of.forward_in_at_least_one, truth.forward_in_at_least_one),
                ("back", of.back_in_at_least_one, truth.back_in_at_least_one),
                ("both", of.forward_and_back, truth.forward_and_back),
            ] {
                self.enter(own(part), shown.count, truth.count);
            }
            let areas =
                |from: usize| (from..of.by_areas_forward.len()).map(|k| own(&k.to_string()));
            for (k, (shown, truth)) in
                of.by_areas_forward.iter().zip(&truth.by_areas_forward).enumerate()
            {
                self.enter(own(&k.to_string()), *shown, truth.episodes);
            }
            self.sum(own("all"), areas(0).collect());
            self.sum(own("forward"), areas(1).collect());
            self.complement(own("all"), own("back"));
            self.complement(own("forward"), own("both"));
            self.complement(own("back"), own("both"));
            self.complement(own("0"), format!("{} − {}", own("back"), own("both")));
            let measures: Vec<usize> = (0..published.measures.len())
                .filter(|at| {
                    let measure = &published.measures[*at];
                    measure.instrument == of.instrument && of.measures.contains(&measure.measure)
                })
                .collect();
            let every = own(&measures.len().to_string());
            for (part, beyond) in
                [("improved", None), ("worse", Some("back")), ("paired", Some("all"))]
            {
                let cells: Vec<String> = measures.iter().map(|at| format!("{at}/{part}")).collect();
                let all = own(&format!("{part} in all areas"));
                self.truth.insert(all.clone(), cells.iter().map(|cell| self.truth[cell]).sum());
                self.sum(all.clone(), cells);
                match beyond {
                    Some(once) => self.complement(all, own(once)),
                    None => {
                        let times = areas(0).enumerate();
                        let times = times.flat_map(|(k, cell)| std::iter::repeat_n(cell, k));
                        self.sum(all, times.collect());
                    }
                }
            }
            self.enter_star_completion(&own, of, truth, &measures);
            for at in measures {
                self.complement(own("all"), format!("{at}/paired"));
                self.complement(own("forward"), format!("{at}/improved"));
                self.complement(own("back"), format!("{at}/worse"));
                self.complement(format!("{at}/improved"), every.clone());
            }
        }
    }

    /// Who was asked again in one area of a star and who in each that was due, beside each area.
    fn enter_star_completion(
        &mut self,
        own: &dyn Fn(&str) -> String,
        published: &DisclosedJoint,
        truth: &JointFindings,
        measures: &[usize],
    ) {
        let (one, each) = (published.paired_completion, published.paired_throughout);
        self.enter(own("due"), one.of, truth.paired_completion.of);
        self.enter(own("all"), one.count, truth.paired_completion.count);
        self.enter(own("throughout"), each.count, truth.paired_throughout.count);
        self.complement(own("due"), own("all"));
        self.complement(own("due"), own("throughout"));
        self.complement(own("all"), own("throughout"));
        let not_throughout = format!("{} − {}", own("due"), own("throughout"));
        let due = measures.iter().map(|at| format!("{at}/due")).collect::<Vec<_>>();
        let lost = measures.iter().map(|at| completion(&at.to_string(), "unpaired"));
        let lost = lost.collect::<Vec<_>>();
        for (at, (due, lost)) in measures.iter().zip(due.iter().zip(&lost)) {
            self.complement(due.clone(), format!("{at}/paired"));
            self.complement(own("due"), due.clone());
            self.complement(not_throughout.clone(), lost.clone());
        }
        for (name, cells, once) in [("due", due, own("due")), ("lost", lost, not_throughout)] {
            let all = own(&format!("{name} in all areas"));
            self.truth.insert(all.clone(), cells.iter().map(|cell| self.truth[cell]).sum());
            self.sum(all.clone(), cells);
            self.complement(all, once);
        }
    }

    fn enter_help(&mut self, published: &DisclosedEvaluation, evaluation: &Evaluation) {
        let (help, truth) = (&published.help, &evaluation.records.help);
        for (name, kept, any, sort, truths) in [
            (
                "needs",
                &help.needs.kept,
                &help.needs.with_any,
                &help.needs.with_unmet,
                [truth.needs.kept, truth.needs.with_any, truth.needs.with_unmet],
            ),
            (
                "onward",
                &help.onward.kept,
                &help.onward.with_any,
                &help.onward.with_taken_up,
                [truth.onward.kept, truth.onward.with_any, truth.onward.with_taken_up],
            ),
        ] {
            let own = |part: &str| format!("{name}/{part}");
            self.enter_share(&own("kept"), kept, truths[0]);
            self.enter_share(&own("any"), any, truths[1]);
            self.enter_share(&own("sort"), sort, truths[2]);
            self.sum(own("kept/count"), vec![own("any/of")]);
            self.sum(own("kept/count"), vec![own("sort/of")]);
            self.complement(own("any/count"), own("sort/count"));
            self.complement("episodes".to_owned(), own("kept/of"));
            self.complement(own("kept/of"), "0/seen".to_owned());
        }
        let mut columns = BTreeMap::<&str, Vec<String>>::new();
        let mut totals = BTreeMap::<&str, u64>::new();
        for (of, truth) in help.needs.by_reason.iter().zip(&truth.needs.by_reason) {
            let own = |part: &str| format!("needs/{:?}/{part}", of.reason);
            for (part, shown, truth) in [
                ("all", of.needs.identified, truth.identified),
                ("met", of.needs.met.count, truth.met.count),
                ("unmet", of.needs.unmet.count, truth.unmet.count),
                ("unknown", of.needs.not_known.count, truth.not_known.count),
            ] {
                self.enter(own(part), shown, truth);
                columns.entry(part).or_default().push(own(part));
                *totals.entry(part).or_default() += truth;
            }
            self.sum(own("all"), ["met", "unmet", "unknown"].map(own).to_vec());
        }
        let all = &help.needs.all;
        for (part, shown) in [
            ("all", all.identified),
            ("met", all.met.count),
            ("unmet", all.unmet.count),
            ("unknown", all.not_known.count),
        ] {
            self.enter(format!("needs/{part}"), shown, totals.get(part).copied().unwrap_or(0));
            self.sum(format!("needs/{part}"), columns.remove(part).unwrap_or_default());
        }
        self.complement("needs/all".to_owned(), "needs/any/count".to_owned());
        self.complement("needs/unmet".to_owned(), "needs/sort/count".to_owned());
        let mut parts = Vec::new();
        for (of, truth) in help.onward.uptake.iter().zip(&truth.onward.uptake) {
            self.enter_share(&format!("onward/{:?}", of.uptake), &of.referrals, truth.referrals);
            parts.push(format!("onward/{:?}/count", of.uptake));
        }
        self.sum("onward/TakenUp/of".to_owned(), parts);
        for (of, truth) in help.onward.by_status.iter().zip(&truth.onward.by_status) {
            self.enter_share(&format!("status/{:?}", of.status), &of.referrals, truth.referrals);
        }
        for (of, truth) in help.outcomes.by_reason.iter().zip(&truth.outcomes.by_reason) {
            self.enter_share(&format!("outcome/{:?}", of.reason), &of.episodes, truth.episodes);
        }
        self.enter_share("money", &help.outcomes.with_value, truth.outcomes.with_value);
    }

    fn enter_after_exit(
        &mut self,
        place: usize,
        measure: &DisclosedMeasure,
        found: &MeasureFindings,
    ) {
        let (Some(of), Some(truth)) = (&measure.after_exit, &found.after_exit) else { return };
        let own = |part: &str| format!("{place}/after/{part}");
        self.enter_share(&own("asked"), &of.followed_up, truth.followed_up);
        let since = [
            ("baseline", &of.since_baseline.improved, truth.since_baseline.improved),
            ("exit", &of.since_exit.improved, truth.since_exit.improved),
        ];
        for (name, share, truth) in since {
            self.enter_share(&own(name), share, truth);
            self.complement(own("asked/count"), own(&format!("{name}/of")));
        }
        self.complement(format!("{place}/baseline-valid"), own("asked/of"));
    }

    /// Periods and their total, which is some of everybody.
    fn enter_indicator(
        &mut self,
        place: usize,
        published: &DisclosedIndicator,
        truth: &IndicatorReport,
    ) {
        let definition = truth.indicator.definition();
        let own = |slot: &str| format!("{place}/{}/{slot}", definition.id);
        let [mut counts, mut wholes] = [Vec::new(), Vec::new()];
        for (of, truth) in published.periods.iter().zip(&truth.periods) {
            self.enter_share(&own(&of.period), &of.share, truth.share);
            counts.push(own(&format!("{}/count", of.period)));
            wholes.push(own(&format!("{}/of", of.period)));
        }
        self.enter_share(&own("whole"), &published.whole, truth.whole);
        self.sum(own("whole/count"), counts);
        self.sum(own("whole/of"), wholes);
        let everybody = match &definition.numerator {
            IndicatorCount::Box(flow_box) => flow_box.code(),
            IndicatorCount::Improved => "improved",
            _ => return,
        };
        self.complement(format!("{place}/{everybody}"), own("whole/count"));
        self.complement(format!("{place}/{}", definition.denominator.code()), own("whole/of"));
    }

    fn chain(&mut self, own: impl Fn(&str) -> String) {
        for pair in ["referred", "seen", "due", "paired", "improved"].windows(2) {
            self.complement(own(pair[0]), own(pair[1]));
        }
    }

    fn sum(&mut self, total: String, parts: Vec<String>) {
        let added: u64 = parts.iter().map(|part| self.truth[part]).sum();
        assert_eq!(self.truth[&total], added, "{total}");
        self.sums.push((total, parts));
    }

    fn complement(&mut self, whole: String, part: String) {
        let rest = format!("{whole} − {part}");
        self.truth.insert(rest.clone(), self.truth[&whole] - self.truth[&part]);
        self.sum(whole, vec![part, rest]);
    }
}
