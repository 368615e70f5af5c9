//! The review of an import.

use ratatui::layout::Rect;

use crate::app::importing::state::Layer;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, r: &Layer) -> Drawn {
    let lang = model.lang;
    let inside = pen.frame(
        centre(
            area,
            area.width.saturating_sub(4).min(100),
            area.height.saturating_sub(2),
        ),
        words::importing::title(lang),
    );
    let mut y = inside.y;
    let end = inside.bottom().saturating_sub(1);
    let mut put = |pen: &mut Pen, text: &str, tone: Tone| {
        if y < end {
            pen.text(inside.x, y, inside.width, text, tone);
        }
        y += 1;
    };
    if let Some(why) = &r.error {
        for line in wrap::lines(
            &words::importing::import_failed(lang, why),
            usize::from(inside.width),
        ) {
            put(pen, &line, Tone::Bad);
        }
    }
    let Some(plan) = &r.planned else {
        if r.error.is_none() {
            put(pen, &words::importing::planning(lang, r.rows), Tone::Dim);
        }
        pen.text(
            inside.x,
            inside.bottom() - 1,
            inside.width,
            words::importing::leave(lang),
            Tone::Dim,
        );
        return at(1, inside.width, None);
    };
    if r.writing {
        put(
            pen,
            &format!(
                "{} {}",
                words::importing::writing(lang),
                words::importing::rows_n(lang, r.rows)
            ),
            Tone::Accent,
        );
    }
    if plan.sheets.len() > 1 {
        let chosen = r
            .sheet
            .as_ref()
            .or(plan.sheets.first())
            .map_or("", String::as_str);
        put(
            pen,
            &words::importing::sheet(
                lang,
                chosen,
                plan.sheets.join(words::common::list_comma(lang)),
            ),
            Tone::Accent,
        );
    }
    for (file, what) in &plan.files {
        for (i, line) in wrap::lines(&format!("{file}: {what}"), usize::from(inside.width))
            .iter()
            .take(3)
            .enumerate()
        {
            put(pen, line, if i == 0 { Tone::Text } else { Tone::Dim });
        }
    }
    put(pen, "", Tone::Text);
    let column = |word: &str| {
        format!(
            "{}{word}",
            " ".repeat(10_usize.saturating_sub(wrap::width(word)))
        )
    };
    let head: String = [
        words::importing::new(lang),
        words::importing::changed(lang),
        words::importing::unchanged(lang),
        words::importing::rejected(lang),
        words::importing::flagged(lang),
    ]
    .iter()
    .map(|w| column(w))
    .collect();
    let head = format!("{}{head}", " ".repeat(16));
    put(pen, &head, Tone::Dim);
    for (kind, n) in &plan.kinds {
        let pad = " ".repeat(16_usize.saturating_sub(wrap::width(kind)));
        put(
            pen,
            &format!(
                "{kind}{pad}{:>10}{:>10}{:>10}{:>10}{:>10}",
                n[0], n[1], n[2], n[3], n[4]
            ),
            if n[3] > 0 { Tone::Caution } else { Tone::Text },
        );
    }
    if plan.empty {
        put(pen, words::importing::empty(lang), Tone::Good);
    }
    for sample in plan.samples.iter().take(4) {
        put(pen, &format!("  + {sample}"), Tone::Good);
    }
    for reject in plan.rejects.iter().take(5) {
        put(pen, &format!("  ✗ {reject}"), Tone::Caution);
    }
    let mut rows = 1;
    if !plan.unknown.is_empty() {
        put(pen, "", Tone::Text);
        put(pen, words::importing::unknown(lang), Tone::Title);
        rows = end.saturating_sub(y).max(1);
        for (i, (text, n, near)) in plan
            .unknown
            .iter()
            .enumerate()
            .skip(r.list.top)
            .take(usize::from(rows))
        {
            pen.row(inside, y, i == r.list.cursor);
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("  {}: {}", words::shell::nearest(lang), near.join(", "))
            };
            pen.pieces(
                inside.x + 1,
                y,
                inside.width.saturating_sub(2),
                &[
                    (text, Tone::Text),
                    (
                        &format!("  {}", words::importing::rows_n(lang, n)),
                        Tone::Dim,
                    ),
                    (&near, Tone::Accent),
                ],
            );
            y += 1;
        }
        pen.over = Default::default();
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width,
        words::importing::keys(lang),
        Tone::Dim,
    );
    at(rows, inside.width, None)
}
