//! Identities. Account ids may come from another system, so an id is text; ids made here are ULIDs.
//! Nothing here is random: the mint is seeded once at the edge and then counts.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

id!(
    /// An account: the id of the system it came from, or a ULID.
    AccountId
);
id!(
    /// Any other record: contact, ticket, note, action, check-in, operation.
    RecordId
);

/// Makes ULIDs from a given time and a counter, so that `update` stays a pure function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mint {
    seed: u64,
    count: u64,
}

impl Mint {
    /// `seed` is drawn once per process at the edge.
    pub fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    /// A mint that makes the same ids as one did from this moment on.
    pub fn again(state: (u64, u64)) -> Self {
        Self {
            seed: state.0,
            count: state.1,
        }
    }

    /// From what [`Mint::again`] makes the next ids of this mint.
    pub fn state(&self) -> (u64, u64) {
        (self.seed, self.count)
    }

    /// Gives this mint another seed than the one it was cloned from.
    pub fn fork(&mut self) {
        self.seed ^= 0x9e37_79b9_7f4a_7c15;
    }

    /// The next ULID. Ids of one process sort by time, then by the order in which they were made.
    pub fn next(&mut self, at: DateTime<Utc>) -> RecordId {
        self.count += 1;
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        let random = (u128::from(self.count) << 64 | u128::from(self.seed)) & ((1 << 80) - 1);
        RecordId::new(ulid(millis, random))
    }
}

/// A ULID as text: 48 bits of milliseconds and 80 more bits, in Crockford's base 32 (no I, L, O, U).
fn ulid(millis: u64, random: u128) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: u32 = 26;
    let value = u128::from(millis) << 80 | random & ((1 << 80) - 1);
    (0..LENGTH)
        .rev()
        .map(|place| char::from(DIGITS[(value >> (5 * place)) as usize & 31]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_process_sort_in_the_order_they_were_made() {
        let mut mint = Mint::new(42);
        let at = DateTime::from_timestamp(1_700_000_000, 0).expect("valid");
        let ids: Vec<_> = (0..5).map(|_| mint.next(at)).collect();
        let mut sorted = ids.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(ids, sorted);
    }

    /// The example of the specification, and the ends of the range.
    #[test]
    fn ulids_are_written_as_specified() {
        assert_eq!(ulid(1_469_918_176_385, 0), "01ARYZ6S410000000000000000");
        assert_eq!(
            ulid((1 << 48) - 1, (1 << 80) - 1),
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"
        );
        assert_eq!(ulid(0, 0), "0".repeat(26));
        assert_eq!(ulid(0, 33), format!("{}11", "0".repeat(24)));
    }
}
