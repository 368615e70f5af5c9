//! A usage series as a calendar, darker where there was more.

use chrono::{Datelike, Duration, NaiveDate};
use ratatui::layout::Rect;

use crate::domain::facts::change_points::calendar;
use crate::domain::facts::usage::{Series, date_of};
use crate::domain::signals::level::{Rhythm, rhythm};
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// A column a week, a row a weekday. Numbers that come every month are drawn by month instead.
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
    for (y, name) in (area.y + 1..).zip(words::dates::weekdays(lang)) {
        pen.text(area.x, y, 3, name, Tone::Dim);
    }
    let this_monday = to - Duration::days(i64::from(to.weekday().num_days_from_monday()));
    let mut month = 0;
    for (w, week) in grid.iter().enumerate() {
        let x = area.x + 4 + 2 * w as u16;
        let monday = this_monday - Duration::days(7 * (grid.len() - 1 - w) as i64);
        if monday.month() != month {
            month = monday.month();
            pen.text(x, area.y, 3, &month.to_string(), Tone::Dim);
        }
        for (y, level) in (area.y + 1..).zip(week) {
            let (glyph, tone) = match level {
                None => (" ".repeat(2), Tone::Dim),
                Some(0) => (glyphs[0].to_owned(), Tone::Dim),
                Some(n) => (glyphs[usize::from(*n).min(4)].repeat(2), Tone::Chart),
            };
            pen.text(x, y, 2, &glyph, tone);
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
