//! How alike a heading is to a name.

/// The least that two names must be alike: above it are names of one word in another form.
const ALIKE: f64 = 0.9;

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A name taken apart, once for all the names it is held against.
#[derive(Debug)]
pub(super) struct Wording<'n> {
    name: &'n str,
    words: Vec<String>,
    folded: String,
    /// How many letters there are, and how many of each, with those apart by 32 as one.
    length: u32,
    letters: [u32; 32],
}

impl<'n> Wording<'n> {
    pub(super) fn of(name: &'n str) -> Self {
        let words = words(name);
        let folded = words.concat();
        let (mut length, mut letters) = (0, [0; 32]);
        for letter in folded.chars() {
            length += 1;
            if let Some(count) = letters.get_mut(letter as usize % 32) {
                *count += 1;
            }
        }
        Self { name, words, folded, length, letters }
    }

    /// How well this heading goes with one of several names, and with which: 1 where they are the same.
    pub(super) fn likeness(&self, names: &[Wording<'static>]) -> Option<(f64, &'static str)> {
        if self.folded.is_empty() {
            return None;
        }
        let all = names.iter().map(|name| (self.alike(name), name.name));
        let best = all.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(alike, _)| *alike >= ALIKE)
    }

    fn alike(&self, wanted: &Wording<'_>) -> f64 {
        if wanted.folded == self.folded {
            return 1.0;
        }
        if wanted.words.iter().all(|word| self.words.contains(word)) {
            let [shared, all] =
                [wanted, self].map(|one| u32::try_from(one.words.len()).unwrap_or(1));
            return ALIKE + 0.09 * f64::from(shared) / f64::from(all);
        }
        // Short names are alike by chance.
        if self.folded.len() < 5 || self.most_alike(wanted) < ALIKE {
            return 0.0;
        }
        0.98 * strsim::jaro_winkler(&wanted.folded, &self.folded)
    }

    /// What the likeness of letters is at most: all letters that both have, in the same order, after the
    /// longest beginning that counts. Nearly all pairs are told apart by it, at a fraction of the work.
    fn most_alike(&self, wanted: &Wording<'_>) -> f64 {
        let both = self.letters.iter().zip(&wanted.letters).map(|(own, other)| *own.min(other));
        let both = f64::from(both.sum::<u32>());
        let jaro = (both / f64::from(self.length) + both / f64::from(wanted.length) + 1.0) / 3.0;
        // The last digits may round either way.
        0.98 * (jaro + 0.4 * (1.0 - jaro)) + 1e-9
    }
}

/// Names that headings are held against.
pub(super) fn wordings(names: &'static [&'static str]) -> Vec<Wording<'static>> {
    names.iter().map(|name| Wording::of(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::names::field;
    use super::*;
    use crate::import::TableName;
    use crate::import::fields::Field;

    #[test]
    fn headings_go_with_the_names_they_are_variants_of() {
        for (heading, name) in [
            ("Date of referral", Some("date of referral")),
            ("DATE_OF_REFERRAL", Some("date of referral")),
            ("Referral date (dd/mm/yyyy)", Some("referral date")),
            ("Refferal date", Some("referral date")),
            ("Notes", None),
            ("", None),
            ("Q1", None),
        ] {
            let found = Wording::of(heading).likeness(&wordings(field(Field::Referred)));
            assert_eq!(found.map(|(_, name)| name), name, "{heading}");
        }
    }

    #[test]
    fn names_that_are_not_looked_at_closely_are_not_alike() {
        let all: Vec<Wording<'static>> = TableName::ALL
            .iter()
            .flat_map(|name| name.fields())
            .flat_map(|one| wordings(field(one)))
            .collect();
        let mut close = 0;
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
            let alike = 0.98 * strsim::jaro_winkler(&other.folded, &one.folded);
            assert!(alike <= one.most_alike(other), "{} {}", one.name, other.name);
            close += usize::from(one.most_alike(other) >= ALIKE);
        }
        // A bound that holds everything possible would be of no use.
        assert!(10 * close < all.len() * all.len(), "{close} of {}", all.len() * all.len());
    }
}
