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

use crate::app::command::{self, Command, VERBS, Verb};
use crate::app::screens::Screen;
use crate::app::{Geometry, Model, wrap};
use crate::words;
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
        pen.text(
            area.x,
            area.y,
            area.width,
            words::shell::too_small(t),
            Tone::Caution,
        );
        return Drawn::default();
    }
    header(model, &mut pen, area);
    let body = Rect {
        y: area.y + 1,
        height: area.height - 3,
        ..area
    };
    let mut drawn = match model.screen {
        Screen::Insights => screens::insights::draw(model, &mut pen, body),
        Screen::Cadence => screens::cadence::draw(model, &mut pen, body),
        Screen::Today => screens::today::draw(model, &mut pen, body),
        Screen::Portfolio => screens::portfolio::draw(model, &mut pen, body),
        Screen::Account => screens::account::draw(model, &mut pen, body),
        Screen::Actions => screens::actions::draw(model, &mut pen, body),
        Screen::Checkins => screens::checkins::draw(model, &mut pen, body),
        Screen::Brief => screens::brief::draw(model, &mut pen, body),
        Screen::Live => screens::live::draw(model, &mut pen, body),
    };
    status(
        model,
        &mut pen,
        Rect {
            y: area.bottom() - 2,
            height: 1,
            ..area
        },
    );
    footer(
        model,
        &mut pen,
        Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        },
    );
    if let Some(over) = overlays::draw(model, &mut pen, area) {
        drawn = Drawn {
            geometry: Geometry {
                list: drawn.geometry.list,
                ..over.geometry
            },
            ..over
        };
    }
    drawn
}

fn header(model: &Model, pen: &mut Pen, area: Rect) {
    let t = model.t();
    let local = model.now.local();
    let weekday = words::dates::weekday(t, local.weekday());
    let clock = match model.lang {
        words::Lang::Ja => format!(
            "{} · {}月{}日({weekday}) {}",
            model.author.name,
            local.month(),
            local.day(),
            local.format("%H:%M")
        ),
        words::Lang::En => format!(
            "{} · {weekday} {} {}",
            model.author.name,
            local.format("%-d %b"),
            local.format("%H:%M")
        ),
    };
    let screens = [
        (Screen::Today, "1", words::shell::today_word(t)),
        (Screen::Portfolio, "2", words::shell::portfolio(t)),
        (Screen::Checkins, "3", words::shell::checkins(t)),
        (Screen::Actions, "4", words::shell::actions(t)),
        (Screen::Cadence, "5", words::cadence::title(t)),
        (Screen::Insights, "8", words::shell::insights(t)),
    ];
    let live = model
        .live
        .as_ref()
        .filter(|l| {
            l.phase == crate::app::screens::live::Phase::Live && model.screen != Screen::Live
        })
        .map(|l| format!("● {}", l.name));
    // Where not all have room, the desk's own name goes first, then the gaps, then the names of screens that
    // are not open: which one is, and a call that runs, are always told.
    let names: usize = screens.iter().map(|s| wrap::width(s.2)).sum();
    let (title, gap) = (
        wrap::width(words::shell::desk_title(t)) + 3,
        screens.len() * 4,
    );
    let room = usize::from(area.width)
        .saturating_sub(live.as_ref().map_or(0, |l| wrap::width(l).min(14) + 1));
    let wide = title + names + gap <= room;
    let named = names + screens.len() * 3 < room;
    let mut x = if wide {
        pen.text(
            area.x + 1,
            area.y,
            area.width,
            words::shell::desk_title(t),
            Tone::Title,
        ) + 2
    } else {
        area.x
    };
    for (screen, key, name) in screens {
        let here = model.screen == screen;
        x = pen.text(x, area.y, area.right().saturating_sub(x), key, Tone::Key);
        if !here && !named {
            x += 1;
            continue;
        }
        // Brackets as on tabs: without colours they are all that tells.
        let name = match (here, wide) {
            (true, _) => format!("[{name}]"),
            (false, true) => format!(" {name} "),
            (false, false) => format!(" {name}"),
        };
        x = pen.text(
            x,
            area.y,
            area.right().saturating_sub(x),
            &name,
            if here { Tone::Accent } else { Tone::Dim },
        ) + 1;
    }
    if let Some(live) = live {
        x = pen.text(x, area.y, area.right().saturating_sub(x), &live, Tone::Bad) + 1;
    }
    let room = area.right().saturating_sub(x + 1);
    if wrap::width(&clock) <= usize::from(room) {
        pen.right(area.right() - 1, area.y, room, &clock, Tone::Dim);
    } else if room >= 5 {
        pen.right(
            area.right() - 1,
            area.y,
            room,
            &local.format("%H:%M").to_string(),
            Tone::Dim,
        );
    }
}

