//! Gives the import service access to files and the store, and writes a plan.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::domain::account::Account;
use crate::domain::change::{Group, Label, Operation};
use crate::domain::contact::Contact;
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, Mint};
use crate::domain::records::Record;
use crate::domain::when::Now;
use crate::ops::Author;
use crate::services::import::mapping::{self, Mapping, Through};
use crate::services::import::table::Source;
use crate::services::import::{ExistingData, Plan, rejects};
use crate::store::{Backup, Store};
use crate::words::Lang;

impl ExistingData for Store {
    fn accounts(&self) -> Result<Vec<Account>, Failure> {
        Store::accounts(self)
    }

    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure> {
        let Some(d) = self.dossier(account)? else {
            return Ok(Vec::new());
        };
        Ok(d.records().collect())
    }

    fn keys(&self, through: Through) -> Result<Vec<Key>, Failure> {
        let mut out = Vec::new();
        for account in Store::accounts(self)? {
            out.extend(keys_of(self, account.id, through)?);
        }
        Ok(out)
    }

    fn usage(&self, account: &AccountId) -> Result<Usage, Failure> {
        Store::usage(self, account)
    }
}

/// A key of another table, its account, and the start of the contract if known.
pub type Key = (String, AccountId, Option<NaiveDate>);

/// The keys of one account.
///
/// # Errors
/// Where the store cannot be read.
pub fn keys_of(store: &Store, account: AccountId, through: Through) -> Result<Vec<Key>, Failure> {
    let mut out: Vec<Key> = Vec::new();
    match through {
        Through::Subscription => {
            for s in store.list::<Subscription>(&account)? {
                out.push((s.id.to_string(), account.clone(), s.start));
            }
        }
        Through::Contact => {
            for c in store.list::<Contact>(&account)? {
                out.push((c.id.to_string(), account.clone(), None));
                if !c.email.is_empty() {
                    out.push((c.email, account.clone(), None));
                }
            }
        }
    }
    Ok(out)
}

/// The named files; for a folder, every table in it and its subfolders.
pub fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut out = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|e| Failure::io(path, &e))?;
        if meta.is_dir() {
            let mut inside = Vec::new();
            tables(path, &mut inside)?;
            if inside.is_empty() {
                return Err(Failure::NotFound {
                    what: format!("{}: *.csv *.tsv *.json *.jsonl *.xlsx", path.display()),
                });
            }
            inside.sort();
            out.extend(inside.into_iter().map(source));
        } else {
            out.push(source(path.clone()));
        }
    }
    Ok(out)
}

fn tables(dir: &Path, out: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(dir).map_err(|e| Failure::io(dir, &e))? {
        let entry = entry.map_err(|e| Failure::io(dir, &e))?;
        let path = entry.path();
        // Links are not followed: a folder that contains itself would never end.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            tables(&path, out)?;
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| {
            matches!(
                e.to_lowercase().as_str(),
                "csv" | "tsv" | "json" | "jsonl" | "ndjson" | "xlsx"
            )
        }) {
            out.push(path);
        }
    }
    Ok(())
}

fn source(path: PathBuf) -> Source {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    );
    Source::new(name, move || Ok(Box::new(std::fs::File::open(&path)?)))
}

/// The user's saved mappings, and the problems of those that cannot be read.
pub fn saved_mappings(config: &Path) -> (Vec<Mapping>, Vec<Failure>) {
    let (mut out, mut failures) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(config.join("mappings")) else {
        return (out, failures);
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    for path in paths {
        match std::fs::read_to_string(&path) {
            Ok(text) => match mapping::parse(&text) {
                Ok(mapping) => out.push(mapping),
                Err((at, reason)) => failures.push(Failure::Config {
                    path: path.display().to_string(),
                    line: crate::config::line_of(&text, at),
                    reason,
                }),
            },
            Err(e) => failures.push(Failure::io(&path, &e)),
        }
    }
    (out, failures)
}

/// Days of usage per part of a long operation.
const PART: usize = 200_000;
/// Records per part.
const PART_RECORDS: usize = 20_000;

/// The number of changes from which an import begins with a backup.
const BULK: usize = 1_000;

/// A bulk import begins with a backup, unless the store is still empty.
pub fn back_up_before(store: &mut Store, plan: &Plan, now: Now) -> Result<Option<Backup>, Failure> {
    if plan.changes.len() + plan.usage_accounts() < BULK || store.seq() == 0 {
        return Ok(None);
    }
    let path = store.home().join("backups").join(format!(
        "before-import-{}.kenshin",
        now.local().format("%Y%m%d-%H%M%S")
    ));
    let done = store.backup(&path)?;
    forget_old_backups(&store.home().join("backups"));
    Ok(Some(done))
}

/// Deletes all but the newest automatic backups; their names sort by time. Backups that the user
/// made stay.
fn forget_old_backups(dir: &std::path::Path) {
    const KEPT: usize = 5;
    let mut own: Vec<_> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| {
            p.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("before-import-"))
        })
        .collect();
    own.sort();
    own.truncate(own.len().saturating_sub(KEPT));
    for old in own {
        let _ = std::fs::remove_file(old);
    }
}

