//! Meetings as iCalendar that replaces itself when it is imported again, and other calendars as
//! busy times.

mod read;
mod write;

pub use read::{Busy, Owner, read};
pub use write::write;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::account::Account;
use crate::domain::cadence::Kind;
use crate::domain::cadence::plan::{Planned, Rule};
use crate::domain::cadence::policy::{Policy, template_of};
use crate::domain::cadence::schedule::Entry;
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::checkin::agenda::{self, Template};
use crate::domain::portfolio::book::Book;
use crate::domain::text::hash;
use crate::domain::when::Now;
use crate::words::{self, Lang};

/// A meeting as a calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The id of an agreed meeting; a planned one gets its id when it is written.
    pub uid: Option<String>,
    pub account: String,
    pub kind: Kind,
    pub start: DateTime<Utc>,
    pub minutes: u32,
    /// Only its day is known.
    pub day: bool,
    pub summary: String,
    pub description: String,
    pub place: String,
    /// It was agreed with the customer, not only planned.
    pub agreed: bool,
    pub cancelled: bool,
}

/// The hashed content of a meeting. The names, their order and the form of each value must never
/// change, because the hash is stored with the published meetings.
#[derive(Serialize)]
struct Content<'a> {
    uid: Option<&'a str>,
    account: &'a str,
    kind: &'static str,
    /// Seconds since 1970.
    start: i64,
    minutes: u32,
    day: bool,
    summary: &'a str,
    description: &'a str,
    place: &'a str,
    agreed: bool,
    cancelled: bool,
}

impl Meeting {
    /// A hash of everything a calendar shows of the meeting: a different hash is a change.
    pub fn fingerprint(&self) -> u64 {
        // Destructured in full, so that a new field cannot be forgotten here.
        let Meeting {
            uid,
            account,
            kind,
            start,
            minutes,
            day,
            summary,
            description,
            place,
            agreed,
            cancelled,
        } = self;
        let content = Content {
            uid: uid.as_deref(),
            account,
            kind: kind.key(),
            start: start.timestamp(),
            minutes: *minutes,
            day: *day,
            summary,
            description,
            place,
            agreed: *agreed,
            cancelled: *cancelled,
        };
        // Texts and numbers always serialise.
        hash(&serde_json::to_string(&content).unwrap_or_default())
    }
}

/// The meeting of an agreed touchpoint.
pub fn agreed(
    m: &Touchpoint,
    account: &Account,
    template: Option<&Template>,
    lang: Lang,
) -> Meeting {
    Meeting {
        uid: Some(m.uid()),
        account: account.id.to_string(),
        kind: m.kind,
        start: m.start,
        minutes: m.minutes,
        day: m.day_only,
        summary: summary(account, m.kind, lang),
        description: description(account, template, m.minutes, lang),
        place: m.place.clone(),
        agreed: true,
        cancelled: m.state == State::CalledOff,
    }
}

pub fn summary(account: &Account, kind: Kind, lang: Lang) -> String {
    let t = lang;
    words::calendar::calendar_summary(t, &account.name, kind.words(t))
}

/// Whether a touch goes into a calendar: an agreed meeting, a day of an agreed recurrence, and with
/// `planned` also a planned talk.
pub fn goes_in(p: &Planned, planned: bool) -> bool {
    p.counts()
        && (p.own.agreed.is_some() || (p.kind.is_talk() && (planned || p.rule == Rule::Recurrence)))
}

/// The touches that go into a calendar, as meetings.
pub fn meetings(
    book: &Book,
    entries: &[Entry],
    (cadence, templates): (&Policy, &[Template]),
    lang: Lang,
    now: Now,
) -> Vec<Meeting> {
    let mut out = Vec::new();
    for e in entries {
        let (row, p) = (&book.rows()[e.row()], e);
        let account = &row.account;
        let template =
            template_of(p.kind).and_then(|id| agenda::template(templates, id, row.standing.tier));
        let minutes = cadence.meeting(p.kind, row.standing.tier);
        match &p.own.agreed {
            Some(id) => out.extend(
                book.meeting(&account.id, id)
                    .map(|m| agreed(m, account, template, lang)),
            ),
            None => out.push(Meeting {
                uid: None,
                account: account.id.to_string(),
                kind: p.kind,
                start: now
                    .zone
                    .instant(p.date.and_time(p.own.time.unwrap_or(cadence.hours.0))),
                minutes,
                day: p.own.time.is_none(),
                summary: summary(account, p.kind, lang),
                description: description(account, template, minutes, lang),
                place: account
                    .cadence
                    .as_ref()
                    .map(|r| r.place.clone())
                    .unwrap_or_default(),
                agreed: p.rule == Rule::Recurrence,
                cancelled: false,
            }),
        }
    }
    out
}

/// The agenda with the minutes that each section has of the meeting, as in the call, and the command that shows the
/// brief.
pub fn description(
    account: &Account,
    template: Option<&Template>,
    minutes: u32,
    lang: Lang,
) -> String {
    let t = lang;
    let mut lines: Vec<String> = Vec::new();
    if let Some(template) = template {
        lines.push(lang.pick(&template.name).to_owned());
        let mut sections = template.sections.clone();
        agenda::fit(&mut sections, minutes);
        lines.extend(sections.iter().map(|s| {
            format!(
                "- {} ({})",
                lang.pick(&s.name),
                words::call::minutes(t, f64::from(s.target) / 60.0)
            )
        }));
        lines.push(String::new());
    }
    lines.push(words::calendar::calendar_brief(t, &account.id));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checkin::agenda::{Section, Words};
    use chrono::TimeZone;

    #[test]
    fn an_invitation_hands_out_the_minutes_of_its_meeting() {
        let section = |(min, max): (u32, u32)| Section {
            name: Words::both("s"),
            customer: None,
            min,
            target: agenda::midpoint(min, max),
            max,
            prompts: Default::default(),
            ticket: None,
        };
        let template = Template {
            id: "t".into(),
            kind: crate::domain::checkin::Kind::Health,
            name: Words::both("t"),
            tier: None,
            sections: [(1, 2), (5, 8), (5, 10), (3, 5)].map(section).to_vec(),
        };
        let account = Account::new("a".into(), "A");
        let text = description(&account, Some(&template), 20, Lang::En);
        let minutes = |line: &str| {
            line.rsplit_once('(')?
                .1
                .split(' ')
                .next()?
                .parse::<f64>()
                .ok()
        };
        let sum: f64 = text.lines().filter_map(minutes).sum();
        assert!((sum - 20.0).abs() < 0.2, "{text}");
    }

    /// The value is stored with published meetings, so it must stay the same for the same meeting,
    /// even when Rust names change.
    #[test]
    fn the_fingerprint_of_a_meeting_is_pinned() {
        let meeting = Meeting {
            uid: Some("m1@kenshin".into()),
            account: "a1".into(),
            kind: Kind::Checkin,
            start: Utc.with_ymd_and_hms(2026, 11, 24, 1, 0, 0).unwrap(),
            minutes: 30,
            day: false,
            summary: "Aoba: check-in".into(),
            description: "- Goals (5 min)\n".into(),
            place: String::new(),
            agreed: true,
            cancelled: false,
        };
        assert_eq!(meeting.fingerprint(), 14_111_077_070_566_012_368);
        let moved = Meeting {
            minutes: 45,
            ..meeting.clone()
        };
        assert_ne!(moved.fingerprint(), meeting.fingerprint());
    }
}
