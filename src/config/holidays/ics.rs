//! Holidays of a country as a calendar file: `holidays/nl.ics`.

use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use chrono::{Datelike, Days, NaiveDate};

use super::rule::called;
use crate::config::file::Mistake;
use crate::domain::cadence::place::{Holiday, Observed, Place, Stated, When};
use crate::domain::checkin::agenda::Words;
use crate::domain::text::clean_line;

/// Reads the whole-day events as holidays; its code is the name of the file, without `.ics`. An event that
/// repeats each year is on the same day of each year.
///
/// # Errors
/// A file that is no calendar, or has no whole-day event.
pub fn parse(file: &str, text: &str) -> Result<Place, Vec<Mistake>> {
    let code = file.strip_suffix(".ics").unwrap_or(file);
    if code.is_empty() || !code.bytes().all(|b| b.is_ascii_lowercase()) {
        let why = format!("`{file}`: a file is named by its country: nl.ics");
        return Err(vec![(0, why)]);
    }
    let mut parser = Parser::new(text);
    let mut holidays = Vec::new();
    let mut last = None;
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => read(&calendar, &mut holidays, &mut last),
            Entry::Eof => break,
            _ => {}
        }
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

fn read(calendar: &ICalendar, holidays: &mut Vec<Holiday>, last: &mut Option<i32>) {
    /// An event of more days is no holiday.
    const LONGEST: usize = 14;
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
        let yearly = event.property(&ICalendarProperty::Rrule).is_some();
        let whens = if yearly {
            dates
                .iter()
                .map(|d| When::Fixed(d.month(), d.day()))
                .collect()
        } else {
            *last = (*last).max(dates.iter().map(Datelike::year).max());
            vec![When::Dates(dates)]
        };
        let name = text(&ICalendarProperty::Summary).unwrap_or_default();
        holidays.extend(whens.into_iter().map(|when| Holiday {
            name: Words::both(&name),
            when,
            observed: Observed::Never,
            moves: false,
            regions: Vec::new(),
            years: (i32::MIN, i32::MAX),
            except: Vec::new(),
        }));
    }
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

    #[test]
    fn a_file_without_whole_days_is_refused() {
        for (file, text) in [("nl.ics", "hello"), ("nl.ics", ""), ("my holidays.ics", NL)] {
            assert!(parse(file, text).is_err(), "{file} {text}");
        }
    }
}
