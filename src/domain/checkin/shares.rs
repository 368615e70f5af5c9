//! Dividing the time left of a call among the sections ahead, without losing any of it.

/// Times are proposed in steps of half a minute; only the odd seconds of the time left are added to one.
const STEP: i64 = 30;

/// The time that a section still takes at least, as planned, and at most, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub least: i64,
    pub planned: i64,
    pub most: i64,
}

/// Divides the time left among the sections ahead, the first of which is under way. The times are in
/// steps and add up to the time left, as far as shortest and longest times allow: what the steps leave
/// over goes to the sections that lost most to them, and what is less than a step to the first that
/// has room for it.
pub fn shares(ranges: &[Range], left: i64) -> Vec<i64> {
    let sum = |of: fn(&Range) -> i64| ranges.iter().map(of).sum::<i64>();
    let (least, planned, most) = (sum(|r| r.least), sum(|r| r.planned), sum(|r| r.most));
    let left = left.clamp(least, most);
    let exact = |r: &Range| {
        let (low, high, from, to) = if left < planned {
            (r.least, r.planned, least, planned)
        } else {
            (r.planned, r.most, planned, most)
        };
        let share = (high - low) * (left - from);
        low + share.checked_div(to - from).unwrap_or(0)
    };
    let mut times: Vec<i64> = ranges
        .iter()
        .map(|r| (exact(r).div_euclid(STEP) * STEP).max(r.least))
        .collect();
    let mut over = left - times.iter().sum::<i64>();
    let give = |i: usize, step: i64, times: &mut [i64]| {
        let given = step.min(ranges[i].most - times[i]).max(0);
        times[i] += given;
        given
    };
    for i in 0..ranges.len() {
        let step = over.rem_euclid(STEP);
        over -= give(i, step, &mut times);
    }
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|i| times[*i] - exact(&ranges[*i]));
    while over > 0 {
        let before = over;
        for i in &order {
            over -= give(*i, STEP.min(over), &mut times);
        }
        if over == before {
            break;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The times add up to the time left, as far as the shortest and longest times allow.
        #[test]
        fn the_times_ahead_add_up_to_the_time_left(
            sections in proptest::collection::vec((0..900_i64, 0..900_i64, 0..900_i64), 0..9),
            left in 0..20_000_i64,
        ) {
            let range = |&(least, planned, most): &(i64, i64, i64)| Range {
                least,
                planned: least + planned,
                most: least + planned + most,
            };
            let ranges: Vec<Range> = sections.iter().map(range).collect();
            let (least, most) = (
                ranges.iter().map(|r| r.least).sum(),
                ranges.iter().map(|r| r.most).sum(),
            );
            let times = shares(&ranges, left);
            prop_assert_eq!(times.iter().sum::<i64>(), left.clamp(least, most));
            for (time, range) in times.iter().zip(&ranges) {
                prop_assert!((range.least..=range.most).contains(time), "{times:?}");
            }
        }
    }
}
