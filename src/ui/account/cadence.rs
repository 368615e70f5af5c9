//! The touches of an account over twelve months, and what its cadence has of its own.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::account::Account;
use crate::domain::cadence::avoided::ended;
use crate::domain::cadence::calendar::zone_of;
use crate::domain::cadence::plan::{Due, Planned};
use crate::domain::cadence::rhythm::Rhythm;
use crate::domain::dossier::Dossier;
use crate::domain::prefs::{Frequency, Prefs};
use crate::domain::standing::Standing;
use crate::ui::cadence::lines;
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Length of an account's plan.
const YEAR: chrono::Duration = chrono::Duration::days(365);

/// Draws the tab and returns how many touches are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let head = head(model, d, &state.plan);
    let rows = head.len().min(usize::from(area.height / 3).max(1)) as u16;
    let below = area.y + rows;
    for (y, (words, tone)) in (area.y..below).zip(&head) {
        pen.text(area.x + 1, y, area.width - 2, words, *tone);
    }
    pen.rule(area.x, below, area.width);
    let body = layout::below(area, rows + 1);
    if state.plan.is_empty() {
        let words = words::cadence::nothing_planned(model.lang);
        pen.text(area.x + 2, body.y, area.width, words, Tone::Dim);
    }
    let day_width = lines::day_width(model);
    let mut before = None;
    list::draw(pen, body, state.list(), &state.plan, |pen, line, touch| {
        let show = lines::Show {
            name: false,
            day: before != Some(touch.date),
            day_width,
        };
        before = Some(touch.date);
        lines::touch(model, pen, line, touch, &d.account, show);
    });
    body.height
}

/// The lines above the touches: silence and what was kept, a suggestion, what deviates, how the
/// account wants to be contacted.
fn head(model: &Model, d: &Dossier, plan: &[Planned]) -> Vec<(String, Tone)> {
    let lang = model.lang;
    let Some(row) = model.book.get(&d.account.id) else {
        return Vec::new();
    };
    let today = model.now.today();
    let mut head = vec![(so_far(lang, &row.standing, plan, today), Tone::Text)];
    if let Some(suggestion) = row.standing.suggestions.first() {
        let words = format!(
            "{}: {} · {}  (f)",
            words::cadence::suggestion_line(lang),
            suggestion.advice.words(lang),
            words::cadence::suggestion(lang, suggestion)
        );
        head.push((words, Tone::Accent));
    }
    let own = d.account.cadence.as_deref();
    let own = own.map(|own| own_rhythm(model, own)).unwrap_or_default();
    head.push(if own.is_empty() {
        (words::cadence::rhythm_usual(lang).to_owned(), Tone::Dim)
    } else {
        let words = format!("{}: {}", words::cadence::own(lang), own.join(" · "));
        (words, Tone::Key)
    });
    head.extend(their_place(model, &d.account));
    head.push((preferences(lang, &d.account.prefs), Tone::Dim));
    head
}

/// Whose holidays the plan avoids besides ours, and the next of them; or that they are not known.
fn their_place(model: &Model, account: &Account) -> Option<(String, Tone)> {
    let (lang, today) = (model.lang, model.now.today());
    let country = account.country.trim();
    let policy = &model.config.cadence;
    let Some(at) = policy.places.of(account) else {
        let unknown = || (words::days_off::place_unknown(lang, country), Tone::Dim);
        return (!country.is_empty()).then(unknown);
    };
    let name = at.name();
    let mut parts = vec![words::days_off::place_theirs(lang, lang.pick(&name))];
    let days = at.place.days(at.region);
    let next = &days[days.partition_point(|d| d.0 < today)..];
    if let Some((day, named)) = next.first() {
        let day = words::dates::day(lang, *day, today);
        let name = words::days_off::holiday(lang, named);
        parts.push(words::days_off::place_next(lang, day, name));
    }
    let ended = ended(Some(at), today + YEAR);
    parts.extend(ended.map(|e| words::days_off::tables_end(lang, &[e])));
    Some((parts.join(" · "), Tone::Dim))
}

