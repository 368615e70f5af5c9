//! Holidays of a country as a calendar file: `holidays/nl.ics`.

use calcard::icalendar::{
    ICalendar, ICalendarComponentType, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use calcard::{Entry, Parser};
use chrono::{Datelike, Days, NaiveDate};

use super::rule::called;
use crate::config::file::Mistake;
use crate::domain::cadence::place::{Holiday, Observed, Place, Stated, When};
use crate::domain::checkin::agenda::Words;
use crate::domain::text::clean_line;

/// Reads the whole-day events as holidays; its code is the name of the file, without `.ics`. An event may
/// repeat each year, on its date or on a weekday of its month ("the last Monday of May").
///
/// # Errors
/// A file that is no calendar or has no whole-day event, and events that repeat in another way.
pub fn parse(file: &str, text: &str) -> Result<Place, Vec<Mistake>> {
    let code = file.strip_suffix(".ics").unwrap_or(file);
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase()) {
        let why = format!("`{file}`: a file is named by its country: nl.ics");
        return Err(vec![(0, why)]);
    }
    let mut parser = Parser::new(text);
    let mut holidays = Vec::new();
    let mut last = None;
    let mut mistakes = Vec::new();
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                mistakes.extend(read(&calendar, &mut holidays, &mut last));
            }
            Entry::Eof => break,
            _ => {}
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    if holidays.is_empty() {
        return Err(vec![(0, "there is no whole-day event in it".to_owned())]);
    }
    let name = Words::both(code.to_ascii_uppercase());
    Ok(Place::new(Stated {
        code: code.to_owned(),
        also: called(&name, &[]),
        name,
        regions: Vec::new(),
        assumed: None,
        until: last,
        holidays,
        closures: Vec::new(),
    }))
}

/// Adds the holidays of a calendar. Returns the events that repeat in a way that no holiday does.
fn read(calendar: &ICalendar, holidays: &mut Vec<Holiday>, last: &mut Option<i32>) -> Vec<Mistake> {
    /// Days that are read of one event.
    const LONGEST: usize = 14;
    let mut mistakes = Vec::new();
    let events = calendar.components.iter();
    for event in events.filter(|c| c.component_type == ICalendarComponentType::VEvent) {
        let text = |wanted: &ICalendarProperty| {
            let property = event.property(wanted)?;
            property.values.first()?.as_text().map(clean_line)
        };
        let day = |wanted: &ICalendarProperty| match event.property(wanted)?.values.first()? {
            ICalendarValue::PartialDateTime(at) if at.hour.is_none() => {
                NaiveDate::from_ymd_opt(at.year?.into(), at.month?.into(), at.day?.into())
            }
            _ => None,
        };
        let Some(first) = day(&ICalendarProperty::Dtstart) else {
            continue;
        };
        let end = day(&ICalendarProperty::Dtend).filter(|end| *end > first);
        let end = end.unwrap_or(first + Days::new(1));
        let dates: Vec<NaiveDate> = first
            .iter_days()
            .take_while(|d| *d < end)
            .take(LONGEST)
            .collect();
        let name = text(&ICalendarProperty::Summary).unwrap_or_default();
        let rule = event
            .property(&ICalendarProperty::Rrule)
            .map(|property| property.values.first());
        let (whens, years) = match rule {
            None => {
                *last = (*last).max(dates.iter().map(Datelike::year).max());
                (vec![When::Dates(dates)], (i32::MIN, i32::MAX))
            }
            Some(value) => {
                let known = match value {
                    Some(ICalendarValue::RecurrenceRule(rule)) => yearly(rule, &dates)
                        .map(|whens| (whens, (first.year(), until(rule, first)))),
                    _ => None,
                };
                let Some(known) = known else {
                    let why = format!(
                        "`{name}` repeats in a way that is not understood: write its days as single events"
                    );
                    mistakes.push((0, why));
                    continue;
                };
                known
            }
        };
        holidays.extend(whens.into_iter().map(|when| Holiday {
            name: Words::both(&name),
            when,
            observed: Observed::Never,
            moves: false,
            regions: Vec::new(),
            years,
            except: Vec::new(),
        }));
    }
    mistakes
}

