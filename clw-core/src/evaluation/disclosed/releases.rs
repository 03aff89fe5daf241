//! Releases one after the other: the difference of two is published too.
//!
//! Counts are protected by [`Tables::protect_after`](crate::disclosure::Tables::protect_after). What is
//! made of shown counts is safe where they are. Means and sums are not counts; which of them are left
//! out for those who came or left between two releases is in [`came`](super::came).

use core::fmt;

use jiff::civil::Date;

use super::super::{Evaluation, MergeError, Provenance};
use super::cells::tables;
use super::keys::Key;
use super::levels::Pooled;
use super::{DisclosedEvaluation, words};
use crate::disclosure::{Chain, DisclosureError, Profile, Published};

/// Why an evaluation cannot be published after others.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReleaseError {
    /// An earlier release was made by other rules, so that its groups and boxes are not those of now.
    OtherPlan(MergeError),
    /// A release is of a day before the one that it comes after.
    NotEarlier {
        /// The day of the release before.
        earlier: Date,
        /// The day of the release after it.
        later: Date,
    },
    /// Small counts cannot be hidden.
    Disclosure {
        /// The day of the release in which they cannot.
        as_of: Date,
        /// Which.
        error: DisclosureError,
    },
}

impl ReleaseError {
    /// The stable name of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherPlan(_) => "release-of-another-plan",
            Self::NotEarlier { .. } => "release-not-earlier",
            Self::Disclosure { error, .. } => error.code(),
        }
    }
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherPlan(error) => write!(
                f,
                "an earlier release was made by other rules: {error}; only the title, the as-of date \
                 and the months of indicators may differ"
            ),
            Self::NotEarlier { earlier, later } => write!(
                f,
                "a release as of {earlier} is given before one as of {later}; give releases in their \
                 order in time, the oldest first"
            ),
            Self::Disclosure { as_of, error } => write!(
                f,
                "the release as of {as_of} cannot be published: {error}; or publish less often"
            ),
        }
    }
}

impl core::error::Error for ReleaseError {}

/// A release that is public, with what is behind it.
pub(super) struct Release<'e> {
    pub(super) evaluation: &'e Evaluation,
    /// Whether one before it had the same counts.
    is_repeated: bool,
    /// The levels taken together so far.
    pooled: Pooled,
    pub(super) published: Published<Key>,
    pub(super) disclosed: DisclosedEvaluation,
}

impl Evaluation {
    /// Like [`disclosed`](Self::disclosed), after earlier releases that are public: who holds all of
    /// them learns no small count of any, nor how few came or left between two of them.
    ///
    /// `earlier` are the programme's own evaluations, the oldest first, each published as this method
    /// returns it after those before it, under the same profile. Give every one that anybody may still
    /// hold. [`Tables::protect_after`](crate::disclosure::Tables::protect_after) says what is promised of
    /// counts; means are left out where their difference from an earlier one would be of few. An
    /// evaluation with the counts of the last one is published like it. What earlier releases show is
    /// worked out anew, so all have to be made by one version of the library.
    ///
    /// Each release hides what it takes to keep the differences of all pairs of releases, so the more
    /// often is published, the less is shown; a year shows more than a quarter.
    ///
    /// ```
    /// use clw_core::caseload::RowAccount;
    /// use clw_core::disclosure::Profile;
    /// use clw_core::evaluation::Plan;
    /// use clw_core::instrument::Registry;
    ///
    /// let plan = Plan::from_toml(r#"
    /// title = "Example Valley"
    /// as-of = "2026-06-30"
    /// measures = [{ instrument = "swemwbs" }]
    /// pairing = { baseline = { rule = "first" }, end-point = { rule = "last" }, due = { rule = "closed" } }
    /// "#)?;
    /// let evaluation = plan.check(&Registry::new())?.evaluate([], &RowAccount::default())?;
    /// let profile = Profile::default();
    /// let first = evaluation.disclosed(&profile)?;
    /// assert_eq!(evaluation.disclosed_after(&profile, &[])?, first);
    /// assert_eq!(evaluation.disclosed_after(&profile, &[evaluation.clone()])?, first);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReleaseError`], if the releases were made by other rules or definitions or are not in their
    /// order in time, and if a small count follows from what is public already. The title, the as-of
    /// date and the months of indicators may differ.
    pub fn disclosed_after(
        &self,
        profile: &Profile,
        earlier: &[Self],
    ) -> Result<DisclosedEvaluation, ReleaseError> {
        let mut releases: Vec<Release<'_>> = Vec::new();
        let mut chain = Chain::new(*profile);
        for evaluation in earlier {
            evaluation.must_precede(self)?;
            let release = evaluation.released(&mut chain, &releases)?;
            releases.push(release);
        }
        Ok(self.released(&mut chain, &releases)?.disclosed)
    }

