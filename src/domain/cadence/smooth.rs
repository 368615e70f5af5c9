//! Smoothing: spreads touches over the weeks so that no week exceeds its budget where possible,
//! with the fewest moves. For touches of one length the result is exact (shortest augmenting chains
//! over the weeks). For mixed lengths each chain moves touches of one length, and exchanges follow.
//! A week within its budget never exceeds it afterwards. Knows minutes and weeks, neither accounts
//! nor days.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A touch that may be put into another week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub minutes: u32,
    /// Its present week.
    pub home: u8,
    /// The weeks it may be in, one bit each; the bit of `home` is set.
    pub allowed: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Smoothed {
    /// The week of each item.
    pub weeks: Vec<u8>,
    /// Weeks still over their budget, with the minutes beyond it.
    pub short: Vec<(u8, u32)>,
}

/// The price of a move: the change in the number of touches away from home, then in weeks of
/// distance from home.
type Price = (i32, i32);

fn price(item: Item, from: u8, to: u8) -> Price {
    let away = |w: u8| i32::from(w != item.home);
    let far = |w: u8| (i32::from(w) - i32::from(item.home)).abs();
    (away(to) - away(from), far(to) - far(from))
}

/// At most 32 weeks. `fixed` is the immovable load and `budget` the limit of each week, in minutes.
pub fn smooth(items: &[Item], fixed: &[u32], budget: &[u32]) -> Smoothed {
    let count = budget.len().min(32);
    let mut state = State::new(items, fixed, budget, count);
    // An exchange may help a week for which no move was found before.
    let mut moved = true;
    while std::mem::take(&mut moved) {
        for week in 0..count {
            while state.load[week] > state.budget[week]
                && (state.chain(week) || state.exchange(week))
            {
                moved = true;
            }
        }
    }
    let short = (0..count)
        .filter(|w| state.load[*w] > state.budget[*w])
        .map(|w| (w as u8, state.load[w] - state.budget[w]))
        .collect();
    Smoothed {
        weeks: state.at,
        short,
    }
}

struct State<'a> {
    items: &'a [Item],
    count: usize,
    budget: &'a [u32],
    load: Vec<u32>,
    at: Vec<u8>,
    /// The lengths that occur, the longest first.
    lengths: Vec<u32>,
    /// The cheapest item to move, by length, source week and target week. An entry is stale once
    /// its item has moved.
    heaps: Vec<BinaryHeap<Reverse<(Price, u32)>>>,
}

impl<'a> State<'a> {
    fn new(items: &'a [Item], fixed: &[u32], budget: &'a [u32], count: usize) -> Self {
        let mut lengths: Vec<u32> = items.iter().map(|i| i.minutes).filter(|m| *m > 0).collect();
        lengths.sort_unstable_by_key(|m| Reverse(*m));
        lengths.dedup();
        let mut load: Vec<u32> = (0..count)
            .map(|w| fixed.get(w).copied().unwrap_or(0))
            .collect();
        for item in items.iter().filter(|i| usize::from(i.home) < count) {
            load[usize::from(item.home)] += item.minutes;
        }
        let at = items.iter().map(|i| i.home).collect();
        let heaps = (0..lengths.len() * count * count)
            .map(|_| BinaryHeap::new())
            .collect();
        let mut state = Self {
            items,
            count,
            budget,
            load,
            at,
            lengths,
            heaps,
        };
        for i in 0..items.len() {
            state.offer(i);
        }
        state
    }

    fn heap(&self, length: usize, from: usize, to: usize) -> usize {
        (length * self.count + from) * self.count + to
    }

    /// Offers an item for every move from its present week.
    fn offer(&mut self, i: usize) {
        let (item, from) = (self.items[i], self.at[i]);
        if item.minutes == 0 || usize::from(from) >= self.count {
            return;
        }
        let Some(length) = self.lengths.iter().position(|l| *l == item.minutes) else {
            return;
        };
        for to in
            (0..self.count).filter(|to| *to != usize::from(from) && item.allowed & (1 << to) != 0)
        {
            let heap = self.heap(length, usize::from(from), to);
            self.heaps[heap].push(Reverse((price(item, from, to as u8), i as u32)));
        }
    }

