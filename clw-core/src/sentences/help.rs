//! The help people had besides scores: needs, referrals onward, things that happened, and after the end.

use super::about::{About, Noun, interval_or_reason, share, share_alone};
use super::format::{count, decimal};
use crate::estimate::Share;
use crate::evaluation::{
    AfterExit, NeedFindings, OnwardFindings, OutcomeFindings, Uptake, UptakeShare,
};
use crate::pairing::EndPoint;

/// The needs found, and those known not to be met; nothing where no list of needs is kept.
#[must_use]
pub fn needs(noun: Noun, found: &NeedFindings) -> Option<String> {
    let sum = |part: fn(&crate::evaluation::NeedsAbout) -> u64| {
        found.by_reason.iter().map(part).fold(0_u64, u64::saturating_add)
    };
    let identified = sum(|of| of.identified);
    (found.kept.count > 0).then(|| {
        format!(
            "Of {} with a list of needs, {} had one at least and {} have one that is known not to be met. \
             Of {} needs {} were met, {} were not, and of {} nobody recorded it.",
            noun.counted(found.kept.count),
            share(&found.with_any),
            share(&found.with_unmet),
            count(identified),
            count(sum(|of| of.met.count)),
            count(sum(|of| of.unmet.count)),
            count(sum(|of| of.not_known.count)),
        )
    })
}

/// Referrals onward by whether they were taken up; nothing where no list of them is kept.
#[must_use]
pub fn onward(noun: Noun, found: &OnwardFindings) -> Option<String> {
    let of = |uptake| found.uptake.iter().find(|of: &&UptakeShare| of.uptake == uptake);
    let told = |uptake| of(uptake).map_or_else(String::new, |of| share_alone(&of.referrals));
    let referrals = found.uptake.first().map_or(0, |of| of.referrals.of);
    (found.kept.count > 0).then(|| {
        format!(
            "Of {} with a list of referrals onward, {} had one at least. Of {} such referrals {} are known \
             to have been taken up, {} not to have been, of {} nobody heard again, and of {} no status is \
             known.",
            noun.counted(found.kept.count),
            share(&found.with_any),
            count(referrals),
            told(Uptake::TakenUp),
            told(Uptake::NotTakenUp),
            told(Uptake::NoLaterWord),
            told(Uptake::NotKnown),
        )
    })
}

/// Things that happened, with their value where one is recorded; nothing where no list is kept.
#[must_use]
pub fn outcomes(noun: Noun, found: &OutcomeFindings) -> Option<String> {
    let OutcomeFindings { kept, with_any, with_value, value_pence, .. } = found;
    (kept.count > 0).then(|| {
        let happened = format!(
            "Of {} with a list of things that happened, {} had one at least.",
            noun.counted(kept.count),
            share(with_any)
        );
        if with_value.count == 0 {
            return happened;
        }
        format!(
            "{happened} {} of {} have a value in money recorded, £{} together, as the worker wrote it down.",
            count(with_value.count),
            count(with_value.of),
            decimal(*value_pence as f64 / 100.0, 0)
        )
    })
}

/// Those asked again some time after the end.
#[must_use]
pub fn after_exit(about: &About<'_>, found: &AfterExit) -> String {
    let Share { count: asked, of: ended, .. } = found.followed_up;
    if asked == 0 {
        return format!(
            "Of {} whose support ended {} days ago or more, 0 answered {} again so long after the end.",
            about.noun.counted(ended),
            count(u64::from(found.days)),
            about.name()
        );
    }
    let first = format!(
        "Of {} whose support ended {} days ago or more, {} answered {} again so long after the end.",
        about.noun.counted(ended),
        count(u64::from(found.days)),
        share(&found.followed_up),
        about.name()
    );
    let change = &found.since_exit.change;
    match change.mean.computed() {
        Some(mean) if change.n >= crate::evaluation::FEW_PAIRS => format!(
            "{first} From the end to then, {} with a score at both changed by {} points on average ({}).",
            about.noun.counted(change.n),
            decimal(*mean, about.places()),
            interval_or_reason(&found.since_exit.mean_change_interval, about.places())
        ),
        _ => format!("{first} These are too few to say whether a change has lasted."),
    }
}

/// What is to be said of a plan that may take one sitting for both: for the end of support, and for one
/// so many days after it or later, which tells what has lasted. Nothing where its end point cannot be so
/// late.
///
/// Rules that aim at an appointment or at a time after the baseline are left out: what they choose is what
/// they aim at, whatever it is besides.
#[must_use]
pub fn end_point_after_exit(end_point: EndPoint, after_exit_days: u32) -> Option<String> {
    match end_point {
        EndPoint::Last => Some(
            "The plan’s end point is the last scored questionnaire, so whoever was asked again long \
             after the end has that one as follow-up too. The end point “last-until-closure” keeps the \
             two apart."
                .to_owned(),
        ),
        EndPoint::LastUntilClosure { days: latest } | EndPoint::AtClosure { window: latest }
            if latest >= after_exit_days =>
        {
            let (latest, from) = (count(u64::from(latest)), count(u64::from(after_exit_days)));
            Some(format!(
                "The plan’s end point may be {latest} days after the end, and a questionnaire from day \
                 {from} on counts as one long after it: one may be both. An end point of fewer than \
                 {from} days keeps the two apart."
            ))
        }
        _ => None,
    }
}
