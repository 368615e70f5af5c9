//! Limits that speak: what is too long, too many or too full is refused or cut with a sentence that names the
//! limit, and how to go on. A home that others can read is named.

use crate::common;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use common::{kenshin, run, said};
use kenshin::testing::runtime::headless::Desk;
use kenshin::testing::words::Lang;
use serde_json::{Value, json};

fn json_of(home: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(home, args)).expect("valid JSON")
}

/// Brings records in as an export does.
fn bring(dir: &Path, home: &Path, records: impl Iterator<Item = Value>) {
    let back = dir.join("records");
    std::fs::create_dir_all(&back).expect("the folder is created");
    let mut lines = vec![json!({ "kenshin_export": 1, "program": "x" }).to_string()];
    lines.extend(records.map(|r| r.to_string()));
    std::fs::write(back.join("kenshin-export.jsonl"), lines.join("\n")).expect("writes");
    run(home, &["import", &back.display().to_string(), "--yes"]);
}

#[test]
fn notes_say_how_many_more_there_are_and_show_all_on_request() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    run(&home, &["account", "new", "Acme"]);
    let note = |n: usize| {
        let at = format!(
            "2026-11-{:02}T{:02}:{:02}:00Z",
            n / 600 + 1,
            n / 60 % 10,
            n % 60
        );
        json!({ "kind": "note", "record": { "id": format!("n{n}"), "account": "acme", "kind": "quick",
            "at": at, "author": "me", "text": format!("common word w{n}x") } })
    };
    bring(dir.path(), &home, (0..230).map(note));
    let out = kenshin(&home, &["notes", "common"]);
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 200);
    let notice = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(
        notice.contains("200 are shown, 30 more were found: --all"),
        "{notice}"
    );
    let out = kenshin(&home, &["--lang", "ja", "notes", "common", "--json"]);
    let list: Value = serde_json::from_slice(&out.stdout).expect("one JSON value");
    assert_eq!(list.as_array().map(Vec::len), Some(200));
    let out = kenshin(&home, &["--lang", "ja", "notes", "common"]);
    assert!(
        said(&out).contains("ほかに 30 件あります"),
        "{}",
        said(&out)
    );
    let out = kenshin(&home, &["notes", "common", "--all"]);
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 230);
    assert!(out.stderr.is_empty(), "{}", said(&out));
    assert_eq!(run(&home, &["notes", "common", "W17x"]).lines().count(), 1);
    bring(dir.path(), &home, (230..1_300).map(note));
    let out = kenshin(&home, &["notes"]);
    assert!(
        said(&out).contains("at least 800 more were found"),
        "{}",
        said(&out)
    );
}

#[test]
fn statistics_count_what_a_person_counts() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    run(&home, &["account", "new", "Acme"]);
    let of = |kind: &str, mut record: Value, n: usize| {
        record["id"] = json!(format!("{kind}{n}"));
        record["account"] = json!("acme");
        json!({ "kind": kind, "record": record })
    };
    let contact = |n| {
        of(
            "contact",
            json!({ "name": format!("C{n}"), "status": "active" }),
            n,
        )
    };
    let survey = json!({ "kind": "nps", "score": 7, "date": "2026-10-01" });
    let surveys = (0..5).map(|n| of("survey", survey.clone(), n));
    bring(dir.path(), &home, (0..7).map(contact).chain(surveys));
    let stats = json_of(&home, &["store", "stats", "--json"]);
    let count = |group: &str| stats["records"][group]["records"].as_u64();
    assert_eq!(
        (count("contacts"), count("surveys")),
        (Some(7), Some(5)),
        "{stats}"
    );
    assert_eq!(count("log"), stats["operations"].as_u64(), "{stats}");
    let words = run(&home, &["store", "stats"]);
    assert!(
        words.contains("people                           7"),
        "{words}"
    );
}

