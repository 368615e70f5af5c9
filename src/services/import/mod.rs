//! Import: exports of other systems become one undoable operation. Files are read twice, first to
//! look (which columns, which date order), then to take; nothing is guessed, and every row that
//! does not come in says why.

mod cells;
pub mod encoding;
mod line_ends;
mod look;
pub mod mapping;
mod periods;
mod planner;
mod records;
pub mod rejects;
mod resolve;
pub mod table;
mod usage;
mod usage_rows;
pub mod values;
mod words;

use crate::words::labels;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::account::Account;
use crate::domain::change::{Change, UsageChange};
use crate::domain::closed::closed;
use crate::domain::facts::Oddity;
use crate::domain::facts::usage::Usage;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::records::Record;
use crate::domain::when::Now;
use mapping::{Mapping, Through, Wish};
pub use planner::plan;
use table::Source;

closed! {
    /// The kinds of table, in the order in which they depend on each other.
    Kind {
        Accounts = "accounts", Contacts = "contacts", Subscriptions = "subscriptions", Tickets = "tickets",
        Surveys = "surveys", Interactions = "interactions", Outcomes = "outcomes", Usage = "usage",
    }
}

impl Kind {
    /// The fields a column may be mapped to.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Kind::Accounts => &[
                "id",
                "name",
                "reading",
                "domain",
                "industry",
                "country",
                "tier",
                "stage",
                "owner",
                "arr",
                "mrr",
                "currency",
                "contract_start",
                "renewal",
                "term_months",
                "seats",
                "plan",
                "goals",
                "tags",
                "expansion",
                "lifetime_value",
                "recorded",
            ],
            Kind::Contacts => &[
                "id",
                "account",
                "name",
                "first_name",
                "last_name",
                "reading",
                "first_reading",
                "last_reading",
                "title",
                "role",
                "email",
                "phone",
                "status",
                "since",
                "last_contacted",
                "influence",
            ],
            Kind::Subscriptions => &[
                "id",
                "account",
                "plan",
                "start",
                "end",
                "arr",
                "mrr",
                "currency",
                "seats",
                "period",
                "auto_renew",
                "trial",
                "downgraded",
                "status",
            ],
            Kind::Tickets => &[
                "id",
                "account",
                "subject",
                "body",
                "status",
                "priority",
                "opened",
                "first_answer",
                "first_answer_minutes",
                "solved",
                "escalated",
                "category",
                "requester",
                "csat",
            ],
            Kind::Surveys => &[
                "id",
                "account",
                "kind",
                "score",
                "date",
                "respondent",
                "comment",
            ],
            Kind::Interactions => &["id", "account", "kind", "at", "summary", "by", "attendance"],
            Kind::Outcomes => &[
                "id", "account", "kind", "date", "reason", "comment", "amount", "currency",
            ],
            Kind::Usage => &["account", "date", "metric", "feature", "value", "user"],
        }
    }

    /// Of each group at least one field must have a column.
    pub(crate) fn required(self) -> &'static [&'static [&'static str]] {
        match self {
            Kind::Accounts => &[&["id", "name"]],
            Kind::Contacts => &[&["name", "last_name", "email"]],
            Kind::Subscriptions => &[
                &["account"],
                &["arr", "mrr", "start", "end"],
                &["id", "start"],
            ],
            Kind::Tickets => &[&["id"], &["subject", "status", "opened", "priority"]],
            Kind::Surveys => &[&["score"]],
            Kind::Interactions => &[&["at"], &["kind", "summary"]],
            Kind::Outcomes => &[&["account"], &["kind", "date"]],
            Kind::Usage => &[&["account"], &["date"]],
        }
    }

    /// Words in a file's name that tip the balance.
    pub(crate) fn file_words(self) -> &'static [&'static str] {
        match self {
            Kind::Accounts => &[
                "account",
                "compan",
                "organi",
                "customer",
                "顧客",
                "会社",
                "取引先",
            ],
            Kind::Contacts => &["contact", "user", "people", "person", "連絡先", "担当"],
            Kind::Subscriptions => &["subscription", "contract", "契約"],
            Kind::Tickets => &["ticket", "case", "support", "問い合わせ"],
            Kind::Surveys => &["survey", "nps", "csat", "ces", "response", "アンケート"],
            Kind::Interactions => &["interaction", "activit", "touch", "meeting", "活動"],
            Kind::Outcomes => &["outcome", "churn", "renewal", "解約", "結果"],
            Kind::Usage => &["usage", "event", "metric", "利用", "使用"],
        }
    }
}

/// What the store holds already; the store implements it, and tests do.
pub trait Shelf {
    fn accounts(&self) -> Result<Vec<Account>, Failure>;
    /// All records of one account that imports may touch.
    fn records(&self, account: &AccountId) -> Result<Vec<Record>, Failure>;
    /// Keys of another table: key, account, and the first day of the contract where it has one.
    fn keys(
        &self,
        through: Through,
    ) -> Result<Vec<(String, AccountId, Option<NaiveDate>)>, Failure>;
    fn usage(&self, account: &AccountId) -> Result<Usage, Failure>;
}

