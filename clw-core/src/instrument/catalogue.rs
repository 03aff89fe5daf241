//! The instruments that come with the library, and those a programme adds.

use core::fmt;

use std::sync::LazyLock;

use super::Instrument;
use super::pack::built_in;
use crate::shown::{Quoted, shortened};

static BUILT_IN: LazyLock<Vec<Instrument>> = LazyLock::new(built_in);

/// The instruments that come with the library, in alphabetical order.
///
/// Each was checked when it was baked in; the first call reads them, in well under a millisecond.
#[must_use]
pub fn all() -> &'static [Instrument] {
    &BUILT_IN
}

/// The built-in instrument of this name: its id, an alias or `id@version`.
///
/// Case, spaces and hyphens do not matter: `SWMWBS`, `PHQ 9` and `phq-9@2001` all resolve.
///
/// # Errors
///
/// [`CatalogueError::UnknownInstrument`] with the nearest names.
///
/// ```
/// use clw_core::instrument::catalogue;
///
/// assert_eq!(catalogue::find("SWMWBS")?.id(), "swemwbs");
/// let error = catalogue::find("swembs").unwrap_err();
/// assert_eq!(error.code(), "unknown-instrument");
/// # Ok::<(), clw_core::instrument::CatalogueError>(())
/// ```
pub fn find(name: &str) -> Result<&'static Instrument, CatalogueError> {
    find_in(all().iter(), name)
}

/// The built-in instruments and those added at run time.
///
/// ```
/// use clw_core::instrument::Registry;
///
/// let registry = Registry::new();
/// assert_eq!(registry.find("ons4")?.measures().len(), 4);
/// # Ok::<(), clw_core::instrument::CatalogueError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Registry {
    local: Vec<Instrument>,
}

impl Registry {
    /// The built-in instruments alone.
    #[must_use]
    pub const fn new() -> Self {
        Self { local: Vec::new() }
    }

    /// Adds an instrument; adding the same one twice changes nothing.
    ///
    /// # Errors
    ///
    /// [`CatalogueError::Conflict`] where its id and version already stand for another definition,
    /// [`CatalogueError::NameTaken`] where one of its names is another instrument's.
    pub fn add(&mut self, instrument: Instrument) -> Result<(), CatalogueError> {
        let same_identity = |other: &&Instrument| {
            other.id() == instrument.id() && other.version() == instrument.version()
        };
        if let Some(present) = self.iter().find(same_identity) {
            return if present.definition() == instrument.definition() {
                Ok(())
            } else {
                Err(CatalogueError::Conflict {
                    id: instrument.id().into(),
                    version: instrument.version().into(),
                })
            };
        }
        for name in names(&instrument) {
            let other = self.iter().find(|other| {
                other.id() != instrument.id() && names(other).any(|taken| same_name(taken, name))
            });
            if let Some(holder) = other {
                return Err(CatalogueError::NameTaken {
                    name: name.into(),
                    holder: holder.id().into(),
                });
            }
        }
        self.local.push(instrument);
        Ok(())
    }

    /// Every instrument: the built-in ones, then the local ones as they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Instrument> + Clone {
        all().iter().chain(&self.local)
    }

    /// The instrument of this name: its id, an alias or `id@version`, as in [`find`].
    ///
    /// # Errors
    ///
    /// [`CatalogueError::UnknownInstrument`] with the nearest names, or
    /// [`CatalogueError::SeveralVersions`] where the name leaves the version open.
    pub fn find(&self, name: &str) -> Result<&Instrument, CatalogueError> {
        find_in(self.iter(), name)
    }
}

/// Why an instrument was not found or not added.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogueError {
    /// No instrument has the name.
    UnknownInstrument {
        /// The name.
        name: String,
        /// The nearest names there are.
        near: Vec<String>,
    },
    /// Several versions have the name.
    SeveralVersions {
        /// The name.
        name: String,
        /// The versions, each as `id@version`.
        versions: Vec<String>,
    },
    /// The id and version already stand for a different definition.
    Conflict {
        /// The id.
        id: String,
        /// The version.
        version: String,
    },
    /// One of the names is another instrument's.
    NameTaken {
        /// The name.
        name: String,
        /// The id of the instrument that has it.
        holder: String,
    },
}

