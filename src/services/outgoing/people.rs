//! The customer's people as a mail names them.

use crate::domain::contact::Contact;
use crate::domain::courtesy;
use crate::domain::ours::Ours;
use crate::domain::text::nfkc;

/// The contact that an attendee's name means: by the whole name, or by the family or given name where only
/// one contact has it.
pub fn person<'a>(attendee: &str, contacts: &'a [Contact]) -> Option<&'a Contact> {
    let wanted = courtesy::key(attendee);
    if wanted.is_empty() {
        return None;
    }
    let whole = contacts.iter().find(|c| courtesy::key(&c.name) == wanted);
    whole.or_else(|| {
        let part = |c: &&Contact| {
            c.name
                .split_whitespace()
                .any(|p| courtesy::key(p) == wanted)
        };
        let mut some = contacts.iter().filter(part);
        some.next().filter(|_| some.next().is_none())
    })
}

/// Whether an attendee is one of ours: written as we write them, or known to us and no contact of the customer's.
pub fn is_ours(attendee: &str, contacts: &[Contact], ours: Ours) -> bool {
    let wanted = nfkc(attendee.trim());
    let written = |name: &str| nfkc(name) == wanted;
    let contact = contacts.iter().any(|c| written(&c.name));
    let colleague = written(ours.me) || ours.colleagues().any(|p| written(&p.name));
    (colleague && !contact) || (person(attendee, contacts).is_none() && ours.has(attendee))
}

/// An attendee as a Japanese mail addresses them: a title stays, other endings become 様.
pub fn addressed(attendee: &str, contacts: &[Contact]) -> String {
    let name = courtesy::unbracketed(attendee);
    if courtesy::ends_with_title(name) {
        return name.to_owned();
    }
    let known = person(attendee, contacts).map(|c| c.name.as_str());
    let own = || courtesy::titled(name).map_or(name, |t| t.1);
    format!(
        "{}様",
        known.unwrap_or_else(|| courtesy::without_endings(own()))
    )
}

/// The name by which an English mail greets: the given name, or a title and the family name.
pub fn greeted(attendee: &str, contacts: &[Contact]) -> String {
    // "Emily Stone, CMO" or "Stone, Emily".
    let attendee = match courtesy::unbracketed(attendee).split_once(',') {
        Some((name, position)) if courtesy::is_position(position.trim()) => name,
        Some((_, given)) if !given.trim().is_empty() => given.trim(),
        Some((name, _)) => name,
        None => courtesy::unbracketed(attendee),
    };
    if let Some((title, name)) = courtesy::titled(attendee) {
        return format!("{title} {}", family_name(name));
    }
    let name = person(attendee, contacts).map_or(attendee, |c| c.name.as_str());
    if let Some((title, name)) = courtesy::titled(name) {
        return format!("{title} {}", family_name(name));
    }
    if has_family_name_first(name) {
        return name.to_owned();
    }
    let first = name.split_whitespace().next().unwrap_or(name);
    let latin = first.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    if latin { first } else { name }.to_owned()
}

/// Whether a name in Latin letters is written with its family name first, as in Singapore, China, Korea and Vietnam:
/// "Tan Wei Ling". Two words may be either ("Kim Young" of Leeds), and are taken as Western.
fn has_family_name_first(name: &str) -> bool {
    const FAMILY: &[&str] = &[
        "bui", "chan", "chang", "chen", "cheng", "choi", "chua", "dang", "do", "gao", "goh", "guo",
        "he", "ho", "hoang", "huang", "jung", "kang", "kim", "koh", "le", "lee", "li", "lim",
        "lin", "liu", "ng", "nguyen", "ong", "park", "pham", "tan", "teo", "tran", "vo", "vu",
        "wang", "wong", "wu", "xu", "yang", "zhang", "zhao",
    ];
    // Given names that are also family names, before a Western middle name: "Kim Marie Olsen", "Lee Ann Cole".
    const GIVEN: [&str; 3] = ["kim", "lee", "lin"];
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let short = |word: &String| word.chars().count() <= 5;
    words.len() == 3
        && FAMILY.contains(&words[0].as_str())
        && !GIVEN.contains(&words[0].as_str())
        && words[1..].iter().all(short)
}

/// The family name of a Western name: its last word, with the small words before it.
fn family_name(name: &str) -> &str {
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let mut at = 0;
    let words: Vec<&str> = name.split_whitespace().collect();
    for (n, word) in words.iter().enumerate() {
        let last = n + 1 == words.len();
        let place = word.as_ptr() as usize - name.as_ptr() as usize;
        if last && !words[..n].last().is_some_and(|w| small(w))
            || (small(word) && !words[..n].last().is_some_and(|w| small(w)))
        {
            at = place;
        }
    }
    &name[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_their_honorifics() {
        let contact = |name: &str| -> Contact {
            serde_json::from_value(
                serde_json::json!({ "id": name, "account": "a", "name": name, "status": "active" }),
            )
            .expect("a contact")
        };
        let contacts = [
            contact("橋本 恵"),
            contact("田中 一"),
            contact("田中 花"),
            contact("Jo Miller"),
        ];
        for name in [
            "橋本さん",
            "橋本様",
            "橋本部長",
            "橋本恵",
            "橋本　恵",
            "恵さん",
        ] {
            assert_eq!(
                person(name, &contacts).map(|c| c.name.as_str()),
                Some("橋本 恵"),
                "{name}"
            );
        }
        assert_eq!(person("田中さん", &contacts), None, "two have this name");
        assert_eq!(
            person("jo", &contacts).map(|c| c.name.as_str()),
            Some("Jo Miller")
        );
        assert_eq!(addressed("橋本さん", &contacts), "橋本 恵様");
        assert_eq!(addressed("橋本部長", &contacts), "橋本部長");
        assert_eq!(addressed("鈴木さん", &contacts), "鈴木様");
        for (name, want) in [
            ("中村執行役員", "中村執行役員"),
            ("木村部長代理", "木村部長代理"),
            ("Ms. Emily Carter", "Emily Carter様"),
            ("東教授", "東教授"),
            ("橋本さん（業務改善）", "橋本 恵様"),
            ("橋夲様", "橋夲様"),
        ] {
            assert_eq!(addressed(name, &contacts), want);
        }
        for (name, want) in [
            ("Frau Iyer", "Frau Iyer"),
            ("Miss Jones", "Miss Jones"),
            ("Dr. Emily Stone", "Dr. Stone"),
            ("Mr. Jan van der Berg", "Mr. van der Berg"),
            ("Mr. van der Berg", "Mr. van der Berg"),
            ("Jo (the new CFO)", "Jo"),
            ("Dr. Emily Stone, CMO", "Dr. Stone"),
            ("Smith, Ann", "Ann"),
            ("Jürgen Weiß", "Jürgen"),
            ("Tan Wei Ling", "Tan Wei Ling"),
            ("Nguyen Van Anh", "Nguyen Van Anh"),
            ("Lee Ann Cole", "Lee"),
            ("Mary Ann Cole", "Mary"),
            ("橋本 恵", "橋本 恵"),
        ] {
            assert_eq!(greeted(name, &contacts), want);
        }
        assert_eq!(greeted("Jo Miller", &contacts), "Jo");
        assert_eq!(greeted("Dr. Ann Lee", &contacts), "Dr. Lee");
    }
}
