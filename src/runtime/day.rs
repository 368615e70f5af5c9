//! What needs the caller today, for another terminal.

use std::io;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::answer::{Said, Setting};
use super::cadence;
use super::listing::{List, Listing};
use crate::domain::book::Book;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk};
use crate::domain::failure::Failure;
use crate::domain::priority::{self, Item};
use crate::store::Store;
use crate::words::{self, Lang};

/// What needs the caller today, in order.
pub(super) fn today(store: &mut Store, setting: &Setting) -> Result<Said, Failure> {
    let (config, me, now, t) = (
        Arc::clone(setting.config),
        setting.author.name.clone(),
        setting.now,
        setting.lang,
    );
    let day = now.today();
    let actions = store.open_actions(&|a| priority::asks(a, &me, day))?;
    let checkins = store.checkins(super::keeper::RECENT_CHECKINS)?;
    let basis = cadence::Basis::of(store, setting)?;
    let make = move |out: &mut Listing| {
        let mut book = basis.book();
        book.actions = actions.into_iter().map(|a| (a.id.clone(), a)).collect();
        book.checkins = checkins.into_iter().map(|c| (c.id.clone(), c)).collect();
        let calendars = Calendars::new(&config.cadence, book.absences.values(), day, now.zone);
        list(
            &book,
            &me,
            &Desk {
                policy: &config.cadence,
                calendars: &calendars,
                now,
            },
            t,
            out,
        )
    };
    Ok(Said::List(List::new(
        setting.form,
        words::commands::today_nothing(t),
        make,
    )))
}

fn list(book: &Book, me: &str, desk: &Desk, t: Lang, out: &mut Listing) -> io::Result<()> {
    let day = desk.now.today();
    let entries = desk.entries(book, Whose::mine(book, me), day);
    let today = priority::today(book, me, desk, &entries, &Default::default());
    for item in &today.items {
        out.line(&|| {
            format!(
                "{}  {}  {}",
                item.kind.words(t),
                book.name(&item.account),
                rule(book, item, day, t)
            )
            .trim_end()
            .to_owned()
        })?;
        out.value(&|| value(book, item, day, t))?;
    }
    if today.rest > 0 {
        out.line(&|| words::commands::did_today_rest(t, today.rest))?;
    }
    for r in priority::renewals(book, me, desk) {
        out.value(&|| {
            json!({
                "account": r.account, "name": book.name(&r.account), "kind": "renewal", "ideal": r.date - chrono::Duration::days(r.window), "latest": r.date,
                "rule": words::priority::renewal(t, r.days), "window": r.window, "call": r.call, "said": r.said, "disagrees": r.disagrees(),
            })
        })?;
        out.line(&|| {
            let said = r.said.map(|s| s.words(t)).unwrap_or_default();
            let otherwise = if r.disagrees() {
                format!("  {}", words::today::said_otherwise(t, said))
            } else {
                String::new()
            };
            format!(
                "{}  {}  {}  {}{otherwise}",
                priority::Kind::Renewal.words(t),
                book.name(&r.account),
                words::priority::renewal(t, r.days),
                r.call.words(t)
            )
        })?;
    }
    for (account, d) in priority::conflicts(book, me, desk) {
        out.value(
            &|| json!({ "account": account, "name": book.name(&account), "kind": "disagreement", "ideal": day, "latest": day, "rule": d.kind, "one": d.one, "other": d.other }),
        )?;
        out.line(&|| {
            format!(
                "≠  {}  {}  {}",
                book.name(&account),
                d.kind.words(t),
                words::signals::sides(t, &d)
            )
        })?;
    }
    Ok(())
}

/// Why it is on the list, in words.
fn rule(book: &Book, item: &Item, day: NaiveDate, t: Lang) -> String {
    let action = item.record.as_ref().and_then(|id| book.actions.get(id));
    match (&item.touch, action) {
        (Some(touch), _) => {
            let agreed = book
                .get(&item.account)
                .and_then(|r| r.account.cadence.as_ref()?.agreed.clone());
            let time = touch.own.time.map(|at| at.format("%H:%M").to_string());
            [
                Some(touch.kind.words(t).to_owned()),
                time,
                Some(words::cadence::rule(t, touch, agreed.as_ref())),
                words::cadence::due_words(t, touch, day),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
        }
        (None, Some(action)) => action.what.clone(),
        (None, None) => item
            .reasons
            .iter()
            .map(|r| words::priority::need_reason(t, r))
            .collect::<Vec<_>>()
            .join(" · "),
    }
}

fn value(book: &Book, item: &Item, day: NaiveDate, t: Lang) -> Value {
    let reasons: Vec<String> = item
        .reasons
        .iter()
        .map(|r| words::priority::need_reason(t, r))
        .collect();
    json!({
        "account": item.account, "name": book.name(&item.account), "kind": item.kind, "ideal": item.ideal, "latest": item.latest, "rule": rule(book, item, day, t),
        "points": (item.points * 10.0).round() / 10.0, "reasons": reasons, "record": item.record,
        "touch": item.touch.as_ref().map(|p| json!({ "kind": p.kind, "date": p.date, "time": p.own.time.map(|at| at.format("%H:%M").to_string()) })),
    })
}
