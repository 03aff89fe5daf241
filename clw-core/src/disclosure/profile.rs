//! What counts as small, and how the other counts are shown.

use serde::{Deserialize, Serialize};

use super::DisclosureError;

/// A rule of disclosure control: which counts are hidden, and whether the others are rounded.
///
/// It is part of what is published, so that a reader knows what a gap means.
///
/// ```
/// use clw_core::disclosure::Profile;
///
/// let profile = Profile::default();
/// assert!(profile.is_sensitive(4) && !profile.is_sensitive(5) && !profile.is_sensitive(0));
/// let json = serde_json::to_string(&profile)?;
/// assert_eq!(json, r#"{"hide-up-to":4,"zeros":"shown","rounding":{"method":"none"}}"#);
/// assert_eq!(Profile::strict().hide_up_to(), 9);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "Wire")]
pub struct Profile {
    hide_up_to: u64,
    zeros: Zeros,
    rounding: Rounding,
}

crate::coded::deserialize_checked!(Profile, Wire);

/// What becomes of a count of nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zeros {
    /// It is shown, unless it belongs to a sensitive total.
    #[default]
    Shown,
    /// It is hidden like a small count, unless it follows from the form of the tables whatever is
    /// hidden, as that of a month that has not come.
    Hidden,
}

/// How the counts that are shown are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rounding {
    /// Not at all.
    #[default]
    None,
    /// Conventionally: to the nearest multiple of the base, halves up.
    ///
    /// A count is rounded to the same value wherever it stands; rounded parts need not add up to
    /// the rounded total. Hundepool et al. (2012), section 5.4.
    Conventional {
        /// The base, for example 5.
        base: u64,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Wire {
    hide_up_to: u64,
    #[serde(default)]
    zeros: Zeros,
    #[serde(default)]
    rounding: Rounding,
}

impl Default for Profile {
    /// Counts from 1 to 4 are hidden and zeros shown, Public Health Scotland's usual rule.
    fn default() -> Self {
        Self { hide_up_to: 4, zeros: Zeros::Shown, rounding: Rounding::None }
    }
}

impl Profile {
    /// The largest count that a profile may call small.
    ///
    /// Rules in use hide counts up to 4, 9 or 19; what hides everything protects nothing.
    pub const HIGHEST_LIMIT: u64 = 20;

    /// Counts from 1 to 9 are hidden and zeros shown.
    #[must_use]
    pub fn strict() -> Self {
        Self { hide_up_to: 9, ..Self::default() }
    }

    /// A rule of one's own.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::LimitTooLow`] where only ones would be hidden, as a gap would then say one,
    /// [`DisclosureError::LimitTooHigh`] above [`HIGHEST_LIMIT`](Self::HIGHEST_LIMIT), and
    /// [`DisclosureError::BaseOutside`] where the base of a rounding is below 2 or would round a count
    /// that is shown to nobody.
    pub const fn new(
        hide_up_to: u64,
        zeros: Zeros,
        rounding: Rounding,
    ) -> Result<Self, DisclosureError> {
        if hide_up_to < 2 {
            return Err(DisclosureError::LimitTooLow { hide_up_to });
        }
        if hide_up_to > Self::HIGHEST_LIMIT {
            let highest = Self::HIGHEST_LIMIT;
            return Err(DisclosureError::LimitTooHigh { hide_up_to, highest });
        }
        let highest = (hide_up_to + 1) * 2;
        match rounding {
            Rounding::Conventional { base } if base < 2 || base > highest => {
                Err(DisclosureError::BaseOutside { base, highest })
            }
            _ => Ok(Self { hide_up_to, zeros, rounding }),
        }
    }

    /// The largest count that is hidden for being small.
    #[must_use]
    pub const fn hide_up_to(&self) -> u64 {
        self.hide_up_to
    }

    /// What becomes of zeros.
    #[must_use]
    pub const fn zeros(&self) -> Zeros {
        self.zeros
    }

    /// How the counts that are shown are rounded.
    #[must_use]
    pub const fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// Whether a count is hidden for being small.
    #[must_use]
    pub const fn is_sensitive(&self, count: u64) -> bool {
        self.smallest_hidden() <= count && count <= self.hide_up_to
    }

    /// The smallest count that is hidden for being small.
    #[must_use]
    pub const fn smallest_hidden(&self) -> u64 {
        match self.zeros {
            Zeros::Shown => 1,
            Zeros::Hidden => 0,
        }
    }

    /// A count as it is shown.
    ///
    /// ```
    /// use clw_core::disclosure::{Profile, Rounding, Zeros};
    ///
    /// let profile = Profile::new(4, Zeros::Shown, Rounding::Conventional { base: 5 })?;
    /// assert_eq!([0, 5, 7, 8, 12].map(|count| profile.rounded(count)), [0, 5, 5, 10, 10]);
    /// # Ok::<(), clw_core::disclosure::DisclosureError>(())
    /// ```
    #[must_use]
    pub const fn rounded(&self, count: u64) -> u64 {
        match self.rounding {
            Rounding::None => count,
            Rounding::Conventional { base } => {
                let below = count - count % base;
                if count - below >= base.div_ceil(2) { below.saturating_add(base) } else { below }
            }
        }
    }
}

impl TryFrom<Wire> for Profile {
    type Error = DisclosureError;

    fn try_from(wire: Wire) -> Result<Self, DisclosureError> {
        Self::new(wire.hide_up_to, wire.zeros, wire.rounding)
    }
}

impl From<Profile> for Wire {
    fn from(profile: Profile) -> Self {
        let Profile { hide_up_to, zeros, rounding } = profile;
        Self { hide_up_to, zeros, rounding }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up_and_ties_are_the_same_everywhere() {
        let base = |base| Profile::new(4, Zeros::Shown, Rounding::Conventional { base }).unwrap();
        for (of, counts, rounded) in [
            (5, [0, 5, 7, 8, 12, 13], [0, 5, 5, 10, 10, 15]),
            (10, [0, 5, 14, 15, 24, 25], [0, 10, 10, 20, 20, 30]),
            (3, [0, 5, 6, 7, 8, 10], [0, 6, 6, 6, 9, 9]),
        ] {
            assert_eq!(counts.map(|count| base(of).rounded(count)), rounded, "base {of}");
        }
    }

    #[test]
    fn a_stored_profile_is_checked_again() {
        let read = |json| serde_json::from_str::<Profile>(json);
        assert_eq!(read(r#"{"hide-up-to":9}"#).unwrap(), Profile::strict());
        let refused = read(r#"{"hide-up-to":1}"#).unwrap_err();
        assert!(refused.to_string().starts_with("counts up to 1 are hidden"), "{refused}");
        assert!(read(r#"{"hide-up-to":20}"#).is_ok());
        let refused = read(r#"{"hide-up-to":9223372036854775808}"#).unwrap_err().to_string();
        let words = "counts up to 9223372036854775808 are hidden, more than up to 20";
        assert!(refused.starts_with(words), "{refused}");
        assert!(read(r#"{"hide-up-to":21}"#).is_err());
        assert!(read(r#"{"hide-up-to":4,"round":5}"#).is_err());
    }
}
