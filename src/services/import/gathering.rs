//! The usage of one account while it is gathered: rows wait as they come, in a few bytes each, and are
//! merged into packed series when they have become many.

use crate::domain::facts::usage::{Day, get, pack_points, put, unpack_points, whole, zag, zig};

/// Bytes of rows that wait at least before they are merged. Later the rows wait until they take as
/// much as what is merged, so that each value is merged a few times only.
const WAITING: usize = 12 << 10;

/// The mark of a value that takes eight bytes.
const RAW: u64 = 1;
/// The mark of a metric that a row says nothing about.
const ABSENT: u64 = 3;

/// How values of the same day are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    Sum,
    Last,
}

/// The usage of one account.
#[derive(Debug, Default)]
pub struct Gathering {
    pub merged: Merged,
    /// Rows: the step from the day before, the shape, a value for each metric of the shape.
    waiting: Vec<u8>,
    /// The day of the row that waits last.
    day: Day,
}

/// Where the bytes of a metric end.
#[derive(Debug, Clone, Copy)]
struct End {
    metric: usize,
    /// Its number of days.
    days: usize,
    end: usize,
}

/// Packed series by metric.
#[derive(Debug, Default)]
pub struct Merged {
    ends: Vec<End>,
    bytes: Box<[u8]>,
    /// Values that another value of their day took the place of.
    pub replaced: u64,
}

/// Memory that is used again for each account: points by metric.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The metrics of one account.
    used: Vec<usize>,
    /// By metric.
    points: Vec<Vec<(Day, f64)>>,
    bytes: Vec<u8>,
}

impl Gathering {
    /// Adds the values of a row. True when so many rows wait that they should be merged.
    pub fn add(&mut self, shape: usize, day: Day, values: &[Option<f64>]) -> bool {
        // A row takes no more than ten bytes for each number; growing by a quarter wastes little.
        let most = (values.len() + 2) * 10;
        if self.waiting.capacity() - self.waiting.len() < most {
            self.waiting
                .reserve_exact(most.max(self.waiting.capacity() / 4));
        }
        let out = &mut self.waiting;
        put(out, zig(i64::from(day) - i64::from(self.day)));
        self.day = day;
        put(out, shape as u64);
        for value in values {
            match value.map(|value| (whole(value), value)) {
                None => put(out, ABSENT),
                Some((Some(n), _)) => put(out, zig(n) << 1),
                Some((None, value)) => {
                    put(out, RAW);
                    out.extend_from_slice(&value.to_bits().to_le_bytes());
                }
            }
        }
        self.waiting.len() >= WAITING.max(self.merged.bytes.len())
    }

    /// Merges the rows that wait. Values of one day follow each other as they were added.
    pub fn merge(&mut self, shapes: &[Vec<usize>], together: Together, scratch: &mut Scratch) {
        if self.waiting.is_empty() {
            return;
        }
        scratch.clear();
        let mut points = Vec::new();
        for (metric, packed) in self.merged.iter() {
            points.clear();
            unpack_points(packed, &mut points);
            points.iter().for_each(|point| scratch.add(metric, *point));
        }
        let rows = std::mem::take(&mut self.waiting);
        self.day = 0;
        // What was written here is complete: the rows end where the bytes end.
        let _ = read_rows(&rows, shapes, scratch);
        drop(rows);
        let replaced = self.merged.replaced;
        self.merged = scratch.merged(together);
        self.merged.replaced += replaced;
    }
}

/// Reads rows that wait into the points of their metrics.
fn read_rows(rows: &[u8], shapes: &[Vec<usize>], scratch: &mut Scratch) -> Option<()> {
    let (mut at, mut day) = (0, 0_i64);
    while at < rows.len() {
        day += zag(get(rows, &mut at)?);
        let shape = get(rows, &mut at)? as usize;
        let day = Day::try_from(day).ok()?;
        for metric in shapes.get(shape)? {
            let head = get(rows, &mut at)?;
            let value = match head {
                ABSENT => continue,
                RAW => {
                    let raw: [u8; 8] = rows.get(at..at + 8)?.try_into().ok()?;
                    at += 8;
                    f64::from_bits(u64::from_le_bytes(raw))
                }
                whole => zag(whole >> 1) as f64,
            };
            scratch.add(*metric, (day, value));
        }
    }
    Some(())
}

/// Accounts that are worth a second thread.
const MANY: usize = 64;

/// Merges the waiting rows of all accounts, of many with two threads.
pub fn merge_all(all: &mut [Gathering], shapes: &[Vec<usize>], together: Together) {
    let half = if all.len() < MANY { 0 } else { all.len() / 2 };
    let (some, others) = all.split_at_mut(half);
    let merge = |part: &mut [Gathering]| {
        let mut scratch = Scratch::default();
        for held in part {
            held.merge(shapes, together, &mut scratch);
        }
    };
    std::thread::scope(|scope| {
        if !some.is_empty() {
            scope.spawn(|| merge(some));
        }
        merge(others);
    });
}

impl Merged {
    /// The metrics, each with its packed series.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let mut from = 0;
        self.ends.iter().map(move |end| {
            let packed = &self.bytes[from..end.end];
            from = end.end;
            (end.metric, packed)
        })
    }

    /// The number of days of all metrics.
    pub fn days(&self) -> usize {
        self.ends.iter().map(|end| end.days).sum()
    }

    /// Gives the series of a metric to another, which has none.
    pub fn rename(&mut self, metric: usize, other: usize) {
        for end in self.ends.iter_mut().filter(|end| end.metric == metric) {
            end.metric = other;
        }
    }
}

impl Scratch {
    fn clear(&mut self) {
        for metric in self.used.drain(..) {
            self.points[metric].clear();
        }
    }

    fn add(&mut self, metric: usize, point: (Day, f64)) {
        if self.points.len() <= metric {
            self.points.resize_with(metric + 1, Vec::new);
        }
        if self.points[metric].is_empty() {
            self.used.push(metric);
        }
        self.points[metric].push(point);
    }

    /// The points as packed series, with one value for each day.
    fn merged(&mut self, together: Together) -> Merged {
        self.bytes.clear();
        let mut replaced = 0;
        let mut ends = Vec::with_capacity(self.used.len());
        for metric in &self.used {
            let points = &mut self.points[*metric];
            if !points.is_sorted_by(|a, b| a.0 < b.0) {
                points.sort_by_key(|p| p.0);
                points.dedup_by(|later, kept| {
                    let same = later.0 == kept.0;
                    if same {
                        replaced += u64::from(together == Together::Last && later.1 != kept.1);
                        kept.1 = match together {
                            Together::Sum => kept.1 + later.1,
                            Together::Last => later.1,
                        };
                    }
                    same
                });
            }
            pack_points(points, &mut self.bytes);
            ends.push(End {
                metric: *metric,
                days: points.len(),
                end: self.bytes.len(),
            });
        }
        Merged {
            ends,
            bytes: self.bytes.as_slice().into(),
            replaced,
        }
    }
}
