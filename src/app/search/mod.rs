//! Searching past notes, of one account or of all.

pub mod state;

use super::call;
use super::kit::pick::{Item, Pick};
use super::kit::wrap;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Reply as AnyReply, Screen};
use super::overlay::{Answer, Overlay};
use super::verb::{Effects, GLOBAL, Verb, verb};
use crate::domain::dossier::Dossier;
use crate::domain::note::Note;
use crate::domain::note_line::{NoteLine, lines_of};
use crate::ops::Refusal;
use crate::words::{self, Text};
use state::{Effect, Msg, Reply};

const SEARCH: Verb = verb(
    "desk.search-notes",
    &GLOBAL,
    &["<A-/>"],
    Text::new("Search past notes", "過去のメモを検索"),
    open,
)
.place(10);

pub const VERBS: &[Verb] = &[SEARCH, SEARCH.also(&call::LIVE, &["<A-/>"]).place(510)];

/// Columns of an account's name beside a line of its notes.
const NAME: usize = 20;

/// Opens the search. In a call it covers only the notes of that account, because the customer may
/// see the screen; the user can extend it. Elsewhere it covers all accounts.
fn open(model: &mut Model, effects: &mut Effects) {
    if model.screen != Screen::Call {
        model.offer("", Vec::new());
        return search_all(model, effects);
    }
    let call = model.call.open.as_ref();
    let Some(d) = call.and_then(|c| c.dossier.as_ref()) else {
        return model.refuse(words::common::still_loading(model.lang));
    };
    let title = words::compose::search_title(model.lang, &d.account.name);
    let lines = lines(d);
    let items = lines.into_iter().map(|l| item(model, l, false)).collect();
    let mut pick = Pick::new(title, items);
    pick.tab = Some(Reply::All.into());
    model.overlays.push(Overlay::Pick(pick));
}

/// The lines of an account's notes, newest first, each with the reply that opens its note.
fn lines(d: &Dossier) -> Vec<(NoteLine, Reply)> {
    let note = |l: NoteLine| {
        let reply = Reply::Note(l.account.clone(), l.note.clone());
        (l, reply)
    };
    let mut lines: Vec<(NoteLine, Reply)> = d.notes.iter().flat_map(lines_of).map(note).collect();
    // Talks without a note are searched too.
    let noted = |c: &crate::domain::checkin::Checkin| {
        d.notes.iter().any(|n| n.checkin.as_ref() == Some(&c.id))
    };
    for c in d.checkins.iter().filter(|c| !noted(c)) {
        let spoken = c.lines().filter(|(_, l)| !l.words().is_empty());
        lines.extend(spoken.map(|(_, l)| {
            let line = NoteLine {
                account: c.account.clone(),
                note: c.id.clone(),
                at: c.started().unwrap_or(c.created),
                text: l.words().to_owned(),
            };
            (line, Reply::Talk(c.id.clone()))
        }));
    }
    lines.sort_by_key(|(l, _)| std::cmp::Reverse(l.at));
    lines
}

/// Extends the open search to the notes of all accounts, which the store searches.
fn search_all(model: &mut Model, effects: &mut Effects) {
    let lang = model.lang;
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut() {
        words::compose::search_title_all(lang).clone_into(&mut pick.title);
        pick.found(Vec::new());
        pick.about = vec![words::compose::searching(lang).to_owned()];
        (pick.finder, pick.tab) = (Some(Reply::Find.into()), None);
        let words = pick.field.text();
        effects.push(AnyEffect::Search(Effect::Find { words }));
    }
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Note(account, id), _) => {
            effects.push(AnyEffect::Search(Effect::Read { account, id }));
        }
        (Reply::Talk(id), _) => call::show_talk(model, &id),
        (Reply::All, _) => search_all(model, effects),
        (Reply::Find, Answer::Typed(words)) => {
            let words = words.to_owned();
            effects.push(AnyEffect::Search(Effect::Find { words }));
        }
        _ => {}
    }
    Ok(())
}

pub fn on(model: &mut Model, msg: Msg, _effects: &mut Effects) {
    match msg {
        Msg::Found { words, lines, more } => found(model, &words, lines, more),
        Msg::Note(note) => show(model, &note),
    }
}

/// Shows the notes that the store found. A result for older text is dropped.
fn found(model: &mut Model, words: &str, lines: Vec<NoteLine>, more: bool) {
    let (lang, count) = (model.lang, lines.len());
    let with_reply = |l: NoteLine| {
        let reply = Reply::Note(l.account.clone(), l.note.clone());
        (l, reply)
    };
    let items = lines.into_iter().map(with_reply);
    let items: Vec<_> = items.map(|l| item(model, l, true)).collect();
    if let Some(Overlay::Pick(pick)) = model.overlays.last_mut()
        && pick.finder == Some(Reply::Find.into())
        && pick.field.text() == words
    {
        pick.found(items);
        if more {
            pick.about = vec![words::compose::search_cut(lang, count)];
        }
    }
}

fn item(model: &Model, (line, reply): (NoteLine, Reply), named: bool) -> Item<AnyReply> {
    let (day, today) = (model.now.zone.day(line.at), model.now.today());
    let day = words::dates::day(model.lang, day, today);
    let detail = if named {
        format!("{} {day}", wrap::fit(model.book.name(&line.account), NAME))
    } else {
        day
    };
    Item::new(line.text, detail, reply)
}

fn show(model: &mut Model, note: &Note) {
    let (day, today) = (model.now.zone.day(note.at), model.now.today());
    let day = words::dates::day(model.lang, day, today);
    let title = format!("{} · {day}", model.book.name(&note.account));
    model.show(title, note.text.lines().map(str::to_owned).collect());
}
