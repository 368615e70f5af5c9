//! Notes that people kept elsewhere: a text is split into calls, each with the account, day and people
//! it names. Pure; it proposes notes and writes none. Nothing is guessed: an account that is not named
//! exactly, or a day that the words do not prove, is a question to the user.

pub mod contradictions;
mod day;
mod fields;
mod heading;
mod known;
mod line;
mod names;
mod people;
mod piece;
mod proposal;
mod said;
mod source;
mod spelling;
mod split;
mod verdict;
mod words;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::ExistingData;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::note::Kind;
use crate::domain::text::clean;
use crate::services::dates::Order;
use contradictions::Contradiction;
use day::{Basis, Day};
use heading::Who;
use known::Known;
use names::Names;
use piece::{Piece, Split};

pub use proposal::{Call, Choice, LeftOut, Named, Proposal, Question, State};
pub use source::{Unfit, is_by_name, text_of};
pub use words::day as day_words;

/// One text, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of the file, for labels; empty for a pasted text.
    pub name: String,
    pub text: String,
    /// The day of the file: relative words count from it.
    pub day: Option<NaiveDate>,
}

/// The texts, and what the user has said about them.
pub struct Request<'a> {
    pub documents: &'a [Document],
    pub today: NaiveDate,
    /// The order of numbers in dates, where the user states it.
    pub order: Option<Order>,
    /// All calls are with this account, whatever they name.
    pub account: Option<&'a AccountId>,
    pub choices: &'a [Choice],
    pub existing: &'a dyn ExistingData,
}

/// Reads the texts against the existing data.
///
/// # Errors
/// Where the existing data cannot be read.
pub fn propose(request: &Request) -> Result<Proposal, Failure> {
    let names = Names::new(request.existing.accounts()?);
    let mut known = Known::new(request.existing, &names.accounts);
    let mut proposal = Proposal::default();
    for (file, document) in request.documents.iter().enumerate() {
        let text = clean(&document.text);
        let lines: Vec<&str> = text.lines().collect();
        let split = split::split(&lines, &names);
        let mut reader = Reader {
            request,
            names: &names,
            known: &mut known,
            lines: &lines,
            split: &split,
            file,
        };
        reader.read(document, &mut proposal)?;
        proposal.files.push(document.name.clone());
    }
    once_each(&mut proposal.calls);
    Ok(proposal)
}

