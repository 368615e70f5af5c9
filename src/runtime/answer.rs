//! Answers to requests, the same whether the command line opened the store itself or asked the
//! desk that has it open.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::insight::Test;
use super::listing::List;
use super::portfolio::Portfolio;
use super::{cadence, day, lists};
use crate::config::Config;
use crate::domain::account::Verdict;
use crate::domain::action::{Action, Status};
use crate::domain::change::Operation;
use crate::domain::contact::Contact;
use crate::domain::facts::touch::TouchKind;
use crate::domain::failure::Failure;
use crate::domain::health::why::Why;
use crate::domain::health::{Dimension, Score};
use crate::domain::ids::Mint;
use crate::domain::records::Record;
use crate::domain::search::{Meant, find, meant};
use crate::domain::standing::{Row, Standing};
use crate::domain::when::Now;
use crate::domain::{account::Account, checkin::propose};
use crate::ipc::{Answer, Form, Request};
use crate::ops::{self, Author, By, Refusal};
use crate::services::brief;
use crate::store::Store;
use crate::store::rows::{Scoring, riskiest_first};
use crate::words::numbers::signed;
use crate::words::{self, Lang};

/// What every answer needs beside the store.
pub struct Setting<'a> {
    pub config: &'a Arc<Config>,
    pub author: &'a Author,
    pub lang: Lang,
    pub form: Form,
    pub now: Now,
    /// The rows of a desk that is open.
    pub held: Option<&'a Portfolio>,
    pub mint: &'a mut Mint,
}

impl Setting<'_> {
    /// Who makes an operation, and when.
    pub fn by(&mut self) -> By<'_> {
        By {
            author: self.author,
            now: self.now,
            mint: self.mint,
        }
    }

    pub fn scoring(&self) -> Scoring<'_> {
        Scoring {
            lens: self.config.scoring_context(),
            policy_stamp: self.config.policy_stamp,
            now: self.now,
        }
    }

    /// All rows, the riskiest first: those the desk shows, or else read.
    pub(super) fn rows(&self, store: &mut Store) -> Result<Vec<Arc<Row>>, Failure> {
        match self.held.and_then(|held| held.of(self.now.today())) {
            Some(mut rows) => {
                riskiest_first(&mut rows);
                Ok(rows)
            }
            None => store.rows_alone(self.scoring()),
        }
    }
}

/// An answer, or what is yet to be made of one that is long.
pub enum Reply {
    Whole(Answer),
    List(List),
    Test(Box<Test>),
}

/// Answers a request; what it wrote is told as an operation, so that an open desk can follow.
pub fn answer(
    store: &mut Store,
    setting: &mut Setting,
    request: &Request,
) -> (Reply, Option<Operation>) {
    match respond(store, setting, request) {
        Ok(Said::List(list)) => (Reply::List(list), None),
        Ok(Said::Test(test)) => (Reply::Test(test), None),
        Ok(Said::Whole {
            json,
            words,
            operation,
        }) => {
            // A calendar of which something could not be read came in without it.
            let rejects = matches!(request, Request::TakeCalendar { .. })
                && json["rejects"].as_array().is_some_and(|r| !r.is_empty());
            (
                Reply::Whole(Answer {
                    exit: if rejects { 3 } else { 0 },
                    ..Answer::done(setting.form, &json, &words)
                }),
                operation.map(|op| *op),
            )
        }
        Err(failure) => (
            Reply::Whole(refused(setting.lang, setting.form, &failure)),
            None,
        ),
    }
}

/// What could not be answered, and what to do about it.
pub(super) fn refused(lang: Lang, form: Form, failure: &Failure) -> Answer {
    let t = lang;
    let mut error = words::problems::failure(t, failure);
    if let Some(hint) = words::problems::hint(t, failure) {
        error.push('\n');
        error.push_str(&words::commands::did_hint(t, hint));
    }
    Answer::refused(failure.exit_code(), form, &error)
}

/// What is answered: in both forms, with what was written, or as a list.
pub(super) enum Said {
    Whole {
        json: Value,
        words: String,
        operation: Option<Box<Operation>>,
    },
    List(List),
    Test(Box<Test>),
}

