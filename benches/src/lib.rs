//! What the timed programs share: made-up people, the files that hold them and the clock.
//!
//! `run.py` starts each program of `src/bin` in turn with its peer in `peers`, both on the same
//! files; `README.md` says what is compared and what came out.

#![forbid(unsafe_code)]

pub mod files;
pub mod population;
pub mod timing;

/// What a program ends with where it cannot do its work.
pub type Failure = Box<dyn std::error::Error>;
