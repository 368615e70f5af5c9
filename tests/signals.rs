//! Early signals, each by table: when a signal holds, since when, and when too little is known.

mod common;

use chrono::{DateTime, TimeZone, Utc};

use chrono::NaiveDate;
use common::build::day;
use kenshin::testing::domain::account::{Account, Goal, GoalStatus};
use kenshin::testing::domain::account::{Stage, Tier};
use kenshin::testing::domain::contact::{Contact, Role, Status as Here};
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::facts::feedback::{Survey, SurveyKind};
use kenshin::testing::domain::facts::subscription::Subscription;
use kenshin::testing::domain::facts::ticket::{Priority, Status, Ticket};
use kenshin::testing::domain::facts::touch::{Attendance, Touch, TouchKind};
use kenshin::testing::domain::facts::usage::{ACTIVE_USERS, EVENTS, Series, day_number};
use kenshin::testing::domain::freshness::DataFreshness;
use kenshin::testing::domain::signals::{Call, Evidence, Kind, REGISTRY, Severity, Signal, call};
use kenshin::testing::domain::standing::signals_of;
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::words;

/// A Wednesday.
fn today() -> NaiveDate {
    day(2026, 6, 17)
}

fn ago(days: i64) -> NaiveDate {
    today() - chrono::Duration::days(days)
}

fn at(days_ago: i64, hour: u32) -> DateTime<Utc> {
    Utc.from_utc_datetime(&ago(days_ago).and_hms_opt(hour, 0, 0).expect("a valid time"))
}

struct Case {
    d: Dossier,
    freshness: DataFreshness,
}

impl Case {
    fn new() -> Self {
        let mut account = Account::new("a".into(), "Acme");
        account.contract_start = Some(ago(800));
        account.tier = Some(Tier::MidMarket);
        account.stage = Some(Stage::Growth);
        Self {
            d: Dossier::new(account),
            freshness: DataFreshness {
                tickets: Some(today()),
                usage: Some(today()),
            },
        }
    }

    /// Adds values from `first` up to `last` days ago.
    fn usage(
        mut self,
        metric: &str,
        first: i64,
        last: i64,
        value: impl Fn(i64, NaiveDate) -> Option<f64>,
    ) -> Self {
        let points = (last..=first)
            .filter_map(|n| Some((day_number(ago(n)), value(n, ago(n))?)))
            .collect();
        self.d
            .usage
            .0
            .insert(metric.to_owned(), Series::from_points(points));
        self
    }

    fn ticket(mut self, days_ago: i64, change: impl FnOnce(&mut Ticket)) -> Self {
        let id = format!("t{}", self.d.tickets.len());
        let mut ticket = Ticket {
            id: id.as_str().into(),
            account: "a".into(),
            subject: format!(
                "Matter number {}",
                [
                    "alpha", "delta", "gamma", "omega", "sigma", "theta", "kappa", "iota"
                ][self.d.tickets.len() % 8]
                    .repeat(3)
            ),
            body: String::new(),
            status: Status::Closed,
            priority: Priority::Normal,
            opened: Some(at(days_ago, 10)),
            first_answer: None,
            solved: Some(at(days_ago, 14)),
            escalated: false,
            category: String::new(),
            requester: String::new(),
            resolution: String::new(),
            csat: None,
            oddities: vec![],
        };
        change(&mut ticket);
        self.d.tickets.push(ticket);
        self
    }

    fn survey(
        mut self,
        kind: SurveyKind,
        days_ago: i64,
        score: f64,
        respondent: &str,
        comment: &str,
    ) -> Self {
        let id = format!("s{}", self.d.surveys.len());
        self.d.surveys.push(Survey {
            id: id.as_str().into(),
            account: "a".into(),
            kind,
            score,
            date: Some(ago(days_ago)),
            respondent: respondent.into(),
            comment: comment.into(),
            oddities: vec![],
        });
        self
    }

    fn touch(
        mut self,
        kind: TouchKind,
        days_ago: i64,
        attendance: Attendance,
        summary: &str,
    ) -> Self {
        let id = format!("x{}", self.d.touches.len());
        let touch = Touch {
            id: id.as_str().into(),
            account: "a".into(),
            kind,
            at: at(days_ago, 9),
            attendance,
            summary: summary.into(),
            by: String::new(),
            purpose: None,
            moved_by: None,
            sentiment: None,
            oddities: vec![],
        };
        self.d.touches.push(touch);
        self
    }

    fn contact(mut self, role: Role, status: Here, since: Option<NaiveDate>) -> Self {
        let id = format!("c{}", self.d.contacts.len());
        let mut contact = Contact::new(id.as_str().into(), "a".into(), "Mika");
        (contact.role, contact.status, contact.since) = (Some(role), status, since);
        self.d.contacts.push(contact);
        self
    }

    fn seats(mut self, from: i64, to: Option<i64>, seats: u32) -> Self {
        let id = format!("b{}", self.d.subscriptions.len());
        self.d.subscriptions.push(Subscription {
            start: Some(ago(from)),
            end: to.map(ago),
            seats: Some(seats),
            period_months: Some(12),
            ..Subscription::new(id.as_str().into(), "a".into())
        });
        self
    }

    fn goal(mut self, status: GoalStatus, due: Option<NaiveDate>) -> Self {
        self.d.account.goals.push(Goal {
            text: "Go live".into(),
            status,
            due,
            reached: None,
        });
        self
    }

    fn change(mut self, change: impl FnOnce(&mut Dossier)) -> Self {
        change(&mut self.d);
        self
    }

    fn signals_on(&self, day: NaiveDate, hour: u32) -> Vec<Signal> {
        self.signals_at(Now::new(
            Utc.from_utc_datetime(&day.and_hms_opt(hour, 0, 0).expect("a valid time")),
            Zone::utc(),
        ))
    }

    fn signals_at(&self, now: Now) -> Vec<Signal> {
        let config = kenshin::testing::config::Config::load(None).0;
        signals_of(&self.d, self.freshness, config.scoring_context(), now).0
    }

    fn find(&self, kind: Kind) -> Option<Signal> {
        self.signals_on(today(), 12)
            .into_iter()
            .find(|s| s.kind == kind)
    }

