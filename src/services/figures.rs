//! Support and usage as short phrases, the same for the brief and the tabs of an account.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::facts::adoption::{Share, completion, depth, sign_ins};
use crate::domain::facts::integrations::integrations;
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::facts::usage::Usage;
use crate::domain::facts::workload::Workload;
use crate::words::numbers::{number, signed};
use crate::words::{self, Lang};

/// Tickets against the account's own average. `strong` is the number with strong words.
pub fn support(t: Lang, w: &Workload, today: NaiveDate, strong: usize) -> Vec<String> {
    /// Days without a ticket of any account up to which the feed counts as current.
    const LATE: i64 = 3;
    let mut out = Vec::new();
    if w.escalated > 0 {
        out.push(words::figures::escalated(t, w.escalated));
    }
    match w.usual {
        Some(usual) => out.push(words::figures::opened_usual(t, w.opened, number(usual))),
        None => out.push(words::figures::opened(t, w.opened)),
    }
    match w.hours {
        (Some(now), Some(before)) => {
            out.push(words::figures::hours_before(t, number(now), number(before)))
        }
        (Some(now), None) => out.push(words::figures::hours(t, number(now))),
        (None, _) => {}
    }
    if w.open > 0 {
        out.push(words::figures::open(t, w.open, w.old));
    }
    if strong > 0 {
        out.push(words::figures::strong(t, strong));
    }
    if (today - w.until).num_days() > LATE {
        out.push(words::dates::until_day(t, w.until));
    }
    out
}

/// Sign-ins, depth, workflows and integrations, each where it is known.
pub fn adoption(t: Lang, usage: &Usage, day: NaiveDate) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((metric, way, percent)) = sign_ins(usage, day) {
        out.push(words::figures::sign_ins(
            t,
            words::usage::metric_name(t, metric),
            way.words(t),
            signed(percent.round() as i64),
        ));
    }
    out.extend(
        against(depth(usage, day), 1.0).map(|(now, before)| match before {
            Some(before) => words::figures::depth_before(t, &now, &before),
            None => words::figures::depth(t, &now),
        }),
    );
    out.extend(
        completion(usage, day)
            .into_iter()
            .filter_map(|(name, share)| {
                let (now, before) = against(share, 100.0)?;
                Some(match before {
                    Some(before) => words::figures::workflow_before(t, name, &now, &before),
                    None => words::figures::workflow(t, name, &now),
                })
            }),
    );
    out.extend(
        integrations(usage, day)
            .into_iter()
            .map(|l| match l.silent {
                0 => words::figures::link_alive(t, l.name),
                days => words::figures::link_silent(t, l.name, days),
            }),
    );
    out
}

/// Mails, webinars, trainings and the like since a day: their number, and how many got no response.
pub fn touches(t: Lang, all: &[Touch], since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<String> {
    let of = |kind: TouchKind| {
        all.iter()
            .filter(move |x| x.kind == kind && x.at > since && x.at <= now)
    };
    let words = |kind: &TouchKind| {
        let (n, missed) = (
            of(*kind).count(),
            of(*kind)
                .filter(|x| x.attendance != Attendance::Held)
                .count(),
        );
        match (n, missed) {
            (0, _) => None,
            (_, 0) => Some(words::figures::touch(t, kind.words(t), n)),
            _ => Some(words::figures::touch_missed(t, kind.words(t), n, missed)),
        }
    };
    TouchKind::ALL.iter().filter_map(words).collect()
}

/// A share now and before, in words; none where the present one is unknown.
fn against(share: Share, times: f64) -> Option<(String, Option<String>)> {
    let word = |n: f64| number((n * times * 10.0).round() / 10.0);
    share.now.map(|now| (word(now), share.before.map(word)))
}
