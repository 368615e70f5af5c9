//! Calendars as files: one written that updates those written before, one read for its busy times. It must
//! not know whether the desk or another terminal wants them.

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
use crate::services::calendar::{Busy, Meeting, goes_in, meetings, read, write};
use crate::store::Store;
use crate::store::files::{private_dir, write_atomic};
use crate::words::{self, Lang};

/// The calendar beside the store.
pub const FILE: &str = "kenshin.ics";
/// A calendar longer than this is none.
const LONGEST: u64 = 64 << 20;

/// Which accounts a calendar is about, and whether it has talks that are only planned.
#[derive(Clone, Copy)]
pub struct Extent {
    /// All accounts of the book, not only one's own.
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

    /// Whether a calendar of this extent leaves a known meeting as it is, though it does not name it:
    /// it is of somebody else's account, it is only planned, or it is agreed and still stands.
    pub fn leaves(self, book: &Book, me: &str, known: &Published) -> bool {
        let others = match (self.whose(book, me), book.get(&known.account)) {
            (AccountScope::Of(me), Some(row)) => {
                row.account.owner != me && !row.account.owner.is_empty()
            }
            _ => false,
        };
        let stands = book
            .meetings_of(&known.account)
            .iter()
            .any(|m| m.uid() == known.id.as_str());
        others || stands || (known.planned && !self.planned)
    }
}

/// The meetings of a year that go into a calendar.
///
/// # Errors
/// Where there are more than a calendar takes.
pub fn year(book: &Book, extent: Extent, context: &Context) -> Result<Vec<Meeting>, Failure> {
    /// No calendar takes in more, and nobody has more.
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

/// A calendar to be sent: its meetings, and which known meetings it does not speak of.
pub struct Outgoing<'a> {
    pub meetings: &'a [Meeting],
    /// The account it is about, where it is about one.
    pub only: Option<&'a AccountId>,
    pub leave: &'a dyn Fn(&Published) -> bool,
    /// Where it goes; none where only its text is wanted.
    pub path: Option<&'a Path>,
}

/// A calendar as it was sent.
pub struct Sent {
    pub text: String,
    /// What was recorded; none where calendars are sent nothing new.
    pub operation: Option<Operation>,
    /// The store is read-only after a loss, so what calendars are sent could not be recorded.
    pub unrecorded: bool,
}

/// Writes a calendar, and records first what calendars are sent: a sequence that was used once is never
/// used again, even when the file cannot be written. Of a store that is read-only after a loss the calendar
/// is written all the same.
///
/// # Errors
/// Where the store or the file cannot be written.
pub fn publish(
    store: &mut Store,
    outgoing: &Outgoing,
    by: &mut By,
    lang: Lang,
) -> Result<Sent, Failure> {
    let known: Vec<Published> = match outgoing.only {
        Some(account) => store.list(account)?,
        None => store.every()?,
    };
    let (text, changed) = write(outgoing.meetings, &known, outgoing.leave, by.now, lang);
    let planned = ops::settings::publish(changed, &known, by);
    let unrecorded = planned.is_some() && store.lost().is_some();
    let operation = planned.filter(|_| !unrecorded);
    if let Some(operation) = &operation {
        store.commit(operation)?;
    }
    if let Some(path) = outgoing.path {
        if let Some(dir) = path
            .parent()
            .filter(|d| !d.as_os_str().is_empty() && !d.exists())
        {
            private_dir(dir)?;
        }
        write_atomic(path, text.as_bytes())?;
    }
    Ok(Sent {
        text,
        operation,
        unrecorded,
    })
}

/// Reads a calendar; its name is the file's, unless another is given.
pub fn take(
    path: &Path,
    name: Option<&str>,
    now: Now,
    lang: Lang,
) -> Result<(String, Busy), Failure> {
    let size = std::fs::metadata(path)
        .map_err(|e| Failure::io(path, &e))?
        .len();
    let unread = || Failure::Usage {
        reason: format!(
            "{}: {}",
            path.display(),
            words::importing::file_calendar(lang)
        ),
    };
    if size > LONGEST {
        return Err(unread());
    }
    let bytes = std::fs::read(path).map_err(|e| Failure::io(path, &e))?;
    let text = String::from_utf8_lossy(&bytes);
    let today = now.today();
    let busy = read(
        &text,
        now.zone,
        today - chrono::Duration::days(31),
        today + chrono::Duration::days(400),
    )
    .ok_or_else(unread)?;
    let stem = path
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = crate::domain::text::clean_line(name.unwrap_or(&stem));
    Ok((
        if name.is_empty() {
            "calendar".to_owned()
        } else {
            name
        },
        busy,
    ))
}
