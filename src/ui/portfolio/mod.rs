//! The portfolio: only the rows that show are drawn.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::facts::feedback::OutcomeKind;
use crate::domain::health::Band;
use crate::domain::signals::troubles;
use crate::domain::standing::{GAP, Row};
use crate::domain::view::Order;
use crate::ui::drawn::Drawn;
use crate::ui::kit::columns::{headings_right, percent, renewal};
use crate::ui::kit::editor;
use crate::ui::kit::preview;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// From this width the preview stands beside the list.
const WIDE: u16 = 108;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let caret = summary(model, pen, Rect { height: 1, ..area });
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    let side = if area.width >= WIDE {
        (area.width * 2 / 5).clamp(40, 64)
    } else {
        0
    };
    let list = Rect {
        width: body.width - side - u16::from(side > 0),
        ..body
    };
    if model.portfolio.typing.is_some() {
        pen.text(
            area.x + 1,
            area.y + 1,
            area.width - 2,
            &format!(" {} ", words::problems::filter_keys(model.lang)),
            Tone::Dim,
        );
    } else {
        heads(
            model,
            pen,
            Rect {
                y: area.y + 1,
                height: 1,
                ..list
            },
        );
    }
    rows(model, pen, list);
    if side > 0 {
        pen.wall(list.right(), body.y, body.height);
        if let Some(row) = model.portfolio.current(&model.book) {
            preview::draw(
                model,
                row,
                pen,
                Rect {
                    x: list.right() + 2,
                    y: body.y,
                    width: side.saturating_sub(2),
                    height: body.height,
                },
            );
        }
    }
    Drawn {
        geometry: Geometry::of(body.height, area.width),
        caret,
    }
}

/// Totals by band and by currency; the filter, where the caret stands while it is typed.
fn summary(model: &Model, pen: &mut Pen, area: Rect) -> Option<(u16, u16)> {
    let lang = model.lang;
    let state = &model.portfolio;
    if let Some(typing) = &state.typing {
        let x = pen.text(area.x + 1, area.y, area.width, "/ ", Tone::Key);
        let width = (area.width / 2).max(16).min(area.right().saturating_sub(x));
        let caret = editor::field(typing, pen, x, area.y, width);
        let rest = area.right().saturating_sub(x + width + 3);
        let unknown = crate::domain::filter::Query::parse(&state.query).unknown;
        let (text, tone) = match unknown.first() {
            Some(word) => (words::problems::not_understood(lang, word), Tone::Caution),
            None if state.sums.arr.is_empty() => (
                words::portfolio::accounts_n(lang, state.shown.len()),
                Tone::Text,
            ),
            None => (
                format!(
                    "{} · ARR {}",
                    words::portfolio::accounts_n(lang, state.shown.len()),
                    state.sums.arr.short()
                ),
                Tone::Text,
            ),
        };
        pen.right(area.right() - 1, area.y, rest, &text, tone);
        return caret;
    }
    let (count, bands) = model
        .preview
        .unwrap_or((state.sums.count, state.sums.bands));
    let mut x = pen.text(
        area.x + 1,
        area.y,
        area.width,
        &words::portfolio::accounts_n(lang, count),
        Tone::Title,
    );
    let end = area.right();
    let put = |pen: &mut Pen, x: &mut u16, text: &str, tone| {
        *x = pen.text(*x, area.y, end.saturating_sub(*x), text, tone)
    };
    if !state.sums.arr.is_empty() && model.preview.is_none() {
        put(
            pen,
            &mut x,
            &format!(" · ARR {}", state.sums.arr.short()),
            Tone::Text,
        );
        if state.sums.without_arr > 0 && area.width >= WIDE {
            put(
                pen,
                &mut x,
                &format!(
                    " ({})",
                    words::portfolio::without_arr(lang, state.sums.without_arr)
                ),
                Tone::Dim,
            );
        }
    }
    put(pen, &mut x, " · ", Tone::Dim);
    let churned = if state.sums.churned > 0 && model.preview.is_none() {
        words::portfolio::churned_n(lang, state.sums.churned)
    } else {
        String::new()
    };
    // Words where all of them fit; a glyph and a number say it too.
    let long: usize = Band::ALL
        .iter()
        .map(|b| wrap::width(b.words(lang)) + bands[b.index()].to_string().len() + 4)
        .sum::<usize>()
        + wrap::width(&churned);
    let words = usize::from(x) + long <= usize::from(end);
    for band in Band::ALL {
        let n = bands[band.index()];
        let text = if words {
            format!("{}{} {n}  ", pen.theme.glyph(*band), band.words(lang))
        } else {
            format!("{}{n} ", pen.theme.glyph(*band))
        };
        put(pen, &mut x, &text, Theme::band(*band));
    }
    put(pen, &mut x, &churned, Tone::Dim);
    let mut notes = Vec::new();
    if !state.selected.is_empty() {
        notes.push(words::portfolio::selected_n(lang, state.selected.len()));
    }
    if state.order != Order::Risk || state.reversed {
        notes.push(format!(
            "{}{}",
            words::portfolio::order_by(lang, state.order.words(lang)),
            if state.reversed { " ↑" } else { "" }
        ));
    }
    if !state.query.is_empty() {
        notes.push(format!("/{}", state.query));
    }
    if !notes.is_empty() {
        let text = notes.join(" · ");
        let room = end.saturating_sub(x + 1);
        pen.right(end - 1, area.y, room, &text, Tone::Accent);
    }
    None
}

