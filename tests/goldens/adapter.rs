//! The only file of these tests that uses items of the program. After a rename in the program, only
//! this file changes.

use std::path::Path;

use chrono::Duration;
use kenshin::testing::commands::QUESTIONS;
use kenshin::testing::domain::change::Label;
use kenshin::testing::ipc::{Answer, Envelope};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::store::{codec, drafts};
use kenshin::testing::words::Lang;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Parses a type from JSON and writes it again.
fn again<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(json).map_err(|e| e.to_string())?;
    serde_json::to_string(&value).map_err(|e| e.to_string())
}

/// The label of an operation.
pub fn label_again(json: &str) -> Result<String, String> {
    again::<Label>(json)
}

/// A request from another terminal.
pub fn request_again(json: &str) -> Result<String, String> {
    let envelope: Envelope = serde_json::from_str(json).map_err(|e| e.to_string())?;
    QUESTIONS.read(&envelope.request)?;
    serde_json::to_string(&envelope).map_err(|e| e.to_string())
}

/// An answer to another terminal.
pub fn answer_again(json: &str) -> Result<String, String> {
    again::<Answer>(json)
}

/// An operation as stored in a journal, after its number.
pub fn operation_again(bytes: &[u8]) -> Result<Vec<u8>, String> {
    codec::from_operation(bytes).map(|op| codec::operation(&op))
}

/// The drafts of a data folder: the newest of each key, and files that could not be read.
pub fn drafts_of(home: &Path) -> (Vec<(String, Value)>, Vec<String>) {
    let (found, bad) = drafts::load(home);
    (found.into_iter().map(|d| (d.key, d.body)).collect(), bad)
}

/// The headless desk: keys in, screen out. Its author is `Sato` in English and `佐藤` in Japanese,
/// and it starts on a Sunday, 2026-11-22 at 10:04 in Tokyo.
pub struct Walk(Desk);

impl Walk {
    pub fn open(home: &Path, lang: &str) -> Self {
        let lang = Lang::parse(lang).expect("a language");
        let mut desk = Desk::at(lang, home.to_owned(), 0).expect("the desk opens");
        desk.resize(120, 60);
        Self(desk)
    }

    pub fn keys(&mut self, script: &str) -> &mut Self {
        self.0.keys(script);
        self
    }

    pub fn later(&mut self, minutes: i64) -> &mut Self {
        self.0.later(Duration::minutes(minutes));
        self
    }

    pub fn screen(&mut self) -> String {
        self.0.screen()
    }
}
