//! A questionnaire as plain data, before any check: what a TOML file, a dict or an object holds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Decimal, Direction};

/// A text that is either baked into the library or read at run time.
pub type Text = Cow<'static, str>;

/// A list that is either baked into the library or read at run time.
pub type List<T> = Cow<'static, [T]>;

/// A questionnaire as written: nothing in it has been checked.
///
/// [`Instrument`](super::Instrument) is the checked form, the only one that scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Definition {
    /// The name it is known by, in kebab-case.
    pub id: Text,
    /// Which edition of the instrument: scores of two versions are never compared.
    pub version: Text,
    /// The name printed in reports.
    pub title: Text,
    /// Other names met in data, resolved without regard to case, spaces and hyphens.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub aliases: List<Text>,
    /// Who owns the instrument and what may be shipped of it.
    pub rights: Rights,
    /// Its codes in clinical terminologies.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub codes: List<TerminologyCode>,
    /// What a reader of its results has to bear in mind, one sentence each.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub cautions: List<Text>,
    /// The publications its numbers come from.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Source>,
    /// The questions, in the order they are asked and answered.
    pub items: List<Item>,
    /// What it yields.
    pub measures: List<MeasureDefinition>,
}

/// Who owns an instrument and what may be shipped of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rights {
    /// The holder of the rights.
    pub holder: Text,
    /// What a programme has to do before it uses the instrument.
    pub licence: Text,
    /// Whether the labels are the questionnaire's own wording.
    pub wording: Wording,
}

/// Whether an instrument's labels are its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// Labels only name the topic of each item; the wording comes from the rights holder.
    NeutralLabels,
    /// Labels are the wording, which its licence allows.
    Shipped,
}

/// A code for an instrument in a clinical terminology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TerminologyCode {
    /// The terminology, such as `snomed-ct`.
    pub system: Text,
    /// The code in it.
    pub code: Text,
}

/// A publication a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// The name that numbers cite it by.
    pub id: Text,
    /// Authors, year, title, journal.
    pub citation: Text,
    /// Where to find it: an `https://` address (of its DOI where it has one) or `isbn:`.
    pub locator: Text,
}

/// How sure the library is of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Two independent sources agree.
    Firm,
    /// One source states it.
    OneSource,
    /// It is quoted widely and was not found in its source: never a default.
    Unverified,
    /// A programme's own choice, published nowhere: printed as local.
    Local,
}

/// One question and the codes it may be answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    /// The name it is known by, in kebab-case.
    pub id: Text,
    /// The topic, or the wording where the rights allow it.
    pub label: Text,
    /// The lowest code.
    pub lowest: i32,
    /// The highest code.
    pub highest: i32,
    /// Whether a high code counts as a low one: `lowest + highest − code` enters the score.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reversed: bool,
}

/// One score an instrument yields, or with the rule `each-item` one for each item listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeasureDefinition {
    /// The name it is known by; absent with `each-item`, where the items' names are used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// The name printed in reports; absent with `each-item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Which way is better.
    pub direction: Direction,
    /// What can be said of two scores besides which is higher.
    #[serde(default, skip_serializing_if = "LevelOfMeasurement::is_interval")]
    pub level: LevelOfMeasurement,
    /// The ids of the items it is scored from.
    pub items: List<Text>,
    /// How answers become the score.
    pub rule: Rule,
    /// Where the rule is published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure the rule is.
    pub certainty: Certainty,
    /// What may be done about missing answers besides refusing, by name.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub missing_rules: List<MissingRuleDefinition>,
    /// The missing rule used where none is named; `refuse` unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_missing_rule: Option<Text>,
    /// Ways to cut the score into bands, by name.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub band_sets: List<BandSetDefinition>,
    /// The band set used where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_band_set: Option<Text>,
    /// Thresholds for a person's change, by name.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub change_rules: List<ChangeRuleDefinition>,
    /// The change rule used where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_change_rule: Option<Text>,
    /// Published means to compare with.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub norms: List<Norm>,
    /// Published reliabilities and measurement errors.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub reliabilities: List<Reliability>,
}

