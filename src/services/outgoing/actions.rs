//! Which actions of a call the customer reads.

use super::personal::Names;
use super::{Said, Why, inner};
use crate::domain::action::{Action, Side, Status};
use crate::domain::checkin::wrapup::Team;
use crate::domain::checkin::{Checkin, Line};
use crate::domain::contact::Contact;
use crate::domain::ours::Ours;
use crate::words::Lang;

/// What decides which actions of a check-in leave.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    pub checkin: &'a Checkin,
    pub contacts: &'a [Contact],
    pub ours: Ours<'a>,
    pub said: Said<'a>,
}

impl Choice<'_> {
    /// Whether an action was typed within a line that stays inside: what is done about a risk is not the
    /// customer's, unless the user says so.
    fn is_inside(&self, action: &Action) -> bool {
        let marked = |l: &Line| l.meaning().is_some_and(super::is_inside);
        let mut lines = self.checkin.lines().map(|(_, line)| line);
        let within = |l: &Line| {
            marked(l) && !action.what.is_empty() && l.text.contains(action.what.as_str())
        };
        action.inside || lines.any(within)
    }

    /// The side that acts. An owner who is no contact of the customer's and one of ours is a colleague,
    /// whatever was stored before our people were known.
    pub fn side(&self, action: &Action) -> Side {
        let ours = action.side == Side::Customer
            && !action.owner.is_empty()
            && super::person(&action.owner, self.contacts).is_none()
            && self.ours.has(&action.owner);
        if ours { Side::Internal } else { action.side }
    }

    /// Whether the customer reads of an action: those of both sides unless the user keeps them inside, those of
    /// colleagues and about a risk where the user allows it, dropped ones never.
    pub fn goes_out(&self, action: &Action) -> bool {
        let allowed = if self.is_free(action) {
            !self.said.withheld.contains(&action.what)
        } else {
            let may = self.is_colleagues(action) || self.side(action) != Side::Internal;
            may && self.said.ticked.contains(&action.what)
        };
        allowed && action.status != Status::Dropped
    }

    /// Whether an action goes out without being allowed one by one.
    pub fn is_free(&self, action: &Action) -> bool {
        let side = self.side(action);
        side != Side::Internal && !self.is_inside(action) && self.delicate(action).is_none()
    }

    /// Why an action is asked about before it leaves.
    pub fn delicate(&self, action: &Action) -> Option<Why> {
        let inner = match self.side(action) {
            Side::Customer => inner::is_reserved(&action.what),
            Side::Us | Side::Internal => inner::is_our_action(&action.what, self.ours),
        };
        let contacts = self.contacts.iter().map(|c| c.name.as_str());
        let names = Names::of(super::names(self.checkin, self.ours).chain(contacts));
        let inner = inner || names.narrows(super::remark(&action.what));
        super::delicate(&action.what, inner, &names)
    }

    /// Whether a colleague does it: the customer reads of it only where the user allows it. Requests to other
    /// teams never go out.
    pub fn is_colleagues(&self, action: &Action) -> bool {
        let teams = || {
            Team::ALL
                .iter()
                .flat_map(|t| [t.words(Lang::En), t.words(Lang::Ja)])
        };
        self.side(action) == Side::Internal
            && !action.owner.is_empty()
            && !teams().any(|t| t == action.owner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::colleague::{People, Person, Role};

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
        // Whatever its words became in the wrap-up.
        let edited = Action {
            inside: true,
            ..action("get the battlecard from marketing", Side::Us)
        };
        // Stored before our people were known.
        let anns = Action {
            owner: "Ann".into(),
            ..action("send the log", Side::Customer)
        };
        let mut dropped = action("book a room", Side::Us);
        dropped.status = Status::Dropped;
        let mut people = People::default();
        people.set(Role::Support, Person::read("Ann Lee").expect("a person"));
        let goes = |a: &Action, ticked: &BTreeSet<String>, withheld: &BTreeSet<String>| {
            let choice = Choice {
                checkin: &checkin,
                contacts: &[],
                ours: Ours::new("me", &people),
                said: Said { ticked, withheld },
            };
            choice.goes_out(a)
        };
        assert!(goes(&promise, &none, &none));
        for inside in [&about_risk, &colleague, &edited, &anns, &dropped] {
            assert!(!goes(inside, &none, &none), "{}", inside.what);
        }
        let of = |a: &Action| BTreeSet::from([a.what.clone()]);
        for allowed in [&about_risk, &colleague, &edited, &anns] {
            assert!(goes(allowed, &of(allowed), &none), "{}", allowed.what);
        }
        assert!(
            !goes(&promise, &none, &of(&promise)),
            "kept inside by the user"
        );
        assert!(!goes(&dropped, &of(&dropped), &none));
    }
}
