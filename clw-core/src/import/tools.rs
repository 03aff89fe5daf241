//! The instruments a mapping may meet, as far as reading their answers needs them.

use super::mapping::{AnswerCells, CellSource, Form, Mapping};
use super::spelling::{Labels, fold};
use super::{ImportError, TableName};
use crate::OrderedMap;
use crate::instrument::{Instrument, Registry};
use crate::score::Answer;

/// The instruments of a registry, by place.
#[derive(Debug)]
pub(super) struct Tools {
    tools: Vec<Tool>,
    /// What each name in the mapping stands for.
    named: OrderedMap<String, usize>,
    registry: Registry,
}

/// One instrument.
#[derive(Debug)]
pub(super) struct Tool {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) items: usize,
    /// The lowest and the highest code of each item.
    pub(super) codes: Vec<(i64, i64)>,
    /// The measures by folded id, each with the places of its items.
    pub(super) measures: Vec<(String, Vec<usize>)>,
    pub(super) labels: Labels<Answer>,
    /// Whether an answer of one or two digits is just that: no label of another and no blank.
    pub(super) plain_codes: bool,
}

impl Tools {
    pub(super) fn new(mapping: &Mapping, registry: &Registry) -> Result<Self, ImportError> {
        let tools = registry.iter().map(Tool::new).collect();
        let mut this = Self { tools, named: OrderedMap::new(), registry: registry.clone() };
        for (name, labels) in &mapping.spellings.answers {
            let place = this.mapped(&format!("[answers.{name}]"), name)?;
            if let Some(tool) = this.tools.get_mut(place) {
                tool.labels.clone_from(labels);
            }
        }
        let blanks = &mapping.spellings.answer_blanks;
        for tool in &mut this.tools {
            let plain = |code: u8| {
                let label = code.to_string();
                !tool.labels.contains_key(&label) && !blanks.contains(label.as_bytes())
            };
            tool.plain_codes = (0..=99).all(plain);
        }
        for (table, plan) in &mapping.tables {
            for cell in &plan.cells {
                if let CellSource::Constant(super::fields::Field::Instrument, name) = cell {
                    this.mapped(&format!("[{table}]"), name)?;
                }
            }
            for form in &plan.forms {
                this.check_totals(*table, form)?;
                let AnswerCells::ByInstrument(lists) = &form.answers else { continue };
                for (name, cells) in lists {
                    let place = format!("[{table}] answers");
                    let at = this.mapped(&place, name)?;
                    this.check_count(&place, at, cells.len())?;
                }
            }
        }
        Ok(this)
    }

    /// Refuses the total of a measure that no instrument has.
    fn check_totals(&self, table: TableName, form: &Form) -> Result<(), ImportError> {
        let measures = || self.tools.iter().flat_map(|tool| &tool.measures);
        for total in &form.totals {
            let wanted = fold(&total.measure);
            if measures().all(|(id, _)| *id != wanted) {
                let mut known: Vec<&str> = self
                    .registry
                    .iter()
                    .flat_map(Instrument::measures)
                    .map(crate::instrument::Measure::id)
                    .collect();
                known.sort_by_cached_key(|id| strsim::levenshtein(&fold(id), &wanted));
                known.dedup();
                let near = known.into_iter().take(3).map(str::to_owned).collect();
                let measure = total.measure.clone();
                return Err(ImportError::UnknownTotal { table, measure, near });
            }
        }
        Ok(())
    }

    fn check_count(&self, place: &str, at: usize, mapped: usize) -> Result<(), ImportError> {
        match self.get(at) {
            Some(tool) if tool.items != mapped => Err(ImportError::ItemCount {
                place: place.to_owned(),
                instrument: tool.id.clone(),
                mapped,
                items: tool.items,
            }),
            _ => Ok(()),
        }
    }

    /// Resolves a name of the mapping itself, and remembers it.
    fn mapped(&mut self, place: &str, name: &str) -> Result<usize, ImportError> {
        let unknown = |why| ImportError::UnknownInstrument { place: place.to_owned(), why };
        let at = self.find(name).map_err(unknown)?;
        self.named.insert(name.to_owned(), at);
        Ok(at)
    }

    /// The place of an instrument by id, alias or `id@version`, or why there is none.
    pub(super) fn find(&self, name: &str) -> Result<usize, String> {
        let found = self.registry.find(name).map_err(|error| error.to_string())?;
        let same = |tool: &Tool| tool.id == found.id() && tool.version == found.version();
        self.tools.iter().position(same).ok_or_else(String::new)
    }

    /// The instrument in this place.
    pub(super) fn instrument(&self, place: usize) -> Option<&Instrument> {
        self.registry.iter().nth(place)
    }

    /// The place of an instrument that the mapping names.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.named.get(name).copied()
    }

    pub(super) fn get(&self, place: usize) -> Option<&Tool> {
        self.tools.get(place)
    }
}

impl Tool {
    fn new(instrument: &Instrument) -> Self {
        let measures = instrument.measures().iter().map(|measure| {
            let items = measure.items().iter().map(|item| item.position).collect();
            (fold(measure.id()), items)
        });
        Self {
            id: instrument.id().to_owned(),
            version: instrument.version().to_owned(),
            items: instrument.items().len(),
            codes: instrument
                .items()
                .iter()
                .map(|item| (i64::from(item.lowest), i64::from(item.highest)))
                .collect(),
            measures: measures.collect(),
            labels: Labels::new(),
            plain_codes: false,
        }
    }
}
