//! Answers to requests, the same whether the command line opened the store itself or asked the
//! desk that has it open.

use serde_json::{Value, json};

use super::{cadence, insight, lists};
use crate::app::wrap;
use crate::config::Config;
use crate::domain::account::{Ruling, Verdict};
use crate::domain::action::{Action, Status, urgency};
use crate::domain::change::{Change, Label, Operation, Record};
use crate::domain::failure::Failure;
use crate::domain::health::why::Why;
use crate::domain::health::{Band, Dimension, Score};
use crate::domain::ids::Mint;
use crate::domain::order::InOrder;
use crate::domain::search::{Meant, find, meant};
use crate::domain::summary::{Row, Standing};
use crate::domain::view::Query;
use crate::domain::when::Now;
use crate::domain::{account::Account, checkin::propose};
use crate::i18n::{self, Lang, fill, signed};
use crate::ipc::{Answer, Request};
use crate::services::brief;
use crate::services::capture::{self, Author, Context};
use crate::store::Store;
use crate::store::rows::{Scoring, risk};

/// What every answer needs beside the store.
pub struct Setting<'a> {
    pub config: &'a Config,
    pub author: &'a Author,
    pub lang: Lang,
    pub now: Now,
    pub mint: &'a mut Mint,
    /// Hears of a long piece of work: how much is done, of how much.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

impl Setting<'_> {
    pub fn scoring(&self) -> Scoring<'_> {
        Scoring { lens: self.config.lens(), policy_stamp: self.config.policy_stamp, now: self.now }
    }
}

/// Answers a request; what it wrote is told as an operation, so that an open desk can follow.
pub fn answer(store: &mut Store, setting: &mut Setting, request: &Request) -> (Answer, Option<Operation>) {
    let t = setting.lang.strings();
    match respond(store, setting, request) {
        Ok((json, text, operation)) => (Answer::done(json, &text), operation),
        Err(failure) => {
            let mut error = i18n::failure(t, &failure);
            if let Some(hint) = i18n::hint(t, &failure) {
                error.push('\n');
                error.push_str(&fill(t.cli_hint, &[&hint]));
            }
            (Answer::refused(failure.exit_code(), &error), None)
        }
    }
}

pub(super) type Said = (Value, String, Option<Operation>);

