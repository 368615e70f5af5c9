//! Cadence for another terminal: an account's touches, meetings out to a calendar, a calendar in.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Said, Setting, one};
use super::calendars::{self, Outgoing};
use crate::domain::account::Account;
use crate::domain::book::Book;
use crate::domain::cadence::absence::Absence;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::plan::{Due, Planned};
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk};
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::failure::Failure;
use crate::domain::settings::published::Published;
use crate::domain::standing::Row;
use crate::ops;
use crate::services::calendar::{Meeting, goes_in, meetings};
use crate::store::Store;
use crate::words;

/// Months that are planned, in days.
const YEAR: i64 = 365;

/// What plans are made of, read from the store: whoever has the time makes a book of it.
pub(super) struct Basis {
    rows: Vec<Arc<Row>>,
    meetings: Vec<Touchpoint>,
    away: Vec<Absence>,
}

impl Basis {
    pub fn of(store: &mut Store, setting: &Setting) -> Result<Self, Failure> {
        Ok(Self {
            rows: setting.rows(store)?,
            meetings: store.meetings()?,
            away: store.absences()?,
        })
    }

    /// One account's row need not wait for the others.
    fn of_one(store: &mut Store, setting: &Setting, account: &Account) -> Result<Self, Failure> {
        let (rows, _) = store.rows_of(std::slice::from_ref(&account.id), setting.scoring())?;
        Ok(Self {
            rows: rows.into_iter().map(Arc::new).collect(),
            meetings: store.meetings()?,
            away: store.absences()?,
        })
    }

    pub fn book(self) -> Book {
        let mut book = Book::new(self.rows);
        book.set_meetings(self.meetings);
        book.absences = self.away.into_iter().map(|a| (a.name.clone(), a)).collect();
        book
    }
}

pub(super) fn cadence(store: &mut Store, setting: &Setting, text: &str) -> Result<Said, Failure> {
    let t = setting.lang;
    let today = setting.now.today();
    let found = one(store, setting.held, text)?;
    let book = Basis::of_one(store, setting, &found)?.book();
    let calendars = Calendars::new(
        &setting.config.cadence,
        book.absences.values(),
        today,
        setting.now.zone,
    );
    let desk = Desk {
        policy: &setting.config.cadence,
        calendars: &calendars,
        now: setting.now,
    };
    let row = book.get(&found.id).ok_or_else(|| Failure::NotFound {
        what: found.name.clone(),
    })?;
    let plan = desk.plan(&book, row, today + chrono::Duration::days(YEAR));
    let agreed = found.cadence.as_ref().and_then(|r| r.agreed.as_ref());
    let json: Vec<Value> = plan
        .iter()
        .map(|p| item(&found, p, setting, &words::cadence::rule(t, p, agreed)))
        .collect();
    let silent = row.standing.last_touch.map_or_else(
        || words::cadence::silent_unknown(t).to_owned(),
        |l| words::cadence::silent(t, (today - l).num_days().max(0)),
    );
    let mut lines = vec![format!("{} · {silent}", found.name)];
    for p in &plan {
        let time = p
            .own
            .time
            .map_or_else(String::new, |at| at.format(" %H:%M").to_string());
        let why = match &p.own.blocked {
            Some(block) => format!(
                "{} · {}",
                words::cadence::stopped(t, words::prefs::block(t, block)),
                words::cadence::rule(t, p, agreed)
            ),
            None => [
                words::cadence::due_words(t, p, today),
                Some(words::cadence::rule(t, p, agreed)),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        };
        lines.push(format!("{}{time}  {}  {why}", p.date, p.kind.words(t)));
    }
    if plan.is_empty() {
        lines.push(words::cadence::nothing_planned(t).to_owned());
    }
    Said::told(json!(json), lines.join("\n"))
}

fn item(account: &Account, p: &Planned, setting: &Setting, words: &str) -> Value {
    let t = setting.lang;
    let due = match p.due(setting.now.today()) {
        Due::Ahead => "ahead",
        Due::Due => "due",
        Due::Late => "late",
    };
    json!({
        "account": account.id, "name": account.name, "kind": p.kind, "ideal": p.ideal, "latest": p.latest, "date": p.date,
        "time": p.own.time.map(|at| at.format("%H:%M").to_string()), "rule": words, "by": p.rule, "state": due, "agreed": p.own.agreed,
        "blocked": p.own.blocked, "blocked_why": p.own.blocked.as_ref().map(|b| words::prefs::block(t, b)), "placed": p.placed,
    })
}

/// Which accounts a calendar is about, and whether it has talks that are only planned.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    /// All accounts of the book, not only one's own.
    pub all: bool,
    pub planned: bool,
}

