//! What lies over the cadence: how touches would be spread, and what an edit changes in a plan.

use ratatui::layout::Rect;

use super::parts::hours;
use crate::app::cadence::state::Layer;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::cadence::spread::Proposal;
use crate::ui::drawn::{Drawn, centre};
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a layer of the cadence over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    match layer {
        Layer::Spread { proposal, scroll } => spread(model, pen, area, proposal, *scroll),
        Layer::Diff { title, lines } => {
            let keys = words::cadence::diff_keys(model.lang);
            notice::draw(pen, area, title, lines, 0, keys)
        }
    }
}

fn spread(model: &Model, pen: &mut Pen, area: Rect, proposal: &Proposal, scroll: usize) -> Drawn {
    let lang = model.lang;
    let columns = usize::from(area.width.min(96).saturating_sub(6));
    let lines = proposed(model, proposal, columns);
    let inside = pen.frame(
        centre(area, 96, area.height.saturating_sub(2)),
        words::cadence::smooth_title(lang),
    );
    let keys = words::cadence::smooth_keys(lang);
    notice::lines(pen, inside, &lines, scroll, keys)
}

/// What it would bring, the weeks that stay too full, the weeks that change, then each move.
fn proposed(model: &Model, p: &Proposal, columns: usize) -> Vec<(String, Tone)> {
    let lang = model.lang;
    let day = |date| words::dates::day(lang, date, model.now.today());
    let before = p.before.iter().map(|w| w.load).max().unwrap_or(0);
    let after = p.after.iter().copied().max().unwrap_or(0);
    let head = words::cadence::smooth_head(lang, p.moves.len(), hours(before), hours(after));
    let mut lines = vec![(head, Tone::Title)];
    for (monday, minutes, who) in &p.short {
        let names: Vec<&str> = who.iter().take(8).map(|a| model.book.name(a)).collect();
        let more = if who.len() > 8 {
            format!(" {}", words::cadence::more(lang, who.len() - 8))
        } else {
            String::new()
        };
        let names = format!("{}{more}", names.join(words::common::list_comma(lang)));
        let words = words::cadence::smooth_short(lang, day(*monday), hours(*minutes), names);
        let wrapped = wrap::hanging(&words, columns).into_iter();
        lines.extend(wrapped.map(|line| (line, Tone::Bad)));
    }
    let weeks = p.before.iter().zip(&p.after);
    for (week, after) in weeks.filter(|(week, after)| week.load != **after) {
        let words = format!(
            "{}  {} → {} / {}",
            words::cadence::smooth_week(lang, day(week.monday)),
            hours(week.load),
            hours(*after),
            words::cadence::hours(lang, hours(week.budget))
        );
        let over = *after > week.budget;
        lines.push((words, if over { Tone::Bad } else { Tone::Text }));
    }
    for moved in &p.moves {
        let (from, to) = (day(moved.from), day(moved.to));
        let name = model.book.name(&moved.account);
        let kind = moved.kind.words(lang);
        lines.push((format!("  {from} → {to}  {name} · {kind}"), Tone::Dim));
    }
    lines
}
