//! Rows of subscriptions about a contract that a person made: a renewal by hand appends a contract, and later the
//! billing system states the same term, under an id of its own or as a later end of the old one. A term is paid once.

use chrono::{Duration, NaiveDate};

use super::state::Planner;
use crate::domain::facts::outcome::Outcome;
use crate::domain::facts::subscription::Subscription;
use crate::domain::failure::Failure;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::records::{Kind as Stored, Listed};
use crate::domain::text::fold;
use crate::services::import::cells::Cells;

/// Days by which both may state the same first or last day differently.
const NEAR: i64 = 31;
/// A smaller step forward corrects a date.
const STEP: i64 = 28;

/// The contract that a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub id: RecordId,
    pub by: By,
}

/// Why it is that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// It has the row's id.
    Id,
    /// An earlier import found that the row is about it.
    Known,
    /// It states the same term.
    Term,
    /// It follows the contract with the row's id, whose end the row moves on.
    Follows,
    /// It has the row's id, and a person settled its term: its end stays.
    Settled,
}

impl Planner<'_> {
    /// The contract that a row of subscriptions is about.
    pub fn contract_of(
        &mut self,
        account: &AccountId,
        id: RecordId,
        cells: &Cells,
    ) -> Result<About, Failure> {
        let own = About { id, by: By::Id };
        // An import makes none: it is enough to look at what is held.
        self.held(account, Stored::Subscription, "")?;
        let held = self.held.get(account).into_iter().flatten();
        let mut held = held.filter_map(|(_, record)| Subscription::of(record));
        if !held.any(|s| s.by_hand) {
            return Ok(own);
        }
        let subscriptions: Vec<Subscription> = self.all_of(account)?;
        let id = &own.id;
        if let Some(known) = subscriptions.iter().find(|s| s.known_as.contains(id)) {
            let (id, by) = (known.id.clone(), By::Known);
            return Ok(About { id, by });
        }
        let stated = cells.apart(|cells| Stated {
            plan: cells.text("plan").unwrap_or_default(),
            start: cells.day("start"),
            end: cells.end_of_term("end"),
        });
        if let Some(held) = subscriptions.iter().find(|s| s.id == *id) {
            let outcomes: Vec<Outcome> = self.all_of(account)?;
            return Ok(following(&subscriptions, &outcomes, held, &stated));
        }
        let mut same = subscriptions
            .iter()
            .filter(|s| s.by_hand && s.known_as.is_empty() && stated.is_of(s));
        Ok(match (same.next(), same.next()) {
            (Some(s), None) => About {
                id: s.id.clone(),
                by: By::Term,
            },
            _ => own,
        })
    }

    /// The records of a kind of an account, as this import leaves them.
    fn all_of<R: Listed + Clone>(&mut self, account: &AccountId) -> Result<Vec<R>, Failure> {
        self.held(account, R::KIND, "")?;
        let held = self.held.get(account).into_iter().flatten();
        let held = held.filter(|((kind, _), _)| *kind == R::KIND);
        let mut out: Vec<R> = held
            .filter_map(|(_, record)| R::of(record).cloned())
            .collect();
        for change in self.changes_of(account, R::KIND) {
            let (before, after) = change.typed::<R>();
            out.retain(|r| Some(r.id()) != before.or(after).map(|b| b.id()));
            out.extend(after.cloned());
        }
        out.sort_by(|a, b| a.id().cmp(b.id()));
        Ok(out)
    }

    fn changes_of(
        &self,
        account: &AccountId,
        kind: Stored,
    ) -> impl Iterator<Item = &crate::domain::change::Change> {
        let first = (kind, account.as_str().to_owned(), String::new());
        let of = self.made.range(first..);
        let of = of.take_while(move |((k, a, _), _)| *k == kind && a == account.as_str());
        of.map(|(_, at)| &self.order[*at].1)
    }
}

/// What a row says of its term.
struct Stated {
    plan: String,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

impl Stated {
    /// Whether it is the term of a contract: of the same product where both name one, from about the same day.
    fn is_of(&self, s: &Subscription) -> bool {
        let near = |a: Option<NaiveDate>, b: Option<NaiveDate>| {
            a.zip(b).map(|(a, b)| (a - b).num_days().abs() <= NEAR)
        };
        let plan = self.plan.is_empty() || s.plan.is_empty() || fold(&self.plan) == fold(&s.plan);
        let ends = near(self.end, s.end);
        let starts = near(self.start, s.start).or(ends);
        plan && starts == Some(true) && ends != Some(false)
    }
}

/// The contract with the row's id, or the last of those by which people renewed it up to the row's end.
fn following(
    all: &[Subscription],
    outcomes: &[Outcome],
    held: &Subscription,
    stated: &Stated,
) -> About {
    let next = |of: &Subscription| {
        let end = of.end?;
        let settled = outcomes
            .iter()
            .filter_map(Outcome::by_hand)
            .any(|s| s.contract.as_ref() == Some(&of.id) && s.ends_on == end && s.until.is_some());
        let first = end.succ_opt();
        let mut next = all.iter().filter(|s| {
            s.by_hand && s.id != of.id && s.start == first && fold(&s.plan) == fold(&of.plan)
        });
        next.next().filter(|_| settled)
    };
    let later = |of: &Subscription| match of.end.zip(stated.end) {
        Some((old, new)) => new - old,
        None => Duration::zero(),
    };
    let mut of = held;
    while later(of).num_days() >= STEP
        && let Some(next) = next(of)
    {
        of = next;
    }
    let by = match of.id == held.id {
        false => By::Follows,
        true if later(of) > Duration::zero() && next(of).is_some() => By::Settled,
        true => By::Id,
    };
    About {
        id: of.id.clone(),
        by,
    }
}

/// What a row says of a contract that a person made, or settled.
pub fn settle(s: &mut Subscription, held: &Subscription, stated: RecordId, by: By) {
    match by {
        By::Id | By::Known => {}
        By::Term => {
            // The file states the term that a person recorded: another value was paid from its first day.
            s.earlier.clone_from(&held.earlier);
            s.known_as.push(stated);
        }
        By::Follows => {
            s.start = held.start;
            if s.end
                .zip(held.end)
                .is_some_and(|(new, old)| (new - old).num_days() < STEP)
            {
                s.earlier.clone_from(&held.earlier);
            }
        }
        By::Settled => s.end = held.end,
    }
}
