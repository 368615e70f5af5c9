//! What a desk keeps in memory of a store beside its rows. Open actions and agreed meetings stand in the
//! disposable file of the rows too: sled keeps the pages it was asked for, and a start that asks for
//! none is quick and leaves nothing behind.

use std::collections::HashSet;

use super::{Store, keys};
use crate::domain::action::Action;
use crate::domain::cadence::away::Away;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::checkin::Checkin;
use crate::domain::failure::Failure;
use crate::domain::ids::AccountId;
use crate::domain::summary::Row;
use crate::domain::view::View;

pub struct Kept {
    pub actions: Vec<Action>,
    pub checkins: Vec<Checkin>,
    pub views: Vec<View>,
    pub meetings: Vec<Touchpoint>,
    pub away: Vec<Away>,
}

/// What the disposable file has of it, as of an operation.
pub(super) struct Filed {
    pub seq: u64,
    pub actions: Vec<Action>,
    pub meetings: Vec<Touchpoint>,
}

/// The ids of the rows' accounts: what belongs to one of them holds the same, not another of its own.
pub(super) struct Ids(HashSet<AccountId>);

impl Ids {
    pub fn new(ids: impl IntoIterator<Item = AccountId>) -> Self {
        Self(ids.into_iter().collect())
    }

    pub fn share(&self, id: &mut AccountId) {
        if let Some(known) = self.0.get(id) {
            *id = known.clone();
        }
    }
}

/// The kinds that the file has.
pub(super) const FILED: [u8; 2] = [keys::ACTION_OPEN, keys::MEETING_OPEN];

impl Store {
    /// All that the desk keeps beside its rows, with so many finished check-ins. After [`Store::rows`],
    /// which reads the file.
    pub fn keep(&mut self, rows: &[Row], finished: usize) -> Result<Kept, Failure> {
        let (actions, meetings) = match self.filed.take().filter(|f| f.seq == self.meta.seq) {
            Some(filed) => (filed.actions, filed.meetings),
            None => {
                let ids = Ids::new(rows.iter().map(|r| r.account.id.clone()));
                let actions = self.all_as(keys::ACTION_OPEN, |a: &mut Action| ids.share(&mut a.account))?;
                (actions, self.all_as(keys::MEETING_OPEN, |m: &mut Touchpoint| ids.share(&mut m.account))?)
            }
        };
        Ok(Kept { actions, checkins: self.checkins(finished)?, views: self.views()?, meetings, away: self.away()? })
    }
}
