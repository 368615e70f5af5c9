//! Importing: the user names files, reviews the changes, and confirms.

pub mod state;

use std::path::PathBuf;

use super::kit::list::{ListState, Move};
use super::kit::pick::Pick;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Layer as AnyLayer};
use super::overlay::{Answer, Item, Overlay};
use super::prose;
use super::verb::{Effects, GLOBAL, Verb, needs_store, verb};
use crate::keys::{Code, Key};
use crate::ops::Refusal;
use crate::words::{self, Text};
use state::{Effect, Msg, Reply, Review};

pub const VERBS: &[Verb] = &[verb(
    "desk.import",
    &GLOBAL,
    &["I"],
    Text::new("Import files", "ファイルの取り込み"),
    |model, _| {
        let title = words::importing::import_title(model.lang);
        let hint = words::importing::import_hint(model.lang);
        model.ask(Reply::Paths, title, hint, "");
    },
)
.ready(needs_store)
.place(180)];

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    match (reply, answer) {
        (Reply::Paths, Answer::Line(text)) => {
            let paths = paths(text);
            if paths.is_empty() {
                return Err(Refusal::new("", words::importing::import_hint));
            }
            let mut review = Review {
                paths,
                planned: None,
                rows: 0,
                list: ListState::default(),
                answers: Vec::new(),
                sheets: Vec::new(),
                sheet: None,
                writing: false,
                error: None,
            };
            effects.push(AnyEffect::Importing(review.again()));
            push(model, review);
        }
        (Reply::Means(text, id), _) => {
            if let Some(review) = on_top(model) {
                review.answers.retain(|(t, _)| *t != text);
                review.answers.push((text, id));
                effects.push(AnyEffect::Importing(review.again()));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Paths separated by blanks. A path with blanks is put in quotation marks.
fn paths(text: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for (i, part) in text.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(PathBuf::from(part));
        } else {
            out.extend(part.split_whitespace().map(PathBuf::from));
        }
    }
    out
}

fn push(model: &mut Model, review: Review) {
    model.lay(Box::new(review));
}

/// The review that has the keyboard.
fn on_top(model: &mut Model) -> Option<&mut Review> {
    match model.overlays.last_mut() {
        Some(Overlay::Layer(AnyLayer::Importing(review))) => Some(review),
        _ => None,
    }
}

/// The review, also below another overlay.
fn open(model: &mut Model) -> Option<&mut Review> {
    let mut overlays = model.overlays.iter_mut().rev();
    overlays.find_map(|overlay| match overlay {
        Overlay::Layer(AnyLayer::Importing(review)) => Some(&mut **review),
        _ => None,
    })
}

/// Stops an import that cannot continue. Returns whether one was on screen.
pub fn stop(model: &mut Model, why: &str) -> bool {
    let waiting = |r: &&mut Review| r.writing || r.planned.is_none();
    match open(model).filter(waiting) {
        Some(review) => {
            review.stop(why.to_owned());
            true
        }
        None => false,
    }
}

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        Msg::Planned(planned) => {
            if let Some(review) = open(model) {
                review.show(*planned);
            }
        }
        Msg::Notes { paths } => {
            if on_top(model).is_some() {
                model.overlays.pop();
                prose::open_files(model, paths, effects);
            }
        }
        Msg::Progress { rows } => {
            if let Some(review) = open(model) {
                review.rows = rows;
            }
        }
        Msg::Done { rejects_file } => {
            let writes = |o: &Overlay| match o {
                Overlay::Layer(AnyLayer::Importing(review)) => review.writing,
                _ => false,
            };
            model.overlays.retain(|o| !writes(o));
            match rejects_file {
                Some(path) => model.say(words::importing::imported_rejects(model.lang, &path)),
                None => model.say(words::importing::imported(model.lang)),
            }
        }
    }
}

pub fn layer_key(
    model: &mut Model,
    mut review: Box<Review>,
    key: Key,
    effects: &mut Effects,
) -> Option<Key> {
    let code = key.as_command().code;
    let unknown = review.planned.as_ref().map_or(0, |p| p.unknown.len());
    let rows = model.geometry.rows;
    match code {
        Code::Char('j') | Code::Down => review.list.go(Move::Down, unknown, rows),
        Code::Char('k') | Code::Up => review.list.go(Move::Up, unknown, rows),
        _ if review.writing => {}
        Code::Esc | Code::Char('q') => return None,
        Code::Char('s') if review.planned.is_some() && review.sheets.len() > 1 => {
            review.sheet = next_sheet(&review);
            effects.push(AnyEffect::Importing(review.again()));
        }
        Code::Char('y') => {
            let ready = review.planned.as_ref().is_some_and(|p| !p.empty);
            if ready && review.error.is_none() {
                review.writing = true;
                effects.push(AnyEffect::Importing(Effect::Write));
            }
        }
        Code::Enter => {
            let planned = review.planned.as_ref();
            let chosen = planned.and_then(|p| p.unknown.get(review.list.cursor));
            if let Some(name) = chosen.map(|u| u.0.clone()) {
                push(model, *review);
                ask_meaning(model, &name);
                return None;
            }
        }
        _ => {}
    }
    push(model, *review);
    None
}

/// The next choice in rotation: all sheets, then each of them.
fn next_sheet(review: &Review) -> Option<String> {
    let chosen = review.sheet.as_ref();
    let at = chosen.and_then(|s| review.sheets.iter().position(|x| x == s));
    review.sheets.get(at.map_or(0, |at| at + 1)).cloned()
}

/// Asks which account an unknown name means, with its first letters already typed as a filter.
fn ask_meaning(model: &mut Model, name: &str) {
    /// More letters would hide an account whose name is spelled differently.
    const LETTERS: usize = 3;
    let rows = model.book.rows().iter();
    let items = rows.map(|r| {
        let id = r.account.id.clone();
        let reply = Reply::Means(name.to_owned(), id.clone());
        Item::new(r.account.name.clone(), id.to_string(), reply)
    });
    let title = words::importing::who_is(model.lang, name);
    let mut pick = Pick::new(title, items.collect());
    let letters: String = name.chars().take(LETTERS).collect();
    pick.paste(&letters, model.now.at);
    model.overlays.push(Overlay::Pick(pick));
}
