//! Invented calls, mails and notes.

use chrono::{DateTime, Duration, Utc};

use super::maker::Maker;
use super::story::Story;
use crate::domain::change::Change;
use crate::domain::checkin::agenda::Section;
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Wrapup};
use crate::domain::checkin::{Checkin, Event, EventKind, Line, Mark};
use crate::domain::contact::Contact;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::AccountId;
use crate::domain::note::{Kind, Note};
use crate::domain::text::quotes;

/// Stories in which the customer has a complaint.
fn uneasy(story: Story) -> bool {
    matches!(
        story,
        Story::Decline | Story::Escalation | Story::Silent | Story::Churned
    )
}

/// The lines of a call's note, with their marks.
fn lines(japanese: bool, uneasy: bool) -> &'static [(&'static str, Option<Mark>)] {
    match (japanese, uneasy) {
        (true, true) => &[
            ("レポートが遅くて使われない", Some(Mark::Quote)),
            ("来期の予算を見直し中", Some(Mark::Risk)),
            ("一覧に並べ替えがほしい", Some(Mark::Feedback)),
            ("他部署の様子も聞いてみる", None),
        ],
        (true, false) => &[
            ("新しい部署での利用が始まった", None),
            ("月次の集計が半日で終わるようになった", Some(Mark::Quote)),
            ("API連携に関心", Some(Mark::Opportunity)),
            ("一覧に並べ替えがほしい", Some(Mark::Feedback)),
            ("研修は来月の第二週に", Some(Mark::Decision)),
        ],
        (false, true) => &[
            ("The reports are too slow to be used", Some(Mark::Quote)),
            ("Next year's budget is under review", Some(Mark::Risk)),
            ("Would like to sort the list", Some(Mark::Feedback)),
            ("Will ask how the other teams see it", None),
        ],
        (false, false) => &[
            ("A second team has started to use it", None),
            (
                "The monthly report is done in half a day now",
                Some(Mark::Quote),
            ),
            ("Interested in the API", Some(Mark::Opportunity)),
            ("Would like to sort the list", Some(Mark::Feedback)),
            (
                "Training in the second week of next month",
                Some(Mark::Decision),
            ),
        ],
    }
}

/// The moods a talk may have.
fn moods(story: Story) -> [Sentiment; 3] {
    match story {
        Story::Growth => [
            Sentiment::Engaged,
            Sentiment::Excited,
            Sentiment::Enthusiastic,
        ],
        Story::Decline | Story::Escalation | Story::Churned => [
            Sentiment::Frustrated,
            Sentiment::Disappointed,
            Sentiment::Sceptical,
        ],
        _ => [Sentiment::Neutral, Sentiment::Engaged, Sentiment::Engaged],
    }
}

