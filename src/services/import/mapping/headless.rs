//! Tables whose first row is data: their columns are known by position.

use std::collections::BTreeMap;

use super::headers::Compared;
use super::layout::Layout;

/// The columns of a table without a header; none when its first row is no row of it.
pub fn by_position(layout: &Layout, row: &[Compared]) -> Option<BTreeMap<String, usize>> {
    let place = |field: &String| layout.positions.get(field).map(|n| n.saturating_sub(1));
    let is_number = |(field, digits): (&String, &usize)| {
        let cell = place(field).and_then(|at| row.get(at));
        cell.is_some_and(|c| c.full.len() == *digits && c.full.bytes().all(|b| b.is_ascii_digit()))
    };
    let proven = layout.width == Some(row.len())
        && !layout.digits.is_empty()
        && layout.digits.iter().all(is_number);
    let columns = layout.positions.keys();
    proven.then(|| {
        columns
            .filter_map(|f| Some((f.clone(), place(f)?)))
            .collect()
    })
}
