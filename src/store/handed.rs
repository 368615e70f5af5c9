//! Texts in the hands of the user's editor: a file for each, and beside it what it was and which draft it
//! belongs to. A file is removed only after its text is in a draft on disk; one that a crash left becomes a draft.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::drafts::{self, Draft};
use super::files::{private_dir, write_atomic};
use crate::domain::failure::Failure;

/// A text for the editor, and the draft that takes what the editor saves if nobody waits for it any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Handed {
    pub key: String,
    /// The draft without a change; its `text` is replaced.
    pub body: Value,
    pub text: String,
}

/// A text that an editor saved while no desk waited for it.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// It is in this draft now.
    Draft { key: String, body: Value },
    /// It could not be made a draft and stays in its file.
    File(PathBuf),
}

fn dir(home: &Path) -> PathBuf {
    home.join("drafts").join("editor")
}

/// What the file was when it was handed out.
fn beside(file: &Path) -> PathBuf {
    file.with_extension("json")
}

/// A name that a person knows again, and the same for the same draft: an editor offers what it saved itself.
fn name_of(key: &str) -> String {
    let readable = key.chars().take(40);
    let readable: String = readable
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    format!("{readable}-{:08x}", crc32fast::hash(key.as_bytes()))
}

/// Writes a text for the editor. Returns its file.
///
/// # Errors
/// If it cannot be written.
pub fn hand_out(home: &Path, handed: &Handed) -> Result<PathBuf, Failure> {
    let dir = dir(home);
    private_dir(&dir)?;
    let name = name_of(&handed.key);
    // What an editor saved too late waits for the next start, and is not replaced.
    let free = (1..).map(|n| match n {
        1 => dir.join(format!("{name}.md")),
        n => dir.join(format!("{name}-{n}.md")),
    });
    let file = free.into_iter().find(|file| !file.exists());
    let file = file.unwrap_or_else(|| dir.join(format!("{name}.md")));
    write_atomic(&beside(&file), &super::codec::json(handed))?;
    write_atomic(&file, handed.text.as_bytes())?;
    Ok(file)
}

/// Removes a file whose text is in a draft.
pub fn remove(file: &Path) {
    if std::fs::remove_file(file).is_ok() || !file.exists() {
        let _ = std::fs::remove_file(beside(file));
    }
}

/// Makes drafts of what editors saved while no desk waited for it: of the note it belonged to, or of
/// `otherwise` where that is not known.
pub fn recover(home: &Path, otherwise: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for file in left(home) {
        let one = into_draft(home, &file, otherwise);
        if !matches!(one, Some(Found::File(_))) {
            remove(&file);
        }
        found.extend(one);
    }
    found
}

/// The files of editors, those of earlier versions too. What editors keep for themselves stays.
fn left(home: &Path) -> Vec<PathBuf> {
    let of = |dir: PathBuf| {
        let entries = std::fs::read_dir(dir).into_iter().flatten();
        entries.filter_map(|e| Some(e.ok()?.path()))
    };
    let is_early = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str());
        name.is_some_and(|n| n.starts_with("editing-"))
    };
    let mut files: Vec<PathBuf> = of(dir(home))
        .chain(of(home.join("drafts")).filter(is_early))
        .filter(|path| path.extension().is_some_and(|e| e == "md") && path.is_file())
        .collect();
    files.sort();
    files
}

