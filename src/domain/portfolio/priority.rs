//! Who needs me now: risk × value × how near the renewal is × silence, with the reasons in words;
//! and how each renewal of the next months looks.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, Timelike};
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::conflicts::Conflict;
use crate::domain::action::{Action, Side, urgency};
use crate::domain::cadence::plan::{Due, Rule};
use crate::domain::cadence::schedule::{Desk, Entry, Whose};
use crate::domain::checkin::wrapup::Judgement;
use crate::domain::closed::closed;
use crate::domain::health::Band;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::money::Currency;
use crate::domain::portfolio::row::{Row, Standing};
use crate::domain::signals::{self, Call, Kind as SignalKind};

/// One reason why an account needs attention; the words are made in `i18n`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    Health {
        band: Band,
        score: Option<u8>,
    },
    Escalated,
    /// How many warnings, and the gravest of them.
    Signals {
        count: usize,
        worst: SignalKind,
    },
    Renewal {
        days: i64,
    },
    Silence {
        days: i64,
    },
    Overdue {
        actions: u32,
    },
}

/// Where a yearly value stands among all in its currency: values of different currencies are never
/// compared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scale(BTreeMap<Currency, Vec<i64>>);

impl Scale {
    pub fn of(rows: &[Arc<Row>]) -> Self {
        let mut by_currency: BTreeMap<Currency, Vec<i64>> = BTreeMap::new();
        for money in rows
            .iter()
            .filter(|r| r.standing.churned.is_none())
            .filter_map(|r| r.standing.arr)
        {
            by_currency
                .entry(money.currency)
                .or_default()
                .push(money.minor);
        }
        by_currency.values_mut().for_each(|v| v.sort_unstable());
        Self(by_currency)
    }

    /// 0.5 for the smallest to 1 for the largest; in the middle where nothing is known.
    fn weight(&self, s: &Standing) -> f64 {
        const UNKNOWN: f64 = 0.7;
        let Some(money) = s.arr else { return UNKNOWN };
        let Some(all) = self.0.get(&money.currency).filter(|all| all.len() > 1) else {
            return UNKNOWN;
        };
        0.5 + 0.5 * all.partition_point(|v| *v < money.minor) as f64 / (all.len() - 1) as f64
    }
}

fn rests(s: &Standing) -> bool {
    s.churned.is_some() || s.health.is_accepted_loss()
}

fn is_escalated(s: &Standing) -> bool {
    s.escalated || s.escalated_tickets > 0
}

/// Nobody spoke with them for longer than they should.
fn is_quiet(s: &Standing) -> bool {
    s.signals.iter().any(|x| x.kind == SignalKind::NoTouch)
}

/// Days until a renewal that is near enough to matter.
fn renews_in(s: &Standing, today: NaiveDate) -> Option<i64> {
    s.renewal
        .map(|r| (r - today).num_days())
        .filter(|d| (0..=120).contains(d))
}

/// Whose accounts `me` looks after today: one's own, nobody's, and those one stands in for.
fn ours<'a>(book: &Book, me: &'a str, desk: &'a Desk) -> impl Fn(&Row) -> bool + use<'a> {
    let mine = matches!(Whose::mine(book, me), Whose::Of(_));
    let today = desk.now.today();
    move |r: &Row| {
        let owner = r.account.owner.as_str();
        !mine || owner.is_empty() || desk.calendars.on_duty(owner, today) == me
    }
}

/// How much an account needs attention today, 0–100, to order by. One that left needs none.
pub fn points(s: &Standing, scale: &Scale, today: NaiveDate) -> f64 {
    unweighed(s, today) * scale.weight(s)
}

