//! Signals in words.

use super::{Strings, fill, number, signed};
use crate::domain::checkin::wrapup::Sentiment;
use crate::domain::contact::Role;
use crate::domain::disagree::{Disagreement, Saying};
use crate::domain::need::Reason;
use crate::domain::signals::gaps::{Family, Gap};
use crate::domain::signals::{Call, Evidence, Signal, call};

impl Strings {
    /// Where something was said.
    fn place(&self, kind: &str) -> &'static str {
        match kind {
            "ticket" => self.places_ticket,
            "note" => self.places_note,
            "checkin" => self.places_checkin,
            "survey" => self.places_survey,
            _ => self.places_touch,
        }
    }

    /// Hours as people say them: days from two on.
    fn hours(&self, hours: f64) -> String {
        if hours >= 48.0 {
            fill(self.days_n, &[&number((hours / 24.0).floor())])
        } else {
            fill(self.hours_n, &[&number(hours)])
        }
    }

    /// The word for how a talk felt that is nearest to a number.
    fn mood(&self, points: f64) -> &'static str {
        let nearest = Sentiment::ALL.iter().min_by(|a, b| {
            (a.points() - points)
                .abs()
                .total_cmp(&(b.points() - points).abs())
        });
        nearest.map_or("", |s| self.sentiment(*s))
    }

    /// What a signal asks the customer about.
    pub fn signal_question(&self, signal: &Signal) -> String {
        let evidence = &signal.evidence;
        let about = evidence.iter().find_map(|e| match e {
            Evidence::Idle { name: about, .. } | Evidence::Goal { text: about, .. } => {
                Some(about.as_str())
            }
            _ => None,
        });
        fill(
            self.signal_questions[signal.kind.index()],
            &[&about.unwrap_or_default()],
        )
    }

    /// A number behind a signal. A count says its days first in Japanese.
    pub fn evidence(&self, evidence: &Evidence) -> String {
        let japanese = self.signal_kinds == super::Lang::Ja.strings().signal_kinds;
        match evidence {
            Evidence::Change {
                metric,
                before,
                now,
                percent,
            } => {
                let (name, words) = match metric.as_str() {
                    "seats" => (self.m_seats.to_owned(), self.ev_count_change),
                    "features" => (self.m_features.to_owned(), self.ev_count_change),
                    metric => (self.metric_name(metric), self.ev_change),
                };
                fill(
                    words,
                    &[
                        &name,
                        &number(*before),
                        &number(*now),
                        &signed(percent.round() as i64),
                    ],
                )
            }
            Evidence::PerWeek { before, now } => {
                fill(self.ev_per_week, &[&number(*before), &number(*now)])
            }
            Evidence::Seats { used, licensed } => fill(self.ev_seats, &[&number(*used), licensed]),
            Evidence::Idle { name, days } => fill(self.ev_idle, &[name, days]),
            Evidence::NoUse { days } => fill(self.ev_no_use, &[days]),
            Evidence::Count {
                now: 0,
                usual: Some(usual),
                days,
            } => fill(self.ev_silent, &[days, &number(*usual)]),
            Evidence::Count {
                now,
                usual: _,
                days: 0,
            } => fill(self.ev_in_all, &[now]),
            Evidence::Count { now, usual, days } => {
                let words = if usual.is_some() {
                    self.ev_usual
                } else {
                    self.ev_count
                };
                let usual = number(usual.unwrap_or(0.0));
                if japanese {
                    fill(words, &[days, now, &usual])
                } else {
                    fill(words, &[now, days, &usual])
                }
            }
            Evidence::Issue { subject, count } => fill(self.ev_issue, &[subject, count]),
            Evidence::Ticket { id, subject, hours } => {
                fill(self.ev_ticket, &[id, subject, &self.hours(*hours as f64)])
            }
            Evidence::Hours { before, now } => {
                fill(self.ev_hours, &[&self.hours(*before), &self.hours(*now)])
            }
            Evidence::Words { words, place } => fill(self.ev_words, &[words, &self.place(place)]),
            Evidence::Score { before, now, who } => {
                let gave = match before {
                    Some(before) => fill(self.ev_score_fall, &[&number(*before), &number(*now)]),
                    None => fill(self.ev_score, &[&number(*now)]),
                };
                if who.is_empty() {
                    gave
                } else {
                    format!("{who}: {gave}")
                }
            }
            Evidence::Person { name, role } => fill(
                self.ev_person,
                &[name, &Role::parse(role).map_or("", |r| self.role(r))],
            ),
            Evidence::Meeting { date, summary } => fill(self.ev_meeting, &[date, summary])
                .trim_end()
                .to_owned(),
            Evidence::Renewal { date, days } => fill(self.ev_renewal, &[date, days]),
            Evidence::Silence { days, allowed } => fill(self.ev_silence, &[days, allowed]),
            Evidence::Goal { text, due } => fill(
                self.ev_goal,
                &[
                    text,
                    &due.map_or_else(|| self.unknown.to_owned(), |d| d.to_string()),
                ],
            ),
            Evidence::Mood { before, now } => {
                fill(self.ev_mood, &[&self.mood(*before), &self.mood(*now)])
            }
        }
    }

    /// That a customer left, and when.
    pub fn left(&self, left: crate::domain::summary::Left) -> String {
        left.day().map_or_else(
            || self.say_gone.to_owned(),
            |day| fill(self.say_left, &[&day]),
        )
    }

    /// One side of a contradiction.
    fn saying(&self, saying: &Saying) -> String {
        match saying {
            Saying::Numbers { band, score } => fill(
                self.say_numbers,
                &[
                    &self.band(*band),
                    &score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
                ],
            ),
            Saying::ChampionLeft { name, date } => fill(self.say_champion, &[name, date]),
            Saying::Gave { score, who, date } => {
                fill(self.say_gave, &[&number(*score), who, date]).replace("  ", " ")
            }
            Saying::Wrote { text, date } => fill(
                self.say_wrote,
                &[&text.lines().next().unwrap_or_default(), date],
            ),
            Saying::Record { renewal } => fill(self.say_record, &[renewal]),
            Saying::Person { judgement, date } => {
                fill(self.say_person, &[&self.judgement(*judgement), date])
            }
            Saying::Left { date } => fill(self.say_left, &[date]),
            Saying::Used { date } => fill(self.say_used, &[date]),
        }
    }

    /// Both sides of a contradiction.
    pub fn sides(&self, d: &Disagreement) -> String {
        format!("{} ↔ {}", self.saying(&d.one), self.saying(&d.other))
    }

    /// Why an account needs attention.
    pub fn need_reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Health { band, score } => fill(
                self.why_health,
                &[
                    &self.band(*band),
                    &score.map_or_else(|| "--".to_owned(), |n| n.to_string()),
                ],
            ),
            Reason::Escalated => self.why_escalated.to_owned(),
            Reason::Signals { count, worst } => {
                fill(self.why_signals, &[count, &self.signal_kind(*worst)])
            }
            Reason::Renewal { days } => fill(self.why_renewal, &[days]),
            Reason::Silence { days } => fill(self.why_silence, &[days]),
            Reason::Overdue { actions } => fill(self.why_overdue, &[actions]),
        }
    }

    /// A signal in one line: what, since when, how severe, and by what.
    pub fn signal_line(&self, signal: &Signal) -> String {
        let evidence: Vec<String> = signal.evidence.iter().map(|e| self.evidence(e)).collect();
        format!(
            "{} · {} · {}",
            self.signal_kind(signal.kind),
            fill(self.since_day, &[&signal.date]),
            evidence.join(self.list_comma)
        )
    }

    /// What cannot be judged, in one line; none where all can.
    pub fn gaps(&self, gaps: &[(Family, Gap)]) -> Option<String> {
        let one = |(family, gap): &(Family, Gap)| {
            let why = match gap {
                Gap::Nothing => self.gap_nothing.to_owned(),
                Gap::Sparse => self.gap_sparse.to_owned(),
                Gap::Short { days } => fill(self.gap_short, &[days]),
                Gap::Stale { days } => fill(self.gap_stale, &[days]),
            };
            fill(self.gap_of, &[&self.family(*family), &why])
        };
        let all: Vec<String> = gaps.iter().map(one).collect();
        (!all.is_empty()).then(|| fill(self.not_judged, &[&all.join(self.list_comma)]))
    }

    /// What the signals together ask for; none of none.
    pub fn signal_call(&self, signals: &[Signal]) -> Option<String> {
        match call(signals) {
            Call::Quiet => None,
            Call::Note => Some(self.call_note.to_owned()),
            Call::Act => Some(fill(
                self.call_act,
                &[&crate::domain::signals::troubles(signals).count()],
            )),
        }
    }
}
