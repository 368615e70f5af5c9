//! What a desk keeps in memory of a store beside its rows. Open actions and agreed meetings stand in the
//! disposable file of the rows too: sled keeps the pages it was asked for, and a start that asks for
//! none is quick and leaves nothing behind.

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

/// The kinds that the file has.
pub(super) const CACHED: [u8; 2] = [
    keys::letter::<Action>(OPEN),
    keys::letter::<Touchpoint>(OPEN),
];

impl Store {
    /// All that the desk keeps beside its rows, with so many finished check-ins. After [`Store::rows`],
    /// which reads the file.
    pub fn desk_records(&mut self, finished: usize) -> Result<DeskRecords, Failure> {
        let (actions, meetings) = match self.filed.take().filter(|f| f.seq == self.meta.seq) {
            Some(filed) => (filed.actions, filed.meetings),
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