impl Said {
    pub fn told(json: Value, words: String) -> Result<Self, Failure> {
        Ok(Self::Whole {
            json,
            words,
            operation: None,
        })
    }

    pub fn done(json: Value, words: String, operation: Operation) -> Result<Self, Failure> {
        Ok(Self::Whole {
            json,
            words,
            operation: Some(Box::new(operation)),
        })
    }
}

fn respond(store: &mut Store, setting: &mut Setting, request: &Request) -> Result<Said, Failure> {
    let t = setting.lang;
    match request {
        Request::Accounts { band, query } => {
            lists::accounts(store, setting, band.as_deref(), query.as_deref())
        }
        Request::Brief { account, format } => {
            let found = one(store, setting.held, account)?;
            let (dossier, standing) = standing(store, setting, &found)?;
            let review = dossier
                .checkins
                .iter()
                .filter(|c| c.kind == crate::domain::checkin::Kind::Review)
                .filter_map(|c| c.ended())
                .map(|at| setting.now.zone.day(at))
                .max();
            let proposal = propose::propose(
                &standing,
                review,
                crate::domain::standing::contract_start(&dossier),
                setting.now.today(),
            );
            let blocks = brief::blocks(
                (&dossier, store.freshness()),
                &standing,
                (setting.config.scoring_context(), &setting.config.templates),
                proposal,
                None,
                setting.lang,
                setting.now,
            );
            let markdown = brief::markdown(&found.name, &blocks, t);
            let text = match format.as_str() {
                "md" => markdown,
                "html" => crate::services::compose::html(
                    &format!("{} · {}", words::shell::brief(t), found.name),
                    &markdown,
                    setting.lang,
                ),
                _ => brief::plain(&found.name, &blocks, t),
            };
            Said::told(json!(blocks), text)
        }
        Request::Health { account } => {
            let found = one(store, setting.held, account)?;
            let (_, standing) = standing(store, setting, &found)?;
            let why =
                store
                    .why(&found.id, setting.scoring())?
                    .ok_or_else(|| Failure::NotFound {
                        what: found.name.clone(),
                    })?;
            health(setting, &found, &standing, &why)
        }
        Request::Context {
            account,
            topic,
            source,
            on,
            text,
        } => lists::context(
            store,
            setting,
            account,
            (topic, source),
            on.as_deref(),
            text,
        ),
        Request::Rule {
            account,
            verdict,
            reason,
            until,
        } => {
            let found = one(store, setting.held, account)?;
            let judgement = ops::accounts::Judgement {
                verdict: Verdict::parse(verdict),
                reason,
                until: until.as_deref().unwrap_or_default(),
            };
            let op = ops::accounts::override_health(&found, judgement, &mut setting.by())
                .map_err(|r| refusal(t, &r))?;
            if let Some(op) = &op {
                store.commit(op)?;
            }
            let after = op
                .as_ref()
                .and_then(|op| op.changes[0].after_as::<Account>())
                .unwrap_or(&found);
            let words = after.health_override.as_ref().map_or_else(
                || words::commands::unruled(t, &found.name),
                |r| words::commands::ruled(t, &found.name, r.verdict.words(t)),
            );
            let json = json!({ "account": after.id, "ruling": after.health_override });
            Ok(Said::Whole {
                json,
                words,
                operation: op.map(Box::new),
            })
        }
        Request::Notes { words } => lists::notes(store, setting, words),
        Request::Today => day::today(store, setting),
        Request::Cadence { account } => cadence::cadence(store, setting, account),
        Request::GiveCalendar {
            account,
            planned,
            path,
        } => cadence::give(
            store,
            setting,
            account.as_deref(),
            *planned,
            path.as_deref(),
        ),
        Request::TakeCalendar { path, name } => {
            cadence::take(store, setting, path, name.as_deref())
        }
        Request::Backtest { fit, lead } => Test::begin(store, setting, *fit, *lead),
        Request::Signals { account } => lists::signals(store, setting, account.as_deref()),
        Request::Note { account, text } => {
            let found = one(store, setting.held, account)?;
            let contacts = store.list::<Contact>(&found.id)?;
            let written = ops::notes::note((&found).into(), text, &contacts, &mut setting.by())
                .map_err(|r| refusal(t, &r))?;
            let (op, captured) = (written.operation, written.captured);
            store.commit(&op)?;
            let ids: Vec<&str> = op
                .changes
                .iter()
                .filter_map(|c| c.record())
                .map(Record::id)
                .collect();
            let mut words = words::commands::did_noted(t, &found.name, captured.actions.len());
            if !captured.unread_dates.is_empty() {
                words.push('\n');
                words.push_str(&words::common::date_not_read(
                    t,
                    captured.unread_dates.join(", "),
                ));
            }
            Said::done(
                json!({ "note": ids[0], "actions": &ids[1..], "account": found.id, "tags": captured.tags }),
                words,
                op,
            )
        }
        Request::ActionAdd { account, text } => {
            let found = one(store, setting.held, account)?;
            let contacts = store.list::<Contact>(&found.id)?;
            let ops::actions::Added {
                operation: op,
                actions,
                unread,
            } = ops::actions::add((&found).into(), text, &contacts, &mut setting.by())
                .map_err(|r| refusal(t, &r))?;
            store.commit(&op)?;
            let lines: Vec<String> = actions
                .iter()
                .map(|a| {
                    words::commands::did_added(
                        t,
                        action_line(t, setting.now.today(), a, &found.name),
                    )
                })
                .collect();
            let mut words = lines.join("\n");
            if !unread.is_empty() {
                words.push('\n');
                words.push_str(&words::common::date_not_read(t, unread.join(", ")));
            }
            Said::done(
                if let [only] = &actions[..] {
                    json!(only)
                } else {
                    json!(actions)
                },
                words,
                op,
            )
        }
        Request::ActionList { account } => lists::actions(store, setting, account.as_deref()),
        Request::Log {
            account,
            kind,
            with,
            at,
            text,
        } => {
            let found = one(store, setting.held, account)?;
            let at = at
                .as_deref()
                .map(|at| {
                    crate::services::dates::read_moment(at, setting.now).ok_or_else(|| {
                        Failure::Usage {
                            reason: words::call::not_a_time(t).into(),
                        }
                    })
                })
                .transpose()?;
            let contacts = store.list::<Contact>(&found.id)?;
            let kind = TouchKind::parse(kind).unwrap_or(TouchKind::Call);
            let talk = ops::notes::Talk {
                kind,
                with,
                at,
                text,
            };
            let written = ops::notes::talk((&found).into(), &talk, &contacts, &mut setting.by())
                .map_err(|r| refusal(t, &r))?;
            let (op, captured) = (written.operation, written.captured);
            let at = at.unwrap_or(setting.now.at);
            store.commit(&op)?;
            let ids: Vec<&str> = op
                .changes
                .iter()
                .filter_map(|c| c.record())
                .map(Record::id)
                .collect();
            let words =
                words::commands::did_logged(t, kind.words(t), &found.name, captured.actions.len());
            Said::done(
                json!({ "touch": ids[0], "note": ids.get(1), "actions": ids.get(2..).unwrap_or_default(), "account": found.id, "at": at }),
                words,
                op,
            )
        }
        Request::ActionTold { id } => {
            let action = action_like(store, id)?;
            let op =
                ops::actions::inform(&action, &mut setting.by()).map_err(|r| refusal(t, &r))?;
            store.commit(&op)?;
            let after = op.changes[0].after_as::<Action>();
            let json = json!(after);
            Said::done(json, words::commands::did_told(t, &action.what), op)
        }
        Request::ActionUntold { id } => {
            let action = action_like(store, id)?;
            let op = ops::actions::clear_informed(&action, &mut setting.by())
                .map_err(|r| refusal(t, &r))?;
            store.commit(&op)?;
            let json = json!(op.changes[0].after_as::<Action>());
            Said::done(json, words::commands::did_untold(t, &action.what), op)
        }
        Request::ActionDone { id } => {
            let action = action_like(store, id)?;
            let op = ops::actions::set_status(&action, Status::Done, &mut setting.by());
            if let Some(op) = &op {
                store.commit(op)?;
            }
            let after = op
                .as_ref()
                .and_then(|op| op.changes[0].after_as::<Action>())
                .unwrap_or(&action);
            let json = json!(after);
            Ok(Said::Whole {
                json,
                words: words::commands::did_done(t, &action.what),
                operation: op.map(Box::new),
            })
        }
    }
}

