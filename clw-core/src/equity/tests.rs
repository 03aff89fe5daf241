//! Tables of a caseload whose answers are known.

use jiff::civil::date;

use super::*;
use crate::OrderedMap;
use crate::change::PairCounts;
use crate::completion::Flow;
use crate::estimate::{ConfidenceLevel, Degenerate, Estimate};
use crate::instrument::{Direction, Points, Scale};
use crate::pairing::Fate;

const SCALE: Scale = Scale {
    direction: Direction::LowerIsBetter,
    steps_per_unit: 1,
    lowest: Points(0),
    highest: Points(10),
};

fn simd(version: &str) -> Axis {
    Axis::Simd { index: SimdIndex::known(version).unwrap(), bands: Bands::Quintiles }
}

fn flow(fates: &[(Fate, u64)]) -> Flow {
    let mut flow = Flow::default();
    for (fate, times) in fates {
        (0..*times).for_each(|_| flow.add(*fate));
    }
    flow
}

/// Band b: 60 − 10 b not seen, 10 + b due and lost, and 4 b paired, half of them 2 points better.
fn band(band: u8) -> (Flow, PairCounts) {
    let b = u64::from(band);
    let fates =
        [(Fate::NotSeen, 60 - 10 * b), (Fate::FollowUpMissing, 10 + b), (Fate::Paired, 4 * b)];
    let half = usize::from(band) * 2;
    let follow_up = [vec![5; half], vec![7; half]].concat();
    let pairs = PairCounts::count_steps(SCALE, &vec![7; 2 * half], &follow_up).unwrap();
    (flow(&fates), pairs)
}

fn table(
    axis: &Axis,
    bands: &[u8],
    not_placed: &OrderedMap<NotPlaced, Flow>,
    lists: Option<&ListPopulation>,
) -> Result<EquityTable, EquityError> {
    let counts: Vec<_> = bands.iter().map(|number| (*number, band(*number))).collect();
    let evidence =
        counts.iter().map(|(band, (flow, pairs))| BandEvidence { band: *band, flow, pairs });
    let evidence: Vec<BandEvidence<'_>> = evidence.collect();
    EquityTable::of(axis, &evidence, not_placed, lists, ConfidenceLevel::default())
}

fn lists(axis: Axis, people: &[u64]) -> ListPopulation {
    ListPopulation::new(axis, "practice lists", date(2026, 4, 1), people.to_vec(), 60).unwrap()
}

