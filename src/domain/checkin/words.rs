//! A phrase in both languages.

use serde::{Deserialize, Serialize};

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
