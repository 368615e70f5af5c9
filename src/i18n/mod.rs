//! The words, in both languages. One record of all strings; functions for what has numbers in it.

pub mod cadence;
mod en;
mod ja;
mod problems;
mod signals;
mod strings;

use std::fmt::Display;

pub use problems::{failure, hint, label, problem, reason, repair, wrong};
pub use strings::Strings;

use crate::app::command::{Command, Scope};
use crate::app::screens::account::{FieldKey, Tab};
use crate::app::screens::actions::Lens;
use crate::domain::account::{Stage, Tier};
use crate::domain::action;
use crate::domain::checkin::agenda::Words;
use crate::domain::checkin::propose::Why;
use crate::domain::checkin::quality::Part;
use crate::domain::checkin::wrapup::{Judgement, Sentiment, Team};
use crate::domain::checkin::{Kind, Mark, State};
use crate::domain::contact;
use crate::domain::facts::{Oddity, ticket, usage};
use crate::domain::health::{Band, Dimension, Fact};
use crate::domain::timeline;
use crate::domain::view::Order;
use crate::services::import;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    Ja,
    En,
}

impl Lang {
    /// From `ja`, `en` or a locale like `ja_JP.UTF-8`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        if text.starts_with("ja") {
            Some(Lang::Ja)
        } else if text.starts_with("en") || matches!(text.as_str(), "c" | "posix" | "c.utf-8") {
            Some(Lang::En)
        } else {
            None
        }
    }

    pub fn strings(self) -> &'static Strings {
        match self {
            Lang::Ja => &ja::JA,
            Lang::En => &en::EN,
        }
    }

    pub fn pick(self, words: &Words) -> &str {
        match self {
            Lang::Ja => &words.ja,
            Lang::En => &words.en,
        }
    }
}

/// Puts the values in the places of `{}`, in order; `{s}` is the plural's letter of the value before
/// it.
pub fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut values = values.iter();
    let mut last = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{}") {
            last = values.next().map(ToString::to_string).unwrap_or_default();
            out.push_str(&last);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{s}") {
            out.push_str(if last == "1" { "" } else { "s" });
            rest = after;
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// A number with its sign: `+3`, `-12`, `±0`.
pub fn signed(n: i64) -> String {
    match n {
        0 => "±0".into(),
        n if n > 0 => format!("+{n}"),
        n => n.to_string(),
    }
}

/// A number without needless digits.
pub fn number(n: f64) -> String {
    // The sum of nothing is minus nought: no sign that anyone should see.
    let n = n + 0.0;
    if n.abs() >= 100.0 || n.fract().abs() < 0.05 {
        format!("{n:.0}")
    } else {
        format!("{n:.1}")
    }
}

/// A count in few columns: 12, 3.4k, 56k.
pub fn short(n: f64) -> String {
    match n.abs() {
        a if a >= 10_000.0 => format!("{:.0}k", n / 1_000.0),
        a if a >= 1_000.0 => format!("{:.1}k", n / 1_000.0),
        _ => number(n),
    }
}

macro_rules! words {
    ($($name:ident($kind:ty) = $list:ident),+ $(,)?) => {
        impl Strings {
            $(pub fn $name(&self, value: $kind) -> &'static str {
                self.$list[value.index()]
            })+
        }
    };
}

