//! The brief on one screen; it scrolls if it must.

use ratatui::layout::Rect;

use crate::app::brief::state::Reading;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::services::brief::checklist;
use crate::ui::drawn::{Drawn, scrolled};
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// A preparation takes three minutes, in seconds.
const PREP: i64 = 180;

/// Draws the brief, with a clock for the preparation and what was not read yet.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let Some(state) = &model.brief else {
        return Drawn::default();
    };
    header(model, state, pen, area);
    let body = layout::below(area, 2);
    let columns = usize::from(body.width.saturating_sub(6)).clamp(20, 110);
    let Text { lines, unread } = text(state, columns, usize::from(body.height));
    let (words, tone) = if unread.is_empty() {
        (words::brief::all_read(model.lang).to_owned(), Tone::Good)
    } else {
        let unread = unread.join(words::common::list_comma(model.lang));
        (words::brief::unread(model.lang, unread), Tone::Caution)
    };
    let words = format!(" {words} ");
    pen.text(area.x + 1, area.y + 1, area.width - 2, &words, tone);
    let most = lines.len().saturating_sub(usize::from(body.height));
    let shown = lines.iter().skip(state.scroll.min(most));
    for (y, line) in (body.y..body.bottom()).zip(shown) {
        let room = body.width.saturating_sub(line.indent);
        pen.text(body.x + line.indent, y, room, &line.text, line.tone);
    }
    scrolled(body.height, area.width, most)
}

/// Whose brief it is, and how long the preparation takes already.
fn header(model: &Model, state: &Reading, pen: &mut Pen, area: Rect) {
    let title = [
        (words::shell::brief(model.lang), Tone::Accent),
        (" · ", Tone::Dim),
        (&state.name, Tone::Title),
    ];
    pen.pieces(area.x + 1, area.y, area.width - 2, &title);
    pen.rule(area.x, area.y + 1, area.width);
    let took = (model.now.at - state.opened).num_seconds().max(0);
    let clock = format!("{}:{:02}", took / 60, took % 60);
    let clock = words::brief::prep_clock(model.lang, clock);
    let tone = if took > PREP {
        Tone::Caution
    } else {
        Tone::Dim
    };
    pen.right(area.right() - 1, area.y, 24, &clock, tone);
}

struct Line {
    text: String,
    tone: Tone,
    indent: u16,
}

/// The lines of all blocks, and the titles of those that have to be read and were not.
struct Text<'a> {
    lines: Vec<Line>,
    unread: Vec<&'a str>,
}

/// A block counts as read once its last line was on screen.
fn text(state: &Reading, columns: usize, rows: usize) -> Text<'_> {
    let mut lines: Vec<Line> = Vec::new();
    let mut unread = Vec::new();
    let mut put = |text: String, tone, indent| {
        lines.push(Line { text, tone, indent });
        lines.len()
    };
    for block in &state.blocks {
        let mut end = put(block.title.to_owned(), Tone::Title, 1);
        for item in &block.items {
            let tone = if item.starts_with('▲') {
                Tone::Bad
            } else {
                Tone::Text
            };
            let mut bullet = "·";
            for row in wrap::phrases(item, columns) {
                end = put(format!("{bullet} {row}"), tone, 3);
                bullet = " ";
            }
        }
        if end > state.seen + rows && checklist(state.kind).contains(&block.block) {
            unread.push(block.title);
        }
        put(String::new(), Tone::Text, 1);
    }
    Text { lines, unread }
}
