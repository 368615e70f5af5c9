//! What of a check-in the customer may read: by permission, not by suspicion. The names of the sections,
//! decisions and answered questions go out; any other line only when the user ticks it; what is marked as a
//! risk, an opportunity or private never.

pub mod actions;
mod inner;
mod people;
pub mod personal;
mod phrases;
mod questions;

use std::collections::BTreeSet;

use crate::domain::checkin::{Checkin, Mark, public};
use crate::domain::ours::Ours;
use crate::domain::text::capital;
use crate::services::compose::plain;
use crate::words::Lang;

use personal::Names;

pub use people::{addressed, greeted, is_ours, person};
pub use questions::{answer, asked, says_nothing};

/// Why a line stays inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It carries this mark, and never leaves.
    Marked(Mark),
    /// It is not among what leaves by itself, or it was taken out; with the mark that it carries.
    Unticked(Option<Mark>),
    /// It sounds as if it were for us alone, and nobody ticked it.
    Inner,
    /// It is about a personal matter, and nobody ticked it.
    Personal,
    /// It notes that there is no answer or no decision yet, and nobody ticked it.
    Pending,
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
    /// Questions whose answers we promised.
    pub open: Vec<String>,
    /// The lines that were ticked.
    pub ticked: Vec<String>,
    /// What goes out without being ticked, as typed: decisions and answers.
    pub free: Vec<String>,
    pub held: Vec<HeldBack>,
}

/// What the user said of single lines.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// Lines that may leave.
    pub ticked: &'a BTreeSet<String>,
    /// Lines that stay inside although they might leave.
    pub withheld: &'a BTreeSet<String>,
}

/// Whether a mark keeps a line inside whatever is ticked.
pub fn is_inside(mark: Mark) -> bool {
    matches!(mark, Mark::Risk | Mark::Opportunity | Mark::Private)
}

/// A line as it stands in a list of a mail: in English with a capital.
fn sentence(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => capital(text),
        Lang::Ja => text.to_owned(),
    }
}

/// Why a line that may leave by its kind is asked about first.
fn delicate(text: &str, inner: bool, names: &Names) -> Option<Why> {
    match (inner || names.tells_stance(text), names.is_personal(text)) {
        (true, _) => Some(Why::Inner),
        (false, true) => Some(Why::Personal),
        (false, false) => None,
    }
}

/// Sorts the lines of a check-in.
pub fn outgoing(c: &Checkin, ours: Ours, said: Said, lang: Lang) -> Outgoing {
    let mut out = Outgoing::default();
    let ticked = said.ticked;
    let names = Names::of(names(c, ours));
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
                out.hold(public(words), Why::Marked(mark));
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
                // Actions, decisions and answers are listed by themselves.
                Some(Mark::Action | Mark::Decision) => {}
                Some(Mark::Question) if answer(&text).is_some() => {}
                _ if ticked.contains(&text) => out.ticked.push(text),
                Some(Mark::Question) => out.hold(&text, Why::Pending),
                mark => out.hold(&text, Why::Unticked(mark)),
            }
        }
    }
    let allowed = |mark: Mark| {
        let items = c.items(mark).into_iter();
        let open = items.filter(|text| inside(text).is_none());
        let texts = open.map(|text| plain(public(text)));
        texts
            .filter(|text| !text.is_empty() && !says_nothing(text))
            .collect::<Vec<String>>()
    };
    for text in allowed(Mark::Decision) {
        let pending = inner::is_pending(&text).then_some(Why::Pending);
        let why = delicate(&text, inner::is_ours_to_know(&text, ours), &names).or(pending);
        if out.lets_go(&text, why, said) {
            out.decisions.push(sentence(&text, lang));
        }
    }
    for text in allowed(Mark::Question) {
        out.question(&text, (ours, &names), said, lang);
    }
    out
}

