//! Why an item is on today's list, in words.

use chrono::{DateTime, Utc};

use crate::app::model::Model;
use crate::app::touches;
use crate::domain::cadence::plan::Planned;
use crate::domain::ids::RecordId;
use crate::domain::priority::{Item, Kind, Reason};
use crate::ui::cadence::lines;
use crate::ui::theme::Tone;
use crate::words;

/// The reason for an item, and its tone.
pub fn of(model: &Model, item: &Item) -> (String, Tone) {
    match (item.kind, &item.record) {
        (Kind::Account, _) => (account(model, item), Tone::Dim),
        (Kind::Renewal | Kind::Case, _) => (account(model, item), Tone::Bad),
        (Kind::Meeting, _) if let Some(p) = &item.touch => meeting(model, item, p),
        (Kind::Touch, _)
            if let (Some(p), Some(row)) = (&item.touch, model.book.get(&item.account)) =>
        {
            let (why, tone) = lines::why(model, p, &row.account);
            (format!("{} · {why}", p.kind.words(model.lang)), tone)
        }
        (Kind::WrapUp, Some(id)) => (wrap_up(model, id), Tone::Caution),
        (_, Some(id)) => action(model, item, id),
        _ => (String::new(), Tone::Dim),
    }
}

/// The reasons for an account. Band and score are shown before its name already, and here only where
/// there is no other reason.
fn account(model: &Model, item: &Item) -> String {
    let is_shown = |r: &&Reason| item.reasons.len() == 1 || !matches!(r, Reason::Health { .. });
    let words: Vec<String> = item
        .reasons
        .iter()
        .filter(is_shown)
        .map(|r| words::priority::priority_reason(model.lang, r))
        .collect();
    words.join(" · ")
}

/// A meeting of today: now, next, or over without an outcome; and what speaks against it.
fn meeting(model: &Model, item: &Item, p: &Planned) -> (String, Tone) {
    let lang = model.lang;
    let mut parts = Vec::new();
    let mut tone = Tone::Accent;
    if let Some(time) = p.own.time {
        let start = model.now.zone.instant(p.date.and_time(time));
        match (start - model.now.at).num_minutes() {
            minutes @ 0..=720 => parts.push(words::cadence::in_minutes(lang, minutes)),
            minutes @ -60..0 => {
                let now = words::cadence::now_word(lang);
                let since = words::cadence::since_minutes(lang, -minutes);
                parts.push(format!("{now} {since}"));
                tone = Tone::Key;
            }
            ..-60 => {
                parts.push(words::cadence::no_outcome(lang).to_owned());
                tone = Tone::Caution;
            }
            _ => {}
        }
    }
    parts.push(p.kind.words(lang).to_owned());
    let record = item.record.as_ref();
    if let Some(meeting) = record.and_then(|id| model.book.meeting(&item.account, id)) {
        let against = touches::conflicts(model, meeting);
        if !against.is_empty() {
            let against = against.join(words::common::list_comma(lang));
            parts.push(words::cadence::conflicts(lang, against));
        }
        if !meeting.place.is_empty() {
            parts.push(meeting.place.clone());
        }
    }
    (parts.join(" · "), tone)
}

/// Which note is not written yet, and how long ago the call ended.
fn wrap_up(model: &Model, id: &RecordId) -> String {
    let checkin = model.book.checkins.get(id);
    let title = checkin
        .and_then(|c| c.title.as_ref())
        .map(|words| model.lang.pick(words))
        .unwrap_or_default();
    let state = checkin
        .map(|c| c.state().words(model.lang))
        .unwrap_or_default();
    let age = checkin
        .and_then(|c| c.ended())
        .map(|at| format!(" · {}", age(model, at)))
        .unwrap_or_default();
    format!("{title} · {state}{age}")
}

/// How long ago a call ended. Its note is due within half an hour.
fn age(model: &Model, at: DateTime<Utc>) -> String {
    match (model.now.at - at).num_minutes().max(0) {
        m @ 0..120 => words::cadence::note_age_minutes(model.lang, m),
        m @ 120..2_880 => words::cadence::note_age_hours(model.lang, m / 60),
        m => words::cadence::note_age_days(model.lang, m / 1_440),
    }
}

/// What is to be done, and by how many days it is late.
fn action(model: &Model, item: &Item, id: &RecordId) -> (String, Tone) {
    let action = model.book.actions.get(id);
    let what = action.map(|a| a.what.as_str()).unwrap_or_default();
    let days = (model.now.today() - item.latest).num_days();
    if days > 0 {
        let late = words::today::late_by_days(model.lang, days);
        (format!("{late} · {what}"), Tone::Caution)
    } else {
        (what.to_owned(), Tone::Text)
    }
}
