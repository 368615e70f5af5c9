//! What of a check-in the customer may read: by permission, not by suspicion. The names of the sections,
//! decisions and answered questions go out; any other line only when the user ticks it; what is marked as a
//! risk, an opportunity or private never.

pub mod actions;

use std::collections::BTreeSet;

use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::contact::Contact;
use crate::domain::courtesy;
use crate::services::compose::plain;

/// Why a line stays inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It carries this mark, and never leaves.
    Marked(Mark),
    /// Nobody ticked it.
    Unticked,
}

/// A line that stays inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    pub line: String,
    pub why: Why,
}

/// The lines of a check-in for the customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// The sections that were spoken of, by their places.
    pub sections: Vec<usize>,
    pub decisions: Vec<String>,
    pub answered: Vec<String>,
    /// The lines that were ticked.
    pub ticked: Vec<String>,
    pub held: Vec<HeldBack>,
}

/// Whether a mark keeps a line inside whatever is ticked.
pub fn is_inside(mark: Mark) -> bool {
    matches!(mark, Mark::Risk | Mark::Opportunity | Mark::Private)
}

/// What stands between a question and its answer.
const ARROWS: [&str; 4] = ["→", "⇒", "->", "=>"];

/// An answer stands in the line of its question, behind an arrow.
fn is_answered(line: &str) -> bool {
    ARROWS.iter().any(|arrow| {
        line.split_once(arrow)
            .is_some_and(|(_, answer)| !answer.trim().is_empty())
    })
}

/// Question and answer with one arrow between them, however it was typed.
fn answered(line: &str) -> String {
    let arrow = ARROWS.iter().find_map(|arrow| line.split_once(arrow));
    arrow.map_or_else(
        || line.to_owned(),
        |(question, answer)| format!("{} → {}", question.trim(), answer.trim()),
    )
}

/// Sorts the lines of a check-in. `ticked` are lines that the user allowed.
pub fn outgoing(c: &Checkin, ticked: &BTreeSet<String>) -> Outgoing {
    let mut out = Outgoing::default();
    let confirmed = c.wrapup.items.as_deref().unwrap_or_default();
    let inside = |words: &str| {
        let marked = c
            .lines()
            .filter_map(|(_, l)| Some((l.meaning()?, l.words())));
        let items = confirmed.iter().map(|i| (i.mark, i.text.trim()));
        let mut all = marked.chain(items);
        let same = |text: &str| public(text).trim() == public(words).trim();
        all.find(|(mark, text)| is_inside(*mark) && same(text))
            .map(|(mark, _)| mark)
    };
    for (section, lines) in c.notes.iter().enumerate() {
        for line in lines {
            let (words, mark) = (line.words(), line.meaning());
            if words.trim().is_empty() {
                continue;
            }
            if let Some(mark) = mark.filter(|m| is_inside(*m)).or_else(|| inside(words)) {
                out.hold(words, Why::Marked(mark));
                continue;
            }
            let text = plain(public(words));
            if public(words) != words {
                let remark = words[public(words).len()..].trim();
                out.hold(remark, Why::Marked(Mark::Private));
            }
            if text.is_empty() {
                continue;
            }
            if out.sections.last() != Some(&section) {
                out.sections.push(section);
            }
            match mark {
                // Actions and decisions are listed by themselves.
                Some(Mark::Action | Mark::Decision) => {}
                Some(Mark::Question) if is_answered(&text) => out.answered.push(answered(&text)),
                _ if ticked.contains(&text) => out.ticked.push(text),
                _ => out.hold(&text, Why::Unticked),
            }
        }
    }
    let decisions = c.items(Mark::Decision).into_iter();
    let allowed = decisions.filter(|d| inside(d).is_none());
    out.decisions = allowed
        .map(|d| plain(public(d)))
        .filter(|d| !d.is_empty())
        .collect();
    out
}

impl Outgoing {
    fn hold(&mut self, line: &str, why: Why) {
        let line = line.trim().to_owned();
        self.held.push(HeldBack { line, why });
    }
}

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
                .any(|p| p.to_lowercase() == wanted)
        };
        let mut some = contacts.iter().filter(part);
        some.next().filter(|_| some.next().is_none())
    })
}

