//! The touches of an account over twelve months, and what its cadence has of its own.

use crate::domain::prefs::Frequency;
use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::cadence::adherence::rate;
use crate::domain::dossier::Dossier;
use crate::domain::prefs::Prefs;
use crate::ui::cadence::lines;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    let head = head(model, d);
    let shown = head.len().min(usize::from(area.height / 3).max(1)) as u16;
    for (i, (words, tone)) in head.iter().take(usize::from(shown)).enumerate() {
        pen.text(area.x + 1, area.y + i as u16, area.width - 2, words, *tone);
    }
    pen.rule(area.x, area.y + shown, area.width);
    let list_area = Rect {
        y: area.y + shown + 1,
        height: area.height.saturating_sub(shown + 1),
        ..area
    };
    if state.plan.is_empty() {
        pen.text(
            area.x + 2,
            list_area.y,
            area.width,
            words::cadence::nothing_planned(lang),
            Tone::Dim,
        );
    }
    let list = state.list();
    let mut before = None;
    for (i, p) in state
        .plan
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(list_area.height))
    {
        let y = list_area.y + (i - list.top) as u16;
        pen.row(list_area, y, i == list.cursor);
        let first = before != Some(p.date);
        before = Some(p.date);
        lines::touch(
            model,
            pen,
            Rect {
                y,
                height: 1,
                ..list_area
            },
            p,
            &d.account,
            lines::Show {
                name: false,
                day: first,
            },
        );
    }
    pen.over = Default::default();
    list_area.height
}

/// Silence, what deviates, wishes, a suggestion, what was kept: the lines above the touches.
fn head(model: &Model, d: &Dossier) -> Vec<(String, Tone)> {
    let lang = model.lang;
    let today = model.now.today();
    let mut out = Vec::new();
    let Some(row) = model.book.get(&d.account.id) else {
        return out;
    };
    let s = &row.standing;
    let silent = s.last_touch.map_or_else(
        || words::cadence::silent_unknown(lang).to_owned(),
        |l| words::cadence::silent(lang, (today - l).num_days().max(0)),
    );
    let kept = &s.adherence;
    let kept_words = rate(u32::from(kept.done), u32::from(kept.planned())).map(|percent| {
        if kept.light {
            words::cadence::kept_light(lang, kept.done, kept.planned())
        } else {
            words::cadence::kept_line(lang, kept.done, kept.planned(), percent)
        }
    });
    let renewal = s
        .renewal
        .map(|r| (r - today).num_days())
        .filter(|d| (0..=120).contains(d))
        .map(|d| words::cadence::timeline_step(lang, d));
    let first: Vec<String> = [Some(silent), kept_words, renewal]
        .into_iter()
        .flatten()
        .collect();
    out.push((first.join(" · "), Tone::Text));
    if let Some(suggestion) = s.suggestions.first() {
        let advice = suggestion.advice.words(lang);
        out.push((
            format!(
                "{}: {advice} · {}  (f)",
                words::cadence::suggestion_line(lang),
                words::cadence::suggestion(lang, suggestion)
            ),
            Tone::Accent,
        ));
    }
    let own = d.account.cadence.as_deref();
    let mut parts: Vec<String> = Vec::new();
    if let Some(own) = own {
        parts.extend(
            own.agreed
                .as_ref()
                .map(|r| words::cadence::rhythm_agreed(lang, words::cadence::recurrence(lang, r))),
        );
        parts.extend(own.every.iter().map(|(kind, dev)| {
            let every = dev
                .every
                .map_or_else(|| "—".to_owned(), |e| words::cadence::interval(lang, e));
            let reason = if dev.reason.is_empty() {
                String::new()
            } else {
                format!(" ({})", dev.reason)
            };
            format!("{} {every}{reason}", kind.words(lang))
        }));
        parts.extend(own.paused.as_ref().filter(|p| p.until >= today).map(|p| {
            words::cadence::rhythm_paused(lang, words::dates::day(lang, p.until, today), &p.reason)
                .trim_end()
                .to_owned()
        }));
        parts.extend(
            own.blackouts
                .iter()
                .filter(|b| b.yearly || b.to >= today)
                .map(|b| {
                    let words = words::cadence::rhythm_blackout(
                        lang,
                        words::dates::day(lang, b.from, today),
                        words::dates::day(lang, b.to, today),
                        &b.reason,
                    );
                    words.trim_end().to_owned()
                }),
        );
        if !own.zone.is_empty() {
            let there = crate::domain::cadence::calendar::zone_of(Some(own), model.now.zone)
                .local(model.now.at);
            parts.push(words::cadence::rhythm_zone(
                lang,
                &own.zone,
                there.format("%H:%M"),
            ));
        }
    }
    if parts.is_empty() {
        out.push((words::cadence::rhythm_usual(lang).to_owned(), Tone::Dim));
    } else {
        out.push((
            format!("{}: {}", words::cadence::own(lang), parts.join(" · ")),
            Tone::Key,
        ));
    }
    out.push((wishes(lang, &d.account.prefs), Tone::Dim));
    out
}

fn wishes(lang: Lang, prefs: &Prefs) -> String {
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
