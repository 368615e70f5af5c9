//! A touch on one line: when, what, with whom, and why; or in brief, where there is little room.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::parts;
use crate::app::model::Model;
use crate::app::touches;
use crate::domain::account::Account;
use crate::domain::cadence::avoided::avoided;
use crate::domain::cadence::plan::{Due, Planned};
use crate::domain::cadence::schedule::Entry;
use crate::ui::kit::columns::date_width;
use crate::ui::kit::room::{Column, share};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// A filled sign for what is agreed, an empty one for what is planned, a small one for what is only
/// written; red is late, amber is due.
pub fn glyph(pen: &Pen, p: &Planned, today: NaiveDate) -> (&'static str, Tone) {
    let ascii = pen.theme.ascii;
    if p.own.blocked.is_some() {
        return (if ascii { "x" } else { "×" }, Tone::Dim);
    }
    let tone = match p.due(today) {
        Due::Late => Tone::Bad,
        Due::Due => Tone::Caution,
        Due::Ahead if p.own.agreed.is_some() || p.own.time.is_some() => Tone::Accent,
        Due::Ahead => Tone::Text,
    };
    let sign = match (
        p.own.agreed.is_some() || p.own.time.is_some(),
        p.kind.is_talk(),
        ascii,
    ) {
        (true, _, false) => "●",
        (true, _, true) => "o",
        (false, true, false) => "○",
        (false, true, true) => "-",
        (false, false, false) => "·",
        (false, false, true) => ".",
    };
    (sign, tone)
}

/// Why it is in the plan, or what stops it; and how late it is.
pub fn why(model: &Model, p: &Planned, account: &Account) -> (String, Tone) {
    let lang = model.lang;
    if let Some(block) = &p.own.blocked {
        return (
            words::cadence::stopped(lang, words::prefs::block(lang, block)),
            Tone::Dim,
        );
    }
    let today = model.now.today();
    let agreed = account.cadence.as_ref().and_then(|r| r.agreed.as_ref());
    let mut parts: Vec<String> = Vec::new();
    let mut tone = Tone::Dim;
    if let Some(late) = words::cadence::due_words(lang, p, today) {
        tone = if p.due(today) == Due::Late {
            Tone::Bad
        } else {
            Tone::Caution
        };
        parts.push(late);
    }
    if let Some(meeting) = p
        .own
        .agreed
        .as_ref()
        .and_then(|id| model.book.meeting(&account.id, id))
    {
        let against = touches::conflicts(model, meeting);
        if !against.is_empty() {
            tone = Tone::Caution;
            parts.push(words::cadence::conflicts(
                lang,
                against.join(words::common::list_comma(lang)),
            ));
        }
    }
    if p.placed {
        parts.push(words::cadence::placed(lang).to_owned());
    }
    if p.is_beyond() && p.own.agreed.is_none() && p.due(today) != Due::Late {
        parts.push(words::cadence::beyond(
            lang,
            words::dates::day(lang, p.latest, today),
        ));
    }
    if let Some((day, reasons)) = avoided(&model.desk(), account, p) {
        // The year only where the touch is in another one.
        let day = words::dates::day(lang, day, p.date);
        parts.push(words::days_off::avoiding(lang, day, &reasons));
    }
    parts.push(words::cadence::rule(lang, p, agreed));
    (parts.join(" · "), tone)
}

/// What of a line is shown.
#[derive(Clone, Copy)]
pub struct Show {
    pub name: bool,
    /// Its day; left out where the line above has the same.
    pub day: bool,
    /// The columns of the day, written or not.
    pub day_width: u16,
}

/// The columns that the days of a list need.
pub fn day_width(model: &Model) -> u16 {
    date_width(model.now.today(), |date| parts::day(model, date))
}

/// Draws a touch into one line: its day, sign, time and kind, the account where the list has several,
/// and why it is in the plan.
pub fn touch(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    touch: &Planned,
    account: &Account,
    show: Show,
) {
    let today = model.now.today();
    let y = area.y;
    let name = Column::subject(16, (area.width / 4).clamp(16, 26));
    // Where there is no account, the kind is what the list is about.
    let (name, rank) = if show.name {
        (name, 2)
    } else {
        (Column::ABSENT, 0)
    };
    let [day, sign, time, kind, name, why] = share(
        area,
        [
            Column::fixed(show.day_width, 1),
            Column::always(1),
            Column::fixed(5, 3),
            Column::fixed(if area.width >= 100 { 18 } else { 15 }, rank),
            name,
            Column::text(12, u16::MAX, 4),
        ],
    );
    if show.day {
        let tone = if touch.date == today {
            Tone::Key
        } else {
            Tone::Text
        };
        pen.text(day.x, y, day.width, &parts::day(model, touch.date), tone);
    }
    let (glyph, tone) = glyph(pen, touch, today);
    pen.text(sign.x, y, sign.width, glyph, tone);
    let at = touch.own.time.map(|at| at.format("%H:%M").to_string());
    pen.text(time.x, y, time.width, &at.unwrap_or_default(), Tone::Key);
    let tone = if touch.counts() {
        Tone::Text
    } else {
        Tone::Dim
    };
    pen.text(kind.x, y, kind.width, touch.kind.words(model.lang), tone);
    pen.text(name.x, y, name.width, &account.name, Tone::Text);
    let (words, tone) = self::why(model, touch, account);
    pen.text(why.x, y, why.width, &words, tone);
}

/// A touch in a narrow place: its sign, time and account.
pub fn in_brief(model: &Model, pen: &mut Pen, area: Rect, entry: &Entry) {
    let Some(row) = model.book.rows().get(entry.row()) else {
        return;
    };
    let (sign, tone) = glyph(pen, entry, model.now.today());
    let time = entry
        .own
        .time
        .map(|at| at.format("%H:%M").to_string())
        .unwrap_or_default();
    let gap = if time.is_empty() { "" } else { " " };
    let pieces = [
        (sign, tone),
        (&time, Tone::Key),
        (gap, Tone::Dim),
        (&row.account.name, Tone::Text),
    ];
    pen.pieces(area.x, area.y, area.width, &pieces);
}
