//! Several measures of one questionnaire together, such as the areas of a star.

use super::about::{Noun, share, share_alone};
use super::format::{count, p_value, printable};
use crate::change::{AdjustedPs, Multiplicity};
use crate::evaluation::JointFindings;

/// How many of those due were asked again in one area at least, and in each area that was due.
#[must_use]
pub fn completion_of_star(noun: Noun, found: &JointFindings) -> String {
    let (paired, title) = (&found.paired_completion, printable(&found.title));
    if paired.of == 0 {
        return format!(
            "No follow-up was due in any of the {} areas of {title}.",
            found.measures.len()
        );
    }
    format!(
        "Of {} whose follow-up was due in one of the {} areas of {title} at least, {} have a pair of \
         scores in one area at least, and {} in each area that was due.",
        noun.counted(paired.of),
        found.measures.len(),
        share(paired),
        share_alone(&found.paired_throughout)
    )
}

/// How many moved forward in at least one area, and how many back.
#[must_use]
pub fn forward_in_at_least_one(noun: Noun, found: &JointFindings) -> String {
    let title = printable(&found.title);
    if found.episodes == 0 {
        return format!(
            "There are 0 pairs in any of the {} areas of {title}.",
            found.measures.len()
        );
    }
    format!(
        "Of {} with a pair in one of the {} areas of {title} at least, {} moved forward in at least \
         one area, {} moved back in at least one, and {} did both. Of many areas one moves more easily \
         than of few, so neither share stands alone.",
        noun.counted(found.episodes),
        found.measures.len(),
        share(&found.forward_in_at_least_one),
        share(&found.back_in_at_least_one),
        share_alone(&found.forward_and_back)
    )
}

/// The p of several measures, adjusted for their number; `label` gives the name in print of each.
#[must_use]
pub fn adjusted_ps(found: &AdjustedPs, label: impl Fn(&str) -> String) -> String {
    let how = multiplicity(found.method);
    let of = found.p_values.len();
    if of == 0 {
        return "There are 0 tests to adjust for their number.".to_owned();
    }
    let each = found.p_values.iter().map(|of| {
        format!(
            "{} {} ({} by itself)",
            printable(&label(&of.name)),
            p_value(of.p_adjusted),
            p_value(of.p)
        )
    });
    let each: Vec<String> = each.collect();
    let (tests, their) = if of == 1 { ("test", "its") } else { ("tests", "their") };
    format!("{} {tests}, adjusted for {their} number {how}: {}.", count(of as u64), each.join("; "))
}

/// A way to adjust p-values, as it is named in print.
pub(crate) const fn multiplicity(method: Multiplicity) -> &'static str {
    match method {
        Multiplicity::Holm => "by Holm’s method",
        Multiplicity::BenjaminiHochberg => "by Benjamini and Hochberg’s method",
    }
}
