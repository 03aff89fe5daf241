//! What happened to each person: any, reliable, important change, and how far they agree.

use super::About;
use super::about::{interval, share, share_alone, share_of_pairs};
use super::format::{count, decimal, points, printable};
use crate::change::{
    AnyChangeCounts, ChangeAgreement, ChangeDefinition, ClinicalChangeCounts, CutOff,
    ImportantChangeCounts, ReliableChangeCounts, ReliableChangeRule, SampleRuleCounts,
};
use crate::estimate::Estimate;
use crate::instrument::{Measure, Threshold};

/// Improved, same and worse, by any amount.
#[must_use]
pub fn any_change(about: &About<'_>, found: &AnyChangeCounts) -> String {
    about.count("change", || {
        format!(
            "Of {}, {} scored better than before on {}, by any amount, {} the same and {} worse.",
            about.whoever(),
            share(&found.improved),
            about.name(),
            share_alone(&found.same),
            share_alone(&found.worse)
        )
    })
}

/// Improved and deteriorated beyond measurement error, by one rule.
#[must_use]
pub fn reliable_change(about: &About<'_>, found: &ReliableChangeCounts) -> String {
    reliable(about, found, "")
}

/// The same by a rule made from the pairs themselves.
#[must_use]
pub fn sample_rule(about: &About<'_>, found: &SampleRuleCounts) -> String {
    about.tell("reliable change by the numbers", &found.classes, |classes| {
        reliable(about, classes, ", worked out from these pairs themselves")
    })
}

fn reliable(about: &About<'_>, found: &ReliableChangeCounts, numbers: &str) -> String {
    let beyond = match found.smallest_reliable_change {
        Some(change) => {
            let change = decimal(change, about.places());
            format!("{change} points or more, beyond the questionnaire’s own error")
        }
        None => "more than the questionnaire’s own error".to_owned(),
    };
    about.count("reliable change", || {
        format!(
            "Of {}, {} changed for the better on {} by {beyond}, {} for the worse, and {} by less \
             either way ({}{numbers}).",
            about.whoever(),
            share(&found.improved),
            about.name(),
            share(&found.deteriorated),
            share_alone(&found.unchanged),
            rule_label(about.measure, &found.rule)
        )
    })
}

/// Recovered, improved, unchanged and deteriorated.
#[must_use]
pub fn clinical_change(about: &About<'_>, found: &ClinicalChangeCounts) -> String {
    let rule = rule_label(about.measure, &found.rule.reliable_change);
    let edge = decimal(found.cut_off_value, about.places());
    let clinical = &found.recovered_of_clinical;
    about.count("reliable change across a cut-off", || {
        format!(
            "Of {}, {} changed reliably for the better on {} and crossed the cut-off {} at {edge} \
             (“recovered”), {} changed reliably for the better without crossing it, {} did not change \
             reliably and {} changed reliably for the worse ({rule}). Of the {} on the clinical side \
             at first, {} recovered.",
            about.whoever(),
            share(&found.recovered),
            about.name(),
            cut_off_name(&found.rule.cut_off),
            share_alone(&found.improved),
            share_alone(&found.unchanged),
            share_alone(&found.deteriorated),
            count(clinical.of),
            share(clinical)
        )
    })
}

fn cut_off_name(cut_off: &CutOff) -> String {
    match cut_off {
        CutOff::Published { id, .. } => format!("“{}”", printable(id)),
        other => other.name().to_owned(),
    }
}

/// Importantly better and worse, by one anchor.
#[must_use]
pub fn important_change(about: &About<'_>, found: &ImportantChangeCounts) -> String {
    about.count("important change", || {
        format!(
            "Of {}, {} changed for the better on {} by enough to matter ({}), {} for the worse \
             ({}), and {} by less either way (anchor “{}”).",
            about.whoever(),
            share(&found.improved),
            about.name(),
            threshold(found.rule.improvement()),
            share(&found.deteriorated),
            threshold(found.rule.deterioration()),
            share_alone(&found.unimportant),
            printable(found.rule.anchor())
        )
    })
}

fn threshold(threshold: Threshold) -> String {
    match threshold {
        Threshold::AtLeast(change) => format!("at least {}", points(change)),
        Threshold::MoreThan(change) => format!("more than {}", points(change)),
    }
}

/// How far two ways to say whether a person changed agree.
#[must_use]
pub fn agreement(about: &About<'_>, found: &ChangeAgreement) -> String {
    let [first, second] =
        [&found.first, &found.second].map(|way| definition_label(about.measure, way));
    let kappa = match &found.cohens_kappa {
        Estimate::Computed(of) => {
            let (kappa, limits) = (decimal(of.kappa, 2), interval(&of.interval, 2));
            format!("Cohen’s κ {kappa}, {limits}")
        }
        Estimate::NotComputed(reason) => format!("no Cohen’s κ, because {reason}"),
    };
    about.count("agreement", || {
        format!(
            "{first} and {second} put {} in the same class, better, neither or worse ({kappa}).",
            share_of_pairs(about, &found.agreed)
        )
    })
}

/// A reliable change rule’s name as its definition prints it.
pub(crate) fn rule_label(measure: Option<&Measure>, rule: &ReliableChangeRule) -> String {
    named_rule_label(measure, rule.name())
}

/// The same by the rule’s own name.
fn named_rule_label(measure: Option<&Measure>, name: &str) -> String {
    let criterion = match name {
        "jacobson-truax" => "Jacobson and Truax’s criterion",
        "edwards-nunnally" => "Edwards and Nunnally’s criterion",
        "gulliksen-lord-novick" => "Gulliksen, Lord and Novick’s criterion",
        "hsu-linn-lord" => "Hsu, Linn and Lord’s criterion",
        "nunnally-kotsch" => "Nunnally and Kotsch’s criterion",
        "hageman-arrindell" => "Hageman and Arrindell’s criterion",
        published => {
            let rule = measure.and_then(|measure| measure.change_rule(published).ok());
            return printable(rule.map_or(published, |rule| rule.label.as_ref()));
        }
    };
    criterion.to_owned()
}

/// A way to say whether a person changed, as it is called in print.
pub(crate) fn definition_label(measure: Option<&Measure>, way: &ChangeDefinition) -> String {
    match way {
        ChangeDefinition::Any => "Any change".to_owned(),
        ChangeDefinition::Important { anchor } => anchor_label(anchor),
        ChangeDefinition::Reliable { rule } => named_rule_label(measure, rule),
    }
}

/// Important change by its anchor.
pub(crate) fn anchor_label(anchor: &str) -> String {
    format!("Important change by “{}”", printable(anchor))
}
