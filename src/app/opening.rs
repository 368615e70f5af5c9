//! Enter: the account of a row, or the thing behind an entry.

use super::msg::Effect;
use super::overlay::{Item, Overlay, Pick, PickFor, Value};
use super::screens::account::{self, State, Tab};
use super::screens::cadence::Lens;
use super::screens::{Screen, today};
use super::{Model, calls, forms, touches, verbs};
use crate::domain::dossier::Dossier;
use crate::domain::ids::AccountId;
use crate::domain::priority;
use crate::domain::signals::Source;
use crate::domain::timeline::Kind;
use crate::domain::when::Zone;
use crate::words::{self, Lang};

pub fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    match model.screen {
        Screen::Today => {
            let item = model
                .today
                .items
                .get(model.today.list.cursor)
                .filter(|_| model.today.lens == today::Lens::Needs)
                .cloned();
            match item {
                Some(priority::Item {
                    kind: priority::Kind::WrapUp,
                    record: Some(id),
                    ..
                }) => calls::reopen(model, &id, effects),
                Some(priority::Item {
                    kind: priority::Kind::Meeting,
                    account,
                    touch: Some(touch),
                    ..
                }) => calls::start_meeting(model, account, &touch, effects),
                Some(priority::Item {
                    kind: priority::Kind::Touch,
                    account,
                    ..
                }) => open_cadence(model, account, effects),
                Some(priority::Item { kind, account, .. }) => {
                    open_account(model, account, effects);
                    if let Some(state) = model
                        .account
                        .as_mut()
                        .filter(|_| kind != priority::Kind::Account)
                    {
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
        Screen::Cadence => in_cadence(model, effects),
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
            if let Some(id) = model
                .checkins
                .shown(&model.book)
                .get(model.checkins.list.cursor)
                .map(|c| c.id.clone())
            {
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

/// A day of the month or a week of the forecast opens its agenda; a touch opens its account.
fn in_cadence(model: &mut Model, effects: &mut Vec<Effect>) {
    let day = match model.cadence.lens {
        Lens::Month => model.cadence.day,
        Lens::Capacity => model
            .cadence
            .weeks
            .get(model.cadence.list.cursor)
            .map(|w| w.monday),
        Lens::Adherence => return model.refuse(words::common::nothing_to_open(model.lang)),
        Lens::Week | Lens::Agenda | Lens::Suggestions => None,
    };
    if let Some(day) = day {
        let rows = model.geometry.list;
        let state = &mut model.cadence;
        state.lens = Lens::Agenda;
        state.list.cursor = state.place(day).min(state.entries.len().saturating_sub(1));
        state.list.top = state.list.cursor;
        state.list.hold(state.entries.len(), rows);
    } else if let Some(id) = model.subject() {
        open_cadence(model, id, effects);
    }
}

/// The account, at its touches.
fn open_cadence(model: &mut Model, id: AccountId, effects: &mut Vec<Effect>) {
    open_account(model, id, effects);
    if let Some(state) = &mut model.account {
        state.tab = Tab::Cadence;
    }
}

/// Enter on an entry of the account: the thing itself, whole.
fn open_item(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let cursor = state.list().cursor;
    let entry = state
        .timeline_shown()
        .get(cursor)
        .map(|e| (e.kind, e.index));
    match state.tab {
        Tab::Overview => verbs::edit(model),
        Tab::Signals => open_signal(model, cursor),
        Tab::People => {
            let id = d.contacts.get(cursor).map(|c| c.id.clone());
            forms::contact_form(model, id);
        }
        Tab::Actions => open_entry(model, Kind::Action, cursor, effects),
        Tab::Notes => open_entry(model, Kind::Note, cursor, effects),
        Tab::Tickets => open_entry(model, Kind::Ticket, cursor, effects),
        Tab::Timeline if let Some((kind, index)) = entry => open_entry(model, kind, index, effects),
        Tab::Cadence => touches::ask_outcome(model, effects),
        Tab::Timeline | Tab::Usage => model.refuse(words::common::nothing_to_open(model.lang)),
    }
}

/// One thing of the account, by its kind and place.
fn open_entry(model: &mut Model, kind: Kind, index: usize, effects: &mut Vec<Effect>) {
    let Some(state) = &model.account else { return };
    let Some(d) = &state.dossier else { return };
    match kind {
        Kind::Checkin => {
            if let Some(checkin) = d.checkins.get(index).cloned() {
                model
                    .book
                    .checkins
                    .entry(checkin.id.clone())
                    .or_insert_with(|| checkin.clone());
                calls::reopen(model, &checkin.id, effects);
            }
        }
        Kind::Action => {
            let id = d.actions.get(index).map(|a| a.id.clone());
            forms::action_form(model, id);
        }
        _ => match reading(model.t(), state, d, (kind, index), model.now.zone) {
            Some(overlay) => model.overlays.push(overlay),
            None => model.refuse(words::common::nothing_to_open(model.lang)),
        },
    }
}

/// What is only read: its title and its text, whole.
fn reading(
    t: Lang,
    state: &State,
    d: &Dossier,
    (kind, index): (Kind, usize),
    zone: Zone,
) -> Option<Overlay> {
    let when = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let (title, lines): (String, Vec<String>) = match kind {
        Kind::Note => {
            let n = d.notes.get(index)?;
            (
                format!("{} · {}", when(n.at), n.author),
                n.text.lines().map(str::to_owned).collect(),
            )
        }
        Kind::Ticket => {
            let x = d.tickets.get(index)?;
            let mut lines = vec![
                format!("{} · {} · {}", x.id, x.status.words(t), x.priority.words(t)),
                format!(
                    "{}: {}",
                    words::account::opened_on(t),
                    x.opened
                        .map_or_else(|| words::common::unknown(t).to_owned(), when)
                ),
            ];
            if let Some(at) = x.solved {
                lines.push(format!("{}: {}", words::account::solved_on(t), when(at)));
            }
            lines.extend(x.oddities.iter().map(|o| format!("⚑ {}", o.words(t))));
            lines.push(String::new());
            lines.extend(x.body.lines().map(str::to_owned));
            (
                if x.subject.is_empty() {
                    x.id.to_string()
                } else {
                    x.subject.clone()
                },
                lines,
            )
        }
        _ => {
            let entry = state
                .timeline
                .iter()
                .find(|e| (e.kind, e.index) == (kind, index))?;
            (
                when(entry.at),
                account::text_of(d, *entry)
                    .lines()
                    .map(str::to_owned)
                    .collect(),
            )
        }
    };
    Some(Overlay::Notice {
        title,
        lines,
        scroll: 0,
    })
}

/// A signal in full: what it means, its numbers, and the records behind it, each of which opens.
fn open_signal(model: &mut Model, at: usize) {
    let t = model.t();
    let found = model
        .account
        .as_ref()
        .and_then(|state| Some((state.signals.get(at)?, state.dossier.as_deref()?)));
    let Some((signal, d)) = found else {
        return model.refuse(words::common::nothing_to_open(t));
    };
    let mut lines = vec![signal.kind.help(t).to_owned(), String::new()];
    lines.push(format!(
        "{} · {} · {}",
        signal.severity.words(t),
        words::signals::since_day(t, signal.date),
        words::signals::sure(t, signal.confidence)
    ));
    lines.extend(
        signal
            .evidence
            .iter()
            .map(|e| format!("  {}", words::signals::evidence(t, e))),
    );
    let title = signal.kind.words(t).to_owned();
    let rows = &signal.rows;
    let records = rows.iter().filter_map(|source| {
        let label = account::source_text(d, source, model.now.zone)?;
        Some(Item {
            label,
            detail: String::new(),
            value: Value::Record(source.clone()),
        })
    });
    let records: Vec<Item> = records.collect();
    if records.is_empty() {
        return model.overlays.push(Overlay::Notice {
            title,
            lines,
            scroll: 0,
        });
    }
    lines.extend([String::new(), words::signals::behind_it(t, records.len())]);
    model.overlays.push(Overlay::Pick(Pick {
        about: lines,
        ..Pick::new(PickFor::Record, title, records)
    }));
}

/// A record behind a signal.
pub fn open_record(model: &mut Model, source: &Source, effects: &mut Vec<Effect>) {
    let Some(d) = model.account.as_ref().and_then(|s| s.dossier.as_deref()) else {
        return;
    };
    match account::place_of(d, source) {
        Some((kind, index)) => open_entry(model, kind, index, effects),
        None => {
            let id = d
                .contacts
                .iter()
                .find(|c| c.id.as_str() == source.id)
                .map(|c| c.id.clone());
            forms::contact_form(model, id);
        }
    }
}
