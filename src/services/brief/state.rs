//! The standing of the account: its rescue, score, signals, contradictions and renewal.

use chrono::NaiveDate;

use super::block::Block;
use crate::domain::dossier::Dossier;
use crate::domain::health::Band;
use crate::domain::policy::Policy;
use crate::domain::portfolio::row::Standing;
use crate::domain::signals::{Call, call};
use crate::domain::when::Now;
use crate::words::numbers::signed;
use crate::words::{self, Lang};

/// The rescue that goes on, until its first steps are done.
pub fn rescue(s: &Standing, t: Lang, now: Now) -> Block {
    let case = s.risk.as_ref().and_then(|risk| risk.case.as_deref());
    let case = case.filter(|case| case.next().is_some());
    Block {
        block: "rescue",
        title: words::cases::heading(t),
        items: case.map_or_else(Vec::new, |case| words::cases::brief(t, case, now)),
        weight: 101,
    }
}

pub fn health(s: &Standing, policy: &Policy, t: Lang) -> Block {
    let score = s
        .health
        .score
        .map_or_else(|| words::common::unknown(t).to_owned(), |n| n.to_string());
    let trend = s
        .trend
        .d30
        .map(|n| format!(" · {}", words::health::since_30(t, signed(i64::from(n)))))
        .unwrap_or_default();
    let mut items = vec![format!(
        "{score} {} · {}{trend}",
        s.health.band.words(t),
        words::health::coverage(t, s.health.coverage)
    )];
    items.extend(words::health::held_down(t, &s.health));
    items.extend(words::health::held(t, &s.health));
    match s.churned {
        Some(left) => items.insert(0, words::signals::left(t, left)),
        None => items.extend(words::health::to_green(t, &s.health, policy)),
    }
    for (dimension, loss) in s
        .health
        .losses()
        .into_iter()
        .filter(|(_, loss)| *loss >= 1.0)
        .take(3)
    {
        let facts: Vec<String> = s
            .health
            .facts(dimension)
            .iter()
            .map(|f| words::health::fact(t, f))
            .collect();
        let score = s.health.parts[dimension.index()].score.unwrap_or(0);
        items.push(format!(
            "{} {}: {}",
            dimension.words(t),
            words::brief::out_of(t, score, format!("{loss:.0}")),
            facts.join(" · ")
        ));
    }
    items.push(
        match s.health.band {
            Band::Green => words::brief::play_green(t),
            Band::Yellow => words::brief::play_yellow(t),
            Band::Red => words::brief::play_red(t),
            Band::Unknown => words::brief::play_unknown(t),
        }
        .to_owned(),
    );
    Block {
        block: "health",
        title: words::brief::health(t),
        items,
        weight: match s.health.band {
            Band::Red => 95,
            Band::Yellow => 75,
            _ => 60,
        },
    }
}

/// Early signals. Two or more of them come before the score, because they move before it does.
pub fn signals(s: &Standing, t: Lang) -> Block {
    let mut items: Vec<String> = words::signals::signal_call(t, &s.signals)
        .into_iter()
        .collect();
    items.extend(s.signals.iter().take(8).map(|x| {
        format!(
            "{} {}",
            x.severity.words(t),
            words::signals::signal_line(t, x)
        )
    }));
    items.extend(words::signals::gaps(t, &s.gaps));
    let act = call(&s.signals) == Call::Act;
    Block {
        block: "signals",
        title: words::signals::signals(t),
        items,
        weight: if act { 97 } else { 64 },
    }
}

/// Contradictions between known facts, to clear up in the talk.
pub fn conflicts(s: &Standing, t: Lang) -> Block {
    let items = s
        .conflicts
        .iter()
        .map(|d| format!("≠ {}: {}", d.kind.words(t), words::signals::sides(t, d)))
        .collect();
    Block {
        block: "conflicts",
        title: words::brief::disagree(t),
        items,
        weight: 94,
    }
}

pub fn renewal(s: &Standing, t: Lang, today: NaiveDate) -> Block {
    let mut items = Vec::new();
    let mut weight = 30;
    if let Some(date) = s.renewal {
        let days = (date - today).num_days();
        let when = if days >= 0 {
            words::account::renewal_in(t, days)
        } else {
            words::account::renewal_past(t, -days)
        };
        let value = s
            .arr
            .map(|m| format!(" · {}", m.exact()))
            .unwrap_or_default();
        items.push(format!("{date} · {when}{value}"));
        if let Some(taken) = s.step {
            items.push(words::outcomes::step_kept(t, taken.step.words(t), taken.on));
        }
        let last = s.decide_by.map(|last| (last, (last - today).num_days()));
        if let Some((last, left)) = last {
            items.push(match left >= 0 {
                true => words::account::notice_until(t, last, left),
                false => words::account::notice_over(t, last),
            });
        }
        let days = last.map_or(days, |(_, left)| if left >= 0 { left } else { days });
        weight = if s.is_signed() {
            30
        } else if days <= 30 {
            88
        } else if days <= 120 {
            70
        } else {
            30
        };
    }
    Block {
        block: "renewal",
        title: words::brief::renewal(t),
        items,
        weight,
    }
}

/// News of the customer's business, newest first.
pub fn context(d: &Dossier, t: Lang, now: Now) -> Block {
    const REACH: i64 = 365;
    let mut entries: Vec<_> = d
        .notes
        .iter()
        .filter_map(|n| Some((n, n.context.as_ref()?)))
        .filter(|(n, _)| (now.today() - now.zone.day(n.at)).num_days() <= REACH)
        .collect();
    entries.sort_by_key(|(n, _)| std::cmp::Reverse(n.at));
    let fresh = entries.first().is_some_and(|(n, c)| {
        c.topic.is_trouble() && (now.today() - now.zone.day(n.at)).num_days() <= 60
    });
    let items = entries.iter().take(5).map(|(n, c)| {
        let source = if c.source.is_empty() {
            String::new()
        } else {
            format!(" · {}", c.source)
        };
        format!(
            "{} [{}] {}{source}",
            now.zone.day(n.at),
            c.topic.words(t),
            n.public_title()
        )
    });
    Block {
        block: "context",
        title: words::brief::context(t),
        items: items.collect(),
        weight: if fresh { 73 } else { 52 },
    }
}
