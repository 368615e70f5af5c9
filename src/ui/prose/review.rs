//! The review of calls: one line each, and the chosen one below with its questions and its text.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::prose::state::{Review, Row};
use crate::services::import::prose::{Call, Proposal, day_words};
use crate::ui::drawn::{Drawn, centre};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Columns of the sign and of the day.
const SIGN: usize = 2;
const DAY: usize = 12;

/// The area of a layer that leaves the footer in sight: refusals are shown there.
pub fn above_footer(area: Rect, width: u16) -> Rect {
    const FOOTER: u16 = 2;
    let free = Rect {
        height: area.height.saturating_sub(FOOTER).max(1).min(area.height),
        ..area
    };
    centre(free, width, free.height)
}

pub fn draw(model: &Model, pen: &mut Pen, area: Rect, review: &Review) -> Drawn {
    let lang = model.lang;
    let width = if area.width <= 84 {
        area.width
    } else {
        area.width.saturating_sub(4).min(116)
    };
    let inside = pen.frame(above_footer(area, width), words::prose::title(lang));
    let columns = usize::from(inside.width);
    let keys = match (&review.proposal, &review.error) {
        (Some(_), None) => words::prose::keys(lang),
        _ => words::prose::leave(lang),
    };
    let keys = wrap::lines(keys, columns);
    let end = inside.bottom().saturating_sub(keys.len() as u16);
    for (y, line) in (end..inside.bottom()).zip(&keys) {
        pen.text(inside.x, y, inside.width, line, Tone::Dim);
    }
    let mut y = inside.y;
    for (line, tone) in head(lang, review, columns) {
        if y < end {
            pen.text(inside.x, y, inside.width, &line, tone);
            y += 1;
        }
    }
    let rows = review.rows();
    if rows.is_empty() {
        return drawn(1, columns, 0);
    }
    let room = end.saturating_sub(y);
    let shown = (rows.len() as u16).min(room / 2).max(1).min(room);
    // The state may be older than this size of the window.
    let mut state = review.list;
    state.hold(rows.len(), usize::from(shown));
    let area = Rect {
        y,
        height: shown,
        ..inside
    };
    list::draw(pen, area, &state, &rows, |pen, line, row| {
        draw_row(lang, pen, layout::inset(line), row);
    });
    let y = y.saturating_add(shown);
    if y >= end {
        return drawn(shown, columns, 0);
    }
    pen.rule(inside.x, y, inside.width);
    let below = Rect {
        y: y + 1,
        height: end.saturating_sub(y + 1),
        ..inside
    };
    let most = rows.get(review.list.cursor).map_or(0, |row| {
        details(lang, pen, layout::inset(below), row, review.scroll)
    });
    drawn(shown, columns, most)
}

fn drawn(rows: u16, columns: usize, most: usize) -> Drawn {
    Drawn {
        geometry: Geometry {
            most,
            ..Geometry::of(rows, columns as u16)
        },
        caret: None,
    }
}

/// What was found, or why there is nothing.
fn head(lang: Lang, review: &Review, columns: usize) -> Vec<(String, Tone)> {
    let mut out = Vec::new();
    if let Some(why) = &review.error {
        let stopped = words::prose::stopped(lang, why);
        let lines = wrap::lines(&stopped, columns).into_iter();
        out.extend(lines.map(|line| (line, Tone::Bad)));
        return out;
    }
    let Some(proposal) = &review.proposal else {
        out.push((words::prose::reading(lang).to_owned(), Tone::Dim));
        return out;
    };
    if review.writing {
        out.push((words::prose::writing(lang).to_owned(), Tone::Accent));
    }
    if proposal.calls.is_empty() {
        out.push((words::prose::no_calls(lang).to_owned(), Tone::Caution));
        return out;
    }
    out.push((summary(lang, proposal), Tone::Title));
    out
}

