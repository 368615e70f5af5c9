//! Tickets: how many a month, what comes again, the figures of support, and a line a ticket.

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
use crate::ui::kit::room::{Column, share};
use crate::ui::kit::{layout, list};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words;

/// Rows of what stands above the list where there is room for it.
const CHART: u16 = 6;

/// Draws the tab and returns how many tickets are in sight.
pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    if d.tickets.is_empty() {
        let words = words::account::no_tickets(model.lang);
        pen.text(area.x + 2, area.y + 1, area.width, words, Tone::Dim);
        return area.height;
    }
    let mut y = area.y;
    if area.height >= 16 {
        overview(model, state, d, pen, area);
        y += CHART;
    }
    y += support(model, state, d, pen, area, y);
    pen.rule(area.x, y, area.width);
    let body = layout::from(area, y + 1, u16::MAX);
    list::draw(pen, body, state.list(), &d.tickets, |pen, line, ticket| {
        row(model, state, ticket, pen, line);
    });
    body.height
}

/// The bars by month, and what comes again where there is room beside them.
fn overview(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) {
    let left = Rect {
        x: area.x + 1,
        width: 50.min(area.width - 2),
        height: CHART,
        ..area
    };
    months(model, d, pen, left);
    if area.width >= 90 {
        let right = Rect {
            x: area.x + 54,
            width: area.width.saturating_sub(55),
            height: CHART,
            ..area
        };
        again(model, state, pen, right);
    }
}

/// The figures of support in words, or how old the data is; returns the rows used.
fn support(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect, y: u16) -> u16 {
    let today = model.now.today();
    let newest = model.freshness.tickets;
    if let Some(load) = workload(&d.tickets, newest, model.now.at, model.now.zone) {
        let words = figures::support(model.lang, &load, today, state.strong.len());
        let tone = if load.old + load.escalated > 0 {
            Tone::Caution
        } else {
            Tone::Text
        };
        let room = Rect {
            y,
            height: 2,
            ..layout::inset(area)
        };
        return pen.wrapped(room, &words.join(" · "), tone);
    }
    let Some(newest) = newest else {
        return 0;
    };
    let days = (today - newest).num_days();
    let words = words::health::fact_support_stale(model.lang, days);
    pen.text(area.x + 1, y, area.width - 2, &words, Tone::Unknown);
    1
}

/// Tickets a month, for a year.
fn months(model: &Model, d: &Dossier, pen: &mut Pen, area: Rect) {
    let opened: Vec<NaiveDate> = d
        .tickets
        .iter()
        .filter_map(|ticket| ticket.opened)
        .map(|at| model.now.zone.day(at))
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

/// The issues that come again, each with how many tickets it has.
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

fn row(model: &Model, state: &Pane, ticket: &Ticket, pen: &mut Pen, area: Rect) {
    let lang = model.lang;
    let y = area.y;
    let open = ticket.is_open();
    let (glyph, tone) = match (open, ticket.escalated) {
        (true, true) => ("▲", Tone::Bad),
        (true, false) => ("●", Tone::Caution),
        (false, _) => ("·", Tone::Dim),
    };
    let [sign, date, age, priority, subject, status, marks] = share(
        area,
        [
            Column::always(1),
            Column::fixed(10, 3),
            Column::fixed(6, 1),
            Column::fixed(8, 5),
            Column::subject(20, u16::MAX),
            Column::fixed(9, 4),
            Column::fixed(3, 2),
        ],
    );
    pen.text(sign.x, y, sign.width, glyph, tone);
    let opened = ticket.opened.map(|at| model.now.zone.day(at));
    let day = opened.map(|day| day.to_string()).unwrap_or_default();
    pen.text(date.x, y, date.width, &day, Tone::Dim);
    let old = if open {
        opened.map(|day| words::account::age_days(lang, (model.now.today() - day).num_days()))
    } else {
        ticket.hours_to_solve().map(|h| format!("{h:.0}h"))
    };
    pen.right(age.right(), y, age.width, &old.unwrap_or_default(), tone);
    let words = ticket.priority.words(lang);
    pen.text(priority.x, y, priority.width, words, Tone::Dim);
    let words = ticket.status.words(lang);
    pen.text(status.x, y, status.width, words, Tone::Dim);
    let flags = flags(state, ticket);
    pen.text(marks.x, y, marks.width, &flags, Tone::Caution);
    let words = if ticket.subject.is_empty() {
        format!("{} {}", ticket.id, ticket.category)
    } else {
        ticket.subject.clone()
    };
    let tone = if open { Tone::Text } else { Tone::Dim };
    pen.text(subject.x, y, subject.width, &words, tone);
}

/// Signs for a ticket that comes again, that has strong words, that the import found odd.
fn flags(state: &Pane, ticket: &Ticket) -> String {
    let again = state.repeats.iter().any(|r| r.tickets.contains(&ticket.id));
    let flags = [
        (again, "×"),
        (state.strong.contains(&ticket.id), "!"),
        (!ticket.oddities.is_empty(), "⚑"),
    ];
    flags.iter().filter(|f| f.0).map(|f| f.1).collect()
}
