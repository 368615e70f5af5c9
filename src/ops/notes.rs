//! Notes, unplanned talks, and the log of a customer's business context.

use chrono::{DateTime, NaiveDate, Utc};

use super::{By, Refusal, Subject, actions};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::contact::Contact;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::RecordId;
use crate::domain::note::{Context, Kind, Note, Topic, is_private};
use crate::domain::text::{clean, clean_line};
use crate::services::capture::{self, Captured};
use crate::services::dates;
use crate::words;

/// A written note, and what was parsed from its text.
pub struct Written {
    pub operation: Operation,
    pub captured: Captured,
}

/// Writes a note, with the actions typed in it.
///
/// # Errors
/// If the text is empty or too long.
pub fn note(
    of: Subject,
    text: &str,
    contacts: &[Contact],
    by: &mut By,
) -> Result<Written, Refusal> {
    let id = by.id();
    note_as(of, id, text, contacts, by)
}

/// As [`note`], with an id that it was promised: of a note that waited until the store was free.
///
/// # Errors
/// If the text is empty.
pub fn note_as(
    of: Subject,
    id: RecordId,
    text: &str,
    contacts: &[Contact],
    by: &mut By,
) -> Result<Written, Refusal> {
    Refusal::of_long_text("text", text)?;
    let captured = read(of, text, contacts, by);
    if captured.text.is_empty() {
        return Err(Refusal::new("text", words::compose::note_empty));
    }
    let changes = changes(of, id, Kind::Quick, by.now.at, &captured, by);
    Ok(Written {
        operation: by.operation(label(of), changes),
        captured,
    })
}

/// An unplanned talk: kind, attendees and time. No time means now.
#[derive(Debug, Clone)]
pub struct Talk<'a> {
    pub kind: TouchKind,
    /// Names, separated by commas.
    pub with: &'a str,
    pub at: Option<DateTime<Utc>>,
    pub text: &'a str,
}

/// Records a talk: the touch, the note about it, and the actions typed in the note.
///
/// # Errors
/// If its time is in the future, or a text is too long.
pub fn talk(
    of: Subject,
    talk: &Talk,
    contacts: &[Contact],
    by: &mut By,
) -> Result<Written, Refusal> {
    let at = talk.at.unwrap_or(by.now.at);
    if at > by.now.at {
        return Err(Refusal::new("at", words::compose::not_a_past_time));
    }
    Refusal::of_long_text("text", talk.text)?;
    Refusal::of_long_line("with", talk.with)?;
    let captured = read(of, talk.text, contacts, by);
    let touch = Touch {
        id: by.id(),
        account: of.id.clone(),
        kind: talk.kind,
        at,
        attendance: Attendance::Held,
        summary: summary(talk.with, &captured.text),
        by: by.name(),
        purpose: None,
        moved_by: None,
        sentiment: None,
        oddities: Vec::new(),
    };
    let mut all = vec![Change::create(touch)];
    if !captured.text.is_empty() {
        let kind = match talk.kind {
            TouchKind::Meeting => Kind::Meeting,
            TouchKind::Email => Kind::Email,
            TouchKind::Chat => Kind::Chat,
            _ => Kind::Call,
        };
        let id = by.id();
        all.extend(changes(of, id, kind, at, &captured, by));
    }
    Ok(Written {
        operation: by.operation(label(of), all),
        captured,
    })
}

/// A note that was kept elsewhere: about a call on an earlier day.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Made from what the note says, so that a second import finds it.
    pub id: &'a RecordId,
    pub kind: Kind,
    pub day: NaiveDate,
    pub text: &'a str,
}

/// A note as it was kept elsewhere, at noon of its day. Tags and quotes are read as in any note. A
/// `!` in such a text was not typed for this desk, so it makes no actions.
pub fn kept(of: Subject, kept: Kept, by: &mut By) -> Change {
    let captured = read(of, kept.text, &[], by);
    let noon = kept.day.and_hms_opt(12, 0, 0).unwrap_or_default();
    Change::create(Note {
        id: kept.id.clone(),
        account: of.id.clone(),
        kind: kept.kind,
        // A call of today is not later than now.
        at: by.now.zone.instant(noon).min(by.now.at),
        author: by.name(),
        text: captured.text,
        tags: captured.tags,
        quotes: captured.quotes,
        checkin: None,
        context: None,
    })
}

