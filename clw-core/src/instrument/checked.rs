//! The checked instrument: the only form that scores.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::baked::BuiltIn;
use super::check::{measures_of, measures_with};
use super::{
    Definition, DefinitionError, Item, List, Measure, Rights, Source, TerminologyCode, Text,
    UnknownName,
};
use crate::json;
#[cfg(feature = "toml")]
use crate::toml_read;

/// A questionnaire whose definition passed every check.
///
/// Made from a [`Definition`] only, so an unchecked one cannot exist: bands tile the scores, tables
/// have a row for every sum, items exist, every number cites a source, no default is unverified.
/// Its identity is id **and** version.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "Definition", into = "Definition")]
pub struct Instrument {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) title: Text,
    pub(super) aliases: List<Text>,
    pub(super) rights: Rights,
    pub(super) items: List<Item>,
    pub(super) measures: List<Measure>,
    pub(super) origin: Origin,
}

/// Where the definition of an instrument is.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// Baked in apart from what scores, so that a program that only scores is built without it.
    BuiltIn(BuiltIn),
    /// Read at run time.
    Local(Arc<Definition>),
}

impl PartialEq for Instrument {
    fn eq(&self, other: &Self) -> bool {
        self.measures == other.measures && self.definition() == other.definition()
    }
}

impl Eq for Instrument {}

impl TryFrom<Definition> for Instrument {
    type Error = DefinitionError;

    fn try_from(definition: Definition) -> Result<Self, DefinitionError> {
        Ok(Self {
            id: definition.id.clone(),
            version: definition.version.clone(),
            title: definition.title.clone(),
            aliases: definition.aliases.clone(),
            rights: definition.rights.clone(),
            items: definition.items.clone(),
            measures: measures_of(&definition)?.into(),
            origin: Origin::Local(Arc::new(definition)),
        })
    }
}

impl From<Instrument> for Definition {
    fn from(instrument: Instrument) -> Self {
        instrument.definition().clone()
    }
}

impl Instrument {
    /// Reads and checks a definition in TOML.
    ///
    /// # Errors
    ///
    /// [`DefinitionError`]: the first check it fails, and where.
    ///
    /// ```
    /// use clw_core::instrument::Instrument;
    ///
    /// let walking = Instrument::from_toml(r#"
    /// id = "walking"
    /// version = "1"
    /// title = "Days walked"
    /// rights = { holder = "The programme", licence = "Free to use", wording = "shipped" }
    /// items = [{ id = "days", label = "Days walked last week", lowest = 0, highest = 7 }]
    ///
    /// [[measures]]
    /// direction = "higher-is-better"
    /// items = ["days"]
    /// rule = { kind = "each-item" }
    /// certainty = "local"
    /// "#)?;
    /// assert_eq!(walking.measures()[0].values().len(), 8);
    /// # Ok::<(), clw_core::instrument::DefinitionError>(())
    /// ```
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        let definition: Definition =
            toml_read::read(text).map_err(|error| DefinitionError::Unreadable {
                format: "TOML",
                message: error.to_string().trim_end().into(),
            })?;
        definition.try_into()
    }

    /// Reads and checks a definition in JSON.
    ///
    /// # Errors
    ///
    /// [`DefinitionError`]: the first check it fails, and where.
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        let definition: Definition = json::read(text).map_err(|error| {
            DefinitionError::Unreadable { format: "JSON", message: error.to_string() }
        })?;
        definition.try_into()
    }

    /// The name it is known by.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Which edition it is: scores of two versions are never compared.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name printed in reports.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Other names met in data.
    #[must_use]
    pub fn aliases(&self) -> &[Text] {
        &self.aliases
    }

    /// Who owns it and what may be shipped of it.
    #[must_use]
    pub const fn rights(&self) -> &Rights {
        &self.rights
    }

    /// Its codes in clinical terminologies.
    #[must_use]
    pub fn codes(&self) -> &[TerminologyCode] {
        &self.definition().codes
    }

    /// What a reader of its results has to bear in mind.
    #[must_use]
    pub fn cautions(&self) -> &[Text] {
        &self.definition().cautions
    }

    /// The publications its numbers come from.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.definition().sources
    }

    /// The publication of this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources().iter().find(|source| source.id == id)
    }

    /// The questions, in the order they are asked and answered.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What it yields.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The measure of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the names there are.
    pub fn measure(&self, id: &str) -> Result<&Measure, UnknownName> {
        self.measures.iter().find(|measure| measure.id() == id).ok_or_else(|| UnknownName {
            kind: "measure",
            name: id.into(),
            owner: self.id().into(),
            known: self.measures.iter().map(|m| m.id().into()).collect(),
        })
    }

    /// The definition it was made from.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        match &self.origin {
            Origin::BuiltIn(built_in) => built_in.definition(),
            Origin::Local(definition) => definition,
        }
    }

    /// The same instrument with one measure scored by another of its missing rules.
    ///
    /// The choice belongs to a plan: it changes neither the definition nor the
    /// [`fingerprint`](Self::fingerprint), but may refine the measure's scale, because a mean over 11
    /// of 14 items lies on elevenths.
    ///
    /// # Errors
    ///
    /// [`UnknownName`] with the measures or missing rules there are.
    ///
    /// ```
    /// use clw_core::instrument::catalogue;
    ///
    /// let swemwbs = catalogue::find("swemwbs")?;
    /// let error = swemwbs.with_missing_rule("wellbeing", "person-mean").unwrap_err();
    /// assert_eq!(error.to_string(), "`wellbeing` has no missing rule `person-mean`; it has `refuse`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_missing_rule(&self, measure: &str, rule: &str) -> Result<Self, UnknownName> {
        let known = self.measure(measure)?.missing_rules();
        let unknown = || UnknownName {
            kind: "missing rule",
            name: rule.into(),
            owner: measure.into(),
            known: known.iter().map(ToString::to_string).collect(),
        };
        if !known.iter().any(|id| id == rule) {
            return Err(unknown());
        }
        let refined = measures_with(self.definition(), measure, rule).map_err(|_| unknown())?;
        let mut chosen = self.clone();
        for (kept, refined) in chosen.measures.to_mut().iter_mut().zip(refined) {
            if kept.id() == measure {
                *kept = refined;
            }
        }
        Ok(chosen)
    }

    /// A digest of the whole definition, which tells apart two definitions under one id and version.
    ///
    /// SHA-256 of the definition's JSON as this library writes it, in hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // A definition holds only texts and numbers, which JSON can always hold.
        let json = serde_json::to_vec(self.definition()).unwrap_or_default();
        Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
