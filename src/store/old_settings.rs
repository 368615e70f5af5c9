//! Settings of before schema 4: files among the drafts, and one beside the calendar. Opening a
//! store imports them as records and deletes the files once the records are on disk. A repeated
//! import changes nothing, so an opening may be interrupted anywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::drafts;
use super::handle::Store;
use crate::domain::cadence::Kind as TouchKind;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::failure::{Failure, Repair};
use crate::domain::ids::{AccountId, Mint, RecordId};
use crate::domain::records::Record;
use crate::domain::settings::aside::Aside;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::settings::first_use::FirstUse;
use crate::domain::settings::look::{Glance, Look};
use crate::domain::settings::published::Published;

/// The keys of drafts that held settings.
const ASIDE: &str = "aside/";
const LOOKED: &str = "looked/";
const DISMISSED: &str = "phrases/dismissed";

#[derive(Deserialize)]
struct OldAside {
    day: NaiveDate,
    accounts: Vec<AccountId>,
}

#[derive(Deserialize)]
struct OldLook {
    last: Glance,
    before: Option<Glance>,
}

#[derive(Deserialize)]
struct OldPublished {
    account: AccountId,
    kind: TouchKind,
    start: DateTime<Utc>,
    minutes: u32,
    #[serde(default)]
    day: bool,
    sequence: u32,
    hash: u64,
    #[serde(default)]
    off: bool,
}

/// The settings found, and their files.
#[derive(Default)]
pub(super) struct OldSettings {
    records: Vec<Record>,
    drafts: Vec<String>,
    files: Vec<PathBuf>,
    /// Unreadable files: they are not deleted.
    unread: Vec<PathBuf>,
}

impl OldSettings {
    fn find(home: &Path) -> Self {
        let mut found = Self::default();
        for draft in drafts::load(home).0 {
            if let Some(records) = records_of(&draft.key, &draft.body) {
                found.records.extend(records);
                found.drafts.push(draft.key);
            }
        }
        let path = home.join("calendar").join("told.json");
        if let Ok(bytes) = std::fs::read(&path) {
            match serde_json::from_slice::<BTreeMap<String, OldPublished>>(&bytes) {
                Ok(all) => {
                    let records = all
                        .into_iter()
                        .map(|(uid, old)| published(&uid, old).into());
                    found.records.extend(records);
                    found.files.push(path);
                }
                Err(_) => found.unread.push(path),
            }
        }
        found
    }

    pub fn is_any(&self) -> bool {
        !self.drafts.is_empty() || !self.files.is_empty()
    }

    /// Deletes the files. The records are on disk.
    pub fn forget(self, home: &Path) -> Result<(), Failure> {
        for key in self.drafts {
            drafts::discard(home, &key, u64::MAX)?;
        }
        for path in self.files {
            std::fs::remove_file(&path).map_err(|e| Failure::io(&path, &e))?;
            if let Some(dir) = path.parent() {
                // Only if the folder is empty.
                let _ = std::fs::remove_dir(dir);
            }
        }
        Ok(())
    }

    pub fn repairs(&self) -> Vec<Repair> {
        let unread = self.unread.iter();
        unread
            .map(|path| Repair::Unread {
                path: path.display().to_string(),
            })
            .collect()
    }
}

/// The records made from a draft; `None` if it is a real draft or is unreadable.
fn records_of(key: &str, body: &Value) -> Option<Vec<Record>> {
    if let Some(author) = key.strip_prefix(ASIDE) {
        let old: OldAside = serde_json::from_value(body.clone()).ok()?;
        let aside = |account| {
            let (author, day) = (author.to_owned(), old.day);
            Aside {
                account,
                author,
                day,
            }
            .into()
        };
        return Some(old.accounts.into_iter().map(aside).collect());
    }
    if let Some(author) = key.strip_prefix(LOOKED) {
        let old: BTreeMap<AccountId, OldLook> = serde_json::from_value(body.clone()).ok()?;
        let look = |(account, OldLook { last, before })| {
            Look {
                account,
                author: author.to_owned(),
                last,
                before,
            }
            .into()
        };
        return Some(old.into_iter().map(look).collect());
    }
    if key == DISMISSED {
        let words: Vec<String> = serde_json::from_value(body.clone()).ok()?;
        let dismissal = |words| Dismissal::of(words).into();
        return Some(words.into_iter().map(dismissal).collect());
    }
    None
}

fn published(uid: &str, old: OldPublished) -> Published {
    Published {
        id: RecordId::new(uid),
        account: old.account,
        kind: old.kind,
        start: old.start,
        minutes: old.minutes,
        day: old.day,
        planned: false,
        sequence: old.sequence,
        hash: old.hash,
        off: old.off,
    }
}

impl Store {
    /// Commits settings of an earlier schema as records. The files stay until the caller calls
    /// [`OldSettings::forget`].
    pub(super) fn adopt_settings(
        &mut self,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<OldSettings, Failure> {
        let found = OldSettings::find(&self.home);
        let mut records = found.records.clone();
        if self.first_use()?.is_none()
            && let Some(at) = self.oldest_operation()?
        {
            records.push(FirstUse { at }.into());
        }
        self.commit_marks(records, Label::Upgrade { from: 3 }, mint, at)?;
        Ok(found)
    }

    /// Commits records that no operation of the user wrote, without those that change nothing.
    pub(super) fn commit_marks(
        &mut self,
        records: Vec<Record>,
        label: Label,
        mint: &mut Mint,
        at: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let mut changes = Vec::new();
        for record in records {
            let before = self.current(&record)?;
            let after = match &before {
                Some(held) => record.over(held),
                None => record,
            };
            if before.as_ref() != Some(&after) {
                changes.push(Change {
                    before,
                    after: Some(after),
                });
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        self.commit(&Operation {
            id: mint.next(at),
            at,
            actor: "kenshin".into(),
            device: String::new(),
            label,
            group: None,
            changes,
            usage: Vec::new(),
        })?;
        Ok(())
    }

    /// The first use of the program with this data; `None` in a store without operations.
    pub fn first_use(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let all: Vec<FirstUse> = self.every()?;
        Ok(all.first().map(|f| f.at))
    }

    fn oldest_operation(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        Ok(self.log().map(|entry| entry.at).min())
    }
}
