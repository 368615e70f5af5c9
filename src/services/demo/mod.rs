//! The demo portfolio: invented companies, Japanese and Western, with thirteen months of usage
//! and stories in it. The same seed and day give the same portfolio.

mod maker;
mod names;
mod people;
mod rhythm;
mod story;

use chrono::{Duration, NaiveDate};
use fastrand::Rng;

use crate::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
use crate::domain::action::{Action, Priority, Side, Status};
use crate::domain::change::{Change, UsageChange};
use crate::domain::facts::subscription::Subscription;
use crate::domain::facts::usage::day_number;
use crate::domain::ids::AccountId;
use crate::domain::money::{Currency, Money};
use crate::domain::when::add_months;
use maker::Maker;
pub use maker::{Made, Setting};
pub use story::Story;

/// Days of usage every account has, unless it is younger.
pub const DAYS: i64 = 395;

/// The account with this number. Each is made from its own random numbers, so that the first
/// hundred of a large demo are the small demo.
pub fn make(index: usize, setting: Setting) -> Made {
    let mut rng = Rng::with_seed(
        setting.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (index as u64).wrapping_mul(0xd1b5_4a32_d192_ed03)
            ^ 0x5eed,
    );
    let mut person = Maker {
        rng: &mut rng,
        setting,
        today: setting.now.today(),
        n: 0,
        index,
    };
    let (mut made, story) = person.account();
    rhythm::add(&mut made, index, setting, story);
    made
}

impl Maker<'_> {
    fn account(&mut self) -> (Made, Story) {
        let story = Story::of(self.index, self.rng);
        let japanese = self.chance(if self.setting.japanese { 75 } else { 30 });
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
        let units = f64::from(seats * per_seat) * if japanese { 1_000.0 } else { 8.0 };
        let arr = Money::of(
            units,
            if japanese {
                Currency::JPY
            } else {
                Currency::USD
            },
        );
        let age = match story {
            Story::Onboarding => self.rng.i64(10..44),
            _ => self.rng.i64(120..1_400),
        };
        let start = self.today - Duration::days(age);
        let mut renewal = add_months(start, 12);
        while renewal <= self.today {
            renewal = add_months(renewal, 12);
        }
        let id = AccountId::new(format!("demo-{:05}", self.index));
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
        let mut account = Account {
            reading: name.reading.clone(),
            domain: name.domain.clone(),
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
            tier: Some(tier),
            owner: owner.into(),
            arr: Some(arr),
            contract_start: Some(start),
            renewal: Some(renewal),
            term_months: Some(12),
            seats: Some(seats),
            plan: self
                .pick(&["Team", "Business", "Business", "Enterprise"])
                .to_string(),
            ..Account::new(id.clone(), name.name)
        };
        if story == Story::Growth && self.chance(30) {
            account.stage = Some(Stage::Advocacy);
            account.strategic.referenceable = true;
        }
        account.escalated = story == Story::Escalation;
        account.strategic.logo = tier == Tier::Enterprise && self.chance(40);
        account.tags = story
            .tags(japanese)
            .iter()
            .map(|t| (*t).to_owned())
            .collect();
        if story != Story::Unmeasured && self.chance(60) {
            account.goals = self.goals(story, japanese);
        }
        if matches!(story, Story::Growth | Story::Steady) && self.chance(35) {
            account.expansion = Some(Money {
                minor: arr.minor / 5,
                ..arr
            });
        }
        let contacts = self.contacts(&id, story, japanese, &name.domain);
        let mut changes: Vec<Change> = vec![Change::create(account)];
        let end =
            (story == Story::Churned).then(|| self.today - Duration::days(self.rng.i64(12..70)));
        changes.push(Change::create(Subscription {
            id: self.id("sub"),
            account: id.clone(),
            plan: "Business".into(),
            start: Some(start),
            end,
            arr: Some(arr),
            seats: Some(seats),
            period_months: Some(12),
            auto_renew: Some(self.chance(60)),
            trial: false,
            downgraded: story == Story::Decline && self.chance(25),
            past_due: story == Story::Silent && self.chance(40),
            oddities: vec![],
        }));
        self.tickets(&id, story, japanese, &contacts, &mut changes);
        self.feedback(&id, story, japanese, &contacts, end, &mut changes);
        self.conversations(&id, story, japanese, &contacts, age, &mut changes);
        self.actions(&id, japanese, &contacts, &mut changes);
        changes.extend(contacts.into_iter().map(Change::create));
        let usage = if story == Story::Unmeasured {
            Vec::new()
        } else {
            self.usage(&id, story, seats, age, end)
        };
        (Made { changes, usage }, story)
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
                }
            })
            .collect()
    }

    fn actions(
        &mut self,
        account: &AccountId,
        japanese: bool,
        contacts: &[crate::domain::contact::Contact],
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
                source: None,
                created: self.at(created),
                history: Default::default(),
            };
            changes.push(Change::create(action));
        }
    }

    fn usage(
        &mut self,
        account: &AccountId,
        story: Story,
        seats: u32,
        age: i64,
        end: Option<NaiveDate>,
    ) -> Vec<UsageChange> {
        let days = DAYS.min(age);
        let last = end.unwrap_or(self.today - Duration::days(1));
        let first = last - Duration::days(days - 1);
        let share = 0.35 + self.rng.f64() * 0.5;
        let mut active = Vec::with_capacity(days as usize);
        for i in 0..days {
            let date = first + Duration::days(i);
            let level =
                story.level(days - 1 - i, date) * share * f64::from(seats) * story::weekday(date);
            let noise = 1.0 + (self.rng.f64() - 0.5) * 0.16;
            active.push((
                day_number(date),
                (level * noise).round().clamp(0.0, f64::from(seats) * 1.1),
            ));
        }
        let per = |factor: f64, rng: &mut Rng| -> Vec<(i32, f64)> {
            active
                .iter()
                .map(|(d, v)| (*d, (v * factor * (0.9 + rng.f64() * 0.2)).round()))
                .collect()
        };
        let drop_feature = story == Story::Decline;
        let mut out = Vec::with_capacity(6);
        for (metric, factor) in [
            ("logins", 1.4),
            ("events", 23.0),
            ("feature:reports", 2.2),
            ("feature:automation", 0.9),
            ("feature:api", 0.4),
        ] {
            let mut points = per(factor, self.rng);
            if drop_feature && metric == "feature:api" {
                let stop = day_number(self.today) - 34;
                points
                    .iter_mut()
                    .filter(|p| p.0 > stop)
                    .for_each(|p| p.1 = 0.0);
            }
            out.push((metric, points));
        }
        // Some tell how deep the product sits: a link to the sales system, and a workflow.
        if matches!(story, Story::Decline | Story::Growth) {
            out.extend(adoption(&active, story, day_number(self.today)));
        }
        out.push(("active_users", active));
        out.into_iter()
            .map(|(metric, points)| UsageChange {
                account: account.clone(),
                metric: metric.to_owned(),
                before: points.iter().map(|(d, _)| (*d, None)).collect(),
                after: points.into_iter().map(|(d, v)| (d, Some(v))).collect(),
            })
            .collect()
    }
}

