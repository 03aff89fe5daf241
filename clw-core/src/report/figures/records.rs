//! How complete the records are, and what became of needs and referrals onward.

use super::super::chart::{Chart, Class, ClassChart, ClassRow, Figure};
use super::super::words;
use super::over_time;
use crate::evaluation::{RecordFindings, Uptake};
use crate::sentences::records;

/// Every picture of the records, in the order of the page.
pub(in super::super) fn all(found: &RecordFindings) -> Vec<Figure> {
    let referrals = found.referral_chart.as_ref().and_then(over_time::referrals);
    [referrals, needs(found), onward(found), fields(found)].into_iter().flatten().collect()
}

/// What the core fields hold; none where there is nobody.
pub(in super::super) fn fields(found: &RecordFindings) -> Option<Figure> {
    let rows = found.fields.iter().filter(|of| of.recorded.of > 0);
    let rows = rows.map(|of| ClassRow {
        label: records::field(of.field).to_owned(),
        parts: vec![
            (Class::Recorded, of.recorded.count),
            (Class::AskedNotKnown, of.not_known),
            (Class::NothingRecorded, of.missing),
        ],
    });
    figure("fields", "What the core fields hold", "Field", rows.collect())
}

/// The needs of each kind by whether they were met; none where there are none.
pub(in super::super) fn needs(found: &RecordFindings) -> Option<Figure> {
    let rows = found.help.needs.by_reason.iter().map(|of| ClassRow {
        label: words::code(of.reason.code()),
        parts: vec![
            (Class::Met, of.met.count),
            (Class::Unmet, of.unmet.count),
            (Class::NotKnown, of.not_known.count),
        ],
    });
    figure("needs", "Needs, by whether they were met", "Need", rows.collect())
}

/// All referrals onward by whether they were taken up; none where there are none.
pub(in super::super) fn onward(found: &RecordFindings) -> Option<Figure> {
    let uptake = &found.help.onward.uptake;
    let class = |uptake| match uptake {
        Uptake::TakenUp => Class::TakenUp,
        Uptake::NoLaterWord => Class::NoLaterWord,
        Uptake::NotTakenUp => Class::NotTakenUp,
        Uptake::NotKnown => Class::NotKnown,
    };
    let parts = uptake.iter().map(|of| (class(of.uptake), of.referrals.count));
    let row = ClassRow { label: "All referrals onward".to_owned(), parts: parts.collect() };
    let rows = if uptake.iter().any(|of| of.referrals.of > 0) { vec![row] } else { Vec::new() };
    figure("onward", "Referrals onward, by what is known of them", "Referrals", rows)
}

fn figure(id: &str, title: &str, label: &'static str, rows: Vec<ClassRow>) -> Option<Figure> {
    let named = rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>().join("; ");
    (!rows.is_empty()).then(|| Figure {
        id: id.to_owned(),
        title: title.to_owned(),
        of: "all records".to_owned(),
        description: format!("Bars divided into parts, one for each of: {named}."),
        chart: Chart::Classes(ClassChart { label, rows }),
    })
}
