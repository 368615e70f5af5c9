//! The people of an account, the chosen one in full below the list.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::contact::{Contact, Status};
use crate::domain::dossier::Dossier;
use crate::ui::kit::columns::date_width;
use crate::ui::kit::list;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the tab and returns how many people are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.contacts.is_empty() {
        let words = words::account::no_people(model.lang);
        pen.text(area.x + 2, area.y + 1, area.width, words, Tone::Dim);
    }
    let detail = if area.height >= 12 && !d.contacts.is_empty() {
        4
    } else {
        0
    };
    let body = Rect {
        height: area.height - detail,
        ..area
    };
    let list = state.list();
    list::draw(pen, body, list, &d.contacts, |pen, line, contact| {
        row(model, pen, line, contact);
    });
    if let Some(contact) = d.contacts.get(list.cursor).filter(|_| detail > 0) {
        let below = Rect {
            y: body.bottom(),
            height: detail,
            ..area
        };
        in_full(model, pen, below, contact);
    }
    body.height
}

fn row(model: &Model, pen: &mut Pen, area: Rect, contact: &Contact) {
    let lang = model.lang;
    let y = area.y;
    let gone = contact.status != Status::Active;
    let name = if contact.reading.is_empty() {
        contact.name.clone()
    } else {
        format!("{} ({})", contact.name, contact.reading)
    };
    let width = (area.width / 3).max(18);
    let tone = if gone { Tone::Dim } else { Tone::Text };
    pen.text(area.x + 1, y, width - 1, &name, tone);
    let role = contact.role.map_or("", |r| r.words(lang));
    pen.text(area.x + 1 + width, y, 16, role, Tone::Accent);
    let mut x = area.x + 18 + width;
    if gone {
        let day = |d| words::dates::day(lang, d, model.now.today());
        let status = contact.status.words(lang);
        let width = wrap::width(status) as u16 + 1 + date_width(model.now.today(), day);
        let since = contact.since.map(day).unwrap_or_default();
        let words = format!("{status} {since}");
        x = pen.text(x, y, width, words.trim_end(), Tone::Bad) + 1;
    }
    let rest = joined(&[&contact.title, &contact.email]);
    let room = area.right().saturating_sub(x + 1);
    pen.text(x, y, room, &rest, Tone::Dim);
}

/// A rule, the name, and how the person is reached.
fn in_full(model: &Model, pen: &mut Pen, area: Rect, contact: &Contact) {
    let lang = model.lang;
    pen.rule(area.x, area.y, area.width);
    let name = [
        (contact.name.as_str(), Tone::Title),
        ("  ", Tone::Dim),
        (&contact.reading, Tone::Dim),
        ("  ", Tone::Dim),
        (&contact.title, Tone::Text),
    ];
    pen.pieces(area.x + 1, area.y + 1, area.width - 2, &name);
    let last = contact
        .last_contacted
        .map(|d| {
            let day = words::dates::day(lang, d, model.now.today());
            format!("{} {day}", words::account::last_touch(lang))
        })
        .unwrap_or_default();
    let seen = contact
        .last_seen
        .map(|d| {
            let day = words::dates::day(lang, d, model.now.today());
            format!("{} {day}", words::account::last_seen(lang))
        })
        .unwrap_or_default();
    let words = joined(&[
        &contact.email,
        &contact.phone,
        contact.channel.map_or("", |c| c.words(lang)),
        contact.status.words(lang),
        &last,
        &seen,
    ]);
    pen.text(area.x + 1, area.y + 2, area.width - 2, &words, Tone::Text);
}

/// The parts that say something, with dots between them.
fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    filled.join(" · ")
}
