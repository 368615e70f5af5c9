//! The brief: one account, in the order of what matters now.

use crate::domain::ids::AccountId;
use crate::services::brief::Block;

#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub account: AccountId,
    pub name: String,
    pub blocks: Vec<Block>,
    pub scroll: usize,
    /// The template it proposes.
    pub template: String,
}
