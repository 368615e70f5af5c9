//! The signals of an account, the chosen one explained below the list.

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::signals::Signal;
use crate::ui::kit::room::{Column, share};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::{Theme, Tone};
use crate::words::{self, Lang};

/// Draws the tab and returns how many signals are in sight.
pub fn draw(model: &Model, state: &Pane, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    if state.signals.is_empty() {
        let words = words::signals::no_signals(lang);
        pen.text(area.x + 1, area.y + 1, area.width, words, Tone::Dim);
        not_judged(model, state, pen, area, area.y + 3);
        return area.height;
    }
    let detail = if area.height >= 14 { 6 } else { 0 };
    let body = Rect {
        height: area.height - detail,
        ..area
    };
    let list = state.list();
    list::draw(pen, body, list, &state.signals, |pen, line, signal| {
        row(lang, pen, line, signal);
    });
    if let Some(signal) = state.signals.get(list.cursor).filter(|_| detail > 0) {
        pen.rule(area.x, body.bottom(), area.width);
        explained(lang, pen, layout::below(area, body.height + 1), signal);
    }
    let below = body.y + (state.signals.len().saturating_sub(list.top)) as u16 + 1;
    if below + 1 < body.bottom() {
        not_judged(model, state, pen, area, below);
    }
    body.height
}

/// Which signals could not be judged for want of data.
fn not_judged(model: &Model, state: &Pane, pen: &mut Pen, area: Rect, y: u16) {
    let gaps = model
        .book
        .get(&state.id)
        .and_then(|r| words::signals::gaps(model.lang, &r.standing.gaps));
    if let Some(words) = gaps {
        let room = layout::from(layout::inset(area), y, 2);
        pen.wrapped(room, &words, Tone::Unknown);
    }
}

fn row(lang: Lang, pen: &mut Pen, area: Rect, signal: &Signal) {
    let y = area.y;
    let columns = [
        Column::always(2),
        Column::fixed(7, 1),
        Column::fixed(10, 3),
        Column::subject(22, 30),
        Column::text(12, u16::MAX, 2),
    ];
    let [sign, severity, date, kind, why] = share(area, columns);
    let tone = Theme::signal_tone(signal);
    let glyph = pen.theme.signal(signal);
    pen.text(sign.x, y, sign.width, glyph, tone);
    let words = signal.severity.words(lang);
    pen.text(severity.x, y, severity.width, words, tone);
    let day = signal.date.to_string();
    pen.text(date.x, y, date.width, &day, Tone::Dim);
    pen.text(kind.x, y, kind.width, signal.kind.words(lang), Tone::Text);
    pen.text(why.x, y, why.width, &evidence(lang, signal), Tone::Dim);
}

/// What the signal means, what it rests on, and how sure it is.
fn explained(lang: Lang, pen: &mut Pen, area: Rect, signal: &Signal) {
    let area = layout::inset(area);
    let since = format!(
        "{} · {}",
        words::signals::since_day(lang, signal.date),
        words::signals::sure(lang, signal.confidence)
    );
    let mut y = area.y;
    for (words, tone) in [
        (signal.kind.help(lang), Tone::Text),
        (&evidence(lang, signal), Tone::Accent),
        (&since, Tone::Dim),
    ] {
        y += pen.wrapped(layout::from(area, y, u16::MAX), words, tone);
    }
}

fn evidence(lang: Lang, signal: &Signal) -> String {
    let evidence: Vec<String> = signal
        .evidence
        .iter()
        .map(|e| words::signals::evidence(lang, e))
        .collect();
    evidence.join(words::common::list_comma(lang))
}
