//! The numbers behind the points of the health score that a team may change: `[points]` of
//! `config/health.toml`. Each curve is straight lines between pairs, and constant beyond both ends.

use serde::{Deserialize, Serialize};

/// Pairs of a number and its points, by rising number.
pub type Curve = Vec<(f64, f64)>;

/// How numbers become points from 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Curves {
    /// Of the usage dimension, the share that its worst part has (0–1); the mean has the rest.
    pub usage_worst: f64,
    /// Errors by chance that are credited to a level, so that few people may come and go.
    pub usage_doubt: f64,
    /// By the share of the level that the account keeps up when it is at its best.
    pub level: Curve,
    /// By the last fortnight's share of the twelve weeks before.
    pub recent: Curve,
    /// By the change along the line of half a year, percent.
    pub line: Curve,
    /// By the share of features out of use, and the share of its own normal below which one is.
    pub breadth: Curve,
    pub breadth_share: f64,
    /// By the share of seats in use that the age of the account lets expect.
    pub seats: Curve,
    /// By days without use; the first number is that from which they count.
    pub silence: Curve,
    /// Burden of an open ticket: urgent, high, normal, low, escalated; times the factor of its age in days.
    pub gravity: [f64; 5],
    pub ticket_age: Curve,
    /// By the burden of all open tickets.
    pub burden: Curve,
    /// The share (0–1) of the burden that an account usually has open which is no news, and the most that it
    /// takes off.
    pub usual_share: f64,
    pub usual_most: f64,
    /// By the number of tickets about the same issue in 60 days.
    pub repeats: Curve,
    /// By the fall of NPS against each person's own average.
    pub nps_fall: Curve,
    /// The most that the relationship has after a talk, by its mood from coldest to warmest.
    pub after_talk: [f64; 8],
    /// The most that the whole has, by its weakest part.
    pub hold: Curve,
}

impl Default for Curves {
    /// The shipped numbers.
    fn default() -> Self {
        Self {
            usage_worst: 0.7,
            usage_doubt: 1.2,
            level: vec![
                (0.3, 0.0),
                (0.5, 14.0),
                (0.7, 34.0),
                (0.8, 50.0),
                (0.9, 76.0),
                (0.97, 100.0),
            ],
            recent: vec![
                (0.3, 0.0),
                (0.5, 20.0),
                (0.7, 50.0),
                (0.85, 80.0),
                (1.0, 100.0),
            ],
            line: vec![
                (-60.0, 0.0),
                (-40.0, 25.0),
                (-25.0, 50.0),
                (-15.0, 75.0),
                (0.0, 100.0),
            ],
            breadth: vec![(0.0, 100.0), (0.2, 70.0), (0.4, 25.0), (0.6, 5.0)],
            breadth_share: 0.35,
            seats: vec![
                (0.1, 0.0),
                (0.35, 20.0),
                (0.5, 45.0),
                (0.65, 70.0),
                (0.75, 95.0),
                (0.85, 100.0),
            ],
            silence: vec![(14.0, 15.0), (30.0, 0.0)],
            gravity: [4.0, 2.5, 1.0, 0.5, 6.0],
            ticket_age: vec![
                (2.0, 0.4),
                (7.0, 0.8),
                (14.0, 1.0),
                (30.0, 1.5),
                (90.0, 2.0),
            ],
            burden: vec![
                (0.0, 100.0),
                (2.0, 88.0),
                (4.0, 70.0),
                (8.0, 35.0),
                (16.0, 8.0),
                (32.0, 0.0),
            ],
            usual_share: 0.5,
            usual_most: 4.0,
            repeats: vec![
                (2.0, 100.0),
                (3.0, 85.0),
                (4.0, 60.0),
                (6.0, 30.0),
                (10.0, 10.0),
            ],
            nps_fall: vec![(0.5, 100.0), (1.5, 75.0), (2.5, 40.0), (5.0, 0.0)],
            after_talk: [15.0, 25.0, 45.0, 65.0, 100.0, 100.0, 100.0, 100.0],
            hold: vec![
                (0.0, 28.0),
                (30.0, 49.0),
                (60.0, 68.0),
                (72.0, 75.0),
                (80.0, 95.0),
                (86.0, 100.0),
            ],
        }
    }
}

impl Curves {
    /// What is wrong with the numbers.
    pub fn mistakes(&self) -> Vec<String> {
        let curves = [
            ("level", &self.level),
            ("recent", &self.recent),
            ("line", &self.line),
            ("breadth", &self.breadth),
            ("seats", &self.seats),
            ("silence", &self.silence),
            ("ticket_age", &self.ticket_age),
            ("burden", &self.burden),
            ("repeats", &self.repeats),
            ("nps_fall", &self.nps_fall),
            ("hold", &self.hold),
        ];
        let mut out = Vec::new();
        for (name, curve) in curves {
            let sound = |p: &(f64, f64)| p.0.is_finite() && (0.0..=100.0).contains(&p.1);
            if curve.len() < 2 || !curve.iter().all(sound) {
                out.push(format!(
                    "{name}: at least two pairs [number, points from 0 to 100]"
                ));
            } else if !curve.is_sorted_by(|a, b| a.0 < b.0) {
                out.push(format!("{name}: the first numbers of the pairs must rise"));
            }
        }
        for (name, share) in [
            ("usage_worst", self.usage_worst),
            ("breadth_share", self.breadth_share),
            ("usual_share", self.usual_share),
        ] {
            if !(0.0..=1.0).contains(&share) {
                out.push(format!("{name} = {share}: a share from 0 to 1"));
            }
        }
        let others = self
            .gravity
            .iter()
            .chain(&self.after_talk)
            .chain([&self.usage_doubt, &self.usual_most]);
        if others.into_iter().any(|n| !(0.0..=100.0).contains(n)) {
            out.push("gravity, after_talk, usage_doubt, usual_most: numbers from 0 to 100".into());
        }
        out
    }
}
