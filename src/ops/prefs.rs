//! Contact preferences of a customer, or of one of its contacts.

use super::{By, Refusal, accounts, contacts};
use crate::domain::account::Account;
use crate::domain::change::Operation;
use crate::domain::contact::{Channel, Contact};
use crate::domain::prefs::{Frequency, Message, Prefs, Quiet};
use crate::domain::text::nfkc;
use crate::services::recurrence;
use crate::words;

/// Most messages per month; a larger number is taken for a mistake.
const MOST: u32 = 1_000;

/// The values of a preference form.
#[derive(Debug, Clone)]
pub struct Edit {
    pub channel: Option<Channel>,
    /// Kinds of message with their own frequency.
    pub frequency: Vec<(Message, Frequency)>,
    /// `18:00-9:00`, or empty.
    pub quiet: String,
    /// Most messages in thirty days, or empty.
    pub cap: String,
}

impl Edit {
    fn read(self) -> Result<Prefs, Refusal> {
        let mut prefs = Prefs {
            channel: self.channel,
            ..Prefs::default()
        };
        for (message, frequency) in self.frequency {
            if frequency == Frequency::Never {
                prefs.opted_out.insert(message);
            } else {
                prefs.frequency.insert(message, frequency);
            }
        }
        if !self.quiet.is_empty() {
            let (from, to) = recurrence::hours(&self.quiet)
                .ok_or_else(|| Refusal::new("quiet", words::cadence::no_hours))?;
            prefs.quiet = Some(Quiet { from, to });
        }
        if !self.cap.is_empty() {
            let cap = nfkc(&self.cap).parse().ok().filter(|n| *n <= MOST);
            let cap = cap.ok_or_else(|| Refusal::new("cap", words::problems::wrong_number))?;
            prefs.cap = Some(cap);
        }
        Ok(prefs)
    }
}

/// Sets the preferences of an account; `None` if nothing changes.
///
/// # Errors
/// If the hours or the number cannot be read.
pub fn of_account(before: &Account, edit: Edit, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let after = Account {
        prefs: edit.read()?,
        ..before.clone()
    };
    Ok(accounts::change(before, after, words::log::PREFS, by))
}

/// Sets the preferences of one contact; `None` if nothing changes.
///
/// # Errors
/// If the hours or the number cannot be read.
pub fn of_contact(before: &Contact, edit: Edit, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let prefs = edit.read()?;
    let after = Contact {
        channel: prefs.channel.or(before.channel),
        prefs,
        ..before.clone()
    };
    Ok(contacts::change(Some(before), after, by))
}
