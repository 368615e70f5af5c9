//! A time of day, `10:00` or `10時`, and a range of hours.

use chrono::NaiveTime;

use crate::domain::text::nfkc;

pub fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.replace('時', ":").replace('分', "");
    let (h, m) = text.split_once(':')?;
    NaiveTime::from_hms_opt(
        h.parse().ok()?,
        if m.is_empty() { 0 } else { m.parse().ok()? },
        0,
    )
}

/// Reads `10:00-16:00`; none for other text, or where both times are equal.
pub fn hours(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let text = nfkc(text.trim()).replace(['~', '〜'], "-");
    let (from, to) = text.split_once('-')?;
    Some((clock(from.trim())?, clock(to.trim())?)).filter(|(from, to)| from != to)
}
