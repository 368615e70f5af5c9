//! The plan of touches: properties over generated accounts, a year simulated day by day, and
//! recurrences against a reference implementation of RFC 5545.

mod common;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use common::build::day;
use kenshin::testing::config::Config;
use kenshin::testing::domain::account::{Account, Stage, Tier};
use kenshin::testing::domain::cadence::calendar::{Calendar, Calendars, house};
use kenshin::testing::domain::cadence::plan::{Due, Ground, Planned, Rule, plan};
use kenshin::testing::domain::cadence::recurrence::{On, Recurrence};
use kenshin::testing::domain::cadence::rhythm::{Blackout, Deviation, Pause, Rhythm};
use kenshin::testing::domain::cadence::touchpoint::{State, Touchpoint};
use kenshin::testing::domain::cadence::{Every, Kind};
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::facts::touch::{Attendance, Touch, TouchKind};
use kenshin::testing::domain::freshness::DataFreshness;
use kenshin::testing::domain::prefs::{Block, Frequency, Message};
use kenshin::testing::domain::standing::{Standing, standing};
use kenshin::testing::domain::when::{Now, Zone};
use proptest::prelude::*;

fn tokyo() -> Zone {
    Zone::Named(chrono_tz::Asia::Tokyo)
}

fn config() -> Config {
    Config::load(None).0
}

fn at(zone: Zone, day: NaiveDate) -> DateTime<Utc> {
    zone.instant(day.and_hms_opt(10, 0, 0).expect("a valid time"))
}

fn touch(id: usize, kind: TouchKind, on: NaiveDate) -> Touch {
    Touch {
        id: format!("t{id}").as_str().into(),
        account: "a".into(),
        kind,
        at: at(tokyo(), on),
        attendance: Attendance::Held,
        summary: String::new(),
        by: "me".into(),
        purpose: None,
        moved_by: None,
        sentiment: None,
        oddities: vec![],
    }
}

/// An account of a tier with a contract and its last call.
fn dossier(tier: Tier, start: NaiveDate, called: Option<NaiveDate>) -> Dossier {
    let renewal = kenshin::testing::domain::when::add_months(start, 12);
    let mut d = Dossier::new(Account {
        tier: Some(tier),
        contract_start: Some(start),
        renewal: Some(renewal),
        term_months: Some(12),
        ..Account::new("a".into(), "A")
    });
    d.touches
        .extend(called.map(|c| touch(0, TouchKind::Call, c)));
    d
}

/// The same, with every other kind of touch also done on the day of the call.
fn known_customer(tier: Tier, start: NaiveDate, called: NaiveDate) -> Dossier {
    let mut d = dossier(tier, start, Some(called));
    d.account.renewal = Some(called + Duration::days(250));
    for (i, kind) in Kind::ALL
        .iter()
        .enumerate()
        .filter(|(_, k)| !matches!(k, Kind::Renewal | Kind::Advocacy | Kind::Expansion))
    {
        let how = if kind.is_talk() {
            TouchKind::Meeting
        } else {
            TouchKind::Email
        };
        d.touches.push(Touch {
            purpose: Some(*kind),
            ..touch(i + 1, how, called)
        });
    }
    d
}

struct Desk {
    config: Config,
    today: NaiveDate,
    calendar: Calendar,
}

impl Desk {
    fn on(today: NaiveDate) -> Self {
        let config = config();
        let calendar = Calendar::new(&config.cadence, std::iter::empty(), today, tokyo());
        Self {
            config,
            today,
            calendar,
        }
    }

    fn standing(&self, d: &Dossier) -> Standing {
        standing(
            d,
            DataFreshness::default(),
            self.config.scoring_context(),
            Now::new(at(tokyo(), self.today), tokyo()),
        )
    }

    fn plan(&self, d: &Dossier) -> Vec<Planned> {
        self.plan_until(d, self.today + Duration::days(365))
    }

