//! From a definition to measures: every check a definition must pass.

use std::collections::BTreeSet;

use super::definition::{
    BandDefinition, BandSetDefinition, ChangeRuleDefinition, Definition, Item, List,
    MeasureDefinition, MissingRule, Rule, Text,
};
use super::grid::{Grid, MissingPolicy};
use super::measure::{Band, BandSet, ChangeRule, Measure, MeasureItem, printed};
use super::{Certainty, Decimal, DefinitionError, Points, ReliabilityKind, Scale, Threshold};

/// The missing rule that every measure has.
pub(super) const REFUSE: &str = "refuse";

type Checked<T> = Result<T, DefinitionError>;

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

/// Norms and reliabilities are only printed and compared, never scored by.
fn check_numbers(
    definition: &Definition,
    place: &str,
    measure: &MeasureDefinition,
    scale: Scale,
) -> Checked<()> {
    check_ids(&format!("{place}, norms"), measure.norms.iter().map(|norm| &norm.id))?;
    let (lowest, highest) = (printed(scale, scale.lowest), printed(scale, scale.highest));
    for norm in measure.norms.iter() {
        let place = format!("{place}, norm `{}`", norm.id);
        check_text(&format!("{place}, label"), &norm.label)?;
        check_evidence(definition, &place, &norm.sources, norm.certainty)?;
        let inside = norm.mean.steps_at_least(scale.steps_per_unit) >= i128::from(scale.lowest.0)
            && norm.mean.steps_at_most(scale.steps_per_unit) <= i128::from(scale.highest.0);
        check_inside(&place, norm.mean, inside, &lowest, &highest)?;
        if let Some(deviation) = norm.standard_deviation {
            check_inside(&place, deviation, deviation > Decimal::from(0), "0", &highest)?;
        }
    }
    let ids = measure.reliabilities.iter().map(|reliability| &reliability.id);
    check_ids(&format!("{place}, reliabilities"), ids)?;
    for reliability in measure.reliabilities.iter() {
        let place = format!("{place}, reliability `{}`", reliability.id);
        check_evidence(definition, &place, &reliability.sources, reliability.certainty)?;
        let is_error = reliability.kind == ReliabilityKind::StandardErrorOfMeasurement;
        let inside = reliability.value > Decimal::from(0)
            && (is_error || reliability.value <= Decimal::from(1));
        let most = if is_error { &highest } else { "1" };
        check_inside(&place, reliability.value, inside, "0", most)?;
    }
    Ok(())
}

fn check_inside(
    place: &str,
    value: Decimal,
    inside: bool,
    lowest: &str,
    highest: &str,
) -> Checked<()> {
    let outside = || DefinitionError::NumberOutside {
        place: place.into(),
        value,
        lowest: lowest.into(),
        highest: highest.into(),
    };
    if inside { Ok(()) } else { Err(outside()) }
}

fn band_sets(
    definition: &Definition,
    place: &str,
    measure: &MeasureDefinition,
    scale: Scale,
    values: &[Points],
) -> Checked<Vec<BandSet>> {
    let sets = &measure.band_sets;
    let all = format!("{place}, band sets");
    check_ids(&all, sets.iter().map(|set| &set.id))?;
    let certainty = |id: &str| sets.iter().find(|set| set.id == id).map(|set| set.certainty);
    check_default(&all, measure.default_band_set.as_deref(), certainty)?;
    sets.iter()
        .map(|set| {
            let place = format!("{place}, band set `{}`", set.id);
            check_text(&format!("{place}, label"), &set.label)?;
            check_evidence(definition, &place, &set.sources, set.certainty)?;
            Ok(BandSet {
                id: set.id.clone(),
                label: set.label.clone(),
                bands: bands(&place, set, scale, values)?.into(),
                sources: set.sources.clone(),
                certainty: set.certainty,
            })
        })
        .collect()
}

