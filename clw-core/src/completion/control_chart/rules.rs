//! What on a control chart is more than chance.

use std::iter::{once, repeat_n};

use serde::{Deserialize, Serialize};

use crate::completion::ChartSide;

/// One rule for special causes. σ is a third of the way from the centre to three-sigma limits.
///
/// "In a row" means the points drawn: a gap neither breaks a run nor counts in it. A point on the centre
/// is on neither side and ends a run; two equal points end a trend. Rules do not look across the
/// beginning of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SpecialCauseRule {
    /// A point outside the limits. Shewhart (1931); first of Western Electric, Nelson and NHS England.
    PointOutsideLimits,
    /// Two of three points in a row further than 2σ on one side, the third anywhere. Second of Western
    /// Electric, fifth of Nelson.
    TwoOfThreeBeyondTwoSigma,
    /// Two of three points in a row further than 2σ on one side, the third on that side of the centre
    /// too: "close to a limit" in NHS England's charts.
    TwoOfThreeBeyondTwoSigmaAllOnOneSide,
    /// Four of five points in a row further than 1σ on one side. Third of Western Electric, sixth of
    /// Nelson.
    FourOfFiveBeyondOneSigma,
    /// So many points in a row on one side of the centre: 8 in Western Electric, 9 in Nelson, 7 (or 6)
    /// in NHS England's charts.
    RunOnOneSide {
        /// The points, at least 2.
        points: u32,
    },
    /// So many points in a row, each above the one before, or each below: 6 in Nelson, 7 (or 6) in NHS
    /// England's charts.
    Trend {
        /// The points, the first included; at least 2.
        points: u32,
    },
    /// Fourteen points in a row, up and down in turn. Fourth of Nelson.
    FourteenAlternating,
    /// Fifteen points in a row no further than 1σ from the centre, where σ is above 0. Seventh of Nelson.
    FifteenWithinOneSigma,
    /// Eight points in a row all further than 1σ from the centre, on either side. Eighth of Nelson.
    EightBeyondOneSigma,
}

/// The rules of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSet {
    /// NHS England, *Making Data Count*: limits, a run of 7, a trend of 7, two of three close to a
    /// limit.
    NhsEnglandMakingDataCount,
    /// Western Electric (1956): limits, two of three, four of five, a run of 8.
    #[serde(rename = "western-electric-1956")]
    WesternElectric1956,
    /// Nelson (1984): eight tests, a run of 9 and a trend of 6 among them.
    #[serde(rename = "nelson-1984")]
    Nelson1984,
}

impl RuleSet {
    /// Where the rules are laid down.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::NhsEnglandMakingDataCount => {
                "NHS England, Making Data Count (2019), with runs of 7 as in NHSRplotthedots, \
                 doi:10.32614/CRAN.package.NHSRplotthedots; its spreadsheets offer 6 or 7"
            }
            Self::WesternElectric1956 => {
                "Western Electric Company (1956), Statistical Quality Control Handbook, 25-28"
            }
            Self::Nelson1984 => {
                "Nelson (1984), Journal of Quality Technology 16, 237-239, \
                 doi:10.1080/00224065.1984.11978921"
            }
        }
    }

    /// The rules.
    #[must_use]
    pub fn rules(self) -> Vec<SpecialCauseRule> {
        use SpecialCauseRule as Rule;
        match self {
            Self::NhsEnglandMakingDataCount => vec![
                Rule::PointOutsideLimits,
                Rule::RunOnOneSide { points: 7 },
                Rule::Trend { points: 7 },
                Rule::TwoOfThreeBeyondTwoSigmaAllOnOneSide,
            ],
            Self::WesternElectric1956 => vec![
                Rule::PointOutsideLimits,
                Rule::TwoOfThreeBeyondTwoSigma,
                Rule::FourOfFiveBeyondOneSigma,
                Rule::RunOnOneSide { points: 8 },
            ],
            Self::Nelson1984 => vec![
                Rule::PointOutsideLimits,
                Rule::RunOnOneSide { points: 9 },
                Rule::Trend { points: 6 },
                Rule::FourteenAlternating,
                Rule::TwoOfThreeBeyondTwoSigma,
                Rule::FourOfFiveBeyondOneSigma,
                Rule::FifteenWithinOneSigma,
                Rule::EightBeyondOneSigma,
            ],
        }
    }
}

/// A rule that a point is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpecialCause {
    /// The rule.
    pub rule: SpecialCauseRule,
    /// On which side; for a trend, above where it rises. Absent for a rule without sides.
    pub side: Option<ChartSide>,
}

/// A point as the rules see it.
#[derive(Clone, Copy)]
pub(super) struct Plotted {
    pub(super) value: f64,
    pub(super) centre: f64,
    pub(super) sigma: f64,
    pub(super) outside: Option<ChartSide>,
}

impl Plotted {
    fn side(&self) -> Option<ChartSide> {
        of_difference(self.value, self.centre)
    }

