//! Writes `clw-wasm/results.d.ts`: what serde makes of the types of the larger results, in TypeScript.
//!
//! ```sh
//! cargo run -p clw-core --example typescript            # write
//! cargo run -p clw-core --example typescript -- --check # compare, as continuous integration does
//! ```
//!
//! The types are read as they are written, comments and all, so that nothing is added to what a browser
//! fetches. Whatever serde is told that is not understood here stops it.

mod declaration;
mod names;
mod source;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use declaration::{Declarations, Root};
use source::Source;

const HEADER: &str = "\
// Types of the larger results, as serde writes them. Generated from the types of clw-core: change those,
// then `cargo run -p clw-core --example typescript`.
";

/// What clw-wasm makes plain objects of, by their names there, and the parts that it leaves out.
const ROOTS: &[Root<'_>] = &[
    root("PairCounts", &["change", "PairCounts"]),
    root("MatchedPairs", &["change", "MatchedPairs"]),
    root("Change", &["change", "Change"]),
    root("ChangeInWords", &["sentences", "ChangeInWords"]),
    root("Course", &["trajectory", "Course"]),
    root("DryRun", &["import", "DryRun"]),
    Root { without: &["counts"], ..root("EvaluationObject", &["evaluation", "Evaluation"]) },
    root("DisclosedEvaluationObject", &["evaluation", "DisclosedEvaluation"]),
    Root { without: &["evaluation"], ..root("NationalObject", &["returns", "NationalPicture"]) },
];

const fn root<'r>(name: &'r str, path: &'r [&'r str]) -> Root<'r> {
    Root { name, path, without: &[] }
}

fn main() -> Result<(), Box<dyn Error>> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = Source::of(&package.join("src/lib.rs"))?;
    let browser = package.join("../clw-wasm");
    let taken = declared(&browser.join("src"))?;
    let fresh = format!("{HEADER}{}", Declarations::of(&source, ROOTS, &taken)?);
    let written = browser.join("results.d.ts");
    if !env::args().any(|argument| argument == "--check") {
        fs::write(&written, fresh)?;
    } else if fs::read_to_string(&written)? != fresh {
        let differs =
            "differs from the types of the core; run `cargo run -p clw-core --example typescript`";
        return Err(format!("{}: {differs}", written.display()).into());
    }
    Ok(())
}

/// The names of types that the package for browsers has besides.
fn declared(folder: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let text = fs::read_to_string(entry?.path())?;
        for before in ["export interface ", "export type ", "pub struct ", "pub enum "] {
            let name = |after: &str| {
                after.split(|letter: char| !letter.is_alphanumeric()).next().map(str::to_owned)
            };
            names.extend(text.split(before).skip(1).filter_map(name));
        }
    }
    Ok(names)
}
