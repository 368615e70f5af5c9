//! An account: the customer, its terms, and the person who looks after it. Holds values stated by
//! people and imports, never a computed one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cadence::rhythm::Rhythm;
use super::closed::closed;
use super::colleague::People;
use super::ids::AccountId;
use super::money::Money;
use super::prefs::Prefs;
use super::recorded::{AsOf, Nature, Recorded};
use super::when::Zone;

closed! {
    /// The size class of a customer. It sets how often the account is touched and by whom: by a
    /// person for the larger ones, by mail for tech-touch. Where nobody states it, yearly value and
    /// seats decide ([`Policy::tier_of`](super::policy::Policy::tier_of)).
    Tier { Enterprise = "enterprise", MidMarket = "mid-market", Smb = "smb", TechTouch = "tech-touch" }
}

closed! {
    /// Where an account is in its life with the product. An escalation is no stage: it can overlay
    /// any of them ([`Account::escalated`]).
    Stage { Onboarding = "onboarding", Adoption = "adoption", Growth = "growth", Renewal = "renewal", Advocacy = "advocacy" }
}

closed! {
    /// The status of a goal or milestone of the success plan.
    GoalStatus { Open = "open", Reached = "reached", Slipped = "slipped" }
}

/// A goal in the customer's own words, with a date where one was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub text: String,
    pub status: GoalStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The day it was reached, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<NaiveDate>,
}

/// Why an account matters beyond its revenue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strategic {
    #[serde(default)]
    pub logo: bool,
    #[serde(default)]
    pub referenceable: bool,
    #[serde(default)]
    pub case_study: bool,
}

closed! {
    /// A person's judgement of an account's health. It takes the place of the computed band.
    Verdict { Red = "red", Yellow = "yellow", Green = "green", Lost = "lost" }
}

/// A judgement by hand. It replaces the computed band until it expires, and every screen shows
/// both. `Lost` accepts the loss: the account no longer raises an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthOverride {
    pub verdict: Verdict,
    pub reason: String,
    pub author: String,
    pub set: NaiveDate,
    /// The last day on which it holds. None: until somebody takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl HealthOverride {
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.set <= day && self.until.is_none_or(|u| day <= u)
    }
}

/// The account as people and imports state it. What is computed (health, the next renewal) is never
/// stored here; see `dossier::effective`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// Other ids and names of the same customer: those of accounts that were merged into this one. A text that
    /// names one of them means this account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The day on which it was archived: since then it is in no list and no total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<NaiveDate>,
    /// The name in kana (フリガナ), for search and sorting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub domain: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub industry: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// The people who work at the company, which is more than the licensed seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<u32>,
    /// None until stated: then yearly value or seats decide (see `Policy::tier_of`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// None until stated: then the contract dates decide (see `effective::effective_stage`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Our people for this account, before those by default.
    #[serde(default, skip_serializing_if = "People::is_empty")]
    pub people: People,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_start: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u32>,
    /// Licensed seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(default)]
    pub strategic: Strategic,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expansion: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime_value: Option<Money>,
    /// A person's judgement of its health, which expires.
    #[serde(rename = "ruling", default, skip_serializing_if = "Option::is_none")]
    pub health_override: Option<Box<HealthOverride>>,
    /// Its own cadence where that deviates from the rules: intervals, pauses, an agreed recurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Box<Rhythm>>,
    #[serde(default, skip_serializing_if = "Prefs::is_empty")]
    pub prefs: Prefs,
    /// Columns of the account's file that are none of our fields, by header. They tell accounts
    /// apart and never enter the score.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// Long attributes are cut to their beginnings, as rows hold them (see `portfolio::attributes`). The
    /// store puts the whole back before it writes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excerpt: bool,
    /// The day the attributes describe, where the file states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<NaiveDate>,
    /// Values an import found that cannot be right (see `facts::Oddity`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Vec<super::facts::Oddity>,
}

impl Recorded for Account {
    const NATURE: Nature = Nature::Edit;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.id)
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn over(self, _held: &Self) -> Self {
        self
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            id: account.clone(),
            ..self
        }
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        let mut out = self.clone();
        // A file that states its day describes the account on that day alone.
        if !at.knows(self.recorded) {
            (out.stage, out.escalated, out.renewal, out.seats) = (None, false, None, None);
            out.employees = None;
            (out.arr, out.expansion, out.lifetime_value) = (None, None, None);
            out.plan = Default::default();
            out.goals.clear();
            out.tags.clear();
            out.attributes.clear();
            out.recorded = None;
        }
        out.health_override = out
            .health_override
            .filter(|r| !at.drop_undated && r.set <= at.day);
        out.contract_start = self.contract_start.filter(|s| *s <= at.day);
        out.archived = self.archived.filter(|d| *d <= at.day);
        Some(out)
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        [
            self.contract_start,
            self.recorded,
            self.health_override.as_ref().map(|r| r.set),
        ]
        .into_iter()
        .flatten()
        .max()
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

impl Account {
    pub fn new(id: AccountId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            aliases: Vec::new(),
            archived: None,
            reading: String::new(),
            domain: String::new(),
            industry: String::new(),
            country: String::new(),
            employees: None,
            tier: None,
            stage: None,
            escalated: false,
            owner: String::new(),
            people: People::default(),
            arr: None,
            contract_start: None,
            renewal: None,
            term_months: None,
            seats: None,
            plan: String::new(),
            goals: Vec::new(),
            tags: Vec::new(),
            strategic: Strategic::default(),
            expansion: None,
            lifetime_value: None,
            health_override: None,
            cadence: None,
            prefs: Default::default(),
            attributes: Default::default(),
            excerpt: false,
            recorded: None,
            oddities: Default::default(),
        }
    }
}
