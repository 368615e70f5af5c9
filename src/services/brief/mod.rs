//! The brief `[brief]`: what to know before a check-in, the most important first for this account
//! now. Blocks of short lines, the same for the desk, the shell and JSON.

mod block;
mod since;

use chrono::{Duration, NaiveDate};

use super::figures;
pub use block::Block;
pub use since::Looked;

use crate::domain::action::{Side, urgency};
use crate::domain::checkin::Kind;
use crate::domain::checkin::agenda::{self, Template};
use crate::domain::checkin::propose::Why;
use crate::domain::contact::{Role, Status};
use crate::domain::dossier::Dossier;
use crate::domain::facts::adoption::active_of_seats;
use crate::domain::facts::level::{Rhythm, months, rhythm};
use crate::domain::facts::ticket::repeats;
use crate::domain::facts::usage::{change, date_of};
use crate::domain::facts::workload::workload;
use crate::domain::freshness::DataFreshness;
use crate::domain::health::Band;
use crate::domain::policy::Policy;
use crate::domain::portfolio::row::Standing;
use crate::domain::portfolio::standing::ScoringContext;
use crate::domain::signals::phrases::{PhraseMatcher, strong_tickets};
use crate::domain::signals::{Call, call};
use crate::domain::when::Now;
use crate::words::numbers::{number, signed};
use crate::words::{self, Lang};

/// The blocks that have something to say, in order.
/// `feeds` is how fresh data is across the desk.
pub fn blocks(
    (d, feeds): (&Dossier, DataFreshness),
    standing: &Standing,
    (scoring, templates): (ScoringContext, &[Template]),
    proposal: (&str, Why),
    looked: Option<Looked>,
    lang: Lang,
    now: Now,
) -> Vec<Block> {
    let t = lang;
    let today = now.today();
    let mut out = vec![
        tickets(d, t, now),
        health(standing, scoring.policy, t),
        signals(standing, t),
        conflicts(standing, t),
        context(d, t, now),
        promises(d, t, today),
        renewal(standing, t, today),
        usage(d, standing, t, today),
        support(d, feeds, scoring.ear, t, now),
        since::talks(d, t, now),
        since::since(d, standing, t, now),
        people(d, t),
        voice(d, t),
        questions(d, standing, t, today),
    ];
    out.extend(looked.map(|l| since::since_looked(d, standing, l, t, now)));
    let (template, why) = proposal;
    if let Some(template) = agenda::template(templates, template) {
        let (planned, most) = agenda::total(&template.sections);
        let total = if planned == most {
            planned.to_string()
        } else {
            format!("{planned}–{most}")
        };
        let mut items = vec![words::brief::because(
            t,
            lang.pick(&template.name),
            &total,
            why.words(t),
        )];
        items.extend(
            template
                .sections
                .iter()
                .filter_map(|s| s.prompts.first())
                .take(4)
                .map(|p| lang.pick(p).to_owned()),
        );
        out.push(Block {
            block: "agenda",
            title: words::brief::agenda(t),
            items,
            weight: 20,
        });
    }
    out.retain(|b| !b.items.is_empty());
    out.sort_by_key(|b| std::cmp::Reverse(b.weight));
    out
}

fn tickets(d: &Dossier, t: Lang, now: Now) -> Block {
    let mut open: Vec<_> = d
        .tickets
        .iter()
        .filter(|x| {
            x.is_open()
                && (x.escalated || x.opened.is_some_and(|o| now.at - o > Duration::hours(48)))
        })
        .collect();
    open.sort_by_key(|x| (!x.escalated, x.priority, x.opened));
    let escalated = open.iter().any(|x| x.escalated);
    let items = open
        .iter()
        .take(6)
        .map(|x| {
            let age = x.opened.map_or_else(
                || words::common::unknown(t).to_owned(),
                |o| words::account::age_days(t, (now.today() - now.zone.day(o)).num_days()),
            );
            let mark = if x.escalated { "▲ " } else { "" };
            format!(
                "{mark}{} · {} · {age} · {}",
                if x.subject.is_empty() {
                    x.id.as_str()
                } else {
                    &x.subject
                },
                x.priority.words(t),
                x.id
            )
        })
        .collect();
    Block {
        block: "tickets_first",
        title: words::brief::tickets(t),
        items,
        weight: if escalated { 100 } else { 62 },
    }
}

