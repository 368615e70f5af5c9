//! The cadence of an invented account: recent messages, agreed meetings, preferences. It has random
//! numbers of its own, so that the other records of the account do not depend on it.

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};
use fastrand::Rng;

use super::maker::Setting;
use super::story::Story;
use crate::domain::account::{Account, Tier};
use crate::domain::cadence::Kind;
use crate::domain::cadence::recurrence::{On, Recurrence};
use crate::domain::cadence::rhythm::{Blackout, Rhythm};
use crate::domain::cadence::touchpoint::{State, Touchpoint};
use crate::domain::change::Change;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::prefs::{Frequency, Message};

/// By kind, the most days since its last touch; only kinds the tier has.
fn usual(tier: Tier) -> &'static [(Kind, i64)] {
    match tier {
        Tier::Enterprise => &[
            (Kind::Review, 100),
            (Kind::Report, 32),
            (Kind::Executive, 190),
            (Kind::Email, 15),
            (Kind::Training, 180),
        ],
        Tier::MidMarket => &[
            (Kind::Review, 190),
            (Kind::Email, 30),
            (Kind::Training, 180),
        ],
        Tier::Smb => &[(Kind::Review, 370), (Kind::Email, 90)],
        Tier::TechTouch => &[(Kind::Email, 30), (Kind::Webinar, 90)],
    }
}

/// Gives the account its rhythm and its preferences; returns its touches and meetings.
pub(super) fn add(
    account: &mut Account,
    index: usize,
    setting: Setting,
    story: Story,
) -> Vec<Change> {
    let mut rng = Rng::with_seed(setting.seed ^ 0x5eed_ca1e ^ (index as u64) << 20);
    let today = setting.now.today();
    if story == Story::Churned {
        return Vec::new();
    }
    let id = account.id.clone();
    let tier = account.tier.unwrap_or(Tier::Smb);
    let age = account
        .contract_start
        .map_or(400, |s| (today - s).num_days());
    account.cadence = rhythm(account, story, today, &mut rng).map(Box::new);
    preferences(account, &mut rng);
    let mut extra = Vec::new();
    let mut n = 0;
    let mut record = |kind: &str| {
        n += 1;
        RecordId::new(format!("demo-{kind}-{index:05}-c{n:02}"))
    };
    if !matches!(story, Story::Unmeasured | Story::Silent | Story::Onboarding) {
        // An account in trouble was not asked for anything lately.
        let calm = !matches!(
            story,
            Story::Decline | Story::ChampionLeft | Story::Escalation
        );
        for (kind, days) in usual(tier).iter().filter(|(k, _)| calm || !k.is_talk()) {
            // Some touches are overdue.
            let late = if rng.u32(0..100) < 12 { days / 3 } else { 0 };
            let ago = rng.i64(1..=*days) + late;
            if ago < age {
                extra.push(Change::create(touch(
                    record("tou"),
                    &id,
                    *kind,
                    at(setting, today - Duration::days(ago), &mut rng),
                    setting.me,
                    setting.japanese,
                )));
            }
        }
        // Most promoters were asked for a reference.
        if story == Story::Growth && rng.u32(0..100) < 75 {
            let ago = rng.i64(0..6);
            extra.push(Change::create(touch(
                record("tou"),
                &id,
                Kind::Advocacy,
                at(setting, today - Duration::days(ago), &mut rng),
                setting.me,
                setting.japanese,
            )));
        }
    }
    let soon = index % 12 == 1;
    if soon || rng.u32(0..100) < 18 {
        let start = meeting(setting, soon, index, today, &mut rng);
        extra.push(Change::create(Touchpoint {
            id: record("mee"),
            account: id.clone(),
            kind: if tier == Tier::TechTouch {
                Kind::Training
            } else {
                Kind::Checkin
            },
            start,
            day_only: false,
            minutes: if tier == Tier::Smb { 20 } else { 30 },
            state: State::Agreed,
            owner: account.owner.to_string(),
            place: format!("https://meet.example/{:08x}", rng.u32(..)),
            ideal: None,
            moves: vec![],
            created: setting.now.at - Duration::days(9),
        }));
    }
    extra
}

