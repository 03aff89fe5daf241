//! Tables with nested totals, drawn at random.

use clw_core::disclosure::{DisclosureError, Tables};

/// Where a cell stands: a place along each axis.
pub(super) type Cell = Vec<u8>;

/// A place that stands for a subtotal or the total of its axis.
pub(super) const TOTAL: u8 = 255;
const FIRST_HALF: u8 = 253;
const SECOND_HALF: u8 = 254;

/// Everything an axis sums over: which places make which total.
fn sums_of_axis(length: u8, nested: bool) -> Vec<(u8, Vec<u8>)> {
    if !nested || length < 4 {
        return vec![(TOTAL, (0..length).collect())];
    }
    let middle = length / 2;
    vec![
        (FIRST_HALF, (0..middle).collect()),
        (SECOND_HALF, (middle..length).collect()),
        (TOTAL, vec![FIRST_HALF, SECOND_HALF]),
    ]
}

/// A table with all its margins; nested, each axis of four or more has a subtotal for each half.
pub(super) fn table(
    lengths: &[u8],
    nested: bool,
    counts: &[u64],
) -> Result<Tables<Cell>, DisclosureError> {
    let axes: Vec<_> = lengths.iter().map(|length| sums_of_axis(*length, nested)).collect();
    let mut cells: Vec<(Cell, u64)> = vec![(Vec::new(), 0)];
    let mut inner: Vec<Cell> = vec![Vec::new()];
    for length in lengths {
        inner = inner
            .into_iter()
            .flat_map(|cell| (0..*length).map(move |place| [cell.clone(), vec![place]].concat()))
            .collect();
    }
    cells.clear();
    cells.extend(inner.into_iter().zip(counts.iter().copied().cycle()));
    for (axis, sums) in axes.iter().enumerate() {
        for (total, parts) in sums {
            let mut totals = std::collections::BTreeMap::<Cell, u64>::new();
            for (cell, count) in cells.iter().filter(|(cell, _)| parts.contains(&cell[axis])) {
                let mut cell = cell.clone();
                cell[axis] = *total;
                *totals.entry(cell).or_default() += count;
            }
            cells.extend(totals);
        }
    }
    let mut tables = Tables::new();
    for (cell, count) in &cells {
        tables.insert(cell.clone(), *count)?;
    }
    for (axis, sums) in axes.iter().enumerate() {
        for (total, parts) in sums {
            for (cell, _) in cells.iter().filter(|(cell, _)| cell[axis] == *total) {
                let part = |place: &u8| {
                    let mut part = cell.clone();
                    part[axis] = *place;
                    part
                };
                tables.sum(cell.clone(), parts.iter().map(part))?;
            }
        }
    }
    Ok(tables)
}
