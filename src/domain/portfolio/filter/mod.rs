//! The language of filters: `band:red renewal<90 (tier:enterprise or arr>1m) -owner:佐藤 word "two words"`. One parser
//! for the portfolio's filter, saved views and whatever else asks something of an account.

mod asked;
pub mod catalogue;
mod complete;
mod dossier_words;
mod grammar;
mod row_words;
mod term;
mod value;

pub use asked::{Answers, Asked};
pub use complete::{Completion, complete};
pub use term::{Unknown, band};

use chrono::NaiveDate;

use self::grammar::Node;
use self::term::Term;
use crate::domain::portfolio::row::Row;
use crate::domain::portfolio::search::Haystack;

/// A parsed filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    node: Node,
    /// Folded words that must all be found, for the ranked search: those that stand in no alternative, negation or
    /// quotation.
    pub words: Vec<String>,
    /// A filter with one of them matches no row, and the user is told.
    pub unknown: Vec<Unknown>,
}

impl Default for Query {
    fn default() -> Self {
        Self::parse("")
    }
}

/// What a filter is asked of: a row, and what is known beside it.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub row: &'a Row,
    /// Its searchable text, where it is at hand.
    pub haystack: Option<&'a Haystack>,
    pub today: NaiveDate,
    /// What the store said to [`Query::beyond`].
    pub answers: &'a Answers,
}

impl Query {
    /// Parses a line. A word that is no term is searched for, so typing never fails.
    pub fn parse(text: &str) -> Self {
        let (node, unknown) = grammar::parse(text);
        // The words of the line itself are ranked by the search.
        let parts = match node {
            Node::All(parts) => parts,
            other => vec![other],
        };
        let mut words = Vec::new();
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Node::Word(word) => words.push(word),
                other => rest.push(other),
            }
        }
        Self {
            node: Node::All(rest),
            words,
            unknown,
        }
    }

    /// Whether archived accounts are asked for.
    pub fn wants_archived(&self) -> bool {
        terms(&self.node).iter().any(|t| t.wants_archived())
    }

    /// Whether the filter finds a row; the words are left to the search. What is unknown of the row is found neither by
    /// a term nor by its negation.
    pub fn holds(&self, asking: Asking) -> bool {
        self.unknown.is_empty() && of_row(&self.node, asking) == Some(true)
    }

    /// What only the store can answer: words that read more than rows hold, and texts that some of the rows hold cut.
    pub fn beyond<'a>(&self, rows: impl Iterator<Item = &'a Row> + Clone) -> Vec<Asked> {
        let mut out: Vec<Asked> = Vec::new();
        for asked in terms(&self.node).into_iter().filter_map(Asked::of_term) {
            let wanted = match &asked {
                Asked::Attribute(text) => rows.clone().any(|r| text.is_cut_in(&r.account)),
                Asked::Term(_) => true,
            };
            if wanted && !out.contains(&asked) {
                out.push(asked);
            }
        }
        out
    }
}

/// Whether a part holds of a row; none where that is unknown.
fn of_row(node: &Node, asking: Asking) -> Option<bool> {
    match node {
        Node::All(parts) => all(parts.iter().map(|part| of_row(part, asking))),
        Node::Any(parts) => all(parts
            .iter()
            .map(|part| of_row(part, asking).map(|holds| !holds)))
        .map(|none| !none),
        Node::Not(part) => of_row(part, asking).map(|holds| !holds),
        Node::Term(term) => of_term(term, asking),
        Node::Word(text) | Node::Phrase(text) => Some(match asking.haystack {
            Some(haystack) => haystack.holds(text),
            None => Haystack::of(&asking.row.account).holds(text),
        }),
    }
}

fn of_term(term: &Term, asking: Asking) -> Option<bool> {
    let account = &asking.row.account;
    match term.attribute() {
        Some(text) => Some(asking.answers.holds(text, account)),
        None if term.reads_records() => asking.answers.of(term, &account.id),
        None => term.of_row(asking.row, asking.today),
    }
}

/// Whether all hold: false where one does not, unknown where one is and no other is false.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut out = Some(true);
    for part in parts {
        match part {
            Some(true) => {}
            Some(false) => return Some(false),
            None => out = None,
        }
    }
    out
}

/// All terms of a part.
fn terms(node: &Node) -> Vec<&Term> {
    match node {
        Node::All(parts) | Node::Any(parts) => parts.iter().flat_map(terms).collect(),
        Node::Not(part) => terms(part),
        Node::Term(term) => vec![term],
        Node::Word(_) | Node::Phrase(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
