//! User settings, and bookkeeping of the program itself.

use super::{By, Subject};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::settings::aside::Aside;
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::settings::look::{Glance, Look};
use crate::domain::settings::published::Published;

/// Sets an account aside on Today until tomorrow. `held` is the author's previous entry.
pub fn set_aside(of: Subject, held: Option<Aside>, by: &mut By) -> Operation {
    let aside = Aside {
        account: of.id.clone(),
        author: by.name(),
        day: by.today(),
    };
    let label = Label::Aside {
        account: of.name.to_owned(),
    };
    by.operation(label, vec![Change::put(held, aside)])
}

/// Dismisses a warning phrase as a false alarm.
pub fn dismiss(words: &str, line: &str, by: &mut By) -> Operation {
    let dismissal = Dismissal {
        words: words.to_owned(),
        line: line.to_owned(),
        risk: false,
        at: Some(by.now.at),
    };
    by.operation(phrase(words), vec![Change::create(dismissal)])
}

/// Restores a dismissed warning phrase.
pub fn restore(dismissal: Dismissal, by: &mut By) -> Operation {
    let label = phrase(&dismissal.words);
    by.operation(label, vec![Change::remove(dismissal)])
}

fn phrase(words: &str) -> Label {
    Label::Dismissal {
        words: words.to_owned(),
    }
}

/// The previous look, and the operation that records this one; no operation within the same quarter
/// of an hour.
pub fn look(
    of: Subject,
    held: Option<&Look>,
    score: Option<u8>,
    by: &mut By,
) -> (Option<Glance>, Option<Operation>) {
    let now = Glance {
        at: by.now.at,
        score,
    };
    let next = match held {
        None => Look {
            account: of.id.clone(),
            author: by.name(),
            last: now,
            before: None,
        },
        Some(held) => match held.again(now) {
            Some(next) => next,
            None => return (held.before, None),
        },
    };
    let before = next.before;
    let change = Change::put(held.cloned(), next);
    (before, Some(by.operation(Label::Mark, vec![change])))
}

/// Records what was sent to calendars; `None` if nothing new was sent.
pub fn publish(changed: Vec<Published>, known: &[Published], by: &mut By) -> Option<Operation> {
    let before = |p: &Published| known.iter().find(|k| k.id == p.id).cloned();
    let changes: Vec<Change> = changed
        .into_iter()
        .map(|p| Change::put(before(&p), p))
        .collect();
    (!changes.is_empty()).then(|| by.operation(Label::Mark, changes))
}
