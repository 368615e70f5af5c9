//! A form: its fields, the hint of the one under the cursor, its keys.

use ratatui::layout::Rect;

use crate::app::kit::field::{Field, Input};
use crate::app::kit::form::Form;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::{editor, layout};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Columns that the longest label may have.
const LABEL: usize = 24;

/// Draws a form over what is there; the caret stands in the field that is typed in.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect, form: &Form) -> Drawn {
    let lang = model.lang;
    let title_rows = form.head.len() as u16 + u16::from(!form.head.is_empty()) * 2;
    let rows = form.fields.len() as u16 + title_rows;
    let inside = pen.frame(centre(area, 92, (rows + 5).min(area.height)), &form.title);
    let mut top = inside.y;
    if !form.head.is_empty() && inside.height > title_rows + 6 {
        head(lang, pen, inside, form);
        top += title_rows;
    }
    let rows = usize::from(inside.bottom().saturating_sub(top + 2)).max(1);
    let first = (form.cursor + 1).saturating_sub(rows);
    let labels = form.fields.iter().map(|x| wrap::width(&x.label));
    let labels = labels.max().unwrap_or(8).min(LABEL) as u16;
    let mut caret = None;
    let shown = form.fields.iter().enumerate().skip(first).take(rows);
    for (y, (i, field)) in (top..).zip(shown) {
        let here = i == form.cursor;
        let line = layout::line(inside, y);
        label(pen, line, labels, field, here);
        let x = inside.x + labels + 3;
        let room = Rect {
            x,
            width: inside.right().saturating_sub(x),
            ..line
        };
        let found = input(pen, room, field, here);
        caret = caret.or(found.filter(|_| here));
    }
    let (hint, tone) = hint(model, form);
    let (x, width) = (inside.x, inside.width);
    pen.text(x, inside.bottom().saturating_sub(2), width, &hint, tone);
    let keys = if form.rows.is_some() {
        words::call::wrap_up_keys(lang)
    } else {
        words::shell::form_keys(lang)
    };
    pen.text(x, inside.bottom().saturating_sub(1), width, keys, Tone::Dim);
    at(1, width.saturating_sub(labels + 3), caret)
}

/// The promises to an account, above the fields.
fn head(lang: Lang, pen: &mut Pen, area: Rect, form: &Form) {
    let title = words::actions::promises_title(lang);
    pen.heading(area.x, area.y, area.width, title);
    let mut y = area.y + 1;
    for line in &form.head {
        let tone = if line.starts_with('▲') {
            Tone::Bad
        } else {
            Tone::Text
        };
        pen.text(area.x, y, area.width, line, tone);
        y += 1;
    }
    pen.rule(area.x, y, area.width);
}

/// The sign of the cursor, the mark of the field's line in a note, and its label.
fn label(pen: &mut Pen, area: Rect, width: u16, field: &Field, here: bool) {
    let cursor = if here { ">" } else { " " };
    pen.text(area.x, area.y, 1, cursor, Tone::Key);
    let mark = field.row.map(|row| row.mark);
    let glyph = match mark {
        Some(mark) if pen.theme.ascii => format!("{} ", editor::ascii_glyph(mark)),
        Some(mark) => format!("{} ", editor::glyph(mark)),
        None => String::new(),
    };
    let tone = match mark {
        _ if field.row.is_some_and(|row| row.dropped) => Tone::Dim,
        Some(mark) => editor::tone(mark),
        None if here => Tone::Accent,
        None => Tone::Dim,
    };
    let label = format!("{glyph}{}", field.label);
    pen.text(area.x + 1, area.y, width + 1, &label, tone);
}

/// What a field holds; returns where the caret would stand in it.
fn input(pen: &mut Pen, area: Rect, field: &Field, here: bool) -> Option<(u16, u16)> {
    let (x, y, width) = (area.x, area.y, area.width);
    let tone = if here { Tone::Title } else { Tone::Text };
    match &field.input {
        Input::Text(text) if field.row.is_some_and(|row| row.dropped) => {
            let words = format!("✗ {}", text.text());
            pen.text(x, y, width, &words, Tone::Dim);
        }
        Input::Text(text) => return editor::field(text, pen, x, y, width),
        Input::Choice { options, at } => {
            let chosen = options.get(*at).map_or("", |o| o.label.as_str());
            let words = if here {
                format!("◂ {chosen} ▸")
            } else {
                chosen.to_owned()
            };
            pen.text(x, y, width, &words, tone);
        }
        Input::Many { options, on, at } => {
            let mut x = x;
            for (n, option) in options.iter().enumerate() {
                let words = format!("{}{} ", checkbox(on[n]), option.label);
                let tone = if n == *at { tone } else { Tone::Text };
                let room = area.right().saturating_sub(x);
                x = pen.text(x, y, room, &words, tone) + 1;
            }
        }
        Input::Flag(on) => {
            pen.text(x, y, width, checkbox(*on), tone);
        }
    }
    None
}

fn checkbox(on: bool) -> &'static str {
    if on { "[x]" } else { "[ ]" }
}

/// What went wrong, or what the field under the cursor was read as, or its hint.
fn hint(model: &Model, form: &Form) -> (String, Tone) {
    let lang = model.lang;
    if form.leaving {
        return (words::shell::form_leaving(lang).to_owned(), Tone::Caution);
    }
    if let Some((_, why)) = &form.error {
        return (why.clone(), Tone::Bad);
    }
    let Some(field) = form.fields.get(form.cursor) else {
        return (String::new(), Tone::Dim);
    };
    let read = || field.reads?.shown(&field.typed()?, model.now, lang);
    read().map_or((field.hint.clone(), Tone::Dim), |read| (read, Tone::Accent))
}
