//! Listening for warning phrases while one types, and looking at lines of one mark.

use std::sync::Arc;

use super::state::Phase;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::config::Lexicon;
use crate::domain::checkin::Mark;
use crate::ops;
use crate::words;

/// Lines around the caret that are listened to.
const AROUND: usize = 80;
/// Lines remembered as heard; what was typed on the way to a word is never asked for again.
const REMEMBERED: usize = 4_000;

/// The file of warning phrases was changed.
pub fn read_anew(model: &mut Model, lexicon: Arc<Lexicon>) {
    model.say(words::call::phrases_read(model.lang, lexicon.len()));
    model.lexicon = lexicon;
    listen_anew(model);
}

/// The lexicon, or what was dismissed from it, has changed: every line is listened to again.
pub fn listen_anew(model: &mut Model) {
    let dismissed = model.book.dismissals.keys().cloned().collect();
    model.phrases = Arc::new(model.lexicon.without(dismissed));
    if let Some(call) = &mut model.call.open {
        call.heard.clear();
    }
}

/// Listens to the lines around the caret that were not listened to yet.
pub fn listen(model: &mut Model) {
    let Some(call) = &mut model.call.open else {
        return;
    };
    if !matches!(call.phase, Phase::Live | Phase::WrapUp) {
        return;
    }
    let Some(editor) = call.editors.get(call.current()) else {
        return;
    };
    let from = editor.cursor().line.saturating_sub(AROUND);
    let fresh: Vec<String> = editor
        .lines()
        .skip(from)
        .take(2 * AROUND)
        .filter(|l| !l.text.trim().is_empty() && !call.heard.contains_key(&l.text))
        .map(|l| l.text.clone())
        .collect();
    if call.heard.len() > REMEMBERED {
        call.heard.clear();
    }
    for line in fresh {
        let hits = model.phrases.listen(&line);
        call.heard.insert(line, hits);
    }
}

/// Dismisses the warning phrase on the caret's line as a false alarm; the same key on the same line
/// takes it for a warning again.
pub fn mute_warning(model: &mut Model, effects: &mut Effects) {
    let Some(call) = &model.call.open else { return };
    let heard = call.heard_here().first().cloned();
    let line = call
        .editors
        .get(call.current())
        .and_then(|e| e.lines().nth(e.cursor().line))
        .map(|l| l.text.clone())
        .unwrap_or_default();
    let muted = model
        .lexicon
        .listen(&line)
        .into_iter()
        .find_map(|hit| model.book.dismissals.get(&hit.words).cloned());
    let (operation, said) = match (heard, muted) {
        (Some(heard), _) => (
            ops::settings::dismiss(&heard.words, &mut model.by()),
            words::call::dismissed(model.lang, &heard.words),
        ),
        (None, Some(muted)) => {
            let said = words::call::restored_word(model.lang, &muted.words);
            (ops::settings::restore(muted, &mut model.by()), said)
        }
        (None, None) => return model.refuse(words::call::nothing_heard(model.lang)),
    };
    saving::commit(model, operation, effects);
    listen_anew(model);
    model.say(said);
}

/// Shows only lines of one kind of mark; each time the next kind, then all again.
pub fn next_mark(model: &mut Model) {
    let Some(call) = &mut model.call.open else {
        return;
    };
    let editors = &call.editors;
    let is_there = |mark: &Mark| {
        let mut lines = editors.iter().flat_map(|e| e.lines());
        lines.any(|l| l.meaning() == Some(*mark))
    };
    let mut present = Mark::ALL.iter().copied().filter(is_there);
    call.only = match call.only {
        None => present.next(),
        Some(mark) => present.find(|m| *m > mark),
    };
}
