//! Contradictions between two known facts of an account. Both sides are shown for a person to
//! decide; nothing is averaged.

mod contradicted;
mod statement;

pub use statement::{Conflict, Kind, Statement};

use chrono::{Datelike, Duration, NaiveDate};

use crate::domain::checkin::wrapup::Judgement;
use crate::domain::dossier::Dossier;
use crate::domain::dossier::effective::effective_renewal;
use crate::domain::facts::feedback::SurveyKind;
use crate::domain::facts::outcome::OutcomeKind;
use crate::domain::health::{Band, Holder, Score};
use crate::domain::note::is_private;
use crate::domain::signals::{Evidence, Kind as SignalKind, Signal};
use crate::domain::text::nfkc;
use crate::domain::when::Zone;

/// The contradictions as of a day.
pub fn find(
    d: &Dossier,
    health: &Score,
    signals: &[Signal],
    judgement: Option<(Judgement, NaiveDate)>,
    day: NaiveDate,
    zone: Zone,
) -> Vec<Conflict> {
    let mut out = Vec::new();
    let band = health.held.as_ref().map_or(health.band, |h| h.by_numbers);
    let numbers = || Statement::Numbers {
        band,
        score: health.score,
    };
    let mut put = |kind, one, other| out.push(Conflict { kind, one, other });
    if band == Band::Green
        && let Some(left) = signals.iter().find(|s| s.kind == SignalKind::ChampionLeft)
        && let Some(Evidence::Person { name, .. }) = left.evidence.first()
    {
        put(
            Kind::GreenChampionLeft,
            numbers(),
            Statement::ChampionLeft {
                name: name.clone(),
                date: left.date,
            },
        );
    }
    if let Some(Holder::Signals { kinds }) = health.held.as_ref().map(|h| &h.by)
        && *kinds != [SignalKind::ChampionLeft]
    {
        let kinds = kinds.clone();
        put(Kind::GreenSignals, numbers(), Statement::Signals { kinds });
    }
    if let Some((gave, wrote)) = content_and_complaining(d, signals, day) {
        put(Kind::ContentComplains, gave, wrote);
    }
    if let Some((text, date, renewal)) = other_renewal(d, day, zone) {
        put(
            Kind::RenewalDates,
            Statement::Wrote { text, date },
            Statement::Record { renewal },
        );
    }
    for (kind, one, other) in contradicted::contracts(d, day) {
        put(kind, one, other);
    }
    match (judgement, band) {
        (Some((j @ Judgement::Good, date)), Band::Red)
        | (Some((j @ Judgement::AtRisk, date)), Band::Green) => {
            put(
                Kind::PersonNumbers,
                Statement::Person { judgement: j, date },
                numbers(),
            );
        }
        _ => {}
    }
    if let Some((left, used)) = used_after_end(d, day) {
        put(
            Kind::UsedAfterEnd,
            Statement::Left { date: left },
            Statement::Used { date: used },
        );
    }
    out
}

