//! Key scopes: a screen, or a part of one.

use crate::words::Text;

/// A scope of keys. Scopes with the same id are equal.
#[derive(Debug)]
pub struct Scope {
    pub id: &'static str,
    /// Heading in help and in the key reference.
    pub words: Text,
    /// Position in the key reference, smallest first.
    pub place: u16,
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Scope {}
