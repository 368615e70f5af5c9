//! Check-ins: what waits to be finished, then what was said lately.

use ratatui::layout::Rect;

use crate::app::kit::geometry::Geometry;
use crate::app::model::Model;
use crate::domain::checkin::State;
use crate::ui::drawn::Drawn;
use crate::ui::kit::columns::headings;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let shown = model.checkins.shown(&model.book);
    let waiting = shown.iter().filter(|c| c.unfinished()).count();
    pen.text(
        area.x + 1,
        area.y,
        area.width,
        &format!(
            "{} · {} {waiting}",
            words::shell::checkins(lang),
            words::call::ended_state(lang)
        ),
        Tone::Title,
    );
    // Where there is room, states and kinds have all of it that they need.
    let (state_room, kind_room) = if area.width >= 100 {
        (16, (area.width / 5).min(30))
    } else {
        (14, 14)
    };
    let kind_at = 18 + state_room;
    let account_at = kind_at + kind_room + 1;
    headings(
        pen,
        Rect {
            y: area.y + 1,
            height: 1,
            ..area
        },
        &[
            (0, words::portfolio::column_when(lang)),
            (16, words::portfolio::column_state(lang)),
            (kind_at - 1, words::papers::note_kind(lang)),
            (account_at - 1, words::portfolio::column_account(lang)),
        ],
    );
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
                words::call::no_checkins(lang)
            } else {
                words::common::opening(lang)
            },
            Tone::Dim,
        );
    }
    let list = &model.checkins.list;
    for (dy, c) in shown
        .iter()
        .skip(list.top)
        .take(usize::from(body.height))
        .enumerate()
    {
        let y = body.y + dy as u16;
        pen.row(body, y, list.top + dy == list.cursor);
        let state = c.state();
        let tone = match state {
            State::Live | State::Paused => Tone::Bad,
            State::Unwritten => Tone::Caution,
            _ => Tone::Dim,
        };
        let started = c.started().unwrap_or(c.created);
        let local = model.now.zone.local(started);
        let when = format!(
            "{} {}",
            words::dates::day(lang, local.date(), model.now.today()),
            local.format("%H:%M")
        );
        pen.text(body.x + 1, y, 15, &when, Tone::Dim);
        pen.text(body.x + 17, y, state_room, state.words(lang), tone);
        let kind = c
            .title
            .as_ref()
            .map_or(c.kind.words(lang), |w| model.lang.pick(w));
        pen.text(body.x + kind_at, y, kind_room, kind, Tone::Accent);
        let mut right = body.right() - 1;
        if body.width >= 76 {
            let note = match (state, c.ended()) {
                // The note is due within 30 minutes of the call's end.
                (State::Unwritten, Some(end)) => age(lang, (model.now.at - end).num_minutes()),
                _ => c
                    .wrapup
                    .sentiment
                    .map(|s| s.words(lang).to_owned())
                    .unwrap_or_default(),
            };
            pen.right(
                right,
                y,
                12,
                &note,
                if state == State::Unwritten {
                    Tone::Caution
                } else {
                    Tone::Dim
                },
            );
            right -= 13;
        }
        // Of an account that was taken back only its id is left, which says nothing to anyone.
        let (name, tone) = model
            .book
            .get(&c.account)
            .map_or((words::common::gone(lang), Tone::Dim), |r| {
                (r.account.name.as_str(), Tone::Text)
            });
        pen.text(
            body.x + account_at,
            y,
            right.saturating_sub(body.x + account_at),
            name,
            tone,
        );
    }
    pen.over = Default::default();
    Drawn {
        geometry: Geometry::of(body.height, area.width),
        caret: None,
    }
}

fn age(lang: words::Lang, minutes: i64) -> String {
    if minutes < 120 {
        words::call::ago_minutes(lang, minutes)
    } else {
        words::call::ago_hours(lang, minutes / 60)
    }
}
