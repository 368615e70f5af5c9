//! Agenda templates, and the sections a check-in takes from one. Which account a check-in is with
//! matters only in `for_account`.

mod for_account;

use serde::{Deserialize, Serialize};

use super::Kind;

pub use for_account::build;

/// A phrase in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub ja: String,
    pub en: String,
}

impl Words {
    pub fn both(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            ja: text.clone(),
            en: text,
        }
    }
}

/// A checked template of `config/templates.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub id: String,
    pub kind: Kind,
    pub name: Words,
    pub sections: Vec<Section>,
}

/// A timed section. `min` and `max` are whole minutes; `target` is in seconds and is between
/// them: the midpoint unless set, which may be half a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub name: Words,
    pub min: u32,
    #[serde(rename = "target_seconds")]
    pub target: u32,
    pub max: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<Words>,
    /// The key of the escalated ticket the section is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// The template with the id.
pub fn template<'a>(templates: &'a [Template], id: &str) -> Option<&'a Template> {
    templates.iter().find(|t| t.id == id)
}

/// The midpoint of two lengths in minutes, in seconds.
pub fn midpoint(min: u32, max: u32) -> u32 {
    (min + max) * 30
}

/// The planned length of an agenda, rounded up, and its longest one; both in minutes.
pub fn total(sections: &[Section]) -> (u32, u32) {
    (
        sections.iter().map(|s| s.target).sum::<u32>().div_ceil(60),
        sections.iter().map(|s| s.max).sum(),
    )
}
