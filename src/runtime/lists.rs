//! What is listed for another terminal: the day, the signals, the context log.

use serde_json::{Value, json};

use super::answer::{Said, Setting, one, standing};
use crate::domain::account::Account;
use crate::domain::cadence::calendar::Calendars;
use crate::domain::cadence::schedule::{Desk, Whose};
use crate::domain::change::Record;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::need;
use crate::domain::note::Topic;
use crate::domain::order::InOrder;
use crate::domain::signals::{Signal, spec};
use crate::i18n::fill;
use crate::services::capture;
use crate::store::Store;

/// Keeps an entry of the context log, or lists the log.
pub(super) fn context(store: &mut Store, setting: &mut Setting, account: &str, (topic, source): (&str, &str), on: Option<&str>, text: &str) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    let found = one(store, account)?;
    let today = setting.now.today();
    if text.trim().is_empty() {
        let dossier = store.dossier(&found.id)?;
        let mut entries: Vec<_> = dossier.iter().flat_map(|d| d.notes.iter()).filter_map(|n| Some((n, n.context.as_ref()?))).collect();
        entries.order_by_key(|(n, _)| std::cmp::Reverse(n.at));
        let json: Vec<Value> = entries
            .iter()
            .map(|(n, c)| json!({ "id": n.id, "account": n.account, "date": setting.now.zone.day(n.at), "kind": c.topic, "source": c.source, "text": n.public_text() }))
            .collect();
        let lines: Vec<String> =
            entries.iter().map(|(n, c)| format!("{} [{}] {}  {}", setting.now.zone.day(n.at), t.topic(c.topic), n.public_title(), c.source).trim_end().to_owned()).collect();
        return Ok((json!(json), if lines.is_empty() { t.no_context.to_owned() } else { lines.join("\n") }, None));
    }
    let date = match on {
        Some(text) => crate::services::dates::read_past(text, today).ok_or_else(|| Failure::Usage { reason: t.not_a_date.into() })?,
        None => today,
    };
    let at = if date == today { setting.now.at } else { setting.now.zone.instant(date.and_hms_opt(12, 0, 0).unwrap_or_default()) };
    let entry = crate::domain::note::Context { topic: Topic::parse(topic).unwrap_or(Topic::Remark), source: crate::domain::text::clean_line(source) };
    let words = fill(t.context_noted, &[&found.name, &t.topic(entry.topic)]);
    let op = capture::context(&found.id, &found.name, entry, at, text, setting.author, setting.now, setting.mint);
    store.commit(&op)?;
    let id = op.changes.iter().filter_map(|c| c.record()).map(Record::id).next().unwrap_or_default().to_owned();
    Ok((json!({ "note": id, "account": found.id, "date": date }), words, Some(op)))
}

/// Notes of all accounts that hold all the words, newest first.
pub(super) fn notes(store: &mut Store, setting: &Setting, words: &str) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    let words: Vec<String> = words.split_whitespace().map(crate::domain::text::fold).collect();
    let found = store.find_notes(&words, super::keeper::FOUND)?;
    let mut names: std::collections::HashMap<AccountId, String> = std::collections::HashMap::new();
    let (mut json, mut lines) = (Vec::new(), Vec::new());
    // What is private stays on the desk, that it holds these words too.
    let public = found.into_iter().map(|n| crate::domain::note::Note { text: n.public_text(), ..n });
    for n in public.filter(|n| n.has(&words)) {
        if !names.contains_key(&n.account) {
            let name = store.account(&n.account)?.map_or_else(|| n.account.to_string(), |a| a.name);
            names.insert(n.account.clone(), name);
        }
        let (name, line) = (&names[&n.account], crate::app::notes::line_with(&n, &words));
        json.push(json!({ "id": n.id, "account": n.account, "name": name, "at": n.at, "author": n.author, "line": line.text, "text": n.text }));
        lines.push(format!("{}  {name}  {}", setting.now.zone.local(n.at).format("%Y-%m-%d %H:%M"), line.text));
    }
    Ok((json!(json), if lines.is_empty() { t.no_notes_found.to_owned() } else { lines.join("\n") }, None))
}