/// The same before its value is weighed, which makes it less.
fn unweighed(s: &Standing, today: NaiveDate) -> f64 {
    if rests(s) {
        return 0.0;
    }
    let mut risk = match s.health.band {
        Band::Red => 0.75,
        Band::Yellow => 0.4,
        Band::Unknown => 0.3,
        Band::Green => 0.08,
    };
    if is_escalated(s) {
        risk += 0.3;
    }
    risk += 0.08 * signals::troubles(s.signals.iter()).count().min(4) as f64;
    let renewal = match renews_in(s, today) {
        Some(..=30) => 1.6,
        Some(31..=60) => 1.4,
        Some(61..=90) => 1.25,
        Some(_) => 1.1,
        None => 1.0,
    };
    let silence = if is_quiet(s) { 1.25 } else { 1.0 };
    // The most there can be: everything at once.
    const MOST: f64 = 1.6 * 1.25;
    risk.min(1.0) * renewal * silence / MOST * 100.0
}

/// Why an account needs attention, the gravest reason first. One that left needs none.
pub fn reasons(s: &Standing, today: NaiveDate) -> Vec<Reason> {
    let mut out = Vec::new();
    if rests(s) {
        return out;
    }
    if is_escalated(s) {
        out.push(Reason::Escalated);
    }
    if matches!(s.health.band, Band::Red | Band::Yellow) {
        out.push(Reason::Health {
            band: s.health.band,
            score: s.health.score,
        });
    }
    let mut troubles = signals::troubles(s.signals.iter());
    if let Some(worst) = troubles.next() {
        out.push(Reason::Signals {
            count: 1 + troubles.count(),
            worst: worst.kind,
        });
    }
    out.extend(renews_in(s, today).map(|days| Reason::Renewal { days }));
    if let Some(last) = s.last_touch.filter(|_| is_quiet(s)) {
        out.push(Reason::Silence {
            days: (today - last).num_days(),
        });
    }
    if s.overdue_actions > 0 {
        out.push(Reason::Overdue {
            actions: s.overdue_actions,
        });
    }
    out
}

closed! {
    /// What an item of the day is about.
    Kind { WrapUp = "wrap-up", Action = "action", Promise = "promise", Tell = "tell", Account = "account", Renewal = "renewal", Meeting = "meeting", Touch = "touch" }
}

/// Something to do today.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: Kind,
    pub account: AccountId,
    /// The check-in or action it is about.
    pub record: Option<RecordId>,
    /// When it is best done, and when at the latest.
    pub ideal: NaiveDate,
    pub latest: NaiveDate,
    pub points: f64,
    pub reasons: Vec<Reason>,
    /// The touch it is about.
    pub touch: Option<Entry>,
}

/// Accounts with less than this can wait.
const WORTH: f64 = 8.0;
/// Nobody looks after more in a day.
const MOST: usize = 60;

/// What a day asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    pub items: Vec<Item>,
    /// How many accounts press less than those among the items, and still more than what can wait.
    pub rest: usize,
}

/// Whether an action asks something of `me` today: it is due, or its end is still to be told.
pub fn asks(a: &Action, me: &str, today: NaiveDate) -> bool {
    a.side == Side::Us
        && (a.owner.is_empty() || a.owner == me)
        && (a.owes_reply() || (a.is_open() && a.due.is_some_and(|d| d <= today)))
}

