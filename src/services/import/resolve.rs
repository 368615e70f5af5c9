//! The account of a row. An exact id, name or known key identifies it. Anything else is never
//! guessed: the row is rejected and lists the nearest names.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::mapping::Through;
use super::{ExistingData, Options, Reason};
use crate::domain::account::Account;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::portfolio::search::{Haystack, Search};
use crate::domain::text::{clean_line, fold};

pub struct Catalog {
    accounts: HashMap<AccountId, Account>,
    /// Name, reading or domain in compared form → account; none where two share it.
    names: HashMap<String, Option<AccountId>>,
    /// Alias in compared form → account. A name of an account goes before an alias of another.
    aliases: HashMap<String, AccountId>,
    keys: HashMap<Through, HashMap<String, (AccountId, Option<NaiveDate>)>>,
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

impl Catalog {
    pub fn new(existing: &dyn ExistingData) -> Result<Self, Failure> {
        let mut catalog = Self {
            accounts: HashMap::new(),
            names: HashMap::new(),
            aliases: HashMap::new(),
            keys: HashMap::new(),
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
                fold(&account.domain),
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

    /// The account with this id or exact name.
    pub fn exact(&self, text: &str) -> Option<&AccountId> {
        if let Some((id, _)) = self.accounts.get_key_value(&AccountId::new(text)) {
            return Some(id);
        }
        self.names
            .get(&known_as(text))
            .or_else(|| self.names.get(&fold(text)))
            .map_or_else(|| self.alias(text), Option::as_ref)
    }

    /// The account a cell names, and the first day of its contract.
    pub fn find(
        &mut self,
        cell: &str,
        through: Option<Through>,
        options: &Options,
    ) -> Result<(AccountId, Option<NaiveDate>), Reason> {
        if let Some(id) = &options.account {
            return Ok((id.clone(), self.start(id)));
        }
        let text = clean_line(cell);
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
        if let Some(id) = options.answers.get(&text) {
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
        if options.create_accounts {
            let account = Account::new(AccountId::new(&text), text.clone());
            let id = account.id.clone();
            self.put(account);
            return Ok((id, None));
        }
        Err(Reason::UnknownAccount {
            near: self.nearest(&text),
        })
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
