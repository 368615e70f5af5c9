//! Hostile text in meetings: the calendar has one event for each, and no property that we did not write.

use chrono::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::domain::text::is_unsafe;
use crate::services::packet::tests::hostile;

proptest! {
    #[test]
    fn events_are_one_for_each_meeting_and_nothing_else(
        texts in proptest::collection::vec((hostile(), hostile(), hostile(), hostile()), 1..4),
        named in any::<bool>(),
    ) {
        let at = Utc.with_ymd_and_hms(2026, 12, 1, 1, 0, 0).unwrap();
        let meetings: Vec<Meeting> = texts
            .into_iter()
            .enumerate()
            .map(|(n, (account, summary, description, place))| Meeting {
                uid: named.then(|| format!("{n}{account}@kenshin")),
                account,
                kind: Kind::Checkin,
                start: at + Duration::days(n as i64),
                minutes: 30,
                day: false,
                summary,
                description,
                place,
                agreed: true,
                cancelled: false,
            })
            .collect();
        let now = Now::new(at - Duration::days(3), Zone::utc());
        let (text, _) = write(&meetings, &[], &|_| false, now, Lang::En);
        prop_assert!(!text.replace("\r\n", "").chars().any(|c| is_unsafe(c) || c == '\n'), "{text:?}");
        let read = ICalendar::parse(&text).expect("a calendar");
        let of = |kind: ICalendarComponentType| read.components.iter().filter(move |c| c.component_type == kind);
        prop_assert_eq!(of(ICalendarComponentType::VEvent).count(), meetings.len());
        // The calendar itself, and for each meeting an event and its alarm.
        prop_assert_eq!(read.components.len(), 1 + 2 * meetings.len());
        for (event, meeting) in of(ICalendarComponentType::VEvent).zip(&meetings) {
            for entry in &event.entries {
                let known = matches!(
                    entry.name,
                    ICalendarProperty::Uid | ICalendarProperty::Dtstamp | ICalendarProperty::Sequence
                        | ICalendarProperty::Dtstart | ICalendarProperty::Dtend | ICalendarProperty::Summary
                        | ICalendarProperty::Description | ICalendarProperty::Status | ICalendarProperty::Location
                );
                prop_assert!(known, "{:?} in {text:?}", entry.name);
            }
            let summary = event.property(&ICalendarProperty::Summary).and_then(|p| p.values.first()?.as_text());
            prop_assert_eq!(summary.unwrap_or_default(), clean_line(&meeting.summary));
        }
    }
}
