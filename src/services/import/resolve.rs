//! The account of a row. An exact id, name or known key identifies it. Anything else is never
//! guessed: the row is rejected and lists the nearest names.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::loose_ids::{is_long_form, loose_id};
use super::mapping::Through;
use super::{ExistingData, Options, Reason};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::lookalike::{compared_domain, compared_name};
use crate::domain::portfolio::search::{Haystack, Search};
use crate::domain::text::{clean_line, fold, visible};

/// The word and its value for the account by which the user says that numbers lack their leading noughts.
pub const SHORT_IDS: (&str, &str) = ("*", "leading-zeros");

pub struct Catalog {
    accounts: HashMap<AccountId, Account>,
    /// Name, reading or domain in compared form → account; none where two share it.
    names: HashMap<String, Option<AccountId>>,
    /// Alias in compared form → account. A name of an account goes before an alias of another.
    aliases: HashMap<String, AccountId>,
    keys: HashMap<Through, HashMap<String, (AccountId, Option<NaiveDate>)>>,
    /// Accounts by their id without what spreadsheets and CRMs add to it or take from it.
    loose: HashMap<String, Vec<AccountId>>,
    /// Accounts by the words of their name without legal form and variants of kanji.
    alike: HashMap<String, Vec<AccountId>>,
    near: HashMap<String, Vec<String>>,
    /// The search texts for unknown names, built at the first one.
    hay: Vec<(AccountId, Haystack)>,
}

