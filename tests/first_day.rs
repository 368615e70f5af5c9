//! The first day with imported data, and the numbers of the cadence: nothing before the first use
//! counts as missed, one due touch of a kind for an account, days that hold what fits.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use common::build::day;
use kenshin::testing::app::cadence::state::Tab as View;
use kenshin::testing::config::Config;
use kenshin::testing::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
use kenshin::testing::domain::cadence::calendar::Calendar;
use kenshin::testing::domain::cadence::plan::{Due, Ground, Planned, Rule, plan};
use kenshin::testing::domain::cadence::spread::{job, propose};
use kenshin::testing::domain::cadence::touchpoint::{State, Touchpoint};
use kenshin::testing::domain::cadence::{Every, Kind};
use kenshin::testing::domain::dossier::Dossier;
use kenshin::testing::domain::facts::touch::{Attendance, Touch, TouchKind};
use kenshin::testing::domain::freshness::DataFreshness;
use kenshin::testing::domain::standing::{ScoringContext, Standing, standing};
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use proptest::prelude::*;
use serde_json::Value;

const MONDAY: &str = "2025-01-06T09:00:00+09:00";

fn kenshin(home: &Path, args: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_kenshin"))
        .args(args)
        .env_clear()
        .env("KENSHIN_HOME", home)
        .env("KENSHIN_NOW", MONDAY)
        .env("KENSHIN_LANG", "en")
        .env("KENSHIN_PASSIVE", "1")
        .env("USER", "sato")
        .stdin(Stdio::null())
        .output()
        .expect("the command runs");
    assert!(out.status.success(), "{args:?}: {out:?}");
    String::from_utf8(out.stdout).expect("text")
}

fn json(home: &Path, args: &[&str]) -> Vec<Value> {
    serde_json::from_str(&kenshin(home, args)).expect("a list")
}

/// A home into which the export of a demo was imported this Monday.
fn imported(accounts: &str) -> tempfile::TempDir {
    let (demo, out, home) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    kenshin(
        demo.path(),
        &["demo", "--accounts", accounts, "--write-only"],
    );
    let to = out.path().to_str().expect("a path");
    kenshin(demo.path(), &["export", "--all", to]);
    kenshin(home.path(), &["import", to, "--yes"]);
    home
}

#[test]
fn a_first_day_has_no_overdue_touch_and_lists_what_its_hours_hold() {
    let home = imported("80");
    let today = json(home.path(), &["today", "--json"]);
    let of = |list: &[Value], kind: &str| list.iter().filter(|i| i["kind"] == kind).count();
    let later: Vec<&Value> = today.iter().filter(|i| i["kind"] == "later").collect();
    assert_eq!(later.len(), 1, "the rest is one entry");
    // A day of the usual week of 24 hours.
    assert_eq!(later[0]["minutes"], 288);
    let folded = later[0]["count"].as_u64().expect("a number") as usize;
    let all = json(home.path(), &["today", "--json", "--all"]);
    assert!(folded > 0);
    assert_eq!(of(&all, "touch"), of(&today, "touch") + folded);
    assert!(of(&today, "touch") <= 28, "ten minutes each at least");
    let words = kenshin(home.path(), &["today"]);
    assert!(
        words.contains(&format!("{folded} more touchpoint")),
        "{words}"
    );
    for account in json(home.path(), &["accounts", "--json"]) {
        let id = account["id"].as_str().expect("an id");
        for touch in json(home.path(), &["cadence", id, "--json"]) {
            assert!(
                touch["state"] != "late" || !touch["agreed"].is_null(),
                "{touch}"
            );
        }
    }
}

#[test]
fn adherence_counts_from_the_first_use() {
    let mut desk = Desk::demo(Lang::En, 60).expect("the desk opens");
    desk.keys("5<tab><tab><tab><tab><tab>");
    assert_eq!(desk.model.cadence.tab, View::Adherence);
    assert!(desk.sees("from your first use on"), "{}", desk.screen());
    let first: Vec<_> = desk
        .model
        .book
        .rows()
        .iter()
        .map(|r| r.standing.adherence)
        .collect();
    assert!(first.iter().all(|a| a.planned() == 0 && a.invited() == 0));
    // A quarter without any work is no success: it is overdue, and nothing is at 100 %.
    desk.later(Duration::days(60));
    desk.keys("1").keys("5");
    assert!(!desk.model.cadence.kept.is_empty());
    for (_, kept) in &desk.model.cadence.kept {
        assert!(kept.overdue > 0 && kept.percent() < Some(100), "{kept:?}");
    }
}