/// An attendee as a Japanese mail addresses them: a title stays, other endings become 様.
pub fn addressed(attendee: &str, contacts: &[Contact]) -> String {
    let name = attendee.trim();
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

/// The name by which an English mail greets: the given name.
pub fn greeted(attendee: &str, contacts: &[Contact]) -> String {
    let name = person(attendee, contacts).map_or(attendee.trim(), |c| c.name.as_str());
    if courtesy::titled(attendee).is_some() {
        return attendee.trim().to_owned();
    }
    let first = name.split_whitespace().next().unwrap_or(name);
    let latin = first.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    if courtesy::titled(name).is_some() || !latin {
        return name.to_owned();
    }
    first.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::checkin::Line;
    use crate::domain::checkin::items::Item;

    fn checkin(lines: Vec<Line>) -> Checkin {
        let body = serde_json::json!({
            "id": "k", "account": "a", "kind": "health", "template": "standard", "author": "me",
            "created": "2026-11-20T09:00:00Z", "sections": [], "events": [], "notes": [], "wrapup": {},
        });
        let mut out: Checkin = serde_json::from_value(body).expect("a check-in");
        out.notes = vec![lines];
        out
    }

    fn line(text: &str) -> Line {
        Line {
            at: None,
            text: text.into(),
            mark: None,
        }
    }

    #[test]
    fn only_what_is_permitted_goes_out() {
        let c = checkin(vec![
            line("they look at another vendor"),
            line("= rollout on 1 December // she fears her boss"),
            line("? SSO for guests → yes, from version 4"),
            line("? when is the new price list out"),
            line("~ budget is frozen"),
            line("$ Osaka wants seats"),
            line("// she may leave"),
            line("see https://example.com//guide"),
        ]);
        let out = outgoing(&c, &BTreeSet::new());
        assert_eq!(out.decisions, ["rollout on 1 December"]);
        assert_eq!(out.answered, ["SSO for guests → yes, from version 4"]);
        assert_eq!(out.sections, [0]);
        assert_eq!(out.ticked, Vec::<String>::new());
        let held: Vec<&str> = out.held.iter().map(|h| h.line.as_str()).collect();
        assert!(held.contains(&"budget is frozen") && held.contains(&"// she fears her boss"));
        let ticked = [
            "they look at another vendor",
            "budget is frozen",
            "Osaka wants seats",
        ];
        let out = outgoing(&c, &ticked.iter().map(|l| (*l).to_owned()).collect());
        assert_eq!(
            out.ticked,
            ["they look at another vendor"],
            "a mark stays inside"
        );
        let url = "see https://example.com//guide".to_owned();
        assert_eq!(outgoing(&c, &BTreeSet::from([url.clone()])).ticked, [url]);
    }

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
        ] {
            assert_eq!(addressed(name, &contacts), want);
        }
        for (name, want) in [
            ("Frau Iyer", "Frau Iyer"),
            ("Miss Jones", "Miss Jones"),
            ("Jürgen Weiß", "Jürgen"),
            ("橋本 恵", "橋本 恵"),
        ] {
            assert_eq!(greeted(name, &contacts), want);
        }
        assert_eq!(greeted("Jo Miller", &contacts), "Jo");
        assert_eq!(greeted("Dr. Ann Lee", &contacts), "Dr. Ann Lee");
    }

    proptest! {
        /// Whatever is typed, marked, confirmed and ticked, in whatever order: no line leaves that is marked
        /// as a risk, an opportunity or private, and no other that nobody allowed.
        #[test]
        fn no_line_leaves_that_is_not_permitted(
            lines in proptest::collection::vec((0..9_usize, 0..4_usize, any::<bool>()), 1..12),
            confirmed in proptest::option::of(proptest::collection::vec((0..8_usize, 0..12_usize), 0..6)),
            ticked in proptest::collection::vec(0..12_usize, 0..8),
        ) {
            let signs = ["", "// ", "! ", "> ", "= ", "~ ", "$ ", "+ ", "? "];
            let ends = ["", " // secret", " → answer", "／／ secret"];
            let text = |n: usize| format!("line number {n} of the call");
            let notes: Vec<Line> = lines.iter().enumerate().map(|(n, (sign, end, key))| Line {
                mark: key.then_some(Mark::Risk),
                ..line(&format!("{}{}{}", signs[*sign], text(n), ends[*end]))
            }).collect();
            let mut c = checkin(notes);
            c.wrapup.items = confirmed.map(|items| items.iter().filter_map(|(mark, n)| {
                Some(Item { mark: Mark::ALL[*mark], text: c.notes[0].get(*n)?.words().to_owned() })
            }).collect());
            let allowed: BTreeSet<String> = ticked.iter().map(|n| text(*n)).collect();
            let out = outgoing(&c, &allowed);
            let sent: Vec<&String> = out.decisions.iter().chain(&out.answered).chain(&out.ticked).collect();
            for sent in &sent {
                prop_assert!(!sent.contains("secret"), "{}", sent);
                for l in &c.notes[0] {
                    if l.meaning().is_some_and(is_inside) {
                        prop_assert!(!sent.starts_with(&plain(public(l.words()))), "{}", sent);
                    }
                }
            }
            for sent in &out.ticked {
                prop_assert!(allowed.contains(sent));
            }
        }
    }
}