/// The compared form of a company's name: signs for the legal form are spelled out, and spaces,
/// commas and dots beside it are dropped.
fn known_as(name: &str) -> String {
    const FORMS: [(&str, &str); 5] = [
        ("(株)", "株式会社"),
        ("(有)", "有限会社"),
        ("(同)", "合同会社"),
        ("(一社)", "一般社団法人"),
        ("(財)", "財団法人"),
    ];
    let mut out = fold(name);
    for (short, form) in FORMS {
        out = out.replace(short, form);
    }
    out.replace([',', '.'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(if out.is_ascii() { " " } else { "" })
}

/// Whether a row is about an existing account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    Known(AccountId),
    /// Nothing proves it, but the name or the domain is the same.
    Like(AccountId),
    New,
}

/// Domains of mail providers, which many companies share.
fn is_shared_domain(domain: &str) -> bool {
    [
        "gmail.com",
        "yahoo.co.jp",
        "yahoo.com",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "outlook.jp",
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "softbank.ne.jp",
        "example.com",
    ]
    .contains(&domain)
}

impl Catalog {
    pub fn new(existing: &dyn ExistingData) -> Result<Self, Failure> {
        let mut catalog = Self {
            accounts: HashMap::new(),
            names: HashMap::new(),
            aliases: HashMap::new(),
            keys: HashMap::new(),
            loose: HashMap::new(),
            alike: HashMap::new(),
            near: HashMap::new(),
            hay: Vec::new(),
        };
        for account in existing.accounts()? {
            catalog.put(account);
        }
        for through in [Through::Subscription, Through::Contact] {
            let keys = existing
                .keys(through)?
                .into_iter()
                .map(|(k, a, d)| (k, (a, d)))
                .collect();
            catalog.keys.insert(through, keys);
        }
        Ok(catalog)
    }

    pub fn get(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.get(id)
    }

    pub fn put(&mut self, account: Account) {
        let known = self.accounts.get(&account.id);
        if known.is_none_or(|k| {
            (&k.name, &k.reading, &k.domain) != (&account.name, &account.reading, &account.domain)
        }) {
            self.hay.clear();
            for name in [
                known_as(&account.name),
                compared_domain(&account.domain),
                fold(&account.reading),
            ]
            .into_iter()
            .filter(|n| !n.is_empty())
            {
                let entry = self
                    .names
                    .entry(name)
                    .or_insert_with(|| Some(account.id.clone()));
                if entry.as_ref() != Some(&account.id) {
                    *entry = None;
                }
            }
        }
        if known.is_none_or(|k| k.name != account.name) {
            let ids = self.alike.entry(compared_name(&account.name)).or_default();
            if !ids.contains(&account.id) {
                ids.push(account.id.clone());
            }
        }
        if known.is_none() {
            let ids = self.loose.entry(loose_id(account.id.as_str())).or_default();
            ids.push(account.id.clone());
        }
        for alias in &account.aliases {
            self.aliases.insert(known_as(alias), account.id.clone());
        }
        self.accounts.insert(account.id.clone(), account);
    }

    /// The account into which another with this id or name was merged; none where an account has it itself.
    pub fn alias(&self, text: &str) -> Option<&AccountId> {
        let own = self.accounts.contains_key(&AccountId::new(text))
            || self.names.contains_key(&known_as(text));
        self.aliases.get(&known_as(text)).filter(|_| !own)
    }

    pub fn put_key(
        &mut self,
        through: Through,
        key: String,
        account: AccountId,
        start: Option<NaiveDate>,
    ) {
        self.keys
            .entry(through)
            .or_default()
            .insert(key, (account, start));
    }

    /// Whether a row with this id, name and domain is about an existing account.
    pub fn same(&self, id: &AccountId, name: Option<&str>, domain: Option<&str>) -> Same {
        if self.accounts.contains_key(id) {
            return Same::Known(id.clone());
        }
        let named = name.and_then(|n| self.names.get(&known_as(n)).cloned().flatten());
        let loose = self.loose.get(&loose_id(id.as_str())).into_iter().flatten();
        for other in loose {
            // The long form of an id is the short one with letters that check it.
            if is_long_form(id.as_str(), other.as_str()) || named.as_ref() == Some(other) {
                return Same::Known(other.clone());
            }
        }
        let shortened = self
            .loose
            .get(&loose_id(id.as_str()))
            .and_then(|ids| ids.first());
        let of_domain = domain
            .map(compared_domain)
            .filter(|d| !d.is_empty() && !is_shared_domain(d))
            .and_then(|d| self.names.get(&d).cloned().flatten());
        let alike = || self.alike(name?).first().cloned();
        match named.or_else(alike).or(of_domain).or(shortened.cloned()) {
            Some(existing) => Same::Like(existing),
            None => Same::New,
        }
    }

    /// Accounts whose names differ from this one only in the legal form or in variants of kanji.
    fn alike(&self, name: &str) -> &[AccountId] {
        self.alike
            .get(&compared_name(name))
            .map_or(&[], Vec::as_slice)
    }

    /// The account with this id or exact name.
    pub fn exact(&self, text: &str) -> Option<&AccountId> {
        if let Some((id, _)) = self.accounts.get_key_value(&AccountId::new(text)) {
            return Some(id);
        }
        let long = |other: &&AccountId| is_long_form(text, other.as_str());
        if let Some(id) = self
            .loose
            .get(&loose_id(text))
            .into_iter()
            .flatten()
            .find(long)
        {
            return Some(id);
        }
        self.names
            .get(&known_as(text))
            .or_else(|| self.names.get(&fold(text)))
            .map_or_else(|| self.alias(text), Option::as_ref)
    }

    /// The account a cell names, and the first day of its contract. `short_ids` says whether numbers may
    /// lack their leading noughts.
    pub fn find(
        &mut self,
        cell: &str,
        through: Option<Through>,
        options: &Options,
        short_ids: bool,
    ) -> Result<(AccountId, Option<NaiveDate>), Reason> {
        if let Some(id) = &options.account {
            return Ok((id.clone(), self.start(id)));
        }
        let text = visible(cell);
        if text.is_empty() {
            return Err(Reason::NoAccount);
        }
        if let Some(through) = through {
            if let Some((id, start)) = self.keys.get(&through).and_then(|k| k.get(&text)) {
                return Ok((id.clone(), *start));
            }
            if let Some(id) = self.exact(&text).cloned() {
                let start = self.start(&id);
                return Ok((id, start));
            }
            return Err(Reason::UnknownKey { through });
        }
        // An answer is about the cell as the review showed it.
        let shown = clean_line(cell);
        let answer = options.answers.get(&text);
        if let Some(id) = answer.or_else(|| options.answers.get(&shown)) {
            return Ok((id.clone(), self.start(id)));
        }
        if let Some(id) = self.exact(&text).cloned() {
            let start = self.start(&id);
            return Ok((id, start));
        }
        if self
            .names
            .get(&known_as(&text))
            .is_some_and(Option::is_none)
        {
            let candidates = self
                .accounts
                .values()
                .filter(|a| known_as(&a.name) == known_as(&text) || fold(&a.reading) == fold(&text))
                .map(|a| format!("{} ({})", a.name, a.id))
                .collect();
            return Err(Reason::SeveralAccounts { candidates });
        }
        if let Some(id) = self.without_noughts(&text) {
            if short_ids {
                return Ok((id.clone(), self.start(id)));
            }
            return Err(Reason::ShortId {
                id: id.clone(),
                name: self.accounts[id].name.clone(),
            });
        }
        if options.create_accounts {
            let account = Account::new(AccountId::new(&text), text.clone());
            let id = account.id.clone();
            self.put(account);
            return Ok((id, None));
        }
        let alike = self.alike(&text).iter();
        let mut near: Vec<String> = alike
            .filter_map(|id| Some(self.accounts.get(id)?.name.clone()))
            .take(3)
            .collect();
        // A number that a spreadsheet shortened, of several accounts: 123 for 00123 or 0123.
        let shortened = self.loose.get(&loose_id(&text)).into_iter().flatten();
        near.extend(shortened.take(3).map(|id| self.accounts[id].name.clone()));
        for name in self.nearest(&text) {
            if near.len() < 3 && !near.contains(&name) {
                near.push(name);
            }
        }
        Err(Reason::UnknownAccount { near })
    }

    /// The one account whose id is this number with or without leading noughts.
    fn without_noughts(&self, text: &str) -> Option<&AccountId> {
        let is_number = text.bytes().all(|b| b.is_ascii_digit());
        match self.loose.get(&loose_id(text)).map(Vec::as_slice) {
            Some([one]) if is_number => Some(one),
            _ => None,
        }
    }

    fn start(&self, id: &AccountId) -> Option<NaiveDate> {
        self.accounts.get(id).and_then(|a| a.contract_start)
    }

    /// Up to three names similar to the text.
    fn nearest(&mut self, text: &str) -> Vec<String> {
        // A file of unknown names would search for each of them, so only a few thousand are
        // searched.
        const REMEMBERED: usize = 2_000;
        if let Some(near) = self.near.get(text) {
            return near.clone();
        }
        if self.near.len() >= REMEMBERED {
            return Vec::new();
        }
        // For a misspelt name: the longest beginning that some account shares.
        let letters: Vec<char> = text.chars().collect();
        if self.hay.is_empty() {
            self.hay = self
                .accounts
                .values()
                .map(|a| (a.id.clone(), Haystack::of(a)))
                .collect();
        }
        let begin_so = |n: usize| {
            let words: Vec<String> = letters[..n]
                .iter()
                .collect::<String>()
                .split_whitespace()
                .map(fold)
                .collect();
            let search = Search::by_name(&words);
            self.hay
                .iter()
                .filter_map(|(id, hay)| {
                    Some((search.rank(hay)?, self.accounts.get(id)?.name.as_str()))
                })
                .collect::<Vec<_>>()
        };
        let mut hits = (2..=letters.len())
            .rev()
            .map(begin_so)
            .find(|hits| !hits.is_empty())
            .unwrap_or_default();
        hits.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let near: Vec<String> = hits
            .into_iter()
            .take(3)
            .map(|(_, name)| name.to_owned())
            .collect();
        self.near.insert(text.to_owned(), near.clone());
        near
    }

    /// The accounts created at the user's request.
    pub fn into_accounts(self) -> HashMap<AccountId, Account> {
        self.accounts
    }
}
