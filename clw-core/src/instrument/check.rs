//! From a definition to measures: every check a definition must pass.

use std::collections::BTreeSet;

use super::definition::{Definition, Item, List, MeasureDefinition, MissingRule, Rule, Text};
use super::grid::{Grid, MissingPolicy};
use super::measure::{Measure, MeasureItem};
use super::reference::{band_sets, change_rules, check_numbers};
use super::{Certainty, DefinitionError, Scale};

/// The missing rule that every measure has.
pub(super) const REFUSE: &str = "refuse";

pub(super) type Checked<T> = Result<T, DefinitionError>;

/// The measures of a definition, each under its default missing rule.
pub(super) fn measures_of(definition: &Definition) -> Checked<Vec<Measure>> {
    check_about(definition)?;
    check_items(&definition.items)?;
    let measures = each_measure(definition, |measure, _| {
        measure.default_missing_rule.as_deref().unwrap_or(REFUSE)
    })?;
    let ids = measures.iter().map(|measure| &measure.id);
    check_ids("measures", ids)?;
    for measure in &measures {
        for rule in measure.missing_rules.iter() {
            measures_with(definition, measure.id(), rule)?;
        }
    }
    Ok(measures)
}

/// The measures of a definition, one of them under the missing rule named.
pub(super) fn measures_with(
    definition: &Definition,
    chosen: &str,
    rule: &str,
) -> Checked<Vec<Measure>> {
    each_measure(definition, |measure, id| {
        if id == chosen { rule } else { measure.default_missing_rule.as_deref().unwrap_or(REFUSE) }
    })
}

fn each_measure<'a>(
    definition: &'a Definition,
    missing_rule: impl Fn(&'a MeasureDefinition, &str) -> &'a str,
) -> Checked<Vec<Measure>> {
    if definition.measures.is_empty() {
        return Err(DefinitionError::Empty { place: "measures".into() });
    }
    let mut measures = Vec::new();
    for (index, measure) in definition.measures.iter().enumerate() {
        let place = || format!("measure {}", index + 1);
        if measure.items.is_empty() {
            return Err(DefinitionError::Empty { place: format!("{}, items", place()) });
        }
        let each_item = matches!(measure.rule, Rule::EachItem {});
        match (&measure.id, &measure.label, each_item) {
            (None, None, true) => {
                for id in measure.items.iter() {
                    let item = find_item(definition, id, id)?;
                    let rule = missing_rule(measure, id);
                    let items = core::slice::from_ref(id);
                    measures.push(one_measure(definition, measure, id, &item.label, items, rule)?);
                }
            }
            (Some(id), Some(label), false) => {
                let rule = missing_rule(measure, id);
                measures.push(one_measure(definition, measure, id, label, &measure.items, rule)?);
            }
            _ => return Err(DefinitionError::MeasureName { place: place(), each_item }),
        }
    }
    Ok(measures)
}

fn one_measure(
    definition: &Definition,
    measure: &MeasureDefinition,
    id: &Text,
    label: &Text,
    item_ids: &[Text],
    missing_rule: &str,
) -> Checked<Measure> {
    let place = format!("measure `{id}`");
    check_text(&format!("{place}, label"), label)?;
    check_evidence(definition, &place, &measure.sources, measure.certainty)?;
    check_missing_rules(definition, &place, measure)?;
    let items = measure_items(definition, id, item_ids)?;
    let policy = missing_policy(measure, missing_rule);
    let grid = Grid::new(id, &measure.rule, &items, policy, missing_rule)?;
    let scale = Scale {
        direction: measure.direction,
        steps_per_unit: grid.steps_per_unit,
        lowest: grid.lowest(),
        highest: grid.highest(),
    };
    check_numbers(definition, &place, measure, scale)?;
    let band_sets = band_sets(definition, &place, measure, scale, &grid.values)?;
    let change_rules = change_rules(definition, &place, measure, scale)?;
    Ok(Measure {
        id: id.clone(),
        label: label.clone(),
        scale,
        level: measure.level,
        items: items.into(),
        missing_rule: missing_rule.to_owned().into(),
        missing_rules: missing_rule_ids(measure).into(),
        not_applicable_allowed: policy == MissingPolicy::Drop,
        scoring: grid.scoring,
        values: grid.values.into(),
        sources: measure.sources.clone(),
        certainty: measure.certainty,
        band_sets: band_sets.into(),
        default_band_set: measure.default_band_set.clone(),
        change_rules: change_rules.into(),
        default_change_rule: measure.default_change_rule.clone(),
        norms: measure.norms.clone(),
        reliabilities: measure.reliabilities.clone(),
    })
}

fn check_about(definition: &Definition) -> Checked<()> {
    check_id("instrument", &definition.id)?;
    for (place, text) in [
        ("version", &definition.version),
        ("title", &definition.title),
        ("rights, holder", &definition.rights.holder),
        ("rights, licence", &definition.rights.licence),
    ] {
        check_text(place, text)?;
    }
    for (place, list) in [("aliases", &definition.aliases), ("cautions", &definition.cautions)] {
        for text in list.iter() {
            check_text(place, text)?;
        }
    }
    check_ids("sources", definition.sources.iter().map(|source| &source.id))?;
    for source in definition.sources.iter() {
        check_text(&format!("source `{}`, citation", source.id), &source.citation)?;
        let located = ["https://", "isbn:"]
            .iter()
            .filter_map(|scheme| source.locator.strip_prefix(scheme))
            .any(|rest| rest.len() > 3 && !rest.contains(char::is_whitespace));
        if !located {
            return Err(DefinitionError::Locator {
                source: source.id.to_string(),
                locator: source.locator.to_string(),
            });
        }
    }
    Ok(())
}

