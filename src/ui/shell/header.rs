//! The line at the top: the screens, a call that runs, the clock.

use chrono::Datelike;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn header(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let local = model.now.local();
    let weekday = words::dates::weekday(lang, local.weekday());
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
        (Screen::Today, "1", words::shell::today_word(lang)),
        (Screen::Portfolio, "2", words::shell::portfolio(lang)),
        (Screen::Checkins, "3", words::shell::checkins(lang)),
        (Screen::Actions, "4", words::shell::actions(lang)),
        (Screen::Cadence, "5", words::cadence::title(lang)),
        (Screen::Insights, "8", words::shell::insights(lang)),
    ];
    let live = model
        .call
        .running()
        .filter(|_| model.screen != Screen::Call)
        .map(|call| format!("● {}", call.name));
    // Where not all have room, the desk's own name goes first, then the gaps, then the names of screens that
    // are not open: which one is, and a call that runs, are always told.
    let names: usize = screens.iter().map(|s| wrap::width(s.2)).sum();
    let (title, gap) = (
        wrap::width(words::shell::desk_title(lang)) + 3,
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
            words::shell::desk_title(lang),
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
