//! Opening: the lock first, then sled, then whatever the journal has that the tree has not. A
//! tree that cannot be opened or trusted is rebuilt from the snapshot and the journal.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use super::files::sync_dir;
use super::handle::{Durability, SCHEMA, Store};
use super::journal::{FrameKind, Journal};
use super::keys::{self, Meta};
use super::lock::Lock;
use super::panics::shielded;
use super::{backup, codec, loss, migrate, restore, tree};
use crate::domain::failure::{Cause, Failure, Repair};
use crate::domain::health::history::Entry;
use crate::domain::ids::{AccountId, Mint};

/// What opening the store found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    pub repairs: Vec<Repair>,
}

impl Store {
    /// Opens the store of a home folder, making it if there is none.
    pub fn open(
        home: &Path,
        durability: Durability,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(Store, Opened), Failure> {
        let lock = Lock::take(home)?;
        Self::open_locked(home, durability, lock, mint, at)
    }

    /// As [`Store::open`], with the lock already held.
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
        // Before anything is touched: a journal of another schema would look damaged.
        if let Ok((_, Some(meta))) = &found {
            match meta.schema {
                s if s > SCHEMA => {
                    return Err(Failure::Newer {
                        found: s,
                        known: SCHEMA,
                    });
                }
                s if s < migrate::OLDEST => {
                    return Err(Failure::Older {
                        found: s,
                        known: SCHEMA,
                    });
                }
                _ => {}
            }
        }
        let newest = backup::newest(home);
        let journal = Journal::open(home, newest.map_or(1, |n| n.segment))?;
        let (tree, meta) = match found {
            Ok(parts)
                if parts.1.is_some()
                    || (!existed && journal.size() == 0 && journal.segment() == 1) =>
            {
                parts
            }
            Ok(parts) => {
                drop(parts);
                if existed {
                    opened.repairs.push(Repair::Rebuilt {
                        cause: Cause::Empty,
                        aside: set_aside(home)?,
                    });
                } else {
                    std::fs::remove_dir_all(&path).map_err(|e| Failure::io(&path, &e))?;
                }
                tree::open(&path)?
            }
            Err(Failure::DiskFull { path, free }) => return Err(Failure::DiskFull { path, free }),
            Err(Failure::Damaged { reason, .. }) => {
                opened.repairs.push(Repair::Rebuilt {
                    cause: Cause::Unreadable { reason },
                    aside: set_aside(home)?,
                });
                tree::open(&path)?
            }
            Err(other) => return Err(other),
        };
        let empty = meta.is_none();
        let meta = meta.unwrap_or(Meta {
            schema: SCHEMA,
            seq: 0,
            counts: Default::default(),
            recorded: None,
        });
        let mut store = Store {
            home: home.to_owned(),
            tree,
            journal,
            meta,
            freshness: Default::default(),
            scored: None,
            durability,
            broken: false,
            stuck: false.into(),
            coming: None,
            filed: None,
            wrote: false,
            swollen: AtomicBool::new(false),
            checked: None,
            lost: loss::read(home),
            frozens: Default::default(),
            _lock: lock,
        };
        // What the newest snapshot holds the tree has too: only what came after it can be missing.
        let from = if empty {
            store.load_snapshot()?
        } else {
            newest
                .filter(|n| n.seq <= store.meta.seq)
                .map_or(0, |n| n.segment)
        };
        let had = store.meta.seq;
        store.freshness = store.one(keys::FEEDS)?.unwrap_or_default();
        let Replayed {
            operations,
            mut damage,
            missing,
            last,
        } = store.replay(from)?;
        if operations > 0 && !empty {
            opened.repairs.push(Repair::Replayed { operations });
        }
        let rebuilt = opened
            .repairs
            .iter()
            .any(|r| matches!(r, Repair::Rebuilt { .. }));
        if rebuilt && store.journal.torn {
            damage.push("journal-tail".into());
        }
        if missing > 0 || (rebuilt && (!damage.is_empty() || store.meta.seq == 0)) {
            let what = if damage.is_empty() {
                loss::NOTHING_LEFT.to_owned()
            } else {
                damage.join("; ")
            };
            store.note_loss(what)?;
        } else if !damage.is_empty() || (!empty && last.max(newest.map_or(0, |n| n.seq)) < had) {
            // The tree has it all: a fresh snapshot, and the damage matters no more.
            opened
                .repairs
                .push(Repair::JournalDamage { places: damage });
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
                    let what = failure.place_and_reason();
                    store.note_loss(what.clone())?;
                    opened.repairs.push(Repair::Lost { what });
                }
            }
        }
        if store.lost.is_none() {
            opened.repairs.extend(store.migrate(mint, at)?);
            store.count_freshness((at + chrono::Duration::days(1)).date_naive())?;
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
                    Ok((seq, _)) if kind == FrameKind::Operation && seq <= have => {
                        last = last.max(seq)
                    }
                    Ok((seq, _))
                        if kind == FrameKind::History
                            && (seq < have || recorded.is_some_and(|r| place <= r)) => {}
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
            let Ok((seq, body)) = codec::from_numbered(&body) else {
                continue;
            };
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
            } else if let Ok(entries) = codec::unpressed(body)
                .and_then(|raw| codec::from_json::<Vec<(AccountId, Vec<Entry>)>>(&raw))
            {
                self.apply_history(&entries, place)?;
            }
        }
        damage.extend(unread);
        Ok(Replayed {
            operations,
            damage,
            missing,
            last,
        })
    }

    /// Opens the tree afresh: sled keeps thousands of the pages it was asked for, so that looking through
    /// the whole of it leaves more memory behind than the desk itself has. A store of which this failed is
    /// to be left.
    pub fn reopen(&mut self) -> Result<(), Failure> {
        // One that does not come back from a flush would not come back from being closed either.
        if self.broken || self.stuck.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.swollen.store(false, Ordering::Relaxed);
        self.tree.reopen(&self.home.join("store"))
    }

    /// Builds the tree anew from the snapshot and the journal; the old one is set aside. Where
    /// those hold less than the tree does, the tree is kept as it is and only read.
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
        // A tree that cannot even be counted is the more in need of it.
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