#[test]
fn a_home_that_others_can_read_is_named_and_closed_only_when_asked() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    run(&home, &["account", "new", "Acme"]);
    let set = |path: &Path, mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, mode).expect("it is ours");
    };
    let mode = |path: &Path| {
        let found = std::fs::metadata(path).expect("it is there");
        found.permissions().mode() & 0o777
    };
    let journal = home.join("journal");
    set(&home, 0o755);
    set(&journal, 0o750);
    let out = kenshin(&home, &["verify"]);
    assert!(out.status.success(), "{}", said(&out));
    let words = said(&out);
    assert!(
        words.contains("Other users") && words.contains("(., journal)"),
        "{words}"
    );
    assert_eq!(mode(&home), 0o755, "never silently");
    let out = kenshin(&home, &["verify", "--fix-permissions"]);
    assert!(
        said(&out).contains("Made 2 files and folders private"),
        "{}",
        said(&out)
    );
    assert_eq!((mode(&home), mode(&journal)), (0o700, 0o700));
    let out = kenshin(&home, &["--lang", "ja", "verify", "--fix-permissions"]);
    assert!(
        said(&out).contains("読み取れる他のユーザーはいません"),
        "{}",
        said(&out)
    );
    assert!(!said(&kenshin(&home, &["verify"])).contains("Other users"));
}

#[test]
fn a_text_over_its_limit_is_refused_with_the_limit() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let home = dir.path().join("home");
    run(&home, &["account", "new", "Acme"]);
    let name = "x".repeat(60_000);
    let out = kenshin(&home, &["account", "new", &name]);
    assert!(
        !out.status.success() && said(&out).contains("At most 4000 characters"),
        "{}",
        said(&out)
    );
    let tags = (0..3_000)
        .map(|n| format!("t{n}"))
        .collect::<Vec<_>>()
        .join(",");
    let out = kenshin(&home, &["account", "edit", "acme", &format!("tags={tags}")]);
    assert!(
        !out.status.success() && said(&out).contains("At most 1000 entries"),
        "{}",
        said(&out)
    );
    let table = dir.path().join("a.csv");
    std::fs::write(
        &table,
        format!(
            "account_id,account_name,owner,tier,renewal_date\nb,{},{name},smb,2027-01-31\n",
            "y".repeat(900_000)
        ),
    )
    .expect("writes");
    let out = kenshin(&home, &["import", &table.display().to_string(), "--yes"]);
    assert!(
        said(&out).contains("over 4,000 characters"),
        "{}",
        said(&out)
    );
    let shown = run(&home, &["accounts", "--json"]);
    assert!(shown.len() < 20_000, "{}", shown.len());
    let back = dir.path().join("back");
    std::fs::create_dir(&back).expect("the folder is created");
    let account = serde_json::json!({ "kind": "account", "record": { "id": "c", "name": "z".repeat(10 << 20) } });
    std::fs::write(
        back.join("kenshin-export.jsonl"),
        format!("{{\"kenshin_export\":1,\"program\":\"x\"}}\n{account}\n"),
    )
    .expect("writes");
    let out = kenshin(&home, &["import", &back.display().to_string(), "--yes"]);
    assert_eq!(out.status.code(), Some(3));
    assert!(
        said(&out).contains("kenshin-export.jsonl:2")
            && said(&out).contains("`name` is longer than 4000 characters"),
        "{}",
        said(&out)
    );
}

#[test]
fn a_paste_over_the_limit_says_so_and_changes_nothing() {
    for (lang, line, text) in [
        (Lang::En, "at most 4000 characters", "at most 1 MiB"),
        (Lang::Ja, "4000文字まで", "1 MiB まで"),
    ] {
        let mut desk = Desk::demo(lang, 4).expect("the desk opens");
        desk.keys("2n");
        desk.paste("kept ");
        desk.paste(&"long note ".repeat(2_000_000));
        assert!(desk.sees(text), "{}", desk.screen());
        desk.paste("and more");
        assert!(desk.sees("kept and more"), "{}", desk.screen());
        desk.keys("<esc><esc><esc>2N");
        desk.paste(&"x".repeat(10 << 20));
        assert!(desk.sees(line), "{}", desk.screen());
    }
}
