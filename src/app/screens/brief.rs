//! The brief: one account, in the order of what matters now.

use chrono::{DateTime, Utc};

use crate::domain::checkin::Kind;
use crate::domain::ids::AccountId;
use crate::services::brief::Block;

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub account: AccountId,
    pub name: String,
    pub blocks: Vec<Block>,
    pub scroll: usize,
    /// The farthest it was scrolled: what stands above was on screen.
    pub seen: usize,
    pub kind: Kind,
    pub opened: DateTime<Utc>,
    /// The template it proposes.
    pub template: String,
}