    fn plan_until(&self, d: &Dossier, until: NaiveDate) -> Vec<Planned> {
        let ground = Ground {
            policy: &self.config.cadence,
            calendar: &self.calendar,
            today: self.today,
            zone: tokyo(),
        };
        plan(
            &d.account,
            &self.standing(d),
            &d.touchpoints,
            &ground,
            until,
        )
    }
}

fn of(plan: &[Planned], kind: Kind) -> Vec<&Planned> {
    plan.iter().filter(|p| p.kind == kind).collect()
}

#[test]
fn the_table_of_tiers_is_followed() {
    let today = day(2026, 11, 24);
    let desk = Desk::on(today);
    // A contract of a year and a half, the last call two weeks ago, the renewal in half a year.
    let d = |tier| known_customer(tier, day(2025, 5, 20), day(2026, 11, 10));
    let enterprise = desk.plan(&Dossier {
        account: Account {
            renewal: Some(day(2027, 5, 20)),
            ..d(Tier::Enterprise).account
        },
        ..d(Tier::Enterprise)
    });
    let checkins: Vec<_> = of(&enterprise, Kind::Checkin);
    assert_eq!(checkins[0].ideal, day(2026, 12, 10));
    assert!(matches!(checkins[0].rule, Rule::Interval { every, .. } if every == Every::months(1)));
    assert_eq!(of(&enterprise, Kind::Review).len(), 4, "a review a quarter");
    let talks: Vec<_> = enterprise
        .iter()
        .filter(|p| p.kind.is_talk())
        .map(|p| p.date)
        .collect();
    assert!((12..=22).contains(&talks.len()), "{talks:?}");
    // The plan contains the complete timeline of the renewal.
    let steps: Vec<i32> = enterprise
        .iter()
        .filter_map(|p| {
            if let Rule::Renewal { days } = p.rule {
                Some(days)
            } else {
                None
            }
        })
        .take(6)
        .collect();
    assert_eq!(steps, [120, 90, 60, 30, 14, 7]);
    let mid = desk.plan(&d(Tier::MidMarket));
    assert!(
        of(&mid, Kind::Checkin)
            .iter()
            .all(|p| !matches!(p.rule, Rule::Interval { every, .. } if every != Every::months(2)))
    );
    assert_eq!(of(&mid, Kind::Review).len(), 2);
    let small = desk.plan(&d(Tier::Smb));
    assert!((2..=4).contains(&of(&small, Kind::Checkin).len()));
    let tech = desk.plan(&d(Tier::TechTouch));
    assert!(tech.iter().all(|p| !p.kind.is_talk()), "{tech:?}");
    assert!(of(&tech, Kind::Email).len() >= 11);
}

#[test]
fn the_first_weeks_follow_the_onboarding_plan() {
    let today = day(2026, 10, 5);
    let desk = Desk::on(today);
    let plan = desk.plan(&dossier(Tier::MidMarket, today, None));
    let week: Vec<_> = plan
        .iter()
        .filter(|p| p.date < today + Duration::days(9))
        .collect();
    let calls: Vec<_> = week
        .iter()
        .filter(|p| p.kind == Kind::Checkin)
        .map(|p| p.rule)
        .collect();
    assert_eq!(
        calls,
        [Rule::Onboarding { day: 3 }, Rule::Onboarding { day: 7 }]
    );
    assert!(week.iter().filter(|p| p.kind == Kind::Email).count() >= 5);
    let rules: Vec<_> = of(&plan, Kind::Checkin)
        .iter()
        .take(5)
        .map(|p| p.rule)
        .collect();
    assert_eq!(
        rules[2..4],
        [Rule::Onboarding { day: 17 }, Rule::Onboarding { day: 35 }]
    );
    assert!(
        matches!(rules[4], Rule::Interval { stage: Stage::Adoption, every, .. } if every == Every::months(1)),
        "{rules:?}"
    );
    // A step that is done is not planned again.
    let mut d = dossier(Tier::MidMarket, day(2026, 9, 28), Some(day(2026, 10, 1)));
    d.touches.push(touch(1, TouchKind::Email, day(2026, 10, 4)));
    let plan = desk.plan(&d);
    assert!(
        !plan
            .iter()
            .any(|p| p.kind == Kind::Checkin && p.rule == Rule::Onboarding { day: 3 }),
        "{plan:?}"
    );
}