/// An input that was not taken, as the shell says it.
pub(super) fn refusal(t: Lang, refusal: &Refusal) -> Failure {
    Failure::Usage {
        reason: refusal.words(t).to_owned(),
    }
}

/// The one action an id means, or its beginning.
fn action_like(store: &Store, id: &str) -> Result<Action, Failure> {
    let mut found = store.actions_like(id)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::NotFound {
            what: id.to_owned(),
        }),
        _ => Err(Failure::Ambiguous {
            text: id.to_owned(),
            candidates: found
                .iter()
                .map(|a| {
                    (
                        crate::domain::ids::AccountId::new(a.id.as_str()),
                        a.what.clone(),
                    )
                })
                .collect(),
        }),
    }
}

/// The one account a text means; where a desk is open, of those it holds.
pub fn one(store: &Store, held: Option<&Portfolio>, text: &str) -> Result<Account, Failure> {
    match held {
        None => named(&store.accounts()?.iter().collect::<Vec<_>>(), text).cloned(),
        Some(held) => {
            let id = &named(&held.rows().map(|r| &r.account).collect::<Vec<_>>(), text)?.id;
            store.account(id)?.ok_or_else(|| Failure::NotFound {
                what: text.to_owned(),
            })
        }
    }
}

fn named<'a>(all: &[&'a Account], text: &str) -> Result<&'a Account, Failure> {
    let candidate = |a: &&Account| (a.id.clone(), a.name.clone());
    match meant(all.iter().copied(), text) {
        Meant::One(a) => Ok(a),
        Meant::Several(several) => Err(Failure::Ambiguous {
            text: text.into(),
            candidates: several.iter().map(candidate).collect(),
        }),
        Meant::None => {
            // The first letters may still lead somewhere.
            let short: String = text.chars().take(2).collect();
            let near = find(all.iter().copied(), &short)
                .into_iter()
                .take(3)
                .map(|(a, _)| candidate(&a))
                .collect();
            Err(Failure::NoSuchAccount {
                text: text.into(),
                near,
            })
        }
    }
}

