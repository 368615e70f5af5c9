//! Attributes longer than the rows of the desk keep: found to their last word, and never shortened by
//! what is done to the account.

mod common;

use std::path::Path;

use common::{everything, kenshin, run, said};
use kenshin::testing::ipc::Form;
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;

const BOTH: [Lang; 2] = [Lang::En, Lang::Ja];

fn import(home: &Path) -> String {
    let dir = tempfile::tempdir().expect("temporary folder");
    let path = dir.path().join("accounts.csv");
    std::fs::write(&path, file()).expect("the file is written");
    said(&kenshin(
        home,
        &["import", "--yes", &path.display().to_string()],
    ))
}

/// A text whose last word is far behind what a row keeps.
fn remark(last: &str) -> String {
    format!("{}{last}", "契約は本社の経理部を通す。".repeat(40))
}

fn file() -> String {
    format!(
        "account_id,account_name,備考,Region\nA1,Plover,{},West\nA2,Quoll,{},East\nA3,Rook,short,West\n",
        remark("稟議は七月"),
        remark("稟議は九月")
    )
}

/// The remark as the store has it.
fn stored(home: &Path) -> String {
    let shown = run(home, &["account", "show", "A1", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    value["attributes"]["備考"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn names(desk: &Desk) -> Vec<String> {
    let rows = desk.model.book.with_archived();
    let shown = desk.model.portfolio.shown.iter();
    shown.map(|i| rows[*i].account.name.clone()).collect()
}

#[test]
fn a_filter_finds_the_last_word_of_a_long_attribute() {
    for lang in BOTH {
        let home = tempfile::tempdir().expect("temporary folder");
        let home = home.path();
        import(home);
        let mut desk = Desk::at(lang, home.to_owned(), 0).expect("the desk opens");
        desk.resize(120, 40);
        let row = desk.model.book.get(&"A1".into()).expect("the account");
        assert!(row.account.excerpt && row.account.attributes["備考"].len() <= 120);
        desk.keys("2/attr.備考:七月");
        assert_eq!(names(&desk), ["Plover"]);
        desk.keys("<esc>/attr.備考:稟議は");
        assert_eq!(names(&desk), ["Plover", "Quoll"]);
        desk.keys("<esc>/attr.備考:八月");
        assert_eq!(names(&desk), Vec::<String>::new());
        // A header of short values asks the store for nothing, and one account may match in its beginning.
        desk.keys("<esc>/attr.region:west<ret>");
        assert_eq!(names(&desk), ["Plover", "Rook"]);
        // Another terminal asks the open desk, whose rows are cut too.
        let request =
            serde_json::json!({ "ask": "accounts", "band": null, "query": "attr.備考:七月" });
        let answer = common::ask(&mut desk, Form::Json, request);
        assert!(
            answer.out.contains("\"A1\"") && !answer.out.contains("\"A2\""),
            "{}",
            answer.out
        );
        drop(desk);
        for (query, found) in [
            ("attr.備考:七月", "A1"),
            ("属性.備考:九月", "A2"),
            ("attr.備考:short", "A3"),
        ] {
            let said = run(home, &["accounts", "--query", query, "--json"]);
            let hits: Vec<serde_json::Value> = serde_json::from_str(&said).expect("JSON");
            let ids: Vec<&str> = hits.iter().filter_map(|h| h["id"].as_str()).collect();
            assert_eq!(ids, [found], "{query}");
        }
    }
}

#[test]
fn what_is_done_to_an_account_leaves_its_long_attributes_whole() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    import(home);
    let whole = remark("稟議は七月");
    assert_eq!(stored(home), whole);
    let mut desk = Desk::at(Lang::En, home.to_owned(), 0).expect("the desk opens");
    // One change to several accounts is made from their rows, and so is an archived account.
    let row = |desk: &Desk| {
        desk.model
            .book
            .get(&"A1".into())
            .expect("the account")
            .account
            .clone()
    };
    let owner = |desk: &Desk| row(desk).owner;
    desk.keys("2/attr.備考:七月<ret>eowner=Sato<ret>");
    assert_eq!(owner(&desk), "Sato");
    desk.keys("u");
    assert_eq!(owner(&desk), "");
    desk.keys("<C-r>Z");
    assert!(owner(&desk) == "Sato" && row(&desk).archived.is_some());
    desk.keys("u");
    assert!(row(&desk).archived.is_none() && row(&desk).excerpt);
    drop(desk);
    assert_eq!(stored(home), whole);
    // The same file again plans nothing: nothing was cut on the way.
    let again = import(home);
    assert_eq!(stored(home), whole, "{again}");
    run(home, &["account", "edit", "A1", "tags=quiet"]);
    assert_eq!(stored(home), whole);
    let store = everything(home);
    assert!(
        !store.contains("\"excerpt\""),
        "no stored account says that it is cut"
    );
}
