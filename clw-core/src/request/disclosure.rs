//! Questions of what may be published.

use serde::{Deserialize, Serialize};

use super::{Answer, Question as Asked, RequestError, Table};
use crate::OrderedMap;
use crate::disclosure::{Profile, PublishedCount, Tables};
use crate::sentences::format::count;

/// Counts by name, and which of them add up to which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Question {
    cells: OrderedMap<String, u64>,
    #[serde(default)]
    sums: Vec<Sum>,
    #[serde(default)]
    profile: Profile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sum {
    total: String,
    parts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Found {
    profile: Profile,
    cells: OrderedMap<String, PublishedCount>,
}

impl Asked for Question {
    fn answer(self) -> Result<Answer, RequestError> {
        let mut tables = Tables::new();
        for (cell, count) in self.cells {
            tables.insert(cell, count)?;
        }
        for Sum { total, parts } in self.sums {
            tables.sum(total, parts)?;
        }
        let published = tables.protect(&self.profile)?;
        let hidden = published.hidden().count();
        let cells: OrderedMap<String, PublishedCount> =
            published.iter().map(|(cell, count)| (cell.clone(), count)).collect();
        let shown = |of: PublishedCount| of.shown().map_or_else(|| "hidden".to_owned(), count);
        let rows = cells.iter().map(|(cell, of)| vec![cell.clone(), shown(*of)]);
        let table = Table { headings: vec!["cell", "count"], rows: rows.collect() };
        let brief = format!("{} counts, {hidden} hidden", cells.len());
        let sentence = format!(
            "Of {} counts {hidden} are hidden: those from 1 to {}, and as many others as it takes that \
             none of these follows from what is shown.",
            cells.len(),
            self.profile.hide_up_to()
        );
        let found = Found { profile: self.profile, cells };
        Ok(Answer::new(&found, sentence, brief, table))
    }
}