fn respond(store: &mut Store, setting: &mut Setting, request: &Request) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    match request {
        Request::Accounts { band, query } => accounts(store, setting, band.as_deref(), query.as_deref()),
        Request::Brief { account, format } => {
            let found = one(store, account)?;
            let (dossier, standing) = standing(store, setting, &found)?;
            let review = dossier.checkins.iter().filter(|c| c.kind == crate::domain::checkin::Kind::Review).filter_map(|c| c.ended()).map(|at| setting.now.zone.day(at)).max();
            let proposal = propose::propose(&standing, review, crate::domain::summary::contract_start(&dossier), setting.now.today());
            let blocks = brief::blocks((&dossier, store.feeds()), &standing, setting.config, proposal, None, setting.lang, setting.now);
            let markdown = brief::markdown(&found.name, &blocks, t);
            let text = match format.as_str() {
                "md" => markdown,
                "html" => crate::services::compose::html(&format!("{} · {}", t.brief, found.name), &markdown, setting.lang),
                _ => brief::plain(&found.name, &blocks, t),
            };
            Ok((json!(blocks), text, None))
        }
        Request::Health { account } => {
            let found = one(store, account)?;
            let (_, standing) = standing(store, setting, &found)?;
            let why = store.why(&found.id, setting.scoring())?.ok_or_else(|| Failure::NotFound { what: found.name.clone() })?;
            Ok(health(setting, &found, &standing, &why))
        }
        Request::Context { account, topic, source, on, text } => lists::context(store, setting, account, (topic, source), on.as_deref(), text),
        Request::Rule { account, verdict, reason, until } => {
            let found = one(store, account)?;
            let until = match until.as_deref() {
                Some(text) => Some(crate::services::dates::read(text, setting.now.today()).ok_or_else(|| Failure::Usage { reason: t.not_a_date.into() })?),
                None => None,
            };
            if let Some(over) = until.filter(|d| *d < setting.now.today()) {
                return Err(Failure::Usage { reason: fill(t.until_past, &[&over]) });
            }
            let ruling = match Verdict::parse(verdict) {
                Some(_) if reason.trim().is_empty() => return Err(Failure::Usage { reason: t.reason_missing.into() }),
                Some(verdict) => Some(Ruling { verdict, reason: crate::domain::text::clean_line(reason), author: setting.author.name.clone(), set: setting.now.today(), until }),
                None => None,
            };
            let words = ruling.as_ref().map_or_else(|| fill(t.unruled, &[&found.name]), |r| fill(t.ruled, &[&found.name, &t.verdict(r.verdict)]));
            let after = Account { ruling: ruling.map(Box::new), ..found.clone() };
            let label = Label::Edit { account: found.name.clone(), field: t.f_verdict.to_owned() };
            let op = capture::operation(label, vec![Change::update(Record::Account(found), Record::Account(after.clone()))], setting.author, setting.now, setting.mint);
            store.commit(&op)?;
            Ok((json!({ "account": after.id, "ruling": after.ruling }), words, Some(op)))
        }
        Request::Notes { words } => lists::notes(store, setting, words),
        Request::Today => lists::today(store, setting),
        Request::Cadence { account } => cadence::cadence(store, setting, account),
        Request::GiveCalendar { account, planned, path } => cadence::give(store, setting, account.as_deref(), *planned, path.as_deref()),
        Request::TakeCalendar { path, name } => cadence::take(store, setting, path, name.as_deref()),
        Request::Backtest { fit, lead } => insight::answer(store, setting, *fit, *lead),
        Request::Signals { account } => {
            let found = account.as_deref().map(|a| one(store, a)).transpose()?;
            lists::signals(store, setting, found.as_ref())
        }
        Request::Note { account, text } => {
            let found = one(store, account)?;
            let contacts = store.contacts(&found.id)?;
            let captured = capture::read(text, Context { me: &setting.author.name, contacts: &contacts, now: setting.now });
            if captured.text.is_empty() {
                return Err(Failure::Usage { reason: t.note_empty.into() });
            }
            let op = capture::note(&found.id, &found.name, crate::domain::note::Kind::Quick, &captured, setting.author, setting.now, setting.mint);
            store.commit(&op)?;
            let ids: Vec<&str> = op.changes.iter().filter_map(|c| c.record()).map(Record::id).collect();
            let mut words = fill(t.cli_noted, &[&found.name, &captured.actions.len()]);
            if !captured.unread_dates.is_empty() {
                words.push('\n');
                words.push_str(&fill(t.date_not_read, &[&captured.unread_dates.join(", ")]));
            }
            Ok((json!({ "note": ids[0], "actions": &ids[1..], "account": found.id, "tags": captured.tags }), words, Some(op)))
        }
        Request::ActionAdd { account, text } => {
            let found = one(store, account)?;
            let contacts = store.contacts(&found.id)?;
            let (items, unread) = capture::action_line(text, Context { me: &setting.author.name, contacts: &contacts, now: setting.now });
            let actions: Vec<Action> = items.iter().map(|item| capture::action(&found.id, item, setting.now, setting.mint)).collect();
            let Some(first) = actions.first() else { return Err(Failure::Usage { reason: t.action_empty.into() }) };
            let changes = actions.iter().cloned().map(|a| Change::create(Record::Action(a))).collect();
            let op = capture::operation(Label::Action { what: first.what.clone() }, changes, setting.author, setting.now, setting.mint);
            store.commit(&op)?;
            let lines: Vec<String> = actions.iter().map(|a| fill(t.cli_added, &[&action_line(setting, a, &found.name)])).collect();
            let mut words = lines.join("\n");
            if !unread.is_empty() {
                words.push('\n');
                words.push_str(&fill(t.date_not_read, &[&unread.join(", ")]));
            }
            Ok((if let [only] = &actions[..] { json!(only) } else { json!(actions) }, words, Some(op)))
        }
        Request::ActionList { account } => {
            let only = account.as_deref().map(|a| one(store, a)).transpose()?;
            let names: std::collections::HashMap<_, _> = store.accounts()?.into_iter().map(|a| (a.id, a.name)).collect();
            let mut all = store.open_actions()?;
            all.retain(|a| a.is_open() && only.as_ref().is_none_or(|o| a.account == o.id));
            all.order_by_key(urgency);
            let lines: Vec<String> = all.iter().map(|a| action_line(setting, a, names.get(&a.account).map_or("", String::as_str))).collect();
            Ok((json!(all), if lines.is_empty() { t.cli_no_actions.to_owned() } else { lines.join("\n") }, None))
        }
        Request::Log { account, kind, with, at, text } => {
            let found = one(store, account)?;
            let at = match at {
                Some(at) => {
                    let read = crate::services::dates::read_moment(at, setting.now).ok_or(Failure::Usage { reason: t.not_a_time.into() })?;
                    // What is still to come was not talked.
                    Some(read).filter(|at| *at <= setting.now.at).ok_or(Failure::Usage { reason: t.not_a_past_time.into() })?
                }
                None => setting.now.at,
            };
            let contacts = store.contacts(&found.id)?;
            let captured = capture::read(text, Context { me: &setting.author.name, contacts: &contacts, now: setting.now });
            let kind = crate::domain::facts::touch::TouchKind::parse(kind).unwrap_or(crate::domain::facts::touch::TouchKind::Call);
            let op = capture::talk(&found.id, &found.name, kind, with, at, &captured, setting.author, setting.now, setting.mint);
            store.commit(&op)?;
            let ids: Vec<&str> = op.changes.iter().filter_map(|c| c.record()).map(Record::id).collect();
            let words = fill(t.cli_logged, &[&t.talks[kind.index()], &found.name, &captured.actions.len()]);
            Ok((json!({ "touch": ids[0], "note": ids.get(1), "actions": ids.get(2..).unwrap_or_default(), "account": found.id, "at": at }), words, Some(op)))
        }
        Request::ActionTold { id } => {
            let action = action_like(store, id)?;
            let next = Action { told: Some(setting.now.today()), ..action.clone() };
            let op = capture::operation(
                Label::Action { what: action.what.clone() },
                vec![Change::update(Record::Action(action.clone()), Record::Action(next.clone()))],
                setting.author,
                setting.now,
                setting.mint,
            );
            store.commit(&op)?;
            Ok((json!(next), fill(t.cli_told, &[&action.what]), Some(op)))
        }
        Request::ActionDone { id } => {
            let action = &action_like(store, id)?;
            let next = action.with_status(Status::Done, setting.now.at);
            let label = Label::ActionStatus { what: action.what.clone(), status: Status::Done };
            let op = capture::operation(label, vec![Change::update(Record::Action(action.clone()), Record::Action(next.clone()))], setting.author, setting.now, setting.mint);
            if next != *action {
                store.commit(&op)?;
            }
            Ok((json!(next), fill(t.cli_done, &[&action.what]), Some(op)))
        }
    }
}