fn rows(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let state = &model.portfolio;
    if state.shown.is_empty() {
        let text = if !model.ready && model.book.rows().is_empty() {
            words::common::opening(lang)
        } else if model.book.rows().is_empty() {
            words::portfolio::no_accounts(lang)
        } else {
            words::portfolio::nothing_matches(lang)
        };
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width.saturating_sub(4),
            text,
            Tone::Title,
        );
        if model.ready && model.book.rows().is_empty() {
            pen.wrapped(
                Rect {
                    x: area.x + 2,
                    y: area.y + 3,
                    width: area.width.saturating_sub(4),
                    height: area.height.saturating_sub(3),
                },
                words::portfolio::no_accounts_hint(lang),
                Tone::Dim,
            );
        }
        return;
    }
    for (dy, index) in state
        .shown
        .iter()
        .skip(state.list.top)
        .take(usize::from(area.height))
        .enumerate()
    {
        let y = area.y + dy as u16;
        let row = &model.book.rows()[*index];
        let chosen = state.list.top + dy == state.list.cursor;
        pen.row(area, y, chosen);
        line(
            model,
            pen,
            Rect {
                y,
                height: 1,
                ..area
            },
            row,
        );
    }
    pen.over = Default::default();
}

/// Words over the columns, as far as there are columns; and where one stands in the list.
fn heads(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let state = &model.portfolio;
    if state.shown.is_empty() {
        return;
    }
    let room = area.width;
    let mut right = area.right() - 1;
    let mut words = Vec::new();
    let mut column = |least: u16, width: u16, word| {
        if room >= least {
            words.push((right, word));
            right -= width;
        }
    };
    column(98, 6, "□");
    column(88, 11, words::portfolio::column_touch(lang));
    column(44, 7, words::portfolio::column_usage(lang));
    column(77, 13, "");
    column(52, 9, words::portfolio::column_renewal(lang));
    column(64, 9, "ARR");
    words.retain(|(_, word)| !word.is_empty());
    headings_right(pen, area.y, &words);
    pen.text(
        area.x + 1,
        area.y,
        12,
        &format!(" {} ", words::portfolio::column_score(lang)),
        Tone::Dim,
    );
    pen.text(
        area.x + 9,
        area.y,
        16,
        &format!(" {}/{} ", state.list.cursor + 1, state.shown.len()),
        Tone::Dim,
    );
}

