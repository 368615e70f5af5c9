//! The metrics as a table: this period against the one before and the same one a year ago.

use chrono::Duration;
use ratatui::layout::Rect;

use crate::app::account::state::{Pane, SPANS};
use crate::app::model::Model;
use crate::domain::facts::usage::{Series, change};
use crate::ui::charts;
use crate::ui::kit::columns::percent;
use crate::ui::kit::room::{Column, share};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;
use crate::words::numbers::number;

/// Draws the words over the columns and a line a metric.
pub fn draw(model: &Model, state: &Pane, metrics: &[(&str, &Series)], pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let days = SPANS[state.span];
    let [name, figures @ ..] = columns(layout::line(area, area.y));
    let words = words::account::metric(lang);
    pen.text(name.x, area.y, name.width, words, Tone::Dim);
    let heads = [
        &words::account::this_period(lang, days),
        words::account::previous_period(lang),
        words::account::change(lang),
        words::account::year_before(lang),
        words::account::change(lang),
    ];
    for (cell, head) in figures.iter().zip(heads) {
        pen.right(cell.right(), area.y, cell.width, head, Tone::Dim);
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
            pen.text(name.x, line.y, name.width, &words, Tone::Text);
            let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number);
            let changed = |to| percent(change(now, to).map(|p| p.round() as i32));
            let cells = [
                (shown(now), Tone::Text),
                (shown(before), Tone::Dim),
                changed(before),
                (shown(year), Tone::Dim),
                changed(year),
            ];
            for (cell, (text, tone)) in figures.iter().zip(cells) {
                pen.right(cell.right(), line.y, cell.width, &text, tone);
            }
        },
    );
}

/// The places of the name and of the five figures after it. Of the figures, the period itself leaves last.
fn columns(line: Rect) -> [Rect; 6] {
    let columns = [
        Column::subject(18, 40),
        Column::text(10, 14, 1),
        Column::text(9, 13, 3),
        Column::text(7, 11, 2),
        Column::text(9, 13, 4),
        Column::text(7, 11, 5),
    ];
    share(line, columns)
}
