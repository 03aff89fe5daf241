//! What is published: each count, or that it is hidden.

use serde::{Deserialize, Serialize};

use super::Profile;
use crate::OrderedMap;
use crate::estimate::{ConfidenceLevel, Estimate, Proportion, Share};

/// A count as it is published. In JSON it is a number, or the word `hidden`.
///
/// ```
/// use clw_core::disclosure::PublishedCount;
///
/// let counts = [PublishedCount::Shown(12), PublishedCount::Hidden];
/// assert_eq!(serde_json::to_string(&counts)?, r#"[12,"hidden"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum PublishedCount {
    /// The count, rounded where the profile rounds.
    Shown(u64),
    /// A count that is small, or from which a small one would follow.
    Hidden,
}

impl PublishedCount {
    /// The count, when it is shown.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Hidden => None,
        }
    }
}

/// So many of so many, as far as both are published.
///
/// ```
/// use clw_core::disclosure::{PublishedCount, PublishedShare};
/// use clw_core::estimate::ConfidenceLevel;
///
/// let level = ConfidenceLevel::default();
/// let hidden = PublishedShare::of(PublishedCount::Hidden, PublishedCount::Shown(48), level);
/// assert_eq!(hidden.proportion, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublishedShare {
    /// The numerator.
    pub count: PublishedCount,
    /// The denominator.
    pub of: PublishedCount,
    /// The one over the other with its interval; `None` where either is hidden, as it would follow.
    pub proportion: Option<Estimate<Proportion>>,
}

impl PublishedShare {
    /// The share of two published counts, with a Wilson score interval at `level`.
    ///
    /// It is made of what is published only: of rounded counts where these are rounded.
    #[must_use]
    pub fn of(count: PublishedCount, of: PublishedCount, level: ConfidenceLevel) -> Self {
        let both = count.shown().zip(of.shown());
        let proportion = both.map(|(count, of)| Share::of(count, of, level).proportion);
        Self { count, of, proportion }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Wire {
    Shown(u64),
    Hidden(Gap),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gap {
    Hidden,
}

impl From<Wire> for PublishedCount {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Shown(count) => Self::Shown(count),
            Wire::Hidden(Gap::Hidden) => Self::Hidden,
        }
    }
}

impl From<PublishedCount> for Wire {
    fn from(count: PublishedCount) -> Self {
        match count {
            PublishedCount::Shown(count) => Self::Shown(count),
            PublishedCount::Hidden => Self::Hidden(Gap::Hidden),
        }
    }
}

/// Tables as they are published, with the rule they were published under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<K> {
    pub(super) profile: Profile,
    pub(super) counts: OrderedMap<K, PublishedCount>,
}

impl<K: Ord> Published<K> {
    /// The rule.
    #[must_use]
    pub const fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What is published of a cell; `None` of one that is not in the tables or is withheld.
    #[must_use]
    pub fn get(&self, cell: &K) -> Option<PublishedCount> {
        self.counts.get(cell).copied()
    }

    /// The cells in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, PublishedCount)> {
        self.counts.iter().map(|(cell, count)| (cell, *count))
    }

    /// The cells whose count is hidden.
    pub fn hidden(&self) -> impl Iterator<Item = &K> {
        self.iter().filter(|(_, count)| *count == PublishedCount::Hidden).map(|(cell, _)| cell)
    }
}
