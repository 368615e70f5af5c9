//! Usage as bytes: delta, zig-zag and varint. One key per day would take fifty times the space in
//! the store.

use std::collections::BTreeMap;

use super::{Day, Series, Usage};

impl Series {
    /// The series as runs of consecutive days: length, first day, values. Whole numbers are stored
    /// as the step from the one before, others as eight bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * 2 + 8);
        pack_points(&self.0, &mut out);
        out
    }

    /// Reads the bytes of [`Series::pack`]; none when they are damaged.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut points = Vec::with_capacity(bytes.len() / 2);
        unpack_points(bytes, &mut points)?;
        Some(Self(points))
    }
}

/// Appends the bytes of [`Series::pack`]. The points are sorted, with one for each day.
pub fn pack_points(points: &[(Day, f64)], out: &mut Vec<u8>) {
    let (mut day, mut value) = (0_i64, 0_i64);
    for run in points.chunk_by(|a, b| b.0 == a.0 + 1) {
        put(out, run.len() as u64);
        put(out, zig(i64::from(run[0].0) - day));
        day = i64::from(run[run.len() - 1].0);
        for (_, v) in run {
            // The last bit is 0 for a step and 1 for a raw value. Steps stay small enough for
            // it.
            match whole(*v) {
                Some(n) if n == value => out.push(0),
                Some(n) => {
                    put(out, zig(n - value) << 1);
                    value = n;
                }
                None => {
                    put(out, 1);
                    out.extend_from_slice(&v.to_bits().to_le_bytes());
                }
            }
        }
    }
}

/// Appends the points of a packed series; none when its bytes are damaged.
pub fn unpack_points(bytes: &[u8], points: &mut Vec<(Day, f64)>) -> Option<()> {
    let mut at = 0;
    let (mut day, mut value) = (0_i64, 0_i64);
    while at < bytes.len() {
        let run = get(bytes, &mut at)?;
        day = day.checked_add(zag(get(bytes, &mut at)?))?;
        for i in 0..run {
            day += i64::from(i > 0);
            let head = get(bytes, &mut at)?;
            let number = if head & 1 == 0 {
                value = value.checked_add(zag(head >> 1))?;
                value as f64
            } else {
                let raw: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
                at += 8;
                f64::from_bits(u64::from_le_bytes(raw))
            };
            points.push((Day::try_from(day).ok()?, number));
        }
    }
    Some(())
}

/// The value as an integer, where that loses nothing and leaves room for a step and a mark.
pub fn whole(value: f64) -> Option<i64> {
    (value.abs() < 1e15 && (value as i64) as f64 == value).then_some(value as i64)
}

impl Usage {
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, self.0.len() as u64);
        for (metric, series) in &self.0 {
            put(&mut out, metric.len() as u64);
            out.extend_from_slice(metric.as_bytes());
            let packed = series.pack();
            put(&mut out, packed.len() as u64);
            out.extend_from_slice(&packed);
        }
        out
    }

    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut at = 0;
        let mut map = BTreeMap::new();
        for _ in 0..get(bytes, &mut at)? {
            let name = usize::try_from(get(bytes, &mut at)?).ok()?;
            let metric = std::str::from_utf8(bytes.get(at..at.checked_add(name)?)?)
                .ok()?
                .to_owned();
            at += name;
            let len = usize::try_from(get(bytes, &mut at)?).ok()?;
            map.insert(
                metric,
                Series::unpack(bytes.get(at..at.checked_add(len)?)?)?,
            );
            at += len;
        }
        (at == bytes.len()).then_some(Self(map))
    }
}

/// A signed number as one that is small where the other is near zero.
pub fn zig(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// The number of [`zig`].
pub fn zag(n: u64) -> i64 {
    ((n >> 1) as i64) ^ -((n & 1) as i64)
}

/// Appends a varint.
pub fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n as u8) | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Reads a varint at `*at` and advances it; none at the end or beyond 64 bits.
pub fn get(bytes: &[u8], at: &mut usize) -> Option<u64> {
    // Most numbers take one byte.
    let first = *bytes.get(*at)?;
    if first < 0x80 {
        *at += 1;
        return Some(u64::from(first));
    }
    let (mut n, mut shift) = (0_u64, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        n |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(n);
        }
        shift += 7;
        if shift > 63 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn series() -> impl Strategy<Value = Series> {
        proptest::collection::vec(
            (
                700_000..760_000_i32,
                prop_oneof![
                    (-1_000_000..1_000_000_i64).prop_map(|n| n as f64),
                    -1e6..1e6_f64
                ],
            ),
            0..400,
        )
        .prop_map(Series::from_points)
    }

    proptest! {
        #[test]
        fn packing_keeps_every_value(series in series()) {
            prop_assert_eq!(Series::unpack(&series.pack()), Some(series));
        }

        #[test]
        fn damaged_bytes_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), flip in any::<usize>()) {
            let _ = Series::unpack(&bytes);
            if !bytes.is_empty() { let at = flip % bytes.len(); bytes[at] ^= 1; }
            let _ = Usage::unpack(&bytes);
        }
    }
}
