//! Actions: adding, changing and finishing them, and recording whether the customer was informed.

use chrono::NaiveDate;

use super::{By, Refusal, Subject};
use crate::domain::action::{Action, Priority, Side, Status};
use crate::domain::change::{ActionStep, Change, Label, Operation};
use crate::domain::contact::Contact;
use crate::domain::ids::AccountId;
use crate::domain::text::{clean_line, visible};
use crate::domain::when::Now;
use crate::services::{capture, dates};
use crate::words;

/// The result of adding actions.
pub struct Added {
    pub operation: Operation,
    pub actions: Vec<Action>,
    /// `^` words that could not be read as dates. They stay in the text.
    pub unread: Vec<String>,
}

/// Adds one or more actions from a typed line. The first `!` is optional.
///
/// # Errors
/// If no action is named.
pub fn add(of: Subject, line: &str, contacts: &[Contact], by: &mut By) -> Result<Added, Refusal> {
    let context = capture::Context {
        contacts,
        ours: by.ours(of),
        now: by.now,
    };
    Refusal::of_long_text("what", line)?;
    let (items, unread) = capture::action_line(line, context);
    let actions: Vec<Action> = items.iter().map(|i| of_item(of.id, i, by)).collect();
    let Some(first) = actions.first() else {
        return Err(Refusal::new("what", words::actions::action_empty));
    };
    let label = label(first, ActionStep::Added);
    let changes = actions.iter().cloned().map(Change::create).collect();
    Ok(Added {
        operation: by.operation(label, changes),
        actions,
        unread,
    })
}

/// Creates an action from a parsed item.
pub fn of_item(account: &AccountId, item: &capture::Item, by: &mut By) -> Action {
    Action {
        id: by.id(),
        account: account.clone(),
        what: item.what.clone(),
        side: item.side,
        owner: item.owner.clone(),
        due: item.due,
        status: Status::Open,
        priority: Priority::Normal,
        promised: item.promised,
        informed_on: None,
        proof: String::new(),
        inside: item.inside,
        source: None,
        created: by.now.at,
        history: Vec::new(),
    }
}

/// Changes an action; `None` if nothing changes.
pub fn change(before: &Action, after: Action, by: &mut By) -> Option<Operation> {
    if *before == after {
        return None;
    }
    let label = if before.status != after.status {
        Label::ActionStatus {
            what: after.what.clone(),
            status: after.status,
        }
    } else {
        label(&after, step(before, &after))
    };
    Some(by.operation(label, vec![Change::update(before.clone(), after)]))
}

/// What a change does beside the status: a mark of the customer being informed is named where nothing
/// else changes with it.
fn step(before: &Action, after: &Action) -> ActionStep {
    let informed = Action {
        informed_on: after.informed_on,
        ..before.clone()
    };
    match (informed == *after, before.informed_on, after.informed_on) {
        (true, None, Some(_)) => ActionStep::Informed,
        (true, Some(_), None) => ActionStep::InformedCleared,
        _ => ActionStep::Edited,
    }
}

/// Sets the status; `None` if it is unchanged.
pub fn set_status(action: &Action, to: Status, by: &mut By) -> Option<Operation> {
    change(action, action.with_status(to, by.now.at), by)
}

/// Sets the due date from text; an empty text removes it.
///
/// # Errors
/// If the text is not a date.
pub fn set_due(action: &Action, text: &str, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let due = date("due", text.trim(), by.now, dates::read)?;
    Ok(change(action, action.with_due(due, by.now.at), by))
}

/// Records that the customer was informed today.
///
/// # Errors
/// If they were informed before: the first day is kept until it is cleared.
pub fn inform(action: &Action, by: &mut By) -> Result<Operation, Refusal> {
    if let Some(day) = action.informed_on {
        return Err(Refusal::new("told", |lang| {
            words::actions::informed_before(lang, day)
        }));
    }
    let after = Action {
        informed_on: Some(by.today()),
        ..action.clone()
    };
    let label = label(&after, ActionStep::Informed);
    Ok(by.operation(label, vec![Change::update(action.clone(), after)]))
}

/// Takes back that the customer was informed.
///
/// # Errors
/// If they are not recorded as informed.
pub fn clear_informed(action: &Action, by: &mut By) -> Result<Operation, Refusal> {
    if action.informed_on.is_none() {
        return Err(Refusal::new("told", words::actions::not_informed));
    }
    let after = Action {
        informed_on: None,
        ..action.clone()
    };
    let label = label(&after, ActionStep::InformedCleared);
    Ok(by.operation(label, vec![Change::update(action.clone(), after)]))
}

fn label(action: &Action, step: ActionStep) -> Label {
    Label::Action {
        what: action.what.clone(),
        step: Some(step),
    }
}

/// The values of an action form, with dates as typed.
#[derive(Debug, Clone)]
pub struct Edit {
    pub what: String,
    pub side: Side,
    pub owner: String,
    pub due: String,
    pub status: Status,
    pub priority: Priority,
    pub promised: bool,
    pub proof: String,
    pub informed: String,
}

/// Sets all fields of an action; `None` if nothing changes.
///
/// # Errors
/// If the text is empty, or a date cannot be read.
pub fn edit(before: &Action, to: Edit, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let to = Edit {
        what: clean_line(&to.what),
        owner: visible(&to.owner),
        proof: clean_line(&to.proof),
        ..to
    };
    Refusal::of_long_text("what", &to.what)?;
    Refusal::of_long_text("proof", &to.proof)?;
    Refusal::of_long_line("owner", &to.owner)?;
    if to.what.is_empty() {
        return Err(Refusal::new("what", words::actions::action_empty));
    }
    let due = date("due", &to.due, by.now, dates::read)?;
    let informed_on = date("told", &to.informed, by.now, dates::read_past)?;
    let moved = before
        .with_due(due, by.now.at)
        .with_status(to.status, by.now.at)
        .with_owner(to.owner, by.now.at);
    let after = Action {
        what: to.what,
        side: to.side,
        priority: to.priority,
        promised: to.promised,
        proof: to.proof,
        informed_on,
        ..moved
    };
    Ok(change(before, after, by))
}

/// Reads a date; `None` for an empty text.
pub(super) fn date(
    field: &'static str,
    text: &str,
    now: Now,
    read: fn(&str, Now) -> Option<NaiveDate>,
) -> Result<Option<NaiveDate>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text, now)
        .map(Some)
        .ok_or_else(|| Refusal::new(field, words::common::not_a_date))
}
