//! Usage: the metrics as a table, seats and adoption in words, the chosen metric as a chart, and
//! which features are used.

mod chart;
mod features;
mod seats;
mod table;

use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::domain::facts::usage::Series;
use crate::services::figures;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// From this width the features stand beside the chart.
const WIDE: u16 = 100;
const FEATURES: u16 = 34;

/// Draws the tab and returns how many metrics are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.usage.0.is_empty() {
        let room = area.width.saturating_sub(4);
        let words = words::account::no_usage(model.lang);
        pen.text(area.x + 2, area.y + 1, room, words, Tone::Dim);
        return area.height;
    }
    let metrics: Vec<(&str, &Series)> = d.usage.0.iter().map(|(m, s)| (m.as_str(), s)).collect();
    let rows = (metrics.len() as u16).min(area.height / 3).max(3);
    let top = Rect {
        height: rows + 1,
        ..area
    };
    table::draw(model, state, &metrics, pen, top);
    let mut y = top.bottom();
    pen.rule(area.x, y, area.width);
    let hint = format!(" {} ", words::account::peers_hint(model.lang));
    pen.text(area.x + 1, y, area.width, &hint, Tone::Dim);
    y += 1;
    y += seats::draw(model, state, d, pen, layout::line(area, y));
    y += adoption(model, d, pen, area, y);
    let below = layout::from(area, y, u16::MAX);
    let features: Vec<(&str, &Series)> = d.usage.features().collect();
    let side = if area.width >= WIDE && !features.is_empty() {
        FEATURES
    } else {
        0
    };
    if let Some(metric) = metrics.get(state.list().cursor) {
        let left = Rect {
            width: below.width - side,
            ..below
        };
        chart::draw(model, state, *metric, pen, left);
    }
    if side > 0 {
        let right = Rect {
            x: below.right() - side,
            width: side,
            ..below
        };
        features::draw(model, state, &features, pen, right);
    }
    rows
}

/// Breadth and depth of use in words. Trouble comes first, so that it is read even where there is
/// room for one line only. Returns the rows used.
fn adoption(model: &Model, d: &Dossier, pen: &mut Pen, area: Rect, y: u16) -> u16 {
    let mut parts = figures::adoption(model.lang, &d.usage, model.now.today());
    if parts.is_empty() {
        return 0;
    }
    parts.sort_by_key(|part| !part.starts_with('▲'));
    let mut words = parts.join(" · ");
    let tone = if words.contains('▲') {
        Tone::Caution
    } else {
        Tone::Text
    };
    if pen.theme.ascii {
        words = words.replace('▲', "^").replace(" · ", " - ");
    }
    let room = Rect {
        y,
        height: if area.height >= 18 { 2 } else { 1 },
        ..layout::inset(area)
    };
    pen.wrapped(room, &words, tone)
}
