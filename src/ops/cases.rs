//! The rescue of an account: opened, a step taken, ended; each as one undoable step.

use super::{By, Refusal};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::risk::Lane;
use crate::domain::risk::case::{Case, Done, Ended, Ending, Step};
use crate::words;

/// Opens a case. `open` is the one that goes on, where there is one.
///
/// # Errors
/// If one goes on, or the reason is too long.
pub fn open(
    account: &Account,
    open: Option<&Case>,
    (lane, since): (Option<Lane>, Option<chrono::NaiveDate>),
    why: &str,
    by: &mut By,
) -> Result<Operation, Refusal> {
    Refusal::of_long_text("", why)?;
    if open.is_some() {
        return Err(Refusal::new("", words::cases::goes_on));
    }
    let case = Case {
        id: by.id(),
        account: account.id.clone(),
        opened: by.now.at,
        by: by.name(),
        why: why.trim().to_owned(),
        lane,
        since,
        done: Vec::new(),
        ended: None,
    };
    Ok(by.operation(label(account), vec![Change::create(case)]))
}

/// Takes a step of a case.
///
/// # Errors
/// If it is taken already.
pub fn take(account: &Account, case: &Case, step: Step, by: &mut By) -> Result<Operation, Refusal> {
    if let Some(done) = case.done(step) {
        let at = by
            .now
            .zone
            .local(done.at)
            .format("%Y-%m-%d %H:%M")
            .to_string();
        return Err(Refusal::new("", |lang| words::cases::taken(lang, &at)));
    }
    let before = case.stored();
    let mut after = before.clone();
    after.done.push(Done {
        step,
        at: by.now.at,
        by: by.name(),
        logged: false,
    });
    let change = Change::update(before, after);
    Ok(by.operation(label(account), vec![change]))
}

/// Ends a case.
///
/// # Errors
/// If the words are too long.
pub fn end(
    account: &Account,
    case: &Case,
    how: Ending,
    words: &str,
    by: &mut By,
) -> Result<Operation, Refusal> {
    Refusal::of_long_text("words", words)?;
    let ended = Some(Ended {
        how,
        at: by.now.at,
        by: by.name(),
        words: words.trim().to_owned(),
    });
    let before = case.stored();
    let after = Case {
        ended,
        ..before.clone()
    };
    let change = Change::update(before, after);
    Ok(by.operation(label(account), vec![change]))
}

fn label(account: &Account) -> Label {
    Label::Case {
        account: account.name.clone(),
    }
}