words! {
    band(Band) = bands, tier(Tier) = tiers, stage(Stage) = stages, dimension(Dimension) = dimensions, sentiment(Sentiment) = sentiments,
    judgement(Judgement) = judgements, team(Team) = teams, role(contact::Role) = roles, contact_status(contact::Status) = contact_statuses,
    channel(contact::Channel) = channels, side(action::Side) = sides, action_status(action::Status) = action_statuses, priority(action::Priority) = priorities,
    ticket_status(ticket::Status) = ticket_statuses, ticket_priority(ticket::Priority) = ticket_priorities, order(Order) = orders, lens(Lens) = lenses,
    why(Why) = whys, mark(Mark) = marks, talk(crate::domain::facts::touch::TouchKind) = talks, crm_field(crate::services::packet::Field) = crm_fields, part(Part) = parts, timeline_kind(timeline::Kind) = timeline_kinds, checkin_kind(Kind) = kinds,
    outcome(crate::domain::facts::feedback::OutcomeKind) = outcomes, oddity(Oddity) = oddities, import_kind(import::Kind) = import_kinds,
    fit_method(crate::services::backtest::fit::Method) = fit_methods, fit_why(crate::services::backtest::fit::Why) = fit_whys,
    today_lens(crate::app::screens::today::Lens) = today_lenses, need_kind(crate::domain::need::Kind) = need_kinds,
    disagreement(crate::domain::disagree::Kind) = disagreements,
    topic(crate::domain::note::Topic) = topics,
    often(crate::domain::facts::turns::Often) = oftens,
    input(crate::domain::health::Input) = inputs,
    family(crate::domain::signals::gaps::Family) = families,
    verdict(crate::domain::account::Verdict) = verdicts,
    signal_kind(crate::domain::signals::Kind) = signal_kinds, signal_help(crate::domain::signals::Kind) = signal_helps, severity(crate::domain::signals::Severity) = severities, tab(Tab) = tabs, field(FieldKey) = fields,
}