impl Maker<'_> {
    /// Calls and mails of the past year; the last ones have a written check-in.
    pub(super) fn conversations(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        contacts: &[Contact],
        age: i64,
        changes: &mut Vec<Change>,
    ) {
        let (first, step) = match story {
            Story::Silent => (96, 60),
            Story::Unmeasured => (140, 400),
            Story::Onboarding => (3, 6),
            Story::Decline => (44, 35),
            _ => (self.rng.i64(3..40), self.rng.i64(24..45)),
        };
        let mut ago = first;
        let mut talks = 0;
        while ago < age.min(330) {
            if talks < 3 && self.chance(70) {
                let checkin = self.checkin(account, story, japanese, contacts, ago);
                changes.extend(checkin.map(Change::create));
            } else {
                let missed = story == Story::Decline && self.chance(35);
                changes.push(Change::create(Touch {
                    id: self.id("tou"),
                    account: account.clone(),
                    kind: *self.pick(&[
                        TouchKind::Call,
                        TouchKind::Meeting,
                        TouchKind::Email,
                        TouchKind::Webinar,
                    ]),
                    at: self.at(ago),
                    attendance: if missed {
                        Attendance::NoShow
                    } else {
                        Attendance::Held
                    },
                    summary: (if japanese { "定例" } else { "Regular call" }).into(),
                    by: self.setting.me.to_owned(),
                    purpose: None,
                    moved_by: None,
                    sentiment: None,
                    oddities: vec![],
                }));
            }
            talks += 1;
            ago += step;
        }
        if self.chance(45) {
            let text = match (japanese, uneasy(story)) {
                (true, true) => {
                    "来期の予算を見直し中とのこと「レポートが遅くて使われない」\n現場の声を一度聞きに行く"
                }
                (true, false) => *self.pick(&[
                    "新しい担当者が着任。使い方の説明を希望",
                    "他部署への展開を検討している #拡張",
                ]),
                (false, true) => {
                    "Next year's budget is under review. \"Reports are too slow to be used\"\nVisit the branch and watch them work"
                }
                (false, false) => *self.pick(&[
                    "A new lead has started and would like a walk-through",
                    "Thinking about a roll-out to a second team #expansion",
                ]),
            };
            let (id, days) = (self.id("not"), self.rng.i64(1..60));
            changes.push(Change::create(Note {
                id,
                account: account.clone(),
                kind: Kind::Quick,
                at: self.at(days),
                author: self.setting.me.to_owned(),
                text: text.into(),
                tags: tags(text),
                quotes: quotes(text),
                checkin: None,
                context: None,
            }));
        }
    }

    fn checkin(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        contacts: &[Contact],
        ago: i64,
    ) -> Option<Checkin> {
        let wanted = match story {
            Story::Onboarding => "onboarding-week-1",
            Story::Escalation | Story::Decline => "risk",
            _ => "standard",
        };
        let template = self.setting.templates.iter().find(|t| t.id == wanted)?;
        let started: DateTime<Utc> = self.at(ago);
        let sections = template.sections.clone();
        let (events, notes, at) = self.call(&sections, lines(japanese, uneasy(story)), started);
        let sentiment = *self.pick(&moods(story));

        Some(Checkin {
            id: self.id("chk"),
            account: account.clone(),
            kind: template.kind,
            template: template.id.clone(),
            title: Some(template.name.clone()),
            author: self.setting.me.to_owned(),
            created: started,
            sections,
            events,
            notes,
            prepared: None,
            noted: None,
            wrapup: Wrapup {
                attendees: contacts.iter().take(2).map(|c| c.name.clone()).collect(),
                sentiment: Some(sentiment),
                judgement: Some(if sentiment < Sentiment::Neutral {
                    Judgement::Watch
                } else {
                    Judgement::Good
                }),
                next: Some(self.today - Duration::days(ago - 30)),
                helpful: Some(sentiment >= Sentiment::Neutral),
                escalate: vec![],
                expansion: story == Story::Growth,
                finished: Some(at + Duration::minutes(4)),
                ..Wrapup::default()
            },
        })
    }

    /// The events and notes of a call, and the moment it ended.
    fn call(
        &mut self,
        sections: &[Section],
        texts: &[(&str, Option<Mark>)],
        started: DateTime<Utc>,
    ) -> (Vec<Event>, Vec<Vec<Line>>, DateTime<Utc>) {
        let mut events = vec![Event {
            at: started,
            what: EventKind::Started,
        }];
        let mut at = started;
        let mut notes = vec![Vec::new(); sections.len()];
        for (i, section) in sections.iter().enumerate() {
            if i > 0 {
                events.push(Event {
                    at,
                    what: EventKind::Entered { section: i },
                });
            }
            if self.chance(70) {
                let (text, mark) = *self.pick(texts);
                notes[i].push(Line {
                    at: Some(at + Duration::seconds(40)),
                    text: text.into(),
                    mark,
                });
            }
            at += Duration::seconds(i64::from(section.target) + self.rng.i64(-50..80));
        }
        events.push(Event {
            at,
            what: EventKind::Ended,
        });
        (events, notes, at)
    }
}

fn tags(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter_map(|w| w.strip_prefix('#'))
        .map(str::to_owned)
        .collect()
}