/// How long it is silent, what was kept of what was planned, and a renewal that is near.
fn so_far(lang: Lang, standing: &Standing, plan: &[Planned], today: NaiveDate) -> String {
    let silent = match standing.last_touch {
        Some(last) => words::cadence::silent(lang, (today - last).num_days().max(0)),
        None => words::cadence::silent_unknown(lang).to_owned(),
    };
    let late = plan
        .iter()
        .filter(|p| p.counts() && p.due(today) == Due::Late);
    let kept = standing.adherence.with_overdue(late.count());
    let overdue = (kept.overdue > 0).then(|| words::cadence::kept_overdue(lang, kept.overdue));
    let kept = kept.percent().map(|percent| {
        if kept.light {
            words::cadence::kept_light(lang, kept.done, kept.planned())
        } else {
            words::cadence::kept_line(lang, kept.done, kept.planned(), percent)
        }
    });
    let renewal = standing
        .counts_down_to(today)
        .map(|date| (date - today).num_days())
        .filter(|days| (0..=120).contains(days))
        .map(|days| match standing.may_say_no(today) {
            true => words::cadence::timeline_notice(lang, days),
            false => words::cadence::timeline_step(lang, days),
        });
    let parts = [Some(silent), kept, overdue, renewal];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// What the account's own cadence has that the usual one has not: what was agreed, other intervals, a
/// pause, blackouts, another time zone.
fn own_rhythm(model: &Model, own: &Rhythm) -> Vec<String> {
    let lang = model.lang;
    let today = model.now.today();
    let day = |date| words::dates::day(lang, date, today);
    let mut parts: Vec<String> = Vec::new();
    if let Some(agreed) = &own.agreed {
        let agreed = words::cadence::recurrence(lang, agreed);
        parts.push(words::cadence::rhythm_agreed(lang, agreed));
    }
    for (kind, own) in &own.every {
        let every = own.every.map(|every| words::cadence::interval(lang, every));
        let every = every.unwrap_or_else(|| "—".to_owned());
        let reason = if own.reason.is_empty() {
            String::new()
        } else {
            format!(" ({})", own.reason)
        };
        parts.push(format!("{} {every}{reason}", kind.words(lang)));
    }
    if let Some(pause) = own.paused.as_ref().filter(|p| p.until >= today) {
        let words = words::cadence::rhythm_paused(lang, day(pause.until), &pause.reason);
        parts.push(words.trim_end().to_owned());
    }
    let blackouts = own.blackouts.iter();
    for blackout in blackouts.filter(|b| b.yearly || b.to >= today) {
        let (from, to) = (day(blackout.from), day(blackout.to));
        let words = words::cadence::rhythm_blackout(lang, from, to, &blackout.reason);
        parts.push(words.trim_end().to_owned());
    }
    if !own.zone.is_empty() {
        let there = zone_of(Some(own), model.now.zone).local(model.now.at);
        let time = there.format("%H:%M");
        parts.push(words::cadence::rhythm_zone(lang, &own.zone, time));
    }
    parts
}

/// How the account wants to be contacted.
fn preferences(lang: Lang, prefs: &Prefs) -> String {
    if prefs.is_empty() {
        return words::prefs::prefs_none(lang).to_owned();
    }
    let mut parts: Vec<String> = prefs
        .channel
        .map(|c| c.words(lang).to_owned())
        .into_iter()
        .collect();
    parts.extend(
        prefs
            .opted_out
            .iter()
            .map(|m| format!("{} {}", m.words(lang), Frequency::Never.words(lang))),
    );
    parts.extend(
        prefs
            .frequency
            .iter()
            .map(|(m, f)| format!("{} {}", m.words(lang), f.words(lang))),
    );
    parts.extend(
        prefs
            .quiet
            .map(|q| words::prefs::block_quiet(lang, q.from.format("%H:%M"), q.to.format("%H:%M"))),
    );
    parts.extend(prefs.cap.map(|c| words::prefs::prefs_cap(lang, c)));
    words::prefs::prefs_line(lang, parts.join(words::common::list_comma(lang)))
}