/// Reads the calls of one document.
struct Reader<'a, 'b> {
    request: &'a Request<'a>,
    names: &'a Names,
    known: &'a mut Known<'b>,
    lines: &'a [&'a str],
    split: &'a Split,
    file: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, document: &Document, proposal: &mut Proposal) -> Result<(), Failure> {
        let answers = self.answers();
        let order = self.request.order.or_else(|| order_of(self.split));
        let mut before = [None, None];
        for piece in &self.split.pieces {
            let basis = Basis {
                today: self.request.today,
                file: document.day.map(|d| d.min(self.request.today)),
                order,
                year: piece.day.as_ref().and_then(|d| d.year),
                before,
            };
            let day = piece
                .day
                .as_ref()
                .map(|said| day::read(&said.found, &basis));
            let absolute = piece.day.as_ref().is_some_and(|d| !d.found.is_relative());
            if let Some(Day { day: Some(day), .. }) = day.filter(|_| absolute)
                && before[0] != Some(day)
            {
                before = [Some(day), before[0]];
            }
            let call = self.call(piece, day, &answers)?;
            proposal.calls.push(call);
        }
        let apart = self.split.apart.iter().map(|a| LeftOut {
            file: self.file,
            line: a.lines.start + 1,
            lines: a.lines.len(),
            text: self.lines[a.lines.clone()].join("\n").trim().to_owned(),
            why: a.why,
        });
        proposal.left_out.extend(apart);
        Ok(())
    }

    /// The accounts that the user named for a call, by the name that stands in the text: the same
    /// name means the same account everywhere.
    fn answers(&self) -> HashMap<String, AccountId> {
        let mut out = HashMap::new();
        for choice in self.request.choices {
            if let (Some(account), false) = (&choice.account, choice.said.is_empty()) {
                out.insert(said_key(&choice.said), account.clone());
            }
        }
        out
    }

    fn call(
        &mut self,
        piece: &Piece,
        day: Option<Day>,
        answers: &HashMap<String, AccountId>,
    ) -> Result<Call, Failure> {
        let line = piece.lines.start + 1;
        let choice = self
            .request
            .choices
            .iter()
            .rfind(|c| (c.file, c.line) == (self.file, line));
        let mut contradictions = Vec::new();
        let (account, near) = self.account(piece, choice, answers, &mut contradictions);
        let chosen = choice.and_then(|c| c.day);
        let found = day.and_then(|d| d.day);
        if let (None, Some(day)) = (chosen, found) {
            if let Some(said) = day_weekday(piece, day) {
                contradictions.push(Contradiction::Weekday { day, said });
            }
            if day > self.request.today {
                contradictions.push(Contradiction::Future { day });
            }
        }
        let sure_day = chosen.is_some()
            || day.is_some_and(|d| d.sure) && piece.day.as_ref().is_some_and(|d| !d.unsure);
        let mut questions = Vec::new();
        if account.is_none() {
            questions.push(Question::Account);
        }
        if !sure_day {
            questions.push(Question::Day);
        }
        let text = self.text(piece);
        let day = chosen.or(found);
        let mut call = Call {
            file: self.file,
            line,
            lines: piece.lines.len(),
            said: piece.name.clone(),
            day_said: piece
                .day
                .as_ref()
                .map_or_else(String::new, |d| d.words.clone()),
            kind: piece.kind.unwrap_or(Kind::Call),
            title: title(&text),
            id: None,
            state: State::Open,
            people: Vec::new(),
            account,
            near,
            day,
            contradictions,
            questions,
            text,
        };
        self.known.complete(&mut call, &piece.people)?;
        if choice.is_some_and(|c| c.out) && call.state != State::Known {
            call.state = State::Out;
        }
        Ok(call)
    }

    /// The account of a call: the user's answer, or the one that the text names exactly. Similar
    /// names are only offered.
    fn account(
        &self,
        piece: &Piece,
        choice: Option<&Choice>,
        answers: &HashMap<String, AccountId>,
        contradictions: &mut Vec<Contradiction>,
    ) -> (Option<Named>, Vec<Named>) {
        let named = |i: usize| Named::of(&self.names.accounts[i]);
        let near: Vec<Named> = match &piece.who {
            Who::Nobody => Vec::new(),
            Who::One(of) => vec![named(*of)],
            Who::Several(of) => of.iter().copied().map(named).collect(),
            Who::IdAgainst { id, name } => {
                contradictions.push(Contradiction::IdName {
                    id: self.names.accounts[*id].id.to_string(),
                    of: self.names.accounts[*id].name.clone(),
                    said: self.names.accounts[*name].name.clone(),
                });
                vec![named(*id), named(*name)]
            }
            Who::Unknown(near) => near.iter().map(|n| named(n.of)).collect(),
        };
        let by_id = |id: &AccountId| {
            let found = self.names.accounts.iter().find(|a| a.id == *id);
            found.map(Named::of)
        };
        let own = choice.and_then(|c| c.account.as_ref());
        let stated = own.or(self.request.account);
        if let Some(account) = stated.and_then(by_id) {
            return (Some(account), near);
        }
        if let (Who::One(of), false) = (&piece.who, piece.who_unsure) {
            return (Some(named(*of)), Vec::new());
        }
        let answered = answers.get(&said_key(&piece.name)).and_then(by_id);
        (answered.filter(|_| !piece.name.is_empty()), near)
    }

    /// The lines of a call, as they were written.
    fn text(&self, piece: &Piece) -> String {
        let apart = |i: &usize| self.split.apart.iter().any(|a| a.lines.contains(i));
        let lines = piece.lines.clone().filter(|i| !apart(i));
        let text: Vec<&str> = lines.map(|i| self.lines[i]).collect();
        text.join("\n").trim().to_owned()
    }
}

fn day_weekday(piece: &Piece, day: NaiveDate) -> Option<chrono::Weekday> {
    use chrono::Datelike;
    let said = piece.day.as_ref()?.found.weekday?;
    (said != day.weekday()).then_some(said)
}

fn said_key(said: &str) -> String {
    crate::domain::text::fold(said.trim())
}

/// The first line without the signs of a heading.
fn title(text: &str) -> String {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let line = line.trim().trim_matches(['#', '*', '=', '■', '●', '◆']);
    line.trim().to_owned()
}

/// The order that the document's own days prove: a number above 12 is a day.
fn order_of(split: &Split) -> Option<Order> {
    let (mut dmy, mut mdy) = (false, false);
    for day in piece::days(split) {
        let mut numbers = day.words.split(|c: char| !c.is_ascii_digit());
        let first = numbers.next().and_then(|n| n.parse::<u32>().ok());
        let second = numbers.next().and_then(|n| n.parse::<u32>().ok());
        if let (Some(first), Some(second), true) = (first, second, day.words.contains('/')) {
            dmy |= (13..=31).contains(&first) && second <= 12;
            mdy |= first <= 12 && (13..=31).contains(&second);
        }
    }
    match (dmy, mdy) {
        (true, false) => Some(Order::Dmy),
        (false, true) => Some(Order::Mdy),
        _ => None,
    }
}

/// The same call twice in the texts is one note.
fn once_each(calls: &mut [Call]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for call in calls {
        let Some(id) = &call.id else { continue };
        match seen.get(id.as_str()) {
            Some(line) if call.state == State::Open => call.state = State::Again { line: *line },
            _ => {
                seen.insert(id.as_str().to_owned(), call.line);
            }
        }
    }
}
