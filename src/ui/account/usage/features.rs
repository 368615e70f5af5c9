//! The features: how much each is used, and how many other accounts of the tier use it.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::account::state::{Pane, SPANS};
use crate::app::model::Model;
use crate::domain::facts::usage::Series;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Columns of the longest bar.
const BAR: f64 = 8.0;

/// A feature and its sum over the span; none where nothing is known of it.
type Used<'a> = (&'a str, Option<f64>);

/// Draws a line a feature, the most used first.
pub fn draw(model: &Model, state: &Pane, features: &[(&str, &Series)], pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let until = state
        .dossier
        .as_ref()
        .and_then(|d| d.usage.features_until(model.now.today()));
    let used = most_used_first(features, until, SPANS[state.span]);
    let breadth = if until.is_some() {
        let in_use = used.iter().filter(|f| f.1.is_some_and(|n| n > 0.0));
        in_use.count().to_string()
    } else {
        words::common::unknown(lang).to_owned()
    };
    let title = [
        (words::account::features(lang), Tone::Title),
        ("  ", Tone::Dim),
        (&format!("{breadth}/{}", features.len()), Tone::Dim),
    ];
    pen.pieces(area.x + 1, area.y, area.width, &title);
    let peers = words::account::peers(lang);
    pen.right(area.right() - 1, area.y, 10, peers, Tone::Dim);
    let most = used.first().and_then(|f| f.1).unwrap_or(1.0).max(1.0);
    let rows = usize::from(area.height.saturating_sub(1));
    for (y, feature) in (area.y + 1..).zip(used.iter().take(rows)) {
        let peers = state.peers.get(feature.0).copied();
        row(lang, pen, Rect { y, ..area }, *feature, most, peers);
    }
}

fn most_used_first<'a>(
    features: &[(&'a str, &Series)],
    until: Option<NaiveDate>,
    days: i64,
) -> Vec<Used<'a>> {
    let mut used: Vec<Used> = features
        .iter()
        .map(|(name, series)| (*name, until.map(|to| series.sum(to, days).unwrap_or(0.0))))
        .collect();
    used.sort_by(|a, b| b.1.unwrap_or(0.0).total_cmp(&a.1.unwrap_or(0.0)));
    used
}

fn row(lang: Lang, pen: &mut Pen, area: Rect, (name, sum): Used, most: f64, peers: Option<f64>) {
    let n = sum.unwrap_or(0.0);
    let in_use = n > 0.0;
    let tone = if in_use { Tone::Text } else { Tone::Dim };
    pen.text(area.x + 1, area.y, 14, name, tone);
    let filled = (n / most * BAR).ceil() as usize;
    let glyph = if pen.theme.ascii { "#" } else { "▆" };
    let bar = glyph.repeat(filled);
    pen.text(area.x + 16, area.y, BAR as u16, &bar, Tone::Chart);
    let (words, tone) = match sum {
        Some(n) if in_use => (words::numbers::short(n), Tone::Dim),
        Some(n) => (words::numbers::short(n), Tone::Bad),
        None => (words::common::unknown(lang).to_owned(), Tone::Dim),
    };
    pen.right(area.right() - 6, area.y, 5, &words, tone);
    // A feature that half of the peers use and this account does not stands out.
    let missed = sum.is_some() && !in_use && peers.is_some_and(|share| share >= 0.5);
    let words = peers
        .map(|share| format!("{:.0}%", share * 100.0))
        .unwrap_or_default();
    let tone = if missed { Tone::Caution } else { Tone::Dim };
    pen.right(area.right() - 1, area.y, 5, &words, tone);
}
