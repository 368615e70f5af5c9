//! Our own people where an account is talked about: the user, the owner, the account's people, and those by
//! default (`[ours]` in `desk.toml`).

use super::account::Account;
use super::checkin::wrapup::Team;
use super::colleague::{People, Person, Role};
use super::courtesy::{bare, key};

/// Everyone of ours who may be meant where an account is talked about: the user, the account's owner, the
/// account's people, and those by default.
#[derive(Debug, Clone, Copy)]
pub struct Ours<'a> {
    pub me: &'a str,
    owner: &'a str,
    account: Option<&'a People>,
    desk: &'a People,
}

impl<'a> Ours<'a> {
    pub fn new(me: &'a str, desk: &'a People) -> Self {
        Self {
            me,
            owner: "",
            account: None,
            desk,
        }
    }

    /// With the owner and the people of an account.
    #[must_use]
    pub fn at_account(self, account: Option<&'a Account>) -> Self {
        Self {
            owner: account.map_or("", |a| &a.owner),
            account: account.map(|a| &a.people),
            ..self
        }
    }

    pub fn of(&self, role: Role) -> Option<&'a Person> {
        let own = self.account.and_then(|people| people.of(role));
        own.or_else(|| self.desk.of(role))
    }

    /// The colleagues, without the user and the owner.
    pub fn colleagues(&self) -> impl Iterator<Item = &'a Person> + use<'a> {
        let own = self.account.into_iter().flat_map(People::all);
        own.chain(self.desk.all()).map(|(_, person)| person)
    }

    /// Whom an escalation to a team goes to.
    pub fn at(&self, team: Team) -> Option<&'a Person> {
        self.of(role(team))
    }

    /// The colleague that a name means, however it is addressed: by the whole name, or by the family or given
    /// name.
    pub fn find(&self, name: &str) -> Option<&'a Person> {
        let wanted = key(name);
        let whole = self.colleagues().find(|p| key(&p.name) == wanted);
        whole.or_else(|| self.colleagues().find(|p| has_part(&p.name, &wanted)))
    }

    /// Whether a name, or a part of one, means one of us. Whoever is a contact of the customer's is asked for first.
    pub fn has(&self, name: &str) -> bool {
        let wanted = key(name);
        let same = |one: &str| !one.is_empty() && (key(one) == wanted || has_part(one, &wanted));
        same(self.me) || same(self.owner) || self.find(name).is_some()
    }
}

fn has_part(name: &str, wanted: &str) -> bool {
    let mut parts = bare(name).0.split_whitespace();
    parts.any(|part| key(part) == wanted)
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
        let mut desk = People::default();
        let person = Person::read("鈴木 健").expect("a person");
        desk.set(Role::Support, person.clone());
        let mut account = Account::new("a".into(), "A");
        account.owner = "Maria Okada".into();
        account
            .people
            .set(Role::Product, Person::read("Raj Patel").expect("a person"));
        let ours = Ours::new("sato", &desk).at_account(Some(&account));
        assert_eq!(ours.at(Team::Support), Some(&person));
        assert_eq!(ours.at(Team::Sales), None);
        for name in ["鈴木健さん", "鈴木 健", "鈴木部長", "鈴木"] {
            assert_eq!(ours.find(name), Some(&person), "{name}");
        }
        for name in ["Sato", "maria okada", "Raj", "Ms. Patel", "鈴木様"] {
            assert!(ours.has(name), "{name}");
        }
        for name in ["佐藤", "", "Patelson", "Maria Lopez"] {
            assert!(!ours.has(name), "{name}");
        }
        // The account's own person stands before the one by default.
        account
            .people
            .set(Role::Support, Person::read("Ann").expect("a person"));
        let ours = Ours::new("sato", &desk).at_account(Some(&account));
        assert_eq!(ours.at(Team::Support).map(|p| p.name.as_str()), Some("Ann"));
        assert_eq!(ours.find("鈴木"), Some(&person));
    }
}