/// Lays the bands over every score there is; each must fall into exactly one.
fn bands(
    place: &str,
    set: &BandSetDefinition,
    scale: Scale,
    values: &[Points],
) -> Checked<Vec<Band>> {
    check_ids(place, set.bands.iter().map(|band| &band.id))?;
    let ranges = set
        .bands
        .iter()
        .map(|band| band_steps(place, band, scale.steps_per_unit))
        .collect::<Checked<Vec<_>>>()?;
    let inside = |points: &Points, (low, high): &(i128, i128)| {
        *low <= i128::from(points.0) && i128::from(points.0) <= *high
    };
    for points in values {
        let mut holding = set.bands.iter().zip(&ranges).filter(|(_, range)| inside(points, range));
        let score = || printed(scale, *points);
        match (holding.next(), holding.next()) {
            (Some(_), None) => {}
            (None, _) => {
                return Err(DefinitionError::BandGap { place: place.into(), score: score() });
            }
            (Some((first, _)), Some((second, _))) => {
                return Err(DefinitionError::BandOverlap {
                    place: place.into(),
                    score: score(),
                    first: first.id.to_string(),
                    second: second.id.to_string(),
                });
            }
        }
    }
    let mut bands: Vec<Band> = Vec::new();
    for (band, range) in set.bands.iter().zip(&ranges) {
        let mut held = values.iter().filter(|points| inside(points, range));
        let misplaced =
            || DefinitionError::BandOrder { place: place.into(), band: band.id.to_string() };
        let lowest = *held.next().ok_or_else(misplaced)?;
        if bands.last().is_some_and(|before| before.highest.0 > lowest.0) {
            return Err(misplaced());
        }
        check_text(&format!("{place}, band `{}`, label", band.id), &band.label)?;
        let highest = held.next_back().copied().unwrap_or(lowest);
        bands.push(Band { id: band.id.clone(), label: band.label.clone(), lowest, highest });
    }
    Ok(bands)
}

fn band_steps(place: &str, band: &BandDefinition, steps_per_unit: u32) -> Checked<(i128, i128)> {
    let two_edges =
        || DefinitionError::BandEdges { place: place.into(), band: band.id.to_string() };
    let low = match (band.at_least, band.more_than) {
        (Some(edge), None) => edge.steps_at_least(steps_per_unit),
        (None, Some(edge)) => edge.steps_at_most(steps_per_unit) + 1,
        (None, None) => i128::MIN,
        (Some(_), Some(_)) => return Err(two_edges()),
    };
    let high = match (band.at_most, band.less_than) {
        (Some(edge), None) => edge.steps_at_most(steps_per_unit),
        (None, Some(edge)) => edge.steps_at_least(steps_per_unit) - 1,
        (None, None) => i128::MAX,
        (Some(_), Some(_)) => return Err(two_edges()),
    };
    Ok((low, high))
}

fn change_rules(
    definition: &Definition,
    place: &str,
    measure: &MeasureDefinition,
    scale: Scale,
) -> Checked<Vec<ChangeRule>> {
    let rules = &measure.change_rules;
    let all = format!("{place}, change rules");
    check_ids(&all, rules.iter().map(|rule| &rule.id))?;
    let certainty = |id: &str| rules.iter().find(|rule| rule.id == id).map(|rule| rule.certainty);
    check_default(&all, measure.default_change_rule.as_deref(), certainty)?;
    rules.iter().map(|rule| change_rule(definition, place, rule, scale)).collect()
}

fn change_rule(
    definition: &Definition,
    place: &str,
    rule: &ChangeRuleDefinition,
    scale: Scale,
) -> Checked<ChangeRule> {
    let place = format!("{place}, change rule `{}`", rule.id);
    check_text(&format!("{place}, label"), &rule.label)?;
    check_evidence(definition, &place, &rule.sources, rule.certainty)?;
    let (value, fewest) = match rule.threshold {
        Threshold::AtLeast(value) => (value, value.steps_at_least(scale.steps_per_unit)),
        Threshold::MoreThan(value) => (value, value.steps_at_most(scale.steps_per_unit) + 1),
    };
    let widest = Points(scale.highest.0 - scale.lowest.0);
    let inside = value > Decimal::from(0) && fewest <= i128::from(widest.0);
    check_inside(&place, value, inside, "0", &printed(scale, widest))?;
    Ok(ChangeRule {
        id: rule.id.clone(),
        label: rule.label.clone(),
        threshold: rule.threshold,
        fewest_steps: i32::try_from(fewest).unwrap_or(i32::MAX),
        sources: rule.sources.clone(),
        certainty: rule.certainty,
    })
}

fn check_default(
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

fn check_evidence(
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

fn check_text(place: &str, text: &str) -> Checked<()> {
    if text.trim().is_empty() {
        return Err(DefinitionError::Empty { place: place.into() });
    }
    Ok(())
}

fn check_ids<'a>(place: &str, ids: impl Iterator<Item = &'a Text>) -> Checked<()> {
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
