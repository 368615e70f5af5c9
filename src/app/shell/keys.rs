//! Dispatch of keys and pastes: first to the top overlay, then to the screen, then to its verbs.

use super::{bindings, drafting, palette};
use crate::app::kit::editor::Editor;
use crate::app::kit::form::{self, Form};
use crate::app::kit::notice::{closes, scroll_key};
use crate::app::kit::pick::{self, Pick};
use crate::app::kit::prompt::{self, Prompt};
use crate::app::model::Model;
use crate::app::msg::{Effect, Layer, Reply};
use crate::app::overlay::{Answer, Overlay};
use crate::app::place::Place;
use crate::app::tables;
use crate::app::verb::Effects;
use crate::app::{account, importing, prose};
use crate::domain::limits::{LINE, TEXT, TEXT_MIB, is_long_line};
use crate::keys::Key;
use crate::words;

pub fn key(model: &mut Model, key: Key, effects: &mut Effects) {
    // Quitting works everywhere: text being typed stays as a draft.
    if key == Key::ctrl('q') {
        return quit(model, effects);
    }
    // So does redrawing: what another program wrote may lie over any text.
    if key == Key::ctrl('l') {
        return effects.push(Effect::Redraw);
    }
    if key == Key::ctrl('z') && model.overlays.last().is_some_and(|top| !takes_text(top)) {
        return effects.push(Effect::Suspend);
    }
    let key = match model.overlays.pop() {
        Some(top) => match overlay_key(model, top, key, effects) {
            Some(key) => key,
            None => return,
        },
        None => key,
    };
    if (tables::face(model.screen).grab)(model, key) {
        return;
    }
    match bindings::find(tables::scopes(model), key) {
        Some(verb) => run(model, verb.id, effects),
        None => (tables::face(model.screen).text)(model, key, effects),
    }
}

/// Whether an overlay takes text, in which Ctrl-Z undoes.
fn takes_text(top: &Overlay) -> bool {
    match top {
        Overlay::Help { .. } | Overlay::Notice(_) => false,
        Overlay::Pick(_) | Overlay::Prompt(..) | Overlay::Form(..) => true,
        Overlay::Layer(layer) => matches!(
            layer,
            Layer::Compose(_) | Layer::Prose(prose::state::Stage::Paste(_))
        ),
    }
}

/// Quits. Warns once if a draft exists only in memory.
fn quit(model: &mut Model, effects: &mut Effects) {
    if drafting::would_lose(model) && !std::mem::replace(&mut model.warned, true) {
        return model.refuse(words::shell::quit_loses(model.lang));
    }
    effects.push(Effect::Quit);
}

/// Runs a verb, or shows why it cannot run; then opens the place it requested.
fn run(model: &mut Model, id: &str, effects: &mut Effects) {
    let Some(verb) = bindings::by_id(id) else {
        return;
    };
    match (verb.ready)(model) {
        Ok(()) => (verb.run)(model, effects),
        Err(why) => model.refuse(why(model.lang)),
    }
    arrive(model, effects);
}

/// Opens the requested place, if any.
pub fn arrive(model: &mut Model, effects: &mut Effects) {
    match model.going.take() {
        Some(Place::Palette) => palette::open(model),
        Some(Place::Account { id, tab }) => account::open(model, id, tab, effects),
        None => {}
    }
}

/// Handles a key in the top overlay. Returns the key if it is meant for what is below.
fn overlay_key(model: &mut Model, top: Overlay, key: Key, effects: &mut Effects) -> Option<Key> {
    match top {
        Overlay::Help { scroll } => {
            if let Some(to) = scroll_key(key) {
                let scroll = to.scrolled(scroll, model.geometry.most, model.geometry.rows);
                model.overlays.push(Overlay::Help { scroll });
            }
        }
        Overlay::Notice(mut notice) => {
            if let Some(to) = scroll_key(key) {
                let (most, rows) = (model.geometry.most, model.geometry.rows);
                notice.scroll = to.scrolled(notice.scroll, most, rows);
            } else if closes(key) {
                return None;
            }
            model.overlays.push(Overlay::Notice(notice));
        }
        Overlay::Pick(mut pick) => {
            let outcome = pick.key(key, model.geometry.rows, model.now.at);
            picked(model, pick, outcome, effects);
        }
        Overlay::Prompt(prompt, reply) => prompt_key(model, prompt, reply, key, effects),
        Overlay::Form(form, reply) => form_key(model, form, reply, key, effects),
        Overlay::Layer(layer) => {
            let below = tables::layer_key(model, layer, key, effects);
            arrive(model, effects);
            return below;
        }
    }
    None
}

fn picked(
    model: &mut Model,
    pick: Pick<Reply>,
    outcome: pick::Outcome<Reply>,
    effects: &mut Effects,
) {
    use pick::Outcome;
    let (reply, stays) = match outcome {
        Outcome::Leave => return,
        Outcome::Stay => return model.overlays.push(Overlay::Pick(pick)),
        Outcome::Chosen(item) => (item.reply, item.stays),
        Outcome::Tab(reply) => (reply, true),
        Outcome::Find(reply) => {
            let text = pick.field.text();
            model.overlays.push(Overlay::Pick(pick));
            return answer(model, reply, Answer::Typed(&text), effects);
        }
    };
    if stays {
        model.overlays.push(Overlay::Pick(pick));
    }
    match reply {
        Reply::Verb(id) => run(model, id, effects),
        reply => answer(model, reply, Answer::Chosen, effects),
    }
}

/// Delivers an answer to its feature, and shows a refusal.
pub fn answer(model: &mut Model, reply: Reply, given: Answer, effects: &mut Effects) {
    if let Err(refusal) = tables::answer(model, reply, given, effects) {
        model.decline(&refusal);
    }
    arrive(model, effects);
}

