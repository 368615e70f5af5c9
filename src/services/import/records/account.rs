//! A row of an accounts table.

use super::yearly::yearly;
use crate::domain::account::{Account, Goal, GoalStatus, Stage, Tier};
use crate::domain::colleague::{Person, Role};
use crate::domain::facts::Oddity;
use crate::domain::ids::AccountId;
use crate::services::import::Reason;
use crate::services::import::cells::{Bad, Cells};

/// A word in the place of a person's name.
fn is_nobody(name: &str) -> bool {
    let words = [
        "unknown",
        "pending",
        "unassigned",
        "不明",
        "0",
        "×",
        "担当者なし",
        "担当なし",
    ];
    words.contains(&name.to_lowercase().as_str())
}

pub fn account(cells: &Cells, id: AccountId, existing: Option<&Account>) -> Result<Account, Bad> {
    // A blank cell in a column of names is a mistake; a table without such a column names accounts
    // by id.
    if existing.is_none() && cells.has("name") && cells.name("name").is_none() {
        return Err(cells.bad("name", Reason::Missing { field: "name" }));
    }
    let mut a = existing
        .cloned()
        .unwrap_or_else(|| Account::new(id.clone(), id.as_str()));
    lay! {
        a.name => cells.name("name"),
        a.reading => cells.text("reading"),
        a.domain => cells.list("domain").and_then(|d| d.into_iter().next()),
        a.industry => cells.text("industry"),
        a.country => cells.text("country"),
        a.employees => cells.whole("employees"),
        a.owner => cells.text(owner_column(cells)).filter(|name| !is_nobody(name)),
        a.plan => cells.text("plan"),
        a.contract_start => cells.day("contract_start"),
        a.renewal => cells.end_of_term("renewal"),
        a.term_months => cells.months("term_months"),
        a.seats => cells.whole("seats"),
        a.recorded => cells.day("recorded"),
        a.expansion => cells.money_or_blank("expansion"),
        a.tags => cells.list("tags"),
        a.tier => cells.word("tier", &[
            (Tier::Enterprise, &["strategic", "ent", "エンタープライズ", "大企業", "a"]), (Tier::MidMarket, &["mid market", "mid", "mm", "midmarket", "core", "ミッドマーケット", "中堅", "b"]),
            (Tier::Smb, &["scale", "small", "中小", "c"]), (Tier::TechTouch, &["tech touch", "plg", "テックタッチ", "d"]),
        ], Tier::ALL, Tier::key),
        a.stage => cells.word("stage", &[
            (Stage::Onboarding, &["オンボーディング", "導入"]), (Stage::Adoption, &["アダプション", "定着"]), (Stage::Growth, &["retention", "growth/retention", "成長・維持", "成長"]),
            (Stage::Renewal, &["更新"]), (Stage::Advocacy, &["アドボカシー"]),
        ], Stage::ALL, Stage::key),
    }
    people(cells, &mut a);
    if !cells.has("recorded") {
        a.recorded = cells.fit.layout.as_of.or(a.recorded);
    }
    // An amount without a known currency is no money. It is kept as a number, because a back-test
    // may learn from it.
    let mut bare = false;
    match yearly(cells, "arr", "mrr") {
        Ok(found) => lay! { a.arr => found },
        Err(bad) if bad.reason == Reason::NoCurrency => {
            a.attributes.insert(bad.column, bad.value);
            bare = true;
        }
        Err(bad) => cells.skip(bad),
    }
    a.attributes.extend(cells.others());
    // A lifetime value without a currency cannot be compared and is left out.
    match cells.money("lifetime_value") {
        Ok(Some(value)) => a.lifetime_value = Some(value),
        Err(bad) if bad.reason == Reason::NoCurrency => {
            a.attributes.insert(bad.column, bad.value);
        }
        _ => {}
    }
    if let Some(goals) = cells.list("goals") {
        a.goals = goals.into_iter().map(|text| goal(text, &a.goals)).collect();
    }
    a.oddities = Vec::new();
    if a.contract_start.zip(a.renewal).is_some_and(|(s, r)| r < s) {
        a.oddities.push(Oddity::EndBeforeStart);
    }
    if bare {
        a.oddities.push(Oddity::NoCurrency);
    }
    if a.arr.is_some_and(|m| m.minor < 0) {
        a.oddities.push(Oddity::Negative);
    }
    Ok(a)
}

/// The column that names the owner: where none says so, the one of the account manager.
fn owner_column(cells: &Cells) -> &'static str {
    match cells.has("owner") {
        true => "owner",
        false => "account_manager",
    }
}

/// Our people by the columns that name them. The column that names the owner names nobody else.
fn people(cells: &Cells, a: &mut Account) {
    const OURS: [(&str, Role); 6] = [
        ("account_manager", Role::AccountManager),
        ("csm_manager", Role::Manager),
        ("implementation", Role::Implementation),
        ("support_lead", Role::Support),
        ("product_contact", Role::Product),
        ("our_sponsor", Role::Sponsor),
    ];
    for (field, role) in OURS {
        if field == owner_column(cells) {
            continue;
        }
        let named = cells.text(field).filter(|name| !is_nobody(name));
        if let Some(person) = named.and_then(|text| Person::read_loosely(&text)) {
            a.people.set(role, person);
        }
    }
}

/// The existing goal with this text, else a new one.
fn goal(text: String, known: &[Goal]) -> Goal {
    let same = known.iter().find(|g| g.text == text).cloned();
    same.unwrap_or(Goal {
        text,
        status: GoalStatus::Open,
        reached: None,
        due: None,
    })
}
