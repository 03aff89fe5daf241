//! One paired statistic of two columns of points: `paired FOLDER WORK columns|table`.
//!
//! `columns` counts the pairs first; `table` starts from the table of pair counts, which an
//! evaluation has made already.

use std::hint::black_box;

use clw_benches::files::{folder_argument, wellbeing};
use clw_benches::{Failure, timing};
use clw_core::change::{
    Alternative, Bootstrap, BootstrapEstimate, BootstrapOptions, Change, ChangeOptions, CohensDz,
    ExactLimit, HodgesLehmann, PairCounts, PairedT, SignedRank, SignedRankMethod,
    SignedRankOptions, ZerosMethod,
};
use clw_core::estimate::{ConfidenceLevel, Degenerate, Estimate, Interval, Share};
use clw_core::instrument::Scale;
use serde_json::{Value, json};

/// How many pairs the p of a test is compared for: that of a million is 0 in floats.
const FEW: usize = 100;

fn main() -> Result<(), Failure> {
    let sample = Sample::read()?;
    match argument(2, "work")?.as_str() {
        "t" => {
            let (seconds, test) = sample.time(t)?;
            let p = t(&sample.count(FEW)?)?.p;
            let check = json!({ "t": test.t, "limits": limits(test.interval), "p": p });
            timing::report(&seconds, &check)
        }
        "dz" => {
            let (seconds, effect) =
                sample.time(|pairs| CohensDz::of(pairs, ConfidenceLevel::default()))?;
            let limits = limits(effect.interval);
            timing::report(&seconds, &json!({ "dz": effect.cohens_dz, "limits": limits }))
        }
        "signed-rank" => {
            let (seconds, test) = sample.time(signed_rank)?;
            let p = signed_rank(&sample.count(FEW)?)?.p;
            timing::report(&seconds, &json!({ "z": z(test.method)?, "p": p }))
        }
        "exact" => {
            let (seconds, test) = sample.time(exact)?;
            match test.method {
                SignedRankMethod::Exact => timing::report(&seconds, &json!({ "p": test.p })),
                SignedRankMethod::NormalApproximation { .. } => Err("too many pairs".into()),
            }
        }
        "hodges-lehmann" => {
            // With the test, which R's function does too.
            let (seconds, (test, typical)) = sample.time(|pairs| {
                let test = signed_rank(pairs)?;
                Ok((test, HodgesLehmann::of(pairs, &approximate(), ConfidenceLevel::default())?))
            })?;
            let limits = limits(computed(&typical.interval)?.limits);
            let typical = json!({ "estimate": typical.hodges_lehmann, "limits": limits });
            let p = signed_rank(&sample.count(FEW)?)?.p;
            timing::report_near(&seconds, &json!({ "p": p, "z": z(test.method)? }), &typical)
        }
        "bootstrap" => {
            let (seconds, bootstrap) = sample.time(bootstrap)?;
            let test = t(&sample.count(sample.baseline.len())?)?;
            let (mean, dz) = (bootstrap.mean_change, bootstrap.cohens_dz);
            let dz_error = libm::sqrt((1.0 + dz.estimate * dz.estimate / 2.0) / test.n as f64);
            timing::report_near(
                &seconds,
                &json!({ "mean": mean.estimate, "dz": dz.estimate }),
                &json!({
                    "mean": in_errors(&mean, test.standard_error)?,
                    "dz": in_errors(&dz, dz_error)?,
                }),
            )
        }
        "change" => {
            let options = ChangeOptions { signed_rank: approximate(), ..ChangeOptions::default() };
            let (seconds, change) = sample.time(|pairs| Ok(Change::of(pairs, &options)))?;
            timing::report(&seconds, &of_change(&change?)?)
        }
        work => Err(format!("no work is called {work}").into()),
    }
}

fn argument(place: usize, name: &str) -> Result<String, Failure> {
    std::env::args()
        .nth(place)
        .ok_or_else(|| format!("argument {place}, the {name}, is missing").into())
}

/// Two columns, and where the work starts.
struct Sample {
    scale: Scale,
    baseline: Vec<i32>,
    follow_up: Vec<i32>,
    from_table: bool,
}

