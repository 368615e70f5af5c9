//! What is listed for another terminal: accounts, actions, signals, notes, the context log.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Said, Setting, action_line, one, refusal, standing};
use super::listing::{List, Listing};
use crate::app::kit::wrap;
use crate::domain::action::urgency;
use crate::domain::failure::Failure;
use crate::domain::filter::Query;
use crate::domain::health::Band;
use crate::domain::ids::AccountId;
use crate::domain::note::{Note, Topic};
use crate::domain::search::{Haystack, Search};
use crate::domain::standing::Row;
use crate::ops;
use crate::store::Store;
use crate::words::{self, Lang};

/// Keeps an entry of the context log, or lists the log.
pub(super) fn context(
    store: &mut Store,
    setting: &mut Setting,
    account: &str,
    (topic, source): (&str, &str),
    on: Option<&str>,
    text: &str,
) -> Result<Said, Failure> {
    let t = setting.lang;
    let found = one(store, setting.held, account)?;
    if text.trim().is_empty() {
        let dossier = store.dossier(&found.id)?;
        let mut entries: Vec<_> = dossier
            .iter()
            .flat_map(|d| d.notes.iter())
            .filter_map(|n| Some((n, n.context.as_ref()?)))
            .collect();
        entries.sort_by_key(|(n, _)| std::cmp::Reverse(n.at));
        let json: Vec<Value> = entries
            .iter()
            .map(|(n, c)| json!({ "id": n.id, "account": n.account, "date": setting.now.zone.day(n.at), "kind": c.topic, "source": c.source, "text": n.public_text() }))
            .collect();
        let lines: Vec<String> = entries
            .iter()
            .map(|(n, c)| {
                format!(
                    "{} [{}] {}  {}",
                    setting.now.zone.day(n.at),
                    c.topic.words(t),
                    n.public_title(),
                    c.source
                )
                .trim_end()
                .to_owned()
            })
            .collect();
        return Said::told(
            json!(json),
            if lines.is_empty() {
                words::commands::no_context(t).to_owned()
            } else {
                lines.join("\n")
            },
        );
    }
    let topic = Topic::parse(topic).unwrap_or(Topic::Remark);
    let words = words::commands::context_noted(t, &found.name, topic.words(t));
    let happened = ops::notes::Happened {
        text,
        topic,
        source,
        on: on.unwrap_or_default(),
    };
    let op = ops::notes::context((&found).into(), happened, &mut setting.by())
        .map_err(|r| refusal(t, &r))?;
    store.commit(&op)?;
    let note = op.changes[0].after_as::<Note>();
    let json = json!({ "note": note.map(|n| &n.id), "account": found.id, "date": note.map(|n| setting.now.zone.day(n.at)) });
    Said::done(json, words, op)
}

/// Notes of all accounts that hold all the words, newest first.
pub(super) fn notes(store: &mut Store, setting: &Setting, words: &str) -> Result<Said, Failure> {
    let t = setting.lang;
    let words: Vec<String> = words
        .split_whitespace()
        .map(crate::domain::text::fold)
        .collect();
    let found = store.find_notes(&words, super::keeper::FOUND)?;
    let mut names: HashMap<AccountId, String> = HashMap::new();
    let (mut json, mut lines) = (Vec::new(), Vec::new());
    // What is private stays on the desk, that it holds these words too.
    let public = found.into_iter().map(|n| crate::domain::note::Note {
        text: n.public_text(),
        ..n
    });
    for n in public.filter(|n| n.has(&words)) {
        if !names.contains_key(&n.account) {
            names.insert(n.account.clone(), name(store, setting, &n.account)?);
        }
        let (name, line) = (
            &names[&n.account],
            crate::domain::note_line::line_with(&n, &words),
        );
        json.push(json!({ "id": n.id, "account": n.account, "name": name, "at": n.at, "author": n.author, "line": line.text, "text": n.text }));
        lines.push(format!(
            "{}  {name}  {}",
            setting.now.zone.local(n.at).format("%Y-%m-%d %H:%M"),
            line.text
        ));
    }
    Said::told(
        json!(json),
        if lines.is_empty() {
            words::commands::no_notes_found(t).to_owned()
        } else {
            lines.join("\n")
        },
    )
}

