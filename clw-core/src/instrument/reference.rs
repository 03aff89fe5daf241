//! Checks of the reference values: bands, change rules, norms and reliabilities.

use super::check::{Checked, check_default, check_evidence, check_ids, check_text};
use super::definition::{
    BandDefinition, BandSetDefinition, ChangeRuleDefinition, Definition, MeasureDefinition,
};
use super::measure::{Band, BandSet, ChangeRule, printed};
use super::{Decimal, DefinitionError, Points, ReliabilityKind, Scale, Threshold};

/// Norms and reliabilities are only printed and compared, never scored by.
pub(super) fn check_numbers(
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
        let inside = norm.mean.steps_at_most(scale.steps_per_unit) >= i128::from(scale.lowest.0)
            && norm.mean.steps_at_least(scale.steps_per_unit) <= i128::from(scale.highest.0);
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

pub(super) fn band_sets(
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

pub(super) fn change_rules(
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
