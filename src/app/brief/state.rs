//! State of the brief.

use chrono::{DateTime, Utc};

use crate::app::kit::about::{About, Ground};
use crate::domain::checkin::Kind;
use crate::domain::ids::AccountId;
use crate::services::brief::Block;

/// A brief that is being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub account: AccountId,
    pub name: String,
    pub blocks: Vec<Block>,
    pub scroll: usize,
    /// The farthest scroll position: everything above it was on screen.
    pub seen: usize,
    pub kind: Kind,
    pub opened: DateTime<Utc>,
    /// The template that the brief proposes.
    pub template: String,
}

pub type State = Option<Reading>;

impl About for Reading {
    fn about(&self, _ground: &Ground) -> Option<AccountId> {
        Some(self.account.clone())
    }
}

/// What the brief waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The dossier of the account to be shown.
    Show,
}