/// Changes the text of a note; `None` if nothing changes. Actions are not created again: those of
/// the first version are separate records.
///
/// # Errors
/// If the text is too long.
pub fn rewrite(
    of: Subject,
    before: &Note,
    text: &str,
    contacts: &[Contact],
    by: &mut By,
) -> Result<Option<Operation>, Refusal> {
    Refusal::of_long_text("text", text)?;
    let captured = read(of, text, contacts, by);
    let after = Note {
        text: captured.text,
        tags: captured.tags,
        quotes: captured.quotes,
        ..before.clone()
    };
    if after == *before {
        return Ok(None);
    }
    let change = Change::update(before.clone(), after);
    Ok(Some(by.operation(label(of), vec![change])))
}

/// An entry of the business context, as typed.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    pub text: &'a str,
    pub topic: Topic,
    /// The source of the information.
    pub source: &'a str,
    /// The day, as typed; empty for today.
    pub on: &'a str,
}

/// Records an entry of the business context, dated when it happened: now for today, noon for an
/// earlier day.
///
/// # Errors
/// If the text is empty or too long, or the day cannot be read.
pub fn context(of: Subject, happened: Happened, by: &mut By) -> Result<Operation, Refusal> {
    Refusal::of_long_text("text", happened.text)?;
    Refusal::of_long_line("source", happened.source)?;
    let text = clean(happened.text).trim().to_owned();
    if text.is_empty() {
        return Err(Refusal::new("text", words::account::happened_missing));
    }
    let today = by.today();
    let day = match happened.on {
        "" => today,
        on => dates::read_past(on, by.now)
            .ok_or_else(|| Refusal::new("date", words::common::not_a_date))?,
    };
    let at = if day == today {
        by.now.at
    } else {
        let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default();
        by.now.zone.instant(noon)
    };
    let note = Note {
        id: by.id(),
        account: of.id.clone(),
        kind: Kind::Context,
        at,
        author: by.name(),
        text,
        tags: Vec::new(),
        quotes: Vec::new(),
        checkin: None,
        context: Some(Context {
            topic: happened.topic,
            source: clean_line(happened.source),
        }),
    };
    Ok(by.operation(label(of), vec![Change::create(note)]))
}

fn label(of: Subject) -> Label {
    Label::Note {
        account: of.name.to_owned(),
    }
}

fn read(of: Subject, text: &str, contacts: &[Contact], by: &By) -> Captured {
    let context = capture::Context {
        contacts,
        ours: by.ours(of),
        now: by.now,
    };
    capture::read(text, context)
}

/// A note dated `at`, with the actions in its text.
fn changes(
    of: Subject,
    id: RecordId,
    kind: Kind,
    at: DateTime<Utc>,
    captured: &Captured,
    by: &mut By,
) -> Vec<Change> {
    let note = Note {
        id: id.clone(),
        account: of.id.clone(),
        kind,
        at,
        author: by.name(),
        text: captured.text.clone(),
        tags: captured.tags.clone(),
        quotes: captured.quotes.clone(),
        checkin: None,
        context: None,
    };
    let mut changes = vec![Change::create(note)];
    changes.extend(captured.actions.iter().map(|item| {
        let mut action = actions::of_item(of.id, item, by);
        action.source = Some(id.clone());
        Change::create(action)
    }));
    changes
}

/// The names, and the first line that is not private.
fn summary(with: &str, text: &str) -> String {
    let people = with
        .split([',', '、'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let line = text
        .lines()
        .filter(|l| !is_private(l))
        .map(str::trim)
        .find(|l| !l.is_empty())
        .unwrap_or("");
    [people.as_str(), line]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
