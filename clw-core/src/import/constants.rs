//! Constants of a mapping, read as if they stood in cells.

use super::dates::{DateFormat, read_date};
use super::fields::Kind;
use super::mapping::{CellSource, Table};
use super::row::whole_number;
use super::spelling::{Spellings, YES_NO, fold};
use super::{ImportError, TableName};
use crate::OrderedMap;

/// Refuses a constant that no row could use. Instruments are checked with the registry at hand.
pub(super) fn check_constants(
    tables: &OrderedMap<TableName, Table>,
    spellings: &Spellings,
    dates: &[DateFormat],
) -> Result<(), ImportError> {
    for (name, table) in tables {
        for cell in &table.cells {
            let CellSource::Constant(field, text) = cell else { continue };
            let bytes = text.as_bytes();
            let kind = field.kind();
            let readable = match kind {
                Kind::Text | Kind::Instrument | Kind::Measure => !text.is_empty(),
                Kind::Date => read_date(dates, bytes).is_some(),
                Kind::Flag => spellings.code(YES_NO, bytes).is_some(),
                Kind::Code(list) => spellings.code(list, bytes).is_some(),
                Kind::Number(low, high) => {
                    whole_number(bytes).is_some_and(|number| (low..=high).contains(&number))
                }
                Kind::Money => whole_number(bytes).is_some(),
                Kind::Occasion => spellings.occasions.contains_key(&fold(text)),
            };
            if !readable {
                let names: Vec<&str> = dates.iter().map(|format| format.name()).collect();
                return Err(ImportError::BadConstant {
                    table: *name,
                    field: field.name(),
                    found: text.clone(),
                    expected: kind.expected(&names.join(", ")),
                });
            }
        }
    }
    Ok(())
}
