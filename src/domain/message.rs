//! Templates of messages, as data. Rendering is done by `services::message`.

use super::checkin::agenda::Words;

/// A template whose syntax was checked when the configuration was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    pub id: String,
    pub name: Words,
    pub subject: Words,
    pub body: Words,
}
