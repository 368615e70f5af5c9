//! The people of a call: names as they are written, matched to the account's contacts.

use super::said;
use crate::domain::contact::{Contact, Status};
use crate::domain::text::{fold, nfkc};

/// A person of a call: the contact's name where it is one of the account's, else as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub known: bool,
}

pub use crate::domain::courtesy::bare;

/// The names in a list of people: `Jane Smith (CTO), Bob`, 「田中様、鈴木さん」, `Hank <h@x.com>`.
pub fn listed(text: &str) -> Vec<String> {
    let text = nfkc(text);
    let text = text.replace(" and ", ",").replace(" & ", ",");
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut name = String::new();
    for c in text.chars().chain([',']) {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ',' | '、' | ';' | '/' | '・' | '\n' | '|' => {
                let (bare, _) = bare(&name);
                if is_name(bare) {
                    out.push(bare.to_owned());
                }
                name.clear();
            }
            c => name.push(c),
        }
    }
    out
}

/// Whether a text may be a person's name: short, with letters, and no word for a talk.
pub fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().count();
    let low = fold(text);
    text.chars().any(char::is_alphabetic)
        && !text.chars().any(|c| c.is_ascii_digit())
        && !text.contains(['。', '!', '?', ':', '"'])
        && (1..=4).contains(&words)
        && (1..=40).contains(&letters)
        && said::talk(&low).is_none()
        && !said::is_part(&low)
        && !matches!(
            low.as_str(),
            "me" | "us" | "team" | "all" | "tbd" | "n/a" | "なし" | "未定"
        )
}

/// Whether a text is written like a name in Latin letters: every word begins with a capital.
pub fn is_capitalised(text: &str) -> bool {
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    text.is_ascii() && !text.is_empty() && text.split_whitespace().all(capital)
}

/// The people, each once; those that one active contact of the account fits by name or reading.
pub fn matched(names: &[String], contacts: &[Contact]) -> Vec<Person> {
    let mut out: Vec<Person> = Vec::new();
    for name in names {
        let person = match contact(name, contacts) {
            Some(contact) => Person {
                name: contact.name.clone(),
                known: true,
            },
            None => Person {
                name: name.clone(),
                known: false,
            },
        };
        if !out.iter().any(|p| fold(&p.name) == fold(&person.name)) {
            out.push(person);
        }
    }
    out
}

/// The contact that a name means; none where several fit.
pub fn contact<'a>(name: &str, contacts: &'a [Contact]) -> Option<&'a Contact> {
    let folded = fold(&nfkc(name));
    let letters = folded.chars().count();
    if letters < if folded.is_ascii() { 2 } else { 1 } {
        return None;
    }
    let squeezed = |text: &str| fold(&nfkc(text)).replace([' ', '・'], "");
    let whole = squeezed(name);
    let exact: Vec<&Contact> = contacts
        .iter()
        .filter(|c| {
            squeezed(&c.name) == whole
                || squeezed(&c.reading) == whole
                || (!c.email.is_empty() && fold(&c.email) == folded)
        })
        .collect();
    if let [one] = exact[..] {
        return Some(one);
    }
    let fits = |c: &&Contact| {
        let (name, reading) = (fold(&nfkc(&c.name)), fold(&c.reading));
        name.split([' ', '・']).any(|part| part == folded)
            || (!folded.is_ascii() && (name.starts_with(&folded) || reading.starts_with(&folded)))
    };
    let all: Vec<&Contact> = contacts.iter().filter(fits).collect();
    let here: Vec<&&Contact> = all.iter().filter(|c| c.status == Status::Active).collect();
    match (&here[..], &all[..]) {
        ([one], _) => Some(one),
        ([], [one]) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_lists_and_matched_to_contacts() {
        assert_eq!(
            listed("Jane Smith (CTO), Bob and Ann <ann@x.com>"),
            ["Jane Smith", "Bob", "Ann"]
        );
        assert_eq!(
            listed("田中様、鈴木さん、佐藤部長"),
            ["田中", "鈴木", "佐藤"]
        );
        let contact = |id: &str, name: &str| Contact::new(id.into(), "a".into(), name);
        let contacts = [
            contact("1", "田中 花子"),
            contact("2", "Jane Smith"),
            contact("3", "Jane Doe"),
            contact("4", "Hank Scorpio"),
        ];
        let known = |name: &str| matched(&[name.to_owned()], &contacts)[0].clone();
        assert_eq!(known("田中").name, "田中 花子");
        assert_eq!(known("hank").name, "Hank Scorpio");
        assert!(!known("Jane").known, "two people have this name");
        assert!(known("jane smith").known);
        assert_eq!(known("Otto").name, "Otto");
    }
}
