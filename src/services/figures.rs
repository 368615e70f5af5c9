//! Support and use as short phrases, the same for the brief and the tabs of an account.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::facts::adoption::{Share, completion, depth, links, sign_ins};
use crate::domain::facts::touch::{Attendance, Touch, TouchKind};
use crate::domain::facts::usage::Usage;
use crate::domain::facts::workload::Workload;
use crate::i18n::{Strings, fill, number, signed};

/// Tickets against the account's own usual. `strong` is how many hold strong words.
pub fn support(t: &Strings, w: &Workload, today: NaiveDate, strong: usize) -> Vec<String> {
    /// Days without a ticket of any account that are no delay.
    const LATE: i64 = 3;
    let mut out = Vec::new();
    if w.escalated > 0 {
        out.push(fill(t.fig_escalated, &[&w.escalated]));
    }
    match w.usual {
        Some(usual) => out.push(fill(t.fig_opened_usual, &[&w.opened, &number(usual)])),
        None => out.push(fill(t.fig_opened, &[&w.opened])),
    }
    match w.hours {
        (Some(now), Some(before)) => {
            out.push(fill(t.fig_hours_before, &[&number(now), &number(before)]))
        }
        (Some(now), None) => out.push(fill(t.fig_hours, &[&number(now)])),
        (None, _) => {}
    }
    if w.open > 0 {
        out.push(fill(t.fig_open, &[&w.open, &w.old]));
    }
    if strong > 0 {
        out.push(fill(t.fig_strong, &[&strong]));
    }
    if (today - w.until).num_days() > LATE {
        out.push(fill(t.until_day, &[&w.until]));
    }
    out
}

/// Sign-ins, depth, workflows and integrations, each as far as it is known.
pub fn adoption(t: &Strings, usage: &Usage, day: NaiveDate) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((metric, way, percent)) = sign_ins(usage, day) {
        out.push(fill(
            t.fig_sign_ins,
            &[
                &t.metric_name(metric),
                &t.ways[way.index()],
                &signed(percent.round() as i64),
            ],
        ));
    }
    out.extend(
        against(depth(usage, day), 1.0).map(|(now, before)| match before {
            Some(before) => fill(t.fig_depth_before, &[&now, &before]),
            None => fill(t.fig_depth, &[&now]),
        }),
    );
    out.extend(
        completion(usage, day)
            .into_iter()
            .filter_map(|(name, share)| {
                let (now, before) = against(share, 100.0)?;
                Some(match before {
                    Some(before) => fill(t.fig_workflow_before, &[&name, &now, &before]),
                    None => fill(t.fig_workflow, &[&name, &now]),
                })
            }),
    );
    out.extend(links(usage, day).into_iter().map(|l| match l.silent {
        0 => fill(t.fig_link_alive, &[&l.name]),
        days => fill(t.fig_link_silent, &[&l.name, &days]),
    }));
    out
}

/// Mails, webinars, trainings and the like since a moment: how many, and how many came to nothing.
pub fn touches(
    t: &Strings,
    all: &[Touch],
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<String> {
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
            (_, 0) => Some(fill(t.fig_touch, &[&t.talk(*kind), &n])),
            _ => Some(fill(t.fig_touch_missed, &[&t.talk(*kind), &n, &missed])),
        }
    };
    TouchKind::ALL.iter().filter_map(words).collect()
}

/// A share now and before, in words; none where nothing is known of now.
fn against(share: Share, times: f64) -> Option<(String, Option<String>)> {
    let word = |n: f64| number((n * times * 10.0).round() / 10.0);
    share.now.map(|now| (word(now), share.before.map(word)))
}
