//! Opening: the lock first, then sled, then whatever the journal has that the tree has not. A
//! tree that cannot be opened or trusted is rebuilt from the snapshot and the journal.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::journal::{FrameKind, Journal};
use super::keys::{self, Meta};
use super::shield::shielded;
use super::{Durability, Lock, SCHEMA, Store, backup, codec, loss, migrate, private_dir, restore, sled_failure, sync_dir};
use crate::domain::change::Label;
use crate::domain::failure::Failure;
use crate::domain::health::history::Entry;
use crate::domain::ids::{AccountId, Mint};

/// Why a tree was built anew.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    Asked,
    /// Counts or checksums were not what the last batch wrote.
    Wrong,
    /// It held nothing though the journal does.
    Empty,
    Unreadable {
        reason: String,
    },
}

/// What had to be mended while opening, for the user to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Repair {
    /// Operations that stood in the journal only.
    Replayed { operations: u64 },
    /// The tree was damaged and was built anew; the old one was set aside.
    Rebuilt { cause: Cause, aside: String },
    /// A long operation that was cut short was taken back.
    RolledBack { label: Label },
    /// Damage in the journal that the tree makes good: nothing is lost.
    JournalDamage { places: Vec<String> },
    /// The store was of an earlier schema; a backup of it was written first.
    Migrated { from: u32, to: u32, backup: String },
    /// Something is lost: the store is only read until the user decides.
    Lost { what: String },
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    pub repairs: Vec<Repair>,
}

impl Store {
    /// Opens the store of a home folder, making it if there is none.
    pub fn open(home: &Path, durability: Durability, mint: &mut Mint, at: DateTime<Utc>) -> Result<(Store, Opened), Failure> {
        let lock = Lock::take(home)?;
        Self::open_locked(home, durability, lock, mint, at)
    }

