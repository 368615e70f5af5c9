//! The deals of an account on its overview: the open ones by their day, then the last decided ones.

use ratatui::layout::Rect;

use crate::domain::dossier::Dossier;
use crate::domain::facts::deal::{Deal, DealState, in_order};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Draws as many deals as have room, and how many more there are.
pub fn draw(lang: Lang, d: &Dossier, pen: &mut Pen, area: Rect) {
    // A blank row, the heading, and one deal at least.
    if d.deals.is_empty() || area.height < 3 {
        return;
    }
    let heading = words::account::deals(lang);
    pen.text(area.x, area.y + 1, area.width, heading, Tone::Title);
    let deals = in_order(&d.deals);
    let room = usize::from(area.height - 2);
    let shown = if deals.len() > room {
        room - 1
    } else {
        deals.len()
    };
    let mut y = area.y + 2;
    for deal in &deals[..shown] {
        let (words, tone) = line(lang, deal);
        pen.text(area.x, y, area.width, &words, tone);
        y += 1;
    }
    if shown < deals.len() {
        let words = words::account::more_deals(lang, deals.len() - shown);
        pen.text(area.x, y, area.width, &words, Tone::Dim);
    }
}

/// A deal: the day of its decision, its amount, its step and its name.
fn line(lang: Lang, deal: &Deal) -> (String, Tone) {
    let (sign, tone) = match deal.state {
        DealState::Open => ("◇", Tone::Text),
        DealState::Won => ("◆", Tone::Good),
        DealState::Lost => ("×", Tone::Dim),
    };
    let step = match deal.state {
        DealState::Open => deal.stage.clone(),
        DealState::Won | DealState::Lost => deal.state.words(lang).to_owned(),
    };
    let probability = deal.probability.filter(|_| deal.state == DealState::Open);
    let parts = [
        deal.close.map(|day| day.to_string()),
        deal.amount.map(|m| m.exact()),
        Some(step),
        probability.map(|p| words::account::likely(lang, p)),
        deal.kind.map(|k| k.words(lang).to_owned()),
        Some(deal.name.clone()),
    ];
    let filled: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    (format!("{sign} {}", filled.join(" · ")), tone)
}
