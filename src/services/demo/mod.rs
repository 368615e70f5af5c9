//! The demo portfolio: invented companies, Japanese and Western, with thirteen months of usage and
//! a story each. The same seed and day give the same portfolio.

mod account;
mod maker;
mod names;
mod people;
mod rhythm;
mod story;
mod support;
mod talks;
mod usage;

use fastrand::Rng;

use maker::Maker;

pub use maker::{Made, Setting};

/// The account with this number. Each has its own random numbers, so that the first hundred
/// accounts of a large demo are the small demo.
pub fn make(index: usize, setting: Setting) -> Made {
    let mut rng = Rng::with_seed(
        setting.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ (index as u64).wrapping_mul(0xd1b5_4a32_d192_ed03)
            ^ 0x5eed,
    );
    let mut maker = Maker {
        rng: &mut rng,
        setting,
        today: setting.now.today(),
        n: 0,
        index,
    };
    maker.account()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::when::{Now, Zone};
    use chrono::{TimeZone, Utc};

    #[test]
    fn the_same_seed_gives_the_same_portfolio() {
        let now = Now::new(
            Utc.with_ymd_and_hms(2026, 11, 22, 1, 4, 0).unwrap(),
            Zone::Named(chrono_tz::Asia::Tokyo),
        );
        let setting = Setting {
            seed: 7,
            now,
            me: "佐藤",
            templates: &[],
            japanese: true,
        };
        for i in 0..40 {
            let (a, b) = (make(i, setting), make(i, setting));
            assert_eq!(a.changes, b.changes);
            assert_eq!(a.usage, b.usage);
            let mut ids: Vec<_> = a
                .changes
                .iter()
                .filter_map(|c| c.record().map(|r| (r.kind(), r.id().to_owned())))
                .collect();
            let n = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), n, "ids are unique");
        }
    }
}
