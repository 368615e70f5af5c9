//! Invented tickets, survey answers and outcomes.

use chrono::{Duration, NaiveDate};

use super::maker::Maker;
use super::story::Story;
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::facts::feedback::{Survey, SurveyKind};
use crate::domain::facts::outcome::{Outcome, OutcomeKind};
use crate::domain::facts::ticket::{Priority, Status, Ticket};
use crate::domain::ids::AccountId;

impl Maker<'_> {
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
                resolution: String::new(),
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
                settles: None,
                oddities: vec![],
            }));
        }
    }
}
