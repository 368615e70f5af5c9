//! The account at a glance: its score, where the points were lost, and what moved.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::health::Dimension;
use crate::domain::priority::reasons;
use crate::domain::signals::Signal;
use crate::domain::standing::Row;
use crate::ui::kit::columns::renewal;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;
use crate::words::numbers::signed;

pub fn draw(model: &Model, row: &Row, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let (a, s) = (&row.account, &row.standing);
    let mut y = area.y;
    let line = |pen: &mut Pen, y: &mut u16, pieces: &[(&str, Tone)]| {
        if *y < area.bottom() {
            pen.pieces(area.x, *y, area.width, pieces);
        }
        *y += 1;
    };
    line(pen, &mut y, &[(&a.name, Tone::Title)]);
    let facts: Vec<String> = [
        s.tier.words(lang).to_owned(),
        s.stage.words(lang).to_owned(),
        a.owner.to_string(),
        a.industry.to_string(),
    ]
    .into_iter()
    .filter(|f| !f.is_empty())
    .collect();
    line(pen, &mut y, &[(&facts.join(" · "), Tone::Dim)]);
    let money = s.arr.map(|m| m.exact()).unwrap_or_default();
    let (renews, tone) = s
        .renewal
        .map(|d| renewal(lang, d, model.now.today()))
        .unwrap_or((String::new(), Tone::Dim));
    line(
        pen,
        &mut y,
        &[(&money, Tone::Text), ("  ", Tone::Dim), (&renews, tone)],
    );
    let why: Vec<String> = reasons(s, model.now.today())
        .iter()
        .map(|r| words::priority::need_reason(lang, r))
        .collect();
    if !why.is_empty() {
        let room = Rect {
            x: area.x,
            y,
            width: area.width,
            height: area.bottom().saturating_sub(y).min(2),
        };
        y += pen.wrapped(
            room,
            &format!("{}: {}", words::portfolio::why_now(lang), why.join(" · ")),
            Tone::Caution,
        );
    }
    y += 1;
    score(
        model,
        row,
        pen,
        Rect {
            y,
            height: area.bottom().saturating_sub(y),
            ..area
        },
        &mut y,
    );
    for d in s.conflicts.iter().take(3) {
        let room = Rect {
            x: area.x,
            y,
            width: area.width,
            height: area.bottom().saturating_sub(y).min(3),
        };
        y += pen.wrapped(
            room,
            &format!(
                "≠ {}: {}",
                d.kind.words(lang),
                words::signals::sides(lang, d)
            ),
            Tone::Caution,
        );
    }
    for signal in s.signals.iter().take(5) {
        let (tone, words) = signal_line(model, signal);
        line(
            pen,
            &mut y,
            &[
                (pen.theme.signal(signal), tone),
                (" ", Tone::Dim),
                (&words, Tone::Text),
            ],
        );
    }
    if let Some(words) = words::signals::gaps(lang, &s.gaps) {
        let room = Rect {
            x: area.x,
            y,
            width: area.width,
            height: area.bottom().saturating_sub(y).min(2),
        };
        y += pen.wrapped(room, &words, Tone::Dim);
    }
    y += 1;
    let touch = s.last_touch.map_or_else(
        || words::portfolio::never_touched(lang).to_owned(),
        |d| words::portfolio::touched_ago(lang, (model.now.today() - d).num_days()),
    );
    line(
        pen,
        &mut y,
        &[
            (words::account::last_touch(lang), Tone::Dim),
            ("  ", Tone::Dim),
            (&touch, Tone::Text),
        ],
    );
    let mut todo = Vec::new();
    if s.open_actions > 0 {
        todo.push((
            format!(
                "{} {}",
                words::portfolio::open_actions(lang),
                s.open_actions
            ),
            Tone::Text,
        ));
    }
    if s.overdue_actions > 0 {
        todo.push((
            words::actions::overdue_n(lang, s.overdue_actions),
            Tone::Bad,
        ));
    }
    if s.promises > 0 {
        todo.push((words::portfolio::promises_n(lang, s.promises), Tone::Text));
    }
    if s.open_tickets > 0 {
        todo.push((
            words::portfolio::tickets_n(lang, s.open_tickets),
            Tone::Text,
        ));
    }
    if s.escalated_tickets > 0 {
        todo.push((
            words::portfolio::escalated_n(lang, s.escalated_tickets),
            Tone::Bad,
        ));
    }
    for (text, tone) in &todo {
        line(pen, &mut y, &[("· ", Tone::Dim), (text, *tone)]);
    }
    if !a.tags.is_empty() {
        line(
            pen,
            &mut y,
            &[(
                &a.tags
                    .iter()
                    .map(|x| format!("#{x}"))
                    .collect::<Vec<_>>()
                    .join(" "),
                Tone::Accent,
            )],
        );
    }
}