#[test]
fn an_overdue_touch_appears_once_and_keeps_its_day() {
    let today = day(2026, 11, 24);
    let d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 8, 20));
    let plan = Desk::on(today).plan(&d);
    let first = of(&plan, Kind::Checkin)[0].clone();
    assert_eq!(
        (first.ideal, first.latest, first.due(today)),
        (day(2026, 9, 20), day(2026, 10, 14), Due::Late)
    );
    assert_eq!(first.date, today);
    assert_eq!(
        of(&plan, Kind::Checkin)
            .iter()
            .filter(|p| p.ideal < today)
            .count(),
        1
    );
    // The next morning the plan is the same.
    let again = Desk::on(today + Duration::days(1)).plan(&d);
    assert_eq!(of(&again, Kind::Checkin)[0].ideal, first.ideal);
}

#[test]
fn no_touch_is_on_a_day_off_and_closures_are_bridged() {
    // Monthly from the 30th: both 30 December and 1 January are in the closure.
    let today = day(2026, 12, 1);
    let desk = Desk::on(today);
    let d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 30));
    let plan = desk.plan(&d);
    let first = of(&plan, Kind::Checkin)[0];
    assert_eq!(
        (first.ideal, first.date),
        (day(2026, 12, 30), day(2027, 1, 4))
    );
    for p in &plan {
        assert_eq!(house(&desk.config.cadence, p.date), None, "{p:?}");
    }
}

#[test]
fn an_agreed_meeting_stays_put_and_the_plan_goes_on_from_it() {
    let today = day(2026, 11, 24);
    let desk = Desk::on(today);
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 10));
    // On a Sunday, as agreed.
    let sunday = day(2026, 12, 13);
    d.touchpoints.push(Touchpoint {
        id: "m".into(),
        account: "a".into(),
        kind: Kind::Checkin,
        start: at(tokyo(), sunday),
        day_only: false,
        minutes: 30,
        state: State::Agreed,
        owner: String::new(),
        place: String::new(),
        ideal: None,
        moves: vec![],
        created: at(tokyo(), today),
    });
    let plan = desk.plan(&d);
    let checkins = of(&plan, Kind::Checkin);
    assert_eq!(
        (checkins[0].date, checkins[0].rule, checkins[0].own.time),
        (sunday, Rule::Agreed, NaiveTime::from_hms_opt(10, 0, 0))
    );
    assert!(checkins[1].ideal >= day(2027, 1, 10), "{:?}", checkins[1]);
    // A change of tier does not move it.
    d.account.tier = Some(Tier::Smb);
    assert_eq!(of(&desk.plan(&d), Kind::Checkin)[0].date, sunday);
}

#[test]
fn a_recurrence_is_followed_and_holidays_move_its_day() {
    let today = day(2026, 10, 1);
    let desk = Desk::on(today);
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 9, 30));
    let agreed = Recurrence {
        on: On::Nth {
            nth: 1,
            weekday: Weekday::Tue,
        },
        every: 1,
        from: today,
        time: NaiveTime::from_hms_opt(10, 0, 0),
    };
    d.account.cadence = Some(Box::new(Rhythm {
        agreed: Some(agreed),
        zone: "America/New_York".into(),
        ..Rhythm::default()
    }));
    let plan = desk.plan(&d);
    let checkins = of(&plan, Kind::Checkin);
    // 3 November is 文化の日. Ten o'clock in New York is eleven at night or midnight in Tokyo.
    assert_eq!(checkins[0].ideal, day(2026, 11, 3));
    assert_eq!(checkins[0].date, day(2026, 11, 4));
    assert_eq!(checkins[1].ideal, day(2026, 12, 1));
    assert_eq!(
        (checkins[1].date, checkins[1].own.time),
        (day(2026, 12, 2), NaiveTime::from_hms_opt(0, 0, 0))
    );
    let summer = checkins
        .iter()
        .find(|p| p.ideal == day(2027, 4, 6))
        .expect("a touch in April");
    assert_eq!(summer.own.time, NaiveTime::from_hms_opt(23, 0, 0));
    assert!(checkins.iter().all(|p| p.rule == Rule::Recurrence));
}