    /// As [`Store::open`], with the lock already held.
    pub fn open_locked(home: &Path, durability: Durability, lock: Lock, mint: &mut Mint, at: DateTime<Utc>) -> Result<(Store, Opened), Failure> {
        let mut opened = Opened::default();
        restore::finish(home)?;
        let path = home.join("store");
        let existed = path.join("db").exists();
        let found = open_tree(&path);
        // Before anything is touched: a journal of another schema would look damaged.
        if let Ok((.., Some(meta))) = &found {
            match meta.schema {
                s if s > SCHEMA => return Err(Failure::Newer { found: s, known: SCHEMA }),
                s if s < migrate::OLDEST => return Err(Failure::Older { found: s, known: SCHEMA }),
                _ => {}
            }
        }
        let newest = backup::newest(home);
        let journal = Journal::open(home, newest.map_or(1, |n| n.segment))?;
        let (db, tree, meta) = match found {
            Ok(parts) if parts.2.is_some() || (!existed && journal.size() == 0 && journal.segment() == 1) => parts,
            Ok(parts) => {
                drop(parts);
                if existed {
                    opened.repairs.push(Repair::Rebuilt { cause: Cause::Empty, aside: set_aside(home)? });
                } else {
                    std::fs::remove_dir_all(&path).map_err(|e| Failure::io(&path, &e))?;
                }
                open_tree(&path)?
            }
            Err(Failure::DiskFull { path, free }) => return Err(Failure::DiskFull { path, free }),
            Err(Failure::Damaged { reason, .. }) => {
                opened.repairs.push(Repair::Rebuilt { cause: Cause::Unreadable { reason }, aside: set_aside(home)? });
                open_tree(&path)?
            }
            Err(other) => return Err(other),
        };
        let empty = meta.is_none();
        let meta = meta.unwrap_or(Meta { schema: SCHEMA, seq: 0, counts: Default::default(), recorded: None });
        let mut store = Store {
            home: home.to_owned(),
            db,
            tree,
            journal,
            meta,
            feeds: Default::default(),
            scored: None,
            durability,
            broken: false,
            stuck: false.into(),
            coming: None,
            filed: None,
            wrote: false,
            swollen: false,
            checked: None,
            lost: loss::read(home),
            _lock: lock,
        };
        // What the newest snapshot holds the tree has too: only what came after it can be missing.
        let from = if empty { store.load_snapshot()? } else { newest.filter(|n| n.seq <= store.meta.seq).map_or(0, |n| n.segment) };
        let had = store.meta.seq;
        store.feeds = store.one(keys::FEEDS)?.unwrap_or_default();
        let Replayed { operations, mut damage, missing, last } = store.replay(from)?;
        if operations > 0 && !empty {
            opened.repairs.push(Repair::Replayed { operations });
        }
        let rebuilt = opened.repairs.iter().any(|r| matches!(r, Repair::Rebuilt { .. }));
        if rebuilt && store.journal.torn {
            damage.push("journal-tail".into());
        }
        if missing > 0 || (rebuilt && (!damage.is_empty() || store.meta.seq == 0)) {
            let what = if damage.is_empty() { loss::NOTHING_LEFT.to_owned() } else { damage.join("; ") };
            store.note_loss(what)?;
        } else if !damage.is_empty() || (!empty && last.max(newest.map_or(0, |n| n.seq)) < had) {
            // The tree has it all: a fresh snapshot, and the damage matters no more.
            opened.repairs.push(Repair::JournalDamage { places: damage });
            if store.lost.is_none()
                && let Err(Failure::Damaged { reason, .. }) = store.snapshot()
            {
                store.note_loss(reason)?;
            }
        }
        if let Some(what) = &store.lost {
            opened.repairs.push(Repair::Lost { what: what.clone() });
        } else {
            match store.roll_back_unfinished(mint, at) {
                Ok(Some(label)) => opened.repairs.push(Repair::RolledBack { label }),
                Ok(None) => {}
                // Half an operation stays: that is a loss to decide about, not a reason to stay shut.
                Err(failure) => {
                    let what = format!("{failure:?}");
                    store.note_loss(what.clone())?;
                    opened.repairs.push(Repair::Lost { what });
                }
            }
        }
        if store.lost.is_none() {
            opened.repairs.extend(store.migrate(at)?);
            store.count_feeds((at + chrono::Duration::days(1)).date_naive())?;
        }
        if empty {
            // A meta record from the start, so that an empty tree and a lost one differ.
            store.write([(b"!".to_vec(), Some(Vec::new()))].into(), store.meta.seq)?;
            store.settle()?;
            sync_dir(&store.home)?;
        }
        Ok((store, opened))
    }

    /// Applies the journal's operations that the tree does not have.
    fn replay(&mut self, segment: u64) -> Result<Replayed, Failure> {
        let mut pending = Vec::new();
        let (have, recorded) = (self.meta.seq, self.meta.recorded);
        let mut unread = Vec::new();
        let mut last = 0;
        let mut damage = self.journal.read_from(segment, |place, kind, body| {
            match kind {
                FrameKind::Operation | FrameKind::History => match codec::from_numbered(&body) {
                    Ok((seq, _)) if kind == FrameKind::Operation && seq <= have => last = last.max(seq),
                    Ok((seq, _)) if kind == FrameKind::History && (seq < have || recorded.is_some_and(|r| place <= r)) => {}
                    Ok(_) => pending.push((place, kind)),
                    Err(reason) => unread.push(reason),
                },
                _ => {}
            }
            Ok(())
        })?;
        let (mut operations, mut missing) = (0, 0);
        for (place, kind) in pending {
            let body = self.journal.read_at(place)?;
            let Ok((seq, body)) = codec::from_numbered(&body) else { continue };
            if kind == FrameKind::Operation {
                match codec::from_operation(body) {
                    Ok(op) => {
                        missing += seq.saturating_sub(self.meta.seq + 1);
                        self.meta.seq = seq - 1;
                        self.apply(&op, place)?;
                        operations += 1;
                        last = last.max(seq);
                    }
                    Err(reason) => unread.push(format!("operation {seq}: {reason}")),
                }
            } else if let Ok(entries) = codec::unpressed(body).and_then(|raw| codec::from_json::<Vec<(AccountId, Vec<Entry>)>>(&raw)) {
                self.apply_history(&entries, place)?;
            }
        }
        damage.extend(unread);
        Ok(Replayed { operations, damage, missing, last })
    }

