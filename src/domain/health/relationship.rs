//! The relationship dimension: the last conversation, the champion, and attendance.

use chrono::{Duration, NaiveDate};

use super::Fact;
use super::dimension_score::{DimensionScore, along};
use crate::domain::account::Tier;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::contact::{Role, Status};
use crate::domain::dossier::Dossier;
use crate::domain::dossier::talks::{last_conversation, last_good_conversation, last_mood};
use crate::domain::facts::touch::{Attendance, TouchKind};
use crate::domain::policy::Policy;
use crate::domain::when::Zone;

/// How long ago the customer was last spoken to; `good` is the last talk that did not go badly.
fn spoken(good: Option<NaiveDate>, last: Option<NaiveDate>, day: NaiveDate) -> Fact {
    match good {
        Some(date) => {
            let days = (day - date).num_days();
            if last == good {
                Fact::LastConversation { days }
            } else {
                Fact::LastGoodConversation { days }
            }
        }
        None if last.is_some() => Fact::NoGoodConversation,
        None => Fact::NoConversation,
    }
}

pub fn score(
    dossier: &Dossier,
    policy: &Policy,
    tier: Tier,
    day: NaiveDate,
    zone: Zone,
) -> DimensionScore {
    let spoke = last_good_conversation(dossier, day, zone);
    // A bad talk tells the mood, but it is no contact that kept the relationship.
    let mood = last_mood(dossier, day, zone)
        .map(|(d, mood)| ((day - d).num_days(), mood))
        .filter(|(days, _)| *days <= policy.sentiment_unknown);
    let bad = mood.filter(|(_, mood)| *mood < Sentiment::Neutral);
    let champion = |c: &&crate::domain::contact::Contact| c.role == Some(Role::Champion);
    let left = dossier
        .contacts
        .iter()
        .filter(champion)
        .find(|c| c.status != Status::Active && c.since.is_none_or(|s| s <= day));
    // Contacts alone say nothing about the relationship: without any record of a touch it is
    // unknown. A touch of unknown kind, or in the future, is no such record.
    let touched = dossier
        .touches
        .iter()
        .any(|t| t.kind != TouchKind::Other && zone.day(t.at) <= day);
    if spoke.is_none() && !touched && left.is_none() && bad.is_none() {
        return DimensionScore::unknown(Vec::new());
    }
    let mut facts = Vec::new();
    let (good, fair) = if tier == Tier::Enterprise {
        policy.engaged_priority
    } else {
        policy.engaged_others
    };
    facts.push(spoken(spoke, last_conversation(dossier, day, zone), day));
    let mut points = match spoke {
        Some(date) => {
            let days = (day - date).num_days();
            along(
                &[
                    (good as f64, 100.0),
                    (fair as f64, 60.0),
                    (fair as f64 * 2.0, 10.0),
                ],
                days as f64,
            )
        }
        None => 30.0,
    };
    let present = dossier
        .contacts
        .iter()
        .filter(champion)
        .any(|c| c.status == Status::Active || c.since.is_some_and(|s| s > day));
    if let (false, Some(gone)) = (present, left) {
        facts.push(Fact::ChampionLeft { date: gone.since });
        // A warning, not yet a loss.
        points = points.min(45.0);
    } else if !present && dossier.contacts.iter().any(|c| c.role.is_some()) {
        facts.push(Fact::NoChampion);
        points -= 10.0;
    }
    let quarter = day - Duration::days(90);
    let missed = dossier
        .touches
        .iter()
        .filter(|t| t.is_missed() && t.attendance != Attendance::Moved)
        .filter(|t| {
            let d = zone.day(t.at);
            d > quarter && d <= day
        })
        .count();
    if missed > 0 {
        facts.push(Fact::Missed { count: missed });
        points -= 10.0 * missed as f64;
    }
    if let Some((days, sentiment)) = bad {
        facts.push(Fact::Mood { sentiment, days });
        points = points.min(policy.curves.after_talk[sentiment.index()]);
    }
    let bad_alone = spoke.is_none();
    DimensionScore::new(points, facts).only(bad_alone, false)
}
