//! The records that the desk holds in memory for all accounts, besides actions, check-ins and meetings, of
//! which it holds only a part. To hold another kind: a line in the list below and `impl Held` beside its
//! type. Must not depend on the book.

use std::collections::BTreeMap;

use crate::domain::cadence::absence::Absence;
use crate::domain::change::Change;
use crate::domain::failure::Failure;
use crate::domain::portfolio::view::View;
use crate::domain::recorded::Held;
use crate::domain::records::Listed;
use crate::domain::settings::aside::Aside;
use crate::domain::settings::dismissal::Dismissal;

/// Where all records of a kind are read from.
pub trait Source {
    /// # Errors
    /// The records cannot be read.
    fn every<R: Listed>(&self) -> Result<Vec<R>, Failure>;
}

/// The records of one kind.
pub type ByKey<R> = BTreeMap<<R as Held>::Key, R>;

macro_rules! held {
    ($($(#[$doc:meta])* $field:ident: $Kind:ty;)+) => {
        /// The records themselves, a map for each kind.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct HeldRecords {
            $($(#[$doc])* pub $field: ByKey<$Kind>,)+
        }

        impl HeldRecords {
            /// Reads all kinds.
            ///
            /// # Errors
            /// The records of a kind cannot be read.
            pub fn read(source: &impl Source) -> Result<Self, Failure> {
                Ok(Self { $($field: by_key(source.every::<$Kind>()?),)+ })
            }

            /// Applies a change to the kind it is of, if it is held.
            pub fn apply(&mut self, change: &Change) {
                $(follow(&mut self.$field, change);)+
            }
        }
    };
}

held! {
    /// Saved views of the portfolio, by name.
    views: View;
    /// Busy calendars and absences, by name.
    absences: Absence;
    /// Accounts set aside on Today, by account and person.
    asides: Aside;
    /// Warning phrases that were dismissed, by their words.
    dismissals: Dismissal;
}

/// Records by their keys; the last of two with one key stays.
pub fn by_key<R: Held>(records: impl IntoIterator<Item = R>) -> ByKey<R> {
    records.into_iter().map(|r| (r.key(), r)).collect()
}

fn follow<R: Held + Listed>(held: &mut ByKey<R>, change: &Change) {
    match change.typed::<R>() {
        (_, Some(after)) => {
            held.insert(after.key(), after.clone());
        }
        (Some(before), None) => {
            held.remove(&before.key());
        }
        (None, None) => {}
    }
}
