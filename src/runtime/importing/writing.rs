//! Writes a plan: a backup before a large one, then one undoable operation in parts.

use crate::domain::change::{Group, Label, Operation, UsageChange};
use crate::domain::failure::Failure;
use crate::domain::ids::Mint;
use crate::domain::when::Now;
use crate::ops::Author;
use crate::services::import::Plan;
use crate::store::{Backup, Store};

/// Days of usage per part of a long operation.
const PART: usize = 1_000_000;
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
                .map(|u| UsageChange {
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
    let mut usage: Vec<UsageChange> = Vec::new();
    let mut days = 0;
    for account in 0..plan.usage_accounts() {
        let account = plan.usage_changes(account, store)?;
        if account.is_empty() {
            continue;
        }
        if days >= PART {
            waiting = Some(part(mint, Vec::new(), std::mem::take(&mut usage)));
            days = 0;
        }
        // Sent before the next part is made, so that only one is in memory.
        if let Some(op) = waiting.take() {
            send(store, op)?;
        }
        days += account.iter().map(|u| u.after.len()).sum::<usize>();
        usage.extend(account);
    }
    if !usage.is_empty() {
        waiting = Some(part(mint, Vec::new(), usage));
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