/// The one action an id means, or its beginning.
fn action_like(store: &Store, id: &str) -> Result<Action, Failure> {
    let mut found = store.actions_like(id)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::NotFound { what: id.to_owned() }),
        _ => Err(Failure::Ambiguous { text: id.to_owned(), candidates: found.iter().map(|a| (crate::domain::ids::AccountId::new(a.id.as_str()), a.what.clone())).collect() }),
    }
}

/// The one account a text means.
pub fn one(store: &Store, text: &str) -> Result<Account, Failure> {
    let all = store.accounts()?;
    let named = |a: &&Account| (a.id.clone(), a.name.clone());
    match meant(all.iter(), text) {
        Meant::One(a) => Ok(a.clone()),
        Meant::Several(several) => Err(Failure::Ambiguous { text: text.into(), candidates: several.iter().map(named).collect() }),
        Meant::None => {
            // The first letters may still lead somewhere.
            let short: String = text.chars().take(2).collect();
            let near = find(all.iter(), &short).into_iter().take(3).map(|(a, _)| (a.id.clone(), a.name.clone())).collect();
            Err(Failure::NoSuchAccount { text: text.into(), near })
        }
    }
}

pub(super) fn standing(store: &mut Store, setting: &Setting, account: &Account) -> Result<(crate::domain::dossier::Dossier, Standing), Failure> {
    let (rows, _) = store.rows_of(std::slice::from_ref(&account.id), setting.scoring())?;
    let dossier = store.dossier(&account.id)?;
    match (dossier, rows.into_iter().next()) {
        (Some(d), Some(row)) => Ok((d, row.standing)),
        _ => Err(Failure::NotFound { what: account.name.clone() }),
    }
}