/// Accounts in a band or that a filter holds, the riskiest first.
pub(super) fn accounts(
    store: &mut Store,
    setting: &Setting,
    band: Option<&str>,
    query: Option<&str>,
) -> Result<Said, Failure> {
    let (lang, now) = (setting.lang, setting.now);
    let t = lang;
    let band = band
        .map(|b| {
            Band::parse(b).ok_or_else(|| Failure::Usage {
                reason: words::problems::wrong_one_of(
                    t,
                    Band::ALL
                        .iter()
                        .map(|b| b.key())
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            })
        })
        .transpose()?;
    let query = Query::parse(query.unwrap_or(""));
    if let Some(word) = query.unknown.first() {
        return Err(Failure::Usage {
            reason: format!("{word}: {}", words::problems::filter_keys(t)),
        });
    }
    let rows = setting.rows(store)?;
    let nothing = if rows.is_empty() {
        words::portfolio::no_accounts(t)
    } else {
        words::common::nothing_found(t)
    };
    let make = move |out: &mut Listing| {
        let search = Search::new(&query.words);
        let found = |r: &Arc<Row>| {
            band.is_none_or(|b| r.standing.health.band == b && r.standing.churned.is_none())
                && query.holds(r, now.today())
                && (query.words.is_empty() || search.rank(&Haystack::of(&r.account)).is_some())
        };
        let rows: Vec<Arc<Row>> = rows.into_iter().filter(found).collect();
        let name_width = rows
            .iter()
            .map(|r| wrap::width(&r.account.name))
            .max()
            .unwrap_or(4)
            .min(40);
        rows.iter().try_for_each(|r| {
            out.line(&|| account_line(t, r, name_width))?;
            out.value(&|| account_value(r))
        })
    };
    Ok(Said::List(List::new(setting.form, nothing, make)))
}

fn account_line(t: Lang, r: &Row, name_width: usize) -> String {
    let s = &r.standing;
    let name = wrap::fit(&r.account.name, name_width);
    let pad = " ".repeat(name_width - wrap::width(&name));
    let score = s
        .health
        .score
        .map_or_else(|| " --".into(), |n| format!("{n:>3}"));
    let renewal = s.renewal.map(|d| d.to_string()).unwrap_or_default();
    let band = s.health.band.words(t);
    let line = format!(
        "{score} {band}{}  {name}{pad}  {:>10}  {renewal}",
        " ".repeat(9_usize.saturating_sub(wrap::width(band))),
        s.arr.map(|m| m.short()).unwrap_or_default()
    );
    line.trim_end().to_owned()
}

fn account_value(r: &Row) -> Value {
    let s = &r.standing;
    json!({
        "id": r.account.id, "name": r.account.name, "tier": s.tier, "stage": s.stage, "band": s.health.band, "score": s.health.score, "coverage": s.health.coverage,
        "arr": s.arr, "renewal": s.renewal, "owner": (!r.account.owner.is_empty()).then_some(&r.account.owner), "trend": s.trend, "usage_change": s.usage_change,
        "last_touch": s.last_touch, "open_actions": s.open_actions, "open_tickets": s.open_tickets, "escalated": r.account.escalated || s.escalated_tickets > 0, "churned": s.churned.map(|l| l.day().map_or_else(|| "unknown".to_owned(), |d| d.to_string())),
    })
}

/// Open actions of one account or of all, the most urgent first.
pub(super) fn actions(
    store: &mut Store,
    setting: &Setting,
    account: Option<&str>,
) -> Result<Said, Failure> {
    let (t, today) = (setting.lang, setting.now.today());
    let only = account.map(|a| one(store, setting.held, a)).transpose()?;
    let mut all =
        store.open_actions(&|a| a.is_open() && only.as_ref().is_none_or(|o| a.account == o.id))?;
    let mut names: HashMap<AccountId, String> = HashMap::new();
    for a in &all {
        if !names.contains_key(&a.account) {
            names.insert(a.account.clone(), name(store, setting, &a.account)?);
        }
    }
    let make = move |out: &mut Listing| {
        all.sort_by_key(urgency);
        all.iter().try_for_each(|a| {
            out.line(&|| {
                action_line(
                    t,
                    today,
                    a,
                    names.get(&a.account).map_or("", String::as_str),
                )
            })?;
            out.value(&|| json!(a))
        })
    };
    Ok(Said::List(List::new(
        setting.form,
        words::commands::did_no_actions(t),
        make,
    )))
}

/// An account's name, or its id where there is none.
fn name(store: &Store, setting: &Setting, id: &AccountId) -> Result<String, Failure> {
    let held = setting
        .held
        .and_then(|held| held.get(id))
        .map(|r| r.account.name.clone());
    let read = || {
        store
            .account(id)
            .map(|a| a.map_or_else(|| id.to_string(), |a| a.name))
    };
    held.map_or_else(read, Ok)
}

/// The signals of one account, or of all that have any: the most in need first.
pub(super) fn signals(
    store: &mut Store,
    setting: &Setting,
    only: Option<&str>,
) -> Result<Said, Failure> {
    let t = setting.lang;
    let (rows, unjudged) = match only {
        Some(text) => {
            let found = one(store, setting.held, text)?;
            let standing = standing(store, setting, &found)?.1;
            let unjudged = words::signals::gaps(t, &standing.gaps);
            (
                vec![Arc::new(Row {
                    account: found,
                    standing,
                })],
                unjudged,
            )
        }
        None => (
            setting
                .rows(store)?
                .into_iter()
                .filter(|r| r.standing.churned.is_none())
                .collect(),
            None,
        ),
    };
    let make = move |out: &mut Listing| {
        let mut any = false;
        for Row { account, standing } in rows
            .iter()
            .map(|r| &**r)
            .filter(|r| !r.standing.signals.is_empty())
        {
            any = true;
            out.line(&|| {
                format!(
                    "{}{}",
                    account.name,
                    words::signals::signal_call(t, &standing.signals)
                        .map(|c| format!("  {c}"))
                        .unwrap_or_default()
                )
            })?;
            for s in &standing.signals {
                out.line(&|| {
                    format!(
                        "  {} {}",
                        s.severity.words(t),
                        words::signals::signal_line(t, s)
                    )
                })?;
                out.value(&|| {
                    let words: Vec<String> = s.evidence.iter().map(|e| words::signals::evidence(t, e)).collect();
                    json!({
                        "signal": s.kind, "account": account.id, "name": account.name, "date": s.date, "severity": s.severity, "confidence": s.confidence,
                        "positive": s.kind.is_positive(), "evidence": words, "numbers": s.evidence, "rows": s.rows,
                    })
                })?;
            }
        }
        if let Some(unjudged) = unjudged {
            if !any {
                out.line(&|| words::signals::no_signals(t).to_owned())?;
            }
            out.line(&|| unjudged.clone())?;
        }
        Ok(())
    };
    Ok(Said::List(List::new(
        setting.form,
        words::signals::no_signals(t),
        make,
    )))
}
