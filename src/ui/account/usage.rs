//! Usage: the metrics as a table against the period and the year before, the chosen one as a
//! chart, seats, and which features are used.

use chrono::{Duration, NaiveDate};
use ratatui::layout::Rect;

use crate::app::account::state::{Pane, SPANS};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::dossier::Dossier;
use crate::domain::facts::adoption::active_of_seats;
use crate::domain::facts::change_points::{
    change_points as turns, odd_days, visit_frequency as often,
};
use crate::domain::facts::usage::{ACTIVE_USERS, LOGINS, Series, change};
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::services::figures;
use crate::ui::charts;
use crate::ui::kit::columns::percent;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::numbers::number;
use crate::words::{self, Lang};

pub fn draw(model: &Model, state: &Pane, d: &Dossier, pen: &mut Pen, area: Rect) -> u16 {
    let lang = model.lang;
    if d.usage.0.is_empty() {
        pen.text(
            area.x + 2,
            area.y + 1,
            area.width.saturating_sub(4),
            words::account::no_usage(lang),
            Tone::Dim,
        );
        return area.height;
    }
    let today = model.now.today();
    let days = SPANS[state.span];
    let list = state.list();
    let metrics: Vec<(&String, &Series)> = d.usage.0.iter().collect();
    let table = (metrics.len() as u16).min(area.height / 3).max(3);
    // Header of the table.
    let columns = columns(area.width);
    pen.text(
        area.x + 1,
        area.y,
        columns[0],
        words::account::metric(lang),
        Tone::Dim,
    );
    for (i, text) in [
        words::account::this_period(lang, days),
        words::account::previous_period(lang).to_owned(),
        words::account::change(lang).to_owned(),
        words::account::year_before(lang).to_owned(),
        words::account::change(lang).to_owned(),
    ]
    .iter()
    .enumerate()
    {
        pen.right(columns[i + 1], area.y, 12, text, Tone::Dim);
    }
    for (i, (metric, series)) in metrics
        .iter()
        .enumerate()
        .skip(list.top)
        .take(usize::from(table))
    {
        let y = area.y + 1 + (i - list.top) as u16;
        pen.row(area, y, i == list.cursor);
        let last = charts::last_day(series, today);
        let (now, before, year) = (
            series.daily(metric, last, days),
            series.daily(metric, last - Duration::days(days), days),
            series.daily(metric, last - Duration::days(365), days),
        );
        pen.text(
            area.x + 1,
            y,
            columns[0],
            &words::usage::metric_name(lang, metric),
            Tone::Text,
        );
        let show = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), number);
        pen.right(columns[1], y, 12, &show(now), Tone::Text);
        pen.right(columns[2], y, 12, &show(before), Tone::Dim);
        let (text, tone) = percent(change(now, before).map(|p| p.round() as i32));
        pen.right(columns[3], y, 8, &text, tone);
        pen.right(columns[4], y, 12, &show(year), Tone::Dim);
        let (text, tone) = percent(change(now, year).map(|p| p.round() as i32));
        pen.right(columns[5], y, 8, &text, tone);
    }
    pen.over = Default::default();
    let mut y = area.y + 1 + table;
    pen.rule(area.x, y, area.width);
    pen.text(
        area.x + 1,
        y,
        area.width,
        &format!(" {} ", words::account::peers_hint(lang)),
        Tone::Dim,
    );
    y += 1;
    y = seats(
        model,
        state,
        d,
        pen,
        Rect {
            y,
            height: 1,
            ..area
        },
        today,
    );
    let mut words = figures::adoption(lang, &d.usage, today);
    // What went wrong is read even where there is little room.
    words.sort_by_key(|w| !w.starts_with('▲'));
    let words = words.join(" · ");
    let trouble = words.contains('▲');
    let words = if pen.theme.ascii {
        words.replace('▲', "^").replace(" · ", " - ")
    } else {
        words
    };
    if !words.is_empty() {
        let room = Rect {
            x: area.x + 1,
            y,
            width: area.width - 2,
            height: if area.height >= 18 { 2 } else { 1 },
        };
        y += pen.wrapped(
            room,
            &words,
            if trouble { Tone::Caution } else { Tone::Text },
        );
    }
    let below = Rect {
        y,
        height: area.bottom().saturating_sub(y),
        ..area
    };
    let features: Vec<(&str, &Series)> = d.usage.features().collect();
    let side = if area.width >= 100 && !features.is_empty() {
        34
    } else {
        0
    };
    if let Some((metric, series)) = metrics.get(list.cursor) {
        let last = charts::last_day(series, today);
        let legend = [
            (
                if pen.theme.ascii { "-" } else { "⠤⠤" },
                Tone::Chart,
                words::account::this_line(lang),
            ),
            (
                if pen.theme.ascii { "." } else { "••" },
                Tone::ChartBefore,
                words::account::before_line(lang),
            ),
        ];
        let room: usize = legend
            .iter()
            .map(|(mark, _, word)| wrap::width(mark) + wrap::width(word) + 3)
            .sum();
        let chart = Rect {
            width: below.width - side,
            ..below
        };
        pen.text(
            chart.x + 1,
            chart.y,
            if usize::from(chart.width) > room + 50 {
                chart.width - room as u16 - 2
            } else {
                chart.width - 1
            },
            &if state.calendar {
                format!(
                    "{} · {}",
                    words::usage::metric_name(lang, metric),
                    words::account::calendar_legend(lang)
                )
            } else {
                format!(
                    "{} · {} → {last}{}",
                    words::usage::metric_name(lang, metric),
                    last - Duration::days(days - 1),
                    written(lang, series, last, days)
                )
            },
            Tone::Accent,
        );
        if !state.calendar && usize::from(chart.width) > room + 50 {
            let mut x = chart.right() - room as u16;
            for (mark, tone, word) in legend {
                x = pen.pieces(
                    x,
                    chart.y,
                    room as u16,
                    &[(mark, tone), (" ", Tone::Dim), (word, Tone::Dim)],
                ) + 2;
            }
        }
        let (turns, odd) = (
            turns(metric, series, last),
            odd_days(metric, series, last, days),
        );
        let inside = Rect {
            x: chart.x + 1,
            y: chart.y + 1,
            width: chart.width - 2,
            height: chart.height.saturating_sub(1),
        };
        // What the chart marks, in words: the latest of each.
        let mut marked: Vec<String> = Vec::new();
        if let Some(turn) = turns
            .iter()
            .rfind(|x| (last - x.date).num_days() < days.max(90))
        {
            marked.push(words::account::turn(
                lang,
                words::dates::day(lang, turn.date, today),
                number(turn.before),
                number(turn.after),
                words::numbers::signed(turn.percent().round() as i64),
            ));
        }
        if let Some(day) = odd.last() {
            marked.push(words::account::odd_day(
                lang,
                words::dates::day(lang, day.date, today),
                number(day.value),
                number(day.expected),
            ));
        }
        let words = marked.join(" · ");
        if !words.is_empty() && inside.height > 6 {
            pen.text(inside.x, inside.y, inside.width, &words, Tone::Caution);
        }
        let down = u16::from(!words.is_empty() && inside.height > 6);
        let inside = Rect {
            y: inside.y + down,
            height: inside.height - down,
            ..inside
        };
        if state.calendar {
            charts::heat(lang, pen, inside, metric, series, today);
        } else {
            charts::lines(lang, pen, inside, series, last, days, (&turns, &odd));
        }
    }
    if side > 0 {
        adoption(
            model,
            state,
            pen,
            Rect {
                x: below.right() - side,
                width: side,
                ..below
            },
            &features,
            today,
            days,
        );
    }
    table
}