    /// The side on which it is further from the centre than so many σ.
    fn beyond(&self, sigmas: f64) -> Option<ChartSide> {
        let distance = libm::fabs(self.value - self.centre);
        self.side().filter(|_| distance > sigmas * self.sigma)
    }
}

fn of_difference(value: f64, from: f64) -> Option<ChartSide> {
    if value > from {
        Some(ChartSide::Above)
    } else if value < from {
        Some(ChartSide::Below)
    } else {
        None
    }
}

/// The rules that each point of a phase is part of, in the order of the rules.
pub(super) fn special_causes(
    points: &[Plotted],
    rules: &[SpecialCauseRule],
) -> Vec<Vec<SpecialCause>> {
    let mut found = vec![Vec::new(); points.len()];
    for &rule in rules {
        for marks in rule.patterns(points) {
            for (causes, mark) in found.iter_mut().zip(marks) {
                causes.extend(mark.map(|side| SpecialCause { rule, side }));
            }
        }
    }
    found
}

/// For each point, whether it is part of a pattern, and on which side.
type Marks = Vec<Option<Option<ChartSide>>>;

impl SpecialCauseRule {
    /// The points in a row that the rule leaves to be chosen.
    pub(super) const fn length(self) -> Option<u32> {
        match self {
            Self::RunOnOneSide { points } | Self::Trend { points } => Some(points),
            _ => None,
        }
    }

    /// The points of the rule's patterns; patterns that can share a point are apart.
    fn patterns(self, points: &[Plotted]) -> Vec<Marks> {
        let each = |class: &dyn Fn(&Plotted) -> Option<Option<ChartSide>>| {
            points.iter().map(class).collect::<Vec<_>>()
        };
        let marks = match self {
            Self::PointOutsideLimits => each(&|point| point.outside.map(Some)),
            Self::TwoOfThreeBeyondTwoSigma => some_of(points, 3, 2, 2.0, false),
            Self::TwoOfThreeBeyondTwoSigmaAllOnOneSide => some_of(points, 3, 2, 2.0, true),
            Self::FourOfFiveBeyondOneSigma => some_of(points, 5, 4, 1.0, false),
            Self::RunOnOneSide { points: least } => {
                in_a_row(&each(&|point| point.side().map(Some)), least)
            }
            // A peak is the last point of a rise and the first of a fall.
            Self::Trend { points: least } => {
                return vec![
                    trend(points, least, ChartSide::Above),
                    trend(points, least, ChartSide::Below),
                ];
            }
            Self::FourteenAlternating => alternating(points, 14),
            Self::FifteenWithinOneSigma => {
                // Where nothing varies, to be near the centre is no pattern.
                let near = |point: &Plotted| point.sigma > 0.0 && point.beyond(1.0).is_none();
                in_a_row(&each(&|point| near(point).then_some(None)), 15)
            }
            Self::EightBeyondOneSigma => {
                in_a_row(&each(&|point| point.beyond(1.0).map(|_| None)), 8)
            }
        };
        vec![marks]
    }
}

/// So many points at least, each on the given side of the one before.
fn trend(points: &[Plotted], least: u32, to: ChartSide) -> Marks {
    let steps = steps(points).map(|step| step.filter(|side| *side == to).map(Some));
    ends(&in_a_row(&steps.collect::<Vec<_>>(), least.saturating_sub(1)), points.len())
}

/// So many points at least, up and down in turn.
///
/// With every second step turned round, such steps are of one kind.
fn alternating(points: &[Plotted], least: u32) -> Marks {
    let turned = (0_usize..)
        .zip(steps(points))
        .map(|(nth, step)| step.map(|side| Some(if nth % 2 == 0 { side } else { side.other() })));
    let marks = in_a_row(&turned.collect::<Vec<_>>(), least.saturating_sub(1));
    let sideless = marks.into_iter().map(|mark| mark.map(|_| None));
    ends(&sideless.collect::<Vec<_>>(), points.len())
}

/// Keeps the classes that so many neighbours at least have in common.
fn in_a_row(classes: &[Option<Option<ChartSide>>], least: u32) -> Marks {
    let runs = classes.chunk_by(|left, right| left == right);
    let kept = runs.flat_map(|run| {
        let long = u64::from(least) <= run.len() as u64;
        let class = run.first().copied().flatten();
        repeat_n(class.filter(|_| long), run.len())
    });
    kept.collect()
}

/// Which way each point lies from the one before; one less than there are points.
fn steps(points: &[Plotted]) -> impl Iterator<Item = Option<ChartSide>> {
    let pairs = points.iter().zip(points.iter().skip(1));
    pairs.map(|(from, to)| of_difference(to.value, from.value))
}

/// The points at either end of the steps that are marked.
fn ends(steps: &[Option<Option<ChartSide>>], points: usize) -> Marks {
    let before = once(None).chain(steps.iter().copied());
    let after = steps.iter().copied().chain(once(None));
    before.zip(after).take(points).map(|(before, after)| before.or(after)).collect()
}