    /// The same store with its tree opened afresh: sled keeps every page it was asked for, so that
    /// looking through the whole tree leaves twice the memory behind.
    pub fn reopened(self) -> Result<Store, Failure> {
        let Store { home, db, tree, journal, meta, feeds, scored, durability, broken, stuck, coming, filed, wrote, checked, lost, _lock, .. } = self;
        drop(tree);
        drop(db);
        let (db, tree, _) = open_tree(&home.join("store"))?;
        Ok(Store { home, db, tree, journal, meta, feeds, scored, durability, broken, stuck, coming, filed, wrote, swollen: false, checked, lost, _lock })
    }

    /// Builds the tree anew from the snapshot and the journal; the old one is set aside. Where
    /// those hold less than the tree does, the tree is kept as it is and only read.
    pub fn rebuild(mut self, mint: &mut Mint, at: DateTime<Utc>) -> Result<(Store, Opened), Failure> {
        if let Some(why) = self.uncovered()? {
            let mut what = self.check_counts()?;
            what.push(why);
            self.note_loss(what.join("; "))?;
            let lost = Repair::Lost { what: what.join("; ") };
            return Ok((self, Opened { repairs: vec![lost] }));
        }
        // A tree that cannot even be counted is the more in need of it.
        let sound = shielded(&self.home, || self.check_counts()).is_ok_and(|problems| problems.is_empty());
        let cause = if sound { Cause::Asked } else { Cause::Wrong };
        let Store { home, db, tree, durability, _lock: lock, .. } = self;
        drop(tree);
        drop(db);
        let aside = set_aside(&home)?;
        let (store, mut opened) = Self::open_locked(&home, durability, lock, mint, at)?;
        opened.repairs.insert(0, Repair::Rebuilt { cause, aside });
        Ok((store, opened))
    }
}

/// What replaying the journal met.
struct Replayed {
    operations: u64,
    damage: Vec<String>,
    /// Operations between those that were read.
    missing: u64,
    /// The newest operation that was read.
    last: u64,
}

type Parts = (sled::Db, sled::Tree, Option<Meta>);

/// Opens sled where a damaged file panics instead of failing.
fn open_tree(path: &Path) -> Result<Parts, Failure> {
    private_dir(path)?;
    shielded(path.parent().unwrap_or(path), || {
        let db = open_db(path)?;
        let tree = db.open_tree("book").map_err(|e| sled_failure(path, &e))?;
        let meta = match tree.get(keys::META).map_err(|e| sled_failure(path, &e))? {
            Some(bytes) => Some(codec::from_json(&bytes).map_err(|reason| Failure::Damaged { path: path.display().to_string(), reason })?),
            None => None,
        };
        Ok((db, tree, meta))
    })
}

/// Opens the database. Ours is the only process here, but a tree that was just dropped gives its
/// file back only when sled's own thread is done: wait for it.
fn open_db(path: &Path) -> Result<sled::Db, Failure> {
    const PATIENCE: u32 = 100;
    // Every commit flushes for itself: a thread that wakes five times a second would flush nothing.
    let config = sled::Config::new().path(path).cache_capacity(16 * 1024 * 1024).flush_every_ms(None);
    let mut tries = 0;
    loop {
        match unhurried(|| config.open()) {
            Err(sled::Error::Io(e)) if tries < PATIENCE && e.to_string().contains("could not acquire lock") => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            other => return other.map_err(|e| sled_failure(path, &e)),
        }
    }
}

/// sled keeps seven threads that each look up once a second for as long as the program lives, and
/// has no setting for it. They inherit the slack of the thread that starts them: with a long one
/// the kernel lets them look up together, when it is awake for something else anyway.
fn unhurried<T>(open: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(60_000_000_000));
    let opened = open();
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_current_timer_slack(None);
    opened
}

/// Moves the tree out of the way, never deleting it.
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
