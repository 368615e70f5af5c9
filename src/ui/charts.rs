//! Charts of a usage series: this period over the one before and the year before.

use chrono::{Datelike, Duration, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};

use super::pen::Pen;
use super::theme::Tone;
use crate::domain::facts::change_points::{ChangePoint as Turn, OddDay as Odd, calendar};
use crate::domain::facts::usage::{Series, date_of, day_number};
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::words::{self, Lang};

/// Draws the days that end on `to`, with the period before behind them. Days without data are
/// gaps, not zeros: a line is broken where more than a few days are missing, or more than a number of
/// those that come every week or month. Spans of more than a month are drawn as seven-day means.
/// Turns stand as uprights, odd days as points.
pub fn lines(
    lang: Lang,
    pen: &mut Pen,
    area: Rect,
    series: &Series,
    to: NaiveDate,
    days: i64,
    marks: (&[Turn], &[Odd]),
) {
    if area.width < 16 || area.height < 4 {
        return;
    }
    let start = day_number(to) as i64 - days + 1;
    let rhythm = rhythm(series, to);
    let gap = match rhythm {
        Rhythm::Spaced(gap) => gap + gap / 2 + 2,
        Rhythm::Daily | Rhythm::Irregular(_) => 4,
    };
    // Over a quarter or a year the week's own rhythm would hide everything else.
    let smooth = days > 31 && rhythm == Rhythm::Daily;
    let window = |offset: i64| -> Vec<Vec<(f64, f64)>> {
        let from = to - Duration::days(days - 1 + offset);
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut last: Option<i64> = None;
        for (day, daily) in series.between(from, to - Duration::days(offset)) {
            let value = if smooth {
                series.mean(date_of(*day), 7).unwrap_or(*daily)
            } else {
                *daily
            };
            let x = i64::from(*day) + offset - start;
            if last.is_none_or(|l| x - l > gap) {
                runs.push(Vec::new());
            }
            last = Some(x);
            if let Some(run) = runs.last_mut() {
                run.push((x as f64, value));
            }
        }
        runs
    };
    let (now, before) = (window(0), window(days));
    let top = now
        .iter()
        .chain(&before)
        .flatten()
        .fold(1.0_f64, |a, p| a.max(p.1))
        * 1.05;
    // The period before is dotted: the two are told apart without colours.
    let (marker, marker_before) = if pen.theme.ascii {
        (Marker::Dot, Marker::Dot)
    } else {
        (Marker::Braille, Marker::Dot)
    };
    fn set(run: &[(f64, f64)], marker: Marker, style: Style) -> Dataset<'_> {
        Dataset::default()
            .marker(marker)
            .graph_type(GraphType::Line)
            .style(style)
            .data(run)
    }
    let (style, style_before) = (
        pen.theme.style(Tone::Chart),
        pen.theme.style(Tone::ChartBefore),
    );
    let mut sets: Vec<Dataset> = before
        .iter()
        .map(|r| set(r, marker_before, style_before))
        .collect();
    sets.extend(now.iter().map(|r| set(r, marker, style)));
    let x = |date: NaiveDate| i64::from(day_number(date)) - start;
    let inside = |date: NaiveDate| (0..days).contains(&x(date));
    let uprights: Vec<Vec<(f64, f64)>> = marks
        .0
        .iter()
        .filter(|m| inside(m.date))
        .map(|m| vec![(x(m.date) as f64, 0.0), (x(m.date) as f64, top)])
        .collect();
    let odd: Vec<(f64, f64)> = marks
        .1
        .iter()
        .filter(|o| inside(o.date))
        .map(|o| (x(o.date) as f64, o.value.min(top)))
        .collect();
    sets.extend(
        uprights
            .iter()
            .map(|u| set(u, marker, pen.theme.style(Tone::Caution))),
    );
    if !odd.is_empty() {
        sets.push(
            Dataset::default()
                .marker(Marker::Dot)
                .graph_type(GraphType::Scatter)
                .style(pen.theme.style(Tone::Bad))
                .data(&odd),
        );
    }
    let dim = pen.theme.style(Tone::Dim);
    let label = |days_back: i64| {
        Span::styled(
            (to - Duration::days(days_back))
                .format(words::dates::day_format(lang))
                .to_string(),
            dim,
        )
    };
    let half = words::numbers::number(top / 2.1);
    let chart = Chart::new(sets)
        .x_axis(
            Axis::default()
                .style(dim)
                .bounds([0.0, (days - 1) as f64])
                .labels([label(days - 1), label(days / 2), label(0)]),
        )
        .y_axis(Axis::default().style(dim).bounds([0.0, top]).labels([
            Span::styled("0", dim),
            Span::styled(half, dim),
            Span::styled(words::numbers::number(top / 1.05), dim),
        ]));
    chart.render(area, pen.buf);
    if pen.theme.ascii {
        for (x, y) in area
            .columns()
            .flat_map(|c| c.rows().map(move |r| (c.x, r.y)))
        {
            let plain = match pen.buf[(x, y)].symbol() {
                "•" => "*",
                "│" => "|",
                "─" => "-",
                "└" => "+",
                _ => continue,
            };
            pen.buf[(x, y)].set_symbol(plain);
        }
    }
}