/// What needs the caller today, in order.
pub(super) fn today(store: &mut Store, setting: &Setting) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    let day = setting.now.today();
    let mut book = crate::domain::book::Book::new(store.rows(setting.scoring())?);
    book.set_meetings(store.meetings()?);
    book.away = store.away()?.into_iter().map(|a| (a.name.clone(), a)).collect();
    let calendars = Calendars::new(&setting.config.cadence, book.away.values(), day, setting.now.zone);
    let desk = Desk { policy: &setting.config.cadence, calendars: &calendars, now: setting.now };
    let entries = desk.entries(&book, Whose::mine(&book, &setting.author.name), day);
    book.actions = store.open_actions()?.into_iter().map(|a| (a.id.clone(), a)).collect();
    book.checkins = store.checkins(crate::runtime::keeper::RECENT_CHECKINS)?.into_iter().map(|c| (c.id.clone(), c)).collect();
    let (mut json, mut lines) = (Vec::new(), Vec::new());
    let today = need::today(&book, &setting.author.name, &desk, &entries, &Default::default());
    for item in today.items {
        let name = book.name(&item.account).to_owned();
        let what = item.record.as_ref().and_then(|id| book.actions.get(id)).map(|a| a.what.clone()).unwrap_or_default();
        let reasons: Vec<String> = item.reasons.iter().map(|r| t.need_reason(r)).collect();
        let agreed = book.get(&item.account).and_then(|r| r.account.cadence.as_ref()?.agreed.clone());
        let rule = match &item.touch {
            Some(touch) => {
                [Some(t.touch_kind(touch.kind).to_owned()), touch.own.time.map(|at| at.format("%H:%M").to_string()), Some(t.rule(touch, agreed.as_ref())), t.due_words(touch, day)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
            None if what.is_empty() => reasons.join(" · "),
            None => what,
        };
        lines.push(format!("{}  {name}  {rule}", t.need_kind(item.kind)).trim_end().to_owned());
        json.push(json!({
            "account": item.account, "name": name, "kind": item.kind, "ideal": item.ideal, "latest": item.latest, "rule": rule,
            "points": (item.points * 10.0).round() / 10.0, "reasons": reasons, "record": item.record,
            "touch": item.touch.as_ref().map(|p| json!({ "kind": p.kind, "date": p.date, "time": p.own.time.map(|at| at.format("%H:%M").to_string()) })),
        }));
    }
    if today.rest > 0 {
        lines.push(fill(t.cli_today_rest, &[&today.rest]));
    }
    for r in need::renewals(&book, &setting.author.name, &desk) {
        let said = r.said.map(|s| t.judgement(s));
        json.push(json!({
            "account": r.account, "name": book.name(&r.account), "kind": "renewal", "ideal": r.date - chrono::Duration::days(r.window), "latest": r.date,
            "rule": fill(t.why_renewal, &[&r.days]), "window": r.window, "call": r.call, "said": r.said, "disagrees": r.disagrees(),
        }));
        let otherwise = if r.disagrees() { format!("  {}", fill(t.said_otherwise, &[&said.unwrap_or_default()])) } else { String::new() };
        lines.push(format!("{}  {}  {}  {}{otherwise}", t.need_kind(need::Kind::Renewal), book.name(&r.account), fill(t.why_renewal, &[&r.days]), t.judgement(r.call)));
    }
    for (account, d) in need::disagreements(&book, &setting.author.name, &desk) {
        json.push(json!({ "account": account, "name": book.name(&account), "kind": "disagreement", "ideal": day, "latest": day, "rule": d.kind, "one": d.one, "other": d.other }));
        lines.push(format!("≠  {}  {}  {}", book.name(&account), t.disagreement(d.kind), t.sides(&d)));
    }
    Ok((json!(json), if lines.is_empty() { t.today_nothing.to_owned() } else { lines.join("\n") }, None))
}

/// The signals of one account, or of all that have any: the most in need first.
pub(super) fn signals(store: &mut Store, setting: &Setting, only: Option<&Account>) -> Result<Said, Failure> {
    let t = setting.lang.strings();
    let mut unjudged = None;
    let rows: Vec<(Account, Box<[Signal]>)> = match only {
        Some(found) => {
            let standing = standing(store, setting, found)?.1;
            unjudged = t.gaps(&standing.gaps);
            vec![(found.clone(), standing.signals)]
        }
        None => store.rows(setting.scoring())?.into_iter().filter(|r| r.standing.churned.is_none()).map(|r| (r.account, r.standing.signals)).collect(),
    };
    let (mut json, mut lines) = (Vec::new(), Vec::new());
    for (account, signals) in rows.iter().filter(|r| !r.1.is_empty()) {
        let call = t.signal_call(signals).map(|c| format!("  {c}")).unwrap_or_default();
        lines.push(format!("{}{call}", account.name));
        for s in signals {
            lines.push(format!("  {} {}", t.severity(s.severity), t.signal_line(s)));
            let words: Vec<String> = s.evidence().iter().map(|e| t.evidence(e)).collect();
            json.push(json!({
                "signal": s.kind, "account": account.id, "name": account.name, "date": s.date, "severity": s.severity, "confidence": s.confidence,
                "positive": spec(s.kind).positive, "evidence": words, "numbers": s.evidence(), "rows": s.rows(),
            }));
        }
    }
    if lines.is_empty() {
        lines.push(t.no_signals.to_owned());
    }
    lines.extend(unjudged);
    Ok((json!(json), lines.join("\n"), None))
}
