//! Single lines of notes: what a search shows of each.

use chrono::{DateTime, Utc};

use super::ids::{AccountId, RecordId};
use super::note::Note;
use super::text::fold;

/// One line of a past note.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteLine {
    pub account: AccountId,
    pub note: RecordId,
    pub at: DateTime<Utc>,
    pub text: String,
}

impl NoteLine {
    fn of(note: &Note, text: &str) -> Self {
        Self {
            account: note.account.clone(),
            note: note.id.clone(),
            at: note.at,
            text: text.to_owned(),
        }
    }
}

/// The lines of a note that say something: no blanks and no headings.
pub fn lines_of(note: &Note) -> impl Iterator<Item = NoteLine> + '_ {
    note.text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| NoteLine::of(note, l.trim_start_matches("- ")))
}

/// The line of a note that holds most of the folded words; its first where none does.
pub fn line_with(note: &Note, words: &[String]) -> NoteLine {
    let held = |l: &NoteLine| {
        let text = fold(&l.text);
        words.iter().filter(|w| text.contains(w.as_str())).count()
    };
    // Of those that hold as many, the first.
    lines_of(note)
        .min_by_key(|l| std::cmp::Reverse(held(l)))
        .unwrap_or_else(|| NoteLine::of(note, note.text.lines().next().unwrap_or_default()))
}
