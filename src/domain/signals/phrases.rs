//! Warning phrases in the texts about an account: notes, calls, tickets, survey comments. Each hit
//! has a date and its record. Private lines are skipped, since hits are shown and answered.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::Source;
use crate::domain::checkin::Mark;
use crate::domain::dossier::Dossier;
use crate::domain::facts::ticket::Ticket;
use crate::domain::ids::RecordId;
use crate::domain::note::is_private;
use crate::domain::when::Zone;

/// Finds warning phrases in a line; the lexicon of the configuration implements it.
pub trait PhraseMatcher: Sync {
    /// The category and the words of each phrase found.
    fn matches(&self, line: &str) -> Vec<(String, String)>;

    /// The same of a line in a ticket. Tickets are about what fails or is unclear: that alone is no hint there,
    /// only a phrase of the lexicon (anger, doubt) is.
    fn in_ticket(&self, line: &str) -> Vec<(String, String)>;

    /// The same of a line that the user marked as a risk: what it is about, however it sounds.
    fn marked(&self, line: &str) -> Vec<(String, String)>;
}

#[derive(Debug, Clone, PartialEq)]
pub struct PhraseHit {
    pub date: NaiveDate,
    pub category: String,
    pub words: String,
    pub source: Source,
    /// Whether a mark or another hint confirms it.
    pub told: bool,
}

/// Tickets of the last ninety days with angry or disappointed words.
pub fn strong_tickets<'a>(
    tickets: &'a [Ticket],
    matcher: &dyn PhraseMatcher,
    day: NaiveDate,
    zone: Zone,
) -> Vec<&'a RecordId> {
    const DAYS: i64 = 90;
    let recent = |t: &&Ticket| {
        t.opened
            .map(|o| (day - zone.day(o)).num_days())
            .is_some_and(|d| (0..DAYS).contains(&d))
    };
    let strong = |t: &&Ticket| {
        t.subject.lines().chain(t.body.lines()).any(|l| {
            matcher
                .in_ticket(l)
                .iter()
                .any(|(category, _)| category == "negative")
        })
    };
    tickets
        .iter()
        .filter(recent)
        .filter(strong)
        .map(|t| &t.id)
        .collect()
}

/// Days before the view's day in which texts are searched.
pub const REACH: i64 = 120;

/// The hints in texts of the [`REACH`] days up to `day`, oldest first. One that neither a mark nor another hint
/// of its category within thirty days confirms is not told: one hint alone is no news.
pub fn phrase_hits(
    dossier: &Dossier,
    matcher: &dyn PhraseMatcher,
    day: NaiveDate,
    zone: Zone,
) -> Vec<PhraseHit> {
    /// Days within which two hints of a category confirm each other.
    const NEAR: i64 = 30;
    let mut all = hints(dossier, matcher, day, zone);
    let confirms = |a: &PhraseHit, b: &PhraseHit| {
        a.category == b.category && (a.date - b.date).num_days().abs() <= NEAR
    };
    let confirmed = |(at, hit): (usize, &PhraseHit)| {
        let mut others = all.iter().enumerate().filter(|(i, _)| *i != at);
        hit.told || others.any(|(_, o)| confirms(hit, o))
    };
    let told: Vec<bool> = all.iter().enumerate().map(confirmed).collect();
    for (hit, told) in all.iter_mut().zip(told) {
        hit.told = told;
    }
    all
}

/// All hints in texts of the [`REACH`] days up to `day`, oldest first; in a line each category once.
fn hints(
    dossier: &Dossier,
    matcher: &dyn PhraseMatcher,
    day: NaiveDate,
    zone: Zone,
) -> Vec<PhraseHit> {
    let mut out = Vec::new();
    let from = day - Duration::days(REACH);
    let mut hear = |date: NaiveDate, kind: &str, id: &str, text: &str, mark: Option<Mark>| {
        if date < from || date > day {
            return;
        }
        for line in text.lines().filter(|l| !is_private(l)) {
            let mark = mark.or_else(|| Mark::of_text(line).map(|(mark, _)| mark));
            let marked = mark == Some(Mark::Risk);
            let found = if marked {
                matcher.marked(line)
            } else if kind == "ticket" {
                matcher.in_ticket(line)
            } else {
                matcher.matches(line)
            };
            for (category, words) in found {
                out.push(PhraseHit {
                    date,
                    category,
                    words,
                    source: Source {
                        kind: kind.to_owned(),
                        id: id.to_owned(),
                    },
                    told: marked,
                });
            }
        }
    };
    let on = |at: DateTime<Utc>| zone.day(at);
    for n in &dossier.notes {
        // The note of a check-in repeats its lines.
        if n.checkin.is_none() {
            hear(on(n.at), "note", n.id.as_str(), &n.text, None);
        }
    }
    for c in &dossier.checkins {
        let date = on(c.started().unwrap_or(c.created));
        for (_, line) in c.lines().filter(|(_, l)| !l.is_private()) {
            hear(date, "checkin", c.id.as_str(), &line.text, line.mark);
        }
    }
    for t in &dossier.touches {
        hear(on(t.at), "touch", t.id.as_str(), &t.summary, None);
    }
    for t in &dossier.tickets {
        if let Some(opened) = t.opened {
            hear(on(opened), "ticket", t.id.as_str(), &t.subject, None);
            hear(on(opened), "ticket", t.id.as_str(), &t.body, None);
        }
    }
    for s in &dossier.surveys {
        if let Some(date) = s.date {
            hear(date, "survey", s.id.as_str(), &s.comment, None);
        }
    }
    out.sort_by_key(|h| h.date);
    out
}
