//! Bands that differ from their numbers, and the way to green.

use super::*;
use crate::domain::account::{HealthOverride, Verdict};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::health::band_of;

#[test]
fn a_bad_talk_keeps_an_account_from_green_with_the_reason() {
    use crate::domain::checkin::wrapup::Wrapup;
    use crate::domain::checkin::{Checkin, Event, EventKind, Kind};
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    let at =
        |d: u32| chrono::TimeZone::with_ymd_and_hms(&chrono::Utc, 2026, 11, d, 9, 0, 0).unwrap();
    d.checkins.push(Checkin {
        id: "k".into(),
        account: "a".into(),
        kind: Kind::Health,
        template: "standard".into(),
        title: None,
        author: "me".into(),
        created: at(20),
        sections: vec![],
        events: vec![
            Event {
                at: at(20),
                what: EventKind::Started,
            },
            Event {
                at: at(20),
                what: EventKind::Ended,
            },
        ],
        notes: vec![],
        prepared: None,
        noted: None,
        wrapup: Wrapup {
            sentiment: Some(Sentiment::Frustrated),
            ..Wrapup::default()
        },
    });
    // Little weight on the mood, so that the numbers alone are green.
    let mut lenient = policy();
    lenient.weights = [97.0, 0.5, 0.5, 1.0, 0.5, 0.5];
    let freshness = DataFreshness {
        tickets: None,
        usage: d.usage.last_day(),
    };
    let s = score(&d, freshness, &lenient, day(11, 22), Zone::utc());
    assert_eq!(
        (s.band, s.held.as_ref().map(|h| h.by_numbers)),
        (Band::Yellow, Some(Band::Green))
    );
    assert!(
        s.score.is_some_and(|n| n > 75),
        "the number stays what it is"
    );
    let free = Policy {
        mood_caps: false,
        ..lenient.clone()
    };
    assert_eq!(
        score(&d, freshness, &free, day(11, 22), Zone::utc()).band,
        Band::Green
    );
    // Before the talk its mood was unknown.
    assert_eq!(
        score(&d, freshness, &lenient, day(11, 19), Zone::utc()).held,
        None
    );
}

#[test]
fn an_override_holds_until_it_expires_and_shows_the_computed_band() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 55.0);
    let health_override = |verdict| {
        Some(HealthOverride {
            verdict,
            reason: "the sponsor told us".into(),
            author: "sato".into(),
            set: day(11, 10),
            until: Some(day(11, 22)),
        })
    };
    d.account.health_override = health_override(Verdict::Red).map(Box::new);
    let on = |d: &Dossier, day| {
        score(
            d,
            DataFreshness {
                tickets: None,
                usage: d.usage.last_day(),
            },
            &policy(),
            day,
            Zone::utc(),
        )
    };
    let s = on(&d, day(11, 22));
    assert_eq!(
        (s.band, s.held.map(|h| h.by_numbers)),
        (Band::Red, Some(Band::Green))
    );
    assert_eq!(on(&d, day(11, 23)).held, None, "expired");
    assert_eq!(on(&d, day(11, 9)).held, None, "not set yet");
    d.account.health_override = health_override(Verdict::Lost).map(Box::new);
    assert!(on(&d, day(11, 20)).is_accepted_loss());
}

#[test]
fn the_way_to_green_reaches_green_and_stops_there() {
    let mut d = dossier();
    flat_usage(&mut d, 50.0, 30.0);
    let s = scored(&d);
    assert_ne!(s.band, Band::Green);
    let way = s.to_green(&policy());
    let mut there = s.clone();
    for (dimension, from, to) in &way {
        assert!(to > from);
        there.parts[dimension.index()].score = Some(*to);
        there.parts[dimension.index()].exact = f64::from(*to);
    }
    let sum: f64 = Dimension::ALL.iter().filter_map(|d| there.points(*d)).sum();
    assert_eq!(
        band_of(sum.round() as u8, &policy()),
        Band::Green,
        "{way:?}"
    );
    flat_usage(&mut d, 50.0, 55.0);
    assert_eq!(scored(&d).to_green(&policy()), vec![]);
    assert_eq!(scored(&dossier()).to_green(&policy()), vec![]);
}
