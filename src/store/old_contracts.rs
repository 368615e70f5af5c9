//! Contracts in stores before schema 9: it was not kept that a contract had ended before it became known, so one that
//! renews by itself would seem to have gone on ever since.

use chrono::{DateTime, Utc};

use super::handle::Store;
use crate::domain::change::Label;
use crate::domain::facts::subscription::Subscription;
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::records::Record;

/// The first schema in which a contract says whether it had ended when it became known.
pub(super) const FIRST_TO_KNOW: u32 = 9;

impl Store {
    /// Marks the contracts that had ended before the first use. Doing it twice changes nothing.
    pub(super) fn mark_ended_contracts(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let Some(first) = self.first_use()?.map(|at| at.date_naive()) else {
            return Ok(());
        };
        let all: Vec<Subscription> = self.every()?;
        let had_ended = |s: &Subscription| {
            s.auto_renew == Some(true) && !s.had_ended && s.end.is_some_and(|end| end < first)
        };
        let marked = |s| Subscription {
            had_ended: true,
            ..s
        };
        let records = all.into_iter().filter(had_ended).map(marked);
        let records: Vec<Record> = records.map(Record::from).collect();
        let from = FIRST_TO_KNOW - 1;
        self.commit_marks(records, Label::Upgrade { from }, mint, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Account;
    use crate::domain::change::{Change, Operation};
    use crate::store::Durability;
    use crate::store::keys::Meta;

    fn at() -> DateTime<Utc> {
        "2026-06-01T01:00:00Z".parse().expect("a time")
    }

    fn open(home: &std::path::Path) -> Store {
        let mut mint = Mint::new(fastrand::u64(..));
        Store::open(home, Durability::Full, &mut mint, at())
            .expect("opens")
            .0
    }

    fn contract(id: &str, end: &str, auto_renew: Option<bool>) -> Subscription {
        Subscription {
            end: end.parse().ok(),
            auto_renew,
            ..Subscription::new(id.into(), "a".into())
        }
    }

    #[test]
    fn contracts_that_ended_before_the_first_use_did_not_go_on_by_themselves() {
        let home = tempfile::tempdir().expect("a folder");
        let mut store = open(home.path());
        let contracts = [
            contract("ended", "2025-12-31", Some(true)),
            contract("runs", "2026-06-01", Some(true)),
            contract("asked", "2025-12-31", Some(false)),
            contract("unknown", "2025-12-31", None),
        ];
        let mut changes = vec![Change::create(Account::new("a".into(), "A"))];
        changes.extend(contracts.into_iter().map(Change::create));
        let op = Operation {
            id: "1".into(),
            at: at(),
            actor: "me".into(),
            device: "test".into(),
            label: Label::Demo,
            group: None,
            changes,
            usage: vec![],
        };
        store.commit(&op).expect("commits");
        let schema = FIRST_TO_KNOW - 1;
        let meta = Meta {
            schema,
            ..store.meta.clone()
        };
        store.write_batch(Default::default(), meta).expect("writes");
        store.sync().expect("syncs");
        drop(store);
        // The mark is an operation: it is there again when the tree is made anew from the journal.
        for _ in 0..2 {
            let store = open(home.path());
            let all: Vec<Subscription> = store.every().expect("reads");
            let marked = all.iter().filter(|s| s.had_ended).map(|s| s.id.as_str());
            assert_eq!(marked.collect::<Vec<_>>(), ["ended"]);
            drop(store);
            std::fs::remove_dir_all(home.path().join("store")).expect("removes");
        }
    }
}
