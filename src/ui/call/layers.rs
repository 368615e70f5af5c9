//! What lies over a call: the time left planned again, the account at hand, a call to go on with.

use std::cmp::Ordering;

use chrono::Duration;
use ratatui::layout::Rect;

use super::parts::{clock, time_of_day};
use crate::app::call::state::Layer;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::checkin::pacing::Plan;
use crate::domain::ids::RecordId;
use crate::services::brief::Block;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::bars::spark;
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Draws a layer of a call over what is there.
pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    match layer {
        Layer::Replan(plan) => replan(model, pen, area, plan),
        Layer::AtHand { blocks, scroll } => at_hand(model, pen, area, blocks, *scroll),
        Layer::Resume(checkin) => resume(model, pen, area, checkin),
    }
}

/// The time left, shared among the sections to come: as it is now, and as it would be.
fn replan(model: &Model, pen: &mut Pen, area: Rect, plan: &Plan) -> Drawn {
    let lang = model.lang;
    let seconds = |s: u32| clock(Duration::seconds(i64::from(s)));
    let short = plan.short > Duration::zero();
    let inside = pen.frame(
        centre(area, 70, plan.targets.len() as u16 + 4 + u16::from(short)),
        &words::call::replan_title(lang, clock(plan.left)),
    );
    let mut y = inside.y;
    let sections = model
        .call
        .open
        .as_ref()
        .map(|call| &call.checkin.sections[..])
        .unwrap_or_default();
    let rows = usize::from(inside.height.saturating_sub(2));
    for (i, now, then) in plan.targets.iter().take(rows) {
        let name = sections.get(*i).map_or("", |s| lang.pick(&s.name));
        let room = inside.width.saturating_sub(20);
        pen.text(inside.x, y, room, name, Tone::Text);
        let tone = match then.cmp(now) {
            Ordering::Less => Tone::Caution,
            Ordering::Greater => Tone::Good,
            Ordering::Equal => Tone::Dim,
        };
        let change = format!("{} → {}", seconds(*now), seconds(*then));
        pen.right(inside.right(), y, 18, &change, tone);
        y += 1;
    }
    if short {
        let words = words::call::replan_short(lang, clock(plan.short));
        pen.text(inside.x, y, inside.width, &words, Tone::Bad);
    }
    let y = inside.bottom().saturating_sub(1);
    let keys = words::call::replan_keys(lang);
    pen.text(inside.x, y, inside.width, keys, Tone::Dim);
    at(1, inside.width, None)
}

/// The brief and the usage of the account, to look something up during the call.
fn at_hand(model: &Model, pen: &mut Pen, area: Rect, blocks: &[Block], scroll: usize) -> Drawn {
    let lang = model.lang;
    let call = model.call.open.as_ref();
    let name = call.map_or("", |call| call.name.as_str());
    let inside = pen.frame(
        centre(area, 100, area.height.saturating_sub(2)),
        &words::call::at_hand_title(lang, name),
    );
    let width = usize::from(inside.width.saturating_sub(3)).max(8);
    let mut lines: Vec<(String, Tone)> = Vec::new();
    for block in blocks {
        lines.push((block.title.to_owned(), Tone::Title));
        for item in &block.items {
            let tone = if item.starts_with('▲') {
                Tone::Bad
            } else {
                Tone::Text
            };
            let wrapped = wrap::phrases(item, width).into_iter();
            lines.extend(wrapped.map(|l| (format!("  {l}"), tone)));
        }
    }
    if let Some(row) = call.and_then(|call| model.book.get(&call.checkin.account)) {
        let spark = spark(pen.theme, &row.standing.spark);
        let words = format!("{}  {spark}", words::account::usage(lang));
        lines.push((words, Tone::Chart));
    }
    let keys = words::call::at_hand_keys(lang);
    notice::lines(pen, inside, &lines, scroll, keys)
}

/// The question whether a call that was interrupted goes on.
fn resume(model: &Model, pen: &mut Pen, area: Rect, id: &RecordId) -> Drawn {
    let lang = model.lang;
    let lines = model
        .book
        .checkins
        .get(id)
        .map(|checkin| {
            let started = checkin.started().unwrap_or(checkin.created);
            let date = model.now.zone.local(started).date();
            let day = words::dates::day(lang, date, model.now.today());
            let when = format!("{day} {}", time_of_day(model, started));
            let name = model.book.name(&checkin.account);
            vec![words::call::resume_text(lang, name, &when)]
        })
        .unwrap_or_default();
    notice::draw(
        pen,
        area,
        words::call::resume_title(lang),
        &lines,
        0,
        words::call::resume_keys(lang),
    )
}