fn rhythm(account: &Account, story: Story, today: NaiveDate, rng: &mut Rng) -> Option<Rhythm> {
    let mut own = Rhythm::default();
    if rng.u32(0..100) < 8 && matches!(account.tier, Some(Tier::Enterprise | Tier::MidMarket)) {
        let weekday = [Weekday::Tue, Weekday::Wed, Weekday::Thu][rng.usize(0..3)];
        let nth = rng.i8(1..4);
        own.agreed = Some(Recurrence {
            on: On::Nth { nth, weekday },
            every: 1,
            from: today - Duration::days(120),
            time: NaiveTime::from_hms_opt(rng.u32(10..16), 0, 0),
        });
    }
    if story == Story::Seasonal {
        let year = today.year();
        if let (Some(from), Some(to)) = (
            NaiveDate::from_ymd_opt(year, 12, 10),
            NaiveDate::from_ymd_opt(year, 12, 28),
        ) {
            let reason = if account.country == "JP" {
                "年末商戦"
            } else {
                "holiday season"
            };
            own.blackouts.push(Blackout {
                from,
                to,
                yearly: true,
                reason: reason.to_owned(),
            });
        }
    }
    own.zone = match account.country.as_str() {
        "US" => "America/New_York",
        "GB" => "Europe/London",
        "DE" => "Europe/Berlin",
        "CA" => "America/Toronto",
        "AU" => "Australia/Sydney",
        _ => "",
    }
    .into();
    (!own.is_empty()).then_some(own)
}

fn preferences(account: &mut Account, rng: &mut Rng) {
    match rng.u32(0..100) {
        0..6 => drop(account.prefs.opted_out.insert(Message::Promotion)),
        6..9 => drop(
            account
                .prefs
                .frequency
                .insert(Message::Updates, Frequency::Quarterly),
        ),
        9..11 => account.prefs.cap = Some(2),
        _ => {}
    }
}

fn at(setting: Setting, day: NaiveDate, rng: &mut Rng) -> chrono::DateTime<chrono::Utc> {
    let time = NaiveTime::from_hms_opt(rng.u32(9..18), rng.u32(0..4) * 15, 0).unwrap_or_default();
    setting
        .now
        .zone
        .instant(day.and_time(time))
        .min(setting.now.at - Duration::minutes(5))
}

/// Within the hour on a working day for the first few; otherwise on one of the next ten working
/// days.
fn meeting(
    setting: Setting,
    soon: bool,
    index: usize,
    today: NaiveDate,
    rng: &mut Rng,
) -> chrono::DateTime<chrono::Utc> {
    let works = |d: NaiveDate| d.weekday().num_days_from_monday() < 5;
    if soon && works(today) {
        let half = Duration::minutes(30);
        let minutes = setting.now.at.timestamp() / 60 % 30;
        return setting.now.at
            - Duration::minutes(minutes)
            - Duration::seconds(setting.now.at.timestamp() % 60)
            + half * (1 + (index / 12 % 9) as i32);
    }
    let mut day = today;
    for _ in 0..rng.u32(1..11) {
        day += Duration::days(1);
        while !works(day) {
            day += Duration::days(1);
        }
    }
    let time = NaiveTime::from_hms_opt(rng.u32(9..17), rng.u32(0..2) * 30, 0).unwrap_or_default();
    setting.now.zone.instant(day.and_time(time))
}

fn touch(
    id: RecordId,
    account: &AccountId,
    kind: Kind,
    at: chrono::DateTime<chrono::Utc>,
    me: &str,
    japanese: bool,
) -> Touch {
    let how = match kind {
        Kind::Training => TouchKind::Training,
        Kind::Webinar => TouchKind::Webinar,
        Kind::Review | Kind::Executive => TouchKind::Meeting,
        _ => TouchKind::Email,
    };
    let (ja, en) = match kind {
        Kind::Review => ("ビジネスレビュー", "Business review"),
        Kind::Report => ("価値レポート", "Value report"),
        Kind::Executive => ("役員との面談", "Executive meeting"),
        Kind::Training => ("トレーニング", "Training"),
        Kind::Webinar => ("ウェビナー案内", "Webinar invite"),
        Kind::Advocacy => ("事例のお願い", "Asked for a reference"),
        _ => ("製品のお知らせ", "Product update"),
    };
    Touch {
        id,
        account: account.clone(),
        kind: how,
        at,
        attendance: Attendance::Held,
        summary: (if japanese { ja } else { en }).to_owned(),
        by: me.to_owned(),
        purpose: Some(kind),
        moved_by: None,
        sentiment: None,
        oddities: vec![],
    }
}
