//! Check-ins: what waits to be finished, then the latest ones.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::checkin::{Checkin, State};
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::columns::{date_width, headings};
use crate::ui::kit::room::{Column, share};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// From this width states and kinds have all the room they need.
const WIDE: u16 = 100;

/// Draws the title, the words over the columns, and a line a check-in.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let shown = model.checkins.shown(&model.book);
    let waiting = shown.iter().filter(|c| c.unfinished()).count();
    let title = words::shell::checkins(lang);
    let title = format!("{title} · {} {waiting}", words::call::ended_state(lang));
    pen.text(area.x + 1, area.y, area.width, &title, Tone::Title);
    let top = layout::line(area, area.y + 1);
    let [when, state, kind, account, _] = columns(model, top);
    let heads = [
        (when, words::portfolio::column_when(lang)),
        (state, words::portfolio::column_state(lang)),
        (kind, words::papers::note_kind(lang)),
        (account, words::portfolio::column_account(lang)),
    ];
    let shown_heads = heads.into_iter().filter(|(cell, _)| cell.width > 0);
    let heads: Vec<(u16, &str)> = shown_heads.map(|(cell, word)| (cell.x - 1, word)).collect();
    headings(pen, top, &heads);
    let body = layout::below(area, 2);
    if shown.is_empty() {
        let words = if model.ready {
            words::call::no_checkins(lang)
        } else {
            words::common::opening(lang)
        };
        let room = body.width.saturating_sub(4);
        pen.text(body.x + 2, body.y + 1, room, words, Tone::Dim);
    }
    list::draw(
        pen,
        body,
        &model.checkins.list,
        shown,
        |pen, line, checkin| {
            row(model, pen, line, checkin);
        },
    );
    at(body.height, area.width, None)
}

/// When, its state, its kind, the account, and how long its note is waited for.
fn columns(model: &Model, line: Rect) -> [Rect; 5] {
    let (state, kind) = if line.width >= WIDE {
        (16, (line.width / 5).min(30))
    } else {
        (14, 14)
    };
    let midnight = |date: NaiveDate| when(model, date.and_time(NaiveTime::MIN));
    let columns = [
        Column::fixed(date_width(model.now.today(), midnight), 1),
        Column::fixed(state, 2),
        Column::fixed(kind, 3),
        Column::subject(16, u16::MAX),
        Column::fixed(12, 4),
    ];
    share(line, columns)
}

fn row(model: &Model, pen: &mut Pen, area: Rect, checkin: &Checkin) {
    let lang = model.lang;
    let y = area.y;
    let [when, state, kind, account, note] = columns(model, area);
    let tone = match checkin.state() {
        State::Live | State::Paused => Tone::Bad,
        State::Unwritten => Tone::Caution,
        _ => Tone::Dim,
    };
    let started = checkin.started().unwrap_or(checkin.created);
    let words = self::when(model, model.now.zone.local(started));
    pen.text(when.x, y, when.width, &words, Tone::Dim);
    pen.text(state.x, y, state.width, checkin.state().words(lang), tone);
    let title = checkin.title.as_ref();
    let title = title.map_or(checkin.kind.words(lang), |words| lang.pick(words));
    pen.text(kind.x, y, kind.width, title, Tone::Accent);
    let (words, tone) = self::note(model, checkin);
    pen.right(note.right(), y, note.width, &words, tone);
    // Of a deleted account only the id is left, which says nothing to anyone.
    let (name, tone) = match model.book.get(&checkin.account) {
        Some(row) => (row.account.name.as_str(), Tone::Text),
        None => (words::common::gone(lang), Tone::Dim),
    };
    pen.text(account.x, y, account.width, name, tone);
}

/// A day and a time of the list.
fn when(model: &Model, at: NaiveDateTime) -> String {
    let day = words::dates::day(model.lang, at.date(), model.now.today());
    format!("{day} {}", at.format("%H:%M"))
}

/// How long a note is waited for, which is due within half an hour of the call's end; else how the
/// customer felt.
fn note(model: &Model, checkin: &Checkin) -> (String, Tone) {
    let waiting = checkin.state() == State::Unwritten;
    let tone = if waiting { Tone::Caution } else { Tone::Dim };
    let words = match checkin.ended() {
        Some(end) if waiting => age(model.lang, (model.now.at - end).num_minutes()),
        _ => {
            let sentiment = checkin.wrapup.sentiment;
            sentiment.map_or("", |s| s.words(model.lang)).to_owned()
        }
    };
    (words, tone)
}

fn age(lang: Lang, minutes: i64) -> String {
    if minutes < 120 {
        words::call::ago_minutes(lang, minutes)
    } else {
        words::call::ago_hours(lang, minutes / 60)
    }
}