fn prompt_key(
    model: &mut Model,
    mut prompt: Prompt,
    reply: Reply,
    key: Key,
    effects: &mut Effects,
) {
    match prompt.key(key, model.now.at) {
        prompt::Outcome::Stay => {}
        prompt::Outcome::Leave => return,
        prompt::Outcome::Warn => {
            prompt.error = Some(words::shell::unsaved_prompt(model.lang).to_owned());
        }
        prompt::Outcome::Submit => {
            let text = prompt.field.text();
            let given = Answer::Line(&text);
            match tables::answer(model, reply.clone(), given, effects) {
                Ok(()) => return arrive(model, effects),
                Err(refusal) => prompt.error = Some(refusal.words(model.lang).to_owned()),
            }
        }
    }
    model.overlays.push(Overlay::Prompt(prompt, reply));
}

fn form_key(model: &mut Model, mut form: Form, reply: Reply, key: Key, effects: &mut Effects) {
    match form.key(key, model.geometry.columns, model.now.at) {
        form::Outcome::Stay => model.overlays.push(Overlay::Form(form, reply)),
        form::Outcome::Submit => submit(model, form, reply, effects),
        // The user left on purpose, after a warning if anything was changed.
        form::Outcome::Leave => {
            if let Some(key) = &form.draft {
                model.forget_draft(key, effects);
            }
        }
        form::Outcome::Keep(key) => {
            drafting::save_answers(model, &form, effects);
            let given = Answer::LeftForm(&form, key);
            answer(model, reply, given, effects);
        }
    }
}

/// Submits a form, or shows it again at the refused field.
fn submit(model: &mut Model, mut form: Form, reply: Reply, effects: &mut Effects) {
    let given = Answer::Form(&mut form);
    match tables::answer(model, reply.clone(), given, effects) {
        Err(refusal) => {
            form.refuse(&refusal, refusal.words(model.lang).to_owned());
            model.overlays.push(Overlay::Form(form, reply));
        }
        Ok(()) => {
            if let Some(key) = form.draft.filter(|key| model.drafts.contains_key(key))
                && !model.discard_when_stored(key.clone())
            {
                model.forget_draft(&key, effects);
            }
            arrive(model, effects);
        }
    }
}

pub fn paste(model: &mut Model, text: &str, effects: &mut Effects) {
    if let Some(why) = too_long(model, text) {
        model.refuse(why);
        return;
    }
    let at = model.now.at;
    match model.overlays.pop() {
        Some(Overlay::Pick(mut pick)) => {
            let outcome = pick.paste(text, at);
            picked(model, pick, outcome, effects);
        }
        // Several lines of notes are no list of files.
        Some(Overlay::Prompt(_, Reply::Importing(importing::state::Reply::Paths)))
            if prose::is_notes(text) =>
        {
            prose::open_paste(model, text);
        }
        Some(mut top) => {
            match &mut top {
                Overlay::Prompt(prompt, _) => prompt.field.paste(text, at),
                Overlay::Form(form, _) => form.paste(text, at),
                Overlay::Layer(Layer::Compose(compose)) => compose.editor.paste(text, at),
                Overlay::Layer(Layer::Prose(stage)) => stage.paste(text, at),
                _ => {}
            }
            model.overlays.push(top);
        }
        None => (tables::face(model.screen).paste)(model, text),
    }
}

/// Why a paste does not fit where it goes: with it, the desk would stand still.
fn too_long(model: &Model, text: &str) -> Option<String> {
    let lang = model.lang;
    let held = match model.overlays.last() {
        Some(Overlay::Pick(_) | Overlay::Form(..)) => None,
        // Paths of files, or the notes themselves.
        Some(Overlay::Prompt(_, Reply::Importing(importing::state::Reply::Paths))) => Some(0),
        Some(Overlay::Prompt(..)) => None,
        Some(Overlay::Layer(Layer::Compose(compose))) => Some(compose.editor.bytes()),
        Some(Overlay::Layer(Layer::Prose(stage))) => Some(stage.bytes()),
        _ => {
            let call = model.call.open.as_ref();
            let editor = call.and_then(|call| call.editors.get(call.current()));
            Some(editor.map_or(0, Editor::bytes))
        }
    };
    match held {
        None if is_long_line(text) => Some(words::problems::paste_too_long(lang, LINE)),
        Some(held) if held + text.len() > TEXT => {
            Some(words::problems::text_too_long(lang, TEXT_MIB))
        }
        _ => None,
    }
}

/// Takes over a text from an external editor. Returns whether the text that it belongs to is still open. One that is
/// too long goes to a file: nothing that was written is lost.
pub fn edited(model: &mut Model, text: &str, effects: &mut Effects) -> bool {
    if text.len() > TEXT {
        effects.push(Effect::WriteOut {
            name: format!("edited-{}.txt", model.now.at.format("%Y%m%d-%H%M%S")),
            bytes: text.as_bytes().to_vec(),
        });
        model.refuse(words::problems::edited_too_long(model.lang, TEXT_MIB));
        return false;
    }
    let at = model.now.at;
    if let Some(Overlay::Layer(Layer::Compose(compose))) = model.overlays.last_mut() {
        compose.editor.replace(text, at);
    } else if let Some(Overlay::Layer(Layer::Prose(stage))) = model.overlays.last_mut() {
        return stage.replace(text, at);
    } else if let Some(editor) = model.call.open.as_mut().and_then(|call| call.editor()) {
        editor.replace(text, at);
    } else {
        return false;
    }
    true
}
