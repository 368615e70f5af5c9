//! Today: what needs me now, and the renewals ahead.

use ratatui::layout::Rect;

use super::cadence::{self, lines};
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::app::today::state::Tab;
use crate::domain::cadence::plan::Planned;
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::conflicts::Conflict;
use crate::domain::ids::AccountId;
use crate::domain::priority::{Item, Kind, Reason, Renewal, WINDOWS};
use crate::ui::drawn::Drawn;
use crate::ui::kit::preview;
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words;

/// From this width the account stands beside the list.
const WIDE: u16 = 116;

pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.today;
    let mut x = area.x + 1;
    for lens in Tab::ALL {
        let name = lens.words(lang);
        let n = match lens {
            Tab::Needs if state.rest > 0 => {
                format!("{}/{}", state.items.len(), state.items.len() + state.rest)
            }
            Tab::Needs => state.items.len().to_string(),
            Tab::Renewals => state.renewals.len().to_string(),
            Tab::Disagreements => state.conflicts.len().to_string(),
        };
        let text = if *lens == state.tab {
            format!("[{name} {n}]")
        } else {
            format!(" {name} {n} ")
        };
        x = pen.text(
            x,
            area.y,
            area.right().saturating_sub(x),
            &text,
            if *lens == state.tab {
                Tone::Accent
            } else {
                Tone::Dim
            },
        ) + 1;
    }
    if let Some(week) = state.week.as_ref().filter(|_| state.tab == Tab::Needs) {
        cadence::load(
            model,
            pen,
            Rect {
                x: x + 1,
                width: area.right().saturating_sub(x + 2),
                ..area
            },
            week,
            "",
        );
    }
    if state.tab == Tab::Renewals {
        windows(
            model,
            pen,
            Rect {
                x,
                width: area.right().saturating_sub(x + 1),
                ..area
            },
        );
    }
    pen.rule(area.x, area.y + 1, area.width);
    let body = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    let side = if area.width >= WIDE {
        (area.width * 2 / 5).clamp(40, 60)
    } else {
        0
    };
    // Who is not listed is told below the list.
    let told = state.tab == Tab::Needs && state.rest > 0 && body.height > 4;
    let list = Rect {
        width: body.width - side - u16::from(side > 0),
        height: body.height - u16::from(told),
        ..body
    };
    if told {
        pen.text(
            list.x + 4,
            list.bottom(),
            list.width.saturating_sub(5),
            &words::today::today_rest(lang, state.rest),
            Tone::Dim,
        );
    }
    if state.is_empty() {
        let words = match (model.ready, state.tab) {
            (false, _) => words::common::opening(lang),
            (true, Tab::Needs) if model.book.rows().is_empty() => {
                words::portfolio::no_accounts_hint(lang)
            }
            (true, Tab::Needs) => words::cadence::today_done(lang),
            (true, Tab::Renewals) => words::today::no_renewals(lang),
            (true, Tab::Disagreements) => words::today::no_disagreements(lang),
        };
        let mut y = list.y + 1;
        if model.ready && model.book.rows().is_empty() {
            pen.text(
                list.x + 2,
                y,
                list.width,
                words::portfolio::no_accounts(lang),
                Tone::Title,
            );
            y += 2;
        }
        pen.wrapped(
            Rect {
                x: list.x + 2,
                y,
                width: list.width.saturating_sub(4),
                height: 3,
            },
            words,
            Tone::Dim,
        );
    }
    for dy in 0..usize::from(list.height) {
        let i = state.list.top + dy;
        let y = list.y + dy as u16;
        if i >= state.len() {
            break;
        }
        pen.row(list, y, i == state.list.cursor);
        let line = Rect {
            y,
            height: 1,
            ..list
        };
        match state.tab {
            Tab::Needs => item(model, pen, line, &state.items[i]),
            Tab::Renewals => renewal(model, pen, line, &state.renewals[i]),
            Tab::Disagreements => disagreement(model, pen, line, &state.conflicts[i]),
        }
    }
    pen.over = Default::default();
    if side > 0 {
        pen.wall(list.right(), body.y, body.height);
        if let Some(row) = model.subject().and_then(|id| model.book.get(&id)) {
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
        geometry: Geometry::of(list.height, area.width),
        caret: None,
    }
}

