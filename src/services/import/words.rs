//! The reasons of rejected rows and files, in words.

use super::mapping::Through;
use super::{FileProblem, Reason};
use crate::words::{self, Lang};

impl Reason {
    /// The reason in words.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Reason::NoAccount => words::importing::row_no_account(lang).into(),
            Reason::UnknownAccount { near } if near.is_empty() => {
                words::importing::row_unknown_account(lang).into()
            }
            Reason::UnknownAccount { near } => format!(
                "{}; {}",
                words::importing::row_unknown_account(lang),
                words::importing::row_near(lang, near.join(", "))
            ),
            Reason::SeveralAccounts { candidates } => {
                words::importing::row_several(lang, candidates.join(", "))
            }
            Reason::UnknownKey {
                through: Through::Subscription,
            } => words::importing::row_unknown_subscription(lang).into(),
            Reason::UnknownKey {
                through: Through::Contact,
            } => words::importing::row_unknown_contact(lang).into(),
            Reason::NotADate => words::importing::row_not_date(lang).into(),
            Reason::NoDateOrder => words::importing::row_no_order(lang).into(),
            Reason::NotANumber => words::importing::row_not_number(lang).into(),
            Reason::NoCurrency => words::importing::row_no_currency(lang).into(),
            Reason::UnknownWord { allowed } => words::importing::row_word(lang, allowed.join(", ")),
            Reason::Missing { field } => words::importing::row_missing(lang, field),
            Reason::Duplicate { line } => words::importing::row_duplicate(lang, line),
            Reason::Unreadable { reason } => words::importing::row_unreadable(lang, reason),
        }
    }
}

impl FileProblem {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            FileProblem::Refused(why) => why.words(lang),
            FileProblem::Unrecognised => words::importing::file_unrecognised(lang).into(),
            FileProblem::Empty => words::importing::file_empty(lang).into(),
            FileProblem::Again { first } => words::importing::file_again(lang, first),
            FileProblem::Unreadable { line: 0, reason } => reason.clone(),
            FileProblem::Unreadable { line, reason } => {
                words::importing::file_unreadable(lang, line, reason)
            }
        }
    }
}
