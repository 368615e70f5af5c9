//! The life of an account: new, edited, archived, merged, deleted; from the desk and from the command line, in both
//! languages, each undone.

mod common;

use std::path::Path;

use chrono::{DateTime, Utc};
use common::{everything, kenshin, run, said};
use kenshin::testing::domain::account::Account;
use kenshin::testing::domain::change::{Change, Operation, UsageChange};
use kenshin::testing::domain::contact::Contact;
use kenshin::testing::domain::ids::Mint;
use kenshin::testing::domain::records::Record;
use kenshin::testing::domain::when::{Now, Zone};
use kenshin::testing::ops::{Author, By, lifecycle as ops};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::store::Store;
use kenshin::testing::words::{Lang, lifecycle as words};
use proptest::prelude::*;
use serde_json::Value;

const BOTH: [Lang; 2] = [Lang::En, Lang::Ja];

/// The demo desk, at its portfolio.
fn portfolio(lang: Lang, accounts: usize) -> Desk {
    let mut desk = Desk::demo(lang, accounts).expect("the desk opens");
    desk.resize(120, 40);
    desk.keys("2");
    desk
}

fn in_use(desk: &Desk) -> usize {
    desk.model.book.rows().len()
}

/// The name of the account under the cursor.
fn current(desk: &Desk) -> String {
    let row = desk.model.portfolio.current(&desk.model.book);
    row.expect("a row").account.name.clone()
}

#[test]
fn a_new_account_is_typed_into_a_form_and_undone() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 6);
        desk.keys("NKestrel Labs<tab><tab>kestrel.example<tab><right><C-s>");
        let id = "kestrel-labs".into();
        let row = desk.model.book.get(&id).expect("the account");
        assert_eq!(row.account.domain, "kestrel.example");
        assert_eq!(row.account.owner, desk.model.author.name);
        assert!(row.account.tier.is_some());
        assert_eq!(current(&desk), "Kestrel Labs", "the cursor is on it");
        assert_eq!(in_use(&desk), 7);
        desk.keys("u");
        assert_eq!(in_use(&desk), 6);
        assert!(desk.model.book.get(&id).is_none());
    }
}

#[test]
fn a_new_account_that_looks_like_another_is_asked_about() {
    for (first, second) in [
        ("株式会社髙橋工業", "㈱高橋工業"),
        ("Acme, Inc.", "acme ltd"),
        ("（有）アオバ", "ｱｵﾊﾞ"),
        ("山﨑 商店", "山崎商店"),
    ] {
        let mut desk = portfolio(Lang::En, 3);
        desk.keys("N").paste(first);
        desk.keys("<C-s>");
        assert_eq!(in_use(&desk), 4, "{first}: {}", desk.screen());
        desk.keys("N").paste(second);
        desk.keys("<C-s>");
        assert_eq!(in_use(&desk), 4, "{second} is not created unasked");
        assert!(desk.sees("Ctrl-S again"), "{}", desk.screen());
        desk.keys("<C-s>");
        assert_eq!(in_use(&desk), 5, "{second}: {}", desk.screen());
    }
    for lang in BOTH {
        let mut desk = portfolio(lang, 3);
        desk.keys("NAcme<C-s>NZeta<tab>acme<C-s>");
        assert!(
            desk.sees(&words::id_taken(lang, "acme")),
            "{}",
            desk.screen()
        );
        assert_eq!(in_use(&desk), 4);
    }
}

