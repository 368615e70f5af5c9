//! The table of the questions that another terminal may ask. Each question is a record of one
//! command. This file must not know any of them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::context::Context;
use super::said::Said;
use crate::domain::failure::Failure;
use crate::store::Store;
use crate::store::index::Index;

/// The data of one question, and its answer. Its fields are the question on the wire, after
/// `"ask"`. Unknown fields are ignored, so that other versions may have more.
pub trait Ask: Serialize + DeserializeOwned + Send + 'static {
    /// The name of the question on the wire.
    const ASK: &'static str;

    /// Whether it is long work in pieces. Only one such question runs at a time.
    const LONG: bool = false;

    /// Whether [`Ask::at_once`] may answer it.
    const AT_ONCE: bool = false;

    /// The answer from the rows as of now, so that the store need not be opened; `None` where it takes the store.
    fn at_once(&self, _index: &Index, _context: &Context) -> Option<Said> {
        None
    }

    /// Whether its answer matters more than what it writes of it: where nothing can be written it is answered from a copy.
    const MAY_GO_UNRECORDED: bool = false;

    /// Whether it changes the store. Only questions that do not may be repeated, or asked of a
    /// read-only store.
    fn writes(&self) -> bool {
        false
    }

    /// Answers from the store that this process opened.
    ///
    /// # Errors
    /// If there is no answer. The asker reads the failure.
    fn answer(self, store: &mut Store, context: &mut Context) -> Result<Said, Failure>;
}

/// Any question that was asked.
pub trait Asked: Send {
    fn writes(&self) -> bool;
    fn is_long(&self) -> bool;
    /// See [`Ask::answer`].
    ///
    /// # Errors
    /// Where there is no answer.
    fn answer(self: Box<Self>, store: &mut Store, context: &mut Context) -> Result<Said, Failure>;
}

impl<R: Ask> Asked for R {
    fn writes(&self) -> bool {
        Ask::writes(self)
    }

    fn is_long(&self) -> bool {
        R::LONG
    }

    fn answer(self: Box<Self>, store: &mut Store, context: &mut Context) -> Result<Said, Failure> {
        Ask::answer(*self, store, context)
    }
}

/// One question of the table.
#[derive(Clone, Copy)]
pub struct Question {
    pub ask: &'static str,
    read: fn(&str) -> serde_json::Result<Box<dyn Asked>>,
}

impl Question {
    pub const fn of<R: Ask>() -> Self {
        Self {
            ask: R::ASK,
            read: read::<R>,
        }
    }
}

fn read<R: Ask>(json: &str) -> serde_json::Result<Box<dyn Asked>> {
    Ok(Box::new(serde_json::from_str::<R>(json)?))
}

/// All questions that may be asked.
pub struct Questions(Vec<Question>);

impl Questions {
    /// # Panics
    /// If two questions have the same name.
    pub fn new(all: impl IntoIterator<Item = Question>) -> Self {
        let all: Vec<Question> = all.into_iter().collect();
        for (i, question) in all.iter().enumerate() {
            let again = all[..i].iter().any(|other| other.ask == question.ask);
            assert!(!again, "two questions are named {}", question.ask);
        }
        Self(all)
    }

    /// The names of all questions.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|q| q.ask)
    }

    /// The question of a request.
    ///
    /// # Errors
    /// If no question has its name, or a field cannot be read. The reason is in English, for the
    /// author of the request.
    pub fn read(&self, request: &RawValue) -> Result<Box<dyn Asked>, String> {
        #[derive(Deserialize)]
        struct Name {
            ask: String,
        }
        let json = request.get();
        let Name { ask } = serde_json::from_str(json).map_err(|e| e.to_string())?;
        match self.0.iter().find(|q| q.ask == ask) {
            Some(question) => (question.read)(json).map_err(|e| e.to_string()),
            None => {
                let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
                Err(format!(
                    "unknown variant `{ask}`, expected one of {}",
                    names.join(", ")
                ))
            }
        }
    }
}

/// A question on the wire: its name first, then its fields in order.
pub fn written<R: Ask>(request: &R) -> Box<RawValue> {
    #[derive(Serialize)]
    struct Named<'a, R> {
        ask: &'static str,
        #[serde(flatten)]
        request: &'a R,
    }
    let named = Named {
        ask: R::ASK,
        request,
    };
    serde_json::value::to_raw_value(&named).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
