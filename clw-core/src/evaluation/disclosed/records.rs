//! What the records hold and what is wrong with them, as published.

use serde::{Deserialize, Serialize};

use super::super::{CoreField, QualityIssue, SittingIssue};
use super::View;
use super::keys::{Held, Key, Look};
use crate::disclosure::{PublishedCount, PublishedShare};
use crate::pairing::Counted;

/// What one core field held, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedField {
    /// The field.
    pub field: CoreField,
    /// Values of all people or episodes that the field applies to.
    pub recorded: PublishedShare,
    /// It was asked, and is not known.
    pub not_known: PublishedCount,
    /// It does not apply.
    pub not_applicable: PublishedCount,
    /// Nothing was recorded.
    pub missing: PublishedCount,
}

/// How often one problem was found, of how often it was looked for, as published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DisclosedIssue<K> {
    /// The problem.
    pub issue: K,
    /// So often found of so often looked for.
    pub found: PublishedShare,
}

impl View<'_> {
    pub(super) fn fields(&self) -> Vec<DisclosedField> {
        let field = |field: &CoreField| {
            let key = |held| Key::Field(*field, held);
            DisclosedField {
                field: *field,
                recorded: self.share(&key(Held::Value), &key(Held::Applying)),
                not_known: self.count(&key(Held::NotKnown)),
                not_applicable: self.count(&key(Held::NotApplicable)),
                missing: self.count(&key(Held::Missing)),
            }
        };
        CoreField::ALL.iter().map(field).collect()
    }

    pub(super) fn issues(&self) -> Vec<DisclosedIssue<QualityIssue>> {
        let issue = |issue: &QualityIssue| {
            let key = |look| Key::Issue(*issue, look);
            let found = self.share(&key(Look::Found), &key(Look::LookedFor));
            DisclosedIssue { issue: *issue, found }
        };
        QualityIssue::ALL.iter().map(issue).collect()
    }

    pub(super) fn sitting_issues(&self, place: usize) -> Vec<DisclosedIssue<SittingIssue>> {
        let issue = |issue: &SittingIssue| {
            let key = |look| Key::SittingIssue(place, *issue, look);
            let of = match issue.role() {
                Some(_) => Key::AllSittings(place),
                None => key(Look::LookedFor),
            };
            DisclosedIssue { issue: *issue, found: self.share(&key(Look::Found), &of) }
        };
        SittingIssue::ALL.iter().map(issue).collect()
    }
}