/// The days of a yearly event: its dates, or the weekday of its month that the rule names. None for other rules.
fn yearly(rule: &ICalendarRecurrenceRule, dates: &[NaiveDate]) -> Option<Vec<When>> {
    let each_year = rule.freq == ICalendarFrequency::Yearly && rule.interval.is_none_or(|i| i == 1);
    let plain = rule.bysetpos.is_empty()
        && rule.byyearday.is_empty()
        && rule.byweekno.is_empty()
        && rule.count.is_none()
        && rule.bymonth.len() <= 1
        && rule.bymonthday.len() <= 1;
    if !each_year || !plain {
        return None;
    }
    match (&rule.byday[..], dates) {
        ([], _) => Some(
            dates
                .iter()
                .map(|d| When::Fixed(d.month(), d.day()))
                .collect(),
        ),
        ([day], [date]) if rule.bymonth.len() == 1 && rule.bymonthday.is_empty() => {
            let nth = i8::try_from(day.ordwk?).ok()?;
            (nth == -1 || (1..=5).contains(&nth)).then(|| {
                vec![When::Nth {
                    nth,
                    weekday: date.weekday(),
                    month: date.month(),
                }]
            })
        }
        _ => None,
    }
}

/// The last year of a rule that ends.
fn until(rule: &ICalendarRecurrenceRule, first: NaiveDate) -> i32 {
    let end = rule.until.as_ref().and_then(|at| {
        let year = i32::from(at.year?);
        let reached = (u32::from(at.month?), u32::from(at.day?)) >= (first.month(), first.day());
        Some(if reached { year } else { year - 1 })
    });
    end.unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NL: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270427\r\n\
        DTEND;VALUE=DATE:20270428\r\nSUMMARY:Koningsdag\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\n\
        DTSTART;VALUE=DATE:20251225\r\nDTEND;VALUE=DATE:20251227\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Kerstmis\r\n\
        END:VEVENT\r\nBEGIN:VEVENT\r\nUID:3\r\nDTSTART:20270501T090000Z\r\nSUMMARY:a meeting\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";

    #[test]
    fn whole_days_are_holidays_and_meetings_are_not() {
        let place = parse("nl.ics", NL).expect("a place");
        let named = |y, m, d| {
            let day = NaiveDate::from_ymd_opt(y, m, d).expect("a day");
            place.holiday(None, day).map(|h| h.name.en.clone())
        };
        assert_eq!(named(2027, 4, 27).as_deref(), Some("Koningsdag"));
        assert_eq!(named(2027, 4, 28), None, "the end is not in it");
        assert_eq!(
            named(2030, 12, 26).as_deref(),
            Some("Kerstmis"),
            "each year, two days"
        );
        assert_eq!(named(2027, 5, 1), None);
        assert_eq!(place.until, Some(2027));
    }

    /// A calendar of one yearly event.
    fn one(start: &str, rule: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:{start}\r\n\
            RRULE:{rule}\r\nSUMMARY:Memorial Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    #[test]
    fn a_weekday_of_a_month_is_no_fixed_date_and_a_rule_may_end() {
        let memorial = one("20260525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO");
        let place = parse("us.ics", &memorial).expect("a place");
        let on = |place: &Place, y, m, d| {
            let day = NaiveDate::from_ymd_opt(y, m, d).expect("a day");
            place.holiday(None, day).is_some()
        };
        assert!(
            on(&place, 2027, 5, 31) && !on(&place, 2027, 5, 25),
            "the last Monday"
        );
        let ended =
            parse("us.ics", &one("20250704", "FREQ=YEARLY;UNTIL=20270101")).expect("a place");
        assert!(
            on(&ended, 2026, 7, 4) && !on(&ended, 2027, 7, 4),
            "it ended"
        );
        assert!(!on(&ended, 2024, 7, 4), "it had not begun");
    }

    #[test]
    fn other_repetitions_are_named_and_not_guessed() {
        for rule in [
            "FREQ=MONTHLY",
            "FREQ=YEARLY;INTERVAL=2",
            "FREQ=YEARLY;COUNT=3",
            "FREQ=YEARLY;BYDAY=MO",
            "FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU",
        ] {
            let mistakes = parse("us.ics", &one("20260525", rule)).expect_err(rule);
            assert!(
                mistakes[0].1.contains("Memorial Day"),
                "{rule}: {mistakes:?}"
            );
        }
    }

    #[test]
    fn a_file_without_whole_days_is_refused() {
        for (file, text) in [("nl.ics", "hello"), ("nl.ics", ""), ("my holidays.ics", NL)] {
            assert!(parse(file, text).is_err(), "{file} {text}");
        }
    }
}
