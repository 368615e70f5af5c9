//! How the desk hears of rows: of those that follow from an operation with it, of all of them some at a time.

use std::collections::{BTreeSet, HashSet};

use super::Keeper;
use chrono::NaiveDate;

use crate::app::msg::Msg;
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::store::memory::give_back;
use crate::store::rows::{Anew, Scoring};

/// All rows, computed anew, on their way to the desk.
pub(super) struct Coming {
    anew: Anew,
    /// The day they are of.
    day: NaiveDate,
    /// Accounts that changed since: the desk knows better.
    passed: HashSet<AccountId>,
}

impl Keeper {
    /// What follows from operations that are on disk and belong together: rows are computed once.
    pub(super) fn stored(&mut self, operations: Vec<Operation>, tell: &mut dyn FnMut(Msg)) {
        let accounts: BTreeSet<AccountId> =
            operations.iter().flat_map(Operation::accounts).collect();
        let asked: Vec<AccountId> = accounts.iter().cloned().collect();
        let config = self.config.clone();
        let scoring = Scoring {
            lens: config.lens(),
            policy_stamp: config.policy_stamp,
            now: self.clock.now(),
        };
        // What changed is on disk: what follows from it may fail, the word of it may not.
        let (rows, mut gone) = self.store.rows_of(&asked, scoring).unwrap_or_default();
        self.portfolio.remove(&gone);
        let mut rows = self.portfolio.put(rows);
        if let Some(coming) = &mut self.coming {
            coming.passed.extend(asked);
        }
        let last = operations.len().saturating_sub(1);
        for (i, operation) in operations.into_iter().enumerate() {
            let (rows, gone) = if i == last {
                (std::mem::take(&mut rows), std::mem::take(&mut gone))
            } else {
                Default::default()
            };
            tell(Msg::Stored {
                operation: Box::new(operation),
                rows,
                gone,
            });
        }
        if let Some(past) = self.store.outdated() {
            match self
                .store
                .rows_anew(scoring, &|id| past || accounts.contains(id))
            {
                Ok(anew) => self.begin_telling(anew, tell),
                Err(failure) => tell(Msg::Failed(failure)),
            }
        }
    }

    pub(super) fn begin_telling(&mut self, anew: Anew, tell: &mut dyn FnMut(Msg)) {
        self.portfolio.begin();
        self.coming = Some(Coming {
            anew,
            day: self.clock.now().today(),
            passed: HashSet::new(),
        });
        if let Err(failure) = self.tell_more(tell) {
            tell(Msg::Failed(failure));
        }
    }

    /// Tells some of the rows that were computed anew: all at once would be all of them twice in memory.
    pub(super) fn tell_more(&mut self, tell: &mut dyn FnMut(Msg)) -> Result<(), Failure> {
        const PIECE: usize = if cfg!(test) { 3 } else { 10_000 };
        let Some(Coming { anew, day, passed }) = &mut self.coming else {
            return Ok(());
        };
        // What the desk put others in the place of.
        give_back();
        let mut rows = anew.next(PIECE)?;
        if rows.is_empty() {
            self.portfolio.finish(*day);
            self.coming = None;
            return Ok(());
        }
        rows.retain(|r| !passed.contains(&r.account.id));
        tell(Msg::Rescored {
            rows: self.portfolio.put(rows),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::Making;
    use super::*;
    use crate::app::msg::Effect;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::domain::account::Account;
    use crate::domain::change::{Change, Label};
    use crate::domain::ids::Mint;
    use crate::domain::records::Record;
    use crate::i18n::Lang;
    use crate::ipc::{Envelope, Form, Request};
    use crate::runtime::answer::Reply;
    use crate::services::capture::Author;
    use crate::store::{Durability, Lock};

    #[test]
    fn what_changes_while_a_new_days_rows_are_told_is_not_put_back() {
        let home = tempfile::tempdir().expect("dir");
        let clock = Clock::new(Some("2026-11-22T10:04:00+09:00"), None).expect("a time");
        let config = Arc::new(Config::load(None).0);
        let author = Author {
            name: "me".into(),
            device: "test".into(),
        };
        let making = Making {
            home: home.path().into(),
            config,
            config_dir: home.path().join("config"),
            author,
            lang: Lang::En,
            clock,
            mint: Mint::new(1),
            durability: Durability::Relaxed,
        };
        let (mut keeper, _) =
            Keeper::open(making, Lock::take(home.path()).expect("the lock")).expect("opens");
        let named = |n: usize, name: &str| {
            Record::from(Account::new(AccountId::new(format!("a{n}")), name))
        };
        let operation = |id: &str, changes: Vec<Change>| {
            let at = clock.now().at;
            Box::new(Operation {
                id: id.into(),
                at,
                actor: "me".into(),
                device: "test".into(),
                label: Label::Demo,
                group: None,
                changes,
                usage: vec![],
            })
        };
        let run = |keeper: &mut Keeper, effect: Effect| {
            let mut told = Vec::new();
            keeper.run(effect, &mut |msg| told.push(msg));
            told
        };
        run(
            &mut keeper,
            Effect::Commit(operation(
                "0",
                (0..8)
                    .map(|n| Change::create(named(n, &format!("name {n}"))))
                    .collect(),
            )),
        );
        let names = |told: Vec<Msg>| -> Option<Vec<String>> {
            match told.into_iter().next()? {
                Msg::Rescored { rows } => {
                    Some(rows.iter().map(|r| r.account.name.clone()).collect())
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(
            names(run(&mut keeper, Effect::Rescore)),
            Some(vec!["name 0".into(), "name 1".into(), "name 2".into()])
        );
        let change = Change {
            before: Some(named(4, "name 4")),
            after: Some(named(4, "another name")),
        };
        let told = run(&mut keeper, Effect::Commit(operation("1", vec![change])));
        assert!(
            matches!(&told[..], [Msg::Stored { rows, .. }] if rows[0].account.name == "another name"),
            "{told:?}"
        );
        // Another terminal is told of none as it was before.
        let told_elsewhere = |keeper: &mut Keeper| {
            let envelope = Envelope {
                id: String::new(),
                lang: String::new(),
                form: Form::Words,
                request: Request::Accounts {
                    band: None,
                    query: None,
                },
            };
            let Reply::List(list) = keeper.answer(Lang::En, &envelope, &mut |_| ()) else {
                panic!("a list")
            };
            let mut out = String::new();
            list.write(&mut |piece| {
                out.push_str(piece);
                Ok(())
            })
            .expect("writes");
            out
        };
        assert!(
            keeper.portfolio.of(clock.now().today()).is_none(),
            "some are of another day"
        );
        let meanwhile = told_elsewhere(&mut keeper);
        assert!(
            meanwhile.lines().count() == 8
                && meanwhile.contains("another name")
                && !meanwhile.contains("name 4"),
            "{meanwhile}"
        );
        assert_eq!(
            names(run(&mut keeper, Effect::MoreRows)),
            Some(vec!["name 3".into(), "name 5".into()])
        );
        assert_eq!(
            names(run(&mut keeper, Effect::MoreRows)),
            Some(vec!["name 6".into(), "name 7".into()])
        );
        assert_eq!(names(run(&mut keeper, Effect::MoreRows)), None);
        assert!(
            keeper
                .portfolio
                .of(clock.now().today())
                .is_some_and(|rows| rows.len() == 8)
        );
        assert_eq!(told_elsewhere(&mut keeper), meanwhile);
    }
}