fn check_items(items: &[Item]) -> Checked<()> {
    if items.is_empty() {
        return Err(DefinitionError::Empty { place: "items".into() });
    }
    check_ids("items", items.iter().map(|item| &item.id))?;
    for item in items {
        check_text(&format!("item `{}`, label", item.id), &item.label)?;
        if item.lowest >= item.highest {
            return Err(DefinitionError::AnswerRange {
                item: item.id.to_string(),
                lowest: item.lowest,
                highest: item.highest,
            });
        }
    }
    Ok(())
}

fn find_item<'a>(definition: &'a Definition, measure: &str, id: &str) -> Checked<&'a Item> {
    let unknown = || DefinitionError::UnknownItem { measure: measure.into(), item: id.into() };
    definition.items.iter().find(|item| item.id == id).ok_or_else(unknown)
}

fn measure_items(
    definition: &Definition,
    measure: &str,
    ids: &[Text],
) -> Checked<Vec<MeasureItem>> {
    for id in ids {
        find_item(definition, measure, id)?;
    }
    check_ids(&format!("measure `{measure}`, items"), ids.iter())?;
    let chosen = definition.items.iter().enumerate().filter(|(_, item)| ids.contains(&item.id));
    Ok(chosen
        .map(|(position, item)| MeasureItem {
            id: item.id.clone(),
            position,
            lowest: item.lowest,
            highest: item.highest,
            reversed: item.reversed,
        })
        .collect())
}

fn missing_rule_ids(measure: &MeasureDefinition) -> Vec<Text> {
    let named = measure.missing_rules.iter().map(|rule| rule.id.clone());
    core::iter::once(Text::Borrowed(REFUSE)).chain(named).collect()
}

fn missing_policy(measure: &MeasureDefinition, id: &str) -> MissingPolicy {
    let rule = measure.missing_rules.iter().find(|rule| rule.id == id).map(|rule| rule.rule);
    match rule {
        None | Some(MissingRule::Refuse {}) => MissingPolicy::Refuse,
        Some(MissingRule::PersonMean { max_missing }) => MissingPolicy::Fill { max_missing },
        Some(MissingRule::NotApplicable {}) => MissingPolicy::Drop,
    }
}

fn check_missing_rules(
    definition: &Definition,
    place: &str,
    measure: &MeasureDefinition,
) -> Checked<()> {
    let ids = missing_rule_ids(measure);
    check_ids(&format!("{place}, missing rules"), ids.iter())?;
    for rule in measure.missing_rules.iter() {
        let place = format!("{place}, missing rule `{}`", rule.id);
        check_evidence(definition, &place, &rule.sources, rule.certainty)?;
    }
    let certainty = |id: &str| {
        let named = measure.missing_rules.iter().find(|rule| rule.id == id);
        named.map(|rule| rule.certainty).or((id == REFUSE).then_some(Certainty::Firm))
    };
    let place = format!("{place}, missing rules");
    check_default(&place, measure.default_missing_rule.as_deref(), certainty)
}

pub(super) fn check_default(
    place: &str,
    default: Option<&str>,
    certainty: impl Fn(&str) -> Option<Certainty>,
) -> Checked<()> {
    let Some(id) = default else { return Ok(()) };
    let (place, owned) = (place.to_owned(), id.to_owned());
    match certainty(id) {
        None => Err(DefinitionError::UnknownDefault { place, id: owned }),
        Some(Certainty::Unverified) => Err(DefinitionError::UnverifiedDefault { place, id: owned }),
        Some(_) => Ok(()),
    }
}

pub(super) fn check_evidence(
    definition: &Definition,
    place: &str,
    sources: &List<Text>,
    certainty: Certainty,
) -> Checked<()> {
    if sources.is_empty() && certainty != Certainty::Local {
        return Err(DefinitionError::SourceMissing { place: place.into() });
    }
    let known = |id: &Text| definition.sources.iter().any(|source| source.id == *id);
    match sources.iter().find(|id| !known(id)) {
        Some(source) => {
            Err(DefinitionError::SourceUnknown { place: place.into(), source: source.to_string() })
        }
        None => Ok(()),
    }
}

pub(super) fn check_text(place: &str, text: &str) -> Checked<()> {
    if text.trim().is_empty() {
        return Err(DefinitionError::Empty { place: place.into() });
    }
    Ok(())
}

pub(super) fn check_ids<'a>(place: &str, ids: impl Iterator<Item = &'a Text>) -> Checked<()> {
    let mut seen = BTreeSet::new();
    for id in ids {
        check_id(place, id)?;
        if !seen.insert(id) {
            return Err(DefinitionError::DuplicateId { place: place.into(), id: id.to_string() });
        }
    }
    Ok(())
}

fn check_id(place: &str, id: &str) -> Checked<()> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = [id.bytes().next(), id.bytes().last()];
    let valid = ends.iter().all(|end| end.is_some_and(plain))
        && id.bytes().all(|byte| plain(byte) || byte == b'-' || byte == b'.');
    if valid {
        Ok(())
    } else {
        Err(DefinitionError::InvalidId { place: place.into(), id: id.into() })
    }
}