    /// Asserts that the signal holds since the given day.
    #[track_caller]
    fn holds(self, kind: Kind, since: NaiveDate) -> Self {
        let found = self
            .find(kind)
            .unwrap_or_else(|| panic!("{} does not hold", kind.key()));
        assert_eq!(
            found.date,
            since,
            "{}: {} days ago",
            kind.key(),
            (today() - found.date).num_days()
        );
        assert!(!found.evidence.is_empty() && found.confidence <= 100);
        let t = kenshin::testing::words::Lang::En;
        assert!(
            !words::signals::signal_line(t, &found).contains('{'),
            "{}",
            words::signals::signal_line(t, &found)
        );
        self
    }

    #[track_caller]
    fn rests(self, kind: Kind) -> Self {
        let found = self.find(kind);
        assert!(found.is_none(), "{found:?}");
        self
    }

    /// Asserts that the signal holds on the given day and not on the day before, when computed as
    /// of those days.
    #[track_caller]
    fn begins(self, kind: Kind, day: NaiveDate) -> Self {
        let on = |day| self.signals_on(day, 23).iter().any(|s| s.kind == kind);
        assert!(on(day), "{} does not hold on {day}", kind.key());
        assert!(
            !on(day - chrono::Duration::days(1)),
            "{} holds before {day}",
            kind.key()
        );
        self
    }
}

fn working(n: f64) -> impl Fn(i64, NaiveDate) -> Option<f64> {
    use chrono::Datelike;
    move |_, day| {
        Some(if day.weekday().num_days_from_monday() >= 5 {
            n / 10.0
        } else {
            n
        })
    }
}

#[test]
fn the_registry_is_in_the_order_of_the_kinds() {
    for (i, spec) in REGISTRY.iter().enumerate() {
        assert_eq!(spec.kind.index(), i, "{}", spec.kind.key());
    }
    assert_eq!(REGISTRY.len(), Kind::ALL.len());
}

#[test]
fn an_account_without_data_has_no_signals() {
    let case = Case::new();
    assert_eq!(case.signals_on(today(), 12), vec![]);
    // Neither has an account with a single value, or with zeros only.
    let one = Case::new().usage(ACTIVE_USERS, 3, 3, |_, _| Some(9.0));
    assert_eq!(one.signals_on(today(), 12), vec![]);
    let zeros = Case::new().usage(ACTIVE_USERS, 200, 0, |_, _| Some(0.0));
    assert_eq!(zeros.signals_on(today(), 12), vec![]);
}

#[test]
fn usage_drop_holds_and_rests() {
    use chrono::Datelike;
    let kind = Kind::UsageDrop;
    let fell = |days: i64, to: f64| {
        move |n: i64, day: NaiveDate| {
            let level = if n < days { to } else { 20.0 };
            Some(if day.weekday().num_days_from_monday() >= 5 {
                level / 10.0
            } else {
                level
            })
        }
    };
    // Three weeks at half: the median of each weekday has changed after two and a half weeks.
    let case = Case::new().usage(ACTIVE_USERS, 200, 0, fell(25, 10.0));
    let found = case.find(kind).expect("the signal holds");
    assert!(
        (today() - found.date).num_days() <= 14 && found.severity == Severity::High,
        "{found:?}"
    );
    case.begins(kind, found.date);
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, fell(28, 16.0))
        .rests(kind);
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, working(20.0))
        .rests(kind);
    // A week of holidays is no drop, nor is a stopped feed or unknown days.
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, fell(7, 0.0))
        .rests(kind);
    Case::new()
        .usage(ACTIVE_USERS, 300, 60, fell(90, 8.0))
        .rests(kind);
    Case::new()
        .usage(ACTIVE_USERS, 20, 0, fell(10, 8.0))
        .rests(kind);
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, |n, day| {
            (n % 3 != 0 || n > 60)
                .then(|| working(20.0)(n, day))
                .flatten()
        })
        .rests(kind);
    // Two users instead of one are no drop.
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, |n, _| {
            Some(if n < 28 { 1.0 } else { 2.0 })
        })
        .rests(kind);
    // An account with large weekly variation must fall further than it varies.
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, |n, _| {
            Some(if (n / 7) % 2 == 0 { 30.0 } else { 8.0 })
        })
        .rests(kind);
    // Monthly values: the last against the one before, on the day it arrived.
    let monthly = |values: &'static [f64]| {
        move |n: i64, _: NaiveDate| {
            (n % 30 == 5)
                .then(|| values.get((n / 30) as usize).copied())
                .flatten()
        }
    };
    Case::new()
        .usage(
            ACTIVE_USERS,
            200,
            0,
            monthly(&[12.0, 20.0, 21.0, 20.0, 20.0, 20.0]),
        )
        .holds(kind, ago(5));
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, monthly(&[19.0, 20.0, 21.0]))
        .rests(kind);
    // Values after the day are not used.
    let future = Case::new().usage(ACTIVE_USERS, 200, -40, |n, _| {
        Some(if n < 0 { 1.0 } else { 20.0 })
    });
    future.rests(kind);
    // Near the renewal a smaller drop is enough.
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, fell(28, 15.0))
        .rests(kind)
        .change(|d| d.account.stage = Some(Stage::Renewal))
        .find(kind)
        .expect("the signal holds near the renewal");
}

#[test]
fn logins_falling_holds_and_rests() {
    let kind = Kind::LoginsFalling;
    let every = |n: i64| {
        move |ago: i64, _: NaiveDate| Some(f64::from(u8::from(ago > 27 || ago % n == 0)) * 5.0)
    };
    let found = Case::new()
        .usage("logins", 120, 0, every(7))
        .find(kind)
        .expect("the signal holds");
    assert_eq!(
        found.evidence,
        vec![Evidence::PerWeek {
            before: 7.0,
            now: 1.0
        }]
    );
    Case::new().usage("logins", 120, 0, every(2)).rests(kind);
    Case::new()
        .usage("logins", 120, 0, |n, _| (n % 30 == 0).then_some(4.0))
        .rests(kind);
}

