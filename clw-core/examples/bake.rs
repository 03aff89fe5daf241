//! Writes `src/instrument/baked.rs` from `instruments/*.toml`, or with `--check` compares the two.
//!
//! ```sh
//! cargo run -p clw-core --example bake            # write
//! cargo run -p clw-core --example bake -- --check # compare, as continuous integration does
//! ```
//!
//! After a change to the types that `baked.rs` is made of, empty its list first:
//! `pub(super) static BUILT_IN: &[Instrument] = &[];`

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use clw_core::instrument::Instrument;

const HEADER: &str = "\
//! The built-in instruments as constant data. Generated from `instruments/*.toml`: change those, then
//! `cargo run -p clw-core --example bake`.

use super::definition::{Certainty::*, LevelOfMeasurement::*, MissingRule::*, ReliabilityKind::*, Rule::*, Threshold::*, Wording::*, *};
use super::{Direction::*, *};
use super::measure::Scoring::*;
use std::borrow::Cow::Borrowed;

pub(super) static BUILT_IN: &[Instrument] = &[
";

fn main() -> Result<(), Box<dyn Error>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let baked = package.join("src/instrument/baked.rs");
    let fresh = formatted(&source(&package.join("instruments"))?)?;
    if env::args().any(|argument| argument == "--check") {
        if fs::read_to_string(&baked)? != fresh {
            return Err("baked.rs differs from instruments/*.toml; run `cargo run -p clw-core --example bake`".into());
        }
    } else {
        fs::write(&baked, fresh)?;
    }
    Ok(())
}

fn source(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut code = String::from(HEADER);
    for path in paths {
        let instrument = Instrument::from_toml(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        code.push_str(&constant(&format!("{instrument:?}")));
        code.push_str(",\n");
    }
    code.push_str("];\n");
    Ok(code)
}

/// Turns a value's derived `Debug` text, which is nearly Rust already, into a constant expression:
/// every text and list becomes borrowed.
fn constant(debug: &str) -> String {
    let mut code = String::new();
    let mut letters = debug.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '[' => code.push_str("Borrowed(&["),
            ']' => code.push_str("])"),
            '"' => {
                code.push_str("Borrowed(\"");
                while let Some(inner) = letters.next() {
                    code.push(inner);
                    match inner {
                        '\\' => code.extend(letters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                code.push(')');
            }
            other => code.push(other),
        }
    }
    // `Debug` prints a variant with no fields without its braces.
    code.replace("rule: EachItem,", "rule: EachItem {},").replace("rule: Mean,", "rule: Mean {},")
}

fn formatted(code: &str) -> Result<String, Box<dyn Error>> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    rustfmt.stdin.take().ok_or("rustfmt has no input")?.write_all(code.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    if !output.status.success() {
        return Err("rustfmt refused the generated code".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
