//! When somebody last looked at an account's brief, and the score it had then: the next brief says what
//! has changed since.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::AccountId;
use crate::domain::recorded::{AsOf, Nature, Recorded};
use crate::domain::when::Zone;

/// A moment at which a brief was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    pub at: DateTime<Utc>,
    /// The score that it showed; `None` if it was unknown.
    pub score: Option<u8>,
}

/// One for each account and person; the later one wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub account: AccountId,
    pub author: String,
    pub last: Glance,
    /// The one before it: what has changed since then is new to the reader.
    pub before: Option<Glance>,
}

/// Looking again within a quarter of an hour is the same look.
const ONE_LOOK: Duration = Duration::minutes(15);

impl Look {
    /// The look after this one, or `None` if it is still the same.
    pub fn again(&self, now: Glance) -> Option<Look> {
        (now.at - self.last.at >= ONE_LOOK).then(|| Look {
            before: Some(self.last),
            last: now,
            ..self.clone()
        })
    }
}

impl Recorded for Look {
    const NATURE: Nature = Nature::Mark;

    fn id(&self) -> &str {
        &self.author
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }

    fn title(&self) -> String {
        self.author.clone()
    }

    fn over(self, held: &Self) -> Self {
        if held.last.at > self.last.at {
            held.clone()
        } else {
            self
        }
    }

    fn of_other(self, account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            ..self
        }
    }

    fn as_of(&self, at: &AsOf) -> Option<Self> {
        if self.last.at <= at.end {
            return Some(self.clone());
        }
        let last = self.before.filter(|b| b.at <= at.end)?;
        Some(Self {
            last,
            before: None,
            ..self.clone()
        })
    }

    fn newest(&self, _zone: Zone) -> Option<NaiveDate> {
        None
    }

    fn public(self) -> Option<Self> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_twice_in_a_quarter_of_an_hour_is_one_look() {
        let at = |minutes: i64| DateTime::UNIX_EPOCH + Duration::minutes(minutes);
        let glance = |minutes| Glance {
            at: at(minutes),
            score: Some(50),
        };
        let look = Look {
            account: "a".into(),
            author: "sato".into(),
            last: glance(0),
            before: None,
        };
        assert_eq!(look.again(glance(14)), None);
        let next = look.again(glance(15)).expect("another look");
        assert_eq!((next.last, next.before), (glance(15), Some(glance(0))));
        // Of two copies the later one wins, in either order.
        assert_eq!(look.clone().over(&next), next);
        assert_eq!(next.clone().over(&look), next);
    }
}
