//! The journal and the change history: each operation's head and label as stored.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::adapter::{label_again, operation_again};
use crate::frames::{self, OPERATION};
use crate::golden::{Ids, check, read};
use crate::home::{Home, root};

fn operations() -> Vec<(u64, Vec<u8>)> {
    frames::of(&root().join("stores/schema-3"))
        .into_iter()
        .filter(|f| f.kind == OPERATION)
        .map(|f| (f.seq, f.body))
        .collect()
}

/// An operation's JSON without its changes, which the export contains as well.
#[test]
fn the_head_of_every_operation_is_as_before() {
    let head = |(seq, body): &(u64, Vec<u8>)| {
        let json = frames::json(body);
        let (head, changes) = json.split_once(",\"changes\":").expect("changes");
        assert!(changes.starts_with('['));
        format!("{seq} {head}}}\n")
    };
    check(
        "journal.txt",
        &operations().iter().map(head).collect::<String>(),
    );
}

#[test]
fn every_operation_is_read_and_written_again_byte_for_byte() {
    for (seq, body) in operations() {
        assert_eq!(
            operation_again(&body).as_deref(),
            Ok(&body[..]),
            "{seq}: {}",
            frames::json(&body)
        );
    }
}

/// Each distinct label, as in the journal.
fn labels() -> Vec<String> {
    #[derive(Deserialize)]
    struct Head {
        label: Box<RawValue>,
    }
    let mut seen = BTreeSet::new();
    let label = |body: &[u8]| {
        serde_json::from_str::<Head>(&frames::json(body))
            .expect("valid JSON")
            .label
            .get()
            .to_owned()
    };
    operations()
        .iter()
        .map(|(_, body)| label(body))
        .filter(|l| seen.insert(l.clone()))
        .collect()
}

/// Labels added by later schemas.
const LATER: [&str; 17] = [
    r#"{"Case":{"account":"Acme"}}"#,
    r#"{"Ignored":{"terms":3}}"#,
    r#"{"Assessment":{"account":"Acme"}}"#,
    r#"{"RenewalStep":{"account":"Acme","kind":"proposal"}}"#,
    r#"{"Contract":{"account":"Acme"}}"#,
    r#"{"NewAccount":{"account":"Acme"}}"#,
    r#"{"EditMany":{"accounts":3,"what":"+vip"}}"#,
    r#"{"Aside":{"account":"Acme"}}"#,
    r#"{"Dismissal":{"words":"too expensive"}}"#,
    r#""Mark""#,
    r#"{"Upgrade":{"from":3}}"#,
    r#"{"Archive":{"account":"Acme"}}"#,
    r#"{"Unarchive":{"account":"Acme"}}"#,
    r#"{"Merge":{"kept":"Acme","other":"Acme Holdings"}}"#,
    r#"{"DeleteAccount":{"account":"Acme"}}"#,
    r#"{"Outcome":{"account":"Acme","kind":"renewed"}}"#,
    r#"{"Outcomes":{"terms":3,"kind":"renewed"}}"#,
];

#[test]
fn every_label_is_read_and_written_again() {
    check(
        "labels.jsonl",
        &labels()
            .iter()
            .map(|l| format!("{l}\n"))
            .collect::<String>(),
    );
    for label in read("labels.jsonl").lines().chain(LATER) {
        assert_eq!(label_again(label).as_deref(), Ok(label));
    }
    // From before the undone label was stored with it.
    assert_eq!(
        label_again(r#"{"Undo":{"of":"01M"}}"#).as_deref(),
        Ok(r#"{"Undo":{"of":"01M","what":null}}"#)
    );
}

/// The error for an unknown name lists the known ones: each of them must have a golden text.
#[test]
fn every_label_has_a_golden_text() {
    let names = names(&label_again("\"?\"").expect_err("no label"));
    assert!(names.len() >= 18, "{names:?}");
    let texts = read("labels.jsonl");
    let missing: Vec<_> = names
        .iter()
        .filter(|n| {
            !texts
                .lines()
                .chain(LATER)
                .any(|l| l.starts_with(&format!("\"{n}\"")) || l.starts_with(&format!("{{\"{n}\"")))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The names in an error like ``unknown variant `?`, expected one of `a`, `b` at line 1``.
pub fn names(error: &str) -> Vec<String> {
    let (_, known) = error
        .split_once("expected")
        .expect("the list of expected names");
    known
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The log goes back further than the journal: heads that undo cannot reach are packed.
#[test]
fn the_history_is_as_before() {
    let home = Home::stored();
    // The first command migrates the store, which is an operation of its own.
    let history = home.done(&["history", "--json"]);
    check("history.txt", &Ids::default().numbered(&history));
}