/// What needs `me` today, in order, of the touches up to today among `entries`: meetings by their time, notes that wait to be written, then
/// promises, due work and touches, and accounts in trouble by how much they press. An account that was
/// touched today, or `aside`, is dealt with.
pub fn today(
    book: &Book,
    me: &str,
    desk: &Desk,
    entries: &[Entry],
    aside: &BTreeSet<AccountId>,
) -> Day {
    let (zone, today) = (desk.now.zone, desk.now.today());
    let scale = Scale::of(book.rows());
    let ours = ours(book, me, desk);
    let mut out = touches(book, &scale, desk, entries);
    // Who is spoken with today needs no line that says so.
    let met: HashSet<AccountId> = out
        .iter()
        .filter(|i| i.kind == Kind::Meeting || i.touch.as_ref().is_some_and(|t| t.kind.is_talk()))
        .map(|i| i.account.clone())
        .collect();
    out.extend(
        book.unfinished()
            .into_iter()
            .filter(|c| c.author == me)
            .map(|c| {
                let day = zone.day(c.ended().or(c.started()).unwrap_or(c.created));
                Item {
                    kind: Kind::WrapUp,
                    account: c.account.clone(),
                    record: Some(c.id.clone()),
                    ideal: day,
                    latest: day,
                    points: 100.0,
                    reasons: Vec::new(),
                    touch: None,
                }
            }),
    );
    let mut due: Vec<_> = book
        .actions
        .values()
        .filter(|a| asks(a, me, today))
        .collect();
    due.sort_by_key(|a| (!a.is_promise(), urgency(a)));
    out.extend(due.into_iter().map(|a| {
        let kind = if a.owes_reply() {
            Kind::Tell
        } else if a.is_promise() {
            Kind::Promise
        } else {
            Kind::Action
        };
        let day = a.due.unwrap_or(today);
        let late = (today - day).num_days().max(0) as f64;
        // A promise weighs as much as an account in trouble, and more each day; routine work less.
        let points = match kind {
            Kind::Promise => 58.0 + late.min(15.0),
            Kind::Tell => 50.0,
            _ => 36.0 + late.min(15.0),
        };
        Item {
            kind,
            account: a.account.clone(),
            record: Some(a.id.clone()),
            ideal: day,
            latest: day,
            points,
            reasons: Vec::new(),
            touch: None,
        }
    }));
    let mut pressing: Vec<(&Row, f64)> = book
        .rows()
        .iter()
        .filter(|r| unweighed(&r.standing, today) >= WORTH && ours(r))
        .filter(|r| {
            r.standing.last_touch != Some(today)
                && !aside.contains(&r.account.id)
                && !met.contains(&r.account.id)
        })
        .map(|r| (&**r, points(&r.standing, &scale, today)))
        .filter(|(_, points)| *points >= WORTH)
        .collect();
    // Those at the top first: reasons are found for nobody else.
    let first = |a: &(&Row, f64), b: &(&Row, f64)| {
        b.1.total_cmp(&a.1)
            .then_with(|| a.0.account.id.cmp(&b.0.account.id))
    };
    let rest = pressing.len().saturating_sub(MOST);
    if rest > 0 {
        pressing.select_nth_unstable_by(MOST, first);
        pressing.truncate(MOST);
    }
    pressing.sort_unstable_by(first);
    let accounts = pressing.into_iter().map(|(r, points)| {
        let latest = r.standing.renewal.filter(|d| *d >= today).unwrap_or(today);
        Item {
            kind: Kind::Account,
            account: r.account.id.clone(),
            record: None,
            ideal: today,
            latest,
            points,
            reasons: reasons(&r.standing, today),
            touch: None,
        }
    });
    out.extend(accounts);
    // One list: what was promised, what is due and who is in trouble, by how much each presses.
    out.sort_by(|a, b| b.points.total_cmp(&a.points));
    Day { items: out, rest }
}