/// How many renewals each window holds, and how many of them are at risk.
fn windows(model: &Model, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let mut text = Vec::new();
    for w in WINDOWS {
        let inside: Vec<&Renewal> = model
            .today
            .renewals
            .iter()
            .filter(|r| r.window <= w)
            .collect();
        let bad = inside
            .iter()
            .filter(|r| r.call == Judgement::AtRisk)
            .count();
        text.push(words::today::renewal_window(lang, w, inside.len(), bad));
    }
    let text = text.join("  ");
    pen.right(
        area.right(),
        area.y,
        area.width.min(wrap::width(&text) as u16),
        &text,
        Tone::Dim,
    );
}

fn item(model: &Model, pen: &mut Pen, area: Rect, item: &Item) {
    let lang = model.lang;
    let today = model.now.today();
    let row = model.book.get(&item.account);
    let (glyph, tone) = match (item.kind, row) {
        (Kind::Account, Some(row)) => (
            pen.theme.glyph(row.standing.health.band),
            Theme::band(row.standing.health.band),
        ),
        (Kind::WrapUp, _) => ("✎", Tone::Bad),
        (Kind::Meeting | Kind::Touch, _) => item
            .touch
            .as_ref()
            .map_or(("○", Tone::Text), |p| lines::glyph(pen, p, today)),
        _ if item.latest < today => ("□", Tone::Bad),
        _ => ("□", Tone::Text),
    };
    let glyph = if pen.theme.ascii
        && matches!(
            item.kind,
            Kind::WrapUp | Kind::Action | Kind::Promise | Kind::Tell
        ) {
        "-"
    } else {
        glyph
    };
    pen.text(area.x + 1, area.y, 2, glyph, tone);
    let kind = match (item.kind, &item.touch) {
        (Kind::Account, _) => row
            .and_then(|r| r.standing.health.score)
            .map_or_else(|| "--".into(), |n| n.to_string()),
        (Kind::Meeting, Some(p)) if p.date < today => words::dates::day(lang, p.date, today),
        (Kind::Meeting, Some(p)) => p.own.time.map_or_else(
            || item.kind.words(lang).to_owned(),
            |at| at.format("%H:%M").to_string(),
        ),
        _ => item.kind.words(lang).to_owned(),
    };
    pen.text(area.x + 4, area.y, 9, &kind, tone);
    let name = (area.width / 3).clamp(14, 30);
    pen.text(
        area.x + 14,
        area.y,
        name,
        model.book.name(&item.account),
        Tone::Text,
    );
    let (words, tone) = words(model, item);
    let x = area.x + 15 + name;
    pen.text(x, area.y, area.right().saturating_sub(x + 1), &words, tone);
}

/// A meeting of today: now, next, or over and nobody said how it went; and what speaks against it.
fn meeting(model: &Model, item: &Item, p: &Planned) -> (String, Tone) {
    let lang = model.lang;
    let mut parts = vec![p.kind.words(lang).to_owned()];
    let mut tone = Tone::Accent;
    if let Some(time) = p.own.time {
        let minutes = (model.now.zone.instant(p.date.and_time(time)) - model.now.at).num_minutes();
        match minutes {
            0..=720 => parts.insert(0, words::cadence::in_minutes(lang, minutes)),
            -60..0 => {
                parts.insert(
                    0,
                    format!(
                        "{} {}",
                        words::cadence::now_word(lang),
                        words::cadence::since_minutes(lang, -minutes)
                    ),
                );
                tone = Tone::Key;
            }
            _ if minutes < 0 => {
                parts.insert(0, words::cadence::no_outcome(lang).to_owned());
                tone = Tone::Caution;
            }
            _ => {}
        }
    }
    if let Some(meeting) = item
        .record
        .as_ref()
        .and_then(|id| model.book.meeting(&item.account, id))
    {
        let against = crate::app::touches::conflicts(model, meeting);
        if !against.is_empty() {
            parts.push(words::cadence::conflicts(
                lang,
                against.join(words::common::list_comma(lang)),
            ));
        }
        if !meeting.place.is_empty() {
            parts.push(meeting.place.clone());
        }
    }
    (parts.join(" · "), tone)
}

/// How long ago a call ended whose note is not written: it is due within half an hour `[note.fields]`.
fn age(model: &Model, at: chrono::DateTime<chrono::Utc>) -> String {
    match (model.now.at - at).num_minutes().max(0) {
        m @ 0..120 => words::cadence::note_age_minutes(model.lang, m),
        m @ 120..2_880 => words::cadence::note_age_hours(model.lang, m / 60),
        m => words::cadence::note_age_days(model.lang, m / 1_440),
    }
}

