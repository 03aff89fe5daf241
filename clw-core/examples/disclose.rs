//! Hides small counts in tables given as JSON, one set of linked tables on each line:
//! `{"cells": [["North", 3], …], "sums": [["All", ["North", …]], …], "profile": {"hide-up-to": 4}}`.
//! Each line of output lists the cells that are hidden.

use std::error::Error;
use std::io::{BufRead, Write};

use clw_core::disclosure::{Profile, Tables};
use serde::Deserialize;

#[derive(Deserialize)]
struct Given {
    cells: Vec<(String, u64)>,
    sums: Vec<(String, Vec<String>)>,
    profile: Profile,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let given: Given = serde_json::from_str(&line?)?;
        let mut tables = Tables::new();
        for (cell, count) in given.cells {
            tables.insert(cell, count)?;
        }
        for (total, parts) in given.sums {
            tables.sum(total, parts)?;
        }
        let published = tables.protect(&given.profile)?;
        let hidden: Vec<&String> = published.hidden().collect();
        writeln!(out, "{}", serde_json::to_string(&hidden)?)?;
    }
    Ok(())
}
