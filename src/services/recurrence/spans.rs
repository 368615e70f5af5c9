//! Blackouts as people type them, and future moments.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::clock::clock;
use crate::domain::cadence::rhythm::Blackout;
use crate::domain::text::nfkc;
use crate::domain::when::Now;
use crate::services::dates;

/// Reads blackouts separated by commas: `12/1-12/31*`, `2027-01-10..2027-02-05`; `*` repeats one
/// every year.
pub fn spans(text: &str, today: NaiveDate) -> Option<Vec<Blackout>> {
    let text = nfkc(text.trim());
    text.split([',', '、', ';'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|part| span(part, today))
        .collect()
}

fn span(part: &str, today: NaiveDate) -> Option<Blackout> {
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
    let from = day(from.trim(), today)?;
    let to = day(to.trim(), from)?;
    (from <= to && (to - from).num_days() < 366).then_some(Blackout {
        from,
        to,
        yearly,
        reason,
    })
}

/// A day from `today` on; unlike in [`dates::read`], a weekday may be `today` itself.
fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    dates::read(
        text,
        today - Duration::days(if text.contains('/') { 0 } else { 1 }),
    )
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

/// A future moment: `tue 10:00`, `12/8 14:30`, `明日 9:00`, `12月8日 14時30分`.
pub fn moment(text: &str, now: Now) -> Option<DateTime<Utc>> {
    let text = nfkc(text.trim()).to_lowercase();
    let (date, time) = match text.rsplit_once([' ', 't']) {
        Some((date, time)) => (dates::read(date.trim(), now.today())?, clock(time)?),
        None => (now.today(), clock(&text)?),
    };
    Some(now.zone.instant(date.and_time(time)))
}
