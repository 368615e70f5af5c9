//! What helps to ask, below the notes: a warning phrase that was heard, else the words of the section.

use ratatui::layout::Rect;

use crate::app::call::state::Call;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::aid;
use crate::domain::checkin::clock::Reading;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws at most two lines. A phrase heard in the line under the caret comes before everything else.
pub fn draw(model: &Model, state: &Call, reading: &Reading, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let (x, width) = (area.x + 1, area.width - 2);
    if let Some(hit) = state.phrase_hits_here().first()
        && let Some(phrase) = model.phrases.phrase(hit.phrase)
    {
        let flag = if pen.theme.ascii { "! " } else { "⚠ " };
        // What the model weighed most, beside the words that it names anyway.
        let others = hit
            .pieces
            .iter()
            .filter(|p| !hit.words.contains(p.as_str()));
        let others: Vec<&str> = others.map(String::as_str).collect();
        let others = others.join(" · ");
        let by = if others.is_empty() { "" } else { "  · " };
        let what = [
            (flag, Tone::Bad),
            (lang.pick(&phrase.category), Tone::Bad),
            ("  ", Tone::Dim),
            (&hit.words, Tone::Caution),
            (by, Tone::Dim),
            (&others, Tone::Dim),
        ];
        pen.pieces(x, area.y, width, &what);
        let ask = [
            (words::call::heard_ask(lang), Tone::Dim),
            (": ", Tone::Dim),
            (lang.pick(&phrase.probe), Tone::Key),
            ("   ", Tone::Dim),
            (words::call::heard_dismiss(lang), Tone::Dim),
        ];
        pen.pieces(x, area.y + 1, width, &ask);
        return;
    }
    if state.quiet || !reading.running {
        return;
    }
    let mut label = format!("{}: ", words::call::asks(lang));
    let lines = aid::lines(&state.checkin, reading, &model.config.aids, state.current());
    for (y, line) in (area.y..).zip(lines.iter().take(2)) {
        let pieces = [(label.as_str(), Tone::Dim), (lang.pick(line), Tone::Key)];
        pen.pieces(x, y, width, &pieces);
        label = " ".repeat(wrap::width(&label));
    }
}
