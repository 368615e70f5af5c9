//! Which subscription took over from one that ended.

use std::collections::{HashMap, HashSet};

use chrono::{Duration, NaiveDate};

use crate::domain::facts::subscription::Subscription;
use crate::domain::ids::RecordId;

/// A gap of more days is no renewal: the customer left and came back.
const GAP: i64 = 30;

/// Who took over from each subscription that ended: one that starts near its end and runs on, by a day. One of
/// the same plan goes before another, and each takes over from one only, the earliest first: a value counts once.
pub fn successors(all: &[Subscription], day: NaiveDate) -> HashMap<&RecordId, &Subscription> {
    let paid = || all.iter().filter(|s| !s.trial);
    let mut ended: Vec<(NaiveDate, &Subscription)> = paid()
        .filter(|s| s.merged.is_none())
        .filter_map(|s| Some((s.end?, s)))
        .collect();
    ended.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    let (mut out, mut taken) = (HashMap::new(), HashSet::new());
    for same_plan in [true, false] {
        for (end, this) in &ended {
            if out.contains_key(&this.id) {
                continue;
            }
            let latest = *end + Duration::days(GAP);
            let fits = |s: &&Subscription| {
                let starts = s.start.is_some_and(|start| {
                    // What begins well within the term stands beside it: more seats, another product.
                    let overlaps = same_plan && !this.plan.is_empty();
                    let first = if overlaps {
                        *end - Duration::days(GAP)
                    } else {
                        *end
                    };
                    let behind = this.start.is_none_or(|own| start > own);
                    (first..=latest).contains(&start) && start <= day && behind
                });
                let plan = !same_plan || s.plan == this.plan;
                let on = s.end.is_none_or(|e| e > *end);
                s.id != this.id && plan && starts && on && !taken.contains(&s.id)
            };
            if let Some(next) = paid().filter(fits).min_by_key(|s| (s.start, &s.id)) {
                taken.insert(&next.id);
                out.insert(&this.id, next);
            }
        }
    }
    out
}