/// What a file became; none where nothing was new in it.
fn into_draft(home: &Path, file: &Path, otherwise: &str) -> Option<Found> {
    let stays = Some(Found::File(file.to_owned()));
    let read = std::fs::read(file).ok();
    let Some(text) = read.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return stays;
    };
    let handed: Option<Handed> = std::fs::read(beside(file))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let is_new = |old: &str| text.trim_end() != old.trim_end();
    if !is_new("") || handed.as_ref().is_some_and(|h| !is_new(&h.text)) {
        return None;
    }
    let key = handed.as_ref().map_or(otherwise, |h| &h.key).to_owned();
    let (drafts, _) = drafts::load(home);
    let draft = drafts.into_iter().find(|d| d.key == key);
    let before = draft.as_ref().and_then(|d| d.body["text"].as_str());
    let before = before.unwrap_or_default().to_owned();
    if !is_new(&before) {
        return None;
    }
    let mut body = draft.map_or_else(
        || {
            handed
                .as_ref()
                .map_or_else(|| json!({}), |h| h.body.clone())
        },
        |d| d.body,
    );
    // A draft that is not what the editor began with is kept before it.
    let goes_on = handed.is_some_and(|h| h.text.trim_end() == before.trim_end());
    body["text"] = if goes_on || before.trim().is_empty() {
        text.into()
    } else {
        format!("{}\n{text}", before.trim_end()).into()
    };
    let saved = drafts::save(
        home,
        &Draft {
            key: key.clone(),
            n: drafts::highest(home) + 1,
            body: body.clone(),
        },
    );
    saved.map_or(stays, |()| Some(Found::Draft { key, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(text: &str) -> Handed {
        Handed {
            key: "note/acme/佐藤".into(),
            body: json!({ "account": "acme", "text": text, "talk": null }),
            text: text.into(),
        }
    }

    fn draft_text(home: &Path, key: &str) -> Option<String> {
        let (found, bad) = drafts::load(home);
        assert_eq!(bad, Vec::<String>::new());
        let draft = found.into_iter().find(|d| d.key == key)?;
        draft.body["text"].as_str().map(str::to_owned)
    }

    #[test]
    fn a_text_that_was_left_becomes_the_draft_of_its_note() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let file = hand_out(home, &handed("typed")).expect("a file");
        std::fs::write(&file, "typed and edited\n").expect("the editor saves");
        let found = recover(home, "prose/me");
        assert!(matches!(&found[..], [Found::Draft { key, .. }] if key == "note/acme/佐藤"));
        let text = draft_text(home, "note/acme/佐藤");
        assert_eq!(text.as_deref(), Some("typed and edited\n"));
        assert_eq!(left(home), Vec::<PathBuf>::new());
        assert_eq!(recover(home, "prose/me"), vec![]);
    }

    #[test]
    fn a_draft_that_went_on_is_kept_before_the_text() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let file = hand_out(home, &handed("typed")).expect("a file");
        std::fs::write(&file, "edited").expect("the editor saves");
        let draft = Draft {
            key: "note/acme/佐藤".into(),
            n: 4,
            body: json!({ "text": "something else", "talk": 1 }),
        };
        drafts::save(home, &draft).expect("saves");
        assert_eq!(recover(home, "prose/me").len(), 1);
        let text = draft_text(home, "note/acme/佐藤");
        assert_eq!(text.as_deref(), Some("something else\nedited"));
    }

    #[test]
    fn what_has_no_note_becomes_a_new_one_and_what_is_no_text_stays() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        private_dir(&dir(home)).expect("a folder");
        let early = home.join("drafts/editing-77.md");
        std::fs::write(&early, "of an earlier version").expect("writes");
        let other = dir(home).join("x.md");
        std::fs::write(&other, b"\xff\xfe").expect("writes");
        let swap = dir(home).join(".x.md.swp");
        std::fs::write(&swap, "of vim").expect("writes");
        let found = recover(home, "prose/me");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.contains(&Found::File(other.clone())));
        let text = draft_text(home, "prose/me");
        assert_eq!(text.as_deref(), Some("of an earlier version"));
        assert!(!early.exists() && other.exists() && swap.exists());
    }

    #[test]
    fn an_unchanged_text_leaves_nothing_and_a_late_one_is_not_replaced() {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let first = hand_out(home, &handed("typed")).expect("a file");
        let second = hand_out(home, &handed("typed")).expect("another file");
        assert_ne!(first, second);
        assert_eq!(recover(home, "prose/me"), vec![]);
        assert!(!first.exists() && !beside(&second).exists());
        assert_eq!(draft_text(home, "note/acme/佐藤"), None);
    }
}
