//! For statisticians: the tests, and the effect sizes by name.

use maud::{Markup, html};

use super::super::super::format::{count, decimal, percent, percent_range, range};
use super::super::super::table::Table;
use super::super::super::view::View;
use super::scores::interval_heading;
use crate::change::{
    CommonLanguage, EffectIntervalMethod, EffectSizes, HedgesCorrected, StandardisedChange,
};
use crate::estimate::{Degenerate, Estimate, Interval};
use crate::sentences::about::p_of;
use crate::sentences::{effect_sizes::method, mean, ranks};

pub(super) fn body(view: &View<'_>) -> Markup {
    html! {
        details {
            summary { "For statisticians: tests and effect sizes" }
            (tests(view).markup())
            (effect_sizes(view).markup())
            p.aside {
                "Intervals of shares are Wilson’s score intervals. Each episode counts by itself, also \
                 where a person has two."
                @if let Some(r) = view.findings.change.effect_sizes.correlation.computed() {
                    " The correlation of follow\u{2011}up and baseline is " (decimal(*r, 2)) "."
                }
            }
        }
    }
}

fn tests(view: &View<'_>) -> Table {
    let change = &view.findings.change;
    let mut table =
        Table::new("Tests of the group’s change", "Test").of(view.name()).text("Result");
    let of_mean = ("Student’s paired t test", told(&change.paired_t, mean::paired_t_figures));
    let of_ranks =
        ("Wilcoxon’s signed rank test", told(&change.signed_rank, ranks::signed_rank_figures));
    let of_signs = (
        "Sign test",
        told(&change.sign_test, |test| {
            let (up, down) = (count(test.positive), count(test.negative));
            format!("{up} rises, {down} falls; {}; exact", p_of(test.p, test.alternative))
        }),
    );
    let rows = if view.is_ordinal() {
        [of_ranks, of_signs, of_mean]
    } else {
        [of_mean, of_ranks, of_signs]
    };
    for (name, result) in rows {
        table.push(name, vec![result]);
    }
    table
}

fn told<T>(result: &Estimate<T>, figures: impl Fn(&T) -> String) -> String {
    match result {
        Estimate::Computed(result) => figures(result),
        Estimate::NotComputed(reason) => not_computed(*reason),
    }
}

fn not_computed(reason: Degenerate) -> String {
    format!("none: {reason}")
}

/// Each effect size by its name, with its interval.
fn effect_sizes(view: &View<'_>) -> Table {
    let mut table = Table::new("Effect sizes by name", "Effect size")
        .of(view.name())
        .numbers("Estimate")
        .numbers(interval_heading(view.level))
        .numbers("Corrected for small samples")
        .text("Interval");
    let change = &view.findings.change;
    let dz = Result::from(change.cohens_dz).map(|of| StandardisedChange {
        estimate: of.cohens_dz,
        interval: of.interval,
        interval_method: of.interval_method,
        hedges_corrected: of.hedges_corrected,
    });
    let EffectSizes {
        glass_delta,
        cohens_dav,
        cohens_d_pooled,
        cohens_drm,
        common_language: observed,
        common_language_normal,
        ..
    } = change.effect_sizes;
    let of_means = [
        ("Cohen’s dz: over the SD of the change", standardised(&dz.into())),
        ("Glass’s Δ: over the SD of baseline scores", standardised(&glass_delta)),
        ("Cohen’s dav: over the mean of both SDs", standardised(&cohens_dav)),
        (
            "Cohen’s d, pooled: over the root mean square of both SDs",
            standardised(&cohens_d_pooled),
        ),
        ("Cohen’s drm: dz for the correlation of the sittings", standardised(&cohens_drm)),
        (
            "Share better off, were changes normally distributed",
            common_language(&common_language_normal),
        ),
    ];
    let biserial = Result::from(change.rank_biserial).map_or_else(none, |of| {
        let r = decimal(of.rank_biserial, 2);
        let limits = told(&of.interval, |limits| range(limits.lower, limits.upper, 2));
        vec![r, limits, "–".to_owned(), method(of.interval_method).to_owned()]
    });
    let of_ranks = [
        ("Rank-biserial correlation: rises against falls, by rank", biserial),
        ("Share better off, those without change counted half", common_language(&observed)),
    ];
    let rows: Vec<_> = if view.is_ordinal() {
        of_ranks.into_iter().chain(of_means).collect()
    } else {
        of_means.into_iter().chain(of_ranks).collect()
    };
    for (name, cells) in rows {
        table.push(name, cells);
    }
    table
}

fn none(reason: Degenerate) -> Vec<String> {
    vec!["–".to_owned(), "–".to_owned(), "–".to_owned(), not_computed(reason)]
}

fn standardised(found: &Estimate<StandardisedChange>) -> Vec<String> {
    Result::from(*found).map_or_else(none, |found| {
        let Interval { lower, upper, .. } = found.interval;
        let corrected = found.hedges_corrected;
        let corrected = told(&corrected, |of: &HedgesCorrected| decimal(of.estimate, 2));
        let how = method(found.interval_method).to_owned();
        vec![decimal(found.estimate, 2), range(lower, upper, 2), corrected, how]
    })
}

fn common_language(found: &Estimate<CommonLanguage>) -> Vec<String> {
    Result::from(*found).map_or_else(none, |found| {
        let Interval { lower, upper, .. } = found.interval;
        let how: EffectIntervalMethod = found.interval_method;
        let (share, limits) = (percent(found.share), percent_range(lower, upper));
        vec![share, limits, "–".to_owned(), method(how).to_owned()]
    })
}
