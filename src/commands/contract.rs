//! `kenshin contract`: the contracts of an account, and one that is kept by hand.

use chrono::NaiveDate;
use clap::ArgMatches;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arguments::{account, flag, given, json as json_argument, one_of, option, or_empty};
use super::command::{Command, Run};
use super::session::{Done, Session};
use crate::domain::account::Account;
use crate::domain::facts::subscription::{Renews, Subscription, Tax};
use crate::domain::failure::Failure;
use crate::domain::text::fold;
use crate::ops::contracts::{AsTyped, Typed, contract, keep};
use crate::ops::{Refusal, merging};
use crate::runtime::context::Context;
use crate::runtime::question::{Ask, Question};
use crate::runtime::said::{Said, Whole};
use crate::runtime::{contracts, find_account};
use crate::store::Store;
use crate::words::contracts::{follows, standing};
use crate::words::{self, Lang, words};

words! {
    about: "Show an account's contracts, or keep one", "アカウントの契約を表示、または契約を登録・変更";
    new_help: "Add a contract", "契約を追加";
    contract_help: "The contract to change: its id or product", "変更する契約（IDまたは製品名）";
    product_help: "Product", "製品";
    start_help: "First day", "開始日";
    end_help: "Last paid day", "満了日";
    value_help: "Yearly value", "年額";
    tax_help: "Whether the value is before or with tax", "年額の税区分";
    seats_help: "Seats", "席数";
    term_help: "Length of the term: 12, 1 year", "契約期間（12、1年など）";
    renews_help: "How it renews", "更新の方法";
    renews_for_help: "Length for which it renews", "更新後の期間";
    notice_help: "Notice before the end: 30 days, 3 months", "解約予告期間（30日、3か月など）";
    from_help: "Day from which the new value or seats hold (today without it; the first day corrects them)", "新しい年額・席数の適用日（省略すると今日、開始日なら訂正）";
    into_help: "Merge it into another contract (its ID or product), which pays both from then on", "他の契約に統合（統合先のIDまたは製品名）。以後は統合先が両方の額になります";
    why_help: "Why they change", "変更の理由";
    none(name): "{name} has no contract", "{name}には契約がありません";
}

pub const COMMAND: Command = Command {
    path: &["contract"],
    about,
    arguments,
    run: Run::Asks(&[Question::of::<Request>()], run),
};

fn arguments(command: clap::Command, lang: Lang) -> clap::Command {
    let tax = option("tax", tax_help(lang)).value_name("TAX");
    let renews = option("renews", renews_help(lang)).value_name("HOW");
    command
        .arg(account(lang))
        .arg(flag("new", new_help(lang)))
        .arg(option("contract", contract_help(lang)).value_name("CONTRACT"))
        .arg(option("product", product_help(lang)).value_name("NAME"))
        .arg(option("start", start_help(lang)).value_name("DATE"))
        .arg(option("end", end_help(lang)).value_name("DATE"))
        .arg(option("value", value_help(lang)).value_name("AMOUNT"))
        .arg(one_of(tax, Tax::ALL.iter().map(|t| t.key())))
        .arg(option("seats", seats_help(lang)).value_name("NUMBER"))
        .arg(option("term", term_help(lang)).value_name("LENGTH"))
        .arg(one_of(renews, Renews::ALL.iter().map(|r| r.key())))
        .arg(option("renews-for", renews_for_help(lang)).value_name("LENGTH"))
        .arg(option("notice", notice_help(lang)).value_name("LENGTH"))
        .arg(option("from", from_help(lang)).value_name("DATE"))
        .arg(option("into", into_help(lang)).value_name("CONTRACT"))
        .arg(option("why", why_help(lang)).value_name("TEXT"))
        .arg(json_argument(lang))
}

fn run(session: &mut Session, m: &ArgMatches) -> Done {
    session.answer(Request {
        account: given(m, "account").unwrap_or_default(),
        new: m.get_flag("new"),
        contract: given(m, "contract"),
        product: given(m, "product"),
        start: given(m, "start"),
        end: given(m, "end"),
        value: given(m, "value"),
        tax: given(m, "tax"),
        seats: given(m, "seats"),
        term: given(m, "term"),
        renews: given(m, "renews"),
        renews_for: given(m, "renews-for"),
        notice: given(m, "notice"),
        from: or_empty(m, "from"),
        into: or_empty(m, "into"),
        why: or_empty(m, "why"),
    })
}

/// What is not given stays as it is.
#[derive(Serialize, Deserialize)]
struct Request {
    account: String,
    new: bool,
    contract: Option<String>,
    product: Option<String>,
    start: Option<String>,
    end: Option<String>,
    value: Option<String>,
    tax: Option<String>,
    seats: Option<String>,
    term: Option<String>,
    renews: Option<String>,
    renews_for: Option<String>,
    notice: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    into: String,
    #[serde(default)]
    why: String,
}

