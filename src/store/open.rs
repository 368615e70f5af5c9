//! Opening: first the lock, then the tree, then the operations of the journal that the tree lacks. A tree that
//! cannot be opened or trusted is rebuilt from the snapshot and the journal.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use super::files::sync_dir;
use super::handle::{Durability, SCHEMA, Store};
use super::journal::Journal;
use super::keys::{self, Meta};
use super::lock::Lock;
use super::newest::Newest;
use super::panics::shielded;
use super::parts::Identity;
use super::replay::Replayed;
use super::segments::{Walk, operations};
use super::snapshots::{self, Head};
use super::tree::Tree;
use super::{loss, migrate, restore, strangers, tree};
use crate::domain::failure::{Cause, Failure, Repair};
use crate::domain::ids::Mint;

/// What was repaired when the store was opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    pub repairs: Vec<Repair>,
}

impl Store {
    /// Opens the store of a home folder, and creates it if there is none.
    ///
    /// # Errors
    /// As [`Store::open_locked`], or another process holds the store.
    pub fn open(
        home: &Path,
        durability: Durability,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(Store, Opened), Failure> {
        let lock = Lock::take(home)?;
        Self::open_locked(home, durability, lock, mint, at)
    }

    /// As [`Store::open`], with a lock that is already held.
    ///
    /// # Errors
    /// The store is of another version, its disk is full, or it cannot be read or written.
    pub fn open_locked(
        home: &Path,
        durability: Durability,
        lock: Lock,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(Store, Opened), Failure> {
        let mut opened = Opened::default();
        restore::finish(home)?;
        let path = home.join("store");
        let existed = path.join("db").exists();
        let found = tree::open(&path);
        // Checked before anything is written: a journal of another schema would look damaged.
        if let Ok((_, Some(meta))) = &found {
            check_schema(meta.schema)?;
        }
        let identity = Identity::of(home, &found)?;
        let mut strangers = strangers::set_aside(home, &identity.store)?;
        let newest = snapshots::newest(home);
        let mut journal = Journal::open(home, &identity.known(newest.as_ref()))?;
        strangers.append(&mut journal.strangers);
        if !strangers.is_empty() {
            opened.repairs.push(Repair::SetAside { parts: strangers });
        }
        let is_new = journal.is_empty()? && newest.is_none() && identity.is_unused(existed);
        let (tree, meta) = if is_new && matches!(found, Ok((_, None))) {
            found?
        } else {
            usable_tree(
                home,
                found,
                existed,
                identity.tree.clone(),
                &mut opened.repairs,
            )?
        };
        let is_empty = meta.is_none();
        let mut store = Store::of_parts(home, tree, journal, meta, durability, lock);
        store.meta.store = Some(identity.store.clone());
        store.replay_missing(
            newest,
            is_empty,
            identity.newest.as_ref(),
            &mut opened.repairs,
        )?;
        if store.lost.is_none() {
            store.journal.begin(store.meta.seq)?;
            store.journal.acknowledge(store.meta.seq);
        }
        if let Some(what) = &store.lost {
            let what = what.clone();
            opened.repairs.push(Repair::Lost { what });
        } else {
            store.roll_back(mint, at, &mut opened.repairs)?;
        }
        if store.lost.is_none() {
            opened.repairs.extend(store.migrate(mint, at)?);
            store.count_freshness((at + chrono::Duration::days(1)).date_naive())?;
        }
        if is_empty {
            // Write the meta record at once, to tell an empty tree from a lost one.
            store.write(
                [(vec![keys::MARK], Some(Vec::new()))].into(),
                store.meta.seq,
            )?;
            store.sync()?;
            sync_dir(&store.home)?;
        }
        Ok((store, opened))
    }

    fn of_parts(
        home: &Path,
        tree: Tree,
        journal: Journal,
        meta: Option<Meta>,
        durability: Durability,
        lock: Lock,
    ) -> Store {
        Store {
            home: home.to_owned(),
            tree,
            journal,
            meta: meta.unwrap_or(Meta {
                schema: SCHEMA,
                seq: 0,
                counts: Default::default(),
                recorded: None,
                store: None,
                journal: None,
            }),
            freshness: Default::default(),
            scored: None,
            observed: None,
            durability,
            broken: false,
            stuck: false.into(),
            incoming_rows: None,
            cached_records: None,
            wrote: false,
            reopen_due: AtomicBool::new(false),
            checked: None,
            lost: loss::read(home),
            frozens: Default::default(),
            _lock: lock,
        }
    }

    /// Applies the journal's later operations to the tree. If operations are missing from both, the
    /// store becomes read-only (see `loss`). `head` names the newest operation that was acknowledged.
    fn replay_missing(
        &mut self,
        newest: Option<Head>,
        is_empty: bool,
        head: Option<&Newest>,
        repairs: &mut Vec<Repair>,
    ) -> Result<(), Failure> {
        let of_snapshot = newest.as_ref().map_or(0, |n| n.seq);
        // The tree holds everything that the newest snapshot holds: only later operations can be missing.
        let walk = if is_empty {
            self.load_snapshot()?
        } else {
            let covered = newest.filter(|n| n.seq <= self.meta.seq);
            covered.map_or(Walk::from(0), |n| n.walk())
        };
        let had = self.meta.seq;
        self.freshness = self.one(keys::FEEDS)?.unwrap_or_default();
        let Replayed {
            operations: replayed,
            mut damage,
            mut missing,
            last,
        } = self.replay(walk)?;
        if replayed > 0 && !is_empty {
            repairs.push(Repair::Replayed {
                operations: replayed,
            });
        }
        for found in std::mem::take(&mut self.journal.damage) {
            if !damage.contains(&found) {
                damage.push(found);
            }
        }
        if let Some(head) = head.filter(|head| head.seq > self.meta.seq) {
            missing += head.seq - self.meta.seq;
            damage.push(operations(self.meta.seq + 1, head.seq));
        }
        let is_rebuilt = repairs.iter().any(|r| matches!(r, Repair::Rebuilt { .. }));
        if is_rebuilt && self.journal.torn {
            damage.push("journal-tail".into());
        }
        let has_gaps = is_empty && !damage.is_empty();
        if missing > 0 || has_gaps || (is_rebuilt && self.meta.seq == 0) {
            let what = if damage.is_empty() {
                loss::NOTHING_LEFT.to_owned()
            } else {
                damage.join("; ")
            };
            self.note_loss(what)?;
        } else if !damage.is_empty() || (!is_empty && last.max(of_snapshot) < had) {
            // The tree holds everything: with a new snapshot the damage of the journal does not matter.
            if damage.is_empty() {
                damage.push(format!(
                    "journal: {}",
                    operations(last.max(of_snapshot) + 1, had)
                ));
            }
            repairs.push(Repair::JournalDamage { places: damage });
            if self.lost.is_none()
                && let Err(Failure::Damaged { reason, .. }) = self.snapshot()
            {
                self.note_loss(reason)?;
            }
        }
        Ok(())
    }

    /// Undoes an operation of which only the first parts were written. If that fails, the store is
    /// read-only until the user decides about the incomplete operation.
    fn roll_back(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
        repairs: &mut Vec<Repair>,
    ) -> Result<(), Failure> {
        match self.roll_back_unfinished(mint, at) {
            Ok(Some(label)) => repairs.push(Repair::RolledBack { label }),
            Ok(None) => {}
            Err(failure) => {
                let what = failure.place_and_reason();
                self.note_loss(what.clone())?;
                repairs.push(Repair::Lost { what });
            }
        }
        Ok(())
    }

    /// Reopens the tree, which returns memory: sled caches thousands of pages, and reading the whole tree leaves
    /// more of them than the desk itself holds.
    ///
    /// # Errors
    /// The tree cannot be opened. The store must not be used after that.
    pub fn reopen(&mut self) -> Result<(), Failure> {
        // A tree that hangs in a flush would hang when it is closed too.
        if self.broken || self.stuck.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.reopen_due.store(false, Ordering::Relaxed);
        self.tree.reopen(&self.home.join("store"))
    }

    /// Rebuilds the tree from the snapshot and the journal, and moves the old tree to another
    /// folder. If these hold less than the tree, the tree is kept and becomes read-only.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub fn rebuild(
        mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(Store, Opened), Failure> {
        if let Some(why) = self.uncovered()? {
            let mut what = self.check_counts()?;
            what.push(why);
            self.note_loss(what.join("; "))?;
            let lost = Repair::Lost {
                what: what.join("; "),
            };
            return Ok((
                self,
                Opened {
                    repairs: vec![lost],
                },
            ));
        }
        // A tree that cannot be counted needs to be rebuilt as well.
        let sound =
            shielded(&self.home, || self.check_counts()).is_ok_and(|problems| problems.is_empty());
        let cause = if sound { Cause::Asked } else { Cause::Wrong };
        let Store {
            home,
            tree,
            durability,
            _lock: lock,
            ..
        } = self;
        drop(tree);
        let aside = set_aside(&home)?;
        let (mut store, mut opened) = Self::open_locked(&home, durability, lock, mint, at)?;
        // With newer snapshots the damaged part of the journal is dropped: the store no longer needs it.
        for _ in 0..2 {
            if store.lost.is_none() && !store.is_journal_whole()? {
                store.snapshot()?;
            }
        }
        opened.repairs.insert(0, Repair::Rebuilt { cause, aside });
        Ok((store, opened))
    }
}

/// # Errors
/// The schema is newer than this program, or too old to be migrated.
fn check_schema(found: u32) -> Result<(), Failure> {
    let known = SCHEMA;
    if found > SCHEMA {
        return Err(Failure::Newer { found, known });
    }
    if found < migrate::OLDEST {
        return Err(Failure::Older { found, known });
    }
    Ok(())
}

/// The existing tree if it is usable; else a new one, to be filled from the snapshot and the
/// journal. An unusable tree is moved to another folder.
fn usable_tree(
    home: &Path,
    found: Result<(Tree, Option<Meta>), Failure>,
    existed: bool,
    wrong: Option<Cause>,
    repairs: &mut Vec<Repair>,
) -> Result<(Tree, Option<Meta>), Failure> {
    let path = home.join("store");
    let cause = match (found, wrong) {
        (Ok((tree, meta @ Some(_))), None) => return Ok((tree, meta)),
        (Ok((tree, _)), wrong) => {
            drop(tree);
            wrong.unwrap_or(Cause::Empty)
        }
        (Err(Failure::Damaged { reason, .. }), _) => Cause::Unreadable { reason },
        (Err(other), _) => return Err(other),
    };
    if existed || cause != Cause::Empty {
        let aside = set_aside(home)?;
        repairs.push(Repair::Rebuilt { cause, aside });
    } else {
        std::fs::remove_dir_all(&path).map_err(|e| Failure::io(&path, &e))?;
    }
    tree::open(&path)
}

/// Moves the tree to another folder, without deleting anything. Returns its path.
fn set_aside(home: &Path) -> Result<String, Failure> {
    let path = home.join("store");
    let mut n = 1;
    let aside: PathBuf = loop {
        let candidate = home.join(format!("store.aside-{n}"));
        if !candidate.exists() {
            break candidate;
        }
        n += 1;
    };
    if path.exists() {
        std::fs::rename(&path, &aside).map_err(|e| Failure::io(&path, &e))?;
    }
    Ok(aside.display().to_string())
}
