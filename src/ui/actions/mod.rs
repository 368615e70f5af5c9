//! Actions: one line each, what is late first.

use ratatui::layout::Rect;

use crate::app::actions::state::Tab;
use crate::app::kit::geometry::Geometry;
use crate::app::model::Model;
use crate::domain::action::Action;
use crate::ui::drawn::Drawn;
use crate::ui::kit::columns::{due, headings};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let today = model.now.today();
    let shown = model
        .actions
        .listing(&model.book, &model.author.name, today);
    let mut x = area.x + 1;
    for lens in Tab::ALL {
        let here = *lens == model.actions.tab;
        let text = if here {
            format!("[{}]", lens.words(lang))
        } else {
            format!(" {} ", lens.words(lang))
        };
        x = pen.text(
            x,
            area.y,
            area.right().saturating_sub(x),
            &text,
            if here { Tone::Accent } else { Tone::Dim },
        ) + 1;
    }
    let counts = format!(
        "{} · {}",
        words::actions::actions_n(lang, shown.len()),
        words::actions::overdue_n(lang, &shown.overdue)
    );
    pen.right(
        area.right() - 1,
        area.y,
        area.right().saturating_sub(x + 1),
        &counts,
        Tone::Dim,
    );
    headings(
        pen,
        Rect {
            y: area.y + 1,
            height: 1,
            ..area
        },
        &[
            (2, words::portfolio::column_due(lang)),
            (12, words::portfolio::column_what(lang)),
        ],
    );
    if shown.promised {
        pen.right(
            area.right() - 1,
            area.y + 1,
            20,
            &format!(" {} ", words::actions::promise_mark(lang)),
            Tone::Key,
        );
    }
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    if shown.is_empty() {
        pen.text(
            body.x + 2,
            body.y + 1,
            body.width.saturating_sub(4),
            if model.ready {
                words::actions::all_done(lang)
            } else {
                words::common::opening(lang)
            },
            Tone::Dim,
        );
    }
    let list = &model.actions.list;
    let visible = (list.top..shown.len()).take(usize::from(body.height));
    for (dy, a) in visible
        .filter_map(|place| model.actions.at(&model.book, &shown, place))
        .enumerate()
    {
        let y = body.y + dy as u16;
        pen.row(body, y, list.top + dy == list.cursor);
        let mine = model.actions.tab == Tab::Mine;
        line(
            model,
            pen,
            Rect {
                y,
                height: 1,
                ..body
            },
            a,
            Some(model.book.name(&a.account)),
            !mine,
        );
    }
    pen.over = Default::default();
    Drawn {
        geometry: Geometry::of(body.height, area.width),
        caret: None,
    }
}

/// One action; the account's name where the list spans accounts, the owner where it may be anyone.
pub fn line(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    a: &Action,
    account: Option<&str>,
    owner: bool,
) {
    let lang = model.lang;
    let (date, tone) = due(lang, a, model.now.today());
    let done = !a.is_open();
    let glyph = match (done, pen.theme.ascii) {
        (true, false) => "✓",
        (true, true) => "x",
        (false, false) => "□",
        (false, true) => "-",
    };
    let mut x = pen.text(
        area.x + 1,
        area.y,
        2,
        glyph,
        if done { Tone::Good } else { Tone::Text },
    ) + 1;
    x = pen.text(x, area.y, 10, &date, if done { Tone::Dim } else { tone });
    x = (x + 1).max(area.x + 12);
    let who = if a.owner.is_empty() {
        a.side.words(lang).to_owned()
    } else {
        a.owner.to_string()
    };
    let mut right = area.right() - 1;
    if area.width >= 60 {
        let status = if a.status == crate::domain::action::Status::Open {
            String::new()
        } else {
            a.status.words(lang).to_owned()
        };
        pen.right(right, area.y, 8, &status, Tone::Dim);
        right -= 9;
    }
    if area.width >= 50 && owner {
        pen.text(right - 14, area.y, 14, &who, Tone::Dim);
        right -= 15;
    }
    if let Some(name) = account.filter(|_| area.width >= 70) {
        let room = (area.width / 5).clamp(22, 40);
        pen.text(right - room, area.y, room, name, Tone::Dim);
        right -= room + 1;
    }
    if a.promised {
        let mark = if pen.theme.ascii { "P " } else { "◆ " };
        x = pen.text(x, area.y, 2, mark, Tone::Key);
    }
    pen.text(
        x,
        area.y,
        right.saturating_sub(x),
        &a.what,
        if done { Tone::Dim } else { Tone::Text },
    );
}
