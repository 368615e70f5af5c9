//! The contacts of an account.

use super::{By, Refusal, actions};
use crate::domain::change::{Change, Label, Operation};
use crate::domain::contact::{Channel, Contact, Role, Status};
use crate::domain::ids::AccountId;
use crate::domain::text::visible;
use crate::services::dates;
use crate::words;

/// The values of a contact form.
#[derive(Debug, Clone)]
pub struct Edit {
    pub name: String,
    pub reading: String,
    pub title: String,
    pub email: String,
    pub phone: String,
    pub role: Option<Role>,
    pub channel: Option<Channel>,
    pub status: Status,
    /// The day since which the status holds, as typed.
    pub since: String,
}

/// Creates a contact (`before` is `None`) or changes one; `None` if nothing changes. A change of
/// status is dated today unless a day is typed.
///
/// # Errors
/// If the name is empty, a field is too long, or the day cannot be read.
pub fn edit(
    before: Option<&Contact>,
    account: &AccountId,
    to: Edit,
    by: &mut By,
) -> Result<Option<Operation>, Refusal> {
    let to = Edit {
        name: visible(&to.name),
        reading: visible(&to.reading),
        title: visible(&to.title),
        email: visible(&to.email),
        phone: visible(&to.phone),
        ..to
    };
    let lines = [
        ("name", &to.name),
        ("reading", &to.reading),
        ("title", &to.title),
        ("email", &to.email),
        ("phone", &to.phone),
    ];
    for (field, text) in lines {
        Refusal::of_long_line(field, text)?;
    }
    if to.name.is_empty() {
        return Err(Refusal::new("name", words::common::name_empty));
    }
    let since = actions::date("since", &to.since, by.now, dates::read_past)?;
    let blank = match before {
        Some(contact) => contact.clone(),
        None => Contact::new(by.id(), account.clone(), ""),
    };
    let changed = before.is_some_and(|b| b.status != to.status);
    let restated = before.is_none_or(|b| b.since != since);
    let after = Contact {
        name: to.name,
        reading: to.reading,
        title: to.title,
        email: to.email,
        phone: to.phone,
        role: to.role,
        channel: to.channel,
        status: to.status,
        since: if changed && !(restated && since.is_some()) {
            Some(by.today())
        } else {
            since
        },
        ..blank
    };
    Ok(change(before, after, by))
}

/// Changes a contact; `None` if nothing changes.
pub(super) fn change(before: Option<&Contact>, after: Contact, by: &mut By) -> Option<Operation> {
    if before == Some(&after) {
        return None;
    }
    let label = Label::Contact {
        name: after.name.clone(),
    };
    Some(by.operation(label, vec![Change::put(before.cloned(), after)]))
}
