//! The input of a signal: one account as of a day, and the settings of the signal.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{Evidence, PhraseHit, Setting, Source, Thresholds};
use crate::domain::account::{Stage, Tier};
use crate::domain::dossier::Dossier;
use crate::domain::facts::touch::Touch;
use crate::domain::freshness::DataFreshness;
use crate::domain::when::{Zone, end_of_day};

#[derive(Clone, Copy)]
pub struct View<'a> {
    pub dossier: &'a Dossier,
    pub freshness: DataFreshness,
    pub thresholds: &'a Thresholds,
    pub tier: Tier,
    pub stage: Stage,
    pub day: NaiveDate,
    /// The moment up to which data counts: now, or the end of a past day.
    pub moment: DateTime<Utc>,
    pub zone: Zone,
    /// Warning phrases in texts about the account, oldest first.
    pub phrase_hits: &'a [PhraseHit],
    /// The names of the signal's numbers; their values are in `setting`.
    pub numbers: &'a [&'a str],
    pub setting: &'a Setting,
}

/// A signal that holds: its first day, confidence, evidence and records.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub date: NaiveDate,
    pub confidence: u8,
    /// One step more severe than configured.
    pub strong: bool,
    pub evidence: Vec<Evidence>,
    pub rows: Vec<Source>,
}

impl Found {
    pub fn new(date: NaiveDate, confidence: u8, evidence: Evidence) -> Self {
        Self {
            date,
            confidence,
            strong: false,
            evidence: vec![evidence],
            rows: Vec::new(),
        }
    }

    #[must_use]
    pub fn strong(mut self, strong: bool) -> Self {
        self.strong = strong;
        self
    }

    #[must_use]
    pub fn row(mut self, kind: &str, id: impl Into<String>) -> Self {
        self.rows.push(Source {
            kind: kind.to_owned(),
            id: id.into(),
        });
        self
    }

    #[must_use]
    pub fn rows<'s>(mut self, kind: &str, ids: impl Iterator<Item = &'s str>) -> Self {
        self.rows.extend(ids.map(|id| Source {
            kind: kind.to_owned(),
            id: id.to_owned(),
        }));
        self
    }
}

impl View<'_> {
    /// A number of `config/signals.toml` by its name; 0 for an unknown name.
    pub fn n(&self, name: &str) -> f64 {
        let place = self.numbers.iter().position(|n| *n == name);
        place
            .and_then(|i| self.setting.numbers.get(i))
            .copied()
            .unwrap_or(0.0)
    }

    pub fn days(&self, name: &str) -> i64 {
        self.n(name) as i64
    }

    /// Whether data of a day is still valid on the view's day. Data that stopped more than 60 days
    /// before is unknown, and no sign.
    pub fn fresh(&self, newest: NaiveDate) -> bool {
        const STALE: i64 = 60;
        (self.day - newest).num_days() <= STALE
    }

    /// Whether a date is in the `days` that end on the view's day.
    pub fn within(&self, date: NaiveDate, days: i64) -> bool {
        date <= self.day && (self.day - date).num_days() < days
    }

    /// The view on another day, to find the day a signal first held.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Self {
        Self {
            day,
            moment: end_of_day(day, self.zone),
            ..*self
        }
    }

    /// The first day of the stretch in which `holds` is true, up to the view's day. Pauses up to
    /// the cool-down belong to the stretch.
    pub fn since(&self, holds: impl Fn(&Self) -> bool) -> NaiveDate {
        /// Days looked back at the most.
        const FARTHEST: i64 = 120;
        let mut first = self.day;
        for ago in 1..=FARTHEST {
            let day = self.day - Duration::days(ago);
            if (first - day).num_days() > self.setting.cool_down.max(1) {
                break;
            }
            if holds(&self.on(day)) {
                first = day;
            }
        }
        first
    }

    /// The first of the events that belong to the last one: each follows the one before within the
    /// cool-down. `dates` are oldest first.
    pub fn first_of(&self, dates: &[NaiveDate]) -> Option<NaiveDate> {
        let mut first = *dates.last()?;
        for date in dates.iter().rev() {
            if (first - *date).num_days() > self.setting.cool_down {
                break;
            }
            first = *date;
        }
        Some(first)
    }

    /// A signal from phrases of some categories in one kind of record, or in any: at least `times`
    /// within `days`; `strong` or more raise its severity.
    pub fn phrase_found(
        &self,
        categories: &[&str],
        kind: Option<&str>,
        days: i64,
        times: usize,
        strong: usize,
    ) -> Option<Found> {
        let fits = |h: &&PhraseHit| {
            h.told
                && categories.contains(&h.category.as_str())
                && kind.is_none_or(|k| h.source.kind == k)
                && self.within(h.date, days)
        };
        let hits: Vec<&PhraseHit> = self.phrase_hits.iter().filter(fits).collect();
        if hits.len() < times.max(1) {
            return None;
        }
        let dates: Vec<NaiveDate> = hits.iter().map(|h| h.date).collect();
        let mut found = Found::new(self.first_of(&dates)?, 70, words(hits[hits.len() - 1]))
            .strong(hits.len() >= strong);
        found
            .evidence
            .extend(hits.iter().rev().skip(1).take(2).map(|h| words(h)));
        let mut seen = std::collections::HashSet::new();
        found.rows.extend(
            hits.into_iter()
                .filter(|h| seen.insert((&h.source.kind, &h.source.id)))
                .map(|h| h.source.clone()),
        );
        Some(found)
    }

    /// Touches of the last `days`, oldest first.
    pub fn touches(&self, days: i64) -> Vec<(NaiveDate, &Touch)> {
        let mut out: Vec<_> = self
            .dossier
            .touches
            .iter()
            .map(|t| (self.zone.day(t.at), t))
            .filter(|(d, _)| self.within(*d, days))
            .collect();
        out.sort_by_key(|(d, t)| (*d, t.at));
        out
    }
}

fn words(hit: &PhraseHit) -> Evidence {
    Evidence::Words {
        words: hit.words.clone(),
        place: hit.source.kind.clone(),
    }
}
