//! The score of an account and its parts: points of each dimension, and the facts behind them.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::health::{Dimension, Score};
use crate::domain::standing::{Row, Standing};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words::numbers::signed;
use crate::words::{self, Lang};

/// Columns of a dimension's name.
const NAME: usize = 14;

/// Draws the score with two lines or more a dimension; `end` becomes the row after it.
pub fn score(model: &Model, row: &Row, pen: &mut Pen, area: Rect, end: &mut u16) {
    let lang = model.lang;
    let s = &row.standing;
    let trend = s
        .trend
        .d30
        .map(|n| format!("  {}", words::health::since_30(lang, signed(i64::from(n)))))
        .unwrap_or_default();
    let cover = words::health::coverage(lang, s.health.coverage);
    let head = head(lang, pen.theme, &s.health);
    let pieces = [
        (&*head, Theme::band(s.health.band)),
        (&trend, Tone::Text),
        ("  ", Tone::Dim),
        (&cover, Tone::Dim),
    ];
    let width = |pieces: &[(&str, Tone)]| pieces.iter().map(|p| wrap::width(p.0)).sum::<usize>();
    let mut y = area.y + 1;
    if width(&pieces) <= usize::from(area.width) {
        pen.pieces(area.x, area.y, area.width, &pieces);
    } else {
        pen.pieces(area.x, area.y, area.width, &pieces[..2]);
        y += pen.wrapped(layout::from(area, y, 1), &cover, Tone::Dim);
    }
    let held = words::health::held(lang, &s.health).map(|words| (words, Tone::Accent));
    let green = words::health::to_green(lang, &s.health, &model.config.policy)
        .filter(|_| s.churned.is_none() && !s.health.is_accepted_loss())
        .map(|words| (words, Tone::Good));
    let down = words::health::held_down(lang, &s.health).map(|words| (words, Tone::Dim));
    for (words, tone) in down.into_iter().chain(held).chain(green) {
        y += pen.wrapped(layout::from(area, y, 2), &words, tone);
    }
    for dimension in s.health.dimensions() {
        if y >= area.bottom() {
            break;
        }
        points(lang, s, dimension, pen, layout::line(area, y));
        y += 1;
        let below = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(2),
            ..layout::from(area, y, 3)
        };
        y += pen.wrapped(below, &facts(lang, &s.health, dimension), Tone::Dim);
    }
    *end = y;
}

/// The name of a dimension, its score, its points, and how it moved.
fn points(lang: Lang, s: &Standing, dimension: Dimension, pen: &mut Pen, area: Rect) {
    let part = &s.health.parts[dimension.index()];
    let points = match (part.score, s.health.points(dimension)) {
        (Some(score), Some(points)) => format!("{score:>3}  {points:>4.1}"),
        _ => format!("  –  {:>4}", ""),
    };
    let moved = s
        .moved
        .iter()
        .find(|m| m.0 == dimension)
        .map(|m| format!("  {}", signed(m.1.round() as i64)))
        .unwrap_or_default();
    let tone = if moved.contains('-') {
        Tone::Bad
    } else {
        Tone::Good
    };
    let pieces = [
        (&*name(lang, dimension), Tone::Text),
        (&points, tone_of(part.score)),
        (&moved, tone),
    ];
    pen.pieces(area.x, area.y, area.width, &pieces);
}

/// Draws the score with one line a dimension, where there is little room.
pub fn score_in_brief(model: &Model, row: &Row, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let health = &row.standing.health;
    let green = words::health::to_green(lang, health, &model.config.policy).unwrap_or_default();
    let head = [
        (&*head(lang, pen.theme, health), Theme::band(health.band)),
        ("  ", Tone::Dim),
        (&words::health::coverage(lang, health.coverage), Tone::Dim),
        ("  ", Tone::Dim),
        (&green, Tone::Good),
    ];
    pen.pieces(area.x, area.y, area.width, &head);
    let rows = usize::from(area.height.saturating_sub(1));
    for (y, dimension) in (area.y + 1..).zip(health.dimensions().take(rows)) {
        let score = health.parts[dimension.index()].score;
        let number = score.map_or_else(|| "  –".to_owned(), |n| format!("{n:>3}"));
        let pieces = [
            (&*name(lang, dimension), Tone::Text),
            (&number, tone_of(score)),
            ("  ", Tone::Dim),
            (&facts(lang, health, dimension), Tone::Dim),
        ];
        pen.pieces(area.x, y, area.width, &pieces);
    }
}

/// Glyph, score and band.
fn head(lang: Lang, theme: &Theme, health: &Score) -> String {
    let number = health
        .score
        .map_or_else(|| "--".to_owned(), |n| n.to_string());
    let (glyph, band) = (theme.glyph(health.band), health.band.words(lang));
    format!("{glyph} {number} {band}")
}

fn name(lang: Lang, dimension: Dimension) -> String {
    let name = dimension.words(lang);
    let gap = NAME.saturating_sub(wrap::width(name));
    format!("{name}{}", " ".repeat(gap))
}

fn facts(lang: Lang, health: &Score, dimension: Dimension) -> String {
    let facts: Vec<String> = health
        .facts(dimension)
        .iter()
        .map(|f| words::health::fact(lang, f))
        .collect();
    if facts.is_empty() {
        words::common::no_data(lang).to_owned()
    } else {
        facts.join(" · ")
    }
}

fn tone_of(score: Option<u8>) -> Tone {
    match score {
        Some(n) if n <= 50 => Tone::Bad,
        Some(n) if n <= 75 => Tone::Caution,
        Some(_) => Tone::Good,
        None => Tone::Dim,
    }
}