/// Writes a plan as one undoable operation, in parts so that memory stays bounded; a plan that changes
/// nothing writes nothing. `progress` hears how many days and records were written.
pub fn write(
    store: &mut Store,
    plan: &Plan,
    author: &Author,
    now: Now,
    mint: &mut Mint,
    mut progress: impl FnMut(u64),
) -> Result<Vec<Operation>, Failure> {
    let files: Vec<String> = plan
        .files
        .iter()
        .filter(|f| f.problem.is_none())
        .map(|f| f.name.clone())
        .collect();
    let group = mint.next(now.at);
    let part = |mint: &mut Mint, changes, usage| Operation {
        id: mint.next(now.at),
        at: now.at,
        actor: author.name.clone(),
        device: author.device.clone(),
        label: Label::Import {
            files: files.clone(),
        },
        group: Some(Group {
            id: group.clone(),
            last: false,
        }),
        changes,
        usage,
    };
    let mut written = Vec::new();
    let mut done = 0;
    let mut rescue = mint.clone();
    rescue.fork();
    let mut send = |store: &mut Store, op: Operation| -> Result<(), Failure> {
        store.commit_part(&op, &mut rescue, now.at)?;
        done += (op.changes.len() + op.usage.iter().map(|u| u.after.len()).sum::<usize>()) as u64;
        progress(done);
        // The desk needs to know which records changed, not every day of usage.
        written.push(Operation {
            usage: op
                .usage
                .into_iter()
                .map(|u| crate::domain::change::UsageChange {
                    before: Vec::new(),
                    after: Vec::new(),
                    ..u
                })
                .collect(),
            ..op
        });
        Ok(())
    };
    // A part waits until there is a next one: only then it is known that it is not the last.
    let mut waiting: Option<Operation> = None;
    for chunk in plan.changes.chunks(PART_RECORDS) {
        let next = part(mint, chunk.to_vec(), Vec::new());
        if let Some(op) = waiting.replace(next) {
            send(store, op)?;
        }
    }
    let mut usage = Vec::new();
    let mut days = 0;
    for account in 0..plan.usage_accounts() {
        let account = plan.usage_changes(account, store)?;
        days += account.iter().map(|u| u.after.len()).sum::<usize>();
        usage.extend(account);
        if days >= PART {
            let next = part(mint, Vec::new(), std::mem::take(&mut usage));
            if let Some(op) = waiting.replace(next) {
                send(store, op)?;
            }
            days = 0;
        }
    }
    if !usage.is_empty() {
        let next = part(mint, Vec::new(), usage);
        if let Some(op) = waiting.replace(next) {
            send(store, op)?;
        }
    }
    if let Some(mut op) = waiting {
        op.group = Some(Group {
            id: group,
            last: true,
        });
        send(store, op)?;
    }
    Ok(written)
}

/// Writes the rejected rows beside the store, one file for each source. Answers the paths.
pub fn write_rejects(home: &Path, plan: &Plan, now: Now, t: Lang) -> Result<Vec<PathBuf>, Failure> {
    let mut out = Vec::new();
    let dir = home.join("rejects");
    for (index, file) in plan
        .files
        .iter()
        .enumerate()
        .filter(|(i, _)| plan.rejects.iter().any(|r| r.index == *i))
    {
        crate::store::files::private_dir(&dir)?;
        let stem: String = file
            .name
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let name = format!(
            "{}-{}",
            now.local().format("%Y%m%d-%H%M%S"),
            stem.trim_end_matches(".csv")
        );
        let free = (1..)
            .map(|n| {
                dir.join(if n == 1 {
                    format!("{name}.csv")
                } else {
                    format!("{name}-{n}.csv")
                })
            })
            .find(|p| !p.exists());
        let Some(path) = free else { continue };
        crate::store::files::write_atomic(
            &path,
            &rejects::csv(index, file, &plan.rejects, |r| r.reason.words(t)),
        )?;
        out.push(path);
    }
    Ok(out)
}

/// One rejected row in words.
pub fn reject_line(t: Lang, r: &crate::services::import::Reject) -> String {
    let place = if r.column.is_empty() {
        format!("{}:{}", r.file, r.line)
    } else {
        format!("{}:{} {}", r.file, r.line, r.column)
    };
    let value = if r.value.is_empty() {
        String::new()
    } else {
        format!(" “{}”", crate::app::kit::wrap::fit(&r.value, 40))
    };
    format!("{place}{value}: {}", r.reason.words(t))
}
