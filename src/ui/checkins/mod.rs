//! Check-ins: what waits to be finished, then the latest ones.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::domain::checkin::{Checkin, State};
use crate::ui::drawn::{Drawn, at};
use crate::ui::kit::columns::{date_width, headings};
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
    let columns = Columns::of(model, area.width);
    let heads = [
        (0, words::portfolio::column_when(lang)),
        (columns.state - 1, words::portfolio::column_state(lang)),
        (columns.kind - 1, words::papers::note_kind(lang)),
        (columns.account - 1, words::portfolio::column_account(lang)),
    ];
    headings(pen, layout::line(area, area.y + 1), &heads);
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
            row(model, pen, line, &columns, checkin);
        },
    );
    at(body.height, area.width, None)
}

/// Where the columns of the list begin, counted from its left edge.
struct Columns {
    when: u16,
    state: u16,
    kind: u16,
    account: u16,
}

impl Columns {
    fn of(model: &Model, width: u16) -> Self {
        let (state_room, kind_room) = if width >= WIDE {
            (16, (width / 5).min(30))
        } else {
            (14, 14)
        };
        let midnight = |date: NaiveDate| when(model, date.and_time(NaiveTime::MIN));
        let when = 1;
        let state = when + date_width(model.now.today(), midnight) + 1;
        let kind = state + state_room + 1;
        Self {
            when,
            state,
            kind,
            account: kind + kind_room + 1,
        }
    }
}

fn row(model: &Model, pen: &mut Pen, area: Rect, columns: &Columns, checkin: &Checkin) {
    let lang = model.lang;
    let y = area.y;
    let state = checkin.state();
    let tone = match state {
        State::Live | State::Paused => Tone::Bad,
        State::Unwritten => Tone::Caution,
        _ => Tone::Dim,
    };
    let started = checkin.started().unwrap_or(checkin.created);
    let when = when(model, model.now.zone.local(started));
    let room = columns.state - columns.when - 1;
    pen.text(area.x + columns.when, y, room, &when, Tone::Dim);
    let room = columns.kind - columns.state - 1;
    pen.text(area.x + columns.state, y, room, state.words(lang), tone);
    let kind = checkin.title.as_ref();
    let kind = kind.map_or(checkin.kind.words(lang), |words| lang.pick(words));
    let room = columns.account - columns.kind - 1;
    pen.text(area.x + columns.kind, y, room, kind, Tone::Accent);
    let mut right = area.right() - 1;
    if area.width >= 76 {
        let (words, tone) = note(model, checkin);
        pen.right(right, y, 12, &words, tone);
        right -= 13;
    }
    // Of a deleted account only the id is left, which says nothing to anyone.
    let (name, tone) = match model.book.get(&checkin.account) {
        Some(row) => (row.account.name.as_str(), Tone::Text),
        None => (words::common::gone(lang), Tone::Dim),
    };
    let x = area.x + columns.account;
    pen.text(x, y, right.saturating_sub(x), name, tone);
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
