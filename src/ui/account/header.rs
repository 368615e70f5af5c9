//! The first line of an account: name, score, tier and stage; money and renewal at the right.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::kit::columns::{next_renewal, renewal};
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;
use crate::words::numbers::signed;

/// Draws the header into the first line of the area.
pub fn draw(model: &Model, state: &Pane, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let Some(row) = model.book.get(&state.id) else {
        return;
    };
    let s = &row.standing;
    let score = format!(
        "{} {} {}",
        pen.theme.glyph(s.health.band),
        s.health.score.map_or("--".into(), |n| n.to_string()),
        s.health.band.words(lang)
    );
    let trend = s
        .trend
        .d30
        .map(|n| format!(" {}", signed(i64::from(n))))
        .unwrap_or_default();
    let room = area.width.saturating_sub(30);
    let mut x = pen.text(area.x + 1, area.y, room, &row.account.name, Tone::Title) + 2;
    x = pen.pieces(
        x,
        area.y,
        area.right().saturating_sub(x),
        &[
            (&score, Theme::band(s.health.band)),
            (&trend, Tone::Dim),
            ("  ", Tone::Dim),
            (s.tier.words(lang), Tone::Dim),
            (" · ", Tone::Dim),
            (s.stage.words(lang), Tone::Dim),
        ],
    );
    if let Some(day) = row.account.archived {
        let words = format!("  {}", words::lifecycle::archived_on(lang, day));
        let room = area.right().saturating_sub(x);
        x = pen.text(x, area.y, room, &words, Tone::Caution);
    }
    let today = model.now.today();
    let short = s.renewal.map(|date| renewal(lang, date, today));
    let money = s.value.short();
    let room = area.right().saturating_sub(x + 2);
    // The last day to say no where there is room for both.
    let shown = [next_renewal(lang, s, today), short, None]
        .into_iter()
        .find_map(|renews| {
            let (renews, tone) = renews.unwrap_or((String::new(), Tone::Dim));
            let right = format!("{money}  {renews}");
            (wrap::width(&right) <= usize::from(room)).then_some((right, tone))
        });
    if let Some((right, tone)) = shown {
        pen.right(area.right() - 1, area.y, room, &right, tone);
    }
}
