//! Calendar files: writing one that updates those sent before, and reading one for its busy times.
//! This file must not know whether the desk or another terminal asks.

use std::path::Path;

use super::context::Context;
use super::plan_basis::YEAR;
use crate::domain::book::Book;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::{AccountScope, Desk};
use crate::domain::change::Operation;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::settings::published::Published;
use crate::domain::when::Now;
use crate::ops::{self, By};
use crate::services::calendar::{Busy, Meeting, Owner, goes_in, meetings, read, write};
use crate::store::Store;
use crate::store::files::write_atomic;
use crate::store::inputs;
use crate::store::outputs::{self, Sort};
use crate::words::{self, Lang};

/// The calendar beside the store.
pub const FILE: &str = "kenshin.ics";
/// Larger files are not read as calendars.
const LONGEST: u64 = 64 << 20;

/// The accounts of a calendar, and whether it includes planned talks.
#[derive(Clone, Copy)]
pub struct Extent {
    /// All accounts of the portfolio, not only the user's own.
    pub all: bool,
    pub planned: bool,
}

impl Extent {
    fn whose<'a>(self, book: &Book, me: &'a str) -> AccountScope<'a> {
        if self.all {
            AccountScope::All
        } else {
            AccountScope::mine(book, me)
        }
    }

    /// Whether a calendar of this extent leaves out a published meeting without cancelling it: the
    /// meeting belongs to another owner's account, is only planned, or is still agreed.
    pub fn leaves(self, book: &Book, me: &str, known: &Published) -> bool {
        let others = match (self.whose(book, me), book.get(&known.account)) {
            (AccountScope::Of(me), Some(row)) => {
                row.account.owner != me && !row.account.owner.is_empty()
            }
            _ => false,
        };
        let still_agreed = book
            .meetings_of(&known.account)
            .iter()
            .any(|m| m.uid() == known.id.as_str());
        others || still_agreed || (known.planned && !self.planned)
    }
}

/// The meetings of a year that go into a calendar.
///
/// # Errors
/// If there are more than a calendar may hold.
pub fn year(book: &Book, extent: Extent, context: &Context) -> Result<Vec<Meeting>, Failure> {
    /// A larger number is a mistake: calendars refuse it, and nobody has so many meetings.
    const MOST: usize = 10_000;
    let today = context.now.today();
    let calendars = Calendars::new(
        &context.config.cadence,
        book.held.absences.values(),
        today,
        context.now.zone,
    );
    let desk = Desk {
        policy: &context.config.cadence,
        calendars: &calendars,
        now: context.now,
    };
    let entries = desk.some(
        book,
        extent.whose(book, &context.author.name),
        today + chrono::Duration::days(YEAR),
        &|p| goes_in(p, extent.planned),
        MOST,
    );
    let entries = entries.ok_or_else(|| Failure::Usage {
        reason: words::cadence::too_many(context.lang, MOST),
    })?;
    Ok(meetings(
        book,
        &entries,
        (&context.config.cadence, &context.config.templates),
        context.lang,
        context.now,
    ))
}

/// A calendar to write: its meetings, and the published meetings that it leaves unchanged.
pub struct Outgoing<'a> {
    pub meetings: &'a [Meeting],
    /// The account, if it is the calendar of one.
    pub only: Option<&'a AccountId>,
    pub leave: &'a dyn Fn(&Published) -> bool,
    /// The file to write; `None` to return only the text.
    pub path: Option<&'a Path>,
    /// Replaces a file there that is none of ours.
    pub force: bool,
}

/// A calendar as it was sent.
pub struct Sent {
    pub text: String,
    /// The operation that records it; none when calendars have these versions already.
    pub operation: Option<Operation>,
    /// The store is read-only after a loss, so the sent meetings could not be recorded.
    pub unrecorded: bool,
}

/// Records the sent meetings, then writes the calendar. In this order a sequence number is never
/// used twice, even if the file cannot be written. From a store that is read-only after a loss, the
/// calendar is written without a record.
///
/// # Errors
/// Where the store or the file cannot be written.
pub fn publish(
    store: &mut Store,
    outgoing: &Outgoing,
    by: &mut By,
    lang: Lang,
) -> Result<Sent, Failure> {
    let mut known: Vec<Published> = store.every()?;
    if let Some(account) = outgoing.only {
        // A meeting of an account that was merged was sent as one of the other.
        let now = |p: &Published| {
            outgoing
                .meetings
                .iter()
                .any(|m| m.uid.as_deref() == Some(p.id.as_str()))
        };
        known.retain(|p| p.account == *account || now(p));
    }
    // Before anything is recorded as sent.
    if let Some(path) = outgoing.path {
        outputs::prepare(path, store.home(), Sort::Calendar, outgoing.force)?;
    }
    let (text, changed) = write(outgoing.meetings, &known, outgoing.leave, by.now, lang);
    let planned = ops::settings::publish(changed, &known, by);
    let unrecorded = planned.is_some() && store.lost().is_some();
    let operation = planned.filter(|_| !unrecorded);
    if let Some(operation) = &operation {
        store.commit(operation)?;
    }
    if let Some(path) = outgoing.path {
        write_atomic(path, text.as_bytes())?;
    }
    Ok(Sent {
        text,
        operation,
        unrecorded,
    })
}

/// Reads a calendar. Its name is the file's, unless another is given. What one of `mails` declined
/// takes no time.
///
/// # Errors
/// If the file cannot be read, is too large or is no calendar.
pub fn take(
    path: &Path,
    name: Option<&str>,
    mails: &[String],
    now: Now,
    lang: Lang,
) -> Result<(String, Busy), Failure> {
    let unread = || Failure::Usage {
        reason: format!(
            "{}: {}",
            path.display(),
            words::importing::file_calendar(lang)
        ),
    };
    let bytes = inputs::read(path, LONGEST)?.ok_or_else(unread)?;
    let today = now.today();
    let owner = Owner {
        zone: now.zone,
        mails,
    };
    let busy = read(
        &bytes,
        owner,
        today - chrono::Duration::days(31),
        today + chrono::Duration::days(400),
    )
    .ok_or_else(unread)?;
    let stem = path
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = crate::domain::text::visible(name.unwrap_or(&stem));
    Ok((
        if name.is_empty() {
            "calendar".to_owned()
        } else {
            name
        },
        busy,
    ))
}
