//! Recorded scores, one a day: the trend, and what moved since an earlier day.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Band, Dimension, Score};

/// The scores of the dimensions.
pub type Parts = [Option<u8>; Dimension::COUNT];

/// Parts as a list of the six dimensions, and the profile where it is known.
mod parts {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Parts;

    const SIX: usize = 6;

    pub fn serialize<S: Serializer>(parts: &Parts, to: S) -> Result<S::Ok, S::Error> {
        let known = parts.iter().rposition(Option::is_some);
        let long = known.map_or(SIX, |at| SIX.max(at + 1));
        parts[..long].serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Parts, D::Error> {
        let mut out = Parts::default();
        let list = Vec::<Option<u8>>::deserialize(from)?;
        out.iter_mut().zip(list).for_each(|(to, part)| *to = part);
        Ok(out)
    }
}

/// One recorded day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub date: NaiveDate,
    pub score: Option<u8>,
    /// The band as it was shown; of a replayed day the one before signals, which are not replayed.
    pub band: Band,
    pub coverage: u8,
    /// In the order of [`Dimension::ALL`].
    #[serde(with = "parts")]
    pub parts: Parts,
    /// Computed later from data dated up to that day, instead of recorded on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replayed: bool,
    /// The version of the rules it was computed by
    /// ([`Policy::version`](crate::domain::policy::Policy::version)); 0 where it was not recorded.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub policy: u64,
}

fn is_nought(n: &u64) -> bool {
    *n == 0
}

impl Entry {
    pub fn of(score: &Score, date: NaiveDate, replayed: bool, policy: u64) -> Self {
        Self {
            date,
            score: score.score,
            band: score.band,
            coverage: score.coverage,
            parts: std::array::from_fn(|i| score.parts[i].score),
            replayed,
            policy,
        }
    }
}

/// Entries by date, one a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(Vec<Entry>);

/// The most days kept, a little over three years.
const KEEP: usize = 1_200;

impl From<Vec<Entry>> for History {
    /// Of entries that are sorted by date, one a day.
    fn from(entries: Vec<Entry>) -> Self {
        Self(entries)
    }
}

impl History {
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Records a day. A recorded day replaces a replayed one, never the reverse.
    pub fn record(&mut self, entry: Entry) {
        match self.0.binary_search_by_key(&entry.date, |e| e.date) {
            Ok(i) if entry.replayed && !self.0[i].replayed => {}
            Ok(i) => self.0[i] = entry,
            Err(i) => self.0.insert(i, entry),
        }
        if self.0.len() > KEEP {
            self.0.drain(..self.0.len() - KEEP);
        }
    }

    /// The days on which scores began to follow other rules. Only recorded days count: a replay
    /// follows the rules of the day on which it runs.
    pub fn rule_changes(&self) -> Vec<NaiveDate> {
        let noted = || self.0.iter().filter(|e| e.policy != 0 && !e.replayed);
        noted()
            .zip(noted().skip(1))
            .filter(|(a, b)| a.policy != b.policy)
            .map(|(_, b)| b.date)
            .collect()
    }

    /// The latest entry on or before a day.
    pub fn at(&self, day: NaiveDate) -> Option<&Entry> {
        let n = self.0.partition_point(|e| e.date <= day);
        self.0[..n].last()
    }

    /// The entry of `days` ago, or the latest before it while that is at most half as old again.
    pub fn ago(&self, today: NaiveDate, days: i64) -> Option<&Entry> {
        self.at(today - Duration::days(days))
            .filter(|e| (today - e.date).num_days() <= days + days / 2)
    }

    /// As [`ago`](Self::ago), where that score follows the same rules as today's: scores by different rules
    /// have no difference that says anything about the customer.
    fn like_today(&self, today: NaiveDate, days: i64) -> Option<&Entry> {
        let rules = self
            .at(today)
            .filter(|e| e.date == today)
            .map_or(0, |e| e.policy);
        let same = |e: &&Entry| e.policy == 0 || rules == 0 || e.policy == rules;
        self.ago(today, days).filter(same)
    }

