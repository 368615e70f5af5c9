//! The recorded scores of an account as bytes. A new day reads them for every account of the desk, and as
//! JSON they took longer than the score itself. Older stores have JSON, which is still read.

use crate::domain::facts::usage::{date_of, day_number, get, put, zag, zig};
use crate::domain::health::Band;
use crate::domain::health::history::{Entry, History, Parts};

use super::codec;

/// The first byte of the packed form; JSON begins with a bracket.
const FORM: u8 = 1;
const NO_SCORE: u8 = u8::MAX;
const BAND: u8 = 0b0111;
const REPLAYED: u8 = 0b1000;
/// The version of the rules is that of the entry before.
const SAME_POLICY: u8 = 0b1_0000;
/// In the order of the numbers that are stored.
const BANDS: [Band; 4] = [Band::Red, Band::Yellow, Band::Green, Band::Unknown];

/// For each day: the step from the day before, flags, score, coverage, and the parts that are known.
pub fn pack(history: &History) -> Vec<u8> {
    let entries = history.entries();
    let mut out = Vec::with_capacity(entries.len() * 12 + 8);
    out.push(FORM);
    put(&mut out, entries.len() as u64);
    let (mut day, mut policy) = (0_i64, 0_u64);
    for entry in entries {
        let this = i64::from(day_number(entry.date));
        put(&mut out, zig(this - day));
        day = this;
        let band = BANDS.iter().position(|b| *b == entry.band).unwrap_or(0) as u8;
        let same = entry.policy == policy;
        out.push(
            band | if entry.replayed { REPLAYED } else { 0 } | if same { SAME_POLICY } else { 0 },
        );
        if !same {
            out.extend_from_slice(&entry.policy.to_le_bytes());
            policy = entry.policy;
        }
        out.push(entry.score.unwrap_or(NO_SCORE));
        out.push(entry.coverage);
        let known = |(i, part): (usize, &Option<u8>)| u8::from(part.is_some()) << i;
        out.push(entry.parts.iter().enumerate().map(known).sum());
        out.extend(entry.parts.iter().flatten());
    }
    out
}

/// A history as the store keeps it.
pub fn value(history: &History) -> Vec<u8> {
    codec::pressed(&pack(history))
}

/// Reads the bytes of [`pack`], or those of an older store.
pub fn unpack(bytes: &[u8]) -> Result<History, String> {
    if bytes.first() == Some(&FORM) {
        packed(bytes).ok_or_else(|| "the history ends early".into())
    } else {
        codec::from_json(bytes)
    }
}

fn packed(bytes: &[u8]) -> Option<History> {
    let mut at = 1;
    let count = usize::try_from(get(bytes, &mut at)?).ok()?;
    // Five bytes a day at least: a greater count is damage, and must not allocate memory.
    let mut entries = Vec::with_capacity(count.min(bytes.len() / 5));
    let (mut day, mut policy) = (0_i64, 0_u64);
    for _ in 0..count {
        day = day.checked_add(zag(get(bytes, &mut at)?))?;
        let flags = next(bytes, &mut at)?;
        if flags & SAME_POLICY == 0 {
            policy = u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?);
            at += 8;
        }
        let score = next(bytes, &mut at)?;
        let coverage = next(bytes, &mut at)?;
        let known = next(bytes, &mut at)?;
        let mut parts = Parts::default();
        for (i, part) in parts.iter_mut().enumerate() {
            if known >> i & 1 == 1 {
                *part = Some(next(bytes, &mut at)?);
            }
        }
        entries.push(Entry {
            date: date_of(day.try_into().ok()?),
            score: (score != NO_SCORE).then_some(score),
            band: *BANDS.get(usize::from(flags & BAND))?,
            coverage,
            parts,
            replayed: flags & REPLAYED != 0,
            policy,
        });
    }
    (at == bytes.len()).then(|| entries.into())
}

fn next(bytes: &[u8], at: &mut usize) -> Option<u8> {
    let byte = bytes.get(*at)?;
    *at += 1;
    Some(*byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> impl Strategy<Value = Entry> {
        let part = proptest::option::of(0..=100_u8);
        let parts = proptest::array::uniform(part.clone());
        (
            1..4_000_i32,
            part,
            0..BANDS.len(),
            0..=100_u8,
            parts,
            any::<bool>(),
            0..3_u64,
        )
            .prop_map(
                |(day, score, band, coverage, parts, replayed, policy)| Entry {
                    date: date_of(738_000 + day),
                    score,
                    band: BANDS[band],
                    coverage,
                    parts,
                    replayed,
                    policy: policy.wrapping_mul(u64::MAX / 2),
                },
            )
    }

    fn history() -> impl Strategy<Value = History> {
        proptest::collection::vec(entry(), 0..40).prop_map(|entries| {
            let mut history = History::default();
            entries.into_iter().for_each(|e| history.record(e));
            history
        })
    }

    proptest! {
        #[test]
        fn a_history_is_read_as_it_was_packed(history in history()) {
            prop_assert_eq!(unpack(&pack(&history)), Ok(history.clone()));
            prop_assert_eq!(unpack(&codec::json(&history)), Ok(history), "of an older store");
        }

        #[test]
        fn damaged_bytes_are_refused(history in history(), cut in any::<prop::sample::Index>()) {
            let bytes = pack(&history);
            prop_assert!(unpack(&bytes[..cut.index(bytes.len())]).is_err());
            let mut longer = bytes;
            longer.push(0);
            prop_assert!(unpack(&longer).is_err());
        }
    }
}
