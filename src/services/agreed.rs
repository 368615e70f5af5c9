//! The next meeting as papers name it: which one it is, and its time in the customer's zone and ours.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};

use crate::domain::account::Account;
use crate::domain::cadence::policy::Policy;
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::checkin::Checkin;
use crate::domain::when::Zone;
use crate::words::{self, Lang};

/// The first meeting that is agreed after the talk and, for a reader of a later day, not before a moment: a mail
/// written a week later does not invite to the past.
pub fn agreed(
    checkin: &Checkin,
    meetings: &[Touchpoint],
    not_before: Option<DateTime<Utc>>,
) -> Option<Agreed> {
    next(checkin, meetings, not_before).map(|m| Agreed {
        at: m.start,
        day_only: m.day_only,
    })
}

/// The address on the web at which that meeting is held.
pub fn link<'a>(
    checkin: &Checkin,
    meetings: &'a [Touchpoint],
    not_before: Option<DateTime<Utc>>,
) -> Option<&'a str> {
    let place = next(checkin, meetings, not_before)?.place.trim();
    let is_link = ["https://", "http://"]
        .iter()
        .any(|start| place.starts_with(start));
    (is_link && !place.contains(char::is_whitespace)).then_some(place)
}

fn next<'a>(
    checkin: &Checkin,
    meetings: &'a [Touchpoint],
    not_before: Option<DateTime<Utc>>,
) -> Option<&'a Touchpoint> {
    let talk = checkin.ended().or_else(|| checkin.started())?;
    let from = not_before.map_or(talk, |moment| moment.max(talk));
    let agreed = meetings
        .iter()
        .filter(|m| m.account == checkin.account && m.state == State::Agreed && m.start > from);
    agreed.min_by_key(|m| m.start)
}

/// An agreed meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    pub at: DateTime<Utc>,
    /// Whether only its day is agreed.
    pub day_only: bool,
}

/// An agreed start with its weekday, in the customer's time, which is named where ours is another or where it is not
/// known. A Japanese mail names both.
pub fn moment(agreed: Agreed, lang: Lang, ours: Zone, there: Zone, guessed: bool) -> String {
    let zone = if agreed.day_only { ours } else { there };
    let (local, here) = (zone.local(agreed.at), ours.local(agreed.at));
    let date = |at: NaiveDateTime| {
        if lang == Lang::Ja {
            let weekday = words::dates::weekday(lang, at.weekday());
            format!("{}（{weekday}）", at.format("%-m月%-d日"))
        } else {
            at.format("%A %-d %B").to_string()
        }
    };
    let day = date(local);
    if agreed.day_only {
        return day;
    }
    let time = |at: NaiveDateTime| at.format("%-H:%M").to_string();
    let named = if here != local {
        let same_day = here.date() == local.date();
        let day = if same_day { String::new() } else { date(here) };
        match lang {
            Lang::En => words::call::mail_city(lang, city(there)),
            Lang::Ja => words::call::mail_both(lang, our_time(ours, lang), day, time(here)),
        }
    } else if guessed {
        match lang {
            Lang::En => words::call::mail_city(lang, city(ours)),
            Lang::Ja => format!("（{}）", our_time(ours, lang)),
        }
    } else {
        String::new()
    };
    words::call::mail_moment(lang, &day, time(local), &named)
}

/// Whether nobody stated the customer's time zone although they seem to be in another country.
pub fn is_guessed(account: &Account, policy: &Policy) -> bool {
    let stated = account.cadence.as_deref().map_or("", |rhythm| &rhythm.zone);
    let here = policy.here.as_ref().map(|here| here.0.as_str());
    let there = policy
        .places
        .of(account)
        .map(|found| found.place.code.clone());
    stated.is_empty()
        && !account.country.is_empty()
        && (there.is_none() || there.as_deref() != here)
}

/// The city that stands for a zone: "New York".
pub fn city(zone: Zone) -> String {
    match zone {
        Zone::Named(tz) => {
            let city = tz.name().rsplit('/').next().unwrap_or_default();
            city.replace('_', " ")
        }
        _ => String::new(),
    }
}