    /// The cheapest item of a length that can go from one week to another.
    fn cheapest(&mut self, length: usize, from: usize, to: usize) -> Option<(Price, usize)> {
        let heap = self.heap(length, from, to);
        while let Some(Reverse((price, i))) = self.heaps[heap].peek().copied() {
            if usize::from(self.at[i as usize]) == from {
                return Some((price, i as usize));
            }
            self.heaps[heap].pop();
        }
        None
    }

    fn put(&mut self, i: usize, to: usize) {
        let (from, minutes) = (usize::from(self.at[i]), self.items[i].minutes);
        self.load[from] -= minutes;
        self.load[to] += minutes;
        self.at[i] = to as u8;
        self.offer(i);
    }

    /// Moves one touch out of a week, and others on to make room for it, until a week has room: the
    /// cheapest such chain.
    fn chain(&mut self, week: usize) -> bool {
        let mut best: Option<(Price, Vec<(usize, usize)>)> = None;
        for length in 0..self.lengths.len() {
            let minutes = self.lengths[length];
            if let Some(found) = self.shortest(length, week, minutes)
                && best.as_ref().is_none_or(|b| found.0 < b.0)
            {
                best = Some(found);
            }
        }
        let Some((_, moves)) = best else { return false };
        for (item, to) in moves {
            self.put(item, to);
        }
        true
    }

