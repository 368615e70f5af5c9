//! Importing: the user names files, reviews the changes, and confirms.

pub mod asked;
pub mod items;
mod pickers;
mod review;
pub mod state;

use std::path::PathBuf;

use super::model::Model;
use super::msg::{Effect as AnyEffect, Layer as AnyLayer};
use super::overlay::{Answer, Overlay};
use super::prose;
use super::verb::{Effects, GLOBAL, Verb, needs_store, verb};
use crate::ops::Refusal;
use crate::words::{self, Text};
pub use review::layer_key;
use state::{Msg, Reply, Review};

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
            let mut review = Review::new(paths);
            effects.push(AnyEffect::Importing(review.again()));
            push(model, review);
        }
        (Reply::Given(answer), _) => {
            let height = model.geometry.rows;
            if let Some(review) = on_top(model) {
                let (ask, given) = *answer;
                let was_open = ask.is_open_loss();
                let effect = review.give(ask, Some(given));
                if was_open {
                    review.next_question(height);
                }
                effects.push(AnyEffect::Importing(effect));
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
    let waiting = |r: &&mut Review| r.writing || r.reading;
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
            let height = model.geometry.rows;
            if let Some(review) = open(model) {
                review.show(*planned, height);
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
        Msg::Done {
            rejects_file,
            remembered,
        } => {
            let writes = |o: &Overlay| match o {
                Overlay::Layer(AnyLayer::Importing(review)) => review.writing,
                _ => false,
            };
            model.overlays.retain(|o| !writes(o));
            say_done(model, rejects_file, remembered);
        }
    }
}

/// Says what became of the rows and of the answers.
fn say_done(
    model: &mut Model,
    rejects_file: Option<String>,
    remembered: Option<Result<String, String>>,
) {
    let lang = model.lang;
    let rows = match &rejects_file {
        Some(path) => words::importing::imported_rejects(lang, path),
        None => words::importing::imported(lang).to_owned(),
    };
    match (remembered, rejects_file) {
        (None, _) => model.say(rows),
        // The path of the rejected rows leaves no room for the name of the mapping.
        (Some(Ok(_)), Some(path)) => {
            model.say(words::import_review::remembered_rejects(lang, path));
        }
        (Some(Ok(name)), None) => {
            let kept = words::import_review::remembered(lang, name);
            model.say(format!("{rows} {kept}"));
        }
        (Some(Err(why)), _) => {
            let lost = words::import_review::not_remembered(lang, why);
            model.refuse(format!("{rows} {lost}"));
        }
    }
}