#[test]
fn preferences_block_touches_and_state_the_reason() {
    let today = day(2026, 11, 24);
    let desk = Desk::on(today);
    let mut d = known_customer(Tier::TechTouch, day(2024, 2, 1), day(2026, 11, 10));
    d.account.prefs.opted_out.insert(Message::Updates);
    let plan = desk.plan(&d);
    let mails = of(&plan, Kind::Email);
    assert!(
        !mails.is_empty()
            && mails.iter().all(|p| p.own.blocked
                == Some(Block::OptedOut {
                    message: Message::Updates
                }))
    );
    // The account is still contacted: another kind of touch takes the place.
    assert!(
        of(&plan, Kind::Webinar)
            .iter()
            .filter(|p| p.own.blocked.is_none())
            .count()
            >= 10,
        "{plan:?}"
    );
    // A lower frequency is a longer interval, not a series of blocked touches.
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 10));
    d.account
        .prefs
        .frequency
        .insert(Message::Calls, Frequency::Quarterly);
    let plan = desk.plan(&d);
    assert!(
        of(&plan, Kind::Checkin)
            .iter()
            .all(|p| p.own.blocked.is_some() || matches!(p.rule, Rule::Preference { .. })),
        "{plan:?}"
    );
    assert_eq!(
        of(&plan, Kind::Review)
            .iter()
            .filter(|p| p.own.blocked.is_none())
            .count(),
        4,
        "reviews of the largest are never skipped"
    );
    // A cap applies to all messages together.
    let mut d = dossier(Tier::Smb, today - Duration::days(1), None);
    d.account.prefs.cap = Some(2);
    let plan = desk.plan_until(&d, today + Duration::days(28));
    assert_eq!(
        plan.iter()
            .filter(|p| !p.kind.is_talk() && p.own.blocked.is_none())
            .count(),
        2
    );
    assert!(
        plan.iter()
            .any(|p| p.own.blocked == Some(Block::Cap { cap: 2 }))
    );
}

#[test]
fn a_pause_keeps_a_light_touch_and_the_reviews_of_the_largest() {
    let today = day(2026, 11, 24);
    let desk = Desk::on(today);
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 10));
    d.account.renewal = Some(day(2028, 2, 1));
    d.account.cadence = Some(Box::new(Rhythm {
        paused: Some(Pause {
            from: today,
            until: day(2027, 4, 30),
            reason: "merger".into(),
        }),
        ..Rhythm::default()
    }));
    let plan = desk.plan(&d);
    let during: Vec<_> = plan
        .iter()
        .filter(|p| p.ideal <= day(2027, 4, 30))
        .collect();
    assert!(
        during
            .iter()
            .all(|p| matches!(p.rule, Rule::Paused) || p.kind == Kind::Review),
        "{during:#?}"
    );
    assert!(during.iter().filter(|p| p.rule == Rule::Paused).count() >= 3);
    assert!(during.iter().any(|p| p.kind == Kind::Review));
    assert!(of(&plan, Kind::Checkin)[0].ideal > day(2027, 4, 30));
}