#[test]
fn what_a_day_does_not_hold_is_one_line_that_a_key_opens_and_spreads() {
    for lang in [Lang::En, Lang::Ja] {
        let mut desk = Desk::demo(lang, 120).expect("the desk opens");
        desk.later(Duration::days(2));
        for (w, h) in [(80, 24), (120, 40)] {
            desk.resize(w, h);
            desk.keys("1gg");
            let (fits, later) = (desk.model.today.len(), desk.model.today.later.len());
            assert!(later > 0);
            let line = if lang == Lang::En {
                format!("+{later} touchpoints beyond the day's 4.8 h")
            } else {
                format!("ほか{later}件は1日の4.8時間に収まりません")
            };
            assert!(desk.sees(&line), "{}", desk.screen());
            assert!(desk.sees("z "), "the key is shown: {}", desk.screen());
            desk.keys("z");
            assert_eq!(desk.model.today.len(), fits + later);
            desk.keys("z");
            assert_eq!(desk.model.today.len(), fits);
            // The agenda folds the same day.
            desk.keys("5<tab><tab>gg");
            assert_eq!(desk.model.cadence.tab, View::Agenda);
            let hidden = desk.model.cadence.hidden.len();
            let listed = desk.model.cadence.entries.len();
            assert!(hidden > 0 && desk.sees("4.8"), "{}", desk.screen());
            desk.keys("z");
            assert_eq!(desk.model.cadence.entries.len(), listed + hidden);
            desk.keys("z<tab><tab><tab><tab>");
            assert_eq!(desk.model.cadence.tab, View::Month);
        }
        // Spreading is offered where the rest is named.
        desk.keys("1s");
        let title = if lang == Lang::En {
            "Spread over weeks"
        } else {
            "週ごとの平準化"
        };
        assert!(desk.sees(title), "{}", desk.screen());
        desk.keys("<esc>?");
        let help = if lang == Lang::En {
            "Show / fold"
        } else {
            "今日に収まらない分"
        };
        assert!(desk.sees(help), "{}", desk.screen());
    }
}

#[test]
fn spreading_leaves_renewal_steps_and_what_is_late() {
    let mut desk = Desk::demo(Lang::En, 120).expect("the desk opens");
    desk.later(Duration::days(45));
    desk.keys("5");
    let (model, today) = (&desk.model, desk.now().today());
    let mut entries = model.cadence.entries.clone();
    entries.extend(model.cadence.hidden.iter().cloned());
    let found = propose(&job(
        &model.desk(),
        &model.book,
        &entries,
        &model.author.name,
    ));
    assert!(!found.moves.is_empty(), "there is something to spread");
    for m in &found.moves {
        let row = model
            .book
            .rows()
            .iter()
            .position(|r| r.account.id == m.account);
        let mut of = entries
            .iter()
            .filter(|e| Some(e.row()) == row && e.kind == m.kind && e.ideal == m.ideal);
        let touch = of.next().expect("the touch");
        assert!(!matches!(touch.rule, Rule::Renewal { .. }), "{touch:?}");
        assert!(
            touch.due(today) != Due::Late && m.to <= touch.latest,
            "{touch:?}"
        );
        assert!(m.to >= today);
    }
    assert!(
        entries.iter().any(|e| e.due(today) == Due::Late),
        "something is late"
    );
}

// The plan of one account.

fn tokyo() -> Zone {
    Zone::Named(chrono_tz::Asia::Tokyo)
}

fn at(day: NaiveDate) -> DateTime<Utc> {
    tokyo().instant(day.and_hms_opt(10, 0, 0).expect("a valid time"))
}

fn call(on: NaiveDate) -> Touch {
    Touch {
        id: format!("t{on}").as_str().into(),
        account: "a".into(),
        kind: TouchKind::Call,
        at: at(on),
        attendance: Attendance::Held,
        summary: String::new(),
        by: "me".into(),
        purpose: None,
        moved_by: None,
        sentiment: None,
        oddities: vec![],
    }
}

fn agreed(kind: Kind, on: NaiveDate, id: usize) -> Touchpoint {
    Touchpoint {
        id: format!("m{id}").as_str().into(),
        account: "a".into(),
        kind,
        start: at(on),
        day_only: false,
        minutes: 30,
        state: State::Agreed,
        owner: String::new(),
        place: String::new(),
        ideal: None,
        moves: vec![],
        created: at(on - Duration::days(20)),
    }
}

