//! Keeping time: single calls, and any sequence of events.

use super::super::agenda::{Section, Words};
use super::super::wrapup::Wrapup;
use super::super::{Event, EventKind, Kind};
use super::*;
use chrono::TimeZone;
use proptest::prelude::*;

fn at(seconds: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 1, 0, 0).unwrap() + Duration::seconds(seconds)
}

fn checkin(events: Vec<(i64, EventKind)>) -> Checkin {
    let section = |min: u32, max: u32| Section {
        customer: None,
        name: Words::both("s"),
        min,
        target: (min + max) * 30,
        max,
        prompts: Default::default(),
        ticket: None,
    };
    Checkin {
        id: "c".into(),
        account: "a".into(),
        kind: Kind::Health,
        template: "standard".into(),
        title: None,
        author: "me".into(),
        created: at(0),
        sections: vec![section(2, 4), section(5, 9), section(4, 6)],
        events: events
            .into_iter()
            .map(|(s, what)| Event { at: at(s), what })
            .collect(),
        notes: vec![],
        prepared: None,
        noted: None,
        wrapup: Wrapup::default(),
    }
}

#[test]
fn late_sections_shrink_within_their_ranges_and_report_the_missing_time() {
    // 15 minutes planned; the first section took 6 instead of 3.
    let c = checkin(vec![
        (0, EventKind::Started),
        (360, EventKind::Entered { section: 1 }),
    ]);
    assert!(is_late(&c, at(360)));
    let plan = replan(&c, at(360));
    assert_eq!(plan.left, Duration::minutes(9));
    assert_eq!(
        plan.targets,
        vec![(1, 420, 300), (2, 300, 240)],
        "nine minutes is just their shortest"
    );
    assert_eq!(plan.short, Duration::zero());
    let plan = replan(&c, at(480));
    assert_eq!(
        plan.short,
        Duration::zero(),
        "two of the section's five are over already"
    );
    let hard = checkin(vec![
        (0, EventKind::Started),
        (0, EventKind::LeaveBy { at: Some(at(600)) }),
        (360, EventKind::Entered { section: 1 }),
    ]);
    let plan = replan(&hard, at(360));
    assert_eq!(
        (plan.left, plan.short),
        (Duration::minutes(4), Duration::minutes(5))
    );
}

#[test]
fn targets_stay_on_time_and_grow_when_early() {
    let c = checkin(vec![
        (0, EventKind::Started),
        (180, EventKind::Entered { section: 1 }),
    ]);
    assert!(!is_late(&c, at(180)));
    assert!(!replan(&c, at(180)).changes());
    let early = checkin(vec![
        (0, EventKind::Started),
        (60, EventKind::Entered { section: 1 }),
    ]);
    let plan = replan(&early, at(60));
    assert!(plan.targets.iter().all(|(_, now, then)| then >= now) && plan.changes());
}

#[test]
fn a_late_start_does_not_move_the_agreed_end() {
    // The agreed time was four minutes before the start; 15 planned, 11 left.
    let c = checkin(vec![
        (0, EventKind::StartAt { at: Some(at(-240)) }),
        (0, EventKind::Started),
    ]);
    assert_eq!(c.late_by(), Some(4));
    assert!(is_late(&c, at(0)));
    let plan = replan(&c, at(0));
    assert_eq!(
        (plan.left, plan.short),
        (Duration::minutes(11), Duration::zero()),
        "their shortest times are just eleven"
    );
    assert!(plan.changes());
    let early = checkin(vec![
        (0, EventKind::StartAt { at: Some(at(60)) }),
        (0, EventKind::Started),
    ]);
    assert_eq!((early.late_by(), is_late(&early, at(0))), (None, false));
}

#[test]
fn a_hard_stop_reminds_at_five_and_at_one() {
    let c = checkin(vec![
        (0, EventKind::Started),
        (
            0,
            EventKind::LeaveBy {
                at: Some(at(1_200)),
            },
        ),
    ]);
    assert_eq!(reminder(&c, at(800)), None);
    assert_eq!(reminder(&c, at(900)), Some(5));
    assert_eq!(reminder(&c, at(1_000)), None);
    assert_eq!(reminder(&c, at(1_145)), Some(1));
    assert_eq!(reminder(&c, at(1_201)), None);
}

#[test]
fn three_calls_off_target_propose_a_new_one() {
    assert_eq!(lesson(&[(14, 8), (12, 8), (11, 8)]), Some(12));
    assert_eq!(lesson(&[(14, 8), (8, 8), (11, 8)]), None);
    assert_eq!(lesson(&[(14, 8), (12, 8)]), None);
}