/// What can be said of two scores of a measure besides which is higher: its level of measurement.
///
/// It decides what a report leads with, not what is computed. Stevens (1946),
/// doi:10.1126/science.103.2684.677.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelOfMeasurement {
    /// Nothing: scores are an order of steps or stages, not as far apart as their numbers. A report
    /// leads with ranks and with who moved forward.
    Ordinal,
    /// How far apart they are, as for a sum of many questions. A report leads with the mean.
    #[default]
    Interval,
}

impl LevelOfMeasurement {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    const fn is_interval(&self) -> bool {
        matches!(self, Self::Interval)
    }
}

/// How answers become a score: a closed set, no expressions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Rule {
    /// The sum of the items, times a whole number.
    Sum {
        /// 2 for DASS-21, 4 for WHO-5, else 1.
        #[serde(default = "one")]
        multiply: i32,
    },
    /// The mean of the items.
    Mean {},
    /// The sum of the items, looked up in a table that has a row for every possible sum.
    SumThenTable {
        /// One row for each sum.
        table: List<TableRow>,
    },
    /// Every item is a measure of its own, scored as answered.
    EachItem {},
}

/// One row of a conversion table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableRow {
    /// The sum of the items.
    pub raw: i32,
    /// The score it stands for.
    pub score: Decimal,
}

/// A named way to deal with missing answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MissingRuleDefinition {
    /// The name a plan chooses it by.
    pub id: Text,
    /// What is done.
    pub rule: MissingRule,
    /// Where the rule is published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure the rule is.
    pub certainty: Certainty,
}

/// What is done about missing answers: a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum MissingRule {
    /// Every item must be answered.
    Refuse {},
    /// The mean of the person's other items stands in for a few blanks.
    PersonMean {
        /// The most blanks that are filled.
        max_missing: u8,
    },
    /// Items marked as not applicable are dropped and the mean is taken over the rest.
    NotApplicable {},
}

/// A named way to cut a score into bands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BandSetDefinition {
    /// The name a plan chooses it by.
    pub id: Text,
    /// The name printed in reports.
    pub label: Text,
    /// The bands, from the lowest score to the highest.
    pub bands: List<BandDefinition>,
    /// Where the edges are published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure the edges are.
    pub certainty: Certainty,
}

/// One band with its edges as published; an edge left out is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BandDefinition {
    /// The name it is known by.
    pub id: Text,
    /// The name printed in reports.
    pub label: Text,
    /// The lowest score in the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Decimal>,
    /// The score that all scores in the band exceed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_than: Option<Decimal>,
    /// The highest score in the band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Decimal>,
    /// The score that all scores in the band stay below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less_than: Option<Decimal>,
}

/// A named threshold for a person's change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChangeRuleDefinition {
    /// The name a plan chooses it by.
    pub id: Text,
    /// What meeting it means, as printed in reports.
    pub label: Text,
    /// The change that meets it.
    pub threshold: Threshold,
    /// Where the threshold is published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure the threshold is.
    pub certainty: Certainty,
}

/// The size of change that counts, in either direction, in units of the printed score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threshold {
    /// This change and any larger.
    AtLeast(Decimal),
    /// Any larger change, not this one.
    MoreThan(Decimal),
}

/// A published mean to compare with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Norm {
    /// The name a plan chooses it by.
    pub id: Text,
    /// Whose mean it is.
    pub label: Text,
    /// The mean.
    pub mean: Decimal,
    /// The standard deviation between people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_deviation: Option<Decimal>,
    /// The number of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// A published reliability or measurement error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reliability {
    /// The name a plan chooses it by.
    pub id: Text,
    /// Which coefficient it is.
    pub kind: ReliabilityKind,
    /// Its value.
    pub value: Decimal,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub sources: List<Text>,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Which coefficient of reliability a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReliabilityKind {
    /// Internal consistency, Cronbach's α.
    CronbachAlpha,
    /// The correlation of two sittings of unchanged people.
    TestRetest,
    /// The person separation index of a Rasch model.
    PersonSeparation,
    /// The standard error of measurement, in points.
    StandardErrorOfMeasurement,
}

fn is_empty<T: Clone>(list: &List<T>) -> bool {
    list.is_empty()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

const fn one() -> i32 {
    1
}