#[test]
fn seat_feature_integration_and_login_signals_hold_and_rest() {
    let few = |n: f64| move |_: i64, _: NaiveDate| Some(n);
    Case::new()
        .seats(300, None, 50)
        .usage(ACTIVE_USERS, 100, 0, few(5.0))
        .find(Kind::SeatsUnused)
        .expect("5 of 50 seats in use");
    Case::new()
        .seats(300, None, 50)
        .usage(ACTIVE_USERS, 100, 0, few(20.0))
        .rests(Kind::SeatsUnused);
    Case::new()
        .change(|d| d.account.contract_start = Some(ago(30)))
        .seats(30, None, 50)
        .usage(ACTIVE_USERS, 30, 0, few(5.0))
        .rests(Kind::SeatsUnused);
    Case::new()
        .usage(ACTIVE_USERS, 100, 0, few(5.0))
        .rests(Kind::SeatsUnused);

    let core = Case::new().usage(ACTIVE_USERS, 200, 0, working(9.0)).usage(
        "feature:api",
        200,
        0,
        |n, _| Some(if n >= 34 { 4.0 } else { 0.0 }),
    );
    core.holds(Kind::FeatureUnused, ago(4))
        .begins(Kind::FeatureUnused, ago(4));
    Case::new()
        .usage(ACTIVE_USERS, 200, 0, working(9.0))
        .usage("feature:api", 200, 0, |n, _| {
            (n >= 34 && n % 20 == 0).then_some(1.0)
        })
        .rests(Kind::FeatureUnused);
    Case::new()
        .usage("feature:api", 200, 40, |_, _| Some(4.0))
        .rests(Kind::FeatureUnused);

    let sync =
        Case::new()
            .usage(EVENTS, 90, 0, working(9.0))
            .usage("integration:crm", 90, 5, |_, _| Some(7.0));
    sync.holds(Kind::IntegrationLost, ago(2))
        .begins(Kind::IntegrationLost, ago(2));
    Case::new()
        .usage(EVENTS, 90, 0, working(9.0))
        .usage("integration:crm", 90, 1, |_, _| Some(7.0))
        .rests(Kind::IntegrationLost);

    let silent = Case::new().usage(ACTIVE_USERS, 100, 0, |n, _| {
        Some(if n >= 16 { 5.0 } else { 0.0 })
    });
    silent
        .holds(Kind::NoLogin, ago(2))
        .begins(Kind::NoLogin, ago(2));
    Case::new()
        .usage(ACTIVE_USERS, 100, 0, |n, _| {
            Some(if n >= 10 { 5.0 } else { 0.0 })
        })
        .rests(Kind::NoLogin);
    // No account has newer data: the feed is silent, not the users.
    let mut late = Case::new().usage(ACTIVE_USERS, 100, 20, |_, _| Some(5.0));
    late.freshness.usage = Some(ago(20));
    late.rests(Kind::NoLogin);
}

#[test]
fn ticket_signals_hold_and_rest() {
    let mut busy = Case::new();
    for n in [150, 120, 100, 75, 50, 30] {
        busy = busy.ticket(n, |_| {});
    }
    for n in [6, 5, 4, 3, 2] {
        busy = busy.ticket(n, |_| {});
    }
    busy.holds(Kind::TicketSpike, ago(3))
        .begins(Kind::TicketSpike, ago(3));
    // An account that is a few weeks old has no usual level yet.
    let mut new = Case::new().change(|d| d.account.contract_start = Some(ago(20)));
    for n in [6, 5, 4, 3, 2] {
        new = new.ticket(n, |_| {});
    }
    new.rests(Kind::TicketSpike);

    let words = [
        "レポートが出力できない",
        "レポート出力ができません",
        "レポートの出力ができない",
        "請求書の宛名を変えたい",
    ];
    let mut again = Case::new();
    for (n, words) in [40, 20, 8, 3].into_iter().zip(words) {
        again = again.ticket(n, |t| t.subject = words.into());
    }
    let again = again
        .holds(Kind::RepeatIssue, ago(8))
        .begins(Kind::RepeatIssue, ago(8));
    assert_eq!(
        again
            .find(Kind::RepeatIssue)
            .expect("the signal holds")
            .rows
            .len(),
        3
    );
    let mut english = Case::new();
    for (n, words) in [40, 20, 8].into_iter().zip([
        "Export to PDF fails",
        "PDF export fails again",
        "Question about the invoice",
    ]) {
        english = english.ticket(n, |t| t.subject = words.into());
    }
    english.rests(Kind::RepeatIssue);

    let open = |t: &mut Ticket| (t.solved, t.status) = (None, Status::Open);
    Case::new()
        .ticket(4, open)
        .holds(Kind::TicketOld, ago(2))
        .begins(Kind::TicketOld, ago(2));
    Case::new().ticket(1, open).rests(Kind::TicketOld);
    // Two days and two hours ago, and two hours less than two days ago.
    let edge = |hours: i64| {
        Case::new()
            .ticket(1, open)
            .change(|d| d.tickets[0].opened = Some(at(0, 12) - chrono::Duration::hours(hours)))
    };
    edge(50).find(Kind::TicketOld).expect("past 48 hours");
    edge(46).rests(Kind::TicketOld);
    Case::new()
        .ticket(9, open)
        .ticket(1, |t| {
            (t.solved, t.escalated, t.status) = (None, true, Status::Open)
        })
        .holds(Kind::TicketEscalated, ago(1));
    Case::new()
        .ticket(9, |t| t.escalated = true)
        .rests(Kind::TicketEscalated);
    // Solved once, then reopened.
    Case::new()
        .ticket(9, |t| (t.escalated, t.status) = (true, Status::Open))
        .holds(Kind::TicketEscalated, ago(9));
    // Solved without a date: the time is unknown, but the ticket is not open.
    Case::new()
        .ticket(9, |t| (t.solved, t.escalated) = (None, true))
        .rests(Kind::TicketEscalated)
        .rests(Kind::TicketOld);

    let mut slower = Case::new();
    for n in [150, 140, 130, 120] {
        slower = slower.ticket(n, |_| {});
    }
    for n in [40, 30, 20, 10] {
        slower = slower.ticket(n, |t| {
            t.solved = t.opened.map(|o| o + chrono::Duration::hours(60))
        });
    }
    slower.find(Kind::SlowerAnswers).expect("4 hours, then 60");

    let angry = Case::new()
        .ticket(20, |t| t.body = "これでは業務が止まります".into())
        .ticket(5, |t| t.subject = "This is unacceptable".into());
    angry.holds(Kind::NegativeLanguage, ago(20));
    Case::new()
        .ticket(5, |t| t.subject = "This is unacceptable".into())
        .rests(Kind::NegativeLanguage);
}

