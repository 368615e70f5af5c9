//! The line at the bottom: the keys that matter here.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::msg::Screen;
use crate::app::shell::bindings;
use crate::app::verb::Verb;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the keys that matter here, the screen's own first, as many as fit; help and the palette always
/// have their place at the right. What lies over the screen shows its own keys.
pub fn footer(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    if !model.overlays.is_empty() {
        return;
    }
    if model.screen == Screen::Portfolio && model.portfolio.typing.is_some() {
        pen.text(
            area.x + 1,
            area.y,
            area.width - 2,
            words::shell::filter_typing_keys(lang),
            Tone::Dim,
        );
        return;
    }
    let label = |v: &Verb| (v.key(), v.words.of(lang));
    let columns = |(key, name): &(String, &str)| (wrap::width(key) + wrap::width(name) + 3) as u16;
    let (always, others): (Vec<&Verb>, Vec<&Verb>) = bindings::footer(model)
        .into_iter()
        .partition(|v| v.id == PALETTE || v.id == HELP);
    let mut end = area.right();
    for verb in [PALETTE, HELP]
        .into_iter()
        .filter_map(|id| always.iter().find(|v| v.id == id))
    {
        let (key, name) = label(verb);
        let room = columns(&(key.clone(), name));
        if area.width >= 60 {
            end = end.saturating_sub(room);
            let x = pen.text(end + 1, area.y, room, &key, Tone::Key);
            pen.text(x, area.y, room, &format!(" {name}"), Tone::Dim);
        }
    }
    let mut x = area.x + 1;
    for verb in others {
        let (key, name) = label(verb);
        if x + columns(&(key.clone(), name)) > end {
            break;
        }
        x = pen.text(x, area.y, end - x, &key, Tone::Key);
        x = pen.text(x, area.y, end - x, &format!(" {name}"), Tone::Dim) + 2;
    }
}

/// The verbs that always have a place, at the right.
const PALETTE: &str = "desk.palette";
const HELP: &str = "desk.help";
