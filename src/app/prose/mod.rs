//! Importing notes kept elsewhere: a text is pasted or a file named, the calls found in it are
//! reviewed in one list, and the accepted ones become notes.

mod review;
pub mod state;

use std::path::PathBuf;

use super::kit::editor::Editor;
use super::model::Model;
use super::msg::{Effect as AnyEffect, Layer as AnyLayer};
use super::overlay::{Answer, Overlay};
use super::verb::{Effects, GLOBAL, Verb, needs_store, verb};
use crate::keys::{Code, Key};
use crate::ops::Refusal;
use crate::services::dates;
use crate::words::{self, Text};
use state::{Layer, Msg, Paste, Reply, Review, Source, Stage};

pub const VERBS: &[Verb] = &[verb(
    "desk.prose",
    &GLOBAL,
    &["<A-t>"],
    Text::new("Import notes from text", "テキストからメモを取り込む"),
    |model, _| open_paste(model, ""),
)
.ready(needs_store)
.place(181)];

/// The draft key of a pasted text.
fn draft_key(model: &Model) -> String {
    draft_of(&model.author.name)
}

/// The draft key of a person's pasted text.
pub fn draft_of(author: &str) -> String {
    format!("prose/{author}")
}

/// Opens the editor for a text, with the draft of an earlier one if none is given.
pub fn open_paste(model: &mut Model, text: &str) {
    let draft = model.drafts.get(&draft_key(model));
    let kept = draft.and_then(|d| d["text"].as_str()).map(str::to_owned);
    let mut editor = Editor::new(text);
    if let (true, Some(kept)) = (text.is_empty(), kept) {
        editor = Editor::new(&kept);
        model.say(words::common::draft_back(model.lang));
    }
    // A text that came with a paste is new; a restored draft is not.
    let saved = if text.is_empty() {
        editor.version
    } else {
        u64::MAX
    };
    model.lay(Stage::Paste(Box::new(Paste { editor, saved })));
}

/// Whether a pasted text is notes and not a list of files: several lines that are no paths.
pub fn is_notes(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let is_path = |line: &&str| {
        let line = line.trim().trim_matches(['"', '\'']);
        line.starts_with(['/', '~']) || line.starts_with("./") || line.starts_with("file://")
    };
    lines.len() >= 2 && !lines.iter().all(is_path)
}

/// Opens the review of files that hold notes.
pub fn open_files(model: &mut Model, paths: Vec<PathBuf>, effects: &mut Effects) {
    open(model, Source::Files(paths), effects);
}

fn open(model: &mut Model, source: Source, effects: &mut Effects) {
    let review = Review::new(source);
    effects.push(AnyEffect::Prose(review.again()));
    model.lay(Stage::Review(Box::new(review)));
}

pub fn answer(
    model: &mut Model,
    reply: Reply,
    answer: Answer,
    effects: &mut Effects,
) -> Result<(), Refusal> {
    let today = model.now.today();
    match (reply, answer) {
        (Reply::Account(asked, account), _) => {
            if let Some(review) = on_top(model) {
                let effect = review.choose(&asked, |c| c.account = Some(account));
                effects.push(AnyEffect::Prose(effect));
            }
        }
        (Reply::Day(asked), Answer::Line(text)) => {
            let day = dates::read_past(text, today)
                .ok_or_else(|| Refusal::new("", words::common::not_a_date))?;
            if day > today {
                return Err(Refusal::new("", words::prose::day_future));
            }
            if let Some(review) = on_top(model) {
                let effect = review.choose(&asked, |c| c.day = Some(day));
                effects.push(AnyEffect::Prose(effect));
            }
        }
        (Reply::Day(_), _) => {}
    }
    Ok(())
}

/// The review that has the keyboard, or that a question lies over.
fn on_top(model: &mut Model) -> Option<&mut Review> {
    model.overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Layer(AnyLayer::Prose(stage)) => match stage {
            Stage::Review(review) => Some(&mut **review),
            Stage::Paste(_) => None,
        },
        _ => None,
    })
}

/// Stops an import that cannot continue. Returns whether one was on screen.
pub fn stop(model: &mut Model, why: &str) -> bool {
    let Some(review) = on_top(model).filter(|r| r.writing || r.proposal.is_none()) else {
        return false;
    };
    review.writing = false;
    review.error = Some(why.to_owned());
    true
}