/// The names of a call: who was there, and our people.
fn names<'a>(c: &'a Checkin, ours: Ours<'a>) -> impl Iterator<Item = &'a str> {
    let attendees = c.wrapup.attendees.iter().map(String::as_str);
    attendees.chain(ours.colleagues().map(|p| p.name.as_str()))
}

impl Outgoing {
    /// Whether a line leaves: it may, and nobody keeps it inside, or somebody ticked it.
    fn lets_go(&mut self, text: &str, why: Option<Why>, said: Said) -> bool {
        let kept = said.withheld.contains(text).then_some(Why::Unticked(None));
        let why = match why {
            Some(why) => Some(why).filter(|_| !said.ticked.contains(text)),
            None => kept,
        };
        if let Some(why) = why {
            self.hold(text, why);
            return false;
        }
        self.free.push(text.to_owned());
        true
    }

    /// An answered question leaves, and one whose answer we promised.
    fn question(&mut self, text: &str, (ours, names): (Ours, &Names), said: Said, lang: Lang) {
        let Some((question, answer)) = answer(text) else {
            return;
        };
        let promised = inner::is_promised(answer, ours);
        let bare = inner::is_pending(answer) || inner::names_ours(answer, ours);
        let pending = (inner::is_pending(answer) && !promised).then_some(Why::Pending);
        let inner = inner::is_our_answer(question, answer, ours);
        let why = delicate(text, inner, names).or(pending);
        if !self.lets_go(text, why, said) {
            return;
        }
        match promised {
            true if bare => {
                let by = inner::promised_by(answer);
                self.open.push(questions::alone(question, by, lang));
            }
            true => self.open.push(questions::answered(question, answer, lang)),
            false => self
                .answered
                .push(questions::answered(question, answer, lang)),
        }
    }

