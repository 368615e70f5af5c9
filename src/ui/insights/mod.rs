//! Insights: the back-test in words, its tenths as bars.

use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::services::backtest::{self, Report, Verdict};
use crate::ui::drawn::{Drawn, at, scrolled};
use crate::ui::kit::bars::bar;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws the back-test that runs, the report of the last one, or how to start one.
pub fn draw(model: &Model, pen: &mut Pen, area: Rect) -> Drawn {
    let lang = model.lang;
    let state = &model.insights;
    let title = [
        (words::shell::insights(lang), Tone::Title),
        ("  ", Tone::Dim),
        (words::insights::insights_what(lang), Tone::Dim),
    ];
    pen.pieces(area.x + 1, area.y, area.width - 2, &title);
    pen.rule(area.x, area.y + 1, area.width);
    let body = layout::below(area, 2);
    if let Some(progress) = state.running {
        running(model, pen, body, progress.done, progress.total);
        return at(body.height, area.width, None);
    }
    match &state.report {
        Some(report) => scrolled(
            body.height,
            area.width,
            report_text(model, report, pen, body),
        ),
        None => {
            let room = Rect {
                x: body.x + 2,
                width: body.width.saturating_sub(4),
                ..layout::below(body, 1)
            };
            pen.wrapped(room, words::insights::insights_empty(lang), Tone::Dim);
            at(body.height, area.width, None)
        }
    }
}

/// How far a back-test is.
fn running(model: &Model, pen: &mut Pen, area: Rect, done: usize, total: usize) {
    let lang = model.lang;
    let share = if total > 0 {
        done as f64 / total as f64
    } else {
        0.0
    };
    let width = usize::from(area.width.saturating_sub(6).min(60));
    let bar = bar(pen.theme, (share * width as f64) as usize, width, "▓");
    let progress = words::insights::progress(lang, done, total);
    let (x, room) = (area.x + 2, area.width.saturating_sub(3));
    pen.text(x, area.y + 1, room, &progress, Tone::Text);
    pen.text(x, area.y + 2, room, &bar, Tone::Chart);
    pen.text(
        x,
        area.y + 4,
        room,
        words::insights::cancel(lang),
        Tone::Dim,
    );
}

/// The report, with a bar behind each tenth that says how many of it left. Returns how far it can be
/// scrolled.
fn report_text(model: &Model, report: &Report, pen: &mut Pen, area: Rect) -> usize {
    let lang = model.lang;
    let mut text = backtest::words::report(report, lang);
    if let Some(fitted) = &model.insights.fitted {
        text.push('\n');
        text.push_str(&backtest::words::fit(fitted.as_deref(), lang));
    }
    let lines = wrap::lines(&text, usize::from(area.width.saturating_sub(4)).min(110));
    let most = lines.len().saturating_sub(usize::from(area.height));
    let top = model.insights.scroll.min(most);
    let tenths: Vec<(String, f64)> = report
        .deciles
        .iter()
        .map(|d| (format!("  {:>2}  n ", d.decile), d.rate))
        .collect();
    let shown = lines.iter().enumerate().skip(top);
    for (y, (i, line)) in (area.y..area.bottom()).zip(shown) {
        let tone = match (i, report.verdict) {
            (0, Verdict::Signal) => Tone::Good,
            (0, _) => Tone::Caution,
            _ if line.starts_with("  ") => Tone::Text,
            _ => Tone::Accent,
        };
        let x = pen.text(area.x + 2, y, area.width.saturating_sub(3), line, tone);
        if let Some((_, rate)) = tenths.iter().find(|(head, _)| line.starts_with(head)) {
            let room = area.right().saturating_sub(x + 3).min(40);
            let full = if pen.theme.ascii { "#" } else { "▇" };
            let bar = full.repeat((rate * f64::from(room)).round() as usize);
            pen.text(x + 2, y, room, &bar, Tone::Chart);
        }
    }
    most
}
