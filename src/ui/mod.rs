//! Draws the model. Looks, never changes: the same model draws the same cells.

pub mod charts;
pub mod editor;
mod overlays;
pub mod pen;
mod screens;
pub mod svg;
pub mod theme;

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::command::{Scope, VERBS};
use crate::app::screens::Screen;
use crate::app::{Geometry, Model};
use crate::i18n::fill;
use pen::Pen;
use theme::{Theme, Tone};

/// What drawing found out: the viewport, and where the caret stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drawn {
    pub geometry: Geometry,
    pub caret: Option<(u16, u16)>,
}

/// Below this nothing of use can be shown.
const LEAST: (u16, u16) = (24, 6);

pub fn draw(model: &Model, theme: &Theme, buf: &mut Buffer) -> Drawn {
    let area = buf.area;
    let mut pen = Pen::new(buf, theme);
    let t = model.t();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        pen.text(area.x, area.y, area.width, t.too_small, Tone::Caution);
        return Drawn::default();
    }
    header(model, &mut pen, area);
    let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
    let mut drawn = match model.screen {
        Screen::Portfolio => screens::portfolio::draw(model, &mut pen, body),
        Screen::Account => screens::account::draw(model, &mut pen, body),
        Screen::Actions => screens::actions::draw(model, &mut pen, body),
        Screen::Checkins => screens::checkins::draw(model, &mut pen, body),
        Screen::Brief => screens::brief::draw(model, &mut pen, body),
        Screen::Live => screens::live::draw(model, &mut pen, body),
    };
    status(model, &mut pen, Rect { y: area.bottom() - 2, height: 1, ..area });
    footer(model, &mut pen, Rect { y: area.bottom() - 1, height: 1, ..area });
    if let Some(over) = overlays::draw(model, &mut pen, area) {
        drawn = over;
    }
    drawn
}

fn header(model: &Model, pen: &mut Pen, area: Rect) {
    let t = model.t();
    let local = model.now.local();
    let weekday = t.weekdays[local.weekday().num_days_from_monday() as usize];
    let clock = match model.lang {
        crate::i18n::Lang::Ja => format!("{} · {}月{}日({weekday}) {}", model.author.name, local.month(), local.day(), local.format("%H:%M")),
        crate::i18n::Lang::En => format!("{} · {weekday} {} {}", model.author.name, local.format("%-d %b"), local.format("%H:%M")),
    };
    let mut x = pen.text(area.x + 1, area.y, area.width, t.desk_title, Tone::Title) + 2;
    for (screen, key, name) in [(Screen::Portfolio, "2", t.portfolio), (Screen::Checkins, "3", t.checkins), (Screen::Actions, "4", t.actions)] {
        let here = model.screen == screen;
        x = pen.text(x, area.y, area.right().saturating_sub(x), key, Tone::Key);
        x = pen.text(x, area.y, area.right().saturating_sub(x), name, if here { Tone::Accent } else { Tone::Dim }) + 2;
    }
    if let Some(live) = model.live.as_ref().filter(|l| l.phase == crate::app::screens::live::Phase::Live && model.screen != Screen::Live) {
        x = pen.text(x, area.y, area.right().saturating_sub(x), &format!("● {}", live.name), Tone::Bad) + 1;
    }
    let room = area.right().saturating_sub(x + 1);
    if crate::app::wrap::width(&clock) <= usize::from(room) {
        pen.right(area.right() - 1, area.y, room, &clock, Tone::Dim);
    } else if room >= 5 {
        pen.right(area.right() - 1, area.y, room, &local.format("%H:%M").to_string(), Tone::Dim);
    }
}

/// The line above the footer: what was just said, else whether all is on disk.
fn status(model: &Model, pen: &mut Pen, area: Rect) {
    pen.rule(area.x, area.y, area.width);
    let t = model.t();
    if let Some(toast) = &model.toast {
        pen.text(area.x + 1, area.y, area.width - 2, &format!(" {} ", toast.text), if toast.bad { Tone::Caution } else { Tone::Toast });
        return;
    }
    let saving = if model.saving.pending > 0 { Some(t.saving.to_owned()) } else { model.saving.last.map(|at| fill(t.saved_at, &[&model.now.zone.local(at).format("%H:%M:%S")])) };
    let state = if model.ready { saving } else { Some(t.opening.to_owned()) };
    if let Some(text) = state {
        pen.right(area.right() - 1, area.y, area.width / 2, &format!(" {text} "), Tone::Dim);
    }
}

/// The keys that matter here, nearest scope first; as many as fit.
fn footer(model: &Model, pen: &mut Pen, area: Rect) {
    let t = model.t();
    let mut x = area.x + 1;
    let mut seen: Vec<crate::app::command::Command> = Vec::new();
    let scopes = model.scopes();
    // The list's own keys come after what is particular to the screen.
    let order = scopes.iter().filter(|s| **s != Scope::List).chain(scopes.iter().filter(|s| **s == Scope::List));
    for scope in order {
        for verb in VERBS.iter().filter(|v| v.scope == *scope && v.footer && !seen.contains(&v.command)).collect::<Vec<_>>() {
            let (key, name) = (verb.key(), t.verb(verb.command));
            let width = crate::app::wrap::width(&key) + crate::app::wrap::width(name) + 3;
            if usize::from(x) + width > usize::from(area.right()) {
                return;
            }
            seen.push(verb.command);
            x = pen.text(x, area.y, area.right() - x, &key, Tone::Key);
            x = pen.text(x, area.y, area.right() - x, &format!(" {name}"), Tone::Dim) + 2;
        }
    }
}