    fn hold(&mut self, line: &str, why: Why) {
        let line = line.trim().to_owned();
        self.held.push(HeldBack { line, why });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::checkin::Line;
    use crate::domain::checkin::items::Item;
    use crate::domain::colleague::People;

    fn checkin(lines: Vec<Line>) -> Checkin {
        let body = serde_json::json!({
            "id": "k", "account": "a", "kind": "health", "template": "standard", "author": "me",
            "created": "2026-11-20T09:00:00Z", "sections": [], "events": [], "notes": [], "wrapup": {},
        });
        let mut out: Checkin = serde_json::from_value(body).expect("a check-in");
        out.notes = vec![lines];
        out
    }

    fn outgoing_en(c: &Checkin, ticked: &BTreeSet<String>) -> Outgoing {
        let said = Said {
            ticked,
            withheld: &BTreeSet::new(),
        };
        outgoing(c, Ours::new("me", &People::default()), said, Lang::En)
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
        let out = outgoing_en(&c, &BTreeSet::new());
        assert_eq!(out.decisions, ["Rollout on 1 December"]);
        assert_eq!(out.answered, ["SSO for guests? Yes, from version 4"]);
        assert_eq!(out.sections, [0]);
        assert_eq!(out.ticked, Vec::<String>::new());
        let held: Vec<&str> = out.held.iter().map(|h| h.line.as_str()).collect();
        assert!(held.contains(&"budget is frozen") && held.contains(&"// she fears her boss"));
        let ticked = [
            "they look at another vendor",
            "budget is frozen",
            "Osaka wants seats",
        ];
        let out = outgoing_en(&c, &ticked.iter().map(|l| (*l).to_owned()).collect());
        assert_eq!(
            out.ticked,
            ["they look at another vendor"],
            "a mark stays inside"
        );
        let url = "see https://example.com//guide".to_owned();
        assert_eq!(
            outgoing_en(&c, &BTreeSet::from([url.clone()])).ticked,
            [url]
        );
    }

    #[test]
    fn a_promised_answer_stands_apart_from_answers() {
        let c = checkin(vec![
            line("? guest SSO → We will check and come back"),
            line("? export to Excel → yes"),
            line("? 支払いサイトは → 12月10日までに回答"),
            line("? API limit → will check w/ Mia by Wed"),
            line("? is Dana against it → bad experience in 2023"),
            line("? start date → TBD"),
        ]);
        let mut with_dana = c.clone();
        with_dana.wrapup.attendees = vec!["Dana Cole".into()];
        let out = outgoing_en(&with_dana, &BTreeSet::new());
        assert_eq!(out.answered, ["Export to Excel? Yes"]);
        assert_eq!(
            out.open,
            [
                "Guest SSO? We will check and come back",
                "支払いサイトは? (12月10日まで)",
                "API limit? (by Wed)"
            ]
        );
        let held: Vec<Why> = out.held.iter().map(|h| h.why).collect();
        assert_eq!(held, [Why::Inner, Why::Pending], "{:?}", out.held);
    }

    #[test]
    fn answers_and_decisions_are_those_the_wrap_up_confirmed() {
        let mut c = checkin(vec![
            line("? is SSO in our plan => yes, from March"),
            line("? can we pay monthly => no"),
            line("? A→Bの移行はできるか"),
            line("? 割引は → 社内で検討中。10%が限度"),
            line("= 特になし"),
            line("= 費用は据え置き（社外秘）"),
            line("? is a discount possible => ask Tom, up to 20 %"),
        ]);
        let out = outgoing_en(&c, &BTreeSet::new());
        assert_eq!(
            out.answered,
            [
                "Is SSO in our plan? Yes, from March",
                "Can we pay monthly? No"
            ]
        );
        assert_eq!(out.decisions, Vec::<String>::new());
        let held = |out: &Outgoing| out.held.iter().filter(|h| h.why == Why::Inner).count();
        assert_eq!(held(&out), 3, "{:?}", out.held);
        c.wrapup.items = Some(vec![Item {
            mark: Mark::Question,
            text: "is SSO in our plan => yes, from May".into(),
        }]);
        let out = outgoing_en(&c, &BTreeSet::new());
        assert_eq!(out.answered, ["Is SSO in our plan? Yes, from May"]);
        let nobody = People::default();
        let none = BTreeSet::new();
        let nothing = Said {
            ticked: &none,
            withheld: &none,
        };
        let ja = outgoing(&c, Ours::new("me", &nobody), nothing, Lang::Ja);
        assert_eq!(ja.answered, ["is SSO in our plan → yes, from May"]);
    }

    proptest! {
        /// Whatever is typed, marked, confirmed and ticked, in whatever order: no line leaves that is marked
        /// as a risk, an opportunity or private, and no other that nobody allowed.
        #[test]
        fn no_line_leaves_that_is_not_permitted(
            lines in proptest::collection::vec((0..9_usize, 0..5_usize, any::<bool>()), 1..12),
            confirmed in proptest::option::of(proptest::collection::vec((0..8_usize, 0..12_usize), 0..6)),
            ticked in proptest::collection::vec(0..12_usize, 0..8),
        ) {
            let signs = ["", "// ", "! ", "> ", "= ", "~ ", "$ ", "+ ", "? "];
            let ends = ["", " // secret", " → answer", "。//secret", " → 確認して回答"];
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
            let out = outgoing_en(&c, &allowed);
            let answers = out.answered.iter().chain(&out.open);
            let sent: Vec<&String> = out.decisions.iter().chain(answers).chain(&out.ticked).collect();
            for sent in &sent {
                prop_assert!(!sent.contains("secret"), "{}", sent);
                for l in &c.notes[0] {
                    if l.meaning().is_some_and(is_inside) {
                        prop_assert!(!sent.to_lowercase().starts_with(&plain(public(l.words())).to_lowercase()), "{}", sent);
                    }
                }
            }
            for sent in &out.ticked {
                prop_assert!(allowed.contains(sent));
            }
        }
    }
}
