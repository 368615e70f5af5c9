//! Answers what a filter asks of records that rows do not hold, some accounts at a time: others must not wait.

use crate::app::portfolio::state::Msg;
use crate::domain::failure::Failure;
use crate::domain::filter::Asked;
use crate::domain::when::Now;
use crate::store::Store;

/// Accounts whose records are read at a time: about a tenth of a second.
const AT_ONCE: usize = 500;

/// The answers for the accounts from a place on.
pub fn holding(store: &Store, asked: &[Asked], from: usize, now: Now) -> Result<Msg, Failure> {
    let ids = store.account_ids()?;
    if !asked.iter().any(Asked::reads_records) {
        let (answers, of) = (store.holding(asked, now)?, ids.len());
        return Ok(Msg::Holding {
            answers,
            done: of,
            of,
        });
    }
    if ids.len() > AT_ONCE && from + AT_ONCE >= ids.len() {
        // The last piece: all together left too many pages in memory.
        store.mark_for_reopening();
    }
    let until = ids.len().min(from.saturating_add(AT_ONCE));
    let some = ids.get(from..until).unwrap_or_default();
    Ok(Msg::Holding {
        answers: store.holding_of(asked, some, now)?,
        done: until,
        of: ids.len(),
    })
}