/// The further time that a plan gives to all sections, in seconds.
fn asked(plan: &Plan, reading: &Reading) -> i64 {
    let further = |(i, _, then): &(usize, u32, u32)| {
        let over = (*i == reading.current).then(|| reading.sections[*i].num_seconds());
        i64::from(*then) - over.unwrap_or_default()
    };
    plan.targets.iter().map(further).sum()
}

#[test]
fn no_minute_is_lost_when_a_call_is_planned_anew() {
    let mut c = checkin(vec![(0, EventKind::Started)]);
    let section = c.sections[0].clone();
    c.sections = vec![(2, 5), (5, 12), (5, 10), (3, 8), (3, 6)]
        .into_iter()
        .map(|(min, max)| Section {
            customer: None,
            min,
            target: (min + max) * 30,
            max,
            ..section.clone()
        })
        .collect();
    c.events.push(Event {
        at: at(0),
        what: EventKind::LeaveBy {
            at: Some(at(1_537)),
        },
    });
    let (reading, plan) = (read(&c, at(72)), replan(&c, at(72)));
    assert_eq!(plan.left, Duration::seconds(1_465));
    assert_eq!(asked(&plan, &reading), 1_465);
    let later = plan.targets.iter().skip(1);
    assert!(later.clone().all(|t| t.2 % 30 == 0), "{:?}", plan.targets);
}

#[test]
fn a_section_added_or_left_out_and_a_new_hard_stop_lose_no_second() {
    let length = 15 * 60;
    let mut c = checkin(vec![
        (0, EventKind::Length { minutes: 15 }),
        (0, EventKind::Started),
    ]);
    let handed_out = |c: &Checkin, now: i64| {
        let plan = replan(c, at(now));
        assert_eq!(plan.short, Duration::zero());
        now + asked(&plan, &read(c, at(now)))
    };
    assert_eq!(handed_out(&c, 95), length);
    let section = Section {
        customer: None,
        min: 1,
        target: 180,
        max: 8,
        ..c.sections[0].clone()
    };
    c.insert_section(1, section);
    assert_eq!(handed_out(&c, 95), length, "one more section");
    let also = |c: &mut Checkin, seconds: i64, what| {
        c.events.push(Event {
            at: at(seconds),
            what,
        });
    };
    also(&mut c, 100, EventKind::Dropped { section: 2 });
    assert_eq!(handed_out(&c, 101), length, "one less");
    also(&mut c, 110, EventKind::LeaveBy { at: Some(at(700)) });
    assert_eq!(handed_out(&c, 111), 700);
    also(&mut c, 120, EventKind::LeaveBy { at: None });
    assert_eq!(handed_out(&c, 133), length);
    let extended = EventKind::Extended {
        section: 3,
        minutes: 5,
    };
    also(&mut c, 140, extended);
    assert_eq!(handed_out(&c, 141), length + 300);
}

fn event() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        (0..4_usize).prop_map(|section| EventKind::Entered { section }),
        Just(EventKind::Paused),
        Just(EventKind::Resumed),
        (0..4_usize, 0..9_u32)
            .prop_map(|(section, minutes)| EventKind::Extended { section, minutes }),
        (0..4_usize).prop_map(|section| EventKind::Dropped { section }),
        (0..4_usize, 0..900_u32).prop_map(|(section, seconds)| EventKind::Replanned {
            targets: vec![(section, seconds)]
        }),
        Just(EventKind::Ended),
    ]
}

proptest! {
    /// Under any sequence of events, even with a clock set back or a suspended laptop, the
    /// sections add up to the total, and no time decreases.
    #[test]
    fn sections_add_up_to_the_total(steps in proptest::collection::vec((-600..4_000_i64, event()), 0..24), after in -100..8_000_i64) {
        let mut t = 0;
        let mut events = vec![(0, EventKind::Started)];
        for (by, what) in steps {
            t += by;
            events.push((t, what));
        }
        let c = checkin(events.clone());
        let reading = read(&c, at(t + after));
        prop_assert_eq!(reading.sections.iter().fold(Duration::zero(), |a, b| a + *b), reading.total);
        prop_assert!(reading.total >= Duration::zero());
        prop_assert!(read(&c, at(t + after + 60)).total >= reading.total);
        // Replanning never asks for more than the time left, except for the shortest times.
        let plan = replan(&c, at(t + after));
        let asked = asked(&plan, &reading);
        prop_assert!(asked <= plan.left.num_seconds().max(0) + plan.short.num_seconds());
    }
}
