//! Questions about who benefits.

use serde::{Deserialize, Serialize};

use super::completion::or_dash;
use super::error::UnequalColumns;
use super::{Answer, Question, RequestError, Table};
use crate::OrderedMap;
use crate::change::PairCounts;
use crate::completion::Flow;
use crate::equity::{
    Axis, BandCount, BandEvidence, BandRate, Bands, EquityError, EquityTable, Inequality,
    ListPopulation, NotPlaced, PersonLevel, RateKind, Reach,
};
use crate::estimate::{ConfidenceLevel, Estimate};
use crate::instrument::Direction;
use crate::sentences::about::{interval, share};
use crate::sentences::format::{count, decimal, percent, signed};
use crate::sentences::{Noun, equity};

/// The slope and relative index over bands of deprivation, 1 the most deprived.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OfBands {
    #[serde(default)]
    counts: Vec<BandCount>,
    #[serde(default)]
    rates: Vec<BandRate>,
    kind: RateKind,
    better: Direction,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct BandsFound {
    of_bands: Estimate<Inequality>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_people: Option<Estimate<PersonLevel>>,
}

impl Question for OfBands {
    fn answer(self) -> Result<Answer, RequestError> {
        let Self { counts, rates, kind, better, level } = self;
        let bands = Bands::of_count(counts.len() + rates.len())?;
        let of_bands = if rates.is_empty() {
            Inequality::of_counts(bands, &counts, kind, better, level)?
        } else {
            let given = counts.iter().map(|&BandCount { band, count, population }| BandRate {
                band,
                rate: count as f64 / population.max(1) as f64,
                population,
            });
            let all: Vec<BandRate> = rates.iter().copied().chain(given).collect();
            Inequality::of_rates(bands, &all, kind, better, level)?
        };
        let of_people = (kind == RateKind::Proportion && rates.is_empty())
            .then(|| PersonLevel::of_counts(bands, &counts, better, level))
            .transpose()?;
        let found = BandsFound { of_bands, of_people };
        let sentence = equity::inequality(&found.of_bands);
        let rows = or_rows(&found.of_bands);
        let table = Table { headings: vec!["index", "value", "interval"], rows };
        let brief = format!("{} bands", bands.count());
        Ok(Answer::new(&found, sentence, brief, table))
    }
}

fn or_rows(found: &Estimate<Inequality>) -> Vec<Vec<String>> {
    let Estimate::Computed(found) = found else { return Vec::new() };
    let row = |name: &str, value: String, limits: String| vec![name.to_owned(), value, limits];
    let slope = &found.slope_index;
    let relative = &found.relative_index;
    let limits = relative.computed().map_or_else(String::new, |relative| {
        or_dash(&relative.interval, |limits| interval(limits, 2))
    });
    vec![
        row(
            "slope index of inequality (SII)",
            signed(slope.value, 3),
            or_dash(&slope.interval, |limits| interval(limits, 3)),
        ),
        row(
            "relative index of inequality (RII)",
            or_dash(relative, |of| signed(of.value, 2)),
            limits,
        ),
        row(
            "population attributable risk",
            or_dash(&found.population_attributable_risk_percent, |percent| {
                format!("{}\u{a0}%", decimal(*percent, 1))
            }),
            String::new(),
        ),
        row("overall", decimal(found.overall, 3), String::new()),
        row("most less least deprived", signed(-found.absolute_range, 3), String::new()),
    ]
}

/// The referrals and the people on the practice lists of each band, 1 the most deprived.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OfReach {
    referred: Vec<u64>,
    lists: Vec<u64>,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ReachFound {
    bands: Vec<BandReach>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct BandReach {
    band: usize,
    #[serde(flatten)]
    reach: Reach,
}

impl Question for OfReach {
    fn answer(self) -> Result<Answer, RequestError> {
        let Self { referred, lists, level } = self;
        if referred.len() != lists.len() {
            let (rows, expected) = (lists.len(), referred.len());
            let first = "referred";
            return Err(UnequalColumns { name: "lists", rows, first, expected }.into());
        }
        let sum = |counts: &[u64]| {
            let all = counts.iter().try_fold(0_u64, |sum, more| sum.checked_add(*more));
            all.ok_or(EquityError::TooManyPeople { people: u64::MAX })
        };
        let (all_referred, all_listed) = (sum(&referred)?, sum(&lists)?);
        let bands = (1..).zip(referred.iter().zip(&lists)).map(|(band, (&here, &listed))| {
            let reach = Reach::of((here, all_referred), (listed, all_listed), level);
            BandReach { band, reach }
        });
        let found = ReachFound { bands: bands.collect() };
        let sentence = found.bands.first().and_then(|most| equity::reach(&most.reach));
        let rows = found.bands.iter().map(|of| {
            vec![
                of.band.to_string(),
                share(&of.reach.share_of_referrals),
                or_dash(&of.reach.share_of_lists, |share| percent(*share)),
                or_dash(&of.reach.reach_ratio, |ratio| decimal(ratio.value, 2)),
                or_dash(&of.reach.reach_ratio, |ratio| interval(&ratio.interval, 2)),
            ]
        });
        let headings = vec!["band", "referred", "share of the lists", "reach ratio", "interval"];
        let table = Table { headings, rows: rows.collect() };
        let brief = format!("{} bands, {all_referred} referred", found.bands.len());
        Ok(Answer::new(&found, sentence.unwrap_or_default(), brief, table))
    }
}

/// What is known of each band.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OfTable {
    axis: Axis,
    bands: Vec<Evidence>,
    #[serde(default)]
    not_placed: OrderedMap<NotPlaced, Flow>,
    lists: Option<ListPopulation>,
    #[serde(default)]
    level: ConfidenceLevel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Evidence {
    band: u8,
    flow: Flow,
    pairs: PairCounts,
}

impl Question for OfTable {
    fn answer(self) -> Result<Answer, RequestError> {
        let evidence: Vec<BandEvidence<'_>> = self
            .bands
            .iter()
            .map(|Evidence { band, flow, pairs }| BandEvidence { band: *band, flow, pairs })
            .collect();
        let lists = self.lists.as_ref();
        let found = EquityTable::of(&self.axis, &evidence, &self.not_placed, lists, self.level)?;
        let rows = found.rows.iter().map(|row| {
            vec![
                equity::band(&found.axis, row.band),
                count(row.referred),
                share(&row.engagement),
                share(&row.completion),
                or_dash(&row.mean_change, |change| signed(change.value, 2)),
                share(&row.improved),
            ]
        });
        let headings =
            vec!["band", "referred", "engagement", "completion", "mean change", "improved"];
        let table = Table { headings, rows: rows.collect() };
        let brief = format!("{}, {} placed", found.axis, found.placed.count);
        let sentence = equity::placed(Noun::EPISODES, &found);
        Ok(Answer::new(&found, sentence, brief, table))
    }
}