/// How to import.
#[derive(Debug, Clone)]
pub struct Options {
    pub wish: Wish,
    pub sheet: Option<String>,
    /// All rows belong to this account, whatever they say.
    pub account: Option<AccountId>,
    /// Make an account for a name that is not known, because the user said so.
    pub create_accounts: bool,
    /// Answers the user gave: text in the file → account.
    pub answers: BTreeMap<String, AccountId>,
    pub now: Now,
}

/// Why a row stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NoAccount,
    UnknownAccount { near: Vec<String> },
    SeveralAccounts { candidates: Vec<String> },
    UnknownKey { through: Through },
    NotADate,
    NoDateOrder,
    NotANumber,
    NoCurrency,
    UnknownWord { allowed: Vec<&'static str> },
    Missing { field: &'static str },
    Duplicate { line: u64 },
    Unreadable { reason: String },
}

/// A row that stays out: where, what and why, with its cells so that it can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub file: String,
    /// The file's place in the plan: names may repeat.
    pub index: usize,
    pub line: u64,
    pub column: String,
    pub value: String,
    pub reason: Reason,
    pub cells: Vec<String>,
}

/// A row that came in though it cannot be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    pub file: String,
    pub line: u64,
    pub oddity: Oddity,
}

/// A file as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReport {
    pub name: String,
    pub headers: Vec<String>,
    pub kind: Option<Kind>,
    pub mapping: String,
    /// Field → header, as it was understood.
    pub columns: Vec<(String, String)>,
    /// Headers that no field was found for.
    pub ignored: Vec<String>,
    /// Headers whose cells are kept with the account as they are.
    pub kept: Vec<String>,
    pub rows: u64,
    /// Why the file as a whole was not read.
    pub problem: Option<FileProblem>,
}

impl FileReport {
    /// Of a file that nothing is known of yet.
    pub(crate) fn of(source: &Source) -> Self {
        Self {
            name: source.name.clone(),
            headers: Vec::new(),
            kind: None,
            mapping: String::new(),
            columns: Vec::new(),
            ignored: Vec::new(),
            kept: Vec::new(),
            rows: 0,
            problem: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileProblem {
    /// No layout fits its headers.
    Unrecognised,
    /// Neither headers nor rows.
    Empty,
    /// The same content as another file of the import.
    Again {
        first: String,
    },
    Unreadable {
        line: u64,
        reason: String,
    },
}

/// Records counted; for usage, new, changed and unchanged are days of a metric.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: u64,
    pub flagged: u64,
}

/// What an import would do. Nothing has been written yet.
#[derive(Debug, Default)]
pub struct Plan {
    pub files: Vec<FileReport>,
    pub kinds: BTreeMap<Kind, Counts>,
    /// The first [`KEPT`]; the counts are of all.
    pub rejects: Vec<Reject>,
    pub flags: Vec<Flagged>,
    pub changes: Vec<Change>,
    /// A few of what is new or changed, for the preview.
    pub samples: BTreeMap<Kind, Vec<String>>,
    pub(crate) usage: usage::Gathered,
}

/// Rejects and flags kept one by one; beyond, they are only counted, so that memory stays bounded.
pub const KEPT: usize = 100_000;

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self
                .kinds
                .get(&Kind::Usage)
                .is_none_or(|c| c.new + c.changed == 0)
    }

    pub fn rejected(&self) -> u64 {
        self.kinds.values().map(|c| c.rejected).sum()
    }

    pub fn readable(&self) -> bool {
        self.files.iter().any(|f| f.problem.is_none())
    }

    /// Accounts that have usage to write.
    pub fn usage_accounts(&self) -> usize {
        self.usage.len()
    }

    /// The usage changes of one of them, read against what the store holds now: one at a time, so
    /// that memory stays bounded.
    pub fn usage_changes(
        &self,
        account: usize,
        shelf: &dyn Shelf,
    ) -> Result<Vec<UsageChange>, Failure> {
        self.usage.changes(account, shelf)
    }
}

/// The mappings to try: the user's own first.
pub fn mappings(own: Vec<Mapping>) -> Vec<Mapping> {
    let mut all = own;
    all.extend(mapping::shipped());
    all
}

/// Sources and everything needed to plan them.
pub struct Request<'a> {
    pub sources: &'a [Source],
    pub mappings: &'a [Mapping],
    pub options: &'a Options,
    pub shelf: &'a dyn Shelf,
    /// Told now and then how many rows have been read.
    pub progress: &'a dyn Fn(u64),
}

labels! {
    words for Kind {
        Accounts: "accounts", "アカウント";
        Contacts: "contacts", "お客様担当者";
        Subscriptions: "subscriptions", "契約";
        Tickets: "tickets", "チケット";
        Surveys: "surveys", "アンケート";
        Interactions: "interactions", "連絡";
        Outcomes: "outcomes", "結果";
        Usage: "usage", "利用状況";
    }
}