pub(super) fn standing(
    store: &mut Store,
    setting: &Setting,
    account: &Account,
) -> Result<(crate::domain::dossier::Dossier, Standing), Failure> {
    let (rows, _) = store.rows_of(std::slice::from_ref(&account.id), setting.scoring())?;
    let dossier = store.dossier(&account.id)?;
    match (dossier, rows.into_iter().next()) {
        (Some(d), Some(row)) => Ok((d, row.standing)),
        _ => Err(Failure::NotFound {
            what: account.name.clone(),
        }),
    }
}

fn health(setting: &Setting, account: &Account, s: &Standing, why: &Why) -> Result<Said, Failure> {
    let t = setting.lang;
    let facts = |s: &Score, d: Dimension| {
        s.facts(d)
            .iter()
            .map(|f| words::health::fact(t, f))
            .collect::<Vec<_>>()
    };
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
    let trend: Vec<String> = [(7, s.trend.d7), (30, s.trend.d30), (90, s.trend.d90)]
        .iter()
        .filter_map(|(d, n)| n.map(|n| format!("{d}d {}", signed(i64::from(n)))))
        .collect();
    let mut lines = vec![crate::services::why::title(t, account, &s.health)];
    lines.extend((!trend.is_empty()).then(|| trend.join("  ")));
    lines.extend(crate::services::why::lines(t, why, &setting.config.policy));
    Said::told(value, lines.join("\n"))
}

pub(super) fn action_line(t: Lang, today: NaiveDate, a: &Action, account: &str) -> String {
    let late = if a.overdue(today) { "!" } else { " " };
    let due = a
        .due
        .map_or_else(|| words::actions::no_due(t).to_owned(), |d| d.to_string());
    let who = if a.owner.is_empty() {
        a.side.words(t)
    } else {
        &a.owner
    };
    format!("{late} {due}  {}  {account} · {who}  [{}]", a.what, a.id)
}
