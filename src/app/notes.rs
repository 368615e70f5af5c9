//! Finding past notes: of the account one speaks with, and of all.

use super::Model;
use super::msg::{Effect, NoteLine};
use super::overlay::{Item, Overlay, Pick, PickFor, Value};
use super::screens::Screen;
use crate::domain::note::Note;
use crate::domain::text::fold;
use crate::words;

/// In a call the notes of its account: nobody else's are shown to whoever looks on, until they are
/// asked for. Anywhere else those of all.
pub fn search(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.screen != Screen::Live {
        model
            .overlays
            .push(Overlay::Pick(Pick::new(PickFor::Note, "", Vec::new())));
        return search_all(model, effects);
    }
    let Some(d) = model.live.as_ref().and_then(|l| l.dossier.as_ref()) else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let mut lines: Vec<NoteLine> = d.notes.iter().flat_map(lines_of).collect();
    // Talks of which no note was made say something, too.
    for c in d
        .checkins
        .iter()
        .filter(|c| !d.notes.iter().any(|n| n.checkin.as_ref() == Some(&c.id)))
    {
        let at = c.started().unwrap_or(c.created);
        lines.extend(
            c.lines()
                .filter(|(_, l)| !l.words().is_empty())
                .map(|(_, l)| NoteLine {
                    account: c.account.clone(),
                    note: c.id.clone(),
                    at,
                    text: l.words().to_owned(),
                }),
        );
    }
    lines.sort_by_key(|l| std::cmp::Reverse(l.at));
    let title = words::compose::search_title(model.lang, &d.account.name);
    let items = lines.into_iter().map(|l| item(model, l, false)).collect();
    model
        .overlays
        .push(Overlay::Pick(Pick::new(PickFor::Note, title, items)));
}

/// The open search goes on over the notes of all accounts.
pub fn search_all(model: &mut Model, effects: &mut Vec<Effect>) {
    let t = model.t();
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut() {
        (pick.purpose, pick.title) = (
            PickFor::Notes,
            words::compose::search_title_all(t).to_owned(),
        );
        (pick.all, pick.shown) = Default::default();
        pick.about = vec![words::compose::searching(t).to_owned()];
        typed(pick, effects);
    }
}

/// What is typed into a picker narrows it at once; over all notes it is the store that looks.
pub fn typed(pick: &mut Pick, effects: &mut Vec<Effect>) {
    match pick.purpose {
        PickFor::Notes => effects.push(Effect::FindNotes {
            words: pick.field.text(),
        }),
        _ => pick.refresh(),
    }
}

/// The store found notes. What was typed meanwhile is still being looked for.
pub fn found(model: &mut Model, words: &str, lines: Vec<NoteLine>) {
    let items: Vec<Item> = lines.into_iter().map(|l| item(model, l, true)).collect();
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut()
        && pick.purpose == PickFor::Notes
        && pick.field.text() == words
    {
        pick.shown = (0..items.len()).collect();
        (pick.all, pick.about, pick.list) = (items, Vec::new(), Default::default());
    }
}

/// The lines of a note that say something.
fn lines_of(n: &Note) -> impl Iterator<Item = NoteLine> + '_ {
    let worth = n
        .text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    worth.map(|l| NoteLine {
        account: n.account.clone(),
        note: n.id.clone(),
        at: n.at,
        text: l.trim_start_matches("- ").to_owned(),
    })
}

/// The line of a note that holds most of the folded words; its first where none does.
pub fn line_with(n: &Note, words: &[String]) -> NoteLine {
    let held = |l: &NoteLine| {
        let text = fold(&l.text);
        words.iter().filter(|w| text.contains(w.as_str())).count()
    };
    let whole = || NoteLine {
        account: n.account.clone(),
        note: n.id.clone(),
        at: n.at,
        text: n.text.lines().next().unwrap_or_default().to_owned(),
    };
    // The first of those that hold as many.
    lines_of(n)
        .min_by_key(|l| std::cmp::Reverse(held(l)))
        .unwrap_or_else(whole)
}

fn item(model: &Model, line: NoteLine, named: bool) -> Item {
    let day = words::dates::day(model.lang, model.now.zone.day(line.at), model.now.today());
    let detail = if named {
        format!(
            "{} {day}",
            super::wrap::fit(model.book.name(&line.account), 20)
        )
    } else {
        day
    };
    Item {
        label: line.text,
        detail,
        value: Value::Note(line.account, line.note),
    }
}