/// The score and its parts: points of each dimension, and the facts behind them.
pub fn score(model: &Model, row: &Row, pen: &mut Pen, area: Rect, end: &mut u16) {
    let lang = model.lang;
    let s = &row.standing;
    let band = Theme::band(s.health.band);
    let mut y = area.y;
    let number = s
        .health
        .score
        .map_or_else(|| "--".to_owned(), |n| n.to_string());
    let head = format!(
        "{} {number} {}",
        pen.theme.glyph(s.health.band),
        s.health.band.words(lang)
    );
    let trend = s
        .trend
        .d30
        .map(|n| format!("  {}", words::health::since_30(lang, signed(i64::from(n)))))
        .unwrap_or_default();
    let cover = format!("  {}", words::health::coverage(lang, s.health.coverage));
    pen.pieces(
        area.x,
        y,
        area.width,
        &[(&head, band), (&trend, Tone::Text), (&cover, Tone::Dim)],
    );
    y += 1;
    let held = words::health::held(lang, &s.health).map(|words| (words, Tone::Accent));
    let green = words::health::to_green(lang, &s.health, &model.config.policy)
        .filter(|_| s.churned.is_none() && !s.health.is_accepted_loss())
        .map(|words| (words, Tone::Good));
    for (words, tone) in held.into_iter().chain(green) {
        let room = Rect {
            x: area.x,
            y,
            width: area.width,
            height: area.bottom().saturating_sub(y).min(2),
        };
        y += pen.wrapped(room, &words, tone);
    }
    for d in Dimension::ALL {
        let part = &s.health.parts[d.index()];
        if y >= area.bottom() {
            break;
        }
        let points = match (part.score, s.health.points(*d)) {
            (Some(score), Some(points)) => format!("{score:>3}  {points:>4.1}"),
            _ => format!("  –  {:>4}", ""),
        };
        let tone = tone_of(part.score);
        let moved = s
            .moved
            .iter()
            .find(|m| m.0 == *d)
            .map(|m| format!("  {}", signed(m.1.round() as i64)))
            .unwrap_or_default();
        let name = format!(
            "{}{}",
            d.words(lang),
            " ".repeat(14_usize.saturating_sub(crate::app::kit::wrap::width(d.words(lang))))
        );
        pen.pieces(
            area.x,
            y,
            area.width,
            &[
                (&name, Tone::Text),
                (&points, tone),
                (
                    &moved,
                    if moved.contains('-') {
                        Tone::Bad
                    } else {
                        Tone::Good
                    },
                ),
            ],
        );
        y += 1;
        let facts: Vec<String> = s
            .health
            .facts(*d)
            .iter()
            .map(|f| words::health::fact(lang, f))
            .collect();
        let text = if facts.is_empty() {
            words::common::no_data(lang).to_owned()
        } else {
            facts.join(" · ")
        };
        let room = Rect {
            x: area.x + 2,
            y,
            width: area.width.saturating_sub(2),
            height: area.bottom().saturating_sub(y).min(3),
        };
        y += pen.wrapped(room, &text, Tone::Dim);
    }
    *end = y;
}

/// The same in one line a dimension, where there is little room.
pub fn score_in_brief(model: &Model, row: &Row, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let s = &row.standing;
    let number = s
        .health
        .score
        .map_or_else(|| "--".to_owned(), |n| n.to_string());
    let head = format!(
        "{} {number} {}",
        pen.theme.glyph(s.health.band),
        s.health.band.words(lang)
    );
    let green = words::health::to_green(lang, &s.health, &model.config.policy).unwrap_or_default();
    pen.pieces(
        area.x,
        area.y,
        area.width,
        &[
            (&head, Theme::band(s.health.band)),
            ("  ", Tone::Dim),
            (&words::health::coverage(lang, s.health.coverage), Tone::Dim),
            ("  ", Tone::Dim),
            (&green, Tone::Good),
        ],
    );
    for (i, d) in Dimension::ALL
        .iter()
        .enumerate()
        .take(usize::from(area.height.saturating_sub(1)))
    {
        let part = &s.health.parts[d.index()];
        let name = format!(
            "{}{}",
            d.words(lang),
            " ".repeat(14_usize.saturating_sub(crate::app::kit::wrap::width(d.words(lang))))
        );
        let score = part
            .score
            .map_or_else(|| "  –".to_owned(), |n| format!("{n:>3}"));
        let facts: Vec<String> = s
            .health
            .facts(*d)
            .iter()
            .map(|f| words::health::fact(lang, f))
            .collect();
        let text = if facts.is_empty() {
            words::common::no_data(lang).to_owned()
        } else {
            facts.join(" · ")
        };
        pen.pieces(
            area.x,
            area.y + 1 + i as u16,
            area.width,
            &[
                (&name, Tone::Text),
                (&score, tone_of(part.score)),
                ("  ", Tone::Dim),
                (&text, Tone::Dim),
            ],
        );
    }
}

/// A signal in one line, and how it is coloured.
pub fn signal_line(model: &Model, signal: &Signal) -> (Tone, String) {
    (
        Theme::signal_tone(signal),
        words::signals::signal_line(model.lang, signal),
    )
}

fn tone_of(score: Option<u8>) -> Tone {
    match score {
        Some(n) if n <= 50 => Tone::Bad,
        Some(n) if n <= 75 => Tone::Caution,
        Some(_) => Tone::Good,
        None => Tone::Dim,
    }
}
