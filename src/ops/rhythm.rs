//! The own cadence of one account.

use super::{By, Refusal, accounts};
use crate::domain::account::Account;
use crate::domain::cadence::rhythm::{Deviation, Pause, Rhythm};
use crate::domain::cadence::{Every, Kind};
use crate::domain::change::Operation;
use crate::domain::text::{clean_line, shown_line};
use crate::services::{dates, recurrence};
use crate::words;

/// The kinds that may have their own interval, each with its field key.
pub const KINDS: [(Kind, &str); 7] = [
    (Kind::Checkin, "every-check-in"),
    (Kind::Review, "every-review"),
    (Kind::Report, "every-report"),
    (Kind::Email, "every-email"),
    (Kind::Webinar, "every-webinar"),
    (Kind::Training, "every-training"),
    (Kind::Executive, "every-executive"),
];

/// The values of a cadence form, as typed. Empty values follow the policy.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub agreed: String,
    /// An interval for each of [`KINDS`]; `none` stops the kind.
    pub every: [String; 7],
    pub reason: String,
    pub pause: String,
    pub pause_reason: String,
    pub blackouts: String,
    pub zone: String,
    pub hours: String,
    pub place: String,
}

/// Sets an account's own cadence; `None` if nothing changes.
///
/// # Errors
/// If a value cannot be read.
pub fn set(before: &Account, edit: &Edit, by: &mut By) -> Result<Option<Operation>, Refusal> {
    let today = by.today();
    let mut own: Rhythm = before.cadence.as_deref().cloned().unwrap_or_default();
    if edit.agreed.is_empty() {
        own.agreed = None;
    } else {
        let read = recurrence::read(&edit.agreed, today)
            .ok_or_else(|| Refusal::new("agreed", words::cadence::no_recurrence))?;
        // An unchanged recurrence keeps the day from which it counts.
        own.agreed = own
            .agreed
            .filter(|o| (o.on, o.every, o.time) == (read.on, read.every, read.time))
            .or(Some(read));
    }
    intervals(&mut own, edit, by)?;
    own.paused = match edit.pause.as_str() {
        "" => None,
        typed => {
            let until = dates::read(typed, by.now)
                .filter(|d| *d >= today)
                .ok_or_else(|| Refusal::new("pause", words::common::not_a_date))?;
            Some(Pause {
                from: own.paused.as_ref().map_or(today, |p| p.from),
                until,
                reason: clean_line(&edit.pause_reason),
            })
        }
    };
    own.blackouts = recurrence::spans(&edit.blackouts, by.now)
        .ok_or_else(|| Refusal::new("blackouts", words::cadence::no_span))?;
    if !edit.zone.is_empty() && edit.zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Refusal::new("zone", words::cadence::no_zone));
    }
    own.zone.clone_from(&edit.zone);
    own.hours = match edit.hours.as_str() {
        "" => None,
        typed => Some(
            recurrence::hours(typed)
                .ok_or_else(|| Refusal::new("hours", words::cadence::no_hours))?,
        ),
    };
    own.place = shown_line(&edit.place);
    Ok(change(before, own, by))
}

/// An unchanged interval keeps its author and date.
fn intervals(own: &mut Rhythm, edit: &Edit, by: &By) -> Result<(), Refusal> {
    let reason = clean_line(&edit.reason);
    for ((kind, field), typed) in KINDS.into_iter().zip(&edit.every) {
        let every = match typed.to_lowercase().as_str() {
            "" => {
                own.every.remove(&kind);
                continue;
            }
            "none" | "なし" => None,
            other => {
                let read = Every::parse(other);
                Some(read.ok_or_else(|| Refusal::new(field, words::cadence::no_interval))?)
            }
        };
        match own.every.get_mut(&kind) {
            Some(held) if held.every == every => held.reason.clone_from(&reason),
            _ => {
                let deviation = Deviation {
                    every,
                    reason: reason.clone(),
                    set: by.today(),
                    by: by.name(),
                };
                own.every.insert(kind, deviation);
            }
        }
    }
    Ok(())
}

/// The account with this cadence; `None` if it is unchanged.
pub(super) fn change(before: &Account, own: Rhythm, by: &mut By) -> Option<Operation> {
    let after = Account {
        cadence: (!own.is_empty()).then(|| Box::new(own)),
        ..before.clone()
    };
    accounts::change(before, after, words::log::CADENCE, by)
}