#[test]
fn trouble_shortens_the_interval_for_the_coming_weeks() {
    let today = day(2026, 11, 24);
    let desk = Desk::on(today);
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 20));
    d.account.escalated = true;
    let plan = desk.plan(&d);
    let burning: Vec<_> = plan
        .iter()
        .filter(|p| matches!(p.rule, Rule::Trouble { .. }))
        .map(|p| p.ideal)
        .collect();
    assert_eq!(
        burning,
        [
            day(2026, 11, 27),
            day(2026, 12, 4),
            day(2026, 12, 11),
            day(2026, 12, 18)
        ]
    );
    assert!(
        of(&plan, Kind::Checkin)
            .iter()
            .any(|p| matches!(p.rule, Rule::Interval { .. }))
    );
}

#[test]
fn a_declined_touch_is_planned_again_after_some_days() {
    let today = day(2026, 11, 24);
    let mut d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 10, 20));
    let first = |d: &Dossier| of(&Desk::on(today).plan(d), Kind::Checkin)[0].clone();
    assert_eq!(first(&d).date, today);
    d.touches.push(Touch {
        attendance: Attendance::Declined,
        purpose: Some(Kind::Checkin),
        ..touch(99, TouchKind::Meeting, day(2026, 11, 23))
    });
    let again = first(&d);
    assert_eq!(
        (again.ideal, again.date),
        (day(2026, 11, 20), day(2026, 11, 30)),
        "five days on is a Saturday"
    );
    // Once a later touch was held, the decline no longer matters.
    d.touches.push(touch(100, TouchKind::Call, today));
    assert_eq!(first(&d).ideal, day(2026, 12, 24));
}

#[test]
fn a_customer_who_left_is_not_planned() {
    let today = day(2026, 11, 24);
    let mut d = dossier(Tier::Enterprise, day(2024, 2, 1), Some(day(2026, 8, 10)));
    let outcome = serde_json::json!({ "id": "o", "account": "a", "kind": "churned", "date": "2026-10-01", "reason": "", "comment": "", "amount": null });
    d.outcomes
        .push(serde_json::from_value(outcome).expect("valid JSON"));
    assert_eq!(Desk::on(today).plan(&d), []);
}

#[test]
fn an_absence_moves_touches_unless_it_has_a_cover() {
    use kenshin::testing::domain::cadence::absence::{Absence, Span, Why};
    let today = day(2026, 11, 24);
    let config = config();
    let span = Span {
        start: tokyo().instant(day(2026, 12, 7).and_time(NaiveTime::MIN)),
        end: tokyo().instant(day(2026, 12, 19).and_time(NaiveTime::MIN)),
        title: String::new(),
        whole: true,
    };
    let mut absence = Absence {
        name: "leave".into(),
        why: Why::Absence,
        person: "佐藤".into(),
        cover: String::new(),
        spans: vec![span],
    };
    let d = known_customer(Tier::Enterprise, day(2024, 2, 1), day(2026, 11, 10));
    let first = |absence: &Absence| {
        let calendars = Calendars::new(&config.cadence, [absence].into_iter(), today, tokyo());
        let ground = Ground {
            policy: &config.cadence,
            calendar: calendars.of("佐藤"),
            today,
            zone: tokyo(),
        };
        let s = Desk::on(today).standing(&d);
        let found = plan(&d.account, &s, &[], &ground, today + Duration::days(60));
        (
            of(&found, Kind::Checkin)[0].date,
            calendars.on_duty("佐藤", day(2026, 12, 10)).to_owned(),
        )
    };
    assert_eq!(first(&absence), (day(2026, 12, 21), "佐藤".to_owned()));
    absence.cover = "高橋".into();
    assert_eq!(first(&absence), (day(2026, 12, 10), "高橋".to_owned()));
}

