//! Tickets: how many a month, what comes again, the figures of support, and each ticket with what is
//! said of it.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::app::account::state::Pane;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::Ticket;
use crate::domain::facts::workload::workload;
use crate::domain::when::add_months;
use crate::services::figures;
use crate::ui::charts;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    if d.tickets.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width,
            words::account::no_tickets(lang),
            Tone::Dim,
        );
        return area.height;
    }
    let mut y = area.y;
    if area.height >= 16 {
        const CHART: u16 = 6;
        months(
            model,
            d,
            pen,
            Rect {
                x: area.x + 1,
                y,
                width: 50.min(area.width - 2),
                height: CHART,
            },
        );
        if area.width >= 90 {
            again(
                model,
                state,
                pen,
                Rect {
                    x: area.x + 54,
                    y,
                    width: area.width.saturating_sub(55),
                    height: CHART,
                },
            );
        }
        y += CHART;
    }
    if let Some(load) = workload(
        &d.tickets,
        model.freshness.tickets,
        model.now.at,
        model.now.zone,
    ) {
        let words =
            figures::support(lang, &load, model.now.today(), state.strong.len()).join(" · ");
        let room = Rect {
            x: area.x + 1,
            y,
            width: area.width - 2,
            height: 2,
        };
        y += pen.wrapped(
            room,
            &words,
            if load.old + load.escalated > 0 {
                Tone::Caution
            } else {
                Tone::Text
            },
        );
    } else if let Some(newest) = model.freshness.tickets {
        let days = (model.now.today() - newest).num_days();
        pen.text(
            area.x + 1,
            y,
            area.width - 2,
            &words::health::fact_support_stale(lang, days),
            Tone::Unknown,
        );
        y += 1;
    }
    pen.rule(area.x, y, area.width);
    let body = Rect {
        y: y + 1,
        height: area.bottom().saturating_sub(y + 1),
        ..area
    };
    let list = state.list();
    for (i, x) in d
        .tickets
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(body.height))
    {
        let y = body.y + (i - list.top) as u16;
        pen.row(body, y, i == list.cursor);
        row(
            model,
            state,
            x,
            pen,
            Rect {
                y,
                height: 1,
                ..body
            },
        );
    }
    body.height
}

/// Tickets a month, for a year.
fn months(model: &Model, d: &Dossier, pen: &mut Pen, area: Rect) {
    let opened: Vec<NaiveDate> = d
        .tickets
        .iter()
        .filter_map(|x| x.opened)
        .map(|o| model.now.zone.day(o))
        .collect();
    let count = |back: i32| {
        let month = add_months(model.now.today().with_day(1)?, -back);
        Some((
            month,
            opened
                .iter()
                .filter(|o| (o.year(), o.month()) == (month.year(), month.month()))
                .count(),
        ))
    };
    let months: Vec<(NaiveDate, usize)> = (0..12).rev().filter_map(count).collect();
    charts::months(pen, area, &months, Tone::Chart);
}

/// What comes again.
fn again(model: &Model, state: &Pane, pen: &mut Pen, area: Rect) {
    if state.repeats.is_empty() {
        return;
    }
    pen.text(
        area.x,
        area.y,
        area.width,
        words::account::repeats(model.lang),
        Tone::Title,
    );
    for (i, issue) in state
        .repeats
        .iter()
        .take(usize::from(area.height) - 1)
        .enumerate()
    {
        pen.text(
            area.x,
            area.y + 1 + i as u16,
            area.width,
            &format!("{}× {}", issue.tickets.len(), issue.subject),
            Tone::Caution,
        );
    }
}

fn row(model: &Model, state: &Pane, x: &Ticket, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let (glyph, tone) = if x.is_open() && x.escalated {
        ("▲", Tone::Bad)
    } else if x.is_open() {
        ("●", Tone::Caution)
    } else {
        ("·", Tone::Dim)
    };
    pen.text(area.x + 1, area.y, 2, glyph, tone);
    let opened = x
        .opened
        .map(|o| model.now.zone.day(o).to_string())
        .unwrap_or_default();
    pen.text(area.x + 3, area.y, 11, &opened, Tone::Dim);
    let age = if x.is_open() {
        x.opened
            .map(|o| {
                words::account::age_days(
                    lang,
                    (model.now.today() - model.now.zone.day(o)).num_days(),
                )
            })
            .unwrap_or_default()
    } else {
        x.hours_to_solve()
            .map(|h| format!("{h:.0}h"))
            .unwrap_or_default()
    };
    pen.right(
        area.x + 20,
        area.y,
        6,
        &age,
        if x.is_open() { tone } else { Tone::Dim },
    );
    pen.text(area.x + 21, area.y, 8, x.priority.words(lang), Tone::Dim);
    // What is said of it above, and what its import noticed.
    let said = [
        (state.repeats.iter().any(|r| r.tickets.contains(&x.id)), "×"),
        (state.strong.contains(&x.id), "!"),
        (!x.oddities.is_empty(), "⚑"),
    ];
    let flags: String = said.iter().filter(|s| s.0).map(|s| s.1).collect();
    let right = area.right() - 14;
    pen.text(right, area.y, 9, x.status.words(lang), Tone::Dim);
    pen.text(area.right() - 4, area.y, 4, &flags, Tone::Caution);
    let subject = if x.subject.is_empty() {
        format!("{} {}", x.id, x.category)
    } else {
        x.subject.clone()
    };
    pen.text(
        area.x + 30,
        area.y,
        right.saturating_sub(area.x + 31),
        &subject,
        if x.is_open() { Tone::Text } else { Tone::Dim },
    );
}
