//! Writes `src/instrument/baked.{rs,txt}` from `instruments/*.toml`, or with `--check` compares them.
//!
//! ```sh
//! cargo run -p clw-core --example bake            # write
//! cargo run -p clw-core --example bake -- --check # compare, as continuous integration does
//! ```
//!
//! The text holds what scores; the definitions are constants, each asked for on its own, so that a
//! linker leaves them out where nobody asks.
//!
//! After a change to the types that the two are made of, empty the text and `BuiltIn::ALL` first.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use clw_core::instrument::Instrument;

const HEADER: &str = "\
//! The built-in instruments as constant data. Generated from `instruments/*.toml`: change those, then
//! `cargo run -p clw-core --example bake`.

use super::definition::{Certainty::*, LevelOfMeasurement::*, MissingRule::*, ReliabilityKind::*, Rule::*, Threshold::*, Wording::*, *};
use super::{Direction::*, *};
use std::borrow::Cow::Borrowed;

";

fn main() -> Result<(), Box<dyn Error>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let instruments = read(&package.join("instruments"))?;
    let packed = instruments.iter().map(Instrument::packed).collect();
    let fresh = [("rs", formatted(&source(&instruments))?), ("txt", packed)];
    for (kind, fresh) in fresh {
        let baked = package.join("src/instrument/baked").with_extension(kind);
        if !env::args().any(|argument| argument == "--check") {
            fs::write(&baked, fresh)?;
        } else if fs::read_to_string(&baked)? != fresh {
            let differs =
                "differs from instruments/*.toml; run `cargo run -p clw-core --example bake`";
            return Err(format!("{}: {differs}", baked.display()).into());
        }
    }
    Ok(())
}

fn read(folder: &Path) -> Result<Vec<Instrument>, Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let read = |path: &PathBuf| -> Result<Instrument, Box<dyn Error>> {
        let instrument = Instrument::from_toml(&fs::read_to_string(path)?);
        Ok(instrument.map_err(|error| format!("{}: {error}", path.display()))?)
    };
    paths.iter().map(read).collect()
}

/// The definitions as Rust.
fn source(instruments: &[Instrument]) -> String {
    let each = |part: fn(&Instrument, &str) -> String| -> String {
        instruments.iter().map(|instrument| part(instrument, &variant(instrument.id()))).collect()
    };
    format!(
        "{HEADER}/// An instrument that comes with the library.
        #[derive(Debug, Clone, Copy)]
        pub(super) enum BuiltIn {{{}}}

        impl BuiltIn {{
            /// In alphabetical order.
            pub(super) const ALL: &[Self] = &[{}];

            pub(super) const fn definition(self) -> &'static Definition {{ match self {{{}}} }}
        }}
        {}",
        each(|_, name| format!("{name},")),
        each(|_, name| format!("Self::{name},")),
        each(|_, name| format!("Self::{name} => &{},", screaming(name))),
        each(|instrument, name| {
            let definition = constant(&format!("{:?}", instrument.definition()));
            format!("\nstatic {}: Definition = {definition};\n", screaming(name))
        }),
    )
}

/// An id as the name of a variant: `dass-21` as `Dass21`.
fn variant(id: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    id.split('-').map(word).collect()
}

/// The name of a variant as that of a static: `Dass21` as `DASS_21`.
fn screaming(variant: &str) -> String {
    let mut name = String::new();
    let mut before = '_';
    for letter in variant.chars() {
        if letter.is_uppercase() || (letter.is_numeric() && !before.is_numeric()) {
            name.push_str(if name.is_empty() { "" } else { "_" });
        }
        name.push(letter.to_ascii_uppercase());
        before = letter;
    }
    name
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