impl Strings {
    pub fn verb(&self, command: Command) -> &'static str {
        self.verbs[command as usize]
    }

    pub fn scope(&self, scope: Scope) -> &'static str {
        self.scopes[scope as usize]
    }

    pub fn checkin_state(&self, state: State) -> &'static str {
        match state {
            State::Planned => self.planned_state,
            State::Live => self.live_state,
            State::Paused => self.paused_state,
            State::Unwritten => self.ended_state,
            State::Done => self.done_state,
        }
    }

    /// A day in a list: without the year when it is this one.
    pub fn day(&self, day: chrono::NaiveDate, today: chrono::NaiveDate) -> String {
        use chrono::Datelike;
        day.format(if day.year() == today.year() {
            self.day_format
        } else {
            self.day_year_format
        })
        .to_string()
    }

    /// A metric's name as people say it.
    pub fn metric_name(&self, metric: &str) -> String {
        match metric {
            usage::ACTIVE_USERS => self.m_active_users.into(),
            usage::WEEKLY_USERS => self.m_weekly_users.into(),
            usage::MONTHLY_USERS => self.m_monthly_users.into(),
            usage::LOGINS => self.m_logins.into(),
            usage::EVENTS => self.m_events.into(),
            other => other
                .strip_prefix(usage::FEATURE)
                .or_else(|| other.strip_prefix(usage::INTEGRATION))
                .unwrap_or(other)
                .to_owned(),
        }
    }

    /// What holds a band away from its numbers, in words.
    pub fn held(&self, score: &crate::domain::health::Score) -> Option<String> {
        use crate::domain::health::Holder;
        let held = score.held.as_ref()?;
        Some(match &held.by {
            Holder::Mood { sentiment, days } => fill(
                self.held_mood,
                &[
                    &self.band(held.by_numbers),
                    &self.sentiment(*sentiment),
                    days,
                ],
            ),
            Holder::Person(r) => {
                let until = r
                    .until
                    .map(|u| fill(self.held_until, &[&u]))
                    .unwrap_or_default();
                fill(
                    self.held_person,
                    &[
                        &r.author,
                        &self.verdict(r.verdict),
                        &r.reason,
                        &until,
                        &self.band(held.by_numbers),
                    ],
                )
            }
        })
    }

    /// What would make an account green, in words; none where it is, or nothing would.
    pub fn to_green(
        &self,
        score: &crate::domain::health::Score,
        policy: &crate::domain::policy::Policy,
    ) -> Option<String> {
        let steps = score.to_green(policy);
        let parts: Vec<String> = steps
            .iter()
            .map(|(d, from, to)| fill(self.to_green_part, &[&self.dimension(*d), from, to]))
            .collect();
        (!parts.is_empty()).then(|| fill(self.to_green, &[&parts.join(self.list_comma)]))
    }

    /// A fact behind a score, with its numbers.
    pub fn fact(&self, fact: &Fact) -> String {
        let percent = |now: f64, before: f64| {
            if before > 0.0 {
                signed(((now - before) / before * 100.0).round() as i64)
            } else {
                "—".into()
            }
        };
        match fact {
            Fact::UsageChange {
                metric,
                before,
                now,
            } => fill(
                self.fact_usage,
                &[
                    &self.metric_name(metric),
                    &number(*before),
                    &number(*now),
                    &percent(*now, *before),
                ],
            ),
            Fact::SeatUse { active, seats } => fill(
                self.fact_seats,
                &[
                    &number(*active),
                    seats,
                    &number(active / f64::from(*seats) * 100.0),
                ],
            ),
            Fact::NoUseFor { days } => fill(self.fact_no_use, &[days]),
            Fact::UsageStale { days } => fill(self.fact_usage_stale, &[days]),
            Fact::Ageing {
                input,
                days,
                percent,
            } => fill(self.fact_ageing, &[&self.input(*input), days, percent]),
            Fact::TooOld { input, days } => fill(self.fact_too_old, &[&self.input(*input), days]),
            Fact::TicketsThisMonth { count } => fill(self.fact_tickets, &[count]),
            Fact::OpenTickets { count, oldest_days } => fill(self.fact_open, &[count, oldest_days]),
            Fact::Escalated { count } => fill(self.fact_escalated, &[count]),
            Fact::TicketRating { mean, count } => {
                fill(self.fact_rating, &[&format!("{mean:.1}"), count])
            }
            Fact::SupportStale { days } => fill(self.fact_support_stale, &[days]),
            Fact::Nps {
                score,
                people,
                days,
            } if *people > 1 => fill(self.fact_nps_mean, &[&number(*score), people, days]),
            Fact::Nps { score, days, .. } => fill(self.fact_nps, &[&number(*score), days]),
            Fact::Csat { mean, count } => fill(self.fact_csat, &[&format!("{mean:.1}"), count]),
            Fact::Mood { sentiment, days } => {
                fill(self.fact_mood, &[&self.sentiment(*sentiment), days])
            }
            Fact::LastConversation { days } => fill(self.fact_spoke, &[days]),
            Fact::NoConversation => self.fact_never.into(),
            Fact::ChampionLeft { date } => fill(
                self.fact_champion_left,
                &[&date.map_or_else(|| self.unknown.to_owned(), |d| d.to_string())],
            ),
            Fact::NoChampion => self.fact_no_champion.into(),
            Fact::Missed { count } => fill(self.fact_missed, &[count]),
            Fact::Goals {
                reached,
                open,
                slipped,
            } => fill(self.fact_goals, &[reached, open, slipped]),
            Fact::Paying { subscriptions } => fill(self.fact_paying, &[subscriptions]),
            Fact::PastDue { count } => fill(self.fact_past_due, &[count]),
            Fact::Downgraded { count } => fill(self.fact_downgraded, &[count]),
            Fact::ArrChange { percent } => fill(self.fact_arr, &[&signed(percent.round() as i64)]),
            Fact::AllEnded => self.fact_ended.into(),
            Fact::Outcome { kind, days } => fill(self.fact_outcome, &[&self.outcome(*kind), days]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(fill("{} of {}", &[&1, &"two"]), "1 of two");
        assert_eq!(fill("no place", &[&1]), "no place");
        assert_eq!(
            fill("{} day{s}, {} row{s}, {", &[&1, &2]),
            "1 day, 2 rows, {"
        );
        assert_eq!(signed(-3), "-3");
    }

    #[test]
    fn locales_choose_the_language() {
        assert_eq!(Lang::parse("ja_JP.UTF-8"), Some(Lang::Ja));
        assert_eq!(Lang::parse("en_GB"), Some(Lang::En));
        assert_eq!(Lang::parse("de_DE"), None);
    }
}