fn invented() -> impl Strategy<Value = (Dossier, NaiveDate)> {
    let tiers = prop::sample::select(Tier::ALL.to_vec());
    let everies = prop::option::of(prop::sample::select(vec![
        Every::weeks(1),
        Every::weeks(2),
        Every::months(1),
        Every::months(3),
        Every::days(10),
    ]));
    let recurrence = prop::option::weighted(0.3, recurrences());
    let blackout = prop::option::weighted(0.4, (0_i64..300, 1_i64..40, any::<bool>()));
    (
        tiers,
        0_i64..1_500,
        prop::option::of(0_i64..200),
        0_i64..400,
        everies,
        recurrence,
        blackout,
        any::<bool>(),
        0_i64..3_000,
    )
        .prop_map(
            |(tier, age, called, renewal, every, agreed, blackout, escalated, shift)| {
                let today = day(2024, 1, 1) + Duration::days(shift);
                let mut d = dossier(
                    tier,
                    today - Duration::days(age),
                    called
                        .filter(|c| *c <= age)
                        .map(|c| today - Duration::days(c)),
                );
                d.account.id = format!("a{shift}-{age}").as_str().into();
                d.account.renewal = Some(today + Duration::days(renewal));
                d.account.escalated = escalated;
                let mut rhythm = Rhythm {
                    agreed: agreed.map(|r| Recurrence {
                        from: today - Duration::days(40),
                        ..r
                    }),
                    ..Rhythm::default()
                };
                if let Some(every) = every {
                    rhythm.every.insert(
                        Kind::Checkin,
                        Deviation {
                            every: Some(every),
                            reason: String::new(),
                            set: today,
                            by: String::new(),
                        },
                    );
                }
                if let Some((from, length, yearly)) = blackout {
                    let from = today + Duration::days(from);
                    rhythm.blackouts.push(Blackout {
                        from,
                        to: from + Duration::days(length),
                        yearly,
                        reason: String::new(),
                    });
                }
                d.account.cadence = Some(Box::new(rhythm));
                (d, today)
            },
        )
}

fn recurrences() -> impl Strategy<Value = Recurrence> {
    let weekday = prop::sample::select(vec![
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ]);
    let on = prop_oneof![
        weekday.clone().prop_map(|weekday| On::Week { weekday }),
        (prop::sample::select(vec![-1_i8, 1, 2, 3, 4, 5]), weekday)
            .prop_map(|(nth, weekday)| On::Nth { nth, weekday }),
        (1_u32..=31).prop_map(|day| On::Day { day }),
    ];
    (
        on,
        1_u32..=6,
        0_i64..3_650,
        prop::option::of((0_u32..24, 0_u32..60)),
    )
        .prop_map(|(on, every, from, time)| Recurrence {
            on,
            every,
            from: day(2020, 1, 1) + Duration::days(from),
            time: time.and_then(|(h, m)| NaiveTime::from_hms_opt(h, m, 0)),
        })
}

