//! `kenshin today`: what needs attention now, ranked and with reasons, as on the Today screen.

use std::io;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::json as json_argument;
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::book::Book;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::{AccountScope as Whose, Desk};
use crate::domain::failure::Failure;
use crate::domain::priority::{self, Item};
use crate::domain::settings::dismissal::Dismissal;
use crate::domain::when::Now;
use crate::runtime::context::Context;
use crate::runtime::listing::{List, Listing};
use crate::runtime::plan_basis::Basis;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::Said;
use crate::runtime::worker::RECENT_CHECKINS;
use crate::store::index::Index;
use crate::store::{Store, kept_list};
use crate::words::numbers::number;
use crate::words::{self, Lang, words};

words! {
    about: "List what needs attention now, with reasons", "いま対応が必要なものを理由とともに表示";
    nothing: "Nothing needs attention now.", "いま対応が必要なものはありません。";
    all_help: "Also list the touchpoints that the day's hours do not hold", "1日の時間に収まらないタッチポイントも表示";
    later(count, hours): "… and {count} more touchpoint{count:#} beyond the day's {hours} h (--all lists them)", "… ほか{count}件は1日の{hours}時間に収まりません（--all で表示）";
    rest(count): "… and {count} more account{count:#} with lower priority", "… ほか{count}社（優先度が低いもの）";
}

pub const COMMAND: Command = Command {
    path: &["today"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    command
        .arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help(all_help(lang)),
        )
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        all: m.get_flag("all"),
    })
}

#[derive(Serialize, Deserialize)]
struct Request {
    /// Also the touches that the hours of the day do not hold.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    all: bool,
}

impl Ask for Request {
    const ASK: &'static str = "today";
    const AT_ONCE: bool = true;

    fn at_once(&self, index: &Index, context: &Context) -> Option<Said> {
        let kept = kept_list::read(index.home(), index.stamp(), &self.of(context))?;
        Some(Said::List(List::written(kept)))
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (config, me) = (Arc::clone(context.config), context.author.name.clone());
        let (now, t, all) = (context.now, context.lang, self.all);
        let day = now.today();
        let actions = store.open_actions(&|a| priority::asks(a, &me, day))?;
        let checkins = store.checkins(RECENT_CHECKINS)?;
        let basis = Basis::of(store, context)?;
        let keep = self.keep(store, context);
        let make = move |out: &mut Listing| {
            let mut book = basis.book();
            book.actions = actions.into_iter().map(|a| (a.id.clone(), a)).collect();
            book.checkins = checkins.into_iter().map(|c| (c.id.clone(), c)).collect();
            let calendars =
                Calendars::new(&config.cadence, book.held.absences.values(), day, now.zone);
            let desk = Desk {
                policy: &config.cadence,
                calendars: &calendars,
                now,
            };
            list(&book, &me, &desk, (all, t), out)
        };
        let list = List::new(context.form, nothing(t), make);
        Ok(Said::List(match keep {
            Some(keep) => list.keeping(keep),
            None => list,
        }))
    }
}

impl Request {
    /// What the list depends on beside the records, the day and the policy.
    fn of(&self, context: &Context) -> String {
        let Now { zone, habits, .. } = context.now;
        let (me, lang, form) = (&context.author.name, context.lang, context.form);
        format!(
            "today {} {me} {lang:?} {form:?} {zone:?} {habits:?}",
            self.all
        )
    }

    /// Keeps the list for the next time, where the rows of now are kept. An open desk answers from memory.
    fn keep(&self, store: &Store, context: &Context) -> Option<impl FnOnce(&str) + Send + use<>> {
        let (home, of) = (store.home().to_owned(), self.of(context));
        let policy = |lessons: &[Dismissal]| context.config.policy_of(lessons);
        let index = Index::of_today(&home, context.now.today(), policy);
        let stamp = index.filter(|_| context.held.is_none())?.stamp().clone();
        Some(move |text: &str| kept_list::write(&home, &stamp, &of, text))
    }
}

fn list(
    book: &Book,
    me: &str,
    desk: &Desk,
    (all, lang): (bool, Lang),
    out: &mut Listing,
) -> io::Result<()> {
    let day = desk.now.today();
    let entries = desk.entries(book, Whose::mine(book, me), day);
    let today = priority::today(book, me, desk, &entries, &book.set_aside(me, day));
    let folded = today.later.iter().filter(|_| all);
    for item in today.items.iter().chain(folded) {
        out.line(&|| {
            format!(
                "{}  {}  {}",
                item.kind.words(lang),
                book.name(&item.account),
                rule(book, item, day, lang)
            )
            .trim_end()
            .to_owned()
        })?;
        out.value(&|| value(book, item, day, lang))?;
    }
    if !today.later.is_empty() {
        let (count, hours) = (today.later.len(), f64::from(today.room) / 60.0);
        out.line(&|| later(lang, count, number((hours * 10.0).round() / 10.0)))?;
        out.value(&|| json!({ "kind": "later", "count": count, "minutes": today.room }))?;
    }
    if today.rest > 0 {
        out.line(&|| rest(lang, today.rest))?;
    }
    for r in priority::renewals(book, me, desk) {
        out.value(&|| {
            json!({
                "account": r.account, "name": book.name(&r.account), "kind": "renewal", "ideal": r.date - chrono::Duration::days(r.window), "latest": r.date,
                "rule": words::priority::renewal_of(lang, &r), "window": r.window, "call": r.call, "said": r.said, "disagrees": r.disagrees(),
            })
        })?;
        out.line(&|| {
            let said = r.said.map(|s| s.words(lang)).unwrap_or_default();
            let otherwise = if r.disagrees() {
                format!("  {}", words::today::said_otherwise(lang, said))
            } else {
                String::new()
            };
            format!(
                "{}  {}  {}  {}{otherwise}",
                priority::Kind::Renewal.words(lang),
                book.name(&r.account),
                words::priority::renewal_of(lang, &r),
                r.call.words(lang)
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
                d.kind.words(lang),
                words::signals::sides(lang, &d)
            )
        })?;
    }
    Ok(())
}

/// Why an item is on the list.
fn rule(book: &Book, item: &Item, day: NaiveDate, lang: Lang) -> String {
    let action = item.record.as_ref().and_then(|id| book.actions.get(id));
    match (&item.touch, action) {
        (Some(touch), _) => {
            let agreed = book
                .get(&item.account)
                .and_then(|r| r.account.cadence.as_ref()?.agreed.clone());
            let time = touch.own.time.map(|at| at.format("%H:%M").to_string());
            [
                Some(touch.kind.words(lang).to_owned()),
                time,
                Some(words::cadence::rule(lang, touch, agreed.as_ref())),
                words::cadence::due_words(lang, touch, day),
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
            .map(|r| words::priority::priority_reason(lang, r))
            .collect::<Vec<_>>()
            .join(" · "),
    }
}

fn value(book: &Book, item: &Item, day: NaiveDate, lang: Lang) -> Value {
    let reasons: Vec<String> = item
        .reasons
        .iter()
        .map(|r| words::priority::priority_reason(lang, r))
        .collect();
    json!({
        "account": item.account, "name": book.name(&item.account), "kind": item.kind, "ideal": item.ideal, "latest": item.latest, "rule": rule(book, item, day, lang),
        "points": (item.points * 10.0).round() / 10.0, "reasons": reasons, "record": item.record,
        "touch": item.touch.as_ref().map(|p| json!({ "kind": p.kind, "date": p.date, "time": p.own.time.map(|at| at.format("%H:%M").to_string()) })),
    })
}
