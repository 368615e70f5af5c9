//! Agenda templates, and the sections a check-in takes from one. Which account a check-in is with
//! matters only in `for_account`.

mod for_account;

use serde::{Deserialize, Serialize};

use super::Kind;
use super::prompts::Prompts;
use super::shares::{Range, shares};
pub use super::words::Words;
use crate::domain::account::Tier;

pub use for_account::build;

/// A checked template of `config/templates.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub id: String,
    pub kind: Kind,
    pub name: Words,
    /// The tier it is for; none: every tier without one of its own under the same id.
    pub tier: Option<Tier>,
    pub sections: Vec<Section>,
}

/// A timed section. `min` and `max` are whole minutes; `target` is in seconds and is between
/// them: the midpoint unless set, which may be half a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub name: Words,
    /// The name in a mail to the customer, where it is another one; empty where the customer reads none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Words>,
    pub min: u32,
    #[serde(rename = "target_seconds")]
    pub target: u32,
    pub max: u32,
    #[serde(default, skip_serializing_if = "is_without")]
    pub prompts: Prompts,
    /// The key of the escalated ticket the section is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

fn is_without(prompts: &Prompts) -> bool {
    prompts.is_empty()
}

impl Section {
    /// The name that the customer reads.
    pub fn outside(&self) -> &Words {
        self.customer.as_ref().unwrap_or(&self.name)
    }
}

/// The template with the id for a tier: its own, else the one of every tier.
pub fn template<'a>(templates: &'a [Template], id: &str, tier: Tier) -> Option<&'a Template> {
    let of = |wanted: Option<Tier>| {
        let mut all = templates.iter();
        all.find(|t| t.id == id && t.tier == wanted)
    };
    of(Some(tier)).or_else(|| of(None))
}

/// Lengths of meetings are in steps of this many minutes.
const STEP: u32 = 5;

/// The midpoint of two lengths in minutes, in seconds.
pub fn midpoint(min: u32, max: u32) -> u32 {
    (min + max) * 30
}

/// How long an agenda takes, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// The length of its meeting: the sum of its targets, rounded up to five minutes.
    pub length: u32,
    pub least: u32,
    pub most: u32,
}

/// The length of an agenda, and the range its sections allow.
pub fn total(sections: &[Section]) -> Total {
    let sum = |of: fn(&Section) -> u32| sections.iter().map(of).sum::<u32>();
    Total {
        length: sum(|s| s.target).div_ceil(60).next_multiple_of(STEP),
        least: sum(|s| s.min),
        most: sum(|s| s.max),
    }
}

/// Hands out the minutes of a meeting to its sections, each within its range: their targets add up
/// to the length exactly, as far as the ranges allow.
pub fn fit(sections: &mut [Section], minutes: u32) {
    let ranges: Vec<Range> = sections
        .iter()
        .map(|s| Range {
            least: i64::from(s.min) * 60,
            planned: i64::from(s.target),
            most: i64::from(s.max) * 60,
        })
        .collect();
    let times = shares(&ranges, i64::from(minutes) * 60);
    for (section, time) in sections.iter_mut().zip(times) {
        section.target = time.max(0) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn section((min, more): (u32, u32)) -> Section {
        Section {
            customer: None,
            name: Words::both("s"),
            min,
            target: midpoint(min, min + more),
            max: min + more,
            prompts: Default::default(),
            ticket: None,
        }
    }

    #[test]
    fn a_length_is_rounded_up_to_five_minutes_and_has_the_range_of_its_sections() {
        // The usual agenda: 26.5 minutes by its targets.
        let mut usual: Vec<Section> = [(2, 1), (5, 3), (5, 5), (5, 2), (3, 2)]
            .into_iter()
            .map(section)
            .collect();
        let total = total(&usual);
        assert_eq!((total.length, total.least, total.most), (30, 20, 33));
        fit(&mut usual, 30);
        assert_eq!(usual.iter().map(|s| s.target).sum::<u32>(), 30 * 60);
    }

    proptest! {
        /// Within the range of the agenda no second is lost; beyond it each section stays in its own.
        #[test]
        fn a_fitted_agenda_adds_up_to_its_meeting(
            ranges in proptest::collection::vec((1_u32..12, 0_u32..12), 1..9),
            minutes in 1_u32..120,
        ) {
            let mut sections: Vec<Section> = ranges.into_iter().map(section).collect();
            let whole = total(&sections);
            fit(&mut sections, minutes);
            let sum: u32 = sections.iter().map(|s| s.target).sum();
            prop_assert_eq!(sum, minutes.clamp(whole.least, whole.most) * 60);
            for s in &sections {
                prop_assert!(s.min * 60 <= s.target && s.target <= s.max * 60, "{s:?}");
            }
        }
    }
}
