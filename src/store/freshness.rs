//! The newest day of each kind of data across the desk (`DataFreshness`). It is stored beside the
//! data, updated by each operation, and recomputed after an undo.

use chrono::NaiveDate;

use super::handle::Store;
use super::keys::{StoredFreshness, Writes};
use super::{codec, keys};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::ticket::Ticket;
use crate::domain::facts::usage::{date_of, day_number};
use crate::domain::failure::Failure;
use crate::domain::freshness::DataFreshness;
use crate::domain::records::Kind;

impl StoredFreshness {
    /// The freshness after an operation.
    pub fn after(self, op: &Operation) -> Self {
        // The undone data may have been the newest.
        let taken = matches!(op.label, Label::Undo { .. } | Label::Rollback { .. });
        let speaks = !op.usage.is_empty()
            || op
                .changes
                .iter()
                .any(|c| c.record().is_some_and(|r| r.kind() == Kind::Ticket));
        Self {
            data: self.data.newest(freshness(op)),
            due: self.due || taken && speaks,
        }
    }
}

impl Store {
    /// Recomputes the freshness from all data up to a day, if it is marked as due. If the process
    /// is killed before this, the mark stays.
    pub(super) fn count_freshness(&mut self, until: NaiveDate) -> Result<(), Failure> {
        if !self.freshness.due {
            return Ok(());
        }
        let mut found = DataFreshness::default();
        for account in self.accounts()? {
            let tickets: Vec<Ticket> = self.list(&account.id)?;
            let usage = self.usage(&account.id)?;
            let newest = usage
                .0
                .values()
                .filter_map(|s| s.between(NaiveDate::MIN, until).last())
                .map(|p| date_of(p.0))
                .max();
            found = found.newest(DataFreshness {
                tickets: tickets.iter().filter_map(|t| newest_day(t, until)).max(),
                usage: newest,
            });
        }
        self.freshness = StoredFreshness {
            data: found,
            due: false,
        };
        self.write(
            Writes::from([(keys::FEEDS.to_vec(), Some(codec::json(&self.freshness)))]),
            self.meta.seq,
        )
    }
}

/// The newest days in an operation's data. A day that was in the future when it was written does
/// not count.
fn freshness(op: &Operation) -> DataFreshness {
    let until = tomorrow(op);
    let last = day_number(until);
    let changed = op.changes.iter().filter_map(Change::after_as::<Ticket>);
    let tickets = changed.filter_map(|t| newest_day(t, until));
    let usage = op
        .usage
        .iter()
        .filter_map(|u| {
            u.after
                .iter()
                .filter(|(day, value)| value.is_some() && *day <= last)
                .map(|(day, _)| *day)
                .max()
        })
        .max();
    DataFreshness {
        tickets: tickets.max(),
        usage: usage.map(date_of),
    }
}

pub(super) fn tomorrow(op: &Operation) -> NaiveDate {
    (op.at + chrono::Duration::days(1)).date_naive()
}

/// The newest day in a ticket.
fn newest_day(t: &Ticket, until: NaiveDate) -> Option<NaiveDate> {
    [t.opened, t.solved]
        .into_iter()
        .flatten()
        .map(|at| at.date_naive())
        .filter(|d| *d <= until)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Account;
    use crate::domain::change::Change;
    use crate::domain::ids::Mint;
    use crate::store::Durability;

    /// If the process is killed between an undo and the recomputation, the next opening recomputes.
    #[test]
    fn the_next_opening_recomputes_freshness_that_is_due() {
        let home = tempfile::tempdir().expect("a folder");
        let at = chrono::DateTime::UNIX_EPOCH + chrono::Duration::days(20_000);
        let open = || {
            Store::open(home.path(), Durability::Full, &mut Mint::new(1), at)
                .expect("opens")
                .0
        };
        let day = at.date_naive() - chrono::Duration::days(5);
        let account = Change::create(Account::new("a".into(), "A"));
        let usage = crate::domain::change::UsageChange {
            account: "a".into(),
            metric: "logins".into(),
            before: vec![(day_number(day), None)],
            after: vec![(day_number(day), Some(1.0))],
        };
        let op = Operation {
            id: "1".into(),
            at,
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes: vec![account],
            usage: vec![usage],
        };
        let mut store = open();
        store.commit(&op).expect("commits");
        assert_eq!(
            store.freshness(),
            DataFreshness {
                tickets: None,
                usage: Some(day)
            }
        );
        let stale = StoredFreshness {
            data: DataFreshness {
                tickets: Some(day),
                usage: Some(at.date_naive()),
            },
            due: true,
        };
        store
            .write(
                [(keys::FEEDS.to_vec(), Some(codec::json(&stale)))].into(),
                store.meta.seq,
            )
            .expect("writes");
        drop(store);
        let store = open();
        assert_eq!(
            store.freshness(),
            DataFreshness {
                tickets: None,
                usage: Some(day)
            }
        );
        assert!(store.check_counts().expect("counts").is_empty());
    }
}
