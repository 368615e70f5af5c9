//! What a typed line is read as, shown beside it while it is typed. A date that the reader takes
//! for another day is seen before it is saved.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::domain::colleague::People;
use crate::domain::ours::Ours;
use crate::domain::when::Now;
use crate::services::capture::{self, Item};
use crate::services::dates;
use crate::words::{self, Lang};

/// What a line is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    Day,
    /// A day without a year lies behind today.
    PastDay,
    /// A moment to come, or a day alone.
    Moment,
    PastMoment,
    /// A time of day from now on, or minutes from now.
    Soon,
    /// The due dates of actions, `! send doc ^fri`.
    Due,
    /// The due dates of the actions in a note.
    Note,
}

impl Reads {
    /// The reading in words; none where there is nothing to read, or not yet.
    pub fn shown(self, text: &str, now: Now, lang: Lang) -> Option<String> {
        let today = now.today();
        let day = |day| words::dates::in_full(lang, day, today);
        let moment = |at: DateTime<Utc>| {
            let local: NaiveDateTime = now.zone.local(at);
            format!("{} {}", day(local.date()), local.format("%H:%M"))
        };
        let nobody = People::default();
        let context = capture::Context {
            contacts: &[],
            ours: Ours::new("", &nobody),
            now,
        };
        let due = |items: &[Item]| {
            let due: Vec<String> = items.iter().filter_map(|i| i.due).map(day).collect();
            (!due.is_empty()).then(|| due.join(" · "))
        };
        let read = match self {
            Reads::Day => dates::read(text, now).map(day),
            Reads::PastDay => dates::read_past(text, now).map(day),
            Reads::Moment => dates::moment(text, now)
                .map(moment)
                .or_else(|| dates::read(text, now).map(day)),
            Reads::PastMoment => dates::read_moment(text, now).map(moment),
            Reads::Soon => dates::soon(text, now).map(moment),
            Reads::Due | Reads::Note if !text.contains(['^', '＾']) => None,
            Reads::Due => due(&capture::action_line(text, context).0),
            Reads::Note => due(&capture::read(text, context).actions),
        };
        read.map(|read| format!("→ {read}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::when::Zone;
    use chrono::TimeZone;

    #[test]
    fn a_typed_date_is_shown_as_it_was_read() {
        let at = Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap();
        let now = Now::new(at, Zone::utc());
        for (reads, text, en, ja) in [
            (Reads::Day, "next fri", "→ Fri 4 Dec", "→ 12月4日(金)"),
            (Reads::Day, "来月5日", "→ Sat 5 Dec", "→ 12月5日(土)"),
            (Reads::Day, "1/5", "→ Tue 5 Jan 2027", "→ 2027年1月5日(火)"),
            (Reads::PastDay, "fri", "→ Fri 20 Nov", "→ 11月20日(金)"),
            (
                Reads::Moment,
                "fri 3pm",
                "→ Fri 27 Nov 15:00",
                "→ 11月27日(金) 15:00",
            ),
            (Reads::Moment, "fri", "→ Fri 27 Nov", "→ 11月27日(金)"),
            (
                Reads::PastMoment,
                "昨日",
                "→ Mon 23 Nov 12:00",
                "→ 11月23日(月) 12:00",
            ),
            (
                Reads::Due,
                "send doc ^eom ! call ^fri",
                "→ Mon 30 Nov · Fri 27 Nov",
                "→ 11月30日(月) · 11月27日(金)",
            ),
        ] {
            assert_eq!(
                reads.shown(text, now, Lang::En).as_deref(),
                Some(en),
                "{text}"
            );
            assert_eq!(
                reads.shown(text, now, Lang::Ja).as_deref(),
                Some(ja),
                "{text}"
            );
        }
        assert_eq!(
            Reads::Soon.shown("+20", now, Lang::En).as_deref(),
            Some("→ Tue 24 Nov 01:20")
        );
        for (reads, text) in [
            (Reads::Day, ""),
            (Reads::Day, "someday"),
            (Reads::Due, "send doc"),
            (Reads::Due, "send doc ^someday"),
            (Reads::Note, "we meet fri"),
            (Reads::Note, "no action ^fri"),
        ] {
            assert_eq!(reads.shown(text, now, Lang::En), None, "{text}");
        }
    }
}