/// A recurrence in the syntax of RFC 5545, without DTSTART, for the reference.
fn rule(r: &Recurrence) -> String {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let name = |w: Weekday| DAYS[w.num_days_from_monday() as usize];
    let every = r.every.max(1);
    match r.on {
        On::Week { weekday } => {
            let day = name(weekday);
            format!("FREQ=WEEKLY;INTERVAL={every};WKST=MO;BYDAY={day}")
        }
        On::Nth { nth, weekday } => {
            format!("FREQ=MONTHLY;INTERVAL={every};BYDAY={nth}{}", name(weekday))
        }
        On::Day { day } if day <= 28 => {
            format!("FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}")
        }
        On::Day { day } => {
            let days: Vec<String> = (28..=day).map(|d| d.to_string()).collect();
            let days = days.join(",");
            format!("FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={days};BYSETPOS=-1")
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_touch_is_on_an_allowed_day((d, today) in invented()) {
        let desk = Desk::on(today);
        let found = desk.plan(&d);
        let rhythm = d.account.cadence.as_deref().expect("a rhythm");
        let open = |day: NaiveDate| house(&desk.config.cadence, day).is_none() && rhythm.blackout(day).is_none();
        for p in &found {
            prop_assert!(p.date >= today, "{p:?}");
            prop_assert!(p.ideal <= p.latest, "{p:?}");
            prop_assert!(open(p.date), "{p:?} on a day off");
            // After the latest day only if no earlier day was possible.
            if p.is_beyond() && p.latest >= today {
                let mut day = p.ideal.max(today);
                while day <= p.latest {
                    prop_assert!(!open(day), "{p:?} could be on {day}");
                    day += Duration::days(1);
                }
            }
            if let Rule::Interval { every, .. } = p.rule {
                prop_assert_eq!(p.latest - p.ideal, Duration::days(desk.config.cadence.slack(every)));
            }
        }
        // Planning again without a change gives the same plan.
        prop_assert_eq!(&found, &desk.plan(&d));
        // A shorter horizon gives the same touches.
        let near = today + Duration::days(90);
        let short: Vec<_> = desk.plan_until(&d, near).into_iter().filter(|p| p.ideal <= near && !matches!(p.rule, Rule::Floor { .. })).map(|p| (p.kind, p.ideal, p.date)).collect();
        let long: Vec<_> = found.iter().filter(|p| p.ideal <= near && !matches!(p.rule, Rule::Floor { .. })).map(|p| (p.kind, p.ideal, p.date)).collect();
        prop_assert_eq!(short, long);
    }

    #[test]
    fn no_account_is_silent_for_long((d, today) in invented()) {
        let found = Desk::on(today).plan(&d);
        let longest = d.account.cadence.as_ref().map_or(0, |r| r.blackouts.iter().map(|b| (b.to - b.from).num_days()).sum::<i64>());
        let mut days: Vec<NaiveDate> = found.iter().filter(|p| p.own.blocked.is_none()).map(|p| p.date).collect();
        days.push(today);
        days.push(today + Duration::days(365));
        days.sort_unstable();
        for pair in days.windows(2) {
            let gap = (pair[1] - pair[0]).num_days();
            prop_assert!(gap <= 30 + 16 + longest, "{gap} days from {} to {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn an_agreed_recurrence_falls_on_the_days_of_the_reference(r in recurrences(), after in 0_i64..4_000) {
        let after = day(2020, 1, 1) + Duration::days(after);
        let ours: Vec<NaiveDate> = r.days(after).take(12).collect();
        let start = r.from.format("%Y%m%dT090000Z");
        let set: rrule::RRuleSet = format!("DTSTART:{start}\nRRULE:{}", rule(&r)).parse().expect("a rule");
        let first = after.max(r.from - Duration::days(1)) + Duration::days(1);
        let from = first.and_hms_opt(0, 0, 0).expect("a valid time").and_utc().with_timezone(&rrule::Tz::UTC);
        // The reference counts its start as an occurrence only if the rule includes it.
        let theirs: Vec<NaiveDate> = set.after(from).all(12).dates.into_iter().map(|d| d.date_naive()).collect();
        let both = ours.len().min(theirs.len());
        prop_assert_eq!(&ours[..both], &theirs[..both], "{} from {}", rule(&r), r.from);
        prop_assert!(both >= 1 || ours.is_empty());
    }
}

/// A year of mornings: each day the due touches are done, and some are declined, missed or moved.
/// No account goes silent, and no talk is later than its latest day unless the customer caused it.
#[test]
fn a_year_day_by_day_leaves_no_account_silent() {
    let config = config();
    let zone = tokyo();
    let start = day(2026, 4, 1);
    let mut rng = 7_u64;
    let mut dice = move |n: u64| {
        rng = rng
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (rng >> 33) % n
    };
    let mut book: Vec<Dossier> = (0..40)
        .map(|i| {
            let tier = Tier::ALL[i % 4];
            let age = dice(900) as i64;
            let called = (age > 60).then(|| start - Duration::days(dice(40) as i64));
            let mut d = dossier(tier, start - Duration::days(age), called);
            d.account.id = format!("acc-{i}").as_str().into();
            let renewal = start + Duration::days(dice(365) as i64);
            d.account.renewal = Some(renewal);
            d
        })
        .collect();
    let (mut done, mut refused) = (0, 0);
    for n in 0..365 {
        let today = start + Duration::days(n);
        let calendar = Calendar::new(&config.cadence, std::iter::empty(), today, zone);
        for d in &mut book {
            // A renewal is signed on its day.
            if d.account.renewal == Some(today) {
                d.account.renewal = Some(kenshin::testing::domain::when::add_months(today, 12));
            }
            let s = standing(
                d,
                DataFreshness::default(),
                config.scoring_context(),
                Now::new(at(zone, today), zone),
            );
            let ground = Ground {
                policy: &config.cadence,
                calendar: &calendar,
                today,
                zone,
            };
            let due: Vec<Planned> = plan(&d.account, &s, &[], &ground, today + Duration::days(40))
                .into_iter()
                .filter(|p| p.date == today && p.own.blocked.is_none())
                .collect();
            for p in due {
                let attendance = match dice(20) {
                    0 if p.kind.is_talk() => Attendance::Declined,
                    1 if p.kind.is_talk() => Attendance::NoShow,
                    _ => Attendance::Held,
                };
                if attendance == Attendance::Held {
                    done += 1
                } else {
                    refused += 1
                }
                let kind = if p.kind.is_talk() {
                    TouchKind::Call
                } else {
                    TouchKind::Email
                };
                let id = d.touches.len() + 1;
                d.touches.push(Touch {
                    attendance,
                    purpose: Some(p.kind),
                    ..touch(id, kind, today)
                });
            }
            let s = standing(
                d,
                DataFreshness::default(),
                config.scoring_context(),
                Now::new(at(zone, today), zone),
            );
            if let Some(last) = s.last_touch {
                // A month plus the longest stretch of days off.
                assert!(
                    (today - last).num_days() <= 30 + 3 + 10,
                    "{} silent since {last} on {today}",
                    d.account.id
                );
            }
            if let Some(every) = config.cadence.every(Kind::Checkin, s.tier, s.stage)
                && let Some(last) = s.anchors.last(Kind::Checkin)
            {
                // Allows for a year-end closure and three declines.
                let longest = every.length() + config.cadence.slack(every) + 30;
                assert!(
                    (today - last).num_days() <= longest,
                    "{} not spoken with since {last} on {today}",
                    d.account.id
                );
            }
        }
    }
    assert!(done > 800 && refused > 10, "{done} {refused}");
    for d in &book {
        let s = standing(
            d,
            DataFreshness::default(),
            config.scoring_context(),
            Now::new(at(zone, start + Duration::days(365)), zone),
        );
        assert!(
            s.anchors.last.iter().flatten().next().is_some(),
            "{} was never touched",
            d.account.id
        );
        if !s.adherence.light {
            assert!(
                s.adherence.done + s.adherence.extra > 0,
                "{}: {:?}",
                d.account.id,
                s.adherence
            );
        }
    }
}

#[test]
fn leap_days_and_clock_changes_need_no_special_case() {
    // A monthly recurrence on the 31st, in February of a leap year.
    let r = Recurrence {
        on: On::Day { day: 31 },
        every: 1,
        from: day(2028, 1, 1),
        time: None,
    };
    assert_eq!(
        r.days(day(2028, 1, 1)).take(3).collect::<Vec<_>>(),
        [day(2028, 1, 31), day(2028, 2, 29), day(2028, 3, 31)]
    );
    assert_eq!(day(2028, 2, 29).weekday(), Weekday::Tue);
    // When clocks go forward in New York, 2:30 does not exist.
    let zone = Zone::Named(chrono_tz::America::New_York);
    let skipped = zone.instant(
        day(2027, 3, 14)
            .and_hms_opt(2, 30, 0)
            .expect("a valid time"),
    );
    assert_eq!(zone.day(skipped), day(2027, 3, 14));
}
