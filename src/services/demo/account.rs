//! An invented account: its contract, goals and open actions. The order of random draws is part of
//! the demo: the same seed must give the same portfolio.

use chrono::{Duration, NaiveDate};

use super::maker::{Made, Maker};
use super::names::{self, Company};
use super::rhythm;
use super::story::Story;
use crate::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
use crate::domain::action::{Action, Priority, Side, Status};
use crate::domain::change::Change;
use crate::domain::contact::Contact;
use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, Money};
use crate::domain::when::add_months;

/// The contract of an invented customer.
struct Contract {
    name: Company,
    japanese: bool,
    tier: Tier,
    seats: u32,
    /// The yearly value.
    arr: Money,
    /// Days since its start.
    age: i64,
    start: NaiveDate,
    renewal: NaiveDate,
}

impl Maker<'_> {
    /// The account with all its records.
    pub fn account(&mut self) -> Made {
        let story = Story::of(self.index, self.rng);
        let japanese = self.chance(if self.setting.japanese { 75 } else { 30 });
        let contract = self.contract(story, japanese);
        let mut account = self.customer(story, &contract);
        let cadence = rhythm::add(&mut account, self.index, self.setting, story);
        let id = account.id.clone();
        let contacts = self.contacts(&id, story, japanese, &account.domain);
        let mut changes: Vec<Change> = vec![Change::create(account)];
        let end =
            (story == Story::Churned).then(|| self.today - Duration::days(self.rng.i64(12..70)));
        changes.push(Change::create(
            self.subscription(&id, story, &contract, end),
        ));
        self.tickets(&id, story, japanese, &contacts, &mut changes);
        self.feedback(&id, story, japanese, &contacts, end, &mut changes);
        let age = contract.age;
        self.conversations(&id, story, japanese, &contacts, age, &mut changes);
        self.actions(&id, japanese, &contacts, &mut changes);
        changes.extend(contacts.into_iter().map(Change::create));
        changes.extend(cadence);
        let usage = if story == Story::Unmeasured {
            Vec::new()
        } else {
            self.usage(&id, story, contract.seats, age, end)
        };
        Made { changes, usage }
    }

    fn contract(&mut self, story: Story, japanese: bool) -> Contract {
        let name = names::company(self.index, japanese, self.rng);
        let tier = *self.pick(&[
            Tier::Enterprise,
            Tier::MidMarket,
            Tier::MidMarket,
            Tier::Smb,
            Tier::Smb,
            Tier::Smb,
            Tier::TechTouch,
        ]);
        let (seats, per_seat) = match tier {
            Tier::Enterprise => (self.rng.u32(15..90) * 10, self.rng.u32(50..80)),
            Tier::MidMarket => (self.rng.u32(8..40) * 5, self.rng.u32(60..90)),
            Tier::Smb => (self.rng.u32(5..40), self.rng.u32(80..110)),
            Tier::TechTouch => (self.rng.u32(4..14), self.rng.u32(90..120)),
        };
        let (rate, currency) = if japanese {
            (1_000.0, Currency::JPY)
        } else {
            (8.0, Currency::USD)
        };
        let arr = Money::of(f64::from(seats * per_seat) * rate, currency);
        let age = match story {
            Story::Onboarding => self.rng.i64(10..44),
            _ => self.rng.i64(120..1_400),
        };
        let start = self.today - Duration::days(age);
        let mut renewal = add_months(start, 12);
        while renewal <= self.today {
            renewal = add_months(renewal, 12);
        }
        Contract {
            name,
            japanese,
            tier,
            seats,
            arr,
            age,
            start,
            renewal,
        }
    }

    fn owner(&mut self) -> String {
        let owners: [&str; 3] = if self.setting.japanese {
            [self.setting.me, "高橋 由美", "Daniel Weiss"]
        } else {
            [self.setting.me, "Daniel Weiss", "高橋 由美"]
        };
        let owner = if self.chance(70) {
            owners[0]
        } else {
            owners[self.rng.usize(1..3)]
        };
        owner.to_owned()
    }

    fn customer(&mut self, story: Story, contract: &Contract) -> Account {
        let japanese = contract.japanese;
        let owner = self.owner();
        let mut account = Account {
            reading: contract.name.reading.clone(),
            domain: contract.name.domain.clone(),
            industry: self
                .pick(if japanese {
                    &names::INDUSTRIES_JA
                } else {
                    &names::INDUSTRIES_EN
                })
                .to_string(),
            country: if japanese {
                "JP".into()
            } else {
                self.pick(&["US", "GB", "DE", "CA", "AU"]).to_string()
            },
            tier: Some(contract.tier),
            owner,
            arr: Some(contract.arr),
            contract_start: Some(contract.start),
            renewal: Some(contract.renewal),
            term_months: Some(12),
            seats: Some(contract.seats),
            plan: self
                .pick(&["Team", "Business", "Business", "Enterprise"])
                .to_string(),
            ..Account::new(
                AccountId::new(format!("demo-{:05}", self.index)),
                contract.name.name.clone(),
            )
        };
        if story == Story::Growth && self.chance(30) {
            account.stage = Some(Stage::Advocacy);
            account.strategic.referenceable = true;
        }
        account.escalated = story == Story::Escalation;
        account.strategic.logo = contract.tier == Tier::Enterprise && self.chance(40);
        let tags = story.tags(japanese).iter();
        account.tags = tags.map(|t| (*t).to_owned()).collect();
        if story != Story::Unmeasured && self.chance(60) {
            account.goals = self.goals(story, japanese);
        }
        if matches!(story, Story::Growth | Story::Steady) && self.chance(35) {
            account.expansion = Some(Money {
                minor: contract.arr.minor / 5,
                ..contract.arr
            });
        }
        account
    }

    fn subscription(
        &mut self,
        account: &AccountId,
        story: Story,
        contract: &Contract,
        end: Option<NaiveDate>,
    ) -> Subscription {
        Subscription {
            plan: "Business".into(),
            start: Some(contract.start),
            end,
            arr: Some(contract.arr),
            seats: Some(contract.seats),
            period_months: Some(12),
            auto_renew: Some(self.chance(60)),
            downgraded: story == Story::Decline && self.chance(25),
            past_due: story == Story::Silent && self.chance(40),
            ..Subscription::new(self.id("sub"), account.clone())
        }
    }

    fn goals(&mut self, story: Story, japanese: bool) -> Vec<Goal> {
        let texts: &[&str] = if japanese {
            &[
                "月次レポート作成を3日から半日に短縮",
                "全営業所での利用率80%",
                "問い合わせ対応時間を30%削減",
            ]
        } else {
            &[
                "Cut monthly reporting from three days to half a day",
                "80% of branches active every week",
                "Answer customers 30% faster",
            ]
        };
        let count = self.rng.usize(1..=texts.len());
        texts[..count]
            .iter()
            .map(|text| {
                let due = self.today + Duration::days(self.rng.i64(-60..200));
                let reached = match story {
                    Story::Growth => 60,
                    Story::Decline | Story::Silent | Story::Churned => 8,
                    _ => 35,
                };
                let status = if self.chance(reached) {
                    GoalStatus::Reached
                } else if due < self.today {
                    GoalStatus::Slipped
                } else {
                    GoalStatus::Open
                };
                Goal {
                    text: (*text).to_owned(),
                    status,
                    due: Some(due),
                    reached: (status == GoalStatus::Reached).then(|| due.min(self.today)),
                }
            })
            .collect()
    }

    fn actions(
        &mut self,
        account: &AccountId,
        japanese: bool,
        contacts: &[Contact],
        changes: &mut Vec<Change>,
    ) {
        let texts: &[&str] = if japanese {
            &[
                "SSO設定の手順書を送る",
                "利用レポートの見方を説明する",
                "追加席の見積もりを出す",
                "障害の報告書を共有する",
                "研修の候補日を三つ送る",
                "API連携の担当者を紹介する",
            ]
        } else {
            &[
                "Send the SSO set-up guide",
                "Walk through the usage report",
                "Quote additional seats",
                "Share the incident report",
                "Offer three training dates",
                "Introduce the API engineer",
            ]
        };
        for _ in 0..self.rng.u32(0..4) {
            let created = self.rng.i64(2..40);
            let side = *self.pick(&[Side::Us, Side::Us, Side::Us, Side::Customer, Side::Internal]);
            let owner = match side {
                Side::Us => self.setting.me.to_owned(),
                Side::Customer => contacts.first().map(|c| c.name.clone()).unwrap_or_default(),
                Side::Internal => (if japanese {
                    "製品チーム"
                } else {
                    "Product"
                })
                .to_owned(),
            };
            let due = self.today + Duration::days(self.rng.i64(-9..25));
            let action = Action {
                id: self.id("act"),
                account: account.clone(),
                what: self.pick(texts).to_string(),
                side,
                owner,
                due: self.chance(85).then_some(due),
                status: *self.pick(&[
                    Status::Open,
                    Status::Open,
                    Status::Doing,
                    Status::Waiting,
                    Status::Done,
                ]),
                priority: *self.pick(&[
                    Priority::High,
                    Priority::Normal,
                    Priority::Normal,
                    Priority::Low,
                ]),
                promised: side == Side::Us && self.chance(40),
                informed_on: None,
                proof: Default::default(),
                inside: false,
                source: None,
                created: self.at(created),
                history: Default::default(),
            };
            changes.push(Change::create(action));
        }
    }
}
