//! The pictures of a sample on its own: pairs, or sittings over time, without a caseload.

use super::super::chart::{
    Chart, Class, ClassChart, ClassRow, DotChart, DotRow, Figure, Order, Unit,
};
use super::super::format::{count, mean_places, printable};
use super::super::words::{sentence_case, typical_change};
use super::{class_figure, moves_figure, parts};
use crate::change::{Change, HodgesLehmannInterval, PairCounts};
use crate::estimate::Interval;
use crate::evaluation::FEW_PAIRS;
use crate::sentences::{About, mean, trajectory};
use crate::trajectory::{Course, MeanTrajectory, TimeGrouping, TrajectoryPoint};

/// Every picture of one paired sample.
pub(in super::super) fn of_change(
    about: &About<'_>,
    pairs: &PairCounts,
    change: &Change,
) -> Vec<Figure> {
    let of = of(about);
    let moves = moves_figure("moves".to_owned(), of.clone(), pairs, &change.any_change);
    let classes = class_figure("classes".to_owned(), of.clone(), about.measure, change, None);
    [moves, estimates(about, of, change), classes].into_iter().flatten().collect()
}

/// Every picture of a course over time.
pub(in super::super) fn of_course(about: &About<'_>, course: &Course) -> Vec<Figure> {
    let means = course.means.iter().filter_map(|found| means(about, found));
    means.chain(slopes(about, course)).collect()
}

/// What the pictures are of: a measure, or so many of somebody.
fn of(about: &About<'_>) -> String {
    about.measure.map_or_else(|| about.noun.counted(about.n), |measure| printable(measure.label()))
}

/// The mean and the typical change beside no change; none without an interval of the mean.
fn estimates(about: &About<'_>, of: String, change: &Change) -> Option<Figure> {
    let test = change.paired_t.computed()?;
    let few = change.n < FEW_PAIRS;
    let row = |label: &str, value: f64, interval: Option<Interval>| DotRow {
        label: label.to_owned(),
        value: (!few).then_some(value),
        interval: interval.map(|limits| (limits.lower, limits.upper)),
        basis: format!("{} pairs", count(change.n)),
        few,
    };
    let typical = change.hodges_lehmann.computed().map(|found| {
        let limits = found.interval.computed().map(|found: &HodgesLehmannInterval| found.limits);
        let basis = format!("{} pairs", count(found.n_used));
        DotRow { basis, ..row(typical_change(Some(found)), found.hodges_lehmann, limits) }
    });
    let resampled = change.bootstrap.as_ref().and_then(|found| found.computed()).map(|found| {
        let limits = found.mean_change.bca.computed().map(|found| found.limits);
        row("Mean change (bootstrap, BCa)", found.mean_change.estimate, limits)
    });
    let mean_row = row("Mean change (t)", test.mean_change, Some(test.interval));
    Some(Figure {
        id: "estimates".to_owned(),
        title: "How much the scores changed".to_owned(),
        of,
        description: mean::mean_change(about, change),
        chart: Chart::Dots(DotChart {
            unit: Unit::Change { name: "Change in points", places: mean_places(&about.scale) },
            order: Order::Down,
            label: "Estimate",
            rows: [Some(mean_row), typical, resampled].into_iter().flatten().collect(),
            reference: Some((0.0, "no change".to_owned())),
        }),
    })
}

/// The mean at each time with its people; none where nobody was seen.
fn means(about: &About<'_>, found: &MeanTrajectory) -> Option<Figure> {
    let (part, heading) = match found.grouping {
        TimeGrouping::Time => ("time", "time"),
        TimeGrouping::Occasion => ("occasion", "sitting"),
        TimeGrouping::Bins { .. } => ("bin", "stretch of time"),
    };
    let when = |point: &TrajectoryPoint| match (&found.grouping, point.from == point.to) {
        (TimeGrouping::Occasion, _) => format!("Sitting {}", point.from),
        (_, true) => format!("{} {}", sentence_case(&found.unit.to_string()), point.from),
        (_, false) => {
            format!("{}s {} to {}", sentence_case(&found.unit.to_string()), point.from, point.to)
        }
    };
    let row = |point: &TrajectoryPoint| DotRow {
        label: when(point),
        value: point.mean.computed().copied(),
        interval: point.interval.computed().map(|limits| (limits.lower, limits.upper)),
        basis: about.noun.counted(point.n),
        few: point.n < FEW_PAIRS,
    };
    let rows: Vec<DotRow> = found.points.iter().filter(|point| point.n > 0).map(row).collect();
    (!rows.is_empty()).then(|| Figure {
        id: format!("means-by-{part}"),
        title: format!("The mean score at each {heading}"),
        of: of(about),
        description: trajectory::mean_trajectory(about, found),
        chart: Chart::Dots(DotChart {
            unit: Unit::Score { places: mean_places(&about.scale) },
            order: Order::Down,
            label: "When",
            rows,
            reference: None,
        }),
    })
}

/// Which way each person's own line goes; none where nobody has one.
fn slopes(about: &About<'_>, course: &Course) -> Option<Figure> {
    let found = &course.slopes;
    (found.n > 0).then(|| Figure {
        id: "slopes".to_owned(),
        title: "Which way each person’s own line goes".to_owned(),
        of: of(about),
        description: trajectory::slopes(about, found),
        chart: Chart::Classes(ClassChart {
            label: "Line",
            rows: vec![ClassRow {
                label: "Each person’s own line".to_owned(),
                parts: [
                    parts(&found.improving, &found.steady, &found.worsening),
                    without(found.without_slope),
                ]
                .concat(),
            }],
        }),
    })
}

/// Those who have no line, where there are any.
fn without(people: u64) -> Vec<(Class, u64)> {
    if people > 0 { vec![(Class::NotKnown, people)] } else { Vec::new() }
}
