//! What lies over the cadence: how touches would be spread, and what an edit changes in a plan.

use ratatui::layout::Rect;

use crate::app::cadence::state::Layer;
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::cadence::spread::Proposal;
use crate::ui::drawn::Drawn;
use crate::ui::drawn::{at, centre};
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// The weeks before and after, then each move.
fn spread(model: &Model, pen: &mut Pen, area: Rect, p: &Proposal, scroll: usize) -> Drawn {
    let lang = model.lang;
    let today = model.now.today();
    let hours = super::parts::hours;
    let peak = |loads: &mut dyn Iterator<Item = u32>| loads.max().unwrap_or(0);
    let (before, after) = (
        peak(&mut p.before.iter().map(|w| w.load)),
        peak(&mut p.after.iter().copied()),
    );
    let mut lines: Vec<(String, Tone)> = vec![(
        words::cadence::smooth_head(lang, p.moves.len(), hours(before), hours(after)),
        Tone::Title,
    )];
    for (monday, minutes, who) in &p.short {
        let names: Vec<&str> = who.iter().take(8).map(|a| model.book.name(a)).collect();
        let more = if who.len() > 8 {
            format!(" {}", words::cadence::more(lang, who.len() - 8))
        } else {
            String::new()
        };
        let words = words::cadence::smooth_short(
            lang,
            words::dates::day(lang, *monday, today),
            hours(*minutes),
            format!("{}{more}", names.join(words::common::list_comma(lang))),
        );
        lines.extend(
            wrap::hanging(&words, usize::from(area.width.min(96).saturating_sub(6)))
                .into_iter()
                .map(|l| (l, Tone::Bad)),
        );
    }
    let weeks = p
        .before
        .iter()
        .zip(&p.after)
        .filter(|(w, after)| w.load != **after);
    lines.extend(weeks.map(|(w, after)| {
        let words = format!(
            "{}  {} → {} / {}",
            words::cadence::smooth_week(lang, words::dates::day(lang, w.monday, today)),
            hours(w.load),
            hours(*after),
            words::cadence::hours(lang, hours(w.budget))
        );
        (
            words,
            if *after > w.budget {
                Tone::Bad
            } else {
                Tone::Text
            },
        )
    }));
    lines.extend(p.moves.iter().map(|m| {
        (
            format!(
                "  {} → {}  {} · {}",
                words::dates::day(lang, m.from, today),
                words::dates::day(lang, m.to, today),
                model.book.name(&m.account),
                m.kind.words(lang)
            ),
            Tone::Dim,
        )
    }));
    let inside = pen.frame(
        centre(area, 96, area.height.saturating_sub(2)),
        words::cadence::smooth_title(lang),
    );
    let height = usize::from(inside.height.saturating_sub(1));
    let top = scroll.min(lines.len().saturating_sub(height));
    for (dy, (words, tone)) in lines.iter().skip(top).take(height).enumerate() {
        pen.text(inside.x, inside.y + dy as u16, inside.width, words, *tone);
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width,
        words::cadence::smooth_keys(lang),
        Tone::Dim,
    );
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most: lines.len().saturating_sub(height),
            ..drawn.geometry
        },
        ..drawn
    }
}

pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    match layer {
        Layer::Spread { proposal, scroll } => spread(model, pen, area, proposal, *scroll),
        Layer::Diff { title, lines } => {
            let keys = words::cadence::diff_keys(model.lang);
            notice::draw(pen, area, title, lines, 0, keys)
        }
    }
}