/// What a link carries and how often a workflow is begun and finished. Where use falls, the link was
/// cut sixteen days ago and more and more is left unfinished.
fn adoption(
    active: &[(i32, f64)],
    story: Story,
    today: i32,
) -> [(&'static str, Vec<(i32, f64)>); 3] {
    let falls = story == Story::Decline;
    let each = |value: &dyn Fn(i32, f64) -> f64| {
        active
            .iter()
            .map(|(day, n)| (*day, value(today - day, *n).round()))
            .collect()
    };
    let finished = |ago: i32| {
        if falls && ago < 60 {
            0.85 - 0.4 * f64::from(60 - ago) / 60.0
        } else {
            0.85
        }
    };
    [
        (
            "integration:crm",
            each(&|ago, n| if falls && ago < 16 { 0.0 } else { n * 3.0 }),
        ),
        ("workflow:approval_started", each(&|_, n| n * 0.8)),
        (
            "workflow:approval_completed",
            each(&|ago, n| n * 0.8 * finished(ago)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::when::{Now, Zone};
    use chrono::{TimeZone, Utc};

    #[test]
    fn the_same_seed_gives_the_same_portfolio() {
        let now = Now {
            at: Utc.with_ymd_and_hms(2026, 11, 22, 1, 4, 0).unwrap(),
            zone: Zone::Named(chrono_tz::Asia::Tokyo),
        };
        let setting = Setting {
            seed: 7,
            now,
            me: "佐藤",
            templates: &[],
            japanese: true,
        };
        for i in 0..40 {
            let (a, b) = (make(i, setting), make(i, setting));
            assert_eq!(a.changes, b.changes);
            assert_eq!(a.usage, b.usage);
            let mut ids: Vec<_> = a
                .changes
                .iter()
                .filter_map(|c| c.record().map(|r| (r.kind(), r.id().to_owned())))
                .collect();
            let n = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), n, "ids are unique");
        }
    }
}
