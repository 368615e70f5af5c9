//! No contact for longer than the cadence allows.

use chrono::Duration;

use super::super::{Evidence, Found, View};
use crate::domain::dossier::talks::last_touch;

pub const NUMBERS: &[&str] = &["days"];

pub fn find(view: &View) -> Option<Found> {
    // Without any recorded touch, silence is unknown.
    let last = last_touch(view.dossier, view.day, view.zone)?;
    let (days, allowed) = ((view.day - last).num_days(), view.days("days"));
    (days > allowed).then(|| {
        Found::new(
            last + Duration::days(allowed + 1),
            90,
            Evidence::Silence { days, allowed },
        )
        .strong(days > 2 * allowed)
    })
}
