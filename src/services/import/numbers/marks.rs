//! The mark of decimals of each column, by what its cells and its file prove.

use super::shape::{Shape, shape};
use super::{Decimal, parts};

/// What the cells of a column prove about its mark of decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    dot: u64,
    comma: u64,
    /// Cells with a dot that can be read in two ways.
    either_dot: u64,
    either_comma: u64,
}

impl Evidence {
    pub fn see(&mut self, cell: &str) {
        // Most cells have no mark.
        if !cell.bytes().any(|b| matches!(b, b'.' | b',')) && cell.is_ascii() {
            return;
        }
        let Some(parts) = parts(cell) else { return };
        match shape(&parts.digits) {
            Shape::Plain | Shape::Wrong => {}
            Shape::Dot => self.dot += 1,
            Shape::Comma => self.comma += 1,
            Shape::EitherDot => self.either_dot += 1,
            Shape::EitherComma => self.either_comma += 1,
        }
    }

    /// Whether a cell can be read in two ways and no other proves one.
    pub fn is_open(&self) -> bool {
        self.either_dot + self.either_comma > 0 && self.proof().is_none()
    }

    /// The mark that the cells prove. Two marks that are both proven prove none.
    pub fn proof(&self) -> Option<Decimal> {
        match (self.dot > 0, self.comma > 0) {
            (true, false) => Some(Decimal::Dot),
            (false, true) => Some(Decimal::Comma),
            (true, true) => Some(Decimal::Unproven),
            (false, false) => None,
        }
    }
}

/// The marks of all columns of a file. A column without proof follows the proofs of the others; a
/// file with semicolons between its cells may write decimal commas, so that its cells need a proof.
pub fn marks(columns: &[Evidence], semicolons: bool) -> Vec<Decimal> {
    let proofs: Vec<Decimal> = columns.iter().filter_map(Evidence::proof).collect();
    let file = match (
        proofs.contains(&Decimal::Dot),
        proofs.contains(&Decimal::Comma),
    ) {
        (false, false) if !proofs.contains(&Decimal::Unproven) && !semicolons => Decimal::Assumed,
        (true, false) if !proofs.contains(&Decimal::Unproven) => Decimal::Dot,
        (false, true) => Decimal::Comma,
        (true, false) => Decimal::Dot,
        _ => Decimal::Unproven,
    };
    columns.iter().map(|c| c.proof().unwrap_or(file)).collect()
}
