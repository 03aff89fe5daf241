//! A change with its sentences: what the bindings give.

use serde::{Serialize, Serializer};

use super::{About, bootstrap, classes, effect_sizes, mean, ranks, scale, transitions};
use crate::change::{Change, ChangeRequest, ChangeRequestError, PairCounts, Watch};
use crate::json;

/// Every paired result of a sample with a sentence beside it.
///
/// In JSON it is the [`Change`] with one key more, `sentences`, which holds a text under the key of
/// each result; where a result is a list, the text has a sentence for each of its entries.
///
/// ```
/// use clw_core::change::{ChangeRequest, PairCounts};
/// use clw_core::instrument::catalogue;
/// use clw_core::sentences::ChangeInWords;
///
/// let loneliness = catalogue::find("ucla-3")?.measure("loneliness")?;
/// let pairs = PairCounts::count_steps(loneliness.scale(), &[8, 7, 9], &[6, 6, 6])?;
/// let request = ChangeRequest { level: 0.95, options: "{}", measure: Some(loneliness) };
/// let told = ChangeInWords::answer(&request, &pairs)?;
/// assert_eq!(
///     told.sentences.get("sign-test").unwrap_or_default().replace('\u{a0}', " "),
///     "Of 3 pairs, 3 changed: 0 rose and 3 fell. If either were as likely, a split at least this \
///      uneven would be seen in about 250 of 1,000 such samples (sign test: p = 0.250, two-sided, \
///      exact)."
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChangeInWords {
    /// The numbers.
    #[serde(flatten)]
    pub change: Change,
    /// What they say.
    pub sentences: Sentences,
}

impl ChangeInWords {
    /// Answers a request with its sentences; the measure has the name and the labels, where it is given.
    ///
    /// # Errors
    /// As for [`ChangeRequest::answer`].
    pub fn answer(
        request: &ChangeRequest<'_>,
        pairs: &PairCounts,
    ) -> Result<Self, ChangeRequestError> {
        Self::answer_watched(request, pairs, &Watch::default())
    }

    /// Answers a request with its sentences while somebody watches.
    ///
    /// # Errors
    /// As for [`ChangeRequest::answer_watched`].
    pub fn answer_watched(
        request: &ChangeRequest<'_>,
        pairs: &PairCounts,
        watch: &Watch,
    ) -> Result<Self, ChangeRequestError> {
        let change = request.answer_watched(pairs, watch)?;
        let measure = request.measure.filter(|measure| measure.scale() == *pairs.scale());
        let about = measure.map_or_else(
            || About::scale(*pairs.scale(), pairs.n()),
            |measure| About::measure(measure, pairs.n()),
        );
        Ok(Self { sentences: Sentences::of(&about, &change), change })
    }

    /// The result as one line of JSON, the same bytes in every language.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and finite numbers under text keys, which JSON can always hold.
        json::write(self).unwrap_or_default()
    }
}

/// A text for each result of a [`Change`], under the result’s key, in the order of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences(Vec<(&'static str, String)>);

impl Sentences {
    /// The sentences of a change.
    #[must_use]
    pub fn of(about: &About<'_>, change: &Change) -> Self {
        let mut told = Self(Vec::new());
        told.say("change", mean::mean_change(about, change));
        told.say("hodges-lehmann", ranks::hodges_lehmann(about, &change.hodges_lehmann));
        told.of_individuals(about, change);
        told.of_transitions(about, change);
        told.say("paired-t", mean::paired_t(about, &change.paired_t));
        told.each("equivalence", about, &change.equivalence, mean::equivalence);
        told.each("sign-flip", about, &change.sign_flip, mean::sign_flip);
        told.say("signed-rank", ranks::signed_rank(about, &change.signed_rank));
        told.say("rank-biserial", ranks::rank_biserial(about, &change.rank_biserial));
        told.say("sign-test", ranks::sign_test(about, &change.sign_test));
        told.say("cohens-dz", effect_sizes::cohens_dz(about, &change.cohens_dz));
        told.say("effect-sizes", effect_sizes::effect_sizes(about, &change.effect_sizes));
        told.each("bootstrap", about, &change.bootstrap, bootstrap::bootstrap);
        told.say("scale-ends", scale::scale_ends(about, &change.scale_ends));
        let regression = &change.regression_to_the_mean;
        told.each("regression-to-the-mean", about, regression, scale::regression_to_the_mean);
        told
    }

    fn of_individuals(&mut self, about: &About<'_>, change: &Change) {
        self.say("any-change", classes::any_change(about, &change.any_change));
        self.each("reliable-change", about, &change.reliable_change, classes::reliable_change);
        self.each("sample-rules", about, &change.sample_rules, classes::sample_rule);
        self.each("clinical-change", about, &change.clinical_change, classes::clinical_change);
        self.each("important-change", about, &change.important_change, classes::important_change);
        self.each("agreement", about, &change.agreement, classes::agreement);
    }

    fn of_transitions(&mut self, about: &About<'_>, change: &Change) {
        self.each("transitions", about, &change.transitions, transitions::transitions);
        let tests = &change.transition_tests;
        self.each("transition-tests", about, tests, transitions::transition_tests);
    }

    /// The text of one result.
    #[must_use]
    pub fn get(&self, result: &str) -> Option<&str> {
        self.iter().find(|(of, _)| *of == result).map(|(_, text)| text)
    }

    /// Each result’s key and text.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(result, text)| (*result, text.as_str()))
    }

    fn say(&mut self, result: &'static str, text: String) {
        self.0.push((result, text));
    }

    /// One sentence for each entry of a result, none where it has none.
    fn each<'a, T: 'a>(
        &mut self,
        result: &'static str,
        about: &About<'_>,
        entries: impl IntoIterator<Item = &'a T>,
        sentence: fn(&About<'_>, &T) -> String,
    ) {
        let sentences: Vec<String> = entries.into_iter().map(|of| sentence(about, of)).collect();
        if !sentences.is_empty() {
            self.say(result, sentences.join(" "));
        }
    }
}

impl Serialize for Sentences {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