    /// The entries up to a day.
    #[must_use]
    pub fn until(&self, day: NaiveDate) -> Self {
        let mut out = Self::default();
        for entry in self.entries().iter().filter(|e| e.date <= day) {
            out.record(entry.clone());
        }
        out
    }
}

/// The change of the score, in points, against 7, 30 and 90 days ago.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    pub d7: Option<i16>,
    pub d30: Option<i16>,
    pub d90: Option<i16>,
}

pub fn trend(score: &Score, history: &History, today: NaiveDate) -> Trend {
    let against = |days| {
        let before = history.like_today(today, days)?.score?;
        Some(i16::from(score.score?) - i16::from(before))
    };
    Trend {
        d7: against(7),
        d30: against(30),
        d90: against(90),
    }
}

/// The points by which each dimension moved the score since `days` ago, largest first. They add up
/// to the change of the score but for rounding; moves under half a point are left out.
pub fn moved(
    score: &Score,
    history: &History,
    today: NaiveDate,
    days: i64,
) -> Vec<(Dimension, f64)> {
    let Some(before) = history.like_today(today, days) else {
        return Vec::new();
    };
    let known_before: f64 = Dimension::ALL
        .iter()
        .filter(|d| before.parts[d.index()].is_some())
        .map(|d| score.parts[d.index()].weight)
        .sum();
    let mut out: Vec<_> = Dimension::ALL
        .iter()
        .map(|d| {
            let was = before.parts[d.index()].map_or(0.0, |s| {
                f64::from(s) * score.parts[d.index()].weight / known_before.max(1.0)
            });
            (*d, score.points(*d).unwrap_or(0.0) - was)
        })
        .filter(|(_, by)| by.abs() >= 0.5)
        .collect();
    out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_other_rules_have_no_trend() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2026, 11, d).expect("day");
        let entry = |d: u32, policy: u64| Entry {
            date: day(d),
            score: Some(50),
            band: Band::Red,
            coverage: 100,
            parts: Parts::default(),
            replayed: false,
            policy,
        };
        for (then, now, known) in [(1, 1, true), (0, 1, true), (1, 2, false)] {
            let mut history = History::default();
            history.record(entry(13, then));
            history.record(entry(20, now));
            assert_eq!(
                history.like_today(day(20), 7).is_some(),
                known,
                "{then} {now}"
            );
        }
    }

    #[test]
    fn entries_from_before_the_profile_are_read() {
        let old = r#"{"date":"2026-11-20","score":50,"band":"red","coverage":60,"parts":[40,null,60,null,null,null],"policy":7}"#;
        let entry: Entry = serde_json::from_str(old).expect("an entry");
        assert_eq!(
            entry.parts,
            [Some(40), None, Some(60), None, None, None, None]
        );
        let text = serde_json::to_string(&entry).expect("JSON");
        assert_eq!(text, old);
        assert_eq!(
            serde_json::from_str::<Entry>(&text).expect("an entry"),
            entry
        );
    }

    #[test]
    fn rules_change_on_the_day_they_were_first_used() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2026, 11, d).expect("day");
        let entry = |d: u32, replayed: bool, policy: u64| Entry {
            date: day(d),
            score: Some(50),
            band: Band::Red,
            coverage: 100,
            parts: Parts::default(),
            replayed,
            policy,
        };
        let of = |entries: &[Entry]| {
            let mut history = History::default();
            entries.iter().cloned().for_each(|e| history.record(e));
            history.rule_changes()
        };
        assert_eq!(
            of(&[
                entry(1, false, 1),
                entry(2, false, 1),
                entry(5, false, 2),
                entry(6, false, 2)
            ]),
            vec![day(5)]
        );
        // Earlier days replayed by later rules are no change of the rules.
        assert_eq!(
            of(&[
                entry(1, true, 2),
                entry(3, false, 1),
                entry(4, true, 2),
                entry(5, false, 2)
            ]),
            vec![day(5)]
        );
        // Where the version was not recorded, no change is known.
        assert_eq!(of(&[entry(1, false, 0), entry(2, false, 1)]), vec![]);
    }
}
