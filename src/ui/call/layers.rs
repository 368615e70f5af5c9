//! What lies over a call: the time left planned anew, the account at hand, a call to go on with.

use ratatui::layout::Rect;

use crate::app::call::state::Layer;
use crate::app::kit::geometry::Geometry;
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::ui::drawn::{Drawn, at, centre};
use crate::ui::kit::notice;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw_layer(model: &Model, pen: &mut Pen, area: Rect, layer: &Layer) -> Drawn {
    match layer {
        Layer::Replan(plan) => replan(model, pen, area, plan),
        Layer::AtHand { blocks, scroll } => at_hand(model, pen, area, blocks, *scroll),
        Layer::Resume(checkin) => resume(model, pen, area, checkin),
    }
}

/// The time left over the sections to come: as it is, and as it would be.
fn replan(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    plan: &crate::domain::checkin::pacing::Plan,
) -> Drawn {
    let lang = model.lang;
    let clock = super::clock;
    let seconds = |s: u32| clock(chrono::Duration::seconds(i64::from(s)));
    let short = plan.short > chrono::Duration::zero();
    let title = words::call::replan_title(lang, clock(plan.left));
    let inside = pen.frame(
        centre(area, 70, plan.targets.len() as u16 + 4 + u16::from(short)),
        &title,
    );
    let mut y = inside.y;
    let sections = model
        .call
        .open
        .as_ref()
        .map(|l| &l.checkin.sections[..])
        .unwrap_or_default();
    for (i, now, then) in plan
        .targets
        .iter()
        .take(usize::from(inside.height.saturating_sub(2)))
    {
        let name = sections.get(*i).map_or("", |s| model.lang.pick(&s.name));
        pen.text(
            inside.x,
            y,
            inside.width.saturating_sub(20),
            name,
            Tone::Text,
        );
        let tone = match then.cmp(now) {
            std::cmp::Ordering::Less => Tone::Caution,
            std::cmp::Ordering::Greater => Tone::Good,
            std::cmp::Ordering::Equal => Tone::Dim,
        };
        pen.right(
            inside.right(),
            y,
            18,
            &format!("{} → {}", seconds(*now), seconds(*then)),
            tone,
        );
        y += 1;
    }
    if short {
        pen.text(
            inside.x,
            y,
            inside.width,
            &words::call::replan_short(lang, clock(plan.short)),
            Tone::Bad,
        );
    }
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::call::replan_keys(lang),
        Tone::Dim,
    );
    at(1, inside.width, None)
}

fn at_hand(
    model: &Model,
    pen: &mut Pen,
    area: Rect,
    blocks: &[crate::services::brief::Block],
    scroll: usize,
) -> Drawn {
    let lang = model.lang;
    let name = model.call.open.as_ref().map_or("", |l| l.name.as_str());
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
            lines.extend(
                wrap::phrases(item, width)
                    .into_iter()
                    .map(|l| (format!("  {l}"), tone)),
            );
        }
    }
    if let Some(row) = model
        .call
        .open
        .as_ref()
        .and_then(|l| model.book.get(&l.checkin.account))
    {
        let spark: String = row
            .standing
            .spark
            .iter()
            .map(|l| {
                if *l == crate::domain::standing::GAP {
                    " "
                } else {
                    pen.theme.spark(*l)
                }
            })
            .collect();
        lines.push((
            format!("{}  {spark}", words::account::usage(lang)),
            Tone::Chart,
        ));
    }
    let rows = usize::from(inside.height.saturating_sub(1));
    let most = lines.len().saturating_sub(rows);
    for (dy, (text, tone)) in lines.iter().skip(scroll.min(most)).take(rows).enumerate() {
        pen.text(inside.x, inside.y + dy as u16, inside.width, text, *tone);
    }
    pen.text(
        inside.x,
        inside.bottom().saturating_sub(1),
        inside.width,
        words::call::at_hand_keys(lang),
        Tone::Dim,
    );
    let drawn = at(inside.height.saturating_sub(1), inside.width, None);
    Drawn {
        geometry: Geometry {
            most,
            ..drawn.geometry
        },
        ..drawn
    }
}

fn resume(model: &Model, pen: &mut Pen, area: Rect, id: &crate::domain::ids::RecordId) -> Drawn {
    let lang = model.lang;
    let lines = model
        .book
        .checkins
        .get(id)
        .map(|c| {
            let local = model.now.zone.local(c.started().unwrap_or(c.created));
            let when = format!(
                "{} {}",
                words::dates::day(lang, local.date(), model.now.today()),
                local.format("%H:%M")
            );
            vec![words::call::resume_text(
                lang,
                model.book.name(&c.account),
                &when,
            )]
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