/// Meetings of today and earlier ones that nobody said anything of; touches whose day has come and that
/// take somebody's time.
fn touches(book: &Book, scale: &Scale, desk: &Desk, entries: &[Entry]) -> Vec<Item> {
    let today = desk.now.today();
    let mut out = Vec::new();
    for e in entries {
        let (row, p) = (&book.rows()[e.row()], e);
        if p.date > today || !p.counts() {
            continue;
        }
        let timed = p.own.agreed.is_some() || (p.rule == Rule::Recurrence && p.own.time.is_some());
        let (kind, points) = if timed {
            // By the clock: the earlier, the higher. Of earlier days, of which nobody said how it went, after
            // those of today, the latest first.
            let minutes = f64::from(p.own.time.map_or(0, |t| t.num_seconds_from_midnight() / 60));
            match (today - p.date).num_days() {
                0 => (Kind::Meeting, 200.0 - minutes / 60.0),
                days => (
                    Kind::Meeting,
                    150.0 - (days.min(40) as f64) + minutes / 1_440.0,
                ),
            }
        } else if desk.policy.effort(p.kind, row.standing.tier).total() == 0 {
            continue;
        } else {
            let late = (today - p.latest).num_days().clamp(0, 20) as f64;
            let due = match p.due(today) {
                Due::Late => 40.0 + late,
                Due::Due => 26.0,
                Due::Ahead => 22.0,
            };
            // A talk with who is in trouble is the answer to it.
            let pressing = if p.kind.is_talk() {
                points(&row.standing, scale, today) / 3.0
            } else {
                0.0
            };
            (Kind::Touch, due + pressing)
        };
        out.push(Item {
            kind,
            account: row.account.id.clone(),
            record: p.own.agreed.clone(),
            ideal: p.ideal,
            latest: p.latest,
            points,
            reasons: Vec::new(),
            touch: Some(e.clone()),
        });
    }
    out
}

/// The windows of a renewal list, in days.
pub const WINDOWS: [i64; 4] = [30, 60, 90, 120];

/// How a renewal looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewal {
    pub account: AccountId,
    pub date: NaiveDate,
    pub days: i64,
    /// The window it is in: the smallest of [`WINDOWS`] that holds it.
    pub window: i64,
    /// By the numbers.
    pub call: Judgement,
    /// By the person who spoke with them last, where somebody said.
    pub said: Option<Judgement>,
}

impl Renewal {
    /// The numbers say one thing and the person another.
    pub fn disagrees(&self) -> bool {
        self.said
            .is_some_and(|s| (s == Judgement::Good) != (self.call == Judgement::Good))
    }
}

/// Good, to be watched, or at risk: by band, warnings and escalations.
pub fn renewal_call(s: &Standing) -> Judgement {
    let call = signals::call(s.signals.iter());
    if s.health.band == Band::Red
        || s.escalated
        || s.escalated_tickets > 0
        || (call == Call::Act && s.health.band != Band::Green)
    {
        Judgement::AtRisk
    } else if s.health.band == Band::Green && call != Call::Act {
        Judgement::Good
    } else {
        Judgement::Watch
    }
}

/// Renewals of the next 120 days of whom `me` looks after, the nearest first.
pub fn renewals(book: &Book, me: &str, desk: &Desk) -> Vec<Renewal> {
    let (today, ours) = (desk.now.today(), ours(book, me, desk));
    let mut out: Vec<Renewal> = book
        .rows()
        .iter()
        .filter(|r| r.standing.churned.is_none() && ours(r))
        .filter_map(|r| {
            let date = r.standing.renewal?;
            let days = (date - today).num_days();
            let window = WINDOWS.into_iter().find(|w| (0..=*w).contains(&days))?;
            Some(Renewal {
                account: r.account.id.clone(),
                date,
                days,
                window,
                call: renewal_call(&r.standing),
                said: r.standing.judgement.map(|j| j.0),
            })
        })
        .collect();
    out.sort_by(|a, b| (a.date, &a.account).cmp(&(b.date, &b.account)));
    out
}

/// All contradictions of whom `me` looks after, the most valuable accounts first.
pub fn conflicts(book: &Book, me: &str, desk: &Desk) -> Vec<(AccountId, Conflict)> {
    let ours = ours(book, me, desk);
    let mut rows: Vec<&Arc<Row>> = book
        .rows()
        .iter()
        .filter(|r| !r.standing.conflicts.is_empty() && ours(r))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let scale = Scale::of(book.rows());
    rows.sort_by(|a, b| {
        scale
            .weight(&b.standing)
            .total_cmp(&scale.weight(&a.standing))
            .then_with(|| a.account.id.cmp(&b.account.id))
    });
    rows.into_iter()
        .flat_map(|r| {
            r.standing
                .conflicts
                .iter()
                .map(|d| (r.account.id.clone(), d.clone()))
        })
        .collect()
}
