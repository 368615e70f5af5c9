//! Two accounts that are one customer: what the kept one takes over, and where the two contradict each other. It
//! describes accounts and dossiers; who decides and how it is written is not known here.

use std::collections::BTreeSet;

use super::account::Account;
use super::account_field::AccountField;
use super::dossier::Dossier;
use super::facts::usage::{Day, Series};
use super::ids::AccountId;
use super::recorded::Nature;
use super::records::{Kind, Record};
use super::text::fold;

/// What goes along with an account that is merged or deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Along {
    /// The number of records by kind, in the order of the kinds, none of them zero.
    pub records: Vec<(Kind, usize)>,
    /// Days with usage.
    pub usage_days: usize,
}

impl Along {
    /// What belongs to an account. What the program remembers of its own work is not counted.
    pub fn of(d: &Dossier) -> Self {
        let mut records: Vec<(Kind, usize)> = Vec::new();
        for record in d.records().skip(1).filter(is_stated) {
            match records.iter_mut().find(|(kind, _)| *kind == record.kind()) {
                Some((_, count)) => *count += 1,
                None => records.push((record.kind(), 1)),
            }
        }
        let points = d.usage.0.values().flat_map(Series::points);
        let days: BTreeSet<Day> = points.map(|p| p.0).collect();
        Self {
            records,
            usage_days: days.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.usage_days == 0
    }
}

/// A step that ends an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The kept account takes over the other's records.
    Merge {
        kept: AccountId,
        other: AccountId,
    },
    Delete(AccountId),
}

/// What a step that ends an account would do.
#[derive(Debug, Clone, PartialEq)]
pub enum Weighed {
    Merge {
        kept: Box<Account>,
        other: Box<Account>,
        along: Along,
        differences: Vec<Difference>,
        collisions: Collisions,
    },
    Delete {
        account: Box<Account>,
        along: Along,
    },
}

impl Weighed {
    /// A merge of two dossiers.
    pub fn merge(kept: &Dossier, other: &Dossier) -> Self {
        Weighed::Merge {
            along: Along::of(other),
            differences: differences(&kept.account, &other.account),
            collisions: collisions(kept, other),
            kept: Box::new(kept.account.clone()),
            other: Box::new(other.account.clone()),
        }
    }

    /// The deletion of a dossier.
    pub fn delete(d: &Dossier) -> Self {
        Weighed::Delete {
            account: Box::new(d.account.clone()),
            along: Along::of(d),
        }
    }

    /// The step itself.
    pub fn ending(&self) -> Ending {
        match self {
            Weighed::Merge { kept, other, .. } => Ending::Merge {
                kept: kept.id.clone(),
                other: other.id.clone(),
            },
            Weighed::Delete { account, .. } => Ending::Delete(account.id.clone()),
        }
    }
}

/// The part of two accounts in which they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Field(AccountField),
    /// A column of a file, by its header.
    Attribute(String),
}

/// Two values that cannot both be right. The one of the kept account stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub part: Part,
    pub kept: String,
    pub other: String,
}

/// The kept account after a merge: its own values, and the other's where it has none. Ids and names of the other
/// become its aliases.
pub fn merged(kept: &Account, other: &Account) -> Account {
    let mut out = kept.clone();
    macro_rules! fill {
        ($($field:ident)+) => {
            $(if out.$field == Account::new(kept.id.clone(), "").$field {
                out.$field = other.$field.clone();
            })+
        };
    }
    fill! {
        reading domain industry country tier stage owner arr contract_start renewal term_months seats plan
        expansion lifetime_value health_override cadence prefs recorded
    }
    out.escalated |= other.escalated;
    out.strategic.logo |= other.strategic.logo;
    out.strategic.referenceable |= other.strategic.referenceable;
    out.strategic.case_study |= other.strategic.case_study;
    for goal in &other.goals {
        if !out.goals.iter().any(|g| g.text == goal.text) {
            out.goals.push(goal.clone());
        }
    }
    for tag in &other.tags {
        if !out.tags.contains(tag) {
            out.tags.push(tag.clone());
        }
    }
    for (header, value) in &other.attributes {
        let slot = out.attributes.entry(header.clone());
        slot.or_insert_with(|| value.clone());
    }
    let id = other.id.as_str().to_owned();
    for alias in [id, other.name.clone()]
        .into_iter()
        .chain(other.aliases.clone())
    {
        let known = alias.is_empty()
            || alias == kept.id.as_str()
            || fold(&alias) == fold(&kept.name)
            || out.aliases.contains(&alias);
        if !known {
            out.aliases.push(alias);
        }
    }
    out
}

/// The values of two accounts that cannot both be right. Different names are none: both are kept.
pub fn differences(kept: &Account, other: &Account) -> Vec<Difference> {
    let fields = AccountField::ALL.iter().filter(|f| {
        // Tags are joined, and an escalation of one is one of both.
        !matches!(
            f,
            AccountField::Name | AccountField::Tags | AccountField::Escalated
        )
    });
    let of_fields = fields.map(|f| (Part::Field(*f), f.typed(kept), f.typed(other)));
    let of_attributes = kept.attributes.iter().filter_map(|(header, value)| {
        let part = Part::Attribute(header.clone());
        Some((part, value.clone(), other.attributes.get(header)?.clone()))
    });
    of_fields
        .chain(of_attributes)
        .filter(|(_, kept, other)| !kept.is_empty() && !other.is_empty() && kept != other)
        .map(|(part, kept, other)| Difference { part, kept, other })
        .collect()
}

/// What becomes of the records of the other account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collisions {
    /// Titles of records that both have under one id with different contents: the kept account's stay.
    pub records: Vec<String>,
    /// Days on which both have different usage of one kind: the kept account's values stay.
    pub usage_days: usize,
    /// People with one mail address in both: both stay.
    pub people: Vec<String>,
}

/// Whether somebody stated the record. What the program remembers of its own work is nobody's.
fn is_stated(record: &Record) -> bool {
    record.nature() == Nature::Edit && record.kind() != Kind::Imported
}

/// Where the records of two accounts meet.
pub fn collisions(kept: &Dossier, other: &Dossier) -> Collisions {
    let mut out = Collisions::default();
    for record in other.records().skip(1).filter(is_stated) {
        let same = |r: &Record| r.kind() == record.kind() && r.id() == record.id();
        if let Some(held) = kept.records().skip(1).find(same)
            && held != record.clone().of_other(&kept.account.id)
        {
            out.records.push(record.title());
        }
    }
    let mut days: BTreeSet<Day> = BTreeSet::new();
    for (metric, series) in &other.usage.0 {
        let Some(held) = kept.usage.0.get(metric) else {
            continue;
        };
        let differs = |(day, value): &&(Day, f64)| held.get(*day).is_some_and(|v| v != *value);
        days.extend(series.points().iter().filter(differs).map(|p| p.0));
    }
    out.usage_days = days.len();
    for person in other.contacts.iter().filter(|c| !c.email.is_empty()) {
        let email = fold(&person.email);
        if kept
            .contacts
            .iter()
            .any(|c| c.id != person.id && fold(&c.email) == email)
        {
            out.people.push(person.name.clone());
        }
    }
    out
}