#[test]
fn an_archived_account_is_in_no_list_and_still_found() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 12);
        let name = current(&desk);
        let money = desk.model.portfolio.sums.arr.clone();
        desk.keys("Z");
        assert_eq!(in_use(&desk), 11);
        assert_eq!(
            desk.model.portfolio.sums.count + desk.model.portfolio.sums.churned,
            11
        );
        assert_ne!(desk.model.portfolio.sums.arr, money);
        assert_ne!(current(&desk), name);
        for screen in ["1", "4", "5", "3", "1<tab>"] {
            desk.keys(screen);
            assert!(!desk.sees(&name), "{screen}: {}", desk.screen());
        }
        // Its name and `archived:yes` find it; it counts nowhere.
        for filter in ["archived:yes", "アーカイブ:はい", &name] {
            desk.keys("2<bs>/").paste(filter);
            desk.keys("<ret>");
            assert_eq!(current(&desk), name, "{filter}");
            assert!(desk.sees(words::archived(lang)), "{}", desk.screen());
            let sums = &desk.model.portfolio.sums;
            assert_eq!((sums.count, sums.archived), (0, 1));
            assert!(sums.arr.is_empty());
        }
        desk.keys("<ret>");
        assert!(desk.sees("2026-11-22"), "{}", desk.screen());
        // A note is still possible, and nothing is lost over a restart.
        desk.keys("nstill here<C-s>");
        let mut desk = desk.reopen().expect("the desk opens");
        desk.resize(120, 40);
        desk.keys("2");
        assert_eq!(in_use(&desk), 11);
        desk.keys("/archived:yes<ret>Z<bs>");
        assert_eq!(in_use(&desk), 12);
        desk.keys("u");
        assert_eq!(in_use(&desk), 11);
        desk.keys("u");
        desk.keys("u");
        assert_eq!(in_use(&desk), 12);
    }
}

#[test]
fn two_accounts_become_one_and_two_again() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 8);
        let kept = desk
            .model
            .portfolio
            .current(&desk.model.book)
            .expect("a row")
            .account
            .clone();
        let other = desk
            .model
            .book
            .rows()
            .iter()
            .find(|r| r.account.id != kept.id);
        let other = other.expect("another").account.clone();
        desk.keys("&").paste(&other.name);
        desk.keys("<ret>");
        let title = words::merge_title(lang, &other.name, &kept.name);
        assert!(desk.sees(&title), "{}", desk.screen());
        assert!(desk.sees(words::undo_hint(lang)), "{}", desk.screen());
        // Enter does not confirm, n cancels.
        desk.keys("<ret>");
        assert_eq!(in_use(&desk), 8);
        desk.keys("n");
        assert_eq!(in_use(&desk), 8);
        desk.keys("&").paste(&other.name);
        desk.keys("<ret>y");
        assert_eq!(in_use(&desk), 7);
        let row = desk.model.book.get(&kept.id).expect("the kept one");
        assert!(row.account.aliases.contains(&other.id.to_string()));
        assert!(row.account.aliases.contains(&other.name));
        // The other's name finds the kept account.
        desk.keys("/").paste(&other.name);
        desk.keys("<ret>");
        assert_eq!(current(&desk), kept.name);
        desk.keys("<ret>");
        assert!(
            desk.sees(&other.name),
            "the alias is shown: {}",
            desk.screen()
        );
        desk.keys("u2<bs>");
        assert_eq!(in_use(&desk), 8);
        assert_eq!(desk.model.book.get(&kept.id).expect("kept").account, kept);
        assert_eq!(
            desk.model.book.get(&other.id).expect("other").account,
            other
        );
        // Nothing can be hidden by a merge into an archived account.
        desk.keys("Z/archived:yes<ret>&");
        let refusal = words::kept_is_archived(lang, &kept.name);
        assert!(desk.model.overlays.is_empty());
        assert!(desk.model.toast.as_ref().is_some_and(|t| t.bad));
        assert!(refusal.contains(&kept.name));
    }
}

#[test]
fn deleting_says_what_goes_along_and_undo_brings_it_back() {
    for lang in BOTH {
        let mut desk = portfolio(lang, 8);
        let account = desk
            .model
            .portfolio
            .current(&desk.model.book)
            .expect("a row")
            .account
            .clone();
        desk.keys("<ret>X");
        assert!(
            desk.sees(&words::delete_title(lang, &account.name)),
            "{}",
            desk.screen()
        );
        let usage = if lang == Lang::En {
            "days of usage"
        } else {
            "日分"
        };
        assert!(desk.sees(usage), "{}", desk.screen());
        desk.keys("<ret><esc>");
        assert_eq!(in_use(&desk), 8);
        desk.keys("Xy");
        assert_eq!(in_use(&desk), 7);
        assert!(desk.model.account.is_none(), "the account is closed");
        desk.keys("u");
        assert_eq!(in_use(&desk), 8);
        assert_eq!(
            desk.model.book.get(&account.id).expect("back").account,
            account
        );
    }
}