impl CatalogueError {
    /// The stable name of the problem.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownInstrument { .. } => "unknown-instrument",
            Self::SeveralVersions { .. } => "several-versions",
            Self::Conflict { .. } => "instrument-conflict",
            Self::NameTaken { .. } => "name-taken",
        }
    }
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownInstrument { name, near } => write!(
                f,
                "no instrument is called {}; the nearest names are `{}`",
                Quoted(&shortened(name)),
                near.join("`, `")
            ),
            Self::SeveralVersions { name, versions } => write!(
                f,
                "{} names {} versions; choose one of `{}`",
                Quoted(&shortened(name)),
                versions.len(),
                versions.join("`, `")
            ),
            Self::Conflict { id, version } => write!(
                f,
                "`{id}@{version}` already stands for another definition; give the changed one a new version"
            ),
            Self::NameTaken { name, holder } => write!(
                f,
                "the name `{name}` already belongs to `{holder}`; choose another id or alias"
            ),
        }
    }
}

impl core::error::Error for CatalogueError {}

fn find_in<'a>(
    instruments: impl Iterator<Item = &'a Instrument> + Clone,
    name: &str,
) -> Result<&'a Instrument, CatalogueError> {
    let (plain, version) = match name.split_once('@') {
        Some((plain, version)) => (plain, Some(version.trim())),
        None => (name, None),
    };
    let mut found = instruments.clone().filter(|instrument| {
        names(instrument).any(|known| same_name(known, plain))
            && version.is_none_or(|version| version == instrument.version())
    });
    match (found.next(), found.next()) {
        (Some(instrument), None) => Ok(instrument),
        (Some(first), Some(second)) => Err(CatalogueError::SeveralVersions {
            name: name.into(),
            versions: [first, second].into_iter().chain(found).map(identity).collect(),
        }),
        (None, _) => Err(CatalogueError::UnknownInstrument {
            name: name.into(),
            near: nearest(instruments, plain),
        }),
    }
}

fn identity(instrument: &Instrument) -> String {
    format!("{}@{}", instrument.id(), instrument.version())
}

fn names(instrument: &Instrument) -> impl Iterator<Item = &str> {
    let aliases = instrument.aliases().iter().map(AsRef::as_ref);
    core::iter::once(instrument.id()).chain(aliases)
}

fn same_name(left: &str, right: &str) -> bool {
    folded(left).eq(folded(right))
}

/// A name without the spelling differences met in data. Beyond ASCII letters stand for themselves: what
/// tells their cases and kinds apart is as large as all of scoring.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let letters =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii());
    letters.map(|letter| letter.to_ascii_lowercase())
}

/// The most letters of a name that are compared for likeness; no instrument's name has as many.
const LONGEST: usize = 100;

/// The ids of the three instruments with the most similar names.
fn nearest<'a>(instruments: impl Iterator<Item = &'a Instrument>, name: &str) -> Vec<String> {
    // A name is as far from a text of megabytes as from its beginning, which takes no seconds to tell.
    let name: String = folded(name).take(LONGEST).collect();
    let distance = |instrument: &Instrument| {
        let distances = names(instrument)
            .map(|known| strsim::levenshtein(&folded(known).collect::<String>(), &name));
        distances.min().unwrap_or(usize::MAX)
    };
    let mut near: Vec<(usize, String)> = Vec::new();
    for candidate in instruments.map(|instrument| (distance(instrument), identity(instrument))) {
        let place = near.iter().take_while(|held| **held <= candidate).count();
        near.insert(place, candidate);
        near.truncate(3);
    }
    near.into_iter().map(|(_, id)| id).collect()
}
