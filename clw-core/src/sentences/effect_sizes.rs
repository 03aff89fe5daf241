//! The mean change in standard deviations, by the name of each form, and in common language.

use super::About;
use super::about::{interval, interval_of_percent};
use super::format::{decimal, percent};
use crate::change::{
    CohensDz, CommonLanguage, CorrectedGlassDelta, EffectIntervalMethod, EffectSizes,
    StandardisedChange,
};
use crate::estimate::{Degenerate, Estimate, Interval};

/// Cohen's d_z, with its corrected form.
#[must_use]
pub fn cohens_dz(about: &About<'_>, found: &Estimate<CohensDz>) -> String {
    about.tell("Cohen’s dz", found, |found| {
        let corrected = found.hedges_corrected.computed();
        let corrected = corrected
            .map(|of| format!(", or {} corrected for small samples", decimal(of.estimate, 2)));
        format!(
            "The mean change of {} is {} standard deviations of the change (Cohen’s dz{}; {}, {}).",
            about.pairs(),
            decimal(found.cohens_dz, 2),
            corrected.unwrap_or_default(),
            interval(&found.interval, 2),
            method(found.interval_method)
        )
    })
}

/// The other forms, one after the other, and the share better off.
#[must_use]
pub fn effect_sizes(about: &About<'_>, found: &EffectSizes) -> String {
    if let (Estimate::NotComputed(reason), Estimate::NotComputed(same)) =
        (&found.glass_delta, &found.cohens_dav)
        && reason == same
    {
        let none = about.none("mean change in standard deviations", *reason);
        return format!("{none} {}", common_language(about, &found.common_language));
    }
    let form = |by: &str, name: &str, found: &Estimate<StandardisedChange>| match found {
        Estimate::Computed(found) => {
            of_form(by, name, found.estimate, &found.interval, found.interval_method)
        }
        Estimate::NotComputed(reason) => no_form(by, name, *reason),
    };
    let becker = |found: &Estimate<CorrectedGlassDelta>| {
        let (by, name) = ("the baseline scores, corrected for small samples", "Glass’s Δ");
        match found {
            Estimate::Computed(found) => {
                of_form(by, name, found.estimate, &found.interval, found.interval_method)
            }
            Estimate::NotComputed(reason) => no_form(by, name, *reason),
        }
    };
    let forms = [
        form("the baseline scores", "Glass’s Δ", &found.glass_delta),
        becker(&found.glass_delta_becker),
        form("both sittings, averaged", "Cohen’s dav", &found.cohens_dav),
        form("both sittings, pooled", "Cohen’s d, pooled", &found.cohens_d_pooled),
        form("the change, for their correlation", "Cohen’s drm", &found.cohens_drm),
    ];
    let forms = forms.join("; ");
    format!(
        "The mean change of {} over the standard deviation of {forms}. {}",
        about.pairs(),
        common_language(about, &found.common_language)
    )
}

fn of_form(
    by: &str,
    name: &str,
    estimate: f64,
    limits: &Interval,
    by_method: EffectIntervalMethod,
) -> String {
    let (estimate, limits) = (decimal(estimate, 2), interval(limits, 2));
    format!("{by}: {estimate} ({name}; {limits}, {})", method(by_method))
}

fn no_form(by: &str, name: &str, reason: Degenerate) -> String {
    format!("{by}: none ({name}), because {reason}")
}

/// The share better off, where those unchanged count half.
#[must_use]
pub fn common_language(about: &About<'_>, found: &Estimate<CommonLanguage>) -> String {
    about.tell("share better off", found, |found| {
        let limits = interval_of_percent(&found.interval);
        let method = method(found.interval_method);
        if about.is_few() {
            return format!(
                "Counting those without change half, the {limits} for the share better off ({method}, \
                 of {}) is wide; 50\u{a0}% is as many better off as worse off.",
                about.pairs()
            );
        }
        format!(
            "Counting those without change half, {} of {} are better off ({limits}, {method}); \
             50\u{a0}% is as many better off as worse off.",
            percent(found.share),
            about.pairs()
        )
    })
}

/// How the interval of an effect size was obtained.
pub(crate) const fn method(method: EffectIntervalMethod) -> &'static str {
    match method {
        EffectIntervalMethod::NoncentralT => "from the noncentral t distribution",
        EffectIntervalMethod::FisherZ => "by Fisher’s z",
        EffectIntervalMethod::Bonett => "Bonett’s",
        EffectIntervalMethod::Becker => "Becker’s",
        EffectIntervalMethod::Tango => "Tango’s",
    }
}
