//! What several views of the cadence show: a week's load, its bar, a day with its weekday.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::app::kit::wrap;
use crate::app::model::Model;
use crate::domain::cadence::avoided::{OfCountries, holidays_abroad};
use crate::domain::cadence::capacity::Week;
use crate::domain::checkin::agenda::Words;
use crate::ui::pen::Pen;
use crate::ui::theme::Tone;
use crate::words::numbers::number;
use crate::words::{self, Lang};

/// Hours in few digits.
pub fn hours(minutes: u32) -> String {
    number((f64::from(minutes) / 6.0).round() / 10.0)
}

/// A week's load as words and a bar, where there is room for them.
pub fn load(model: &Model, pen: &mut Pen, area: Rect, week: &Week, before: &str) {
    let lang = model.lang;
    let nothing = week.budget == 0 && week.load == 0;
    let load = if nothing {
        words::cadence::week_over(lang).to_owned()
    } else {
        words::cadence::week_load(lang, hours(week.load), hours(week.budget))
    };
    let words = format!("{before}{load}");
    let tone = if week.over() > 0 {
        Tone::Bad
    } else {
        Tone::Dim
    };
    const BAR: u16 = 10;
    let width = wrap::width(&words) as u16;
    if width + BAR < area.width && !nothing {
        let bar = bar(pen, week, BAR);
        pen.right(
            area.right(),
            area.y,
            BAR,
            &bar,
            if week.over() > 0 {
                Tone::Bad
            } else {
                Tone::Chart
            },
        );
        pen.right(area.right() - BAR - 1, area.y, width, &words, tone);
    } else if width <= area.width {
        pen.right(area.right(), area.y, width, &words, tone);
    }
}

/// How full a week is: filled up to its budget, and an end that says when there is more.
pub fn bar(pen: &Pen, week: &Week, width: u16) -> String {
    let width = usize::from(width);
    let full = if week.budget == 0 {
        if week.load > 0 { width } else { 0 }
    } else {
        (week.load as usize * width)
            .div_ceil(week.budget as usize)
            .min(width)
    };
    let (on, off, over) = if pen.theme.ascii {
        ("#", ".", ">")
    } else {
        ("▓", "░", "▶")
    };
    let mut out = on.repeat(full) + &off.repeat(width - full);
    if week.over() > 0 && width > 0 {
        out = on.repeat(width - 1) + over;
    }
    out
}

/// The holidays of customers in other places on a day: their names.
pub fn abroad(model: &Model, day: NaiveDate) -> Vec<String> {
    let found = holidays_abroad(&model.config.cadence, &model.cadence.abroad, day);
    let name = |(named, _): &OfCountries| words::days_off::holiday(model.lang, named);
    found.iter().map(name).collect()
}

/// The same, with the countries and the number of accounts in each.
pub fn abroad_in_full(model: &Model, day: NaiveDate) -> Vec<String> {
    let lang = model.lang;
    let found = holidays_abroad(&model.config.cadence, &model.cadence.abroad, day);
    let line = |(named, countries): &OfCountries| {
        let name = words::days_off::holiday(lang, named);
        let one = |c: &(&Words, usize)| words::days_off::abroad_count(lang, lang.pick(c.0), c.1);
        let countries: Vec<String> = countries.iter().map(one).collect();
        words::days_off::abroad(lang, name, countries.join(words::common::list_comma(lang)))
    };
    found.iter().map(line).collect()
}

/// A day with its weekday.
pub fn day(model: &Model, day: NaiveDate) -> String {
    let lang = model.lang;
    let weekday = words::dates::weekday(lang, chrono::Datelike::weekday(&day));
    match model.lang {
        Lang::Ja => format!(
            "{}({weekday})",
            words::dates::day(lang, day, model.now.today())
        ),
        Lang::En => format!(
            "{weekday} {}",
            words::dates::day(lang, day, model.now.today())
        ),
    }
}
