//! Levelling: spreads load beyond all budgets evenly over the weeks. Knows minutes and weeks only.

use crate::domain::cadence::smooth::{Item, Smoothed, smooth};

/// Where the budget cannot be kept, spreads the excess in proportion to the budgets, so that one
/// week does not take all of it while the next ones are full as well.
pub fn level(items: &[Item], fixed: &[u32], budget: &[u32], found: Smoothed) -> Smoothed {
    /// The precision to which the share is found, hundredths.
    const FINE: u32 = 4;
    /// A week with at least this load, percent of its budget, is relieved by other full weeks.
    const FULL: u32 = 150;
    if found.short.is_empty() {
        return found;
    }
    let mut load = fixed.to_vec();
    items
        .iter()
        .for_each(|i| load[usize::from(i.home)] += i.minutes);
    let scaled = |percent: u32| -> Vec<u32> {
        budget
            .iter()
            .map(|b| (u64::from(*b) * u64::from(percent) / 100).min(u64::from(u32::MAX)) as u32)
            .collect()
    };
    // At the share of the fullest week nothing has to move.
    let share = |(load, budget): (&u32, &u32)| {
        if *budget == 0 {
            100
        } else {
            (u64::from(*load) * 100)
                .div_ceil(u64::from(*budget))
                .min(100_000) as u32
        }
    };
    let peak = |weeks: &[u8]| {
        let mut load = fixed.to_vec();
        items
            .iter()
            .zip(weeks)
            .for_each(|(i, w)| load[usize::from(*w)] += i.minutes);
        load.iter().zip(budget).map(share).max().unwrap_or(0)
    };
    if peak(&found.weeks) < FULL {
        return found;
    }
    let (mut low, mut high) = (
        100,
        load.iter()
            .zip(budget)
            .map(share)
            .max()
            .unwrap_or(100)
            .max(100),
    );
    let mut best = None;
    while high - low > FINE.max(high / 50) {
        let middle = low + (high - low) / 2;
        let tried = smooth(items, fixed, &scaled(middle));
        // Immovable load may stay over.
        if tried.short.iter().all(|(w, _)| {
            fixed[usize::from(*w)] > scaled(middle)[usize::from(*w)] || budget[usize::from(*w)] == 0
        }) {
            (high, best) = (middle, Some(tried));
        } else {
            low = middle;
        }
    }
    // A small gain is not worth moving days; the room within the budget is used all the same.
    match best.filter(|b| u64::from(peak(&b.weeks)) * 10 <= u64::from(peak(&found.weeks)) * 9) {
        Some(levelled) => {
            let shifted: Vec<Item> = items
                .iter()
                .zip(&levelled.weeks)
                .map(|(i, w)| Item {
                    home: *w,
                    allowed: i.allowed | 1 << w,
                    ..*i
                })
                .collect();
            // Repeats until nothing is gained, so that a second run proposes nothing.
            level(&shifted, fixed, budget, smooth(&shifted, fixed, budget))
        }
        None => found,
    }
}
