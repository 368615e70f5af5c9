//! The draft writer: what the user types goes to disk beside the store, which may be busy. One thread writes
//! each draft at once, so that a killed program loses nothing; another waits for the disk to sync.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::mpsc::UnboundedSender;

use crate::app::msg::{Effect, Msg};
use crate::domain::failure::Failure;
use crate::store::drafts::{self, Draft};
use crate::words::{self, Lang};

/// What to do with the drafts of a key, up to a number.
#[derive(Debug, Clone, Copy)]
enum Step {
    Sync(u64),
    Discard(u64),
}

/// Two threads and the way to them.
pub struct DraftWriter {
    todo: Sender<Effect>,
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
        let _ = self.todo.send(effect);
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
    effects: &Receiver<Effect>,
    next: &Sender<(String, Step)>,
    messages: &UnboundedSender<Msg>,
) {
    let mut n = drafts::highest(home);
    while let Ok(effect) = effects.recv() {
        if let Effect::DiscardDraft { key } = effect {
            let _ = next.send((key, Step::Discard(n)));
            continue;
        }
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
            let _ = next.send((key, Step::Sync(n)));
        }
    }
}

/// Takes all steps that wait at once: when a key was written five times meanwhile, only the last is synced.
fn sync(home: &Path, steps: &Receiver<(String, Step)>, messages: &UnboundedSender<Msg>) {
    while let Ok((key, step)) = steps.recv() {
        let mut of_key: BTreeMap<String, (Option<u64>, Option<u64>)> = BTreeMap::new();
        for (key, step) in
            std::iter::once((key, step)).chain(std::iter::from_fn(|| steps.try_recv().ok()))
        {
            let (discard, sync) = of_key.entry(key).or_default();
            match step {
                Step::Sync(n) => *sync = Some(n),
                Step::Discard(n) => (*discard, *sync) = (Some(n), None),
            }
        }
        for (key, (discard, sync)) in of_key {
            if let Some(Err(failure)) = discard.map(|n| drafts::discard(home, &key, n)) {
                let _ = messages.send(Msg::Failed(failure));
            }
            if let Some(synced) = sync.map(|n| drafts::sync(home, &key, n)) {
                // On a failure the desk shows it and tries again.
                let _ = messages.send(Msg::DraftSaved {
                    key,
                    failed: synced.is_err(),
                });
            }
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
