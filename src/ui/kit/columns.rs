//! Columns that several lists have: dates, renewals, changes in percent, and the words over them.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::domain::standing::Standing;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::{self, Lang};

/// The columns of the widest date that a list writes with `words`. A date of another year is wider than
/// one of this year, and the widest month depends on the language.
pub fn date_width(today: NaiveDate, words: impl Fn(NaiveDate) -> String) -> u16 {
    let late_in = |month| NaiveDate::from_ymd_opt(today.year() - 1, month, 28);
    let dates = (1..=12).filter_map(late_in);
    let widths = dates.map(|date| wrap::width(&words(date)) as u16);
    widths.max().unwrap_or_default()
}

/// The renewal as a countdown, and its tone.
pub fn renewal(lang: Lang, date: NaiveDate, today: NaiveDate) -> (String, Tone) {
    let days = (date - today).num_days();
    if days < 0 {
        return (words::account::renewal_past(lang, -days), Tone::Bad);
    }
    let tone = if days <= 30 {
        Tone::Bad
    } else if days <= 90 {
        Tone::Caution
    } else {
        Tone::Text
    };
    (words::account::renewal_in(lang, days), tone)
}

/// The next renewal of an account as a countdown. Where the customer can say no until an earlier day, that day counts, and
/// both are shown.
pub fn next_renewal(lang: Lang, s: &Standing, today: NaiveDate) -> Option<(String, Tone)> {
    let date = s.renewal?;
    let (renews, tone) = renewal(lang, date, today);
    let Some(last) = s.decide_by else {
        return Some((renews, tone));
    };
    let days = (last - today).num_days();
    let on = words::dates::day(lang, last, today);
    if days < 0 {
        return Some((
            format!("{renews} · {}", words::account::notice_over(lang, on)),
            tone,
        ));
    }
    let tone = renewal(lang, last, today).1;
    Some((
        format!(
            "{renews} · {}",
            words::account::notice_until(lang, on, days)
        ),
        tone,
    ))
}

/// Words over the columns of a list, laid into the rule above it: `(column from the left, word)`.
pub fn headings(pen: &mut Pen, area: Rect, words: &[(u16, &str)]) {
    pen.rule(area.x, area.y, area.width);
    for (at, word) in words {
        pen.text(
            area.x + at,
            area.y,
            area.width.saturating_sub(*at),
            &format!(" {word} "),
            Tone::Dim,
        );
    }
}

/// The same, each word ending at its column.
pub fn headings_right(pen: &mut Pen, y: u16, words: &[(u16, &str)]) {
    for (right, word) in words {
        pen.right(*right, y, 14, &format!(" {word}"), Tone::Dim);
    }
}

/// A change in percent with its tone.
pub fn percent(change: Option<i32>) -> (String, Tone) {
    match change {
        None => (String::new(), Tone::Dim),
        Some(n) => (
            format!("{}%", words::numbers::signed(i64::from(n))),
            if n <= -30 {
                Tone::Bad
            } else if n <= -10 {
                Tone::Caution
            } else if n >= 10 {
                Tone::Good
            } else {
                Tone::Dim
            },
        ),
    }
}
