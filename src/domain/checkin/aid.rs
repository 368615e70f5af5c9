//! Listening aids `[agenda.prompts]`: an open question of the section and, in turn, a probing or an
//! empathic line. Within a call no line comes twice: the section's turn by the minutes spent in it,
//! the others by the minutes of the whole call.

use super::Checkin;
use super::agenda::Words;
use super::clock::Reading;
use super::wrapup::Sentiment;

/// Lines for any section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aids {
    pub probing: Vec<Words>,
    /// For talks that go badly.
    pub empathy: Vec<Words>,
    /// For talks that go well.
    pub amplify: Vec<Words>,
}

/// How long a line stays.
const MINUTES: i64 = 2;

/// The lines to show now; fewer as they are used up.
pub fn lines<'a>(
    checkin: &'a Checkin,
    reading: &Reading,
    aids: &'a Aids,
    section: usize,
) -> Vec<&'a Words> {
    let turn = |d: chrono::Duration| (d.num_minutes().max(0) / MINUTES) as usize;
    let mut out = Vec::new();
    let own = checkin.sections.get(section).and_then(|s| {
        s.prompts.get(turn(
            reading.sections.get(section).copied().unwrap_or_default(),
        ))
    });
    out.extend(own);
    let mood = checkin.moods().last().map(|m| m.1);
    let general = match mood {
        Some(m) if m < Sentiment::Neutral => &aids.empathy,
        Some(m) if m > Sentiment::Neutral => &aids.amplify,
        _ => &aids.probing,
    };
    out.extend(general.get(turn(reading.total)));
    out
}