pub fn on(model: &mut Model, msg: Msg, effects: &mut Effects) {
    match msg {
        Msg::Proposed(proposal) => {
            let rows = model.geometry.rows;
            let Some(review) = on_top(model) else { return };
            let first = review.proposal.is_none();
            (review.proposal, review.writing) = (Some(*proposal), false);
            if first {
                review::to_question(review, rows);
            }
            let len = review.rows().len();
            review.list.hold(len, rows);
        }
        Msg::Done { count, rest } => {
            let is_review = |o: &Overlay| match o {
                Overlay::Layer(AnyLayer::Prose(stage)) => {
                    matches!(stage, Stage::Review(review) if review.writing)
                }
                _ => false,
            };
            let pasted = on_top(model).is_some_and(|r| matches!(r.source, Source::Text(_)));
            model.overlays.retain(|o| !is_review(o));
            if pasted {
                let key = draft_key(model);
                model.forget_draft(&key, effects);
            }
            match rest {
                0 => model.say(words::prose::imported(model.lang, count)),
                rest => model.say(words::prose::imported_rest(model.lang, count, rest)),
            }
        }
    }
}

pub fn layer_key(model: &mut Model, stage: Layer, key: Key, effects: &mut Effects) -> Option<Key> {
    match stage {
        Stage::Paste(paste) => paste_key(model, *paste, key, effects),
        Stage::Review(review) => {
            if let Some(Source::Text(text)) = review::key(model, *review, key, effects) {
                back_to_text(model, &text);
            }
        }
    }
    None
}

/// A pasted text opens again when its review is left, so that nothing is lost.
fn back_to_text(model: &mut Model, text: &str) {
    let editor = Editor::new(text);
    let saved = editor.version;
    model.lay(Stage::Paste(Box::new(Paste { editor, saved })));
}

fn paste_key(model: &mut Model, mut paste: Paste, key: Key, effects: &mut Effects) {
    match key.code {
        Code::Char('s') if key.ctrl => return submit(model, paste, effects),
        Code::F(10) => return submit(model, paste, effects),
        Code::Esc => return close(model, &paste, effects),
        Code::Char('e') if key.ctrl => {
            effects.push(AnyEffect::EditOutside {
                text: paste.editor.text(),
                key: draft_key(model),
                body: body(&paste),
            });
        }
        _ => {
            let (columns, at) = (model.geometry.columns, model.now.at);
            paste.editor.key(key, columns, at);
        }
    }
    model.lay(Stage::Paste(Box::new(paste)));
}

/// Finds the calls of the text. The text stays a draft until the notes are written.
fn submit(model: &mut Model, paste: Paste, effects: &mut Effects) {
    if paste.editor.is_blank() {
        model.refuse(words::prose::paste_empty(model.lang));
        return model.lay(Stage::Paste(Box::new(paste)));
    }
    let key = draft_key(model);
    model.save_draft(key, body(&paste), effects);
    open(model, Source::Text(paste.editor.text().into()), effects);
}

fn close(model: &mut Model, paste: &Paste, effects: &mut Effects) {
    let key = draft_key(model);
    if paste.editor.is_blank() {
        return model.forget_draft(&key, effects);
    }
    model.save_draft(key, body(paste), effects);
    model.say(words::prose::draft_kept(model.lang));
}

/// The draft as written to disk.
fn body(paste: &Paste) -> serde_json::Value {
    serde_json::json!({ "text": paste.editor.text() })
}

/// The text being pasted, on whichever layer it is.
fn pasting(overlays: &mut [Overlay]) -> Option<&mut Paste> {
    overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Layer(AnyLayer::Prose(stage)) => match stage {
            Stage::Paste(paste) => Some(&mut **paste),
            Stage::Review(_) => None,
        },
        _ => None,
    })
}

pub fn is_newer(model: &Model) -> bool {
    model.overlays.iter().any(|o| match o {
        Overlay::Layer(AnyLayer::Prose(stage)) => {
            matches!(stage, Stage::Paste(paste) if paste.editor.version != paste.saved)
        }
        _ => false,
    })
}

pub fn newest(model: &mut Model) -> Option<AnyEffect> {
    let key = draft_key(model);
    let paste = pasting(&mut model.overlays).filter(|p| p.editor.version != p.saved)?;
    paste.saved = paste.editor.version;
    let body = body(paste);
    Some(AnyEffect::SaveDraft { key, body })
}

/// Nothing to do: the model keeps the draft and retries from there.
pub fn not_written(_model: &mut Model, _key: &str) {}
