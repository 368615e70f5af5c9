//! The usage of an invented account, according to its story.

use chrono::{Duration, NaiveDate};
use fastrand::Rng;

use super::maker::Maker;
use super::story::{self, Story};
use crate::domain::change::UsageChange;
use crate::domain::facts::usage::day_number;
use crate::domain::ids::AccountId;

/// Days of usage for every account, unless it is younger.
const DAYS: i64 = 395;

impl Maker<'_> {
    pub fn usage(
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
        // Some accounts have deep usage: an integration with a sales system, and a workflow.
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

/// The traffic of an integration, and the starts and finishes of a workflow. Where usage falls, the
/// integration stopped sixteen days ago and more and more runs stay unfinished.
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
