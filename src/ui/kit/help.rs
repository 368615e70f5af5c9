//! Help: every verb with its keys, those of the screen first.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::shell::bindings;
use crate::app::tables;
use crate::ui::drawn::{Drawn, centre, scrolled};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the help over what is there.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, scroll: usize) -> Drawn {
    let lang = model.lang;
    let inside = pen.frame(
        centre(area, 76, area.height.saturating_sub(2)),
        words::shell::help_title(lang),
    );
    let mut lines: Vec<(String, String)> = Vec::new();
    for scope in bindings::scopes(tables::scopes(model)) {
        lines.push((String::new(), scope.words.of(lang).to_owned()));
        for verb in bindings::of(scope) {
            let keys: Vec<String> = bindings::keys(verb).map(|k| k.to_string()).collect();
            lines.push((keys.join(" "), verb.words.of(lang).to_owned()));
        }
    }
    let rows = inside.height.saturating_sub(1);
    let most = lines.len().saturating_sub(usize::from(rows));
    let shown = lines.iter().skip(scroll.min(most));
    for (y, (keys, text)) in (inside.y..inside.y + rows).zip(shown) {
        if keys.is_empty() {
            pen.heading(inside.x, y, inside.width, text);
        } else {
            pen.text(inside.x + 1, y, 20, keys, Tone::Key);
            pen.text(
                inside.x + 22,
                y,
                inside.width.saturating_sub(22),
                text,
                Tone::Text,
            );
        }
    }
    pen.text(
        inside.x,
        inside.bottom() - 1,
        inside.width,
        words::shell::help_keys(lang),
        Tone::Dim,
    );
    scrolled(rows, inside.width, most)
}
