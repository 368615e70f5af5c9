//! What of a call may leave.

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
fn what_only_one_of_them_may_know_stays_inside() {
    let mut c = checkin(vec![
        line("= invoices payable by 31 Jan // Dana only!!"),
        line("? late fee → no // Mel doesn't know"),
        line("= rollout on 1 December // Dana is happy"),
    ]);
    c.wrapup.attendees = vec!["Dana Cole".into(), "Mel Frost".into()];
    let out = outgoing_en(&c, &BTreeSet::new());
    assert_eq!(out.decisions, ["Rollout on 1 December"]);
    assert_eq!(out.answered, Vec::<String>::new());
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