#[test]
fn feedback_signals_hold_and_rest() {
    let nps = SurveyKind::Nps;
    Case::new()
        .survey(nps, 10, 6.0, "Mika", "")
        .holds(Kind::Detractor, ago(10))
        .begins(Kind::Detractor, ago(10))
        .rests(Kind::NpsFall);
    Case::new()
        .survey(nps, 10, 7.0, "Mika", "")
        .rests(Kind::Detractor);
    // The same person gave a better score later; other people did not.
    Case::new()
        .survey(nps, 40, 3.0, "Mika", "")
        .survey(nps, 10, 8.0, "ＭＩＫＡ", "")
        .rests(Kind::Detractor);
    Case::new()
        .survey(nps, 40, 3.0, "Mika", "")
        .survey(nps, 10, 8.0, "Ken", "")
        .holds(Kind::Detractor, ago(40));
    Case::new()
        .survey(nps, 300, 9.0, "Mika", "")
        .survey(nps, 10, 7.0, "Mika", "")
        .holds(Kind::NpsFall, ago(10));
    Case::new()
        .survey(nps, 300, 9.0, "Ken", "")
        .survey(nps, 10, 7.0, "Mika", "")
        .rests(Kind::NpsFall);
    Case::new()
        .survey(nps, 10, 11.0, "Mika", "")
        .rests(Kind::Promoter);
    Case::new()
        .survey(nps, 10, 9.0, "Mika", "")
        .holds(Kind::Promoter, ago(10));
    Case::new()
        .survey(nps, -3, 2.0, "Mika", "")
        .rests(Kind::Detractor);
    Case::new()
        .survey(SurveyKind::Csat, 10, 2.0, "", "")
        .holds(Kind::LowCsat, ago(10))
        .rests(Kind::Detractor);
    Case::new()
        .ticket(10, |t| t.csat = Some(1.0))
        .holds(Kind::LowCsat, ago(10));
    // A good score with a complaint in the comment.
    Case::new()
        .survey(nps, 10, 8.0, "Mika", "他社への乗り換えを検討中です")
        .holds(Kind::CriticalComment, ago(10));
    Case::new()
        .survey(nps, 10, 8.0, "Mika", "Love the new report")
        .rests(Kind::CriticalComment);
    let mut vocal = Case::new();
    for n in [130, 120, 110, 100, 90, 80, 70] {
        vocal = vocal.touch(TouchKind::Email, n, Attendance::Held, "");
    }
    vocal
        .holds(Kind::GoneQuiet, ago(10))
        .begins(Kind::GoneQuiet, ago(10));
}

#[test]
fn behaviour_signals_hold_and_rest() {
    let champion = Role::Champion;
    let gone = Case::new()
        .contact(champion, Here::Left, Some(ago(20)))
        .holds(Kind::ChampionLeft, ago(20));
    assert_eq!(
        gone.find(Kind::ChampionLeft)
            .expect("the signal holds")
            .severity,
        Severity::High
    );
    let replaced = gone.contact(champion, Here::Active, None);
    assert_eq!(
        replaced
            .find(Kind::ChampionLeft)
            .expect("the signal still holds")
            .severity,
        Severity::Medium
    );
    Case::new()
        .contact(champion, Here::Active, Some(ago(20)))
        .rests(Kind::ChampionLeft);
    Case::new()
        .contact(champion, Here::Left, Some(ago(400)))
        .rests(Kind::ChampionLeft);
    Case::new()
        .contact(Role::Sponsor, Here::Active, Some(ago(20)))
        .holds(Kind::StakeholderChange, ago(20));
    Case::new()
        .contact(Role::User, Here::Left, Some(ago(20)))
        .rests(Kind::StakeholderChange);
    Case::new()
        .change(|d| d.account.contract_start = Some(ago(30)))
        .contact(Role::Sponsor, Here::Active, Some(ago(20)))
        .rests(Kind::StakeholderChange);

    let (meeting, no_show) = (TouchKind::Meeting, Attendance::NoShow);
    Case::new()
        .touch(meeting, 30, no_show, "Monthly")
        .touch(TouchKind::Call, 12, Attendance::Moved, "Monthly")
        .holds(Kind::MeetingsMissed, ago(12));
    Case::new()
        .touch(meeting, 30, no_show, "")
        .rests(Kind::MeetingsMissed);
    // Meetings that we moved do not count as the customer's.
    let ours = |d: &mut Dossier| {
        d.touches
            .iter_mut()
            .for_each(|t| t.moved_by = Some(kenshin::testing::domain::action::Side::Us))
    };
    Case::new()
        .touch(meeting, 30, Attendance::Moved, "")
        .touch(meeting, 12, Attendance::Moved, "")
        .change(ours)
        .rests(Kind::MeetingsMissed);
    Case::new()
        .touch(meeting, 30, Attendance::Declined, "Q2 QBR")
        .holds(Kind::ReviewSkipped, ago(30));
    Case::new()
        .touch(meeting, 30, Attendance::Declined, "四半期レビュー")
        .touch(meeting, 10, Attendance::Held, "四半期レビュー")
        .rests(Kind::ReviewSkipped);
    Case::new()
        .touch(TouchKind::Training, 30, Attendance::Declined, "")
        .holds(Kind::TrainingDeclined, ago(30));
    Case::new()
        .touch(TouchKind::Training, 30, Attendance::Declined, "")
        .touch(TouchKind::Training, 3, Attendance::Held, "")
        .rests(Kind::TrainingDeclined);

    let said = |words: &str| Case::new().touch(TouchKind::Call, 9, Attendance::Held, words);
    // One hint alone is no news; a mark or a second hint confirms it.
    said("Asked about a budget freeze").rests(Kind::BudgetQuestion);
    said("They find it too expensive")
        .touch(
            TouchKind::Call,
            3,
            Attendance::Held,
            "The price is too high for them",
        )
        .holds(Kind::BudgetQuestion, ago(9));
    said("~ Asked about a budget freeze")
        .holds(Kind::BudgetQuestion, ago(9))
        .rests(Kind::Competitor);
    said("~ 他社製品と比較検討している").holds(Kind::Competitor, ago(9));
    said("~ 解約の条件を聞かれた")
        .holds(Kind::ContractScrutiny, ago(9))
        .rests(Kind::BudgetQuestion);
    said("~ layoffs were announced").holds(Kind::BusinessTrouble, ago(9));
    said("~ the nurses keep it on paper").holds(Kind::DoubtVoiced, ago(9));
    // Private text is not used as evidence.
    said("// asked about cancellation terms").rests(Kind::ContractScrutiny);

    Case::new()
        .seats(700, Some(20), 50)
        .seats(19, None, 30)
        .holds(Kind::UseShrinking, ago(19))
        .begins(Kind::UseShrinking, ago(19));
    Case::new()
        .seats(700, Some(20), 50)
        .seats(19, None, 60)
        .rests(Kind::UseShrinking);
    let unopened = || Attendance::NoShow;
    Case::new()
        .touch(TouchKind::Email, 30, unopened(), "")
        .touch(TouchKind::Email, 20, unopened(), "")
        .touch(TouchKind::Email, 10, unopened(), "")
        .holds(Kind::MailsUnopened, ago(10));
}