/// How the line is to be read, where it is not a number for each day.
fn written(lang: Lang, series: &Series, last: NaiveDate, days: i64) -> String {
    match rhythm(series, last) {
        Rhythm::Spaced(gap) => format!(" · {}", words::account::spaced(lang, gap)),
        Rhythm::Daily if days > 31 => format!(" · {}", words::account::weekly_mean(lang)),
        Rhythm::Daily | Rhythm::Irregular(_) => String::new(),
    }
}

/// Right edges of the five figures, and the width of the name before them.
fn columns(width: u16) -> [u16; 6] {
    let step = ((width.saturating_sub(20)) / 5).clamp(8, 14);
    let start = width.saturating_sub(step * 5 + 1);
    [
        start.saturating_sub(1),
        start + step,
        start + 2 * step,
        start + 3 * step,
        start + 4 * step,
        start + 5 * step,
    ]
}

fn seats(
    model: &Model,
    state: &Pane,
    d: &Dossier,
    pen: &mut Pen,
    area: Rect,
    today: NaiveDate,
) -> u16 {
    let lang = model.lang;
    let seats = model.book.get(&state.id).and_then(|r| r.standing.seats);
    let Some((active, seats)) = active_of_seats(&d.usage, seats, today) else {
        return area.y;
    };
    let come = [LOGINS, ACTIVE_USERS]
        .iter()
        .find_map(|m| often(d.usage.0.get(*m)?, today))
        .map(|o| words::account::they_come(lang, o.words(lang)))
        .unwrap_or_default();
    let share = active / f64::from(seats);
    let filled = (share.min(1.0) * 20.0).round() as usize;
    let bar = if pen.theme.ascii {
        format!("{}{}", "#".repeat(filled), ".".repeat(20 - filled))
    } else {
        format!("{}{}", "█".repeat(filled), "░".repeat(20 - filled))
    };
    let tone = if share < 0.1 {
        Tone::Bad
    } else if share <= 0.5 {
        Tone::Caution
    } else {
        Tone::Good
    };
    pen.pieces(
        area.x + 1,
        area.y,
        area.width - 2,
        &[
            (&bar, tone),
            ("  ", Tone::Dim),
            (
                &words::account::active_of_seats(
                    lang,
                    number(active),
                    seats,
                    number(share * 100.0),
                ),
                Tone::Text,
            ),
            ("  ", Tone::Dim),
            (&come, Tone::Dim),
        ],
    );
    area.y + 1
}

