//! The draft writer: what the user types goes to disk beside the store, which may be busy. One thread writes
//! each draft at once, so that a killed program loses nothing; another waits for the disk to sync.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::app::msg::{Effect, Msg};
use crate::domain::failure::Failure;
use crate::store::drafts::{self, Draft};
use crate::store::handed;
use crate::words::{self, Lang};

/// What the first thread is asked for.
enum Task {
    Draft(Effect),
    /// Removes the file of an editor, if all drafts before it are on disk.
    RemoveEdited(PathBuf),
    /// Tells when everything before it is on disk.
    Flush(Sender<()>),
}

/// What the second thread does: with the drafts of a key, up to a number.
enum Step {
    Sync(String, u64),
    Discard(String, u64),
    RemoveEdited(PathBuf),
    Flush(Sender<()>),
}

/// How long a flush waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Two threads and the way to them.
pub struct DraftWriter {
    todo: Sender<Task>,
    writer: JoinHandle<()>,
    syncer: JoinHandle<()>,
}

impl DraftWriter {
    /// Starts both threads.
    ///
    /// # Errors
    /// The system has no room for a thread.
    pub fn start(home: PathBuf, messages: UnboundedSender<Msg>) -> std::io::Result<Self> {
        let (todo, effects) = channel();
        let (next, steps) = channel();
        let (sync_home, sync_messages) = (home.clone(), messages.clone());
        let writer = std::thread::Builder::new()
            .name("drafts".into())
            .spawn(move || write(&home, &effects, &next, &messages))?;
        let syncer = std::thread::Builder::new()
            .name("draft sync".into())
            .spawn(move || sync(&sync_home, &steps, &sync_messages))?;
        Ok(Self {
            todo,
            writer,
            syncer,
        })
    }

    pub fn send(&self, effect: Effect) {
        let _ = self.todo.send(Task::Draft(effect));
    }

    /// Removes the file of an editor once all drafts so far are on disk. If one of them is not, the file stays.
    pub fn remove_edited(&self, file: PathBuf) {
        let _ = self.todo.send(Task::RemoveEdited(file));
    }

    /// Waits until everything so far is on disk, but not for a disk that does not answer.
    pub fn flush(&self) {
        let (done, flushed) = channel();
        let _ = self.todo.send(Task::Flush(done));
        let _ = flushed.recv_timeout(PATIENCE);
    }

    /// Waits until everything is on disk.
    pub fn finish(self) {
        drop(self.todo);
        let _ = self.writer.join();
        let _ = self.syncer.join();
    }
}

/// All drafts on disk, as a message for the desk, and a line for each that cannot be read.
pub fn load(home: &Path, lang: Lang) -> (Msg, Vec<String>) {
    let (found, bad) = drafts::load(home);
    let bad = bad
        .into_iter()
        .map(|path| {
            words::problems::failure(
                lang,
                &Failure::Damaged {
                    path,
                    reason: String::new(),
                },
            )
        })
        .collect();
    (
        Msg::Drafts(found.into_iter().map(|d| (d.key, d.body)).collect()),
        bad,
    )
}

/// The draft that an effect saves; none for other effects.
pub fn draft_of(effect: Effect, n: u64) -> Option<Draft> {
    match effect {
        Effect::SaveDraft { key, body } => Some(Draft { key, n, body }),
        Effect::SaveCall { key, draft } => Some(Draft {
            key,
            n,
            body: serde_json::to_value(draft).unwrap_or_default(),
        }),
        _ => None,
    }
}

fn write(
    home: &Path,
    tasks: &Receiver<Task>,
    next: &Sender<Step>,
    messages: &UnboundedSender<Msg>,
) {
    let mut n = drafts::highest(home);
    let mut refused = BTreeSet::new();
    while let Ok(task) = tasks.recv() {
        let effect = match task {
            Task::Flush(done) => {
                let _ = next.send(Step::Flush(done));
                continue;
            }
            Task::RemoveEdited(file) => {
                if refused.is_empty() {
                    let _ = next.send(Step::RemoveEdited(file));
                }
                continue;
            }
            Task::Draft(Effect::DiscardDraft { key }) => {
                refused.remove(&key);
                let _ = next.send(Step::Discard(key, n));
                continue;
            }
            Task::Draft(effect) => effect,
        };
        n += 1;
        let Some(draft) = draft_of(effect, n) else {
            continue;
        };
        let written = drafts::write(home, &draft).is_ok();
        let key = draft.key;
        let _ = messages.send(if written {
            Msg::DraftWritten { key: key.clone() }
        } else {
            Msg::DraftSaved {
                key: key.clone(),
                failed: true,
            }
        });
        if written {
            refused.remove(&key);
            let _ = next.send(Step::Sync(key, n));
        } else {
            refused.insert(key);
        }
    }
}

/// Takes all steps that wait at once: when a key was written five times meanwhile, only the last is synced.
fn sync(home: &Path, steps: &Receiver<Step>, messages: &UnboundedSender<Msg>) {
    let mut unsynced = BTreeSet::new();
    while let Ok(first) = steps.recv() {
        let mut of_key: BTreeMap<String, (Option<u64>, Option<u64>)> = BTreeMap::new();
        let (mut edited, mut flushes) = (Vec::new(), Vec::new());
        for step in std::iter::once(first).chain(std::iter::from_fn(|| steps.try_recv().ok())) {
            match step {
                Step::Sync(key, n) => of_key.entry(key).or_default().1 = Some(n),
                Step::Discard(key, n) => *of_key.entry(key).or_default() = (Some(n), None),
                Step::RemoveEdited(file) => edited.push(file),
                Step::Flush(done) => flushes.push(done),
            }
        }
        for (key, (discard, sync)) in of_key {
            unsynced.remove(&key);
            if let Some(Err(failure)) = discard.map(|n| drafts::discard(home, &key, n)) {
                let _ = messages.send(Msg::Failed(failure));
            }
            if let Some(synced) = sync.map(|n| drafts::sync(home, &key, n)) {
                if synced.is_err() {
                    unsynced.insert(key.clone());
                }
                // On a failure the desk shows it and tries again.
                let _ = messages.send(Msg::DraftSaved {
                    key,
                    failed: synced.is_err(),
                });
            }
        }
        if unsynced.is_empty() {
            edited.iter().for_each(|file| handed::remove(file));
        }
        for done in flushes {
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discarding_keeps_a_later_draft() {
        let home = tempfile::tempdir().expect("a folder");
        let (messages, mut received) = tokio::sync::mpsc::unbounded_channel();
        let writer = DraftWriter::start(home.path().to_owned(), messages).expect("threads");
        let save = |text: &str| Effect::SaveDraft {
            key: "k".into(),
            body: serde_json::json!(text),
        };
        for text in ["a", "ab", "abc"] {
            writer.send(save(text));
        }
        writer.send(Effect::DiscardDraft { key: "k".into() });
        writer.send(save("next"));
        writer.finish();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(
            (
                found.iter().map(|d| d.body.as_str()).collect::<Vec<_>>(),
                bad
            ),
            (vec![Some("next")], Vec::new())
        );
        let messages: Vec<Msg> = std::iter::from_fn(|| received.try_recv().ok()).collect();
        assert_eq!(
            messages
                .iter()
                .filter(|m| matches!(m, Msg::DraftWritten { .. }))
                .count(),
            4,
            "each is answered"
        );
        assert!(messages.contains(&Msg::DraftSaved {
            key: "k".into(),
            failed: false
        }));
        assert_eq!(
            std::fs::read_dir(home.path().join("drafts"))
                .expect("a folder")
                .count(),
            1
        );
    }
}
