//! When the customer was last reached, and how the last talk felt. Reads one dossier; knows no
//! scores and no plans.

use chrono::NaiveDate;

use super::Dossier;
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::facts::touch::Attendance;
use crate::domain::when::Zone;

/// The day of the last conversation: a call or meeting that took place, a check-in, or a contact's
/// last contacted day.
pub fn last_conversation(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    last_of(dossier, day, zone, |_| true)
}

/// As [`last_conversation`], of those that did not go badly: a talk that frustrated the customer kept no
/// relationship.
pub fn last_good_conversation(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    let is_bad = |mood: Sentiment| mood <= Sentiment::Disappointed;
    last_of(dossier, day, zone, |mood| !mood.is_some_and(is_bad))
}

/// The day of the last conversation whose mood counts.
fn last_of(
    dossier: &Dossier,
    day: NaiveDate,
    zone: Zone,
    counts: impl Fn(Option<Sentiment>) -> bool,
) -> Option<NaiveDate> {
    let touches = dossier
        .touches
        .iter()
        .filter(|t| t.is_conversation() && counts(t.sentiment))
        .map(|t| zone.day(t.at));
    let checkins = dossier
        .checkins
        .iter()
        .filter(|c| counts(c.wrapup.sentiment))
        .filter_map(|c| c.ended())
        .map(|at| zone.day(at));
    let people = dossier.contacts.iter().filter_map(|c| c.last_contacted);
    touches
        .chain(checkins)
        .chain(people)
        .filter(|d| *d <= day)
        .max()
}

/// The day of the last touch that reached the customer, mail included. Declined and missed touches
/// do not count.
pub fn last_touch(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    let any = dossier
        .touches
        .iter()
        .filter(|t| t.attendance == Attendance::Held)
        .map(|t| zone.day(t.at))
        .filter(|d| *d <= day)
        .max();
    any.max(last_conversation(dossier, day, zone))
}

/// The mood of the last check-in or imported talk that states one, with its day.
pub fn last_mood(dossier: &Dossier, day: NaiveDate, zone: Zone) -> Option<(NaiveDate, Sentiment)> {
    let moods = dossier
        .checkins
        .iter()
        .filter_map(|c| Some((zone.day(c.ended()?), c.wrapup.sentiment?)));
    let talks = dossier
        .touches
        .iter()
        .filter_map(|t| Some((zone.day(t.at), t.sentiment?)));
    moods
        .chain(talks)
        .filter(|(d, _)| *d <= day)
        // Of one day, the colder one.
        .max_by_key(|(d, mood)| (*d, std::cmp::Reverse(*mood)))
}
