//! A form: its fields, the hint of the one under the cursor, its keys.

use ratatui::layout::Rect;

use crate::app::kit::field::Input;
use crate::app::kit::form::Form;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::editor;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect, f: &Form) -> Drawn {
    let lang = model.lang;
    let head = f.head.len() as u16 + u16::from(!f.head.is_empty()) * 2;
    let tall = f.fields.len() as u16 + head;
    let inside = pen.frame(centre(area, 92, (tall + 5).min(area.height)), &f.title);
    let mut top = inside.y;
    if !f.head.is_empty() && inside.height > head + 6 {
        pen.heading(
            inside.x,
            top,
            inside.width,
            words::actions::promises_title(lang),
        );
        for (i, line) in f.head.iter().enumerate() {
            pen.text(
                inside.x,
                top + 1 + i as u16,
                inside.width,
                line,
                if line.starts_with('▲') {
                    Tone::Bad
                } else {
                    Tone::Text
                },
            );
        }
        pen.rule(inside.x, top + head - 1, inside.width);
        top += head;
    }
    let rows = usize::from(inside.bottom().saturating_sub(top + 2)).max(1);
    let first = (f.cursor + 1).saturating_sub(rows);
    let labels = f
        .fields
        .iter()
        .map(|x| wrap::width(&x.label))
        .max()
        .unwrap_or(8)
        .min(24) as u16;
    let x = inside.x + labels + 3;
    let width = inside.right().saturating_sub(x);
    let mut caret = None;
    for (i, field) in f.fields.iter().enumerate().skip(first).take(rows) {
        let y = top + (i - first) as u16;
        let here = i == f.cursor;
        pen.text(inside.x, y, 1, if here { ">" } else { " " }, Tone::Key);
        let row = field.row;
        let dropped = row.is_some_and(|r| r.dropped);
        let mark = row.map(|r| r.mark);
        let label = match mark {
            Some(mark) => format!(
                "{} {}",
                if pen.theme.ascii {
                    editor::ascii_glyph(mark)
                } else {
                    editor::glyph(mark)
                },
                field.label
            ),
            None => field.label.clone(),
        };
        let tone = match mark {
            _ if dropped => Tone::Dim,
            Some(mark) => editor::tone(mark),
            None if here => Tone::Accent,
            None => Tone::Dim,
        };
        pen.text(inside.x + 1, y, labels + 1, &label, tone);
        match &field.input {
            Input::Text(e) if dropped => {
                pen.text(x, y, width, &format!("✗ {}", e.text()), Tone::Dim);
            }
            Input::Text(e) => {
                let found = editor::field(e, pen, x, y, width);
                if here {
                    caret = found;
                }
            }
            Input::Choice { options, at } => {
                let shown = options.get(*at).map_or("", |o| o.label.as_str());
                let text = if here {
                    format!("◂ {shown} ▸")
                } else {
                    shown.to_owned()
                };
                pen.text(
                    x,
                    y,
                    width,
                    &text,
                    if here { Tone::Title } else { Tone::Text },
                );
            }
            Input::Many { options, on, at } => {
                let mut at_x = x;
                for (n, option) in options.iter().enumerate() {
                    let text = format!("{}{} ", if on[n] { "[x]" } else { "[ ]" }, option.label);
                    at_x = pen.text(
                        at_x,
                        y,
                        inside.right().saturating_sub(at_x),
                        &text,
                        if here && n == *at {
                            Tone::Title
                        } else {
                            Tone::Text
                        },
                    ) + 1;
                }
            }
            Input::Flag(on) => {
                let text = if *on { "[x]" } else { "[ ]" };
                pen.text(
                    x,
                    y,
                    width,
                    text,
                    if here { Tone::Title } else { Tone::Text },
                );
            }
        }
    }
    let hint = match &f.error {
        _ if f.leaving => (words::shell::form_leaving(lang), Tone::Caution),
        Some((_, why)) => (why.as_str(), Tone::Bad),
        None => (
            f.fields.get(f.cursor).map_or("", |x| x.hint.as_str()),
            Tone::Dim,
        ),
    };
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(2),
        inside.width,
        hint.0,
        hint.1,
    );
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        if f.rows.is_some() {
            words::call::wrap_up_keys(lang)
        } else {
            words::shell::form_keys(lang)
        },
        Tone::Dim,
    );
    at(1, width, caret)
}