#[test]
fn tone_is_compared_with_the_talks_before() {
    use kenshin::testing::domain::checkin::wrapup::Sentiment;
    use kenshin::testing::domain::checkin::{Checkin, Event, EventKind, Kind as Talk};
    let talk = |n: i64, felt: Sentiment| Checkin {
        id: format!("k{n}").as_str().into(),
        account: "a".into(),
        kind: Talk::Health,
        template: "standard".into(),
        title: None,
        author: "me".into(),
        created: at(n, 9),
        sections: vec![],
        events: vec![
            Event {
                at: at(n, 9),
                what: EventKind::Started,
            },
            Event {
                at: at(n, 10),
                what: EventKind::Ended,
            },
        ],
        notes: vec![],
        prepared: None,
        noted: None,
        wrapup: kenshin::testing::domain::checkin::wrapup::Wrapup {
            sentiment: Some(felt),
            ..Default::default()
        },
    };
    let talks = |felt: &[Sentiment]| {
        let talks: Vec<Checkin> = felt
            .iter()
            .enumerate()
            .map(|(i, f)| talk(20 * (felt.len() - i) as i64, *f))
            .collect();
        Case::new().change(|d| d.checkins = talks)
    };
    talks(&[
        Sentiment::Engaged,
        Sentiment::Engaged,
        Sentiment::Cold,
        Sentiment::Cold,
    ])
    .holds(Kind::ColderTone, ago(20));
    talks(&[
        Sentiment::Engaged,
        Sentiment::Engaged,
        Sentiment::Engaged,
        Sentiment::Neutral,
    ])
    .rests(Kind::ColderTone);
    talks(&[Sentiment::Engaged, Sentiment::Cold]).rests(Kind::ColderTone);
}

#[test]
fn date_and_positive_signals_hold_and_rest() {
    let renewal = |days: i64| Case::new().change(|d| d.account.renewal = Some(ago(-days)));
    renewal(45).holds(Kind::RenewalNear, ago(15));
    renewal(120).holds(Kind::RenewalNear, today());
    renewal(121).rests(Kind::RenewalNear);
    renewal(-1).rests(Kind::RenewalNear);
    assert_eq!(
        renewal(14)
            .find(Kind::RenewalNear)
            .expect("the signal holds")
            .severity,
        Severity::Medium
    );
    Case::new()
        .touch(TouchKind::Call, 70, Attendance::Held, "")
        .holds(Kind::NoTouch, ago(4))
        .begins(Kind::NoTouch, ago(4));
    Case::new()
        .touch(TouchKind::Call, 65, Attendance::Held, "")
        .rests(Kind::NoTouch);
    Case::new()
        .touch(TouchKind::Call, 70, Attendance::Held, "")
        .touch(TouchKind::Email, 5, Attendance::Held, "")
        .rests(Kind::NoTouch);
    let enterprise = |d: &mut Dossier| d.account.tier = Some(Tier::Enterprise);
    Case::new()
        .touch(TouchKind::Call, 40, Attendance::Held, "")
        .change(enterprise)
        .holds(Kind::NoTouch, ago(4));
    Case::new()
        .goal(GoalStatus::Open, Some(ago(3)))
        .holds(Kind::MilestoneMissed, ago(2));
    Case::new()
        .goal(GoalStatus::Open, Some(today()))
        .rests(Kind::MilestoneMissed);
    Case::new()
        .goal(GoalStatus::Reached, Some(ago(3)))
        .rests(Kind::MilestoneMissed)
        .holds(Kind::MilestoneReached, ago(3));
    Case::new()
        .goal(GoalStatus::Slipped, None)
        .rests(Kind::MilestoneMissed);
    let rose = Case::new().usage(ACTIVE_USERS, 200, 0, |n, _| {
        Some(if n < 28 { 30.0 } else { 20.0 })
    });
    rose.find(Kind::UsageSurge).expect("usage rose by half");
    Case::new()
        .seats(300, None, 20)
        .usage(ACTIVE_USERS, 100, 0, |_, _| Some(20.0))
        .find(Kind::LimitReached)
        .expect("20 of 20 seats in use");
    // The seats of the second contract are unknown, so full use cannot be determined.
    let unknown = |d: &mut Dossier| d.subscriptions[1].seats = None;
    Case::new()
        .seats(300, None, 20)
        .seats(300, None, 1)
        .change(unknown)
        .usage(ACTIVE_USERS, 100, 0, |_, _| Some(20.0))
        .rests(Kind::LimitReached);
    Case::new()
        .seats(300, None, 20)
        .usage(ACTIVE_USERS, 100, 0, |n, _| {
            Some(if n == 4 { 20.0 } else { 10.0 })
        })
        .rests(Kind::LimitReached);
}