/// A home with two accounts that are one, with records of their own.
fn twins() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("temporary folder");
    import(
        home.path(),
        &[
            (
                "accounts.csv",
                "account_id,account_name,domain,region,tier\nA1,Acme,acme.com,West,smb\nA2,Acme Holdings,,East,enterprise\n",
            ),
            (
                "contacts.csv",
                "account_id,name,email\nA1,Mika,mika@acme.com\nA2,Jun,jun@acme.com\n",
            ),
            (
                "tickets.csv",
                "ticket_id,account_id,subject,created_at,status\nT1,A1,Slow,2026-11-01,open\nT2,A2,Down,2026-11-02,open\n",
            ),
            (
                "usage.csv",
                "account_id,date,active_users\nA1,2026-11-01,5\nA2,2026-11-01,9\nA2,2026-11-02,7\n",
            ),
        ],
    );
    home
}

fn import(home: &Path, files: &[(&str, &str)]) {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut args = vec!["import".to_owned(), "--yes".to_owned()];
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        args.push(path.display().to_string());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    run(home, &args);
}

fn show(home: &Path, account: &str) -> Value {
    let text = run(home, &["account", "show", account, "--json"]);
    serde_json::from_str(&text).expect("valid JSON")
}

fn names(home: &Path) -> Vec<String> {
    let text = run(home, &["accounts", "--json"]);
    let all: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    let mut names: Vec<String> = all
        .iter()
        .map(|a| a["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

/// The records of the store, without the log and the recorded scores.
fn state(home: &Path) -> Vec<String> {
    let lines = everything(home);
    let mut lines: Vec<String> = lines
        .lines()
        .filter(|l| !l.contains("\"history\"") && !l.contains("\"kenshin_export\""))
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines
}

#[test]
fn the_command_line_creates_edits_and_shows_an_account() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let made = run(
        home,
        &[
            "account",
            "new",
            "Acme East, Inc.",
            "--arr",
            "12000",
            "--currency",
            "USD",
            "--tier",
            "smb",
            "--renewal",
            "2027-03-31",
        ],
    );
    assert!(made.contains("acme-east"), "{made}");
    let shown = show(home, "acme-east");
    assert_eq!(shown["arr"]["amount"], 12000.0);
    assert_eq!(shown["tier"], "smb");
    let again = kenshin(home, &["account", "new", "ACME EAST"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("acme-east"), "{}", said(&again));
    for like in [
        ["Other", "--id", "ACME_EAST"],
        ["Other", "--domain", "www.x.com"],
    ] {
        run(home, &["account", "edit", "acme-east", "domain=x.com"]);
        let like = kenshin(home, &[&["account", "new"], &like[..]].concat());
        assert_eq!(like.status.code(), Some(2), "{}", said(&like));
    }
    run(home, &["account", "new", "ACME EAST", "--anyway"]);
    assert_eq!(names(home), ["acme-east", "acme-east-2"]);
    for (lang, refused) in [("en", "field"), ("ja", "項目")] {
        let bad = kenshin(
            home,
            &["--lang", lang, "account", "edit", "acme-east", "nope=1"],
        );
        assert_eq!(bad.status.code(), Some(2));
        assert!(said(&bad).contains(refused), "{}", said(&bad));
    }
    run(
        home,
        &[
            "account",
            "edit",
            "acme-east",
            "renewal=2027-04-30",
            "seats=50",
            "tags=vip, pilot",
            "country=JP",
        ],
    );
    let shown = show(home, "acme-east");
    assert_eq!(
        (&shown["renewal"], &shown["seats"]),
        (&"2027-04-30".into(), &50.into())
    );
    assert_eq!(shown["tags"], serde_json::json!(["vip", "pilot"]));
    assert_eq!(shown["changes"][0]["actor"], "sato");
    // The three fields are one step.
    run(home, &["undo"]);
    let shown = show(home, "acme-east");
    assert_eq!(
        (&shown["renewal"], &shown["seats"]),
        (&"2027-03-31".into(), &Value::Null)
    );
    run(home, &["undo"]);
    assert_eq!(names(home), ["acme-east"]);
}

#[test]
fn a_merge_takes_everything_along_and_later_imports_land_on_the_kept_account() {
    let home = twins();
    let home = home.path();
    let before = state(home);
    let asked = kenshin(home, &["account", "merge", "A1", "A2"]);
    assert_eq!(asked.status.code(), Some(2));
    let words = said(&asked);
    for part in [
        "1 person",
        "1 ticket",
        "2 days of usage",
        "Tier: SMB stays, Enterprise",
        "region: West stays, East",
        "usage of 1 day differs",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(state(home), before, "nothing is done unasked");
    run(home, &["account", "merge", "A1", "A2", "--yes"]);
    let history = run(home, &["history"]);
    assert!(
        history.contains("Acme Holdings merged into Acme"),
        "{history}"
    );
    let merged = show(home, "A2");
    assert_eq!(merged["id"], "A1");
    assert_eq!(
        merged["aliases"],
        serde_json::json!(["A2", "Acme Holdings"])
    );
    assert_eq!(merged["records"]["contact"], 2);
    assert_eq!(merged["records"]["usage-days"], 2);
    // The same files again, by id and by name: no second account, no second person.
    for (account, header) in [("A2", "account_id"), ("Acme Holdings", "account")] {
        let contacts = format!("{header},name,email\n{account},Jun,jun@acme.com\n");
        import(home, &[("contacts.csv", &contacts)]);
    }
    import(
        home,
        &[(
            "accounts.csv",
            "account_id,account_name,plan\nA2,Acme Holdings,Team\n",
        )],
    );
    assert_eq!(names(home), ["A1"]);
    let merged = show(home, "A1");
    assert_eq!(
        (&merged["name"], &merged["plan"]),
        (&"Acme".into(), &"Team".into())
    );
    assert_eq!(merged["records"]["contact"], 2);
    // A file with both rows, in any order: the kept account's own row stands, the other fills what it leaves open.
    for rows in [
        "A2,Acme Holdings,old.com,Japan\nA1,Acme,acme.com,\n",
        "A1,Acme,acme.com,\nA2,Acme Holdings,old.com,Japan\n",
    ] {
        import(
            home,
            &[(
                "accounts.csv",
                &format!("account_id,account_name,domain,country\n{rows}"),
            )],
        );
        let merged = show(home, "A1");
        assert_eq!(
            (&merged["domain"], &merged["country"]),
            (&"acme.com".into(), &"Japan".into())
        );
        assert_eq!(names(home), ["A1"]);
        run(home, &["undo"]);
    }
    // The import and the merge undone give the state before.
    run(home, &["undo"]);
    run(home, &["undo"]);
    assert_eq!(state(home), before);
}

#[test]
fn a_deleted_account_comes_back_with_all_its_records() {
    let home = twins();
    let home = home.path();
    run(home, &["note", "A2", "They", "like", "it"]);
    let before = state(home);
    for lang in ["en", "ja"] {
        let asked = kenshin(home, &["--lang", lang, "account", "delete", "A2"]);
        assert_eq!(asked.status.code(), Some(2));
        assert!(said(&asked).contains("--yes"), "{}", said(&asked));
        assert_eq!(state(home), before);
    }
    let done = run(home, &["account", "delete", "A2", "--yes"]);
    assert!(
        done.contains("1 person, 1 ticket, 1 note, 2 days of usage"),
        "{done}"
    );
    assert_eq!(names(home), ["A1"]);
    assert!(!everything(home).contains("jun@acme.com"));
    run(home, &["undo"]);
    assert_eq!(state(home), before);
    // Deleted again, a later import makes it anew.
    run(home, &["account", "delete", "A2", "--yes"]);
    import(
        home,
        &[(
            "accounts.csv",
            "account_id,account_name\nA2,Acme Holdings\n",
        )],
    );
    assert_eq!(show(home, "A2")["records"]["usage-days"], 0);
}

#[test]
fn an_archived_account_stays_archived_when_it_is_imported_again() {
    let home = twins();
    let home = home.path();
    run(home, &["account", "archive", "A2"]);
    assert_eq!(names(home), ["A1"]);
    import(
        home,
        &[(
            "accounts.csv",
            "account_id,account_name,plan\nA2,Acme Holdings,Team\n",
        )],
    );
    assert_eq!(names(home), ["A1"]);
    let shown = show(home, "A2");
    assert_eq!(shown["plan"], "Team");
    assert!(shown["archived"].is_string());
    let found = run(home, &["accounts", "--query", "archived:yes", "--json"]);
    assert!(
        found.contains("\"A2\"") && !found.contains("\"A1\""),
        "{found}"
    );
    for list in [
        vec!["signals"],
        vec!["today"],
        vec!["action", "list"],
        vec!["export", "--actions", "csv"],
    ] {
        let all = run(home, &list);
        assert!(!all.contains("Acme Holdings"), "{list:?}: {all}");
    }
    let twice = kenshin(home, &["account", "archive", "A2"]);
    assert_eq!(twice.status.code(), Some(2));
    run(home, &["account", "archive", "A2", "--restore"]);
    assert_eq!(names(home), ["A1", "A2"]);
}

#[test]
fn attributes_are_kept_whole_shown_and_found() {
    let home = tempfile::tempdir().expect("temporary folder");
    let home = home.path();
    let long = "東京都千代田区はしご町一丁目".repeat(7);
    let longest = "x".repeat(4_500);
    let file = format!(
        "account_id,account_name,住所メモ,Sales region,Remark\nA1,Plover,{long},West,{longest}\nA2,Quoll,大阪,East,short\n"
    );
    import(home, &[("accounts.csv", &file)]);
    let path = home.join("again.csv");
    std::fs::write(&path, &file).expect("the file is written");
    let again = said(&kenshin(
        home,
        &["import", "--dry-run", &path.display().to_string()],
    ));
    assert!(again.contains("Remark: over 4,000 characters"), "{again}");
    let shown = show(home, "A1");
    assert_eq!(shown["attributes"]["住所メモ"], long.as_str());
    assert_eq!(
        shown["attributes"]["Remark"].as_str().map(str::len),
        Some(4_000)
    );
    for query in [
        "attr.住所メモ:はしご",
        "attr.住所メモ:ハシゴ",
        "attr.sales_region:west",
        "属性.salesregion:WEST",
        "attr．Remark：xxxx",
        "はしご",
    ] {
        let found = run(home, &["accounts", "--query", query, "--json"]);
        assert!(
            found.contains("\"A1\"") && !found.contains("\"A2\""),
            "{query}: {found}"
        );
    }
    let none = run(home, &["accounts", "--query", "attr.region:West", "--json"]);
    assert_eq!(none.trim(), "[]");
    // An attribute finds an account but does not name it: a note is not written by it.
    let note = kenshin(home, &["note", "West", "hello"]);
    assert_eq!(note.status.code(), Some(2), "{}", said(&note));
    let mut desk = Desk::at(Lang::Ja, home.to_owned(), 0).expect("the desk opens");
    desk.resize(80, 24);
    desk.keys("2/attr.住所メモ:はしご<ret><ret>");
    desk.keys("G");
    assert!(
        desk.sees("住所メモ") && desk.sees("はしご町"),
        "{}",
        desk.screen()
    );
    desk.keys("e");
    assert!(
        desk.model.toast.as_ref().is_some_and(|t| t.bad),
        "it says why not"
    );
}

/// A small record of an account. Few ids, so that two accounts often share one.
fn record() -> impl Strategy<Value = (u8, u8, u8)> {
    (0..3_u8, 0..5_u8, 0..3_u8)
}

/// Records as kind, number and text, and usage as day and value.
type Content = (Vec<(u8, u8, u8)>, Vec<(i32, u8)>);

/// Two accounts with records and usage.
fn pair() -> impl Strategy<Value = [Content; 2]> {
    let one = || {
        (
            prop::collection::vec(record(), 0..8),
            prop::collection::vec((20_400..20_410_i32, 0..3_u8), 0..8),
        )
    };
    [one(), one()]
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_763_700_000, 0).expect("valid")
}

/// Writes an account with these records.
fn build(store: &mut Store, id: &str, records: &[(u8, u8, u8)], usage: &[(i32, u8)]) {
    let account = Account::new(id.into(), format!("Company {id}"));
    let mut changes = vec![Change::create(account)];
    let mut seen = std::collections::BTreeSet::new();
    for (kind, number, text) in records {
        if !seen.insert((*kind, *number)) {
            continue;
        }
        let json = match kind {
            0 => {
                let name = format!("Person {text}");
                changes.push(Change::create(Contact::new(
                    format!("c{number}").as_str().into(),
                    id.into(),
                    name,
                )));
                continue;
            }
            1 => format!(
                r#"{{"kind":"action","record":{{"id":"a{number}","account":"{id}","what":"Task {text}","side":"us","status":"{}","priority":"normal","created":"2026-11-20T00:00:00Z"}}}}"#,
                if text % 2 == 0 { "open" } else { "done" }
            ),
            _ => format!(
                r#"{{"kind":"note","record":{{"id":"n{number}","account":"{id}","kind":"quick","at":"2026-11-20T00:00:00Z","author":"me","text":"Note {text}"}}}}"#
            ),
        };
        let record: Record = serde_json::from_str(&json).expect("a record");
        changes.push(Change {
            before: None,
            after: Some(record),
        });
    }
    let mut days: std::collections::BTreeMap<i32, f64> =
        usage.iter().map(|(d, v)| (*d, f64::from(*v))).collect();
    days.retain(|_, v| *v > 0.0);
    let op = Operation {
        usage: vec![UsageChange {
            account: id.into(),
            metric: "active_users".into(),
            before: days.keys().map(|d| (*d, None)).collect(),
            after: days.iter().map(|(d, v)| (*d, Some(*v))).collect(),
        }],
        ..common::build::operation(id, at(), changes)
    };
    store.commit(&op).expect("commits");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A merge or a deletion that is undone leaves every record of both accounts as it was, in its order.
    #[test]
    fn a_merge_and_a_deletion_undone_are_nothing([first, second] in pair()) {
        let home = tempfile::tempdir().expect("temporary folder");
        let mut store = common::build::store(home.path(), at());
        build(&mut store, "A", &first.0, &first.1);
        build(&mut store, "B", &second.0, &second.1);
        let ids = ["A".into(), "B".into()];
        let both = |store: &Store| ids.clone().map(|id| store.dossier(&id).expect("reads"));
        let before = both(&store);
        let [Some(kept), Some(other)] = before.clone() else { panic!("both exist") };
        let (mut mint, author) = (Mint::new(3), Author { name: "me".into(), device: "test".into(), ours: Default::default() });
        let now = Now::new(at(), Zone::utc());
        let mut by = By { author: &author, now, mint: &mut mint };
        let merge = ops::merge(&kept, &other, &mut by).expect("they differ");
        let delete = ops::delete(&other, &mut by);
        for op in [merge, delete] {
            store.commit(&op).expect("commits");
            prop_assert!(store.dossier(&ids[1]).expect("reads").is_none());
            prop_assert!(store.list::<Contact>(&ids[1]).expect("reads").is_empty());
            prop_assert!(store.usage(&ids[1]).expect("reads").0.is_empty());
            let records = store.dossier(&ids[0]).expect("reads").expect("the kept one").records().count();
            prop_assert!(records >= kept.records().count());
            store.undo(&mut Mint::new(9), at()).expect("undone");
            prop_assert_eq!(&both(&store), &before);
        }
    }
}