fn account(tier: Tier, start: NaiveDate, renewal: NaiveDate) -> Dossier {
    Dossier::new(Account {
        tier: Some(tier),
        contract_start: Some(start),
        renewal: Some(renewal),
        term_months: Some(12),
        ..Account::new("a".into(), "A")
    })
}

fn stands(config: &Config, d: &Dossier, today: NaiveDate, first: Option<NaiveDate>) -> Standing {
    let context = ScoringContext {
        first_use: first.map(at),
        ..config.scoring_context()
    };
    standing(
        d,
        DataFreshness::default(),
        context,
        Now::new(at(today), tokyo()),
    )
}

fn planned(config: &Config, d: &Dossier, s: &Standing, today: NaiveDate) -> Vec<Planned> {
    let calendar = Calendar::new(&config.cadence, std::iter::empty(), today, tokyo());
    let ground = Ground {
        policy: &config.cadence,
        calendar: &calendar,
        today,
        zone: tokyo(),
    };
    plan(
        &d.account,
        s,
        &d.touchpoints,
        &ground,
        today + Duration::days(365),
    )
}

fn due(plan: &[Planned], kind: Kind, today: NaiveDate) -> Vec<&Planned> {
    let due = |p: &&Planned| p.kind == kind && p.own.agreed.is_none() && p.ideal <= today;
    plan.iter().filter(due).collect()
}

#[test]
fn the_strictest_rule_stands_and_names_the_others() {
    let today = day(2026, 11, 24);
    let config = Config::load(None).0;
    let mut d = account(Tier::Enterprise, day(2024, 2, 1), day(2027, 8, 1));
    d.account.escalated = true;
    d.touches.push(call(day(2026, 9, 20)));
    let plan = planned(&config, &d, &stands(&config, &d, today, None), today);
    let checkins = due(&plan, Kind::Checkin, today);
    assert_eq!(checkins.len(), 1, "{checkins:?}");
    let stands_first = checkins[0];
    assert!(
        matches!(stands_first.rule, Rule::Trouble { .. }),
        "{stands_first:?}"
    );
    let others = &stands_first.own.also;
    assert!(
        others.iter().any(|r| matches!(r, Rule::Interval { .. })),
        "{stands_first:?}"
    );
    let words = kenshin::testing::words::cadence::rule(Lang::En, stands_first, None);
    assert!(
        words.starts_with("every week (urgent) · also every month"),
        "{words}"
    );
    // Also where nothing is on record yet: on some day both rules ask.
    d.touches.clear();
    let both = (0..40).map(|n| today + Duration::days(n)).any(|today| {
        let plan = planned(&config, &d, &stands(&config, &d, today, None), today);
        let checkins = due(&plan, Kind::Checkin, today);
        checkins.iter().any(|p| !p.own.also.is_empty())
    });
    assert!(both);
}

#[test]
fn an_agreed_meeting_settles_what_is_due_by_every_rule() {
    let today = day(2026, 11, 24);
    let config = Config::load(None).0;
    let mut d = account(Tier::Enterprise, day(2024, 2, 1), day(2027, 8, 1));
    d.account.escalated = true;
    d.touches.push(call(day(2026, 9, 20)));
    // In ten days: after the latest day of every rule.
    d.touchpoints
        .push(agreed(Kind::Checkin, day(2026, 12, 4), 0));
    let settled = planned(&config, &d, &stands(&config, &d, today, None), today);
    assert!(
        due(&settled, Kind::Checkin, today).is_empty(),
        "{settled:?}"
    );
    // One of another kind settles nothing, nor does one far away.
    for other in [
        agreed(Kind::Training, day(2026, 12, 4), 1),
        agreed(Kind::Checkin, day(2027, 3, 4), 2),
    ] {
        d.touchpoints = vec![other];
        let open = planned(&config, &d, &stands(&config, &d, today, None), today);
        assert_eq!(due(&open, Kind::Checkin, today).len(), 1);
    }
}

#[test]
fn nothing_before_the_first_use_is_late() {
    let config = Config::load(None).0;
    let first = day(2026, 11, 24);
    let mut d = account(Tier::Enterprise, day(2024, 2, 1), day(2027, 8, 1));
    d.touches.push(call(day(2026, 3, 2)));
    let late = |today: NaiveDate, first: Option<NaiveDate>| {
        let s = stands(&config, &d, today, first);
        let plan = planned(&config, &d, &s, today);
        let late = plan.iter().filter(|p| p.due(today) == Due::Late).count();
        (late, s.adherence.planned())
    };
    let (then, planned_then) = late(first, None);
    assert!(
        then > 0 && planned_then > 0,
        "without a first use it is late"
    );
    assert_eq!(late(first, Some(first)), (0, 0));
    // After the days to catch up it is late for good, and counts.
    let (after, planned_after) = late(first + Duration::days(31), Some(first));
    assert!(after > 0 && planned_after == 1, "{after} {planned_after}");
}

