//! A person's word on the risk of an account, as one undoable step.

use super::{By, Refusal};
use crate::domain::account::Account;
use crate::domain::change::{Change, Label, Operation};
use crate::domain::facts::outcome::Cause;
use crate::domain::risk::assessment::{Assessment, Voice, Why};
use crate::domain::risk::{Chance, Lane, Level};
use crate::domain::text::visible;
use crate::services::dates;
use crate::words;

/// A word on the risk, as typed. What is empty is left as it was said before.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    pub voice: Voice,
    pub said_by: &'a str,
    /// The day on which it was said; today where it is empty.
    pub on: &'a str,
    pub at_risk: bool,
    pub likelihood: Option<Level>,
    pub chance: Option<Chance>,
    pub cause: Option<Cause>,
    pub rival: &'a str,
    pub value: Option<Level>,
    pub lane: Option<Lane>,
    pub why: Option<Why>,
    pub words: &'a str,
}

impl Default for Typed<'_> {
    fn default() -> Self {
        Self {
            voice: Voice::Csm,
            said_by: "",
            on: "",
            at_risk: true,
            likelihood: None,
            chance: None,
            cause: None,
            rival: "",
            value: None,
            lane: None,
            why: None,
            words: "",
        }
    }
}

/// The fields of [`Typed`], as forms and refusals name them.
pub mod field {
    pub const ON: &str = "on";
    pub const SAID_BY: &str = "said-by";
    pub const WORDS: &str = "words";
    pub const RIVAL: &str = "rival";
}

/// Keeps what a person says of the risk of an account.
///
/// # Errors
/// If nothing is said, the day cannot be read or is to come, a text is too long, or a move has no reason.
pub fn assess(account: &Account, given: Typed, by: &mut By) -> Result<Operation, Refusal> {
    for (name, text) in [
        (field::WORDS, given.words),
        (field::RIVAL, given.rival),
        (field::SAID_BY, given.said_by),
    ] {
        Refusal::of_long_text(name, text)?;
    }
    let on = match given.on.trim() {
        "" => by.today(),
        text => dates::read_past(text, by.now)
            .ok_or_else(|| Refusal::new(field::ON, words::common::not_a_date))?,
    };
    if on > by.today() {
        return Err(Refusal::new(field::ON, words::risk::said_later));
    }
    if given.lane.is_some() && given.why.is_none() {
        return Err(Refusal::new("why", words::risk::why_moved));
    }
    let (words, rival) = (given.words.trim().to_owned(), visible(given.rival));
    let says = given.likelihood.is_some()
        || given.chance.is_some()
        || given.cause.is_some()
        || given.value.is_some()
        || given.lane.is_some()
        || !words.is_empty()
        || !rival.is_empty();
    if given.at_risk && !says {
        return Err(Refusal::new("", words::risk::say_something));
    }
    let assessment = Assessment {
        id: by.id(),
        account: account.id.clone(),
        voice: given.voice,
        said_by: visible(given.said_by),
        on,
        recorded_by: by.name(),
        at: by.now.at,
        at_risk: given.at_risk,
        likelihood: given.likelihood,
        chance: given.chance,
        cause: given.cause,
        rival,
        value: given.value,
        lane: given.lane,
        why: given.why,
        words,
    };
    let label = Label::Assessment {
        account: account.name.clone(),
    };
    Ok(by.operation(label, vec![Change::create(assessment)]))
}
