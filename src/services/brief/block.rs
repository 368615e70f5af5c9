//! A block of the brief: lines under a title.

use serde::Serialize;

/// One part of a brief, with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// The stable key in JSON.
    pub block: &'static str,
    #[serde(skip)]
    pub title: &'static str,
    pub items: Vec<String>,
    #[serde(skip)]
    pub(super) weight: i32,
}
