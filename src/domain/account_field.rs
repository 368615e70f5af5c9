//! The fields of an account that are edited one by one.

use chrono::NaiveDate;

use super::account::Account;
use super::closed::closed;
use super::colleague::{Person, Role};

closed! {
    /// A field edited in place; its key is the one labels and `--set` use.
    AccountField {
        Name = "name", Reading = "reading", Domain = "domain", Industry = "industry", Country = "country", Tier = "tier", Stage = "stage", Owner = "owner", People = "our_people",
        Arr = "arr", Start = "contract_start", Renewal = "renewal", Term = "term_months", Seats = "seats", Plan = "plan", Tags = "tags", Employees = "employees", Escalated = "escalated",
    }
}

impl AccountField {
    /// The value of an account as it is typed; empty where there is none.
    pub fn typed(self, a: &Account) -> String {
        let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        match self {
            AccountField::Name => a.name.clone(),
            AccountField::Reading => a.reading.clone(),
            AccountField::Domain => a.domain.clone(),
            AccountField::Industry => a.industry.clone(),
            AccountField::Country => a.country.clone(),
            AccountField::Tier => a.tier.map(|t| t.key().to_owned()).unwrap_or_default(),
            AccountField::Stage => a.stage.map(|s| s.key().to_owned()).unwrap_or_default(),
            AccountField::Owner => a.owner.clone(),
            AccountField::People => {
                let person = |(role, person): (Role, &Person)| format!("{}: {person}", role.key());
                a.people.all().map(person).collect::<Vec<_>>().join("; ")
            }
            AccountField::Arr => a.arr.map(|m| m.exact()).unwrap_or_default(),
            AccountField::Start => date(a.contract_start),
            AccountField::Renewal => date(a.renewal),
            AccountField::Term => number(a.term_months),
            AccountField::Seats => number(a.seats),
            AccountField::Plan => a.plan.clone(),
            AccountField::Tags => a.tags.join(", "),
            AccountField::Employees => number(a.employees),
            AccountField::Escalated => (if a.escalated { "yes" } else { "no" }).to_owned(),
        }
    }
}