/// One account. Columns leave from the right as the room gets less.
fn line(model: &Model, pen: &mut Pen, area: Rect, row: &Row) {
    let lang = model.lang;
    let today = model.now.today();
    let s = &row.standing;
    let (y, mut right) = (area.y, area.right() - 1);
    let gone = s.churned.is_some();
    let band = if gone {
        Tone::Dim
    } else {
        Theme::band(s.health.band)
    };
    let mark = if model.portfolio.selected.contains(&row.account.id) {
        "*"
    } else {
        " "
    };
    let mut x = pen.text(area.x, y, 1, mark, Tone::Accent);
    let glyph = if gone {
        "·"
    } else {
        pen.theme.glyph(s.health.band)
    };
    pen.text(x, y, 2, glyph, band);
    x += 2;
    let score = s
        .health
        .score
        .filter(|_| !gone)
        .map_or_else(|| " --".to_owned(), |n| format!("{n:>3}"));
    x = pen.text(x, y, 3, &score, band);
    let arrow = if gone {
        " "
    } else {
        pen.theme.arrow(s.trend.d30)
    };
    x = pen.text(x, y, 2, &format!(" {arrow}"), band) + 1;
    let room = area.width;
    if room >= 98 {
        let (text, tone) = if s.overdue_actions > 0 {
            (format!("□{}!", s.open_actions), Tone::Caution)
        } else if s.open_actions > 0 {
            (format!("□{}", s.open_actions), Tone::Dim)
        } else {
            (String::new(), Tone::Dim)
        };
        pen.right(right, y, 5, &text, tone);
        right -= 6;
    }
    if room >= 88 {
        let text = s.last_touch.map_or_else(
            || words::portfolio::never_touched(lang).to_owned(),
            |d| words::portfolio::touched_ago(lang, (today - d).num_days()),
        );
        pen.right(right, y, 10, &text, Tone::Dim);
        right -= 11;
    }
    if room >= 44 {
        let (text, tone) = percent(s.usage_change);
        pen.right(right, y, 6, &text, tone);
        right -= 7;
    }
    if room >= 77 {
        let spark: String = s
            .spark
            .iter()
            .map(|l| if *l == GAP { " " } else { pen.theme.spark(*l) })
            .collect();
        pen.right(right, y, 12, &spark, Tone::Chart);
        right -= 13;
    }
    if room >= 52 {
        let (text, tone) = match (s.churned, s.renewal) {
            (Some(_), _) => (OutcomeKind::Churned.words(lang).to_owned(), Tone::Dim),
            (None, Some(d)) => (
                words::dates::in_days(lang, (d - today).num_days()),
                renewal(lang, d, today).1,
            ),
            (None, None) => (String::new(), Tone::Dim),
        };
        pen.right(right, y, 8, &text, tone);
        right -= 9;
    }
    if room >= 64 {
        pen.right(
            right,
            y,
            8,
            &s.arr.map(|m| m.short()).unwrap_or_default(),
            Tone::Text,
        );
        right -= 9;
    }
    // One signal is noted, two or more ask for action.
    let troubles: Vec<_> = troubles(&s.signals).collect();
    if let (Some(worst), false, true) = (troubles.first(), gone, room >= 56) {
        let tone = if troubles.len() > 1 {
            Tone::Bad
        } else {
            Tone::Caution
        };
        pen.right(
            right,
            y,
            3,
            &format!("{}{}", pen.theme.signal(worst), troubles.len()),
            tone,
        );
        right -= 4;
    } else if room >= 56 {
        right -= 4;
    }
    if s.escalated_tickets > 0 || row.account.escalated {
        let text = if pen.theme.ascii { "E " } else { "⚡" };
        pen.right(right, y, 2, text.trim_end(), Tone::Bad);
        right -= 2;
    }
    pen.text(
        x,
        y,
        right.saturating_sub(x),
        &row.account.name,
        if gone { Tone::Dim } else { Tone::Text },
    );
}