#[test]
fn one_signal_is_noted_and_two_call_for_action() {
    let mut case = Case::new().touch(TouchKind::Call, 9, Attendance::Held, "~ too expensive");
    assert_eq!(call(&case.signals_on(today(), 12)), Call::Note);
    case = case.survey(SurveyKind::Nps, 5, 3.0, "", "");
    assert_eq!(call(&case.signals_on(today(), 12)), Call::Act);
    let good = Case::new()
        .survey(SurveyKind::Nps, 5, 10.0, "", "")
        .change(|d| d.account.renewal = Some(ago(-20)));
    assert_eq!(call(&good.signals_on(today(), 12)), Call::Quiet);
}

#[test]
fn contradictions_show_both_sides() {
    use kenshin::testing::domain::conflicts::{Kind as Contradiction, Statement};
    use kenshin::testing::domain::note::{Kind as NoteKind, Note};
    let config = kenshin::testing::config::Config::load(None).0;
    let on = |case: &Case| {
        let now = Now::new(
            Utc.from_utc_datetime(&today().and_hms_opt(12, 0, 0).expect("a valid time")),
            Zone::utc(),
        );
        kenshin::testing::domain::standing::standing(
            &case.d,
            case.freshness,
            config.scoring_context(),
            now,
        )
        .conflicts
        .into_vec()
    };
    let kinds = |case: &Case| on(case).into_iter().map(|d| d.kind).collect::<Vec<_>>();
    let healthy = || {
        Case::new()
            .usage(ACTIVE_USERS, 200, 0, working(20.0))
            .touch(TouchKind::Call, 5, Attendance::Held, "")
    };
    assert_eq!(kinds(&healthy()), vec![]);
    // High usage and praise without a champion: a contradiction only if the score is green.
    let green = || {
        healthy()
            .survey(SurveyKind::Nps, 10, 10.0, "Ken", "")
            .seats(200, None, 16)
            .ticket(10, |_| {})
    };
    // Where nobody calls, the score hardly sees that the champion left.
    let mut left = green().contact(Role::Champion, Here::Left, Some(ago(20)));
    left.d.account.tier = Some(Tier::TechTouch);
    assert_eq!(
        kenshin::testing::domain::health::score(
            &left.d,
            left.freshness,
            &config.policy,
            today(),
            Zone::utc()
        )
        .band,
        kenshin::testing::domain::health::Band::Green
    );
    let found = on(&left);
    assert_eq!(
        found.iter().map(|d| d.kind).collect::<Vec<_>>(),
        vec![Contradiction::GreenChampionLeft]
    );
    assert_eq!(
        found[0].other,
        Statement::ChampionLeft {
            name: "Mika".into(),
            date: ago(20)
        }
    );
    // An active champion, or a low score, is no contradiction.
    assert_eq!(
        kinds(&green().contact(Role::Champion, Here::Active, None)),
        vec![]
    );
    let bad = Case::new()
        .usage(ACTIVE_USERS, 200, 0, |ago, _| {
            Some(if ago < 40 { 1.0 } else { 20.0 })
        })
        .survey(SurveyKind::Nps, 10, 0.0, "Ken", "");
    assert_eq!(
        kinds(&bad.contact(Role::Champion, Here::Left, Some(ago(20)))),
        vec![]
    );
    let complains = healthy().survey(
        SurveyKind::Nps,
        10,
        8.0,
        "Mika",
        "他社への乗り換えを検討中です",
    );
    assert_eq!(kinds(&complains), vec![Contradiction::ContentComplains]);
    let note = |text: &str| Note {
        id: "n1".into(),
        account: "a".into(),
        kind: NoteKind::Quick,
        at: at(12, 9),
        author: "me".into(),
        text: text.into(),
        tags: vec![],
        quotes: vec![],
        checkin: None,
        context: None,
    };
    let dates = |text: &str| {
        let text = text.to_owned();
        healthy().change(move |d| {
            d.account.renewal = NaiveDate::from_ymd_opt(2026, 7, 31);
            d.notes.push(note(&text));
        })
    };
    let found = on(&dates("更新は12月とのこと"));
    assert_eq!(found[0].kind, Contradiction::RenewalDates);
    assert_eq!(
        found[0].other,
        Statement::Record {
            renewal: day(2026, 7, 31)
        }
    );
    assert_eq!(kinds(&dates("renewal in July as planned")), vec![]);
    assert_eq!(
        kinds(&dates("// renewal in December")),
        vec![],
        "private lines accuse nobody"
    );
}

