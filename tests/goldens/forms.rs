//! The answers of every unfinished form are restored when the form is opened again.

use crate::adapter::Walk;
use crate::drafts::{at, sees};
use crate::home::Home;

/// The account's contacts, six tabs after its overview.
const PEOPLE: &str = "<ret><tab><tab><tab><tab><tab><tab>g";

#[test]
fn forms_are_restored_with_their_answers() {
    let home = Home::stored();
    let mut desk = Walk::open(home.path(), "en");
    for (account, keys, answers) in [
        ("Acme", "r", &["every 3 weeks on thu", "4w", "6m"][..]),
        ("Acme", "W", &["chat", "two weeks"]),
        ("Acme", &format!("{PEOPLE}W"), &["monthly"]),
        ("Acme", "5O<ret>", &["12/21", "12/24", "Daniel Weiss"]),
        ("Hooli", "C", &["a new chief executive", "newspaper"]),
        (
            "Hooli",
            &format!("{PEOPLE}A"),
            &["Peter Gregory", "Investor"],
        ),
        ("Acme", &format!("{PEOPLE}e"), &["Chief of Operations"]),
        ("Acme", "4ge", &["send the new price list", "2026-12-02"]),
    ] {
        at(&mut desk, account).keys(keys);
        sees(&mut desk, answers);
    }
}