fn accounts(store: &mut Store, setting: &Setting, band: Option<&str>, query: Option<&str>) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    let band = band
        .map(|b| Band::parse(b).ok_or_else(|| Failure::Usage { reason: fill(t.w_one_of, &[&Band::ALL.iter().map(|b| b.key()).collect::<Vec<_>>().join(", ")]) }))
        .transpose()?;
    let query = Query::parse(query.unwrap_or(""));
    if let Some(word) = query.unknown.first() {
        return Err(Failure::Usage { reason: format!("{word}: {}", t.filter_keys) });
    }
    let search = crate::domain::search::Search::new(&query.words);
    let today = setting.now.today();
    let mut rows: Vec<Row> = store.rows(setting.scoring())?;
    let all = rows.len();
    rows = rows
        .into_iter()
        .filter(|r| band.is_none_or(|b| r.standing.health.band == b && r.standing.churned.is_none()))
        .filter(|r| query.holds(r, today) && (query.words.is_empty() || search.rank(&crate::domain::search::Haystack::of(&r.account)).is_some()))
        .collect();
    rows.sort_by(risk);
    let json: Vec<Value> = rows
        .iter()
        .map(|r| {
            let s = &r.standing;
            json!({
                "id": r.account.id, "name": r.account.name, "tier": s.tier, "stage": s.stage, "band": s.health.band, "score": s.health.score, "coverage": s.health.coverage,
                "arr": s.arr, "renewal": s.renewal, "owner": (!r.account.owner.is_empty()).then_some(&r.account.owner), "trend": s.trend, "usage_change": s.usage_change,
                "last_touch": s.last_touch, "open_actions": s.open_actions, "open_tickets": s.open_tickets, "escalated": r.account.escalated || s.escalated_tickets > 0, "churned": s.churned.map(|l| l.day().map_or_else(|| "unknown".to_owned(), |d| d.to_string())),
            })
        })
        .collect();
    let name_width = rows.iter().map(|r| wrap::width(&r.account.name)).max().unwrap_or(4).min(40);
    let lines: Vec<String> = rows
        .iter()
        .map(|r| {
            let s = &r.standing;
            let name = wrap::fit(&r.account.name, name_width);
            let pad = " ".repeat(name_width - wrap::width(&name));
            let score = s.health.score.map_or_else(|| " --".into(), |n| format!("{n:>3}"));
            let renewal = s.renewal.map(|d| d.to_string()).unwrap_or_default();
            let band = t.band(s.health.band);
            format!("{score} {band}{}  {name}{pad}  {:>10}  {renewal}", " ".repeat(9_usize.saturating_sub(wrap::width(band))), s.arr.map(|m| m.short()).unwrap_or_default())
                .trim_end()
                .to_owned()
        })
        .collect();
    let nothing = if all == 0 { t.no_accounts } else { t.nothing_found };
    Ok((json!(json), if lines.is_empty() { nothing.to_owned() } else { lines.join("\n") }, None))
}

fn health(setting: &Setting, account: &Account, s: &Standing, why: &Why) -> Said {
    let t = setting.lang.strings();
    let facts = |s: &Score, d: Dimension| s.facts(d).iter().map(|f| t.fact(f)).collect::<Vec<_>>();
    let tenth = |points: Option<f64>| points.map(|p| (p * 10.0).round() / 10.0);
    let dimensions: Vec<Value> = Dimension::ALL
        .iter()
        .map(|d| {
            let part = &s.health.parts[d.index()];
            let before =
                why.then.as_ref().map(|then| json!({ "day": why.before, "score": then.parts[d.index()].score, "points": tenth(then.points(*d)), "facts": facts(then, *d) }));
            json!({ "name": d, "score": part.score, "weight": tenth(Some(part.weight)), "points": tenth(s.health.points(*d)), "facts": facts(&s.health, *d), "before": before })
        })
        .collect();
    let value = json!({
        "id": account.id, "name": account.name, "score": s.health.score, "band": s.health.band, "coverage": s.health.coverage, "dimensions": dimensions,
        "before": why.then.as_ref().map(|then| json!({ "day": why.before, "score": then.score, "band": then.band, "coverage": then.coverage, "recorded": why.recorded })),
        "trend": { "d7": s.trend.d7, "d30": s.trend.d30, "d90": s.trend.d90 },
        "held": s.health.held,
        "unjudged": s.gaps,
        "to_green": s.health.to_green(&setting.config.policy).iter().map(|(d, from, to)| json!({ "name": d, "from": from, "to": to })).collect::<Vec<_>>(),
    });
    let trend: Vec<String> = [(7, s.trend.d7), (30, s.trend.d30), (90, s.trend.d90)].iter().filter_map(|(d, n)| n.map(|n| format!("{d}d {}", signed(i64::from(n))))).collect();
    let mut lines = vec![crate::services::why::title(t, account, &s.health)];
    lines.extend((!trend.is_empty()).then(|| trend.join("  ")));
    lines.extend(crate::services::why::lines(t, why, &setting.config.policy));
    (value, lines.join("\n"), None)
}

fn action_line(setting: &Setting, a: &Action, account: &str) -> String {
    let t = setting.lang.strings();
    let late = if a.overdue(setting.now.today()) { "!" } else { " " };
    let due = a.due.map_or_else(|| t.no_due.to_owned(), |d| d.to_string());
    let who = if a.owner.is_empty() { t.side(a.side) } else { &a.owner };
    format!("{late} {due}  {}  {account} · {who}  [{}]", a.what, a.id)
}
