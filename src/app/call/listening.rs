//! Detecting warning phrases while the user types, and filtering lines by mark.

use std::sync::Arc;

use super::state::Phase;
use crate::app::model::Model;
use crate::app::saving;
use crate::app::verb::Effects;
use crate::config::Lexicon;
use crate::domain::checkin::Mark;
use crate::domain::checkin::items::Item;
use crate::domain::text::fold;
use crate::ops;
use crate::words;

/// Lines around the caret that are checked.
const AROUND: usize = 80;
/// Checked lines kept in memory. The cache also fills with partly typed lines, which are never
/// looked up again.
const REMEMBERED: usize = 4_000;

/// Takes over the file of warning phrases after it was changed.
pub fn replace_lexicon(model: &mut Model, lexicon: Arc<Lexicon>) {
    model.say(words::call::phrases_read(model.lang, lexicon.len()));
    model.lexicon = lexicon;
    listen_again(model);
}

/// Checks every line again after the lexicon or the dismissals changed.
pub fn listen_again(model: &mut Model) {
    let lessons = model.book.held.dismissals.values().cloned().collect();
    model.phrases = Arc::new(model.lexicon.taught(lessons));
    if let Some(call) = &mut model.call.open {
        call.phrase_hits.clear();
    }
}

/// Checks the lines around the caret that were not checked yet.
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
        .filter(|l| !l.text.trim().is_empty() && !call.phrase_hits.contains_key(&l.text))
        .map(|l| l.text.clone())
        .collect();
    if call.phrase_hits.len() > REMEMBERED {
        call.phrase_hits.clear();
    }
    for line in fresh {
        let hits = model.phrases.listen(&line);
        call.phrase_hits.insert(line, hits);
    }
}

/// The lines that were confirmed as risks and not heard: the listening learns from them.
pub fn unheard(model: &Model, items: &[Item]) -> Vec<String> {
    let risks = items.iter().filter(|i| i.mark == Mark::Risk);
    let known = |line: &str| model.book.held.dismissals.contains_key(&fold(line));
    let mut lines: Vec<String> = risks
        .filter(|i| model.phrases.listen(&i.text).is_empty() && !known(&i.text))
        .map(|i| i.text.clone())
        .collect();
    let mut seen = std::collections::HashSet::new();
    lines.retain(|line| !fold(line).is_empty() && seen.insert(fold(line)));
    lines
}

/// Dismisses the warning phrase on the caret's line as a false alarm. The same key on the same line
/// takes the dismissal back.
pub fn mute_warning(model: &mut Model, effects: &mut Effects) {
    let Some(call) = &model.call.open else { return };
    let hit = call.phrase_hits_here().first().cloned();
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
        .find_map(|hit| model.book.held.dismissals.get(&hit.words).cloned());
    let (operation, message) = match (hit, muted) {
        (Some(hit), _) => (
            ops::settings::dismiss(&hit.words, &line, &mut model.by()),
            words::call::dismissed(model.lang, &hit.words),
        ),
        (None, Some(muted)) => {
            let message = words::call::restored_word(model.lang, &muted.words);
            (ops::settings::restore(muted, &mut model.by()), message)
        }
        (None, None) => return model.refuse(words::call::nothing_heard(model.lang)),
    };
    saving::commit(model, operation, effects);
    listen_again(model);
    model.say(message);
}

/// Shows only the lines of one mark: each call selects the next mark, then all lines again.
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