impl Sample {
    fn read() -> Result<Self, Failure> {
        let [baseline, follow_up] = folder_argument()?.read_points()?;
        let from_table = argument(3, "start")? == "table";
        Ok(Self { scale: wellbeing()?.scale(), baseline, follow_up, from_table })
    }

    /// The table of the first so many pairs, or of all.
    fn count(&self, rows: usize) -> Result<PairCounts, Failure> {
        let first = |column: &[i32]| column.get(..rows).unwrap_or(column).to_vec();
        let (baseline, follow_up) = (first(&self.baseline), first(&self.follow_up));
        Ok(PairCounts::count_steps(self.scale, &baseline, &follow_up)?)
    }

    fn time<T>(
        &self,
        statistic: impl Fn(&PairCounts) -> Result<T, Degenerate>,
    ) -> Result<(Vec<f64>, T), Failure> {
        let count = || {
            PairCounts::count_steps(
                self.scale,
                black_box(&self.baseline),
                black_box(&self.follow_up),
            )
        };
        let table = count()?;
        let (seconds, made) = if self.from_table {
            timing::fit(|| statistic(black_box(&table)))
        } else {
            // Counted once above without fault.
            timing::fit(|| statistic(count().as_ref().unwrap_or(&table)))
        };
        Ok((seconds, made?))
    }
}

fn t(pairs: &PairCounts) -> Result<PairedT, Degenerate> {
    PairedT::of(pairs, Alternative::TwoSided, ConfidenceLevel::default())
}

fn signed_rank(pairs: &PairCounts) -> Result<SignedRank, Degenerate> {
    SignedRank::of(pairs, &approximate(), Alternative::TwoSided)
}

fn exact(pairs: &PairCounts) -> Result<SignedRank, Degenerate> {
    SignedRank::of(pairs, &SignedRankOptions::default(), Alternative::TwoSided)
}

fn bootstrap(pairs: &PairCounts) -> Result<Bootstrap, Degenerate> {
    Bootstrap::of(
        pairs,
        &BootstrapOptions::default(),
        ZerosMethod::Wilcox,
        ConfidenceLevel::default(),
    )
}

/// The normal approximation at any n, so that each size is the same work.
fn approximate() -> SignedRankOptions {
    SignedRankOptions {
        exact_limit: ExactLimit::new(0).unwrap_or_default(),
        ..SignedRankOptions::default()
    }
}

fn z(method: SignedRankMethod) -> Result<f64, Failure> {
    match method {
        SignedRankMethod::NormalApproximation { z, .. } => Ok(z.abs()),
        SignedRankMethod::Exact => Err("an exact test has no z".into()),
    }
}

fn computed<T>(estimate: &Estimate<T>) -> Result<&T, Failure> {
    Ok(estimate.computed().ok_or("the sample does not have the statistic")?)
}

fn limits(interval: Interval) -> Value {
    json!([interval.lower, interval.upper])
}

/// How far the BCa limits are from the estimate, in standard errors.
fn in_errors(of: &BootstrapEstimate, standard_error: f64) -> Result<Value, Failure> {
    let Interval { lower, upper, .. } = computed(&of.bca)?.limits;
    Ok(json!([lower, upper].map(|limit: f64| (limit - of.estimate) / standard_error)))
}

/// The numbers of a report that its peer has too.
fn of_change(change: &Change) -> Result<Value, Failure> {
    let columns = [&change.baseline, &change.follow_up, &change.change];
    let means = columns.map(|moments| moments.mean.computed().copied());
    let deviations = columns.map(|moments| moments.standard_deviation.computed().copied());
    let sign = computed(&change.sign_test)?;
    let typical = computed(&computed(&change.hodges_lehmann)?.interval)?.limits;
    let share = |share: &Share| Ok(limits(computed(&share.proportion)?.interval));
    let shares: Result<Vec<_>, Failure> =
        [&change.any_change.improved, &change.any_change.worse].map(share).into_iter().collect();
    Ok(json!({
        "means": means,
        "deviations": deviations,
        "t": limits(computed(&change.paired_t)?.interval),
        "z": z(computed(&change.signed_rank)?.method)?,
        "hodges-lehmann": limits(typical),
        "sign": [sign.p, sign.interval.lower, sign.interval.upper],
        "dz": limits(computed(&change.cohens_dz)?.interval),
        "correlation": computed(&change.effect_sizes.correlation)?,
        "shares": shares?,
    }))
}
