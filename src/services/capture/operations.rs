//! Captured contents as operations: a note, an entry of the context log, a talk, and their actions.

use chrono::{DateTime, Utc};

use super::captured::{Captured, Item};
use crate::domain::action::{self, Action, Priority};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::{AccountId, Mint};
use crate::domain::note::{Context as NoteContext, Kind, Note};
use crate::domain::text::clean;
use crate::domain::when::Now;

/// The author of every operation of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub device: String,
}

/// The operation that stores a note and its actions.
pub fn note(
    account: &AccountId,
    name: &str,
    kind: Kind,
    captured: &Captured,
    author: &Author,
    now: Now,
    mint: &mut Mint,
) -> Operation {
    let changes = note_changes(account, kind, now.at, captured, author, now, mint);
    let label = Label::Note {
        account: name.to_owned(),
    };
    operation(label, changes, author, now, mint)
}

/// A note dated `at`, with the actions it contains.
fn note_changes(
    account: &AccountId,
    kind: Kind,
    at: DateTime<Utc>,
    captured: &Captured,
    author: &Author,
    now: Now,
    mint: &mut Mint,
) -> Vec<Change> {
    let id = mint.next(now.at);
    let note = Note {
        id: id.clone(),
        account: account.clone(),
        kind,
        at,
        author: author.name.clone(),
        text: captured.text.clone(),
        tags: captured.tags.clone(),
        quotes: captured.quotes.clone(),
        checkin: None,
        context: None,
    };
    let mut changes = vec![Change::create(note)];
    changes.extend(captured.actions.iter().map(|item| {
        let mut action = action(account, item, now, mint);
        action.source = Some(id.clone());
        Change::create(action)
    }));
    changes
}

/// The operation that stores an entry of the context log on the day it happened.
#[expect(clippy::too_many_arguments, reason = "each is a part of what happened")]
pub fn context(
    account: &AccountId,
    name: &str,
    context: NoteContext,
    at: DateTime<Utc>,
    text: &str,
    author: &Author,
    now: Now,
    mint: &mut Mint,
) -> Operation {
    let text = clean(text).trim().to_owned();
    let note = Note {
        id: mint.next(now.at),
        account: account.clone(),
        kind: Kind::Context,
        at,
        author: author.name.clone(),
        quotes: Vec::new(),
        tags: Vec::new(),
        text,
        checkin: None,
        context: Some(context),
    };
    operation(
        Label::Note {
            account: name.to_owned(),
        },
        vec![Change::create(note)],
        author,
        now,
        mint,
    )
}

/// The operation that stores a talk: the touch, its notes, and its actions.
#[expect(clippy::too_many_arguments, reason = "each is a part of what happened")]
pub fn talk(
    account: &AccountId,
    name: &str,
    kind: TouchKind,
    with: &str,
    at: DateTime<Utc>,
    captured: &Captured,
    author: &Author,
    now: Now,
    mint: &mut Mint,
) -> Operation {
    let people = with
        .split([',', '、'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let open = captured
        .text
        .lines()
        .filter(|l| !crate::domain::note::is_private(l))
        .map(str::trim)
        .find(|l| !l.is_empty())
        .unwrap_or("");
    let summary = [people.as_str(), open]
        .iter()
        .filter(|p| !p.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ");
    let touch = Touch {
        id: mint.next(now.at),
        account: account.clone(),
        kind,
        at,
        attendance: Attendance::Held,
        summary,
        by: author.name.clone(),
        purpose: None,
        moved_by: None,
        oddities: Vec::new(),
    };
    let note_kind = match kind {
        TouchKind::Meeting => Kind::Meeting,
        TouchKind::Email => Kind::Email,
        TouchKind::Chat => Kind::Chat,
        _ => Kind::Call,
    };
    let mut changes = vec![Change::create(touch)];
    if !captured.text.is_empty() {
        changes.extend(note_changes(
            account, note_kind, at, captured, author, now, mint,
        ));
    }
    operation(
        Label::Note {
            account: name.to_owned(),
        },
        changes,
        author,
        now,
        mint,
    )
}

pub fn action(account: &AccountId, item: &Item, now: Now, mint: &mut Mint) -> Action {
    Action {
        id: mint.next(now.at),
        account: account.clone(),
        what: item.what.clone(),
        side: item.side,
        owner: item.owner.as_str().into(),
        due: item.due,
        status: action::Status::Open,
        priority: Priority::Normal,
        promised: item.promised,
        informed_on: None,
        proof: Default::default(),
        source: None,
        created: now.at,
        history: Default::default(),
    }
}

pub fn operation(
    label: Label,
    changes: Vec<Change>,
    author: &Author,
    now: Now,
    mint: &mut Mint,
) -> Operation {
    Operation {
        id: mint.next(now.at),
        at: now.at,
        actor: author.name.clone(),
        device: author.device.clone(),
        label,
        group: None,
        changes,
        usage: Vec::new(),
    }
}
