//! The line at the top: the screens, a call that runs, the clock.

use chrono::Datelike;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws the header into the first line of the area.
pub fn header(model: &Model, pen: &mut Pen, area: Rect) {
    let live = model
        .call
        .running()
        .filter(|_| model.screen != Screen::Call)
        .map(|call| format!("● {}", call.name));
    // Only a number: the screen may be shared in a call.
    let rescues = match model.risk.rescues.1 {
        0 => String::new(),
        count => format!("!{count} "),
    };
    let reserved = live.as_ref().map_or(0, |l| wrap::width(l).min(14) + 1) + rescues.len();
    let mut x = screens(model, pen, area, reserved);
    x = pen.text(
        x,
        area.y,
        area.right().saturating_sub(x),
        &rescues,
        Tone::Bad,
    );
    if let Some(live) = live {
        x = pen.text(x, area.y, area.right().saturating_sub(x), &live, Tone::Bad) + 1;
    }
    let room = area.right().saturating_sub(x + 1);
    let clock = clock(model);
    if wrap::width(&clock) <= usize::from(room) {
        pen.right(area.right() - 1, area.y, room, &clock, Tone::Dim);
    } else if room >= 5 {
        let time = model.now.local().format("%H:%M").to_string();
        pen.right(area.right() - 1, area.y, room, &time, Tone::Dim);
    }
}

/// The screens with their keys; returns the column after them. Where not all have room, the desk's own
/// name goes first, then the gaps, then the names of screens that are not open: which one is, and a
/// call that runs, always show. The call needs `reserved` columns.
fn screens(model: &Model, pen: &mut Pen, area: Rect, reserved: usize) -> u16 {
    let lang = model.lang;
    let screens = [
        (Screen::Today, "1", words::shell::today_word(lang)),
        (Screen::Portfolio, "2", words::shell::portfolio(lang)),
        (Screen::Checkins, "3", words::shell::checkins(lang)),
        (Screen::Actions, "4", words::shell::actions(lang)),
        (Screen::Cadence, "5", words::cadence::title(lang)),
        (Screen::Risk, "6", words::risk::title(lang)),
        (Screen::Insights, "8", words::shell::insights(lang)),
        (Screen::Renewals, "9", words::renewals::title(lang)),
    ];
    let title = words::shell::desk_title(lang);
    let names: usize = screens.iter().map(|s| wrap::width(s.2)).sum();
    let room = usize::from(area.width).saturating_sub(reserved);
    let wide = wrap::width(title) + 3 + names + screens.len() * 4 <= room;
    let named = names + screens.len() * 3 < room;
    let mut x = area.x;
    if wide {
        x = pen.text(x + 1, area.y, area.width, title, Tone::Title) + 2;
    }
    for (screen, key, name) in screens {
        let here = model.screen == screen;
        x = pen.text(x, area.y, area.right().saturating_sub(x), key, Tone::Key);
        if !here && !named {
            x += 1;
            continue;
        }
        // Brackets as on tabs: without colours nothing else tells which screen is open.
        let (name, tone) = match (here, wide) {
            (true, _) => (format!("[{name}]"), Tone::Accent),
            (false, true) => (format!(" {name} "), Tone::Dim),
            (false, false) => (format!(" {name}"), Tone::Dim),
        };
        x = pen.text(x, area.y, area.right().saturating_sub(x), &name, tone) + 1;
    }
    x
}

/// Who works at the desk, the day and the time.
fn clock(model: &Model) -> String {
    let local = model.now.local();
    let weekday = words::dates::weekday(model.lang, local.weekday());
    let day = match model.lang {
        Lang::Ja => format!("{}月{}日({weekday})", local.month(), local.day()),
        Lang::En => format!("{weekday} {}", local.format("%-d %b")),
    };
    format!("{} · {day} {}", model.author.name, local.format("%H:%M"))
}