/// The points further than `sigmas` on one side, where at least `least` of `of` in a row are.
fn some_of(points: &[Plotted], of: usize, least: usize, sigmas: f64, all_on_side: bool) -> Marks {
    let mut marks = vec![None; points.len()];
    for side in [ChartSide::Above, ChartSide::Below] {
        for (start, window) in points.windows(of).enumerate() {
            let there = |point: &&Plotted| point.beyond(sigmas) == Some(side);
            let apart = all_on_side && window.iter().any(|point| point.side() != Some(side));
            if apart || window.iter().filter(there).count() < least {
                continue;
            }
            for (mark, point) in marks.iter_mut().skip(start).zip(window) {
                if there(&point) {
                    *mark = Some(Some(side));
                }
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points about 0 with σ 1 and limits at ±3.
    fn marked(rule: SpecialCauseRule, values: &[f64]) -> Vec<usize> {
        let point = |&value: &f64| Plotted {
            value,
            centre: 0.0,
            sigma: 1.0,
            outside: of_difference(value, 0.0).filter(|_| value.abs() > 3.0),
        };
        let points: Vec<Plotted> = values.iter().map(point).collect();
        let found = special_causes(&points, &[rule]);
        (0..).zip(&found).filter(|(_, causes)| !causes.is_empty()).map(|(at, _)| at).collect()
    }

    #[test]
    fn each_rule_marks_the_points_of_its_pattern_and_one_point_fewer_is_none() {
        use SpecialCauseRule as Rule;
        let alternating: Vec<f64> =
            (0..14).map(|at| if at % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let quiet = [0.5; 15];
        let loud = [1.5, -1.5, 1.5, 1.5, -1.5, -1.5, 1.5, -1.5];
        let rows: &[(Rule, &[f64], &[usize])] = &[
            (Rule::PointOutsideLimits, &[0.0, 3.0, 3.1, -3.1], &[2, 3]),
            (Rule::TwoOfThreeBeyondTwoSigma, &[2.1, -0.5, 2.2, 0.1], &[0, 2]),
            (Rule::TwoOfThreeBeyondTwoSigma, &[2.1, -2.2, 0.1, 2.1], &[]),
            (Rule::TwoOfThreeBeyondTwoSigma, &[2.1, 2.2], &[]),
            (Rule::TwoOfThreeBeyondTwoSigmaAllOnOneSide, &[2.1, -0.5, 2.2, 0.1, 2.3], &[2, 4]),
            (Rule::FourOfFiveBeyondOneSigma, &[1.1, 1.2, 0.9, 1.3, 1.4], &[0, 1, 3, 4]),
            (Rule::FourOfFiveBeyondOneSigma, &[1.1, 1.2, 0.9, 1.3, 1.0], &[]),
            (Rule::RunOnOneSide { points: 3 }, &[0.1, 0.2, 0.1, 0.0, -0.1, -0.2], &[0, 1, 2]),
            (Rule::RunOnOneSide { points: 4 }, &[0.1, 0.2, 0.1, 0.0, 0.1], &[]),
            (Rule::Trend { points: 4 }, &[0.3, 0.1, 0.2, 0.3, 0.4, 0.4, 0.5], &[1, 2, 3, 4]),
            (Rule::Trend { points: 4 }, &[0.1, 0.2, 0.3], &[]),
            (
                Rule::FourteenAlternating,
                &alternating,
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
            ),
            (Rule::FourteenAlternating, &alternating[1..], &[]),
            (
                Rule::FifteenWithinOneSigma,
                &quiet,
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
            ),
            (Rule::FifteenWithinOneSigma, &quiet[1..], &[]),
            (Rule::EightBeyondOneSigma, &loud, &[0, 1, 2, 3, 4, 5, 6, 7]),
            (Rule::EightBeyondOneSigma, &loud[1..], &[]),
        ];
        for (rule, values, expected) in rows {
            assert_eq!(marked(*rule, values), *expected, "{rule:?} {values:?}");
            assert_eq!(marked(*rule, &[]), [0_usize; 0]);
        }
    }

    #[test]
    fn each_set_states_its_source_and_the_length_of_its_runs() {
        for (set, run) in [
            (RuleSet::NhsEnglandMakingDataCount, 7),
            (RuleSet::WesternElectric1956, 8),
            (RuleSet::Nelson1984, 9),
        ] {
            assert!(set.rules().contains(&SpecialCauseRule::RunOnOneSide { points: run }));
            assert!(set.source().contains("(19") || set.source().contains("(20"));
        }
    }

    #[test]
    fn a_set_is_named_in_json_with_its_year_apart() {
        let json = serde_json::to_string(&[RuleSet::WesternElectric1956, RuleSet::Nelson1984]);
        assert_eq!(json.unwrap(), r#"["western-electric-1956","nelson-1984"]"#);
    }

    #[test]
    fn a_rule_is_named_in_json_with_its_length() {
        let rule = SpecialCauseRule::RunOnOneSide { points: 7 };
        let json = r#"{"run-on-one-side":{"points":7}}"#;
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        assert_eq!(serde_json::from_str::<SpecialCauseRule>(json).unwrap(), rule);
    }
}
