//! A business review was declined or missed, or is long overdue.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::checkin::Kind;
use crate::domain::facts::touch::Attendance;
use crate::domain::text::fold;

pub const NUMBERS: &[&str] = &["days", "every", "grace"];

/// Names of business reviews in the subject of a meeting, folded.
const NAMES: [&str; 7] = [
    "qbr",
    "ebr",
    "businessreview",
    "quarterlyreview",
    "ビジネスレビュー",
    "四半期レビュー",
    "定例レビュー",
];

pub fn find(view: &View) -> Option<Found> {
    let touches = view.touches(view.days("days"));
    let named = |summary: &str| {
        let words: String = fold(summary)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        NAMES.iter().any(|n| words.contains(&fold(n)))
    };
    let declined = touches.iter().rev().find(|(_, t)| {
        matches!(t.attendance, Attendance::Declined | Attendance::NoShow) && named(&t.summary)
    });
    let held_since = |after: chrono::NaiveDate| {
        touches
            .iter()
            .any(|(d, t)| *d > after && t.attendance == Attendance::Held && named(&t.summary))
    };
    if let Some((date, touch)) = declined.filter(|(date, _)| !held_since(*date)) {
        let evidence = Evidence::Meeting {
            date: *date,
            summary: touch.summary.lines().next().unwrap_or_default().to_owned(),
        };
        return Some(Found::new(*date, 85, evidence).row("touch", touch.id.as_str()));
    }
    let reviews = view
        .dossier
        .checkins
        .iter()
        .filter(|c| c.kind == Kind::Review)
        .filter_map(|c| Some((view.zone.day(c.ended()?), c.id.as_str())));
    let (last, id) = reviews.filter(|(d, _)| *d <= view.day).max()?;
    let allowed = view.days("every") + view.days("grace");
    let days = (view.day - last).num_days();
    let meant = view.days("every") > 0;
    (meant && days > allowed).then(|| {
        Found::new(
            last + Duration::days(allowed + 1),
            75,
            Evidence::Silence {
                days,
                allowed: view.days("every"),
            },
        )
        .row("checkin", id)
    })
}
