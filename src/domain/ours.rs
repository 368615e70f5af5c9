//! Our own people: who stands beside the user, by what they are to the customers.

use super::checkin::wrapup::Team;
use super::closed::closed;
use super::courtesy::{bare, key};

closed! {
    /// What one of us is to the customers.
    Role {
        Csm = "csm",
        Manager = "manager",
        AccountManager = "account_manager",
        Implementation = "implementation",
        Support = "support",
        Product = "product",
        Sponsor = "sponsor",
    }
}

/// One of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// A mail address.
    pub mail: Option<String>,
}

/// Our people by default, from `[ours]` in `desk.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ours(Vec<(Role, Person)>);

impl Ours {
    pub fn set(&mut self, role: Role, person: Person) {
        self.0.push((role, person));
    }

    pub fn of(&self, role: Role) -> Option<&Person> {
        self.0.iter().find(|p| p.0 == role).map(|p| &p.1)
    }

    /// Whom an escalation to a team goes to.
    pub fn at(&self, team: Team) -> Option<&Person> {
        self.of(role(team))
    }

    /// The one of us that a name means, however it is addressed: by the whole name, or by the family or given
    /// name.
    pub fn find(&self, name: &str) -> Option<&Person> {
        let wanted = key(name);
        let part = |p: &Person| {
            bare(&p.name)
                .0
                .split_whitespace()
                .any(|part| key(part) == wanted)
        };
        let people = || self.0.iter().map(|p| &p.1);
        let whole = people().find(|p| key(&p.name) == wanted);
        whole.or_else(|| people().find(|p| part(p)))
    }
}

/// The role that answers for a team.
pub fn role(team: Team) -> Role {
    match team {
        Team::Product => Role::Product,
        Team::Sales => Role::AccountManager,
        Team::Support => Role::Support,
        Team::Executives => Role::Sponsor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_people_are_known_by_role_team_and_name() {
        let mut ours = Ours::default();
        let person = Person {
            name: "鈴木 健".into(),
            mail: None,
        };
        ours.set(Role::Support, person.clone());
        assert_eq!(ours.at(Team::Support), Some(&person));
        assert_eq!(ours.at(Team::Product), None);
        for name in ["鈴木健さん", "鈴木 健", "鈴木部長", "鈴木"] {
            assert_eq!(ours.find(name), Some(&person), "{name}");
        }
        assert_eq!(ours.find("佐藤"), None);
    }
}