/// Each story of the demo is detected by its signal on the day it starts to hold and not before,
/// computed as of that day.
#[test]
fn the_demos_stories_are_detected_on_their_day_and_not_before() {
    use kenshin::testing::domain::recorded::AsOf;
    let home = tempfile::tempdir().expect("temporary folder");
    let mut c = std::process::Command::new(env!("CARGO_BIN_EXE_kenshin"));
    c.env_clear()
        .envs([
            ("KENSHIN_LANG", "en"),
            ("KENSHIN_NOW", "2026-11-22T10:04:00Z"),
            ("USER", "sato"),
        ])
        .env("KENSHIN_HOME", home.path());
    assert!(
        c.args(["demo", "--accounts", "12", "--write-only"])
            .status()
            .expect("the command runs")
            .success()
    );
    let now = Now::new(
        Utc.with_ymd_and_hms(2026, 11, 22, 10, 4, 0).unwrap(),
        Zone::utc(),
    );
    let store = common::build::store(home.path(), now.at);
    let config = kenshin::testing::config::Config::load(None).0;
    let story = |n: usize| {
        store
            .dossier(&format!("demo-{n:05}").as_str().into())
            .expect("the read succeeds")
            .expect("it exists")
    };
    let today = now.today();
    let on = |d: &Dossier, day: NaiveDate| -> Vec<Signal> {
        let then = d.as_of(&AsOf::new(day, now.zone, false));
        let at = if day == today {
            now.at
        } else {
            Utc.from_utc_datetime(&day.and_hms_opt(23, 59, 0).expect("a valid time"))
        };
        signals_of(
            &then,
            store.freshness(),
            config.scoring_context(),
            Now::new(at, now.zone),
        )
        .0
    };
    let find = |d: &Dossier, kind: Kind| on(d, today).into_iter().find(|s| s.kind == kind);
    let on_the_day = |d: &Dossier, kind: Kind| -> NaiveDate {
        let date = find(d, kind)
            .unwrap_or_else(|| panic!("{} is not described", kind.key()))
            .date;
        let held = |day: NaiveDate| on(d, day).iter().any(|s| s.kind == kind);
        assert!(held(date), "{} is not seen on {date}", kind.key());
        assert!(
            !held(date - chrono::Duration::days(1)),
            "{} is seen before {date}",
            kind.key()
        );
        date
    };
    let days = |date: NaiveDate| (today - date).num_days();
    // Usage falls from ten weeks ago; one feature stops five weeks ago.
    let decline = story(0);
    assert!((5..60).contains(&days(on_the_day(&decline, Kind::UsageDrop))));
    assert!((0..=6).contains(&days(on_the_day(&decline, Kind::FeatureUnused))));
    assert!((6..=16).contains(&days(on_the_day(&decline, Kind::IntegrationLost))));
    let escalated = story(2);
    let ticket = escalated
        .tickets
        .iter()
        .filter(|t| t.escalated && t.is_open())
        .filter_map(|t| t.opened)
        .min()
        .expect("an escalated ticket");
    assert_eq!(
        on_the_day(&escalated, Kind::TicketEscalated),
        now.zone.day(ticket)
    );
    let left = story(4);
    let gone = left
        .contacts
        .iter()
        .find(|c| c.role == Some(Role::Champion) && c.status != Here::Active)
        .and_then(|c| c.since)
        .expect("a champion who left");
    assert_eq!(on_the_day(&left, Kind::ChampionLeft), gone);
    let silent = story(8);
    let (_, series) = silent.usage.headline().expect("usage data");
    let last = series
        .points()
        .iter()
        .rfind(|p| p.1 > 0.0)
        .map(|p| kenshin::testing::domain::facts::usage::date_of(p.0))
        .expect("a day with use");
    assert_eq!(
        on_the_day(&silent, Kind::NoLogin),
        last + chrono::Duration::days(14)
    );
    // Steady, growing and seasonal accounts raise no suspicion, nor do accounts without
    // measurements.
    for n in [1, 3, 5, 7, 9, 11] {
        let d = story(n);
        for kind in [
            Kind::UsageDrop,
            Kind::LoginsFalling,
            Kind::NoLogin,
            Kind::FeatureUnused,
            Kind::IntegrationLost,
        ] {
            for ago in [0, 10, 20, 30, 45, 60] {
                let day = today - chrono::Duration::days(ago);
                assert!(
                    !on(&d, day).iter().any(|s| s.kind == kind),
                    "story {n}: {} on {day}",
                    kind.key()
                );
            }
        }
    }
}

#[test]
fn data_that_stopped_long_ago_is_no_signal() {
    let mut dead = Case::new()
        .usage(ACTIVE_USERS, 900, 700, |n, _| {
            Some(if n < 720 { 0.0 } else { 5.0 })
        })
        .usage("feature:api", 900, 740, |_, _| Some(4.0));
    dead.freshness = DataFreshness {
        tickets: Some(ago(700)),
        usage: Some(ago(700)),
    };
    let dead = dead.ticket(705, |t| {
        (t.solved, t.status, t.escalated) = (None, Status::Open, true)
    });
    assert_eq!(dead.signals_on(today(), 12), vec![]);
    // A single monthly value is no month of silence.
    let first = Case::new().usage(ACTIVE_USERS, 17, 17, |_, _| Some(40.0));
    assert_eq!(first.signals_on(today(), 12), vec![]);
}

#[test]
fn an_event_log_with_fewer_rows_counts_as_falling() {
    // Five days a week, then one. Days without events have no rows.
    let log = Case::new().usage("logins", 120, 0, |n, _| {
        (if n > 27 { n % 7 < 5 } else { n % 7 == 1 }).then_some(3.0)
    });
    let found = log.find(Kind::LoginsFalling).expect("the signal holds");
    assert_eq!(
        found.evidence,
        vec![Evidence::PerWeek {
            before: 5.0,
            now: 1.0
        }]
    );
}

#[test]
fn seats_are_counted_as_of_the_day_and_scores_only_on_their_scale() {
    // Nine of ten seats in use; today there are a hundred seats.
    let more = Case::new()
        .seats(400, Some(1), 10)
        .seats(0, None, 100)
        .usage(ACTIVE_USERS, 200, 0, |_, _| Some(9.0));
    assert_eq!(
        more.find(Kind::SeatsUnused)
            .expect("nine of a hundred seats in use")
            .date,
        today()
    );
    // Zero often means "not rated".
    Case::new()
        .ticket(10, |t| t.csat = Some(0.0))
        .rests(Kind::LowCsat);
    // Two people without a name are two people.
    let nps = SurveyKind::Nps;
    Case::new()
        .survey(nps, 40, 2.0, "", "")
        .survey(nps, 10, 10.0, "", "")
        .holds(Kind::Detractor, ago(40));
    Case::new()
        .survey(nps, 40, 10.0, "", "")
        .survey(nps, 10, 7.0, "", "")
        .rests(Kind::NpsFall);
}