#[test]
fn each_question_has_its_numerator_and_denominator() {
    let nowhere = [(NotPlaced::NotKnown, flow(&[(Fate::Paired, 3), (Fate::FollowUpMissing, 2)]))];
    let axis = simd("2020v2");
    let lists = lists(axis.clone(), &[400, 300, 200, 100, 0]);
    let table = table(&axis, &[5, 3, 1, 2, 4], &nowhere.into(), Some(&lists)).unwrap();

    let counts = |row: &EquityRow| {
        let (engagement, completion, improved) = (row.engagement, row.completion, row.improved);
        (row.band, row.referred, engagement.count, completion.count, completion.of, improved.count)
    };
    // Referred 60 − 10 b + 10 + b + 4 b = 70 − 5 b; seen and due 10 + 5 b.
    let expected = (1..=5).map(|band| {
        let b = u64::from(band);
        (band, 70 - 5 * b, 10 + 5 * b, 4 * b, 10 + 5 * b, 2 * b)
    });
    assert!(table.rows.iter().map(counts).eq(expected));
    let means = table.rows.iter().map(|row| row.mean_change.computed().unwrap().value);
    assert_eq!(means.collect::<Vec<_>>(), [-1.0; 5]);

    // 65 of 275 referrals from a band with four tenths of the lists.
    let reach = table.rows[0].reach.unwrap();
    assert_eq!((reach.share_of_referrals.count, reach.share_of_referrals.of), (65, 275));
    assert_eq!(reach.share_of_lists, Estimate::Computed(0.4));
    let ratio = reach.reach_ratio.computed().unwrap();
    assert!((ratio.value - 65.0 / 110.0).abs() < 1e-15);
    let nobody_on_the_lists = table.rows[4].reach.unwrap().reach_ratio.not_computed();
    assert_eq!(nobody_on_the_lists, Some(Degenerate::EmptyBand));

    assert_eq!((table.placed.count, table.placed.of), (275, 280));
    let nowhere = table.not_placed[&NotPlaced::NotKnown];
    assert_eq!((nowhere.referred, nowhere.engagement.count), (5, 5));
    assert_eq!((nowhere.completion.count, nowhere.completion.of), (3, 5));
    let source = table.lists.as_ref().unwrap();
    assert_eq!((source.people, source.not_placed), (1000, 60));

    let gradients = table.gradients.as_ref().unwrap();
    // The mean change is −1 in every band; engagement and completion rise towards the least deprived.
    let change = gradients.mean_change.of_bands.computed().unwrap();
    assert_eq!((change.overall, change.slope_index.value), (-1.0, 0.0));
    assert_eq!(change.worse_off, WorseOff::Nobody);
    for gradient in [gradients.engagement, gradients.completion] {
        let of_bands = gradient.of_bands.computed().unwrap();
        let of_people = gradient.of_people.computed().unwrap();
        assert_eq!(of_bands.worse_off, WorseOff::MostDeprived);
        let (bands, people) = (of_bands.slope_index.value, of_people.slope_index.value);
        assert!((bands - people).abs() < 1e-14, "{bands} {people}");
    }
    let reach = gradients.reach.unwrap();
    assert_eq!(reach.not_computed(), Some(Degenerate::EmptyBand));

    let json = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<EquityTable>(&json).unwrap(), table);
    assert!(!json.contains("null"), "{json}");
}

#[test]
fn a_version_that_counts_from_the_least_deprived_is_turned_round() {
    let (forward, backward) = (simd("2016"), simd("2006"));
    let people = [500, 400, 300, 200, 100];
    let mut turned = people;
    turned.reverse();
    let of = |axis: Axis, people: &[u64]| {
        let lists = lists(axis.clone(), people);
        table(&axis, &[1, 2, 3, 4, 5], &OrderedMap::new(), Some(&lists)).unwrap()
    };
    let (forward, backward) = (of(forward, &people), of(backward, &turned));
    assert_eq!(forward.rows, backward.rows);
    assert_eq!(forward.gradients, backward.gradients);
}

#[test]
fn nobody_is_a_table_too() {
    let axis = simd("2020v2");
    let empty = table(&axis, &[], &OrderedMap::new(), None).unwrap();
    assert_eq!((empty.rows.len(), empty.placed.of), (5, 0));
    let reasons =
        |gradient: Gradient| (gradient.of_bands.not_computed(), gradient.of_people.not_computed());
    let nobody = Some(Degenerate::EmptyBand);
    let gradients = empty.gradients.unwrap();
    for gradient in
        [gradients.engagement, gradients.completion, gradients.mean_change, gradients.improved]
    {
        assert_eq!(reasons(gradient), (nobody, nobody));
    }
    let lists = lists(axis.clone(), &[0; 5]);
    let empty = table(&axis, &[], &OrderedMap::new(), Some(&lists)).unwrap();
    let reach = empty.rows[0].reach.unwrap();
    assert_eq!(reach.reach_ratio.not_computed(), Some(Degenerate::EmptyDenominator));
}

