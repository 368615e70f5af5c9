//! Families of signals that cannot be judged, and why: an account without signals may be well, or
//! unknown.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::View;
use crate::domain::closed::closed;
use crate::domain::facts::level::{self, Rhythm};
use crate::domain::facts::usage::date_of;

closed! {
    /// Signals that need the same kind of data.
    Family { Usage = "usage", Support = "support", Feedback = "feedback", Talks = "talks" }
}

/// Why a family of signals cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Gap {
    Nothing,
    /// The history is too short for a usual value; the number of days known.
    Short {
        days: i64,
    },
    /// Too few events: one more or less is no news.
    Sparse,
    /// The newest data is too old: days.
    Stale {
        days: i64,
    },
}

/// The families that cannot be judged on the view's day.
pub fn find(view: &View) -> Vec<(Family, Gap)> {
    let all = [
        (Family::Usage, usage(view)),
        (Family::Support, support(view)),
        (Family::Feedback, feedback(view)),
        (Family::Talks, talks(view)),
    ];
    all.into_iter()
        .filter_map(|(family, gap)| Some((family, gap?)))
        .collect()
}

/// None while the newest data is at most `most` days old.
fn stale(view: &View, newest: Option<NaiveDate>, most: i64) -> Option<Gap> {
    match newest {
        None => Some(Gap::Nothing),
        Some(day) => Some((view.day - day).num_days())
            .filter(|days| *days > most)
            .map(|days| Gap::Stale { days }),
    }
}

fn usage(view: &View) -> Option<Gap> {
    const STALE: i64 = 60;
    let Some((_, series)) = view.dossier.usage.headline() else {
        return Some(Gap::Nothing);
    };
    let known = series.between(NaiveDate::MIN, view.day);
    let (first, last) = (
        known.first().map(|p| date_of(p.0)),
        known.last().map(|p| date_of(p.0)),
    );
    stale(view, last, STALE).or_else(|| {
        // Daily numbers need four weeks against four; weekly and monthly numbers need two.
        let enough = match level::rhythm(series, view.day) {
            Rhythm::Daily => first
                .zip(last)
                .is_some_and(|(f, l)| l - f >= Duration::days(2 * level::WINDOW - 1)),
            Rhythm::Spaced(_) => known.len() >= 2,
            Rhythm::Irregular(_) => return Some(Gap::Sparse),
        };
        let days = first.map_or(0, |f| (view.day - f).num_days() + 1);
        (!enough).then_some(Gap::Short { days })
    })
}

fn support(view: &View) -> Option<Gap> {
    const STALE: i64 = 60;
    stale(view, view.freshness.tickets.map(|d| d.min(view.day)), STALE)
}

fn feedback(view: &View) -> Option<Gap> {
    const STALE: i64 = 180;
    stale(
        view,
        view.dossier
            .surveys
            .iter()
            .filter(|s| s.in_range())
            .filter_map(|s| s.date)
            .filter(|d| *d <= view.day)
            .max(),
        STALE,
    )
}

fn talks(view: &View) -> Option<Gap> {
    const STALE: i64 = 180;
    let d = view.dossier;
    let touches = d.touches.iter().map(|t| view.zone.day(t.at));
    let notes = d.notes.iter().map(|n| view.zone.day(n.at));
    let checkins = d
        .checkins
        .iter()
        .filter_map(|c| Some(view.zone.day(c.ended()?)));
    stale(
        view,
        touches
            .chain(notes)
            .chain(checkins)
            .filter(|d| *d <= view.day)
            .max(),
        STALE,
    )
}