/// A good score with a complaint in its comment, or in tickets around that time.
fn content_and_complaining(
    d: &Dossier,
    signals: &[Signal],
    day: NaiveDate,
) -> Option<(Statement, Statement)> {
    const FRESH: i64 = 120;
    let content = |s: &&crate::domain::facts::feedback::Survey| match s.kind {
        SurveyKind::Nps => s.score >= 8.0,
        SurveyKind::Csat => s.score >= 4.0,
        SurveyKind::Ces => s.score >= 6.0,
    };
    let recent = d
        .surveys
        .iter()
        .filter(|s| s.in_range())
        .filter(content)
        .filter_map(|s| {
            Some((
                s.date
                    .filter(|x| *x <= day && (day - *x).num_days() < FRESH)?,
                s,
            ))
        });
    let (date, survey) = recent.max_by_key(|(date, s)| (*date, s.id.clone()))?;
    let gave = Statement::Gave {
        score: survey.score,
        who: survey.respondent.clone(),
        date,
    };
    // A critical phrase found in the answer of a survey with a good score.
    let critical = signals.iter().find(|s| {
        s.kind == SignalKind::CriticalComment && s.rows.iter().any(|r| r.id == survey.id.as_str())
    });
    if critical.is_some() {
        return Some((
            gave,
            Statement::Wrote {
                text: survey.comment.trim().to_owned(),
                date,
            },
        ));
    }
    let angry = signals.iter().find(|s| {
        s.kind == SignalKind::NegativeLanguage && (s.date - date).num_days().abs() <= 45
    })?;
    let ticket = angry
        .rows
        .iter()
        .rev()
        .find_map(|r| d.tickets.iter().find(|t| t.id.as_str() == r.id))?;
    Some((
        gave,
        Statement::Wrote {
            text: if ticket.subject.is_empty() {
                ticket.body.clone()
            } else {
                ticket.subject.clone()
            },
            date: angry.date,
        },
    ))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The renewal month a line names: `更新は12月`, `renewal in December`.
pub fn renewal_month(line: &str) -> Option<u32> {
    let text = nfkc(line).to_lowercase();
    let place = ["更新", "renew"].iter().find_map(|w| text.find(w))?;
    // Bytes around the word for renewal within which a month counts as its month.
    const NEAR: usize = 40;
    let near = |at: usize| at.abs_diff(place) <= NEAR;
    let japanese = text
        .match_indices('月')
        .filter(|(at, _)| near(*at))
        .find_map(|(at, _)| {
            let digits: String = text[..at]
                .chars()
                .rev()
                .take_while(char::is_ascii_digit)
                .collect();
            digits
                .chars()
                .rev()
                .collect::<String>()
                .parse::<u32>()
                .ok()
                .filter(|m| (1..=12).contains(m))
        });
    japanese.or_else(|| {
        MONTHS.iter().zip(1..).find_map(|(name, number)| {
            // `may` must be a separate word.
            let named = text.find(name).filter(|at| near(*at))?;
            (*name != "may" || text[..named].trim_end().ends_with("in")).then_some(number)
        })
    })
}

/// A note names another renewal month than the record.
fn other_renewal(
    d: &Dossier,
    day: NaiveDate,
    zone: Zone,
) -> Option<(String, NaiveDate, NaiveDate)> {
    const REACH: i64 = 180;
    let renewal = effective_renewal(d, day)?;
    let notes = d
        .notes
        .iter()
        .filter(|n| n.checkin.is_none())
        .flat_map(|n| {
            n.text
                .lines()
                .filter(|l| !is_private(l))
                .map(move |l| (zone.day(n.at), l.trim().to_owned()))
        });
    let talks = d
        .checkins
        .iter()
        .filter_map(|c| Some((zone.day(c.started()?), c)))
        .flat_map(|(on, c)| {
            c.lines()
                .filter(|(_, l)| !l.is_private())
                .map(move |(_, l)| (on, l.words().to_owned()))
        });
    let lines = notes
        .chain(talks)
        .filter(|(on, _)| *on <= day && (day - *on).num_days() <= REACH);
    let other = lines
        .filter_map(|(on, line)| Some((renewal_month(&line)?, on, line)))
        .max_by_key(|(_, on, line)| (*on, line.clone()))?;
    (other.0 != renewal.month()).then_some((other.2, other.1, renewal))
}

/// Usage continues after the end of the contract.
fn used_after_end(d: &Dossier, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    const GRACE: i64 = 14;
    let left = d
        .outcomes
        .iter()
        .filter(|o| o.kind == OutcomeKind::Churned)
        .filter_map(|o| o.date)
        .filter(|x| *x <= day)
        .max()?;
    // A customer that came back uses the product rightly.
    let back = d.subscriptions.iter().any(|s| s.active(day))
        || d.outcomes.iter().any(|o| {
            o.kind != OutcomeKind::Churned && o.date.is_some_and(|x| x > left && x <= day)
        });
    if back {
        return None;
    }
    let (_, series) = d.usage.headline()?;
    let used = series
        .between(left + Duration::days(GRACE), day)
        .iter()
        .rev()
        .find(|p| p.1 > 0.0)
        .map(|p| crate::domain::facts::usage::date_of(p.0))?;
    Some((left, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_counts_for_a_renewal_only_near_its_word() {
        for (line, month) in [
            ("更新は12月とのこと", Some(12)),
            ("１２月更新で進める", Some(12)),
            ("Renewal in December, they said", Some(12)),
            ("they renew in May", Some(5)),
            ("the renewal may slip", None),
            ("更新に前向き", None),
            ("12月に研修", None),
            (
                "更新の話は次回。それとは別に、来年の研修計画と新しい部署への展開について3月に打ち合わせ",
                None,
            ),
        ] {
            assert_eq!(renewal_month(line), month, "{line}");
        }
    }
}