    /// Bellman–Ford over the weeks: a price is negative where a touch comes home.
    fn shortest(
        &mut self,
        length: usize,
        week: usize,
        minutes: u32,
    ) -> Option<(Price, Vec<(usize, usize)>)> {
        let mut dist: Vec<Option<Price>> = vec![None; self.count];
        let mut via: Vec<Option<(usize, usize)>> = vec![None; self.count];
        dist[week] = Some((0, 0));
        for _ in 0..self.count {
            let mut changed = false;
            for from in 0..self.count {
                let Some(here) = dist[from] else { continue };
                for to in 0..self.count {
                    if to == week || to == from {
                        continue;
                    }
                    let Some((price, item)) = self.cheapest(length, from, to) else {
                        continue;
                    };
                    let there = (here.0 + price.0, here.1 + price.1);
                    if dist[to].is_none_or(|d| there < d) && !Self::passes(&via, from, to) {
                        (dist[to], via[to]) = (Some(there), Some((from, item)));
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let end = (0..self.count)
            .filter(|w| *w != week && self.load[*w] + minutes <= self.budget[*w])
            .filter_map(|w| Some((dist[w]?, w)))
            .min()?;
        let (mut moves, mut at) = (Vec::new(), end.1);
        while let Some((from, item)) = via[at] {
            moves.push((item, at));
            at = from;
        }
        Some((end.0, moves))
    }

    /// Whether the path to `from` leads over `to`: a chain visits a week once.
    fn passes(via: &[Option<(usize, usize)>], from: usize, to: usize) -> bool {
        let mut at = from;
        for _ in 0..via.len() {
            match via[at] {
                _ if at == to => return true,
                Some((before, _)) => at = before,
                None => return false,
            }
        }
        true
    }

    /// Exchanges a longer touch with a shorter one where both may change places.
    fn exchange(&mut self, week: usize) -> bool {
        for long in 0..self.lengths.len() {
            for short in long + 1..self.lengths.len() {
                let gain = self.lengths[long] - self.lengths[short];
                for other in (0..self.count).filter(|o| *o != week) {
                    if self.load[other] + gain > self.budget[other] {
                        continue;
                    }
                    if let (Some((_, a)), Some((_, b))) = (
                        self.cheapest(long, week, other),
                        self.cheapest(short, other, week),
                    ) {
                        self.put(a, other);
                        self.put(b, week);
                        return true;
                    }
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(minutes: u32, home: u8, weeks: std::ops::RangeInclusive<u8>) -> Item {
        Item {
            minutes,
            home,
            allowed: weeks.fold(0, |bits, w| bits | 1 << w),
        }
    }

    fn moves(found: &Smoothed, items: &[Item]) -> usize {
        found
            .weeks
            .iter()
            .zip(items)
            .filter(|(w, i)| **w != i.home)
            .count()
    }

    fn loads(items: &[Item], weeks: &[u8], fixed: &[u32]) -> Vec<u32> {
        let mut load = fixed.to_vec();
        items
            .iter()
            .zip(weeks)
            .for_each(|(i, w)| load[usize::from(*w)] += i.minutes);
        load
    }

    /// The fewest moves that keep every week within its budget, by brute force.
    fn fewest(items: &[Item], fixed: &[u32], budget: &[u32]) -> Option<usize> {
        fn go(
            items: &[Item],
            load: &mut Vec<u32>,
            budget: &[u32],
            moves: usize,
            best: &mut Option<usize>,
        ) {
            if best.is_some_and(|b| moves >= b) {
                return;
            }
            let Some((item, rest)) = items.split_first() else {
                return *best = Some(moves);
            };
            for w in (0..budget.len()).filter(|w| item.allowed & (1 << w) != 0) {
                if load[w] + item.minutes <= budget[w] {
                    load[w] += item.minutes;
                    go(
                        rest,
                        load,
                        budget,
                        moves + usize::from(w != usize::from(item.home)),
                        best,
                    );
                    load[w] -= item.minutes;
                }
            }
        }
        let mut best = None;
        go(items, &mut fixed.to_vec(), budget, 0, &mut best);
        best
    }

    #[test]
    fn a_hundred_touches_in_the_first_week_become_twenty_five_a_week() {
        let items = vec![item(60, 0, 0..=3); 100];
        let found = smooth(&items, &[0; 6], &[25 * 60; 6]);
        assert_eq!(found.short, []);
        assert_eq!(
            loads(&items, &found.weeks, &[0; 6]),
            [1_500, 1_500, 1_500, 1_500, 0, 0]
        );
        assert_eq!(moves(&found, &items), 75);
    }

    #[test]
    fn weeks_over_their_budget_are_reported() {
        let items = vec![item(60, 1, 0..=1); 10];
        let found = smooth(&items, &[0; 3], &[120, 240, 600]);
        assert_eq!(found.short, [(1, 240)]);
    }

    proptest! {
        #[test]
        fn touches_of_one_length_move_as_little_as_possible(
            raw in prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..3), 0..9),
            fixed in prop::collection::vec(0_u32..2, 4),
            budget in prop::collection::vec(0_u32..4, 4),
        ) {
            let items: Vec<Item> = raw.iter().map(|(h, back, on)| item(30, *h, h.saturating_sub(*back)..=(h + on).min(3))).collect();
            let (fixed, budget): (Vec<u32>, Vec<u32>) = (fixed.iter().map(|n| n * 30).collect(), budget.iter().map(|n| n * 30).collect());
            let found = smooth(&items, &fixed, &budget);
            for (w, i) in found.weeks.iter().zip(&items) {
                prop_assert!(i.allowed & (1 << w) != 0);
            }
            let best = if fixed.iter().zip(&budget).all(|(f, b)| f <= b) { fewest(&items, &fixed, &budget) } else { None };
            if let Some(best) = best {
                prop_assert_eq!(&found.short, &vec![]);
                prop_assert_eq!(moves(&found, &items), best);
            }
            // A second run changes nothing.
            let again: Vec<Item> = items.iter().zip(&found.weeks).map(|(i, w)| Item { home: *w, ..*i }).collect();
            if found.short.is_empty() {
                prop_assert_eq!(moves(&smooth(&again, &fixed, &budget), &again), 0);
            }
        }

        #[test]
        fn no_week_exceeds_both_its_budget_and_its_former_load(
            raw in prop::collection::vec((1_u32..5, 0_u8..6, 0_u8..3, 0_u8..4), 0..60),
            budget in prop::collection::vec(0_u32..16, 6),
        ) {
            let items: Vec<Item> = raw.iter().map(|(n, h, back, on)| item(n * 15, *h, h.saturating_sub(*back)..=(h + on).min(5))).collect();
            let budget: Vec<u32> = budget.iter().map(|n| n * 15).collect();
            let found = smooth(&items, &[0; 6], &budget);
            let before = loads(&items, &items.iter().map(|i| i.home).collect::<Vec<_>>(), &[0; 6]);
            let after = loads(&items, &found.weeks, &[0; 6]);
            for w in 0..6 {
                prop_assert!(after[w] <= before[w].max(budget[w]), "{before:?} {after:?} {budget:?}");
            }
            prop_assert!(after.iter().max() <= before.iter().max().max(budget.iter().max()));
        }
    }
}
