//! The people at the customer, their latest words, and the questions to ask them.

use chrono::NaiveDate;

use super::block::Block;
use crate::domain::action::{Side, urgency};
use crate::domain::contact::{Role, Status};
use crate::domain::dossier::Dossier;
use crate::domain::portfolio::row::Standing;
use crate::words::{self, Lang};

pub fn people(d: &Dossier, t: Lang) -> Block {
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

pub fn voice(d: &Dossier, t: Lang) -> Block {
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

/// Questions drawn from the facts: open promises, missing people, and the most severe signals.
pub fn questions(d: &Dossier, s: &Standing, t: Lang, today: NaiveDate) -> Block {
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
