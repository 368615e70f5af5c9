//! Invented people, their tickets, answers and talks.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{Maker, Story};
use crate::domain::change::Change;
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Wrapup};
use crate::domain::checkin::{Checkin, Event, EventKind, Line, Mark};
use crate::domain::contact::{Contact, Role, Status as ContactStatus};
use crate::domain::facts::feedback::{Outcome, OutcomeKind, Survey, SurveyKind};
use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::AccountId;
use crate::domain::note::{Kind, Note};

const FAMILY_JA: [(&str, &str); 16] = [
    ("青葉", "アオバ"),
    ("森", "モリ"),
    ("中村", "ナカムラ"),
    ("小林", "コバヤシ"),
    ("加藤", "カトウ"),
    ("吉田", "ヨシダ"),
    ("山口", "ヤマグチ"),
    ("松本", "マツモト"),
    ("井上", "イノウエ"),
    ("木村", "キムラ"),
    ("林", "ハヤシ"),
    ("清水", "シミズ"),
    ("斎藤", "サイトウ"),
    ("池田", "イケダ"),
    ("橋本", "ハシモト"),
    ("石川", "イシカワ"),
];
const GIVEN_JA: [(&str, &str); 12] = [
    ("美香", "ミカ"),
    ("健", "ケン"),
    ("陽子", "ヨウコ"),
    ("大輔", "ダイスケ"),
    ("彩", "アヤ"),
    ("翔太", "ショウタ"),
    ("直樹", "ナオキ"),
    ("恵", "メグミ"),
    ("涼", "リョウ"),
    ("葵", "アオイ"),
    ("誠", "マコト"),
    ("千尋", "チヒロ"),
];
const GIVEN_EN: [&str; 12] = [
    "Mika", "Aaron", "Priya", "Tomas", "Helen", "Joan", "Samir", "Grace", "Luis", "Ingrid", "Noah",
    "Carol",
];
const FAMILY_EN: [&str; 14] = [
    "Tanaka",
    "Whitlock",
    "Osei",
    "Marsh",
    "Lindqvist",
    "Doyle",
    "Abara",
    "Novak",
    "Pereira",
    "Hughes",
    "Stein",
    "Calloway",
    "Iyer",
    "Brandt",
];