fn adoption(
    model: &Model,
    state: &Pane,
    pen: &mut Pen,
    area: Rect,
    features: &[(&str, &Series)],
    today: NaiveDate,
    days: i64,
) {
    let lang = model.lang;
    // Breadth: how many of them are used; and what others of the tier use.
    let until = state
        .dossier
        .as_ref()
        .and_then(|d| d.usage.features_until(today));
    let mut used: Vec<(&str, Option<f64>)> = features
        .iter()
        .map(|(f, s)| (*f, until.map(|to| s.sum(to, days).unwrap_or(0.0))))
        .collect();
    used.sort_by(|a, b| b.1.unwrap_or(0.0).total_cmp(&a.1.unwrap_or(0.0)));
    let breadth = until.map_or_else(
        || words::common::unknown(lang).to_owned(),
        |_| {
            used.iter()
                .filter(|f| f.1.is_some_and(|n| n > 0.0))
                .count()
                .to_string()
        },
    );
    pen.pieces(
        area.x + 1,
        area.y,
        area.width,
        &[
            (words::account::features(lang), Tone::Title),
            ("  ", Tone::Dim),
            (&format!("{breadth}/{}", features.len()), Tone::Dim),
        ],
    );
    pen.right(
        area.right() - 1,
        area.y,
        10,
        words::account::peers(lang),
        Tone::Dim,
    );
    let top = used.first().and_then(|f| f.1).unwrap_or(1.0).max(1.0);
    for (i, (feature, sum)) in used
        .iter()
        .take(usize::from(area.height.saturating_sub(1)))
        .enumerate()
    {
        let y = area.y + 1 + i as u16;
        let n = sum.unwrap_or(0.0);
        pen.text(
            area.x + 1,
            y,
            14,
            feature,
            if n > 0.0 { Tone::Text } else { Tone::Dim },
        );
        let filled = (n / top * 8.0).ceil() as usize;
        let glyph = if pen.theme.ascii { "#" } else { "▆" };
        pen.text(area.x + 16, y, 8, &glyph.repeat(filled), Tone::Chart);
        let share = state.peers.get(*feature).copied();
        let (told, tone) = sum.map_or_else(
            || (words::common::unknown(lang).to_owned(), Tone::Dim),
            |n| {
                (
                    words::numbers::short(n),
                    if n > 0.0 { Tone::Dim } else { Tone::Bad },
                )
            },
        );
        pen.right(area.right() - 6, y, 5, &told, tone);
        // What half of the others use and this one does not.
        let missed = sum.is_some_and(|n| n <= 0.0) && share.is_some_and(|s| s >= 0.5);
        pen.right(
            area.right() - 1,
            y,
            5,
            &share
                .map(|s| format!("{:.0}%", s * 100.0))
                .unwrap_or_default(),
            if missed { Tone::Caution } else { Tone::Dim },
        );
    }
}