#[test]
fn unknown_is_distinguished_from_healthy() {
    use kenshin::testing::domain::signals::gaps::{Family, Gap};
    let config = kenshin::testing::config::Config::load(None).0;
    let now = Now::new(
        Utc.from_utc_datetime(&today().and_hms_opt(12, 0, 0).expect("a valid time")),
        Zone::utc(),
    );
    let gaps = |case: &Case| signals_of(&case.d, case.freshness, config.scoring_context(), now).1;
    let mut nothing = Case::new();
    nothing.freshness = DataFreshness::default();
    assert_eq!(
        gaps(&nothing),
        [
            Family::Usage,
            Family::Support,
            Family::Feedback,
            Family::Talks
        ]
        .map(|f| (f, Gap::Nothing))
    );
    let well = Case::new()
        .usage(ACTIVE_USERS, 100, 0, working(9.0))
        .survey(SurveyKind::Nps, 10, 8.0, "", "")
        .touch(TouchKind::Call, 9, Attendance::Held, "");
    assert_eq!(
        (gaps(&well), well.signals_on(today(), 12)),
        (vec![], vec![]),
        "quiet, and known to be"
    );
    let young = Case::new().usage(ACTIVE_USERS, 19, 0, working(9.0));
    assert!(gaps(&young).contains(&(Family::Usage, Gap::Short { days: 20 })));
    let dead = Case::new()
        .usage(ACTIVE_USERS, 400, 100, working(9.0))
        .survey(SurveyKind::Nps, 300, 8.0, "", "");
    assert!(
        gaps(&dead).contains(&(Family::Usage, Gap::Stale { days: 100 }))
            && gaps(&dead).contains(&(Family::Feedback, Gap::Stale { days: 300 }))
    );
    let monthly = Case::new().usage(ACTIVE_USERS, 70, 0, |n, _| (n % 30 == 3).then_some(7.0));
    assert!(!gaps(&monthly).iter().any(|g| g.0 == Family::Usage));
}

/// Half past midnight in Tokyo is the previous afternoon in Greenwich and the previous morning in
/// New York: days are those of the configured zone.
#[test]
fn days_are_those_of_the_configured_zone() {
    let moment = Utc.with_ymd_and_hms(2026, 11, 21, 15, 30, 0).unwrap();
    let (before, after) = (day(2026, 11, 21), day(2026, 11, 22));
    let mut case = Case::new()
        .change(|d| d.account.renewal = Some(after + chrono::Duration::days(120)))
        .ticket(0, |t| {
            (t.escalated, t.status, t.solved, t.opened) = (true, Status::Open, None, Some(moment))
        });
    case.freshness.tickets = Some(after);
    let table = [
        (chrono_tz::Asia::Tokyo, after),
        (chrono_tz::Pacific::Kiritimati, after),
        (chrono_tz::UTC, before),
        (chrono_tz::America::New_York, before),
    ];
    for (zone, day) in table {
        let found = case.signals_at(Now::new(moment, Zone::Named(zone)));
        let date = |kind: Kind| found.iter().find(|s| s.kind == kind).map(|s| s.date);
        assert_eq!(date(Kind::TicketEscalated), Some(day), "{zone}");
        // A hundred and twenty days before the renewal is today in that zone, and tomorrow
        // elsewhere.
        assert_eq!(
            date(Kind::RenewalNear),
            (day == after).then_some(after),
            "{zone}"
        );
    }
}

/// The night in which clocks go back has an extra hour; two days are still forty-eight hours.
#[test]
fn two_days_are_forty_eight_hours_when_clocks_go_back() {
    let zone = Zone::Named(chrono_tz::America::New_York);
    let opened = Utc.with_ymd_and_hms(2026, 10, 31, 4, 30, 0).unwrap();
    let mut case = Case::new().ticket(0, |t| {
        (t.status, t.solved, t.opened) = (Status::Open, None, Some(opened))
    });
    case.freshness.tickets = Some(opened.date_naive());
    let old = |minutes: i64| {
        let at = opened + chrono::Duration::hours(48) + chrono::Duration::minutes(minutes);
        case.signals_at(Now::new(at, zone))
            .into_iter()
            .find(|s| s.kind == Kind::TicketOld)
            .map(|s| s.date)
    };
    // From half past midnight, forty-eight hours later is half past eleven on the evening before.
    assert_eq!(old(-1), None);
    assert_eq!(old(0), NaiveDate::from_ymd_opt(2026, 11, 1));
}

/// A log of occasional events has no weekly level: one event more or less is no change, and a pause
/// between two is no silence.
#[test]
fn occasional_events_are_not_compared_one_by_one() {
    use kenshin::testing::domain::signals::gaps::{Family, Gap};
    use kenshin::testing::domain::signals::level::{Rhythm, rhythm};
    // Days ago and amount, as in a log of feature use.
    let log = [
        (400, 9.0),
        (371, 3.0),
        (360, 12.0),
        (352, 8.0),
        (310, 10.0),
        (298, 5.0),
        (255, 7.0),
        (240, 11.0),
        (201, 9.0),
        (190, 4.0),
        (140, 8.0),
        (121, 13.0),
        (100, 6.0),
        (91, 12.0),
        (50, 9.0),
        (35, 13.0),
        (17, 4.0),
    ];
    let case = Case::new().usage("events", 400, 0, |ago, _| {
        log.iter().find(|e| e.0 == ago).map(|e| e.1)
    });
    assert_eq!(
        rhythm(&case.d.usage.0["events"], today()),
        Rhythm::Irregular(18)
    );
    assert_eq!(case.signals_on(today(), 12), vec![]);
    let config = kenshin::testing::config::Config::load(None).0;
    let now = Now::new(
        Utc.from_utc_datetime(&today().and_hms_opt(12, 0, 0).expect("a valid time")),
        Zone::utc(),
    );
    let (_, gaps) = signals_of(&case.d, case.freshness, config.scoring_context(), now);
    assert!(gaps.contains(&(Family::Usage, Gap::Sparse)), "{gaps:?}");
    let score = kenshin::testing::domain::health::score(
        &case.d,
        case.freshness,
        &config.policy,
        today(),
        Zone::utc(),
    );
    assert_eq!(
        score.parts[kenshin::testing::domain::health::Dimension::Usage.index()].score,
        None,
        "{:?}",
        score.parts[0]
    );
    // Months of different lengths, one of them missing, are still monthly values.
    let months = [365, 334, 304, 275, 244, 183, 153, 122, 92, 61, 31];
    let monthly = Case::new().usage("events", 365, 0, |ago, _| {
        months.contains(&ago).then_some(100.0)
    });
    assert!(matches!(
        rhythm(&monthly.d.usage.0["events"], today()),
        Rhythm::Spaced(30 | 31)
    ));
    let weekly = Case::new().usage("events", 200, 0, |ago, _| {
        (ago % 7 == 0 && ago != 21).then_some(100.0)
    });
    assert_eq!(
        rhythm(&weekly.d.usage.0["events"], today()),
        Rhythm::Spaced(7)
    );
}
