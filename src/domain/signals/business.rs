//! The customer's business is changing: layoffs, reorganisation, a merger or trouble.

use super::{Evidence, Found, View};

pub const NUMBERS: &[&str] = &["days", "strong"];

pub fn find(view: &View) -> Option<Found> {
    logged(view).or_else(|| phrases(view))
}

/// Entries of the context log.
fn logged(view: &View) -> Option<Found> {
    let entries = view.dossier.notes.iter().filter(|n| {
        n.context.as_ref().is_some_and(|c| c.topic.is_trouble()) && !n.public_title().is_empty()
    });
    let mut entries: Vec<_> = entries
        .map(|n| (view.zone.day(n.at), n))
        .filter(|(d, _)| view.within(*d, view.days("days")))
        .collect();
    entries.sort_by_key(|(d, n)| (*d, n.id.clone()));
    let dates: Vec<chrono::NaiveDate> = entries.iter().map(|e| e.0).collect();
    let (_, last) = entries.last()?;
    let evidence = Evidence::Words {
        words: last.public_title().to_owned(),
        place: "note".to_owned(),
    };
    let found = Found::new(view.first_of(&dates)?, 90, evidence)
        .strong(entries.len() as f64 >= view.n("strong"));
    Some(found.rows("note", entries.iter().map(|(_, n)| n.id.as_str())))
}

fn phrases(view: &View) -> Option<Found> {
    view.phrase_found(
        &["layoffs", "reorganisation", "trouble"],
        None,
        view.days("days"),
        1,
        view.n("strong") as usize,
    )
}