/// The line above the footer: what was just said, else whether all is on disk.
fn status(model: &Model, pen: &mut Pen, area: Rect) {
    pen.rule(area.x, area.y, area.width);
    let t = model.t();
    if let Some(toast) = &model.toast {
        pen.text(
            area.x + 1,
            area.y,
            area.width - 2,
            &format!(" {} ", toast.text),
            if toast.bad {
                Tone::Caution
            } else {
                Tone::Toast
            },
        );
        return;
    }
    let saving = if model.saving.pending > 0 {
        Some(words::shell::saving(t).to_owned())
    } else {
        model
            .saving
            .last
            .map(|at| words::shell::saved_at(t, model.now.zone.local(at).format("%H:%M:%S")))
    };
    let state = if model.ready {
        saving
    } else {
        Some(words::common::opening(t).to_owned())
    };
    if let Some(text) = state {
        pen.right(
            area.right() - 1,
            area.y,
            area.width / 2,
            &format!(" {text} "),
            Tone::Dim,
        );
    }
}

/// The keys that matter here, the screen's own first, as many as fit; help and the palette always
/// have their place at the right. What lies over the screen shows its own keys.
fn footer(model: &Model, pen: &mut Pen, area: Rect) {
    let t = model.t();
    if !model.overlays.is_empty() {
        return;
    }
    if model.screen == Screen::Portfolio && model.portfolio.typing.is_some() {
        pen.text(
            area.x + 1,
            area.y,
            area.width - 2,
            words::shell::filter_typing_keys(t),
            Tone::Dim,
        );
        return;
    }
    let scopes = model.scopes();
    let fits = |v: &&Verb| scopes.contains(&v.scope) && command::is_near(v.command, model);
    let label = |v: &Verb| (v.key(), v.command.words(t));
    let columns = |(key, name): &(String, &str)| (wrap::width(key) + wrap::width(name) + 3) as u16;
    let mut end = area.right();
    let mut seen = Vec::new();
    for command in [Command::Palette, Command::Help] {
        if let Some(verb) = VERBS.iter().filter(fits).find(|v| v.command == command) {
            let (key, name) = label(verb);
            let room = columns(&(key.clone(), name));
            seen.push(command);
            if area.width >= 60 {
                end = end.saturating_sub(room);
                let x = pen.text(end + 1, area.y, room, &key, Tone::Key);
                pen.text(x, area.y, room, &format!(" {name}"), Tone::Dim);
            }
        }
    }
    // A key means what the nearest scope says: what it hides is not shown.
    let mut keys = std::collections::HashSet::new();
    let mut x = area.x + 1;
    for verb in scopes
        .iter()
        .flat_map(|s| VERBS.iter().filter(|v| v.scope == *s && v.footer))
        .filter(fits)
    {
        if seen.contains(&verb.command) {
            continue;
        }
        let (key, name) = label(verb);
        if !keys.insert(key.clone()) {
            continue;
        }
        if x + columns(&(key.clone(), name)) > end {
            break;
        }
        seen.push(verb.command);
        x = pen.text(x, area.y, end - x, &key, Tone::Key);
        x = pen.text(x, area.y, end - x, &format!(" {name}"), Tone::Dim) + 2;
    }
}
