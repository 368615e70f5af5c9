//! The only access to the wall clock and the machine's time zone. `KENSHIN_NOW` fixes the clock.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use crate::domain::failure::Failure;
use crate::domain::when::{Habits, Now, Zone};

/// The source of the current time. All other code receives the time as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    fixed: Option<DateTime<Utc>>,
    zone: Zone,
    habits: Habits,
}

impl Clock {
    /// From `KENSHIN_NOW`, the configured zone and the machine's zone.
    pub fn new(fixed: Option<&str>, timezone: Option<Tz>) -> Result<Self, Failure> {
        let fixed = fixed
            .map(|text| {
                DateTime::parse_from_rfc3339(text).map_err(|e| Failure::Usage {
                    reason: format!(
                        "KENSHIN_NOW={text}: {e} (RFC 3339, like 2026-11-22T10:04:00+09:00)"
                    ),
                })
            })
            .transpose()?;
        let zone = match (timezone, fixed) {
            (Some(tz), _) => Zone::Named(tz),
            (None, Some(now)) => Zone::Fixed(*now.offset()),
            (None, None) => machine_zone(),
        };
        Ok(Self {
            fixed: fixed.map(|f: DateTime<FixedOffset>| f.with_timezone(&Utc)),
            zone,
            habits: Habits::default(),
        })
    }

    /// The clock of a user with these habits.
    #[must_use]
    pub fn with_habits(self, habits: Habits) -> Self {
        Self { habits, ..self }
    }

    pub fn now(&self) -> Now {
        Now {
            at: self.fixed.unwrap_or_else(wall),
            zone: self.zone,
            habits: self.habits,
        }
    }

    /// A clock fixed at a moment.
    pub fn fixed_at(now: Now) -> Self {
        Self {
            fixed: Some(now.at),
            zone: now.zone,
            habits: now.habits,
        }
    }

    pub fn is_fixed(&self) -> bool {
        self.fixed.is_some()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the only place that reads the wall clock"
)]
fn wall() -> DateTime<Utc> {
    Utc::now()
}

fn machine_zone() -> Zone {
    let named = std::env::var("TZ")
        .ok()
        .and_then(|name| name.trim_start_matches(':').parse::<Tz>().ok());
    let named = named.or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok());
    Zone::Named(named.unwrap_or(Tz::UTC))
}
