//! What the keyboard speaks to: a screen, or a part of one.

use crate::words::Text;

/// A scope of keys. Two of the same id are one.
#[derive(Debug)]
pub struct Scope {
    pub id: &'static str,
    /// Its heading in help and in the reference of keys.
    pub words: Text,
    /// Its place in the reference of keys, smaller first.
    pub place: u16,
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Scope {}
