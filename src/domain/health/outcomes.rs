//! The outcomes dimension: progress towards the goals the customer stated itself.

use chrono::NaiveDate;

use super::dimension_score::{DimensionScore, UNDATED};
use super::{Fact, Input};
use crate::domain::account::GoalStatus;
use crate::domain::dossier::Dossier;

/// Points of a goal under way, and of one whose day has passed; a reached one has 100. One late goal is a
/// warning and no loss.
const UNDER_WAY: f64 = 85.0;
const SLIPPED: f64 = 45.0;

pub fn score(dossier: &Dossier, day: NaiveDate) -> DimensionScore {
    let goals = &dossier.account.goals;
    if goals.is_empty() {
        return DimensionScore::unknown(Vec::new());
    }
    let reached = goals
        .iter()
        .filter(|g| g.status == GoalStatus::Reached)
        .count();
    let slipped = goals
        .iter()
        .filter(|g| {
            g.status == GoalStatus::Slipped
                || (g.status == GoalStatus::Open && g.due.is_some_and(|d| d < day))
        })
        .count();
    let open = goals.len() - reached - slipped;
    let points = (reached as f64 * 100.0 + open as f64 * UNDER_WAY + slipped as f64 * SLIPPED)
        / goals.len() as f64;
    let (bad, good) = (reached + open == 0, slipped + open == 0);
    let mut facts = vec![Fact::Goals {
        reached,
        open,
        slipped,
    }];
    // Nobody knows when they were stated, or until when they should be reached.
    let undated = goals.iter().all(|g| g.due.is_none());
    if undated {
        let input = Input::Goals;
        facts.push(Fact::Undated { input });
    }
    DimensionScore::new(points, facts)
        .fresh(if undated { UNDATED } else { 1.0 })
        .only(bad, good)
}
