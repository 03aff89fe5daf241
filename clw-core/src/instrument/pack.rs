//! What scores of the built-in instruments, as one text: a line for each value, in the order of fields.
//!
//! As constant data the same tables are three times as large in a compressed WebAssembly module, most of
//! it addresses. Reading them back checks nothing: they passed every check when they were baked.

use core::str::Lines;

use super::baked::BuiltIn;
use super::checked::Origin;
use super::measure::Scoring;
use super::{
    Band, BandSet, Certainty, ChangeRule, Decimal, Direction, Instrument, Item, LevelOfMeasurement,
    List, Measure, MeasureItem, Norm, Points, Reliability, ReliabilityKind, Rights, Scale, Text,
    Threshold, Wording,
};

/// A value that is written as lines and read back from them.
trait Packed: Sized {
    fn pack(&self, to: &mut String);
    fn unpack(from: &mut Lines<'static>) -> Self;
}

macro_rules! packed {
    (struct $name:ident { $($field:ident),+ $(,)? }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut String) {
                $(self.$field.pack(to);)+
            }

            fn unpack(from: &mut Lines<'static>) -> Self {
                Self { $($field: Packed::unpack(from)),+ }
            }
        }
    };
    (enum $name:ident { $first:ident $(, $other:ident)* $(,)? }) => {
        impl Packed for $name {
            fn pack(&self, to: &mut String) {
                line(to, match self {
                    Self::$first => stringify!($first),
                    $(Self::$other => stringify!($other),)*
                });
            }

            fn unpack(from: &mut Lines<'static>) -> Self {
                match from.next().unwrap_or_default() {
                    $(text if text == stringify!($other) => Self::$other,)*
                    _ => Self::$first,
                }
            }
        }
    };
    (number $($name:ident),+) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut String) {
                line(to, &self.to_string());
            }

            fn unpack(from: &mut Lines<'static>) -> Self {
                $name::try_from(i64::unpack(from)).unwrap_or_default()
            }
        }
    )+};
}

packed!(number i32, u32, u8, usize);
packed!(
    enum Direction {
        HigherIsBetter,
        LowerIsBetter,
    }
);
packed!(
    enum LevelOfMeasurement {
        Ordinal,
        Interval,
    }
);
packed!(
    enum Certainty {
        Firm,
        OneSource,
        Unverified,
        Local,
    }
);
packed!(
    enum Wording {
        NeutralLabels,
        Shipped,
    }
);
packed!(
    enum ReliabilityKind {
        CronbachAlpha,
        TestRetest,
        PersonSeparation,
        StandardErrorOfMeasurement,
    }
);
packed!(struct Decimal { digits, places });
packed!(struct Rights { holder, licence, wording });
packed!(struct Item { id, label, lowest, highest, reversed });
packed!(struct Scale { direction, steps_per_unit, lowest, highest });
packed!(struct MeasureItem { id, position, lowest, highest, reversed });
packed!(struct Band { id, label, lowest, highest });
packed!(struct BandSet { id, label, bands, sources, certainty });
packed!(struct ChangeRule { id, label, threshold, fewest_steps, sources, certainty });
packed!(struct Norm { id, label, mean, standard_deviation, n, sources, certainty });
packed!(struct Reliability { id, kind, value, sources, certainty });
packed!(struct Measure {
    id,
    label,
    scale,
    level,
    items,
    missing_rule,
    missing_rules,
    not_applicable_allowed,
    scoring,
    values,
    sources,
    certainty,
    band_sets,
    default_band_set,
    change_rules,
    default_change_rule,
    norms,
    reliabilities,
});

impl Packed for i64 {
    fn pack(&self, to: &mut String) {
        line(to, &self.to_string());
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        from.next().and_then(|text| text.parse().ok()).unwrap_or_default()
    }
}

impl Packed for bool {
    fn pack(&self, to: &mut String) {
        u8::from(*self).pack(to);
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        u8::unpack(from) == 1
    }
}

impl Packed for Points {
    fn pack(&self, to: &mut String) {
        self.0.pack(to);
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        Self(i32::unpack(from))
    }
}

impl Packed for Text {
    fn pack(&self, to: &mut String) {
        line(to, self);
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        from.next().unwrap_or_default().into()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut String) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Packed + Clone> Packed for List<T> {
    fn pack(&self, to: &mut String) {
        self.len().pack(to);
        self.iter().for_each(|value| value.pack(to));
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        let values: Vec<T> = (0..usize::unpack(from)).map(|_| T::unpack(from)).collect();
        // Kept for as long as the program runs, so that a clone of an instrument copies no list.
        Self::Borrowed(values.leak())
    }
}

impl Packed for Threshold {
    fn pack(&self, to: &mut String) {
        let (at_least, change) = match self {
            Self::AtLeast(change) => (true, change),
            Self::MoreThan(change) => (false, change),
        };
        at_least.pack(to);
        change.pack(to);
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        let variant = if bool::unpack(from) { Self::AtLeast } else { Self::MoreThan };
        variant(Packed::unpack(from))
    }
}

impl Packed for Scoring {
    fn pack(&self, to: &mut String) {
        match self {
            Self::Linear { factors } => {
                true.pack(to);
                factors.pack(to);
            }
            Self::Table { lowest_raw, points } => {
                false.pack(to);
                lowest_raw.pack(to);
                points.pack(to);
            }
        }
    }

    fn unpack(from: &mut Lines<'static>) -> Self {
        if bool::unpack(from) {
            Self::Linear { factors: Packed::unpack(from) }
        } else {
            Self::Table { lowest_raw: Packed::unpack(from), points: Packed::unpack(from) }
        }
    }
}

fn line(to: &mut String, text: &str) {
    to.push_str(text);
    to.push('\n');
}

impl Instrument {
    /// What scores, as the library carries it. The example `bake` writes it.
    #[doc(hidden)]
    #[must_use]
    pub fn packed(&self) -> String {
        let mut lines = String::new();
        self.id.pack(&mut lines);
        self.version.pack(&mut lines);
        self.title.pack(&mut lines);
        self.aliases.pack(&mut lines);
        self.rights.pack(&mut lines);
        self.items.pack(&mut lines);
        self.measures.pack(&mut lines);
        lines
    }
}

/// The built-in instruments.
pub(super) fn built_in() -> Vec<Instrument> {
    let mut lines = include_str!("baked.txt").lines();
    let mut next = |built_in: &BuiltIn| Instrument {
        id: Packed::unpack(&mut lines),
        version: Packed::unpack(&mut lines),
        title: Packed::unpack(&mut lines),
        aliases: Packed::unpack(&mut lines),
        rights: Packed::unpack(&mut lines),
        items: Packed::unpack(&mut lines),
        measures: Packed::unpack(&mut lines),
        origin: Origin::BuiltIn(*built_in),
    };
    BuiltIn::ALL.iter().map(&mut next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every measure that the baked text holds is the one its definition makes by the checks.
    #[test]
    fn what_is_packed_is_what_the_definitions_make() {
        let read = built_in();
        assert_eq!(read.len(), BuiltIn::ALL.len());
        for instrument in read {
            let made = Instrument::try_from(instrument.definition().clone()).unwrap();
            assert_eq!(instrument.packed(), made.packed());
            assert_eq!(instrument, made);
        }
    }
}