#[test]
fn nothing_more_is_asked_over_a_warning_or_of_an_unhappy_account() {
    let config = Config::load(None).0;
    let today = day(2026, 11, 24);
    let mut d = account(Tier::Enterprise, day(2024, 2, 1), day(2027, 8, 1));
    d.account.stage = Some(Stage::Advocacy);
    d.touches.push(call(day(2026, 11, 20)));
    d.account.goals.push(Goal {
        text: "Go live".into(),
        status: GoalStatus::Reached,
        due: Some(day(2027, 1, 20)),
        reached: Some(day(2026, 11, 23)),
    });
    let asks = |s: &Standing| {
        let plan = planned(&config, &d, s, today);
        let asked = |p: &&Planned| matches!(p.kind, Kind::Advocacy | Kind::Expansion);
        plan.iter().filter(asked).cloned().collect::<Vec<_>>()
    };
    let mut s = stands(&config, &d, today, None);
    s.health.band = kenshin::testing::domain::health::Band::Green;
    let asked = asks(&s);
    assert_eq!(asked.len(), 1, "{:?}", s.signals);
    // The week of the day on which the goal was reached, not of its due day.
    assert_eq!(
        (asked[0].rule, asked[0].ideal),
        (Rule::Milestone, day(2026, 11, 23))
    );
    for band in [
        kenshin::testing::domain::health::Band::Red,
        kenshin::testing::domain::health::Band::Yellow,
    ] {
        let mut unhappy = s.clone();
        unhappy.health.band = band;
        assert_eq!(asks(&unhappy), []);
    }
    let mut escalated = s.clone();
    escalated.escalated = true;
    assert_eq!(asks(&escalated), []);
    let mut warned = s.clone();
    let mut signal = warned.signals[0].clone();
    signal.kind = kenshin::testing::domain::signals::Kind::UsageDrop;
    warned.signals = warned.signals.iter().cloned().chain([signal]).collect();
    assert_eq!(asks(&warned), []);
}

fn histories() -> impl Strategy<Value = (Dossier, NaiveDate, Option<NaiveDate>)> {
    let rhythm = prop::option::of(prop::sample::select(vec![
        Every::weeks(1),
        Every::weeks(2),
        Every::months(3),
    ]));
    (
        prop::sample::select(Tier::ALL.to_vec()),
        0_i64..900,
        prop::option::of(0_i64..400),
        0_i64..160,
        any::<bool>(),
        prop::collection::vec(
            (prop::sample::select(Kind::ALL.to_vec()), -20_i64..90),
            0..4,
        ),
        prop::option::of(0_i64..60),
        rhythm,
        0_i64..700,
    )
        .prop_map(
            |(tier, age, called, renewal, escalated, meetings, first, every, shift)| {
                let today = day(2025, 1, 6) + Duration::days(shift);
                let mut d = account(
                    tier,
                    today - Duration::days(age),
                    today + Duration::days(renewal),
                );
                d.account.escalated = escalated;
                d.touches
                    .extend(called.map(|ago| call(today - Duration::days(ago))));
                let meetings = meetings.into_iter().enumerate();
                d.touchpoints.extend(
                    meetings.map(|(i, (kind, n))| agreed(kind, today + Duration::days(n), i)),
                );
                if let Some(every) = every {
                    let own = d.account.cadence.get_or_insert_default();
                    let deviation = kenshin::testing::domain::cadence::rhythm::Deviation {
                        every: Some(every),
                        reason: String::new(),
                        set: today,
                        by: String::new(),
                    };
                    own.every.insert(Kind::Email, deviation.clone());
                    own.every.insert(Kind::Executive, deviation);
                }
                (d, today, first.map(|ago| today - Duration::days(ago)))
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_never_holds_two_overdue_touches_of_a_kind((d, today, first) in histories()) {
        let config = Config::load(None).0;
        let s = stands(&config, &d, today, first);
        let plan = planned(&config, &d, &s, today);
        for kind in Kind::ALL {
            let due = due(&plan, *kind, today);
            prop_assert!(due.len() <= 1, "{due:?}");
        }
        // What is late counts from the first use.
        for p in plan.iter().filter(|p| p.own.agreed.is_none() && p.due(today) == Due::Late) {
            prop_assert!(first.is_none_or(|first| p.latest >= first), "{p:?}");
        }
    }
}
