//! The brief on one screen; it scrolls if it must.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::services::brief::checklist;
use crate::ui::drawn::Drawn;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// A preparation takes three minutes, in seconds.
const PREP: i64 = 180;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let Some(state) = &model.brief else {
        return Drawn::default();
    };
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (words::shell::brief(lang), Tone::Accent),
            (" · ", Tone::Dim),
            (&state.name, Tone::Title),
        ],
    );
    pen.rule(area.x, area.y + 1, area.width);
    let took = (model.now.at - state.opened).num_seconds().max(0);
    let clock = words::brief::prep_clock(lang, format!("{}:{:02}", took / 60, took % 60));
    pen.right(
        area.right() - 1,
        area.y,
        24,
        &clock,
        if took > PREP {
            Tone::Caution
        } else {
            Tone::Dim
        },
    );
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    let width = usize::from(body.width.saturating_sub(6)).clamp(20, 110);
    let mut lines: Vec<(String, Tone, u16)> = Vec::new();
    let mut unread: Vec<&str> = Vec::new();
    for block in &state.blocks {
        lines.push((block.title.to_owned(), Tone::Title, 1));
        for item in &block.items {
            let tone = if item.starts_with('▲') {
                Tone::Bad
            } else {
                Tone::Text
            };
            for (i, row) in wrap::phrases(item, width).into_iter().enumerate() {
                lines.push((
                    if i == 0 {
                        format!("· {row}")
                    } else {
                        format!("  {row}")
                    },
                    tone,
                    3,
                ));
            }
        }
        // Read is what was on screen to its last line.
        if lines.len() > state.seen + usize::from(body.height)
            && checklist(state.kind).contains(&block.block)
        {
            unread.push(block.title);
        }
        lines.push((String::new(), Tone::Text, 1));
    }
    let words = if unread.is_empty() {
        words::brief::all_read(lang).to_owned()
    } else {
        words::brief::unread(lang, unread.join(words::common::list_comma(lang)))
    };
    pen.text(
        area.x + 1,
        area.y + 1,
        area.width - 2,
        &format!(" {words} "),
        if unread.is_empty() {
            Tone::Good
        } else {
            Tone::Caution
        },
    );
    let most = lines.len().saturating_sub(usize::from(body.height));
    let scroll = state.scroll.min(most);
    for (dy, (text, tone, indent)) in lines
        .iter()
        .skip(scroll)
        .take(usize::from(body.height))
        .enumerate()
    {
        pen.text(
            body.x + indent,
            body.y + dy as u16,
            body.width.saturating_sub(*indent),
            text,
            *tone,
        );
    }
    Drawn {
        geometry: Geometry {
            most,
            ..Geometry::of(body.height, area.width)
        },
        caret: None,
    }
}
