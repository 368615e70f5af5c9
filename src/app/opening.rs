//! Enter: the account of a row, or the thing behind an entry.

use super::msg::Effect;
use super::overlay::Overlay;
use super::screens::account::{self, Tab};
use super::screens::{Screen, today};
use super::{Model, calls, forms, verbs};
use crate::domain::dossier::Dossier;
use crate::domain::ids::AccountId;
use crate::domain::need::{self, Item};
use crate::domain::signals::Signal;
use crate::domain::timeline::Kind;
use crate::domain::when::Zone;
use crate::i18n::{Strings, fill};

pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.screen {
        Screen::Today => {
            let item = model.today.items.get(model.today.list.cursor).filter(|_| model.today.lens == today::Lens::Needs).cloned();
            match item {
                Some(Item { kind: need::Kind::WrapUp, record: Some(id), .. }) => calls::reopen(model, &id, effects),
                Some(Item { kind, account, .. }) => {
                    open_account(model, account, effects);
                    if let Some(state) = model.account.as_mut().filter(|_| kind != need::Kind::Account) {
                        state.tab = Tab::Actions;
                    }
                }
                None => {
                    if let Some(id) = model.subject() {
                        open_account(model, id, effects);
                    }
                }
            }
        }
        Screen::Portfolio => {
            if let Some(id) = model.subject() {
                open_account(model, id, effects);
            }
        }
        Screen::Actions => {
            if let Some(id) = model.subject() {
                open_account(model, id, effects);
                if let Some(state) = &mut model.account {
                    state.tab = Tab::Actions;
                }
            }
        }
        Screen::Checkins => {
            if let Some(id) = model.checkins.shown(&model.book).get(model.checkins.list.cursor).map(|c| c.id.clone()) {
                calls::reopen(model, &id, effects);
            }
        }
        Screen::Account => open_item(model, effects),
        _ => {}
    }
}

pub fn open_account(model: &mut Model, id: AccountId, effects: &mut Vec<Effect>) {
    if model.account.as_ref().is_none_or(|a| a.id != id) {
        model.account = Some(account::State::new(id.clone()));
    }
    model.goto(Screen::Account);
    effects.push(Effect::Load(id));
}

/// Enter on an entry of the account: the thing itself, whole.
fn open_item(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else { return model.refuse(model.t().still_loading) };
    let cursor = state.list().cursor;
    let t = model.t();
    let zone = model.now.zone;
    let when = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let entry = state.timeline_shown().get(cursor).copied();
    let notice = |title: String, text: &str| Overlay::Notice { title, lines: text.lines().map(str::to_owned).collect(), scroll: 0 };
    let timeline_kind = entry.map(|e| (e.kind, e.index));
    let overlay = match (state.tab, timeline_kind) {
        (Tab::Overview, _) => return verbs::edit(model),
        (Tab::Signals, _) => state.signals.get(cursor).map(|s| Overlay::Notice { title: t.signal_kind(s.kind).to_owned(), lines: signal_lines(t, d, s, zone), scroll: 0 }),
        (Tab::People, _) => {
            let id = d.contacts.get(cursor).map(|c| c.id.clone());
            return forms::contact_form(model, id);
        }
        (Tab::Actions, _) => {
            let id = d.actions.get(cursor).map(|a| a.id.clone());
            return forms::action_form(model, id);
        }
        (Tab::Notes, _) => d.notes.get(cursor).map(|n| notice(format!("{} · {}", when(n.at), n.author), &n.text)),
        (Tab::Timeline, Some((Kind::Note, i))) => d.notes.get(i).map(|n| notice(format!("{} · {}", when(n.at), n.author), &n.text)),
        (Tab::Timeline, Some((Kind::Checkin, i))) => {
            let checkin = d.checkins[i].clone();
            model.book.checkins.entry(checkin.id.clone()).or_insert_with(|| checkin.clone());
            return calls::reopen(model, &checkin.id, effects);
        }
        (Tab::Timeline, Some((Kind::Action, i))) => {
            let id = d.actions.get(i).map(|a| a.id.clone());
            return forms::action_form(model, id);
        }
        (Tab::Tickets, _) | (Tab::Timeline, Some((Kind::Ticket, _))) => {
            let at = if state.tab == Tab::Tickets { cursor } else { timeline_kind.map_or(0, |k| k.1) };
            d.tickets.get(at).map(|x| {
                let mut lines = vec![
                    format!("{} · {} · {}", x.id, t.ticket_status(x.status), t.ticket_priority(x.priority)),
                    format!("{}: {}", t.opened_on, x.opened.map_or_else(|| t.unknown.to_owned(), when)),
                ];
                if let Some(at) = x.solved {
                    lines.push(format!("{}: {}", t.solved_on, when(at)));
                }
                lines.extend(x.oddities.iter().map(|o| format!("⚑ {}", t.oddity(*o))));
                lines.push(String::new());
                lines.extend(x.body.lines().map(str::to_owned));
                Overlay::Notice { title: if x.subject.is_empty() { x.id.to_string() } else { x.subject.clone() }, lines, scroll: 0 }
            })
        }
        (Tab::Timeline, Some(_)) => entry.map(|e| notice(when(e.at), &account::text_of(d, e))),
        _ => None,
    };
    match overlay {
        Some(overlay) => model.overlays.push(overlay),
        None => model.refuse(t.nothing_to_open),
    }
}

/// A signal in full: what it means, its numbers, and the records behind it.
fn signal_lines(t: &Strings, d: &Dossier, s: &Signal, zone: Zone) -> Vec<String> {
    let mut lines = vec![t.signal_help(s.kind).to_owned(), String::new()];
    lines.push(format!("{} · {} · {}", t.severity(s.severity), fill(t.since_day, &[&s.date]), fill(t.sure, &[&s.confidence])));
    lines.extend(s.evidence.iter().map(|e| format!("  {}", t.evidence(e))));
    let rows: Vec<String> = s.rows.iter().filter_map(|r| account::source_text(d, r, zone)).collect();
    if !rows.is_empty() {
        lines.extend([String::new(), fill(t.behind_it, &[&rows.len()])]);
        lines.extend(rows.into_iter().map(|r| format!("  {r}")));
    }
    lines
}
