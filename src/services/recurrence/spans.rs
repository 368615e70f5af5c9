//! Blackouts as people type them.

use crate::domain::cadence::rhythm::Blackout;
use crate::domain::text::nfkc;
use crate::services::dates;

/// Reads blackouts separated by commas: `12/1-12/31*`, `2027-01-10..2027-02-05`; `*` repeats one
/// every year.
pub fn spans<T: Into<dates::Today>>(text: &str, today: T) -> Option<Vec<Blackout>> {
    let today = today.into();
    let text = nfkc(text.trim());
    text.split([',', '、', ';'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|part| span(part, today))
        .collect()
}

fn span(part: &str, today: dates::Today) -> Option<Blackout> {
    let (part, reason) = match part.split_once(char::is_whitespace) {
        Some((p, reason)) => (p, reason.trim().to_owned()),
        None => (part, String::new()),
    };
    let (part, yearly) = part.strip_suffix('*').map_or((part, false), |p| (p, true));
    let (from, to) = part
        .split_once("..")
        .or_else(|| part.split_once('~'))
        .or_else(|| part.split_once('〜'))
        .or_else(|| {
            if part.contains('/') {
                part.split_once('-')
            } else {
                None
            }
        })?;
    let from = dates::today_or_later(from.trim(), today)?;
    let on = dates::Today { day: from, ..today };
    let to = dates::today_or_later(to.trim(), on)?;
    (from <= to && (to - from).num_days() < 366).then_some(Blackout {
        from,
        to,
        yearly,
        reason,
    })
}

/// Blackout periods as a user would type them; [`spans`] reads them back.
pub fn typed_spans(blackouts: &[Blackout]) -> String {
    let one = |b: &Blackout| {
        let reason = if b.reason.is_empty() {
            String::new()
        } else {
            format!(" {}", b.reason)
        };
        format!(
            "{}..{}{}{reason}",
            b.from,
            b.to,
            if b.yearly { "*" } else { "" }
        )
    };
    blackouts.iter().map(one).collect::<Vec<_>>().join(", ")
}
