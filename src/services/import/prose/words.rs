//! A proposal in words: what is asked, what contradicts the records, and why lines are in no note.

use chrono::{Datelike, NaiveDate, Weekday};

use super::contradictions::Contradiction;
use super::piece::Why;
use super::proposal::{Call, Question, State};
use crate::words::{self, Lang};

impl Contradiction {
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::IdName { id, of, said } => words::prose::id_against(lang, id, of, said),
            Self::Weekday { day, said } => {
                let name = |day: Weekday| match lang {
                    Lang::En => words::dates::weekday(lang, day).to_owned(),
                    Lang::Ja => format!("{}曜日", words::dates::weekday(lang, day)),
                };
                words::prose::weekday_against(lang, day, name(day.weekday()), name(*said))
            }
            Self::Future { day } => words::prose::future(lang, day),
            Self::Renewal {
                line,
                said,
                recorded,
            } => words::prose::renewal_against(lang, line, said, recorded),
        }
    }
}

impl Why {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Rule => words::prose::why_rule(lang),
            Self::Title => words::prose::why_title(lang),
            Self::Shared => words::prose::why_shared(lang),
            Self::Unreadable => words::prose::why_unreadable(lang),
        }
    }

    /// Its name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Rule => "separator",
            Self::Title => "title",
            Self::Shared => "shared-heading",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Question {
    /// Its name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Day => "day",
        }
    }
}

impl Call {
    /// What is asked about it, one line each.
    pub fn asks(&self, lang: Lang) -> Vec<String> {
        let ask = |question: &Question| match question {
            Question::Account => self.ask_account(lang),
            Question::Day => self.ask_day(lang),
        };
        self.questions.iter().map(ask).collect()
    }

    fn ask_account(&self, lang: Lang) -> String {
        let ask = if self.said.is_empty() {
            words::prose::which_account_none(lang).to_owned()
        } else if self.near.len() > 1 && self.near.iter().all(|n| n.name == self.near[0].name) {
            words::prose::several_accounts(lang, &self.said)
        } else {
            words::prose::which_account(lang, &self.said)
        };
        if self.near.is_empty() {
            return ask;
        }
        let names = self.near.iter().map(|n| format!("{} ({})", n.name, n.id));
        let names: Vec<String> = names.collect();
        let names = names.join(words::common::list_comma(lang));
        format!("{ask} {}", words::prose::near(lang, names))
    }

    fn ask_day(&self, lang: Lang) -> String {
        match (self.day, self.day_said.as_str()) {
            (_, "") => words::prose::which_day(lang).to_owned(),
            (Some(day), said) => words::prose::which_day_maybe(lang, said, day),
            (None, said) => words::prose::which_day_of(lang, said),
        }
    }

    /// The people, with those that are no contacts marked as such.
    pub fn with(&self, lang: Lang) -> String {
        let names = self.people.iter().map(|p| {
            if p.known || self.account.is_none() {
                p.name.clone()
            } else {
                words::prose::unknown_person(lang, &p.name)
            }
        });
        let names: Vec<String> = names.collect();
        names.join(words::common::list_comma(lang))
    }

    /// Why it becomes no note, other than for a question.
    pub fn state_words(&self, lang: Lang) -> Option<String> {
        match self.state {
            State::Open => None,
            State::Known => Some(words::prose::is_known(lang).to_owned()),
            State::Again { line } => Some(words::prose::is_again(lang, line)),
            State::Out => Some(words::prose::is_out(lang).to_owned()),
        }
    }
}

/// A day as lists show it.
pub fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "????-??-??".to_owned(), |d| d.to_string())
}
