//! A usage series as lines: the period over the one before it.

use chrono::{Duration, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use crate::domain::facts::change_points::{ChangePoint, OddDay};
use crate::domain::facts::usage::{Series, date_of, day_number};
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// Points that are drawn as one line: days since the first of the chart, and the value.
type Run = Vec<(f64, f64)>;

/// Draws the days that end on `to`, with the period before behind them. Changes of level stand as
/// uprights, odd days as points.
pub fn lines(
    lang: Lang,
    pen: &mut Pen,
    area: Rect,
    series: &Series,
    to: NaiveDate,
    days: i64,
    (changes, odd): (&[ChangePoint], &[OddDay]),
) {
    if area.width < 16 || area.height < 4 {
        return;
    }
    let now = runs(series, to, days, 0);
    let before = runs(series, to, days, days);
    let points = now.iter().chain(&before).flatten();
    let top = points.fold(1.0_f64, |most, p| most.max(p.1)) * 1.05;
    let x = |date: NaiveDate| {
        let x = days - 1 - (to - date).num_days();
        (0..days).contains(&x).then_some(x as f64)
    };
    let uprights: Vec<Run> = changes
        .iter()
        .filter_map(|c| x(c.date))
        .map(|x| vec![(x, 0.0), (x, top)])
        .collect();
    let odd: Run = odd
        .iter()
        .filter_map(|o| Some((x(o.date)?, o.value.min(top))))
        .collect();
    // The period before is dotted: the two are told apart without colours.
    let marker = if pen.theme.ascii {
        Marker::Dot
    } else {
        Marker::Braille
    };
    let [style, style_before, caution, bad] =
        [Tone::Chart, Tone::ChartBefore, Tone::Caution, Tone::Bad].map(|tone| pen.theme.mark(tone));
    let mut sets: Vec<Dataset> = Vec::new();
    sets.extend(
        before
            .iter()
            .map(|run| line(run, Marker::Dot, style_before)),
    );
    sets.extend(now.iter().map(|run| line(run, marker, style)));
    sets.extend(uprights.iter().map(|run| line(run, marker, caution)));
    if !odd.is_empty() {
        sets.push(line(&odd, Marker::Dot, bad).graph_type(GraphType::Scatter));
    }
    let (axis, dim) = (pen.theme.mark(Tone::Dim), pen.theme.style(Tone::Dim));
    Chart::new(sets)
        .x_axis(days_axis(lang, to, days, dim).style(axis))
        .y_axis(values_axis(top, dim).style(axis))
        .render(area, pen.buf);
    if pen.theme.ascii {
        in_ascii(pen, area);
    }
}

/// The lines of the days that end `back` days before `to`. Days without data are gaps, not zeros: a
/// line is broken where more than a few days are missing, or more than one number of those that come
/// every week or month.
fn runs(series: &Series, to: NaiveDate, days: i64, back: i64) -> Vec<Run> {
    let rhythm = rhythm(series, to);
    let gap = match rhythm {
        Rhythm::Spaced(gap) => gap + gap / 2 + 2,
        Rhythm::Daily | Rhythm::Irregular(_) => 4,
    };
    // Over more than a month the week's own rhythm would hide everything else, so it is smoothed.
    let smooth = days > 31 && rhythm == Rhythm::Daily;
    let start = i64::from(day_number(to)) - days + 1;
    let from = to - Duration::days(days - 1 + back);
    let mut runs: Vec<Run> = Vec::new();
    let mut last: Option<i64> = None;
    for (day, daily) in series.between(from, to - Duration::days(back)) {
        let value = if smooth {
            series.mean(date_of(*day), 7).unwrap_or(*daily)
        } else {
            *daily
        };
        let x = i64::from(*day) + back - start;
        if last.is_none_or(|l| x - l > gap) {
            runs.push(Run::new());
        }
        last = Some(x);
        if let Some(run) = runs.last_mut() {
            run.push((x as f64, value));
        }
    }
    runs
}

fn line(run: &Run, marker: Marker, style: Style) -> Dataset<'_> {
    Dataset::default()
        .marker(marker)
        .graph_type(GraphType::Line)
        .style(style)
        .data(run)
}

/// The first day, the one in the middle and the last.
fn days_axis(lang: Lang, to: NaiveDate, days: i64, style: Style) -> Axis<'static> {
    let label = |back: i64| {
        let day = to - Duration::days(back);
        let format = words::dates::day_format(lang);
        Span::styled(day.format(format).to_string(), style)
    };
    Axis::default().bounds([0.0, (days - 1) as f64]).labels([
        label(days - 1),
        label(days / 2),
        label(0),
    ])
}

/// Zero, half of the largest value and that value; there is a little room above it.
fn values_axis(top: f64, style: Style) -> Axis<'static> {
    let label = |value: f64| Span::styled(words::numbers::number(value), style);
    Axis::default().bounds([0.0, top]).labels([
        Span::styled("0", style),
        label(top / 2.1),
        label(top / 1.05),
    ])
}

/// Replaces what the chart draws with signs that every terminal has.
fn in_ascii(pen: &mut Pen, area: Rect) {
    for position in area.positions() {
        let plain = match pen.buf[position].symbol() {
            "•" => "*",
            "│" => "|",
            "─" => "-",
            "└" => "+",
            _ => continue,
        };
        pen.buf[position].set_symbol(plain);
    }
}
