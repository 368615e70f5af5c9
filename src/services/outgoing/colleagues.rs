//! Whether a word or a text names one of our people.

use crate::domain::courtesy;
use crate::domain::ours::Ours;

pub(super) fn words(text: &str) -> Vec<&str> {
    let outside = |c: char| !c.is_alphanumeric() && !['\'', '’', '-'].contains(&c);
    text.split(outside).filter(|w| !w.is_empty()).collect()
}

pub(super) fn names_colleague(word: &str, ours: Ours) -> bool {
    word.is_ascii() && word.starts_with(char::is_uppercase) && ours.find(word).is_some()
}

/// Japanese names stand without blanks around them. One kanji is a name only before さん, and not behind another.
pub(super) fn names_colleague_ja(text: &str, ours: Ours) -> bool {
    ours.colleagues().any(|person| {
        let name = courtesy::bare(&person.name).0;
        let mut parts = name.split_whitespace().filter(|p| !p.is_ascii());
        parts.any(|part| match part.chars().count() > 1 {
            true => text.contains(part),
            false => text.match_indices(&format!("{part}さん")).any(|(at, _)| {
                let before = text[..at].chars().last();
                !before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            }),
        })
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::domain::colleague::{People, Person, Role};

    pub fn people() -> People {
        let mut people = People::default();
        for (role, name) in [
            (Role::Support, "Raj Patel"),
            (Role::Manager, "鈴木 健一"),
            (Role::AccountManager, "Tom Baker"),
        ] {
            people.set(role, Person::read(name).expect("a person"));
        }
        people
    }

    #[test]
    fn our_people_are_known_in_a_text() {
        let people = people();
        let ours = Ours::new("Grace Turner", &people);
        assert!(names_colleague("Raj", ours) && !names_colleague("raj", ours));
        assert!(
            names_colleague_ja("鈴木さんに確認", ours)
                && !names_colleague_ja("田中さんに確認", ours)
        );
    }
}
