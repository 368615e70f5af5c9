//! The metrics as a table: this period against the one before and the same one a year ago.

use chrono::Duration;
use ratatui::layout::Rect;

use crate::app::account::state::{Pane, SPANS};
use crate::app::model::Model;
use crate::domain::facts::usage::{Series, change};
use crate::ui::charts;
use crate::ui::kit::columns::percent;
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;
use crate::words::numbers::number;

/// Draws the words over the columns and a line a metric.
pub fn draw(model: &Model, state: &Pane, metrics: &[(&str, &Series)], pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let days = SPANS[state.span];
    let (name, edges) = columns(area.width);
    let words = words::account::metric(lang);
    pen.text(area.x + 1, area.y, name, words, Tone::Dim);
    let heads = [
        &words::account::this_period(lang, days),
        words::account::previous_period(lang),
        words::account::change(lang),
        words::account::year_before(lang),
        words::account::change(lang),
    ];
    for (edge, head) in edges.iter().zip(heads) {
        pen.right(*edge, area.y, 12, head, Tone::Dim);
    }
    let body = layout::below(area, 1);
    list::draw(
        pen,
        body,
        state.list(),
        metrics,
        |pen, line, (metric, series)| {
            let last = charts::last_day(series, model.now.today());
            let mean = |days_back| series.daily(metric, last - Duration::days(days_back), days);
            let (now, before, year) = (mean(0), mean(days), mean(365));
            let words = words::usage::metric_name(lang, metric);
            pen.text(line.x + 1, line.y, name, &words, Tone::Text);
            let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number);
            let changed = |to| percent(change(now, to).map(|p| p.round() as i32));
            let cells = [
                (12, (shown(now), Tone::Text)),
                (12, (shown(before), Tone::Dim)),
                (8, changed(before)),
                (12, (shown(year), Tone::Dim)),
                (8, changed(year)),
            ];
            for (edge, (width, (text, tone))) in edges.iter().zip(cells) {
                pen.right(*edge, line.y, width, &text, tone);
            }
        },
    );
}

/// The width of the name, and the right edges of the five figures after it.
fn columns(width: u16) -> (u16, [u16; 5]) {
    let step = (width.saturating_sub(20) / 5).clamp(8, 14);
    let start = width.saturating_sub(step * 5 + 1);
    let edges = [1, 2, 3, 4, 5].map(|n| start + n * step);
    (start.saturating_sub(1), edges)
}
