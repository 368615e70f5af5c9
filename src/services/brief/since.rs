//! The last conversation, and the news since then or since the last brief.

use super::super::{compose, figures};
use super::block::Block;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::talks::last_conversation;
use crate::domain::portfolio::row::Standing;
use crate::domain::settings::look::Glance;
use crate::domain::when::{Now, end_of_day};
use crate::words::{self, Lang};

pub(super) fn talks(d: &Dossier, t: Lang, now: Now) -> Block {
    let mut items = Vec::new();
    let today = now.today();
    if let Some(day) = last_conversation(d, today, now.zone) {
        items.push(words::brief::last_talk(t, day, (today - day).num_days()));
    }
    let mut notes: Vec<_> = d.notes.iter().collect();
    notes.sort_by_key(|n| std::cmp::Reverse(n.at));
    items.extend(
        notes
            .iter()
            .filter(|n| n.checkin.is_none() && n.context.is_none())
            .take(3)
            .map(|n| {
                format!(
                    "{} {}",
                    now.zone.day(n.at),
                    compose::plain(n.public_title())
                )
            }),
    );
    let last = d
        .checkins
        .iter()
        .filter(|c| c.ended().is_some())
        .max_by_key(|c| c.ended());
    if let Some(c) = last {
        let marked = c
            .lines()
            .filter(|(_, l)| !l.is_private())
            .filter_map(|(_, l)| Some((l.words(), l.meaning()?)));
        let mut marked: Vec<String> = marked
            .map(|(words, mark)| format!("{} [{}]", compose::plain(words), mark.words(t)))
            .collect();
        marked.dedup();
        items.extend(marked.into_iter().take(3));
    }
    Block {
        block: "since_last",
        title: words::brief::talks(t),
        items,
        weight: 55,
    }
}

/// The news since a moment: score, signals, tickets, notes, finished work.
fn news(
    d: &Dossier,
    standing: &Standing,
    before: Option<u8>,
    since: chrono::DateTime<chrono::Utc>,
    t: Lang,
    now: Now,
) -> Vec<String> {
    let mut items = Vec::new();
    if let (Some(before), Some(score)) = (before, standing.health.score)
        && before != score
    {
        items.push(words::brief::since_score(t, format!("{before} → {score}")));
    }
    let day = now.zone.day(since);
    items.extend(
        standing
            .signals
            .iter()
            .filter(|s| s.date > day)
            .map(|s| words::brief::since_signal(t, words::signals::signal_line(t, s))),
    );
    let opened = d
        .tickets
        .iter()
        .filter(|x| x.opened.is_some_and(|o| o > since))
        .count();
    if opened > 0 {
        items.push(words::brief::since_tickets(t, opened));
    }
    let notes = d
        .notes
        .iter()
        .filter(|n| n.at > since && n.checkin.is_none())
        .count();
    if notes > 0 {
        items.push(words::brief::since_notes(t, notes));
    }
    let done: Vec<&str> = d
        .actions
        .iter()
        .filter(|a| !a.is_open() && a.history.last().is_some_and(|step| step.at > since))
        .map(|a| a.what.as_str())
        .collect();
    if !done.is_empty() {
        items.push(format!(
            "{}: {}",
            words::brief::since_done(t, done.len()),
            done.iter()
                .take(3)
                .copied()
                .collect::<Vec<_>>()
                .join(words::common::list_comma(t))
        ));
    }
    items
}

/// The news since the last brief.
pub(super) fn since_looked(
    d: &Dossier,
    standing: &Standing,
    looked: Glance,
    t: Lang,
    now: Now,
) -> Block {
    let mut items = news(d, standing, looked.score, looked.at, t, now);
    if !items.is_empty() {
        items.insert(
            0,
            words::brief::since_looked(t, now.zone.local(looked.at).format("%Y-%m-%d %H:%M")),
        );
    }
    Block {
        block: "since_looked",
        title: words::brief::since_looked_word(t),
        items,
        weight: 98,
    }
}

/// The events after the last conversation.
pub(super) fn since(d: &Dossier, standing: &Standing, t: Lang, now: Now) -> Block {
    let today = now.today();
    let day = last_conversation(d, today, now.zone).filter(|day| *day < today);
    let items = day.map(|day| {
        let from = end_of_day(day, now.zone);
        let mut items = news(
            d,
            standing,
            d.history.at(day).and_then(|e| e.score),
            from,
            t,
            now,
        );
        items.extend(figures::touches(t, &d.touches, from, now.at));
        items
    });
    let items = items.unwrap_or_default();
    Block {
        block: "changed_since",
        title: words::brief::since(t),
        items,
        weight: 54,
    }
}