/// A calendar: a column a week, a row a weekday, darker where there was more.
pub fn heat(lang: Lang, pen: &mut Pen, area: Rect, metric: &str, series: &Series, to: NaiveDate) {
    if area.width < 12 || area.height < 8 {
        return;
    }
    if let Rhythm::Spaced(20..) = rhythm(series, to) {
        return months_of_years(pen, area, series, to);
    }
    let weeks = usize::from((area.width - 4) / 2).min(53);
    let grid = calendar(metric, series, to, weeks);
    let glyphs = if pen.theme.ascii {
        [".", "-", "=", "+", "#"]
    } else {
        ["·", "░", "▒", "▓", "█"]
    };
    for (d, name) in words::dates::weekdays(lang).into_iter().enumerate() {
        pen.text(area.x, area.y + 1 + d as u16, 3, name, Tone::Dim);
    }
    let mut month = 0;
    for (w, week) in grid.iter().enumerate() {
        let x = area.x + 4 + 2 * w as u16;
        let monday = to
            - Duration::days(i64::from(to.weekday().num_days_from_monday()))
            - Duration::days(7 * (grid.len() - 1 - w) as i64);
        if monday.month() != month {
            month = monday.month();
            pen.text(x, area.y, 3, &month.to_string(), Tone::Dim);
        }
        for (d, level) in week.iter().enumerate() {
            let (glyph, tone) = match level {
                None => (" ", Tone::Dim),
                Some(0) => (glyphs[0], Tone::Dim),
                Some(n) => (glyphs[usize::from(*n).min(4)], Tone::Chart),
            };
            pen.text(
                x,
                area.y + 1 + d as u16,
                2,
                &glyph.repeat(if *level == Some(0) { 1 } else { 2 }),
                tone,
            );
        }
    }
}

/// Numbers a month as a grid: a row a year, a column a month, darker where there was more.
fn months_of_years(pen: &mut Pen, area: Rect, series: &Series, to: NaiveDate) {
    const WIDTH: u16 = 4;
    let glyphs = if pen.theme.ascii {
        ["-", "=", "+", "#"]
    } else {
        ["░", "▒", "▓", "█"]
    };
    let years = i32::from(area.height.saturating_sub(1).min(6));
    let first = NaiveDate::from_ymd_opt(to.year() - years + 1, 1, 1).unwrap_or(to);
    let points = series.between(first, to);
    let top = points.iter().map(|p| p.1).fold(0.0_f64, f64::max);
    for month in 1..=12_u16 {
        pen.text(
            area.x + 2 + month * WIDTH,
            area.y,
            WIDTH,
            &month.to_string(),
            Tone::Dim,
        );
    }
    // The newest year on top.
    for (day, value) in points {
        let date = date_of(*day);
        let (x, y) = (
            area.x + 2 + date.month() as u16 * WIDTH,
            area.y + 1 + (to.year() - date.year()) as u16,
        );
        pen.text(area.x, y, 4, &date.year().to_string(), Tone::Dim);
        match (value / top.max(f64::MIN_POSITIVE) * 4.0).ceil() {
            level if level >= 1.0 => pen.text(
                x,
                y,
                2,
                &glyphs[(level as usize).min(4) - 1].repeat(2),
                Tone::Chart,
            ),
            _ => pen.text(x, y, 1, if pen.theme.ascii { "." } else { "·" }, Tone::Dim),
        };
    }
}

/// Bars by month, the last on the right.
pub fn months(pen: &mut Pen, area: Rect, counts: &[(NaiveDate, usize)], tone: Tone) {
    let top = counts.iter().map(|c| c.1).max().unwrap_or(0).max(1);
    let width = 4;
    for (i, (month, count)) in counts
        .iter()
        .rev()
        .take(usize::from(area.width / width))
        .enumerate()
    {
        let x = area.right().saturating_sub((i as u16 + 1) * width);
        let rows = area.height.saturating_sub(2);
        let filled = (count * usize::from(rows) * 8).div_ceil(top);
        for row in 0..rows {
            let level = filled.saturating_sub(usize::from(row) * 8).min(8);
            if level > 0 {
                let glyph = pen.theme.spark(level as u8 - 1).repeat(2);
                pen.text(x, area.y + rows - row, 2, &glyph, tone);
            }
        }
        if *count > 0 {
            let y = (area.y + rows).saturating_sub(filled.div_ceil(8) as u16);
            pen.text(x, y, 3, &count.to_string(), Tone::Dim);
        }
        pen.text(
            x,
            area.bottom() - 1,
            3,
            &month.format("%m").to_string(),
            Tone::Dim,
        );
    }
}

/// The last day a chart should end on: the data's own, so that a late feed is no cliff.
pub fn last_day(series: &Series, today: NaiveDate) -> NaiveDate {
    series
        .between(NaiveDate::MIN, today)
        .last()
        .map_or(today, |p| date_of(p.0))
}
