//! Recurrences and spans as people type them, in both languages: `second tue 10:00`, `every 2 weeks
//! thu`, `第2火曜 10:00`, `隔週木曜`, `毎月15日`; `12/1-12/31`.

mod read;
mod spans;

pub use read::{read, typed};
pub use spans::{spans, typed_spans};

pub use super::dates::{hours, moment};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::recurrence::{On, Recurrence};
    use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("day")
    }

    #[test]
    fn recurrences_in_both_languages() {
        let ten = NaiveTime::from_hms_opt(10, 0, 0);
        let nth = |nth, weekday| On::Nth { nth, weekday };
        let week = |weekday| On::Week { weekday };
        let second = (nth(2, Weekday::Tue), 1);
        let thursdays = (week(Weekday::Thu), 2);
        for (text, (on, every), time) in [
            ("second tue 10:00", second, ten),
            ("second Tuesday of each month, 10:00", second, ten),
            ("第2火曜 10:00", second, ten),
            ("毎月第二火曜日 10時", second, ten),
            ("毎月第2火曜10時", second, ten),
            ("毎月第２火曜日の午前１０時", second, ten),
            ("second tue at 10am", second, ten),
            ("every second tuesday 10:00 AM", second, ten),
            ("every 2 weeks thu", thursdays, None),
            ("every other thursday", thursdays, None),
            ("隔週木曜", thursdays, None),
            (
                "毎週金 9:30",
                (week(Weekday::Fri), 1),
                NaiveTime::from_hms_opt(9, 30, 0),
            ),
            ("day 15", (On::Day { day: 15 }, 1), None),
            ("毎月１５日", (On::Day { day: 15 }, 1), None),
            ("last fri", (nth(-1, Weekday::Fri), 1), None),
            ("最終金曜", (nth(-1, Weekday::Fri), 1), None),
            ("3か月ごと第1月曜", (nth(1, Weekday::Mon), 3), None),
        ] {
            assert_eq!(
                read(text, today()),
                Some(Recurrence {
                    on,
                    every,
                    from: today() + Duration::days(1),
                    time
                }),
                "{text}"
            );
        }
        for text in [
            "",
            "tue",
            "10:00",
            "sixth tue",
            "day 32",
            "隔週",
            "第6火曜",
            "whenever",
        ] {
            assert_eq!(read(text, today()), None, "{text}");
        }
    }

    #[test]
    fn spans_hours_and_moments() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("day");
        let found = spans("12/1-12/31* 繁忙期, 2027-01-10..2027-02-05", today()).expect("spans");
        assert_eq!(
            (
                found[0].from,
                found[0].to,
                found[0].yearly,
                found[0].reason.as_str()
            ),
            (day(12, 1), day(12, 31), true, "繁忙期")
        );
        assert_eq!(
            found[1].from,
            NaiveDate::from_ymd_opt(2027, 1, 10).expect("day")
        );
        assert_eq!(spans(&typed_spans(&found), today()), Some(found));
        assert_eq!(spans("", today()), Some(vec![]));
        assert_eq!(spans("12/1", today()), None);
        assert_eq!(
            hours("10:00〜16:00"),
            NaiveTime::from_hms_opt(10, 0, 0).zip(NaiveTime::from_hms_opt(16, 0, 0))
        );
        assert_eq!(hours("10-16"), None);
        let now = crate::domain::when::Now::new(
            chrono::DateTime::UNIX_EPOCH + Duration::days(20_781),
            crate::domain::when::Zone::utc(),
        );
        assert_eq!(
            moment("12/8 14:30", now).map(|m| m.naive_utc()),
            Some(day(12, 8).and_hms_opt(14, 30, 0).expect("time"))
        );
        assert_eq!(moment("soon", now), None);
    }

    proptest! {
        #[test]
        fn a_written_recurrence_reads_back(nth in prop::sample::select(vec![-1_i8, 1, 2, 3, 4, 5]), w in 0_u8..7, every in 1_u32..7, kind in 0..3, day in 1_u32..=31, time in prop::option::of((0_u32..24, 0_u32..60)), ja in any::<bool>()) {
            let weekday = Weekday::try_from(w).expect("weekday");
            let on = match kind { 0 => On::Week { weekday }, 1 => On::Nth { nth, weekday }, _ => On::Day { day } };
            let r = Recurrence { on, every, from: today() + Duration::days(1), time: time.and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0)) };
            prop_assert_eq!(read(&typed(&r, ja), today()), Some(r.clone()), "{}", typed(&r, ja));
        }
    }
}
