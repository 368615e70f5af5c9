//! A quarter's renewals, for the desk and the command line.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::failure::Failure;
use crate::domain::health::Band;
use crate::domain::renewals::Stands;
use crate::domain::renewals::quarter::{Asked, Period, Quarter};
use crate::domain::signals::Severity;
use crate::domain::standing::Row;
use crate::domain::when::Now;
use crate::store::Store;

/// Reads them from all accounts in use. `rows`: how they stand today.
///
/// # Errors
/// The store cannot be read.
pub fn read(
    store: &Store,
    rows: &[Arc<Row>],
    period: Period,
    now: Now,
) -> Result<Quarter, Failure> {
    let first_use = store.first_use()?.map(|at| now.zone.day(at));
    let asked = Asked {
        period,
        today: now.today(),
        first_use,
    };
    let parts = store.from_all(|d| asked.of(d))?;
    let stands: HashMap<_, _> = rows
        .iter()
        .map(|r| (r.account.id.clone(), stands(r)))
        .collect();
    Ok(asked.whole(parts, &stands))
}

fn stands(row: &Row) -> Stands {
    let s = &row.standing;
    let warned = s.signals.iter().any(|signal| {
        signal.kind.is_told() && !signal.kind.is_positive() && signal.severity == Severity::High
    });
    Stands {
        owner: row.account.owner.clone(),
        tier: s.tier,
        band: s.health.band,
        healthy: s.health.band == Band::Green && !warned,
    }
}