fn health(s: &Standing, policy: &Policy, t: Lang) -> Block {
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

/// What the data says before the customer does; two signals or more come before the score.
fn signals(s: &Standing, t: Lang) -> Block {
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

/// What happens in their business, newest first.
fn context(d: &Dossier, t: Lang, now: Now) -> Block {
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

/// What contradicts what: to be settled in the talk.
fn conflicts(s: &Standing, t: Lang) -> Block {
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

/// The promise ledger first: by us and to us, with what slipped and what is done and not told; then
/// the other open actions.
fn promises(d: &Dossier, t: Lang, today: NaiveDate) -> Block {
    let mut open: Vec<_> = d.actions.iter().filter(|a| a.needs_attention()).collect();
    open.sort_by_key(|a| (!a.is_promise(), urgency(a)));
    let promised = open.iter().any(|a| a.is_promise());
    let items = open
        .iter()
        .take(8)
        .map(|a| {
            let due = a
                .due
                .map_or_else(|| words::actions::no_due(t).to_owned(), |d| d.to_string());
            let mark = if a.overdue(today) || a.owes_reply() {
                "▲ "
            } else {
                ""
            };
            let who = if a.owner.is_empty() {
                a.side.words(t).to_owned()
            } else {
                a.owner.to_string()
            };
            let mut words = format!("{mark}{}", words::brief::mine(t, &a.what, &who, &due));
            if a.slips() > 0 {
                words.push_str(&format!(" · {}", words::actions::slipped_n(t, a.slips())));
            }
            if a.owes_reply() {
                words.push_str(&format!(" · {}", words::actions::tell_them(t)));
            }
            words
        })
        .collect();
    // Before all but an escalated ticket: a promise is the first thing the customer remembers.
    Block {
        block: "promises",
        title: words::brief::promises(t),
        items,
        weight: if promised { 99 } else { 65 },
    }
}

fn renewal(s: &Standing, t: Lang, today: NaiveDate) -> Block {
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
        weight = if days <= 30 {
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

fn usage(d: &Dossier, s: &Standing, t: Lang, today: NaiveDate) -> Block {
    let mut items = Vec::new();
    if let Some((active, seats)) = active_of_seats(&d.usage, s.seats, today) {
        items.push(words::account::active_of_seats(
            t,
            number(active),
            seats,
            number(active * 100.0 / f64::from(seats)),
        ));
    }
    items.extend(figures::adoption(t, &d.usage, today));
    if let Some((metric, series)) = d.usage.headline()
        // A month that still runs is dated by its end: what is to come says nothing.
        && let Some(last) = series.between(NaiveDate::MIN, today).last().map(|p| date_of(p.0))
    {
        let now = series.daily(metric, last, 30);
        let percent = |days_back: i64, span: i64| {
            let against = change(
                series.daily(metric, last, span),
                series.daily(metric, last - Duration::days(days_back), span),
            );
            against.map_or_else(
                || words::common::unknown(t).to_owned(),
                |p| format!("{}%", signed(p.round() as i64)),
            )
        };
        if now.is_some() {
            // Of what happens now and then thirty days say nothing.
            let year = if matches!(rhythm(series, last), Rhythm::Irregular(_)) {
                90
            } else {
                30
            };
            let (month, before) = months(metric, series, last);
            let month = change(month, before).map_or_else(
                || words::common::unknown(t).to_owned(),
                |p| format!("{}%", signed(p.round() as i64)),
            );
            items.push(format!(
                "{} · {}",
                words::brief::against(
                    t,
                    words::usage::metric_name(t, metric),
                    &month,
                    percent(90, 90),
                    percent(365, year)
                ),
                words::dates::until_day(t, last)
            ));
        }
        let until = d.usage.features_until(today);
        let used: Vec<(String, f64)> = until
            .map(|to| {
                d.usage
                    .features()
                    .map(|(f, s)| (f.to_owned(), s.sum(to, 30).unwrap_or(0.0)))
                    .collect()
            })
            .unwrap_or_default();
        let mut most = used.clone();
        most.sort_by(|a, b| b.1.total_cmp(&a.1));
        let top: Vec<&str> = most
            .iter()
            .filter(|f| f.1 > 0.0)
            .take(3)
            .map(|f| f.0.as_str())
            .collect();
        if !top.is_empty() {
            items.push(words::brief::used(t, top.join(", ")));
        }
        let idle: Vec<&str> = used
            .iter()
            .filter(|f| f.1 == 0.0)
            .map(|f| f.0.as_str())
            .take(6)
            .collect();
        if !idle.is_empty() {
            items.push(words::brief::not_used(t, idle.join(", ")));
        }
    }
    Block {
        block: "usage",
        title: words::brief::usage(t),
        items,
        weight: 58,
    }
}

fn support(d: &Dossier, feeds: DataFreshness, ear: &dyn PhraseMatcher, t: Lang, now: Now) -> Block {
    let mut items = Vec::new();
    if let Some(load) = workload(&d.tickets, feeds.tickets, now.at, now.zone) {
        let strong = strong_tickets(&d.tickets, ear, now.today(), now.zone).len();
        items.push(figures::support(t, &load, now.today(), strong).join(" · "));
    }
    items.extend(repeats(&d.tickets).into_iter().take(3).map(|r| {
        format!(
            "{}: {} ×{}",
            words::account::repeats(t),
            r.subject,
            r.tickets.len()
        )
    }));
    Block {
        block: "support",
        title: words::brief::support(t),
        items,
        weight: 50,
    }
}

/// Blocks that are to be read before a check-in of a kind.
pub fn checklist(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Health => &["tickets_first", "signals", "health", "promises", "usage"],
        Kind::Onboarding => &["promises", "tickets_first", "usage", "voice", "people"],
        Kind::Review => &["health", "usage", "voice", "renewal", "people"],
        Kind::Risk => &[
            "tickets_first",
            "signals",
            "conflicts",
            "promises",
            "health",
        ],
        Kind::Growth => &["usage", "voice", "renewal", "people", "context"],
    }
}

fn people(d: &Dossier, t: Lang) -> Block {
    let active = || d.contacts.iter().filter(|c| c.status == Status::Active);
    let mut items: Vec<String> = active()
        .take(4)
        .map(|c| {
            format!(
                "{}{}{}",
                c.name,
                c.role
                    .map(|r| format!(" · {}", r.words(t)))
                    .unwrap_or_default(),
                if c.title.is_empty() {
                    String::new()
                } else {
                    format!(" · {}", c.title)
                }
            )
        })
        .collect();
    let missing = champion_missing(d);
    if missing {
        items.insert(0, format!("▲ {}", words::brief::champion_missing(t)));
    }
    Block {
        block: "people",
        title: words::brief::people(t),
        items,
        weight: if missing { 72 } else { 40 },
    }
}

fn voice(d: &Dossier, t: Lang) -> Block {
    let mut surveys: Vec<_> = d.surveys.iter().filter(|s| s.in_range()).collect();
    surveys.sort_by_key(|s| std::cmp::Reverse(s.date));
    let mut items: Vec<String> = surveys
        .iter()
        .take(2)
        .map(|s| {
            format!(
                "{} {} {} {}",
                s.date.map(|d| d.to_string()).unwrap_or_default(),
                s.kind.key().to_uppercase(),
                s.score,
                s.comment
            )
            .trim()
            .to_owned()
        })
        .collect();
    let mut outcomes: Vec<_> = d.outcomes.iter().filter(|o| o.date.is_some()).collect();
    outcomes.sort_by_key(|o| std::cmp::Reverse(o.date));
    items.extend(outcomes.iter().take(2).map(|o| {
        let why = [o.reason.as_str(), o.comment.as_str()]
            .iter()
            .filter(|w| !w.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" · ");
        format!(
            "{} {} {why}",
            o.date.map(|d| d.to_string()).unwrap_or_default(),
            o.kind.words(t)
        )
        .trim()
        .to_owned()
    }));
    items.extend(
        d.account
            .goals
            .iter()
            .take(2)
            .map(|g| format!("◎ {}", g.text)),
    );
    Block {
        block: "voice",
        title: words::brief::voice(t),
        items,
        weight: 35,
    }
}

/// What to ask, drawn from the facts: what is owed, who is missing, and the gravest signals.
fn questions(d: &Dossier, s: &Standing, t: Lang, today: NaiveDate) -> Block {
    const MOST: usize = 6;
    let mut late: Vec<_> = d
        .actions
        .iter()
        .filter(|a| a.is_open() && a.overdue(today) && a.side != Side::Internal)
        .collect();
    late.sort_by_key(|a| urgency(a));
    let mut items: Vec<String> = late
        .iter()
        .take(2)
        .map(|a| {
            if a.side == Side::Us {
                words::brief::ask_overdue(t, &a.what)
            } else {
                words::brief::ask_theirs(t, &a.what)
            }
        })
        .collect();
    let mut grave: Vec<_> = s.signals.iter().collect();
    grave.sort_by_key(|x| std::cmp::Reverse(x.severity));
    items.extend(
        grave
            .into_iter()
            .map(|x| words::signals::signal_question(t, x)),
    );
    if champion_missing(d) {
        items.push(words::brief::ask_champion(t).to_owned());
    }
    items.truncate(MOST);
    Block {
        block: "questions",
        title: words::brief::questions(t),
        items,
        weight: 22,
    }
}

fn champion_missing(d: &Dossier) -> bool {
    !d.contacts.is_empty()
        && !d
            .contacts
            .iter()
            .any(|c| c.status == Status::Active && c.role == Some(Role::Champion))
}

/// As plain text for a terminal or a printer.
pub fn plain(name: &str, blocks: &[Block], t: Lang) -> String {
    let mut out = format!("{} · {name}\n", words::shell::brief(t));
    for block in blocks {
        out.push_str(&format!("\n{}\n", block.title));
        for item in &block.items {
            out.push_str(&format!("  · {item}\n"));
        }
    }
    out
}

/// As Markdown.
pub fn markdown(name: &str, blocks: &[Block], t: Lang) -> String {
    let mut out = format!("# {} · {name}\n", words::shell::brief(t));
    for block in blocks {
        out.push_str(&format!("\n## {}\n", block.title));
        for item in &block.items {
            out.push_str(&format!("- {item}\n"));
        }
    }
    out
}
