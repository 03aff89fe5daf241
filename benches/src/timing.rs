//! The clock, and how a program tells what it measured.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use serde_json::{Value, json};

use crate::Failure;

/// Does the work once to warm up and then so many times by the clock: the seconds of each, and what
/// the last one made.
pub fn repeat<T>(times: usize, mut work: impl FnMut() -> T) -> (Vec<f64>, T) {
    let mut made = black_box(work());
    let mut seconds = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        made = black_box(work());
        seconds.push(start.elapsed().as_secs_f64());
    }
    (seconds, made)
}

/// Does the work once to warm up and then for half a second by the clock, at least once.
pub fn fit<T>(mut work: impl FnMut() -> T) -> (Vec<f64>, T) {
    let mut made = black_box(work());
    let mut seconds = Vec::new();
    let begun = Instant::now();
    while seconds.is_empty() || (seconds.len() < 10_000 && begun.elapsed().as_secs_f64() < 0.5) {
        let start = Instant::now();
        made = black_box(work());
        seconds.push(start.elapsed().as_secs_f64());
    }
    (seconds, made)
}

/// Tells the runner the seconds and the numbers that must equal the peer's.
///
/// # Errors
/// Where the output is closed.
pub fn report(seconds: &[f64], check: &Value) -> Result<(), Failure> {
    report_near(seconds, check, &json!({}))
}

/// Tells the runner, besides, numbers that the peer's must only be near.
///
/// # Errors
/// Where the output is closed.
pub fn report_near(seconds: &[f64], check: &Value, near: &Value) -> Result<(), Failure> {
    let line = json!({ "seconds": seconds, "check": check, "near": near });
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}
