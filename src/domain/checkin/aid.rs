//! Listening aids: an open question for the section, and in turn a probing or an empathic line. No
//! line repeats within a call: questions rotate by the minutes spent in the section, the other
//! lines by the minutes of the call.

use super::Checkin;
use super::agenda::Words;
use super::clock::Reading;
use super::wrapup::Sentiment;

/// Lines for any section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aids {
    pub probing: Vec<Words>,
    /// For a talk that goes badly.
    pub empathy: Vec<Words>,
    /// For a talk that goes well.
    pub amplify: Vec<Words>,
}

/// Minutes a line stays.
const MINUTES: i64 = 2;

/// The lines to show now; fewer once some are used up.
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
