//! The pen: what is being typed goes to disk beside the store, which may be busy. One thread writes,
//! so that a killed desk loses nothing; another one waits for the disk to be certain of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::mpsc::UnboundedSender;

use crate::app::msg::{Effect, Msg};
use crate::domain::failure::Failure;
use crate::store::drafts::{self, Draft};
use crate::words::{self, Lang};

/// What is done with the drafts of one key up to a number.
#[derive(Debug, Clone, Copy)]
enum Step {
    Settle(u64),
    Discard(u64),
}

/// Two threads and the way to them.
pub struct Pen {
    todo: Sender<Effect>,
    writer: JoinHandle<()>,
    settler: JoinHandle<()>,
}

impl Pen {
    pub fn take(home: PathBuf, tell: UnboundedSender<Msg>) -> std::io::Result<Self> {
        let (todo, effects) = channel();
        let (next, steps) = channel();
        let (settle_home, settle_tell) = (home.clone(), tell.clone());
        let writer = std::thread::Builder::new()
            .name("drafts".into())
            .spawn(move || write(&home, &effects, &next, &tell))?;
        let settler = std::thread::Builder::new()
            .name("settle".into())
            .spawn(move || settle(&settle_home, &steps, &settle_tell))?;
        Ok(Self {
            todo,
            writer,
            settler,
        })
    }

    pub fn send(&self, effect: Effect) {
        let _ = self.todo.send(effect);
    }

    /// Waits until everything is on disk.
    pub fn put_down(self) {
        drop(self.todo);
        let _ = self.writer.join();
        let _ = self.settler.join();
    }
}

/// What lies in the drafts for the desk, and in words what could not be read of them.
pub fn kept(home: &Path, t: Lang) -> (Msg, Vec<String>) {
    let (found, bad) = drafts::load(home);
    let bad = bad
        .into_iter()
        .map(|path| {
            words::problems::failure(
                t,
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

/// The draft an effect holds.
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
    tell: &UnboundedSender<Msg>,
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
        let _ = tell.send(if written {
            Msg::DraftWritten { key: key.clone() }
        } else {
            Msg::DraftSaved {
                key: key.clone(),
                failed: true,
            }
        });
        if written {
            let _ = next.send((key, Step::Settle(n)));
        }
    }
}

/// Takes all that waits at once: of a key that was written five times meanwhile, the last is settled.
fn settle(home: &Path, steps: &Receiver<(String, Step)>, tell: &UnboundedSender<Msg>) {
    while let Ok((key, step)) = steps.recv() {
        let mut of_key: BTreeMap<String, (Option<u64>, Option<u64>)> = BTreeMap::new();
        for (key, step) in
            std::iter::once((key, step)).chain(std::iter::from_fn(|| steps.try_recv().ok()))
        {
            let (discard, settle) = of_key.entry(key).or_default();
            match step {
                Step::Settle(n) => *settle = Some(n),
                Step::Discard(n) => (*discard, *settle) = (Some(n), None),
            }
        }
        for (key, (discard, settle)) in of_key {
            if let Some(Err(failure)) = discard.map(|n| drafts::discard(home, &key, n)) {
                let _ = tell.send(Msg::Failed(failure));
            }
            if let Some(settled) = settle.map(|n| drafts::settle(home, &key, n)) {
                // The desk says so when it failed, and tries again.
                let _ = tell.send(Msg::DraftSaved {
                    key,
                    failed: settled.is_err(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_discarded_is_gone_and_what_follows_it_stays() {
        let home = tempfile::tempdir().expect("a folder");
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let pen = Pen::take(home.path().to_owned(), tell).expect("threads");
        let save = |text: &str| Effect::SaveDraft {
            key: "k".into(),
            body: serde_json::json!(text),
        };
        for text in ["a", "ab", "abc"] {
            pen.send(save(text));
        }
        pen.send(Effect::DiscardDraft { key: "k".into() });
        pen.send(save("next"));
        pen.put_down();
        let (found, bad) = drafts::load(home.path());
        assert_eq!(
            (
                found.iter().map(|d| d.body.as_str()).collect::<Vec<_>>(),
                bad
            ),
            (vec![Some("next")], Vec::new())
        );
        let said: Vec<Msg> = std::iter::from_fn(|| told.try_recv().ok()).collect();
        assert_eq!(
            said.iter()
                .filter(|m| matches!(m, Msg::DraftWritten { .. }))
                .count(),
            4,
            "each is answered"
        );
        assert!(said.contains(&Msg::DraftSaved {
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
