//! A colleague: who stands beside the user, and what they are to the customers.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::closed::closed;
use super::text::shown_line;

closed! {
    /// What a colleague is to the customers.
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

/// A colleague. Written as `Name <mail> 9:00-17:30`; mail and hours may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Person {
    pub name: String,
    /// A mail address.
    pub mail: Option<String>,
    /// When they work, in the user's time zone. Hours from 22:00 to 6:00 run over midnight.
    pub hours: Option<(NaiveTime, NaiveTime)>,
}

/// What is wrong with a text that should name a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no name.
    Nobody,
    /// This is not a mail address.
    Mail(String),
    /// These are not hours.
    Hours(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Nobody => write!(f, "a name is missing"),
            Wrong::Mail(text) => {
                write!(f, "`{text}` is not a mail address (one is me@example.com)")
            }
            Wrong::Hours(text) => write!(f, "`{text}` are not working hours (some are 9:00-17:30)"),
        }
    }
}

/// A mail address, without the blanks around it.
///
/// # Errors
/// If the text is none.
pub fn address(text: &str) -> Result<String, Wrong> {
    let address = shown_line(text);
    let named = address
        .split_once('@')
        .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    if !named || address.contains(char::is_whitespace) {
        return Err(Wrong::Mail(address));
    }
    Ok(address)
}

impl Person {
    /// Reads `Name <mail> 9:00-17:30`.
    ///
    /// # Errors
    /// If there is no name, or a part cannot be read.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let text = shown_line(text);
        let mut rest = text.trim();
        let mut hours = None;
        if let Some((before, last)) = rest.rsplit_once([' ', '\u{3000}'])
            && last.starts_with(|c: char| c.is_ascii_digit())
        {
            hours = Some(hours_of(last).ok_or_else(|| Wrong::Hours(last.to_owned()))?);
            rest = before.trim();
        }
        let (name, mail) = match rest.split_once('<') {
            Some((name, mail)) => (name, Some(address(mail.trim_end_matches('>'))?)),
            None => (rest, None),
        };
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Wrong::Nobody);
        }
        Ok(Self { name, mail, hours })
    }

    /// As [`Person::read`], of a cell of another system: a mail address alone is a name too, and what is no mail or hours
    /// is part of the name. None where there is no name.
    pub fn read_loosely(text: &str) -> Option<Self> {
        let text = shown_line(text);
        if let Ok(mail) = address(text.trim()) {
            let name = mail.split('@').next().unwrap_or_default().to_owned();
            let (mail, hours) = (Some(mail), None);
            return Some(Self { name, mail, hours });
        }
        let name = || text.trim().to_owned();
        let whole = || Self {
            name: name(),
            mail: None,
            hours: None,
        };
        match Self::read(&text) {
            Ok(person) => Some(person),
            Err(Wrong::Nobody) => None,
            Err(Wrong::Mail(_) | Wrong::Hours(_)) => Some(whole()),
        }
    }

    /// Whether they are at work at a time of the day; `None` where their hours are not known.
    pub fn works(&self, at: NaiveTime) -> Option<bool> {
        let (from, to) = self.hours?;
        Some(if from <= to {
            from <= at && at < to
        } else {
            at >= from || at < to
        })
    }
}

fn hours_of(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = text.split_once(['-', '–', '〜', '~'])?;
    let time = |t: &str| NaiveTime::parse_from_str(t, "%H:%M").ok();
    Some((time(from)?, time(to)?)).filter(|(from, to)| from != to)
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(mail) = &self.mail {
            write!(f, " <{mail}>")?;
        }
        if let Some((from, to)) = self.hours {
            write!(f, " {}-{}", from.format("%-H:%M"), to.format("%-H:%M"))?;
        }
        Ok(())
    }
}

impl From<Person> for String {
    fn from(person: Person) -> Self {
        person.to_string()
    }
}

impl TryFrom<String> for Person {
    type Error = Wrong;

    fn try_from(text: String) -> Result<Self, Wrong> {
        Self::read(&text)
    }
}

/// Colleagues, by their roles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct People(BTreeMap<Role, Person>);

impl People {
    pub fn set(&mut self, role: Role, person: Person) {
        self.0.insert(role, person);
    }

    pub fn of(&self, role: Role) -> Option<&Person> {
        self.0.get(&role)
    }

    pub fn all(&self) -> impl Iterator<Item = (Role, &Person)> {
        self.0.iter().map(|(role, person)| (*role, person))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_written_as_it_is_read() {
        for (text, name, mail, hours) in [
            ("Ann Lee", "Ann Lee", None, None),
            (
                "Ann Lee <ann@x.example>",
                "Ann Lee",
                Some("ann@x.example"),
                None,
            ),
            (
                "鈴木 健 <s@x.example> 9:00-17:30",
                "鈴木 健",
                Some("s@x.example"),
                Some("9:00"),
            ),
            ("Agent 47", "", None, None),
            ("夜勤 22:00-6:00", "夜勤", None, Some("22:00")),
        ] {
            let read = Person::read(text);
            if name.is_empty() {
                assert!(matches!(read, Err(Wrong::Hours(_))), "{text}");
                continue;
            }
            let read = read.expect(text);
            assert_eq!(
                (read.name.as_str(), read.mail.as_deref()),
                (name, mail),
                "{text}"
            );
            let from = read.hours.map(|h| h.0.format("%-H:%M").to_string());
            assert_eq!(from.as_deref(), hours, "{text}");
            assert_eq!(read.to_string(), text);
        }
        for text in [
            "",
            " <a@b.example>",
            "Ann <ann>",
            "Ann 9:00-9:00",
            "Ann 25:00-26:00",
        ] {
            assert!(Person::read(text).is_err(), "{text}");
        }
        let at = |h| NaiveTime::from_hms_opt(h, 0, 0).expect("a time");
        let night = Person::read("N 22:00-6:00").expect("a person");
        assert_eq!(
            [23, 5, 12].map(|h| night.works(at(h))),
            [Some(true), Some(true), Some(false)]
        );
        assert_eq!(Person::read("Ann").expect("a person").works(at(12)), None);
    }
}
