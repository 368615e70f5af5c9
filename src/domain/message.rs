//! Templates of messages, as data: how they are rendered is none of this file's.

use super::checkin::agenda::Words;

/// A template, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    pub id: String,
    pub name: Words,
    pub subject: Words,
    pub body: Words,
}