#[test]
fn urban_rural_classes_have_rows_and_no_gradients() {
    let axis = Axis::UrbanRural { classes: UrbanRuralClasses::EightFold };
    let lists = lists(axis.clone(), &[80, 70, 60, 50, 40, 30, 20, 10]);
    let table = table(&axis, &[1, 5], &OrderedMap::new(), Some(&lists)).unwrap();
    assert_eq!(table.rows.len(), 8);
    assert!(table.gradients.is_none());
    assert!(table.rows[0].reach.unwrap().reach_ratio.computed().is_some());
    let json = serde_json::to_string(&table).unwrap();
    assert!(json.starts_with(r#"{"axis":{"urban-rural":{"classes":"eight-fold"}},"placed""#));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let axis = simd("2020v2");
    let code = |axis: &Axis, bands: &[u8], lists: Option<&ListPopulation>| {
        table(axis, bands, &OrderedMap::new(), lists).unwrap_err().code()
    };
    assert_eq!(code(&axis, &[6], None), "band-outside");
    assert_eq!(code(&axis, &[2, 2], None), "band-twice");
    let older = lists(simd("2016"), &[1; 5]);
    let error = table(&axis, &[1], &OrderedMap::new(), Some(&older)).unwrap_err();
    assert_eq!(error.code(), "axes-differ");
    assert!(error.to_string().contains("SIMD 2020v2") && error.to_string().contains("SIMD 2016"));

    let (flow, pairs) = (flow(&[(Fate::Paired, 1)]), PairCounts::new(SCALE));
    let evidence = [BandEvidence { band: 1, flow: &flow, pairs: &pairs }];
    let level = ConfidenceLevel::default();
    let error = EquityTable::of(&axis, &evidence, &OrderedMap::new(), None, level).unwrap_err();
    assert_eq!(error, EquityError::PairsNotOfFlow { band: 1, paired: 1, pairs: 0 });

    let (none, other) = (Flow::default(), PairCounts::new(Scale { highest: Points(5), ..SCALE }));
    let evidence = [
        BandEvidence { band: 1, flow: &none, pairs: &pairs },
        BandEvidence { band: 2, flow: &none, pairs: &other },
    ];
    let error = EquityTable::of(&axis, &evidence, &OrderedMap::new(), None, level).unwrap_err();
    assert_eq!(error.code(), "different-scales");
}

#[test]
fn more_episodes_than_can_be_added_up_are_refused() {
    let read = |json: &str| serde_json::from_str::<Flow>(json).unwrap();
    let many = read(r#"{"not-seen":9223372036854775808}"#);
    let most = read(r#"{"not-seen":18446744073709551615}"#);
    let level = ConfidenceLevel::default();
    let pairs = PairCounts::new(SCALE);
    for axis in [simd("2020v2"), Axis::UrbanRural { classes: UrbanRuralClasses::SixFold }] {
        let code = |flows: &[&Flow], not_placed: &OrderedMap<NotPlaced, Flow>| {
            let band = |(band, flow)| BandEvidence { band, flow, pairs: &pairs };
            let evidence: Vec<_> = (1..).zip(flows.iter().copied()).map(band).collect();
            EquityTable::of(&axis, &evidence, not_placed, None, level).unwrap_err().code()
        };
        assert_eq!(code(&[&many, &many], &OrderedMap::new()), "too-many-people");
        let nowhere = [(NotPlaced::NotKnown, most.clone())].into();
        assert_eq!(code(&[&read(r#"{"paired":0,"not-seen":1}"#)], &nowhere), "too-many-people");
    }
}

#[test]
fn lists_have_a_number_for_each_band() {
    let of = |people: Vec<u64>| {
        ListPopulation::new(simd("2020v2"), "practice lists", date(2026, 4, 1), people, 0)
    };
    assert_eq!(of(vec![1; 4]).unwrap_err().code(), "wrong-number-of-bands");
    assert_eq!(of(vec![u64::MAX; 5]).unwrap_err().code(), "too-many-people");
    let lists = of(vec![5, 4, 3, 2, 1]).unwrap();
    let json = serde_json::to_string(&lists).unwrap();
    assert_eq!(serde_json::from_str::<ListPopulation>(&json).unwrap(), lists);
    assert!(serde_json::from_str::<ListPopulation>(&json.replace("[5,", "[")).is_err());
}