/// The files, and how many calls are ready, asked about, left out and known.
fn summary(lang: Lang, proposal: &Proposal) -> String {
    let files = proposal.files.iter().map(|name| match name.as_str() {
        words::log::PASTED => words::prose::pasted(lang),
        name => name,
    });
    let files: Vec<&str> = files.collect();
    let total = proposal.calls.len();
    let (taken, asked, known) = (proposal.taken(), proposal.asked(), proposal.known());
    let out = total.saturating_sub(taken + asked + known);
    let mut parts = vec![
        files.join(words::common::list_comma(lang)),
        words::prose::calls(lang, total),
        words::prose::ready(lang, taken),
    ];
    if asked > 0 {
        parts.push(words::prose::asked(lang, asked));
    }
    if out > 0 {
        parts.push(words::prose::out(lang, out));
    }
    if known > 0 {
        parts.push(words::prose::known(lang, known));
    }
    parts.join(" · ")
}

/// The text in so many columns.
fn cell(text: &str, columns: usize) -> String {
    let text = wrap::fit(text, columns.saturating_sub(1));
    let gap = columns.saturating_sub(wrap::width(&text));
    format!("{text}{}", " ".repeat(gap))
}

fn draw_row(lang: Lang, pen: &mut Pen, line: Rect, row: &Row) {
    let columns = usize::from(line.width);
    let name = (columns / 3).clamp(10, 34);
    match row {
        Row::Call(call) => {
            let (sign, tone) = sign(call);
            let day = cell(&day_words(call.day), DAY);
            let account = match &call.account {
                Some(account) => cell(&account.name, name),
                None if call.said.is_empty() => cell("?", name),
                None => cell(&words::prose::as_written(lang, &call.said), name),
            };
            let flag = if call.contradictions.is_empty() {
                ""
            } else {
                "⚑ "
            };
            let dim = call.state != crate::services::import::prose::State::Open;
            let plain = if dim { Tone::Dim } else { Tone::Text };
            pen.pieces(
                line.x,
                line.y,
                line.width,
                &[
                    (&cell(sign, SIGN), tone),
                    (&day, plain),
                    (&account, if call.account.is_some() { plain } else { tone }),
                    (flag, Tone::Caution),
                    (&call.title, Tone::Dim),
                ],
            );
        }
        Row::Apart(left) => {
            let text = left.text.lines().next().unwrap_or("");
            let at = cell(&words::prose::line_n(lang, left.line), DAY);
            let why = cell(left.why.words(lang), name);
            pen.pieces(
                line.x,
                line.y,
                line.width,
                &[
                    (&cell("–", SIGN), Tone::Dim),
                    (&at, Tone::Dim),
                    (&why, Tone::Dim),
                    (text, Tone::Dim),
                ],
            );
        }
    }
}

/// The sign of a call: ready, asked about, or no note.
fn sign(call: &Call) -> (&'static str, Tone) {
    use crate::services::import::prose::State;
    match call.state {
        State::Known | State::Again { .. } => ("=", Tone::Dim),
        State::Out => ("x", Tone::Dim),
        State::Open if call.is_sure() => ("+", Tone::Good),
        State::Open => ("?", Tone::Caution),
    }
}

/// The chosen row: what is asked, what contradicts the records, the people, then the text. Answers how
/// far it can be scrolled.
fn details(lang: Lang, pen: &mut Pen, area: Rect, row: &Row, scroll: usize) -> usize {
    let columns = usize::from(area.width);
    let mut lines: Vec<(String, Tone)> = Vec::new();
    let mut add = |text: &str, tone: Tone| {
        let wrapped = wrap::lines(text, columns).into_iter();
        lines.extend(wrapped.map(|line| (line, tone)));
    };
    match row {
        Row::Call(call) => {
            if let Some(state) = call.state_words(lang) {
                add(&state, Tone::Dim);
            } else {
                for ask in call.asks(lang) {
                    add(&ask, Tone::Caution);
                }
            }
            for contradiction in &call.contradictions {
                add(&format!("⚑ {}", contradiction.words(lang)), Tone::Caution);
            }
            if !call.people.is_empty() {
                add(&words::prose::people(lang, call.with(lang)), Tone::Accent);
            }
            for line in call.text.lines() {
                add(line, Tone::Text);
            }
        }
        Row::Apart(left) => {
            add(left.why.words(lang), Tone::Dim);
            for line in left.text.lines() {
                add(line, Tone::Text);
            }
        }
    }
    let most = lines.len().saturating_sub(usize::from(area.height));
    let shown = lines.iter().skip(scroll.min(most));
    for (y, (line, tone)) in (area.y..area.bottom()).zip(shown) {
        pen.text(area.x, y, area.width, line, *tone);
    }
    most
}