impl Maker<'_> {
    pub(super) fn contacts(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        domain: &str,
    ) -> Vec<Contact> {
        let roles = [
            (Role::Champion, "業務改善室長", "Head of Operations"),
            (Role::Decision, "執行役員", "VP Operations"),
            (Role::Admin, "情報システム課", "IT Manager"),
            (Role::User, "営業企画", "Analyst"),
            (Role::Billing, "経理部", "Finance"),
        ];
        let count = self.rng.usize(2..=4);
        (0..count)
            .map(|i| {
                let (role, title_ja, title_en) = roles[i];
                let (name, reading) = if japanese {
                    let (f, fk) = *self.pick(&FAMILY_JA);
                    let (g, gk) = *self.pick(&GIVEN_JA);
                    (format!("{f} {g}"), format!("{fk} {gk}"))
                } else {
                    (
                        format!("{} {}", self.pick(&GIVEN_EN), self.pick(&FAMILY_EN)),
                        String::new(),
                    )
                };
                let left = story == Story::ChampionLeft && role == Role::Champion;
                Contact {
                    reading,
                    title: (if japanese { title_ja } else { title_en }).to_owned(),
                    role: Some(role),
                    email: format!("contact{}@{domain}", i + 1),
                    influence: Some(5 - i as u8),
                    status: if left {
                        ContactStatus::Left
                    } else {
                        ContactStatus::Active
                    },
                    since: left.then(|| self.today - Duration::days(18)),
                    ..Contact::new(self.id("con"), account.clone(), name)
                }
            })
            .collect()
    }

    pub(super) fn tickets(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        contacts: &[Contact],
        changes: &mut Vec<Change>,
    ) {
        let subjects: &[&str] = if japanese {
            &[
                "集計が遅い",
                "CSV取り込みで文字化けする",
                "SSOでログインできない",
                "権限の設定方法を知りたい",
                "レポートの数字が合わない",
                "通知メールが届かない",
                "請求書の宛名を変えたい",
            ]
        } else {
            &[
                "Reports are slow to load",
                "CSV import garbles characters",
                "SSO login fails",
                "How do I set permissions?",
                "Figures in the report differ",
                "No notification mail",
                "Change the billing address",
            ]
        };
        let count = match story {
            Story::Escalation => self.rng.u32(6..11),
            Story::Decline | Story::ChampionLeft => self.rng.u32(2..7),
            Story::Silent | Story::Unmeasured => 0,
            _ => self.rng.u32(0..5),
        };
        for i in 0..count {
            let hot = story == Story::Escalation && i < 3;
            let ago = if hot {
                self.rng.i64(1..9)
            } else {
                self.rng.i64(1..200)
            };
            let opened = self.at(ago);
            let open = hot || (ago < 12 && self.chance(50));
            let hours = self.rng.i64(2..90);
            let solved =
                (!open).then(|| (opened + Duration::hours(hours)).min(self.setting.now.at));
            let subject = if hot {
                subjects[0]
            } else {
                self.pick(subjects)
            };
            changes.push(Change::create(Ticket {
                id: self.id("tic"),
                account: account.clone(),
                subject: subject.to_owned(),
                body: String::new(),
                status: if open { Status::Open } else { Status::Solved },
                priority: if hot {
                    Priority::Urgent
                } else {
                    *self.pick(Priority::ALL)
                },
                opened: Some(opened),
                first_answer: Some(opened + Duration::minutes(self.rng.i64(10..400)))
                    .filter(|a| solved.is_none_or(|s| *a <= s)),
                solved,
                escalated: hot && i < 2,
                category: String::new(),
                requester: contacts
                    .first()
                    .map(|c| c.email.clone())
                    .unwrap_or_default(),
                csat: (!open && self.chance(40))
                    .then(|| f64::from(self.rng.u32(if hot { 1..4 } else { 3..6 }))),
                oddities: vec![],
            }));
        }
    }

    pub(super) fn feedback(
        &mut self,
        account: &AccountId,
        story: Story,
        japanese: bool,
        contacts: &[Contact],
        end: Option<NaiveDate>,
        changes: &mut Vec<Change>,
    ) {
        let range = match story {
            Story::Growth => 9..11,
            Story::Decline | Story::Escalation => 3..8,
            Story::Churned | Story::Silent => 1..7,
            _ => 6..10,
        };
        let answers = if story == Story::Unmeasured {
            0
        } else {
            self.rng.usize(0..3)
        };
        for contact in contacts.iter().take(answers) {
            let score = f64::from(self.rng.i32(range.clone()));
            let comment = match (score >= 9.0, score <= 6.0, japanese) {
                (true, _, true) => "毎日の業務に欠かせません",
                (true, _, false) => "We could not work without it",
                (_, true, true) => "集計が遅く、現場が使わなくなっている",
                (_, true, false) => "Too slow, people are giving up on it",
                _ => "",
            };
            let days = self.rng.i64(5..170);
            changes.push(Change::create(Survey {
                id: self.id("nps"),
                account: account.clone(),
                kind: SurveyKind::Nps,
                score,
                date: Some(self.today - Duration::days(days)),
                respondent: contact.name.clone(),
                comment: comment.into(),
                oddities: vec![],
            }));
        }
        if let Some(date) = end {
            changes.push(Change::create(Outcome {
                id: self.id("out"),
                account: account.clone(),
                kind: OutcomeKind::Churned,
                date: Some(date),
                reason: (if japanese { "予算削減" } else { "budget" }).into(),
                comment: String::new(),
                amount: None,
                oddities: vec![],
            }));
        }
    }

    /// Calls and mails of the past year, the last of them written up as check-ins.
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
                    oddities: vec![],
                }));
            }
            talks += 1;
            ago += step;
        }
        if self.chance(45) {
            let uneasy = matches!(
                story,
                Story::Decline | Story::Escalation | Story::Silent | Story::Churned
            );
            let text = match (japanese, uneasy) {
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
                quotes: crate::domain::text::quotes(text),
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
        let uneasy = matches!(
            story,
            Story::Decline | Story::Escalation | Story::Silent | Story::Churned
        );
        let texts: &[(&str, Option<Mark>)] = match (japanese, uneasy) {
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
        };
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
        let mood = match story {
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
        };
        let sentiment = *self.pick(&mood);

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
}

fn tags(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter_map(|w| w.strip_prefix('#'))
        .map(str::to_owned)
        .collect()
}
