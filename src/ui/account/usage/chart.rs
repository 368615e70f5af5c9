//! The chosen metric as a chart: its title with the legend, what stands out in words, and the lines or
//! the calendar.

use chrono::{Duration, NaiveDate};
use ratatui::layout::Rect;

use crate::app::account::state::{Pane, SPANS};
use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::facts::change_points::{ChangePoint, OddDay, change_points, odd_days};
use crate::domain::facts::usage::Series;
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::ui::charts;
use crate::ui::kit::layout;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::numbers::{number, signed};
use crate::words::{self, Lang};

/// Columns the title needs beside the legend.
const TITLE: usize = 50;

/// Draws the series of a metric over the chosen span.
pub fn draw(
    model: &Model,
    state: &Pane,
    (metric, series): (&str, &Series),
    pen: &mut Pen,
    area: Rect,
) {
    let lang = model.lang;
    let today = model.now.today();
    let days = SPANS[state.span];
    let last = charts::last_day(series, today);
    let name = words::usage::metric_name(lang, metric);
    let title = if state.calendar {
        format!("{name} · {}", words::account::calendar_legend(lang))
    } else {
        let first = last - Duration::days(days - 1);
        let spacing = spacing(lang, series, last, days);
        format!("{name} · {first} → {last}{spacing}")
    };
    heading(lang, pen, area, &title, !state.calendar);
    let points = change_points(metric, series, last);
    let odd = odd_days(metric, series, last, days);
    let mut inside = layout::below(layout::inset(area), 1);
    let recent = points
        .iter()
        .rfind(|p| (last - p.date).num_days() < days.max(90));
    let words = standing_out(lang, today, recent, odd.last());
    if !words.is_empty() && inside.height > 6 {
        pen.text(inside.x, inside.y, inside.width, &words, Tone::Caution);
        inside = layout::below(inside, 1);
    }
    if state.calendar {
        charts::heat(lang, pen, inside, metric, series, today);
    } else {
        charts::lines(lang, pen, inside, series, last, days, (&points, &odd));
    }
}

/// The title, and the legend of the two lines at its right where both have room.
fn heading(lang: Lang, pen: &mut Pen, area: Rect, title: &str, lines: bool) {
    let (now, before) = if pen.theme.ascii {
        ("-", ".")
    } else {
        ("⠤⠤", "••")
    };
    let legend = [
        (now, Tone::Chart, words::account::this_line(lang)),
        (before, Tone::ChartBefore, words::account::before_line(lang)),
    ];
    let room: usize = legend
        .iter()
        .map(|(mark, _, word)| wrap::width(mark) + wrap::width(word) + 3)
        .sum();
    let fits = usize::from(area.width) > room + TITLE;
    let room = room as u16;
    let width = if fits {
        area.width - room - 2
    } else {
        area.width - 1
    };
    pen.text(area.x + 1, area.y, width, title, Tone::Accent);
    if lines && fits {
        let mut x = area.right() - room;
        for (mark, tone, word) in legend {
            let pieces = [(mark, tone), (" ", Tone::Dim), (word, Tone::Dim)];
            x = pen.pieces(x, area.y, room, &pieces) + 2;
        }
    }
}

/// How the line is to be read, where it is not a number for each day.
fn spacing(lang: Lang, series: &Series, last: NaiveDate, days: i64) -> String {
    match rhythm(series, last) {
        Rhythm::Spaced(gap) => format!(" · {}", words::account::spaced(lang, gap)),
        Rhythm::Daily if days > 31 => format!(" · {}", words::account::weekly_mean(lang)),
        Rhythm::Daily | Rhythm::Irregular(_) => String::new(),
    }
}

/// The change of level and the odd day that the chart marks, in words.
fn standing_out(
    lang: Lang,
    today: NaiveDate,
    point: Option<&ChangePoint>,
    odd: Option<&OddDay>,
) -> String {
    let point = point.map(|p| {
        words::account::turn(
            lang,
            words::dates::day(lang, p.date, today),
            number(p.before),
            number(p.after),
            signed(p.percent().round() as i64),
        )
    });
    let odd = odd.map(|o| {
        words::account::odd_day(
            lang,
            words::dates::day(lang, o.date, today),
            number(o.value),
            number(o.expected),
        )
    });
    let parts: Vec<String> = point.into_iter().chain(odd).collect();
    parts.join(" · ")
}
