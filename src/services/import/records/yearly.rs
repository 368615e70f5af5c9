//! A yearly value, stated by the year or by the month.

use crate::domain::money::Money;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

pub fn yearly(cells: &Cells, arr: &'static str, mrr: &'static str) -> Result<Option<Money>, Bad> {
    Ok(match cells.money(arr)? {
        Some(arr) => Some(arr),
        None => match cells.money(mrr)? {
            Some(m) => Some(Money {
                minor: m
                    .minor
                    .checked_mul(12)
                    .ok_or_else(|| cells.bad(mrr, Reason::NotANumber))?,
                ..m
            }),
            None => None,
        },
    })
}
