//! Which actions of a call the customer reads.

use std::collections::BTreeSet;

use crate::domain::action::{Action, Side, Status};
use crate::domain::checkin::wrapup::Team;
use crate::domain::checkin::{Checkin, Line};
use crate::words::Lang;

/// Whether an action was typed within a line that stays inside: what is done about a risk is not the
/// customer's, unless the user says so.
fn is_inside(checkin: &Checkin, action: &Action) -> bool {
    let marked = |l: &Line| l.meaning().is_some_and(super::is_inside);
    let mut lines = checkin.lines().map(|(_, line)| line);
    lines.any(|l| marked(l) && !action.what.is_empty() && l.text.contains(action.what.as_str()))
}

/// Whether the customer reads of an action: those of both sides unless the user keeps them inside, those of
/// colleagues and about a risk where the user allows it, dropped ones never.
pub fn goes_out(
    checkin: &Checkin,
    action: &Action,
    ticked: &BTreeSet<String>,
    withheld: &BTreeSet<String>,
) -> bool {
    let allowed = if is_free(checkin, action) {
        !withheld.contains(&action.what)
    } else {
        ticked.contains(&action.what) && (is_colleagues(action) || action.side != Side::Internal)
    };
    allowed && action.status != Status::Dropped
}

/// Whether an action goes out without being allowed one by one.
pub fn is_free(checkin: &Checkin, action: &Action) -> bool {
    action.side != Side::Internal && !is_inside(checkin, action)
}

/// Whether a colleague does it: the customer reads of it only where the user allows it. Requests to other
/// teams never go out.
pub fn is_colleagues(action: &Action) -> bool {
    let teams = || {
        Team::ALL
            .iter()
            .flat_map(|t| [t.words(Lang::En), t.words(Lang::Ja)])
    };
    action.side == Side::Internal && !action.owner.is_empty() && !teams().any(|t| t == action.owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(what: &str, side: Side) -> Action {
        let body = serde_json::json!({ "id": what, "account": "a", "what": what, "side": "us", "status": "open",
            "priority": "normal", "created": "2026-11-20T09:00:00Z" });
        let mut out: Action = serde_json::from_value(body).expect("an action");
        out.side = side;
        out
    }

    #[test]
    fn what_is_done_about_a_risk_stays_inside_until_it_is_allowed() {
        let body = serde_json::json!({ "id": "k", "account": "a", "kind": "health", "template": "standard",
            "author": "me", "created": "2026-11-20T09:00:00Z", "sections": [], "events": [],
            "notes": [[{ "text": "~ Luis looks at Rivalsoft ! get the battlecard @me ^mon" }]], "wrapup": {} });
        let checkin: Checkin = serde_json::from_value(body).expect("a check-in");
        let none = BTreeSet::new();
        let about_risk = action("get the battlecard", Side::Us);
        let promise = action("send the guide", Side::Us);
        let colleague = Action {
            owner: "Raj".into(),
            ..action("fix the import", Side::Internal)
        };
        let mut dropped = action("book a room", Side::Us);
        dropped.status = Status::Dropped;
        let goes = |a: &Action, ticked: &BTreeSet<String>, held: &BTreeSet<String>| {
            goes_out(&checkin, a, ticked, held)
        };
        assert!(goes(&promise, &none, &none));
        for inside in [&about_risk, &colleague, &dropped] {
            assert!(!goes(inside, &none, &none), "{}", inside.what);
        }
        let of = |a: &Action| BTreeSet::from([a.what.clone()]);
        assert!(
            goes(&about_risk, &of(&about_risk), &none) && goes(&colleague, &of(&colleague), &none)
        );
        assert!(
            !goes(&promise, &none, &of(&promise)),
            "kept inside by the user"
        );
        assert!(!goes(&dropped, &of(&dropped), &none));
    }
}