/// How a Japanese mail names our time.
fn our_time(zone: Zone, lang: Lang) -> &'static str {
    match zone {
        Zone::Named(chrono_tz::Asia::Tokyo) => words::call::japan_time(lang),
        _ => words::call::our_time(lang),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::Named(name.parse().expect("a zone"))
    }

    #[test]
    fn a_moment_is_named_in_their_time_and_ours_where_that_differs() {
        let at = Utc.with_ymd_and_hms(2026, 12, 17, 8, 0, 0).unwrap();
        let agreed = |day_only| Agreed { at, day_only };
        let (tokyo, oslo, york) = (
            zone("Asia/Tokyo"),
            zone("Europe/Oslo"),
            zone("America/New_York"),
        );
        for (lang, ours, there, guessed, want) in [
            (
                Lang::En,
                york,
                oslo,
                false,
                "Thursday 17 December at 9:00 (Oslo time)",
            ),
            (Lang::En, york, york, false, "Thursday 17 December at 3:00"),
            (
                Lang::En,
                york,
                york,
                true,
                "Thursday 17 December at 3:00 (New York time)",
            ),
            (Lang::Ja, tokyo, tokyo, false, "12月17日（木）17:00"),
            (
                Lang::Ja,
                tokyo,
                tokyo,
                true,
                "12月17日（木）17:00（日本時間）",
            ),
            (
                Lang::Ja,
                tokyo,
                oslo,
                false,
                "12月17日（木）9:00（現地時間。日本時間では17:00）",
            ),
        ] {
            assert_eq!(moment(agreed(false), lang, ours, there, guessed), want);
        }
        let late = Agreed {
            at: Utc.with_ymd_and_hms(2026, 12, 8, 23, 0, 0).unwrap(),
            day_only: false,
        };
        assert_eq!(
            moment(late, Lang::Ja, tokyo, zone("America/Los_Angeles"), false),
            "12月8日（火）15:00（現地時間。日本時間では12月9日（水）8:00）"
        );
        let day = moment(agreed(true), Lang::En, tokyo, oslo, true);
        assert_eq!(day, "Thursday 17 December", "a day has no zone");
    }

    #[test]
    fn the_next_meeting_is_the_first_that_is_agreed_and_not_over() {
        let body = serde_json::json!({ "id": "k", "account": "a", "kind": "health", "template": "standard",
            "author": "me", "created": "2026-11-20T09:00:00Z", "sections": [], "notes": [], "wrapup": {},
            "events": [{ "at": "2026-11-20T09:00:00Z", "what": "Started" }, { "at": "2026-11-20T09:30:00Z", "what": "Ended" }] });
        let checkin: Checkin = serde_json::from_value(body).expect("a check-in");
        let touch = |account: &str, state: &str, start: &str| -> Touchpoint {
            let body = serde_json::json!({ "id": start, "account": account, "kind": "check-in", "state": state,
                "start": start, "minutes": 30, "created": start });
            serde_json::from_value(body).expect("a meeting")
        };
        let meetings = [
            touch("a", "agreed", "2027-01-20T09:00:00Z"),
            touch("a", "agreed", "2026-12-03T09:00:00Z"),
            touch("a", "agreed", "2026-11-20T08:00:00Z"),
            touch("b", "agreed", "2026-11-21T09:00:00Z"),
        ];
        let day = |now: Option<&str>| {
            let now = now.map(|n| n.parse().expect("a moment"));
            agreed(&checkin, &meetings, now).map(|a| a.at.format("%Y-%m-%d").to_string())
        };
        assert_eq!(day(None).as_deref(), Some("2026-12-03"));
        assert_eq!(
            day(Some("2026-12-04T00:00:00Z")).as_deref(),
            Some("2027-01-20")
        );
        assert_eq!(
            day(Some("2027-02-01T00:00:00Z")),
            None,
            "nobody is invited to the past"
        );
        let mut held = meetings.clone();
        for (place, want) in [
            ("https://meet.example/abc", Some("https://meet.example/abc")),
            (" http://meet.example/abc ", Some("http://meet.example/abc")),
            ("Room 3", None),
            ("https://meet.example/abc code 123", None),
            ("", None),
        ] {
            held[1].place = place.into();
            assert_eq!(link(&checkin, &held, None), want, "{place}");
        }
    }
}