impl Ask for Request {
    const ASK: &'static str = "contract";

    fn writes(&self) -> bool {
        self.new || self.contract.is_some() || !self.into.is_empty()
    }

    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        let (lang, today) = (context.lang, context.now.today());
        let account = find_account::one(store, context.held, &self.account)?;
        let held = contracts::read(store, &account.id, today)?;
        let (contracts, stands) = held
            .map(|held| (held.contracts, held.stands))
            .unwrap_or_default();
        if !self.writes() {
            let both = contracts.iter().zip(&stands);
            let lines = both.map(|(s, now)| line(s, today, &standing(s, now, today, lang)));
            let mut said = lines.collect::<Vec<_>>().join("\n");
            if said.is_empty() {
                said = none(lang, &account.name);
            }
            let json: Vec<Value> = contracts.iter().map(|s| json!(s)).collect();
            return Ok(
                Whole::new(json!({ "account": account.id, "contracts": json }), said).into(),
            );
        }
        let known = self.known(&contracts);
        let known = known.map_err(|r| context.refusal(&r))?;
        if !self.into.is_empty() {
            return self.merge(store, context, &account, &contracts, known);
        }
        let was = known.as_ref().map(|s| AsTyped::of(s, lang));
        let text = |given: &Option<String>, of: fn(&AsTyped) -> &String| {
            given
                .clone()
                .or_else(|| was.as_ref().map(|w| of(w).clone()))
                .unwrap_or_default()
        };
        let texts = [
            text(&self.product, |w| &w.product),
            text(&self.start, |w| &w.start),
            text(&self.end, |w| &w.end),
            text(&self.value, |w| &w.value),
            text(&self.seats, |w| &w.seats),
            text(&self.term, |w| &w.term),
            text(&self.renews_for, |w| &w.renews_for),
            text(&self.notice, |w| &w.notice),
        ];
        let [product, start, end, value, seats, term, renews_for, notice] =
            texts.each_ref().map(String::as_str);
        let stated = |s: &Subscription| (s.tax, s.renews());
        let (tax, renews) = known.as_ref().map(stated).unwrap_or_default();
        let typed = Typed {
            product,
            start,
            end,
            value,
            tax: self.tax.as_deref().and_then(Tax::parse).or(tax),
            seats,
            term,
            renews_for,
            notice,
            renews: self.renews.as_deref().and_then(Renews::parse).or(renews),
            from: &self.from,
            why: &self.why,
        };
        let made = contract(&account, known.as_ref(), typed, &mut context.by());
        let made = made.map_err(|r| context.refusal(&r))?;
        let (json, said) = (
            json!({ "account": account.id, "contract": made }),
            line(&made, today, &follows(&made, today, lang)),
        );
        let Some(operation) = keep(&account, known.as_ref(), made, &mut context.by()) else {
            return Ok(Whole::new(json, words::contracts::nothing_changed(lang).to_owned()).into());
        };
        store.commit(&operation)?;
        Ok(Whole::new(json, format!("{}: {said}", account.name))
            .with_operation(Some(operation))
            .into())
    }
}

impl Request {
    /// The contract that is to be changed; none for a new one.
    fn known(&self, contracts: &[Subscription]) -> Result<Option<Subscription>, Refusal> {
        let Some(text) = &self.contract else {
            return Ok(None);
        };
        let same = |s: &&Subscription| s.id.as_str() == text || fold(&s.plan) == fold(text);
        let found = contracts.iter().find(same).cloned();
        let refusal = || Refusal::new("contract", |lang| words::contracts::no_such(lang, text));
        found.map(Some).ok_or_else(refusal)
    }

    fn merge(
        &self,
        store: &mut Store,
        context: &mut Context,
        account: &Account,
        contracts: &[Subscription],
        known: Option<Subscription>,
    ) -> Result<Said, Failure> {
        let lang = context.lang;
        let typed = merging::Typed {
            into: &self.into,
            from: &self.from,
            why: &self.why,
        };
        let which = || Refusal::new("contract", words::contracts::which_merges);
        let made = known
            .ok_or_else(which)
            .and_then(|known| merging::merged(contracts, &known, typed, &context.by()));
        let both = made.map_err(|r| context.refusal(&r))?;
        let said = format!("{}: {}", account.name, merging::follows(&both, lang));
        let json = json!({ "account": account.id, "contract": both.ended, "into": both.into });
        let operation = merging::keep(account, contracts, both, &mut context.by());
        store.commit(&operation)?;
        Ok(Whole::new(json, said)
            .with_operation(Some(operation))
            .into())
    }
}

fn line(s: &Subscription, today: NaiveDate, follows: &str) -> String {
    let parts = [
        Some(s.id.to_string()),
        Some(s.plan.clone()).filter(|plan| !plan.is_empty()),
        s.arr_on(today).map(|m| m.short()),
        Some(follows.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