/// Why it is here, in words.
pub fn words(model: &Model, item: &Item) -> (String, Tone) {
    let lang = model.lang;
    let today = model.now.today();
    let late = |day: chrono::NaiveDate| {
        if day < today {
            format!(
                "{} · ",
                words::today::late_by_days(lang, (today - day).num_days())
            )
        } else {
            String::new()
        }
    };
    match (item.kind, &item.record) {
        (Kind::Account, _) => {
            // Band and score stand before the name already.
            let told = |r: &&Reason| item.reasons.len() == 1 || !matches!(r, Reason::Health { .. });
            (
                item.reasons
                    .iter()
                    .filter(told)
                    .map(|r| words::priority::need_reason(lang, r))
                    .collect::<Vec<_>>()
                    .join(" · "),
                Tone::Dim,
            )
        }
        (Kind::Meeting, _) if let Some(p) = &item.touch => meeting(model, item, p),
        (Kind::Touch, _)
            if let (Some(p), Some(row)) = (&item.touch, model.book.get(&item.account)) =>
        {
            let (why, tone) = lines::why(model, p, &row.account);
            (format!("{} · {why}", p.kind.words(lang)), tone)
        }
        (Kind::WrapUp, Some(id)) => {
            let c = model.book.checkins.get(id);
            let title = c
                .and_then(|c| c.title.as_ref())
                .map(|w| model.lang.pick(w))
                .unwrap_or_default();
            let state = c.map(|c| c.state().words(lang)).unwrap_or_default();
            let age = c
                .and_then(|c| c.ended())
                .map(|at| format!(" · {}", age(model, at)))
                .unwrap_or_default();
            (format!("{title} · {state}{age}"), Tone::Caution)
        }
        (_, Some(id)) => {
            let what = model
                .book
                .actions
                .get(id)
                .map(|a| a.what.as_str())
                .unwrap_or_default();
            (
                format!("{}{what}", late(item.latest)),
                if item.latest < today {
                    Tone::Caution
                } else {
                    Tone::Text
                },
            )
        }
        _ => (String::new(), Tone::Dim),
    }
}

fn disagreement(model: &Model, pen: &mut Pen, area: Rect, (account, d): &(AccountId, Conflict)) {
    let lang = model.lang;
    let name = (area.width / 4).clamp(14, 26);
    pen.text(
        area.x + 1,
        area.y,
        name,
        model.book.name(account),
        Tone::Text,
    );
    let kind = (area.width / 4).clamp(16, 28);
    pen.text(
        area.x + 2 + name,
        area.y,
        kind,
        d.kind.words(lang),
        Tone::Caution,
    );
    let x = area.x + 3 + name + kind;
    pen.text(
        x,
        area.y,
        area.right().saturating_sub(x + 1),
        &words::signals::sides(lang, d),
        Tone::Dim,
    );
}

fn renewal(model: &Model, pen: &mut Pen, area: Rect, r: &Renewal) {
    let lang = model.lang;
    let tone = |j: Judgement| match j {
        Judgement::Good => Tone::Good,
        Judgement::Watch => Tone::Caution,
        Judgement::AtRisk => Tone::Bad,
    };
    let near = if r.window <= 30 { Tone::Bad } else { Tone::Dim };
    pen.right(
        area.x + 8,
        area.y,
        7,
        &words::dates::in_days(lang, r.days),
        near,
    );
    pen.text(area.x + 9, area.y, 11, &r.date.to_string(), Tone::Dim);
    pen.text(area.x + 21, area.y, 10, r.call.words(lang), tone(r.call));
    let mut right = area.right() - 1;
    if let Some(row) = model.book.get(&r.account) {
        pen.right(
            right,
            area.y,
            9,
            &row.standing.arr.map(|m| m.short()).unwrap_or_default(),
            Tone::Text,
        );
        right -= 10;
    }
    if let Some(said) = r.said {
        let words = if r.disagrees() {
            words::today::said_otherwise(lang, said.words(lang))
        } else {
            words::today::said_too(lang, said.words(lang))
        };
        let width = wrap::width(&words) as u16;
        // Who agrees need not be told where there is little room.
        if area.width > 52 + width && (r.disagrees() || area.width >= 96) {
            pen.right(
                right,
                area.y,
                width,
                &words,
                if r.disagrees() {
                    Tone::Caution
                } else {
                    Tone::Dim
                },
            );
            right -= width + 1;
        }
    }
    pen.text(
        area.x + 32,
        area.y,
        right.saturating_sub(area.x + 32),
        model.book.name(&r.account),
        Tone::Text,
    );
}
