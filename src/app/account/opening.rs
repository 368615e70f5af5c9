//! Enter on a record of an account: opens the record in full.

use super::state::{Pane, Reply, Tab};
use super::{editing, entries, people};
use crate::app::kit::pick::{Item, Pick};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::verb::Effects;
use crate::app::{actions, call, touches};
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::Ticket;
use crate::domain::signals::{Signal, Source};
use crate::domain::timeline::Kind;
use crate::domain::when::Zone;
use crate::words::{self, Lang};

pub fn open(model: &mut Model, effects: &mut Effects) {
    let Some(pane) = &model.account else { return };
    let Some(d) = &pane.dossier else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let cursor = pane.list().cursor;
    match pane.tab {
        Tab::Overview => editing::edit(model),
        Tab::Signals => open_signal(model, cursor),
        Tab::People => {
            let id = d.contacts.get(cursor).map(|c| c.id.clone());
            people::open(model, id);
        }
        Tab::Actions => open_entry(model, Kind::Action, cursor, effects),
        Tab::Notes => open_entry(model, Kind::Note, cursor, effects),
        Tab::Tickets => open_entry(model, Kind::Ticket, cursor, effects),
        Tab::Cadence => touches::ask_outcome(model, effects),
        Tab::Timeline => match pane.timeline_shown().get(cursor) {
            Some(entry) => open_entry(model, entry.kind, entry.index, effects),
            None => model.refuse(words::common::nothing_to_open(model.lang)),
        },
        Tab::Usage => model.refuse(words::common::nothing_to_open(model.lang)),
    }
}

/// Opens one record of the account, by its kind and index.
fn open_entry(model: &mut Model, kind: Kind, index: usize, effects: &mut Effects) {
    let Some(pane) = &model.account else { return };
    let Some(d) = &pane.dossier else { return };
    match kind {
        Kind::Checkin => {
            if let Some(checkin) = d.checkins.get(index).cloned() {
                let id = checkin.id.clone();
                model.book.checkins.entry(id.clone()).or_insert(checkin);
                call::reopen(model, &id, effects);
            }
        }
        Kind::Action => {
            let id = d.actions.get(index).map(|a| a.id.clone());
            actions::edit(model, id);
        }
        _ => match text_of(pane, d, (kind, index), (model.lang, model.now.zone)) {
            Some((title, lines)) => model.show(title, lines),
            None => model.refuse(words::common::nothing_to_open(model.lang)),
        },
    }
}

/// The title and full text of a record that can only be read.
fn text_of(
    pane: &Pane,
    d: &Dossier,
    (kind, index): (Kind, usize),
    (lang, zone): (Lang, Zone),
) -> Option<(String, Vec<String>)> {
    let when = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    match kind {
        Kind::Note => {
            let note = d.notes.get(index)?;
            let title = format!("{} · {}", when(note.at), note.author);
            Some((title, lines(&note.text)))
        }
        Kind::Ticket => Some(ticket(d.tickets.get(index)?, (lang, zone))),
        _ => {
            let is = |e: &&crate::domain::timeline::Entry| (e.kind, e.index) == (kind, index);
            let entry = pane.timeline.iter().find(is)?;
            Some((when(entry.at), lines(&entries::text_of(d, *entry))))
        }
    }
}

fn ticket(ticket: &Ticket, (lang, zone): (Lang, Zone)) -> (String, Vec<String>) {
    let when = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let (status, priority) = (ticket.status.words(lang), ticket.priority.words(lang));
    let opened = ticket.opened.map(when);
    let mut lines = vec![
        format!("{} · {status} · {priority}", ticket.id),
        format!(
            "{}: {}",
            words::account::opened_on(lang),
            opened.unwrap_or_else(|| words::common::unknown(lang).to_owned())
        ),
    ];
    if let Some(at) = ticket.solved {
        lines.push(format!("{}: {}", words::account::solved_on(lang), when(at)));
    }
    lines.extend(
        ticket
            .oddities
            .iter()
            .map(|o| format!("⚑ {}", o.words(lang))),
    );
    lines.push(String::new());
    lines.extend(ticket.body.lines().map(str::to_owned));
    if !ticket.resolution.is_empty() {
        lines.push(String::new());
        lines.push(format!("{}:", words::account::resolution(lang)));
        lines.extend(ticket.resolution.lines().map(str::to_owned));
    }
    let title = if ticket.subject.is_empty() {
        ticket.id.to_string()
    } else {
        ticket.subject.clone()
    };
    (title, lines)
}

/// Opens a signal in full: its meaning, its numbers, and the records behind it, each of which can
/// be opened.
fn open_signal(model: &mut Model, at: usize) {
    let lang = model.lang;
    let pane = model.account.as_ref();
    let found = pane.and_then(|p| Some((p.signals.get(at)?, p.dossier.as_deref()?)));
    let Some((signal, d)) = found else {
        return model.refuse(words::common::nothing_to_open(lang));
    };
    let mut lines = about(signal, lang);
    let title = signal.kind.words(lang).to_owned();
    let zone = model.now.zone;
    let record = |source: &Source| {
        let label = entries::source_text(d, source, zone)?;
        let mut item = Item::new(label, "", Reply::Record(source.clone()));
        // A check-in opens on its own screen; the other records are read one after the other.
        item.stays = source.kind != "checkin";
        Some(item)
    };
    let records: Vec<_> = signal.rows.iter().filter_map(record).collect();
    if records.is_empty() {
        return model.show(title, lines);
    }
    lines.extend([
        String::new(),
        words::signals::behind_it(lang, records.len()),
    ]);
    let mut pick = Pick::new(title, records);
    pick.about = lines;
    model.overlays.push(Overlay::Pick(pick));
}

/// The meaning of a signal, its confidence and its evidence.
fn about(signal: &Signal, lang: Lang) -> Vec<String> {
    let mut lines = vec![signal.kind.help(lang).to_owned(), String::new()];
    lines.push(format!(
        "{} · {} · {}",
        signal.severity.words(lang),
        words::signals::since_day(lang, signal.date),
        words::signals::sure(lang, signal.confidence)
    ));
    let evidence = signal.evidence.iter();
    lines.extend(evidence.map(|e| format!("  {}", words::signals::evidence(lang, e))));
    lines
}

/// Opens a record behind a signal.
pub fn open_record(model: &mut Model, source: &Source, effects: &mut Effects) {
    let Some(d) = model.account.as_ref().and_then(|p| p.dossier.as_deref()) else {
        return;
    };
    match entries::place_of(d, source) {
        Some((kind, index)) => open_entry(model, kind, index, effects),
        None => {
            let is = |c: &&crate::domain::contact::Contact| c.id.as_str() == source.id;
            let id = d.contacts.iter().find(is).map(|c| c.id.clone());
            people::open(model, id);
        }
    }
}
