//! The records that a desk holds in memory beside its rows. Open actions and agreed meetings are
//! also in the row cache: sled keeps every page it reads in memory, so a start that reads none is
//! quick and uses less memory.

use super::handle::Store;
use super::keys::{self, OPEN};
use crate::domain::action::Action;
use crate::domain::cadence::touchpoint::Touchpoint;
use crate::domain::checkin::Checkin;
use crate::domain::failure::Failure;
use crate::domain::portfolio::held::{HeldRecords, Source};
use crate::domain::records::Listed;

/// The records that the desk holds in memory for all accounts.
pub struct DeskRecords {
    pub actions: Vec<Action>,
    pub checkins: Vec<Checkin>,
    pub meetings: Vec<Touchpoint>,
    pub held: HeldRecords,
}

/// The kinds that are in the row cache.
pub(super) const CACHED: [u8; 2] = [
    keys::letter::<Action>(OPEN),
    keys::letter::<Touchpoint>(OPEN),
];

impl Store {
    /// All records of the desk, with this many finished check-ins. Call it after [`Store::rows`],
    /// which reads the file.
    pub fn desk_records(&mut self, finished: usize) -> Result<DeskRecords, Failure> {
        let (actions, meetings) = match self
            .cached_records
            .take()
            .filter(|f| f.seq == self.meta.seq)
        {
            Some(cached) => (cached.actions, cached.meetings),
            None => (
                self.all_as(keys::letter::<Action>(OPEN), &Some::<Action>)?,
                self.meetings()?,
            ),
        };
        Ok(DeskRecords {
            actions,
            checkins: self.checkins(finished)?,
            meetings,
            held: HeldRecords::read(self)?,
        })
    }
}

impl Source for Store {
    fn every<R: Listed>(&self) -> Result<Vec<R>, Failure> {
        Store::every(self)
    }
}