    fn released<'e>(
        &'e self,
        chain: &mut Chain<Key>,
        earlier: &[Release<'_>],
    ) -> Result<Release<'e>, ReleaseError> {
        let as_of = self.provenance.plan.as_of;
        if let Some(last) = earlier.last() {
            let before = last.evaluation.provenance.plan.as_of;
            if before > as_of {
                return Err(ReleaseError::NotEarlier { earlier: before, later: as_of });
            }
        }
        let disclosure = |error| ReleaseError::Disclosure { as_of, error };
        let profile = *chain.profile();
        let pooled = earlier.last().map(|of| of.pooled.clone()).unwrap_or_default();
        let tables = tables(self, &profile, &pooled).map_err(disclosure)?;
        let is_repeated = chain.published(&tables).is_some();
        let published = chain.publish(tables).map_err(|cell| {
            let new = earlier.iter().filter(|of| !of.is_repeated).map(|of| of.evaluation);
            let cell = words::in_release(&cell, &new.chain([self]).collect::<Vec<_>>());
            disclosure(DisclosureError::CannotBeProtected { cell })
        })?;
        // What says nothing new has the means that it had.
        let new = earlier.iter().rposition(|of| of.evaluation.counts != self.counts);
        let others = earlier.get(..new.map_or(0, |last| last + 1)).unwrap_or_default();
        let disclosed = self.seen_through(&published, others, &pooled);
        let pooled = pooled.and(self, &profile);
        Ok(Release { evaluation: self, is_repeated, pooled, published, disclosed })
    }

    /// Whether all but the title, the day and the months of indicators is that of another.
    fn must_precede(&self, later: &Self) -> Result<(), ReleaseError> {
        let mut own = self.provenance.clone();
        let now = &later.provenance.plan;
        own.plan.title.clone_from(&now.title);
        own.plan.as_of = now.as_of;
        if let (Some(own), Some(now)) = (&mut own.plan.indicators, &now.indicators) {
            own.span = now.span;
        }
        Provenance::must_have_the_rules_of(&own, &later.provenance).map_err(ReleaseError::OtherPlan)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_error_has_a_code_and_says_fact_limit_and_remedy() {
        let plans = MergeError::DifferentPlans {
            setting: "pairing.due.rule".to_owned(),
            left: "\"closed\"".to_owned(),
            right: "\"everyone\"".to_owned(),
        };
        let error = DisclosureError::CannotBeProtected { cell: "North".to_owned() };
        let rows = [
            (
                ReleaseError::OtherPlan(plans.clone()),
                "release-of-another-plan",
                format!(
                    "an earlier release was made by other rules: {plans}; only the title, the as-of \
                     date and the months of indicators may differ"
                ),
            ),
            (
                ReleaseError::NotEarlier { earlier: date(2026, 9, 30), later: date(2026, 6, 30) },
                "release-not-earlier",
                "a release as of 2026-09-30 is given before one as of 2026-06-30; give releases in \
                 their order in time, the oldest first"
                    .to_owned(),
            ),
            (
                ReleaseError::Disclosure { as_of: date(2026, 6, 30), error: error.clone() },
                "cannot-be-protected",
                format!(
                    "the release as of 2026-06-30 cannot be published: {error}; or publish less often"
                ),
            ),
        ];
        for (error, code, message) in rows {
            assert_eq!((error.code(), error.to_string()), (code, message));
        }
    }
}