impl Extent {
    fn whose<'a>(self, book: &Book, me: &'a str) -> Whose<'a> {
        if self.all {
            Whose::All
        } else {
            Whose::mine(book, me)
        }
    }

    /// Whether a calendar of this extent leaves a known meeting as it is, though it does not name it:
    /// it is of somebody else's account, it is only planned, or it is agreed and still stands.
    pub fn leaves(self, book: &Book, me: &str, known: &Published) -> bool {
        let others = match (self.whose(book, me), book.get(&known.account)) {
            (Whose::Of(me), Some(row)) => row.account.owner != me && !row.account.owner.is_empty(),
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
pub(super) fn year(
    book: &Book,
    extent: Extent,
    setting: &Setting,
) -> Result<Vec<Meeting>, Failure> {
    /// No calendar takes in more, and nobody has more.
    const MOST: usize = 10_000;
    let today = setting.now.today();
    let calendars = Calendars::new(
        &setting.config.cadence,
        book.absences.values(),
        today,
        setting.now.zone,
    );
    let desk = Desk {
        policy: &setting.config.cadence,
        calendars: &calendars,
        now: setting.now,
    };
    let entries = desk.some(
        book,
        extent.whose(book, &setting.author.name),
        today + chrono::Duration::days(YEAR),
        &|p| goes_in(p, extent.planned),
        MOST,
    );
    let entries = entries.ok_or_else(|| Failure::Usage {
        reason: words::cadence::too_many(setting.lang, MOST),
    })?;
    Ok(meetings(
        book,
        &entries,
        (&setting.config.cadence, &setting.config.templates),
        setting.lang,
        setting.now,
    ))
}

/// Meetings as a calendar, to a file or as text.
pub(super) fn give(
    store: &mut Store,
    setting: &mut Setting,
    account: Option<&str>,
    planned: bool,
    path: Option<&str>,
) -> Result<Said, Failure> {
    let t = setting.lang;
    let only = account.map(|a| one(store, setting.held, a)).transpose()?;
    let basis = match &only {
        Some(only) => Basis::of_one(store, setting, only)?,
        None => Basis::of(store, setting)?,
    };
    let book = basis.book();
    let extent = Extent {
        all: only.is_some(),
        planned,
    };
    let meetings = year(&book, extent, setting)?;
    let outgoing = Outgoing {
        meetings: &meetings,
        only: only.as_ref().map(|a| &a.id),
        leave: &|known| extent.leaves(&book, &setting.author.name, known),
        path: path.map(Path::new),
    };
    let (text, operation) = calendars::publish(
        store,
        &outgoing,
        &mut ops::By {
            author: setting.author,
            now: setting.now,
            mint: setting.mint,
        },
        setting.lang,
    )?;
    let list: Vec<Value> = meetings
        .iter()
        .map(|m| json!({ "account": m.account, "kind": m.kind, "start": m.start, "minutes": m.minutes, "summary": m.summary, "agreed": m.agreed, "day_only": m.day }))
        .collect();
    let words = path.map_or_else(
        || text.trim_end().to_owned(),
        |p| words::calendar::exported(t, meetings.len(), p),
    );
    Ok(Said::Whole {
        json: json!({ "meetings": list, "path": path, "ics": path.is_none().then_some(text) }),
        words,
        operation: operation.map(Box::new),
    })
}

/// A calendar's times are busy from now on.
pub(super) fn take(
    store: &mut Store,
    setting: &mut Setting,
    path: &str,
    name: Option<&str>,
) -> Result<Said, Failure> {
    let t = setting.lang;
    let (name, busy) = calendars::take(Path::new(path), name, setting.now, setting.lang)?;
    let before = store.absences()?.into_iter().find(|a| a.name == name);
    let count = busy.spans.len();
    let op = ops::absences::calendar(before, &name, busy.spans, &mut setting.by());
    store.commit(&op)?;
    let mut lines = vec![words::calendar::ics_read(t, &name, count)];
    lines.extend(
        busy.problems
            .iter()
            .map(|(line, why)| words::calendar::ics_bad(t, line, why)),
    );
    let problems: Vec<Value> = busy
        .problems
        .iter()
        .map(|(line, reason)| json!({ "file": path, "line": line, "reason": reason }))
        .collect();
    Said::done(
        json!({ "name": name, "busy": count, "rejects": problems }),
        lines.join("\n"),
        op,
    )
}
