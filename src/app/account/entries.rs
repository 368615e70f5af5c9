//! The records of an account as the user reads them: the position of each in the timeline, and its
//! text.

use crate::domain::dossier::Dossier;
use crate::domain::signals::Source;
use crate::domain::timeline;
use crate::domain::when::Zone;

/// The timeline position of a record behind a signal. `None` for a person, and for a record that is
/// not a single readable entry.
pub fn place_of(d: &Dossier, source: &Source) -> Option<(timeline::Kind, usize)> {
    use timeline::Kind;
    let id = source.id.as_str();
    Some(match source.kind.as_str() {
        "ticket" => (
            Kind::Ticket,
            d.tickets.iter().position(|t| t.id.as_str() == id)?,
        ),
        "survey" => (
            Kind::Survey,
            d.surveys.iter().position(|s| s.id.as_str() == id)?,
        ),
        "touch" => (
            Kind::Touch,
            d.touches.iter().position(|t| t.id.as_str() == id)?,
        ),
        "note" => (
            Kind::Note,
            d.notes.iter().position(|n| n.id.as_str() == id)?,
        ),
        "checkin" => (
            Kind::Checkin,
            d.checkins.iter().position(|c| c.id.as_str() == id)?,
        ),
        "subscription" => (
            Kind::Subscription,
            d.subscriptions.iter().position(|s| s.id.as_str() == id)?,
        ),
        _ => return None,
    })
}

/// The text of a record behind a signal, with its day.
pub fn source_text(d: &Dossier, source: &Source, zone: Zone) -> Option<String> {
    use timeline::Kind;
    let (day, text) = match place_of(d, source) {
        Some((kind, i)) => {
            let day = match kind {
                Kind::Ticket => d.tickets[i].opened.map(|o| zone.day(o)),
                Kind::Survey => d.surveys[i].date,
                Kind::Touch => Some(zone.day(d.touches[i].at)),
                Kind::Note => Some(zone.day(d.notes[i].at)),
                Kind::Checkin => Some(zone.day(d.checkins[i].created)),
                Kind::Subscription => d.subscriptions[i].start,
                Kind::Action | Kind::Outcome | Kind::Deal => None,
            };
            (
                day,
                text_of(
                    d,
                    timeline::Entry {
                        day: chrono::NaiveDate::MIN,
                        at: chrono::DateTime::UNIX_EPOCH,
                        kind,
                        index: i,
                    },
                ),
            )
        }
        None => {
            let c = d
                .contacts
                .iter()
                .find(|c| source.kind == "contact" && c.id.as_str() == source.id)?;
            (c.since, format!("{} {}", c.name, c.title))
        }
    };
    Some(
        format!(
            "{} {}",
            day.map(|d| d.to_string()).unwrap_or_default(),
            text.trim()
        )
        .trim()
        .to_owned(),
    )
}

/// The text of a timeline entry, taken from its data. The screen words the kind.
pub fn text_of(d: &Dossier, e: timeline::Entry) -> String {
    use timeline::Kind;
    match e.kind {
        Kind::Note => crate::services::compose::plain(d.notes[e.index].title()),
        Kind::Checkin => d.checkins[e.index]
            .lines()
            .map(|(_, l)| l.text.trim())
            .find(|t| !t.is_empty())
            .unwrap_or("")
            .to_owned(),
        Kind::Touch => d.touches[e.index].summary.clone(),
        Kind::Ticket => {
            let t = &d.tickets[e.index];
            format!("{} {}", t.id, t.subject)
        }
        Kind::Survey => {
            let s = &d.surveys[e.index];
            format!("{} {} {}", s.kind.key().to_uppercase(), s.score, s.comment)
        }
        Kind::Outcome => {
            let o = &d.outcomes[e.index];
            [o.kind.key(), &o.reason, &o.comment]
                .iter()
                .filter(|t| !t.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Kind::Action => d.actions[e.index].what.clone(),
        Kind::Subscription => {
            let s = &d.subscriptions[e.index];
            let money = s.arr.map(|m| m.exact()).unwrap_or_default();
            let seats = s.seats.map(|n| format!("×{n}")).unwrap_or_default();
            [s.plan.as_str(), &money, &seats]
                .iter()
                .filter(|t| !t.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Kind::Deal => {
            let deal = &d.deals[e.index];
            let money = deal.amount.map(|m| m.exact()).unwrap_or_default();
            [deal.name.as_str(), &deal.stage, &money]
                .iter()
                .filter(|t| !t.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · ")
        }
    }
}
