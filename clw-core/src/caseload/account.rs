//! The account of the rows a caseload was made from: every one is used or rejected for a reason.

use serde::{Deserialize, Serialize};

use super::{CountOverflow, add_count};
use crate::OrderedMap;

/// What became of the rows of each table. Accounts of parts add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowAccount {
    /// The tables by name, for example `assessments`.
    pub tables: OrderedMap<String, TableAccount>,
}

/// What became of the rows of one table: `read` is `used` and all `rejected` together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableAccount {
    /// The rows read.
    pub read: u64,
    /// The rows whose content became part of the caseload.
    pub used: u64,
    /// The rows that did not, by the code of the reason.
    pub rejected: OrderedMap<String, u64>,
    /// Rows used in spite of something about them, by the code of what it was.
    pub warned: OrderedMap<String, u64>,
}

impl RowAccount {
    /// Adds another account.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if a sum is beyond an integer.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        for (table, account) in &other.tables {
            self.tables.entry(table.clone()).or_default().merge(account)?;
        }
        Ok(())
    }

    /// Whether every row read is either used or rejected: an account that was stored may have been
    /// edited.
    pub(crate) fn adds_up(&self) -> bool {
        self.tables.values().all(TableAccount::adds_up)
    }
}

impl TableAccount {
    /// Adds another account of the same table.
    ///
    /// # Errors
    ///
    /// [`CountOverflow`] if a sum is beyond an integer.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountOverflow> {
        add_count(&mut self.read, other.read)?;
        add_count(&mut self.used, other.used)?;
        add(&mut self.rejected, &other.rejected)?;
        add(&mut self.warned, &other.warned)
    }

    fn adds_up(&self) -> bool {
        let mut accounted = self.used;
        let all = self.rejected.values().try_for_each(|rows| add_count(&mut accounted, *rows));
        all.is_ok() && accounted == self.read
    }
}

fn add(
    counts: &mut OrderedMap<String, u64>,
    others: &OrderedMap<String, u64>,
) -> Result<(), CountOverflow> {
    for (code, count) in others {
        add_count(counts.entry(code.clone()).or_default(), *count)?;
    }
    Ok(())
}
