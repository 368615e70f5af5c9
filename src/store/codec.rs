//! Values as bytes. Records are JSON, because JSON survives added fields; folders and usage are
//! compressed; operations carry their usage in the packed form.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::change::{Operation, UsageChange};
use crate::domain::facts::usage::{Day, Series, get, pack_points, put};
use crate::domain::ids::AccountId;

pub fn json<T: Serialize>(value: &T) -> Vec<u8> {
    // Our own types have string keys and no failing serializers.
    serde_json::to_vec(value).unwrap_or_default()
}

pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    // Checked once as a whole: `from_slice` checks each string by itself, which takes longer.
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    serde_json::from_str(text).map_err(|e| e.to_string())
}

pub fn folder<T: Serialize>(records: &[T]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(&json(&records))
}

pub fn from_folder<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<T>, String> {
    from_json(&unpressed(bytes)?)
}

pub fn pressed(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(bytes)
}

/// The store never writes a value near this size: a greater length is damage.
const LARGEST: usize = 1 << 30;
/// LZ4 expands one byte to 255 at most: a greater length is damage, and must not allocate memory.
const SWELL: usize = 255;

pub fn unpressed(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let claimed = bytes
        .get(..4)
        .and_then(|b| b.try_into().ok())
        .map_or(0, u32::from_le_bytes) as usize;
    if claimed > LARGEST.min(bytes.len() * SWELL) {
        return Err("length is damaged".into());
    }
    lz4_flex::decompress_size_prepended(bytes).map_err(|e| e.to_string())
}

/// A journal body: the sequence number it belongs to, then the rest.
pub fn numbered(seq: u64, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 8);
    out.extend_from_slice(&seq.to_le_bytes());
    out.extend_from_slice(body);
    out
}

pub fn from_numbered(bytes: &[u8]) -> Result<(u64, &[u8]), String> {
    let (head, body) = bytes.split_at_checked(8).ok_or("the record ends early")?;
    Ok((
        head.try_into()
            .map(u64::from_le_bytes)
            .map_err(|_| "the record ends early")?,
        body,
    ))
}

/// An operation: length of the JSON, the JSON, then the usage changes.
pub fn operation(op: &Operation) -> Vec<u8> {
    let head = json(op);
    let mut raw = Vec::with_capacity(head.len() + 64);
    put(&mut raw, head.len() as u64);
    raw.extend_from_slice(&head);
    put(&mut raw, op.usage.len() as u64);
    for u in &op.usage {
        text(&mut raw, u.account.as_str());
        text(&mut raw, &u.metric);
        days(&mut raw, &u.before);
        days(&mut raw, &u.after);
    }
    pressed(&raw)
}

pub fn from_operation(bytes: &[u8]) -> Result<Operation, String> {
    let raw = unpressed(bytes)?;
    let mut at = 0;
    let short = || "the record ends early".to_owned();
    let len = get(&raw, &mut at).ok_or_else(short)? as usize;
    let mut op: Operation = from_json(raw.get(at..at.saturating_add(len)).ok_or_else(short)?)?;
    at += len;
    for _ in 0..get(&raw, &mut at).ok_or_else(short)? {
        let account = AccountId::new(from_text(&raw, &mut at).ok_or_else(short)?);
        let metric = from_text(&raw, &mut at).ok_or_else(short)?;
        let before = from_days(&raw, &mut at).ok_or_else(short)?;
        let after = from_days(&raw, &mut at).ok_or_else(short)?;
        op.usage.push(UsageChange {
            account,
            metric,
            before,
            after,
        });
    }
    Ok(op)
}

pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

pub(super) fn from_text(bytes: &[u8], at: &mut usize) -> Option<String> {
    let len = usize::try_from(get(bytes, at)?).ok()?;
    let text = std::str::from_utf8(bytes.get(*at..at.checked_add(len)?)?)
        .ok()?
        .to_owned();
    *at += len;
    Some(text)
}

/// Set days as one packed series, forgotten days as another.
fn days(out: &mut Vec<u8>, days: &[(Day, Option<f64>)]) {
    let mut set = Vec::with_capacity(days.len());
    let mut gone = Vec::new();
    for (day, value) in days {
        match value {
            Some(value) => set.push((*day, *value)),
            None => gone.push((*day, 0.0)),
        }
    }
    let mut packed = Vec::with_capacity(days.len() * 3 + 8);
    for points in [set, gone] {
        packed.clear();
        pack_points(Series::from_points(points).points(), &mut packed);
        put(out, packed.len() as u64);
        out.extend_from_slice(&packed);
    }
}

fn from_days(bytes: &[u8], at: &mut usize) -> Option<Vec<(Day, Option<f64>)>> {
    let mut read = || {
        let len = usize::try_from(get(bytes, at)?).ok()?;
        let series = Series::unpack(bytes.get(*at..at.checked_add(len)?)?)?;
        *at += len;
        Some(series)
    };
    let (set, gone) = (read()?, read()?);
    let mut out: Vec<(Day, Option<f64>)> =
        set.points().iter().map(|(d, v)| (*d, Some(*v))).collect();
    out.extend(gone.points().iter().map(|(d, _)| (*d, None)));
    out.sort_by_key(|p| p.0);
    Some(out)
}
